import {
	AUSTRALIAN_TENANT_ID,
	DEMO_TRADE_TENANT_ID as UK,
	KIWI_TRADE_TENANT_ID as NZ,
} from '../../sandbox/xero/twin';
import { anything, some, type LibraryCall } from './xeroNodeCall';

export const PROJECTS: readonly LibraryCall[] = [
	['getProjects', (x) => x.projectApi.getProjects(UK), () => some('items', { name: 'Kitchen' })],
	[
		'getProject',
		(x, { projectId }) => x.projectApi.getProject(UK, projectId),
		() => ({ name: 'Kitchen', estimate: { value: 500 } }),
	],
	[
		'createProject',
		(x, { contactId }) => x.projectApi.createProject(UK, { contactId, name: 'Loft' }),
		() => ({ name: 'Loft' }),
	],
	[
		'updateProject',
		(x, { projectId }) => x.projectApi.updateProject(UK, projectId, { name: 'Kitchen refit' }),
		anything,
	],
	[
		'getProjectUsers',
		(x) => x.projectApi.getProjectUsers(UK),
		() => some('items', { name: 'Rowan Ashby' }),
	],
	[
		'getTasks',
		(x, { projectId }) => x.projectApi.getTasks(UK, projectId),
		() => some('items', { name: 'Labour' }),
	],
	[
		'getTask',
		(x, { projectId, taskId }) => x.projectApi.getTask(UK, projectId, taskId),
		() => ({ name: 'Labour', rate: { value: 40 } }),
	],
	[
		'getTimeEntries',
		(x, { projectId }) => x.projectApi.getTimeEntries(UK, projectId),
		() => some('items', { duration: 60 }),
	],
	[
		'getTimeEntry',
		(x, { projectId, timeEntryId }) => x.projectApi.getTimeEntry(UK, projectId, timeEntryId),
		() => ({ duration: 60 }),
	],
	[
		'createTask',
		(x, { projectId }) =>
			x.projectApi.createTask(UK, projectId, {
				name: 'Painting',
				rate: { currency: 'GBP' as never, value: 35 },
				chargeType: 'TIME' as never,
			}),
		() => ({ name: 'Painting' }),
	],
	[
		'updateTask',
		(x, { projectId, taskId }) =>
			x.projectApi.updateTask(UK, projectId, taskId, {
				name: 'Labour',
				rate: { currency: 'GBP' as never, value: 41 },
				chargeType: 'TIME' as never,
			}),
		anything,
	],
	[
		'deleteTask',
		async (x, { projectId }) => {
			const { body } = await x.projectApi.getTasks(UK, projectId);
			const painting = body.items?.find(({ name }) => name === 'Painting');
			return await x.projectApi.deleteTask(UK, projectId, painting?.taskId ?? '');
		},
		anything,
	],
	[
		'createTimeEntry',
		async (x, { projectId, taskId }) => {
			const { body } = await x.projectApi.getProjectUsers(UK);
			return await x.projectApi.createTimeEntry(UK, projectId, {
				userId: body.items?.[0]?.userId ?? '',
				taskId,
				dateUtc: new Date(Date.UTC(2026, 10, 20)),
				duration: 45,
			});
		},
		() => ({ duration: 45 }),
	],
	[
		'updateTimeEntry',
		async (x, { projectId, taskId, timeEntryId }) => {
			const { body } = await x.projectApi.getProjectUsers(UK);
			return await x.projectApi.updateTimeEntry(UK, projectId, timeEntryId, {
				userId: body.items?.[0]?.userId ?? '',
				taskId,
				dateUtc: new Date(Date.UTC(2026, 10, 20)),
				duration: 75,
			});
		},
		anything,
	],
	[
		'deleteTimeEntry',
		(x, { projectId, timeEntryId }) => x.projectApi.deleteTimeEntry(UK, projectId, timeEntryId),
		anything,
	],
	[
		'patchProject',
		(x, { projectId }) => x.projectApi.patchProject(UK, projectId, { status: 'CLOSED' as never }),
		anything,
	],
];

