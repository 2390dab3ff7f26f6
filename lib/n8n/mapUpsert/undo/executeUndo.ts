import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Clock } from '../../../clock';
import { instantText } from '../../../dates';
import { grouped } from '../../../grouped';
import type { Issue } from '../../../issue';
import type { KnackClient } from '../../../knack/client';
import { failed, type Result } from '../../../result';
import { faultOr, ServiceFaultError, type ServiceFault } from '../../../serviceFault';
import type { Outcome } from '../../../sync/outcome';
import type { RunLog } from '../../../sync/log/runLog';
import { readRanOutcome, type RanOutcome } from '../../../sync/undo/ranOutcome';
import { previewUndo, undo, type UndoReport } from '../../../sync/undo/undo';
import { unlinkRecords } from '../../../sync/undo/unlink';
import { createRunGuard, type RunGuard } from '../../../sync/guard/runGuard';
import { whyUntold } from '../../../sync/undo/heedGuards';
import { isPassing, notSent } from '../../../sync/words/notSent';
import type { XeroClient } from '../../../xero/client';
import { createClock } from '../../clock';
import { connectKnack } from '../../knackConnection';
import { processState } from '../../processState';
import { loggedRun, logHints } from '../../syncLog/loggedRun';
import { toldHints } from '../outcomeItems';
import { LOG } from '../logParameters';
import { createSettingsReader } from '../runSettings';
import {
	readSoughtRuns,
	readUndoItems,
	readUndoParameters,
	type SoughtRun,
	type UndoItem,
	type UndoParameters,
} from './readUndo';
import { undoHints, undoOutputs, type UndoSums } from './undoItems';

type Read = Extract<UndoItem, { ran: unknown }>;

/** What undoing reaches outside of itself. */
interface UndoPorts {
	readonly clock: Clock;
	readonly reach: (organisation: string | undefined) => Promise<XeroClient>;
	readonly settings: Awaited<ReturnType<typeof createSettingsReader>>;
	readonly knack: () => Promise<KnackClient>;
	readonly log?: RunLog;
	readonly guard: RunGuard;
}

/**
 * Takes back what items or the Sync Log say that runs did: outputs what is undone and what needs
 * attention. Throws n8n's errors for what makes all of it impossible.
 */
export async function executeUndo(
	context: IExecuteFunctions,
	reach: UndoPorts['reach'],
): Promise<INodeExecutionData[][]> {
	const run = await readUndoParameters(context);
	const clock = createClock(context);
	let connected: Promise<KnackClient> | undefined;
	const knack = async () => await (connected ??= connectKnack(context));
	const items =
		run.source === 'syncLog'
			? await ofLog(context, readSoughtRuns(context, run), { clock, knack })
			: readUndoItems(context, run);
	const told = new Set<string>();
	const log = run.log && (await openLog(context, run.log, { clock, knack, told }));
	const settings = await createSettingsReader(context);
	const { isPreview } = run;
	const memory = processState.guards;
	const guard = createRunGuard(run.guards, { knack, memory, place: '', isPreview });
	const ports: UndoPorts = { clock, reach, settings, knack, guard, ...(log ? { log } : {}) };
	const result = await loggedRun(log, async () => await undoAll(run, items, ports));
	context.addExecutionHints(
		...undoHints(run, result.outcomes, result.sums),
		...toldHints(told),
		...logHints(result.log, result.outcomes),
	);
	return undoOutputs(run, result.outcomes);
}

/** What the log has of runs, as items of them. */
async function ofLog(
	context: IExecuteFunctions,
	sought: readonly SoughtRun[],
	{ clock, knack }: Pick<UndoPorts, 'clock' | 'knack'>,
): Promise<UndoItem[]> {
	const { logTargetOf } = await import('../../syncLog/openRunLog');
	const { readLoggedRun } = await import('../../../sync/undo/loggedRun');
	const items: UndoItem[] = [];
	for (const { run, logTable, ...place } of sought) {
		const target = await logTargetOf(context, await knack(), logTable, clock);
		for (const told of await readLoggedRun(target, run)) {
			const index = items.length;
			const read: Result<RanOutcome, Issue> =
				'json' in told ? readRanOutcome(told.json, index) : failed(told.issue);
			const subject = 'json' in told ? `a row of run ${run}` : told.subject;
			items.push(
				read.ok
					? { index, ran: { ...read.value, isOfLog: true }, ...place }
					: { index, input: place.input, subject, issues: [read.failure] },
			);
		}
	}
	return items;
}

async function openLog(
	context: IExecuteFunctions,
	chosen: NonNullable<UndoParameters['log']>,
	{ told, ...ports }: Pick<UndoPorts, 'clock' | 'knack'> & { readonly told: Set<string> },
): Promise<RunLog> {
	const { openRunLog } = await import('../../syncLog/openRunLog');
	return openRunLog(context, chosen, LOG, {
		...ports,
		about: 'Map & Upsert to Xero, Undo',
		operation: 'undo',
		// Of a run in the log all that it did comes of one item.
		identityOf: ({ itemIndexes: [first = -1], source, summary, sync }) =>
			[first, sync.key, source.knackRecordId, summary].join(' '),
		tell: (sentence) => told.add(sentence),
	});
}

