import { addDays, addMonths, endOfMonth, calendarDate, type CalendarDate } from '../../dates';
import type { Habits } from '../daysToPay/habits';
import type { RepeatingInvoice } from '../reading/repeatingInvoices';
import { onOneDay, type CashLine } from './line';
import { expectedDays, habitFor } from './receipts';

/** What templates will make from their next day on, up to a last day. */
export function repeatingLines(
	templates: readonly RepeatingInvoice[],
	habits: Habits,
	{ day, last }: { readonly day: CalendarDate; readonly last: CalendarDate },
): CashLine[] {
	return templates.flatMap((template) =>
		daysOf(template, last)
			.filter((made) => made >= day)
			.map((made) => lineOf(template, habits, day, made)),
	);
}

function lineOf(
	template: RepeatingInvoice,
	habits: Habits,
	day: CalendarDate,
	made: CalendarDate,
): CashLine {
	const { id, side, contact, contactId, reference, total } = template;
	const dueDate = dueDayOf(template, made);
	const shared = { id: `${id} ${made}`, who: contact, what: reference ?? '', dueDate };
	if (side === 'purchases') {
		return {
			...shared,
			source: 'repeating bill',
			by: 'due day',
			amount: total.neg(),
			isEstimated: false,
			days: onOneDay(dueDate < day ? day : dueDate),
		};
	}
	return {
		...shared,
		source: 'repeating invoice',
		amount: total,
		isEstimated: false,
		...expectedDays({ dueDate, madeOn: made }, habitFor(habits, contactId), day),
	};
}

/** The days on which invoices are made, up to the last. Months are counted from the first of them. */
function daysOf(
	{ nextOn, lastOn, every, unit }: RepeatingInvoice,
	last: CalendarDate,
): CalendarDate[] {
	const days: CalendarDate[] = [];
	if (!nextOn) return days;
	const end = lastOn && lastOn < last ? lastOn : last;
	for (let step = 0; ; step += every) {
		const made = unit === 'WEEKLY' ? addDays(nextOn, 7 * step) : addMonths(nextOn, step);
		if (made > end) return days;
		days.push(made);
	}
}

/** By the template's payment terms (developer.xero.com, "Repeating Invoices", due date types). */
function dueDayOf({ dueDay, dueType }: RepeatingInvoice, made: CalendarDate): CalendarDate {
	if (dueDay === undefined || dueType === undefined) return made;
	switch (dueType) {
		case 'DAYSAFTERBILLDATE':
		case 'DAYSAFTERINVOICEDATE':
			return addDays(made, dueDay);
		case 'DAYSAFTERBILLMONTH':
		case 'DAYSAFTERINVOICEMONTH':
			return addDays(endOfMonth(made), dueDay);
		case 'OFCURRENTMONTH':
			return dayOfMonth(made, dueDay);
		case 'OFFOLLOWINGMONTH':
			return dayOfMonth(addMonths(made, 1), dueDay);
	}
}

/** Of the same month, its last day where it is shorter. */
function dayOfMonth(date: CalendarDate, day: number): CalendarDate {
	const wanted = calendarDate(`${date.slice(0, 8)}${String(day).padStart(2, '0')}`);
	return wanted ?? endOfMonth(date);
}
