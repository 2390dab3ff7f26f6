import type { Insight, InsightRow, Tie } from '../../lib/insights/insight';
import { calendarDate, type CalendarDate } from '../../lib/dates';

function day(text: string): CalendarDate {
	const found = calendarDate(text);
	if (!found) throw new Error(`${text} is no day.`);
	return found;
}

const AGREES: Tie = {
	against: 'Accounts Receivable (610) in the balance sheet',
	currency: 'GBP',
	figure: '2440.50',
	ours: '2440.50',
	difference: '0.00',
	state: 'agrees',
};

/** Who owes what, as an operation gives it, with what a test says otherwise. */
export function receivables(more: Partial<Insight> = {}): Insight {
	return {
		summary: 'GBP 2,440.50 is owed on 30 November 2026, and agrees to the balance sheet.',
		day: day('2026-11-30'),
		currency: 'GBP',
		columns: [
			{ key: 'contact', label: 'Contact', kind: 'text' },
			{ key: 'currency', label: 'Currency', kind: 'text' },
			{ key: 'total', label: 'Total', kind: 'money', currencyKey: 'currency' },
			{ key: 'current', label: 'Current', kind: 'money', currencyKey: 'currency' },
			{ key: 'over90', label: 'Over 90 Days', kind: 'money', currencyKey: 'currency' },
			{ key: 'oldest', label: 'Oldest Due', kind: 'date' },
			{ key: 'link', label: 'In Xero', kind: 'link' },
		],
		rowKey: ['contact', 'currency'],
		rows: [
			owed('Acme Ltd', '1240.00', '1240.00', '0.00'),
			owed('Moss & Daughters', '1300.50', '300.50', '1000.00'),
			owed('Atelier Dubois SARL', '-100.00', '-100.00', '0.00'),
		],
		tie: [AGREES],
		notIn: ['Drafts: 2 invoices, GBP 300.00 together.'],
		...more,
	};
}

export function owed(
	contact: string,
	total: string,
	current: string,
	over90: string,
	currency = 'GBP',
): InsightRow {
	return {
		summary: `${contact} owes ${total}`,
		contact,
		currency,
		total,
		current,
		over90,
		oldest: '2026-10-31',
		link: 'https://go.xero.com/Contacts/View/1',
	};
}

/** Thirteen weeks of cash, three ways. */
export function cashForecast(): Insight {
	const weeks = Array.from({ length: 13 }, (_, index) => index);
	const two = (value: number) => String(value).padStart(2, '0');
	return {
		summary: 'Cash is lowest in the week of 28 December 2026: GBP 3,150.00.',
		day: day('2026-11-30'),
		currency: 'GBP',
		columns: [
			{ key: 'week', label: 'Week From', kind: 'date' },
			{ key: 'best', label: 'Best', kind: 'money' },
			{ key: 'likely', label: 'Likely', kind: 'money' },
			{ key: 'worst', label: 'Worst', kind: 'money' },
		],
		rowKey: ['week'],
		rows: weeks.map((week) => ({
			summary: `Week ${week + 1}`,
			week:
				week === 0 ? '2026-11-30' : `2027-0${1 + Math.floor(week / 5)}-${two(1 + (week % 5) * 6)}`,
			best: `${14000 + week * 350}.00`,
			likely: `${12000 - week * 700 + week * week * 60}.00`,
			worst: `${11000 - week * 900}.00`,
		})),
		tie: [
			{
				...AGREES,
				state: 'not checked',
				figure: null,
				difference: null,
				ours: '12000.00',
				against: 'Business Bank (090) in the balance sheet',
				why: 'The connection lacks the scope accounting.reports.balancesheet.read: reconnect it with that scope.',
			},
		],
		notIn: [],
	};
}
