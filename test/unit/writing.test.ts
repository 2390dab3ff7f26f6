import { calendarDate, type CalendarDate } from '../../lib/dates';
import { decimal } from '../../lib/money';
import { batchesOf } from '../../lib/sync/write/batches';
import { compareAnswer } from '../../lib/sync/write/compareAnswer';
import { areApart, identityOf } from '../../lib/sync/write/identity';
import { takeAnswer } from '../../lib/sync/write/takeAnswer';
import { Turns } from '../../lib/sync/write/turns';
import { sendSingly } from '../../lib/sync/write/writeSingly';
import { canBeTakenBack } from '../../lib/sync/write/takeBack';
import type { Plan } from '../../lib/sync/plan/plan';
import type { ContactRow, Row } from '../../lib/sync/row';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import type {
	DocumentAmounts,
	FieldValues,
	WireElement,
	XeroDocument,
} from '../../lib/xero/documents/definition';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import type { XeroClient, XeroWrite, XeroWriteAnswer } from '../../lib/xero/client';
import { ServiceFaultError } from '../../lib/serviceFault';
import { contactDraft, invoiceDraft } from './syncFixtures';

describe('what is sent at once', () => {
	const split = (sizes: readonly number[], elements: number, bytes: number) =>
		batchesOf(sizes, (size) => size, { elements, bytes });

	it.each<[string, readonly number[], number, number, number[][]]>([
		['is nothing of nothing', [], 2, 10, []],
		['is as many as a request takes', [1, 1, 1], 2, 10, [[1, 1], [1]]],
		['is as much as a request takes, to the byte', [4, 6, 1], 9, 10, [[4, 6], [1]]],
		['counts each request by itself', [6, 6, 4, 1], 9, 10, [[6], [6, 4], [1]]],
		['is what is too large alone, by itself', [1, 99, 1], 9, 10, [[1], [99], [1]]],
		['is no empty request before what is too large', [99, 1], 9, 10, [[99], [1]]],
	])('%s', (_what, sizes, elements, bytes, expected) => {
		expect(split(sizes, elements, bytes)).toEqual(expected);
	});
});

describe('an answer of Xero to several records', () => {
	const sent = (...elements: readonly WireElement[]) => elements.map((element) => ({ element }));
	const two = sent({ InvoiceNumber: 'A', Type: 'ACCREC' }, { InvoiceNumber: 'B', Type: 'ACCREC' });
	const a = { InvoiceID: 'id-a', InvoiceNumber: 'A' };
	const b = { InvoiceID: 'id-b', InvoiceNumber: 'B' };
	const refused = {
		InvoiceNumber: 'B',
		StatusAttributeString: 'ERROR',
		ValidationErrors: [{ Message: 'No.' }],
	};
	const taken = (items: readonly { element: WireElement }[], body: unknown) => {
		const answers = takeAnswer(SALES_INVOICE, items, body);
		return answers && items.map((item) => answers.get(item));
	};

	it('is told apart by what the elements bear, in whatever order they come', () => {
		const written = [
			{ kind: 'written', element: a, warnings: [] },
			{ kind: 'written', element: b, warnings: [] },
		];
		expect(taken(two, { Invoices: [a, b] })).toEqual(written);
		expect(taken(two, { Invoices: [b, a] })).toEqual(written);
	});

	it('can take one and refuse the other, with Xero’s words', () => {
		const warned = { ...a, Warnings: [{ Message: 'Rounded.' }] };
		expect(taken(two, { Invoices: [warned, refused] })).toEqual([
			{ kind: 'written', element: warned, warnings: ['Rounded.'] },
			{ kind: 'rejected', messages: ['No.'] },
		]);
		expect(taken(two, { Invoices: [{ ...refused, InvoiceNumber: 'B' }, a] })?.[1]).toMatchObject({
			kind: 'rejected',
		});
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['a page', '<html>'],
		['another list', { Contacts: [a, b] }],
		['fewer', { Invoices: [a] }],
		['more', { Invoices: [a, b, b] }],
		['something that is no record', { Invoices: [a, null] }],
		['something that is no record beside them', { Invoices: [a, b, null] }],
		['one of them twice', { Invoices: [a, a] }],
		['another record’s', { Invoices: [a, { InvoiceID: 'id-c', InvoiceNumber: 'C' }] }],
		['one without an id', { Invoices: [a, { InvoiceNumber: 'B' }] }],
		['one with a blank id', { Invoices: [a, { ...b, InvoiceID: ' ' }] }],
		['one without the number that the others have', { Invoices: [a, { InvoiceID: 'id-b' }] }],
	])('is not believed where it has %s', (_what, body) => {
		expect(taken(two, body)).toBeUndefined();
	});

	it('is believed where Xero tells the number of none of them', () => {
		expect(taken(two, { Invoices: [{ InvoiceID: '1' }, { InvoiceID: '2' }] })).toMatchObject([
			{ element: { InvoiceID: '1' } },
			{ element: { InvoiceID: '2' } },
		]);
	});

	it('is believed where Xero has numbered what was sent with a blank number', () => {
		const numbered = { InvoiceID: '1', InvoiceNumber: 'INV-7' };
		expect(taken(sent({ InvoiceNumber: '' }), { Invoices: [numbered] })).toBeDefined();
	});

	it('is not believed of another contact, or of another document than was changed', () => {
		const change = sent({ InvoiceID: 'id-a', Contact: { ContactID: 'acme' } });
		const answer = (InvoiceID: string, ContactID: string) =>
			taken(change, { Invoices: [{ InvoiceID, Contact: { ContactID } }] });
		expect(answer('ID-A', 'acme')).toBeDefined();
		expect(answer('id-b', 'acme')).toBeUndefined();
		expect(answer('id-a', 'bolt')).toBeUndefined();
	});
});

