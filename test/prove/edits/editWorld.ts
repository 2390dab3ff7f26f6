import { upsertDocuments } from '../../../lib/sync/upsert';
import type { Outcome } from '../../../lib/sync/outcome';
import type { Family } from '../identity/family';
import { Hands } from '../identity/hands';
import { checkLedger } from '../identity/ledgerChecks';
import { countWrites } from '../identity/journal';
import { randomRecord } from '../identity/randomWorld';
import {
	contextOf,
	draftsOf,
	observeRun,
	optionsOf,
	PAUSE_MS,
	type Worker,
} from '../identity/runStep';
import { State } from '../identity/state';
import type { KnackRecord, Run, World } from '../identity/world';
import type { Random } from '../random';
import { editInKnack, KNACK_EDITS, type Wanted } from './knackEdits';
import { brokenBy, type Broken } from './editPromises';
import { editByPerson, PERSON_EDITS, type Kept } from './personEdits';

/** A document that was edited, and what became of it in the next run. */
export interface EditedDocument {
	readonly kept: readonly Kept[];
	readonly wanted?: Wanted;
	readonly broken: readonly Broken[];
	/** What was changed in Knack went over; otherwise it was held. */
	readonly isCarried: boolean;
	/** The item says nothing, although Xero differs from the record. */
	readonly isSilent: boolean;
}

export interface EditSettings {
	readonly random: Random;
	/** Whether the records change too, or stay as they were sent. */
	readonly isOnBothSides: boolean;
}

/** Orders of one customer, each with a number or reference of its own. */
export function randomEditWorld(random: Random, family: Family): World {
	const records: KnackRecord[] = [];
	for (let left = random.int(3, 6); left > 0; left -= 1) {
		const record = randomRecord(random, family, records, 0);
		records.push({
			...record,
			...(record.number === undefined ? {} : { number: `N-${left}` }),
			...(record.reference === undefined ? {} : { reference: `R-${left}` }),
		});
	}
	return {
		family,
		customers: [{ name: 'Aldgate Ltd' }],
		records,
		settings: { updatesContacts: false, removesLines: true },
		steps: [],
	};
}

/**
 * Posts the records, lets a person edit the documents in Xero and, where that is asked for, changes
 * the records as well; then runs again, twice.
 */
export async function playEdits(
	world: World,
	worker: Worker,
	{ random, isOnBothSides }: EditSettings,
): Promise<readonly EditedDocument[]> {
	const { sandbox } = worker.world;
	const state = new State(world, sandbox);
	const hands = new Hands(sandbox, world.family);
	const run: Run = {
		do: 'run',
		records: world.records.map((_, index) => index),
		lostIds: [],
	};
	const posted = await runOnce(state, worker, run);
	posted.forEach(({ document, summary, sync }, index) => {
		if (document.id === undefined) throw new Error(`Not posted: ${summary}`);
		state.owners.set(document.id, index);
		// What was sent last is in the mark, and without one in Knack alone, as the id is.
		if (world.family.hasUrl && random.percent(35)) return;
		state.xeroIds[index] = document.id;
		state.fingerprints[index] = sync.fingerprint;
	});
	const edits = world.records.map((_, record) => ({
		record,
		kept: editsByPerson(state, hands, random, record),
		wanted: isOnBothSides ? editOfKnack(state, random, record) : undefined,
	}));
	const seen = await observeRun(state, worker, run);
	const misdeeds = checkLedger(state, seen);
	sandbox.journal.clear();
	sandbox.clock.advance(PAUSE_MS);
	await runOnce(state, worker, run);
	const writesAgain = countWrites(sandbox);
	return edits
		.filter(({ kept, wanted }) => kept.length > 0 && (wanted !== undefined || !isOnBothSides))
		.map(({ record, kept, wanted }, position): EditedDocument => {
			const outcome = seen.deliveries[record]?.outcome;
			const row = state.documentsOf(record)[0];
			if (!outcome || !row) throw new Error(`Record ${record} has no document any more.`);
			const isChanged = seen.before.documents.get(row.id) !== row;
			const broken = brokenBy({
				kept,
				wanted,
				row,
				outcome,
				isChanged,
				// What is wrong in the whole run is said once.
				misdeeds: position === 0 ? misdeeds : [],
				writesAgain: position === 0 ? writesAgain : 0,
			});
			return {
				kept,
				...(wanted ? { wanted } : {}),
				broken,
				isCarried: wanted?.isIn(row) ?? false,
				isSilent: outcome.issues.length === 0,
			};
		});
}

async function runOnce(state: State, worker: Worker, run: Run): Promise<readonly Outcome[]> {
	const { definition } = state.world.family;
	const drafts = draftsOf(state, run);
	const { outcomes } = await upsertDocuments(
		contextOf(worker),
		definition,
		drafts,
		optionsOf(state),
	);
	return outcomes;
}

/** One or two things that a person does to the record's document. */
function editsByPerson(state: State, hands: Hands, random: Random, record: number): Kept[] {
	const { family } = state.world;
	const other =
		state.contacts().find(({ name }) => name === 'Bramley Ltd') ?? hands.addContact('Bramley Ltd');
	if (!other) throw new Error('Xero refuses the other contact.');
	const done: Kept[] = [];
	for (let left = random.percent(25) ? 2 : 1; left > 0; left -= 1) {
		const edit = random.pick(PERSON_EDITS);
		const row = state.documentsOf(record)[0];
		// A record whose id was lost is found by what it bears: to change that is to hide it.
		const wouldHide =
			edit === 'reference' &&
			state.xeroIds[record] === undefined &&
			(family.bears.includes('reference') || !family.isSale);
		if (!row || wouldHide) continue;
		const chance = random.int(0, 9_999);
		const kept = editByPerson({ hands, row, isSale: family.isSale, other, chance }, edit);
		// What a later edit undid does not count.
		if (kept) done.push(kept);
	}
	const row = state.documentsOf(record)[0];
	return done.filter((kept) => row && kept.stands(row));
}

function editOfKnack(state: State, random: Random, record: number): Wanted | undefined {
	const { isInvoice } = state.world.family;
	const edit = random.pick(KNACK_EDITS.filter((each) => isInvoice || each !== 'dueDate'));
	const wanted = editInKnack(state.record(record), edit, random.int(0, 9_999));
	if (wanted) state.records[record] = wanted.record;
	return wanted;
}
