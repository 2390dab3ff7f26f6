import { addDays, addMonths } from '../xeroDates';
import type { CalendarType, PayCalendarRow } from './model';

const DAYS: Readonly<Record<Exclude<CalendarType, 'Monthly'>, number>> = {
	Weekly: 7,
	Fortnightly: 14,
	FourWeekly: 28,
};

/** The last day of the period that begins on a day. */
export function periodEnd({ calendarType }: PayCalendarRow, start: string): string {
	return calendarType === 'Monthly'
		? addDays(addMonths(start, 1), -1)
		: addDays(start, DAYS[calendarType] - 1);
}

/** Whether a period of the calendar begins on a day, before the open one or after it. */
export function startsPeriod(calendar: PayCalendarRow, day: string): boolean {
	const { calendarType, periodStartDate } = calendar;
	if (calendarType === 'Monthly') return day.slice(8) === periodStartDate.slice(8);
	const apart = (Date.parse(day) - Date.parse(periodStartDate)) / 86_400_000;
	return apart % DAYS[calendarType] === 0;
}
