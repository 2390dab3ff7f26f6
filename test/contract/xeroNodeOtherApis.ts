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
