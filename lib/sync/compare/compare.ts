import { instantText } from '../../dates';
import { foldText } from '../../foldText';
import type { Issue } from '../../issue';
import type { KnackClient } from '../../knack/client';
import { faultOr, ServiceFaultError, type ServiceFault } from '../../serviceFault';
import { without } from '../../without';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Draft } from '../draft';
import { watchedKnack } from '../guard/watchedKnack';
import type { Outcome } from '../outcome';
import type { UpsertContext } from '../upsertContext';
import { notDone, sendOurs, takeXeros, type CarriedOut } from './carryOut';
import { compareRecords, type ComparedRecords, type CompareSettings } from './compareRecords';
import { DecisionTable, STATES, type Decision, type DecisionEntry } from './decisions';
import type { Difference } from './difference';
import { WAYS, type Way } from './kinds';
import { writtenOutcomes, type WrittenOutcome } from './writtenOutcomes';

/** How differences are decided. */
interface Deciding {
	/** Whether anything is written to Xero or into records; the table is kept all the same. */
	readonly carriesOut: boolean;
	/** Key or name of the Knack table in which decisions are made and kept. */
	readonly table?: string;
	knack(): Promise<KnackClient>;
	/** Why nothing at all may be written, asked anew. Throws ServiceFaultError. */
	refusal?(): Promise<{ readonly fault: ServiceFault } | undefined>;
	/** The way that goes with a record's item, where the table has none. */
	wayOf(difference: Difference): Way | undefined;
	/** Who decides by the item. */
	byOf(difference: Difference): string;
}

/** A difference and what became of it. */
export type StandingDifference = DecisionEntry;

export interface Comparison extends ComparedRecords {
	readonly standing: readonly StandingDifference[];
	/** What writing to Xero came to, for the records to be told. */
	readonly outcomes: readonly Outcome[];
	/** What was written to either side, or could not be, for the log. */
	readonly written: readonly WrittenOutcome[];
	/** What of the table could not be written. */
	readonly issues: readonly Issue[];
}

/**
 * Compares records with Xero and carries out what is decided, by the plan and writers of Create or
 * Update and of Write Back to Knack. What was accepted stays so for as long as neither side says
 * something else. Throws ServiceFaultError as long as nothing is written.
 */
export async function compare(
	context: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	settings: CompareSettings,
	deciding: Deciding,
): Promise<Comparison> {
	const table = await openTable(deciding);
	// Guards hold what is carried out: what is compared is counted for none.
	const reading = without(context, 'guard', 'tell');
	const compared = await compareRecords(reading, definition, drafts, settings);
	const at = instantText(context.clock.now());
	const wished = compared.differences.map((difference) =>
		decided(difference, table?.of(difference), deciding, at),
	);
	const chosen = (way: Way) =>
		wished.filter((each) => each.isChosen && each.way === way).map((each) => each.difference);
	const [toSend, toTake] = [chosen('sendOurs'), chosen('takeXeros')];
	const left = compared.differences.filter((each) => !toSend.includes(each));
	const sent =
		toSend.length > 0
			? await sendOurs(context, definition, toSend, settings.options, left)
			: new Map<Difference, CarriedOut>();
	const outcomes = [...new Set([...sent.values()].flatMap(({ outcome }) => outcome ?? []))];
	// Before anything is taken: the same record may be sent and take, and counts for each.
	context.guard?.settle(outcomes);
	const taken = await takeOrSay(context, deciding, toTake, settings);
	const results = new Map<Difference, CarriedOut>([...sent, ...taken]);
	const standing = wished.map(({ isChosen, ...entry }): StandingDifference => {
		const result = isChosen ? results.get(entry.difference) : undefined;
		if (!result) return entry;
		return result.isDone
			? { ...entry, state: 'carriedOut', at }
			: { ...entry, message: result.why ?? 'It could not be carried out.' };
	});
	const subjects = new Set([
		...drafts.map(({ source }) => source.knackRecordId),
		...compared.documents.map(({ id }) => id),
	]);
	const unclear = new Set([...compared.unclear].map(({ draft }) => draft.source.knackRecordId));
	const issues = await table?.keep(
		standing,
		(type, subject) => type === definition.type && subjects.has(subject) && !unclear.has(subject),
	);
	const tried = standing.flatMap((entry) => {
		const result = results.get(entry.difference);
		return result ? [{ entry, result }] : [];
	});
	const { reads, writes } = context.client.calls();
	const written = writtenOutcomes(definition, tried, reads + writes);
	return { ...compared, standing, outcomes, written, issues: issues ?? [] };
}

