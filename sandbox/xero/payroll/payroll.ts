import type { Ids } from '../../core/ids';
import type { Ledger } from '../ledger';
import type { TrackingCategoryRow } from '../organisationModel';
import { addDays } from '../xeroDates';
import type { CalendarType, EarningsRateRow, EmployeeRow, PayCalendarRow } from './model';
import { periodEnd } from './payPeriods';

/** How people are paid in an organisation that has payroll; nobody works there at first. */
export function openPayroll(ledger: Ledger, ids: Ids, createdMs: number): void {
	for (const [name, calendarType, periodStartDate] of [
		['Weekly', 'Weekly', '2026-11-16'],
		['Monthly', 'Monthly', '2026-11-01'],
	] as const satisfies readonly (readonly [string, CalendarType, string])[]) {
		const payrollCalendarId = ids.guid();
		ledger.payCalendars.put(payrollCalendarId, {
			payrollCalendarId,
			name,
			calendarType,
			periodStartDate,
			paymentDate: '2026-11-30',
			updatedMs: createdMs,
		});
	}
	const wages = ledger.accounts.find((account) => ['320', '477'].includes(account.code));
	for (const name of ['Ordinary Hours', 'Overtime']) {
		const earningsRateId = ids.guid();
		ledger.earningsRates.put(earningsRateId, {
			earningsRateId,
			name,
			isOvertime: name === 'Overtime',
			typeOfUnits: 'Hours',
			isCurrent: true,
			expenseAccountId: wages?.accountId ?? '',
			updatedMs: createdMs,
		});
	}
}

/** Somebody is hired: paid weekly unless told otherwise. */
export function hire(
	ledger: Ledger,
	ids: Ids,
	person: {
		readonly firstName: string;
		readonly lastName: string;
		readonly email?: string;
		readonly employeeNumber?: string;
		readonly calendar?: string;
		readonly startDate?: string;
		readonly endDate?: string;
	},
	nowMs: number,
): EmployeeRow {
	const wanted = person.calendar ?? 'Weekly';
	const calendar = ledger.payCalendars.find(({ name }) => name === wanted);
	if (!calendar) throw new Error(`There is no pay calendar "${wanted}".`);
	const employeeId = ids.guid();
	return ledger.employees.put(employeeId, {
		employeeId,
		title: 'Ms',
		firstName: person.firstName,
		lastName: person.lastName,
		email: person.email ?? `${person.firstName}.${person.lastName}@example.com`.toLowerCase(),
		employeeNumber: person.employeeNumber ?? '',
		dateOfBirth: '1990-01-01',
		startDate: person.startDate ?? '2026-01-05',
		endDate: person.endDate,
		payrollCalendarId: calendar.payrollCalendarId,
		updatedMs: nowMs,
	});
}

/** The category by whose options timesheets are tracked: the first, as if chosen under Payroll Settings. */
export function timesheetCategory(ledger: Ledger): TrackingCategoryRow | undefined {
	return ledger.trackingCategories.find(({ status }) => status === 'ACTIVE');
}

/** The pay run of the open period is posted: its approved timesheets are paid, and the next one opens. */
export function postPayRun(ledger: Ledger, name: string, nowMs: number): PayCalendarRow {
	const calendar = ledger.payCalendars.find((held) => held.name === name);
	if (!calendar) throw new Error(`There is no pay calendar "${name}".`);
	const { payrollCalendarId, periodStartDate } = calendar;
	for (const timesheet of ledger.timesheets.all()) {
		const isPaid =
			timesheet.payrollCalendarId === payrollCalendarId &&
			timesheet.startDate === periodStartDate &&
			timesheet.status === 'Approved';
		if (!isPaid) continue;
		const paid = { ...timesheet, status: 'Completed' as const, updatedMs: nowMs };
		ledger.timesheets.put(timesheet.timesheetId, paid);
	}
	return ledger.payCalendars.put(payrollCalendarId, {
		...calendar,
		periodStartDate: addDays(periodEnd(calendar, periodStartDate), 1),
		updatedMs: nowMs,
	});
}

/** Another rate by which hours are paid. */
export function addEarningsRate(
	ledger: Ledger,
	ids: Ids,
	rate: Pick<EarningsRateRow, 'name'> & Partial<EarningsRateRow>,
	nowMs: number,
): EarningsRateRow {
	const earningsRateId = ids.guid();
	return ledger.earningsRates.put(earningsRateId, {
		earningsRateId,
		isOvertime: false,
		typeOfUnits: 'Hours',
		isCurrent: true,
		expenseAccountId: ledger.earningsRates.all()[0]?.expenseAccountId ?? '',
		updatedMs: nowMs,
		...rate,
	});
}
