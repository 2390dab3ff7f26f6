import type { HttpPort } from '../../lib/http';
import type { Outcome } from '../../lib/sync/outcome';
import { ATTENTION } from '../../lib/sync/outcome';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertContext } from '../../lib/sync/upsertContext';
import { Turns } from '../../lib/sync/write/turns';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import type { Kind, KnackOrder, Way } from './kind';
import { KINDS, WAYS } from './kinds';
import { Random } from './random';
import { isShownTwice } from './shownTwice';
import { Killed, randomTrouble, troubledPort, UNTROUBLED, type Trouble } from './troubledPort';

type Snapshot = ReturnType<XeroInMemory['sandbox']['snapshot']>;

const DAY_MS = 86_400_000;

export interface ProofResult {
	readonly runs: number;
	readonly kills: number;
	readonly lostAnswers: number;
	readonly falseAnswers: number;
	readonly sleeps: number;
	/** Records whose twin was left to a person, with both addresses. */
	readonly shownTwice: number;
	/** Rounds in which two or three workers were at it at once. */
	readonly races: number;
	readonly byKind: Readonly<Record<string, number>>;
	/** One line for each run that ended wrong; none is the proof. */
	readonly failures: readonly string[];
}

export interface ProofOptions {
	readonly runs: number;
	readonly firstSeed: number;
	/** Only kinds whose name contains it. */
	readonly only?: string;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
	readonly onProgress?: (done: number) => void;
}

const KINDS_AND_WAYS = [...KINDS, ...WAYS];

interface Counts {
	kills: number;
	lostAnswers: number;
	falseAnswers: number;
	sleeps: number;
	shownTwice: number;
	races: number;
}

/**
 * Lets seeded trouble loose on the write path and compares what the ledger then holds with what
 * the records ask for: each exactly once, with the right content, and nothing else. One to three
 * workers, in one process or in several, get the records in batches, of which each run sends more
 * than one, or one by one.
 */
export async function prove(options: ProofOptions): Promise<ProofResult> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	const worldOf = await worldsOf(world);
	const kinds = KINDS_AND_WAYS.filter(({ name }) => name.includes(options.only ?? ''));
	const starts = await startsOf(world, kinds);
	const counts: Counts = {
		kills: 0,
		lostAnswers: 0,
		falseAnswers: 0,
		sleeps: 0,
		races: 0,
		shownTwice: 0,
	};
	const byKind: Record<string, number> = {};
	const failures: string[] = [];
	for (let run = 0; run < options.runs; run += 1) {
		const seed = options.firstSeed + run;
		const kind = kinds[seed % kinds.length];
		if (!kind) break;
		byKind[kind.name] = (byKind[kind.name] ?? 0) + 1;
		world.sandbox.restore(starts.get(kind.name) ?? world.sandbox.snapshot());
		world.sandbox.journal.clear();
		const { plantedFault = (inner: HttpPort) => inner } = options;
		const random = new Random(seed);
		const found =
			'play' in kind
				? await kind.play({ world, random, plantedFault, counts })
				: await new Scene(worldOf(kind), kind, random, plantedFault).play(counts);
		failures.push(...found.map((failure) => `seed ${seed}, ${kind.name}: ${failure}`));
		options.onProgress?.(run + 1);
	}
	return { runs: options.runs, ...counts, byKind, failures };
}

/** The organisations of one Xero, by the kind whose documents go there. */
async function worldsOf(world: XeroInMemory): Promise<(kind: Kind) => XeroInMemory> {
	const ids = new Set(
		KINDS_AND_WAYS.flatMap((kind) => ('play' in kind ? [] : (kind.organisationId ?? []))),
	);
	const others = new Map<string, XeroInMemory>();
	for (const id of ids) others.set(id, await xeroInMemory(world.sandbox, id));
	return ({ organisationId = '' }) => others.get(organisationId) ?? world;
}

/** What is in Xero before the first record of each kind. */
export async function startsOf(
	world: XeroInMemory,
	kinds: ReadonlyArray<Kind | Way>,
): Promise<ReadonlyMap<string, Snapshot>> {
	const empty = world.sandbox.snapshot();
	const starts = new Map<string, Snapshot>();
	for (const kind of kinds) {
		world.sandbox.restore(empty);
		await kind.seed?.(world);
		starts.set(kind.name, kind.seed ? world.sandbox.snapshot() : empty);
	}
	return starts;
}

/** Some records, and everything that happens to them until all is at rest. */
class Scene {
	private readonly orders: readonly KnackOrder[];
	private readonly shared = new Turns();
	/** How often a record was said to be created, and as which documents it was told. */
	private readonly created = new Map<KnackOrder, number>();
	private readonly told = new Map<KnackOrder, Set<string>>();
	private readonly failures: string[] = [];

