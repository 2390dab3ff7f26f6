import type { Call } from '../call';
import { NOT_FOUND, Refusal } from '../failures';
import type { JsonObject } from '../json';
import type { Route } from '../transport';
import type { EarningsRateRow, EmployeeRow, PayCalendarRow } from './model';
import { timesheetCategory } from './payroll';
import { payrollAnswer, payrollDay, payrollInstant, payrollPage } from './payrollAnswers';
import { periodEnd } from './payPeriods';

const EMPLOYEES = ['payroll.employees.read'];
const SETTINGS = ['payroll.settings.read'];

/** Who is paid, when, and by which rates: only read, a person in Xero sets them up. */
export const peopleRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/Employees',
		scopes: EMPLOYEES,
		handle: (call) =>
			payrollPage(
				call,
				'employees',
				call.ledger.employees
					.filter((employee) => passes(call, employee))
					.map((employee) => renderEmployee(call, employee)),
			),
	},
	{
		method: 'GET',
		path: '/Employees/:id',
		scopes: EMPLOYEES,
		handle: (call) => {
			const employee = call.ledger.employees.get(call.param('id').toLowerCase());
			if (!employee) throw new Refusal(NOT_FOUND);
			return payrollAnswer(call, { employee: renderEmployee(call, employee) });
		},
	},
	{
		method: 'GET',
		path: '/PayRunCalendars',
		scopes: SETTINGS,
		handle: (call) =>
			payrollPage(call, 'payRunCalendars', call.ledger.payCalendars.all().map(renderCalendar)),
	},
	{
		method: 'GET',
		path: '/PayRunCalendars/:id',
		scopes: SETTINGS,
		handle: (call) => {
			const calendar = call.ledger.payCalendars.get(call.param('id').toLowerCase());
			if (!calendar) throw new Refusal(NOT_FOUND);
			return payrollAnswer(call, { payRunCalendar: renderCalendar(calendar) });
		},
	},
	{
		method: 'GET',
		path: '/EarningsRates',
		scopes: SETTINGS,
		handle: (call) =>
			payrollPage(call, 'earningsRates', call.ledger.earningsRates.all().map(renderRate)),
	},
	{
		method: 'GET',
		path: '/EarningsRates/:id',
		scopes: SETTINGS,
		handle: (call) => {
			const rate = call.ledger.earningsRates.get(call.param('id').toLowerCase());
			if (!rate) throw new Refusal(NOT_FOUND);
			return payrollAnswer(call, { earningsRate: renderRate(rate) });
		},
	},
	{
		method: 'GET',
		path: '/Settings/TrackingCategories',
		scopes: SETTINGS,
		handle: (call) =>
			payrollAnswer(call, {
				trackingCategories: {
					timesheetTrackingCategoryID: timesheetCategory(call.ledger)?.trackingCategoryId ?? null,
				},
			}),
	},
];

/** `filter=firstName==Ida,lastName==Berg`: both names or one (OpenAPI, getEmployees). */
function passes(call: Call, employee: EmployeeRow): boolean {
	const filter = call.query('filter');
	if (filter === undefined) return true;
	return filter.split(',').every((term) => {
		const [name = '', value = ''] = term.split('==').map((part) => part.trim());
		const wanted = value.replace(/^"|"$/g, '').toLowerCase();
		if (name === 'firstName') return employee.firstName.toLowerCase().includes(wanted);
		if (name === 'lastName') return employee.lastName.toLowerCase().includes(wanted);
		return true;
	});
}

/** Tax numbers and bank accounts are left out: nothing here has any. */
function renderEmployee(call: Call, employee: EmployeeRow): JsonObject {
	const isBritish = call.ledger.info.value.version === 'UK';
	return {
		employeeID: employee.employeeId,
		title: employee.title,
		firstName: employee.firstName,
		lastName: employee.lastName,
		dateOfBirth: payrollDay(employee.dateOfBirth),
		email: employee.email,
		gender: 'F',
		address: { addressLine1: '1 High Street', city: 'Anytown', postCode: 'AA1 1AA' },
		startDate: payrollDay(employee.startDate),
		endDate: employee.endDate && payrollDay(employee.endDate),
		payrollCalendarID: employee.payrollCalendarId,
		...(isBritish ? { isOffPayrollWorker: false } : { jobTitle: 'Fitter' }),
		createdDateUTC: payrollInstant(employee.updatedMs),
		updatedDateUTC: payrollInstant(employee.updatedMs),
	};
}

function renderCalendar(calendar: PayCalendarRow): JsonObject {
	return {
		payrollCalendarID: calendar.payrollCalendarId,
		name: calendar.name,
		calendarType: calendar.calendarType,
		periodStartDate: payrollDay(calendar.periodStartDate),
		periodEndDate: payrollDay(periodEnd(calendar, calendar.periodStartDate)),
		paymentDate: payrollDay(calendar.paymentDate),
		updatedDateUTC: payrollInstant(calendar.updatedMs),
	};
}

function renderRate(rate: EarningsRateRow): JsonObject {
	return {
		earningsRateID: rate.earningsRateId,
		name: rate.name,
		earningsType: rate.isOvertime ? 'OvertimeEarnings' : 'RegularEarnings',
		rateType: 'RatePerUnit',
		typeOfUnits: rate.typeOfUnits,
		currentRecord: rate.isCurrent,
		expenseAccountID: rate.expenseAccountId,
	};
}
