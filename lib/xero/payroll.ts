import { addDays, calendarDateOf, type CalendarDate } from '../dates';
import type { XeroClient } from './client';
import type { Named, WireElement } from './documents/definition';
import { readId, readText } from './documents/reading';
import { elementsOf, isElement } from './documents/wireSlots';
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
	/** WEEKLY, FORTNIGHTLY, FOURWEEKLY, MONTHLY … */
	readonly type: string;
	/** First and last day of the period that is open. */
	readonly start: CalendarDate;
	readonly end: CalendarDate;
}

/** Who is paid, when, and by which rates. */
export interface PayrollSettings {
	readonly employees: readonly Employee[];
	readonly calendars: readonly PayCalendar[];
	/** Names of the earnings rates that are in use. */
	readonly rates: readonly Named[];
}

/** Days of a period, by the type of its calendar; those of months differ. */
export const DAYS_OF_PERIOD: Readonly<Record<string, number>> = {
	WEEKLY: 7,
	FORTNIGHTLY: 14,
	FOURWEEKLY: 28,
};

/** Throws ServiceFaultError. */
export async function readPayroll(
	client: XeroClient,
	countryCode: string | undefined,
): Promise<PayrollSettings> {
	return countryCode === 'AU' ? await readAustralian(client) : await readBritish(client);
}

async function readBritish(client: XeroClient): Promise<PayrollSettings> {
	const read = async (path: string, listName: string) =>
		await readList(client, { path, api: 'payroll', listName });
	const calendars = await read('/PayRunCalendars', 'payRunCalendars');
	const rates = await read('/EarningsRates', 'earningsRates');
	return {
		employees: (await read('/Employees', 'employees')).map((element) => ({
			id: readId(element, 'employeeID') ?? '',
			names: [
				fullName(readText(element, 'firstName'), readText(element, 'lastName')),
				readText(element, 'email'),
				readText(element, 'employeeNumber'),
			],
			calendarId: readId(element, 'payrollCalendarID'),
			endDate: readWireDate(element.endDate),
		})),
		calendars: calendars.flatMap((element) => {
			const end = readWireDate(element.periodEndDate);
			const calendar = readCalendar(element, 'payrollCalendarID', 'periodStartDate');
			return calendar && end
				? [{ ...calendar, name: readText(element, 'name') ?? calendar.id, end }]
				: [];
		}),
		rates: rates
			.filter(({ currentRecord }) => currentRecord !== false)
			.map((element) => ({
				id: readId(element, 'earningsRateID') ?? '',
				names: [readText(element, 'name')],
			})),
	};
}

/** By Payroll 1.0, since 2.0 has nothing of Australia but timesheets (OpenAPI, payroll-au-v2). */
async function readAustralian(client: XeroClient): Promise<PayrollSettings> {
	const api = 'payrollOfAustralia';
	const read = async (path: string, listName: string) =>
		await readList(client, { path, api, listName });
	const employees = await read('/Employees', 'Employees');
	const calendars = await read('/PayrollCalendars', 'PayrollCalendars');
	const items = await client.read({ path: '/PayItems', api });
	const payItems = isElement(items) && isElement(items.PayItems) ? items.PayItems : {};
	return {
		employees: employees.map((element) => ({
			id: readId(element, 'EmployeeID') ?? '',
			names: [
				fullName(readText(element, 'FirstName'), readText(element, 'LastName')),
				readText(element, 'Email'),
				readText(element, 'EmployeeNumber'),
			],
			calendarId: readId(element, 'PayrollCalendarID'),
			endDate: readWireDate(element.TerminationDate),
		})),
		calendars: calendars.flatMap((element) => {
			const calendar = readCalendar(element, 'PayrollCalendarID', 'StartDate');
			const end = calendar && endOf(calendar.type, calendar.start);
			return calendar && end
				? [{ ...calendar, name: readText(element, 'Name') ?? calendar.id, end }]
				: [];
		}),
		rates: elementsOf(payItems.EarningsRates)
			.filter(({ CurrentRecord }) => CurrentRecord !== false)
			.map((element) => ({
				id: readId(element, 'EarningsRateID') ?? '',
				names: [readText(element, 'Name')],
			})),
	};
}

function readCalendar(element: WireElement, idName: string, startName: string) {
	const id = readId(element, idName);
	const start = readWireDate(element[startName]);
	const type = readText(element, 'calendarType') ?? readText(element, 'CalendarType');
	return id !== undefined && start && type !== undefined
		? { id, start, type: type.toUpperCase() }
		: undefined;
}

/** Australia tells the first day of the open period alone. */
function endOf(type: string, start: CalendarDate): CalendarDate | undefined {
	const days = DAYS_OF_PERIOD[type];
	if (days !== undefined) return addDays(start, days - 1);
	if (type !== 'MONTHLY') return undefined;
	const [year = 0, month = 0, day = 0] = start.split('-').map(Number);
	const next =
		month === 12 ? calendarDateOf(year + 1, 1, day) : calendarDateOf(year, month + 1, day);
	return next && addDays(next, -1);
}

async function readList(
	client: XeroClient,
	request: {
		readonly path: string;
		readonly api: 'payroll' | 'payrollOfAustralia';
		readonly listName: string;
	},
): Promise<readonly WireElement[]> {
	const all: WireElement[] = [];
	await takePages(client, { ...request, pageSize: 100, takesPageSize: false }, (page) => {
		all.push(...page);
	});
	return all;
}

function fullName(...names: ReadonlyArray<string | undefined>): string {
	return names.filter((name) => name !== undefined).join(' ');
}