	constructor(
		private readonly world: XeroInMemory,
		private readonly kind: Kind,
		private readonly random: Random,
		private readonly plantedFault: (inner: HttpPort) => HttpPort,
	) {
		this.orders = randomOrders(random);
	}

	/** @returns what went wrong */
	async play(counts: Counts): Promise<readonly string[]> {
		const { random, world, kind } = this;
		for (let round = random.int(1, 3); round > 0; round -= 1) {
			const workers = random.percent(50) ? 1 : random.int(2, 3);
			if (workers > 1) counts.races += 1;
			const isOneProcess = random.percent(40);
			const troubles = Array.from({ length: workers }, () => randomTrouble(random, workers === 1));
			await Promise.all(
				troubles.map(async (trouble) => {
					const turns = isOneProcess ? this.shared : new Turns();
					await this.survive(trouble, random.int(0, 1_000_000), turns, counts);
				}),
			);
			if (random.percent(25)) world.sandbox.clock.advance(30 * DAY_MS);
			if (random.percent(25) && !kind.isFinal) {
				const order = random.pick(this.orders);
				if (kind.edit) kind.edit(order, random);
				else edit(order, random);
			}
		}
		const first = await this.deliver(this.orders, UNTROUBLED, new Random(1), new Turns());
		const shown = this.recordsOf(first, (outcome) => isShownTwice(kind, outcome));
		counts.shownTwice += shown.size;
		const held = this.recordsOf(first, ({ issues }) => isHeldAsMeant(kind, issues));
		this.compare(new Set([...shown, ...held]));
		this.failures.push(...(kind.wrong?.(world.sandbox) ?? []));
		const before = writesTo(world);
		const outcomes = await this.deliver(this.orders, UNTROUBLED, new Random(1), new Turns());
		const attention = outcomes.filter(
			({ outcome, issues }) =>
				ATTENTION.has(outcome) &&
				!isHeldAsMeant(kind, issues) &&
				(shown.size === 0 || issues.every(({ code }) => code !== 'XERO_POSTED_TWICE')),
		);
		if (attention.length > 0) {
			const words = attention.map((each) => each.summary).join(' | ');
			this.failures.push(`needs attention at rest: ${words}`);
		}
		const writes = writesTo(world) - before;
		if (writes !== 0) this.failures.push(`${writes} write(s) although nothing was to be done`);
		for (const order of this.orders) {
			const times = this.created.get(order) ?? 0;
			if (times > 1)
				this.failures.push(`record ${order.number} was said to be created ${times} times`);
			const ids = this.told.get(order)?.size ?? 0;
			if (ids > 1) this.failures.push(`record ${order.number} was told as ${ids} documents`);
		}
		return this.failures;
	}

	private recordsOf(
		outcomes: readonly Outcome[],
		isMeant: (outcome: Outcome) => boolean,
	): ReadonlySet<KnackOrder> {
		return new Set(
			this.orders.filter((_, index) => {
				const outcome = outcomes[index];
				return outcome !== undefined && isMeant(outcome);
			}),
		);
	}

	private async survive(
		trouble: Trouble,
		seed: number,
		turns: Turns,
		counts: Counts,
	): Promise<void> {
		if (trouble.lostAnswers > 0) counts.lostAnswers += 1;
		if (trouble.falseAnswers > 0) counts.falseAnswers += 1;
		if (trouble.sleeps > 0) counts.sleeps += 1;
		try {
			await this.deliver(this.orders, trouble, new Random(seed), turns);
		} catch (error) {
			// Before anything is written, Xero being out of reach ends a run with an exception.
			if (error instanceof Killed) counts.kills += 1;
			else if (!(error instanceof Error && error.name === 'ServiceFaultError')) throw error;
		}
	}

