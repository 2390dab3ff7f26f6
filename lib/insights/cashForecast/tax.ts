import { addDays, dateText, endOfMonth, type CalendarDate } from '../../dates';
import { decimal, type Decimal } from '../../money';
import { balanceOf } from '../../xero/reports/balanceSheet';
import { accounts } from '../reading/accounts';
import { balanceSheet } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';
import { onOneDay, type CashLine } from './line';
import { taxPaidOn } from './taxDays';
import { taxPeriodsAt } from './taxPeriods';

interface TaxForecast {
	readonly lines: readonly CashLine[];
	/** What the forecast leaves out, or takes for granted. */
	readonly notIn: readonly string[];
}

/**
 * Sales tax from the balance of its account: what was owed at the end of the period that is over, on
 * the day on which that is paid, and the rest with the period that runs. What was paid of the first
 * is off the second then, so that both are the balance. Throws ServiceFaultError.
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
	const balance = balanceOf(now.value, account);
	const isOwed = paidOn(periods.ended) >= day;
	const atEnd = isOwed
		? balanceOf(await balanceSheet(books, { day: periods.ended }), account)
		: decimal(0);
	// What was paid of it since is off the balance: no more than that is still to be paid.
	const left = balance.gt(0) ? balance : decimal(0);
	const owed = atEnd.gt(left) && atEnd.gt(0) ? left : atEnd;
	const line = (end: CalendarDate, amount: Decimal): CashLine[] =>
		amount.eq(0)
			? []
			: [
					{
						id: `sales tax ${end}`,
						source: 'sales tax',
						who: account.name,
						what: `Period to ${dateText(end, 'd MMMM yyyy')}`,
						by: 'tax period',
						amount: amount.neg(),
						isEstimated: true,
						days: onOneDay(paidOn(end)),
					},
				];
	return {
		lines: [...line(periods.ended, owed), ...line(periods.running, balance.minus(owed))],
		notIn: [
			`Of ${account.name}, what is entered until ${dateText(day, 'd MMMM yyyy')} is in; the tax of later sales and costs is not.`,
			...(known(periods.running)
				? []
				: [
						`When ${account.name} is paid is not known${countryCode ? ` for ${countryCode}` : ''}: it stands at the end of the month after its period. Set Tax Paid After (Days).`,
					]),
			...(/cash|payment/i.test(organisation.salesTaxBasis ?? '')
				? [
						`${account.name} is returned when it is paid, and its account holds that of unpaid invoices too: less may be due.`,
					]
				: []),
		],
	};
}

function nothing(why: string): TaxForecast {
	return { lines: [], notIn: [why] };
}
