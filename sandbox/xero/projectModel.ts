import type Big from 'big.js';

export interface ProjectRow {
	readonly projectId: string;
	readonly contactId: string;
	readonly name: string;
	readonly estimateAmount?: Big;
	readonly deadlineUtc?: string;
	readonly status: 'INPROGRESS' | 'CLOSED';
	/** Expenses cannot be written through the API; a person adds them in Xero. */
	readonly totalExpenseAmount: Big;
	readonly taskAmountInvoiced: Big;
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
