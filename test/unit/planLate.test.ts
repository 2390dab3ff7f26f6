import type { Draft } from '../../lib/sync/draft';
import type { FieldValues, WireElement } from '../../lib/xero/documents/definition';
import { order, planOf, posted, said } from './planFixtures';

/** Documents of a day up to which the books are closed, where the user lets them go over. */

const OLD: FieldValues = { date: '2026-03-31', dueDate: '2026-04-30', reference: 'A' };
const FIRST_OPEN = { options: { lateDocuments: 'firstOpenDay' } } as const;
const AS_DRAFT = { options: { lateDocuments: 'draft' } } as const;

const late = (fields: FieldValues = {}, lines: readonly FieldValues[] = [{}]) =>
	order({ ...OLD, ...fields }, lines);
/** As it was posted before the day was closed. */
const onItsDay = (more: WireElement = {}) =>
	posted(order({ ...OLD, date: '2026-04-01' }), { Date: '2026-03-31', ...more });

describe('a late document', () => {
	it('goes over as a draft, and is otherwise what the record says', () => {
		const plan = planOf(late(), undefined, AS_DRAFT);
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.element()).toMatchObject({
			Status: 'DRAFT',
			Date: '2026-03-31',
			Reference: 'A',
			InvoiceNumber: 'INV-1',
		});
		expect(plan.issues).toMatchObject([
			{
				field: 'status',
				message:
					'2026-03-31 lies in a closed period (the lock date of the organisation is 2026-03-31), so the document is a draft instead of authorised.',
				fix: 'Give it a date after 2026-03-31 in Xero and approve it there.',
			},
		]);
	});

	it('stays the draft that it is by then, without a word of its status', () => {
		const there = posted(order({ ...OLD, status: 'DRAFT' }));
		const plan = planOf(late(), there, AS_DRAFT);
		expect(said(plan)).toBe('keep XERO_LATE_DOCUMENT');
		const changed = planOf(late({ reference: 'B' }), there, AS_DRAFT);
		expect(said(changed)).toBe('update XERO_LATE_DOCUMENT reference');
		if (changed.action === 'update') expect(changed.element()).not.toHaveProperty('Status');
	});

	it('is on the first open day, with its own in the first line that has words', () => {
		const lines: readonly FieldValues[] = [{ description: '', itemCode: 'BOOK' }, {}];
		const plan = planOf(late({}, lines), undefined, FIRST_OPEN);
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.element()).toMatchObject({
			Date: '2026-04-01',
			DueDate: '2026-04-30',
			Status: 'AUTHORISED',
			LineItems: [{ ItemCode: 'BOOK' }, { Description: 'Labour\nOriginal date: 31 Mar 2026' }],
		});
		expect(Object(plan.element().LineItems)[0]).not.toHaveProperty('Description');
		expect(plan.issues).toMatchObject([
			{
				field: 'date',
				message:
					'2026-03-31 lies in a closed period (the lock date of the organisation is 2026-03-31), so the document is dated 2026-04-01. Its own day stands in the first line.',
			},
		]);
	});

	it('stays where it went, and what the record changes goes over', () => {
		const there = posted(late(), {}, [], FIRST_OPEN);
		expect(there.fields.date).toBe('2026-04-01');
		expect(said(planOf(late(), there, FIRST_OPEN))).toBe('keep');
		expect(said(planOf(late({ reference: 'B' }), there, FIRST_OPEN))).toBe('update reference');
		const two = late({}, [{}, { description: 'Parts' }]);
		expect(said(planOf(two, posted(two, {}, [], FIRST_OPEN), FIRST_OPEN))).toBe('keep');
		// However far the day has moved since.
		const moved = { options: { ...FIRST_OPEN.options, booksClosedUntil: '2026-06-30' } };
		expect(said(planOf(late(), there, moved))).toBe('keep');
	});

	it('is on the day after all that is closed, whichever is later', () => {
		const dateOf = (booksClosedUntil: string) => {
			const options = { ...FIRST_OPEN.options, booksClosedUntil };
			const plan = planOf(late({ date: '2026-01-15' }), undefined, { options });
			return plan.action === 'create' ? plan.element().Date : said(plan);
		};
		expect(dateOf('2026-01-31')).toBe('2026-04-01');
		expect(dateOf('2026-05-31')).toBe('2026-06-01');
	});

	it('stays where it went although the record has no words any more', () => {
		const there = posted(late(), {}, [], FIRST_OPEN);
		const plan = planOf(late({}, [{ description: '' }]), there, FIRST_OPEN);
		expect(plan.action).not.toBe('create');
		expect(plan.draft.fields.date).toBe('2026-03-31');
		expect(plan.draft.lines).toHaveLength(1);
	});

	it('stays on its own day where Xero does not tell its lines', () => {
		const there = { ...posted(late(), {}, [], FIRST_OPEN), lines: undefined };
		const plan = planOf({ ...late(), lines: undefined }, there, FIRST_OPEN);
		expect(plan.draft.fields.date).toBe('2026-03-31');
		expect(planOf(late(), there, FIRST_OPEN).draft.fields.date).toBe('2026-03-31');
	});

	it('waits where no line has words for its day', () => {
		const wordless = late({}, [{ description: '', itemCode: 'BOOK' }]);
		expect(said(planOf(wordless, undefined, FIRST_OPEN))).toBe('stop XERO_PERIOD_LOCKED');
	});

	it('is a quote on its own day, which is in no books', () => {
		const quote: Draft = {
			...late(),
			type: 'quote',
			fields: { 'contact.name': 'Acme Limited', date: '2026-03-31', status: 'SENT' },
		};
		for (const policy of [FIRST_OPEN, AS_DRAFT]) {
			const plan = planOf(quote, undefined, policy);
			if (plan.action !== 'create') throw new Error(said(plan));
			expect(plan.issues).toEqual([]);
			expect(plan.element()).toMatchObject({ Date: '2026-03-31', Status: 'SENT' });
		}
	});

	it('is none where it was posted in time', () => {
		expect(said(planOf(late(), onItsDay(), FIRST_OPEN))).toBe('keep');
		expect(said(planOf(late(), onItsDay(), AS_DRAFT))).toBe('keep');
		const dearer = late({}, [{ unitAmount: '12' }]);
		for (const policy of [FIRST_OPEN, AS_DRAFT]) {
			const plan = planOf(dearer, onItsDay(), policy);
			expect(said(plan)).toBe('stop XERO_CLOSED_PERIOD_EDIT');
		}
	});

	it('is none on an open day, nor a draft, nor a payment', () => {
		const open = planOf(late({ date: '2026-04-01' }), undefined, FIRST_OPEN);
		expect(open).toMatchObject({ action: 'create', issues: [] });
		const draft = planOf(late({ status: 'DRAFT' }), undefined, FIRST_OPEN);
		expect(draft).toMatchObject({ action: 'create', issues: [] });
		if (draft.action === 'create') expect(draft.element().Date).toBe('2026-03-31');
		const payment: Draft = {
			type: 'payment',
			itemIndexes: [0],
			fields: {
				'invoice.number': 'INV-1',
				amount: '20',
				date: '2026-03-31',
				'account.code': '090',
			},
			source: {},
			issues: [],
		};
		expect(said(planOf(payment, undefined, FIRST_OPEN))).toBe('stop XERO_PERIOD_LOCKED');
	});

	it('has the day of the document where the record tells none, and of today where neither does', () => {
		const { date, ...undated } = late().fields;
		const record = { ...late(), fields: undated };
		expect(date).toBe('2026-03-31');
		expect(said(planOf(record, onItsDay(), FIRST_OPEN))).toBe('keep');
		const closedToday = { ...FIRST_OPEN.options, booksClosedUntil: '2026-11-30' };
		const { lateDocuments, ...waiting } = closedToday;
		expect(lateDocuments).toBe('firstOpenDay');
		expect(said(planOf(record, undefined, { options: waiting }))).toBe('stop XERO_BOOKS_CLOSED');
		const plan = planOf(record, undefined, { options: closedToday });
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.element()).toMatchObject({
			Date: '2026-12-01',
			LineItems: [{ Description: 'Labour\nOriginal date: 22 Nov 2026' }],
		});
	});
});

