import { addDays, latestOf, type CalendarDate } from '../../dates';
import type { StandOnDay } from '../ageing/onDay';
import type { Habit, Habits } from '../daysToPay/habits';
import { onOneDay, type CashLine, type Scenario } from './line';
import { netOfCredits, type NetOfCredits } from './netOfCredits';

/** The share of invoices that are paid by then. */
const PARTS: Readonly<Record<Scenario, number>> = { best: 0.1, likely: 0.5, worst: 0.9 };

type Expected = Pick<CashLine, 'days' | 'by'>;

/** Receipts for open invoices, net of open credits and deposits. */
export function receiptLines(
	stand: StandOnDay,
	habits: Habits,
	day: CalendarDate,
): { readonly lines: readonly CashLine[]; readonly creditLeft: NetOfCredits['creditLeft'] } {
	const { documents, creditLeft } = netOfCredits(stand);
	const lines = documents.map(({ document, base }): CashLine => {
		const { id, contact, contactId, number, reference, dueDate, expectedOn } = document;
		return {
			id,
			source: 'invoice',
			who: contact,
			what: number ?? reference ?? '',
			dueDate,
			amount: base,
			isEstimated: false,
			...expectedDays({ dueDate, expectedOn }, habitFor(habits, contactId), day),
		};
	});
	return { lines, creditLeft };
}

/** Everyone's, where nothing of the contact's was paid or is late yet. */
export function habitFor(habits: Habits, contactId: string | undefined): Habit {
	const own = contactId === undefined ? habits.everyone : habits.of(contactId);
	return own.isKnown ? own : habits.everyone;
}

interface Owed {
	readonly dueDate: CalendarDate;
	/** When a person expects it. */
	readonly expectedOn?: CalendarDate;
	/** When it will be invoiced: it is not paid before. */
	readonly madeOn?: CalendarDate;
}

/**
 * What a person expects goes first, unless that day is past. Else the due day and the customer's
 * lateness; where even that is past, nothing says when it comes: then it counts on the day by which
 * nine of ten have paid, and in the worst case not at all.
 */
export function expectedDays(
	{ dueDate, expectedOn, madeOn }: Owed,
	habit: Habit,
	day: CalendarDate,
): Expected {
	if (expectedOn && expectedOn >= day) return { days: onOneDay(expectedOn), by: 'a person' };
	const reached = (scenario: Scenario) => {
		const daysLate = habit.isKnown ? habit.daysLate(PARTS[scenario]) : 0;
		return daysLate === undefined ? undefined : latestOf(addDays(dueDate, daysLate), madeOn);
	};
	const [likely, ninetieth] = [reached('likely'), reached('worst')];
	if (likely === undefined || likely < day) {
		const last = ninetieth !== undefined && ninetieth >= day ? ninetieth : undefined;
		return { days: { best: last, likely: last, worst: undefined }, by: 'beyond habit' };
	}
	const best = latestOf(day, reached('best') ?? likely);
	return { days: { best, likely, worst: ninetieth }, by: wordsOf(habit) };
}

/** The same for work that is yet to be invoiced, from the day on which it will be. */
export function expectedAfterInvoice(invoicedOn: CalendarDate, habit: Habit): Expected {
	const reached = (scenario: Scenario) => {
		const days = habit.isKnown ? habit.daysToPay(PARTS[scenario]) : undefined;
		return days === undefined ? undefined : addDays(invoicedOn, days);
	};
	const days = {
		best: reached('best'),
		likely: reached('likely'),
		worst: reached('worst'),
	};
	return { days, by: wordsOf(habit) };
}

function wordsOf({ isKnown, of }: Habit): CashLine['by'] {
	if (!isKnown) return 'due day';
	return of === 'contact' ? 'habit' : 'habit of all customers';
}
