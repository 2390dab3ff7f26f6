import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { restartProcess } from '../support/restartProcess';
import { createHarness, ours, type Harness } from './harness';
import { mapUpsert, orderItems } from './mapUpsertItems';

const nodes = {
	mapUpsertToXero: new MapUpsertToXero(),
	paymentStatusToKnack: new PaymentStatusToKnack(),
};

describe('Guards in the nodes', () => {
	let harness: Harness;

	beforeEach(async () => {
		restartProcess();
		harness = await createHarness({ nodes });
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.setLimits({ perSecond: null });
	});

	afterEach(async () => await harness.close());

	const orders = (count: number) => orderItems(harness, count);

	const list = (value: string) => ({ __rl: true, mode: 'list', value });

	/** The Stop record of the app, as it is chosen from lists. */
	function addStop() {
		const { knack } = harness.sandbox;
		const { key } = knack.addTable({
			name: 'Switches',
			identifier: 'Name',
			fields: [
				{ name: 'Name', type: 'short_text' },
				{ name: 'Stop', type: 'boolean' },
			],
		});
		const record = knack.createRecord('Switches', { Name: 'All workflows', Stop: false });
		const guards = {
			stopTable: list(key),
			stopRecord: list(record),
			stopField: knack.fieldKey('Switches', 'Stop'),
		};
		const set = (isOn: boolean) => knack.updateRecord('Switches', record, { Stop: isOn });
		return { guards, set, key, record };
	}

	async function run(guards: IDataObject, parameters: IDataObject = {}, items = orders(3)) {
		harness.sandbox.journal.clear();
		const node = mapUpsert(harness, { status: 'AUTHORISED', guards, ...parameters });
		const result = await harness.engine.runNode(node, items, { id: 'orders-to-xero' });
		const [synced = [], attention = []] = result.output;
		return {
			...result,
			synced: synced.map(({ json }) => json),
			attention: attention.map(({ json }) => json),
			hints: result.hints('Upsert').map(({ message }) => message),
		};
	}

	const writes = () =>
		harness.sandbox.journal
			.filter({ service: 'xero', kind: 'write' })
			.filter(({ path }) => !path.includes('token')).length;

	test('what is over a limit comes out on Needs Attention, until its Knack field is ticked', async () => {
		const guards = { documentsARun: 1, letGo: '={{ $json["Let Go"] }}' };
		const items = orders(3);
		const preview = await run(guards, { operation: 'preview' }, items);
		expect(preview.synced.map(({ outcome }) => outcome)).toEqual(['wouldCreate']);
		expect(writes()).toBe(0);
		const first = await run(guards, {}, items);
		expect(first.synced.map(({ outcome }) => outcome)).toEqual(['created']);
		expect(first.attention).toMatchObject([
			{ outcome: 'held', issues: [{ code: 'XERO_GUARD_DOCUMENTS', severity: 'hold' }] },
			{ outcome: 'held', issues: [{ code: 'XERO_GUARD_DOCUMENTS', severity: 'hold' }] },
		]);
		expect(first.attention[0]?.summary).toContain('tick what is chosen under Guards → Let Go');
		expect(first.hints).toContain(
			'Guards: 2 records are held (2 by Documents). Each says how to let it go.',
		);
		const ticked = items.map((item, index) => ({ ...item, 'Let Go': index === 2 ? 'Yes' : false }));
		const second = await run({ ...guards, documentsARun: 0 }, {}, ticked);
		expect(second.synced.map(({ outcome }) => outcome)).toEqual(['unchanged', 'created']);
		expect(second.attention).toMatchObject([{ outcome: 'held' }]);
		const odd = await run(guards, {}, [{ ...items[1], 'Let Go': 'perhaps' }]);
		expect(odd.attention).toMatchObject([{ outcome: 'blocked', issues: [{ field: 'letGo' }] }]);
	});

	test('a day is counted over the runs of the process', async () => {
		const guards = { documentsADay: 2 };
		await run(guards, {}, orders(1));
		const next = await run(guards);
		expect(next.synced.map(({ outcome }) => outcome)).toEqual(['unchanged', 'created']);
		expect(next.attention).toMatchObject([
			{
				issues: [
					{ message: expect.stringContaining('Most Documents a Day (2 documents): 2 documents') },
				],
			},
		]);
	});

	test('Stop holds both nodes, leaves no message in Knack, and ends by itself', async () => {
		const stop = addStop();
		stop.set(true);
		const writeBack = {
			writeBack: true,
			writeBackFields: { xeroId: 'Xero Invoice ID', message: 'Sync Message' },
		};
		const held = await run(stop.guards, writeBack);
		expect(held.error).toBeUndefined();
		expect(held.attention.map(({ outcome }) => outcome)).toEqual(['held', 'held', 'held']);
		expect(writes()).toBe(0);
		expect(orders(1)[0]).toMatchObject({ 'Sync Message': null });

		stop.set(false);
		const sent = await run(stop.guards, writeBack);
		expect(sent.synced.map(({ outcome }) => outcome)).toEqual(
			Array.from({ length: 3 }, () => 'created'),
		);

		const { knack } = harness.sandbox;
		const key = (name: string) => knack.fieldKey('Orders', name);
		const payments = async (guards: IDataObject) => {
			const result = await harness.engine.runNode(
				{
					name: 'Payments',
					type: ours('paymentStatusToKnack'),
					credentials: harness.both,
					parameters: {
						organisation: list(DEMO_TRADE_TENANT_ID),
						table: list(knack.schema('Orders').key),
						matchFields: { invoiceId: key('Xero Invoice ID') },
						fieldsToWrite: { paymentStatus: key('Payment Status') },
						guards,
					} as never,
				},
				sent.synced.map(({ document }) => ({ document }) as IDataObject),
			);
			const [synced = [], attention = []] = result.output;
			return [synced, attention].map((items) =>
				items.map(({ json }) => [json.outcome, (json.issues as IDataObject[])[0]?.code]),
			);
		};
		const three = (code: string) => Array.from({ length: 3 }, () => ['held', code]);
		stop.set(true);
		expect(await payments(stop.guards)).toEqual([[], three('XERO_GUARD_STOP')]);
		expect(await payments({ demoCompanyOnly: true })).toEqual([
			[],
			three('XERO_GUARD_DEMO_COMPANY'),
		]);
		expect(knack.shown('Orders', knack.recordIds('Orders')[0] ?? '')['Payment Status']).toBe('');
		stop.set(false);
		const [synced = [], attention = []] = await payments({ ...stop.guards, recordsARun: 2 });
		expect(synced).toHaveLength(2);
		expect(attention).toEqual([['held', 'XERO_GUARD_DOCUMENTS']]);
		const [rest = []] = await payments({ ...stop.guards, recordsARun: 2 });
		expect(rest.map(([outcome]) => outcome).sort()).toEqual(['unchanged', 'unchanged', 'updated']);
	});

	test('Stop that is set in part stops the node, and its lists lead from table to record', async () => {
		const stop = addStop();
		const { error } = await run({ stopTable: stop.guards.stopTable });
		expect(error?.message).toContain('Stop under Guards is set in part');
		const context = harness.engine.loadOptionsContext(
			mapUpsert(harness, { guards: { stopTable: stop.guards.stopTable } }),
		);
		const { methods } = nodes.mapUpsertToXero;
		const records = await methods.listSearch.searchStopRecords.call(context);
		expect(records.results).toEqual([{ name: 'All workflows', value: stop.record }]);
		const fields = await methods.loadOptions.getStopFields.call(context);
		expect(fields.map(({ name }) => name)).toEqual(['Stop']);
		const none = harness.engine.loadOptionsContext(mapUpsert(harness, {}));
		expect((await methods.listSearch.searchStopRecords.call(none)).results).toEqual([
			{ name: 'Choose a Stop Table first', value: '' },
		]);
	});
});