describe('the day of an allocation is today, or a later one of the credit note', () => {
	const credit: Draft = {
		...order(),
		type: 'salesCreditNote',
		fields: {
			'contact.name': 'Acme Limited',
			creditNoteNumber: 'CN-1',
			date: '2026-04-01',
			status: 'AUTHORISED',
			'allocation.invoiceNumber': 'INV-1',
		},
	};
	const closedToday = { options: { booksClosedUntil: '2026-11-30' } } as const;

	it('and nothing is allocated while it is closed', () => {
		const plan = planOf(credit, posted(credit), closedToday);
		expect(plan.action).toBe('stop');
		expect(plan.issues).toMatchObject([
			{
				code: 'XERO_BOOKS_CLOSED',
				field: 'allocation.invoiceNumber',
				message:
					'Today lies in a closed period (the day under Books Closed Until in the node is 2026-11-30), so nothing can be allocated.',
				fix: 'Run the record again after 2026-11-30, or move Books Closed Until under Options.',
			},
		]);
		expect(planOf(credit, undefined).action).toBe('create');
		const bare = { ...credit, fields: { ...credit.fields, 'allocation.invoiceNumber': '' } };
		expect(planOf(bare, posted(bare), closedToday).action).toBe('keep');
		const ahead = { ...credit, fields: { ...credit.fields, date: '2026-12-01' } };
		expect(planOf(ahead, undefined, closedToday).action).toBe('create');
	});

	it('which is no matter once it is allocated', () => {
		const there = posted(credit);
		// It goes by a request of its own.
		expect(said(planOf(credit, there))).toBe('keep');
		const allocated = (IsDeleted: boolean) => ({
			...there,
			allocations: [{ AllocationID: 'one', Amount: 1, IsDeleted }],
		});
		const codes = (document: typeof there) =>
			planOf(credit, document, closedToday).issues.map(({ code }) => code);
		expect(codes(allocated(false) as typeof there)).toEqual([]);
		expect(codes(allocated(true) as typeof there)).toEqual(['XERO_BOOKS_CLOSED']);
	});
});
