import type { DocumentRow } from '../../../sandbox/xero/model';
import { hasSameKey } from './actions';
import { folded, hasMark, isGone } from './books';
import {
	holdsContent,
	sharedTraits,
	sharesAllKeys,
	sharesKey,
	sharesNumber,
	type State,
} from './state';
import { isSameContact, valuesOf } from './contactValues';
import { whoIsIt } from './whoIsIt';

/**
 * What the specification says of a record before a run. Ordinary records must go through; of the
 * others only the promises hold (nobody else's touched, none twice), and they may be held.
 */
export type Expectation =
	| { readonly kind: 'new'; readonly sharesKey: boolean }
	| { readonly kind: 'edit' }
	| { readonly kind: 'same' }
	| { readonly kind: 'unclear'; readonly why: string };

const unclear = (why: string): Expectation => ({ kind: 'unclear', why });

/** @param run the records of the run, each once */
export function expectationOf(state: State, index: number, run: readonly number[]): Expectation {
	const namesake = run.find((other) => other !== index && areMixedUp(state, index, other));
	if (namesake !== undefined) return unclear(`record ${namesake} has its customer's name or code`);
	if (state.isOfContacts) return expectContact(state, index);
	const rival = run.find((other) => other !== index && hasSameKeyForSame(state, index, other));
	if (rival !== undefined) return unclear(`record ${rival} of the run has its number or reference`);
	const own = state.liveDocumentOf(index);
	if (own) return expectExisting(state, index, own);
	if (state.documentsOf(index).length > 0) return unclear('its document was taken out by a person');
	const expected = expectNew(state, index);
	const renamed = run.find((other) => other !== index && mayBeRenamedWith(state, index, other));
	if (renamed !== undefined) {
		return unclear(`record ${renamed} has a document, and its customer is not known to Xero`);
	}
	const isShared = run.some(
		(other) => other !== index && hasSameKey(state.record(index), state.record(other)),
	);
	return expected.kind === 'new' && isShared ? { ...expected, sharesKey: true } : expected;
}

/** Two customers of a run with one name, or one code, that differ in what else is known. */
export function areMixedUp(state: State, index: number, other: number): boolean {
	if (state.record(index).customer === state.record(other).customer) return false;
	const [ours, theirs] = [state.customerOf(index), state.customerOf(other)];
	return (
		folded(ours.name) === folded(theirs.name) ||
		(ours.code !== undefined && ours.code === theirs.code)
	);
}

/**
 * Whether another record of the run lets one think that the customer, whom Xero does not have, was
 * renamed: it has a document, or one that looks like its own is there.
 */
export function mayBeRenamedWith(state: State, index: number, other: number): boolean {
	const record = state.record(other);
	const nameOf = (which: number) => folded(state.customerOf(which).name);
	return (
		// Where one of the two has no code, a name is all there is to tell customers by.
		nameOf(other) === nameOf(index) &&
		whoIsIt(state, state.customerOf(index)).kind !== 'one' &&
		(state.liveDocumentOf(other) !== undefined ||
			state
				.rows()
				.some(
					(row) => !isGone(row) && sharesKey(record, row) && sharedTraits(record, row).size > 0,
				))
	);
}

function hasSameKeyForSame(state: State, index: number, other: number): boolean {
	const [ours, theirs] = [state.record(index), state.record(other)];
	if (!hasSameKey(ours, theirs)) return false;
	const isSameNumber = ours.number !== undefined && folded(ours.number) === folded(theirs.number);
	return ours.customer === theirs.customer || (isSameNumber && state.world.family.isNumberUnique);
}

