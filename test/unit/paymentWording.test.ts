import fc from 'fast-check';
import { invoiceIdIn, invoiceOfItem, recordOfItem } from '../../lib/sync/payments/invoiceOfItem';
import { PAYMENT_STATES } from '../../lib/sync/payments/paymentState';
import { paymentWords } from '../../lib/sync/payments/paymentWording';

describe('the words for a payment state', () => {
	it('are the usual ones in a text field', () => {
		const shown = PAYMENT_STATES.map((state) => paymentWords(state, {}).value);
		expect(shown).toEqual([
			'Draft',
			'Awaiting Approval',
			'Unpaid',
			'Overdue',
			'Part Paid',
			'Part Paid',
			'Paid',
			'Overpaid',
			'Credited',
			'Voided',
			'Deleted',
		]);
	});

	it('are taken from the options of a choice, however they are spelt', () => {
		const options = ['unpaid', 'PARTIALLY-PAID', 'Paid in full', 'Void'];
		expect(paymentWords('partPaid', {}, options).value).toBe('PARTIALLY-PAID');
		expect(paymentWords('paid', {}, options).value).toBe('Paid in full');
		expect(paymentWords('voided', {}, options).value).toBe('Void');
		expect(paymentWords('deleted', {}, options).value).toBe('Void');
		expect(paymentWords('overdue', {}, options).value).toBe('unpaid');
		expect(paymentWords('partPaidOverdue', {}, options).value).toBe('PARTIALLY-PAID');
		expect(paymentWords('overpaid', {}, options).value).toBe('Paid in full');
	});

	it('leave the field alone before anything is owed, when the choice has no word for that', () => {
		expect(paymentWords('draft', {}, ['Unpaid', 'Paid'])).toEqual({
			label: 'Draft',
			value: undefined,
		});
		expect(paymentWords('awaitingApproval', {}, ['Draft', 'Paid']).value).toBe('Draft');
	});

	it('do not pass off one thing for another: credited is not paid', () => {
		expect(paymentWords('credited', {}, ['Unpaid', 'Paid']).value).toBe('Credited');
		expect(paymentWords('voided', {}, ['Unpaid', 'Paid']).value).toBe('Voided');
	});

	it("are the user's own above all, spelt as the option is", () => {
		expect(paymentWords('unpaid', { unpaid: ' waiting ' }, ['Waiting', 'Unpaid']).value).toBe(
			'Waiting',
		);
		expect(paymentWords('unpaid', { unpaid: 'Chase!' }, ['Unpaid']).value).toBe('Chase!');
		expect(paymentWords('partPaidOverdue', { partPaid: 'Some' }).value).toBe('Some');
		expect(paymentWords('unpaid', { unpaid: '  ' }).value).toBe('Unpaid');
	});

	it('leave a choice alone only before anything is owed', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...PAYMENT_STATES),
				fc.subarray(['Unpaid', 'Overdue', 'Part Paid', 'Paid', 'Credited', 'Void', 'Draft', 'X']),
				(state, options) => {
					const { label, value } = paymentWords(state, {}, options);
					expect(label).not.toBe('');
					const bare = ['draft', 'awaitingApproval'].includes(state);
					if (value === undefined) expect(bare).toBe(true);
				},
			),
		);
	});
});

describe('the invoice that an item is about', () => {
	const ID = 'b1f0c3d2-0000-4000-8000-000000000001';

	it.each([
		[{ document: { type: 'salesInvoice', id: ID } }],
		[{ document: { id: ID.toUpperCase() } }],
		[{ InvoiceID: ID, InvoiceNumber: 'INV-1' }],
		[{ invoiceId: ID }],
		[{ PaymentID: 'p', Invoice: { InvoiceID: ID } }],
		[{ resourceId: ID, eventCategory: 'INVOICE', eventType: 'UPDATE' }],
		[{ resourceId: ID, eventCategory: 'Invoice' }],
	])('is found in %j', (json) => {
		expect(invoiceOfItem(json)).toEqual({ by: 'id', value: ID });
	});

	it('is found by its number where there is no id', () => {
		const json = { document: { id: '00000000-0000-0000-0000-000000000000', number: 'INV-7' } };
		expect(invoiceOfItem(json)).toEqual({ by: 'number', value: 'INV-7' });
	});

	it.each([
		[{ document: { type: 'contact', id: ID } }],
		[{ resourceId: ID, eventCategory: 'CONTACT' }],
		[{ InvoiceID: '' }],
		[{}],
		[null],
		['INV-1'],
	])('is not made up from %j', (json) => {
		expect(invoiceOfItem(json)).toBeUndefined();
	});

	it('is read out of the address of its page', () => {
		expect(invoiceIdIn(`https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=${ID}`)).toBe(
			ID,
		);
		expect(invoiceIdIn('INV-1')).toBeUndefined();
	});

	it('comes with its record only when that is one of the table', () => {
		const json = { source: { knackRecordId: 'r1', table: 'object_4' } };
		expect(recordOfItem(json, 'object_4')).toBe('r1');
		expect(recordOfItem(json, 'object_5')).toBeUndefined();
		const ofTrigger = { knack: { recordId: 'r2', table: 'object_5' } };
		expect(recordOfItem({ ...json, ...ofTrigger }, 'object_5')).toBe('r2');
	});
});
