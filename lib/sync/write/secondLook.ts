import { contentHash } from '../../hash';
import type { ServiceFault } from '../../serviceFault';
import { faultOr } from '../../serviceFault';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findRows } from '../find/finder';
import { asMatched, asStopped } from '../find/matching';
import { bothStay, postedTwice } from '../find/resolveTwins';
import { asOldAs, isSurelyFirst, survivorOf } from '../find/twins';
import { namedContact } from '../plan/elements';
import { contactIdOf, createdFor, foundThere, type Created, type Row, type Sent } from '../row';
import type { UpsertContext } from '../upsertContext';
import { identityOf } from './identity';
import { isSentAs } from './takeAnswer';
import { canBeTakenBack, readAll, takeBack, takeBackUnder } from './takeBack';
import type { Writing } from './writing';

/** A row with the document that this very run has created for it. */
interface Own {
	readonly row: Row;
	readonly sent: Created;
}

interface Beside extends Own {
	/** The document as it stands by now. */
	readonly own: XeroDocument;
	/** All that is found of the record, that one among it where Xero lists it by now. */
	readonly all: readonly XeroDocument[];
	/** Whether the answer gave the id of a document that is not the record's. */
	readonly isAnothers: boolean;
}

interface Surplus extends Beside {
	readonly kept: XeroDocument;
}

/** How long one that cannot tell who was first leaves the other to go. */
const YIELD_MS = 2_000;

/** The last look is only there to see that what was kept stands alone. */
const LOOKS = 3;

/**
 * Looks once more, before anything is approved or told, for documents that another worker has
 * created of the same records. Who creates later sees both, so of two the later goes, each worker
 * taking back its own alone; where Xero tells nothing of who was first, by id, and whoever would
 * stay goes too if the other is still there after a while: both under one key, which Xero takes once,
 * so that one stays however slow the two are. What cannot be looked for again is told
 * as such, and the next run looks.
 * @param all whatever this run has created, these among them
 */
export async function takeSecondLook(
	writing: Writing,
	rows: readonly Row[],
	all: readonly Row[],
): Promise<void> {
	let open = createdOf(rows);
	// What this very run has made for another of its records is that one's.
	const made = new Set(createdOf(all).map(({ sent }) => sent.document.id));
	const places = new Map<Row, readonly string[]>();
	for (let look = 1; look <= LOOKS && open.length > 0; look += 1) {
		if (look > 1) await writing.context.clock.sleep(YIELD_MS);
		const found = await faultOr(findBeside(writing, open));
		if (!found.ok) return tellUnchecked(open, found.failure);
		const surplus: Surplus[] = [];
		const unsure: Own[] = [];
		for (const each of found.value) {
			const { own } = each;
			if (each.isAnothers) {
				each.row.sent = asFound(writing, each);
				continue;
			}
			const others = each.all.filter(({ id }) => !made.has(id));
			const rival = survivorOf(writing.definition, others);
			if (!rival || isSurelyFirst(writing.definition, own, others)) continue;
			const twin = { ...each, kept: rival };
			const equals = asOldAs(writing.definition, own, others);
			if (!equals.includes(rival) || !canBeTakenBack(writing.definition, own)) {
				surplus.push(twin);
				continue;
			}
			const order = inOrder(places.get(each.row), [own, ...equals]);
			places.set(each.row, order);
			if (look === LOOKS) each.row.sent = NOT_TAKEN_BACK;
			else if ((look === 1 && order[0] === own.id) || (await isKept(writing, twin, order)))
				unsure.push(each);
		}
		await goBack(writing, surplus);
		open = unsure;
	}
}

/** Ids of documents as old as each other, those that were seen before in the places they had. */
function inOrder(
	before: readonly string[] = [],
	documents: readonly XeroDocument[],
): readonly string[] {
	const ids = documents.map(({ id }) => id).sort();
	return [...before, ...ids.filter((id) => !before.includes(id))];
}

/**
 * Takes back a document whose twin is as old. Of so many twins there is one key less, by their places,
 * so that not all of them can go. Whether it is still there, and has to be looked at again.
 */
async function isKept(
	{ context, definition, options }: Writing,
	twin: Surplus,
	order: readonly string[],
): Promise<boolean> {
	const { row, own, kept } = twin;
	const key = contentHash({
		organisation: context.client.organisationId ?? '',
		record: identityOf(definition, row),
		at: own.updatedAtMs ?? 0,
		place: order.indexOf(own.id) || order.indexOf(kept.id),
	});
	const isGone = await takeBackUnder(context, definition, own, `knack-xero-twin-${key}`);
	if (isGone) row.sent = asKept(definition, twin, options);
	else if (isGone === undefined) row.sent = NOT_TAKEN_BACK;
	return isGone === false;
}