/** Xero may have been written to by then, so that a Knack that fails is why these are not done. */
async function takeOrSay(
	context: UpsertContext,
	{ knack, refusal }: Deciding,
	toTake: readonly Difference[],
	{ places }: CompareSettings,
): Promise<ReadonlyMap<Difference, CarriedOut>> {
	if (toTake.length === 0) return new Map();
	const guarded = await faultOr(heldTakes(context, toTake));
	if (!guarded.ok) return new Map(toTake.map((each) => [each, notDone(guarded.failure)]));
	const held = guarded.value;
	const due = toTake.filter((each) => !held.has(each));
	if (due.length === 0) return held;
	await context.beforeWriting?.();
	const guard = refusal && { refusal };
	const taken = await faultOr(
		knack().then(async (client) => await takeXeros(watchedKnack(client, guard), due, places)),
	);
	const told = taken.ok ? taken.value : due.map((each) => [each, notDone(taken.failure)] as const);
	for (const [{ draft }, { isDone }] of told) {
		if (!isDone) context.guard?.giveBack(draft?.itemIndexes[0] ?? -1);
	}
	return new Map([...held, ...told]);
}

/** Differences whose records may not take what Xero says. Throws ServiceFaultError. */
async function heldTakes(
	context: UpsertContext,
	toTake: readonly Difference[],
): Promise<ReadonlyMap<Difference, CarriedOut>> {
	const drafts = new Set(toTake.flatMap(({ draft }) => draft ?? []));
	const held = await context.guard?.guardTakes(context, [...drafts]);
	return new Map(
		toTake.flatMap((each): Array<[Difference, CarriedOut]> => {
			const why = each.draft && held?.get(each.draft);
			return why ? [[each, notDone(why)]] : [];
		}),
	);
}

async function openTable({ table, knack }: Deciding): Promise<DecisionTable | undefined> {
	if (table === undefined) return undefined;
	const read = await DecisionTable.read(await knack(), table);
	if (read.ok) return read.value;
	throw new ServiceFaultError({ service: 'knack', cause: 'requestRefused', ...read.failure });
}

type Wished = StandingDifference & { readonly isChosen: boolean };

function decided(
	difference: Difference,
	decision: Decision | undefined,
	deciding: Deciding,
	now: string,
): Wished {
	const kept = {
		difference,
		isChosen: false,
		...(decision?.way ? { way: decision.way } : {}),
		by: decision?.by ?? '',
		at: decision?.at ?? '',
	};
	if (foldText(decision?.state ?? '') === foldText(STATES.accepted)) {
		return { ...kept, state: 'accepted' };
	}
	const open = (message?: string): Wished => ({
		...kept,
		state: 'open',
		...(message === undefined ? {} : { message }),
	});
	if (decision?.unreadableWay !== undefined) {
		const ways = difference.ways.map((way) => WAYS[way]).join(', ');
		return open(`"${decision.unreadableWay}" is no way. Choose one of: ${ways}.`);
	}
	const way = decision?.way ?? deciding.wayOf(difference);
	if (way === undefined || !deciding.carriesOut) return open();
	if (!difference.ways.includes(way)) return open(notOffered(difference, way));
	const told = decision?.by ?? '';
	const by = told === '' ? deciding.byOf(difference) : told;
	if (way !== 'accept') return { ...kept, state: 'open', isChosen: true, way, by };
	if (deciding.table === undefined) {
		return open('To accept a difference, choose a Differences Table: it is kept there.');
	}
	if (by === '') return open('Say under Decided By who accepts it.');
	return { ...kept, state: 'accepted', way, by, at: now };
}

function notOffered({ values }: Difference, way: Way): string {
	const reason =
		way === 'takeXeros' && values
			? 'the value does not stand in one field of the Knack record. Change it in Knack by hand'
			: 'nothing that this node writes puts it right. Put it right by hand';
	return `"${WAYS[way]}" is not open to it: ${reason}, or accept it.`;
}
