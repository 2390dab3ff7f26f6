import { foldText } from '../../foldText';
import { grouped } from '../../grouped';
import { AMOUNT_PLACES, decimal, roundHalfUp, sum, type Decimal } from '../../money';
import type { BookedInvoice } from '../reading/invoices';
import type { BookedOrder } from '../reading/purchaseOrders';
import { costLines, type LineContext } from './documentParts';

/**
 * What is ordered and not billed, by option, without tax and in the base currency. A bill is for an
 * order of the same supplier whose number it bears as its number or reference, as Xero copies it; what
 * it bills of a job is no more to come. More than was ordered leaves nothing. A bill in another currency
 * counts at both rates.
 */
export function committedOf(
	orders: readonly BookedOrder[],
	bills: readonly BookedInvoice[],
	context: LineContext,
): ReadonlyMap<string, Decimal> {
	const billsByOrder = grouped(
		bills.flatMap((bill) =>
			[...new Set([bill.number, bill.reference])]
				.filter((named) => named !== undefined)
				.map((named) => [orderKey(bill.contactId, named), bill] as const),
		),
	);
	const parts = orders
		.filter(({ date }) => date <= context.day)
		.flatMap((order) => {
			const { contactId, number, currency, rate } = order;
			const billed = number ? (billsByOrder.get(orderKey(contactId, number)) ?? []) : [];
			const billedParts = billed.flatMap((bill) => {
				const parts = costLines(bill.lines, context);
				return bill.currency === currency
					? parts
					: parts.map((part) => ({ ...part, net: part.net.div(bill.rate).times(rate) }));
			});
			return [...byOption(costLines(order.lines, context))].map(([option, ordered]) => {
				const taken = sum(
					billedParts.filter((line) => line.option === option).map(({ net }) => net),
				);
				const left = ordered.minus(taken);
				const amount = roundHalfUp(left.div(rate), AMOUNT_PLACES);
				return [option, amount.lt(0) ? decimal(0) : amount] as const;
			});
		});
	return new Map([...grouped(parts)].map(([option, amounts]) => [option, sum(amounts)]));
}

function orderKey(contactId: string, number: string): string {
	return `${contactId} ${foldText(number)}`;
}

function byOption(
	lines: ReadonlyArray<{ readonly option: string; readonly net: Decimal }>,
): ReadonlyMap<string, Decimal> {
	const groups = grouped(lines.map(({ option, net }) => [option, net] as const));
	return new Map([...groups].map(([option, nets]) => [option, sum(nets)]));
}
