import type { Draft } from '../../lib/sync/draft';
import { shadowDocuments } from '../../lib/sync/shadow/shadowDocuments';
import { shadowSentence, shadowSentences } from '../../lib/sync/shadow/shadowWords';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import { postedByZapier } from '../support/otherTools';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const DAY = '2026-11-16';

describe('Shadow of single records', () => {
	let xero: XeroInMemory;

	beforeEach(async () => {
		xero = await xeroInMemory();
		xero.sandbox.xero.configure({ limitsOn: false });
	});

	test('a record that is left out is only theirs where they have it, and left out where not', async () => {
		zapped('SO-1', '10.00');
		const skipReason = 'It does not meet the condition.';
		const told = await shadow([
			{ ...record(1, 'SO-1', '10.00'), skipReason },
			{ ...record(2, 'SO-2', '20.00'), skipReason },
		]);
		expect(told).toEqual(['SO-1 onlyTheirs', 'SO-2 leftOut']);
	});

	test('orders under one reference of the customer are not doubled; a copy of one is', async () => {
		zapped('PO-77', '10.00');
		zapped('PO-77', '20.00');
		const records = [record(1, 'PO-77', '20.00'), record(2, 'PO-77', '10.00')];
		// A run holds records that it cannot tell apart afterwards.
		const held = 'PO-77 different Held by Us';
		expect(await shadow(records)).toEqual([held, held]);
		zapped('PO-77', '20.00');
		expect(await shadow(records)).toEqual(['PO-77 doubledByThem', held]);
	});

	test('a word that many documents have ties nothing together', async () => {
		zapped('Deposit', '999.00', '2026-11-17');
		const told = await shadow([record(1, 'Deposit', '10.00')], { to: '2026-11-20' });
		expect(told).not.toContain('Deposit same');
		expect(told).not.toContain('Deposit different');
		expect(told).not.toContain('Deposit doubledByThem');
	});

	test('copies without any reference are doubles, and two orders that are alike are not', async () => {
		zapped(undefined, '10.00');
		zapped(undefined, '10.00');
		const [one, other] = [record(1, 'SO-1', '10.00'), record(2, 'SO-2', '10.00')];
		expect(await shadow([one])).toEqual(['SO-1 doubledByThem']);
		expect(await shadow([one, other])).toEqual([
			'SO-1 different Reference',
			'SO-2 different Reference',
		]);
	});

	test('two records of a customer with one day and total have each the document that says the same', async () => {
		const saying = (draft: Draft, description: string): Draft => ({
			...draft,
			lines: (draft.lines ?? []).map(({ fields }) => ({ fields: { ...fields, description } })),
		});
		for (const description of ['Roof survey', 'Work', 'Oak boards']) {
			postedByZapier(xero, {
				contact: 'Acme Ltd',
				date: DAY,
				lines: [{ description, unitAmount: 10 }],
			});
		}
		const told = await shadow([
			record(1, 'SO-1', '10.00'),
			saying(record(2, 'SO-2', '10.00'), 'Roof survey'),
			saying(record(3, 'SO-3', '10.00'), 'Oak boards'),
		]);
		expect(told).toEqual([
			'SO-1 different Reference',
			'SO-2 different Reference',
			'SO-3 different Reference',
		]);
	});

	test('where only the accounts tell two records apart, each has the document with its own', async () => {
		const onAccount = (draft: Draft, accountCode: string): Draft => ({
			...draft,
			lines: (draft.lines ?? []).map(({ fields }) => ({ fields: { ...fields, accountCode } })),
		});
		for (const AccountCode of ['200', '260', '200']) {
			xero.sandbox.xero.person.saveInvoice({
				Type: 'ACCREC',
				Contact: { Name: 'Acme Ltd' },
				Date: DAY,
				DueDate: '2027-03-31',
				Status: 'AUTHORISED',
				LineItems: [
					{ Description: 'Work', Quantity: 1, UnitAmount: 10, AccountCode, TaxType: 'OUTPUT2' },
				],
			});
		}
		const orders = [1, 2, 3].map((index) => record(index, `SO-${index}`, '10.00'));
		for (const special of [0, 1, 2]) {
			const told = await shadow(
				orders.map((order, index) => onAccount(order, index === special ? '260' : '200')),
			);
			expect(told).toEqual([1, 2, 3].map((index) => `SO-${index} different Reference`));
		}
	});

	test('a record outside of the days that are asked for is not said to be missing', async () => {
		zapped(undefined, '10.00', '2026-10-05');
		const early = record(1, 'SO-1', '10.00');
		const told = await shadow([{ ...early, fields: { ...early.fields, date: '2026-10-05' } }], {
			from: '2026-11-01',
			to: '2026-11-30',
		});
		expect(told).toEqual(['SO-1 different Reference']);
	});

	test('a copy beside ours may be made by hand', async () => {
		const order = record(1, 'SO-1', '10.00');
		await post(order);
		zapped('SO-1', '10.00');
		const { documents } = await shadowed([order]);
		expect(documents.map(({ said }) => said)).toEqual([
			expect.stringMatching(/ours among them\.$/),
		]);
	});

	test('the same total in another currency is another document', async () => {
		xero.sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			Contact: { Name: 'Acme Ltd' },
			Date: DAY,
			DueDate: '2027-03-31',
			Status: 'AUTHORISED',
			CurrencyCode: 'EUR',
			LineItems: [
				{
					Description: 'Work',
					Quantity: 1,
					UnitAmount: 10,
					AccountCode: '200',
					TaxType: 'OUTPUT2',
				},
			],
		});
		expect(await shadow([record(1, 'SO-1', '10.00')])).toEqual([
			'SO-1 onlyOurs',
			'INV-0001 onlyTheirs',
		]);
	});

	test('what a person has credited in full is no double, and alone it is a difference', async () => {
		const id = zapped('SO-1', '10.00');
		await credit(id, '12.00');
		expect(await shadow([record(1, 'SO-1', '10.00')])).toEqual(['SO-1 different Status']);
		zapped('SO-1', '10.00');
		expect(await shadow([record(1, 'SO-1', '10.00')])).toEqual(['SO-1 same']);
	});

	test('what we have posted is ours, and with theirs beside it a double', async () => {
		const order = record(1, 'SO-1', '10.00');
		await post(order);
		expect(await shadow([order])).toEqual(['SO-1 onlyOurs']);
		zapped('SO-1', '10.00');
		expect(await shadow([order])).toEqual(['SO-1 doubledByThem']);
		// Of a record that is not among the items it is nobody's matter here.
		expect(await shadow([record(9, 'SO-9', '90.00')])).toEqual([
			'SO-9 onlyOurs',
			'INV-0002 onlyTheirs',
		]);
	});

	test('what we would hold is said, beside theirs and without', async () => {
		zapped('SO-1', '10.00');
		const held = (order: Draft): Draft => ({
			...order,
			lines: [
				{ fields: { description: 'Work', quantity: '1', unitAmount: '10', accountCode: '9999' } },
			],
		});
		const { documents } = await shadowed([
			held(record(1, 'SO-1', '10.00')),
			held(record(2, 'SO-2', '10.00')),
		]);
		const [one, other] = documents;
		expect(one).toMatchObject({ shadow: 'different', differences: [{ field: 'Held by Us' }] });
		expect(other).toMatchObject({ shadow: 'notCompared' });
		expect(other && shadowSentence(DOCUMENTS.salesInvoice, other)).toContain('9999');
	});

	test('a bill that came twice under its number is doubled, and another account is told', async () => {
		const { reference: _reference, ...fields } = record(1, '', '10.00').fields;
		const line = { description: 'Timber', quantity: '1', unitAmount: '10.00', taxType: 'INPUT2' };
		const bill: Draft = {
			...record(1, '', '10.00'),
			type: 'bill',
			fields: { ...fields, invoiceNumber: 'B-1' },
			lines: [{ fields: { ...line, accountCode: '310' } }],
		};
		const came = (AccountCode: string, InvoiceNumber: string) =>
			xero.sandbox.xero.person.saveInvoice({
				Type: 'ACCPAY',
				InvoiceNumber,
				Contact: { Name: 'Acme Ltd' },
				Date: DAY,
				DueDate: '2027-03-31',
				Status: 'AUTHORISED',
				LineItems: [
					{ Description: 'Timber', Quantity: 1, UnitAmount: 10, AccountCode, TaxType: 'INPUT2' },
				],
			});
		came('429', 'B-1');
		const one = await shadowed([bill], {}, 'bill');
		expect(one.documents).toMatchObject([
			{ shadow: 'different', differences: [{ field: 'Account', theirs: '429', ours: '310' }] },
		]);
		came('429', 'B-1');
		came('429', 'B-2');
		const { documents } = await shadowed([bill], {}, 'bill');
		expect(documents.map((each) => [each.record, each.shadow])).toEqual([
			['B-1', 'doubledByThem'],
			['B-2', 'onlyTheirs'],
		]);
	});

	test('documents without a link all count as theirs, which is said', async () => {
		const { fields } = record(1, 'SO-1', '10.00');
		const { dueDate: _due, status: _status, ...others } = fields;
		const quote: Draft = { ...record(1, 'SO-1', '10.00'), type: 'quote', fields: others };
		await post(quote, 'quote');
		const { documents, period } = await shadowed([quote], {}, 'quote');
		expect(documents.map((each) => each.shadow)).toEqual(['same']);
		const [, theirs] = shadowSentences(DOCUMENTS.quote, documents, period, true);
		expect(theirs).toMatch(/bear no link to a record, ours are counted among them/);
	});

	function record(index: number, reference: string, unitAmount: string): Draft {
		return {
			type: 'salesInvoice',
			itemIndexes: [index],
			fields: {
				'contact.name': 'Acme Ltd',
				reference,
				date: DAY,
				dueDate: '2027-03-31',
				lineAmountTypes: 'Exclusive',
				status: 'AUTHORISED',
			},
			lines: [
				{
					fields: {
						description: 'Work',
						quantity: '1',
						unitAmount,
						accountCode: '200',
						taxType: 'OUTPUT2',
					},
				},
			],
			source: { knackRecordId: String(index).padStart(24, '0'), table: 'object_2' },
			issues: [],
		};
	}

	function zapped(reference: string | undefined, unitAmount: string, date = DAY): string {
		return postedByZapier(xero, {
			contact: 'Acme Ltd',
			date,
			...(reference === undefined ? {} : { reference }),
			lines: [{ description: 'Work', unitAmount: Number(unitAmount) }],
		});
	}

	async function shadowed(
		drafts: Draft[],
		more = {},
		type: 'salesInvoice' | 'bill' | 'quote' = 'salesInvoice',
	) {
		const { settings, clock, turns, anotherClient } = xero;
		return await shadowDocuments(
			{ client: anotherClient(), settings, clock, turns, lookedUpAtMs: clock.now() },
			DOCUMENTS[type],
			drafts,
			{ options: DEFAULT_OPTIONS, saidOf: () => ({}), ...more },
		);
	}

	/** Each document in short: what it is called, what it is, and the fields that differ. */
	async function shadow(drafts: Draft[], more = {}): Promise<string[]> {
		const { documents } = await shadowed(drafts, more);
		return documents.map(({ record: name, shadow: kind, differences }) =>
			[name, kind, ...(kind === 'different' ? differences.map(({ field }) => field) : [])].join(
				' ',
			),
		);
	}

	async function post(
		draft: Draft,
		type: 'salesInvoice' | 'bill' | 'quote' = 'salesInvoice',
	): Promise<void> {
		const { client, settings, clock, turns } = xero;
		const run = { client, settings, clock, turns };
		const { outcomes } = await upsertDocuments(run, DOCUMENTS[type], [draft], DEFAULT_OPTIONS);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created']);
	}

	async function credit(invoiceId: string, amount: string): Promise<void> {
		const client = xero.anotherClient();
		const note = {
			Type: 'ACCRECCREDIT',
			Contact: { Name: 'Acme Ltd' },
			Date: DAY,
			Status: 'AUTHORISED',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Back', Quantity: 1, UnitAmount: amount, AccountCode: '200' }],
		};
		const made = await client.write({
			method: 'PUT',
			path: '/CreditNotes',
			body: { CreditNotes: [note] },
			idempotencyKey: 'note',
		});
		if (made.kind !== 'accepted') throw new Error(JSON.stringify(made));
		const [{ CreditNoteID }] = Object(made.body).CreditNotes;
		const allocated = await client.write({
			method: 'PUT',
			path: `/CreditNotes/${CreditNoteID}/Allocations`,
			body: { Allocations: [{ Invoice: { InvoiceID: invoiceId }, Amount: amount, Date: DAY }] },
			idempotencyKey: 'allocation',
		});
		if (allocated.kind !== 'accepted') throw new Error(JSON.stringify(allocated));
	}
});
