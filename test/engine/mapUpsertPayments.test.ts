import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapper, mapUpsert, orderItems, WRITE_BACK } from './mapUpsertItems';

describe('Map & Upsert to Xero: payments of Knack records', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.setLimits({ perSecond: null });
	});
	afterEach(async () => await harness.close());

	const run = async (parameters: IDataObject, items: IDataObject[]) => {
		const { output } = await harness.engine.runNode(mapUpsert(harness, parameters), items);
		const [done = [], attention = []] = output;
		return [...done, ...attention].map(({ json }) => json);
	};

	test('that are alike and come one after the other are not taken for one', async () => {
		const [invoice] = await run({ status: 'AUTHORISED' }, orderItems(harness, 1));
		const number = Object(invoice?.document).number;
		const payment = {
			document: 'payment',
			lineSource: 'none',
			fields: mapper({
				'invoice.number': number,
				'account.code': '090',
				date: '2026-11-21',
				amount: '1.00',
				reference: 'Cash',
			}),
			...WRITE_BACK,
		};
		const [one = {}, other = {}] = orderItems(harness);
		expect(await run(payment, [one])).toMatchObject([{ outcome: 'created' }]);
		// Its own execution may have died before Knack was told, and so it comes again.
		expect(await run(payment, [one])).toMatchObject([{ outcome: 'unchanged' }]);
		const second = [
			{ outcome: 'held', issues: [{ code: 'XERO_KEY_OF_ANOTHER', field: 'reference' }] },
		];
		expect(await run({ ...payment, operation: 'preview' }, [other])).toMatchObject(second);
		expect(await run(payment, [other])).toMatchObject(second);
		expect(orderItems(harness)[1]?.['Xero Invoice ID']).toBeNull();

		// Nobody can say then whose it is.
		const outage = { service: 'knack', kind: 'status', status: 503, times: 100 } as const;
		harness.sandbox.faults.add({ ...outage, method: 'GET', path: '/records' });
		const [unknown] = await run(payment, [other]);
		expect(unknown).toMatchObject({ outcome: 'held', issues: [{ code: 'XERO_KEY_OF_ANOTHER' }] });
		expect(Object(unknown).issues[0].message).toContain('could not be asked');
	});
});
