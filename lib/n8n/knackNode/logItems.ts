import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from '../../vendor/zod';
import { dayInZone, yearsBefore } from '../../dates';
import type { Issue } from '../../issue';
import type { KnackClient } from '../../knack/client';
import type { XeroClient } from '../../xero/client';
import type { LogTarget } from '../../sync/log/chain';
import { dailyHead, headsInText } from '../../sync/log/dailyHead';
import { erasePerson } from '../../sync/log/erasePerson';
import { exportPerson } from '../../sync/log/exportPerson';
import { notLookedAt, personRows } from '../../sync/log/personRows';
import type { PersonalValues } from '../../sync/log/personalValues';
import { type LogRow } from '../../sync/log/logRow';
import { readLog, readRowsOf } from '../../sync/log/readLog';
import {
	historyInLog,
	historyInXero,
	inOrderOfTime,
	rowsOfRecord,
} from '../../sync/log/recordHistory';
import { oldRuns, removeOldRows } from '../../sync/log/removeOldRows';
import { verifyLog, type Verdict } from '../../sync/log/verifyLog';
import { countOf } from '../../texts';
import { runsAsTool } from '../agentWriting';
import { createClock } from '../clock';
import { itemParameter, parameterReader, type ParameterReader } from '../parameters/reader';
import { connectXero } from '../xeroConnection';
import { logTargetOf } from '../syncLog/openRunLog';
import {
	HEADS_KEPT,
	HISTORY_ORGANISATION,
	KEEP_YEARS,
	MOST_ROWS,
	NODE_LOG_TABLE,
	PERSON,
	PREVIEW_ONLY,
	SOUGHT_RECORD,
	WHO_AND_WHY,
	WITH_XERO_HISTORY,
	type LOG_OPERATION,
} from './logOperations';
import type { Operation } from './operation';

/** What an item asks of a log. */
type Question = (log: OpenLog) => Promise<readonly object[]>;

/** A log that is open for all items of a run: what several ask for is read once. */
interface OpenLog {
	readonly target: LogTarget;
	rows(): Promise<readonly LogRow[]>;
	/** The organisation of that id; of the only one without. Throws ServiceFaultError. */
	xero(organisation: string | undefined): Promise<XeroClient>;
	/** What was read before a change is not asked again. */
	forget(): void;
}

/** Reads what an item asks, and answers it once the log is open. */
function logOperation(
	ask: (read: ParameterReader) => Question,
	{ writes = false }: { readonly writes?: boolean } = {},
): Operation {
	return (context, results, place) => {
		const isRefused = writes && runsAsTool(context);
		const asked = results.read((index) => {
			const read = parameterReader(itemParameter(context, index), place);
			return { index, table: read(NODE_LOG_TABLE) ?? '', question: ask(read) };
		});
		return {
			async run(client) {
				const logs = new Map<string, Promise<OpenLog>>();
				for (const { index, table, question } of asked) {
					if (isRefused) {
						results.fail(index, [NOT_FOR_AGENTS]);
						results.throwFirst();
						continue;
					}
					try {
						const log = logs.get(table) ?? openLog(context, client, table);
						logs.set(table, log);
						results.give(index, itemsOf(await question(await log)));
					} catch (error) {
						results.failThrown(index, error);
					}
				}
			},
		};
	};
}

const NOT_FOR_AGENTS: Issue = {
	code: 'AGENT_MAY_NOT_WRITE',
	severity: 'block',
	message: 'An AI agent may neither erase nor remove rows of the Sync Log.',
	fix: 'Run it in a workflow that a person starts.',
};

async function openLog(
	context: IExecuteFunctions,
	client: KnackClient,
	table: string,
): Promise<OpenLog> {
	const target = await logTargetOf(context, client, table, createClock(context));
	let known: Promise<readonly LogRow[]> | undefined;
	return {
		target,
		rows: async () => await (known ??= readLog(client, target.log)),
		xero: async (organisation) => await connectXero(context, organisation),
		forget: () => (known = undefined),
	};
}

const item = z.record(z.unknown()).transform((value): IDataObject => Object(value));

/** What is undefined has no place in an item. */
function itemsOf(answers: readonly object[]): IDataObject[] {
	return answers.map((answer) => item.parse(JSON.parse(JSON.stringify(answer))));
}

