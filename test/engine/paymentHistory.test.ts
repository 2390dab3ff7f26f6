import type { IDataObject } from 'n8n-workflow';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { addTradePayments } from '../../sandbox/seed/tradePayments';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import type { TestNode } from './engine';
import { createHarness, ours, type Harness } from './harness';

describe('the payment history of Payment Status to Knack', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { paymentStatusToKnack: new PaymentStatusToKnack() },
		});
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.setLimits({ perSecond: null });
		addTradePayments(harness.sandbox.knack);
	});

	afterEach(async () => await harness.close());

	const key = (table: string, name: string) => harness.sandbox.knack.fieldKey(table, name);
	const list = (value: string) => ({ __rl: true, mode: 'list', value });

	function node(parameters: IDataObject = {}): TestNode {
		const { knack } = harness.sandbox;
		return {
			name: 'Payments',
			type: ours('paymentStatusToKnack'),
			credentials: harness.both,
			parameters: {
				organisation: list(DEMO_TRADE_TENANT_ID),
				table: list(knack.schema('Orders').key),
				matchFields: { invoiceId: key('Orders', 'Xero Invoice ID') },
				fieldsToWrite: { paymentStatus: key('Orders', 'Payment Status') },
				writeHistory: true,
				historyTable: list(knack.schema('Payments').key),
				historyRecordField: key('Payments', 'Order'),
				historyKeyField: key('Payments', 'Xero Payment ID'),
				historyFields: {
					date: key('Payments', 'Date'),
					amount: key('Payments', 'Amount'),
					status: key('Payments', 'Status'),
				},
				...parameters,
			} as TestNode['parameters'],
		};
	}

	/** An approved invoice of 120.00 of the first order, with a payment of 50.00. */
	function partPaidInvoice() {
		const { xero, knack } = harness.sandbox;
		const saved = xero.person.saveInvoice({
			Type: 'ACCREC',
			Status: 'AUTHORISED',
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			Date: '2026-11-01',
			DueDate: '2099-01-31',
			LineAmountTypes: 'Exclusive',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
		});
		const id = String(saved.InvoiceID);
		knack.updateRecord('Orders', knack.recordIds('Orders')[0] ?? '', { 'Xero Invoice ID': id });
		const payment = xero.recordPayment({ invoiceId: id, amount: '50', date: '2026-11-20' });
		return { id, paymentId: String(payment.PaymentID) };
	}

	const run = async (items: IDataObject[], parameters: IDataObject = {}) =>
		await harness.engine.runNode(node(parameters), items);

	const statuses = () =>
		harness.sandbox.knack
			.recordIds('Payments')
			.map((id) => harness.sandbox.knack.display('Payments', id)[key('Payments', 'Status')]);

	it('comes out on the item, once for items that mean the same invoice', async () => {
		const { id, paymentId } = partPaidInvoice();
		const items = [{ document: { id } }, { document: { id } }];
		const preview = await run(items, { preview: true });
		expect(preview.output[0]).toMatchObject([
			{ json: { outcome: 'wouldUpdate', history: { created: 1, unchanged: 0 } } },
			{ json: { outcome: 'unchanged', history: { created: 0, unchanged: 1 } } },
		]);
		expect(statuses()).toEqual([]);

		const written = await run(items);
		expect(written.error).toBeUndefined();
		expect(written.output[0]).toMatchObject([
			{ json: { history: { created: 1, updated: 0, removed: 0, unchanged: 0 } } },
			{ json: { history: { created: 0, unchanged: 1 } } },
		]);
		expect(statuses()).toEqual(['Recorded']);

		harness.sandbox.xero.deletePayment(paymentId);
		await run(items);
		expect(statuses()).toEqual(['Removed']);
	});

	it('does without one unless it is switched on, and says which field cannot serve', async () => {
		const { id } = partPaidInvoice();
		const without = await run([{ document: { id } }], { writeHistory: false });
		expect(without.output[0]?.[0]?.json).not.toHaveProperty('history');
		const wrongKey = await run([{ document: { id } }], {
			historyKeyField: key('Payments', 'Amount'),
		});
		expect(wrongKey.error?.message).toContain('Amount of Payments cannot serve as Payment ID');
		expect(statuses()).toEqual([]);
	});

	it('offers the tables that are connected, and fields by what they can take', async () => {
		const { methods } = new PaymentStatusToKnack();
		const context = harness.engine.loadOptionsContext(node());
		const tables = await methods.listSearch.searchHistoryTables.call(context);
		expect(tables.results.map(({ name }) => name)).toEqual(['Order Lines', 'Payments']);
		const names = async (name: keyof typeof methods.loadOptions) =>
			(await methods.loadOptions[name].call(context)).map((option) => option.name);
		expect(await names('getHistoryRecordFields')).toEqual(['Order']);
		expect((await names('getHistoryKeyFields'))[0]).toBe('Xero Payment ID');
		expect((await names('getHistoryStatusFields'))[0]).toBe('Status');
		expect((await names('getHistoryKindFields'))[0]).toBe('Kind');
	});
});
