import { adoptDocuments, type AdoptOptions } from '../../lib/sync/adopt/adoptDocuments';
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import { CONTACT } from '../../lib/xero/documents/contact';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { postedByZapier, type ForeignInvoice } from '../support/otherTools';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

/** A Knack order whose invoice would come to GBP 25.20. */
function order(name: string, fields: FieldValues = {}, more: Partial<Draft> = {}): Draft {
	return {
		type: 'salesInvoice',
		itemIndexes: [0],
		fields: {
			'contact.name': 'Acme Limited',
			reference: name,
			date: '2026-11-20',
			dueDate: '2026-12-20',
			...fields,
		},
		lines: [
			{
				fields: {
					description: 'Oak table',
					quantity: '2',
					unitAmount: '10.5',
					accountCode: '200',
					taxType: 'OUTPUT2',
				},
			},
		],
		source: { knackRecordId: `record of ${name}`, table: 'object_2' },
		issues: [],
		...more,
	};
}

const foreign = (more: Partial<ForeignInvoice> = {}): ForeignInvoice => ({
	contact: 'Acme Limited',
	date: '2026-11-20',
	lines: [{ description: 'Oak table', quantity: 2, unitAmount: 10.5 }],
	...more,
});

describe('Adopt', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	async function adopt(
		drafts: readonly Draft[],
		options: Partial<AdoptOptions> = {},
		definition = SALES_INVOICE,
	) {
		const { settings, clock, turns } = world;
		const before = writes().length;
		const client = world.anotherClient();
		const report = await adoptDocuments({ client, settings, clock, turns }, definition, drafts, {
			...DEFAULT_OPTIONS,
			isPreview: false,
			...options,
		});
		expect(writes()).toHaveLength(before);
		return { outcomes: report.outcomes, calls: client.calls() };
	}
	const upsert = async (drafts: readonly Draft[], definition = SALES_INVOICE) => {
		const { settings, clock, turns } = world;
		const client = world.anotherClient();
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns },
			definition,
			drafts,
		);
		return outcomes;
	};
	const writes = () => world.sandbox.journal.filter({ service: 'xero', kind: 'write' });
	const codes = (outcomes: Awaited<ReturnType<typeof upsert>>) =>
		outcomes.map(({ issues }) => issues.map(({ code }) => code));
	const zapier = (more: Partial<ForeignInvoice> = {}) => postedByZapier(world, foreign(more));

	it('links what another tool posted under words of its own, with the reasons', async () => {
		const id = zapier({ number: 'ZAP-77', reference: 'Order ORD-12', date: '2026-11-21' });
		const { outcomes } = await adopt([order('ORD-12')]);
		expect(outcomes).toMatchObject([
			{
				outcome: 'linked',
				document: { id, number: 'ZAP-77', status: 'AUTHORISED', total: '25.20' },
				match: {
					by: 'signs',
					reasons: [
						'same contact',
						expect.stringContaining('25.20'),
						'1 day apart',
						'"ZAP-77, Order ORD-12" names the record',
					],
				},
				issues: [],
				summary: expect.stringMatching(/^Linked sales invoice ZAP-77 for Acme Limited/),
			},
		]);
	});

	it('knows what counts as sent from then on, where record and document say the same', async () => {
		zapier({ reference: 'ORD-12' });
		const own = order('ORD-12', { dueDate: '2027-03-31' });
		const { outcomes } = await adopt([own]);
		expect(outcomes).toMatchObject([{ outcome: 'linked', issues: [] }]);
		const [id, fingerprint] = [outcomes[0]?.document.id, outcomes[0]?.sync.fingerprint];
		const later = order('ORD-12', { dueDate: '2027-01-31' }, { id });
		expect(codes(await upsert([later]))).toEqual([['XERO_BASE_UNKNOWN']]);
		const kept = { ...later, source: { ...later.source, fingerprint } };
		expect(await upsert([kept])).toMatchObject([{ outcome: 'updated', issues: [] }]);
	});

	it('keeps nothing as sent where they differ, and says how to go on', async () => {
		zapier({ reference: 'ORD-12', date: '2026-11-21' });
		const { outcomes } = await adopt([order('ORD-12')]);
		expect(outcomes).toMatchObject([{ outcome: 'linked' }]);
		expect(outcomes[0]?.sync.fingerprint).toBeUndefined();
		const kept = order('ORD-12', {}, { id: outcomes[0]?.document.id });
		const [held] = await upsert([kept]);
		expect(held).toMatchObject({ outcome: 'held', issues: [{ code: 'XERO_BASE_UNKNOWN' }] });
		expect(held?.issues[0]?.fix).toMatch(/Sync Fingerprint/);
	});

	it('links an invoice without any reference by its day, total and lines, when nothing else fits', async () => {
		const id = zapier();
		zapier({ lines: [{ description: 'Chair', quantity: 1, unitAmount: 9 }] });
		const { outcomes } = await adopt([order('ORD-12')]);
		expect(outcomes).toMatchObject([{ outcome: 'linked', document: { id } }]);
	});

	it.each<[string, Partial<ForeignInvoice>]>([
		['words of the lines', { lines: [{ description: 'Chair', quantity: 2, unitAmount: 10.5 }] }],
		['day', { date: '2026-11-22' }],
		['order in the reference', { reference: 'ORD-13' }],
		['kind of reference', { reference: 'WEB-5512' }],
		['suffix of the reference', { reference: 'ORD-12-B' }],
	])('holds an invoice of the same total when this differs: %s', async (_what, more) => {
		zapier(more);
		const { outcomes } = await adopt([order('ORD-12')]);
		expect(outcomes).toMatchObject([
			{
				outcome: 'held',
				issues: [
					{
						code: 'XERO_ADOPT_UNCERTAIN',
						candidates: [{ label: expect.stringContaining('same total'), url: expect.any(String) }],
					},
				],
			},
		]);
	});

	it('links no invoice whose link to the source names another record, whatever else agrees', async () => {
		const of = (recordId: string, name: string, fields: FieldValues = {}) =>
			order(name, fields, {
				source: { applicationId: 'app', table: 'object_2', knackRecordId: recordId },
			});
		const { reference: _none, ...unnamed } = of('a1', 'ORD-5').fields;
		const posted = { ...of('a1', 'ORD-5'), fields: { ...unnamed, invoiceNumber: 'ORD-77' } };
		const [made] = await upsert([posted]);
		expect(made).toMatchObject({ outcome: 'created' });
		for (const other of [of('b1', 'ORD-6'), of('b2', 'ORD-77')]) {
			const { outcomes } = await adopt([other]);
			expect(outcomes).toMatchObject([
				{
					outcome: 'held',
					issues: [
						{
							code: 'XERO_ADOPT_UNCERTAIN',
							message: expect.stringContaining('its link to the source names another Knack record'),
						},
					],
				},
			]);
			expect(outcomes[0]?.document.id).toBeUndefined();
		}
		// What somebody else posted for it beside that is its own.
		const id = zapier({ reference: 'Order ORD-6' });
		expect((await adopt([of('b1', 'ORD-6')])).outcomes).toMatchObject([
			{ outcome: 'linked', document: { id } },
		]);
	});

	it('leaves what is not in Xero for Create or Update, and says so', async () => {
		zapier({ contact: 'Somebody Else', reference: 'ORD-12', date: '2026-09-01' });
		zapier({ date: '2026-09-01' });
		const { outcomes } = await adopt([order('ORD-12')]);
		expect(outcomes).toMatchObject([
			{
				outcome: 'skipped',
				reason: 'notInXero',
				summary: expect.stringContaining('Create or Update can post it'),
			},
		]);
	});

	it('holds two records that claim one document, whatever the claim rests on', async () => {
		zapier({ reference: 'ORD-12' });
		zapier({ contact: 'Bolt' });
		const { outcomes } = await adopt([
			order('ORD-12'),
			{ ...order('ORD-12'), source: { knackRecordId: 'another' } },
			order('ORD-13', { 'contact.name': 'Bolt' }),
			order('ORD-14', { 'contact.name': 'Bolt' }),
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'held', 'held', 'held']);
		expect(codes(outcomes)).toEqual(Array(4).fill(['XERO_ADOPT_CLAIMED']));
	});

	it('holds a record that two documents fit, with both as candidates', async () => {
		zapier();
		zapier();
		const { outcomes } = await adopt([order('ORD-12')]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_DOCUMENT_AMBIGUOUS', candidates: [{}, {}] }],
		});
	});

	it('gives the same record delivered twice one outcome', async () => {
		zapier({ reference: 'ORD-12' });
		const { outcomes } = await adopt([order('ORD-12'), order('ORD-12')]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['linked', 'linked']);
	});

	it('never links what another Knack record is linked to already', async () => {
		const id = zapier({ reference: 'ORD-12' });
		const sole = zapier({ contact: 'Bolt' });
		const linkedRecords = async (ids: readonly string[]) =>
			await Promise.resolve(new Map(ids.map((each) => [each, ['an earlier record']])));
		const { outcomes } = await adopt(
			[order('ORD-12'), order('ORD-13', { 'contact.name': 'Bolt' })],
			{ linkedRecords },
		);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'skipped']);
		expect(codes(outcomes)[0]).toEqual(['XERO_ADOPT_CLAIMED']);
		expect(outcomes.map(({ document }) => document.id)).not.toContain(id);
		expect(outcomes.map(({ document }) => document.id)).not.toContain(sole);
	});

	it('leaves a document to the record that keeps its id', async () => {
		const id = zapier({ reference: 'ORD-12' });
		const { outcomes } = await adopt([
			order('ORD-11', {}, { id }),
			order('ORD-12'),
			order('ORD-14', { date: '2026-11-20' }),
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'held', 'skipped']);
	});

	it('links by a key although the totals differ, and tells the difference', async () => {
		zapier({ reference: 'ORD-12', lines: [{ description: 'Oak table', unitAmount: 30 }] });
		zapier({
			contact: 'Bolt',
			reference: 'Order ORD-13',
			lines: [{ description: 'Oak table', unitAmount: 30 }],
		});
		const { outcomes } = await adopt([
			order('ORD-12'),
			order('ORD-13', { 'contact.name': 'Bolt' }),
		]);
		expect(outcomes).toMatchObject([
			{
				outcome: 'linked',
				match: { by: 'reference', reasons: ['same Reference "ORD-12"', 'same contact'] },
				issues: [
					{
						code: 'XERO_ADOPT_TOTAL_DIFFERS',
						severity: 'warn',
						message: expect.stringMatching(/36\.00.*25\.20/),
					},
				],
			},
			{ outcome: 'held', issues: [{ code: 'XERO_ADOPT_UNCERTAIN' }] },
		]);
	});

	it('recognises what was voided, and does not link it', async () => {
		zapier({ number: 'ZAP-1', reference: 'ORD-12' });
		zapier({ number: 'ZAP-2', contact: 'Bolt' });
		world.sandbox.xero.voidInvoice('ZAP-1');
		world.sandbox.xero.voidInvoice('ZAP-2');
		const { outcomes } = await adopt([
			order('ORD-12'),
			order('ORD-13', { 'contact.name': 'Bolt' }),
		]);
		expect(codes(outcomes)).toEqual([['XERO_DOCUMENT_GONE'], ['XERO_DOCUMENT_GONE']]);
	});

	it('takes the document that stands beside a voided one', async () => {
		zapier({ number: 'ZAP-1' });
		world.sandbox.xero.voidInvoice('ZAP-1');
		const id = zapier({ number: 'ZAP-2' });
		const { outcomes } = await adopt([order('ORD-12')]);
		expect(outcomes).toMatchObject([{ outcome: 'linked', document: { id } }]);
	});

	it('finds documents of contacts that were archived or merged since', async () => {
		const old = zapier({ reference: 'ORD-12' });
		const moved = zapier({ contact: 'Bolt Ltd', reference: 'ORD-13' });
		const { xero } = world.sandbox;
		const contactOf = (id: string) => xero.organisation().invoices.get(id)?.contactId ?? '';
		const [bolt] = xero.seedContacts([{ name: 'Bolt Group' }]);
		xero.person.archiveContact(contactOf(old), true);
		xero.person.mergeContacts(contactOf(moved), bolt?.contactId ?? '');
		const { outcomes } = await adopt([
			order('ORD-12'),
			order('ORD-13', { 'contact.name': 'Bolt Ltd' }),
		]);
		expect(outcomes).toMatchObject([
			{ outcome: 'linked', document: { id: old } },
			{ outcome: 'linked', document: { id: moved } },
		]);
	});

	it('holds what stands under an archived contact beside one of the same name', async () => {
		zapier();
		const { xero } = world.sandbox;
		const [first] = xero.organisation().contacts.all();
		xero.person.archiveContact(first?.contactId ?? '', true);
		xero.seedContacts([{ name: 'Acme Limited' }]);
		const { outcomes } = await adopt([order('ORD-12')]);
		expect(outcomes).toMatchObject([
			{
				outcome: 'held',
				issues: [{ message: expect.stringContaining('an archived contact of the same name') }],
			},
		]);
	});

	it('says in a preview what would be linked', async () => {
		zapier({ reference: 'ORD-12' });
		const { outcomes } = await adopt([order('ORD-12')], { isPreview: true });
		expect(outcomes).toMatchObject([
			{ outcome: 'wouldLink', summary: expect.stringMatching(/^Would link sales invoice/) },
		]);
	});

	it('never posts a second document once the id is kept: Create or Update finds the first', async () => {
		zapier({ number: 'ZAP-1', reference: 'Order ORD-12' });
		zapier({ number: 'ZAP-2', contact: 'Bolt' });
		const drafts = [
			order('ORD-12', { reference: 'ORD-12' }),
			order('ORD-13', { 'contact.name': 'Bolt', dueDate: '2027-03-31' }),
		];
		const { outcomes } = await adopt(drafts);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['linked', 'linked']);
		const kept = drafts.map((draft, index) => ({ ...draft, id: outcomes[index]?.document.id }));
		const count = world.sandbox.xero.invoices().length;
		const first = await upsert(kept);
		expect(
			first.map(({ outcome, changes }) => [outcome, changes.map(({ field }) => field)]),
		).toEqual([
			// Approved by somebody else, and different: a person decides what shall stand.
			['held', []],
			['held', []],
		]);
		expect(first.map(({ issues }) => issues.map(({ code }) => code))).toEqual([
			['XERO_BASE_UNKNOWN'],
			['XERO_BASE_UNKNOWN'],
		]);
		expect((await adopt(kept)).outcomes.map(({ outcome }) => outcome)).toEqual([
			'unchanged',
			'unchanged',
		]);
		expect(world.sandbox.xero.invoices()).toHaveLength(count);
	});

	it('adopts a thousand documents of two hundred customers in a few calls', async () => {
		const drafts = Array.from({ length: 1000 }, (_, index) => {
			const customer = `Customer ${index % 200} Ltd`;
			const date = `2026-11-${String((index % 27) + 1).padStart(2, '0')}`;
			zapier({ contact: customer, date, reference: `Order ORD-${index}` });
			return order(`ORD-${index}`, { 'contact.name': customer, date });
		});
		const { outcomes, calls } = await adopt(drafts);
		expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['linked']));
		expect(calls.writes).toBe(0);
		expect(calls.reads).toBeLessThanOrEqual(45);
	}, 60_000);

	it.each<[DocumentType, FieldValues]>([
		['salesCreditNote', {}],
		['quote', {}],
		['purchaseOrder', {}],
		['bill', { invoiceNumber: 'SUP-9' }],
	])('finds a %s by the same signs', async (type, own) => {
		const isPurchase = type === 'purchaseOrder' || type === 'bill';
		const base = order('ORD-12');
		const line: FieldValues = isPurchase ? { accountCode: '429', taxType: 'INPUT2' } : {};
		const draft: Draft = {
			...base,
			type,
			lines: base.lines?.map(({ fields }) => ({ fields: { ...fields, ...line } })),
		};
		const definition = DOCUMENTS[type];
		const without = (fields: FieldValues, ...paths: string[]) =>
			Object.fromEntries(Object.entries(fields).filter(([path]) => !paths.includes(path)));
		const theirs = { ...draft, fields: { ...without(draft.fields, 'reference'), ...own } };
		const numbered =
			theirs.fields[definition.numberPath] === undefined
				? { ...theirs, fields: { ...theirs.fields, [definition.numberPath]: 'ZAP-1' } }
				: theirs;
		const posted = await upsert([numbered], definition);
		expect(posted).toMatchObject([{ outcome: 'created' }]);
		const { outcomes } = await adopt([draft], {}, definition);
		expect(outcomes).toMatchObject([
			{ outcome: 'linked', match: { by: 'signs' }, document: { id: posted[0]?.document.id } },
		]);
	});

	it('links contacts by the ladder of contacts, and none to two records', async () => {
		world.sandbox.xero.seedContacts([
			{ name: 'Acme Limited', contactNumber: 'C-1' },
			{ name: 'Bolt & Sons' },
		]);
		const contact = (name: string, fields: FieldValues = {}): Draft => ({
			type: 'contact',
			itemIndexes: [0],
			fields: { name, ...fields },
			source: { knackRecordId: name },
			issues: [],
		});
		const { outcomes } = await adopt(
			[
				contact('Acme', { contactNumber: 'C-1' }),
				contact('Bolt and Sons'),
				contact('BOLT & SONS'),
				contact('Nobody'),
			],
			{},
			CONTACT,
		);
		expect(outcomes).toMatchObject([
			{ outcome: 'linked', match: { by: 'contactNumber' } },
			{ outcome: 'held' },
			{ outcome: 'held' },
			{ outcome: 'skipped' },
		]);
		const claimed = ['XERO_ADOPT_CLAIMED'];
		expect(codes(outcomes)).toEqual([[], claimed, claimed, []]);
	});

	describe('of contacts, whose values go over what is linked from then on', () => {
		const customer = (fields: FieldValues, id?: string): Draft => ({
			type: 'contact',
			itemIndexes: [0],
			fields,
			source: { knackRecordId: 'a1', table: 'object_1' },
			issues: [],
			...(id === undefined ? {} : { id }),
		});
		const inXero = () => world.sandbox.xero.contacts();

		it('links none of the name alone that Create or Update would not write over', async () => {
			const theirs = 'john@their.example.com';
			world.sandbox.xero.seedContacts([{ name: 'John Smith', emailAddress: theirs }]);
			const own = customer({ name: 'John Smith', emailAddress: 'john@our.example.com' });
			const { outcomes } = await adopt([own], {}, CONTACT);
			expect(outcomes).toMatchObject([
				{ outcome: 'held', issues: [{ code: 'XERO_CONTACT_CONTRADICTED' }] },
			]);
			expect(outcomes[0]?.document.id).toBeUndefined();
			const id = String(inXero()[0]?.ContactID);
			expect((await adopt([customer(own.fields, id)], {}, CONTACT)).outcomes).toMatchObject([
				{ outcome: 'unchanged', document: { id } },
			]);
		});

		it('says of two that lead to one which of them has it, and how the other goes on', async () => {
			world.sandbox.xero.seedContacts([{ name: 'Acme Ltd', contactNumber: 'K-1' }]);
			const id = String(inXero()[0]?.ContactID);
			const named = (knackRecordId: string, fields: FieldValues, kept?: string) => ({
				...customer(fields, kept),
				source: { knackRecordId, table: 'object_1' },
			});
			const fields = { name: 'Acme Ltd', contactNumber: 'K-1' };
			const both = await adopt([named('a1', fields), named('b1', fields)], {}, CONTACT);
			expect(both.outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
			expect(both.outcomes[0]?.issues[0]?.fix).toContain('Keep the Xero ID on the record');
			// As the fix says, in whatever letters.
			const owner = named('a1', fields, id.toUpperCase());
			const kept = await adopt([owner, named('b1', fields)], {}, CONTACT);
			expect(kept.outcomes).toMatchObject([
				{ outcome: 'unchanged', document: { id } },
				{ outcome: 'held', issues: [{ code: 'XERO_ADOPT_CLAIMED' }] },
			]);
			const [told] = kept.outcomes[1]?.issues ?? [];
			expect(told?.message).toBe('Acme Ltd, number K-1 is linked to another Knack record already.');
			expect(told?.fix).toContain('give this one a number, reference or code of its own');
			const stale = await adopt([owner, named('a1', fields)], {}, CONTACT);
			expect(stale.outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'linked']);
			const apart = named('b1', { name: 'Acme West', contactNumber: 'K-2' });
			const rest = await adopt([owner, apart], {}, CONTACT);
			expect(rest.outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'skipped']);
		});

		it('links none that a contact was merged into, before the record bears its name', async () => {
			world.sandbox.xero.seedContacts([
				{ name: 'Acme Ltd', contactNumber: 'K-1' },
				{ name: 'Bramley Ltd', contactNumber: 'K-2' },
			]);
			const [merged = '', id = ''] = inXero().map(({ ContactID }) => String(ContactID));
			world.sandbox.xero.person.mergeContacts(merged, id);
			const before = writes().length;
			for (const own of [
				customer({ name: 'Acme Ltd', contactNumber: 'K-1' }),
				customer({ name: 'Acme Ltd' }, merged),
			]) {
				const { outcomes } = await adopt([own], {}, CONTACT);
				expect(codes(outcomes)).toEqual([['XERO_CONTACT_CONTRADICTED']]);
				expect(codes(await upsert([own], CONTACT))).toEqual([['XERO_CONTACT_CONTRADICTED']]);
			}
			expect(writes()).toHaveLength(before);
			// What the message advises.
			const one = customer({ name: 'Bramley Ltd', contactNumber: 'K-2' }, merged);
			expect((await adopt([one], {}, CONTACT)).outcomes).toMatchObject([
				{ outcome: 'linked', document: { id } },
			]);
			expect(await upsert([one], CONTACT)).toMatchObject([
				{ outcome: 'unchanged', document: { id } },
			]);
		});
	});
});