export const LOG_OPERATIONS: Readonly<Record<(typeof LOG_OPERATION)['unset'], Operation>> = {
	verify: logOperation((read) => {
		const keptHeads = headsInText(read(HEADS_KEPT) ?? '');
		return async ({ target, rows }) => {
			const { log, key, clock } = target;
			return [shownVerdict(await verifyLog(await rows(), log, key, { clock, keptHeads }))];
		};
	}),

	history: logOperation((read) => {
		const sought = read(SOUGHT_RECORD) ?? '';
		const withXero = read(WITH_XERO_HISTORY) && { organisation: read(HISTORY_ORGANISATION) };
		return async ({ target, xero }) => {
			const { knack, log, key } = target;
			const rows = rowsOfRecord(await readRowsOf(knack, log, sought), sought);
			const inXero = withXero ? await historyInXero(await xero(withXero.organisation), rows) : [];
			const events = inOrderOfTime([...historyInLog(rows, key), ...inXero]);
			return events.map(({ details, ...event }) => ({ ...event, ...details }));
		};
	}),

	dailyHead: logOperation(() => async ({ target, rows }) => {
		const { log, key, clock } = target;
		const { text, ...head } = dailyHead(await rows(), log, key, clock.now());
		return [{ summary: text, ...head }];
	}),

	exportPerson: logOperation((read) => {
		const person = read(PERSON) ?? '';
		return async ({ target, rows }) => {
			const all = await rows();
			const exported = exportPerson(personRows(all, person, target.key));
			return [
				...notLookedAt(all, target.key).map((summary) => ({ summary })),
				...exported.map(({ summary, ...details }) => ({ summary, ...details })),
			];
		};
	}),

	erasePerson: logOperation(
		(read) => {
			const person = read(PERSON) ?? '';
			const isPreview = read(PREVIEW_ONLY);
			const by = handsOf(read(WHO_AND_WHY));
			return async ({ target, rows, forget }) => {
				const all = await rows();
				const found = personRows(all, person, target.key);
				const skipped = notLookedAt(all, target.key);
				const count = countOf(found.length, 'row');
				if (isPreview) {
					const summary = [`Would erase from ${count}`, ...skipped].join('. ');
					return [{ summary, rows: found.length }];
				}
				const { done, troubles: fresh } = await erasePerson(target, found, by);
				const troubles = [...skipped, ...fresh];
				forget();
				return [
					{
						summary: withTroubles(`Erased from ${done} of ${count}`, troubles),
						rows: done,
						troubles,
					},
				];
			};
		},
		{ writes: true },
	),

	removeOldRows: logOperation(
		(read) => {
			const years = read(KEEP_YEARS);
			const mostRows = read(MOST_ROWS);
			const isPreview = read(PREVIEW_ONLY);
			return async ({ target, rows, forget }) => {
				const { clock, log } = target;
				const olderThan = yearsBefore(dayInZone(clock.now(), log.app.timeZone), years);
				const runs = oldRuns(target, await rows(), olderThan, mostRows);
				const count = runs.reduce((sum, run) => sum + run.rows.length, 0);
				const old = `${countOf(count, 'row')} of ${countOf(runs.length, 'run')} that ended before ${olderThan}`;
				if (isPreview) return [{ summary: `Would remove ${old}`, olderThan, rows: count }];
				const { done, troubles } = await removeOldRows(target, runs, olderThan);
				forget();
				return [
					{
						summary: withTroubles(`Removed ${done} of ${old}`, troubles),
						olderThan,
						rows: done,
						troubles,
					},
				];
			};
		},
		{ writes: true },
	),
};

function handsOf({ n8nUser, reason }: (typeof WHO_AND_WHY)['unset']): PersonalValues {
	return {
		...(n8nUser === undefined ? {} : { n8nUser: { name: n8nUser } }),
		...(reason === undefined ? {} : { reason: { reason } }),
	};
}

function withTroubles(sentence: string, troubles: readonly string[]): string {
	return [`${sentence}.`, ...troubles].join(' ');
}

/** A log that was imported anew, say, is changed in every row: the first of them will do. */
const MOST_SHOWN = 500;

function shownVerdict({ rows, runs, findings }: Verdict): object {
	const alarming = findings.filter(({ isAlarming }) => isAlarming);
	const seen = `${countOf(rows, 'row')} of ${countOf(runs, 'run')}`;
	const [first] = alarming;
	const words = first
		? `${countOf(alarming.length, 'finding')} in ${seen}. ${first.message}`
		: `The log is whole: ${seen}, each as it was written.`;
	const shown = [...alarming, ...findings.filter(({ isAlarming }) => !isAlarming)];
	return { summary: words, isWhole: !first, rows, runs, findings: shown.slice(0, MOST_SHOWN) };
}
