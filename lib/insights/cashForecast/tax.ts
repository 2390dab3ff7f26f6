import { addDays, addMonths, dateText, endOfMonth, latestOf, type CalendarDate } from '../../dates';
import { AMOUNT_PLACES, decimal, roundHalfUp, sum, type Decimal } from '../../money';
import { balanceOf, dayOfSheet } from '../../xero/reports/balanceSheet';
import type { Account } from '../../xero/settings';
import { accounts } from '../reading/accounts';
import { bankTransactionsOfDays } from '../reading/bankTransactions';
import { invoicesOfDays } from '../reading/invoices';
import { isOnAccount, type BookedLine } from '../reading/lines';
import { balanceSheet } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';
import { onOneDay, type CashLine } from './line';
import { DAYS_BACK } from './regularPayments';
import { taxPaidOn } from './taxDays';
import { taxPeriodsAt } from './taxPeriods';
import { lastDayOf } from './weeks';

interface TaxForecast {
	readonly lines: readonly CashLine[];
	/** What the forecast leaves out, or takes for granted. */
	readonly notIn: readonly string[];
}

/**
 * Sales tax from the balance of its account: what is still owed of each period that is over, on the day
 * on which that is paid, or now where that has passed, and the rest with the period that runs. All
 * together are the balance, less what bills dated ahead pay. Throws ServiceFaultError.
 * @param daysAfter after the period's end tax is paid; by the country where it is not told
 */
export async function taxForecast(
	books: Books,
	day: CalendarDate,
	daysAfter: number | undefined,
): Promise<TaxForecast> {
	const { organisation } = books;
	const chart = await accounts(books, {});
	const account = chart.find(({ systemAccount }) => systemAccount === 'GST');
	if (!account || organisation.salesTaxPeriod === 'NONE')
		return nothing('Xero has no sales tax here.');
	const periods = taxPeriodsAt(organisation, day);
	if (!periods) {
		return nothing(
			`${account.name} is not in, since Xero does not tell when its periods end (Sales Tax Period: ${organisation.salesTaxPeriod ?? 'none'}).`,
		);
	}
	const now = await ifPermitted(balanceSheet(books, { day }));
	if (!now.isPermitted) return nothing(`${account.name} is not in. ${now.fault.fix}`);
	const { months } = periods;
	const { countryCode } = organisation;
	const known = (end: CalendarDate) =>
		daysAfter === undefined ? taxPaidOn({ end, months }, countryCode) : addDays(end, daysAfter);
	const paidOn = (end: CalendarDate) => known(end) ?? endOfMonth(addDays(end, 1));
	const ends = endsFrom(periods.ended, months, (end) => paidOn(end) < day);
	const bills = await billsOf(books, account, { from: addDays(ends[0] ?? day, 1), day });
	// What a bill with a day to come will pay is a line of the forecast already.
	const shown = dayOfSheet(now.value) ?? day;
	const ahead = bills.filter(({ date }) => date > shown).map(({ amount }) => amount);
	const balance = balanceOf(now.value, account).minus(sum(ahead));
	const owed = await owedOf(books, { account, day, balance, ends, bills });
	const basis = organisation.salesTaxBasis ?? '';
	// Of such a return the account holds more than it asks for: what is left once it is paid is no arrears.
	const isPartReturned = /cash|payment|flat/i.test(basis);
	const due = owed.map(({ end, amount, payment }) => {
		const isDone = payment === 'unknown' || (payment === 'some' && isPartReturned);
		return { end, amount: paidOn(end) < day && isDone ? decimal(0) : amount };
	});
	const whole = due[due.length - 1]?.amount ?? decimal(0);
	const line = (end: CalendarDate, amount: Decimal): CashLine[] =>
		amount.eq(0)
			? []
			: [
					{
						id: `sales tax ${end}`,
						source: 'sales tax',
						who: account.name,
						what: `Period to ${dateText(end, 'd MMMM yyyy')}`,
						by: paidOn(end) < day ? 'overdue' : 'tax period',
						amount: amount.neg(),
						isEstimated: true,
						days: onOneDay(latestOf(day, paidOn(end))),
					},
				];
	return {
		lines: [
			...due.flatMap(({ end, amount }, index) =>
				line(end, amount.minus(due[index - 1]?.amount ?? decimal(0))),
			),
			...line(periods.running, balance.minus(whole)),
		],
		notIn: [
			`Of ${account.name}, what is entered until ${dateText(day, 'd MMMM yyyy')} is in; the tax of later sales and costs is not.`,
			...(known(periods.running)
				? []
				: [
						`When ${account.name} is paid is not known${countryCode ? ` for ${countryCode}` : ''}: it stands at the end of the month after its period. Set Tax Paid After (Days).`,
					]),
			...(/cash|payment/i.test(basis)
				? [
						`${account.name} is returned when it is paid, and its account holds that of unpaid invoices too: less may be due.`,
					]
				: []),
		],
	};
}

