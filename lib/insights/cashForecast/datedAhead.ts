import type { CalendarDate } from '../../dates';
import { AMOUNT_PLACES, decimal, roundHalfUp, sum, type Decimal } from '../../money';
import type { ReadStanding } from '../ageing/onDay';
import type { BookedTransaction } from '../reading/bankTransactions';
import type { BookedCredit } from '../reading/credits';
import type { BookedInvoice, BookedPayment, Side } from '../reading/invoices';
import { onOneDay, type CashLine } from './line';

interface Within {
	/** What is dated by it is in the opening balance. */
	readonly day: CalendarDate;
	readonly last: CalendarDate;
}

/** What becomes of the bank's balance when the side's money comes or goes. */
const SIGNS: Readonly<Record<Side, 1 | -1>> = { sales: 1, purchases: -1 };

/**
 * Money that is entered in Xero with a day to come: not in the bank yet, and on no document that is
 * open at the end of the forecast either.
 */
export function paymentsAhead(
	side: Side,
	{ invoices, credits }: Pick<ReadStanding, 'invoices' | 'credits'>,
	within: Within,
): CashLine[] {
	const sign = SIGNS[side];
	return [
		...invoices.flatMap((one) =>
			one.payments.map((payment) => lineOf(side, one, payment, decimal(sign))),
		),
		...credits.flatMap((one) => [
			// A credit note is no money; an overpayment or a deposit came in by itself.
			...(one.kind === 'creditNote' ? [] : [lineOf(side, one, received(one), decimal(sign))]),
			...one.payments.map((refund) => lineOf(side, one, refund, decimal(-sign))),
		]),
	].filter((line) => isWithin(line.days.likely, within));
}

function received({ id, date, total }: BookedCredit): BookedPayment {
	return { id, date, amount: total };
}

function lineOf(
	side: Side,
	{ contact, number, reference, rate }: BookedInvoice | BookedCredit,
	{ id, date, amount }: BookedPayment,
	sign: Decimal,
): CashLine {
	return {
		id,
		source: side === 'sales' ? 'invoice' : 'bill',
		who: contact,
		what: number ?? reference ?? '',
		by: 'dated ahead',
		amount: inBase(amount, rate).times(sign),
		isEstimated: false,
		days: onOneDay(date),
	};
}

/** Money spent and received without a document, entered with a day to come. */
export function transactionsAhead(
	transactions: readonly BookedTransaction[],
	within: Within,
): CashLine[] {
	return transactions
		.filter(({ date }) => isWithin(date, within))
		.map(({ id, kind, contact, reference, date, lines, rate }): CashLine => {
			const total = sum(lines.map(({ net, tax }) => net.plus(tax)));
			return {
				id,
				source: 'bank transaction',
				who: contact,
				what: reference ?? '',
				by: 'dated ahead',
				amount: inBase(total, rate).times(kind === 'spent' ? -1 : 1),
				isEstimated: false,
				days: onOneDay(date),
			};
		});
}

function isWithin(date: CalendarDate | undefined, { day, last }: Within): boolean {
	return date !== undefined && date > day && date <= last;
}

function inBase(amount: Decimal, rate: Decimal): Decimal {
	return roundHalfUp(amount.div(rate), AMOUNT_PLACES);
}
