import { folded } from './books';
import type { State } from './state';
import type { ContactRow } from '../../../sandbox/xero/model';
import type { Customer } from './world';

/** What the specification makes of a customer's name, code and e-mail address, seen in Xero. */
export type WhoIsIt =
	| {
			readonly kind: 'one';
			readonly contact: ContactRow;
			/** The e-mail address is another: said as a warning where the contact is left as it is. */
			readonly isDoubted: boolean;
	  }
	| { readonly kind: 'new' }
	/** For a person to decide. */
	| { readonly kind: 'unclear'; readonly why: string };

/**
 * Code says one contact and exact name another: unclear. Equal name, another code: two people, of
 * whom Xero cannot hold the second. Equal name alone and another e-mail address: the same with a
 * warning, unless it would be overwritten. Blank, or equal but for case, is no evidence.
 */
export function whoIsIt(state: State, customer: Customer): WhoIsIt {
	const contacts = state.contacts();
	const byCode =
		customer.code === undefined
			? undefined
			: contacts.find(({ contactNumber }) => contactNumber === customer.code);
	const named = contacts.filter(({ name }) => folded(name) === folded(customer.name));
	const byName = named.find(({ status }) => status === 'ACTIVE');
	if (named.some(({ mergedToContactId }) => mergedToContactId !== undefined)) {
		return { kind: 'unclear', why: 'a contact of the name was merged into another' };
	}
	if (byCode && byName && byCode !== byName) {
		return { kind: 'unclear', why: 'the code is one contact, the name another' };
	}
	if (byCode && isContradictedTwice(customer, byCode)) {
		return { kind: 'unclear', why: 'the contact of the code has another name and e-mail address' };
	}
	if (byCode) {
		return byCode.status === 'ACTIVE'
			? { kind: 'one', contact: byCode, isDoubted: false }
			: { kind: 'unclear', why: 'the contact is archived' };
	}
	const theirs = byName?.texts['EmailAddress'];
	if (byName) {
		if (customer.code !== undefined && byName.contactNumber !== undefined) {
			return { kind: 'unclear', why: 'the name is another person’s' };
		}
		const isDoubted =
			customer.email !== undefined &&
			theirs !== undefined &&
			folded(theirs) !== folded(customer.email);
		const isOverwritten = state.world.settings.updatesContacts || state.isOfContacts;
		return isDoubted && isOverwritten
			? { kind: 'unclear', why: 'the e-mail address is another' }
			: { kind: 'one', contact: byName, isDoubted };
	}
	if (named.length > 0) return { kind: 'unclear', why: 'the contact is archived' };
	const sharesEmail = contacts.some(
		({ texts }) =>
			customer.email !== undefined && folded(texts['EmailAddress']) === folded(customer.email),
	);
	return sharesEmail
		? { kind: 'unclear', why: 'somebody has the e-mail address' }
		: { kind: 'new' };
}

/** Names in these worlds differ in their first word, but for ways of writing one. */
function isContradictedTwice({ name, email }: Customer, contact: ContactRow): boolean {
	const [first] = folded(name).split(' ');
	const theirs = contact.texts['EmailAddress'];
	return (
		!folded(contact.name)
			.split(' ')
			.includes(first ?? '') &&
		email !== undefined &&
		theirs !== undefined &&
		folded(theirs) !== folded(email)
	);
}
