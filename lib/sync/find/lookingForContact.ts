import { isSameText } from '../../foldText';
import type { FieldValue, XeroDocument } from '../../xero/documents/definition';
import type { RuleSeverities } from '../check/check';
import { textOf } from '../check/draftValues';
import type { LateRule } from '../check/rule';
import type { ContactIndex, ContactKey, WantedContact } from './contactIndex';
import type { Match } from './matching';
import { shareAName } from './names';

/** What differs between those who look for a contact. */
export interface ContactLens {
	readonly severities: RuleSeverities;
	/** Path of the name, for findings. */
	readonly field: string;
	/** Whether the record's values go over the contact's. */
	readonly overwrites: boolean;
	/** Whether an archived contact may be what is wanted, where none in use fits. */
	readonly takesArchived?: boolean;
	/** Whether a name written nearly alike is enough; it is unless told. */
	readonly takesSimilarNames?: boolean;
}

export type Stop = (
	rule: LateRule,
	message: string,
	fix: string,
	found: readonly XeroDocument[],
) => Match;

/** A record that looks for its contact. */
export interface Looking {
	readonly index: ContactIndex;
	readonly wanted: WantedContact;
	readonly lens: ContactLens;
	readonly stop: Stop;
}

/** The keys of a contact: what a record has for each, what a match says of it, and its name. */
export const KEYS = {
	number: { field: 'contactNumber', by: 'contactNumber', sign: 'Contact Code' },
	name: { field: 'name', by: 'name', sign: 'name' },
	loose: { field: 'name', by: 'similarName', sign: 'name' },
	email: { field: 'emailAddress', by: 'emailAddress', sign: 'e-mail address' },
} as const satisfies Readonly<Record<ContactKey, object>>;

/** Blank on a side, or equal but for case, is no evidence. */
export function differs(ours: string | undefined, theirs: FieldValue | undefined): boolean {
	const other = textOf(theirs);
	return ours !== undefined && other !== undefined && !isSameText(ours, other);
}

/** A new e-mail address is an edit, and so is a new name; both at once are another contact. */
export function isSomebodyElse(wanted: WantedContact, contact: XeroDocument): boolean {
	return isNamedApart(wanted, contact) && differs(wanted.emailAddress, contact.fields.emailAddress);
}

/** Whether a record's name has nothing in common with that of a contact. */
export function isNamedApart({ name }: WantedContact, { fields }: XeroDocument): boolean {
	return differs(name, fields.name) && !shareAName(name ?? '', textOf(fields.name) ?? '');
}

/** Whether a record bears the very name of a contact, and no other Contact Code. */
export function isNamedAs(
	{ name, contactNumber }: WantedContact,
	{ fields }: XeroDocument,
): boolean {
	const theirs = textOf(fields.name);
	const isOneName = name !== undefined && theirs !== undefined && isSameText(name, theirs);
	return isOneName && !differs(contactNumber, fields.contactNumber);
}

/** A record's Contact Code, as it is said. */
export function numberOf({ contactNumber = '' }: WantedContact): string {
	return `Contact Code ${contactNumber}`;
}
