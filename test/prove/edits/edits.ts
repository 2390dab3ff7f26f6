import type { HttpPort } from '../../../lib/http';
import { xeroInMemory } from '../../support/xeroInMemory';
import { FAMILIES, type Family } from '../identity/family';
import type { Worker } from '../identity/runStep';
import { Random } from '../random';
import { EDIT_PROMISES, type EditPromise } from './editPromises';
import { playEdits, randomEditWorld } from './editWorld';

export interface EditOptions {
	/** So many documents are edited by people, and so many on both sides. */
	readonly edits: number;
	readonly firstSeed: number;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
}

/** Where one side, or both, edited: how many documents, and what was not kept. */
interface EditCounts {
	readonly documents: number;
	readonly byKind: Readonly<Record<string, number>>;
	/** What was promised and not kept: one line for each document. */
	readonly broken: Readonly<Record<EditPromise, readonly string[]>>;
	/** On both sides: the edit in Knack went over, or was held. */
	readonly carried: number;
	/** Items that said nothing of what differs. */
	readonly silent: number;
	/** The last seed that was needed. */
	readonly lastSeed: number;
}

export interface EditResult {
	readonly byPeople: EditCounts;
	readonly onBothSides: EditCounts;
}

/** What was sent last is known of all documents: by their mark, or by a field in Knack. */
const DOCUMENTS: readonly Family[] = FAMILIES.filter(({ screen }) => screen !== undefined);

export async function proveEdits(options: EditOptions): Promise<EditResult> {
	return {
		byPeople: await countEdits(options, false),
		onBothSides: await countEdits(options, true),
	};
}

async function countEdits(
	{ edits, firstSeed, plantedFault = (inner) => inner }: EditOptions,
	isOnBothSides: boolean,
): Promise<EditCounts> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	const empty = world.sandbox.snapshot();
	const worker: Worker = { world, plantedFault };
	const byKind: Record<string, number> = {};
	const broken = emptyCounts();
	let [documents, carried, silent, seed] = [0, 0, 0, firstSeed];
	for (; documents < edits; seed += 1) {
		world.sandbox.restore(empty);
		world.sandbox.journal.clear();
		const random = new Random(seed);
		const family = DOCUMENTS[seed % DOCUMENTS.length];
		if (!family) throw new Error('There is no document.');
		const played = await playEdits(randomEditWorld(random, family), worker, {
			random,
			isOnBothSides,
		});
		for (const { kept, wanted, broken: found, isCarried, isSilent } of played) {
			documents += 1;
			if (isCarried) carried += 1;
			if (isSilent && !isCarried) silent += 1;
			const kinds = [
				...kept.map(({ edit }) => `${edit} in Xero`),
				...(wanted ? [`${wanted.edit} in Knack`] : []),
			];
			for (const kind of kinds) byKind[kind] = (byKind[kind] ?? 0) + 1;
			for (const { what, text } of found)
				broken[what].push(`seed ${seed}, ${family.name}: ${text}`);
		}
	}
	return { documents, byKind, broken, carried, silent, lastSeed: seed - 1 };
}

function emptyCounts(): Record<EditPromise, string[]> {
	return { written: [], overwritten: [], lost: [], oneSided: [], ledger: [], again: [] };
}

/** Whether everything that was promised was kept. */
export function areEditsProven({ byPeople, onBothSides }: EditResult): boolean {
	return [byPeople, onBothSides].every(({ broken }) =>
		Object.values(broken).every((lines) => lines.length === 0),
	);
}

export function editTable({ byPeople, onBothSides }: EditResult): string[] {
	return [
		...countLines('edited by people in Xero, the record unchanged', byPeople),
		`${byPeople.silent} of them are unchanged items that say nothing of what differs`,
		'',
		...countLines('edited on both sides at once', onBothSides),
		`${onBothSides.carried} of them went over, ${onBothSides.documents - onBothSides.carried} were held`,
	];
}

function countLines(title: string, { documents, byKind, broken }: EditCounts): string[] {
	const promises = Object.keys(EDIT_PROMISES) as EditPromise[];
	return [
		`${documents} documents ${title}: ${Object.entries(byKind)
			.sort()
			.map(([kind, count]) => `${count} × ${kind}`)
			.join(', ')}`,
		...promises.flatMap((what) => [
			`${String(broken[what].length).padStart(8)}  ${what}: ${EDIT_PROMISES[what]}`,
			...broken[what].slice(0, 3).map((line) => `          WRONG ${line}`),
		]),
	];
}