function expectContact(state: State, index: number): Expectation {
	const customer = state.customer(index);
	const own = state.contactOf(index);
	const contacts = state.contacts();
	const isTaken = contacts.some(
		(contact) =>
			contact !== own &&
			((contact.status === 'ACTIVE' && folded(contact.name) === folded(customer.name)) ||
				(customer.code !== undefined && contact.contactNumber === customer.code)),
	);
	if (isTaken) return unclear('another contact has its name or code');
	if (own && own.status !== 'ACTIVE') return unclear('its contact is archived');
	// A contact that it was merged into is another's as well.
	if (own && own.contactId !== state.contactIds.get(index)) return unclear('it was merged');
	if (own && !isSameContact(customer, own) && state.isBaseOld(index)) {
		return unclear('Knack knows of an older sending only');
	}
	if (own && valuesOf(state, index, own).some(({ isContested }) => isContested)) {
		return unclear('record and contact have both changed a value');
	}
	if (own && state.xeroIds[index] === own.contactId) return { kind: 'edit' };
	const found = whoIsIt(state, customer);
	if (found.kind === 'unclear') return unclear(found.why);
	if (found.kind === 'one') {
		return found.contact === own ? { kind: 'edit' } : unclear('another contact fits');
	}
	return own ? unclear('renamed, and no id or code is there') : { kind: 'new', sharesKey: false };
}

function expectExisting(state: State, index: number, own: DocumentRow): Expectation {
	const record = state.record(index);
	const keptId = state.xeroIds[index];
	if (keptId !== undefined && keptId !== own.id)
		return unclear('it has the id of a document that is gone');
	const found = whoIsIt(state, state.customerOf(index));
	if (found.kind === 'unclear') return unclear(found.why);
	if (found.kind === 'new' || found.contact.contactId !== own.contactId) {
		return unclear('its customer is not the contact of its document');
	}
	const isSame = holdsContent(record, own, state.world.settings.removesLines);
	if (!isSame && !isDraftLike(own) && !isEditable(own)) {
		return unclear('its document is paid, sent, or approved without a mark');
	}
	if (!isSame && state.isBaseUnsure(index)) return unclear('Knack knows of an older sending only');
	const others = state.rows().filter((row) => row !== own && sharesKey(record, row));
	if (state.world.family.isNumberUnique && others.some((row) => sharesNumber(record, row))) {
		return unclear('its number is another document’s');
	}
	if (state.xeroIds[index] === own.id || (hasMark(own) && sharesKey(record, own))) {
		return { kind: isSame ? 'same' : 'edit' };
	}
	if (!sharesAllKeys(record, own)) return unclear('its number or reference is another by now');
	const rivals = others.filter((row) => !isGone(row) && row.contactId === own.contactId);
	if (rivals.length > 0) return unclear('other documents have its number or reference');
	return sharedTraits(record, own).size > 0
		? { kind: isSame ? 'same' : 'edit' }
		: unclear('day, total and every line are others, and neither id nor mark is there');
}

function isDraftLike({ status }: DocumentRow): boolean {
	return status === 'DRAFT' || status === 'SUBMITTED';
}

/** Approved, but neither paid nor sent, and known as it was sent last. */
function isEditable(row: DocumentRow): boolean {
	const isSent = 'sentToContact' in row && row.sentToContact === true;
	return row.status === 'AUTHORISED' && !isSent && hasMark(row);
}

function expectNew(state: State, index: number): Expectation {
	const record = state.record(index);
	const { isNumberUnique } = state.world.family;
	if (state.xeroIds[index] !== undefined) return unclear('it has the id of another document');
	const found = whoIsIt(state, state.customerOf(index));
	if (found.kind === 'unclear') return unclear(found.why);
	const sharing = state.rows().filter((row) => sharesKey(record, row));
	if (isNumberUnique && sharing.some((row) => sharesNumber(record, row))) {
		return unclear('its number is taken');
	}
	const live = sharing.filter((row) => !isGone(row));
	if (found.kind === 'new') {
		return live.length > 0
			? unclear('its contact is not known, and its reference is in use')
			: { kind: 'new', sharesKey: sharing.length > 0 };
	}
	const { contactId } = found.contact;
	if (sharing.some((row) => row.contactId === contactId)) {
		return unclear('its contact has a document with its number or reference');
	}
	// A document under another contact is the record's where day, total and a line speak for it.
	if (live.some((row) => sharedTraits(record, row).size === 3)) {
		return unclear('another contact’s document is the same in all');
	}
	const isAlike = state.rows().some((row) => {
		if (row.contactId !== contactId || row.createdByClientId !== 'person') return false;
		const shared = sharedTraits(record, row);
		return shared.has('day') && shared.has('total');
	});
	return isAlike
		? unclear('somebody else posted the same day and total')
		: { kind: 'new', sharesKey: sharing.length > 0 };
}