describe('what Xero answers is held against the plan', () => {
	const amounts = (total: string, totalTax = '0', currency = 'GBP'): DocumentAmounts => ({
		currency,
		subTotal: decimal(total).minus(totalTax),
		totalTax: decimal(totalTax),
		total: decimal(total),
	});
	const document: XeroDocument = {
		type: 'salesInvoice',
		id: 'one',
		number: 'INV-1',
		status: 'AUTHORISED',
		contactId: 'acme',
		contactName: 'Acme Ltd',
		fields: {},
		lines: [{ fields: {} }],
		amounts: amounts('12', '2'),
	};
	const plan: Extract<Plan, { action: 'create' }> = {
		action: 'create',
		draft: invoiceDraft(),
		key: 'k',
		contentHash: 'h',
		issues: [
			{ code: 'XERO_TOTAL_UNSURE', severity: 'warn', message: 'Perhaps.', fix: 'Look.' },
			{ code: 'XERO_TOTAL_ZERO', severity: 'warn', message: 'Zero.', fix: 'Look.' },
		],
		changes: [{ field: 'status', after: 'AUTHORISED' }],
		element: () => ({ LineItems: [{}] }),
		amounts: amounts('12.00', '2.00'),
		fingerprint: undefined,
	};
	const said = (
		answer: Partial<XeroDocument>,
		more: Partial<typeof plan> = {},
		contactId = 'acme',
	) =>
		compareAnswer(
			{
				definition: SALES_INVOICE,
				plan: { ...plan, ...more },
				contactId,
				document: { ...document, ...answer },
			},
			{},
		).map(({ message }) => message);

	it('and nothing is said where they agree, the total being sure by now', () => {
		expect(said({})).toEqual(['Zero.']);
		expect(said({ amounts: undefined })).toEqual(['Perhaps.', 'Zero.']);
	});

	it.each<[string, Partial<XeroDocument>, string]>([
		[
			'the total',
			{ amounts: amounts('13', '2') },
			'total GBP 13.00 in Xero; planned was GBP 12.00',
		],
		['the tax', { amounts: amounts('12', '1') }, 'tax GBP 1.00 in Xero; planned was GBP 2.00'],
		[
			'the currency',
			{ amounts: amounts('13', '2', 'EUR') },
			'currency EUR in Xero; planned was GBP',
		],
		['the lines', { lines: [] }, 'number of lines 0 in Xero; planned was 1'],
		['the status', { status: 'DRAFT' }, 'status draft in Xero; planned was authorised'],
		[
			'the contact',
			{ contactId: 'bolt', contactName: 'Bolt Ltd' },
			'contact Bolt Ltd in Xero; planned was acme',
		],
	])('%s', (_what, answer, expected) => {
		expect(said(answer)).toEqual(['Zero.', `INV-1 has ${expected}.`]);
	});

	it('and the contact is the one that the document has, unless the plan moves it', () => {
		const saidOf = (changes: typeof plan.changes, answered: string) =>
			compareAnswer(
				{
					definition: SALES_INVOICE,
					plan: { ...plan, action: 'update', changes, document, by: 'id', surplus: [] },
					contactId: 'bolt',
					document: { ...document, contactId: answered, contactName: answered },
				},
				{},
			).map(({ message }) => message);
		const moved = [{ field: 'contact', after: 'Bolt Ltd' }];
		expect(saidOf([{ field: 'reference', after: 'B' }], 'acme')).toEqual(['Zero.']);
		expect(saidOf(moved, 'bolt')).toEqual(['Zero.']);
		expect(saidOf([...moved, { field: 'reference', after: 'B' }], 'bolt')).toEqual(['Zero.']);
		expect(saidOf(moved, 'acme')).toContain('INV-1 has contact acme in Xero; planned was bolt.');
	});

	it('and what neither says is no difference', () => {
		expect(said({ lines: undefined, status: undefined })).toEqual(['Zero.']);
		expect(said({ lines: [] }, { element: () => ({}) })).toEqual(['Zero.']);
		expect(said({ status: 'PAID' }, { changes: [] })).toEqual(['Zero.']);
		expect(said({ amounts: amounts('99') }, { amounts: undefined })).toEqual(['Zero.']);
		expect(said({ number: undefined, lines: [] })).toEqual([
			'Zero.',
			expect.stringMatching(/^The sales invoice has number of lines/),
		]);
	});
});

