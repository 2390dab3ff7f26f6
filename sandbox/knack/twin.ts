import { Hono } from 'hono';

import type { SandboxClock } from '../core/clock';
import type { Ids } from '../core/ids';
import type { SandboxChange, Twin } from '../core/twin';
import { applicationRoutes } from './applicationRoutes';
import * as builder from './appBuilder';
import type { AppDefinition, FieldChange } from './appBuilder';
import { plainDisplay } from './codecs/codecs';
import { FlowSender } from './flows';
import type { Deliver, FlowDelivery } from './flows';
import { accountOf } from './limits';
import { objectRoutes } from './objectRoutes';
import { byFieldKey } from './readValues';
import { RecordStore } from './recordStore';
import { renewChanged } from './renewChanged';
import type { RecordEvent, WriteOrigin } from './recordStore';
import type { RouteOptions } from './requests';
import { plainAnswer } from './requests';
import type { FieldDefinition, TableDefinition, TableSchema } from './schema';
import { showRecord } from './showRecord';
import type { RecordFormat, RecordJson } from './showRecord';
import { copyState, emptyState, tableOf } from './state';
import type { AppState, Flow, KnackFlags, KnackState, Scene, TableState } from './state';
import { addUserStamps } from './userStamps';
import { viewRoutes } from './viewRoutes';

export interface KnackTwinOptions {
	clock: SandboxClock;
	ids: Ids;
	/** Told of each Flow delivery. */
	delivered?: (delivery: FlowDelivery) => void;
}

export type FieldValues = Readonly<Record<string, unknown>>;

/**
 * Knack on loopback. Tables and fields are named by key or by name; applications by id, and the
 * first one is meant where none is named.
 */
export class KnackTwin implements Twin {
	readonly app: Hono;

	readonly flows: FlowSender;

	/** Where the twin is reached, for asset addresses. */
	baseUrl = 'http://127.0.0.1:4010/knack';

	private state: KnackState = emptyState();

	private readonly store: RecordStore;

	private readonly listeners: Array<(change: SandboxChange) => void> = [];

	constructor(private readonly options: KnackTwinOptions) {
		const { clock, ids } = options;
		this.flows = new FlowSender(fetch, (delivery) => options.delivered?.(delivery));
		this.store = new RecordStore({
			clock,
			ids,
			flags: () => this.state.flags,
			baseUrl: () => this.baseUrl,
			onEvent: (event) => this.onEvent(event),
		});
		const routes: RouteOptions = {
			state: () => this.state,
			store: this.store,
			nowMs: () => clock.now(),
			objectId: () => ids.objectId(clock.now()),
			changed: (what, id) =>
				this.tell({ service: 'knack', what, action: 'changed', ...(id && { id }) }),
		};
		// Recorded: paths with a slash at the end are taken.
		this.app = new Hono({ strict: false })
			.route('/v1/objects', objectRoutes(routes))
			.route('/v1/pages', viewRoutes(routes))
			.route('/v1/scenes', viewRoutes(routes))
			.route('/v1/applications', applicationRoutes(routes));
		this.app.notFound(() => plainAnswer('Not Found', 404));
	}

	// --- the builder -------------------------------------------------------------------------

	addApp(definition: AppDefinition): AppState {
		const app = builder.newApp(definition);
		this.state.apps.set(app.id, app);
		accountOf(this.state, app, this.options.clock.now());
		return app;
	}

	/** @throws when there is no such application, or none at all. */
	appState(id?: string): AppState {
		const app = id === undefined ? [...this.state.apps.values()][0] : this.state.apps.get(id);
		if (!app) throw new Error(`The sandbox has no Knack app ${id ?? 'yet'}.`);
		return app;
	}

	get apps(): AppState[] {
		return [...this.state.apps.values()];
	}

	addTable(definition: TableDefinition, appId?: string): TableSchema {
		const table = builder.addTable(this.appState(appId), definition, this.options.ids);
		this.schemaChanged(table);
		return table.schema;
	}

	addField(table: string, definition: FieldDefinition, appId?: string): string {
		const app = this.appState(appId);
		const target = tableOf(app, table);
		const field = builder.addField(app, target, definition, this.options.ids);
		this.schemaChanged(target);
		return field.key;
	}

	/** Renames, retypes or reformats a field. */
	changeField(table: string, field: string, change: FieldChange, appId?: string): void {
		const target = this.table(table, appId);
		builder.changeField(target, field, change);
		this.schemaChanged(target);
	}

	deleteField(table: string, field: string, appId?: string): void {
		const target = this.table(table, appId);
		builder.deleteField(target, field);
		this.schemaChanged(target);
	}

	changeOptions(
		table: string,
		field: string,
		change: { add?: string[]; remove?: string[]; rename?: Record<string, string> },
		appId?: string,
	): void {
		const target = this.table(table, appId);
		builder.changeOptions(target, field, change);
		this.schemaChanged(target);
	}

	addScene(scene: Scene, appId?: string): void {
		const app = this.appState(appId);
		app.scenes = [...app.scenes, scene];
	}