export const PAYROLL: readonly LibraryCall[] = [
	[
		'UK getEmployees',
		(x) => x.payrollUKApi.getEmployees(UK),
		() => some('employees', { firstName: 'Ida' }),
	],
	[
		'UK getPayRunCalendars',
		(x) => x.payrollUKApi.getPayRunCalendars(UK),
		() => some('payRunCalendars', { name: 'Weekly' }),
	],
	[
		'UK getEarningsRates',
		(x) => x.payrollUKApi.getEarningsRates(UK),
		() => some('earningsRates', { name: 'Ordinary Hours' }),
	],
	[
		'UK getTrackingCategories',
		(x) => x.payrollUKApi.getTrackingCategories(UK),
		() => ({ trackingCategories: expect.anything() }),
	],
	[
		'AU getSettings',
		(x) => x.payrollAUApi.getSettings(AUSTRALIAN_TENANT_ID),
		() => ({ settings: expect.anything() }),
	],
	[
		'UK getEmployee',
		async (x) => {
			const { body } = await x.payrollUKApi.getEmployees(UK);
			return await x.payrollUKApi.getEmployee(UK, body.employees?.[0]?.employeeID ?? '');
		},
		() => ({ employee: { firstName: 'Ida' } }),
	],
	[
		'UK getPayRunCalendar',
		async (x) => {
			const { body } = await x.payrollUKApi.getPayRunCalendars(UK);
			const id = body.payRunCalendars?.[0]?.payrollCalendarID ?? '';
			return await x.payrollUKApi.getPayRunCalendar(UK, id);
		},
		() => ({ payRunCalendar: { name: 'Weekly' } }),
	],
	[
		'UK getEarningsRate',
		async (x) => {
			const { body } = await x.payrollUKApi.getEarningsRates(UK);
			const id = body.earningsRates?.[0]?.earningsRateID ?? '';
			return await x.payrollUKApi.getEarningsRate(UK, id);
		},
		() => ({ earningsRate: { name: 'Ordinary Hours' } }),
	],
	[
		'UK createTimesheetLine',
		async (x, { payroll }) => {
			const { timesheetId } = payroll['Demo Trade Ltd'];
			const { body } = await x.payrollUKApi.getTimesheet(UK, timesheetId);
			const [line] = body.timesheet?.timesheetLines ?? [];
			return await x.payrollUKApi.createTimesheetLine(UK, timesheetId, {
				date: '2026-11-18',
				earningsRateID: line?.earningsRateID ?? '',
				numberOfUnits: 2,
			});
		},
		() => ({ timesheetLine: { numberOfUnits: 2 } }),
	],
	[
		'UK updateTimesheetLine',
		async (x, { payroll }) => {
			const { timesheetId } = payroll['Demo Trade Ltd'];
			const { body } = await x.payrollUKApi.getTimesheet(UK, timesheetId);
			const line = body.timesheet?.timesheetLines?.at(-1);
			return await x.payrollUKApi.updateTimesheetLine(
				UK,
				timesheetId,
				line?.timesheetLineID ?? '',
				{ date: '2026-11-18', earningsRateID: line?.earningsRateID ?? '', numberOfUnits: 3 },
			);
		},
		() => ({ timesheetLine: { numberOfUnits: 3 } }),
	],
	[
		'UK deleteTimesheetLine',
		async (x, { payroll }) => {
			const { timesheetId } = payroll['Demo Trade Ltd'];
			const { body } = await x.payrollUKApi.getTimesheet(UK, timesheetId);
			const line = body.timesheet?.timesheetLines?.at(-1);
			return await x.payrollUKApi.deleteTimesheetLine(UK, timesheetId, line?.timesheetLineID ?? '');
		},
		anything,
	],
	[
		'UK getTimesheets',
		(x) => x.payrollUKApi.getTimesheets(UK),
		() => some('timesheets', { totalHours: 7.25 }),
	],
	[
		'UK getTimesheet',
		(x, { payroll }) => x.payrollUKApi.getTimesheet(UK, payroll['Demo Trade Ltd'].timesheetId),
		() => ({ timesheet: { status: 'Draft' } }),
	],
	[
		'UK approveTimesheet',
		(x, { payroll }) => x.payrollUKApi.approveTimesheet(UK, payroll['Demo Trade Ltd'].timesheetId),
		() => ({ timesheet: { status: 'Approved' } }),
	],
	[
		'UK revertTimesheet',
		(x, { payroll }) => x.payrollUKApi.revertTimesheet(UK, payroll['Demo Trade Ltd'].timesheetId),
		() => ({ timesheet: { status: 'Draft' } }),
	],
	[
		'UK deleteTimesheet',
		(x, { payroll }) => x.payrollUKApi.deleteTimesheet(UK, payroll['Demo Trade Ltd'].timesheetId),
		anything,
	],
	[
		'UK createTimesheet',
		async (x) => {
			const { body } = await x.payrollUKApi.getEmployees(UK);
			const rates = await x.payrollUKApi.getEarningsRates(UK);
			const employee = body.employees?.[0];
			return await x.payrollUKApi.createTimesheet(UK, {
				employeeID: employee?.employeeID ?? '',
				payrollCalendarID: employee?.payrollCalendarID ?? '',
				startDate: '2026-11-16',
				endDate: '2026-11-22',
				timesheetLines: [
					{
						date: '2026-11-17',
						earningsRateID: rates.body.earningsRates?.[0]?.earningsRateID ?? '',
						numberOfUnits: 7.5,
					},
				],
			});
		},
		() => ({ timesheet: { status: 'Draft' } }),
	],
	[
		'NZ getEmployees',
		(x) => x.payrollNZApi.getEmployees(NZ),
		() => some('employees', { lastName: 'Berg' }),
	],
	[
		'NZ getTimesheets',
		(x) => x.payrollNZApi.getTimesheets(NZ),
		() => some('timesheets', { totalHours: 7.25 }),
	],
	[
		'NZ getTimesheet',
		(x, { payroll }) => x.payrollNZApi.getTimesheet(NZ, payroll['Kiwi Trade Ltd'].timesheetId),
		() => ({ timesheet: { status: 'Draft' } }),
	],
	[
		'AU getEmployees',
		(x) => x.payrollAUApi.getEmployees(AUSTRALIAN_TENANT_ID),
		() => some('employees', { firstName: 'Ida' }),
	],
	[
		'AU getEmployee',
		async (x) => {
			const { body } = await x.payrollAUApi.getEmployees(AUSTRALIAN_TENANT_ID);
			const id = body.employees?.[0]?.employeeID ?? '';
			return await x.payrollAUApi.getEmployee(AUSTRALIAN_TENANT_ID, id);
		},
		() => some('employees', { firstName: 'Ida' }),
	],
	[
		'AU getPayrollCalendars',
		(x) => x.payrollAUApi.getPayrollCalendars(AUSTRALIAN_TENANT_ID),
		() => some('payrollCalendars', { name: 'Weekly' }),
	],
	[
		'AU getPayItems',
		(x) => x.payrollAUApi.getPayItems(AUSTRALIAN_TENANT_ID),
		() => ({ payItems: some('earningsRates', { name: 'Overtime' }) }),
	],
	[
		'AU getTimesheets',
		(x) => x.payrollAUApi.getTimesheets(AUSTRALIAN_TENANT_ID),
		() => some('timesheets', { hours: 7.25 }),
	],
];
