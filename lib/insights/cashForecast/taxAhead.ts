import type { CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import { AMOUNT_PLACES, decimal, roundHalfUp, sum, type Decimal } from '../../money';
import type { Account } from '../../xero/settings';
import { bankTransactionsOfDays } from '../reading/bankTransactions';
import { ifPermitted, type Books } from '../reading/books';
import { invoicesOfDays } from '../reading/invoices';
import { isOnAccount, type BookedLine } from '../reading/lines';
import { repeatingInvoices } from '../reading/repeatingInvoices';
import { lineTexts, type CashLine } from './line';
import { madeWithin } from './repeating';

/** What a bill, the bank or a template enters on the account of tax. */
export interface TaxMove {
	readonly by: 'bill' | 'bank' | 'template';
	/** Folded. */
	readonly who: string;
	readonly date: CalendarDate;
	/** Above zero is paid, below comes back. */
	readonly amount: Decimal;
	/** Whether nothing but tax is on the document. */
	readonly isWhole: boolean;
}

interface TaxMoves {
	readonly moves: readonly TaxMove[];
	readonly isBankKnown: boolean;
}

interface Document {
	readonly contact: string;
	readonly lines: readonly BookedLine[];
}

/**
 * Bills since a day, what the bank paid or got since another, and what templates will make, all that is
 * dated ahead within the forecast included. Throws ServiceFaultError.
 */
export async function taxMoves(
	books: Books,
	account: Account,
	days: {
		readonly bills: CalendarDate;
		readonly bank: CalendarDate;
		readonly day: CalendarDate;
		readonly last: CalendarDate;
	},
): Promise<TaxMoves> {
	const to = days.last;
	const [bills, bank, templates] = await Promise.all([
		invoicesOfDays(books, { side: 'purchases', from: days.bills, to }),
		ifPermitted(bankTransactionsOfDays(books, { from: days.bank, to })),
		repeatingInvoices(books, {}),
	]);
	const base = books.organisation.baseCurrency;
	const move = (
		by: TaxMove['by'],
		{ contact, lines }: Document,
		{ rate, date }: { readonly rate: Decimal; readonly date: CalendarDate },
	): TaxMove => {
		const own = lines.filter((line) => isOnAccount(line, account));
		const amount = sum(own.map(({ net }) => roundHalfUp(net.div(rate), AMOUNT_PLACES)));
		return {
			by,
			who: foldText(contact),
			date,
			amount,
			isWhole: own.length > 0 && own.length === lines.length,
		};
	};
	return {
		isBankKnown: bank.isPermitted,
		moves: [
			...bills.map((bill) => move('bill', bill, bill)),
			...(bank.isPermitted ? bank.value : []).map((one) => {
				const moved = move('bank', one, one);
				return one.kind === 'spent' ? moved : { ...moved, amount: moved.amount.neg() };
			}),
			...templates
				.filter(({ side, currency = base }) => side === 'purchases' && currency === base)
				.flatMap((template) =>
					madeWithin(template, days).map(({ on }) =>
						move('template', template, { rate: decimal(1), date: on }),
					),
				),
		],
	};
}

interface TaxAhead {
	/** Above zero is paid, below comes back. */
	readonly amounts: readonly Decimal[];
	readonly notIn: readonly string[];
}

/**
 * What other lines of the forecast pay of tax, or get back: bills, templates and bank transactions with a
 * day to come, and planned cash that names the account of tax or one to whom nothing else was paid. Of a
 * name that planned cash has as well the bank's is in no line.
 */
export function taxAhead(
	moves: readonly TaxMove[],
	{
		account,
		day,
		planned,
		currency,
	}: {
		readonly account: Account;
		readonly day: CalendarDate;
		readonly planned: readonly CashLine[];
		readonly currency: string;
	},
): TaxAhead {
	const names = new Set(planned.map(({ who }) => foldText(who)));
	const isIn = ({ by, date, who }: TaxMove) =>
		by === 'template' || (date > day && !(by === 'bank' && names.has(who)));
	const whole = moves.filter(({ isWhole }) => isWhole).map(({ who }) => who);
	const others = new Set(moves.filter(({ isWhole }) => !isWhole).map(({ who }) => who));
	const payees = new Set(whole.filter((who) => who !== '' && !others.has(who)));
	const called = [account.name, 'VAT', 'GST', 'Sales Tax'].map(inWords);
	const isTax = ({ who }: CashLine) =>
		payees.has(foldText(who)) || called.some((name) => inWords(who).includes(name));
	const ofTax = planned.filter(isTax);
	return {
		amounts: [
			...moves.filter(isIn).map(({ amount }) => amount),
			...ofTax.map(({ amount }) => amount.neg()),
		],
		notIn:
			ofTax.length === 0
				? []
				: [
						`Taken for the payment of ${account.name}, since planned cash names it: ${lineTexts(ofTax, currency)}. Where it is not that, give it another name under planned cash.`,
					],
	};
}

/** "VAT, Q3" as " vat q3 ": so that a word is found whole. */
function inWords(text: string): string {
	return ` ${foldText(text)
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '')
		.join(' ')} `;
}

/** Tax of a period; below zero for what is to come back. */
interface OfPeriod {
	readonly end: CalendarDate;
	readonly amount: Decimal;
}

/**
 * What is left of each period's tax once others are paid: the oldest first. What is beyond all of them is
 * of tax that is not entered yet.
 */
export function lessAhead(
	owed: readonly OfPeriod[],
	ahead: readonly Decimal[],
): readonly OfPeriod[] {
	let paid = sum(ahead.filter((amount) => amount.gt(0)));
	let back = sum(ahead.filter((amount) => amount.lt(0)));
	return owed.map(({ end, amount }) => {
		if (amount.gt(0)) {
			const used = paid.gt(amount) ? amount : paid;
			paid = paid.minus(used);
			return { end, amount: amount.minus(used) };
		}
		const used = back.lt(amount) ? amount : back;
		back = back.minus(used);
		return { end, amount: amount.minus(used) };
	});
}
