import type { DocumentLine, FieldValues } from '../../xero/documents/definition';
import { decimal } from '../../money';
import { decimalOf } from '../check/draftValues';
import { linesAsTheyAre } from '../plan/lines';

/**
 * Lines that credit the given ones to the cent: same accounts, tax, tracking and amounts. Credit
 * notes take no discounts (CreditNotes endpoint), so a discounted line is credited with what is
 * left of it, as one piece.
 */
export function creditLines(lines: readonly DocumentLine[]): FieldValues[] {
	return linesAsTheyAre(lines, true).map((fields, index): FieldValues => {
		const { discountRate, discountAmount, lineAmount, ...kept } = fields;
		const isDiscounted = [discountRate, discountAmount].some(
			(value) => !(decimalOf(value) ?? decimal(0)).eq(0),
		);
		const amount = lines[index]?.fields.lineAmount;
		return isDiscounted && amount !== undefined
			? { ...kept, quantity: '1', unitAmount: amount }
			: { ...kept, ...(lineAmount === undefined ? {} : { lineAmount }) };
	});
}
