import type { PaymentSettings } from '../../lib/sync/payments/paymentSettings';
import { PaymentTestbed } from './paymentTestbed';

describe('an invoice of Xero and its Knack record', () => {
	it('walks through part payment, payment and removal, writing only what differs', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });

		const unpaid = await bed.syncOne(invoice.id);
		expect(unpaid).toMatchObject({
			outcome: 'updated',
			match: { by: 'invoiceId' },
			source: { knackRecordId: order },
			payment: { state: 'unpaid', label: 'Unpaid', due: '120.00', paid: '0.00' },
		});
		expect(bed.shown(order)).toMatchObject({
			'Payment Status': 'Unpaid',
			'Amount Due': '£120.00',
			'Invoice Status': 'Approved',
			'Last Payment Date': '',
		});

		bed.sandbox.xero.recordPayment({ invoiceId: invoice.id, amount: '50', date: '2026-11-20' });
		const part = await bed.syncOne(invoice.id);
		expect(part).toMatchObject({ payment: { state: 'partPaid', paid: '50.00', due: '70.00' } });
		expect(part.changes).toEqual([
			{ field: 'Payment Status', before: 'Unpaid', after: 'Partly paid' },
			{ field: 'Amount Paid', before: '0', after: '50' },
			{ field: 'Amount Due', before: '120', after: '70' },
			{ field: 'Last Payment Date', after: '2026-11-20' },
		]);
		expect(bed.shown(order)).toMatchObject({
			'Payment Status': 'Partly paid',
			'Amount Paid': '£50.00',
			'Amount Due': '£70.00',
			'Last Payment Date': '20/11/2026',
		});

		const rest = bed.sandbox.xero.recordPayment({ invoiceId: invoice.id, date: '2026-11-21' });
		const paid = await bed.syncOne(invoice.id);
		expect(paid).toMatchObject({
			payment: { state: 'paid', fullyPaidDate: '2026-11-21', lastPaymentDate: '2026-11-21' },
		});
		expect(paid.payment?.payments.map(({ amount }) => amount)).toEqual(['50.00', '70.00']);

		bed.sandbox.xero.deletePayment(String(rest.PaymentID));
		const again = await bed.syncOne(invoice.id);
		expect(again).toMatchObject({ payment: { state: 'partPaid', lastPaymentDate: '2026-11-20' } });
		expect(bed.shown(order)['Payment Status']).toBe('Partly paid');
	});

	it('empties the payment date when the only payment is removed, unless it is to be kept', async () => {
		for (const [clearWhenNone, kept] of [
			[true, ''],
			[false, '20/11/2026'],
		] as const) {
			const bed = await PaymentTestbed.open();
			const invoice = bed.invoice();
			const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
			const payment = bed.sandbox.xero.recordPayment({
				invoiceId: invoice.id,
				date: '2026-11-20',
			});
			await bed.syncOne(invoice.id);
			bed.sandbox.xero.deletePayment(String(payment.PaymentID));
			await bed.syncOne(invoice.id, { clearWhenNone });
			expect(bed.shown(order)['Last Payment Date']).toBe(kept);
		}
	});

	it('says void, and nothing is due any more', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		await bed.syncOne(invoice.id);
		bed.sandbox.xero.voidInvoice({ invoiceId: invoice.id });
		expect((await bed.syncOne(invoice.id)).payment).toMatchObject({ state: 'voided', due: '0.00' });
		expect(bed.shown(order)).toMatchObject({
			'Payment Status': 'Void',
			'Invoice Status': 'Voided',
			'Amount Due': '£0.00',
		});
	});

	it('makes no write call for a second run, nor for a preview', async () => {
		const bed = await PaymentTestbed.open();
		const invoices = bed.orderIds.slice(0, 6).map((_, index) => {
			const invoice = bed.invoice();
			bed.order(index, { 'Xero Invoice ID': invoice.id });
			return invoice.id;
		});
		const preview = await bed.sync(invoices, { preview: true });
		expect(preview.outcomes.map(({ outcome }) => outcome)).toEqual(
			invoices.map(() => 'wouldUpdate'),
		);
		expect(bed.knackWrites()).toBe(0);

		const first = await bed.sync(invoices);
		expect(first.outcomes.map(({ changes }) => changes)).toEqual(
			preview.outcomes.map(({ changes }) => changes),
		);
		expect(bed.knackWrites()).toBe(invoices.length);

		const second = await bed.sync(invoices);
		expect(second.outcomes.map(({ outcome }) => outcome)).toEqual(invoices.map(() => 'unchanged'));
		expect(bed.knackWrites()).toBe(invoices.length);
	});

	it('is overdue the day after the due date by the calendar of the organisation', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice({ DueDate: '2026-11-22' });
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		expect((await bed.syncOne(invoice.id)).payment?.state).toBe('unpaid');
		await bed.later(14 * 3_600_000);
		expect((await bed.syncOne(invoice.id)).payment).toMatchObject({
			state: 'overdue',
			daysOverdue: 1,
		});
		expect(bed.shown(order)['Payment Status']).toBe('Overdue');
	});

	it('leaves a choice without a word for drafts as it is', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice({ Status: 'DRAFT' });
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		expect(await bed.syncOne(invoice.id)).toMatchObject({
			outcome: 'updated',
			payment: { state: 'draft', label: 'Draft' },
		});
		expect(bed.shown(order)['Payment Status']).toBe('');
	});
});

