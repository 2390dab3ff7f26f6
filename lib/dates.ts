import { DateTime } from './vendor/luxon';

/** A day on the calendar, `YYYY-MM-DD`, which belongs to no time zone. */
export type CalendarDate = string & { readonly __calendarDate: unique symbol };

/** ISO 8601 with its parts of a second, its offset and its zone's name is shorter. */
const LONGEST_DATE = 100;

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The calendar date in `YYYY-MM-DD`, or undefined if there is no such day. */
export function calendarDate(text: string): CalendarDate | undefined {
	return dayOf(text) === undefined ? undefined : (text as CalendarDate);
}

/** Records of a run name the same few days over and over, and reading one takes luxon a while. */
const MOST_DAYS = 4_000;
const days = new Map<string, DateTime | undefined>();

function dayOf(text: string): DateTime | undefined {
	if (!ISO_DATE.test(text)) return undefined;
	if (days.has(text)) return days.get(text);
	if (days.size >= MOST_DAYS) days.clear();
	const read = DateTime.fromISO(text, { zone: 'utc' });
	const day = read.isValid ? read : undefined;
	days.set(text, day);
	return day;
}

/** The calendar date of year, month 1-12 and day, or undefined if there is no such day. */
export function calendarDateOf(year: number, month: number, day: number): CalendarDate | undefined {
	const date = DateTime.fromObject({ year, month, day }, { zone: 'utc' });
	return date.isValid ? (date.toFormat('yyyy-MM-dd') as CalendarDate) : undefined;
}

/** The day that a clock on the wall of the zone shows at an instant (epoch milliseconds). */
export function dayInZone(epochMs: number, zone: string): CalendarDate {
	const local = DateTime.fromMillis(epochMs, { zone });
	const known = local.isValid ? local : DateTime.fromMillis(epochMs, { zone: 'utc' });
	return known.toFormat('yyyy-MM-dd') as CalendarDate;
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
	const moved = DateTime.fromISO(date, { zone: 'utc' }).plus({ days });
	return moved.toFormat('yyyy-MM-dd') as CalendarDate;
}

/** The same day of an earlier year; of a leap day the one before it. */
export function yearsBefore(date: CalendarDate, years: number): CalendarDate {
	const moved = DateTime.fromISO(date, { zone: 'utc' }).minus({ years });
	return moved.toFormat('yyyy-MM-dd') as CalendarDate;
}

/** The same day of another month, or its last where it has no such day. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
	const moved = DateTime.fromISO(date, { zone: 'utc' }).plus({ months });
	return moved.toFormat('yyyy-MM-dd') as CalendarDate;
}

export function endOfMonth(date: CalendarDate): CalendarDate {
	const last = DateTime.fromISO(date, { zone: 'utc' }).endOf('month');
	return last.toFormat('yyyy-MM-dd') as CalendarDate;
}

/** The last of the days that are known. */
export function latestOf(
	day: CalendarDate,
	...others: ReadonlyArray<CalendarDate | undefined>
): CalendarDate {
	return others.reduce<CalendarDate>(
		(latest, each) => (each !== undefined && each > latest ? each : latest),
		day,
	);
}

/** Whole days from one calendar date to another; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
	const [start, end] = [dayOf(from), dayOf(to)];
	// Both in UTC, where every day has 86,400 seconds.
	return start && end ? Math.round((end.toMillis() - start.toMillis()) / 86_400_000) : 0;
}

/** An instant as ISO 8601 UTC to the second, such as `2026-11-22T10:00:00Z`. */
export function instantText(epochMs: number): string {
	return DateTime.fromMillis(epochMs, { zone: 'utc' }).toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
}

/** An instant as a person reads it: "28 November 2026, 18:04 (Europe/London)". */
export function momentText(epochMs: number, zone: string): string {
	const moment = DateTime.fromMillis(epochMs, { zone, locale: 'en-GB' });
	return `${moment.toFormat('d MMMM yyyy, HH:mm')} (${zone})`;
}

/**
 * Reads a calendar date from what a workflow may carry: `YYYY-MM-DD`, an ISO date-time (its own
 * written day; an offset is not applied, since a document's date is what the person wrote), or a
 * luxon/JS date. With `zone`, an ISO date-time that names an offset is taken to that zone first,
 * which is how n8n's own date values ("2026-11-22T23:00:00.000Z" for a local midnight) are meant.
 */
export function readCalendarDate(value: unknown, zone?: string): CalendarDate | undefined {
	if (value instanceof Date) return dayInZone(value.getTime(), zone ?? 'utc');
	if (DateTime.isDateTime(value)) return value.toFormat('yyyy-MM-dd') as CalendarDate;
	if (typeof value !== 'string' || value.length > LONGEST_DATE) return undefined;
	const text = value.trim();
	const plain = calendarDate(text);
	if (plain) return plain;
	const moment = DateTime.fromISO(text, { setZone: true });
	if (!moment.isValid || text.length < 11) return undefined;
	const hasOffset = /(z|[+-]\d{2}:?\d{2})$/i.test(text);
	const shown = hasOffset && zone ? moment.setZone(zone) : moment;
	return shown.toFormat('yyyy-MM-dd') as CalendarDate;
}

/**
 * Reads an instant, in epoch milliseconds, from what a workflow may carry: a luxon or JS date, or an ISO
 * date or date-time, which is meant in `zone` where it names no offset.
 */
export function readInstant(value: unknown, zone = 'utc'): number | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
	if (DateTime.isDateTime(value)) return value.isValid ? value.toMillis() : undefined;
	if (typeof value !== 'string' || value.length > LONGEST_DATE) return undefined;
	const moment = DateTime.fromISO(value.trim(), { zone });
	return moment.isValid && value.trim().length >= 10 ? moment.toMillis() : undefined;
}

/** A calendar date in luxon's tokens, such as `yyyy` or `ddMMyy`; words come in English. */
export function dateText(date: CalendarDate, tokens: string): string {
	return DateTime.fromISO(date, { zone: 'utc', locale: 'en-GB' }).toFormat(tokens);
}