	setRoles(roles: Readonly<Record<string, string>>, appId?: string): void {
		this.appState(appId).roles = { ...roles };
	}

	/** Adds *Created By*, *Updated By* and *Owned By* to every table, as new apps have them. */
	addUserStamps(appId?: string): void {
		const { ids, clock } = this.options;
		addUserStamps(this.appState(appId), this.store, ids, clock.now());
		this.tell({ service: 'knack', what: 'everything', action: 'changed' });
	}

	schema(table: string, appId?: string): TableSchema {
		return this.table(table, appId).schema;
	}

	/** Key of a field, by its name. */
	fieldKey(table: string, field: string, appId?: string): string {
		return builder.fieldOf(this.table(table, appId), field).key;
	}

	// --- records, as a person or a test handles them ------------------------------------------

	/**
	 * Adds many records at once, without events.
	 * @param options.createdAt epoch milliseconds per record, in their ids; now when left out.
	 * @returns their ids, in order.
	 */
	seedRecords(
		table: string,
		records: readonly FieldValues[],
		options: { createdAt?: (index: number) => number; appId?: string } = {},
	): string[] {
		const target = this.table(table, options.appId);
		const ids = this.store.seed(
			this.appState(options.appId),
			target,
			records.map((record) => byFieldKey(target, record)),
			options.createdAt ?? (() => this.options.clock.now()),
		);
		this.tell({ service: 'knack', what: target.schema.key, action: 'changed' });
		return ids;
	}

	/**
	 * Uploads a file, as a person does in a form.
	 * @returns its id, which a field of the type file takes.
	 */
	addFile(
		{ name, type, bytes }: { name: string; type: string; bytes: Uint8Array },
		appId?: string,
	): string {
		const { ids, clock } = this.options;
		const id = ids.objectId(clock.now());
		const asset = { id, type: 'file', filename: name, size: bytes.length };
		this.appState(appId).assets.set(id, { asset, bytes, contentType: type });
		return id;
	}

	/** @returns the new record's id. */
	createRecord(
		table: string,
		values: FieldValues,
		origin: WriteOrigin = 'liveApp',
		appId?: string,
	): string {
		const target = this.table(table, appId);
		const input = byFieldKey(target, values);
		return this.store.create(this.appState(appId), target, input, origin).id;
	}

	updateRecord(
		table: string,
		id: string,
		values: FieldValues,
		origin: WriteOrigin = 'liveApp',
		appId?: string,
	): void {
		const target = this.table(table, appId);
		const input = byFieldKey(target, values);
		this.store.update(this.appState(appId), target, this.stored(target, id), input, origin);
	}

	/**
	 * As somebody saves a form of the live app: what does not fit its field is refused.
	 * @throws WriteRefused
	 */
	fillForm(table: string, id: string, values: FieldValues, appId?: string): void {
		const target = this.table(table, appId);
		const input = byFieldKey(target, values);
		const before = this.stored(target, id);
		this.store.update(this.appState(appId), target, before, input, 'liveApp', true);
	}

	deleteRecord(table: string, id: string, origin: WriteOrigin = 'liveApp', appId?: string): void {
		const target = this.table(table, appId);
		this.store.delete(this.appState(appId), target, this.stored(target, id), origin);
	}

	/** As Knack's batch update: no Flow hears of it, no rule runs. All records when no ids given. */
	batchUpdate(table: string, values: FieldValues, ids?: readonly string[], appId?: string): number {
		const targets = ids ?? [...this.table(table, appId).records.keys()];
		for (const id of targets) this.updateRecord(table, id, values, 'batch', appId);
		return targets.length;
	}

	/** As Knack's import of a file: no Flow hears of it. */
	importRecords(table: string, records: readonly FieldValues[], appId?: string): string[] {
		return records.map((record) => this.createRecord(table, record, 'import', appId));
	}

	/** Copies records into another table, by equal field names, under new ids, and deletes them here. */
	moveRecords(from: string, to: string, ids: readonly string[], appId?: string): string[] {
		const app = this.appState(appId);
		const [source, target] = [this.table(from, appId), this.table(to, appId)];
		return ids.map((id) => {
			const shown = showRecord(
				source,
				this.stored(source, id),
				'both',
				this.store.context(app),
				this.state.flags,
			);
			const values: Record<string, unknown> = {};
			for (const field of source.schema.fields) {
				const successor = target.schema.fields.find(({ name }) => name === field.name);
				if (successor) values[successor.key] = shown[`${field.key}_raw`] ?? shown[field.key];
			}
			this.store.delete(app, source, this.stored(source, id), 'builder');
			return this.store.create(app, target, values, 'builder').id;
		});
	}

	/** A record as the API would answer it. */
	record(table: string, id: string, format: RecordFormat = 'both', appId?: string): RecordJson {
		const app = this.appState(appId);
		const target = this.table(table, appId);
		return showRecord(
			target,
			this.stored(target, id),
			format,
			this.store.context(app),
			this.state.flags,
		);
	}

