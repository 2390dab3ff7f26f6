import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isSecret } from '../../constantTime';
import type { KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { readRecordCall } from '../../knack/recordCall';
import type { RecordCall } from '../../knack/recordCall';
import { findTable } from '../../knack/tables';
import { pollHinted } from '../../sync/knackChanges/hintedRecords';
import type { KnackItem } from '../../sync/knackItems';
import { z } from '../../vendor/zod';
import { createClock } from '../clock';
import { toTriggerError } from '../errors';
import { connectKnack } from '../knackConnection';
import { processState } from '../processState';
import { triggerKey } from '../trigger/triggerKey';
import { itemsOf, questionFor } from './look';
import type { KnackTriggerSettings } from './triggerSettings';
import { isInstant, readTriggerSettings, readWebhookSecret } from './triggerSettings';
import { STATE_KEY, toJson, toOutput } from './triggerState';

const NOT_STARTED: IWebhookResponseData = { noWebhookResponse: true };

/** A call that says it was sent longer ago is a repeat, or Knack was stuck; the poll serves then. */
const REPLAY_WINDOW_MS = 5 * 60_000;

/** How long a look waits for Knack in all; polls wait for it meanwhile. */
const PATIENCE_MS = 15_000;

/**
 * One call of Knack. A wrong secret gets 401 and an empty body and starts nothing. A right one gets
 * 200 before Knack is asked for anything, and is believed in nothing but that something happened:
 * the records are read. Never rejects once it has answered: what cannot be read now the next poll
 * brings.
 */
export async function receiveKnackCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	if (!isInstant(context) || context.getMode() === 'manual') {
		response.status(404).end();
		return NOT_STARTED;
	}
	const secret = await readWebhookSecret(context);
	const call = readRecordCall(context.getBodyData());
	const header = z.string().safeParse(context.getHeaderData()['x-knack-xero-secret']).data;
	const given = [header, call.secret].map((one) => isSecret(one?.trim(), secret));
	if (!given.includes(true)) {
		response.status(401).end();
		return NOT_STARTED;
	}
	response.status(200).end();
	try {
		const items = await itemsOfCall(context, readTriggerSettings(context), call);
		return items.length === 0 ? NOT_STARTED : { ...NOT_STARTED, workflowData: toOutput(items) };
	} catch (error) {
		const { message } = toTriggerError(context.getNode(), error);
		context.logger.error(`${message} The next poll brings what Knack called about.`);
		return NOT_STARTED;
	}
}

async function itemsOfCall(
	context: IWebhookFunctions,
	settings: KnackTriggerSettings,
	call: RecordCall,
): Promise<KnackItem[]> {
	const clock = createClock(context);
	if (call.sentAtMs !== undefined && clock.now() - call.sentAtMs > REPLAY_WINDOW_MS) {
		context.logger.warn('A call of Knack was sent too long ago; the next poll looks', {
			recordIds: call.recordIds,
		});
		return [];
	}
	if (call.recordIds.length === 0) {
		context.logger.info('A call of Knack names no record; all of the table are looked at');
	}
	const named = await toWatchedTable(context, settings, call);
	if (!named) return [];
	const items = await processState.knackCalls.gather(
		triggerKey(context),
		[named],
		settings.options.gatherSeconds * 1_000,
		clock,
		async (together) => await lookAtNamed(context, settings, together),
	);
	return items ?? [];
}

async function connect(
	context: IWebhookFunctions,
	settings: KnackTriggerSettings,
): Promise<KnackClient> {
	const timeZone = settings.options.timeZone || undefined;
	return await connectKnack(context, { timeZone, patienceMs: PATIENCE_MS });
}

/**
 * The call in terms of the table that is watched. A record of a table that comes along, such as a
 * customer, may mend several records in trouble, and all are looked at; undefined where another
 * table's Flow was given this address.
 */
async function toWatchedTable(
	context: IWebhookFunctions,
	settings: KnackTriggerSettings,
	call: RecordCall,
): Promise<RecordCall | undefined> {
	const { table, recordIds } = call;
	if (table === undefined || table === settings.table) return call;
	const app = await (await connect(context, settings)).app();
	const watched = findTable(app, settings.table);
	const told = findTable(app, table);
	if (!told || !watched || told.key === watched.key) return call;
	if (comesAlong(told, watched, settings)) return { ...call, recordIds: [] };
	context.logger.warn(
		`A call of Knack is about ${told.name}, and this trigger watches ${watched.name}: it starts nothing`,
		{ recordIds },
	);
	return undefined;
}

/** Whether an edit of the table's records counts as one of the watched record in trouble. */
function comesAlong(
	told: KnackTable,
	watched: KnackTable,
	{ triggerOn, options, inclusions }: KnackTriggerSettings,
): boolean {
	if (triggerOn !== 'startsToMatch' || !options.retryField) return false;
	return inclusions.some((inclusion) => {
		if (inclusion.direction === 'in') return inclusion.table === told.key;
		const connection = watched.fields.find(({ key }) => key === inclusion.field)?.connection;
		return connection?.table === told.key;
	});
}

/** Looks at all that the calls name; at the whole table where one of them names no record. */
async function lookAtNamed(
	context: IWebhookFunctions,
	settings: KnackTriggerSettings,
	calls: readonly RecordCall[],
): Promise<KnackItem[]> {
	const named = [...new Set(calls.flatMap(({ recordIds }) => recordIds))];
	const isWhole = calls.some(({ recordIds }) => recordIds.length === 0);
	const staticData = context.getWorkflowStaticData('node');
	const memory = processState.knackTriggers.open(triggerKey(context), staticData[STATE_KEY]);
	const stored = memory.state();
	const client = await connect(context, settings);
	const nowMs = createClock(context).now();
	const asked = questionFor(client, settings, stored);
	const polled = await pollHinted({ ...asked, nowMs }, isWhole ? [] : named);
	if (!polled) {
		context.logger.warn('Knack called before the first poll; records count from that poll on');
		return [];
	}
	const items = await itemsOf(asked, settings, polled, 'webhook');
	memory.change(() => ({ state: polled.state, result: undefined }));
	// n8n stores this before the execution exists. So what is started now is stored as seen with the
	// next look only: after a crash in between it comes again, and is not lost.
	const sure = items.length === 0 ? polled.state : (stored ?? polled.state);
	staticData[STATE_KEY] = toJson(sure);
	if (polled.gone.length > 0) {
		context.logger.info(
			`Records that Knack called about are not in ${polled.table.name} any more`,
			{
				recordIds: polled.gone,
			},
		);
	}
	context.logger.debug('Knack Trigger was called', {
		table: polled.table.key,
		named: named.length,
		found: items.length,
		calls: client.calls().reads,
		leftToday: client.dayRemaining(),
	});
	return items;
}
