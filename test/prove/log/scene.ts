import { isServiceFaultError } from '../../../lib/serviceFault';
import { createChain, type LogTarget } from '../../../lib/sync/log/chain';
import type { LogRow } from '../../../lib/sync/log/logRow';
import { createRunLog, type RunLog } from '../../../lib/sync/log/runLog';
import type { Draft } from '../../../lib/sync/draft';
import type { Outcome } from '../../../lib/sync/outcome';
import { upsertDocuments } from '../../../lib/sync/upsert';
import { Turns } from '../../../lib/sync/write/turns';
import { SALES_INVOICE } from '../../../lib/xero/documents/salesInvoice';
import { knackInMemory } from '../../support/knackInMemory';
import { orderDraft } from '../../support/orders';
import { logTarget } from '../../support/syncLog';
import type { XeroInMemory } from '../../support/xeroInMemory';
import type { Random } from '../random';
import { Killed, troubledPort, UNTROUBLED, type Trouble } from '../troubledPort';

/** One run of a worker over some records, and what is known of it from outside. */
export interface WorkerRun {
	readonly execution: string;
	readonly isKilled: boolean;
	/** Requests that wrote to Xero, whether their answers came or not. */
	readonly xeroWrites: number;
	/** Outcomes that should have a row, by the Knack record; of a run that ended. */
	readonly attempts: readonly string[];
	/** Knack records of which the run says that they have no row. */
	readonly lost: readonly string[];
	readonly isSaidNotClosed: boolean;
}

/** What all workers have in common. */
export interface LogStage {
	readonly world: XeroInMemory;
	readonly table: string;
	readonly random: Random;
	/** Counts upwards over all scenes, for numbers of records and of executions. */
	next(): number;
}

/** One worker, or two at the same time over records of their own or of both. */
export async function playScene(stage: LogStage): Promise<WorkerRun[]> {
	const { random } = stage;
	const isRace = random.percent(50);
	const drafts = () => Array.from({ length: random.int(2, 14) }, () => draftOf(stage));
	const first = drafts();
	const second = isRace ? (random.percent(50) ? first : drafts()) : undefined;
	const works = [first, ...(second ? [second] : [])].map(
		async (own) => await work(stage, own, isRace),
	);
	return await Promise.all(works);
}

function draftOf({ random, next }: LogStage): Draft {
	const draft = orderDraft(next(), `Customer ${random.int(1, 40)}`, {}, 1);
	if (!random.percent(15)) return draft;
	const issue = { severity: 'hold', message: 'A person decides.', fix: 'Look at it.' } as const;
	return { ...draft, issues: [{ ...issue, code: 'XERO_TOTAL_DIFFERS' }] };
}

function troubleOf(random: Random, isRace: boolean): Trouble {
	return {
		...UNTROUBLED,
		...(random.percent(30)
			? { kill: { atRequest: random.int(1, 40), when: random.pick(['before', 'after'] as const) } }
			: {}),
		lostAnswers: random.percent(30) ? random.pick([5, 20]) : 0,
		latencyMs: 20,
		dawdles: isRace,
	};
}

async function work(
	stage: LogStage,
	drafts: readonly Draft[],
	isRace: boolean,
): Promise<WorkerRun> {
	const { world, table, random } = stage;
	const execution = `e${stage.next()}`;
	const trouble = troubleOf(random, isRace);
	let xeroWrites = 0;
	/** The one way of a process to both services, which ends for both when it is killed. */
	const inner = new Map<string, Parameters<typeof troubledPort>[0]>();
	const whole = troubledPort(
		async (request) => {
			const service = request.url.includes('/knack/') ? 'knack' : 'xero';
			if (service === 'xero' && request.method !== 'GET') xeroWrites += 1;
			const way = inner.get(service);
			if (!way) throw new Error(`There is no way to ${service}.`);
			return await way(request);
		},
		trouble,
		random,
		world.sandbox.clock,
	);
	const knack = knackInMemory(world.sandbox, (way) => {
		inner.set('knack', way);
		return whole;
	});
	const client = world.anotherClient((way) => {
		inner.set('xero', way);
		return whole;
	});
	const ended = { execution, attempts: [], lost: [], isSaidNotClosed: false };
	const writes = () => ({ xeroWrites });
	const log = openLog(async () => await logTarget(world.sandbox, knack, table, execution));
	try {
		const { clock, settings } = world;
		const { outcomes } = await upsertDocuments(
			{
				client,
				settings,
				clock,
				turns: new Turns(),
				mostElements: random.pick([2, 5, 50]),
				beforeWriting: async () => await log.begin(),
				onSettled: (settled) => log.tell(settled),
			},
			SALES_INVOICE,
			drafts,
		);
		log.tell(outcomes);
		const report = await log.close();
		return {
			...ended,
			...writes(),
			isKilled: false,
			attempts: outcomes.filter(isAttempt).map(recordOf),
			lost: outcomes.filter((each) => report.lost.has(log.identityOf(each))).map(recordOf),
			isSaidNotClosed: report.notClosed !== undefined,
		};
	} catch (error) {
		if (error instanceof Killed) return { ...ended, ...writes(), isKilled: true };
		if (!isServiceFaultError(error)) throw error;
		// As the node does where a service cannot be read: nothing was attempted, and the log is closed.
		const report = await log.close().catch(() => undefined);
		const isSaidNotClosed = report === undefined || report.notClosed !== undefined;
		return { ...ended, ...writes(), isKilled: false, isSaidNotClosed };
	}
}

function openLog(open: () => Promise<LogTarget>): RunLog {
	return createRunLog(async () => createChain(await open(), 'Proof'), {
		logged: 'changes',
		identityOf: ({ source }) => source.knackRecordId ?? '',
		handsOf: (index) => ({ knackUser: `Person ${index % 7}` }),
	});
}

const ATTEMPTS: ReadonlySet<string> = new Set(['created', 'updated', 'held', 'blocked', 'failed']);

function isAttempt({ outcome }: Outcome): boolean {
	return ATTEMPTS.has(outcome);
}

function recordOf({ source }: Outcome): string {
	return source.knackRecordId ?? '';
}

/** What is wrong with what the log has of a run. */
export function wrongWith(run: WorkerRun, rows: readonly LogRow[]): string[] {
	const own = rows.filter(({ entry }) => entry?.place.execution === run.execution);
	const has = (kind: string) => own.some(({ entry }) => entry?.content.kind === kind);
	const at = `execution ${run.execution}`;
	if (run.isKilled) {
		// Before the run had something to write, nothing was attempted either.
		if (run.xeroWrites > 0 && !has('opening')) return [`${at} wrote, died, and is not in the log`];
		return [];
	}
	const isSaid = run.isSaidNotClosed || run.lost.length > 0;
	if (own.length > 0 && !has('closing') && !isSaid) return [`${at} ended without a closing row`];
	const written = new Set(
		own.flatMap(({ entry }) =>
			entry?.content.kind === 'record' ? [entry.content.source.knackRecordId] : [],
		),
	);
	return run.attempts
		.filter((record) => !written.has(record) && !run.lost.includes(record))
		.map((record) => `${at}: ${record} has no row, and nobody says so`);
}
