import type { CalendarDate } from '../dates';
import { isSameText } from '../foldText';
import { ServiceFaultError } from '../serviceFault';
import type { XeroClient } from './client';
import type { Named, WireElement } from './documents/definition';
import { readId, readText } from './documents/reading';
import { elementsOf, isElement } from './documents/wireSlots';
import { xeroFault } from './faults';
import { takePages } from './pages';
import type { PayCalendar } from './payCalendar';
import type { OrganisationSettings } from './settings';
import { readWireDate } from './wireDates';

/** A person as far as hours need one. What else Xero tells of people goes no further than here. */
export interface Employee extends Named {
	readonly calendarId?: string;
	/** First and last day of the employment, as far as they are known. */
	readonly startDate?: CalendarDate;
	readonly endDate?: CalendarDate;
}

/** What hours are paid as. What they are paid is not read. */
export interface EarningsRate extends Named {
	/** "Hours", "days" …, where it is told. */
	readonly typeOfUnits?: string;
}

/** Who is paid, when, and by which rates. */
export interface PayrollSettings {
	readonly employees: readonly Employee[];
	readonly calendars: readonly PayCalendar[];
	/** Those that are in use. */
	readonly rates: readonly EarningsRate[];
	/** Options of the category by which payroll tracks hours; read where records name one. */
	readonly trackingOptions: readonly Named[];
}

interface Asked {
	readonly settings: OrganisationSettings;
	/** Whether any record tracks its hours. */
	readonly isTracked: boolean;
}

/** Throws ServiceFaultError. */
export async function readPayroll(
	client: XeroClient,
	{ settings, isTracked }: Asked,
): Promise<PayrollSettings> {
	const { countryCode } = settings.organisation;
	const people = countryCode === 'AU' ? await readAustralian(client) : await readOthers(client);
	const rates = await readEarningsRates(client, settings);
	const categoryId = isTracked ? await readTrackingCategory(client, countryCode) : undefined;
	const category = settings.trackingCategories.find(
		({ id }) => categoryId !== undefined && isSameText(id, categoryId),
	);
	const options = category?.options.filter(({ status }) => status === 'ACTIVE') ?? [];
	return {
		...people,
		rates,
		trackingOptions: options.map(({ id, name }) => ({ id: id.toLowerCase(), names: [name] })),
	};
}

/** The earnings rates that are in use. Throws ServiceFaultError. */
export async function readEarningsRates(
	client: XeroClient,
	{ organisation }: Pick<OrganisationSettings, 'organisation'>,
): Promise<EarningsRate[]> {
	if (organisation.countryCode !== 'AU') {
		const rates = await readList(client, {
			path: '/EarningsRates',
			api: 'payroll',
			listName: 'earningsRates',
		});
		return rates
			.filter(({ currentRecord }) => currentRecord !== false)
			.map((element) => ({
				id: idOf(element, 'earningsRateID', '/EarningsRates'),
				names: [readText(element, 'name')],
				typeOfUnits: readText(element, 'typeOfUnits'),
			}));
	}
	const items = await readMember(
		client,
		{ path: '/PayItems', api: 'payrollOfAustralia' },
		'PayItems',
	);
	return elementsOf(items.EarningsRates)
		.filter(({ CurrentRecord }) => CurrentRecord !== false)
		.map((element) => ({
			id: idOf(element, 'EarningsRateID', '/PayItems'),
			names: [readText(element, 'Name')],
			typeOfUnits: readText(element, 'TypeOfUnits'),
		}));
}

type People = Pick<PayrollSettings, 'employees' | 'calendars'>;

