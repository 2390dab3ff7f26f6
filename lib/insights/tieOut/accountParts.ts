import type { CalendarDate } from '../../dates';
import { AMOUNT_PLACES, roundHalfUp, sum, type Decimal } from '../../money';
import type { Account } from '../../xero/settings';
import { bankTransactionsOfDays } from '../reading/bankTransactions';
import type { Books } from '../reading/books';
import { creditsOfDays, type BookedCredit } from '../reading/credits';
import { invoicesOfDays, type Side } from '../reading/invoices';
import { isOnAccount, type BookedLine } from '../reading/lines';
import type { MatchBy } from './input';

/** A line of a document on the account, as the balance sheet signs it unless told, in the base currency. */
export interface AccountPart {
	/** What it can be known by, the most telling first. */
	readonly names: readonly string[];
	readonly amount: Decimal;
}

interface Named {
	readonly contact: string;
	readonly contactId?: string;
	readonly number?: string;
	readonly reference?: string;
	readonly rate: Decimal;
	readonly lines: readonly BookedLine[];
}

/**
 * Everything that documents posted on a balance sheet account by the end of a day. A deposit counts
 * with what of it is not put against an invoice. Throws ServiceFaultError.
 */
export async function accountParts(
	books: Books,
	{
		account,
		day,
		by,
		sign,
	}: {
		readonly account: Account;
		readonly day: CalendarDate;
		readonly by: MatchBy;
		readonly sign: 1 | -1;
	},
): Promise<readonly AccountPart[]> {
	const to = { to: day };
	const sides: readonly Side[] = ['sales', 'purchases'];
	const [transactions, ...documents] = await Promise.all([
		bankTransactionsOfDays(books, to),
		...sides.map(async (side) => {
			const [invoices, notes, deposits] = await Promise.all([
				invoicesOfDays(books, { side, ...to }),
				creditsOfDays(books, { kind: 'creditNote', side, ...to }),
				creditsOfDays(books, { kind: 'prepayment', side, ...to }),
			]);
			return { side, invoices, notes, deposits };
		}),
	]);
	// Assets and costs are debits, everything else is shown as the credit that it is.
	const shown = account.accountClass === 'ASSET' ? sign : -sign;
	const of = (document: Named, debit: 1 | -1, open?: Share): AccountPart[] =>
		partsOf(document, { account, by, sign: shown === debit ? 1 : -1, ...(open && { open }) });
	return [
		...transactions.flatMap((one) => of(one, one.kind === 'spent' ? 1 : -1)),
		...documents.flatMap(({ side, invoices, notes, deposits }) => {
			const debit = side === 'sales' ? -1 : 1;
			return [
				...invoices.flatMap((one) => of(one, debit)),
				...notes.flatMap((one) => of(one, debit === 1 ? -1 : 1)),
				...deposits.flatMap((one) => of(one, debit, openOn(one, day))),
			];
		}),
	];
}

interface Share {
	readonly open: Decimal;
	readonly whole: Decimal;
}

function openOn(
	{ total, remaining, allocations, payments }: BookedCredit,
	day: CalendarDate,
): Share {
	const after = [...allocations, ...payments].filter(({ date }) => date > day);
	return { whole: total, open: remaining.plus(sum(after.map(({ amount }) => amount))) };
}

function partsOf(
	document: Named,
	{
		account,
		by,
		sign,
		open,
	}: {
		readonly account: Account;
		readonly by: MatchBy;
		readonly sign: 1 | -1;
		readonly open?: Share;
	},
): AccountPart[] {
	const inBase = (net: Decimal): Decimal => {
		const whole = roundHalfUp(net.div(document.rate), AMOUNT_PLACES);
		if (!open || open.whole.eq(0)) return whole;
		return roundHalfUp(whole.times(open.open).div(open.whole), AMOUNT_PLACES);
	};
	return document.lines
		.filter((line) => isOnAccount(line, account))
		.map((line) => ({
			names: namesOf(document, line, by),
			amount: inBase(line.net).times(sign),
		}))
		.filter(({ amount }) => !amount.eq(0));
}

function namesOf(document: Named, line: BookedLine, by: MatchBy): string[] {
	const { contact, contactId, number, reference } = document;
	const names = {
		contact: [contact, contactId],
		number: [number, reference],
		tracking: line.tracking.map(({ option }) => option),
	};
	return names[by].flatMap((name) => (name ? [name] : []));
}
