import type { IDataObject } from 'n8n-workflow';
import { DECISION_FIELDS } from '../../lib/sync/compare/decisions';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { addLogTable } from '../support/syncLog';
import { createHarness, type Harness } from './harness';
import { mapUpsert, orderItems } from './mapUpsertItems';

const TABLE = 'Differences of Orders';

describe('Compare of Map & Upsert to Xero', () => {
	let harness: Harness;
	let items: IDataObject[];
	let logTable: string;

	beforeAll(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.addTable({
			name: TABLE,
			fields: Object.values(DECISION_FIELDS).map((name) => ({ name, type: 'short_text' })),
		});
		logTable = addLogTable(harness.sandbox);
		items = orderItems(harness, 3);
		await run(items.slice(0, 2), { operation: 'upsert', status: 'DRAFT' });
	}, 300_000);

	afterAll(async () => await harness.close());

	const run = async (given: IDataObject[], parameters: IDataObject = {}) => {
		const node = mapUpsert(harness, {
			operation: 'compare',
			compareOptions: { from: '2020-01-01', to: '2020-01-02' },
			...parameters,
		});
		const { output, error } = await harness.engine.runNode(node, given);
		expect(error).toBeUndefined();
		return output;
	};
	const table = { __rl: true, mode: 'id', value: TABLE };
	const rows = () =>
		harness.sandbox.knack
			.recordIds(TABLE)
			.map((id) => ({ id, ...harness.sandbox.knack.shown(TABLE, id) }));

	test('shows what differs, writes nothing, and lets no item go', async () => {
		const [first = {}, second = {}, third = {}] = items;
		const given = [first, { ...second, 'Due Date': '2026-12-24' }, third];
		const [synced = [], attention = []] = await run(given);
		expect(synced.map(({ json }) => json.outcome)).toEqual(['agrees']);
		expect(attention.map(({ json }) => [json.kind, json.suggested])).toEqual([
			['dates', 'Send Ours'],
			['missing', 'Send Ours'],
		]);
		const [dates] = attention;
		expect(Object.keys(dates?.json ?? {})[0]).toBe('summary');
		expect(dates?.pairedItem).toEqual({ item: 1 });
		expect(dates?.json).toMatchObject({ inKnack: expect.stringContaining('2026-12-24') });
	});

	test('tells an amount paid that is no number, and a field that no item has', async () => {
		const [first = {}] = items;
		const fields = { amountPaidField: 'Amount Paid', statusField: 'Zero Status' };
		const compareOptions = { from: '2020-01-01', to: '2020-01-02', ...fields };
		const node = mapUpsert(harness, { operation: 'compare', compareOptions });
		const result = await harness.engine.runNode(node, [{ ...first, 'Amount Paid': '£1,200.00' }]);
		const [, attention = []] = result.output;
		expect(attention.map(({ json }) => json.summary)).toEqual([
			expect.stringMatching(
				/: paid differs\. In Knack: "£1,200\.00", which is no number; in Xero: /,
			),
		]);
		expect(result.hints(node.name).map(({ message }) => message)).toContain(
			'Status Field "Zero Status" is in none of the items, and so was not compared. Look at its name.',
		);
		const [, blank = []] = await run([{ ...first, 'Amount Paid': ' ' }], { compareOptions });
		expect(blank).toEqual([]);
	});

	test('accepts by a tick with a name, until a side moves', async () => {
		const [first = {}] = items;
		const moved = { ...first, 'Due Date': '2026-12-25' };
		const settings = { differencesTable: table, whatToDo: 'ticked' };
		const [, open = []] = await run([moved], settings);
		expect(open.map(({ json }) => json.state)).toEqual(['Open']);
		const [row] = rows();
		const { knack } = harness.sandbox;
		knack.updateRecord(TABLE, row?.id ?? '', { Way: 'Accept' });
		const [, nameless = []] = await run([moved], settings);
		expect(nameless[0]?.json.summary).toContain('Say under Decided By who accepts it.');
		knack.updateRecord(TABLE, row?.id ?? '', { Way: 'Accept', 'Decided By': 'Ida Berg' });
		const [accepted = [], silent = []] = await run([moved], settings);
		expect(silent).toEqual([]);
		expect(accepted[0]?.json).toMatchObject({ outcome: 'agrees', accepted: 1 });
		expect(rows()[0]).toMatchObject({ State: 'Accepted', 'Decided By': 'Ida Berg' });
		const [, again = []] = await run([{ ...first, 'Due Date': '2026-12-26' }], settings);
		expect(again.map(({ json }) => json.state)).toEqual(['Open']);
		expect(rows()[0]).toMatchObject({ State: 'Open', Way: '' });
		await run([first], settings);
		expect(rows()[0]).toMatchObject({ State: 'Settled' });
	});

	test('asks again for what was settled, where the same difference comes back', async () => {
		const [, second = {}] = items;
		const moved = { ...second, 'Due Date': '2026-12-27' };
		const settings = { differencesTable: table, whatToDo: 'ticked' };
		await run([moved], settings);
		const row = () => rows().find((each) => JSON.stringify(each).includes('2026-12-27'));
		harness.sandbox.knack.updateRecord(TABLE, row()?.id ?? '', { Way: 'Send Ours' });
		const [sent = []] = await run([moved], settings);
		expect(sent.map(({ json }) => json.outcome)).toEqual(['carriedOut']);
		expect(row()).toMatchObject({ State: 'Carried Out', Way: 'Send Ours' });
		await run([moved], settings);
		expect(row()).toMatchObject({ State: 'Settled' });
		// Somebody sets it back, and nobody has ticked since.
		await run([second], { whatToDo: 'suggested' });
		const [, back = []] = await run([moved], settings);
		expect(back.map(({ json }) => json.state)).toEqual(['Open']);
		expect(row()).toMatchObject({ State: 'Open', Way: '' });
		// Xero's minute may be spent by the runs before.
	}, 120_000);

	test('sends what is suggested for a draft, and then agrees', async () => {
		const [, second = {}] = items;
		const moved = { ...second, 'Due Date': '2026-12-28' };
		const [synced = []] = await run([moved], { whatToDo: 'suggested' });
		expect(synced.map(({ json }) => json.outcome)).toEqual(['carriedOut']);
		const [after = [], attention = []] = await run([moved]);
		expect(after.map(({ json }) => json.outcome)).toEqual(['agrees']);
		expect(attention).toEqual([]);
	}, 120_000);

	test('has a row in the log for what it wrote to either side', async () => {
		const [, second = {}] = items;
		const logged = { writeLog: true, logTable: { __rl: true, mode: 'list', value: logTable } };
		const due = (day: string) => ({ ...second, 'Due Date': day });
		await run([due('2027-01-04')], logged);
		expect(harness.sandbox.knack.recordIds('Sync Log')).toEqual([]);
		await run([due('2027-01-04')], { ...logged, whatToDo: 'sendOurs', decidedBy: 'Ida Berg' });
		await run([due('2027-01-05')], { ...logged, whatToDo: 'takeXeros', decidedBy: 'Ida Berg' });
		const shown = harness.sandbox.knack
			.recordIds('Sync Log')
			.map((id) => harness.sandbox.knack.shown('Sync Log', id));
		expect(shown.map(({ Kind }) => Kind)).toEqual([
			...['Opening', 'Record', 'Closing'],
			...['Opening', 'Record', 'Closing'],
		]);
		expect(shown[1]?.['Before and After']).toContain('2027-01-04');
		expect(shown[4]).toMatchObject({
			Outcome: 'updated',
			Summary: expect.stringMatching(/^Wrote what Xero says into the Knack record of .*: dates\.$/),
		});
		expect(shown[4]?.['Before and After']).toContain('2027-01-05');
		expect(JSON.stringify(shown)).toContain('Decided by Ida Berg');
		// Xero's minute may be spent by the runs before.
	}, 120_000);
});
