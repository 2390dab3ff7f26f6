import type { ContactRow, DocumentRow } from '../../../sandbox/xero/model';
import { documentText } from './actions';
import { changedIds, folded, hasMark, newIds } from './books';
import type { Finding } from './findings';
import { hasSettled, isHeld, isPartlyDone, type Delivery, type Observed } from './runStep';
import { sharedTraits, sharesKey, type State } from './state';
import { whoIsIt } from './whoIsIt';
import type { Customer } from './world';

/**
 * Holds the ledger after a run against the generator's book, and enters into the book what the run
 * has made.
 */
export function checkLedger(state: State, seen: Observed): Finding[] {
	return state.isOfContacts
		? checkContacts(state, seen)
		: [
				...checkChangedDocuments(state, seen),
				...checkNewDocuments(state, seen),
				...checkDocumentContacts(state, seen),
				...checkClaims(state, seen),
				...checkMarks(state, seen),
			];
}

function checkChangedDocuments(state: State, seen: Observed): Finding[] {
	return changedIds(seen.before.documents, seen.after.documents).flatMap((id): Finding[] => {
		const before = seen.before.documents.get(id);
		const after = seen.after.documents.get(id);
		const text = `${before ? documentText(before) : id} became ${after ? documentText(after) : 'nothing'}`;
		const owner = state.owners.get(id);
		const deliveries = seen.deliveries.filter(({ record }) => record === owner);
		if (owner === undefined) {
			const taker = seen.deliveries.find(({ outcome }) => outcome.document.id === id);
			if (taker && before && mayClaim(state, taker, before)) return [];
			return [{ what: 'touched', text: `somebody else's document: ${text}` }];
		}
		if (deliveries.length === 0) {
			return [
				{ what: 'touched', text: `the document of record ${owner}, not in the run: ${text}` },
			];
		}
		const isSaid = deliveries.some(
			({ outcome }) =>
				isPartlyDone(outcome) || (outcome.outcome === 'updated' && outcome.document.id === id),
		);
		return isSaid ? [] : [{ what: 'touched', text: `without its record being updated: ${text}` }];
	});
}

/** Nobody's document may be taken where number or reference, contact and another trait agree. */
function mayClaim(state: State, { record, known }: Delivery, row: DocumentRow): boolean {
	const mine = state.record(record);
	return (
		!state.owners.has(row.id) &&
		sharesKey(mine, row) &&
		known.who.kind === 'one' &&
		known.who.contact.contactId === row.contactId &&
		sharedTraits(mine, row).size > 0
	);
}

function checkNewDocuments(state: State, seen: Observed): Finding[] {
	return newIds(seen.before.documents, seen.after.documents).flatMap((id): Finding[] => {
		const row = seen.after.documents.get(id);
		const text = row ? documentText(row) : id;
		const makers = new Set(
			seen.deliveries
				.filter(({ outcome }) => outcome.outcome === 'created' && outcome.document.id === id)
				.map(({ record }) => record),
		);
		const [record] = makers;
		if (record === undefined || makers.size > 1) {
			return [{ what: 'twice', text: `${makers.size} records say that they created ${text}` }];
		}
		state.owners.set(id, record);
		const known = seen.deliveries.find((each) => each.record === record)?.known;
		return known?.own && known.isPlainlyOwn
			? [
					{
						what: 'twice',
						text: `record ${record} has ${documentText(known.own)}, and now ${text} too`,
					},
				]
			: [];
	});
}

function checkClaims(state: State, seen: Observed): Finding[] {
	return seen.deliveries.flatMap((delivery): Finding[] => {
		const { record, outcome } = delivery;
		const id = outcome.document.id;
		if (id === undefined || !hasSettled(outcome)) return [];
		const owner = state.owners.get(id);
		if (owner === record) return [];
		const before = seen.before.documents.get(id);
		if (before && mayClaim(state, delivery, before)) {
			state.owners.set(id, record);
			return [];
		}
		const whose = owner === undefined ? 'somebody else’s' : `record ${owner}'s`;
		return [
			{ what: 'claimed', text: `record ${record} is ${outcome.outcome} as ${whose} document` },
		];
	});
}

