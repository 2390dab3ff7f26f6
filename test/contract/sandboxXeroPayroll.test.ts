import { AUSTRALIAN_TENANT_ID, DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { at, Session, type Reply } from './sandboxXeroSession';

describe('the Xero sandbox: payroll', () => {
	let xero: Session;
	let employee: { employeeId: string; payrollCalendarId?: string };
	const call = (method: string, path: string, body?: unknown, tenant = DEMO_TRADE_TENANT_ID) =>
		xero.send(method, `/payroll.xro/2.0${path}`, body, { 'xero-tenant-id': tenant });
	const rates = () => xero.twin.organisation().earningsRates.all();
	const week = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
		employeeID: employee.employeeId,
		payrollCalendarID: employee.payrollCalendarId,
		startDate: '2026-11-16',
		endDate: '2026-11-22',
		timesheetLines: [
			{ date: '2026-11-17', earningsRateID: rates()[0]?.earningsRateId, numberOfUnits: 7.25 },
		],
		...more,
	});
	const reasons = (reply: Reply) => [
		at(reply.json, 'problem', 'detail'),
		at(reply.json, 'problem', 'invalidFields', 0, 'name'),
	];

	beforeEach(() => {
		xero = new Session();
		const tenantIds = [DEMO_TRADE_TENANT_ID, AUSTRALIAN_TENANT_ID];
		xero.token = xero.twin.signIn({ tenantIds }).access_token;
		employee = xero.twin.person.hire({ firstName: 'Ida', lastName: 'Berg' });
	});

	it('takes the hours of a week as a draft, changes a line, and adds them up', async () => {
		const made = await call('POST', '/Timesheets', week());
		const sheet = at(made.json, 'timesheet');
		expect(sheet).toMatchObject({ status: 'Draft', totalHours: 7.25 });
		const id = String(at(sheet, 'timesheetID'));
		const line = { date: '2026-11-18', earningsRateID: rates()[1]?.earningsRateId };
		const added = await call('POST', `/Timesheets/${id}/Lines`, { ...line, numberOfUnits: 2 });
		const lineId = String(at(added.json, 'timesheetLine', 'timesheetLineID'));
		await call('PUT', `/Timesheets/${id}/Lines/${lineId}`, { ...line, numberOfUnits: 3.5 });
		const read = await call('GET', `/Timesheets/${id}`);
		expect(at(read.json, 'timesheet')).toMatchObject({ totalHours: 10.75 });
		await call('DELETE', `/Timesheets/${id}/Lines/${lineId}`);
		const list = await call(
			'GET',
			`/Timesheets?filter=employeeId==${employee.employeeId}&startDate=2026-11-16&endDate=2026-11-22`,
		);
		expect(at(list.json, 'timesheets')).toMatchObject([{ totalHours: 7.25 }]);
		expect(at(list.json, 'timesheets', 0)).not.toHaveProperty('timesheetLines');
	});

	it('tracks hours by an option of the category that payroll is set to', async () => {
		const path = '/Settings/TrackingCategories';
		const settings = at((await call('GET', path)).json, 'trackingCategories');
		const category = xero.twin
			.organisation()
			.trackingCategories.get(String(at(settings, 'timesheetTrackingCategoryID')));
		const line = { date: '2026-11-17', earningsRateID: rates()[0]?.earningsRateId };
		const tracked = (trackingItemID: string | undefined) =>
			week({ timesheetLines: [{ ...line, numberOfUnits: 7.25, trackingItemID }] });
		const other = await call('POST', '/Timesheets', tracked(employee.employeeId));
		expect(reasons(other)[1]).toBe('trackingItemID');
		const option = category?.options[0]?.trackingOptionId;
		const made = await call('POST', '/Timesheets', tracked(option));
		expect(at(made.json, 'timesheet', 'timesheetLines', 0)).toMatchObject({
			trackingItemID: option,
		});
	});

	it('pays approved hours with the pay run, and opens the next period', async () => {
		const made = await call('POST', '/Timesheets', week());
		const id = String(at(made.json, 'timesheet', 'timesheetID'));
		xero.twin.person.approveTimesheet(id);
		xero.twin.person.postPayRun('Weekly');
		const paid = await call('GET', `/Timesheets/${id}`);
		expect(at(paid.json, 'timesheet', 'status')).toBe('Completed');
		const other = xero.twin.person.hire({ firstName: 'Kit', lastName: 'Marlow' });
		const late = await call('POST', '/Timesheets', week({ employeeID: other.employeeId }));
		expect(reasons(late)[1]).toBe('startDate');
	});

	it('holds what was approved, until it is a draft again', async () => {
		const made = await call('POST', '/Timesheets', week());
		const id = String(at(made.json, 'timesheet', 'timesheetID'));
		await call('POST', `/Timesheets/${id}/Approve`);
		expect((await call('DELETE', `/Timesheets/${id}`)).status).toBe(400);
		const reverted = await call('POST', `/Timesheets/${id}/RevertToDraft`);
		expect(at(reverted.json, 'timesheet', 'status')).toBe('Draft');
		expect((await call('DELETE', `/Timesheets/${id}`)).status).toBe(200);
		expect((await call('GET', `/Timesheets/${id}`)).status).toBe(404);
	});

	it.each([
		['an unknown person', { employeeID: '11111111-2222-4333-8444-555555555555' }, 'employeeID'],
		['half a week', { endDate: '2026-11-19' }, 'startDate'],
		['a week that is paid', { startDate: '2026-11-09', endDate: '2026-11-15' }, 'startDate'],
		['an unknown rate', { timesheetLines: [{ date: '2026-11-17' }] }, 'earningsRateID'],
		['a day outside', { timesheetLines: [{ date: '2026-11-23' }] }, 'date'],
	])('refuses %s', async (_case, members, field) => {
		const reply = await call('POST', '/Timesheets', week(members));
		expect(reply.status).toBe(400);
		expect(reasons(reply)).toEqual(['Validation error occurred.', field]);
	});

	it('has one timesheet for a person and a period, or two where the switch says so', async () => {
		await call('POST', '/Timesheets', week());
		const again = await call('POST', '/Timesheets', week());
		expect(reasons(again)[0]).toBe(
			'This timesheet already exists, please provide the timesheet ID',
		);
		xero.twin.configure({ secondTimesheet: 'taken' });
		expect((await call('POST', '/Timesheets', week())).status).toBe(200);
	});

	it('finds people by name, in Australia by its older API', async () => {
		xero.twin.person.hire({ firstName: 'Kit', lastName: 'Marlow' });
		const found = await call('GET', '/Employees?filter=firstName==kit,lastName==marlow');
		expect(at(found.json, 'employees')).toMatchObject([{ lastName: 'Marlow' }]);
		xero.twin.person.hire({ firstName: 'Bindi', lastName: 'Ray' }, 'Wattle Trade Pty Ltd');
		const refused = await call('GET', '/Employees', undefined, AUSTRALIAN_TENANT_ID);
		expect(refused.status).toBe(403);
		const older = await xero.send('GET', '/payroll.xro/1.0/Employees', undefined, {
			'xero-tenant-id': AUSTRALIAN_TENANT_ID,
		});
		expect(at(older.json, 'Employees')).toMatchObject([{ FirstName: 'Bindi', Status: 'ACTIVE' }]);
		const calendars = await xero.send('GET', '/payroll.xro/1.0/PayrollCalendars', undefined, {
			'xero-tenant-id': AUSTRALIAN_TENANT_ID,
		});
		expect(at(calendars.json, 'PayrollCalendars', 0)).toMatchObject({ CalendarType: 'WEEKLY' });
	});

	it('needs the scopes of payroll', async () => {
		xero.token = xero.twin.signIn({ scopes: ['accounting.settings'] }).access_token;
		expect((await call('GET', '/Timesheets')).status).toBe(401);
	});
});
