import type { HttpPort } from '../../lib/http';
import type { PaymentSettings } from '../../lib/sync/payments/paymentSettings';
import { PaymentTestbed } from './paymentTestbed';

const FIELD = 'Repeating Invoice ID';

/** A table of subscriptions, each of which may know its repeating invoice. */
async function open(): Promise<PaymentTestbed> {
	return await PaymentTestbed.open((sandbox) => {
		sandbox.knack.addField('Orders', { name: FIELD, type: 'short_text' });
	});
}

function bySubscription(bed: PaymentTestbed): Partial<PaymentSettings> {
	const { match } = bed.settings();
	return { match: { ...match, repeatingInvoiceId: bed.field(FIELD) } };
}

function template(bed: PaymentTestbed, reference?: string): string {
	const { xero } = bed.sandbox;
	const [contact] = xero.seedContacts([{ name: `Ash ${reference ?? 'Ltd'}` }]);
	return xero.person.addRepeatingInvoice({
		type: 'ACCREC',
		contactId: String(contact?.contactId),
		...(reference === undefined ? {} : { reference }),
		members: {
			Status: 'AUTHORISED',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Hosting', UnitAmount: 9, AccountCode: '200' }],
		},
		schedule: { period: 1, unit: 'MONTHLY', nextDate: '2026-09-30' },
	});
}

function next(bed: PaymentTestbed, id: string): string {
	return String(bed.sandbox.xero.person.makeScheduledInvoice(id).InvoiceID);
}

const fieldKey = (bed: PaymentTestbed) => bed.sandbox.knack.fieldKey('Orders', FIELD);

describe('invoices of a repeating invoice', () => {
	it('reach the record of their subscription, which goes by the oldest that is due', async () => {
		const bed = await open();
		const id = template(bed);
		const record = bed.order(0, { [fieldKey(bed)]: id });
		const [september, october] = [next(bed, id), next(bed, id)];
		const { outcomes } = await bed.sync([september, october], bySubscription(bed));
		expect(outcomes.map(({ outcome, match }) => [outcome, match?.by])).toEqual([
			['updated', 'repeatingInvoiceId'],
			['unchanged', 'repeatingInvoiceId'],
		]);
		expect(bed.shown(record)).toMatchObject({ 'Payment Status': 'Overdue', 'Amount Due': '£9.00' });
		expect(bed.shown(record)['Xero Invoice ID']).toBe('');

		bed.sandbox.xero.recordPayment({ invoiceId: september });
		await bed.syncOne(september, bySubscription(bed));
		// The one of October is still to be paid.
		expect(bed.shown(record)['Payment Status']).toBe('Overdue');
		bed.sandbox.xero.recordPayment({ invoiceId: october });
		await bed.syncOne(october, bySubscription(bed));
		expect(bed.shown(record)).toMatchObject({ 'Payment Status': 'Paid', 'Amount Due': '£0.00' });

		const again = await bed.sync([october, september], bySubscription(bed));
		expect(again.outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
	});

	it('end with the newer where the process that read Xero first writes last, of another invoice', async () => {
		const bed = await open();
		const id = template(bed);
		const record = bed.order(0, { [fieldKey(bed)]: id });
		const [september, october] = [next(bed, id), next(bed, id)];
		await bed.sync([september, october], bySubscription(bed));
		const { xero, clock } = bed.sandbox;
		xero.recordPayment({ invoiceId: october, amount: '4.00' });
		xero.recordPayment({ invoiceId: september });
		let meanwhile: Promise<unknown> | undefined;
		const slow = (inner: HttpPort): HttpPort => {
			return async (request) => {
				if (request.method === 'PUT' && !meanwhile) {
					clock.advance(1_000);
					xero.recordPayment({ invoiceId: october });
					// Another process, which is told of it, has written before this one.
					meanwhile = bed.syncOne(october, bySubscription(bed));
					await meanwhile;
					expect(bed.shown(record)['Amount Due']).toBe('£0.00');
				}
				return await inner(request);
			};
		};
		const first = await bed.syncOne(september, bySubscription(bed), { around: slow });
		expect(meanwhile).toBeDefined();
		expect(first.outcome).toBe('updated');
		expect(bed.shown(record)).toMatchObject({ 'Payment Status': 'Paid', 'Amount Due': '£0.00' });
	});

	it('fill in the repeating invoice once its record was found by reference', async () => {
		const bed = await open();
		const id = template(bed, 'SUB-7');
		const record = bed.order(0, {
			[bed.sandbox.knack.fieldKey('Orders', 'Customer Reference')]: 'SUB-7',
		});
		const invoice = next(bed, id);
		expect((await bed.syncOne(invoice, bySubscription(bed))).match?.by).toBe('reference');
		expect(bed.shown(record)).toMatchObject({ [FIELD]: id, 'Xero Invoice ID': '' });
		const later = await bed.syncOne(next(bed, id), bySubscription(bed));
		expect(later).toMatchObject({ match: { by: 'repeatingInvoiceId' } });
	});

	it('leave a record alone that names another repeating invoice', async () => {
		const bed = await open();
		const [own, other] = [template(bed, 'SUB-7'), template(bed, 'SUB-8')];
		bed.order(0, {
			[bed.sandbox.knack.fieldKey('Orders', 'Customer Reference')]: 'SUB-7',
			[fieldKey(bed)]: other,
		});
		const outcome = await bed.syncOne(next(bed, own), bySubscription(bed));
		expect(outcome).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'KNACK_RECORD_OF_OTHER_INVOICE' }],
		});
	});

	it('are matched as ever where no field for it is chosen', async () => {
		const bed = await open();
		const id = template(bed);
		bed.order(0, { [fieldKey(bed)]: id });
		expect(await bed.syncOne(next(bed, id))).toMatchObject({
			outcome: 'blocked',
			issues: [{ code: 'KNACK_RECORD_NOT_FOUND' }],
		});
	});
});