describe('a value that does not fit the field', () => {
	it('writes nothing but the message, and takes it back once it is mended', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		const words = { unpaid: 'Waiting' };
		const blocked = await bed.syncOne(invoice.id, { words });
		expect(blocked.outcome).toBe('blocked');
		expect(blocked.issues).toMatchObject([{ field: 'Payment Status', severity: 'block' }]);
		expect(blocked.issues[0]?.message).toContain('"Waiting" is not an option');
		expect(bed.shown(order)['Amount Due']).toBe('');
		expect(bed.shown(order)['Sync Message']).toContain('Waiting');

		const writes = bed.knackWrites();
		await bed.syncOne(invoice.id, { words });
		expect(bed.knackWrites()).toBe(writes);

		expect((await bed.syncOne(invoice.id)).outcome).toBe('updated');
		expect(bed.shown(order)).toMatchObject({ 'Payment Status': 'Unpaid', 'Sync Message': '' });
	});

	it('goes on with the other records', async () => {
		const bed = await PaymentTestbed.open();
		const unpaid = bed.invoice();
		const paid = bed.invoice();
		bed.sandbox.xero.recordPayment({ invoiceId: paid.id });
		bed.order(0, { 'Xero Invoice ID': unpaid.id });
		bed.order(1, { 'Xero Invoice ID': paid.id });
		const { outcomes } = await bed.sync([unpaid.id, paid.id], { words: { unpaid: 'Waiting' } });
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['blocked', 'updated']);
	});
});

