import type { Call } from '../call';
import { asNumber, sum } from '../decimals';
import { NOT_FOUND, Refusal, type Answer } from '../failures';
import type { JsonObject } from '../json';
import type { Route } from '../transport';
import type { TimesheetLineRow, TimesheetRow } from './model';
import {
	payrollAnswer,
	payrollDay,
	payrollInstant,
	payrollPage,
	payrollProblem,
	readPayrollInput,
} from './payrollAnswers';
import { readTimesheet, readTimesheetLine } from './timesheetSaving';

const WRITE = ['payroll.timesheets'];
const READ = ['payroll.timesheets.read'];

/** One timesheet a request. Approved hours are paid: an app that wants drafts leaves them be. */
export const timesheetRoutes: readonly Route[] = [
	{ method: 'GET', path: '/Timesheets', scopes: READ, handle: listTimesheets },
	{
		method: 'POST',
		path: '/Timesheets',
		scopes: WRITE,
		handle: (call) => put(call, readTimesheet(call, readPayrollInput(call))),
	},
	{
		method: 'GET',
		path: '/Timesheets/:id',
		scopes: READ,
		handle: (call) => payrollAnswer(call, { timesheet: render(timesheetOf(call)) }),
	},
	{
		method: 'DELETE',
		path: '/Timesheets/:id',
		scopes: WRITE,
		handle: (call) => {
			call.ledger.timesheets.delete(draftOf(call).timesheetId);
			return payrollAnswer(call, {});
		},
	},
	{
		method: 'POST',
		path: '/Timesheets/:id/Lines',
		scopes: WRITE,
		handle: (call) => {
			const timesheet = draftOf(call);
			const line = readTimesheetLine(call, readPayrollInput(call), timesheet);
			return answerLine(call, timesheet, [...timesheet.lines, line], line);
		},
	},
	{
		method: 'PUT',
		path: '/Timesheets/:id/Lines/:lineId',
		scopes: WRITE,
		handle: (call) => {
			const timesheet = draftOf(call);
			const { timesheetLineId } = lineOf(call, timesheet);
			const read = readTimesheetLine(call, readPayrollInput(call), timesheet);
			const line = { ...read, timesheetLineId };
			const lines = timesheet.lines.map((one) =>
				one.timesheetLineId === timesheetLineId ? line : one,
			);
			return answerLine(call, timesheet, lines, line);
		},
	},
	{
		method: 'DELETE',
		path: '/Timesheets/:id/Lines/:lineId',
		scopes: WRITE,
		handle: (call) => {
			const timesheet = draftOf(call);
			const gone = lineOf(call, timesheet);
			return answerLine(
				call,
				timesheet,
				timesheet.lines.filter((line) => line !== gone),
			);
		},
	},
	{
		method: 'POST',
		path: '/Timesheets/:id/Approve',
		scopes: WRITE,
		handle: (call) => put(call, { ...draftOf(call), status: 'Approved' }),
	},
	{
		method: 'POST',
		path: '/Timesheets/:id/RevertToDraft',
		scopes: WRITE,
		handle: (call) => {
			const timesheet = timesheetOf(call);
			if (timesheet.status !== 'Approved') {
				throw payrollProblem(call, 'Only an approved timesheet can be reverted to draft.');
			}
			return put(call, { ...timesheet, status: 'Draft' });
		},
	},
];

/** By status, by days, and by `filter=employeeId==…` or `payrollCalendarId==…` (OpenAPI). */
function listTimesheets(call: Call): Answer {
	const status = call.query('status')?.toLowerCase();
	const from = call.query('startDate');
	const to = call.query('endDate');
	const terms = (call.query('filter') ?? '').split(',').filter((term) => term !== '');
	const rows = call.ledger.timesheets.filter(
		(timesheet) =>
			(status === undefined || timesheet.status.toLowerCase() === status) &&
			(from === undefined || timesheet.startDate >= from) &&
			(to === undefined || timesheet.endDate <= to) &&
			terms.every((term) => {
				const [name = '', value = ''] = term.split('==').map((part) => part.trim().toLowerCase());
				if (name === 'employeeid') return timesheet.employeeId === value;
				return name !== 'payrollcalendarid' || timesheet.payrollCalendarId === value;
			}),
	);
	return payrollPage(call, 'timesheets', rows.map(renderHead));
}

function put(call: Call, timesheet: TimesheetRow): Answer {
	const row = { ...timesheet, updatedMs: call.now() };
	call.ledger.timesheets.put(row.timesheetId, row);
	call.ledger.changed('timesheet', row.timesheetId, 'updated');
	return payrollAnswer(call, { timesheet: render(row) });
}

function answerLine(
	call: Call,
	timesheet: TimesheetRow,
	lines: readonly TimesheetLineRow[],
	line?: TimesheetLineRow,
): Answer {
	put(call, { ...timesheet, lines });
	return payrollAnswer(call, line ? { timesheetLine: renderLine(line) } : {});
}

function timesheetOf(call: Call): TimesheetRow {
	const timesheet = call.ledger.timesheets.get(call.param('id').toLowerCase());
	if (!timesheet) throw new Refusal(NOT_FOUND);
	return timesheet;
}

function draftOf(call: Call): TimesheetRow {
	const timesheet = timesheetOf(call);
	if (timesheet.status !== 'Draft') {
		throw payrollProblem(call, 'Only a timesheet in the status Draft can be changed.');
	}
	return timesheet;
}

function lineOf(call: Call, timesheet: TimesheetRow): TimesheetLineRow {
	const lineId = call.param('lineId').toLowerCase();
	const line = timesheet.lines.find((one) => one.timesheetLineId === lineId);
	if (!line) throw new Refusal(NOT_FOUND);
	return line;
}

/** Lists leave the lines out (OpenAPI, the example of getTimesheets in each of the three files). */
function renderHead(timesheet: TimesheetRow): JsonObject {
	return {
		timesheetID: timesheet.timesheetId,
		payrollCalendarID: timesheet.payrollCalendarId,
		employeeID: timesheet.employeeId,
		startDate: payrollDay(timesheet.startDate),
		endDate: payrollDay(timesheet.endDate),
		status: timesheet.status,
		totalHours: asNumber(sum(timesheet.lines.map((line) => line.numberOfUnits))),
		updatedDateUTC: payrollInstant(timesheet.updatedMs),
	};
}

function render(timesheet: TimesheetRow): JsonObject {
	return { ...renderHead(timesheet), timesheetLines: timesheet.lines.map(renderLine) };
}

function renderLine(line: TimesheetLineRow): JsonObject {
	return {
		timesheetLineID: line.timesheetLineId,
		date: payrollDay(line.date),
		earningsRateID: line.earningsRateId,
		trackingItemID: line.trackingItemId,
		numberOfUnits: asNumber(line.numberOfUnits),
	};
}
