import {
	UNKNOWN,
	OWN_LINK,
	LINK_OF_ANOTHER,
	SAME_DAY,
	ALIKE,
	invoice,
	record,
	matchIn,
	type Scene,
} from './documentMatchFixtures';

describe('a document that may be the record’s is told of in words: it says', () => {
	const wordsOf = (scene: Scene) => {
		const [issue] = matchIn(scene).issues;
		return issue && [issue.message, issue.fix].join(' ');
	};

	it('both sides, and where to look', () => {
		const scene = { xero: [invoice({ invoiceNumber: 'INV-8' }, { status: 'PAID' })] };
		expect(wordsOf({ ...scene, draft: record({}, { lines: [] }) })).toBe(
			'"ORD-1" is on the sales invoice INV-8, Acme Limited, GBP 7.00, paid; it is of 2026-09-01. If it is the record’s own, keep its Xero ID in Knack. If not, give the record another reference.',
		);
		const [issue] = matchIn(scene).issues;
		expect(issue?.candidates).toEqual([
			{ id: 'one', label: 'INV-8, Acme Limited, GBP 7.00, paid' },
		]);
		expect(issue?.field).toBe('reference');
	});

	it('what speaks for it beside what speaks against it', () => {
		const draft = record({ invoiceNumber: 'INV-1' });
		const other = invoice(
			{ invoiceNumber: 'INV-1', ...SAME_DAY, currencyCode: 'EUR' },
			{ contactId: 'bolt', contactName: 'Bolt Ltd' },
		);
		expect(wordsOf({ xero: [other], draft })).toMatch(
			/it is of Bolt Ltd and none of its lines is the record’s, though it has the same day\. .*correct its customer/,
		);
	});

	it('what the record says by now of what was deleted', () => {
		const draft = record({ 'contact.name': 'Bolt Ltd', reference: 'ORD-2' }, { id: 'one' });
		expect(wordsOf({ xero: [invoice({}, { status: 'DELETED' })], draft })).toMatch(
			/was deleted in Xero\. It is not posted again by itself\. The record now says "ORD-2", "Bolt Ltd"\. /,
		);
		expect(
			wordsOf({ xero: [invoice({}, { status: 'VOIDED' })], draft: record({}, { id: 'one' }) }),
		).toBe(
			'The sales invoice one, Acme Limited, GBP 7.00 was voided in Xero. It is not posted again by itself. To post it again, give the record a new number or reference and clear the id kept in Knack.',
		);
	});

	it('everything that speaks against it', () => {
		const other = invoice(
			{ ...SAME_DAY, url: LINK_OF_ANOTHER, invoiceNumber: 'INV-2' },
			{ contactId: 'bolt', contactName: undefined },
		);
		const draft = record({ invoiceNumber: 'INV-2', reference: 'ORD-2', currencyCode: 'EUR' });
		expect(wordsOf({ xero: [other], draft, keptByAnother: ['one'] })).toBe(
			'"INV-2" is already on the sales invoice INV-2, GBP 7.00, authorised; its link to the source names another Knack record and another record keeps its Xero ID and it is of another contact and it is in GBP and its reference is "ORD-1", none of its lines is the record’s, though it has the same day. Give the record another number in Knack, or correct its customer.',
		);
	});

	it('all that speaks for it, and the number that does not', () => {
		const other = invoice({ invoiceNumber: 'INV-2', ...SAME_DAY }, ALIKE);
		expect(wordsOf({ xero: [other], draft: record({ invoiceNumber: 'INV-1' }) })).toContain(
			'; its invoice number is "INV-2", though it has the same day and the same total GBP 25.20 and a line in common.',
		);
	});

	it('that an id is not there', () => {
		const match = matchIn({ xero: [], draft: record({}, { id: 'one' }) });
		expect(match.issues).toMatchObject([
			{
				message: 'The Sales Invoice ID kept in Knack (one) is not in this organisation.',
			},
		]);
		expect(match.issues[0]?.candidates ?? []).toEqual([]);
	});

	it('which ones fit, and by what', () => {
		const two = [
			invoice(SAME_DAY),
			invoice({ ...SAME_DAY, invoiceNumber: 'INV-2' }, { id: 'two' }),
		];
		const match = matchIn({ xero: two });
		expect(match).toMatchObject({
			kind: 'stopped',
			fitting: { documents: two, by: 'reference' },
		});
		expect(match.issues).toMatchObject([
			{
				field: 'reference',
				message:
					'2 sales invoices in Xero have "ORD-1": one, Acme Limited, GBP 7.00, authorised; INV-2, Acme Limited, GBP 7.00, authorised.',
				candidates: [{ id: 'one' }, { id: 'two' }],
			},
		]);
		const linked = matchIn({
			xero: two.map((each) => ({ ...each, fields: { ...each.fields, url: OWN_LINK } })),
		});
		expect(linked.issues[0]?.field).toBeUndefined();
		expect(linked.issues[0]?.message).toMatch(
			/^2 sales invoices in Xero are this record’s by their link to the source: /,
		);
	});

	it('of a link to a customer whom Xero does not have that it is no key', () => {
		const [issue] = matchIn({ xero: [invoice({ url: OWN_LINK })], contact: UNKNOWN }).issues;
		expect(issue).toMatchObject({ code: 'XERO_CONTACT_RENAMED' });
		expect(issue?.field).toBeUndefined();
	});

	it('of its own document that its link gives to another record, on which to clear the id', () => {
		const [issue] = matchIn({
			xero: [invoice({ url: 'https://builder.knack.com/?knack=-.object_2.r2' })],
			draft: record({}, { id: 'one' }),
		}).issues;
		expect(issue?.code).toBe('XERO_KEY_OF_ANOTHER');
		expect(issue?.message).toBe(
			'The sales invoice one, Acme Limited, GBP 7.00, authorised is kept as this record’s, but its link to the source names another Knack record and it is of 2026-09-01, none of its lines is the record’s.',
		);
		expect(issue?.fix).toBe('Clear the id on the record that it does not belong to.');
	});

	it('of one that was deleted and that another record keeps, both', () => {
		const scene: Scene = {
			xero: [invoice(SAME_DAY, { status: 'DELETED' })],
			draft: record({}, { id: 'one' }),
			lens: { takesGone: true },
			keptByAnother: ['one'],
		};
		expect(wordsOf(scene)).toMatch(/, but it is deleted and another record keeps its Xero ID/);
	});

	it('of a number under a customer whom Xero does not have, by which name it may be known', () => {
		const draft = record({ invoiceNumber: 'INV-1' });
		const theirs = invoice(
			{ invoiceNumber: 'INV-1', ...SAME_DAY },
			{ ...ALIKE, contactName: 'Lomond Group' },
		);
		expect(wordsOf({ xero: [theirs], draft, contact: UNKNOWN })).toBe(
			'"INV-1" is already on the sales invoice INV-1, Lomond Group, GBP 25.20, authorised; it is of Lomond Group, and Xero has no "Acme Limited", though it has the same day and the same total GBP 25.20 and a line in common. Give the record another number in Knack. If the customer was renamed in Xero, write "Lomond Group" in Knack.',
		);
	});

	it('of two records of one reference, that each needs its own', () => {
		const theirs = invoice({ ...SAME_DAY, url: LINK_OF_ANOTHER });
		expect(wordsOf({ xero: [theirs] })).toMatch(
			/ Give the record a reference of its own in Knack, or a number\. If both are meant to be posted, set this rule to Warn in the node\.$/,
		);
	});

	it('which number to change', () => {
		const draft = record({ invoiceNumber: 'INV-1' });
		const other = invoice({ invoiceNumber: 'INV-1', reference: 'ORD-9' });
		expect(wordsOf({ xero: [other], draft })).toMatch(/give the record another invoice number\.$/);
	});

	it('by which name the customer may be known in Xero', () => {
		const renamed = invoice({}, { contactName: 'Lomond Group' });
		expect(wordsOf({ xero: [renamed], contact: UNKNOWN })).toMatch(
			/"Acme Limited", which Xero does not have.* may be the record’s.*write "Lomond Group".*or give the record a reference of its own/,
		);
		const own = wordsOf({
			xero: [renamed],
			contact: { kind: 'unknown' },
			draft: record({}, { id: 'one' }),
		});
		expect(own).toMatch(/names a contact, which Xero does not have.* is the record’s\./);
		expect(own).not.toMatch(/of its own/);
	});
});