/** The United Kingdom and New Zealand. */
async function readOthers(client: XeroClient): Promise<People> {
	const read = async (path: string, listName: string) =>
		await readList(client, { path, api: 'payroll', listName });
	const employees = await read('/Employees', 'employees');
	const calendars = await read('/PayRunCalendars', 'payRunCalendars');
	return {
		employees: employees.map((element) => ({
			id: idOf(element, 'employeeID', '/Employees'),
			names: [
				fullName(readText(element, 'firstName'), readText(element, 'lastName')),
				readText(element, 'email'),
				readText(element, 'employeeNumber'),
			],
			calendarId: readId(element, 'payrollCalendarID'),
			startDate: readWireDate(element.startDate),
			endDate: readWireDate(element.endDate),
		})),
		calendars: calendars.flatMap((element) =>
			calendarOf({
				id: readId(element, 'payrollCalendarID'),
				name: readText(element, 'name'),
				type: readText(element, 'calendarType'),
				start: readWireDate(element.periodStartDate),
				end: readWireDate(element.periodEndDate),
			}),
		),
	};
}

/** By Payroll 1.0, since 2.0 has nothing of Australia but timesheets (OpenAPI, payroll-au-v2). */
async function readAustralian(client: XeroClient): Promise<People> {
	const read = async (path: string, listName: string) =>
		await readList(client, { path, api: 'payrollOfAustralia', listName });
	const employees = await read('/Employees', 'Employees');
	const calendars = await read('/PayrollCalendars', 'PayrollCalendars');
	return {
		employees: employees.map((element) => ({
			id: idOf(element, 'EmployeeID', '/Employees'),
			names: [
				fullName(readText(element, 'FirstName'), readText(element, 'LastName')),
				readText(element, 'Email'),
			],
			calendarId: readId(element, 'PayrollCalendarID'),
			startDate: readWireDate(element.StartDate),
			endDate: readWireDate(element.TerminationDate),
		})),
		calendars: calendars.flatMap((element) =>
			calendarOf({
				id: readId(element, 'PayrollCalendarID'),
				name: readText(element, 'Name'),
				type: readText(element, 'CalendarType'),
				start: readWireDate(element.StartDate),
			}),
		),
	};
}

function calendarOf({ id, name, type, start, end }: Partial<PayCalendar>): readonly PayCalendar[] {
	if (id === undefined || type === undefined || !start) return [];
	return [
		{ id, name: name?.trim() ?? id, type: type.toUpperCase(), start, ...(end ? { end } : {}) },
	];
}

/** Id of the category whose options hours may bear; undefined where payroll has none. */
async function readTrackingCategory(
	client: XeroClient,
	countryCode: string | undefined,
): Promise<string | undefined> {
	if (countryCode === 'AU') {
		const request = { path: '/Settings', api: 'payrollOfAustralia' } as const;
		const { TrackingCategories: all } = await readMember(client, request, 'Settings');
		const category = isElement(all) ? all.TimesheetCategories : undefined;
		return isElement(category) ? readId(category, 'TrackingCategoryID') : undefined;
	}
	// Spelt so by each of the two (OpenAPI, payroll-uk and payroll-nz).
	const name = countryCode === 'NZ' ? 'TrackingCategories' : 'trackingCategories';
	const request = { path: `/Settings/${name}`, api: 'payroll' } as const;
	const categories = await readMember(client, request, 'trackingCategories');
	return readId(categories, 'timesheetTrackingCategoryID');
}

/** What hours are sent for. Throws ServiceFaultError where it cannot be read. */
function idOf(element: WireElement, name: string, path: string): string {
	const id = readId(element, name);
	if (id !== undefined) return id;
	const vendorMessage = `${path} lists one without a readable ${name}.`;
	throw new ServiceFaultError(xeroFault({ kind: 'notXero', path, vendorMessage }));
}

/** The member of an answer that holds all of it. Throws ServiceFaultError, also where it has none. */
async function readMember(
	client: XeroClient,
	request: { readonly path: string; readonly api: 'payroll' | 'payrollOfAustralia' },
	name: string,
): Promise<WireElement> {
	const body = await client.read(request);
	const member = isElement(body) ? body[name] : undefined;
	if (isElement(member)) return member;
	throw new ServiceFaultError(xeroFault({ kind: 'notXero', path: request.path }));
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
