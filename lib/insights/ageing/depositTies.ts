import type { CalendarDate } from '../../dates';
import { AMOUNT_PLACES, decimal, roundHalfUp, type Decimal } from '../../money';
import { asShown, balanceOf } from '../../xero/reports/balanceSheet';
import type { Account } from '../../xero/settings';
import type { Tie } from '../insight';
import { accounts } from '../reading/accounts';
import { balanceSheet } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';
import type { BookedCredit } from '../reading/credits';
import { isOnAccount, type BookedLine } from '../reading/lines';
import { compared, notChecked } from '../tie';
import type { AgeingInput } from './input';
import type { StandOnDay } from './onDay';

/** What is on one account of the deposits that are open. */
interface OnAccount {
	readonly account: Account;
	/** Without tax, in the base currency; below zero for what was taken back before its day. */
	readonly held: Decimal;
}

/**
 * Deposits against the accounts that their lines were coded to: those are theirs until they are put
 * against an invoice. Throws ServiceFaultError.
 */
export async function tieDeposits(
	books: Books,
	{ side, day }: AgeingInput,
	stand: StandOnDay,
): Promise<Tie[]> {
	if (stand.deposits.length === 0) return [];
	const [chart, sheet] = await Promise.all([
		accounts(books, {}),
		ifPermitted(balanceSheet(books, { day })),
	]);
	const currency = books.organisation.baseCurrency;
	return onAccounts(stand, day, chart).map(({ account, held }): Tie => {
		const against = `${account.name} in Xero's balance sheet`;
		// Customers' deposits are credits of the account, those paid to suppliers are debits.
		const ours = asShown(account, side === 'sales' ? held.neg() : held);
		const named = { against, currency, ours };
		if (account.accountClass === 'REVENUE' || account.accountClass === 'EXPENSE') {
			return notChecked(
				named,
				`Deposits are coded to ${account.name}, an account of profit and loss: they count there already, and it has no balance to compare.`,
			);
		}
		if (!sheet.isPermitted) return notChecked(named, sheet.fault.fix);
		return compared({
			...named,
			figure: balanceOf(sheet.value, account),
			why: `What else is on ${account.name}, such as lines of invoices and journals, is no open deposit.`,
		});
	});
}

function onAccounts(
	{ deposits, credits }: StandOnDay,
	day: CalendarDate,
	chart: readonly Account[],
): OnAccount[] {
	// They take from what is owed, and so stand there below zero.
	const openOf = new Map(deposits.map(({ id, open }) => [id, open.neg()]));
	const held = new Map<Account, Decimal>();
	for (const credit of credits) {
		const open = openOf.get(credit.id);
		if (!open) continue;
		for (const line of credit.lines) {
			const account = chart.find((one) => isOnAccount(line, one));
			if (!account) continue;
			const before = held.get(account) ?? decimal(0);
			held.set(account, before.plus(openOfLine(line, credit, { open, day })));
		}
	}
	return [...held]
		.map(([account, amount]) => ({ account, held: amount }))
		.sort((a, b) => (a.account.name < b.account.name ? -1 : 1));
}

/** The line's part of what is open, at the deposit's own rate; the ledger rounds it once. */
function openOfLine(
	{ net }: BookedLine,
	{ total, rate, date }: BookedCredit,
	{ open, day }: { readonly open: Decimal; readonly day: CalendarDate },
): Decimal {
	const booked = roundHalfUp(net.div(rate), AMOUNT_PLACES);
	const part = (left: Decimal) => roundHalfUp(booked.times(left).div(total), AMOUNT_PLACES);
	return date <= day ? part(open) : part(open.plus(total)).minus(booked);
}
