import { Timesheet } from '../../../vendor/xeroModels';
import { readWireInstant } from '../../wireDates';
import type { DocumentDefinition, FieldDefinition, WireElement, XeroDocument } from '../definition';
import { readLines } from '../lineFields';
import { NOT_APPROVED, type Lifecycle } from '../lifecycles';
import { modelFields } from '../modelFields';
import { readFields, readId, readText } from '../reading';
import { LINE_FIELDS, LINES, lineWrites } from './lines';

/** Of all timesheets: none has one of its own. */
const PAGE = 'https://payroll.xero.com/Timesheets';

const FIELDS: readonly FieldDefinition[] = modelFields(Timesheet, {
	employeeID: {
		label: 'Employee E-Mail, Number or Name',
		kind: 'id',
		byName: true,
		usual: true,
		requiredToCreate: true,
		alsoCalled: ['employee', 'worker', 'email', 'staff', 'person'],
	},
	startDate: {
		label: 'A Day of the Pay Period',
		kind: 'date',
		usual: true,
		requiredToCreate: true,
		alsoCalled: ['week', 'week beginning', 'week ending', 'period', 'date'],
	},
	endDate: { label: 'End of the Pay Period', kind: 'date', isWorkedOut: true },
	payrollCalendarID: { label: 'Pay Calendar ID', kind: 'id', isWorkedOut: true },
	status: {
		label: 'Status',
		kind: 'choice',
		isWorkedOut: true,
		choices: [
			{ value: 'Draft', label: 'Draft' },
			{ value: 'Deleted', label: 'Deleted' },
		],
	},
});

/** It is approved in Xero alone, and by nobody but a person: approved hours are paid. */
const LIFECYCLE: Lifecycle = {
	...NOT_APPROVED,
	moves: { Draft: ['Deleted'], Requested: [], Approved: [], Completed: [], Deleted: [] },
	unapproved: ['Draft'],
	// Requested: an employee of New Zealand has handed it in.
	closed: ['Requested', 'Approved', 'Completed', 'Deleted'],
	reopening:
		'Let your payroll clerk revert it to draft in Xero, and run the record again. What is paid already is put right in the next period.',
	fixed: ['employeeID', 'payrollCalendarID', 'startDate', 'endDate'],
	gone: ['Deleted'],
};

/**
 * Hours of a person in a pay period, as a draft: to approve them is the payroll clerk's. What people
 * are paid, their tax numbers and bank accounts are in none of its fields.
 */
export const TIMESHEET: DocumentDefinition = {
	type: 'timesheet',
	label: 'Timesheet',
	plural: 'timesheets',
	note: 'Sent as drafts only: your payroll clerk approves them in Xero. Employees are matched and never created; pay rates, tax numbers and bank accounts are not read.',
	wire: {
		api: 'payroll',
		resource: 'Timesheets',
		idName: 'timesheetID',
		fixed: {},
		contact: undefined,
		lines: LINES,
		parentPath: undefined,
		alwaysSent: [],
		singly: {
			create: (element) => ({ method: 'POST', path: '/Timesheets', body: element }),
			update: () => [],
			parts: { path: (id) => `/Timesheets/${id}`, writes: lineWrites },
			removePath: (id) => `/Timesheets/${id}`,
		},
		hasIdInElement: false,
		isSentWhole: true,
		answeredIn: { member: 'timesheet' },
	},
	numberPath: 'employeeID',
	statusPath: 'status',
	keys: [{ path: 'employeeID', enforced: false, withinContact: false, within: ['startDate'] }],
	lookup: {
		ids: { by: 'path' },
		values: { employeeID: { by: 'period', name: 'employeeId' } },
		query: {},
		hasSearch: false,
		period: { from: 'startDate', to: 'endDate' },
		listLacksLines: true,
		pageSize: 100,
		takesPageSize: false,
		listName: 'timesheets',
	},
	scope: 'payroll.timesheets',
	fields: FIELDS,
	lineFields: LINE_FIELDS,
	hasContact: false,
	isContact: false,
	isNumberedByThem: false,
	amounts: {
		sideOf: () => undefined,
		takesUnitPlaces: false,
		mustBalance: false,
		isOfHours: true,
	},
	names: [],
	isPaidByPeriod: {
		employeePath: 'employeeID',
		calendarPath: 'payrollCalendarID',
		startPath: 'startDate',
		endPath: 'endDate',
		dayPath: 'date',
		unitsPath: 'numberOfUnits',
		ratePath: 'earningsRateID',
		trackingPath: 'trackingItemID',
	},
	can: {
		takeFiles: false,
		keepHistory: false,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	canBeUpdated: true,
	lifecycle: LIFECYCLE,
	editableWhenPaid: [],
	read: (element: WireElement): XeroDocument => ({
		type: 'timesheet',
		id: readId(element, 'timesheetID') ?? '',
		status: readText(element, 'status'),
		fields: readFields(FIELDS, element),
		lines: readLines(LINES, LINE_FIELDS, element),
		updatedAtMs: readWireInstant(element.updatedDateUTC),
	}),
	link: (_id, shortCode) => (shortCode ? `${PAGE}?CID=${shortCode}` : PAGE),
};
