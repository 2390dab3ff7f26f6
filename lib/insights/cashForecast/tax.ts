import { addDays, addMonths, dateText, endOfMonth, latestOf, type CalendarDate } from '../../dates';
import { decimal, sum, type Decimal } from '../../money';
import { balanceOf, dayOfSheet } from '../../xero/reports/balanceSheet';
import type { Account } from '../../xero/settings';
import { accounts } from '../reading/accounts';
import { balanceSheet } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';
import { onOneDay, type CashLine } from './line';
import { DAYS_BACK } from './regularPayments';
import { lessAhead, taxAhead, taxMoves, type TaxMove } from './taxAhead';
import { taxPaidOn } from './taxDays';
import { taxPeriodsAt } from './taxPeriods';
import { lastDayOf } from './weeks';

interface TaxForecast {
	readonly lines: readonly CashLine[];
	/** What the forecast leaves out, or takes for granted. */
	readonly notIn: readonly string[];
}

interface TaxAsked {
	/** Days after the period's end on which tax is paid; by the country where it is not told. */
	readonly daysAfter: number | undefined;
	readonly planned: readonly CashLine[];
}

/**
 * Sales tax from the balance of its account: what is still owed of each period that is over, on the day
 * on which that is paid, or now where that has passed, and the rest with the period that runs. All
 * together are the balance, less what other lines of the forecast pay. Throws ServiceFaultError.
 */
export async function taxForecast(
	books: Books,
	day: CalendarDate,
	{ daysAfter, planned }: TaxAsked,
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
	const known = (end: CalendarDate) =>
		daysAfter === undefined ? taxPaidOn({ end, months }, organisation) : addDays(end, daysAfter);
	const paidOn = (end: CalendarDate) => known(end) ?? endOfMonth(addDays(end, 1));
	const ends = endsFrom(periods.ended, months, (end) => paidOn(end) < day);
	const moved = await movesOf(books, { account, day, ends });
	// Without what a sheet of a later day has of days to come.
	const shown = dayOfSheet(now.value) ?? day;
	const early = moved.moves.filter(
		({ by, date }) => by !== 'template' && date > day && date <= shown,
	);
	const balance = balanceOf(now.value, account).plus(sum(early.map(({ amount }) => amount)));
	const ahead = taxAhead(moved.moves, {
		account,
		day,
		planned,
		currency: organisation.baseCurrency,
	});
	const isPaidAhead = ahead.amounts.some((amount) => !amount.eq(0));
	const owed = await owedOf(books, { account, day, balance, ends, ...moved });
	const basis = organisation.salesTaxBasis ?? '';
	// Of such a return the account holds more than it asks for: what is left once it is paid is no arrears.
	const isPartReturned = /cash|payment|flat/i.test(basis);
	const due = owed.map(({ end, amount, payment }) => {
		const isDone = payment === 'unknown' || ((payment === 'some' || isPaidAhead) && isPartReturned);
		return { end, amount: paidOn(end) < day && isDone ? decimal(0) : amount };
	});
	const whole = due[due.length - 1]?.amount ?? decimal(0);
	const left = lessAhead(
		[
			...due.map(({ end, amount }, index) => ({
				end,
				amount: amount.minus(due[index - 1]?.amount ?? 0),
			})),
			{ end: periods.running, amount: balance.minus(whole) },
		],
		ahead.amounts,
	);
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
		lines: left.flatMap(({ end, amount }) => line(end, amount)),
		notIn: [
			...ahead.notIn,
			...leftOut(books, day, { account, isDayKnown: known(periods.running) !== undefined, basis }),
		],
	};
}

function leftOut(
	{ organisation: { countryCode } }: Books,
	day: CalendarDate,
	{
		account: { name },
		isDayKnown,
		basis,
	}: { readonly account: Account; readonly isDayKnown: boolean; readonly basis: string },
): string[] {
	const of = countryCode ? ` for ${countryCode}` : '';
	return [
		`Of ${name}, what is entered until ${dateText(day, 'd MMMM yyyy')} is in; the tax of later sales and costs is not.`,
		...(isDayKnown
			? []
			: [
					`When ${name} is paid is not known${of}: it stands at the end of the month after its period. Set Tax Paid After (Days).`,
				]),
		...(/cash|payment/i.test(basis)
			? [
					`${name} is returned when it is paid, and its account holds that of unpaid invoices too: less may be due.`,
				]
			: []),
	];
}

interface Ended {
	readonly account: Account;
	readonly day: CalendarDate;
	/** The last days of periods that are over, the oldest first. */
	readonly ends: readonly CalendarDate[];
}

/** What moved tax since the first of the periods, and will within the forecast. Throws ServiceFaultError. */
async function movesOf(books: Books, { account, day, ends }: Ended): ReturnType<typeof taxMoves> {
	const bills = addDays(ends[0] ?? day, 1);
	// The question that regular payments ask as well, unless the period is longer.
	const usual = addDays(day, -DAYS_BACK);
	const bank = bills < usual ? bills : usual;
	return await taxMoves(books, account, { bills, bank, day, last: lastDayOf(day) });
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
 * What was owed at the end of each period, less what was paid since by the bank or a bill, and no more than
 * stands on the account; below zero for a refund. What is paid counts for the oldest first. Throws
 * ServiceFaultError.
 */
async function owedOf(
	books: Books,
	{
		account,
		day,
		ends,
		balance,
		moves,
		isBankKnown,
	}: Ended & {
		/** Of the account at the end of the day. */
		readonly balance: Decimal;
		readonly moves: readonly TaxMove[];
		readonly isBankKnown: boolean;
	},
): Promise<readonly Owed[]> {
	const sheets = await Promise.all(ends.map((end) => balanceSheet(books, { day: end })));
	const most = balance.gt(0) ? balance : decimal(0);
	return ends.map((end, index): Owed => {
		const since = moves.filter(({ by, date }) => by !== 'template' && date > end && date <= day);
		const settled = sum(since.map(({ amount }) => amount));
		const atEnd = balanceOf(sheets[index] ?? [], account);
		const rest = atEnd.minus(settled);
		const isOver = atEnd.gt(0) ? rest.lt(0) : rest.gt(0);
		const left = isOver ? decimal(0) : rest;
		const payment = !isBankKnown ? 'unknown' : settled.eq(0) ? 'none' : 'some';
		return { end, amount: left.gt(most) ? most : left, payment };
	});
}

function nothing(why: string): TaxForecast {
	return { lines: [], notIn: [why] };
}
