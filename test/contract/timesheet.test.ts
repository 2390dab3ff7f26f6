import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { TIMESHEET } from '../../lib/xero/documents/timesheet';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import {
	AMERICAN_TENANT_ID,
	AUSTRALIAN_TENANT_ID,
	KIWI_TRADE_TENANT_ID,
} from '../../sandbox/xero/twin';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { hours } from './timesheetFixtures';

const MONDAY: FieldValues = {
	date: '2026-11-16',
	earningsRateID: 'Ordinary Hours',
	numberOfUnits: '7.25',
};
const TUESDAY: FieldValues = { date: '2026-11-17', earningsRateID: 'overtime', numberOfUnits: '2' };

function week(fields: FieldValues = {}, lines: readonly FieldValues[] = [MONDAY, TUESDAY]): Draft {
	return hours(lines, fields);
}

describe('a timesheet', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		world.sandbox.xero.person.hire({ firstName: 'Ida', lastName: 'Berg' });
	});

	async function context() {
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		return { client, settings, clock: world.clock, turns: world.turns };
	}

	async function run(draft: Draft) {
		const previewing = await context();
		const preview = await previewDocuments(previewing, TIMESHEET, [draft], DEFAULT_OPTIONS);
		expect(previewing.client.calls().writes).toBe(0);
		const writing = await context();
		const { outcomes } = await upsertDocuments(writing, TIMESHEET, [draft], DEFAULT_OPTIONS);
		const [outcome] = outcomes;
		return {
			previewed: preview.outcomes[0]?.outcome,
			outcome: outcome?.outcome,
			codes: outcome?.issues.map(({ code }) => code),
			messages: outcome?.issues.map(({ message }) => message),
			fixes: outcome?.issues.map(({ fix }) => fix),
			text: JSON.stringify(outcome),
			writes: writing.client.calls().writes,
		};
	}

	const inXero = () => world.sandbox.xero.organisation().timesheets.all();
	const linesInXero = () =>
		inXero().flatMap(({ lines }) =>
			lines.map((each) => `${each.date} ${each.numberOfUnits.toFixed()}`),
		);

	it.each(['ida.berg@example.com', 'Ida Berg', 'IDA BERG'])(
		'of a person known as %s is a draft of the whole period, and is made once',
		async (employeeID) => {
			expect(await run(week({ employeeID }))).toMatchObject({
				previewed: 'wouldCreate',
				outcome: 'created',
				codes: [],
				writes: 1,
			});
			expect(inXero()).toMatchObject([
				{ status: 'Draft', startDate: '2026-11-16', endDate: '2026-11-22', lines: [{}, {}] },
			]);
			world.sandbox.xero.configure({ secondTimesheet: 'taken' });
			const other = week({ employeeID, startDate: '2026-11-22' });
			expect(await run(other)).toMatchObject({ outcome: 'unchanged', writes: 0 });
		},
	);

	it('is not sent where a person of payroll cannot be read, and says which member', async () => {
		const client = world.anotherClient((inner) => async (request) => {
			const answer = await inner(request);
			if (answer.kind !== 'answer' || !request.url.endsWith('/Employees')) return answer;
			const { employees, ...others } = Object(answer.body);
			const unreadable = [{ ...Object(employees)[0], employeeID: null }];
			return { ...answer, body: { ...others, employees: unreadable } };
		});
		const settings = await readOrganisationSettings(client);
		const { clock, turns } = world;
		const sent = upsertDocuments({ client, settings, clock, turns }, TIMESHEET, [week()]);
		await expect(sent).rejects.toMatchObject({
			fault: { vendorMessage: expect.stringContaining('employeeID') },
		});
		expect(client.calls().writes).toBe(0);
	});

	it('of another period is another one', async () => {
		await run(week());
		const later = [{ ...MONDAY, date: '2026-11-25' }];
		expect(await run(week({ startDate: '2026-11-23' }, later))).toMatchObject({
			outcome: 'created',
		});
		expect(inXero()).toHaveLength(2);
	});

	it('tells nothing of birthdays and addresses', async () => {
		const { text } = await run(week());
		expect(text).not.toMatch(/1990-01-01|High Street/);
	});

	it.each<[string, Draft, string]>([
		['an unknown person', week({ employeeID: 'nobody@example.com' }), 'XERO_TARGET_MISSING'],
		[
			'a person of another organisation',
			week({ employeeID: '11111111-2222-4333-8444-555555555555' }),
			'XERO_TARGET_MISSING',
		],
		[
			'a rate of another organisation',
			week({}, [{ ...MONDAY, earningsRateID: '11111111-2222-4333-8444-555555555555' }]),
			'XERO_HOURS_NOT_PAYABLE',
		],
		['an unknown rate', week({}, [{ ...MONDAY, earningsRateID: 'Night' }]), 'XERO_TARGET_MISSING'],
		[
			'a closed period',
			week({ startDate: '2026-11-10' }, [{ ...MONDAY, date: '2026-11-10' }]),
			'XERO_PAY_PERIOD_CLOSED',
		],
		['a day outside', week({}, [{ ...MONDAY, date: '2026-11-23' }]), 'XERO_HOURS_NOT_PAYABLE'],
		['no rate', week({}, [{ ...MONDAY, earningsRateID: '' }]), 'XERO_HOURS_NOT_PAYABLE'],
		['no hours', week({}, [{ ...MONDAY, numberOfUnits: '' }]), 'XERO_HOURS_NOT_PAYABLE'],
		['no day', week({}, [{ ...MONDAY, date: '' }]), 'XERO_HOURS_NOT_PAYABLE'],
		['hours of 0 alone', week({}, [{ ...MONDAY, numberOfUnits: '0' }]), 'XERO_HOURS_NOT_PAYABLE'],
		['thirds', week({}, [{ ...MONDAY, numberOfUnits: '7.333' }]), 'XERO_HOURS_NOT_PAYABLE'],
		['minutes', week({}, [{ ...MONDAY, numberOfUnits: '435' }]), 'XERO_HOURS_NOT_PAYABLE'],
		['another total', week({ expectedTotal: '10' }), 'XERO_TOTAL_DIFFERS'],
	])('is held for %s', async (_, draft, code) => {
		expect(await run(draft)).toMatchObject({ outcome: 'blocked', codes: [code], writes: 0 });
		expect(inXero()).toEqual([]);
	});

	it('adds up the hours of one day and rate, half before midnight and half after it apart', async () => {
		const late = { ...MONDAY, numberOfUnits: '0.5' };
		const early = { ...MONDAY, date: '2026-11-17', numberOfUnits: '0.5' };
		expect(await run(week({ expectedTotal: '8.25' }, [MONDAY, late, early]))).toMatchObject({
			outcome: 'created',
			codes: [],
		});
		expect(linesInXero()).toEqual(['2026-11-16 7.75', '2026-11-17 0.5']);
		// The second half of a night shift at the end of the week is paid with the next one.
		const sunday = { ...MONDAY, date: '2026-11-22', numberOfUnits: '0.5' };
		const monday = { ...MONDAY, date: '2026-11-23', numberOfUnits: '0.5' };
		world.sandbox.xero.person.hire({ firstName: 'Kit', lastName: 'Marlow' });
		const ofKit = (lines: readonly FieldValues[], startDate = '2026-11-22') =>
			week({ employeeID: 'Kit Marlow', startDate }, lines);
		expect(await run(ofKit([sunday, monday]))).toMatchObject({ outcome: 'blocked' });
		expect(await run(ofKit([sunday]))).toMatchObject({ outcome: 'created' });
		expect(await run(ofKit([monday], '2026-11-23'))).toMatchObject({ outcome: 'created' });
	});

	it.each([
		['Weekly', 'Monthly', '2026-11-16 to 2026-11-22'],
		['Monthly', 'Weekly', '2026-11-01 to 2026-11-30'],
	])(
		'is held for days that a draft of another pay calendar has: from %s to %s',
		async (before, after, period) => {
			const { payCalendars, employees } = world.sandbox.xero.organisation();
			const movedTo = (name: string) => {
				const [ida] = employees.all();
				const calendar = payCalendars.find((each) => each.name === name);
				if (!ida || !calendar) throw new Error(`There is no calendar ${name}.`);
				const { payrollCalendarId } = calendar;
				employees.put(ida.employeeId, { ...ida, payrollCalendarId });
			};
			movedTo(before);
			expect(await run(week())).toMatchObject({ outcome: 'created' });
			movedTo(after);
			const held = await run(week());
			expect(held).toMatchObject({
				previewed: 'blocked',
				outcome: 'blocked',
				codes: ['XERO_HOURS_NOT_PAYABLE'],
				writes: 0,
			});
			expect(held.messages?.[0]).toContain(`from ${period}`);
			// Days that the other one does not have are paid by the new calendar.
			const later = [{ ...MONDAY, date: after === 'Weekly' ? '2026-12-01' : '2026-11-25' }];
			const startDate = String(later[0]?.date);
			expect(await run(week({ startDate }, later))).toMatchObject({ outcome: 'created' });
			// What it says works.
			const { timesheets } = world.sandbox.xero.organisation();
			for (const { timesheetId, startDate: start } of inXero()) {
				if (period.startsWith(start)) timesheets.delete(timesheetId);
			}
			expect(await run(week({}, [MONDAY, ...(after === 'Weekly' ? [] : later)]))).toMatchObject({
				codes: [],
			});
		},
	);

	it('is of the person who works there, of two of one name of whom one has left', async () => {
		const left = { firstName: 'Kit', lastName: 'Marlow', endDate: '2026-11-10' };
		world.sandbox.xero.person.hire({ ...left, email: 'kit.old@example.com' });
		const kit = world.sandbox.xero.person.hire({ firstName: 'Kit', lastName: 'Marlow' });
		const draft = week({ employeeID: 'Kit Marlow' });
		expect(await run(draft)).toMatchObject({ outcome: 'created' });
		expect(inXero()).toMatchObject([{ employeeId: kit.employeeId }]);
		world.sandbox.xero.person.hire({
			firstName: 'Kit',
			lastName: 'Marlow',
			email: 'k@example.com',
		});
		expect(await run(draft)).toMatchObject({
			outcome: 'held',
			codes: ['XERO_TARGET_UNCLEAR'],
			fixes: ['Map the e-mail address instead of the name, or the employee’s id in Xero.'],
		});
	});

	it.each([
		['left within the period', { endDate: '2026-11-18' }],
		['began within the period', { startDate: '2026-11-19' }],
	])('is held for a name of two of whom one %s', async (_, employment) => {
		const { person } = world.sandbox.xero;
		const kit = { firstName: 'Kit', lastName: 'Marlow' };
		person.hire({ ...kit, email: 'kit.a@example.com', ...employment });
		person.hire({ ...kit, email: 'kit.b@example.com' });
		for (const startDate of ['2026-11-16', '2026-11-20']) {
			expect(await run(week({ employeeID: 'Kit Marlow', startDate }))).toMatchObject({
				outcome: 'held',
				codes: ['XERO_TARGET_UNCLEAR'],
				writes: 0,
			});
		}
		expect(inXero()).toEqual([]);
	});

	it.each<[string, { startDate?: string; endDate?: string }, string]>([
		['left before the period', { endDate: '2026-11-13' }, 'ended on 2026-11-13'],
		['left within it', { endDate: '2026-11-16' }, 'left on 2026-11-16'],
		['begins after it', { startDate: '2026-11-30' }, 'begins on 2026-11-30'],
		['begins within it', { startDate: '2026-11-17' }, 'began on 2026-11-17'],
	])('is held for a person who %s', async (_, employment, words) => {
		world.sandbox.xero.person.hire({ firstName: 'Kit', lastName: 'Marlow', ...employment });
		const held = await run(week({ employeeID: 'kit.marlow@example.com' }));
		expect(held).toMatchObject({
			outcome: 'blocked',
			codes: ['XERO_PAY_PERIOD_CLOSED'],
			writes: 0,
		});
		expect(held.messages?.[0]).toContain(words);
	});

	it('is held for two rates of one name, and for a rate that is counted in days', async () => {
		world.sandbox.xero.person.addEarningsRate({ name: 'Site Allowance' });
		world.sandbox.xero.person.addEarningsRate({ name: 'Site allowance' });
		world.sandbox.xero.person.addEarningsRate({ name: 'Day Rate', typeOfUnits: 'Days' });
		world.sandbox.xero.person.addEarningsRate({ name: 'Old Rate', isCurrent: false });
		const by = async (earningsRateID: string) =>
			await run(week({}, [{ ...MONDAY, earningsRateID }]));
		expect(await by('Site Allowance')).toMatchObject({
			outcome: 'held',
			codes: ['XERO_TARGET_UNCLEAR'],
			writes: 0,
		});
		expect(await by('Day Rate')).toMatchObject({
			outcome: 'blocked',
			codes: ['XERO_HOURS_NOT_PAYABLE'],
			messages: [
				'The earnings rate "Day Rate" of line 1 is counted in days, so 7.25 would be paid as 7.25 days.',
			],
		});
		expect(await by('Old Rate')).toMatchObject({ codes: ['XERO_TARGET_MISSING'] });
	});

	it('is held, and says so, where two records of a run are of one person and period', async () => {
		const { client, settings, clock, turns } = world;
		const other = {
			...week({}, [TUESDAY]),
			itemIndexes: [1],
			source: { knackRecordId: 'record-2' },
		};
		const { outcomes } = await upsertDocuments({ client, settings, clock, turns }, TIMESHEET, [
			week({}, [MONDAY]),
			other,
		]);
		expect(outcomes.map(({ issues }) => issues[0]?.message)).toEqual(
			Array(2).fill(
				'2 records of this run are of Ida Berg, 2026-11-16 to 2026-11-22, but differ in content; a person has one timesheet a pay period.',
			),
		);
		expect(inXero()).toEqual([]);
	});

	it('is tracked by an option of the category that payroll is set to', async () => {
		const tracked = { ...MONDAY, trackingItemID: 'j1002 loft conversion' };
		expect(await run(week({}, [tracked, { ...MONDAY, numberOfUnits: '1' }]))).toMatchObject({
			outcome: 'created',
		});
		const options = world.settings.trackingCategories[0]?.options;
		expect(inXero()[0]?.lines).toMatchObject([
			{ trackingItemId: options?.find(({ name }) => name.startsWith('J1002'))?.id },
			{ trackingItemId: undefined },
		]);
		expect(await run(week({}, [tracked, { ...MONDAY, numberOfUnits: '1' }]))).toMatchObject({
			outcome: 'unchanged',
		});
		expect(await run(week({}, [{ ...MONDAY, trackingItemID: 'North' }]))).toMatchObject({
			codes: ['XERO_TARGET_MISSING'],
		});
	});

	it('is looked for by its period, and never among all', async () => {
		await run(week());
		world.sandbox.journal.clear();
		await run(week());
		const lists = world.sandbox.journal
			.filter({ service: 'xero', kind: 'read' })
			.filter(({ path }) => path.endsWith('/Timesheets'));
		expect(lists.length).toBeGreaterThan(0);
		const employeeId = inXero()[0]?.employeeId ?? '';
		for (const { query } of lists) {
			expect(query).toMatchObject({
				filter: `employeeId==${employeeId}`,
				startDate: '2026-11-16',
				endDate: '2026-11-22',
			});
		}
	});

	it('goes by the older API for people and rates in Australia', async () => {
		const { sandbox } = world;
		world = await xeroInMemory(sandbox, AUSTRALIAN_TENANT_ID);
		sandbox.xero.person.hire({ firstName: 'Bindi', lastName: 'Ray' }, 'Wattle Trade Pty Ltd');
		const bindi = week({ employeeID: 'Bindi Ray' });
		expect(await run(bindi)).toMatchObject({ outcome: 'created', codes: [] });
		const made = sandbox.xero.organisation('Wattle Trade Pty Ltd').timesheets.all();
		expect(made).toMatchObject([{ status: 'Draft', startDate: '2026-11-16', lines: [{}, {}] }]);
		expect(await run(bindi)).toMatchObject({ outcome: 'unchanged', writes: 0 });
	});

	it('is of New Zealand too, where one that an employee has handed in stays', async () => {
		const { sandbox } = world;
		world = await xeroInMemory(sandbox, KIWI_TRADE_TENANT_ID);
		sandbox.xero.person.hire({ firstName: 'Mere', lastName: 'Rangi' }, 'Kiwi Trade Ltd');
		const mere = (units: string) =>
			week({ employeeID: 'Mere Rangi' }, [{ ...MONDAY, numberOfUnits: units }]);
		expect(await run(mere('7.25'))).toMatchObject({ outcome: 'created', codes: [] });
		expect(await run(mere('8'))).toMatchObject({ outcome: 'updated', codes: [] });
		const { timesheets } = sandbox.xero.organisation('Kiwi Trade Ltd');
		const [made] = timesheets.all();
		if (made) timesheets.put(made.timesheetId, { ...made, status: 'Requested' });
		expect(await run(mere('8'))).toMatchObject({ outcome: 'unchanged' });
		expect(await run(mere('9'))).toMatchObject({
			outcome: 'blocked',
			codes: ['XERO_CLOSED_DOCUMENT_EDIT'],
			writes: 0,
		});
	});

	it.each([
		['has no payroll', AMERICAN_TENANT_ID, undefined],
		['is connected without its scopes', undefined, ['accounting.settings', 'payroll.timesheets']],
	])('says what is missing where the organisation %s', async (_, tenant, scopes) => {
		world = await xeroInMemory(world.sandbox, tenant, scopes);
		await expect(run(week())).rejects.toMatchObject({
			fault: {
				cause: 'scopeMissing',
				message: 'Xero refused: this connection lacks payroll.employees.read.',
				fix: expect.stringContaining('the organisation has no payroll in Xero'),
			},
		});
	});
});
