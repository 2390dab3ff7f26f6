import { addDays, calendarDateOf, daysBetween, type CalendarDate } from '../dates';

export interface PayPeriod {
	readonly start: CalendarDate;
	/** Its last day. */
	readonly end: CalendarDate;
}

export interface PayCalendar {
	readonly id: string;
	readonly name: string;
	/** WEEKLY, FORTNIGHTLY, FOURWEEKLY, MONTHLY … */
	readonly type: string;
	/** First day of the period that is open. */
	readonly start: CalendarDate;
	/** Last day of that period; Australia does not tell it. */
	readonly end?: CalendarDate;
}

const DAYS: Readonly<Record<string, number>> = { WEEKLY: 7, FORTNIGHTLY: 14, FOURWEEKLY: 28 };

const MONTHS: Readonly<Record<string, number>> = { MONTHLY: 1, QUARTERLY: 3, ANNUAL: 12 };

/** As many days as no period of the calendars is longer. */
export function longestPeriod(calendars: readonly PayCalendar[]): number {
	return Math.max(0, ...calendars.map(({ type }) => DAYS[type] ?? 31 * (MONTHS[type] ?? 1)));
}

/** The period that a day lies in; undefined where the calendar does not tell of that one. */
export function periodOf(calendar: PayCalendar, day: CalendarDate): PayPeriod | undefined {
	const { start, end, type } = calendar;
	const days = DAYS[type];
	if (days !== undefined) {
		const first = addDays(start, Math.floor(daysBetween(start, day) / days) * days);
		return { start: first, end: addDays(first, days - 1) };
	}
	if (end && start <= day && day <= end) return { start, end };
	const months = MONTHS[type];
	if (months !== undefined) return periodOfMonths(start, day, months);
	return type === 'TWICEMONTHLY' ? halfMonth(start, day) : undefined;
}

/** Months counted from the year 0, and the day in the month. */
function monthOf(day: CalendarDate): { readonly count: number; readonly date: number } {
	const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
	return { count: year * 12 + month - 1, date };
}

function dayOfMonth(count: number, date: number): CalendarDate | undefined {
	return calendarDateOf(Math.floor(count / 12), (count % 12) + 1, date);
}

/** Undefined where a month has no such day as the one that the periods begin on. */
function periodOfMonths(
	start: CalendarDate,
	day: CalendarDate,
	months: number,
): PayPeriod | undefined {
	const from = monthOf(start);
	const at = monthOf(day);
	const begun = at.date >= from.date ? at.count : at.count - 1;
	const first = from.count + Math.floor((begun - from.count) / months) * months;
	const [own, next] = [dayOfMonth(first, from.date), dayOfMonth(first + months, from.date)];
	return own && next ? { start: own, end: addDays(next, -1) } : undefined;
}

/** The 1st to the 15th, and the 16th to the end of the month; where they are others, it is not known. */
function halfMonth(start: CalendarDate, day: CalendarDate): PayPeriod | undefined {
	if (![1, 16].includes(monthOf(start).date)) return undefined;
	const { count, date } = monthOf(day);
	const [first, middle, next] = [
		dayOfMonth(count, 1),
		dayOfMonth(count, 16),
		dayOfMonth(count + 1, 1),
	];
	if (!first || !middle || !next) return undefined;
	return date < 16
		? { start: first, end: addDays(middle, -1) }
		: { start: middle, end: addDays(next, -1) };
}
