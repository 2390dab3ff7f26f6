import {
	addDays,
	addMonths,
	calendarDate,
	endOfMonth,
	latestOf,
	type CalendarDate,
} from '../../dates';
import type { Habits } from '../daysToPay/habits';
import type { RepeatingInvoice } from '../reading/repeatingInvoices';
import type { CashLine } from './line';
import { expectedDays, habitFor } from './receipts';

/**
 * When an invoice is made. After a month that lacks the day of its schedule it is not known whether Xero
 * goes back to that day or stays on the one before: the first is likely, and both count.
 */
interface Made {
	readonly on: CalendarDate;
	readonly earliest: CalendarDate;
	readonly latest: CalendarDate;
}

interface Repeating {
	readonly lines: readonly CashLine[];
	/** Whose days are not certain. */
	readonly uncertain: readonly string[];
}

interface Within {
	readonly day: CalendarDate;
	readonly last: CalendarDate;
}

/** What a template will make from its next day on, up to a last day. */
export function madeWithin(template: RepeatingInvoice, { day, last }: Within): readonly Made[] {
	return daysOf(template, last).filter(({ on }) => on >= day);
}

/** What templates will make from their next day on, up to a last day. */
export function repeatingLines(
	templates: readonly RepeatingInvoice[],
	habits: Habits,
	{ day, last }: Within,
): Repeating {
	const all = templates.map((template) => ({
		template,
		made: madeWithin(template, { day, last }),
	}));
	return {
		lines: all.flatMap(({ template, made }) =>
			made.map((one) => lineOf(template, habits, day, one)),
		),
		uncertain: all
			.filter(({ made }) => made.some(({ earliest, latest }) => earliest !== latest))
			.map(({ template }) => template.contact),
	};
}

function lineOf(
	template: RepeatingInvoice,
	habits: Habits,
	day: CalendarDate,
	{ on: made, earliest, latest }: Made,
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
			days: {
				best: latestOf(day, dueDayOf(template, latest)),
				likely: latestOf(day, dueDate),
				worst: latestOf(day, dueDayOf(template, earliest)),
			},
		};
	}
	const expected = (on: CalendarDate) =>
		expectedDays({ dueDate: dueDayOf(template, on), madeOn: on }, habitFor(habits, contactId), day);
	const { days, by } = expected(made);
	return {
		...shared,
		source: 'repeating invoice',
		amount: total,
		isEstimated: false,
		by,
		days: {
			best: expected(earliest).days.best,
			likely: days.likely,
			worst: expected(latest).days.worst,
		},
	};
}

/** The days on which invoices are made, up to the last. */
function daysOf(template: RepeatingInvoice, last: CalendarDate): Made[] {
	const { nextOn, lastOn, every, unit } = template;
	const made: Made[] = [];
	if (!nextOn) return made;
	const end = lastOn && lastOn < last ? lastOn : last;
	let stays: CalendarDate = nextOn;
	for (let step = 0; ; step += every) {
		const on =
			unit === 'WEEKLY'
				? addDays(nextOn, 7 * step)
				: dayOfMonth(addMonths(nextOn, step), scheduledDay(template, nextOn));
		if (unit === 'WEEKLY') stays = on;
		else if (step > 0) stays = addMonths(stays, every);
		if (on > end) return made;
		const isEarlier = stays < on;
		made.push({ on, earliest: isEarlier ? stays : on, latest: isEarlier ? on : stays });
	}
}

/** The day of the month that is meant: that of the first, where the next is in a month that lacks it. */
function scheduledDay({ startOn }: RepeatingInvoice, nextOn: CalendarDate): number {
	const next = Number(nextOn.slice(8));
	if (startOn === undefined || nextOn !== endOfMonth(nextOn)) return next;
	return Math.max(Number(startOn.slice(8)), next);
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