	recordIds(table: string, appId?: string): string[] {
		return [...this.table(table, appId).records.keys()];
	}

	/** A record as a person reads it: display text by field key. */
	display(table: string, id: string, appId?: string): Record<string, string> {
		const target = this.table(table, appId);
		const { values } = this.stored(target, id);
		const context = this.store.context(this.appState(appId));
		return Object.fromEntries(
			target.schema.fields.map((field) => [
				field.key,
				plainDisplay(values[field.key], field, context),
			]),
		);
	}

	/** The same by field name, with the record's id. */
	shown(table: string, id: string, appId?: string): Record<string, string> {
		const display = this.display(table, id, appId);
		const shown: Record<string, string> = { id };
		for (const { key, name } of this.schema(table, appId).fields) shown[name] = display[key] ?? '';
		return shown;
	}

	// --- flows, limits and flags ---------------------------------------------------------------

	addFlow(flow: {
		table: string;
		event: Flow['event'];
		url: string;
		headers?: Record<string, string>;
		bodyTemplate?: unknown;
		appId?: string;
	}): Flow {
		const app = this.appState(flow.appId);
		const added: Flow = {
			id: this.options.ids.guid(),
			table: tableOf(app, flow.table).schema.key,
			event: flow.event,
			url: flow.url,
			headers: { ...flow.headers },
			...(flow.bodyTemplate === undefined ? {} : { bodyTemplate: flow.bodyTemplate }),
		};
		app.flows = [...app.flows, added];
		return added;
	}

	removeFlow(id: string, appId?: string): void {
		const app = this.appState(appId);
		app.flows = app.flows.filter((flow) => flow.id !== id);
	}

	/** Where Flow deliveries go; the network when never set. */
	setDelivery(deliver: Deliver): void {
		this.flows.deliver = deliver;
	}

	get flags(): Readonly<KnackFlags> {
		return this.state.flags;
	}

	setFlags(flags: Partial<KnackFlags>): void {
		this.state.flags = { ...this.state.flags, ...flags };
	}

	/** @param limits `perSecond` null lifts the limit; `planUsed` counts today's calls. */
	setLimits(
		limits: { perSecond?: number | null; planLimit?: number; planUsed?: number },
		appId?: string,
	): void {
		const account = accountOf(this.state, this.appState(appId), this.options.clock.now());
		if (limits.perSecond !== undefined) this.state.perSecond = limits.perSecond;
		if (limits.planLimit !== undefined) account.planLimit = limits.planLimit;
		if (limits.planUsed !== undefined) account.used = limits.planUsed;
	}

	/** Calls counted against today's allowance. */
	planUse(appId?: string): { limit: number; used: number } {
		const account = accountOf(this.state, this.appState(appId), this.options.clock.now());
		return { limit: account.planLimit, used: account.used };
	}

	onChange(listener: (change: SandboxChange) => void): void {
		this.listeners.push(listener);
	}

	// --- the twin's own life -------------------------------------------------------------------

	reset(): void {
		this.state = emptyState();
		this.flows.clear();
		this.tell({ service: 'knack', what: 'everything', action: 'changed' });
	}

	snapshot(): unknown {
		return copyState(this.state);
	}

	restore(snapshot: unknown): void {
		// Only what `snapshot()` gave is meant to come back here.
		this.state = copyState(snapshot as KnackState);
		this.flows.clear();
		this.tell({ service: 'knack', what: 'everything', action: 'changed' });
	}

	/**
	 * Flows stay. What was changed since comes back under a new id, as if it had been deleted and
	 * entered again: whoever remembers a record by its id would else take it for the one that it saw.
	 */
	startOver(snapshot: unknown): void {
		const worked = this.state;
		this.restore(snapshot);
		for (const app of this.apps) {
			const before = worked.apps.get(app.id);
			if (!before) continue;
			app.flows = before.flows;
			renewChanged(app, before, (createdMs) => this.options.ids.objectId(createdMs));
		}
	}

	private table(keyOrName: string, appId?: string): TableState {
		return tableOf(this.appState(appId), keyOrName);
	}

	private stored(table: TableState, id: string) {
		const record = table.records.get(id);
		if (!record) throw new Error(`The table "${table.schema.name}" has no record ${id}.`);
		return record;
	}

	private schemaChanged(table: TableState): void {
		this.tell({ service: 'knack', what: table.schema.key, action: 'changed' });
	}

	private onEvent(event: RecordEvent): void {
		const { app, table, record } = event;
		this.tell({ service: 'knack', what: table.schema.key, id: record.id, action: event.event });
		if (app.flows.length === 0) return;
		const json = showRecord(table, record, 'both', this.store.context(app), this.state.flags);
		this.flows.announce(event, json, this.state.flags.flowDelivery, () => {
			accountOf(this.state, app, this.options.clock.now()).used += 1;
		});
	}

	private tell(change: SandboxChange): void {
		for (const listener of this.listeners) listener(change);
	}
}

export function createKnackTwin(options: KnackTwinOptions): KnackTwin {
	return new KnackTwin(options);
}
