import { readInvoicesById } from '../../lib/sync/payments/changedInvoices';
import { newestOfEach } from '../../lib/sync/payments/invoiceSnapshot';
import type { InvoiceSnapshot } from '../../lib/sync/payments/invoiceSnapshot';
import { paymentStateOf } from '../../lib/sync/payments/paymentState';
import { PaymentTestbed } from './paymentTestbed';

function permutations<Entry>(entries: readonly Entry[]): Entry[][] {
	if (entries.length <= 1) return [[...entries]];
	return entries.flatMap((entry, index) =>
		permutations(entries.filter((_, other) => other !== index)).map((rest) => [entry, ...rest]),
	);
}

describe('eight payment events on one invoice', () => {
	it('end in one right state, in whichever of 40,320 orders the news of them comes', async () => {
		const bed = await PaymentTestbed.open();
		const { xero } = bed.sandbox;
		const { id } = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': id });
		const saved = await bed.xero.client.write({
			method: 'PUT',
			path: '/CreditNotes',
			body: {
				Type: 'ACCRECCREDIT',
				Status: 'AUTHORISED',
				Contact: { Name: 'Ashdown Kitchens Ltd' },
				Date: '2026-11-20',
				LineAmountTypes: 'NoTax',
				LineItems: [{ Description: 'Back', Quantity: 1, UnitAmount: 20, AccountCode: '200' }],
			},
			idempotencyKey: 'credit',
		});
		const body = Object(saved.kind === 'accepted' ? saved.body : {});
		const noteId = String(body.CreditNotes?.[0]?.CreditNoteID);

		const pay = (amount: string, date: string): string =>
			String(xero.recordPayment({ invoiceId: id, amount, date }).PaymentID);
		let first = '';
		let second = '';
		const events: Array<() => unknown> = [
			() => (first = pay('30.00', '2026-11-10')),
			// More than is due, which Xero refuses.
			() => expect(() => pay('200.00', '2026-11-11')).toThrow(),
			() => (second = pay('90.00', '2026-11-12')),
			// Not while payments are applied.
			() => expect(() => xero.voidInvoice({ invoiceId: id })).toThrow(),
			() => xero.deletePayment(first),
			async () => {
				const applied = await bed.xero.client.write({
					method: 'PUT',
					path: `/CreditNotes/${noteId}/Allocations`,
					body: { Allocations: [{ Invoice: { InvoiceID: id }, Amount: 20, Date: '2026-11-20' }] },
					idempotencyKey: 'allocation',
				});
				expect(applied.kind).toBe('accepted');
			},
			// A payment is given another date by being removed and recorded anew.
			() => {
				xero.deletePayment(second);
				pay('90.00', '2026-11-08');
			},
			() => pay('10.00', '2026-11-15'),
		];
		const news: InvoiceSnapshot[] = [];
		const states: string[] = [];
		for (const happens of events) {
			bed.sandbox.clock.advance(1_000);
			await happens();
			const [snapshot] = await readInvoicesById(bed.xero.client, [id]);
			if (!snapshot) throw new Error('The invoice is not there.');
			news.push(snapshot);
			states.push(paymentStateOf(snapshot, bed.context().today).state);
		}
		expect(states).toEqual([
			'partPaid',
			'partPaid',
			'paid',
			'paid',
			'partPaid',
			'partPaid',
			'partPaid',
			'paid',
		]);

		const last = news.at(-1);
		const ends = new Set(permutations(news).map((arriving) => newestOfEach(arriving)[0]));
		expect(ends).toEqual(new Set([last]));
		expect(last && paymentStateOf(last, bed.context().today)).toMatchObject({
			state: 'paid',
			lastPaymentDate: '2026-11-15',
		});
		expect([last?.paid.toFixed(2), last?.credited.toFixed(2)]).toEqual(['100.00', '20.00']);
		expect(last?.payments.map(({ date }) => date)).toEqual(['2026-11-08', '2026-11-15']);

		// Each event starts a run of its own; every one finds what Xero says now.
		for (const _ of events) await bed.sync([id]);
		expect(bed.shown(order)).toMatchObject({ 'Payment Status': 'Paid' });
		expect(bed.knackWrites()).toBe(1);
	});
});
