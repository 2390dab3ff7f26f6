import fc from 'fast-check';
import {
	syncChangedInvoices,
	type ChangedInvoicesReport,
} from '../../lib/sync/payments/syncChangedInvoices';
import { readInvoicesOfItems } from '../../lib/sync/payments/invoicesOfItems';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/organisations';
import { definitionOf } from '../support/definitionOf';
import { NOTHING_TOLD, PaymentTestbed } from './paymentTestbed';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function labels(outcomes: ReadonlyArray<{ document: { number?: string } }>): unknown[] {
	return outcomes.map(({ document }) => document.number);
}

/** Another invoice, an hour later, so that windows of changes no longer reach back to the first. */
async function changeAnother(bed: PaymentTestbed): Promise<void> {
	await bed.later(60 * MINUTE_MS);
	bed.order(5, { 'Xero Invoice ID': bed.invoice().id });
}

/** What people call Xero's statuses, as both nodes write them. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
	DRAFT: 'Draft',
	SUBMITTED: 'Awaiting Approval',
	AUTHORISED: 'Approved',
	PAID: 'Paid',
	VOIDED: 'Voided',
	DELETED: 'Deleted',
};

describe('everything changed since the last run', () => {
	it('writes each change once, and asks Knack nothing when nothing changed', async () => {
		const bed = await PaymentTestbed.open();
		const first = bed.invoice();
		bed.sandbox.clock.advance(1_000);
		const second = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': first.id });
		bed.order(1, { 'Xero Invoice ID': second.id });

		const start = await bed.syncChanges(undefined);
		expect(labels(start.outcomes)).toEqual([first.number, second.number]);
		expect(start.outcomes.map(({ outcome }) => outcome)).toEqual(['updated', 'updated']);

		await bed.later(MINUTE_MS);
		const [reads, writes] = [bed.knackReads(), bed.knackWrites()];
		const quiet = await bed.syncChanges(start.state);
		expect(quiet).toMatchObject({ outcomes: [], known: 2 });
		expect([bed.knackReads(), bed.knackWrites()]).toEqual([reads, writes]);

		await bed.later(60 * MINUTE_MS);
		bed.sandbox.xero.recordPayment({ invoiceId: first.id });
		const paid = await bed.syncChanges(quiet.state);
		expect(paid.outcomes).toMatchObject([{ outcome: 'updated', payment: { state: 'paid' } }]);
		expect(bed.shown(order)['Payment Status']).toBe('Paid');
	});

	it('sees a payment on an invoice of three years ago', async () => {
		const bed = await PaymentTestbed.open();
		const old = bed.invoice({ Date: '2023-10-01', DueDate: '2023-11-01' });
		const order = bed.order(0, { 'Xero Invoice ID': old.id });
		const start = await bed.syncChanges(undefined);
		await bed.later(3 * DAY_MS);
		bed.sandbox.xero.recordPayment({ invoiceId: old.id });
		await bed.syncChanges(start.state);
		expect(bed.shown(order)['Payment Status']).toBe('Paid');
	});

	it('holds by name an invoice that Xero tells no total of, once, and goes on with the others', async () => {
		const bed = await PaymentTestbed.open();
		const [fine, broken] = [bed.invoice(), bed.invoice()];
		bed.order(0, { 'Xero Invoice ID': fine.id });
		const order = bed.order(1, { 'Xero Invoice ID': broken.id });
		const syncTellingNoTotal = async (state: unknown) => {
			const all = bed.sandbox.xero.invoices(DEMO_TRADE_TENANT_ID);
			const told = all.map((each) =>
				each.InvoiceID === broken.id ? { ...each, Total: null, AmountDue: null } : each,
			);
			const body = JSON.stringify({ Invoices: told });
			const headers = { 'content-type': 'application/json' };
			const answer = { service: 'xero', kind: 'status', status: 200, headers, body } as const;
			const fault = bed.sandbox.faults.add({ ...answer, path: '/Invoices', times: 100 });
			const report = await bed.syncChanges(state);
			bed.sandbox.faults.remove(fault.id);
			return report;
		};
		const start = await syncTellingNoTotal(undefined);
		const unreadable = ({ outcomes }: ChangedInvoicesReport) =>
			outcomes.flatMap(({ issues }) =>
				issues.filter(({ code }) => code === 'XERO_INVOICE_UNREADABLE'),
			);
		expect(unreadable(start).map(({ message }) => message)).toEqual([
			`What Xero says of sales invoice ${broken.number} cannot be read (Total).`,
		]);
		const updated = start.outcomes.filter(({ outcome }) => outcome === 'updated');
		expect(labels(updated)).toContain(fine.number);
		expect(bed.shown(order)['Payment Status']).toBe('');

		const again = await syncTellingNoTotal(start.state);
		expect(unreadable(again)).toEqual([]);
		expect(again.toldBefore).toBeGreaterThan(0);

		const healed = await bed.syncChanges(again.state);
		expect(labels(healed.outcomes)).toEqual([broken.number]);
		expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
	});

	it('says of an item which invoice cannot be read, and reads that of the next', async () => {
		const bed = await PaymentTestbed.open();
		const [fine, broken] = [bed.invoice(), bed.invoice()];
		const told = bed.sandbox.xero
			.invoices(DEMO_TRADE_TENANT_ID)
			.map((each) => (each.InvoiceID === broken.id ? { ...each, AmountPaid: 'all' } : each));
		const body = JSON.stringify({ Invoices: told });
		const headers = { 'content-type': 'application/json' };
		const answer = { service: 'xero', kind: 'status', status: 200, headers, body } as const;
		bed.sandbox.faults.add({ ...answer, path: '/Invoices', times: 1 });
		const [first, second] = await readInvoicesOfItems(
			bed.xero.client,
			definitionOf('salesInvoice'),
			[broken, fine].map(({ id }) => ({ by: 'id', value: id })),
		);
		expect(first).toMatchObject({ kind: 'notRead', issue: { code: 'XERO_INVOICE_UNREADABLE' } });
		expect(second).toMatchObject({ kind: 'read', snapshot: { id: fine.id } });
	});

	it('sees voided, deleted and reopened invoices', async () => {
		const bed = await PaymentTestbed.open();
		const voided = bed.invoice();
		const deleted = bed.invoice({ Status: 'DRAFT' });
		const reopened = bed.invoice();
		const orders = [voided, deleted, reopened].map(({ id }, index) =>
			bed.order(index, { 'Xero Invoice ID': id }),
		);
		const payment = bed.sandbox.xero.recordPayment({ invoiceId: reopened.id });
		const start = await bed.syncChanges(undefined);
		await bed.later(DAY_MS);
		bed.sandbox.xero.voidInvoice({ invoiceId: voided.id });
		bed.sandbox.xero.voidInvoice({ invoiceId: deleted.id });
		bed.sandbox.xero.deletePayment(String(payment.PaymentID));
		const { outcomes } = await bed.syncChanges(start.state);
		expect(outcomes.map((each) => each.payment?.state).sort()).toEqual([
			'deleted',
			'unpaid',
			'voided',
		]);
		expect(orders.map((order) => bed.shown(order)['Payment Status'])).toEqual([
			'Void',
			'Void',
			'Unpaid',
		]);
	});

	it('tells the day on which an invoice becomes overdue, although Xero changes nothing', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice({ DueDate: '2026-11-23' });
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		await changeAnother(bed);
		let { state } = await bed.syncChanges(undefined);
		await bed.later(DAY_MS);
		state = (await bed.syncChanges(state)).state;
		expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
		await bed.later(DAY_MS);
		const late = await bed.syncChanges(state);
		expect(bed.shown(order)['Payment Status']).toBe('Overdue');
		await bed.later(60 * MINUTE_MS);
		const reads = bed.xeroReads();
		expect((await bed.syncChanges(late.state)).outcomes).toEqual([]);
		// The due dates of a day are looked at once. One read is the organisation's settings' last.
		const windows = bed.sandbox.journal
			.filter({ service: 'xero', kind: 'read', path: '/Invoices' })
			.slice(-(bed.xeroReads() - reads));
		expect(windows).toHaveLength(1);
	});

	it.each([1, 3, 40])(
		'takes back what a clock that was %i days ahead called overdue, and looks again at once',
		async (days) => {
			const bed = await PaymentTestbed.open();
			const invoice = bed.invoice({ DueDate: '2026-11-22' });
			const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
			const lone = bed.invoice();
			await changeAnother(bed);
			let { state } = await bed.syncChanges(undefined);
			expect(bed.shown(order)['Payment Status']).toBe('Unpaid');

			await bed.later(days * DAY_MS);
			state = (await bed.syncChanges(state)).state;
			expect(bed.shown(order)['Payment Status']).toBe('Overdue');

			await bed.later(-days * DAY_MS + 60 * MINUTE_MS);
			const found = bed.order(1, { 'Xero Invoice ID': lone.id });
			const again = await bed.syncChanges(state);
			expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
			expect(bed.shown(found)['Payment Status']).toBe('Unpaid');
			const { outcomes } = await bed.syncChanges(again.state);
			expect(outcomes).toEqual([]);
		},
	);

	it('comes to the next check of all unpaid, also where the last one lies in the future', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		const { state } = await bed.syncChanges(undefined);
		const ahead = state && { ...state, fullCheckMs: bed.sandbox.clock.now() + 40 * DAY_MS };
		bed.order(0, { 'Payment Status': 'Paid' });
		const next = await bed.syncChanges(ahead);
		expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
		const reads = bed.xeroReads();
		await bed.syncChanges(next.state);
		expect(bed.xeroReads() - reads).toBe(1);
	});

	it('counts the days overdue every day where they are written', async () => {
		const bed = await PaymentTestbed.open();
		bed.sandbox.knack.addField('Orders', { name: 'Days Overdue', type: 'number' });
		const app = await bed.knack.app({ fresh: true });
		const table = app.tables.find(({ name }) => name === 'Orders');
		const daysOverdue = table?.fields.find(({ name }) => name === 'Days Overdue');
		if (!table || !daysOverdue) throw new Error('The field is not there.');
		const settings = { table, targets: { daysOverdue } };
		const invoice = bed.invoice({ DueDate: '2026-11-20' });
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		await changeAnother(bed);
		let state: unknown;
		for (const days of ['2', '3', '4']) {
			state = (await bed.syncChanges(state, settings)).state;
			expect(bed.sandbox.knack.display('Orders', order)[daysOverdue.key]).toBe(days);
			await bed.later(DAY_MS);
		}
	});

	it('puts right in the weekly check what somebody changed in Knack', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		let { state } = await bed.syncChanges(undefined);
		bed.order(0, { 'Payment Status': 'Paid' });
		await bed.later(6 * DAY_MS);
		state = (await bed.syncChanges(state)).state;
		expect(bed.shown(order)['Payment Status']).toBe('Paid');
		await bed.later(DAY_MS);
		await bed.syncChanges(state);
		expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
	});

	it('reports an invoice without a record once, and takes it when the record comes', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		const start = await bed.syncChanges(undefined);
		expect(start.outcomes).toMatchObject([{ issues: [{ code: 'KNACK_RECORD_NOT_FOUND' }] }]);
		await bed.later(60 * MINUTE_MS);
		const again = await bed.syncChanges(start.state);
		expect(again).toMatchObject({ outcomes: [], toldBefore: 1 });
		bed.order(0, { 'Xero Invoice ID': invoice.id });
		await bed.later(60 * MINUTE_MS);
		expect((await bed.syncChanges(again.state)).outcomes).toMatchObject([{ outcome: 'updated' }]);
	});

	it('tries again what Knack did not take, however long it is down', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		const outage = bed.sandbox.faults.add({
			service: 'knack',
			method: 'PUT',
			kind: 'dropBefore',
			times: 1_000,
		});
		let { state } = await bed.syncChanges(undefined);
		for (let hour = 0; hour < 4; hour += 1) {
			await bed.later(60 * MINUTE_MS);
			const run = await bed.syncChanges(state);
			expect(run.outcomes).toMatchObject([{ outcome: 'failed' }]);
			state = run.state;
		}
		bed.sandbox.faults.remove(outage.id);
		await bed.later(60 * MINUTE_MS);
		await bed.syncChanges(state);
		expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
	});

	it('does not move on in a preview', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		bed.order(0, { 'Xero Invoice ID': invoice.id });
		const preview = await bed.syncChanges(undefined, { preview: true });
		expect(preview).toMatchObject({ state: undefined, outcomes: [{ outcome: 'wouldUpdate' }] });
		expect((await bed.syncChanges(preview.state)).outcomes).toMatchObject([{ outcome: 'updated' }]);
	});

	it('starts afresh with a state of another organisation, or none that can be read', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		bed.order(0, { 'Xero Invoice ID': invoice.id });
		const { state } = await bed.syncChanges(undefined);
		await bed.later(30 * DAY_MS);
		for (const stored of ['nonsense', { version: 9 }, { ...state, scope: 'other' }]) {
			const run = await bed.syncChanges(stored);
			expect(run.outcomes).toMatchObject([{ outcome: 'unchanged' }]);
		}
	});

	it('reads 1,100 changed invoices in pages, none left out', async () => {
		const bed = await PaymentTestbed.open();
		const invoices = Array.from({ length: 1_100 }, () => bed.invoice());
		const run = await bed.syncChanges(undefined, { whenMissing: 'skip', preview: true });
		expect(new Set(labels(run.outcomes)).size).toBe(invoices.length);
		expect(run.complete).toBe(true);
	});

	it('misses none when invoices change while the list is read', async () => {
		const bed = await PaymentTestbed.open();
		const invoices = Array.from({ length: 1_050 }, () => {
			bed.sandbox.clock.advance(1_000);
			return bed.invoice();
		});
		await bed.later(1_000);
		// The first ten move to the end of the list once its first page has been read.
		let pages = 0;
		const client = bed.xero.anotherClient((inner) => async (request) => {
			const answer = await inner(request);
			if (request.headers?.['if-modified-since'] !== undefined && (pages += 1) === 1) {
				for (const { id } of invoices.slice(0, 10)) {
					bed.sandbox.clock.advance(1_000);
					bed.sandbox.xero.editInvoice({ invoiceId: id }, { Reference: 'moved' });
				}
			}
			return answer;
		});
		const run = await syncChangedInvoices(
			client,
			bed.context(),
			{
				...bed.settings({ whenMissing: 'skip', preview: true }),
				documentType: 'salesInvoice',
				scope: 'demo',
				firstRunFromMs: 1,
				fullCheckDays: 0,
			},
			{ stored: undefined, toldBefore: NOTHING_TOLD },
		);
		expect(pages).toBeGreaterThan(1);
		expect(new Set(labels(run.outcomes)).size).toBe(invoices.length);
	}, 30_000);

	it('ends in what Xero says, whatever happens between runs that are cut short', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						invoice: fc.nat({ max: 2 }),
						what: fc.constantFrom('pay', 'unpay', 'void', 'edit', 'run', 'crash', 'outage', 'hour'),
						amount: fc.integer({ min: 1, max: 60 }),
					}),
					{ minLength: 3, maxLength: 14 },
				),
				async (steps) => {
					const bed = await PaymentTestbed.open();
					const invoices = [bed.invoice(), bed.invoice(), bed.invoice()];
					const orders = invoices.map(({ id }, index) =>
						bed.order(index, { 'Xero Invoice ID': id }),
					);
					const payments = new Map<number, string[]>();
					let state: unknown;
					for (const { invoice: index, what, amount } of steps) {
						const invoiceId = invoices[index]?.id;
						const paid = payments.get(index) ?? [];
						if (what === 'hour') await bed.later(60 * MINUTE_MS);
						else if (what === 'run') state = (await bed.syncChanges(state)).state;
						// All was written, but the state was lost on the way to the database.
						else if (what === 'crash') await bed.syncChanges(state);
						else if (what === 'outage') {
							const fault = bed.sandbox.faults.add({
								service: 'knack',
								method: 'PUT',
								kind: 'dropBefore',
								times: 100,
							});
							state = (await bed.syncChanges(state)).state;
							bed.sandbox.faults.remove(fault.id);
						} else {
							bed.sandbox.clock.advance(1_000);
							try {
								if (what === 'pay') {
									const made = bed.sandbox.xero.recordPayment({
										invoiceId,
										amount: String(amount),
										date: '2026-11-21',
									});
									payments.set(index, [...paid, String(made.PaymentID)]);
								} else if (what === 'unpay' && paid[0] !== undefined) {
									bed.sandbox.xero.deletePayment(paid[0]);
									payments.set(index, paid.slice(1));
								} else if (what === 'void') bed.sandbox.xero.voidInvoice({ invoiceId });
								else if (what === 'edit') {
									bed.sandbox.xero.editInvoice({ invoiceId }, { Reference: `R-${amount}` });
								}
							} catch {
								// A person is refused what Xero does not allow; nothing happened then.
							}
						}
					}
					await bed.later(60 * MINUTE_MS);
					await bed.syncChanges(state);
					for (const [index, order] of orders.entries()) {
						const element = bed.sandbox.xero
							.invoices()
							.find((each) => each.InvoiceID === invoices[index]?.id);
						const shown = bed.shown(order);
						expect(shown['Invoice Status']).toBe(STATUS_WORDS[String(element?.Status)]);
						const paid = Number(element?.AmountPaid);
						expect(shown['Amount Paid']).toBe(`£${paid.toFixed(2)}`);
					}
				},
			),
			{
				numRuns: 25,
				// A payment that Knack heard of from a run whose memory was lost, and that was removed since.
				examples: [
					[
						[
							{ invoice: 0, what: 'run', amount: 1 },
							{ invoice: 0, what: 'pay', amount: 1 },
							{ invoice: 0, what: 'crash', amount: 1 },
							{ invoice: 0, what: 'unpay', amount: 1 },
						],
					],
				],
			},
		);
	}, 60_000);
});
