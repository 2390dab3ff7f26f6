/** @jest-environment ./test/support/neighboursEnvironment.ts */
import { randomUUID } from 'node:crypto';
import { Input } from '../../sandbox/xero/input';
import type { JsonObject } from '../../sandbox/xero/json';
import { purchaseOrders } from '../../sandbox/xero/purchaseOrders';
import type { Execution } from '../../scripts/realN8n/n8nRest';
import { until } from '../../scripts/realN8n/waiting';
import { ledgerInvoices, type LedgerInvoice } from '../support/ledger';
import { configured, ended, ExampleRig, examples, MINUTE } from './exampleRig';

const SUPPLIER = 'Office Supplies Direct';
const FROM_XERO = 'When a Bill Changes in Xero';
const FILE = 'T-1000.pdf';
const PDF = '%PDF-1.4 as scanned';

/** As Dext leaves it: accounts guessed, and the tax as it is printed, a penny off. */
const AS_IT_COMES: JsonObject = {
	Type: 'ACCPAY',
	Contact: { Name: SUPPLIER },
	InvoiceNumber: 'T-1000',
	Date: '2026-11-27',
	DueDate: '2026-12-27',
	Status: 'DRAFT',
	LineAmountTypes: 'Exclusive',
	LineItems: [
		{
			Description: 'Oak boards',
			Quantity: 7,
			UnitAmount: 33.33,
			AccountCode: '429',
			TaxType: 'INPUT2',
			TaxAmount: 46.65,
		},
		{
			Description: 'Delivery, by kilogram',
			Quantity: 800,
			UnitAmount: 0.025,
			TaxType: 'INPUT2',
			TaxAmount: 4,
		},
	],
};

