import { groupedByContact } from '../byContact';
import type { PaidPart } from './waits';
import { daysUntil, survivalOf, type Survival } from './survival';

/** Fewer invoices tell of chance, not of habit. */
const FEWEST_INVOICES = 5;

/** How invoices of one contact, or of all, are paid. */
export interface Habit {
	/** Whose: of a contact with fewer than five invoices, everyone's is told. */
	readonly of: 'contact' | 'everyone';
	/** Whether anything tells it: something was paid, or its due day has passed. */
	readonly isKnown: boolean;
	/** Days from the invoice until so large a part is paid; undefined where that cannot be told yet. */
	daysToPay(part: number): number | undefined;
	/** The same from the due day, below zero where it is paid before. */
	daysLate(part: number): number | undefined;
}

export interface Habits {
	readonly everyone: Habit;
	of(contactId: string): Habit;
}

/** The habits of all contacts whose invoices are told. */
export function habitsOf(parts: readonly PaidPart[]): Habits {
	const everyone = habitOf('everyone', parts);
	const byContact = new Map(
		[...groupedByContact(parts)]
			.filter(([, own]) => countInvoices(own) >= FEWEST_INVOICES)
			.map(([contactId, own]) => [contactId, habitOf('contact', own)]),
	);
	return { everyone, of: (contactId) => byContact.get(contactId) ?? everyone };
}

export function countInvoices(parts: readonly PaidPart[]): number {
	return new Set(parts.map(({ invoiceId }) => invoiceId)).size;
}

function habitOf(of: Habit['of'], parts: readonly PaidPart[]): Habit {
	const toPay = survivalOf(parts);
	const late: Survival = survivalOf(
		parts.map(({ daysLate, weight, isOpen }) => ({ days: daysLate, weight, isOpen })),
	);
	return {
		of,
		isKnown: parts.some(({ isOpen, daysLate }) => !isOpen || daysLate > 0),
		daysToPay: (part) => daysUntil(toPay, part),
		daysLate: (part) => daysUntil(late, part),
	};
}
