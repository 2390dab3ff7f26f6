import type { Call } from '../call';
import { asNumber, sum } from '../decimals';
import { NOT_FOUND, Refusal, type Answer } from '../failures';
import type { JsonObject } from '../json';
import type { Route } from '../transport';
import { addDays, msDate, msDateOf } from '../xeroDates';
import type { EmployeeRow, TimesheetRow } from './model';
import { timesheetCategory } from './payroll';

const STATUSES: Readonly<Record<TimesheetRow['status'], string>> = {
	Draft: 'DRAFT',
	Approved: 'APPROVED',
	Completed: 'PROCESSED',
	Requested: 'REQUESTED',
};
const EMPLOYEES = ['payroll.employees.read'];
const SETTINGS = ['payroll.settings.read'];

/** Payroll 1.0 in PascalCase; time is entered by 2.0, and read here as 1.0 shows it. */
export const australianRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/Employees',
		scopes: EMPLOYEES,
		handle: (call) => call.envelope({ Employees: call.ledger.employees.all().map(renderEmployee) }),
	},
	{
		method: 'GET',
		path: '/Employees/:id',
		scopes: EMPLOYEES,
		handle: (call) => {
			const employee = call.ledger.employees.get(call.param('id').toLowerCase());
			if (!employee) throw new Refusal(NOT_FOUND);
			return call.envelope({ Employees: [renderEmployee(employee)] });
		},
	},
	{ method: 'GET', path: '/PayrollCalendars', scopes: SETTINGS, handle: listCalendars },
	{ method: 'GET', path: '/PayItems', scopes: SETTINGS, handle: listPayItems },
	{
		method: 'GET',
		path: '/Settings',
		scopes: SETTINGS,
		handle: (call) => {
			const category = timesheetCategory(call.ledger);
			return call.envelope({
				Settings: {
					Accounts: [],
					TrackingCategories: category
						? {
								TimesheetCategories: {
									TrackingCategoryID: category.trackingCategoryId,
									TrackingCategoryName: category.name,
								},
							}
						: {},
					DaysInPayrollYear: 364,
				},
			});
		},
	},
	{
		method: 'GET',
		path: '/Timesheets',
		scopes: ['payroll.timesheets.read'],
		handle: (call) =>
			call.envelope({ Timesheets: call.ledger.timesheets.all().map(renderTimesheet) }),
	},
];

function renderEmployee(employee: EmployeeRow): JsonObject {
	return {
		EmployeeID: employee.employeeId,
		FirstName: employee.firstName,
		LastName: employee.lastName,
		DateOfBirth: msDateOf(employee.dateOfBirth),
		Email: employee.email,
		StartDate: msDateOf(employee.startDate),
		PayrollCalendarID: employee.payrollCalendarId,
		Status: employee.endDate === undefined ? 'ACTIVE' : 'TERMINATED',
		TerminationDate: employee.endDate && msDateOf(employee.endDate),
		UpdatedDateUTC: msDate(employee.updatedMs),
	};
}

function listCalendars(call: Call): Answer {
	return call.envelope({
		PayrollCalendars: call.ledger.payCalendars.all().map((calendar) => ({
			PayrollCalendarID: calendar.payrollCalendarId,
			Name: calendar.name,
			CalendarType: calendar.calendarType.toUpperCase(),
			StartDate: msDateOf(calendar.periodStartDate),
			PaymentDate: msDateOf(calendar.paymentDate),
			UpdatedDateUTC: msDate(calendar.updatedMs),
		})),
	});
}

function listPayItems(call: Call): Answer {
	return call.envelope({
		PayItems: {
			EarningsRates: call.ledger.earningsRates.all().map((rate) => ({
				EarningsRateID: rate.earningsRateId,
				Name: rate.name,
				AccountCode: call.ledger.accounts.get(rate.expenseAccountId)?.code,
				TypeOfUnits: rate.typeOfUnits,
				IsExemptFromTax: false,
				IsExemptFromSuper: false,
				IsReportableAsW1: true,
				IsQualifyingEarnings: true,
				EarningsType: rate.isOvertime ? 'OVERTIMEEARNINGS' : 'ORDINARYTIMEEARNINGS',
				RateType: 'RATEPERUNIT',
				CurrentRecord: rate.isCurrent,
				UpdatedDateUTC: msDate(rate.updatedMs),
			})),
			DeductionTypes: [],
			LeaveTypes: [],
			ReimbursementTypes: [],
		},
	});
}

/** Lines by earnings rate and option, with a number for each day of the period. */
function renderTimesheet(timesheet: TimesheetRow): JsonObject {
	const days: string[] = [];
	for (let day = timesheet.startDate; day <= timesheet.endDate; day = addDays(day, 1)) {
		days.push(day);
	}
	const keys = new Set(
		timesheet.lines.map((line) => `${line.earningsRateId} ${line.trackingItemId ?? ''}`),
	);
	return {
		TimesheetID: timesheet.timesheetId,
		EmployeeID: timesheet.employeeId,
		StartDate: msDateOf(timesheet.startDate),
		EndDate: msDateOf(timesheet.endDate),
		Status: STATUSES[timesheet.status],
		Hours: asNumber(sum(timesheet.lines.map((line) => line.numberOfUnits))),
		TimesheetLines: [...keys].map((key) => {
			const [EarningsRateID, TrackingItemID] = key.split(' ');
			return {
				EarningsRateID,
				...(TrackingItemID === '' ? {} : { TrackingItemID }),
				NumberOfUnits: days.map((day) =>
					asNumber(
						sum(
							timesheet.lines
								.filter(
									(line) =>
										line.date === day &&
										`${line.earningsRateId} ${line.trackingItemId ?? ''}` === key,
								)
								.map((line) => line.numberOfUnits),
						),
					),
				),
				UpdatedDateUTC: msDate(timesheet.updatedMs),
			};
		}),
		UpdatedDateUTC: msDate(timesheet.updatedMs),
	};
}