describe('finding the record', () => {
	it('goes from the id to the record of the item, the number and the reference', async () => {
		const bed = await PaymentTestbed.open();
		const invoices = [0, 1, 2, 3].map((index) => bed.invoice({ Reference: `REF-${index}` }));
		const [byId, byRecord, byNumber, byReference] = invoices.map(({ id }) => id);
		bed.order(0, { 'Xero Invoice ID': byId?.toUpperCase() });
		bed.order(2, { 'Invoice Number': invoices[2]?.number.toLowerCase() });
		bed.order(3, { 'Customer Reference': ' ref-3 ' });
		const { outcomes } = await bed.sync(
			[byId, byRecord, byNumber, byReference].map(String),
			{},
			{
				requests: [{}, { recordId: bed.orderIds[1] }, {}, {}],
			},
		);
		expect(outcomes.map(({ match }) => match?.by)).toEqual([
			'invoiceId',
			'recordId',
			'invoiceNumber',
			'reference',
		]);
		expect(outcomes.map(({ source }) => source.knackRecordId)).toEqual(bed.orderIds.slice(0, 4));
		// The id is kept, so that the next run finds them surely.
		const again = await bed.sync([byRecord, byNumber, byReference].map(String));
		expect(again.outcomes.map(({ match }) => match?.by)).toEqual(Array(3).fill('invoiceId'));
	});

	it('never guesses between two records', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice({ Reference: 'JOB-9' });
		const first = bed.order(0, { 'Customer Reference': 'JOB-9' });
		const second = bed.order(1, { 'Customer Reference': 'job-9' });
		const held = await bed.syncOne(invoice.id);
		expect(held).toMatchObject({ outcome: 'held', issues: [{ code: 'KNACK_RECORD_AMBIGUOUS' }] });
		expect(held.issues[0]?.candidates?.map(({ id }) => id)).toEqual([first, second]);
		expect(bed.knackWrites()).toBe(0);
	});

	it('does not take a record that belongs to another invoice', async () => {
		const bed = await PaymentTestbed.open();
		const first = bed.invoice({ Reference: 'JOB-9' });
		const second = bed.invoice({ Reference: 'JOB-9' });
		bed.order(0, { 'Customer Reference': 'JOB-9', 'Xero Invoice ID': first.id });
		const { outcomes } = await bed.sync([first.id, second.id]);
		expect(outcomes).toMatchObject([
			{ outcome: 'updated' },
			{ outcome: 'held', issues: [{ code: 'KNACK_RECORD_OF_OTHER_INVOICE' }] },
		]);
	});

	it('holds two invoices of one record, but lets a voided one give way', async () => {
		const bed = await PaymentTestbed.open();
		const first = bed.invoice({ Reference: 'JOB-9' });
		const second = bed.invoice({ Reference: 'JOB-9' });
		const order = bed.order(0, { 'Customer Reference': 'JOB-9' });
		const both = await bed.sync([first.id, second.id]);
		expect(both.outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
		expect(both.outcomes[0]?.issues[0]).toMatchObject({ code: 'KNACK_RECORD_SHARED' });

		bed.sandbox.xero.voidInvoice({ invoiceId: first.id });
		const one = await bed.sync([first.id, second.id]);
		expect(one.outcomes.map(({ outcome }) => outcome)).toEqual(['skipped', 'updated']);
		expect(bed.shown(order)['Xero Invoice ID']).toBe(second.id);
		// The void of the first, told once more and alone, does not turn the order void.
		expect((await bed.syncOne(first.id)).outcome).toBe('skipped');
		expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
	});

	describe('by a key that another invoice bears, which came in another run', () => {
		/** Without a field for the ID, as many tables are. */
		const withoutId = (bed: PaymentTestbed): Partial<PaymentSettings> => {
			const { invoiceId: _, ...match } = bed.settings().match;
			return { match };
		};

		it('holds both where both stand, and writes nothing over the one', async () => {
			for (const preview of [true, false]) {
				const bed = await PaymentTestbed.open();
				const first = bed.invoice({ Reference: 'JOB-9' });
				const order = bed.order(0, { 'Customer Reference': 'JOB-9' });
				expect((await bed.syncOne(first.id, withoutId(bed))).outcome).toBe('updated');
				const second = bed.invoice({ Reference: 'job-9' });
				bed.sandbox.xero.recordPayment({ invoiceId: second.id });
				const before = bed.knackWrites();
				const held = await bed.syncOne(second.id, { ...withoutId(bed), preview });
				expect(held).toMatchObject({ outcome: 'held', issues: [{ code: 'KNACK_RECORD_SHARED' }] });
				expect(held.issues[0]?.message).toContain(first.number);
				expect(held.issues[0]?.message).toContain(second.number);
				expect(bed.knackWrites()).toBe(before);
				expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
			}
		});

		it('holds it where what Xero says of the other cannot be read, and writes nothing', async () => {
			const bed = await PaymentTestbed.open();
			const first = bed.invoice({ Reference: 'JOB-9' });
			const other = bed.invoice({ Reference: 'JOB-9' });
			bed.order(0, { 'Customer Reference': 'JOB-9' });
			const client = bed.xero.anotherClient((inner) => async (request) => {
				const answer = await inner(request);
				if (answer.kind !== 'answer') return answer;
				for (const each of Object(answer.body).Invoices ?? []) {
					if (each.InvoiceID === other.id) delete each.Total;
				}
				return answer;
			});
			bed.xero = { ...bed.xero, client };
			const before = bed.knackWrites();
			const held = await bed.syncOne(first.id, withoutId(bed));
			expect(held).toMatchObject({ outcome: 'held', issues: [{ code: 'KNACK_RECORD_SHARED' }] });
			expect(held.issues[0]?.message).toContain(other.number);
			expect(bed.knackWrites()).toBe(before);
		});

		it('lets a gone one that comes alone give way to the one that stands', async () => {
			for (const over of [withoutId, () => ({})]) {
				const bed = await PaymentTestbed.open();
				const gone = bed.invoice({ Reference: 'JOB-9' });
				const stands = bed.invoice({ Reference: 'JOB-9' });
				bed.sandbox.xero.voidInvoice({ invoiceId: gone.id });
				const order = bed.order(0, { 'Customer Reference': 'JOB-9' });
				expect((await bed.syncOne(gone.id, over(bed))).outcome).toBe('skipped');
				expect(bed.knackWrites()).toBe(0);
				expect((await bed.syncOne(stands.id, over(bed))).outcome).toBe('updated');
				expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
			}
		});

		it('lets the last one say that it is void, once none stands any more', async () => {
			const bed = await PaymentTestbed.open();
			const invoices = [0, 1].map(() => bed.invoice({ Reference: 'JOB-9' }).id);
			for (const invoiceId of invoices) bed.sandbox.xero.voidInvoice({ invoiceId });
			const order = bed.order(0, { 'Customer Reference': 'JOB-9' });
			expect((await bed.syncOne(String(invoices[0]), withoutId(bed))).outcome).toBe('updated');
			expect(bed.shown(order)['Payment Status']).toBe('Void');
		});

		it('is not disturbed by one whose own record is another', async () => {
			const bed = await PaymentTestbed.open();
			const first = bed.invoice({ Reference: 'JOB-9' });
			const second = bed.invoice({ Reference: 'JOB-9' });
			bed.order(0, { 'Customer Reference': 'JOB-9', 'Invoice Number': first.number });
			const own = bed.order(1, { 'Customer Reference': 'JOB-9' });
			const outcome = await bed.syncOne(second.id, withoutId(bed));
			expect(outcome).toMatchObject({ outcome: 'updated', source: { knackRecordId: own } });
		});

		it('asks Xero once for many, and not at all where nothing is written or the ID is kept', async () => {
			const bed = await PaymentTestbed.open();
			const ids = Array.from({ length: 8 }, (_, index) => {
				bed.order(index, { 'Customer Reference': `JOB-${index}` });
				return bed.invoice({ Reference: `JOB-${index}` }).id;
			});
			const reads = async (over: Partial<PaymentSettings>): Promise<number> => {
				const before = bed.xeroReads();
				await bed.sync(ids, { ...over, preview: true });
				return bed.xeroReads() - before;
			};
			// One read is the test's own.
			expect(await reads(withoutId(bed))).toBe(2);
			await bed.sync(ids, withoutId(bed));
			expect(await reads(withoutId(bed))).toBe(1);
			await bed.sync(ids);
			const words = { unpaid: 'Overdue' };
			expect(await reads({ words })).toBe(1);
		});
	});

	it('says where it looked when there is none, or leaves it be', async () => {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice({ Reference: 'JOB-9' });
		const missing = await bed.syncOne(invoice.id);
		expect(missing).toMatchObject({
			outcome: 'blocked',
			issues: [{ code: 'KNACK_RECORD_NOT_FOUND' }],
		});
		expect(missing.issues[0]?.message).toContain(`Invoice Number "${invoice.number}"`);
		expect((await bed.syncOne(invoice.id, { whenMissing: 'skip' })).outcome).toBe('skipped');
	});

	it('reads in bulk: 300 invoices among 2,000 orders take few calls', async () => {
		const bed = await PaymentTestbed.open();
		const invoices = Array.from({ length: 300 }, () => bed.invoice());
		bed.sandbox.knack.seedRecords(
			'Orders',
			Array.from({ length: 2_000 }, (_, index) => ({
				'Xero Invoice ID': invoices[index - 700]?.id ?? '',
			})),
		);
		const ids = invoices.map(({ id }) => id);
		await bed.sync(ids, { preview: true });
		expect(bed.knackReads()).toBeLessThanOrEqual(6);
	});

	it('asks for the few that are wanted in a large table', async () => {
		const bed = await PaymentTestbed.open();
		bed.sandbox.knack.seedRecords(
			'Orders',
			Array.from({ length: 3_500 }, () => ({})),
		);
		const invoice = bed.invoice();
		bed.order(3_200, { 'Xero Invoice ID': invoice.id });
		const before = bed.knackReads();
		expect((await bed.syncOne(invoice.id)).outcome).toBe('updated');
		expect(bed.knackReads() - before).toBeLessThanOrEqual(2);
	});
});

