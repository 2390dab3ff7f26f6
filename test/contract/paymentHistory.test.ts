import { readInvoicesById } from '../../lib/sync/payments/changedInvoices';
import { syncPayments } from '../../lib/sync/payments/syncPayments';
import { HistoryTestbed } from './paymentHistoryTestbed';

const HOUR_MS = 3_600_000;

const NOTHING = { created: 0, updated: 0, removed: 0, unchanged: 0 };

describe('the payment history of an invoice', () => {
	it('has one record a payment, connected to the order, and is written once', async () => {
		const test = await HistoryTestbed.open();
		const { bed } = test;
		const invoice = test.orderedInvoice(0);
		const first = test.pay(invoice.id, '50', '2026-11-20', 'BACS 1');
		test.pay(invoice.id, '70', '2026-11-21', 'BACS 2');

		const { outcomes } = await test.sync([invoice.id]);
		expect(outcomes).toMatchObject([
			{
				outcome: 'updated',
				history: { ...NOTHING, created: 2 },
				summary: expect.stringContaining('Payment history: 2 added.'),
			},
		]);
		const shown = bed.shown(invoice.order);
		expect(test.rows).toMatchObject([
			{
				'Xero Payment ID': first,
				Date: '20/11/2026',
				Amount: '50',
				Currency: 'GBP',
				Kind: 'Payment',
				Reference: 'BACS 1',
				Status: 'Recorded',
				Link: 'BACS 1',
			},
			{ Amount: '70', Reference: 'BACS 2' },
		]);
		expect(test.rows.map(({ Order }) => Order)).toEqual(Array(2).fill(shown['Order Number']));

		const [reads, writes] = [bed.knackReads(), bed.knackWrites()];
		const again = await test.sync([invoice.id]);
		expect(again.outcomes).toMatchObject([
			{ outcome: 'unchanged', history: { ...NOTHING, unchanged: 2 } },
		]);
		// One look for the order, one for its payments.
		expect([bed.knackReads() - reads, bed.knackWrites() - writes]).toEqual([2, 0]);
	});

	it('marks what was removed, and takes a re-dated payment for the removal and the payment that it is', async () => {
		const test = await HistoryTestbed.open();
		const invoice = test.orderedInvoice(0);
		const payment = test.pay(invoice.id, '50', '2026-11-20');
		await test.sync([invoice.id]);
		test.bed.sandbox.xero.deletePayment(payment);
		test.pay(invoice.id, '50', '2026-11-08');
		const { outcomes } = await test.sync([invoice.id]);
		expect(outcomes).toMatchObject([{ history: { ...NOTHING, created: 1, removed: 1 } }]);
		expect(test.glance).toEqual([
			'08/11/2026 50 Payment Recorded',
			'20/11/2026 50 Payment Removed',
		]);
		const reads = test.bed.xeroReads();
		const again = await test.sync([invoice.id]);
		expect(again.outcomes).toMatchObject([{ history: { ...NOTHING, unchanged: 1 } }]);
		// What is marked already is not asked about again.
		expect(test.bed.xeroReads() - reads).toBe(1);
	});

	it('brings a row up to date whose payment reads differently now', async () => {
		const test = await HistoryTestbed.open();
		const invoice = test.orderedInvoice(0);
		test.pay(invoice.id, '50', '2026-11-20', 'BACS 1');
		await test.sync([invoice.id]);
		test.bed.sandbox.knack.updateRecord('Payments', test.rowId(0), {
			Date: '01/11/2026',
			Order: '',
		});
		const { outcomes } = await test.sync([invoice.id]);
		expect(outcomes).toMatchObject([{ history: { ...NOTHING, updated: 1 } }]);
		expect(test.rows).toMatchObject([
			{ Date: '20/11/2026', Order: test.bed.shown(invoice.order)['Order Number'] },
		]);
	});

	it('tells payments, credit notes, prepayments and overpayments apart, and takes a credit back that is applied no more', async () => {
		const test = await HistoryTestbed.open();
		const invoice = test.orderedInvoice(0);
		const other = test.orderedInvoice(1);
		test.pay(invoice.id, '20', '2026-11-20');
		const note = await test.creditNote(50);
		await test.apply('CreditNotes', note, other.id, 20);
		const allocation = await test.apply('CreditNotes', note, invoice.id, 30);
		const deposit = await test.prepayment('PREPAYMENT', 25);
		await test.apply('Prepayments', deposit, invoice.id, 25);
		const surplus = await test.prepayment('OVERPAYMENT', 45);
		await test.apply('Overpayments', surplus, invoice.id, 45);

		const { outcomes } = await test.sync([invoice.id, other.id]);
		expect(outcomes).toMatchObject([
			{ payment: { state: 'paid', due: '0.00' }, history: { created: 4 } },
			{ payment: { state: 'partPaid' }, history: { created: 1 } },
		]);
		expect(test.rows.map(({ Amount, Kind }) => `${Amount} ${Kind}`).sort()).toEqual([
			'20 Credit Note',
			'20 Payment',
			'25 Prepayment',
			'30 Credit Note',
			'45 Overpayment',
		]);

		await test.toXero(`/CreditNotes/${note}/Allocations/${allocation}`, {}, 'DELETE');
		const reads = test.bed.xeroReads();
		const back = await test.sync([invoice.id, other.id]);
		expect(back.outcomes.map(({ history }) => history?.removed)).toEqual([1, 0]);
		expect(test.rows.filter(({ Status }) => Status === 'Removed')).toMatchObject([
			{ Amount: '30', Kind: 'Credit Note' },
		]);
		// The row says whose it was, so that Xero need not be asked: the invoice, before and after.
		expect(test.bed.xeroReads() - reads).toBe(2);

		await test.apply('CreditNotes', note, invoice.id, 10);
		await test.sync([invoice.id]);
		expect(test.rows.filter(({ Amount }) => Amount === '10')).toMatchObject([
			{ Kind: 'Credit Note', Status: 'Recorded' },
		]);
		expect(test.rows).toHaveLength(5);
	});

	it('adds up what one credit note settles in two steps, and leaves out what of it was refunded', async () => {
		const test = await HistoryTestbed.open();
		const invoice = test.orderedInvoice(0);
		const note = await test.creditNote(60);
		await test.apply('CreditNotes', note, invoice.id, 10);
		await test.sync([invoice.id]);
		await test.apply('CreditNotes', note, invoice.id, 30);
		// The rest goes back to the customer: a payment of the credit note, not of the invoice.
		await test.toXero('/Payments', {
			CreditNote: { CreditNoteID: note },
			Account: { Code: '090' },
			Amount: 20,
			Date: '2026-11-21',
		});
		const { outcomes } = await test.sync([invoice.id]);
		expect(outcomes).toMatchObject([
			{
				payment: {
					state: 'partPaid',
					credited: '40.00',
					due: '80.00',
					credits: [{ amount: '40.00' }],
				},
				history: { ...NOTHING, updated: 1 },
			},
		]);
		expect(test.glance).toEqual(['19/11/2026 40 Credit Note Recorded']);
	});

	it('has the amount in the currency of the invoice, for sales and for bills', async () => {
		const test = await HistoryTestbed.open();
		const euros = test.orderedInvoice(0, { CurrencyCode: 'EUR' });
		const bill = test.orderedInvoice(1, { Type: 'ACCPAY', InvoiceNumber: 'B-7' });
		test.pay(euros.id, '117', '2026-11-20');
		test.pay(bill.id, '120', '2026-11-21');
		const { outcomes } = await test.sync([euros.id, bill.id]);
		expect(outcomes).toMatchObject([
			{ payment: { state: 'partPaid', currency: 'EUR', due: '3.00' } },
			{ document: { type: 'bill' }, payment: { state: 'paid' } },
		]);
		expect(test.rows.map(({ Amount, Currency }) => `${Amount} ${Currency}`).sort()).toEqual([
			'117 EUR',
			'120 GBP',
		]);
	});

	it('gives each invoice its part of a payment over several', async () => {
		const test = await HistoryTestbed.open();
		const invoices = [test.orderedInvoice(0), test.orderedInvoice(1)];
		const batch = await test.toXero('/BatchPayments', {
			BatchPayments: [
				{
					Account: { Code: '090' },
					Date: '2026-11-22',
					Payments: invoices.map(({ id }, index) => ({
						Invoice: { InvoiceID: id },
						Amount: index === 0 ? 120 : 20,
					})),
				},
			],
		});
		await test.sync(invoices.map(({ id }) => id));
		expect(test.glance).toEqual([
			'22/11/2026 120 Payment Recorded',
			'22/11/2026 20 Payment Recorded',
		]);
		await test.toXero(
			`/BatchPayments/${String(batch.BatchPaymentID)}`,
			{ Status: 'DELETED' },
			'POST',
		);
		await test.sync(invoices.map(({ id }) => id));
		expect(test.rows.map(({ Status }) => Status)).toEqual(['Removed', 'Removed']);
	});

	it("leaves another invoice's payments on the same order alone", async () => {
		const test = await HistoryTestbed.open();
		const first = test.orderedInvoice(0);
		test.pay(first.id, '50');
		await test.sync([first.id]);
		const second = test.orderedInvoice(0);
		const { outcomes } = await test.sync([second.id]);
		expect(outcomes).toMatchObject([{ outcome: 'updated', history: NOTHING, issues: [] }]);
		// Rows of other organisations and of people, whose payments Xero does not know here.
		const { knack } = test.bed.sandbox;
		for (const id of ['99999999-0000-4000-8000-000000000009', 'cash in hand', '']) {
			knack.createRecord('Payments', { Order: second.order, 'Xero Payment ID': id });
		}
		test.pay(second.id, '20');
		await test.sync([second.id]);
		expect(test.rows.map(({ Status }) => Status)).toEqual(['Recorded', '', '', '', 'Recorded']);
	});

	it('leaves an order alone that reads the same by now, where another invoice bears its reference', async () => {
		const test = await HistoryTestbed.open();
		const { bed } = test;
		const paid = [0, 1].map(() => bed.invoice({ Reference: 'JOB-9' }));
		bed.order(0, { 'Customer Reference': 'JOB-9', 'Payment Status': 'Paid' });
		for (const { id } of paid) test.pay(id, '120');
		const over = {
			match: { reference: bed.field('Customer Reference') },
			targets: { paymentStatus: bed.field('Payment Status') },
		};
		const { outcomes } = await test.sync([String(paid[1]?.id)], over);
		expect(outcomes).toMatchObject([
			{ outcome: 'held', issues: [{ code: 'KNACK_RECORD_SHARED' }] },
		]);
		expect(test.rows).toEqual([]);
	});

	it('writes nothing in a preview, and counts what a run then writes', async () => {
		const test = await HistoryTestbed.open();
		const invoice = test.orderedInvoice(0);
		const removed = test.pay(invoice.id, '50');
		await test.sync([invoice.id]);
		test.bed.sandbox.xero.deletePayment(removed);
		test.pay(invoice.id, '60');
		const writes = test.bed.knackWrites();
		const preview = await test.sync([invoice.id], { preview: true });
		expect(preview.outcomes[0]?.history).toEqual({ ...NOTHING, created: 1, removed: 1 });
		expect(test.bed.knackWrites()).toBe(writes);
		const written = await test.sync([invoice.id]);
		expect(written.outcomes[0]?.history).toEqual(preview.outcomes[0]?.history);
	});

	it('deletes the record of a removed payment only where the user chose so', async () => {
		const test = await HistoryTestbed.open({ whenRemoved: 'delete' });
		const invoice = test.orderedInvoice(0);
		const removed = test.pay(invoice.id, '50');
		test.pay(invoice.id, '60');
		await test.sync([invoice.id]);
		test.bed.sandbox.xero.deletePayment(removed);
		const { outcomes } = await test.sync([invoice.id]);
		expect(outcomes[0]?.history).toEqual({ ...NOTHING, removed: 1, unchanged: 1 });
		expect(test.rows).toMatchObject([{ Amount: '60' }]);
	});

	it('asks for a Status field when a removed payment cannot be marked', async () => {
		const test = await HistoryTestbed.open();
		const { status, ...targets } = test.history.targets;
		expect(status?.name).toBe('Status');
		const history = { ...test.history, targets };
		const invoice = test.orderedInvoice(0);
		const removed = test.pay(invoice.id, '50');
		await test.sync([invoice.id], { history });
		test.bed.sandbox.xero.deletePayment(removed);
		const { outcomes } = await test.sync([invoice.id], { history });
		expect(outcomes).toMatchObject([
			{
				outcome: 'updated',
				issues: [{ code: 'PAYMENT_HISTORY_NOT_MARKED', severity: 'warn' }],
			},
		]);
		expect(test.rows).toHaveLength(1);
	});

	it('reads in bulk: 300 invoices and their payments take few calls', async () => {
		const test = await HistoryTestbed.open();
		const invoices = Array.from({ length: 300 }, () => test.bed.invoice());
		test.bed.sandbox.knack.seedRecords(
			'Orders',
			invoices.map(({ id }) => ({ 'Xero Invoice ID': id })),
		);
		for (const { id } of invoices) test.pay(id, '10');
		const ids = invoices.map(({ id }) => id);
		await test.sync(ids);
		expect(test.rows).toHaveLength(300);
		const [reads, writes] = [test.bed.knackReads(), test.bed.knackWrites()];
		const again = await test.sync(ids);
		expect(again.outcomes.every(({ history }) => history?.unchanged === 1)).toBe(true);
		expect(test.bed.knackWrites()).toBe(writes);
		expect(test.bed.knackReads() - reads).toBeLessThanOrEqual(6);
	}, 60_000);
});

