import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { restartProcess } from '../support/restartProcess';
import { createHarness, ours, type Harness } from './harness';
import type { TestNode, TestWorkflow } from './engine';

/** The node as n8n runs it for an AI agent. */
class AsTool extends PaymentStatusToKnack {
	async execute(this: IExecuteFunctions) {
		const context: IExecuteFunctions = Object.create(this, {
			isToolExecution: { value: () => true },
		});
		return await PaymentStatusToKnack.prototype.execute.call(context);
	}
}

describe('Payment Status to Knack', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { paymentStatusToKnack: new PaymentStatusToKnack(), asTool: new AsTool() },
		});
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.setLimits({ perSecond: null });
	});

	afterEach(async () => await harness.close());

	const key = (name: string) => harness.sandbox.knack.fieldKey('Orders', name);

	function node(parameters: IDataObject = {}): TestNode {
		return {
			name: 'Payments',
			type: ours('paymentStatusToKnack'),
			credentials: harness.both,
			parameters: {
				organisation: { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID },
				table: { __rl: true, mode: 'list', value: harness.sandbox.knack.schema('Orders').key },
				matchFields: {
					invoiceId: key('Xero Invoice ID'),
					invoiceNumber: key('Invoice Number'),
					reference: key('Customer Reference'),
				},
				fieldsToWrite: {
					paymentStatus: key('Payment Status'),
					amountPaid: key('Amount Paid'),
					amountDue: key('Amount Due'),
					lastPaymentDate: key('Last Payment Date'),
					invoiceLink: key('Invoice Link'),
					message: key('Sync Message'),
				},
				...parameters,
			} as TestNode['parameters'],
		};
	}

	async function run(
		items: IDataObject[],
		parameters: IDataObject = {},
		options: Omit<TestWorkflow, 'nodes' | 'wires' | 'items'> = {},
	) {
		const result = await harness.engine.runNode(node(parameters), items, options);
		const [synced = [], attention = []] = result.output;
		return { ...result, synced, attention };
	}

	const outcomes = (items: readonly INodeExecutionData[]) => items.map(({ json }) => json.outcome);

	/** An approved invoice of 120.00, whose id the order holds when one is given. */
	function invoice(orderIndex?: number, over: Record<string, string> = {}) {
		const saved = harness.sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			Status: 'AUTHORISED',
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			Date: '2026-11-01',
			DueDate: '2099-01-31',
			LineAmountTypes: 'Exclusive',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
			...over,
		});
		const id = String(saved.InvoiceID);
		const order = harness.sandbox.knack.recordIds('Orders')[orderIndex ?? 0] ?? '';
		if (orderIndex !== undefined) {
			harness.sandbox.knack.updateRecord('Orders', order, { 'Xero Invoice ID': id });
		}
		return { id, number: String(saved.InvoiceNumber), order };
	}

	const shown = (order: string, name: string) =>
		harness.sandbox.knack.display('Orders', order)[key(name)];

	const knackWrites = () => harness.sandbox.journal.filter({ service: 'knack', kind: 'write' });

	it.each([
		[true, true],
		['={{ $json.allowed }}', false],
	])(
		'lets an agent write where the node does, and not where it says so itself: %s',
		async (allowWritingAsTool, writes) => {
			const { id } = invoice(0);
			const tool = { ...node({ options: { allowWritingAsTool } }), type: ours('asTool') };
			const { error } = await harness.engine.runNode(tool, [{ InvoiceID: id, allowed: true }]);
			expect(error).toBeUndefined();
			expect(knackWrites().length > 0).toBe(writes);
		},
	);

	it('writes the status of the invoices that items are about, and nothing the second time', async () => {
		const paid = invoice(0);
		const part = invoice(1);
		harness.sandbox.xero.recordPayment({ invoiceId: paid.id, date: '2026-11-20' });
		harness.sandbox.xero.recordPayment({
			invoiceId: part.id,
			amount: '20',
			date: '2026-11-21',
			reference: 'BACS',
		});
		const items = [{ document: { type: 'salesInvoice', id: paid.id } }, { InvoiceID: part.id }];
		const first = await run(items);
		expect(first.error).toBeUndefined();
		expect(first.attention).toEqual([]);
		expect(first.synced).toMatchObject([
			{
				json: {
					outcome: 'updated',
					document: { type: 'salesInvoice', number: paid.number, status: 'PAID' },
					source: { knackRecordId: paid.order },
					match: { by: 'invoiceId' },
					payment: { state: 'paid', label: 'Paid', paid: '120.00', due: '0.00', currency: 'GBP' },
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					payment: {
						state: 'partPaid',
						label: 'Partly paid',
						lastPaymentDate: '2026-11-21',
						payments: [{ amount: '20.00', reference: 'BACS' }],
					},
				},
				pairedItem: { item: 1 },
			},
		]);
		expect(shown(paid.order, 'Payment Status')).toBe('Paid');
		expect(shown(part.order, 'Amount Due')).toBe('£100.00');
		expect(first.hints('Payments')[0]?.message).toMatch(
			/^2 updated, \d Xero calls, \d Knack calls\.$/,
		);

		harness.sandbox.journal.clear();
		const second = await run(items);
		expect(outcomes(second.synced)).toEqual(['unchanged', 'unchanged']);
		expect(knackWrites()).toEqual([]);
	});

	it('brings every item out exactly once, with an outcome and its pairing', async () => {
		const good = invoice(0);
		const lost = invoice();
		const items = [
			{ nothing: 'here' },
			{ document: { id: good.id } },
			{ document: { id: '11111111-2222-4333-8444-555555555555' } },
			{ document: { number: good.number } },
			{ document: { id: lost.id } },
		];
		const { synced, attention } = await run(items);
		expect(synced.map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			['updated', { item: 1 }],
			['unchanged', { item: 3 }],
		]);
		expect(
			attention.map(({ json, pairedItem }) => [
				(json.issues as IDataObject[])[0]?.code,
				pairedItem,
			]),
		).toEqual([
			['ITEM_WITHOUT_INVOICE', { item: 0 }],
			['XERO_INVOICE_NOT_FOUND', { item: 2 }],
			['KNACK_RECORD_NOT_FOUND', { item: 4 }],
		]);
	});

	it.each([
		['id', (made: { id: string }) => `https://go.xero.com/app/!abc/invoicing/view/${made.id}`],
		['number', (made: { number: string }) => made.number],
		['reference', () => 'JOB-77'],
	])('finds the invoice by its %s', async (invoiceNamedBy, valueOf) => {
		const made = invoice(0, { Reference: 'JOB-77' });
		const { synced } = await run([{ value: valueOf(made) }], {
			invoiceNamedBy,
			invoiceValue: '={{ $json.value }}',
		});
		expect(synced).toMatchObject([{ json: { document: { id: made.id } } }]);
	});

	it('shows in a preview what a run then writes, and writes nothing', async () => {
		const made = invoice(0);
		const items = [{ document: { id: made.id } }];
		const preview = await run(items, { preview: true });
		expect(outcomes(preview.synced)).toEqual(['wouldUpdate']);
		expect(knackWrites()).toEqual([]);
		const written = await run(items);
		expect(written.synced[0]?.json.changes).toEqual(preview.synced[0]?.json.changes);
	});

	it("uses the user's own words, and says when the field has no such option", async () => {
		const made = invoice(0);
		const wording = (words: string) => ({
			wording: {
				entries: [{ state: 'unpaid', words: { __rl: true, mode: 'list', value: words } }],
			},
		});
		const other = await run([{ document: { id: made.id } }], wording('overdue'));
		expect(other.synced[0]?.json).toMatchObject({ payment: { label: 'Overdue' } });
		const none = await run([{ document: { id: made.id } }], wording('Waiting'));
		expect(none.attention[0]?.json).toMatchObject({
			outcome: 'blocked',
			issues: [{ field: 'Payment Status' }],
		});
		expect(shown(made.order, 'Sync Message')).toContain('Waiting');
	});

	it('does not move its place in a preview', async () => {
		invoice(0);
		const workflow = { id: 'workflow' };
		const preview = await run([{}], { operation: 'changed', preview: true }, workflow);
		expect(preview.synced).toHaveLength(1);
		const next = await run([{}], { operation: 'changed' }, workflow);
		expect(outcomes(next.synced)).toEqual(['updated']);
	});

	it('fails as a whole, with cause and fix, when nothing can be done', async () => {
		const made = invoice(0);
		const items = [{ document: { id: made.id } }];
		const noField = await run(items, { matchFields: {} });
		expect(noField.error?.message).toContain('No field is chosen');
		const goneField = await run(items, { fieldsToWrite: { amountDue: 'field_999' } });
		expect(goneField.error?.message).toContain('field_999');
		const noTable = await run(items, {
			table: { __rl: true, mode: 'id', value: '={{ $json.no }}' },
		});
		expect(noTable.error?.message).toBe('No Knack table is chosen');

		harness.sandbox.xero.revokeGrant();
		restartProcess();
		const refused = await run(items);
		expect(refused.error?.message).toContain('Xero');
		expect(JSON.stringify(refused.error?.message)).not.toMatch(/eyJ|Bearer/);
		expect(knackWrites()).toEqual([]);
	});

	it('goes on with the other organisations when one cannot be reached', async () => {
		const made = invoice(0);
		const { synced, attention, hints } = await run(
			[
				{ document: { id: made.id }, org: '99999999-0000-4000-8000-000000000009' },
				{ document: { id: made.id }, org: DEMO_TRADE_TENANT_ID },
			],
			{ organisation: { __rl: true, mode: 'id', value: '={{ $json.org }}' } },
		);
		expect(synced).toMatchObject([{ json: { outcome: 'updated' }, pairedItem: { item: 1 } }]);
		expect(attention).toMatchObject([
			{
				json: { outcome: 'failed', issues: [{ code: 'XERO_ORGANISATION_MISSING' }] },
				pairedItem: { item: 0 },
			},
		]);
		expect(
			hints('Payments')
				.map(({ message }) => message)
				.join(' '),
		).toContain('Stopped early');
	});

	it('blocks the item whose expression cannot be worked out, and no other', async () => {
		const made = invoice(0);
		const { synced, attention } = await run([{ id: 7 }, { id: made.id }], {
			invoiceNamedBy: 'id',
			invoiceValue: '={{ $json.id.toLowerCase() }}',
		});
		expect(outcomes(synced)).toEqual(['updated']);
		expect(attention).toMatchObject([{ json: { outcome: 'blocked' }, pairedItem: { item: 0 } }]);
	});

	it('hands the trouble to each item when it may go on', async () => {
		const result = await harness.engine.runNode(
			{ ...node({ matchFields: {} }), onError: 'continueRegularOutput' },
			[{ a: 1 }, { a: 2 }],
		);
		expect(result.error).toBeUndefined();
		const [, attention = []] = result.output;
		expect(
			attention.map(({ json, error, pairedItem }) => [json.error, error?.description, pairedItem]),
		).toEqual(
			[0, 1].map((item) => [
				'No field is chosen by which the Knack record of an invoice is found.',
				expect.stringContaining('Find Record By'),
				{ item },
			]),
		);
	});

	it('offers fields by what they can take, the likely one first', async () => {
		const type = new PaymentStatusToKnack();
		const context = harness.engine.loadOptionsContext(node());
		const first = async (list: keyof typeof type.methods.loadOptions) =>
			(await type.methods.loadOptions[list].call(context))[0]?.name;
		expect(await first('getPaymentStatusFields')).toBe('Payment Status');
		expect(await first('getAmountDueFields')).toBe('Amount Due');
		expect(await first('getLastPaymentDateFields')).toBe('Last Payment Date');
		expect(await first('getInvoiceLinkFields')).toBe('Invoice Link');
		expect(await first('getMessageFields')).toBe('Sync Message');
		expect(await first('getInvoiceIdMatchFields')).toBe('Xero Invoice ID');
		expect(await first('getReferenceMatchFields')).toBe('Customer Reference');
		const words = await type.methods.listSearch.searchStatusWords.call(context, 'paid');
		expect(words.results.map(({ name }) => name)).toEqual(['Unpaid', 'Partly paid', 'Paid']);
	});

	it('has every list that its description names, and every target a list', () => {
		const { description, methods } = new PaymentStatusToKnack();
		const text = JSON.stringify(description.properties);
		const named = (kind: string) =>
			[...text.matchAll(new RegExp(`"${kind}":"(\\w+)"`, 'g'))].map(([, name = '']) => name).sort();
		expect(named('loadOptionsMethod')).toEqual(Object.keys(methods.loadOptions).sort());
		expect([...new Set(named('searchListMethod'))]).toEqual(Object.keys(methods.listSearch).sort());
	});
});
