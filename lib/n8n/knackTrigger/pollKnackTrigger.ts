import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { KnackApp, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient, KnackFilters } from '../../knack/client';
import { filtersInWords } from '../../knack/filters';
import { createdSeconds } from '../../knack/recordView';
import { holdState, inTurn, latestState, letGoOfState } from '../../sync/knackChanges/changeMemory';
import type {
	ChangeEvent,
	ChangeSettings,
	RecordChange,
} from '../../sync/knackChanges/changeSettings';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import { parseChangeState } from '../../sync/knackChanges/changeState';
import { pollChanges } from '../../sync/knackChanges/pollChanges';
import { knackItems } from '../../sync/knackItems';
import type { KnackItem } from '../../sync/knackItems';
import { createClock } from '../clock';
import { toTriggerError } from '../errors';
import { connectKnack } from '../knackConnection';
import { triggerKey } from '../triggerKey';
import { itemsOf, questionFor } from './look';
import { requireWebhookSecret } from './secretCheck';
import type { KnackTriggerSettings } from './triggerSettings';
import { readTriggerSettings } from './triggerSettings';
import { STATE_KEY, toJson, toOutput } from './triggerState';
import { openTable } from './triggerTable';

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
		const items =
			context.getMode() === 'manual'
				? await testItems(await connect(context, settings, pollBudget(context)), settings)
				: await changedItems(context, settings);
		return items.length === 0 ? null : toOutput(items);
	} catch (error) {
		throw toTriggerError(context.getNode(), error);
	}
}

function pollBudget(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context && typeof context.getPollBudgetMs === 'function'
		? context.getPollBudgetMs()
		: DEFAULT_BUDGET_MS;
}

async function connect(
	context: IPollFunctions,
	settings: KnackTriggerSettings,
	patienceMs: number,
): Promise<KnackClient> {
	const timeZone = settings.options.timeZone || undefined;
	return await connectKnack(context, { timeZone, patienceMs });
}

/** What changed; after the look of a call that is under way, where Knack may call. */
async function changedItems(
	context: IPollFunctions,
	settings: KnackTriggerSettings,
): Promise<KnackItem[]> {
	const key = triggerKey(context);
	const staticData = context.getWorkflowStaticData('node');
	if (!settings.instant) {
		letGoOfState(key);
		return await pollFrom(context, settings, staticData, pollBudget(context));
	}
	// The webhook refuses as well. Should only that fail, n8n polls while it tries again, and a poll
	// in between takes its expression engine away, and with it the reason (n8n 2.41).
	if (!polledBefore.has(staticData)) await requireWebhookSecret(context);
	const { now } = createClock(context);
	const untilMs = now() + pollBudget(context);
	return await inTurn(
		key,
		async () => await pollFrom(context, settings, staticData, Math.max(0, untilMs - now())),
	);
}

async function pollFrom(
	context: IPollFunctions,
	settings: KnackTriggerSettings,
	staticData: IDataObject,
	patienceMs: number,
): Promise<KnackItem[]> {
	const key = triggerKey(context);
	const stored = settings.instant
		? latestState(key, staticData[STATE_KEY])
		: parseChangeState(staticData[STATE_KEY]);
	const client = await connect(context, settings, patienceMs);
	const refreshLabels = isFreshlyActivated(context, staticData);
	const nowMs = createClock(context).now();
	const asked = await questionFor(client, settings, stored);
	const polled = await pollChanges({ ...asked, nowMs, refreshLabels });
	const items = await itemsOf(asked, settings, polled, 'poll');
	// Only now: what could not be handed on must be found again. A new object, since n8n does not
	// see a change inside of one.
	staticData[STATE_KEY] = toJson(polled.state);
	if (settings.instant) holdState(key, polled.state);
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
		via: 'poll',
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
