import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../knack/app';
import type { KnackClient, KnackFilters } from '../knack/client';
import { missingFieldWords, missingTableWords } from '../knack/fieldHeirs';
import { filtersInWords } from '../knack/filters';
import { readingOnce } from '../knack/readingOnce';
import { createdSeconds } from '../knack/recordView';
import { findField, findTable } from '../knack/tables';
import type {
	ChangeEvent,
	ChangeSettings,
	RecordChange,
} from '../sync/knackChanges/changeSettings';
import { ChangeSettingsError } from '../sync/knackChanges/changeSettings';
import type { ChangeState } from '../sync/knackChanges/changeState';
import { parseChangeState } from '../sync/knackChanges/changeState';
import { knownField, pollChanges } from '../sync/knackChanges/pollChanges';
import { knackItems } from '../sync/knackItems';
import type { KnackItem } from '../sync/knackItems';
import { createClock } from './clock';
import { toNodeError } from './errors';
import { connectKnack } from './knackConnection';
import type { KnackTriggerSettings } from './knackTriggerSettings';
import { readTriggerSettings, startFromOf } from './knackTriggerSettings';

/** Where the state lies in the node's static data. */
const STATE_KEY = 'knackTrigger';

/** n8n abandons a poll after a while; older versions do not say when. */
const DEFAULT_BUDGET_MS = 45_000;

/** Records that Fetch Test Event shows. */
const TEST_RECORDS = 3;

/**
 * One poll of Knack Trigger, or Fetch Test Event. Rejects with n8n's errors only, so that n8n
 * backs off by their cause.
 */
export async function pollKnackTrigger(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	try {
		const settings = readTriggerSettings(context);
		const client = await connectKnack(context, {
			timeZone: settings.options.timeZone || undefined,
			patienceMs: pollBudget(context),
		});
		const items =
			context.getMode() === 'manual'
				? await testItems(client, settings)
				: await changedItems(context, client, settings);
		if (items.length === 0) return null;
		return [items.map((json) => ({ json: toJson(json) }))];
	} catch (error) {
		if (error instanceof ChangeSettingsError) {
			throw new NodeOperationError(context.getNode(), error.message, { description: error.fix });
		}
		throw toNodeError(context.getNode(), error);
	}
}

function pollBudget(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context && typeof context.getPollBudgetMs === 'function'
		? context.getPollBudgetMs()
		: DEFAULT_BUDGET_MS;
}

async function changedItems(
	context: IPollFunctions,
	client: KnackClient,
	settings: KnackTriggerSettings,
): Promise<KnackItem[]> {
	const staticData = context.getWorkflowStaticData('node');
	const stored = parseChangeState(staticData[STATE_KEY]);
	const nowMs = createClock(context).now();
	const open = await openTable(client, settings, stored);
	// What is compared and what is handed on must be one reading, at one price.
	const once = readingOnce(client);
	const polled = await pollChanges({
		client: once,
		settings: changeSettings(settings, open),
		stored,
		nowMs,
		refreshLabels: isFreshlyActivated(context, staticData),
	});
	const items = await knackItems(once, polled.app, polled.table, polled.changes, {
		inclusions: settings.inclusions,
		labels: polled.state.labels,
		renamed: polled.renamed,
		includeRaw: settings.options.includeRaw,
	});
	// Only now: what could not be handed on must be found again. A new object, since n8n does not
	// see a change inside of one.
	staticData[STATE_KEY] = toJson(polled.state);
	const { reads } = client.calls();
	context.logger.debug('Knack Trigger polled', {
		table: polled.table.key,
		found: items.length,
		leftOver: polled.leftOver,
		calls: reads,
		leftToday: client.dayRemaining(),
	});
	return items;
}

/** Static data of workflows whose first poll since their activation has been. */
const polledBefore = new WeakSet<object>();

/**
 * Whether this is the first poll since a person activated or saved the workflow: from then on items
 * carry the fields' present names. n8n says the activation mode with every poll of an activation,
 * and makes new static data with each; a restart of n8n is no activation by a person.
 */
function isFreshlyActivated(context: IPollFunctions, staticData: IDataObject): boolean {
	const isFirst = !polledBefore.has(staticData);
	polledBefore.add(staticData);
	return isFirst && ['activate', 'update', 'create'].includes(context.getActivationMode());
}

interface OpenTable {
	readonly app: KnackApp;
	readonly table: KnackTable;
	readonly filters: KnackFilters | undefined;
	/** Holds what is wrong with a record; undefined where none is chosen. */
	readonly retryField: KnackField | undefined;
}

