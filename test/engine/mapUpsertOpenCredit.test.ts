import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapUpsert, orderItems } from './mapUpsertItems';

describe('Map & Upsert to Xero, Use Open Credit', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});
	afterEach(async () => await harness.close());

	const run = async (parameters: IDataObject) => {
		const node = mapUpsert(harness, { status: 'AUTHORISED', ...parameters });
		const { output } = await harness.engine.runNode(node, orderItems(harness, 1));
		return output.flat()[0]?.json ?? {};
	};

	/** The order's customer pays ahead. */
	const payAhead = async () => {
		const [order] = orderItems(harness, 1);
		const token = harness.sandbox.xero.signIn().access_token;
		const { tenantId } = harness.sandbox.xero.organisation();
		const answer = await harness.sandbox.fetch(
			new Request('http://127.0.0.1:4010/xero/api.xro/2.0/BankTransactions', {
				method: 'PUT',
				headers: {
					authorization: `Bearer ${token}`,
					'xero-tenant-id': tenantId,
					accept: 'application/json',
					'content-type': 'application/json',
				},
				body: JSON.stringify({
					Type: 'RECEIVE-PREPAYMENT',
					Contact: { Name: order?.Customer },
					BankAccount: { Code: '090' },
					Date: '2026-10-01',
					LineAmountTypes: 'NoTax',
					LineItems: [{ Description: 'Deposit', UnitAmount: 12.5, AccountCode: '200' }],
				}),
			}),
		);
		expect(answer.status).toBe(200);
	};

	test('is off, and used once it is chosen', async () => {
		await payAhead();
		const off = await run({ operation: 'preview' });
		expect(JSON.stringify(off.operations)).not.toContain('deposit');
		const chosen = { options: { openCredit: 'ofContact', allowWritingAsTool: true } };
		const preview = await run({ operation: 'preview', ...chosen });
		expect(preview.summary).toContain('GBP 12.50 of deposit of 2026-10-01 would be used');
		const sent = await run({ operation: 'upsert', ...chosen });
		expect(sent).toMatchObject({ outcome: 'created', issues: [] });
		expect(sent.summary).toContain('GBP 12.50 of deposit of 2026-10-01 used');
	});

	test('is offered where a document takes credit, and nowhere else', () => {
		const node = new MapUpsertToXero();
		const options = node.description.properties.find(({ name }) => name === 'options');
		const option = options?.options?.find(({ name }) => name === 'openCredit');
		if (!option || !('type' in option)) throw new Error('The option is not there.');
		const isShown = (document: string, operation: string) =>
			NodeHelpers.displayParameter({ document, operation }, option, null, null);
		expect(isShown('salesInvoice', 'upsert')).toBe(true);
		expect(isShown('bill', 'changeStatus')).toBe(true);
		expect(isShown('quote', 'upsert')).toBe(false);
		expect(isShown('bill', 'adopt')).toBe(false);
	});
});