describe('turns of a record among workers', () => {
	const MINUTE = 60_000;
	/** A turn that was taken a second before Xero answered. */
	function use(turns: Turns, name: string, turn: number, finishedAtMs: number, by?: string): void {
		const taken = turns.begin(name, turn, finishedAtMs - 1_000);
		taken.finishedAtMs = finishedAtMs;
		if (by !== undefined) taken.by = by;
	}

	it('are passed over once the look-up has seen what became of them', () => {
		const turns = new Turns();
		expect(turns.next('a', 0, 0)).toBe(0);
		use(turns, 'a', 0, 10_000);
		// The look-up began before that was written.
		expect(turns.next('a', 9_000, 11_000)).toBe(0);
		expect(turns.next('a', 10_000, 11_000)).toBe(0);
		expect(turns.next('a', 10_001, 11_000)).toBe(1);
		expect(turns.next('b', 10_001, 11_000)).toBe(0);
		use(turns, 'a', 1, 12_000);
		expect(turns.next('a', 13_000, 14_000)).toBe(2);
	});

	it('are passed over by the run that took them itself and knows what came of it', () => {
		const turns = new Turns();
		use(turns, 'a', 0, 10_000, 'this run');
		expect(turns.next('a', 5_000, 11_000, 'this run')).toBe(1);
		expect(turns.next('a', 5_000, 11_000, 'another')).toBe(0);
		expect(turns.next('a', 5_000, 11_000)).toBe(0);
	});

	it('are not passed over while one of their uses is under way, or was not seen', () => {
		const turns = new Turns();
		use(turns, 'a', 0, 10_000);
		// The same worker looked again, and sends it once more.
		const again = turns.begin('a', 0, 20_000);
		expect(turns.next('a', 30_000, 31_000)).toBe(0);
		again.finishedAtMs = 30_000;
		expect(turns.next('a', 30_000, 31_000)).toBe(0);
		expect(turns.next('a', 30_001, 31_000)).toBe(1);
	});

	it('are as they were where nothing was sent after all', () => {
		const turns = new Turns();
		turns.drop('a', turns.begin('a', 0, 10_000));
		expect(turns.next('a', 20_000, 21_000)).toBe(0);
		use(turns, 'a', 0, 30_000);
		turns.drop('a', turns.begin('a', 0, 40_000));
		expect(turns.next('a', 50_000, 51_000)).toBe(1);
	});

	it('are free again before Xero forgets them', () => {
		const turns = new Turns();
		use(turns, 'a', 0, 10_000);
		expect(turns.next('a', 5 * MINUTE, 5 * MINUTE)).toBe(1);
		expect(turns.next('a', 6 * MINUTE, 6 * MINUTE)).toBe(0);
		// Half a minute before, reckoned from when it was taken.
		expect(turns.next('a', 9_000 + 330_000 - 1, 9_000 + 330_000 - 1)).toBe(1);
		expect(turns.next('a', 9_000 + 330_000, 9_000 + 330_000)).toBe(0);
		use(turns, 'b', 0, 7 * MINUTE);
		expect(turns.next('a', 7 * MINUTE, 7 * MINUTE)).toBe(0);
		expect(turns.next('b', 8 * MINUTE, 8 * MINUTE)).toBe(1);
	});
});