function createdOf(rows: readonly Row[]): Own[] {
	return rows.flatMap((row) => {
		const sent = createdFor(row);
		return sent ? [{ row, sent }] : [];
	});
}

/** What stands beside each created document. Throws ServiceFaultError. */
async function findBeside(
	{ context, definition, options }: Writing,
	open: readonly Own[],
): Promise<Beside[]> {
	const { client, settings } = context;
	const probes = open.map(({ row, sent }) => {
		const { draft, contact, replaces } = row;
		const probe: Row = { draft, contact, replaces };
		return { row, sent, probe };
	});
	const finding = { client, definition, settings, severities: options.ruleSeverities };
	await findRows(
		finding,
		probes.map(({ probe }) => probe),
		{
			leavesTwins: true,
			leavesLinesOut: true,
			changedSinceMs: earliestTwinMs(context, open),
		},
	);
	const beside = probes.map(({ row, sent, probe }): Beside => {
		const all = documentsOf(probe.match);
		const own = all.find(({ id }) => id === sent.document.id) ?? sent.document;
		return { row, sent, own, all, isAnothers: false };
	});
	const unlisted = beside.filter(({ own, all }) => !all.includes(own));
	if (unlisted.length === 0) return beside;
	const there = await readAll(
		client,
		definition,
		unlisted.map(({ own }) => own),
	);
	return beside.map((each) => {
		const present = unlisted.includes(each) && there.find(({ id }) => id === each.own.id);
		return present ? { ...each, isAnothers: !isOwn(definition, each, present) } : each;
	});
}

/** Whether a document, as Xero has it, bears what was sent for the record. */
function isOwn(
	definition: DocumentDefinition,
	{ row, sent: { plan } }: Own,
	present: XeroDocument,
): boolean {
	if (plan.action !== 'create') return true;
	const sent = { ...plan.element(), ...namedContact(definition, contactIdOf(row)) };
	return isSentAs(definition, sent, present);
}

/** Of an answer that gave another's id, what is there of the record itself; that one is left alone. */
function asFound({ definition }: Writing, { sent: { plan }, all }: Beside): Sent {
	const document = survivorOf(definition, all);
	if (!document) {
		return { kind: 'unknown', reason: 'The answer named a document of somebody else.' };
	}
	return foundThere(document, plan);
}

/** More than any run looks up and writes in, and than clocks that are kept right differ. */
const LONG_BEFORE_MS = 2 * 60 * 60_000;

/**
 * A twin was made after the run had looked, and so not long before its own documents, by the clock of
 * Xero's answers. Undefined where Xero does not tell the time of each.
 */
function earliestTwinMs(
	{ clock, lookedUpAtMs }: UpsertContext,
	open: readonly Own[],
): number | undefined {
	if (!lookedUpAtMs) return undefined;
	let earliest = Infinity;
	for (const { sent } of open) {
		if (sent.document.updatedAtMs === undefined) return undefined;
		earliest = Math.min(earliest, sent.document.updatedAtMs);
	}
	return earliest - Math.max(0, clock.now() - lookedUpAtMs) - LONG_BEFORE_MS;
}

function documentsOf(match: Row['match']): readonly XeroDocument[] {
	const matched = asMatched(match);
	return matched ? [matched.document] : (asStopped(match)?.fitting?.documents ?? []);
}

async function goBack(
	{ context, definition, options }: Writing,
	surplus: readonly Surplus[],
): Promise<void> {
	const severities = options.ruleSeverities;
	const removable = surplus.filter(({ own }) => canBeTakenBack(definition, own));
	const gone = await takeBack(
		context,
		definition,
		removable.map(({ own }) => own),
	);
	for (const { row, sent, own, kept } of surplus) {
		const { plan } = sent;
		if (!removable.some((each) => each.own === own)) {
			const issues = bothStay(definition, [own, kept], context.settings, severities);
			row.sent = { ...sent, plan: { ...plan, issues: [...plan.issues, ...issues] } };
			continue;
		}
		if (!gone.has(own)) {
			row.sent = NOT_TAKEN_BACK;
			continue;
		}
		row.sent = asKept(definition, { sent, own, kept }, options);
	}
}

const NOT_TAKEN_BACK: Sent = {
	kind: 'unknown',
	reason: 'Its twin of another run could not be taken back.',
};

/** What is told of a record whose own document has gone for the twin that is kept. */
function asKept(
	definition: DocumentDefinition,
	{ sent: { plan }, own, kept }: Pick<Surplus, 'sent' | 'own' | 'kept'>,
	{ ruleSeverities }: Writing['options'],
): Sent {
	const issues = postedTwice(definition, { kept, surplus: [own] }, ruleSeverities);
	return foundThere(kept, { ...plan, issues: [...plan.issues, ...issues] });
}

function tellUnchecked(open: readonly Own[], fault: ServiceFault): void {
	for (const { row } of open) row.sent = { kind: 'unchecked', fault };
}
