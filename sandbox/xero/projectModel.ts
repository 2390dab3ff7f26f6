import type Big from 'big.js';

/** What the API cannot write, and a person enters in Xero: expenses, invoices, deposits, credit notes. */
export interface ProjectBooked {
	readonly expense: Big;
	readonly expenseInvoiced: Big;
	/** Invoiced as a sum, for no task and no expense. */
	readonly projectInvoiced: Big;
	readonly deposit: Big;
	readonly depositApplied: Big;
	readonly creditNote: Big;
}

export interface ProjectRow {
	readonly projectId: string;
	readonly contactId: string;
	readonly name: string;
	/** The contact's default currency, else the base currency (guess). */
	readonly currencyCode: string;
	readonly estimateAmount?: Big;
	readonly deadlineUtc?: string;
	readonly status: 'INPROGRESS' | 'CLOSED';
	readonly booked: ProjectBooked;
	readonly updatedMs: number;
}

export interface TaskRow {
	readonly taskId: string;
	readonly projectId: string;
	readonly name: string;
	readonly rate: Big;
	readonly chargeType: 'TIME' | 'FIXED' | 'NON_CHARGEABLE';
	readonly estimateMinutes?: number;
	readonly status: 'ACTIVE' | 'INVOICED' | 'LOCKED';
}

export interface TimeEntryRow {
	readonly timeEntryId: string;
	readonly projectId: string;
	readonly taskId: string;
	readonly userId: string;
	readonly dateUtc: string;
	readonly dateEnteredUtc: string;
	readonly durationMinutes: number;
	readonly description?: string;
	readonly status: 'ACTIVE' | 'LOCKED' | 'INVOICED';
}