describe('what names a record among workers', () => {
	const contact = (id: string | undefined): ContactRow => ({
		draft: contactDraft({}),
		wanted: {},
		fields: {},
		namedBy: [],
		match:
			id === undefined
				? { kind: 'missing', issues: [] }
				: {
						kind: 'matched',
						by: 'name',
						issues: [],
						document: { type: 'contact', id, status: 'ACTIVE', fields: {} },
					},
	});
	const row = (
		fields: FieldValues,
		contactId?: string,
		type: DocumentType = 'salesInvoice',
	): Row => ({
		draft: { ...invoiceDraft(), type, fields },
		contact: contact(contactId),
	});
	const identity = (one: Row, type: DocumentType = 'salesInvoice') =>
		identityOf(DOCUMENTS[type], one);

	it('is its number, whoever the customer is', () => {
		const numbered = { invoiceNumber: 'INV-1', reference: 'ORD-1' };
		const known = identity(row(numbered, 'acme'));
		expect(identity(row({ ...numbered, invoiceNumber: 'inv-1' }, 'bolt'))).toBe(known);
		expect(identity(row({ ...numbered, reference: 'ORD-2' }, 'acme'))).toBe(known);
		expect(identity(row({ ...numbered, invoiceNumber: 'INV-2' }, 'acme'))).not.toBe(known);
		const ofAnother = row(numbered, 'acme');
		ofAnother.draft = { ...ofAnother.draft, source: { knackRecordId: 'another' } };
		expect(identity(ofAnother)).toBe(known);
	});

	it('is its reference with the customer, who is told by what the record says where Xero has none', () => {
		const ordered = (name: string, reference = 'ORD-1') => ({ reference, 'contact.name': name });
		const known = identity(row(ordered('Acme'), 'acme'));
		expect(identity(row(ordered('Acme Ltd'), 'acme'))).toBe(known);
		expect(identity(row(ordered('Acme'), 'bolt'))).not.toBe(known);
		const fresh = identity(row(ordered('Acme')));
		expect(identity(row(ordered('ACME')))).toBe(fresh);
		expect(identity(row(ordered('Bolt')))).not.toBe(fresh);
		expect(identity(row(ordered('Acme', 'ORD-2')))).not.toBe(fresh);
		const coded = { 'contact.contactNumber': 'K-1', reference: 'ORD-1' };
		expect(identity(row({ ...coded, 'contact.name': 'Acme' }))).toBe(
			identity(row({ ...coded, 'contact.name': 'Acme Ltd' })),
		);
	});

	it('is the invoice as well, of a payment', () => {
		const paid = (invoice: string) =>
			row({ reference: 'P-1', 'invoice.number': invoice }, undefined, 'payment');
		expect(identity(paid('INV-1'), 'payment')).not.toBe(identity(paid('INV-2'), 'payment'));
		expect(identity(paid('INV-1'), 'payment')).toBe(identity(paid('INV-1'), 'payment'));
	});

	it('is the record where its link alone tells whose it is', () => {
		const journal = (knackRecordId: string): Row => {
			const one = row({ date: '2026-11-20' }, undefined, 'manualJournal');
			return { ...one, draft: { ...one.draft, source: { knackRecordId } } };
		};
		const known = identity(journal('one'), 'manualJournal');
		expect(identity(journal('one'), 'manualJournal')).toBe(known);
		expect(identity(journal('other'), 'manualJournal')).not.toBe(known);
	});

	it('is the document whose place it takes', () => {
		const old = (id: string): XeroDocument => ({ type: 'salesInvoice', id, fields: {} });
		const replacing = (id: string, reference: string): Row => ({
			...row({ reference }),
			replaces: {
				document: old(id),
				sent: { header: new Map() },
				from: calendarDate('2026-11-20') as CalendarDate,
			},
		});
		expect(identity(replacing('7', 'A'))).toBe(identity(replacing('7', 'B')));
		expect(identity(replacing('7', 'A'))).not.toBe(identity(replacing('8', 'A')));
		expect(areApart(SALES_INVOICE, [replacing('7', 'A')])).toBe(true);
	});

	it('goes by itself where it is never a draft, or Xero takes its number twice; up to ten in a run', () => {
		const many = (count: number, one: Row) => Array.from({ length: count }, () => one);
		const byReference = row({ reference: 'ORD-1' });
		expect(areApart(SALES_INVOICE, [byReference])).toBe(false);
		expect(areApart(DOCUMENTS.payment, [row({ reference: 'P-1' })])).toBe(true);
		expect(areApart(DOCUMENTS.bankTransaction, [row({ reference: 'B-1' })])).toBe(true);
		const order = row({ purchaseOrderNumber: 'PO-1' }, undefined, 'purchaseOrder');
		expect(areApart(DOCUMENTS.purchaseOrder, many(10, order))).toBe(true);
		expect(areApart(DOCUMENTS.purchaseOrder, many(11, order))).toBe(false);
	});
});

