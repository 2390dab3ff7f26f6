import type { Decimal } from '../../money';
import type { InsightColumn, InsightRow } from '../insight';
import { countInvoices, type Habit } from './habits';
import type { PaidPart } from './waits';
import { countOf } from '../../texts';

export const ROW_KEY = ['contactId'];

/** Stands for the contact of the row of all together, which needs a key as well. */
const ALL = 'all';

const NUMBERS = [
	['invoices', 'Invoices'],
	['openInvoices', 'Open Invoices'],
	['medianDays', 'Days to Pay (Median)'],
	['ninetiethDays', 'Days to Pay (90th Percentile)'],
	['medianDaysLate', 'Days Late (Median)'],
	['ninetiethDaysLate', 'Days Late (90th Percentile)'],
	['percentLate', 'Paid Late (%)'],
	['openBeyondMedian', 'Open Beyond the Median'],
	['longestOpenDays', 'Longest Open (Days)'],
	['debtorDays', 'Debtor Days'],
] as const;

export const COLUMNS: readonly InsightColumn[] = [
	{ key: 'contact', label: 'Contact', kind: 'text' },
	{ key: 'basis', label: 'Whose Habit', kind: 'text' },
	...NUMBERS.map(([key, label]): InsightColumn => ({ key, label, kind: 'number' })),
	{ key: 'contactId', label: 'Contact ID', kind: 'text' },
];

/** A contact, or all of them together. */
export interface Payer {
	readonly contact: string;
	/** Empty for all together. */
	readonly contactId: string;
	readonly parts: readonly PaidPart[];
	/** Of its own, or everyone's where it has too few invoices. */
	readonly habit: Habit;
	readonly debtorDays: Decimal | undefined;
}

export function payerRow(payer: Payer): InsightRow {
	const { contact, contactId, parts, habit, debtorDays } = payer;
	const open = parts.filter(({ isOpen }) => isOpen);
	const medianDays = habit.daysToPay(0.5);
	const beyond = open.filter(({ days }) => medianDays === undefined || days > medianDays);
	return {
		summary: sentence(payer, open),
		contact,
		basis: habit.of === 'contact' ? 'contact' : 'organisation',
		invoices: countInvoices(parts),
		openInvoices: open.length,
		medianDays: medianDays ?? null,
		ninetiethDays: habit.daysToPay(0.9) ?? null,
		medianDaysLate: habit.daysLate(0.5) ?? null,
		ninetiethDaysLate: habit.daysLate(0.9) ?? null,
		percentLate: percentLate(parts),
		openBeyondMedian: beyond.length,
		longestOpenDays: open.length > 0 ? longest(open) : null,
		debtorDays: debtorDays?.toNumber() ?? null,
		contactId: contactId === '' ? ALL : contactId,
	};
}

/** Of what was paid, or is past its due day: how much of it late. Null where there is none. */
function percentLate(parts: readonly PaidPart[]): number | null {
	const told = parts.filter(({ isOpen, daysLate }) => !isOpen || daysLate > 0);
	const weigh = (some: readonly PaidPart[]) => some.reduce((all, { weight }) => all + weight, 0);
	if (told.length === 0) return null;
	return Math.round((weigh(told.filter(({ daysLate }) => daysLate > 0)) / weigh(told)) * 100);
}

function longest(open: readonly PaidPart[]): number {
	return Math.max(...open.map(({ days }) => days));
}

function sentence({ contact, contactId, parts, habit }: Payer, open: readonly PaidPart[]): string {
	const own = countInvoices(parts);
	if (own === 0) return `${contact} have no invoice of the period that was paid or is open.`;
	const isBorrowed = contactId !== '' && habit.of === 'everyone';
	const whose = isBorrowed
		? `${contact} has ${countOf(own, 'invoice')}, too few to tell a habit. All customers together`
		: contact;
	return `${whose} ${habitText(habit, contactId === '' || isBorrowed, open)}`;
}

/** "pays within 34 days of the invoice (median), 9 of 10 within 61; 4 days after the due day." */
export function habitText(habit: Habit, isMany: boolean, open: readonly PaidPart[]): string {
	const [median, ninetieth] = [habit.daysToPay(0.5), habit.daysToPay(0.9)];
	if (median === undefined) {
		const since =
			open.length > 0 ? `; the longest has been open for ${countOf(longest(open), 'day')}` : '';
		return `${isMany ? 'have' : 'has'} not paid half of what was invoiced${since}.`;
	}
	const most =
		ninetieth === undefined ? 'too much is open to tell the rest' : `9 of 10 within ${ninetieth}`;
	const late = habit.daysLate(0.5);
	const due = late === undefined ? '' : `; ${againstDueDay(late)}`;
	return `${isMany ? 'pay' : 'pays'} within ${countOf(median, 'day')} of the invoice (median), ${most}${due}.`;
}

function againstDueDay(daysLate: number): string {
	if (daysLate === 0) return 'on the due day';
	return `${countOf(Math.abs(daysLate), 'day')} ${daysLate > 0 ? 'after' : 'before'} the due day`;
}
