import { decimal } from '../../lib/money';
import {
	areTwins,
	isSurelyFirst,
	isUnapproved,
	survivorOf,
	unguardedKey,
} from '../../lib/sync/find/twins';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { XeroDocument } from '../../lib/xero/documents/definition';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { invoiceDraft } from './syncFixtures';

function invoice(number: string, more: Partial<XeroDocument> = {}): XeroDocument {
	const { fields, ...rest } = more;
	return {
		type: 'salesInvoice',
		id: `id of ${number}`,
		number,
		status: 'DRAFT',
		contactId: 'acme',
		fields: { invoiceNumber: number, reference: 'ORD-1', date: '2026-11-20', ...fields },
		lines: [{ id: `line of ${number}`, fields: { description: 'Work', unitAmount: '200' } }],
		amounts: {
			currency: 'GBP',
			subTotal: decimal(200),
			totalTax: decimal(0),
			total: decimal('200.00'),
		},
		...rest,
	};
}

const PAID: Partial<XeroDocument> = { status: 'PAID', hasPaymentsOrCredits: true };
const SENT: Partial<XeroDocument> = { status: 'AUTHORISED', fields: { sentToContact: true } };

describe('documents that were posted twice', () => {
	it.each<[string, Partial<XeroDocument>, boolean]>([
		['the same under another number of Xero', {}, true],
		['one that was approved since', { status: 'AUTHORISED' }, true],
		['one that was paid since', PAID, true],
		['one that was sent since', SENT, true],
		['another customer', { contactId: 'bolt' }, false],
		['another day', { fields: { date: '2026-11-21' } }, false],
		['another reference', { fields: { reference: 'ORD-2' } }, false],
		['another line', { lines: [{ fields: { description: 'Work', unitAmount: '201' } }] }, false],
		[
			'another total',
			{
				amounts: {
					currency: 'GBP',
					subTotal: decimal(200),
					totalTax: decimal(40),
					total: decimal(240),
				},
			},
			false,
		],
	])('%s', (_what, more, expected) => {
		expect(areTwins(SALES_INVOICE, [invoice('INV-1'), invoice('INV-2', more)])).toBe(expected);
	});

	it('are two orders where both were paid or sent: nobody pays one twice', () => {
		expect(areTwins(SALES_INVOICE, [invoice('INV-1', PAID), invoice('INV-2', PAID)])).toBe(false);
		expect(areTwins(SALES_INVOICE, [invoice('INV-1', PAID), invoice('INV-2', SENT)])).toBe(false);
	});

	it.each<[string, Partial<XeroDocument>, Partial<XeroDocument>, string]>([
		['the lower number, counted and not spelt', {}, {}, 'INV-9'],
		['the later one, when it is paid', {}, PAID, 'INV-10'],
		['the later one, when it is sent', {}, SENT, 'INV-10'],
		['the later one, when it is approved', {}, { status: 'AUTHORISED' }, 'INV-10'],
		['the paid one before an approved one', { status: 'AUTHORISED' }, PAID, 'INV-10'],
		['the first of a draft and one that waits for approval', { status: 'SUBMITTED' }, {}, 'INV-9'],
	])('leave %s', (_what, first, second, expected) => {
		const both = [invoice('INV-10', second), invoice('INV-9', first)];
		expect(survivorOf(SALES_INVOICE, both)?.number).toBe(expected);
		expect(survivorOf(SALES_INVOICE, [...both].reverse())?.number).toBe(expected);
		const [kept, other] = both[0]?.number === expected ? both : [...both].reverse();
		if (!kept || !other) throw new Error('There are two.');
		expect(isSurelyFirst(SALES_INVOICE, kept, [other])).toBe(true);
		expect(isSurelyFirst(SALES_INVOICE, other, [kept])).toBe(false);
	});

	it('go by the time where their numbers are of two series, and cannot tell in one moment', () => {
		const at = (number: string, updatedAtMs: number) => invoice(number, { updatedAtMs });
		expect(survivorOf(SALES_INVOICE, [at('A-1', 2_000), at('B-9', 1_000)])?.number).toBe('B-9');
		const [one, other] = [at('B-1', 1_000), at('A-9', 1_000)];
		expect(isSurelyFirst(SALES_INVOICE, one, [other])).toBe(false);
		expect(isSurelyFirst(SALES_INVOICE, other, [one])).toBe(false);
		// Every worker sees the same one all the same.
		expect(survivorOf(SALES_INVOICE, [one, other])).toBe(survivorOf(SALES_INVOICE, [other, one]));
		expect(isSurelyFirst(SALES_INVOICE, one, [])).toBe(true);
	});

	it('go by the time where their numbers have no figures', () => {
		const at = (number: string | undefined, updatedAtMs: number) =>
			invoice('INV', { number, updatedAtMs, id: String(updatedAtMs) });
		for (const [one, other] of [
			['INV', 'INV'],
			['INV', 'INV-1'],
			[undefined, undefined],
		] as const) {
			expect(survivorOf(SALES_INVOICE, [at(one, 2_000), at(other, 1_000)])?.id).toBe('1000');
			expect(survivorOf(SALES_INVOICE, [at(other, 1_000), at(one, 2_000)])?.id).toBe('1000');
		}
	});

	it('are counted by the last figures of their numbers alone', () => {
		expect(survivorOf(SALES_INVOICE, [invoice('2026-12-7'), invoice('2026-12-10')])?.number).toBe(
			'2026-12-7',
		);
		expect(survivorOf(SALES_INVOICE, [invoice('2026-13-7'), invoice('2026-12-10')])?.number).toBe(
			'2026-12-10',
		);
	});

	it('have numbers of which Xero counts more digits than a number holds', () => {
		const long = ['INV-9007199254740993', 'INV-9007199254740992'];
		expect(
			survivorOf(
				SALES_INVOICE,
				long.map((number) => invoice(number)),
			)?.number,
		).toBe(long[1]);
	});

	it('are drafts that nobody has approved, sent or paid', () => {
		expect(isUnapproved(SALES_INVOICE, invoice('INV-1'))).toBe(true);
		expect(isUnapproved(SALES_INVOICE, invoice('INV-1', { status: 'SUBMITTED' }))).toBe(true);
		expect(isUnapproved(SALES_INVOICE, invoice('INV-1', { fields: { sentToContact: true } }))).toBe(
			false,
		);
		expect(isUnapproved(SALES_INVOICE, invoice('INV-1', { status: 'AUTHORISED' }))).toBe(false);
	});

	it('can come of a reference alone, not where a number of the record’s own tells them apart', () => {
		const byReference = invoiceDraft({}, [], { fields: { reference: 'ORD-1' } });
		expect(unguardedKey(SALES_INVOICE, byReference)).toMatchObject({ value: 'ORD-1' });
		expect(unguardedKey(SALES_INVOICE, invoiceDraft({ reference: 'ORD-1' }))).toBeUndefined();
		expect(unguardedKey(SALES_INVOICE, { ...byReference, fields: {} })).toBeUndefined();
		const bill = { ...byReference, type: 'bill' as const, fields: { invoiceNumber: 'INV-1' } };
		expect(unguardedKey(DOCUMENTS.bill, bill)).toMatchObject({ path: 'invoiceNumber' });
	});
});
