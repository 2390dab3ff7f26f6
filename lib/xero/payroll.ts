import type { CalendarDate } from '../dates';
import type { XeroClient } from './client';
import type { Named, WireElement } from './documents/definition';
import { readId, readText } from './documents/reading';
import { takePages } from './pages';
import { readWireDate } from './wireDates';

/** A person as far as hours need one. What else Xero tells of people goes no further than here. */
export interface Employee extends Named {
	readonly calendarId?: string;
	/** Last day of the employment, where it has one. */
	readonly endDate?: CalendarDate;
}

export interface PayCalendar {
	readonly id: string;
	readonly name: string;
	/** Weekly, Fortnightly, FourWeekly, Monthly … */
	readonly type: string;
	/** First and last day of the period that is open. */
	readonly start: CalendarDate;
	readonly end: CalendarDate;
}

async function readPayroll(
	client: XeroClient,
	path: string,
	listName: string,
	take: (element: WireElement) => void,
): Promise<void> {
	const request = { path, api: 'payroll', listName, pageSize: 100, takesPageSize: false } as const;
	await takePages(client, request, (page) => {
		for (const element of page) take(element);
	});
}

/** Throws ServiceFaultError. */
export async function readEmployees(client: XeroClient): Promise<readonly Employee[]> {
	const employees: Employee[] = [];
	await readPayroll(client, '/Employees', 'employees', (element) => {
		const id = readId(element, 'employeeID');
		if (id === undefined) return;
		const names = ['firstName', 'lastName'].map((name) => readText(element, name));
		employees.push({
			id,
			names: [
				names.filter((name) => name !== undefined).join(' '),
				readText(element, 'email'),
				readText(element, 'employeeNumber'),
			],
			calendarId: readId(element, 'payrollCalendarID'),
			endDate: readWireDate(element.endDate),
		});
	});
	return employees;
}

/** Throws ServiceFaultError. */
export async function readPayCalendars(client: XeroClient): Promise<readonly PayCalendar[]> {
	const calendars: PayCalendar[] = [];
	await readPayroll(client, '/PayRunCalendars', 'payRunCalendars', (element) => {
		const id = readId(element, 'payrollCalendarID');
		const start = readWireDate(element.periodStartDate);
		const end = readWireDate(element.periodEndDate);
		const type = readText(element, 'calendarType');
		if (id === undefined || !start || !end || type === undefined) return;
		calendars.push({ id, name: readText(element, 'name') ?? id, type, start, end });
	});
	return calendars;
}
