import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { KnackApp, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient, KnackFilters } from '../../knack/client';
import { filtersInWords } from '../../knack/filters';
import { createdSeconds } from '../../knack/recordView';
import type {
	ChangeEvent,
	ChangeSettings,
	RecordChange,
} from '../../sync/knackChanges/changeSettings';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import type { ChangeState } from '../../sync/knackChanges/changeState';
import { openTable } from '../../sync/knackChanges/openTable';
import type { PolledChanges } from '../../sync/knackChanges/pollChanges';
import { pollChanges } from '../../sync/knackChanges/pollChanges';
import { tellGivenUp } from '../../sync/knackChanges/tellGivenUp';
import { knackItems } from '../../sync/knackItems';
import type { KnackItem } from '../../sync/knackItems';
import { faultOr } from '../../serviceFault';
import type { TriggerMemory } from '../../sync/trigger/triggerMemory';
import { createClock } from '../clock';
import { toTriggerError } from '../errors';
import { connectKnack } from '../knackConnection';
import { processState } from '../processState';
import {
	hadMemory,
	isFirstPoll,
	noteMemory,
	notePoll,
	pollBudget,
	requireAtFirstPoll,
} from '../trigger/polling';
import { triggerKey } from '../trigger/triggerKey';
import { itemsOf, questionFor } from './look';
import { requireWebhookSecret } from './secretCheck';
import type { KnackTriggerSettings } from './triggerSettings';
import { readTriggerSettings } from './triggerSettings';
import { STATE_KEY, toJson, toOutput } from './triggerState';
import { settingsFor } from './triggerTable';

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
	const { knackTriggers, knackCalls, knackPolls } = processState;
	if (!settings.instant) {
		knackTriggers.letGo(key);
		knackCalls.letGo(key);
		const memory = knackTriggers.aside(staticData[STATE_KEY]);
		return await pollFrom(context, settings, memory, pollBudget(context));
	}
	await requireAtFirstPoll(context, requireWebhookSecret);
	const { now } = createClock(context);
	const untilMs = now() + pollBudget(context);
	return await knackPolls.inTurn([key], async () => {
		const memory = knackTriggers.open(key, staticData[STATE_KEY]);
		return await pollFrom(context, settings, memory, Math.max(0, untilMs - now()));
	});
}

async function pollFrom(
	context: IPollFunctions,
	settings: KnackTriggerSettings,
	memory: TriggerMemory<ChangeState | undefined>,
	patienceMs: number,
): Promise<KnackItem[]> {
	const client = await connect(context, settings, patienceMs);
	const isLost = memory.state() === undefined && hadMemory(context);
	const refreshLabels = isFreshlyActivated(context);
	const nowMs = createClock(context).now();
	const { lookBackHours } = settings.options;
	const resumeFromSeconds = isLost ? Math.floor(nowMs / 1_000) - lookBackHours * 3_600 : undefined;
	const asked = questionFor(client, settings, memory.state());
	const polled = await pollChanges({ ...asked, nowMs, refreshLabels, resumeFromSeconds });
	if (isLost) {
		context.logger.warn(
			`Knack Trigger has lost what it remembered, though this workflow ran before. It looks back ${lookBackHours} hours instead of starting at now: records may come once more, and are recognised in Xero.`,
			{ table: polled.table.key },
		);
	}
	const items = await itemsOf(asked, settings, polled, 'poll');
	// Only now: what could not be handed on must be found again. A new object, since n8n does not
	// see a change inside of one.
	context.getWorkflowStaticData('node')[STATE_KEY] = toJson(polled.state);
	memory.change(() => ({ state: polled.state, result: undefined }));
	noteMemory(context);
	await tellOfGivenUp(context, client, polled);
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

/** What cannot be written now is tried again by the next poll; the records found go on. */
async function tellOfGivenUp(
	context: IPollFunctions,
	client: KnackClient,
	polled: PolledChanges,
): Promise<void> {
	const told = await faultOr(tellGivenUp(client, polled));
	const troubles = told.ok ? told.value.map(({ message }) => message) : [told.failure.message];
	if (troubles.length === 0) return;
	context.logger.warn('Knack Trigger could not write onto records that are not in Xero', {
		table: polled.table.key,
		troubles: [...new Set(troubles)],
	});
}

/**
 * Whether this is the first poll since a person activated or saved the workflow: from then on items
 * carry the fields' present names. n8n says the activation mode with every poll of an activation;
 * a restart of n8n is no activation by a person.
 */
function isFreshlyActivated(context: IPollFunctions): boolean {
	const isFirst = isFirstPoll(context);
	notePoll(context);
	return isFirst && ['activate', 'update', 'create'].includes(context.getActivationMode());
}

/** The latest records that would count, so that a person sees what later nodes will get. */
async function testItems(
	client: KnackClient,
	settings: KnackTriggerSettings,
): Promise<KnackItem[]> {
	// They are shown wherever records start to count.
	const wanted = { ...settings, options: { ...settings.options, startFrom: 'now' as const } };
	const open = await openTable(client, settingsFor(wanted), undefined);
	const { app, table } = open;
	const { filters } = open.settings;
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
