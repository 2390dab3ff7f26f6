import type { HttpPort } from '../../../lib/http';
import { xeroInMemory } from '../../support/xeroInMemory';
import type { Kind } from '../kind';
import { KINDS } from '../kinds';
import { startsOf } from '../proof';
import { ChaosCounts } from './counts';
import { ChaosScene } from './scene';

export interface ChaosOptions {
	/** At least so many records, in scenes of some each. */
	readonly records: number;
	readonly firstSeed: number;
	/** Share of all answers that are faulty, in percent; 10 unless told. */
	readonly faultyPercent?: number;
	/** Only kinds whose name contains it. */
	readonly only?: string;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
	/** Told of each request and each step, in words. */
	readonly log?: (line: string) => void;
	readonly onProgress?: (records: number) => void;
}

interface ChaosResult {
	readonly counts: ChaosCounts;
	readonly firstSeed: number;
	readonly lastSeed: number;
	/** One for each scene that ended wrong; none is the proof. */
	readonly failures: ReadonlyArray<{
		readonly seed: number;
		readonly kind: string;
		readonly what: readonly string[];
	}>;
}

/**
 * Bad days on both sides: records are read from Knack, brought into Xero and written back, while
 * answers of either are faulty in every way, workers die, clocks jump and people edit. A scene is a
 * few records; in the end each is one document, and Knack knows it.
 */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
	const { records, firstSeed, only = '', faultyPercent = 10 } = options;
	const { plantedFault, log, onProgress } = options;
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	const kinds = KINDS.filter((kind) => isPlain(kind) && kind.name.includes(only));
	const starts = await startsOf(world, kinds);
	const counts = new ChaosCounts();
	const failures: Array<ChaosResult['failures'][number]> = [];
	let seed = firstSeed - 1;
	while (counts.records < records) {
		seed += 1;
		const kind = kinds[seed % kinds.length];
		if (!kind) throw new RangeError(`No kind of document is called "${only}".`);
		world.sandbox.restore(starts.get(kind.name) ?? world.sandbox.snapshot());
		world.sandbox.journal.clear();
		const what = await new ChaosScene({
			world,
			kind,
			seed,
			counts,
			faultyPercent,
			plantedFault,
			log,
		}).play();
		if (what.length > 0) failures.push({ seed, kind: kind.name, what });
		onProgress?.(counts.records);
	}
	return { counts, firstSeed, lastSeed: seed, failures };
}

/**
 * Those whose records are one upsert into the usual organisation, and are documents whether they bear
 * a link or not. All others meet kills, races and lost answers in the proof of all kinds (`proof.ts`).
 */
function isPlain({ needsLink, organisationId, mayBeHeldBy, send }: Kind): boolean {
	return !needsLink && organisationId === undefined && !mayBeHeldBy && !send;
}

/** One scene, request by request. */
export async function explainChaos(
	seed: number,
	faultyPercent: number,
): Promise<readonly string[]> {
	const lines: string[] = [];
	const { failures } = await chaos({
		records: 1,
		firstSeed: seed,
		faultyPercent,
		log: (line) => lines.push(line),
	});
	return [
		...lines,
		...failures.flatMap(({ kind, what }) => what.map((one) => `WRONG ${kind}: ${one}`)),
	];
}

export function chaosTable({ counts, firstSeed, lastSeed, failures }: ChaosResult): string[] {
	const { faults } = counts;
	return [
		`Seeds ${firstSeed} to ${lastSeed}`,
		`${counts.records} records in ${lastSeed - firstSeed + 1} scenes, ${counts.deliveries} deliveries told in ${counts.runs} runs, ${counts.requests} requests`,
		`${counts.kills} killed, ${counts.races} races of two or three, ${counts.impossible} gave up before they wrote; ${counts.shownTwice} records shown to a person as posted twice`,
		`at most ${counts.mostRequests} requests and ${counts.mostMinutes.toFixed(1)} minutes a worker`,
		`${Object.values(faults).reduce((sum, count) => sum + count, 0)} faulty answers:`,
		...Object.entries(faults)
			.sort(([one], [other]) => one.localeCompare(other))
			.map(([name, count]) => `  ${count} × ${name}`),
		...failures.flatMap(({ seed, kind, what }) =>
			what.map((one) => `WRONG seed ${seed}, ${kind}: ${one}`),
		),
		`${failures.length} of ${lastSeed - firstSeed + 1} scenes ended wrong`,
	];
}