describe('a document whose endpoint takes one at a time', () => {
	const { project, projectTask } = DOCUMENTS;
	const write = { method: 'PUT', path: '/projects/1', body: { name: 'Roof' } } as const;

	function client(answers: readonly XeroWriteAnswer[], read: unknown = undefined) {
		const sent: XeroWrite[] = [];
		const reads: string[] = [];
		const fake: XeroClient = {
			organisationId: 'org',
			calls: () => ({ reads: reads.length, writes: sent.length }),
			dayRemaining: () => undefined,
			read: async ({ path }) => {
				reads.push(path);
				if (read instanceof Error) throw read;
				return read;
			},
			write: async (request) => {
				sent.push(request);
				return answers[sent.length - 1] ?? { kind: 'unknown', reason: 'asked too often' };
			},
		};
		return { fake, sent, reads };
	}
	const accepted = (body: unknown): XeroWriteAnswer => ({ kind: 'accepted', body });
	const how = { idempotencyKey: 'key' };

	it('answers like a batch of one', async () => {
		const { fake, sent, reads } = client([accepted({ projectId: '1', name: 'Roof' })]);
		const answer = await sendSingly(fake, project, { writes: [write], fields: {} }, how);
		expect(answer).toEqual(
			accepted({ [project.wire.resource]: [{ projectId: '1', name: 'Roof' }] }),
		);
		expect(sent).toMatchObject([{ path: '/projects/1', idempotencyKey: 'key', api: 'projects' }]);
		expect(reads).toEqual([]);
	});

	it('is read where the answer has no body, once all its requests are through', async () => {
		const patch = { ...write, method: 'PATCH' } as const;
		const { fake, sent, reads } = client([accepted(undefined), accepted(undefined)], {
			projectId: '1',
		});
		const answer = await sendSingly(fake, project, { writes: [write, patch], fields: {} }, how);
		expect(answer).toEqual(accepted({ [project.wire.resource]: [{ projectId: '1' }] }));
		expect(sent.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['key', 'key-1']);
		expect(reads).toEqual(['/projects/1']);
	});

	it('stops at the first request that is refused, and says what is not known', async () => {
		const refused: XeroWriteAnswer = { kind: 'unknown', reason: 'No answer.' };
		const first = client([refused, accepted({ projectId: '1' })]);
		const both = { writes: [write, write], fields: {} };
		expect(await sendSingly(first.fake, project, both, how)).toEqual(refused);
		expect(first.sent).toHaveLength(1);
		const none = client([]);
		expect(await sendSingly(none.fake, project, { writes: [], fields: {} }, how)).toMatchObject({
			kind: 'unknown',
		});
		const incomplete = client([accepted(undefined)], [{ projectId: '1' }]);
		expect(
			await sendSingly(incomplete.fake, project, { writes: [write], fields: {} }, how),
		).toEqual({
			kind: 'unknown',
			reason: 'Xero’s answer was not complete.',
		});
		const fault = new ServiceFaultError({
			service: 'xero',
			cause: 'unavailable',
			message: 'Xero did not answer.',
			fix: 'Try again.',
		});
		const unread = client([accepted(undefined)], fault);
		expect(await sendSingly(unread.fake, project, { writes: [write], fields: {} }, how)).toEqual({
			kind: 'unknown',
			reason: 'Xero did not answer.',
		});
	});

	it('is told with what stood in its address alone', async () => {
		const { fake } = client([accepted({ taskId: 't', name: 'Tiles' })]);
		const requests = { writes: [write], fields: { projectId: 'p' } };
		const answer = await sendSingly(fake, projectTask, requests, how);
		expect(answer).toMatchObject({
			body: { [projectTask.wire.resource]: [{ taskId: 't', projectId: 'p' }] },
		});
	});
});

describe('what a run may take back of what it has made', () => {
	it.each<[DocumentType, string | undefined, FieldValues, boolean]>([
		['salesInvoice', 'DRAFT', {}, true],
		['salesInvoice', 'SUBMITTED', {}, true],
		['salesInvoice', 'AUTHORISED', {}, false],
		['salesInvoice', 'DRAFT', { sentToContact: true }, false],
		['salesInvoice', undefined, {}, false],
		['payment', 'AUTHORISED', {}, true],
		['payment', 'DELETED', {}, false],
		['timeEntry', undefined, {}, true],
	])('%s %s %p: %s', (type, status, fields, expected) => {
		expect(canBeTakenBack(DOCUMENTS[type], { type, id: '1', status, fields })).toBe(expected);
	});
});
