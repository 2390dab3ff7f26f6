import type { SandboxClock } from '../core/clock';
import type { Ids } from '../core/ids';
import type { CodecContext } from './codecs/fieldCodec';
import {
	connectedIds,
	propagate,
	recalculateAll,
	withComputedFields,
	withFormulas,
} from './recalculation';
import { addDefaults, readValues, refuseMissingOrTaken } from './readValues';
import { codecContext } from './showRecord';
import type { AppState, FlowEvent, KnackFlags, TableState } from './state';
import type { StoredRecord, StoredValue } from './values';
import { wallClockAt } from './wallClock';

/**
 * Who wrote a record. Forms of the Live App run record rules; Flows see what people, the Builder
 * and the API do, and miss batch updates, imports and tasks
 * (learn.knack.com/article/knack-connector-triggers-and-actions).
 */
export type WriteOrigin = 'liveApp' | 'builder' | 'api' | 'batch' | 'import' | 'task';

export interface RecordEvent {
	app: AppState;
	table: TableState;
	event: FlowEvent;
	/** As it is now; as it was, when deleted. */
	record: StoredRecord;
	origin: WriteOrigin;
	/** A computed field of it moved because another record was written. */
	derived: boolean;
}

export interface StoreOptions {
	clock: SandboxClock;
	ids: Ids;
	flags: () => KnackFlags;
	baseUrl: () => string;
	onEvent: (event: RecordEvent) => void;
}

/** Creates, changes and deletes records, with everything Knack does around that. */
export class RecordStore {
	constructor(private readonly options: StoreOptions) {}

	context(app: AppState): CodecContext {
		return codecContext(app, this.options.flags(), this.options.baseUrl());
	}

	/**
	 * @param input values by field key; unknown keys and computed fields are ignored.
	 * @throws WriteRefused
	 */
	create(
		app: AppState,
		table: TableState,
		input: Record<string, unknown>,
		origin: WriteOrigin,
		enforce = false,
	): StoredRecord {
		const flags = this.options.flags();
		const context = this.context(app);
		const values = readValues(table, input, context, enforce || flags.rejectInvalidValues);
		addDefaults(table, values, this.options.clock.now(), app.timeZone.iana);
		refuseMissingOrTaken(table, undefined, values, enforced(flags, enforce));
		this.addNumbers(table, values);
		this.runRules(app, table, values, origin);
		this.stampUser(app, table, values, origin, true);
		const id = this.options.ids.objectId(this.options.clock.now());
		const record = withComputedFields(app, table, { id, values }, context);
		table.records.set(id, record);
		this.announce(app, table, 'created', undefined, record, origin, context);
		return record;
	}

	/**
	 * Changes only the fields that were sent.
	 * @throws WriteRefused
	 */
	update(
		app: AppState,
		table: TableState,
		before: StoredRecord,
		input: Record<string, unknown>,
		origin: WriteOrigin,
		enforce = false,
	): StoredRecord {
		const flags = this.options.flags();
		const context = this.context(app);
		const changes = readValues(table, input, context, enforce || flags.rejectInvalidValues);
		const values = { ...before.values, ...changes };
		refuseMissingOrTaken(table, before.id, values, enforced(flags, enforce));
		this.runRules(app, table, values, origin);
		this.stampUser(app, table, values, origin, false);
		// Which children a roll-up counts does not change here unless a connection of this very
		// record does, so formulas are enough for most saves.
		const movesConnection = table.schema.fields.some(
			(field) => field.type === 'connection' && field.key in changes,
		);
		const draft = { ...before, values };
		const after = movesConnection
			? withComputedFields(app, table, draft, context)
			: withFormulas(app, table, draft, context);
		table.records.set(before.id, after);
		this.announce(app, table, 'updated', before, after, origin, context);
		return after;
	}

	delete(app: AppState, table: TableState, record: StoredRecord, origin: WriteOrigin): void {
		const context = this.context(app);
		table.records.delete(record.id);
		this.forgetConnections(app, table, record.id, context);
		this.announce(app, table, 'deleted', record, undefined, origin, context);
	}

	/**
	 * Adds many records at once, without events, and works out computed fields at the end.
	 * @param createdAt epoch milliseconds that each id is to carry.
	 */
	seed(
		app: AppState,
		table: TableState,
		inputs: ReadonlyArray<Record<string, unknown>>,
		createdAt: (index: number) => number,
	): string[] {
		const context = this.context(app);
		const seeded = inputs.map((input, index) => {
			const values = readValues(table, input, context, true);
			addDefaults(table, values, this.options.clock.now(), app.timeZone.iana);
			this.addNumbers(table, values);
			const id = this.options.ids.objectId(createdAt(index));
			table.records.set(id, { id, values });
			return id;
		});
		recalculateAll(app, context);
		return seeded;
	}

	private addNumbers(table: TableState, values: Record<string, StoredValue | undefined>): void {
		for (const field of table.schema.fields) {
			if (field.type !== 'auto_increment') continue;
			const next = table.nextNumbers[field.key] ?? 1;
			values[field.key] = next;
			table.nextNumbers = { ...table.nextNumbers, [field.key]: next + 1 };
		}
	}

	/** The record rule app builders add to their forms: set the modified date to now. */
	private runRules(
		app: AppState,
		table: TableState,
		values: Record<string, StoredValue | undefined>,
		origin: WriteOrigin,
	): void {
		if (origin !== 'liveApp' || table.modifiedField === undefined) return;
		values[table.modifiedField] = {
			from: wallClockAt(this.options.clock.now(), app.timeZone.iana),
		};
	}

	/** Who wrote: people and, for the API and the Builder, Knack's system users. */
	private stampUser(
		app: AppState,
		table: TableState,
		values: Record<string, StoredValue | undefined>,
		origin: WriteOrigin,
		created: boolean,
	): void {
		const user = app.systemUsers[origin];
		if (!table.userStamps || user === undefined) return;
		values[table.userStamps.updatedBy] = [user];
		if (created) values[table.userStamps.createdBy] = [user];
	}

	private forgetConnections(
		app: AppState,
		table: TableState,
		id: string,
		context: CodecContext,
	): void {
		for (const other of app.tables.values()) {
			for (const field of other.schema.fields) {
				if (field.relationship?.object !== table.schema.key) continue;
				for (const record of other.records.values()) {
					const ids = connectedIds(record, field.key);
					if (!ids.includes(id)) continue;
					const kept = ids.filter((connected) => connected !== id);
					const values = { ...record.values, [field.key]: kept.length > 0 ? kept : undefined };
					other.records.set(
						record.id,
						withComputedFields(app, other, { ...record, values }, context),
					);
				}
			}
		}
	}

	private announce(
		app: AppState,
		table: TableState,
		event: FlowEvent,
		before: StoredRecord | undefined,
		after: StoredRecord | undefined,
		origin: WriteOrigin,
		context: CodecContext,
	): void {
		const record = after ?? before;
		if (!record) return;
		const { onEvent } = this.options;
		const derived = propagate(app, table, before, after, context);
		onEvent({ app, table, event, record, origin, derived: false });
		for (const { table: other, id } of derived) {
			const changed = other.records.get(id);
			if (changed) {
				onEvent({ app, table: other, event: 'updated', record: changed, origin, derived: true });
			}
		}
	}
}

/** Forms enforce both; object-based writes what the flags say. */
function enforced(flags: KnackFlags, form: boolean): { required: boolean; unique: boolean } {
	return { required: form || flags.enforceRequired, unique: form || flags.enforceUnique };
}
