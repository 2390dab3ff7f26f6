import type { ContactRow } from '../../../sandbox/xero/model';
import type { State } from './state';
import type { Customer } from './world';

/** One value of a contact that is a record itself. */
interface ContactValue {
	readonly ours: string;
	readonly theirs: string | undefined;
	/** What is right after a run: posted is the ledger's, so what a person set in Xero stays. */
	readonly expected: string;
	/** A person set it in Xero, and the record says what it said when it was sent. */
	readonly isLeft: boolean;
	/** Record and contact have both changed it since it was sent. */
	readonly isContested: boolean;
}

/** The values that a record has of its contact, held against the contact and what was sent last. */
export function valuesOf(state: State, record: number, contact: ContactRow): ContactValue[] {
	const [ours, theirs] = [textsOf(state.customer(record)), textsOfRow(contact)];
	const sent = state.sentCustomers[record] && textsOf(state.sentCustomers[record]);
	return Object.entries(ours).flatMap(([path, own]): ContactValue[] => {
		if (own === undefined) return [];
		const [other, base] = [theirs[path], sent?.[path]];
		const isOther = base !== undefined && other !== own && other !== base;
		const isLeft = isOther && own === base;
		return [
			{
				ours: own,
				theirs: other,
				expected: isLeft && other !== undefined ? other : own,
				isLeft,
				isContested: isOther && own !== base,
			},
		];
	});
}

export function isSameContact(customer: Customer, contact: ContactRow): boolean {
	const theirs = textsOfRow(contact);
	return Object.entries(textsOf(customer)).every(
		([path, own]) => own === undefined || own === theirs[path],
	);
}

type Texts = Readonly<Record<string, string | undefined>>;

function textsOf({ name, code, email, firstName = 'Sam' }: Customer): Texts {
	return { name, code, email, firstName };
}

function textsOfRow({ name, contactNumber, texts }: ContactRow): Texts {
	return { name, code: contactNumber, email: texts['EmailAddress'], firstName: texts['FirstName'] };
}
