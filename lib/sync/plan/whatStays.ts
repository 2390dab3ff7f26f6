import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { LATE_RULES } from '../check/rules/lateRules';
import type { LinePlan } from './lines';
import type { Found } from './planChecks';

/** Says what in the lines of a document stays although the record has nothing of it. */
export function tellWhatStays(
	{ amounts, lifecycle, label }: DocumentDefinition,
	document: XeroDocument,
	{ left, discountsLeft }: LinePlan,
	found: Found,
): void {
	if (left > 0 && amounts.isOfHours && !lifecycle.closed.includes(document.status ?? '')) {
		found(LATE_RULES.hoursLeft, {
			field: 'lineItems',
			message: `${left} line(s) of the ${label.toLowerCase()} in Xero are not in Knack, and would be paid with the others.`,
			fix: 'Remove them in Xero or enter them in Knack; or switch on "Remove Omitted Lines" under Options. With a Sync Fingerprint field under Write Back to Knack, hours that are taken out of the record go by themselves, and those that were added in Xero stay.',
		});
	} else if (left > 0) {
		found(LATE_RULES.linesLeft, {
			field: 'lineItems',
			message: `${left} line(s) of ${document.number ?? 'the document'} in Xero are not in Knack and stay as they are.`,
			fix: 'Remove them in Xero, or switch on "Remove Omitted Lines" under Options.',
		});
	}
	for (const { field, line, value } of discountsLeft) {
		found(LATE_RULES.discountLeft, {
			field,
			message: `Line ${line} has a discount of ${value} in Xero and none in Knack; a blank leaves it as it is.`,
			fix: 'Enter 0 in Knack to take the discount off, or choose "Clear Text in Xero" for Blank Values under Options.',
		});
	}
}