/** A mark that names another record would speak for the wrong one for ever. */
function checkMarks(state: State, { after }: Observed): Finding[] {
	return [...after.documents].flatMap(([id, row]): Finding[] => {
		const owner = state.owners.get(id);
		if (owner === undefined || !('url' in row) || !hasMark(row)) return [];
		const isOwn = String(row.url).includes(state.record(owner).knackId);
		return isOwn
			? []
			: [{ what: 'mark', text: `the document of record ${owner} bears ${String(row.url)}` }];
	});
}

/** On whose contact new and changed documents stand, and what contacts were made or changed. */
function checkDocumentContacts(state: State, seen: Observed): Finding[] {
	const findings: Finding[] = [];
	const made = new Set(newIds(seen.before.contacts, seen.after.contacts));
	const used = new Set([...seen.after.documents.values()].map(({ contactId }) => contactId));
	for (const id of made) {
		const contact = seen.after.contacts.get(id);
		if (!used.has(id)) findings.push({ what: 'idleContact', text: contactText(contact) });
		const users = [...seen.after.documents.values()].filter(({ contactId }) => contactId === id);
		const known = seen.deliveries.find(({ record }) =>
			users.some((row) => state.owners.get(row.id) === record),
		)?.known;
		if (known?.who.kind === 'one') {
			findings.push({
				what: 'secondContact',
				text: `${contactText(contact)}, where Xero has ${contactText(known.who.contact)}`,
			});
		}
	}
	for (const [id, row] of seen.after.documents) {
		const before = seen.before.documents.get(id);
		if (before?.contactId === row.contactId) continue;
		const delivery = seen.deliveries.find(({ record }) => record === state.owners.get(id));
		const contact = seen.after.contacts.get(row.contactId);
		if (!delivery || !contact) continue;
		const { customer } = state.record(delivery.record);
		const isNamedNow = seen.before.contacts.get(contact.contactId)?.name !== contact.name;
		if (mayStandOn(state, delivery, contact, isNamedNow)) {
			state.contactIds.set(customer, contact.contactId);
		} else {
			findings.push({
				what: 'otherContact',
				text: `record ${delivery.record} of ${JSON.stringify(state.customer(customer))} is on ${contactText(contact)}`,
			});
		}
	}
	return [...findings, ...checkChangedContacts(state, seen)];
}

function mayStandOn(
	state: State,
	{ record, known, outcome }: Delivery,
	contact: ContactRow,
	isNamedNow: boolean,
): boolean {
	if (known.contactId === contact.contactId) return true;
	if (isMergedInto(state, state.customerOf(record), contact)) return true;
	if (isNamedNow) {
		// Two of one name and different e-mail addresses in one run are two people; where one of them
		// has no address and the other no code, nothing tells them apart.
		const now = whoIsIt(state, state.customerOf(record));
		return now.kind === 'one' && now.contact.contactId === contact.contactId && !now.isDoubted;
	}
	return (
		known.who.kind === 'one' &&
		known.who.contact.contactId === contact.contactId &&
		(!known.who.isDoubted || outcome.issues.length > 0)
	);
}

/**
 * Whether the customer is by its name one that was merged into the contact, and no code or e-mail
 * address of either says otherwise: that it is a namesake, or that codes were swapped, none can see.
 */
function isMergedInto(state: State, customer: Customer, contact: ContactRow): boolean {
	return state.contacts().some((merged) => {
		if (merged.mergedToContactId !== contact.contactId) return false;
		if (folded(merged.name) !== folded(customer.name)) return false;
		return (
			isNoOther(customer.code, merged.contactNumber, contact.contactNumber) &&
			isNoOther(customer.email, merged.texts['EmailAddress'], contact.texts['EmailAddress'])
		);
	});
}

