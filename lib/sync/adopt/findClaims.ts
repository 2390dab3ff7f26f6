import { addDays } from '../../dates';
import { isSameText } from '../../foldText';
import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findDocumentsOfDays, type ContactDays } from '../../xero/documentsOfDays';
import { findDocuments } from '../../xero/lookups';
import type { RuleSeverities } from '../check/check';
import { headerText } from '../check/draftValues';
import { shareContacts } from '../contacts';
import type { Draft } from '../draft';
import { wantedContact } from '../find/contactIndex';
import type { KnownContact } from '../find/evidence';
import { findContactRows, findRows } from '../find/finder';
import type { Match } from '../find/matching';
import { draftHash } from '../plan/plan';
import { withItems } from '../prepare';
import { complete } from '../references/complete';
import { isOpen, type Row } from '../row';
import type { UpsertContext } from '../upsertContext';
import { adoptableContact, type AdoptableContact } from './adoptableContact';
import type { Claim } from './decide';
import {
	candidateOf,
	factsOfRecord,
	hangsOnLines,
	NEAR_DAYS,
	type Candidate,
	type RecordFacts,
} from './signs';

/** A record with what it may claim. */
export interface ClaimingRecord extends Claim {
	readonly draft: Draft;
	/** Known where the record's contact is. */
	readonly facts?: RecordFacts;
}

/**
 * Finds in bulk what each record may claim: first by the ladder of an upsert, then, for what that
 * misses, among the documents of its contact. Reads only; throws ServiceFaultError.
 */
export async function findClaims(
	context: UpsertContext,
	definition: DocumentDefinition,
	given: readonly Draft[],
	severities: RuleSeverities,
): Promise<ClaimingRecord[]> {
	const { client } = context;
	const completed = await complete(context, definition, given, severities);
	const drafts = completed.drafts;
	const rows = drafts.map((draft): Row => ({ draft }));
	const open = rows.filter(isOpen);
	const settings = await withItems(context, definition, drafts);
	const found = { client, definition, settings, severities };
	if (definition.isContact) {
		// What is linked is written over from then on, so that no less will do than for that.
		await findRows(found, open, { overwritesContacts: true });
		return rows.map(({ draft, match }) => withMatch(claimOf(draft), match));
	}
	const contacts = await contactsOf(client, definition, open, severities);
	await findRows(
		found,
		open.filter((row) => row.draft.id !== undefined || contacts.get(row)?.kind !== 'stopped'),
		{ contactOf: (row) => knownOf(definition, row, contacts.get(row)) },
	);
	const records = rows.map((row): ClaimingRecord => {
		const contact = contacts.get(row);
		const base = claimOf(row.draft);
		if (!isOpen(row)) return base;
		if (row.draft.id === undefined && contact?.kind === 'stopped') {
			return { ...base, match: contact };
		}
		const facts =
			contact?.kind === 'known' && definition.lineFields
				? factsOfRecord(definition, row.draft, settings, contact)
				: undefined;
		return { ...withMatch(base, row.match), ...(facts ? { facts } : {}) };
	});
	return await withCandidates(client, definition, records);
}

/** An archived contact will do: nothing is posted to it, and what was posted before is there. */
function knownOf(
	definition: DocumentDefinition,
	row: Row,
	contact: AdoptableContact | undefined,
): KnownContact {
	if (!contact || contact.kind === 'stopped' || !definition.hasContact) return { kind: 'untold' };
	const { name } = wantedContact(row.draft.fields, 'contact.');
	const named = name === undefined ? {} : { name };
	return contact.kind === 'known'
		? { kind: 'known', contactId: contact.contactId, ...named }
		: { kind: 'unknown', ...named };
}

function claimOf(draft: Draft): ClaimingRecord {
	const { knackRecordId } = draft.source;
	return { draft, claimant: knackRecordId ?? draftHash(draft), isKept: false, candidates: [] };
}

function withMatch(record: ClaimingRecord, match: Match | undefined): ClaimingRecord {
	if (!match) return record;
	// A contact that was merged is found under its old id, and is to be linked by the new one.
	const isKept = match.kind === 'matched' && isSameText(match.document.id, record.draft.id ?? '');
	return { ...record, match, isKept };
}

