import { addMonths, calendarDateOf, endOfMonth, type CalendarDate } from '../../dates';
import type { Organisation } from '../../xero/settings';
import { TAX_DAYS } from './taxDays';

/** Months in a period, by the first words of what Xero calls it (OpenAPI, SalesTaxPeriod). */
const MONTHS: Readonly<Record<string, number>> = {
	MONTHLY: 1,
	ONEMONTHS: 1,
	'1MONTHLY': 1,
	TWOMONTHS: 2,
	'2MONTHLY': 2,
	QUARTERLY: 3,
	QUARTERLY1: 3,
	QUARTERLY2: 3,
	QUARTERLY3: 3,
	'3MONTHLY': 3,
	SIXMONTHS: 6,
	'6MONTHLY': 6,
	ANNUALLY: 12,
	YEARLY: 12,
};

/**
 * A month in which a period ends: the number of a quarter is that of its first. In Australia it says
 * how tax is reported instead (option 1 to 3), and quarters are those of the calendar.
 */
const ENDS_IN: Readonly<Record<string, number>> = { QUARTERLY1: 1, QUARTERLY2: 2, QUARTERLY3: 3 };

/** The last days of the period that is over and of the one that runs. */
interface TaxPeriods {
	readonly ended: CalendarDate;
	readonly running: CalendarDate;
	readonly months: number;
}

/**
 * Undefined where Xero does not tell how long periods are, or in which month they end. Those of
 * several months that do not say so go by the financial year.
 */
export function taxPeriodsAt(
	organisation: Pick<Organisation, 'salesTaxPeriod' | 'financialYearEnd' | 'countryCode'>,
	day: CalendarDate,
): TaxPeriods | undefined {
	const { salesTaxPeriod = '', financialYearEnd, countryCode = '' } = organisation;
	const months = MONTHS[salesTaxPeriod];
	if (months === undefined) return undefined;
	const ofCountry = TAX_DAYS[countryCode]?.endsIn?.[months];
	const anchor =
		ofCountry ?? ENDS_IN[salesTaxPeriod] ?? (months === 1 ? 12 : financialYearEnd?.month);
	if (anchor === undefined) return undefined;
	// Far enough back for any day, and counted from a first of a month, which every month has.
	const start = calendarDateOf(Number(day.slice(0, 4)) - 2, anchor, 1);
	if (start === undefined) return undefined;
	let ended = endOfMonth(start);
	for (let step = months; ; step += months) {
		const running = endOfMonth(addMonths(start, step));
		if (running > day) return { ended, running, months };
		ended = running;
	}
}
