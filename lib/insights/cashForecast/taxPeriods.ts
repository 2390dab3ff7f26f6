import { addDays, addMonths, calendarDateOf, endOfMonth, type CalendarDate } from '../../dates';
import type { Organisation } from '../../xero/settings';

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

/** A month in which a period ends: the number of a quarter is that of its first. */
const ENDS_IN: Readonly<Record<string, number>> = { QUARTERLY1: 1, QUARTERLY2: 2, QUARTERLY3: 3 };

/** The last days of the period that is over and of the one that runs. */
interface TaxPeriods {
	readonly ended: CalendarDate;
	readonly running: CalendarDate;
}

/**
 * Undefined where Xero does not tell how long periods are, or in which month they end. Those of
 * several months that do not say so go by the financial year.
 */
export function taxPeriodsAt(
	organisation: Pick<Organisation, 'salesTaxPeriod' | 'financialYearEnd'>,
	day: CalendarDate,
): TaxPeriods | undefined {
	const { salesTaxPeriod = '', financialYearEnd } = organisation;
	const months = MONTHS[salesTaxPeriod];
	if (months === undefined) return undefined;
	const anchor = ENDS_IN[salesTaxPeriod] ?? (months === 1 ? 12 : financialYearEnd?.month);
	if (anchor === undefined) return undefined;
	// Far enough back for any day, and counted from a first of a month, which every month has.
	const start = calendarDateOf(Number(day.slice(0, 4)) - 2, anchor, 1);
	if (start === undefined) return undefined;
	let ended = endOfMonth(start);
	for (let step = months; ; step += months) {
		const running = endOfMonth(addMonths(start, step));
		if (running > day) return { ended, running };
		ended = running;
	}
}

/** The month after the period in which tax is paid, its day; the last of the month elsewhere. */
const PAID_ON_28TH: ReadonlySet<string> = new Set(['AU', 'NZ']);

/**
 * When the tax of a period is paid: so many days after it where that is told. Else by country: one
 * month and seven days in the United Kingdom (gov.uk, "VAT returns: deadlines"), the 28th of the next month
 * in Australia and New Zealand (ato.gov.au, ird.govt.nz), the end of the next month elsewhere.
 */
export function taxPaidOn(
	end: CalendarDate,
	{ countryCode, daysAfter }: { readonly countryCode?: string; readonly daysAfter?: number },
): CalendarDate {
	if (daysAfter !== undefined) return addDays(end, daysAfter);
	const next = addDays(end, 1);
	if (countryCode === 'GB') return addDays(endOfMonth(next), 7);
	return PAID_ON_28TH.has(countryCode ?? '') ? addDays(next, 27) : endOfMonth(next);
}
