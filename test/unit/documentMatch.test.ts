import { decimal } from '../../lib/money';
import { DocumentIndex } from '../../lib/sync/find/documentIndex';
import { findDocument } from '../../lib/sync/find/findDocument';
import { correctionToken } from '../../lib/sync/sourceLink/correctionToken';
import type { FieldValues, XeroDocument } from '../../lib/xero/documents/definition';
import { DOCUMENTS } from '../../lib/xero/documents';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import {
	ACME,
	ALIKE,
	amounts,
	invoice,
	LINK_OF_ANOTHER,
	matchIn,
	OWN_LINK,
	record,
	SAME_DAY,
	SAME_LINE,
	type Scene,
	UNKNOWN,
} from './documentMatchFixtures';
import { paymentDraft } from './syncFixtures';

function found(scene: Scene): string {
	const match = matchIn(scene);
	if (match.kind === 'matched') {
		const { document, by, reasons } = match;
		return [`${document.id} by ${by}`, ...(reasons ?? [])].join(', ');
	}
	return [match.kind, ...match.issues.map(({ code }) => code)].join(' ');
}

describe('which document a record means', () => {
	describe('by its reference', () => {
		it.each<[string, Scene, string]>([
			[
				'holds what agrees in nothing else',
				{ xero: [invoice()] },
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'takes what is of the same day',
				{ xero: [invoice(SAME_DAY)] },
				'one by reference, the same day',
			],
			[
				'takes what has the same total',
				{ xero: [invoice({}, { amounts: amounts('25.2') })] },
				'one by reference, the same total GBP 25.20',
			],
			[
				'takes what has a line in common, written a little otherwise',
				{ xero: [invoice({}, { lines: SAME_LINE })] },
				'one by reference, a line in common',
			],
			[
				'finds that line at another place',
				{ xero: [invoice({}, { lines: [{ fields: { description: 'Paint' } }, ...SAME_LINE] })] },
				'one by reference, a line in common',
			],
			[
				'takes a line of the same words at another price for another',
				{
					xero: [
						invoice(
							{},
							{ lines: [{ fields: { description: 'Labour', quantity: '2', unitAmount: '11' } }] },
						),
					],
				},
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'takes a line of the same price in other words for another',
				{
					xero: [
						invoice(
							{},
							{ lines: [{ fields: { description: 'Travel', quantity: '2', unitAmount: '10.5' } }] },
						),
					],
				},
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'goes by the item where a line has no words',
				{
					draft: record({}, { lines: [{ fields: { itemCode: 'BOOK', quantity: '2' } }] }),
					xero: [invoice({}, { lines: [{ fields: { itemCode: 'book', quantity: '2' } }] })],
				},
				'one by reference, a line in common',
			],
			[
				'does not hold lines without words against it',
				{
					draft: record(SAME_DAY, { lines: [{ fields: { quantity: '2', unitAmount: '3' } }] }),
					xero: [invoice({ date: '2026-10-20' })],
				},
				'one by reference',
			],
			[
				'takes what is of the month before for the same, where nothing speaks against it',
				{ draft: record({}, { lines: [] }), xero: [invoice({ date: '2026-10-01' })] },
				'one by reference',
			],
			[
				'holds what is more than a month off',
				{ draft: record({}, { lines: [] }), xero: [invoice({ date: '2026-09-30' })] },
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'does not take two that tell no day for those of one day',
				{ draft: record({ date: '' }, { lines: [] }), xero: [invoice({ date: '' })] },
				'one by reference',
			],
			[
				'holds no day against a document where the record tells none',
				{ draft: record({ date: '' }, { lines: [] }), xero: [invoice()] },
				'one by reference',
			],
			[
				'holds no day of the record’s against a document that tells none',
				{ draft: record({}, { lines: [] }), xero: [invoice({ date: '' })] },
				'one by reference',
			],
			[
				'goes by the words of a line where the record tells no price',
				{
					draft: record({}, { lines: [{ fields: { description: 'Labour', quantity: '2' } }] }),
					xero: [invoice({}, { lines: SAME_LINE })],
				},
				'one by reference, a line in common',
			],
			[
				'takes what is fully credited where there is no other',
				{
					xero: [
						invoice(SAME_DAY, { amounts: amounts('7', 'GBP', { amountCredited: decimal(7) }) }),
					],
				},
				'one by reference, the same day',
			],
			[
				'does not take two totals of nothing for the same',
				{ total: amounts('0'), xero: [invoice({}, { amounts: amounts('0') })] },
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'does not take the same figure in another currency for the same total',
				{ xero: [invoice({}, { amounts: amounts('25.2', 'EUR') })] },
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'takes what is in another currency for another document',
				{
					draft: record({ currencyCode: 'GBP' }),
					xero: [invoice({}, { amounts: amounts('25.2', 'EUR') })],
				},
				'missing',
			],
			[
				'holds what is in another currency, of the same day and with a line in common',
				{
					draft: record({ currencyCode: 'GBP' }),
					xero: [invoice(SAME_DAY, { lines: SAME_LINE, amounts: amounts('25.2', 'EUR') })],
				},
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'takes what is in the currency that the record names',
				{ draft: record({ currencyCode: 'GBP' }), xero: [invoice(SAME_DAY)] },
				'one by reference, the same day',
			],
			[
				'holds no currency against a document of which none is known',
				{
					draft: record({ currencyCode: 'GBP' }),
					xero: [invoice(SAME_DAY, { amounts: undefined })],
				},
				'one by reference, the same day',
			],
			[
				'finds one line among others, and under the words of another',
				{
					draft: record({}, { lines: [{ fields: { description: 'Paint' } }, ...SAME_LINE] }),
					xero: [
						invoice(
							{},
							{
								lines: [
									{ fields: { description: 'Labour', quantity: '1', unitAmount: '9' } },
									...SAME_LINE,
								],
							},
						),
					],
				},
				'one by reference, a line in common',
			],
			[
				'finds it among others at another place, whatever else has its words',
				{
					draft: record({}, { lines: [{ fields: { description: 'Travel' } }, ...SAME_LINE] }),
					xero: [
						invoice(
							{},
							{
								lines: [
									...SAME_LINE,
									{ fields: { description: 'Labour', quantity: '1', unitAmount: '9' } },
								],
							},
						),
					],
				},
				'one by reference, a line in common',
			],
			[
				'holds no lines against a record that has none',
				{ draft: record(SAME_DAY, { lines: undefined }), xero: [invoice({ date: '2026-10-20' })] },
				'one by reference',
			],
			[
				'holds nothing against a document whose lines are not known',
				{ xero: [invoice({ date: '2026-10-20' }, { lines: undefined })] },
				'one by reference',
			],
			[
				'leaves what another record keeps, as a person has to say which is which',
				{ xero: [invoice(SAME_DAY, ALIKE)], keptByAnother: ['one'] },
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'leaves what bears another record’s link',
				{ xero: [invoice({ ...SAME_DAY, url: LINK_OF_ANOTHER }, ALIKE)] },
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'takes the one of two that the day speaks for, and holds none of them',
				{ xero: [invoice(SAME_DAY), invoice({}, { id: 'two', contactId: 'bolt' })] },
				'one by reference, the same day',
			],
			[
				'holds two that could both be it',
				{ xero: [invoice(SAME_DAY), invoice(SAME_DAY, { id: 'two' })] },
				'stopped XERO_DOCUMENT_AMBIGUOUS',
			],
			[
				'takes the one of two that is not fully credited',
				{
					xero: [
						invoice(SAME_DAY, { amounts: amounts('7', 'GBP', { amountCredited: decimal(7) }) }),
						invoice(SAME_DAY, {
							id: 'two',
							amounts: amounts('7', 'GBP', { amountCredited: decimal(6) }),
						}),
					],
				},
				'two by reference, the same day',
			],
			[
				'does not know a document of the same reference under another contact',
				{ xero: [invoice(SAME_DAY, { contactId: 'bolt' })] },
				'missing',
			],
			[
				'holds the very same document under another contact',
				{ xero: [invoice(SAME_DAY, { ...ALIKE, contactId: 'bolt' })] },
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'asks whether the customer was renamed, where nobody else has the reference',
				{ xero: [invoice()], contact: UNKNOWN },
				'stopped XERO_CONTACT_RENAMED',
			],
			[
				'asks nothing of a reference that other customers have too',
				{ xero: [invoice(), invoice({}, { id: 'two', contactId: 'bolt' })], contact: UNKNOWN },
				'missing',
			],
			[
				'does not look at case',
				{ draft: record({ reference: 'ord-1' }), xero: [invoice(SAME_DAY)] },
				'one by reference, the same day',
			],
			[
				'finds nothing where there is nothing',
				{ xero: [invoice({ reference: 'ORD-2' })] },
				'missing',
			],
		])('%s', (_what, scene, expected) => {
			expect(found(scene)).toBe(expected);
		});
	});

	describe('by its number', () => {
		const numbered = (fields: FieldValues = {}) => record({ invoiceNumber: 'INV-1', ...fields });

		it.each<[string, Scene, string]>([
			[
				'takes what agrees in the rest as well',
				{ draft: numbered(), xero: [invoice({ invoiceNumber: 'INV-1', ...SAME_DAY })] },
				'one by invoiceNumber, the same day',
			],
			[
				'holds what has another reference, and nothing else for it',
				{ draft: numbered(), xero: [invoice({ invoiceNumber: 'INV-1', reference: 'ORD-9' })] },
				'stopped XERO_KEY_OF_ANOTHER',
			],
			[
				'holds what is another customer’s',
				{
					draft: numbered(),
					xero: [invoice({ invoiceNumber: 'INV-1', ...SAME_DAY }, { contactId: 'bolt' })],
				},
				'stopped XERO_NUMBER_OF_OTHER_CONTACT',
			],
			[
				'takes what agrees where the record names no customer',
				{
					draft: numbered(),
					xero: [invoice({ invoiceNumber: 'INV-1', ...SAME_DAY })],
					contact: { kind: 'untold' },
				},
				'one by invoiceNumber, the same day',
			],
			[
				'holds what bears another record’s link',
				{
					draft: numbered(),
					xero: [invoice({ invoiceNumber: 'INV-1', ...SAME_DAY, url: LINK_OF_ANOTHER })],
				},
				'stopped XERO_KEY_OF_ANOTHER',
			],
			[
				'holds what was voided',
				{
					draft: numbered(),
					xero: [invoice({ invoiceNumber: 'INV-1', ...SAME_DAY }, { status: 'VOIDED' })],
				},
				'stopped XERO_DOCUMENT_GONE',
			],
			[
				'says rather what is wrong with a live one than that another was voided',
				{
					draft: numbered(),
					xero: [
						invoice({ invoiceNumber: 'INV-1' }, { id: 'gone', status: 'VOIDED' }),
						invoice({ invoiceNumber: 'INV-1' }, { contactId: 'bolt' }),
					],
				},
				'stopped XERO_NUMBER_OF_OTHER_CONTACT',
			],
			[
				'takes the one with the number before one with the reference',
				{
					draft: numbered(),
					xero: [
						invoice(SAME_DAY),
						invoice({ invoiceNumber: 'INV-1', ...SAME_DAY }, { id: 'two' }),
					],
				},
				'two by invoiceNumber, the same day',
			],
			[
				'takes what has the reference, and no number of its own, for the record’s',
				{ draft: numbered(), xero: [invoice(SAME_DAY)] },
				'one by reference, the same day',
			],
			[
				'holds what has all but the number, which may be another by now',
				{ draft: numbered(), xero: [invoice({ invoiceNumber: 'INV-2', ...SAME_DAY }, ALIKE)] },
				'stopped XERO_DOCUMENT_CONTRADICTED',
			],
			[
				'takes what has the reference under another number for another document',
				{ draft: numbered(), xero: [invoice({ invoiceNumber: 'INV-2', ...SAME_DAY })] },
				'missing',
			],
		])('%s', (_what, scene, expected) => {
			expect(found(scene)).toBe(expected);
		});
	});

	describe('by what only the record bears', () => {
		it.each<[string, Scene, string]>([
			[
				'takes its id, whatever else differs',
				{ draft: record({}, { id: 'one' }), xero: [invoice({ reference: 'ORD-9' })] },
				'one by id',
			],
			[
				'tells nothing of what agrees besides its id',
				{ draft: record({}, { id: 'one' }), xero: [invoice(SAME_DAY, ALIKE)] },
				'one by id',
			],
			[
				'tells it to those who ask',
				{
					draft: record({}, { id: 'one' }),
					xero: [invoice(SAME_DAY, ALIKE)],
					lens: { tellsReasons: true },
				},
				'one by id, the same day, the same total GBP 25.20, a line in common',
			],
			[
				'takes its id in capitals',
				{ draft: record({}, { id: 'ONE' }), xero: [invoice()] },
				'one by id',
			],
			[
				'holds an id that is not there',
				{ draft: record({}, { id: 'two' }), xero: [invoice()] },
				'stopped XERO_ID_UNKNOWN',
			],
			[
				'holds an id of what was deleted',
				{ draft: record({}, { id: 'one' }), xero: [invoice({}, { status: 'DELETED' })] },
				'stopped XERO_DOCUMENT_GONE',
			],
			[
				'takes what was deleted for those who ask for it',
				{
					draft: record({}, { id: 'one' }),
					xero: [invoice({}, { status: 'DELETED' })],
					lens: { takesGone: true },
				},
				'one by id',
			],
			[
				'holds what was deleted for those too, where another record keeps it',
				{
					draft: record({}, { id: 'one' }),
					xero: [invoice({}, { status: 'DELETED' })],
					lens: { takesGone: true },
					keptByAnother: ['one'],
				},
				'stopped XERO_KEY_OF_ANOTHER',
			],
			[
				'holds an id of a document with another record’s link',
				{ draft: record({}, { id: 'one' }), xero: [invoice({ url: LINK_OF_ANOTHER })] },
				'stopped XERO_KEY_OF_ANOTHER',
			],
			[
				'takes its link, whatever else differs',
				{ xero: [invoice({ url: OWN_LINK }, { contactId: 'bolt' })] },
				'one by sourceLink',
			],
			[
				'takes its link before what merely has its reference',
				{ xero: [invoice(SAME_DAY, ALIKE), invoice({ url: OWN_LINK }, { id: 'two' })] },
				'two by sourceLink',
			],
			[
				'holds what bears its link and was voided, beside what merely has its reference',
				{
					xero: [
						invoice({ url: OWN_LINK }, { status: 'VOIDED' }),
						invoice(SAME_DAY, { id: 'two' }),
					],
				},
				'stopped XERO_DOCUMENT_GONE',
			],
			[
				'does not go by the link under another contact for those who ask that contacts agree',
				{
					xero: [invoice({ url: OWN_LINK, ...SAME_DAY }, { contactId: 'bolt' })],
					lens: { contactMustAgree: true },
				},
				'missing',
			],
			[
				'goes by it under the same contact',
				{ xero: [invoice({ url: OWN_LINK })], lens: { contactMustAgree: true } },
				'one by sourceLink',
			],
			[
				'goes by it for those, where the contact is not known',
				{
					xero: [invoice({ url: OWN_LINK })],
					lens: { contactMustAgree: true },
					contact: { kind: 'untold' },
				},
				'one by sourceLink',
			],
			[
				'passes over a link that no key leads to',
				{ xero: [invoice({ url: OWN_LINK, reference: 'ORD-9' })] },
				'missing',
			],
			[
				'takes that for those who look by the link',
				{
					xero: [
						invoice({ reference: 'ORD-9' }, { id: 'two' }),
						invoice({ url: OWN_LINK, reference: 'ORD-9' }),
					],
					lens: { takesLinked: true },
				},
				'one by sourceLink',
			],
			[
				'takes what stands in the place of a corrected one',
				{
					xero: [
						invoice({ url: OWN_LINK }),
						invoice(
							{ url: `${OWN_LINK}&corrects=${correctionToken({ id: 'one' })}` },
							{ id: 'two' },
						),
					],
				},
				'two by sourceLink',
			],
			[
				'does not lose one whose link, altered by hand, says that it corrects itself',
				{
					xero: [invoice({ url: `${OWN_LINK}&corrects=${correctionToken({ id: 'one' })}` })],
				},
				'one by sourceLink',
			],
			[
				'takes the live one of two with its link',
				{
					xero: [
						invoice({ url: OWN_LINK }, { status: 'VOIDED' }),
						invoice({ url: OWN_LINK }, { id: 'two' }),
					],
					lens: { takesGone: true },
				},
				'two by sourceLink',
			],
			[
				'holds two with its link',
				{ xero: [invoice({ url: OWN_LINK }), invoice({ url: OWN_LINK }, { id: 'two' })] },
				'stopped XERO_DOCUMENT_AMBIGUOUS',
			],
			[
				'does not make a contact of a known document’s new name',
				{ draft: record({}, { id: 'one' }), xero: [invoice()], contact: UNKNOWN },
				'stopped XERO_CONTACT_RENAMED',
			],
		])('%s', (_what, scene, expected) => {
			expect(found(scene)).toBe(expected);
		});
	});

	it('tells apart what may be the record’s under a renamed customer from what may not', () => {
		const under = (scene: Scene) => {
			const match = matchIn({ contact: UNKNOWN, ...scene });
			return match.kind === 'stopped' && match.underOtherName?.id;
		};
		expect(under({ xero: [invoice()] })).toBeUndefined();
		expect(under({ xero: [invoice(SAME_DAY)] })).toBe('one');
		expect(under({ xero: [invoice()], draft: record({}, { id: 'one' }) })).toBe('one');
		const kept = { keptByAnother: ['one'], draft: record({}, { id: 'one' }) };
		expect(under({ xero: [invoice(SAME_DAY)], ...kept })).toBeUndefined();
		expect(under({ xero: [invoice(SAME_DAY)], contact: ACME, ...kept })).toBeUndefined();
		const own = record({}, { id: 'one' });
		expect(under({ xero: [invoice({}, { status: 'VOIDED' })], draft: own })).toBeUndefined();
		expect(under({ xero: [invoice({ url: LINK_OF_ANOTHER })], draft: own })).toBeUndefined();
	});

	it('takes the number of an order for one of its own, which another supplier’s may not have', () => {
		const definition = DOCUMENTS.purchaseOrder;
		const fields = { purchaseOrderNumber: 'PO-1', date: '2026-11-01' };
		const other = invoice({}, { type: 'purchaseOrder', number: 'PO-1', contactId: 'bolt', fields });
		const draft = record({}, { type: 'purchaseOrder', fields });
		const sought = {
			definition,
			draft,
			contact: ACME,
			amounts: () => undefined,
			keptByAnother: () => false,
		};
		const match = findDocument(new DocumentIndex(definition, [other]), sought, {});
		expect(match.issues.map(({ code }) => code)).toEqual(['XERO_NUMBER_OF_OTHER_CONTACT']);
	});

	it('takes a payment of the same reference on another invoice for another one', () => {
		const definition = DOCUMENTS.payment;
		const payment = (id: string, number: string): XeroDocument => ({
			type: 'payment',
			id,
			status: 'AUTHORISED',
			contactId: 'acme',
			fields: { 'invoice.number': number, reference: 'P-1', date: '2026-11-20', amount: '20' },
		});
		const sought = {
			definition,
			draft: paymentDraft({}),
			contact: ACME,
			amounts: () => amounts('20'),
			keptByAnother: () => false,
		};
		const index = new DocumentIndex(definition, [payment('one', 'INV-2'), payment('two', 'inv-1')]);
		// Nothing is weighed that a payment does not have, such as lines.
		expect(findDocument(index, sought, {})).toEqual({
			kind: 'matched',
			document: payment('two', 'inv-1'),
			by: 'reference',
			issues: [],
		});
		const elsewhere = new DocumentIndex(definition, [payment('one', 'INV-2')]);
		expect(findDocument(elsewhere, sought, {}).kind).toBe('missing');
	});

	it('posts it all the same where the user lowers the rule', () => {
		const sought = {
			definition: SALES_INVOICE,
			draft: record(),
			contact: ACME,
			amounts: () => undefined,
			keptByAnother: () => false,
		};
		const severities = { XERO_DOCUMENT_CONTRADICTED: 'warn' } as const;
		const index = new DocumentIndex(SALES_INVOICE, [invoice()]);
		const match = findDocument(index, sought, severities);
		expect(match).toMatchObject({ kind: 'missing', issues: [{ severity: 'warn' }] });
		const off = findDocument(index, sought, { XERO_DOCUMENT_CONTRADICTED: 'off' });
		expect(off).toEqual({ kind: 'missing', issues: [] });
	});
});