describe('a payment that must not be written twice', () => {
	it('is one record after a run that was cut short at any moment', async () => {
		for (let cutAt = 1; cutAt <= 12; cutAt += 1) {
			const test = await HistoryTestbed.open();
			const invoices = [test.orderedInvoice(0), test.orderedInvoice(1)];
			for (const { id } of invoices) {
				test.pay(id, '10', '2026-11-19');
				test.pay(id, '20', '2026-11-20');
			}
			const ids = invoices.map(({ id }) => id);
			let calls = 0;
			const killed = new Error('killed');
			const cut = test.bed.sync(
				ids,
				{ history: test.history },
				{
					around: (inner) => async (request) => {
						calls += 1;
						// Every other time Knack has done its work before the process goes.
						if (calls >= cutAt && cutAt % 2 === 0) await inner(request);
						if (calls >= cutAt) throw killed;
						return await inner(request);
					},
				},
			);
			await cut.catch((error: unknown) => expect(error).toBe(killed));
			await test.sync(ids);
			expect(test.glance).toEqual([
				'19/11/2026 10 Payment Recorded',
				'19/11/2026 10 Payment Recorded',
				'20/11/2026 20 Payment Recorded',
				'20/11/2026 20 Payment Recorded',
			]);
		}
	}, 60_000);

	it('is looked for when the answer to its record never came', async () => {
		const test = await HistoryTestbed.open();
		const invoice = test.orderedInvoice(0);
		test.pay(invoice.id, '50');
		test.bed.sandbox.faults.add({
			service: 'knack',
			method: 'POST',
			kind: 'dropAfterCommit',
			times: 5,
		});
		const { outcomes } = await test.sync([invoice.id]);
		expect(outcomes).toMatchObject([{ history: { created: 1 }, issues: [] }]);
		expect(test.rows).toHaveLength(1);
	});

	it('is one record when two executions see it at the same moment', async () => {
		const test = await HistoryTestbed.open();
		const invoice = test.orderedInvoice(0);
		test.pay(invoice.id, '50');
		await Promise.all([1, 2, 3, 4, 5].map(async () => await test.sync([invoice.id])));
		expect(test.rows).toHaveLength(1);
		expect(test.bed.knackWrites()).toBe(2);
	});

	it('gives way to another process where Knack keeps the ids unique', async () => {
		const test = await HistoryTestbed.open();
		const { key } = test.history;
		const history = { ...test.history, key: { ...key, unique: true } };
		const invoice = test.orderedInvoice(0);
		const payment = test.pay(invoice.id, '50');
		const { knack } = test.bed.sandbox;
		const run = test.bed.sync(
			[invoice.id],
			{ history },
			{
				around: (inner) => async (request) => {
					if (request.method !== 'POST') return await inner(request);
					if (knack.recordIds('Payments').length === 0) {
						knack.createRecord('Payments', { 'Xero Payment ID': payment });
					}
					return {
						kind: 'answer',
						status: 400,
						headers: {},
						body: {
							errors: [
								{ message: 'Xero Payment ID must be unique.', field: key.key, type: 'unique' },
							],
						},
					};
				},
			},
		);
		expect((await run).outcomes).toMatchObject([{ history: { updated: 1 }, issues: [] }]);
		expect(test.glance).toEqual(['20/11/2026 50 Payment Recorded']);
	});

	it('is not chosen between two records that both claim it', async () => {
		const test = await HistoryTestbed.open();
		const invoice = test.orderedInvoice(0);
		const payment = test.pay(invoice.id, '50');
		for (let copy = 0; copy < 2; copy += 1) {
			test.bed.sandbox.knack.createRecord('Payments', { 'Xero Payment ID': payment });
		}
		const { outcomes } = await test.sync([invoice.id]);
		expect(outcomes).toMatchObject([
			{
				outcome: 'updated',
				history: NOTHING,
				issues: [{ code: 'PAYMENT_HISTORY_REPEATED', severity: 'warn' }],
			},
		]);
		expect(outcomes[0]?.issues[0]?.candidates).toHaveLength(2);
		expect(test.rows).toHaveLength(2);
	});
});

