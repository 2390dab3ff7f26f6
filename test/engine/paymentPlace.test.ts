import type { IDataObject } from 'n8n-workflow';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { emptyDeduplication } from '../support/deduplication';
import { restartProcess } from '../support/restartProcess';
import { createHarness, ours, type Harness } from './harness';

const HOUR_MS = 3_600_000;

/**
 * Where runs over everything changed keep their place. In n8n's queue mode every run may be in another
 * process, which starts with empty static data and overwrites the workflow's with its own.
 */
describe('the place of Payment Status to Knack', () => {
	let harness: Harness;

	beforeEach(async () => {
		await emptyDeduplication();
		harness = await createHarness({ nodes: { paymentStatusToKnack: new PaymentStatusToKnack() } });
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.setLimits({ perSecond: null });
	});

	afterEach(async () => await harness.close());

	const key = (name: string) => harness.sandbox.knack.fieldKey('Orders', name);
	const list = (value: string) => ({ __rl: true, mode: 'list', value });
	const table = (name: string) => list(harness.sandbox.knack.schema(name).key);

	function addSyncState(): void {
		harness.sandbox.knack.addTable({
			name: 'Sync State',
			singular: 'Sync State',
			identifier: 'State',
			fields: [{ name: 'State', type: 'paragraph_text' }],
		});
	}

	const places = () =>
		harness.sandbox.knack
			.recordIds('Sync State')
			.map((id) => harness.sandbox.knack.shown('Sync State', id).State ?? '');

	/** A run in another process than the one before. */
	async function runInNewProcess(parameters: IDataObject = {}) {
		restartProcess();
		return await run(parameters);
	}

	async function run(parameters: IDataObject = {}, staticData: IDataObject = {}) {
		const result = await harness.engine.runNode(
			{
				name: 'Payments',
				type: ours('paymentStatusToKnack'),
				credentials: harness.both,
				parameters: {
					organisation: list(DEMO_TRADE_TENANT_ID),
					operation: 'changed',
					table: table('Orders'),
					matchFields: { invoiceId: key('Xero Invoice ID') },
					fieldsToWrite: { paymentStatus: key('Payment Status') },
					...Object(parameters),
				},
			},
			[{}],
			{ id: 'payments', staticData },
		);
		const [synced = [], attention = []] = result.output.map((items) =>
			items.map(({ json }) => json),
		);
		const hints = result.hints('Payments').map(({ message }) => message);
		return { ...result, synced, attention, hints };
	}

	function invoice(orderIndex?: number): string {
		const saved = harness.sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			Status: 'AUTHORISED',
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			Date: '2026-11-01',
			DueDate: '2099-01-31',
			LineAmountTypes: 'Exclusive',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
		});
		const id = String(saved.InvoiceID);
		const order = harness.sandbox.knack.recordIds('Orders')[orderIndex ?? 0] ?? '';
		if (orderIndex !== undefined) {
			harness.sandbox.knack.updateRecord('Orders', order, { 'Xero Invoice ID': id });
		}
		return id;
	}

	const status = (orderIndex: number) => {
		const id = harness.sandbox.knack.recordIds('Orders')[orderIndex] ?? '';
		return harness.sandbox.knack.shown('Orders', id)['Payment Status'];
	};

	const writes = () =>
		harness.sandbox.journal.filter({ service: 'knack', kind: 'write' }).map(({ path }) => path);

	it('is never in static data, where a worker would erase what triggers keep there', async () => {
		invoice(0);
		const kept = { 'node:Payments': { changedInvoices: { 'as|0.1.0|left|it': { version: 1 } } } };
		for (const parameters of [{}, { preview: true }]) {
			const { error, staticData } = await run(parameters, kept);
			expect(error).toBeUndefined();
			expect(staticData).toEqual(kept);
		}
	});

	describe('in a table of Knack', () => {
		const inKnack = () => ({ syncStateTable: table('Sync State') });

		beforeEach(addSyncState);

		it('is where the last run left it, whichever process ran', async () => {
			const id = invoice(0);
			const first = await runInNewProcess(inKnack());
			expect(first.synced).toMatchObject([{ outcome: 'updated' }]);
			expect(places()).toHaveLength(1);

			harness.sandbox.journal.clear();
			const second = await runInNewProcess(inKnack());
			expect([second.synced, writes()]).toEqual([[], []]);
			expect(second.hints[0]).toContain('1 known already');

			harness.sandbox.xero.recordPayment({ invoiceId: id });
			const third = await runInNewProcess(inKnack());
			expect(third.synced).toMatchObject([{ payment: { state: 'paid' } }]);
			expect(status(0)).toBe('Paid');
			expect(places()).toHaveLength(1);
		});

		it('reads as sentences, and says whose it is', async () => {
			invoice(0);
			invoice();
			await runInNewProcess(inKnack());
			expect(places()[0]).toMatch(
				/^Payment status of sales invoices of .+ in Orders\.\sWhat changed in Xero up to 20\d\d-.+Z has been looked at\.\sTried again in the next run: 0\. Waiting for a person: 1\.\s/i,
			);
		});

		it('tells of a missing record once, in whichever process', async () => {
			invoice();
			const told: number[] = [];
			for (let time = 0; time < 4; time += 1) {
				told.push((await runInNewProcess(inKnack())).attention.length);
			}
			expect(told).toEqual([1, 0, 0, 0]);
		});

		it('is not moved by a preview, nor taken from another node', async () => {
			invoice(0);
			await runInNewProcess({ ...inKnack(), preview: true });
			expect(places()).toEqual([]);
			await runInNewProcess(inKnack());
			const other = await harness.engine.runNode(
				{
					name: 'Amounts',
					id: 'another-node',
					type: ours('paymentStatusToKnack'),
					credentials: harness.both,
					parameters: {
						organisation: list(DEMO_TRADE_TENANT_ID),
						operation: 'changed',
						table: table('Orders'),
						matchFields: { invoiceId: key('Xero Invoice ID') },
						fieldsToWrite: { amountDue: key('Amount Due') },
						...inKnack(),
					},
				},
				[{}],
				{ id: 'payments' },
			);
			expect(other.output[0]).toMatchObject([{ json: { outcome: 'updated' } }]);
			expect(places()).toHaveLength(2);
		});

		it('starts afresh, and says so, where somebody edited it', async () => {
			invoice(0);
			await runInNewProcess(inKnack());
			const [record = ''] = harness.sandbox.knack.recordIds('Sync State');
			harness.sandbox.knack.updateRecord('Sync State', record, { State: 'Seen by Ann' });
			const next = await runInNewProcess(inKnack());
			expect(next.synced).toMatchObject([{ outcome: 'unchanged' }]);
			expect(next.hints.join(' ')).toMatch(/1 record of Sync State cannot be read as a place/);
			expect(places().filter((text) => text.includes('has been looked at'))).toHaveLength(1);
		});

		it('goes on from the place before where Knack does not take the new one', async () => {
			const id = invoice(0);
			await runInNewProcess(inKnack());
			harness.sandbox.xero.recordPayment({ invoiceId: id });
			const { key: object } = harness.sandbox.knack.schema('Sync State');
			const fault = harness.sandbox.faults.add({
				service: 'knack',
				method: 'PUT',
				path: `/objects/${object}/records/${harness.sandbox.knack.recordIds('Sync State')[0]}`,
				kind: 'status',
				status: 400,
			});
			const refused = await runInNewProcess(inKnack());
			expect(refused.synced).toMatchObject([{ outcome: 'updated' }]);
			expect(refused.hints.join(' ')).toMatch(/could not be kept in Sync State/);
			harness.sandbox.faults.remove(fault.id);
			const next = await runInNewProcess(inKnack());
			expect(next.synced).toMatchObject([{ outcome: 'unchanged' }]);
		});

		it.each([
			['has no field for it', 'Customers', 'Customers has no Paragraph Text field named State.'],
			['is the one that is written', 'Orders', /holds other records/],
		])('is refused in a table that %s', async (_why, name, message) => {
			if (name === 'Orders') {
				harness.sandbox.knack.addField(name, { name: 'State', type: 'paragraph_text' });
			}
			invoice(0);
			const { error } = await runInNewProcess({ syncStateTable: table(name) });
			expect(error?.message).toMatch(message);
			expect(status(0)).not.toBe('Unpaid');
		});

		it('offers the tables that can keep it, and says what is missing where none can', async () => {
			const type = new PaymentStatusToKnack();
			const context = () =>
				harness.engine.loadOptionsContext({
					name: 'Payments',
					type: ours('paymentStatusToKnack'),
					credentials: harness.both,
					parameters: { operation: 'changed', table: table('Orders') },
				});
			const search = async () =>
				await type.methods.listSearch.searchSyncStateTables.call(context());
			expect((await search()).results.map(({ name }) => name)).toEqual(['Sync State']);
			harness.sandbox.knack.deleteField('Sync State', 'State');
			restartProcess();
			await expect(search()).rejects.toMatchObject({
				message: 'No table of Knack can keep the place',
				description: expect.stringContaining('Paragraph Text field named State'),
			});
		});
	});

	describe('without a table for it', () => {
		it('is remembered by the process; a new one looks back, and says how far', async () => {
			const id = invoice(0);
			const first = await run();
			expect(first.synced).toMatchObject([{ outcome: 'updated' }]);
			expect(first.hints.join(' ')).toMatch(/looked back 90 days, and at all unpaid invoices/);
			const second = await run();
			expect([second.synced, second.hints[0]]).toEqual([
				[],
				expect.stringContaining('1 known already'),
			]);
			harness.sandbox.xero.recordPayment({ invoiceId: id });
			const third = await runInNewProcess({ options: { lookBackHours: 48 } });
			expect(third.synced).toMatchObject([{ payment: { state: 'paid' } }]);
			expect(third.hints.join(' ')).toMatch(/looked back 48 hours/);
		});

		it('looks back as far as was chosen, and in its first run as far as a first run does', async () => {
			const old = (orderIndex: number, hours: number): void => {
				const id = invoice(orderIndex);
				harness.sandbox.xero.recordPayment({ invoiceId: id });
				const { invoices } = harness.sandbox.xero.organisation();
				const paid = invoices.get(id);
				if (!paid) throw new Error('The invoice was just made.');
				const updatedMs = harness.sandbox.clock.now() - hours * HOUR_MS;
				invoices.put(id, { ...paid, updatedMs });
			};
			const found = async (options: IDataObject) =>
				(await runInNewProcess({ options })).synced.length;
			old(0, 50);
			expect(await found({ firstRunDays: 1, lookBackHours: 72 })).toBe(0);
			expect(await found({ firstRunDays: 1, lookBackHours: 24 })).toBe(0);
			expect(await found({ firstRunDays: 1, lookBackHours: 72 })).toBe(1);
		});

		it('is in its first run still where that one failed', async () => {
			invoice(0);
			const fault = harness.sandbox.faults.add({
				service: 'xero',
				path: '/Invoices',
				kind: 'status',
				status: 403,
			});
			expect((await runInNewProcess()).error).toBeDefined();
			harness.sandbox.faults.remove(fault.id);
			expect((await runInNewProcess()).hints.join(' ')).toMatch(/looked back 90 days/);
			expect((await runInNewProcess()).hints.join(' ')).toMatch(/looked back 2160 hours/);
		});

		it('tells of a missing record once all the same, by what n8n deduplicates', async () => {
			invoice();
			const told: number[] = [];
			for (let time = 0; time < 4; time += 1) {
				told.push((await runInNewProcess()).attention.length);
			}
			expect(told).toEqual([1, 0, 0, 0]);
		});
	});
});
