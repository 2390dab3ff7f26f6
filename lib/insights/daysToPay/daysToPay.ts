import { dateText, type CalendarDate } from '../../dates';
import { moneyText, sum } from '../../money';
import { standOnDay, type StandingDocument, type StandOnDay } from '../ageing/onDay';
import { tieAgeing } from '../ageing/ties';
import { groupedByContact } from '../byContact';
import type { Insight, InsightRow } from '../insight';
import type { Books } from '../reading/books';
import { debtorDays, readSales, type Sale } from './debtorDays';
import { habitsOf, type Habits } from './habits';
import { COLUMNS, habitText, payerRow, ROW_KEY, type Payer } from './rows';
import { lastDays, readPaidParts, type InvoiceDays, type PaidPart } from './waits';
import { countOf } from '../../texts';

export interface DaysToPayInput {
	readonly day: CalendarDate;
	/** Invoices of so many days up to the day are looked at. */
	readonly days: number;
}

/**
 * How long customers take from an invoice until they have paid it, and for how many days' sales the
 * debtors stand. Throws ServiceFaultError.
 */
export async function reckonDaysToPay(
	books: Books,
	{ day, days }: DaysToPayInput,
): Promise<Insight> {
	const within = lastDays('sales', day, days);
	const [stand, sales] = await Promise.all([
		standOnDay(books, 'sales', day),
		readSales(books, within),
	]);
	const [parts, tie] = await Promise.all([
		readPaidParts(books, within, stand),
		tieAgeing(books, { side: 'sales', day, stand }),
	]);
	const habits = habitsOf(parts);
	const found = { parts, habits, sales, debtors: stand.documents, days };
	const everyone: Payer = {
		contact: 'All customers',
		contactId: '',
		parts,
		habit: habits.everyone,
		debtorDays: debtorDays(stand.documents, sales, days),
	};
	return {
		summary: summaryOf(everyone, day),
		day,
		currency: books.organisation.baseCurrency,
		columns: COLUMNS,
		rowKey: ROW_KEY,
		rows: [payerRow(everyone), ...contactRows(found)],
		tie,
		notIn: leftOut(stand, within, books.organisation.baseCurrency),
	};
}

interface Found {
	readonly parts: readonly PaidPart[];
	readonly habits: Habits;
	readonly sales: readonly Sale[];
	readonly debtors: readonly StandingDocument[];
	readonly days: number;
}

/** A row for each customer, who pays last first. */
function contactRows({ parts, habits, sales, debtors, days }: Found): InsightRow[] {
	const [debtorsOf, salesOf] = [groupedByContact(debtors), groupedByContact(sales)];
	const payers = [...groupedByContact(parts)].map(
		([contactId, own]): Payer => ({
			contact: own[0].contact,
			contactId,
			parts: own,
			habit: habits.of(contactId),
			debtorDays: debtorDays(debtorsOf.get(contactId) ?? [], salesOf.get(contactId) ?? [], days),
		}),
	);
	const slowness = ({ habit }: Payer) => habit.daysToPay(0.5) ?? Infinity;
	return payers
		.sort((a, b) => compare(slowness(b), slowness(a)) || compare(a.contact, b.contact))
		.map(payerRow);
}

function compare<Value extends string | number>(a: Value, b: Value): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function summaryOf({ parts, habit, debtorDays: days }: Payer, day: CalendarDate): string {
	if (parts.length === 0) return 'No invoice of the period was paid or is open.';
	const text = habitText(
		habit,
		true,
		parts.filter(({ isOpen }) => isOpen),
	);
	const debtors =
		days === undefined ? '' : ` Debtors stand for ${days.toFixed()} days of sales, both with tax.`;
	return `Customers ${text}${debtors} As of ${dateText(day, 'd MMMM yyyy')}.`;
}

function leftOut({ documents }: StandOnDay, { from }: InvoiceDays, currency: string): string[] {
	const older = documents.filter(
		({ kind, date, open }) => kind === 'invoice' && date < from && open.gt(0),
	);
	return [
		...(older.length > 0
			? [
					`Older than the period and still open: ${countOf(older.length, 'invoice')}, ${moneyText(sum(older.map(({ base }) => base)), currency)}. They are in debtor days, but in no habit.`,
				]
			: []),
		'In no habit: what credits alone have settled, invoices of nothing, and what was paid before the date of its invoice.',
	];
}