/** The contact of each row that names one. */
async function contactsOf(
	client: XeroClient,
	definition: DocumentDefinition,
	rows: readonly Row[],
	severities: RuleSeverities,
): Promise<ReadonlyMap<Row, AdoptableContact>> {
	const found = new Map<Row, AdoptableContact>();
	if (!definition.hasContact) return found;
	const contacts = await shareContacts(rows);
	const index = await findContactRows(client, contacts, severities, false);
	for (const { wanted, namedBy } of contacts) {
		const known = adoptableContact(index, wanted, severities);
		for (const row of namedBy) found.set(row, known);
	}
	return found;
}

/** Adds to records that no key finds what their contacts have of about the same day. */
async function withCandidates(
	client: XeroClient,
	definition: DocumentDefinition,
	records: readonly ClaimingRecord[],
): Promise<ClaimingRecord[]> {
	const missed = records.filter(
		({ match, facts }) => match?.kind === 'missing' && facts !== undefined,
	);
	const present = await documentsFor(client, definition, missed);
	const full = await withLines(client, definition, missed, present);
	return records.map((record) =>
		missed.includes(record) && record.facts
			? { ...record, candidates: candidatesFor(definition, record.facts, full) }
			: record,
	);
}

type ByContact = ReadonlyMap<string, readonly XeroDocument[]>;

function ofContacts(facts: RecordFacts, documents: ByContact): readonly XeroDocument[] {
	return [facts.contactId, ...facts.namesakeIds].flatMap((id) => documents.get(id) ?? []);
}

function candidatesFor(
	definition: DocumentDefinition,
	facts: RecordFacts,
	documents: ByContact,
): Candidate[] {
	return ofContacts(facts, documents).flatMap(
		(document) => candidateOf(definition, facts, document) ?? [],
	);
}

async function documentsFor(
	client: XeroClient,
	definition: DocumentDefinition,
	missed: readonly ClaimingRecord[],
): Promise<ByContact> {
	const days = new Map<string, ContactDays>();
	for (const { facts } of missed) {
		if (!facts?.date) continue;
		const [from, to] = [addDays(facts.date, -NEAR_DAYS), addDays(facts.date, NEAR_DAYS)];
		for (const contactId of [facts.contactId, ...facts.namesakeIds]) {
			const known = days.get(contactId);
			days.set(contactId, {
				contactId,
				from: known && known.from < from ? known.from : from,
				to: known && known.to > to ? known.to : to,
			});
		}
	}
	const found = new Map<string, XeroDocument>();
	const ofDays = await findDocumentsOfDays(client, definition, [...days.values()]);
	for (const document of ofDays) found.set(document.id, document);
	for (const document of await byReference(client, definition, missed)) {
		found.set(document.id, document);
	}
	const byContact = new Map<string, XeroDocument[]>();
	for (const document of found.values()) {
		const contactId = document.contactId ?? '';
		const others = byContact.get(contactId);
		if (others) others.push(document);
		else byContact.set(contactId, [document]);
	}
	return byContact;
}

/**
 * A record with a number is looked up by that alone; whoever posted it under another number may
 * have kept the reference. Not asked for where it would take reading every document.
 */
async function byReference(
	client: XeroClient,
	definition: DocumentDefinition,
	missed: readonly ClaimingRecord[],
): Promise<readonly XeroDocument[]> {
	const { numberPath, lookup } = definition;
	if ((lookup.values.reference?.by ?? 'all') === 'all') return [];
	const references = missed
		.filter(({ draft }) => headerText(draft, numberPath) !== undefined)
		.flatMap(({ draft }) => headerText(draft, 'reference') ?? []);
	if (references.length === 0) return [];
	return await findDocuments(client, definition, { values: { reference: references } });
}

/** Reads the lines of those documents for which they decide; a summary has none. */
async function withLines(
	client: XeroClient,
	definition: DocumentDefinition,
	missed: readonly ClaimingRecord[],
	documents: ByContact,
): Promise<ByContact> {
	if (!definition.lookup.days?.takesContacts) return documents;
	const wanted = new Set<string>();
	for (const { facts } of missed) {
		if (!facts) continue;
		for (const document of ofContacts(facts, documents)) {
			const isSummary = (document.lines ?? []).length === 0;
			if (isSummary && hangsOnLines(definition, facts, document)) wanted.add(document.id);
		}
	}
	if (wanted.size === 0) return documents;
	const ids = [...wanted];
	const read = await findDocuments(client, definition, { ids, values: {} });
	const full = new Map(read.map((document) => [document.id, document]));
	return new Map(
		[...documents].map(([contactId, own]) => [
			contactId,
			own.map((document) => full.get(document.id) ?? document),
		]),
	);
}