/** Organisation by organisation. Throws ServiceFaultError when none can be reached. */
async function undoAll(
	run: UndoParameters,
	items: readonly UndoItem[],
	ports: UndoPorts,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly sums: UndoSums }> {
	const at = instantText(ports.clock.now());
	const outcomes: Outcome[] = items.flatMap((item) =>
		'issues' in item ? [unreadOutcome(item, at)] : [],
	);
	const groups = grouped(
		items.flatMap(
			(item): Array<[string, Read]> => ('ran' in item ? [[item.organisation ?? '', item]] : []),
		),
	);
	const sums = { calls: 0, expectedCalls: 0, stopped: new Array<ServiceFault>() };
	const faults: ServiceFault[] = [];
	for (const own of groups.values()) {
		const done = await faultOr(undoOf(run, own, ports));
		if (!done.ok) {
			faults.push(done.failure);
			sums.stopped.push(done.failure);
			outcomes.push(...own.map((item) => unreachedOutcome(item, done.failure, at)));
			continue;
		}
		const { report, calls } = done.value;
		sums.calls += calls;
		sums.expectedCalls += report.expectedCalls;
		if (report.stopped) sums.stopped.push(report.stopped);
		outcomes.push(...done.value.outcomes);
	}
	const [fault] = faults;
	if (fault && faults.length === groups.size && !isPassing(fault)) {
		throw new ServiceFaultError(fault);
	}
	return { outcomes: paired(outcomes, items), sums };
}

/** In the order of the items, each with the input items that it comes of. */
function paired(outcomes: readonly Outcome[], items: readonly UndoItem[]): Outcome[] {
	const first = ({ itemIndexes }: Outcome) => Math.min(...itemIndexes);
	const inputOf = new Map(items.map(({ index, input }) => [index, input]));
	return [...outcomes]
		.sort((a, b) => first(a) - first(b))
		.map((outcome) => ({
			...outcome,
			itemIndexes: [...new Set(outcome.itemIndexes.flatMap((index) => inputOf.get(index) ?? []))],
		}));
}

async function undoOf(
	run: UndoParameters,
	items: readonly [Read, ...Read[]],
	{ reach, settings, clock, knack, log, guard }: UndoPorts,
): Promise<{
	readonly report: UndoReport;
	readonly outcomes: readonly Outcome[];
	readonly calls: number;
}> {
	const client = guard.watch(await reach(items[0].organisation));
	const refusal = async () => await guard.refusal(client);
	const context = {
		client,
		// Lock dates decide what is voided: they are read anew.
		settings: await settings(client, true),
		clock,
		turns: processState.turns,
		lookedUpAtMs: clock.now(),
		beforeWriting: async () => await log?.begin(),
	};
	const rans = items.map(({ ran }) => ran);
	const work = run.isPreview ? previewUndo : undo;
	const report = await work(context, rans, { ...run.options, refusal });
	const { writeBackFields: fields, isPreview } = run;
	const { table } = items[0];
	const outcomes = fields
		? await unlinkRecords(knack, report.told, {
				fields,
				isPreview,
				...(await whyUntold(refusal)),
				...(table === undefined ? {} : { table }),
			})
		: report.outcomes;
	const { reads, writes } = client.calls();
	return { report, outcomes, calls: reads + writes };
}

/** The outcome of an item that does not tell what was done. */
function unreadOutcome(
	{ index, subject, record, issues }: Extract<UndoItem, { issues: unknown }>,
	at: string,
): Outcome {
	return {
		...(record === undefined ? {} : { record }),
		outcome: issues.some(({ severity }) => severity === 'block') ? 'blocked' : 'held',
		document: { type: '' },
		source: {},
		changes: [],
		issues,
		summary: `Did not undo ${subject}: ${issues[0]?.message ?? ''}`,
		sync: { key: `undo:item ${index + 1}`, contentHash: '', calls: 0, at },
		subject,
		itemIndexes: [index],
	};
}

function unreachedOutcome({ ran, index }: Read, fault: ServiceFault, at: string): Outcome {
	const { outcome, issues } = notSent(fault, {});
	const { record, document, source, definition } = ran;
	const subject = [definition.label.toLowerCase(), document.number].filter(Boolean).join(' ');
	return {
		...(record === undefined ? {} : { record }),
		outcome,
		document,
		source: source ?? {},
		changes: [],
		issues,
		summary: `Did not undo ${subject}: ${issues[0]?.message ?? ''}`,
		sync: { key: `undo:${document.id ?? ''}`, contentHash: '', calls: 0, at },
		subject,
		itemIndexes: [index],
	};
}
