/** What becomes of a draft timesheet when its record changes: line by line, never twice. */
import type { HttpPort } from '../../lib/http';
import { decimal, sum } from '../../lib/money';
import type { Draft } from '../../lib/sync/draft';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { TIMESHEET } from '../../lib/xero/documents/timesheet';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { hours } from './timesheetFixtures';

const line = (day: number, hours: string, rate = 'Ordinary Hours'): FieldValues => ({
	date: `2026-11-${day}`,
	earningsRateID: rate,
	numberOfUnits: hours,
});
const MONDAY = line(16, '7.25');
const TUESDAY = line(17, '2', 'Overtime');

describe('a draft timesheet that its record differs from', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		world.sandbox.xero.person.hire({ firstName: 'Ida', lastName: 'Berg' });
		await run(hours([MONDAY, TUESDAY]));
	});

	const context = (around?: (inner: HttpPort) => HttpPort) => {
		const { settings, clock, turns } = world;
		return { client: world.anotherClient(around), settings, clock, turns };
	};

	async function run(draft: Draft, options: Partial<UpsertOptions> = {}) {
		const chosen = { ...DEFAULT_OPTIONS, ...options };
		const preview = await previewDocuments(context(), TIMESHEET, [draft], chosen);
		const writing = context();
		const { outcomes } = await upsertDocuments(writing, TIMESHEET, [draft], chosen);
		const [outcome] = outcomes;
		return {
			previewed: preview.outcomes[0]?.outcome,
			outcome: outcome?.outcome,
			summary: outcome?.summary,
			changes: outcome?.changes.map(({ field }) => field),
			codes: outcome?.issues.map(({ code }) => code),
			fingerprint: outcome?.sync.fingerprint,
			writes: writing.client.calls().writes,
		};
	}

	const inXero = () => world.sandbox.xero.organisation().timesheets.all();
	const linesInXero = () =>
		inXero()
			.flatMap(({ lines }) =>
				lines.map((each) => `${each.date.slice(8)} ${each.numberOfUnits.toFixed()}`),
			)
			.sort();

	/** What a person enters in Xero by hand. */
	function byHand(day: number, units: string): void {
		const { timesheets } = world.sandbox.xero.organisation();
		const [sheet] = timesheets.all();
		const [first] = sheet?.lines ?? [];
		if (!sheet || !first) throw new Error('There is no timesheet.');
		const added = {
			...first,
			timesheetLineId: `ffffffff-0000-4000-8000-0000000000${day}`,
			date: `2026-11-${day}`,
			numberOfUnits: decimal(units),
		};
		timesheets.put(sheet.timesheetId, { ...sheet, lines: [...sheet.lines, added] });
	}

	it('gets other hours and new days, and the rest stays', async () => {
		const [before] = inXero();
		const changed = hours([{ ...MONDAY, numberOfUnits: '8' }, TUESDAY, line(18, '6.5')]);
		expect(await run(changed)).toMatchObject({
			previewed: 'wouldUpdate',
			outcome: 'updated',
			summary: 'Updated timesheet Ida Berg, 2026-11-16 to 2026-11-22: 2 changes, 16.5 hours',
			changes: ['lineItems[0].numberOfUnits', 'lineItems[2].description'],
			codes: [],
			writes: 2,
		});
		expect(linesInXero()).toEqual(['16 8', '17 2', '18 6.5']);
		const [after] = inXero();
		expect(after?.timesheetId).toBe(before?.timesheetId);
		const ids = (each: typeof after) => each?.lines.map(({ timesheetLineId }) => timesheetLineId);
		expect(ids(after)).toEqual(expect.arrayContaining(ids(before) ?? ['none']));
		expect(await run(changed)).toMatchObject({ outcome: 'unchanged', writes: 0 });
	});

	it('is held where hours would stay that the record does not have', async () => {
		for (const lines of [[MONDAY], [MONDAY, line(18, '2', 'Overtime')]]) {
			expect(await run(hours(lines))).toMatchObject({
				previewed: 'held',
				outcome: 'held',
				codes: ['XERO_HOURS_LEFT'],
				writes: 0,
			});
		}
		expect(linesInXero()).toEqual(['16 7.25', '17 2']);
	});

	it('loses them where that is chosen', async () => {
		const moved = hours([MONDAY, line(18, '2', 'Overtime')]);
		expect(await run(moved, { removeOmittedLines: true })).toMatchObject({
			outcome: 'updated',
			codes: [],
		});
		expect(linesInXero()).toEqual(['16 7.25', '18 2']);
	});

	it('loses what was sent before, and keeps what was added in Xero, where a Knack field tells', async () => {
		const { fingerprint } = await run(hours([MONDAY, TUESDAY]));
		byHand(20, '7.5');
		const draft = hours([MONDAY]);
		const known = { ...draft, source: { ...draft.source, fingerprint } };
		expect(await run(known)).toMatchObject({ outcome: 'updated', codes: ['XERO_CHANGED_IN_XERO'] });
		expect(linesInXero()).toEqual(['16 7.25', '20 7.5']);
	});

	it('never turns hours that were added in Xero into others', async () => {
		byHand(20, '7.5');
		// The record has as many lines as Xero then.
		expect(await run(hours([MONDAY, TUESDAY, line(18, '4')]))).toMatchObject({ outcome: 'held' });
		expect(linesInXero()).toEqual(['16 7.25', '17 2', '20 7.5']);
	});

	it.each(['approved', 'paid'])('stays as it is once it is %s', async (word) => {
		const [made] = inXero();
		world.sandbox.xero.person.approveTimesheet(made?.timesheetId ?? '');
		if (word === 'paid') world.sandbox.xero.person.postPayRun('Weekly');
		expect(await run(hours([MONDAY, TUESDAY]))).toMatchObject({ outcome: 'unchanged', codes: [] });
		const changed = hours([MONDAY, { ...TUESDAY, numberOfUnits: '3' }]);
		expect(await run(changed)).toMatchObject({ outcome: 'blocked', writes: 0 });
		expect(linesInXero()).toEqual(['16 7.25', '17 2']);
	});

	it('stays as it is once its period is paid, though it was never approved', async () => {
		world.sandbox.xero.person.postPayRun('Weekly');
		expect(await run(hours([MONDAY, TUESDAY]))).toMatchObject({ outcome: 'unchanged', codes: [] });
		expect(await run(hours([MONDAY, { ...TUESDAY, numberOfUnits: '3' }]))).toMatchObject({
			outcome: 'blocked',
			codes: ['XERO_PAY_PERIOD_CLOSED'],
			writes: 0,
		});
	});

	it('never goes to another person or period by the id that the record keeps', async () => {
		const kept = { id: inXero()[0]?.timesheetId };
		expect(
			await run({ ...hours([line(25, '7.25')], { startDate: '2026-11-25' }), ...kept }),
		).toMatchObject({ outcome: 'held', writes: 0 });
		world.sandbox.xero.person.hire({ firstName: 'Kit', lastName: 'Marlow' });
		expect(
			await run({ ...hours([MONDAY, TUESDAY], { employeeID: 'Kit Marlow' }), ...kept }),
		).toMatchObject({ outcome: 'held', writes: 0 });
		expect(inXero()).toHaveLength(1);
	});

	it('is deleted by a change of status, and nothing but a draft is', async () => {
		const draft = hours([MONDAY, TUESDAY]);
		const preview = await previewStatusChange(context(), TIMESHEET, [draft], 'Deleted');
		expect(preview.outcomes[0]?.summary).toContain('Draft to Deleted');
		expect(inXero()).toHaveLength(1);
		world.sandbox.xero.person.approveTimesheet(inXero()[0]?.timesheetId ?? '');
		const held = await changeStatus(context(), TIMESHEET, [draft], 'Deleted');
		expect(held.outcomes).toMatchObject([
			{ outcome: 'blocked', issues: [{ code: 'XERO_STATUS_MOVE' }] },
		]);
		const { timesheets } = world.sandbox.xero.organisation();
		for (const each of inXero()) timesheets.put(each.timesheetId, { ...each, status: 'Draft' });
		const lost = context(answersLost((request) => request.method === 'DELETE'));
		const { outcomes } = await changeStatus(lost, TIMESHEET, [draft], 'Deleted');
		expect(outcomes).toMatchObject([{ outcome: 'updated', document: { status: 'Deleted' } }]);
		expect(inXero()).toEqual([]);
	});

	/** Loses the answers to what is chosen, once each, after Xero has done it. */
	function answersLost(isLost: (request: Parameters<HttpPort>[0]) => boolean) {
		return (inner: HttpPort): HttpPort => {
			let lost = 0;
			return async (request) => {
				const answer = await inner(request);
				if (lost > 0 || !isLost(request)) return answer;
				lost += 1;
				return { kind: 'noAnswer', code: 'ECONNRESET', reason: 'The connection was reset.' };
			};
		};
	}

	/** Dies once it has done so many requests that write: nothing after that is answered. */
	function killedAfter(writes: number) {
		return (inner: HttpPort): HttpPort => {
			let done = 0;
			return async (request) => {
				if (done >= writes) throw new Error('killed');
				const answer = await inner(request);
				if (request.method !== 'GET') done += 1;
				if (done >= writes) throw new Error('killed');
				return answer;
			};
		};
	}

	const WANTED = [line(16, '8'), line(18, '6.5'), line(19, '7'), line(20, '3.75')];
	const removeAll = { ...DEFAULT_OPTIONS, removeOmittedLines: true };
	const send = async (around?: (inner: HttpPort) => HttpPort) =>
		await upsertDocuments(context(around), TIMESHEET, [hours(WANTED)], removeAll);

	it('is as the record says after a run that died at any of its requests, and a second one', async () => {
		for (let writes = 1; writes <= 5; writes += 1) {
			world.sandbox.xero.organisation().timesheets.clear();
			await run(hours([MONDAY, TUESDAY]));
			await send(killedAfter(writes)).catch(() => undefined);
			const total = sum(inXero().flatMap(({ lines }) => lines.map((each) => each.numberOfUnits)));
			// Never more than the record has, whenever the payroll clerk looks.
			expect(total.lte('25.25')).toBe(true);
			await send();
			expect(linesInXero()).toEqual(['16 8', '18 6.5', '19 7', '20 3.75']);
		}
	});

	it.each(['POST', 'PUT', 'DELETE'])(
		'has each line once where the answer to a %s is lost',
		async (method) => {
			const { outcomes } = await send(answersLost((request) => request.method === method));
			expect(outcomes).toMatchObject([{ outcome: 'updated', issues: [] }]);
			expect(linesInXero()).toEqual(['16 8', '18 6.5', '19 7', '20 3.75']);
		},
	);

	it('has each line once after two workers at the same moment', async () => {
		const reports = await Promise.all([send(), send()]);
		expect(reports.flatMap(({ outcomes }) => outcomes.map(({ outcome }) => outcome))).toEqual(
			expect.arrayContaining(['updated']),
		);
		expect(linesInXero()).toEqual(['16 8', '18 6.5', '19 7', '20 3.75']);
	});

	it('takes back a line that two workers have made in other ways at the same moment', async () => {
		// The other one adds the same day between the look of this one and its own line.
		let hasLooked = 0;
		const between =
			(inner: HttpPort): HttpPort =>
			async (request) => {
				const answer = await inner(request);
				const isLook = request.method === 'GET' && /\/Timesheets\/[0-9a-f-]+$/.test(request.url);
				if (isLook) hasLooked += 1;
				if (isLook && hasLooked === 2) byHand(18, '6.5');
				return answer;
			};
		await send(between);
		expect(linesInXero()).toEqual(['16 8', '18 6.5', '19 7', '20 3.75']);
	});
});
