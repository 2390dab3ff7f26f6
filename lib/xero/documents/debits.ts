import { decimal, parseDecimal, sum } from '../../money';
import type { DocumentAmounts, LinesMember, WireElement } from './definition';
import { elementsOf } from './wireSlots';

const ZERO = decimal(0);

/**
 * What a journal comes to: the sum of its debits, which Xero's answers do not tell. It is in the
 * organisation's currency, which they do not tell either. Undefined where they have no lines.
 */
export function readDebits(
	member: LinesMember | undefined,
	element: WireElement,
): DocumentAmounts | undefined {
	const lines = elementsOf(member && element[member.name]);
	if (lines.length === 0) return undefined;
	const isExclusive = element.LineAmountTypes === 'Exclusive';
	const debits = lines.flatMap(({ LineAmount, TaxAmount }) => {
		const amount = parseDecimal(LineAmount) ?? ZERO;
		const whole = isExclusive ? amount.plus(parseDecimal(TaxAmount) ?? ZERO) : amount;
		return whole.gt(0) ? [whole] : [];
	});
	const total = sum(debits);
	return { currency: '', subTotal: total, totalTax: ZERO, total };
}
