import type { Draft } from '../../lib/sync/draft';
import { holdSharedNumbers } from '../../lib/sync/find/templateNumbers';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import { type DocumentType } from '../../lib/xero/documents';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import type { DocumentDefinition, FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { invoiceDraft } from '../unit/syncFixtures';
import { writtenByHand } from './rightOrHeldTestbed';

const recordOf = (number: string) => ({
	knackRecordId: `record of ${number}`,
	table: 'object_2',
});

const order = (number: string, fields: FieldValues = {}, more: Partial<Draft> = {}) =>
	invoiceDraft(
		{ invoiceNumber: number, date: '2026-11-20', dueDate: '2026-12-20', ...fields },
		[{}],
		{ source: recordOf(number), ...more },
	);

describe('numbers by template', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	async function run(
		drafts: readonly Draft[],
		definition: DocumentDefinition = SALES_INVOICE,
		isNumberedByTemplate = true,
	) {
		const client = world.anotherClient();
		const { settings, clock, turns } = world;
		const options = { ...DEFAULT_OPTIONS, isNumberedByTemplate };
		const context = { client, settings, clock, turns };
		const { outcomes } = await upsertDocuments(context, definition, drafts, options);
		return {
			kinds: outcomes.map(({ outcome }) => outcome),
			messages: outcomes.flatMap(({ issues }) => issues.map(({ message }) => message)),
			codes: outcomes.flatMap(({ issues }) => issues.map(({ code }) => code)),
			candidates: outcomes.flatMap(({ issues }) => issues.map(({ candidates }) => candidates)),
			ids: outcomes.map(({ document }) => document.id),
			calls: client.calls(),
		};
	}

	it('are held where Xero has them on a document with another reference, and cost no call', async () => {
		await run([order('N-1', { reference: 'ORD-1' })]);
		const same = await run([order('N-1', { reference: 'ORD-1' })]);
		expect(same.kinds).toEqual(['unchanged']);
		const other = await run([
			order('N-1', { reference: 'ORD-2' }, { source: recordOf('another N-1') }),
		]);
		expect(other).toMatchObject({ kinds: ['held'], codes: ['XERO_KEY_OF_ANOTHER'] });
		expect(other.calls).toEqual({ ...same.calls, writes: 0 });
	});

	it('let a record change its day or its lines without losing its document', async () => {
		await run([order('N-1')]);
		expect((await run([order('N-1', { date: '2026-11-21' })])).kinds).toEqual(['updated']);
		const lines = [{ fields: { ...order('N-1').lines?.[0]?.fields, description: 'Parts' } }];
		expect((await run([{ ...order('N-1', { date: '2026-11-21' }), lines }])).kinds).toEqual([
			'updated',
		]);
	});

	it('stop no record that keeps the Xero ID of its document, whatever else it says by now', async () => {
		const made = await run([order('N-1', { reference: 'ORD-1' })]);
		const edited = order('N-1', { reference: 'ORD-2' }, { id: made.ids[0] });
		expect((await run([edited])).kinds).toEqual(['updated']);
	});

	it('never go from one document to another that is there, for many records in one call', async () => {
		const made = await run([order('N-1'), order('N-2'), order('N-3')]);
		world.sandbox.journal.clear();
		const swapped = [
			order('N-2', {}, { id: made.ids[0], source: recordOf('N-1') }),
			order('N-9', {}, { id: made.ids[2], source: recordOf('N-3') }),
		];
		const changed = await run(swapped);
		expect(changed.kinds).toEqual(['held', 'updated']);
		expect(changed.codes).toEqual(['XERO_NUMBER_OF_OTHER_RECORD']);
		const numbers = world.sandbox.journal
			.filter({ method: 'GET', path: 'Invoices' })
			.filter(({ query }) => JSON.stringify(query ?? '').includes('N-2'));
		expect(numbers).toHaveLength(1);
	});

	it('are safe where Xero would silently change the other document: purchase orders', async () => {
		const purchase = (number: string, more: Partial<Draft> = {}): Draft => ({
			...order(number, {}, more),
			type: 'purchaseOrder',
			fields: {
				'contact.name': 'Acme Limited',
				purchaseOrderNumber: number,
				date: '2026-11-20',
			},
		});
		const definition = DOCUMENTS.purchaseOrder;
		const made = await run([purchase('P-1'), purchase('P-2')], definition);
		const changed = await run([purchase('P-2', { id: made.ids[0] })], definition);
		expect(changed).toMatchObject({ kinds: ['held'], codes: ['XERO_NUMBER_OF_OTHER_RECORD'] });
	});

	describe('of bills, which count within their supplier', () => {
		const bill = (number: string, supplier: string, more: Partial<Draft> = {}): Draft => ({
			...order(number, {}, more),
			type: 'bill',
			fields: {
				'contact.name': supplier,
				invoiceNumber: number,
				date: '2026-11-20',
				dueDate: '2026-12-20',
				status: 'DRAFT',
			},
			lines: [
				{
					fields: {
						description: `Goods of ${number}`,
						quantity: '1',
						unitAmount: '10',
						accountCode: '429',
						taxType: 'INPUT2',
					},
				},
			],
		});

		it('may be that of another supplier’s, and not that of another of the same', async () => {
			const [first, second] = [bill('B-1', 'Acme Ltd'), bill('B-2', 'Acme Ltd')];
			const made = await run([first, second, bill('B-3', 'Bolt Ltd')], DOCUMENTS.bill);
			expect(made.kinds).toEqual(['created', 'created', 'created']);
			const own = { id: made.ids[0], source: first.source };
			const taken = await run([bill('B-2', 'Acme Ltd', own)], DOCUMENTS.bill);
			expect(taken).toMatchObject({ kinds: ['held'], codes: ['XERO_NUMBER_OF_OTHER_RECORD'] });
			expect(taken.candidates).toEqual([
				[{ id: made.ids[1], label: 'B-2, Acme Ltd, GBP 12.00, draft' }],
			]);
			expect(taken.calls.writes).toBe(0);
			expect((await run([bill('B-3', 'Acme Ltd', own)], DOCUMENTS.bill)).kinds).toEqual([
				'updated',
			]);
		});

		it('may go to two bills of a run where these are of two suppliers', async () => {
			const [first, second] = [bill('B-1', 'Acme Ltd'), bill('B-2', 'Acme Ltd')];
			const third = bill('B-3', 'Bolt Ltd');
			const made = await run([first, second, third], DOCUMENTS.bill);
			const kept = (index: number, { source }: Draft) => ({ id: made.ids[index], source });
			const shared = await run(
				[bill('B-9', 'Acme Ltd', kept(0, first)), bill('B-9', 'Acme Ltd', kept(1, second))],
				DOCUMENTS.bill,
			);
			expect(shared.kinds).toEqual(['held', 'held']);
			expect(shared.messages[0]).toBe(
				'The record’s reference is now "B-9", which another record of this run gets too (record record of B-2).',
			);
			expect(shared.calls.writes).toBe(0);
			const apart = await run(
				[bill('B-9', 'Acme Ltd', kept(0, first)), bill('B-9', 'Bolt Ltd', kept(2, third))],
				DOCUMENTS.bill,
			);
			expect(apart.kinds).toEqual(['updated', 'updated']);
		});
	});

	it('are no matter of a template where the record has its own', async () => {
		const [first, second] = [order('N-1'), order('N-2')];
		const made = await run([first, second], SALES_INVOICE, false);
		const own = { id: made.ids[0], source: first.source };
		const taken = await run([order('N-2', {}, own)], SALES_INVOICE, false);
		expect(taken).toMatchObject({ kinds: ['held'], codes: ['XERO_KEY_OF_ANOTHER'] });
		expect(taken.messages[0]).toMatch(/^The record’s invoice number is now "N-2", which N-2, Acme/);
		expect(taken.calls.writes).toBe(0);
	});

	it('are told to be another document’s first, where another record gets them too', async () => {
		const [first, second, third] = [order('N-1'), order('N-2'), order('N-3')];
		const made = await run([first, second, third], SALES_INVOICE, false);
		const both = await run(
			[
				order('N-3', {}, { id: made.ids[0], source: first.source }),
				order('N-3', { date: '2026-11-21' }, { id: made.ids[1], source: second.source }),
			],
			SALES_INVOICE,
			false,
		);
		expect(both.kinds).toEqual(['held', 'held']);
		expect(both.codes).toEqual(['XERO_KEY_OF_ANOTHER', 'XERO_KEY_OF_ANOTHER']);
		for (const message of both.messages) expect(message).toContain(', which N-3, Acme Limited, ');
		expect(both.calls.writes).toBe(0);
	});

	it('are names of tasks within their project, of which Xero would keep two', async () => {
		const element = (type: DocumentType, fields: FieldValues, id?: string): Draft => ({
			...order('', {}, { id, source: recordOf(String(fields.name)) }),
			type,
			fields,
			lines: undefined,
		});
		await run([element('contact', { name: 'Acme' })], DOCUMENTS.contact, false);
		const [roof, wall] = ['Roof', 'Wall'].map((name) =>
			element('project', { contactId: 'Acme', name }),
		);
		await run(
			[roof, wall].flatMap((each) => each ?? []),
			DOCUMENTS.project,
			false,
		);
		const task = (projectId: string, name: string, id?: string) =>
			element('projectTask', { projectId, name, chargeType: 'TIME', 'rate.value': '45' }, id);
		const tasks = [task('Roof', 'Tiling'), task('Roof', 'Gutters'), task('Wall', 'Paint')];
		const { ids } = await run(tasks, DOCUMENTS.projectTask, false);
		const taken = await run([task('Roof', 'Gutters', ids[0])], DOCUMENTS.projectTask, false);
		expect(taken).toMatchObject({ kinds: ['held'], codes: ['XERO_KEY_OF_ANOTHER'] });
		expect(taken.messages[0]).toMatch(
			/^The record’s .*name is now "Gutters", which .* has in Xero\.$/,
		);
		expect(taken.calls.writes).toBe(0);
	});

	it('are changed beside a record that goes nowhere for something else', async () => {
		const [first, second] = [order('N-1'), order('N-2')];
		const made = await run([first, second]);
		const changed = await run([
			order('N-9', {}, { id: made.ids[0], source: first.source }),
			order('N-2', { date: 'soon' }, { id: made.ids[1], source: second.source }),
		]);
		expect(changed.kinds).toEqual(['updated', 'blocked']);
	});

	describe('that find a document which no id and no link tells', () => {
		const untold = (fields: FieldValues) =>
			order('N-1', { status: 'DRAFT', ...fields }, { source: {} });
		const posted = async (fields: FieldValues = {}) => await run([untold(fields)]);
		const wanted = async (fields: FieldValues, description = 'Labour') => {
			const draft = untold(fields);
			const lines = [{ fields: { ...draft.lines?.[0]?.fields, description } }];
			const { kinds, codes, messages } = await run([{ ...draft, lines }]);
			return [...kinds, ...codes, ...messages].join(' ');
		};

		it('are held by another reference, although the day is the same', async () => {
			await posted({ reference: 'ORD-1' });
			expect(await wanted({ reference: 'ORD-2' })).toMatch(
				/^held XERO_NUMBER_OF_OTHER_RECORD The number "N-1" belongs to N-1, Acme Limited/,
			);
			expect(await wanted({ reference: 'ord-1' })).toBe('updated');
			expect(await wanted({})).toBe('unchanged');
		});

		it('are held by another day and other lines, not by one of the two', async () => {
			await posted();
			expect(await wanted({ date: '2026-11-21' }, 'Paint')).toMatch(
				/^held XERO_NUMBER_OF_OTHER_RECORD/,
			);
			expect(await wanted({ date: '2026-11-21' })).toBe('updated');
			expect(await wanted({ date: '2026-11-21' }, 'Paint')).toBe('updated');
		});

		it('are not held by another day where the document has no words', async () => {
			await writtenByHand(world, 'Invoices', {
				Type: 'ACCREC',
				InvoiceNumber: 'N-1',
				Status: 'DRAFT',
				Contact: { Name: 'Acme Limited' },
				Date: '2026-11-20',
				LineItems: [{ Quantity: 2, UnitAmount: 10.5, AccountCode: '200' }],
			});
			expect(await wanted({ date: '2026-11-21' }, 'Paint')).toBe('updated');
		});

		it('are not held by other lines where the record tells no day', async () => {
			await posted();
			expect(await wanted({ date: '' }, 'Paint')).toBe('updated');
		});
	});

	it('are told from names: a customer who takes another’s is no matter of the template', async () => {
		const customer = (name: string, contactNumber: string, id?: string): Draft => ({
			...order(contactNumber),
			type: 'contact',
			id,
			fields: { name, contactNumber },
			lines: undefined,
		});
		const definition = DOCUMENTS.contact;
		const made = await run([customer('Acme', 'K-1'), customer('Bolt', 'K-2')], definition);
		const renamed = await run([customer('Bolt', 'K-1', made.ids[0])], definition);
		expect(renamed).toMatchObject({ kinds: ['held'], codes: ['XERO_KEY_OF_ANOTHER'] });
		expect(renamed.messages[0]).toBe(
			'The record’s name is now "Bolt", which Bolt, number K-2 has in Xero.',
		);
		expect((await run([customer('ACME', 'K-1', made.ids[0])], definition)).kinds).toEqual([
			'updated',
		]);
		const swapped = await run(
			[customer('Cobb', 'K-1', made.ids[0]), customer('Cobb', 'K-2', made.ids[1])],
			definition,
		);
		expect(swapped.messages[0]).toContain('another record of this run gets too (Cobb, K-2)');
	});

	it('are held where two records of a run share one; the same record again does not count', () => {
		const [one, two] = [order('N-1'), order('n-1', {}, { source: { knackRecordId: 'another' } })];
		const codes = (drafts: readonly Draft[]) =>
			holdSharedNumbers(SALES_INVOICE, drafts, {}).map(({ issues }) =>
				issues.map(({ code }) => code),
			);
		expect(codes([one, two, order('N-2')])).toEqual([
			['XERO_NUMBER_SHARED'],
			['XERO_NUMBER_SHARED'],
			[],
		]);
		expect(codes([one, { ...one }])).toEqual([[], []]);
		expect(codes([one, { ...two, skipReason: 'not yet' }])).toEqual([[], []]);
		// Items that do not tell their record are told apart by their places.
		const items = [0, 1].map((index) => order('N-1', {}, { source: {}, itemIndexes: [index] }));
		const [first, second] = holdSharedNumbers(SALES_INVOICE, items, {});
		expect(first?.issues[0]?.message).toContain('"N-1": item 1; item 2.');
		expect(second?.issues[0]?.message).toContain('"N-1": item 2; item 1.');
		expect(codes(items.slice(0, 1))).toEqual([[]]);
		const unnumbered = order('', {}, { source: {} });
		expect(codes([unnumbered, unnumbered])).toEqual([[], []]);
	});
});
