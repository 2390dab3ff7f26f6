import { shadowCounts } from '../../../lib/sync/shadow/shadowTotals';
import { Random } from '../random';
import { Fortnight, type Truth } from './fortnight';

type Shadowed = Awaited<ReturnType<Fortnight['shadow']>>;

interface ShadowProof {
	readonly records: number;
	/** How many of each fault there were. */
	readonly planted: ReadonlyMap<string, number>;
	readonly documents: number;
	readonly counts: ReturnType<typeof shadowCounts>;
	/** Xero calls of one run. */
	readonly calls: number;
	readonly failures: readonly string[];
}

/**
 * Two weeks of a simulated Zapier with its known faults beside us: each document is what it is, in the
 * very fields that differ, and nothing else is told. A second run says the same, and neither writes.
 */
export async function proveShadow(options: {
	readonly records: number;
	readonly seed: number;
}): Promise<ShadowProof> {
	const world = await Fortnight.make(options.records, new Random(options.seed));
	const { journal } = world.xero.sandbox;
	journal.clear();
	const first = await world.shadow();
	const calls = journal.counts().byService.xero?.read ?? 0;
	const second = await world.shadow();
	const failures = [
		...wrong(first, world.truth),
		...(saidOf(first) === saidOf(second) ? [] : ['a second run says otherwise']),
	];
	const { xero, knack } = journal.counts().byService;
	const writes = (xero?.write ?? 0) + (knack?.write ?? 0);
	if (writes > 0) failures.push(`${writes} writes`);
	return {
		records: options.records,
		planted: world.planted,
		documents: first.documents.length,
		counts: shadowCounts(first.documents),
		calls,
		failures,
	};
}

function wrong({ documents }: Shadowed, truth: ReadonlyMap<string, Truth>): string[] {
	const left = new Map(truth);
	const failures = documents.flatMap(({ shadow, record, differences, said }): string[] => {
		const expected = left.get(record);
		if (!left.delete(record)) return [`invented: ${record} ${shadow}. ${said}`];
		const names = differences.map(({ field }) => field.replace(/ \(line \d+\)$/, ''));
		const found = `${shadow} ${[...new Set(names)].sort().join(', ')}`;
		const wanted = `${expected?.shadow} ${expected?.fields.join(', ')}`;
		return found === wanted ? [] : [`${record} is ${wanted}, and is told as ${found}. ${said}`];
	});
	return [...failures, ...[...left].map(([record, { shadow }]) => `not told: ${record} ${shadow}`)];
}

function saidOf({ documents }: Shadowed): string {
	return JSON.stringify(
		documents.map(({ shadow, said, record, differences }) => [shadow, said, record, differences]),
	);
}

export function shadowTable(proof: ShadowProof): string[] {
	const { records, planted, documents, counts, calls, failures } = proof;
	const list = (entries: Iterable<readonly [string, number]>) =>
		[...entries].map(([what, count]) => `${count} ${what}`).join(', ');
	return [
		`two weeks of ${records} orders and a Zap: ${list(planted)}`,
		`${documents} documents: ${list(Object.entries(counts))}; ${calls} Xero calls, none of them a write`,
		...failures.slice(0, 40).map((failure) => `WRONG ${failure}`),
		`${failures.length} wrong`,
	];
}
