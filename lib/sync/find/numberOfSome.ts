import type { XeroDocument } from '../../xero/documents/definition';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactLabel } from './contactIndex';
import { differs, type Looking } from './lookingForContact';
import type { Match } from './matching';

/**
 * Whether a number leads to a contact that is not named as the record, while others of the run have
 * that name and no number: that they are the same customer would be a guess.
 */
export function isNumberOfSomeAlone({ index, wanted }: Looking, contact: XeroDocument): boolean {
	return (
		wanted.isNumberOfSome === true &&
		differs(wanted.name, contact.fields.name) &&
		!index.find('loose', wanted.name).includes(contact)
	);
}

export function ofNumberOfSome({ wanted, stop }: Looking, contact: XeroDocument): Match {
	return stop(
		LATE_RULES.contactContradicted,
		`Of the records of this run that are named ${wanted.name ?? ''} only some have the Contact Code ${wanted.contactNumber ?? ''}, which is that of ${contactLabel(contact)} in Xero.`,
		'If they are one customer, give all of them the Contact Code. If not, write the names in Knack so that they differ.',
		[contact],
	);
}
