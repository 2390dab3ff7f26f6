import type { InvoiceType, ContactRow } from './model';
import { addDays, addMonths, endOfMonth } from './xeroDates';

/** The due date that a contact's payment terms give a document of that date. */
export function dueByTerms(
	contact: ContactRow | undefined,
	type: InvoiceType,
	date: string,
): string | undefined {
	const terms = type === 'ACCREC' ? contact?.salesTerms : contact?.billTerms;
	if (!terms) return undefined;
	if (terms.type === 'DAYSAFTERBILLDATE') return addDays(date, terms.day);
	if (terms.type === 'DAYSAFTERBILLMONTH') return addDays(endOfMonth(date), terms.day);
	const month = terms.type === 'OFFOLLOWINGMONTH' ? addMonths(date, 1) : date;
	const last = endOfMonth(month);
	const wanted = `${month.slice(0, 8)}${String(terms.day).padStart(2, '0')}`;
	return wanted > last ? last : wanted;
}
