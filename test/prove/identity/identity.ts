import type { HttpPort } from '../../../lib/http';
import { xeroInMemory } from '../../support/xeroInMemory';
import { Random } from '../random';
import { FAMILIES, type Family } from './family';
import { PROMISES, type Promised } from './findings';
import { playWorld, type Played } from './playWorld';
import { randomWorld } from './randomWorld';
import { isHeld, type Delivery, type Worker } from './runStep';
import { smallerWorld } from './smaller';
import type { World } from './world';

export interface IdentityOptions {
	readonly worlds: number;
	readonly firstSeed: number;
	/** Seeds of other families than those whose name contains this are passed over. */
	readonly only?: string;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
	readonly onProgress?: (done: number) => void;
}

/** How many records of a kind there were, and how many of them were held. */
export interface Share {
	readonly count: number;
	readonly held: number;
	/** Seeds of worlds in which one was held. */
	readonly seeds: readonly number[];
}

export interface IdentityResult {
	readonly worlds: number;
	readonly runs: number;
	readonly byFamily: Readonly<Record<string, number>>;
	/** Worlds in which a promise was broken, by the promise. */
	readonly broken: Readonly<Record<Promised, readonly number[]>>;
	readonly edits: Share;
	/** New records, and those of them whose number or reference others use too. */
	readonly news: Share;
	readonly sharedNews: Share;
	readonly same: Share;
	/** Records that the specification leaves to a person, or does not decide. */
	readonly unclear: Share;
}

const UNBROKEN = (inner: HttpPort): HttpPort => inner;

/** Families take turns, so that a seed's world is the same whatever is chosen. */
function familyOf(seed: number): Family {
	const family = FAMILIES[seed % FAMILIES.length];
	if (!family) throw new Error('There is no family.');
	return family;
}

function worldOf(seed: number): World {
	return randomWorld(new Random(seed), familyOf(seed));
}

async function player(plantedFault = UNBROKEN): Promise<(world: World) => Promise<Played>> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	const empty = world.sandbox.snapshot();
	const worker: Worker = { world, plantedFault };
	return async (given) => {
		world.sandbox.restore(empty);
		world.sandbox.journal.clear();
		return await playWorld(given, worker);
	};
}

/** Plays seeded worlds and counts what was promised and not kept, and what was held. */
export async function proveIdentity(options: IdentityOptions): Promise<IdentityResult> {
	const play = await player(options.plantedFault);
	const byFamily: Record<string, number> = {};
	const broken = new Map<Promised, number[]>();
	const shares = {
		edit: share(),
		new: share(),
		sharedNew: share(),
		same: share(),
		unclear: share(),
	};
	let runs = 0;
	let worlds = 0;
	for (let seed = options.firstSeed; seed < options.firstSeed + options.worlds; seed += 1) {
		if (!familyOf(seed).name.includes(options.only ?? '')) continue;
		const world = worldOf(seed);
		worlds += 1;
		byFamily[world.family.name] = (byFamily[world.family.name] ?? 0) + 1;
		runs += world.steps.filter((step) => step.do === 'run').length;
		const { findings, deliveries } = await play(world);
		for (const what of new Set(findings.map((finding) => finding.what))) {
			broken.set(what, [...(broken.get(what) ?? []), seed]);
		}
		for (const delivery of deliveries) {
			const { expected } = delivery;
			note(shares[expected.kind], delivery, seed);
			if (expected.kind === 'new' && expected.sharesKey) note(shares.sharedNew, delivery, seed);
		}
		options.onProgress?.(worlds);
	}
	const names = Object.keys(PROMISES) as Promised[];
	return {
		worlds,
		runs,
		byFamily,
		broken: Object.fromEntries(
			names.map((name) => [name, broken.get(name) ?? []] as const),
		) as Record<Promised, number[]>,
		edits: shares.edit,
		news: shares.new,
		sharedNews: shares.sharedNew,
		same: shares.same,
		unclear: shares.unclear,
	};
}

interface Counted {
	count: number;
	held: number;
	readonly seeds: number[];
}

const share = (): Counted => ({ count: 0, held: 0, seeds: [] });

function note(counted: Counted, { outcome, isRepeat }: Delivery, seed: number): void {
	if (isRepeat) return;
	counted.count += 1;
	if (!isHeld(outcome)) return;
	counted.held += 1;
	if (counted.seeds.at(-1) !== seed) counted.seeds.push(seed);
}

/** One world's story, made as small as it goes where something is wrong in it. */
export async function explainWorld(
	seed: number,
	plantedFault?: IdentityOptions['plantedFault'],
): Promise<readonly string[]> {
	const play = await player(plantedFault);
	const world = worldOf(seed);
	const played = await play(world);
	const what = symptomOf(played);
	if (what === undefined) return played.story;
	const smallest = await smallerWorld(
		world,
		async (candidate) => symptomOf(await play(candidate)) === what,
	);
	return [`Seed ${seed}, as small as it goes`, ...(await play(smallest)).story];
}

/** The first thing that is wrong, or an ordinary record that was held. */
function symptomOf({ findings, deliveries }: Played): string | undefined {
	const held = deliveries.find(
		({ expected, outcome }) => expected.kind !== 'unclear' && isHeld(outcome),
	);
	return findings[0]?.what ?? (held && `${held.expected.kind} held`);
}