describe('the example workflow for bills that come into Xero by themselves', () => {
	const rig = ExampleRig.forThisFile();
	const { sandbox } = rig;

	it(
		'adds a draft to Knack with its file, asks for approval once, and follows it while it is a draft',
		async () => {
			const workflowId = await watch();
			const { bill } = await arrived(workflowId);
			expect(shown(bill)).toMatchObject({
				'Bill Number': 'T-1000',
				Supplier: SUPPLIER,
				'Bill Date': '27/11/2026',
				'Due Date': '27/12/2026',
				For: 'Oak boards Delivery, by kilogram',
				Total: '£303.96',
				Status: 'To Approve',
				'Xero Status': 'Draft',
			});
			expect(fileOf(bill)).toEqual([FILE.toLowerCase(), PDF]);
			expect(rig.neighbours.slackMessages).toEqual([
				{
					channel: '#approvals',
					text: expect.stringMatching(/Bill T-1000 of Office Supplies Direct, .*303\.96 GBP/),
				},
			]);
			const known = await idsOf(workflowId);
			sandbox.xero.person.editInvoice('T-1000', { DueDate: '2027-01-15' });
			await started(workflowId, FROM_XERO, known);
			expect(shown(bill)['Due Date']).toBe('15/01/2027');
			expect(sandbox.knack.recordIds('Bills')).toHaveLength(1);
			expect(rig.neighbours.slackMessages).toHaveLength(1);
		},
		3 * MINUTE,
	);

	it(
		'approves what a person has approved, with job and cost code on every line, and nothing else changed',
		async () => {
			const workflowId = await watch();
			const { bill } = await arrived(workflowId);
			await approved(workflowId, bill);
			const [invoice] = ledgerInvoices(sandbox);
			const tracking = [{ Name: 'Job', Option: 'J1004 Reception counter' }];
			expect(invoice).toMatchObject({
				Status: 'AUTHORISED',
				SubTotal: 253.31,
				TotalTax: 50.65,
				Total: 303.96,
				LineItems: [
					{ Description: 'Oak boards', AccountCode: '310', TaxAmount: 46.65 },
					{ Description: 'Delivery, by kilogram', AccountCode: '310', TaxAmount: 4 },
				],
			});
			for (const line of invoice?.LineItems ?? []) expect(line.Tracking).toMatchObject(tracking);
			expect(notesOn(invoice)).toEqual([
				'Approved in Knack by Rowan Ashby on 2026-11-28: job J1004 Reception counter, cost code Materials.',
			]);
			expect(shown(bill)).toMatchObject({
				'Xero Approved Bill ID': invoice?.InvoiceID,
				'Xero Status': 'Approved',
				'Sync Message': '',
			});

			// Approved once more, with all that Knack knows of it forgotten: nothing is written to Xero.
			sandbox.journal.clear();
			sandbox.knack.updateRecord('Bills', bill, {
				Status: 'To Approve',
				'Xero Approved Bill ID': '',
			});
			await rig.n8n.rest.deactivate(workflowId);
			await rig.n8n.activate(workflowId);
			await approved(workflowId, bill);
			expect(sandbox.journal.filter({ service: 'xero', kind: 'write' })).toEqual([]);
			expect(shown(bill)['Xero Approved Bill ID']).toBe(invoice?.InvoiceID);
			expect(rig.neighbours.slackMessages).toHaveLength(1);
		},
		4 * MINUTE,
	);

	it(
		'approves a bill against its order, and holds one of more than is left of it',
		async () => {
			orderInXero('PO-7001', '253.31');
			const workflowId = await watch();
			const { bill } = await arrived(workflowId);
			const order = sandbox.knack.createRecord('Purchase Orders', { 'PO Number': 'PO-7001' });
			await approved(workflowId, bill, { 'Purchase Order': order });
			const [invoice] = ledgerInvoices(sandbox);
			expect(invoice?.Status).toBe('AUTHORISED');
			expect(notesOn(invoice)).toEqual([
				expect.stringMatching(/purchase order PO-7001/),
				expect.stringMatching(/^Approved in Knack by Rowan Ashby on .* order PO-7001\.$/),
			]);
			expect(sandbox.xero.organisation().purchaseOrders.all()[0]?.status).toBe('BILLED');

			orderInXero('PO-7002', '100.00');
			const second = await arrived(workflowId, 'T-1001');
			const small = sandbox.knack.createRecord('Purchase Orders', { 'PO Number': 'PO-7002' });
			await approved(workflowId, second.bill, { 'Purchase Order': small });
			expect(shown(second.bill)['Sync Message']).toMatch(/PO-7002.*153\.31/);
			expect(billNumbered('T-1001')?.Status).toBe('DRAFT');
			expect(rig.neighbours.slackMessages.at(-1)).toEqual({
				channel: '#accounts',
				text: expect.stringContaining('PO-7002'),
			});
		},
		4 * MINUTE,
	);

	it(
		'approves no other total than the person saw, nor one without job or approver, and says so once',
		async () => {
			const workflowId = await watch();
			const { bill } = await arrived(workflowId);
			sandbox.journal.clear();
			await approved(workflowId, bill, { 'Approved Total': '300.00', Job: '' });
			expect(shown(bill)['Sync Message']).toBe('Fill in Job.');
			await approved(workflowId, bill, { 'Approved Total': '300.00' });
			expect(shown(bill)['Sync Message']).toMatch(
				/comes to 303\.96 in Xero, and 300\.00 was approved/,
			);
			expect(sandbox.journal.filter({ service: 'xero', kind: 'write' })).toEqual([]);
			expect(rig.neighbours.slackMessages.map(({ channel }) => channel)).toEqual([
				'#approvals',
				'#accounts',
				'#accounts',
			]);
			await approved(workflowId, bill);
			expect(billNumbered('T-1000')?.Status).toBe('AUTHORISED');
			expect(shown(bill)['Sync Message']).toBe('');
		},
		4 * MINUTE,
	);

	it(
		'looks at the sample without writing anything',
		async () => {
			const workflowId = await rig.importExample('18', (workflow) => {
				workflow.pinData = examples.get('18-bills-to-approve')?.pinData;
			});
			sandbox.journal.clear();
			expect(ended(await rig.n8n.run(workflowId, 'When a Bill Is Approved'))).toBe('success');
			expect(sandbox.journal.filter({ kind: 'write' })).toEqual([]);
			expect(rig.neighbours.slackMessages).toEqual([]);
		},
		MINUTE,
	);

	async function watch(): Promise<string> {
		return await rig.watchWithWebhook(
			'18',
			configured('Xero Address', `${rig.sandboxUrl}/xero/api.xro/2.0`),
		);
	}

	/** A draft comes into Xero, then its file, as Dext sends them. */
	async function arrived(workflowId: string, number = 'T-1000'): Promise<{ bill: string }> {
		const known = await idsOf(workflowId);
		const id = String(
			sandbox.xero.person.saveInvoice({ ...AS_IT_COMES, InvoiceNumber: number }).InvoiceID,
		);
		const attachments = [
			{
				attachmentId: randomUUID(),
				parentId: id,
				endpoint: 'Invoices',
				fileName: FILE,
				mimeType: 'application/pdf',
				includeOnline: false,
				bytes: Buffer.from(PDF),
			},
		];
		sandbox.xero.organisation().attachments.put(id, attachments);
		expect(ended(await started(workflowId, FROM_XERO, known))).toBe('success');
		const { id: bill = '' } = rig.shownWhere('Bills', 'Bill Number', number);
		return { bill };
	}

	/** A person fills in the form of Knack. */
	async function approved(
		workflowId: string,
		bill: string,
		values: Readonly<Record<string, string>> = {},
	): Promise<void> {
		const known = await idsOf(workflowId);
		sandbox.knack.updateRecord('Bills', bill, {
			Status: 'Approved',
			Job: idWhere('Jobs', 'Job Name', 'Reception counter'),
			'Cost Code': idWhere('Cost Codes', 'Cost Code', 'Materials'),
			'Approved By': 'Rowan Ashby',
			'Approved On': '28/11/2026',
			'Approved Total': '303.96',
			...values,
		});
		await rig.n8n.rest.deactivate(workflowId);
		await rig.n8n.activate(workflowId);
		expect(ended(await started(workflowId, 'When a Bill Is Approved', known))).toBe('success');
	}

	/** The next execution that this trigger has started; the other one may start some meanwhile. */
	async function started(
		workflowId: string,
		trigger: string,
		known: readonly string[],
	): Promise<Execution> {
		const { id } = await until(`${trigger} has started one`, MINUTE, async () => {
			const all = await rig.n8n.rest.executions(workflowId, { withData: true });
			const newer = all.reverse().filter((one) => !known.includes(one.id));
			return newer.find(({ data }) => data?.resultData.runData[trigger] !== undefined);
		});
		return await rig.n8n.finished(id);
	}

	async function idsOf(workflowId: string): Promise<string[]> {
		return (await rig.n8n.rest.executions(workflowId)).map(({ id }) => id);
	}

	function idWhere(table: string, field: string, value: string): string {
		return rig.shownWhere(table, field, value).id ?? '';
	}

	function shown(bill: string): Record<string, string> {
		return sandbox.knack.shown('Bills', bill);
	}

	function billNumbered(number: string): LedgerInvoice | undefined {
		return ledgerInvoices(sandbox).find(({ InvoiceNumber }) => InvoiceNumber === number);
	}

	function orderInXero(number: string, net: string): void {
		const order = {
			PurchaseOrderNumber: number,
			Contact: { Name: SUPPLIER },
			Date: '2026-11-20',
			Status: 'AUTHORISED',
			LineItems: [
				{
					Description: 'Boards',
					Quantity: 1,
					UnitAmount: net,
					AccountCode: '310',
					TaxType: 'INPUT2',
				},
			],
		};
		purchaseOrders.save?.(sandbox.xero.person.call(), new Input(order), 'create');
	}

	function notesOn(invoice: LedgerInvoice | undefined): string[] {
		const records = sandbox.xero.organisation().history.get(invoice?.InvoiceID ?? '') ?? [];
		return records.map(({ details }) => details);
	}

	function fileOf(bill: string): [name: string | undefined, text: string | undefined] {
		const { assets } = sandbox.knack.appState();
		const asset = [...assets.values()].at(-1);
		const bytes = asset && Buffer.from(asset.bytes).toString();
		return [shown(bill).File === '' ? undefined : String(asset?.asset.filename), bytes];
	}
});
