/**
 * Xero's two ways of writing time. Documents carry calendar dates (no zone), written as the
 * milliseconds of that day's UTC midnight; instants are written as their own milliseconds.
 */

const DAY_MS = 86_400_000;
const ISO_DATE =
	/^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const MS_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/** `/Date(1767139200000+0000)/` */
export function msDate(epochMs: number): string {
	return `/Date(${epochMs}+0000)/`;
}

/** A calendar date as `/Date(...)/`. */
export function msDateOf(date: string): string {
	return msDate(epochMsOf(date));
}

/** A calendar date as `2026-11-22T00:00:00`. */
export function dateString(date: string): string {
	return `${date}T00:00:00`;
}

/** An instant as `2026-11-22T11:52:25Z`, to the second. */
export function instantString(epochMs: number): string {
	return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

/** Milliseconds of the UTC midnight that starts a calendar date. */
function epochMsOf(date: string): number {
	const [year, month, day] = date.split('-').map(Number);
	return Date.UTC(year ?? 1970, (month ?? 1) - 1, day ?? 1);
}

/** The calendar date of a moment, by UTC. */
export function dateOfEpochMs(epochMs: number): string {
	return new Date(epochMs).toISOString().slice(0, 10);
}

/** Reads `2026-11-22`, `2026-11-22T00:00:00` or `/Date(ms)/`; undefined when it is none of them. */
export function readCalendarDate(text: string): string | undefined {
	const ms = MS_DATE.exec(text);
	if (ms?.[1] !== undefined) return dateOfEpochMs(Number(ms[1]));
	const iso = ISO_DATE.exec(text);
	if (!iso) return undefined;
	const date = `${iso[1]}-${iso[2]}-${iso[3]}`;
	const epochMs = epochMsOf(date);
	return dateOfEpochMs(epochMs) === date ? date : undefined;
}

export function addDays(date: string, days: number): string {
	return dateOfEpochMs(epochMsOf(date) + days * DAY_MS);
}

/** Last day of the month that `date` lies in. */
export function endOfMonth(date: string): string {
	const [year, month] = date.split('-').map(Number);
	return dateOfEpochMs(Date.UTC(year ?? 1970, month ?? 1, 0));
}

/** Adds whole months, holding to the month's last day when the day does not exist. */
export function addMonths(date: string, months: number): string {
	const [year, month, day] = date.split('-').map(Number);
	const first = dateOfEpochMs(Date.UTC(year ?? 1970, (month ?? 1) - 1 + months, 1));
	return dayOfMonth(first, day ?? 1);
}

/** The first day of the financial year that a day lies in. */
export function financialYearStart(
	year: { readonly financialYearEndDay: number; readonly financialYearEndMonth: number },
	date: string,
): string {
	const ends = `${date.slice(0, 4)}-${twoDigits(year.financialYearEndMonth)}-01`;
	const lastOfThisYear = dayOfMonth(ends, year.financialYearEndDay);
	const last =
		date > lastOfThisYear
			? lastOfThisYear
			: dayOfMonth(addMonths(ends, -12), year.financialYearEndDay);
	return addDays(last, 1);
}

export function dayOfMonth(first: string, day: number): string {
	const last = endOfMonth(first);
	const wanted = `${first.slice(0, 8)}${twoDigits(day)}`;
	return wanted > last ? last : wanted;
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar date it is at `epochMs` in an IANA time zone. */
export function dateInZone(epochMs: number, zone: string): string {
	let formatter = formatters.get(zone);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat('en-CA', {
			timeZone: zone,
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
		});
		formatters.set(zone, formatter);
	}
	return formatter.format(epochMs);
}

const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

/** `30-Nov-2018`, as Xero's lock date messages write it. */
export function shortDate(date: string): string {
	const [year, month, day] = date.split('-');
	return `${day}-${MONTHS[Number(month) - 1]?.slice(0, 3)}-${year}`;
}

/** `31 October 2026`, as report titles write it. */
export function longDate(date: string): string {
	const [year, month, day] = date.split('-');
	return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** `31 Oct 26`, as report column headings write it. */
export function columnDate(date: string): string {
	const [year, month, day] = date.split('-');
	return `${Number(day)} ${MONTHS[Number(month) - 1]?.slice(0, 3)} ${year?.slice(2)}`;
}