describe('when Knack does not do as it should', () => {
	const PUT = { service: 'knack', method: 'PUT' } as const;

	async function oneOrder() {
		const bed = await PaymentTestbed.open();
		const invoice = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': invoice.id });
		return { bed, invoice, order };
	}

	it('settles a write whose answer was lost by reading the record', async () => {
		const { bed, invoice, order } = await oneOrder();
		bed.sandbox.faults.add({ ...PUT, kind: 'dropAfterCommit', times: 20 });
		expect((await bed.syncOne(invoice.id)).outcome).toBe('updated');
		expect(bed.shown(order)['Payment Status']).toBe('Unpaid');
	});

	it('says that a write did not arrive, and writes it in the next run', async () => {
		const { bed, invoice } = await oneOrder();
		const fault = bed.sandbox.faults.add({ ...PUT, kind: 'dropBefore', times: 20 });
		const failed = await bed.syncOne(invoice.id);
		expect(failed).toMatchObject({ outcome: 'failed', issues: [{ code: 'KNACK_NO_ANSWER' }] });
		bed.sandbox.faults.remove(fault.id);
		expect((await bed.syncOne(invoice.id)).outcome).toBe('updated');
	});

	it('tells when Knack took a value without keeping it', async () => {
		const { bed, invoice } = await oneOrder();
		// The option goes between reading the table and writing the record.
		bed.sandbox.knack.changeOptions('Orders', 'Payment Status', { remove: ['Unpaid'] });
		bed.sandbox.knack.setFlags({ unknownChoices: 'drop' });
		const outcome = await bed.syncOne(invoice.id);
		expect(outcome).toMatchObject({
			outcome: 'failed',
			issues: [{ code: 'KNACK_VALUE_NOT_KEPT' }],
		});
	});

	it('stops at a spent day, and says of each record that it is still to be done', async () => {
		const bed = await PaymentTestbed.open();
		const ids = bed.orderIds.slice(0, 8).map((_, index) => {
			const invoice = bed.invoice();
			bed.order(index, { 'Xero Invoice ID': invoice.id });
			return invoice.id;
		});
		await bed.knack.app();
		const { used } = bed.sandbox.knack.planUse();
		bed.sandbox.knack.setLimits({ planLimit: used + 4 });
		const { outcomes, stopped } = await bed.sync(ids);
		const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
		expect(outcomes).toHaveLength(8);
		expect(failed.length).toBeGreaterThan(3);
		expect(failed[0]?.issues[0]?.code).toBe('KNACK_DAY_SPENT');
		expect(stopped?.cause).toBe('daySpent');
		bed.sandbox.knack.setLimits({ planLimit: 10_000 });
		const rest = await bed.sync(ids);
		expect(rest.outcomes.filter(({ outcome }) => outcome === 'updated')).toHaveLength(
			failed.length,
		);
	});
});
