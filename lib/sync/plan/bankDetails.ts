import { LATE_RULES } from '../check/rules/lateRules';
import type { FieldChange } from '../outcome';
import { isBlank } from './changeWords';
import type { Found } from './planChecks';

/** Paths under which a contact's bank details stand. */
export function isBankDetail({ field }: Pick<FieldChange, 'field'>): boolean {
	return field === 'bankAccountDetails' || field.startsWith('batchPayments.');
}

/**
 * Bank details are what a fraudster changes first, so they are never written by a sync: a person
 * changes them in Xero, and the record goes over once both agree.
 */
export function checkBankDetails(
	changes: readonly FieldChange[],
	name: string,
	found: Found,
): void {
	const change = changes.find(isBankDetail);
	if (!change) return;
	const shown = (value: FieldChange['before']) =>
		isBlank(value) ? 'none' : `one that ends in ${String(value).slice(-3)}`;
	found(LATE_RULES.bankDetails, {
		field: change.field,
		message: `The bank details of ${name} are not changed by the node: Xero has ${shown(change.before)}, Knack ${shown(change.after)}.`,
		fix: 'Check them with the contact by phone, and enter them in Xero. The record goes over once both agree.',
	});
}
