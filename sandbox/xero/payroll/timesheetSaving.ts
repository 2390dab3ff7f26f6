import type { Call } from '../call';
import { ZERO } from '../decimals';
import type { Input } from '../input';
import type { TimesheetLineRow, TimesheetRow } from './model';
import { timesheetCategory } from './payroll';
import { payrollProblem } from './payrollAnswers';
import { periodEnd, startsPeriod } from './payPeriods';

type Period = Pick<TimesheetRow, 'startDate' | 'endDate'>;

/**
 * A new timesheet: of a person in use, for a whole period of the person's calendar that is not paid
 * yet, and the only one of that period.
 */
export function readTimesheet(call: Call, input: Input): TimesheetRow {
	const { ledger, settings } = call;
	const employee = ledger.employees.get(input.trimmed('employeeID')?.toLowerCase() ?? '');
	if (!employee) throw missing(call, 'employeeID', 'The employee could not be found.');
	const calendar = ledger.payCalendars.get(input.trimmed('payrollCalendarID')?.toLowerCase() ?? '');
	if (!calendar) throw missing(call, 'payrollCalendarID', 'The calendar could not be found.');
	if (employee.payrollCalendarId !== calendar.payrollCalendarId) {
		throw missing(call, 'payrollCalendarID', 'The employee is not paid by this calendar.');
	}
	const startDate = input.date('startDate');
	const endDate = input.date('endDate');
	if (startDate === undefined || endDate === undefined) {
		throw missing(call, 'startDate', 'The period must have a start and an end.');
	}
	if (!startsPeriod(calendar, startDate) || periodEnd(calendar, startDate) !== endDate) {
		throw missing(call, 'startDate', 'The dates must be those of a period of the calendar.');
	}
	if (startDate < calendar.periodStartDate) {
		throw missing(call, 'startDate', 'The period has been paid already.');
	}
	if (employee.endDate !== undefined && employee.endDate < startDate) {
		throw missing(call, 'employeeID', 'The employment has ended.');
	}
	const other = ledger.timesheets.find(
		(held) => held.employeeId === employee.employeeId && held.startDate === startDate,
	);
	if (other && settings.secondTimesheet === 'refused') {
		throw payrollProblem(call, 'This timesheet already exists, please provide the timesheet ID');
	}
	return {
		timesheetId: call.guid(),
		employeeId: employee.employeeId,
		payrollCalendarId: calendar.payrollCalendarId,
		startDate,
		endDate,
		status: 'Draft',
		lines: (input.list('timesheetLines') ?? []).map((line) =>
			readTimesheetLine(call, line, { startDate, endDate }),
		),
		updatedMs: call.now(),
	};
}

export function readTimesheetLine(call: Call, input: Input, period: Period): TimesheetLineRow {
	const date = input.date('date');
	if (date === undefined || date < period.startDate || date > period.endDate) {
		throw missing(call, 'date', 'The date must lie within the period.');
	}
	const rate = call.ledger.earningsRates.get(input.trimmed('earningsRateID')?.toLowerCase() ?? '');
	if (!rate?.isCurrent) {
		throw missing(call, 'earningsRateID', 'The earnings rate could not be found.');
	}
	const numberOfUnits = input.decimal('numberOfUnits');
	if (numberOfUnits === undefined || numberOfUnits.lt(ZERO)) {
		throw missing(call, 'numberOfUnits', 'The number of units must be given.');
	}
	const trackingItemId = input.trimmed('trackingItemID')?.toLowerCase();
	const options = timesheetCategory(call.ledger)?.options ?? [];
	if (
		trackingItemId !== undefined &&
		!options.some((option) => option.trackingOptionId === trackingItemId)
	) {
		throw missing(call, 'trackingItemID', 'The tracking item could not be found.');
	}
	return {
		timesheetLineId: call.guid(),
		date,
		earningsRateId: rate.earningsRateId,
		trackingItemId,
		numberOfUnits,
	};
}

function missing(call: Call, name: string, reason: string) {
	return payrollProblem(call, 'Validation error occurred.', [{ name, reason }]);
}
