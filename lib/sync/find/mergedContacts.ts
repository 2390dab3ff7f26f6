import { isSameText } from '../../foldText';
import type { XeroDocument } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactLabel, type ContactKey, type WantedContact } from './contactIndex';
import { differs, KEYS, numberOf, type Looking, type Stop } from './lookingForContact';
import type { Match, Matched } from './matching';

/** What was merged into another contact is not written over that one. */
export function merged(wanted: WantedContact, sign: string, into: XeroDocument, stop: Stop): Match {
	return stop(
		LATE_RULES.contactContradicted,
		`The ${sign} of ${wanted.name ?? 'the record'} leads to a contact that was merged into ${contactLabel(into)} in Xero, which is not written over.`,
		`If both are one, remove the record in Knack, or give it the name and number of ${contactLabel(into)}. If not, give it a name and number of its own, or undo the merge with Xero’s support.`,
		[into],
	);
}

/**
 * Holds a name that leads through a merge, where every contact that was merged had another Contact
 * Number or e-mail address than the record.
 */
export function ofAnotherMerged(
	{ index, wanted, stop }: Looking,
	{ document, isThroughMerge }: Matched,
): Match | undefined {
	if (isThroughMerge !== true) return undefined;
	const namesakes = index.bearersOf('name', wanted.name);
	const isOther = ({ field }: (typeof KEYS)[ContactKey], { fields }: XeroDocument) =>
		differs(wanted[field], fields[field]);
	const others = [KEYS.number, KEYS.email].filter((key) =>
		namesakes.some((each) => isOther(key, each)),
	);
	const [first] = others;
	if (!first || !namesakes.every((each) => others.some((key) => isOther(key, each)))) {
		return undefined;
	}
	return stop(
		LATE_RULES.contactContradicted,
		`"${wanted.name ?? ''}" leads to ${contactLabel(document)} in Xero, into which a contact of that name was merged; the record’s ${first.sign} is ${wanted[first.field] ?? ''}, which that contact did not have.`,
		'If it is the same contact, keep the Contact ID of the one in Xero in Knack, or write its name there. If not, write the name in Knack so that the two differ.',
		[document],
	);
}

/**
 * Holds a key that leads to one contact in use, and through a merge to another one, which is archived:
 * whoever had that name before is not the one who has it now. Another key that agrees says who is meant.
 */
export function alsoMergedAway(
	{ index, wanted, stop }: Looking,
	key: ContactKey,
	contact: XeroDocument,
): Match | undefined {
	const value = wanted[KEYS[key].field];
	const bearers = index.bearersOf(key, value);
	const away = index.find(key, value).filter((each) => each !== contact && !bearers.includes(each));
	const isConfirmed = [KEYS.number, KEYS.name, KEYS.email].some(
		({ field }) =>
			field !== KEYS[key].field &&
			isSameText(wanted[field] ?? '', textOf(contact.fields[field]) ?? '') &&
			wanted[field] !== undefined,
	);
	if (away.length === 0 || isConfirmed) return undefined;
	return stop(
		LATE_RULES.contactAmbiguous,
		`"${value ?? ''}" is ${contactLabel(contact)} in Xero, and a contact of that ${KEYS[key].sign} was merged into ${away.map(contactLabel).join('; ')}.`,
		'Keep the Contact ID of the one that is meant in Knack. Nothing can be posted to an archived one before it is restored in Xero (Contacts, Archived).',
		[contact, ...away],
	);
}

/** A number that leads through a merge, for a name that neither of the two contacts had, is in doubt. */
export function ofMergedNumber(
	{ wanted, stop }: Looking,
	bearer: XeroDocument,
	into: XeroDocument,
): Match {
	return stop(
		LATE_RULES.contactContradicted,
		`The record’s ${numberOf(wanted)} is that of ${contactLabel(bearer)}, which was merged into ${contactLabel(into)} in Xero; its name is ${wanted.name ?? ''}.`,
		'Correct the Contact Code in Knack. If it is the same contact, write its name in Knack as in Xero.',
		[into],
	);
}
