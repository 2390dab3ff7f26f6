import type { HttpPort } from '../../lib/http';
import type { Outcome } from '../../lib/sync/outcome';
import { ATTENTION } from '../../lib/sync/outcome';
import { upsertDocuments } from '../../lib/sync/upsert';
import { Turns } from '../../lib/sync/write/turns';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import type { Kind, KnackOrder } from './kind';
import { KINDS } from './kinds';
import { Random } from './random';
import { Killed, randomTrouble, troubledPort, type Trouble } from './troubledPort';

type Snapshot = ReturnType<XeroInMemory['sandbox']['snapshot']>;

const DAY_MS = 86_400_000;
const UNTROUBLED: Trouble = { lostAnswers: 0, lostRequests: 0, dawdles: false };

export interface ProofResult {
	readonly runs: number;
	readonly kills: number;
	readonly lostAnswers: number;
	/** Runs in which two workers were at it at once. */
	readonly races: number;
	readonly byKind: Readonly<Record<string, number>>;
	/** One line for each run that ended wrong; none is the proof. */
	readonly failures: readonly string[];
}

export interface ProofOptions {
	readonly runs: number;
	readonly firstSeed: number;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
	readonly onProgress?: (done: number) => void;
}

/**
 * Lets seeded trouble loose on the write path and compares what the ledger then holds with what
 * the records ask for: each exactly once, with the right content, and nothing else.
 */
export async function prove(options: ProofOptions): Promise<ProofResult> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	const starts = await startsOf(world);
	const counts = { kills: 0, lostAnswers: 0, races: 0 };
	const byKind: Record<string, number> = {};
	const failures: string[] = [];
	for (let run = 0; run < options.runs; run += 1) {
		const seed = options.firstSeed + run;
		const random = new Random(seed);
		const kind = KINDS[run % KINDS.length];
		if (!kind) break;
		byKind[kind.name] = (byKind[kind.name] ?? 0) + 1;
		world.sandbox.restore(starts.get(kind.name) ?? world.sandbox.snapshot());
		world.sandbox.journal.clear();
		const failure = await proveOnce(world, kind, random, counts, options.plantedFault);
		if (failure !== undefined) failures.push(`seed ${seed}, ${kind.name}: ${failure}`);
		options.onProgress?.(run + 1);
	}
	return { runs: options.runs, ...counts, byKind, failures };
}

/** What is in Xero before the first record of each kind. */
async function startsOf(world: XeroInMemory): Promise<ReadonlyMap<string, Snapshot>> {
	const empty = world.sandbox.snapshot();
	const starts = new Map<string, Snapshot>();
	for (const kind of KINDS) {
		world.sandbox.restore(empty);
		await kind.seed?.(world);
		starts.set(kind.name, kind.seed ? world.sandbox.snapshot() : empty);
	}
	return starts;
}

async function proveOnce(
	world: XeroInMemory,
	kind: Kind,
	random: Random,
	counts: { kills: number; lostAnswers: number; races: number },
	plantedFault: (inner: HttpPort) => HttpPort = (inner) => inner,
): Promise<string | undefined> {
	const orders = randomOrders(random);

	const work = async (trouble: Trouble, seed: number): Promise<readonly Outcome[]> => {
		const chance = new Random(seed);
		const client = world.anotherClient((inner) =>
			troubledPort(plantedFault(inner), trouble, chance),
		);
		// An event may come twice in one run, and in any order.
		const batch = chance.percent(30) ? [...orders, ...orders] : orders;
		const drafts = batch.map((order, index) => kind.draft(order, index));
		const { settings, clock } = world;
		// Each run is a process of its own and remembers nothing of the others.
		const context = { client, settings, clock, turns: new Turns() };
		const report = await upsertDocuments(context, kind.definition, drafts);
		report.outcomes.forEach((outcome, index) => {
			const order = batch[index];
			// The process may also die between Xero's answer and Knack's.
			if (order && outcome.document.id !== undefined && !chance.percent(trouble.lostAnswers)) {
				order.xeroId = outcome.document.id;
			}
		});
		return report.outcomes;
	};
	const survive = async (trouble: Trouble): Promise<void> => {
		if (trouble.lostAnswers > 0) counts.lostAnswers += 1;
		try {
			await work(trouble, random.int(0, 1_000_000));
		} catch (error) {
			// Before anything is written, Xero being out of reach ends a run with an exception.
			if (error instanceof Killed) counts.kills += 1;
			else if (!(error instanceof Error && error.name === 'ServiceFaultError')) throw error;
		}
	};

	for (let round = random.int(1, 3); round > 0; round -= 1) {
		if (random.percent(35)) {
			counts.races += 1;
			await Promise.all([
				survive(randomTrouble(random, false)),
				survive(randomTrouble(random, false)),
			]);
		} else {
			await survive(randomTrouble(random, true));
		}
		if (random.percent(25)) world.sandbox.clock.advance(30 * DAY_MS);
		if (random.percent(25)) edit(random.pick(orders), random);
	}

	await work(UNTROUBLED, 1);
	const before = writesTo(world);
	const outcomes = await work(UNTROUBLED, 1);
	const attention = outcomes.filter((outcome) => ATTENTION.has(outcome.outcome));
	if (attention.length > 0) {
		return `needs attention at rest: ${attention.map((each) => each.summary).join(' | ')}`;
	}
	const writes = writesTo(world) - before;
	if (writes !== 0) return `${writes} write(s) although nothing was to be done`;
	return difference(kind, orders, world);
}

function writesTo({ sandbox }: XeroInMemory): number {
	return sandbox.journal.counts().byService.xero?.write ?? 0;
}

function randomOrders(random: Random): KnackOrder[] {
	const customers = random.int(1, 2);
	return Array.from({ length: random.int(1, 4) }, (_, index) => ({
		number: index + 1,
		customer: `Customer ${random.int(1, customers)}`,
		quantities: Array.from({ length: random.int(1, 3) }, () => random.int(1, 9)),
	}));
}

/** A person changes an order in Knack. */
function edit(order: KnackOrder, random: Random): void {
	const line = random.int(0, order.quantities.length - 1);
	order.quantities = order.quantities.map((quantity, index) =>
		index === line ? (quantity % 9) + 1 : quantity,
	);
}

function difference(
	kind: Kind,
	orders: readonly KnackOrder[],
	{ sandbox }: XeroInMemory,
): string | undefined {
	const text = (entries: ReadonlyArray<{ key: string; content: string }>) =>
		entries
			.map((entry) => `${entry.key}=${entry.content}`)
			.sort()
			.join('; ');
	const wanted = text(orders.map((order) => kind.expected(order)));
	const present = text(kind.ledger(sandbox));
	if (wanted !== present) return `the ledger holds [${present}] instead of [${wanted}]`;
	const names = sandbox.xero.contacts().map((contact) => String(contact.Name).toLowerCase());
	return new Set(names).size === names.length ? undefined : `a contact twice: ${names.join(', ')}`;
}