interface Ended {
	readonly account: Account;
	readonly day: CalendarDate;
	/** Of the account on the day, less what bills dated ahead pay of it. */
	readonly balance: Decimal;
	/** The last days of periods that are over, the oldest first. */
	readonly ends: readonly CalendarDate[];
	/** Since the first of them, those dated ahead too. */
	readonly bills: readonly Billed[];
}

/** What a bill pays of tax. */
interface Billed {
	readonly date: CalendarDate;
	readonly amount: Decimal;
}

/** Bills on the account from a day on, those to come within the forecast too. Throws ServiceFaultError. */
async function billsOf(
	books: Books,
	account: Account,
	{ from, day }: { readonly from: CalendarDate; readonly day: CalendarDate },
): Promise<readonly Billed[]> {
	const bills = await invoicesOfDays(books, { side: 'purchases', from, to: lastDayOf(day) });
	return bills.map((bill) => ({ date: bill.date, amount: onAccount(bill, account) }));
}

function onAccount(
	{ lines, rate }: { readonly lines: readonly BookedLine[]; readonly rate: Decimal },
	account: Account,
): Decimal {
	return sum(
		lines
			.filter((line) => isOnAccount(line, account))
			.map(({ net }) => roundHalfUp(net.div(rate), AMOUNT_PLACES)),
	);
}

/** Owed at the end of a period and of those before it, as far as it is not paid. */
interface Owed {
	readonly end: CalendarDate;
	readonly amount: Decimal;
	readonly payment: 'some' | 'none' | 'unknown';
}

/** So many periods can be over and not due yet, where a person types a year for months. */
const MOST_ENDS = 13;

/** The last period that is over, and those before it, up to the first whose tax should be paid. */
function endsFrom(
	ended: CalendarDate,
	months: number,
	isLate: (end: CalendarDate) => boolean,
): CalendarDate[] {
	const ends = [ended];
	for (let end = ended; !isLate(end) && ends.length < MOST_ENDS; ) {
		end = addDays(addMonths(addDays(end, 1), -months), -1);
		ends.unshift(end);
	}
	return ends;
}

/**
 * What was owed at the end of each period, less what was paid since by the bank or a bill, or will be by
 * a bill dated ahead, and no more than stands on the account; below zero for a refund. What is paid
 * counts for the oldest first. Throws ServiceFaultError.
 */
async function owedOf(
	books: Books,
	{ account, day, balance, ends, bills }: Ended,
): Promise<readonly Owed[]> {
	const since = addDays(ends[0] ?? day, 1);
	// The question that regular payments ask as well, unless the period is longer.
	const usual = addDays(day, -DAYS_BACK);
	const asked = { from: since < usual ? since : usual, to: lastDayOf(day) };
	const [sheets, banked] = await Promise.all([
		Promise.all(ends.map((end) => balanceSheet(books, { day: end }))),
		ifPermitted(bankTransactionsOfDays(books, asked)),
	]);
	const most = balance.gt(0) ? balance : decimal(0);
	return ends.map((end, index): Owed => {
		const settled = sum([
			...bills.filter(({ date }) => date > end).map(({ amount }) => amount),
			...(banked.isPermitted
				? banked.value
						.filter(({ date }) => date > end && date <= day)
						.map((one) => onAccount(one, account).times(one.kind === 'spent' ? 1 : -1))
				: []),
		]);
		const atEnd = balanceOf(sheets[index] ?? [], account);
		const rest = atEnd.minus(settled);
		const isOver = atEnd.gt(0) ? rest.lt(0) : rest.gt(0);
		const left = isOver ? decimal(0) : rest;
		const payment = !banked.isPermitted ? 'unknown' : settled.eq(0) ? 'none' : 'some';
		return { end, amount: left.gt(most) ? most : left, payment };
	});
}

function nothing(why: string): TaxForecast {
	return { lines: [], notIn: [why] };
}
