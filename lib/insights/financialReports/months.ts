import { addDays, calendarDate, dateText, type CalendarDate } from '../../dates';

/** A month, or as much of it as there is up to the day. */
export interface Month {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	/** "November 2026". */
	readonly name: string;
}

/** The months up to a day, the oldest first; the last one ends with the day. */
export function monthsUpTo(day: CalendarDate, count: number): [Month, ...Month[]] {
	const last = monthTo(day);
	const months: [Month, ...Month[]] = [last];
	while (months.length < count) months.unshift(monthTo(addDays(months[0].from, -1)));
	return months;
}

function monthTo(to: CalendarDate): Month {
	const from = calendarDate(`${to.slice(0, 8)}01`) ?? to;
	return { from, to, name: dateText(to, 'LLLL yyyy') };
}
