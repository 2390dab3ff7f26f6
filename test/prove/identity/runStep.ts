import type { HttpPort } from '../../../lib/http';
import type { Draft } from '../../../lib/sync/draft';
import { ATTENTION, type Outcome } from '../../../lib/sync/outcome';
import {
	previewDocuments,
	upsertDocuments,
	type UpsertContext,
	type UpsertOptions,
} from '../../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../../lib/sync/upsertContext';
import { Turns } from '../../../lib/sync/write/turns';
import type { DocumentRow } from '../../../sandbox/xero/model';
import type { XeroInMemory } from '../../support/xeroInMemory';
import { booksOf, hasMark, type Books } from './books';
import { draftOf } from './draft';
import { expectationOf, type Expectation } from './expectation';
import { countWrites, writtenElements, type WrittenElement } from './journal';
import { sharedTraits, sharesKey, type State } from './state';
import { whoIsIt, type WhoIsIt } from './whoIsIt';
import { TRAITS, type Run } from './world';

/** One delivery of a record in a run, and what was said of it. */
export interface Delivery {
	readonly record: number;
	readonly isRepeat: boolean;
	readonly expected: Expectation;
	/** What stood in Xero before the run. */
	readonly known: Known;
	readonly preview: Outcome;
	readonly outcome: Outcome;
}

/** What the book and the ledger said of a record before a run. */
interface Known {
	readonly who: WhoIsIt;
	readonly contactId?: string;
	readonly own?: DocumentRow;
	/** By all that can be known, `own` is the record's: whoever makes another has made a second. */
	readonly isPlainlyOwn: boolean;
}

/** Everything that a run was seen to do. */
export interface Observed {
	readonly run: Run;
	readonly deliveries: readonly Delivery[];
	readonly before: Books;
	/** As the preview left the ledger, which is as it was. */
	readonly previewed: Books;
	readonly after: Books;
	readonly previewWrites: number;
	readonly written: readonly WrittenElement[];
}

export interface Worker {
	readonly world: XeroInMemory;
	readonly plantedFault: (inner: HttpPort) => HttpPort;
}

/** Long enough for Xero to forget its idempotency keys. */
export const PAUSE_MS = 660_000;

/** Previews the records and then runs them, each time as a process that remembers nothing. */
export async function observeRun(state: State, worker: Worker, run: Run): Promise<Observed> {
	const { world } = worker;
	const { sandbox } = world;
	sandbox.clock.advance(PAUSE_MS);
	const distinct = [...new Set(run.records)];
	const expected = new Map(
		distinct.map((index) => [index, expectationOf(state, index, distinct)] as const),
	);
	const known = new Map(distinct.map((index) => [index, knownOf(state, index)] as const));
	const drafts = draftsOf(state, run);
	const options = optionsOf(state);
	const before = booksOf(sandbox);
	sandbox.journal.clear();
	const { definition } = state.world.family;
	const preview = await previewDocuments(contextOf(worker), definition, drafts, options);
	const previewed = booksOf(sandbox);
	const previewWrites = countWrites(sandbox);
	sandbox.journal.clear();
	const report = await upsertDocuments(contextOf(worker), definition, drafts, options);
	const seen = new Set<number>();
	const deliveries = run.records.map((record, position): Delivery => {
		const isRepeat = seen.has(record);
		seen.add(record);
		return {
			record,
			isRepeat,
			expected: expected.get(record) ?? expectationOf(state, record, distinct),
			known: known.get(record) ?? knownOf(state, record),
			preview: at(preview.outcomes, position),
			outcome: at(report.outcomes, position),
		};
	});
	return {
		run,
		deliveries,
		before,
		previewed,
		after: booksOf(sandbox),
		previewWrites,
		written: writtenElements(sandbox),
	};
}

function knownOf(state: State, index: number): Known {
	const who = whoIsIt(state, state.customerOf(index));
	const contactId = state.contactOf(state.record(index).customer)?.contactId;
	const own = state.isOfContacts ? undefined : state.liveDocumentOf(index);
	const shared = {
		who,
		...(contactId === undefined ? {} : { contactId }),
	};
	return own
		? { ...shared, own, isPlainlyOwn: isPlainlyOwn(state, index, own, who) }
		: { ...shared, isPlainlyOwn: false };
}

/**
 * By the id; or by number or reference, where the mark, the contact or everything else agrees, or
 * the contact is not known.
 */
function isPlainlyOwn(state: State, index: number, own: DocumentRow, who: WhoIsIt): boolean {
	const record = state.record(index);
	return (
		state.xeroIds[index] === own.id ||
		(sharesKey(record, own) &&
			(hasMark(own) ||
				// A reference that others use too, and nothing else that agrees, stops nobody.
				(who.kind === 'new' && sharedTraits(record, own).size > 0) ||
				(who.kind === 'one' && who.contact.contactId === own.contactId) ||
				sharedTraits(record, own).size === TRAITS.length))
	);
}

function at(outcomes: readonly Outcome[], position: number): Outcome {
	const outcome = outcomes[position];
	if (!outcome) throw new RangeError(`Item ${position} has no outcome.`);
	return outcome;
}

export function draftsOf(state: State, run: Run): Draft[] {
	return run.records.map((record, index) =>
		draftOf(state.world.family, state.record(record), state.customerOf(record), {
			index,
			xeroId: state.xeroIds[record],
			fingerprint: state.fingerprints[record],
		}),
	);
}

export function optionsOf({ world }: State): UpsertOptions {
	const { updatesContacts, removesLines } = world.settings;
	return {
		...DEFAULT_OPTIONS,
		contactPolicy: updatesContacts ? 'matchCreateOrUpdate' : 'matchOrCreate',
		removeOmittedLines: removesLines,
	};
}

export function contextOf({ world, plantedFault }: Worker): UpsertContext {
	const { settings, clock } = world;
	return { client: world.anotherClient(plantedFault), settings, clock, turns: new Turns() };
}

export function isHeld({ outcome }: Outcome): boolean {
	return ATTENTION.has(outcome);
}

/** The item has a document of its own now, as the product says. */
export function hasSettled({ outcome, document }: Outcome): boolean {
	return document.id !== undefined && ['created', 'updated', 'unchanged'].includes(outcome);
}

/** What does not touch goes over, although the rest of the record is held. */
export function isPartlyDone(outcome: Outcome): boolean {
	return isHeld(outcome) && (outcome.operations?.length ?? 0) > 0;
}
