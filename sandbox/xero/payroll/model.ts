import type Big from 'big.js';

/** Rows of payroll. Persons and pay are a person's doing; an app only enters time. */

export interface EmployeeRow {
	readonly employeeId: string;
	readonly title: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly email: string;
	readonly employeeNumber: string;
	readonly dateOfBirth: string;
	readonly startDate: string;
	readonly endDate?: string;
	readonly payrollCalendarId?: string;
	readonly updatedMs: number;
}

export type CalendarType = 'Weekly' | 'Fortnightly' | 'FourWeekly' | 'Monthly';

export interface PayCalendarRow {
	readonly payrollCalendarId: string;
	readonly name: string;
	readonly calendarType: CalendarType;
	/** First day of the period that is open; earlier ones are paid. */
	readonly periodStartDate: string;
	readonly paymentDate: string;
	readonly updatedMs: number;
}

export interface EarningsRateRow {
	readonly earningsRateId: string;
	readonly name: string;
	readonly isOvertime: boolean;
	readonly typeOfUnits: string;
	readonly isCurrent: boolean;
	readonly expenseAccountId: string;
	readonly updatedMs: number;
}

export interface TimesheetLineRow {
	readonly timesheetLineId: string;
	readonly date: string;
	readonly earningsRateId: string;
	readonly trackingItemId?: string;
	readonly numberOfUnits: Big;
}

export interface TimesheetRow {
	readonly timesheetId: string;
	readonly employeeId: string;
	readonly payrollCalendarId: string;
	readonly startDate: string;
	readonly endDate: string;
	/** Requested: handed in by the employee, which only New Zealand and Australia 1.0 have. */
	readonly status: 'Draft' | 'Approved' | 'Completed' | 'Requested';
	readonly lines: readonly TimesheetLineRow[];
	readonly updatedMs: number;
}
