import { readLog } from '../../../lib/sync/log/readLog';
import { addLogTable, logTarget } from '../../support/syncLog';
import { knackInMemory } from '../../support/knackInMemory';
import { xeroInMemory } from '../../support/xeroInMemory';
import { Random } from '../random';
import { playScene, wrongWith, type WorkerRun } from './scene';
import { tamper, verdictOf, type Chapter, type Tampering } from './tampering';

export interface LogProofOptions {
	/** At least so many records are attempted. */
	readonly attempts: number;
	readonly seed: number;
	/** How often each chapter of the log is tampered with in each way; 20 unless told. */
	readonly tamperings?: number;
	readonly onProgress?: (attempts: number) => void;
}

interface LogProof {
	attempts: number;
	runs: number;
	kills: number;
	races: number;
	rows: number;
	/** Attempts of which the run itself said that they have no row. */
	saidLost: number;
	notClosed: number;
	forks: number;
	readonly tampered: Record<Tampering, { tried: number; found: number }>;
	readonly failures: string[];
}

/** Rows of a table before the next one is begun: verifying one takes a while. */
const CHAPTER = 400;

/**
 * Records are attempted by one worker or two at once, some of which die, with answers that are lost.
 * Each attempt then has its row, or its run says that it has none, or the run is not closed; and nobody
 * changes, removes or exchanges a row unseen.
 */
export async function proveLog(options: LogProofOptions): Promise<LogProof> {
	const { attempts, seed, tamperings = 20, onProgress } = options;
	const random = new Random(seed);
	const proof: LogProof = {
		attempts: 0,
		runs: 0,
		kills: 0,
		races: 0,
		rows: 0,
		saidLost: 0,
		notClosed: 0,
		forks: 0,
		tampered: {
			bit: { tried: 0, found: 0 },
			removal: { tried: 0, found: 0 },
			exchange: { tried: 0, found: 0 },
		},
		failures: [],
	};
	let number = 0;
	while (proof.attempts < attempts) {
		const world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		world.sandbox.knack.setLimits({ perSecond: null, planLimit: 10_000_000 });
		const table = addLogTable(world.sandbox);
		const runs: WorkerRun[] = [];
		const stage = { world, table, random, next: () => (number += 1) };
		let inChapter = 0;
		while (inChapter < CHAPTER && proof.attempts + inChapter < attempts) {
			// Nobody reads it here, and it would keep whole pages of the log.
			world.sandbox.journal.clear();
			const played = await playScene(stage);
			if (played.length > 1) proof.races += 1;
			runs.push(...played);
			inChapter += attemptsOf(played);
		}
		proof.attempts += inChapter;
		const knack = knackInMemory(world.sandbox);
		const target = await logTarget(world.sandbox, knack, table);
		const chapter = { target, rows: await readLog(knack, target.log) };
		await judge(proof, chapter, runs);
		await tamperWith(proof, chapter, { random, tamperings });
		onProgress?.(proof.attempts);
	}
	return proof;
}

/** Of a run that died it is not known what it came to: its requests to Xero stand for its attempts. */
function attemptsOf(runs: readonly WorkerRun[]): number {
	return runs.reduce((sum, run) => sum + (run.isKilled ? run.xeroWrites : run.attempts.length), 0);
}

/** What the log says of the runs, before anybody has been at it. */
async function judge(proof: LogProof, chapter: Chapter, runs: readonly WorkerRun[]): Promise<void> {
	const { findings } = await verdictOf(chapter);
	proof.runs += runs.length;
	proof.kills += runs.filter(({ isKilled }) => isKilled).length;
	proof.rows += chapter.rows.length;
	proof.saidLost += runs.reduce((sum, { lost }) => sum + lost.length, 0);
	proof.failures.push(...runs.flatMap((run) => wrongWith(run, chapter.rows)));
	const openRuns = new Set<string>();
	for (const { kind, run = '', message } of findings) {
		if (kind === 'notClosed') openRuns.add(run);
		else if (kind === 'forked') proof.forks += 1;
		else if (kind !== 'notWritten') proof.failures.push(`nobody was at the log: ${message}`);
	}
	proof.notClosed += openRuns.size;
	for (const { execution, isKilled, isSaidNotClosed } of runs) {
		const own = chapter.rows.find(({ entry }) => entry?.place.execution === execution);
		const isFoundOpen = own?.entry !== undefined && openRuns.has(own.entry.run);
		const hasClosing = chapter.rows.some(
			({ entry }) => entry?.place.execution === execution && entry.content.kind === 'closing',
		);
		const shouldBeOpen = own !== undefined && !hasClosing;
		if (isFoundOpen !== shouldBeOpen) proof.failures.push(`${execution}: wrongly closed or open`);
		if (shouldBeOpen && !isKilled && !isSaidNotClosed) {
			proof.failures.push(`${execution}: is not closed, and does not say so`);
		}
	}
}

async function tamperWith(
	proof: LogProof,
	chapter: Chapter,
	{ random, tamperings }: { readonly random: Random; readonly tamperings: number },
): Promise<void> {
	const told = ({ findings }: Awaited<ReturnType<typeof verdictOf>>) =>
		new Set(findings.map(({ message }) => message));
	const before = told(await verdictOf(chapter));
	for (const way of ['bit', 'removal', 'exchange'] as const) {
		for (let time = 0; time < tamperings; time += 1) {
			const { rows, what } = tamper(chapter, way, random);
			const after = told(await verdictOf({ ...chapter, rows }));
			const isFound = [...after].some((message) => !before.has(message));
			proof.tampered[way].tried += 1;
			if (isFound) proof.tampered[way].found += 1;
			else proof.failures.push(`not found: ${what}`);
		}
	}
}

export function logTable(proof: LogProof): string[] {
	const { attempts, runs, kills, races, rows, saidLost, notClosed, forks, tampered } = proof;
	return [
		`${attempts} attempts in ${runs} runs, ${races} of two at once, ${kills} killed; ${rows} rows`,
		`${saidLost} attempts that the run says have no row, ${notClosed} runs not closed, ${forks} forks`,
		...Object.entries(tampered).map(
			([way, { tried, found }]) => `${way}: ${found} of ${tried} found`,
		),
		...proof.failures.slice(0, 20).map((failure) => `WRONG ${failure}`),
		`${proof.failures.length} wrong: attempts that nobody knows of, false alarms, or tampering unseen`,
	];
}
