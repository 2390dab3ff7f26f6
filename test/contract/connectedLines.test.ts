import { mapRecords, type ItemToMap, type Mapping } from '../../lib/sync/map/mapRecords';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { Sandbox } from '../../sandbox/sandbox';
import { knackInMemory } from '../support/knackInMemory';
import { frozenSandbox } from '../support/xeroInMemory';

/** Lines that are records of a Knack table of their own. */
describe('lines of a connected Knack table', () => {
	let sandbox: Sandbox;
	let orders: readonly string[];

	beforeEach(() => {
		sandbox = frozenSandbox();
		sandbox.knack.addTable({ name: 'Orders', fields: [{ name: 'Title', type: 'short_text' }] });
		sandbox.knack.addTable({
			name: 'Order Lines',
			fields: [
				{ name: 'Text', type: 'short_text' },
				{ name: 'Pieces', type: 'number' },
				{ name: 'Order', type: 'connection', connectsTo: { table: 'Orders', has: 'one' } },
			],
		});
		orders = sandbox.knack.seedRecords('Orders', [{ Title: 'One' }, { Title: 'Two' }]);
		sandbox.knack.seedRecords('Order Lines', [
			{ Text: 'Door', Pieces: 2, Order: orders[0] },
			{ Text: 'Nails', Pieces: 100, Order: orders[0] },
		]);
	});

	const item = (index: number, knackRecordId: string | undefined): ItemToMap => ({
		index,
		json: {},
		source: knackRecordId === undefined ? {} : { knackRecordId },
		values: {},
		lineMapping: { description: 'Text', quantity: 'Pieces' },
		lineList: undefined,
		groupBy: undefined,
		status: undefined,
	});

	async function map(items: readonly ItemToMap[], lineTable: Partial<Mapping['lineTable']> = {}) {
		const run: Mapping = {
			definition: DOCUMENTS.salesInvoice,
			lineSource: 'knackTable',
			lineTable: { table: 'Order Lines', connection: 'Order', ...lineTable },
			isAutoMapped: false,
			expressions: {},
			numbering: { by: 'mapping' },
			upsert: { ruleSeverities: {} },
		};
		const records = await mapRecords(run, items, [], {
			knack: async () => knackInMemory(sandbox),
			timeZone: 'Europe/London',
			giveWay: async () => undefined,
		});
		return records.map((record) => ({ ...record, lines: record.lines?.() }));
	}

	it('come to the record that they are connected to, in their order', async () => {
		const [one, two, untold] = await map([
			item(0, orders[0]),
			item(1, orders[1]),
			item(2, undefined),
		]);
		expect(one?.lines?.map(({ values }) => values)).toEqual([
			{ description: 'Door', quantity: 2 },
			{ description: 'Nails', quantity: 100 },
		]);
		expect(one?.lines?.every(({ key }) => typeof key === 'string')).toBe(true);
		expect(one?.issues).toEqual([]);
		expect(two).toMatchObject({ lines: [], issues: [] });
		expect(untold).toMatchObject({ lines: [], issues: [{ code: 'MAPPING_RECORD_ID_MISSING' }] });
	});

	it('stop the run where their table or its connection is gone', async () => {
		const items = [item(0, orders[0])];
		await expect(map(items, { table: 'Old Lines' })).rejects.toThrow(/has no table "Old Lines"/);
		await expect(map(items, { connection: 'Text' })).rejects.toThrow(
			/The table Order Lines has no connection field "Text"/,
		);
		await expect(map(items, { connection: 'Job' })).rejects.toThrow(/no connection field "Job"/);
	});

	it('cost no call where nothing tells its record', async () => {
		await map([item(0, undefined)]);
		expect(sandbox.journal.filter({ service: 'knack' })).toEqual([]);
	});
});