	/** One worker's work: the records in one run, or each in a run of its own. */
	private async deliver(
		orders: readonly KnackOrder[],
		trouble: Trouble,
		chance: Random,
		turns: Turns,
	): Promise<Outcome[]> {
		const isTroubled = trouble !== UNTROUBLED;
		const { sandbox } = this.world;
		const client = this.world.anotherClient((inner) =>
			troubledPort(this.plantedFault(inner), trouble, chance, sandbox.clock),
		);
		// Records come in any order, some of them at once, some alone, and the same one twice.
		const shuffled = isTroubled ? shuffle(orders, chance) : orders;
		const some = isTroubled && chance.percent(30) ? shuffled.slice(0, chance.int(1, 6)) : shuffled;
		const parts =
			isTroubled && chance.percent(40)
				? some.map((order) => [order])
				: [isTroubled && chance.percent(30) ? [...some, ...some] : some];
		const mostElements = chance.pick([1, 2, 2, 3, 50]);
		const all: Outcome[] = [];
		for (const part of parts) {
			const { settings, clock } = this.world;
			const context = { client, settings, clock, turns, mostElements };
			const outcomes = await this.send(context, part);
			if (outcomes.length !== part.length) {
				this.failures.push(`${outcomes.length} outcomes for ${part.length} records`);
			}
			outcomes.forEach((outcome, index) => {
				const order = part[index];
				// The process may also die between Xero's answer and Knack's.
				if (order) this.hear(order, outcome, !chance.percent(trouble.lostAnswers));
			});
			all.push(...outcomes);
		}
		return all;
	}

	private async send(
		context: UpsertContext,
		orders: readonly KnackOrder[],
	): Promise<readonly Outcome[]> {
		const { kind } = this;
		if (kind.send) return await kind.send(context, orders);
		const drafts = orders.map((order, index) => kind.draft(order, index));
		const options = { ...DEFAULT_OPTIONS, ...kind.options };
		return (await upsertDocuments(context, kind.definition, drafts, options)).outcomes;
	}

	/** Takes an outcome as the next step of a workflow does. */
	private hear(order: KnackOrder, { outcome, document }: Outcome, isWrittenBack: boolean): void {
		if (outcome === 'created') this.created.set(order, (this.created.get(order) ?? 0) + 1);
		if (document.id === undefined) return;
		this.told.set(order, (this.told.get(order) ?? new Set()).add(document.id));
		if (isWrittenBack) order.xeroId = document.id;
	}

	/** Holds the ledger against what the records ask for, as soon as one run was undisturbed. */
	private compare(leftOut: ReadonlySet<KnackOrder>): void {
		const { kind, orders, world } = this;
		const expected = (order: KnackOrder) => kind.expected(order);
		const isLeftOut = new Set([...leftOut].map((order) => expected(order).key));
		const text = (entries: ReadonlyArray<{ key: string; content: string }>) =>
			entries
				.filter(({ key }) => !isLeftOut.has(key))
				.map((entry) => `${entry.key}=${entry.content}`)
				.sort()
				.join('; ');
		const wanted = text(orders.map(expected));
		const present = text(kind.ledger(world.sandbox));
		if (wanted !== present) {
			this.failures.push(`the ledger holds [${present}] instead of [${wanted}]`);
		}
		const names = world.sandbox.xero.contacts().map(({ Name }) => String(Name).toLowerCase());
		if (new Set(names).size !== names.length) {
			this.failures.push(`a contact twice: ${names.join(', ')}`);
		}
	}
}

function isHeldAsMeant({ mayBeHeldBy = [] }: Kind, issues: Outcome['issues']): boolean {
	return issues.some(({ code }) => mayBeHeldBy.some((each) => each === code));
}

function writesTo({ sandbox }: XeroInMemory): number {
	return sandbox.journal.counts().byService.xero?.write ?? 0;
}

function randomOrders(random: Random): KnackOrder[] {
	const customers = random.int(1, 2);
	return Array.from({ length: random.int(1, 6) }, (_, index) => ({
		number: index + 1,
		customer: `Customer ${random.int(1, customers)}`,
		quantities: Array.from({ length: random.int(1, 3) }, () => random.int(1, 9)),
	}));
}

function shuffle<Value>(values: readonly Value[], random: Random): Value[] {
	const rest = [...values];
	return values.flatMap(() => rest.splice(random.int(0, rest.length - 1), 1));
}

/** A person changes an order in Knack. */
function edit(order: KnackOrder, random: Random): void {
	const line = random.int(0, order.quantities.length - 1);
	order.quantities = order.quantities.map((quantity, index) =>
		index === line ? (quantity % 9) + 1 : quantity,
	);
}

export function proofTable(result: ProofResult): string[] {
	const { kills, lostAnswers, falseAnswers, sleeps, races, shownTwice, byKind, failures } = result;
	return [
		`${kills} killed processes, ${lostAnswers} workers with lost answers, ${falseAnswers} with false ones, ${sleeps} that slept, ${races} races of two or three; ${shownTwice} records shown to a person as posted twice`,
		...Object.entries(byKind).map(([kind, count]) => `  ${count} × ${kind}`),
		...failures.slice(0, 20).map((failure) => `WRONG ${failure}`),
		`${failures.length} wrong: duplicates, lost records, twins left, two tellings or needless writes`,
	];
}