/** Whether a sign is that of the merged contact, or else no other than that of the one in use. */
function isNoOther(ours?: string, ofMerged?: string, ofContact?: string): boolean {
	const theirs = ofMerged ?? ofContact;
	return ours === undefined || theirs === undefined || folded(theirs) === folded(ours);
}

function checkChangedContacts(state: State, seen: Observed): Finding[] {
	return changedIds(seen.before.contacts, seen.after.contacts).flatMap((id): Finding[] => {
		const isMeant = seen.deliveries.some(
			({ record, known, outcome }) =>
				(!isHeld(outcome) || isPartlyDone(outcome)) &&
				// Not a contact that the customer's was merged into.
				(state.contactIds.get(state.record(record).customer) === id ||
					(known.who.kind === 'one' && known.who.contact.contactId === id)),
		);
		if (isMeant && state.world.settings.updatesContacts) return [];
		const [before, after] = [seen.before.contacts.get(id), seen.after.contacts.get(id)];
		return [{ what: 'touched', text: `${contactText(before)} became ${contactText(after)}` }];
	});
}

/** In a world of contacts, they are the documents. */
function checkContacts(state: State, seen: Observed): Finding[] {
	const findings: Finding[] = [];
	for (const id of changedIds(seen.before.contacts, seen.after.contacts)) {
		const isSaid = seen.deliveries.some(
			({ record, known, outcome }) =>
				(outcome.outcome === 'updated' || isPartlyDone(outcome)) &&
				outcome.document.id === id &&
				isItsContact(state, record, known, id),
		);
		if (isSaid) continue;
		const [before, after] = [seen.before.contacts.get(id), seen.after.contacts.get(id)];
		findings.push({ what: 'touched', text: `${contactText(before)} became ${contactText(after)}` });
	}
	for (const id of newIds(seen.before.contacts, seen.after.contacts)) {
		const maker = seen.deliveries.find(
			({ outcome }) => outcome.outcome === 'created' && outcome.document.id === id,
		);
		const contact = seen.after.contacts.get(id);
		if (!maker) findings.push({ what: 'idleContact', text: contactText(contact) });
		else if (hasPlainContact(state, maker)) {
			findings.push({ what: 'twice', text: `record ${maker.record}: ${contactText(contact)}` });
		} else {
			state.contactIds.set(maker.record, id);
			state.owners.set(id, maker.record);
		}
	}
	for (const { record, known, outcome } of seen.deliveries) {
		const { id } = outcome.document;
		if (id === undefined || !hasSettled(outcome) || state.owners.get(id) === record) continue;
		if (isItsContact(state, record, known, id)) {
			state.contactIds.set(record, id);
			state.owners.set(id, record);
		} else {
			const text = `record ${record} is ${outcome.outcome} as ${contactText(seen.after.contacts.get(id))}`;
			findings.push({ what: 'claimed', text });
		}
	}
	return findings;
}

/** Its own by the book, or nobody's and plainly meant by its name or code. */
function isItsContact(
	state: State,
	record: number,
	{ who, contactId }: Delivery['known'],
	id: string,
): boolean {
	if (state.owners.has(id)) return state.owners.get(id) === record;
	return contactId === id || (who.kind === 'one' && who.contact.contactId === id);
}

/** Whether a record's contact can be known again: by id, code or name. */
function hasPlainContact(state: State, { record, known }: Delivery): boolean {
	return (
		known.contactId !== undefined &&
		(state.xeroIds[record] === known.contactId ||
			(known.who.kind === 'one' && known.who.contact.contactId === known.contactId))
	);
}

function contactText(contact: ContactRow | undefined): string {
	if (!contact) return 'nothing';
	const parts = [contact.name, contact.contactNumber, contact.texts['EmailAddress']];
	return `the contact ${parts.filter((part) => part !== undefined).join(', ')}`;
}