describe('two executions in one process', () => {
	it('end in what Xero says, although the older reading comes to its turn last', async () => {
		const test = await HistoryTestbed.open();
		const { bed, history } = test;
		const invoice = test.orderedInvoice(0);
		const payment = test.pay(invoice.id, '120');
		const [paid] = await readInvoicesById(bed.xero.client, [invoice.id]);
		bed.sandbox.clock.advance(1_000);
		bed.sandbox.xero.deletePayment(payment);
		await test.sync([invoice.id]);
		if (!paid) throw new Error('The invoice is not there.');
		const late = await syncPayments(bed.context(), bed.settings({ history }), [
			{ snapshot: paid, itemIndexes: [0] },
		]);
		expect(late.outcomes).toMatchObject([{ outcome: 'unchanged', payment: { state: 'unpaid' } }]);
		expect(bed.shown(invoice.order)['Payment Status']).toBe('Unpaid');
		expect(test.rows).toEqual([]);
	});
});

describe('the history of everything changed', () => {
	it('asks Knack nothing about invoices that are as they were', async () => {
		const test = await HistoryTestbed.open();
		const { bed, history } = test;
		const invoice = test.orderedInvoice(0);
		test.pay(invoice.id, '50');
		const first = await bed.syncChanges(undefined, { history });
		expect(first.outcomes).toMatchObject([{ history: { created: 1 } }]);
		await bed.later(60_000);
		const [reads, writes] = [bed.knackReads(), bed.knackWrites()];
		const quiet = await bed.syncChanges(first.state, { history });
		expect(quiet).toMatchObject({ outcomes: [], known: 1 });
		expect([bed.knackReads(), bed.knackWrites()]).toEqual([reads, writes]);
		test.pay(invoice.id, '30');
		const next = await bed.syncChanges(quiet.state, { history });
		expect(next.outcomes).toMatchObject([{ history: { created: 1, unchanged: 1 } }]);
	});

	it('tries again what Knack did not take, while the status stands', async () => {
		const test = await HistoryTestbed.open();
		const { bed, history } = test;
		const invoice = test.orderedInvoice(0);
		test.pay(invoice.id, '50');
		const outage = bed.sandbox.faults.add({
			service: 'knack',
			method: 'POST',
			kind: 'dropBefore',
			times: 100,
		});
		const first = await bed.syncChanges(undefined, { history });
		expect(first.outcomes).toMatchObject([
			{ outcome: 'updated', issues: [{ code: 'KNACK_CREATE_OPEN', severity: 'warn' }] },
		]);
		expect(bed.shown(invoice.order)['Payment Status']).toBe('Partly paid');
		bed.sandbox.faults.remove(outage.id);
		await bed.later(HOUR_MS);
		const next = await bed.syncChanges(first.state, { history });
		expect(next.outcomes).toMatchObject([{ outcome: 'unchanged', history: { created: 1 } }]);
		expect(test.rows).toHaveLength(1);
	});

	it('writes what fits, tells of what does not once, and fills it in when Knack is mended', async () => {
		const test = await HistoryTestbed.open();
		const { bed, history } = test;
		const invoice = test.orderedInvoice(0);
		test.pay(invoice.id, '50');
		const field = history.targets.kind;
		const kind = field && { ...field, options: ['Cheque', 'Card'] };
		const before = { ...history, targets: { ...history.targets, ...(kind ? { kind } : {}) } };
		const withoutOption = {
			...before,
			table: {
				...before.table,
				fields: before.table.fields.map((each) => (each.key === kind?.key ? kind : each)),
			},
		};
		const first = await bed.syncChanges(undefined, { history: withoutOption });
		expect(first.outcomes).toMatchObject([
			{ issues: [{ code: 'KNACK_VALUE_UNSUITABLE', severity: 'warn', field: 'Kind' }] },
		]);
		expect(test.rows).toMatchObject([{ Amount: '50', Kind: '', Status: 'Recorded' }]);
		await bed.later(HOUR_MS);
		const second = await bed.syncChanges(first.state, { history: withoutOption });
		expect(second).toMatchObject({ outcomes: [], toldBefore: 1 });
		await bed.later(HOUR_MS);
		await bed.syncChanges(second.state, { history });
		expect(test.rows).toMatchObject([{ Kind: 'Payment' }]);
	});
});

describe('choosing where the history goes', () => {
	it('refuses fields that cannot serve, in words', async () => {
		const { findHistoryFields } = await import('../../lib/sync/payments/historyFields');
		const test = await HistoryTestbed.open();
		const app = await test.bed.knack.app();
		const chosen = {
			table: 'Payments',
			record: 'Order',
			key: 'Xero Payment ID',
			targets: {},
			whenRemoved: 'mark',
		} as const;
		const refused = (over: Partial<Parameters<typeof findHistoryFields>[2]>) => () =>
			findHistoryFields(app, test.bed.table, { ...chosen, ...over });
		expect(refused({ table: '' })).toThrow('No table is chosen for the payment history.');
		expect(refused({ key: '' })).toThrow('No field is chosen as Payment ID Field');
		expect(refused({ key: 'Amount' })).toThrow('cannot serve as Payment ID Field');
		expect(refused({ table: 'Orders', record: 'Customer', key: 'Xero Invoice ID' })).toThrow(
			'cannot serve as Record Connection',
		);
		expect(refused({ targets: { reference: 'Xero Payment ID' } })).toThrow('two different values');
		expect(refused({ targets: { date: 'field_999' } })).toThrow('field_999');
	});
});