/** The table and the filter on it; the app is read anew before a part of it is called missing. */
async function openTable(
	client: KnackClient,
	settings: KnackTriggerSettings,
	stored: ChangeState | undefined,
	fresh = false,
): Promise<OpenTable> {
	const app = await client.app({ fresh });
	const table = findTable(app, settings.table);
	const filters = table && settings.filtersFor(table, (key) => knownField(key, stored));
	const retryField = table && chosenRetryField(table, settings, stored);
	if (table && filters?.ok && retryField !== 'missing') {
		return { app, table, filters: filters.value, retryField };
	}
	const maybeStale = !filters || filters.ok || filters.failure.missingField !== undefined;
	if (maybeStale && !fresh) return await openTable(client, settings, stored, true);
	if (table && filters?.ok) throw retryFieldGone(table, settings, stored);
	const gone = { key: settings.table, name: stored?.tableName };
	const { message, fix } = filters && !filters.ok ? filters.failure : missingTableWords(app, gone);
	throw new ChangeSettingsError(message, fix);
}

/** By key, by its name, or by the name that it had when the workflow was activated. */
function chosenRetryField(
	table: KnackTable,
	{ triggerOn, options }: KnackTriggerSettings,
	stored: ChangeState | undefined,
): KnackField | undefined | 'missing' {
	const wanted = options.retryField;
	if (!wanted || triggerOn !== 'startsToMatch') return undefined;
	const [key] = Object.entries(stored?.labels ?? {}).find(([, label]) => label === wanted) ?? [];
	return findField(table, wanted) ?? table.fields.find((field) => field.key === key) ?? 'missing';
}

function retryFieldGone(
	table: KnackTable,
	{ options }: KnackTriggerSettings,
	stored: ChangeState | undefined,
): ChangeSettingsError {
	const wanted = options.retryField ?? '';
	const known = /^field_\d+$/.test(wanted)
		? knownField(wanted, stored)
		: { key: wanted, name: undefined };
	const { message, fix } = missingFieldWords(table, known);
	return new ChangeSettingsError(message, `${fix} It is chosen under Retry When Fixed.`);
}

function changeSettings(
	settings: KnackTriggerSettings,
	{ app, table, filters, retryField }: OpenTable,
): ChangeSettings {
	const { options } = settings;
	return {
		table: table.key,
		triggerOn: settings.triggerOn,
		filters,
		modifiedField: settings.modifiedField,
		watchedFields: options.watchedFields,
		syncFields: options.syncFields,
		retryField: retryField?.key,
		lines: settings.inclusions.flatMap((inclusion) =>
			inclusion.direction === 'in' ? [{ table: inclusion.table, field: inclusion.field }] : [],
		),
		startFrom: startFromOf(settings, app.timeZone),
		mostChanges: options.mostChanges,
	};
}

/** The latest records that would count, so that a person sees what later nodes will get. */
async function testItems(
	client: KnackClient,
	settings: KnackTriggerSettings,
): Promise<KnackItem[]> {
	const { app, table, filters } = await openTable(client, settings, undefined);
	const records = await latestRecords(client, table, filters, settings);
	if (records.length === 0) throw nothingToShow(app, table, filters);
	const event = testEvent(settings.triggerOn);
	const changes: RecordChange[] = records.map((record) => ({ record, event }));
	return await knackItems(client, app, table, changes, {
		inclusions: settings.inclusions,
		includeRaw: settings.options.includeRaw,
	});
}

function testEvent(triggerOn: ChangeSettings['triggerOn']): ChangeEvent {
	if (triggerOn === 'startsToMatch') return 'startedToMatch';
	return triggerOn === 'created' ? 'created' : 'updated';
}

async function latestRecords(
	client: KnackClient,
	table: KnackTable,
	filters: KnackFilters | undefined,
	settings: KnackTriggerSettings,
): Promise<KnackRecord[]> {
	const counter = table.fields.find(({ type }) => type === 'auto_increment')?.key;
	const sortField = settings.modifiedField ?? counter;
	if (sortField) {
		return await client.records(table.key, {
			filters,
			sortField,
			sortOrder: 'desc',
			limit: TEST_RECORDS,
		});
	}
	const records = await client.records(table.key, { filters, limit: 1_000 });
	return records.sort((a, b) => createdSeconds(b.id) - createdSeconds(a.id)).slice(0, TEST_RECORDS);
}

function nothingToShow(
	app: KnackApp,
	table: KnackTable,
	filters: KnackFilters | undefined,
): ChangeSettingsError {
	const words = filtersInWords(table, filters);
	return words === ''
		? new ChangeSettingsError(
				`The table ${table.name} has no records yet.`,
				`Add one in the Knack app ${app.name}, then fetch the test event again.`,
			)
		: new ChangeSettingsError(
				`No record of ${table.name} meets the filter.`,
				`It asks for: ${words}. Change a record in Knack so that it does, or change the filter, then fetch the test event again.`,
			);
}

/** What is handed to n8n is JSON already; this is only its type. */
function toJson(value: object): IDataObject {
	return { ...value };
}
