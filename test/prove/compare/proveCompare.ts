import { DECISION_FIELDS } from '../../../lib/sync/compare/decisions';
import type { Comparison } from '../../../lib/sync/compare/compare';
import { WAYS, type Way } from '../../../lib/sync/compare/kinds';
import { Random } from '../random';
import { CLOSED_UNTIL, CompareWorld, DIFFERENCES } from './compareWorld';
import { plantDifferences, type Planted } from './plantDifferences';

interface CompareProof {
	readonly records: number;
	readonly planted: number;
	readonly found: number;
	/** Shown though nobody planted it. */
	readonly false: number;
	/** Left open after all that was ticked has been carried out. */
	readonly open: number;
	readonly ways: Readonly<Record<Way, number>>;
	/** Xero calls of the first comparison. */
	readonly calls: number;
	readonly failures: readonly string[];
}

/**
 * Plants differences of all kinds among records and documents that agree, compares, ticks a way that
 * is open to each, carries them out, and compares again: all are found, no other is, none is left,
 * and the closed months are as they were.
 */
export async function proveCompare(options: {
	readonly records: number;
	readonly differences: number;
	readonly seed: number;
}): Promise<CompareProof> {
	const { records, differences, seed } = options;
	const random = new Random(seed);
	const world = await CompareWorld.make(records, random);
	const failures: string[] = [];
	const clean = await world.compare(false);
	failures.push(...shown(clean).map((each) => `before anything was planted: ${each}`));
	const planted = await plantDifferences(world, differences, random);
	await world.postCredits();
	const before = world.xero.sandbox.journal.counts().byService.xero?.read ?? 0;
	const first = await world.compare(false);
	const calls = (world.xero.sandbox.journal.counts().byService.xero?.read ?? 0) - before;
	const found = matched(first, planted, failures);
	const closed = await world.closedFigures();
	const ways = await tick(world, first, random);
	const carried = await world.compare(true);
	for (const { state, difference, message } of carried.standing) {
		if (state === 'open') failures.push(`not carried out: ${difference.summary} ${message ?? ''}`);
	}
	if ((await world.closedFigures()) !== closed)
		failures.push(`figures until ${CLOSED_UNTIL} moved`);
	const last = await world.compare(false);
	const open = shown(last);
	failures.push(...open.map((each) => `still open: ${each}`));
	return {
		records,
		planted: planted.length,
		found,
		false: first.standing.length - found,
		open: open.length,
		ways,
		calls,
		failures,
	};
}

function shown({ standing, unclear }: Comparison): string[] {
	return [
		...standing.flatMap(({ state, difference }) => (state === 'open' ? [difference.summary] : [])),
		...[...unclear].map(({ plan }) => `not compared: ${plan?.issues[0]?.message ?? ''}`),
	];
}

function matched(
	{ standing, unclear }: Comparison,
	planted: readonly Planted[],
	failures: string[],
): number {
	const left = new Set(planted.map(({ kind, record }) => `${kind} ${record}`));
	let found = 0;
	for (const { difference } of standing) {
		const { kind, record, summary } = difference;
		if (left.delete(`${kind} ${record}`)) found += 1;
		else failures.push(`false: ${summary}`);
	}
	failures.push(...[...left].map((each) => `not found: ${each}`));
	failures.push(
		...[...unclear].map(({ plan }) => `not compared: ${plan?.issues[0]?.message ?? ''}`),
	);
	return found;
}

/** A person ticks one of the ways that are open to each difference. */
async function tick(
	world: CompareWorld,
	{ standing }: Comparison,
	random: Random,
): Promise<CompareProof['ways']> {
	const ways = { takeXeros: 0, sendOurs: 0, accept: 0 };
	const chosen = new Map(
		standing.map(({ difference }) => [difference.key, random.pick(difference.ways)]),
	);
	const { knack } = world.xero.sandbox;
	const keyOf = (part: keyof typeof DECISION_FIELDS) =>
		knack.fieldKey(DIFFERENCES, DECISION_FIELDS[part]);
	for (const record of await world.differenceRecords()) {
		const way = chosen.get(String(record[keyOf('key')] ?? ''));
		if (!way) continue;
		ways[way] += 1;
		knack.updateRecord(DIFFERENCES, record.id, {
			[DECISION_FIELDS.way]: WAYS[way],
			[DECISION_FIELDS.by]: 'Ida Berg',
		});
	}
	return ways;
}

export function compareTable(proof: CompareProof): string[] {
	const { records, planted, found, open, ways, calls, failures } = proof;
	return [
		`${planted} differences of 16 kinds planted in ${records} records: ${found} found, ${proof.false} false; ${calls} Xero calls`,
		`carried out: ${ways.takeXeros} took Xero's, ${ways.sendOurs} sent ours, ${ways.accept} accepted; ${open} open`,
		...failures.slice(0, 40).map((failure) => `WRONG ${failure}`),
		`${failures.length} wrong`,
	];
}
