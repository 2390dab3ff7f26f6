import { Timesheet, TimesheetLine } from '../../../vendor/xeroModels';
import type { DocumentDefinition, FieldDefinition, WireElement, XeroDocument } from '../definition';
import { readLines } from '../lineFields';
import { NOT_APPROVED } from '../lifecycles';
import { modelFields } from '../modelFields';
import { readFields, readId, readText } from '../reading';

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
	endDate: { label: 'End of the Pay Period', kind: 'date' },
	payrollCalendarID: { label: 'Pay Calendar ID', kind: 'id' },
});

const LINE_FIELDS: readonly FieldDefinition[] = modelFields(TimesheetLine, {
	date: {
		label: 'Day',
		kind: 'date',
		usual: true,
		alsoCalled: ['date', 'work date', 'worked on'],
	},
	earningsRateID: {
		label: 'Earnings Rate',
		kind: 'id',
		byName: true,
		usual: true,
		alsoCalled: ['earnings rate', 'pay item', 'kind of hours', 'rate name'],
	},
	numberOfUnits: {
		label: 'Hours',
		kind: 'quantity',
		places: 2,
		usual: true,
		isNeverNegative: true,
		alsoCalled: ['hours', 'units', 'approved hours', 'quantity'],
	},
});

const LINES = { name: 'timesheetLines', idName: 'timesheetLineID', isUntracked: true } as const;

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
		},
		hasIdInElement: false,
		isSentWhole: true,
		answeredIn: { member: 'timesheet' },
	},
	numberPath: 'employeeID',
	statusPath: undefined,
	keys: [{ path: 'employeeID', enforced: false, withinContact: false, within: ['startDate'] }],
	lookup: {
		ids: { by: 'path' },
		values: { employeeID: { by: 'all' } },
		query: {},
		hasSearch: false,
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
	},
	can: {
		takeFiles: false,
		keepHistory: false,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	canBeUpdated: false,
	lifecycle: { ...NOT_APPROVED, moves: {}, closed: ['Approved', 'Completed'], gone: [] },
	editableWhenPaid: [],
	read: (element: WireElement): XeroDocument => ({
		type: 'timesheet',
		id: readId(element, 'timesheetID') ?? '',
		status: readText(element, 'status'),
		fields: readFields(FIELDS, element),
		lines: readLines(LINES, LINE_FIELDS, element),
	}),
	link: () => 'https://payroll.xero.com/Timesheets',
};
