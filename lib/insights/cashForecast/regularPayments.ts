import { addDays, addMonths, daysBetween, type CalendarDate } from '../../dates';
import { AMOUNT_PLACES, roundHalfUp, sum, type Decimal } from '../../money';
import type { BookedTransaction } from '../reading/bankTransactions';
import { onOneDay, type CashLine } from './line';

/** How many days back payments are looked at: three of a quarter, and the time since the last. */
export const DAYS_BACK = 290;

/** One is a payment, two may be chance. */
const FEWEST = 3;

/** Amounts of so many payments tell what the next will be. */
const MOST_AMOUNTS = 6;

interface Rhythm {
	readonly name: string;
	/** Days between two payments, weekends and short months included. */
	readonly least: number;
	readonly most: number;
	next(last: CalendarDate, step: number): CalendarDate;
}

const RHYTHMS: readonly Rhythm[] = [
	{ name: 'each week', least: 6, most: 8, next: (last, step) => addDays(last, 7 * step) },
	{ name: 'each fortnight', least: 12, most: 16, next: (last, step) => addDays(last, 14 * step) },
	{ name: 'each month', least: 26, most: 35, next: addMonths },
	{ name: 'each quarter', least: 86, most: 97, next: (last, step) => addMonths(last, 3 * step) },
];

interface Paid {
	readonly date: CalendarDate;
	readonly base: Decimal;
}

/** Money that is spent without a bill, at even intervals: at least three times, and still going on. */
export function regularLines(
	transactions: readonly BookedTransaction[],
	{ day, last }: { readonly day: CalendarDate; readonly last: CalendarDate },
): CashLine[] {
	return [...grouped(transactions)].flatMap(([key, group]) => {
		const paid = onEachDay(group);
		const found = rhythmOf(paid, day);
		const latest = paid.at(-1);
		if (!found || !latest) return [];
		const amount = median(found.tail.slice(-MOST_AMOUNTS).map(({ base }) => base)).neg();
		return nextDays(found.rhythm, latest.date, { day, last }).map(
			(on): CashLine => ({
				id: `${key} ${on}`,
				source: 'regular payment',
				who: group[0]?.contact ?? '',
				what: `Paid ${found.tail.length} times, ${found.rhythm.name}`,
				by: 'rhythm',
				amount,
				isEstimated: true,
				days: onOneDay(on),
			}),
		);
	});
}

/** Payments to one contact for one thing, told by the account of the first line. */
function grouped(
	transactions: readonly BookedTransaction[],
): ReadonlyMap<string, readonly BookedTransaction[]> {
	const groups = new Map<string, BookedTransaction[]>();
	for (const transaction of transactions.filter(({ kind }) => kind === 'spent')) {
		const { contactId, currency, lines } = transaction;
		const key = [contactId ?? '', lines[0]?.accountCode ?? '', currency].join(' ');
		const group = groups.get(key);
		if (group) group.push(transaction);
		else groups.set(key, [transaction]);
	}
	return groups;
}

/** Oldest first; what was paid in pieces on one day is one payment. */
function onEachDay(group: readonly BookedTransaction[]): Paid[] {
	const days = new Map<CalendarDate, Decimal[]>();
	for (const { date, lines, rate } of group) {
		const total = sum(lines.map(({ net, tax }) => net.plus(tax)));
		const base = roundHalfUp(total.div(rate), AMOUNT_PLACES);
		days.set(date, [...(days.get(date) ?? []), base]);
	}
	return [...days]
		.map(([date, amounts]) => ({ date, base: sum(amounts) }))
		.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** The rhythm of the latest payments, if there is one and the next has not been missed. */
function rhythmOf(
	paid: readonly Paid[],
	day: CalendarDate,
): { readonly rhythm: Rhythm; readonly tail: readonly Paid[] } | undefined {
	for (const rhythm of RHYTHMS) {
		const tail = tailOf(paid, rhythm);
		const latest = tail.at(-1);
		if (tail.length < FEWEST || !latest) continue;
		if (daysBetween(latest.date, day) <= rhythm.most) return { rhythm, tail };
	}
	return undefined;
}

function tailOf(paid: readonly Paid[], { least, most }: Rhythm): readonly Paid[] {
	let first = paid.length - 1;
	for (; first > 0; first -= 1) {
		const [before, after] = [paid[first - 1], paid[first]];
		if (!before || !after) break;
		const days = daysBetween(before.date, after.date);
		if (days < least || days > most) break;
	}
	return paid.slice(Math.max(first, 0));
}

/** One that is a little late is expected now. */
function nextDays(
	rhythm: Rhythm,
	latest: CalendarDate,
	{ day, last }: { readonly day: CalendarDate; readonly last: CalendarDate },
): CalendarDate[] {
	const days: CalendarDate[] = [];
	for (let step = 1; ; step += 1) {
		const next = rhythm.next(latest, step);
		if (next > last) return days;
		days.push(next < day ? day : next);
	}
}

function median(amounts: readonly Decimal[]): Decimal {
	const sorted = [...amounts].sort((a, b) => a.cmp(b));
	const middle = sorted.slice(
		Math.floor((sorted.length - 1) / 2),
		Math.floor(sorted.length / 2) + 1,
	);
	return roundHalfUp(sum(middle).div(middle.length), AMOUNT_PLACES);
}
