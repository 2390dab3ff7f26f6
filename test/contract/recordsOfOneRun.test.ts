import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { definitionOf } from '../support/definitionOf';

const LINE: FieldValues = { description: 'Work', quantity: '1', unitAmount: '200' };
const ALDGATE: FieldValues = { 'contact.name': 'Aldgate Ltd', 'contact.contactNumber': 'K-100' };
const NAMESAKE: FieldValues = { ...ALDGATE, 'contact.contactNumber': 'K-101' };
const UPDATES_CONTACTS = { contactPolicy: 'matchCreateOrUpdate' } as const;

function record(
	recordId: string,
	fields: FieldValues,
	{ id, type = 'salesInvoice' }: { id?: string; type?: DocumentType } = {},
): Draft {
	const isContact = type === 'contact';
	const due: FieldValues = type === 'salesInvoice' ? { dueDate: '2026-12-20' } : {};
	return {
		type,
		itemIndexes: [0],
		...(id === undefined ? {} : { id }),
		fields: isContact ? fields : { date: '2026-11-20', ...due, ...fields },
		...(isContact ? {} : { lines: [{ fields: LINE }] }),
		source: { knackRecordId: recordId, table: 'object_2' },
		issues: [],
	};
}

describe('records of one run', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	/** Previews and runs, and holds the two against each other. */
	async function run(drafts: readonly Draft[], options: Partial<UpsertOptions> = {}) {
		const definition = definitionOf(drafts[0]?.type ?? 'salesInvoice');
		const { settings, clock, turns } = world;
		const all = { ...DEFAULT_OPTIONS, ...options };
		const context = () => ({ client: world.anotherClient(), settings, clock, turns });
		const preview = await previewDocuments(context(), definition, drafts, all);
		const { outcomes } = await upsertDocuments(context(), definition, drafts, all);
		const kinds = outcomes.map(({ outcome }) => outcome);
		expect(
			preview.outcomes.map(({ outcome }) =>
				outcome.replace('wouldCreate', 'created').replace('wouldUpdate', 'updated'),
			),
		).toEqual(kinds);
		return {
			kinds,
			ids: outcomes.map(({ document }) => document.id),
			codes: outcomes.map(({ issues }) => issues.map(({ code }) => code)),
			messages: outcomes.map(({ issues }) => issues.map(({ message }) => message).join(' ')),
			fixes: outcomes.map(({ issues }) => issues.map(({ fix }) => fix).join(' ')),
		};
	}

	const person = () => world.sandbox.xero.person;
	const namesInXero = () => world.sandbox.xero.contacts().map(({ Name }) => Name);

	async function renameInXero(name: string, to: string): Promise<void> {
		const contact = world.sandbox.xero.contacts().find((each) => each.Name === name);
		const answer = await world.anotherClient().write({
			method: 'POST',
			path: '/Contacts',
			body: { Contacts: [{ ContactID: contact?.ContactID, Name: to }] },
			idempotencyKey: `rename to ${to}`,
		});
		expect(answer.kind).toBe('accepted');
	}

	describe('contacts of one name', () => {
		const first = record('a1', { ...ALDGATE, invoiceNumber: 'J-1' });
		const ofNamesake = record('a2', { ...NAMESAKE, invoiceNumber: 'J-2' });

		it.each([
			['contacts are brought up to date', UPDATES_CONTACTS],
			['contacts are left as they are', {}],
		] as const)(
			'holds a record whose contact was renamed in Xero while this run makes one of its old name, where %s',
			async (_, options) => {
				const [id] = (await run([first])).ids;
				await renameInXero('Aldgate Ltd', 'Mistral Group');
				const both = await run([{ ...first, id }, ofNamesake], options);
				expect(both).toMatchObject({
					kinds: ['held', 'created'],
					codes: [['XERO_CONTACT_CONTRADICTED'], []],
				});
				expect(both.messages[0]).toContain('K-100');
				expect(both.messages[0]).toContain('K-101');
				expect(namesInXero()).toEqual(['Mistral Group', 'Aldgate Ltd']);
				// A second run says the same.
				expect((await run([{ ...first, id }, ofNamesake], options)).kinds).toEqual([
					'held',
					'unchanged',
				]);
			},
		);

		it('holds a name that another record of it, with a number, would put onto another contact', async () => {
			const corvus = { 'contact.name': 'Corvus Ltd', 'contact.contactNumber': 'K-102' };
			await run([record('a0', { ...corvus, invoiceNumber: 'J-0' })]);
			const numbered = record('a3', {
				...corvus,
				'contact.name': 'Aldgate Ltd',
				invoiceNumber: 'J-3',
			});
			const named = record('a1', { 'contact.name': 'Aldgate Ltd', invoiceNumber: 'J-1' });
			const both = await run([numbered, named]);
			expect(both).toMatchObject({
				kinds: ['held', 'held'],
				codes: [['XERO_CONTACT_CONTRADICTED'], ['XERO_CONTACT_CONTRADICTED']],
			});
			expect(both.messages[1]).toContain('Aldgate Ltd');
			expect(both.messages[1]).toContain('Corvus Ltd, number K-102');
			expect(namesInXero()).toEqual(['Corvus Ltd']);
			// As the fix says: one customer, or two.
			const asOne = record('a1', {
				...corvus,
				'contact.name': 'Aldgate Ltd',
				invoiceNumber: 'J-1',
			});
			expect((await run([numbered, asOne])).kinds).toEqual(['created', 'created']);
			const asTwo = record('a4', { 'contact.name': 'Aldgate Roofing', invoiceNumber: 'J-4' });
			expect((await run([numbered, asTwo])).kinds).toEqual(['unchanged', 'created']);
		});

		it('holds contact records that this run would give one name', async () => {
			const contact = (recordId: string, name: string, id?: string) =>
				record(recordId, { name, emailAddress: `${recordId}@x.example` }, { type: 'contact', id });
			const { ids } = await run([contact('c1', 'Bramley'), contact('c2', 'Corvus')]);
			const renamed = await run([
				contact('c1', 'Dunmore', ids[0]),
				contact('c2', 'Dunmore', ids[1]),
			]);
			expect(renamed).toMatchObject({
				kinds: ['held', 'held'],
				codes: [['XERO_KEY_OF_ANOTHER'], ['XERO_KEY_OF_ANOTHER']],
			});
			const taking = await run([contact('c1', 'Dunmore', ids[0]), contact('c3', 'Dunmore')]);
			expect(taking.kinds).toEqual(['held', 'created']);
			expect(namesInXero()).toEqual(['Bramley', 'Corvus', 'Dunmore']);
		});

		it('holds a contact record that leads to the contact whose id another keeps', async () => {
			const [made] = (await run([record('c1', { name: 'Aldgate Ltd' }, { type: 'contact' })])).ids;
			const both = await run([
				record('c1', { name: 'Aldgate Group' }, { type: 'contact', id: made }),
				record('c2', { name: 'Aldgate Ltd', firstName: 'Sam' }, { type: 'contact' }),
			]);
			expect(both.kinds).toEqual(['updated', 'held']);
			expect(both.messages[1]).toContain('2 records of this run lead to Aldgate Ltd in Xero');
			expect(namesInXero()).toEqual(['Aldgate Group']);
		});

		it('posts for both customers where a person has merged their contacts', async () => {
			const other = { 'contact.name': 'Corvus Ltd', 'contact.contactNumber': 'K-102' };
			await run([first, record('a3', { ...other, invoiceNumber: 'J-3' })]);
			const [aldgate, corvus] = world.sandbox.xero
				.contacts()
				.map(({ ContactID }) => String(ContactID));
			person().mergeContacts(corvus ?? '', aldgate ?? '');
			const later = await run([
				record('a4', { ...other, invoiceNumber: 'J-4' }),
				record('a5', { ...ALDGATE, invoiceNumber: 'J-5' }),
			]);
			expect(later.kinds).toEqual(['created', 'created']);
		});
	});

	describe('numbers and references that go to another record’s document', () => {
		it('holds the new record, and lets the other have its number', async () => {
			const { ids } = await run([record('a1', { ...ALDGATE, invoiceNumber: 'J-1' })]);
			const both = await run([
				record('a2', { 'contact.name': 'Bramley Ltd', invoiceNumber: 'J-7' }),
				record('a1', { ...ALDGATE, invoiceNumber: 'J-7' }, { id: ids[0] }),
			]);
			expect(both).toMatchObject({
				kinds: ['held', 'updated'],
				codes: [['XERO_KEY_OF_ANOTHER'], []],
			});
			expect(both.messages[0]).toContain('J-1');
			expect(both.messages[0]).toContain('J-7');
		});

		it('holds both of two documents that would get one number', async () => {
			const { ids } = await run([
				record('a1', { ...ALDGATE, invoiceNumber: 'J-1' }),
				record('a2', { ...ALDGATE, invoiceNumber: 'J-2' }),
			]);
			const both = await run([
				record('a1', { ...ALDGATE, invoiceNumber: 'J-7' }, { id: ids[0] }),
				record('a2', { ...ALDGATE, invoiceNumber: 'J-7' }, { id: ids[1] }),
			]);
			expect(both).toMatchObject({
				kinds: ['held', 'held'],
				codes: [['XERO_KEY_OF_ANOTHER'], ['XERO_KEY_OF_ANOTHER']],
			});
			expect(world.sandbox.xero.invoices()).toMatchObject([
				{ InvoiceNumber: 'J-1' },
				{ InvoiceNumber: 'J-2' },
			]);
		});

		it('takes no credit note for a twin of the one that gets its reference', async () => {
			const type = 'salesCreditNote';
			const { ids } = await run([record('a1', { ...ALDGATE, reference: 'PO 1' }, { type })]);
			const both = await run([
				record('a2', { ...ALDGATE, reference: 'October' }, { type }),
				record('a1', { ...ALDGATE, reference: 'October' }, { type, id: ids[0] }),
			]);
			expect(both).toMatchObject({
				kinds: ['held', 'updated'],
				codes: [['XERO_KEY_OF_ANOTHER'], []],
			});
			const { creditNotes } = world.sandbox.xero.organisation();
			expect(creditNotes.all()).toMatchObject([{ reference: 'October', status: 'DRAFT' }]);
			// Of another customer it is another document's.
			const third = record('a3', { 'contact.name': 'Bramley Ltd', reference: 'June' }, { type });
			const apart = await run([
				third,
				record('a1', { ...ALDGATE, reference: 'June' }, { type, id: ids[0] }),
			]);
			expect(apart.kinds).toEqual(['created', 'updated']);
		});
	});

	describe('a reference that one new record has beside its number, and another alone', () => {
		const numbered = (recordId: string, path: string, type: DocumentType) =>
			record(recordId, { ...ALDGATE, [path]: 'J-1', reference: 'PO 1' }, { type });
		const other = (recordId: string, type: DocumentType, reference = 'PO 1'): Draft => ({
			...record(recordId, { ...ALDGATE, reference }, { type }),
			lines: [{ fields: { description: 'Boots', quantity: '1', unitAmount: '5' } }],
		});
		const quotes = () => world.sandbox.xero.organisation().quotes.all();

		it('is held where no link tells whose document is whose, and nothing is written over', async () => {
			const first = numbered('a1', 'quoteNumber', 'quote');
			const both = await run([first, other('a2', 'quote')]);
			expect(both).toMatchObject({
				kinds: ['created', 'held'],
				codes: [[], ['XERO_KEY_OF_ANOTHER']],
			});
			expect(both.messages[1]).toContain('J-1');
			expect(quotes()).toMatchObject([{ status: 'DRAFT', lines: [{ description: 'Work' }] }]);
			// What the message advises.
			const advised = await run([first, other('a2', 'quote', 'PO 2')]);
			expect(advised.kinds).toEqual(['unchanged', 'created']);
		});

		it('makes two invoices of two records also where no link is sent, as the preview says', async () => {
			const first = numbered('a1', 'invoiceNumber', 'salesInvoice');
			const both = await run([first, other('a2', 'salesInvoice')], { sourceLink: false });
			expect(both.kinds).toEqual(['created', 'created']);
			expect(world.sandbox.xero.invoices()).toMatchObject([
				{ InvoiceNumber: 'J-1', LineItems: [{ Description: 'Work' }] },
				{ LineItems: [{ Description: 'Boots' }] },
			]);
		});

		it('stops no invoice, whose link names its record, unless it is the same record', async () => {
			const first = numbered('a1', 'invoiceNumber', 'salesInvoice');
			const both = await run([first, other('a2', 'salesInvoice')]);
			expect(both.kinds).toEqual(['created', 'created']);
			const second = numbered('a3', 'invoiceNumber', 'salesInvoice');
			const fields = { ...second.fields, invoiceNumber: 'J-3', reference: 'PO 3' };
			const twice = await run([{ ...second, fields }, other('a3', 'salesInvoice', 'PO 3')]);
			expect(twice).toMatchObject({
				kinds: ['created', 'held'],
				codes: [[], ['XERO_KEY_OF_ANOTHER']],
			});
			expect(twice.fixes[1]).toContain('Run the record again by itself');
		});
	});

	it('sends no two payments of two records that are alike in everything, but for one record that came twice', async () => {
		const invoice = { 'contact.name': 'Aldgate Ltd', invoiceNumber: 'INV-1', status: 'AUTHORISED' };
		const line = { ...LINE, accountCode: '200', taxType: 'NONE' };
		await run([{ ...record('a1', invoice), lines: [{ fields: line }] }]);
		const paid = (recordId: string): Draft => ({
			...record(recordId, {}, { type: 'payment' }),
			lines: undefined,
			fields: {
				'invoice.number': 'INV-1',
				'account.code': '090',
				reference: 'INV-1',
				date: '2026-11-21',
				amount: '50',
			},
		});
		const both = await run([paid('b1'), paid('b2')]);
		expect(both.kinds).toEqual(['blocked', 'blocked']);
		expect(both.codes).toEqual([['XERO_DUPLICATE_IN_BATCH'], ['XERO_DUPLICATE_IN_BATCH']]);
		expect((await run([paid('b1'), paid('b1')])).kinds).toEqual(['created', 'unchanged']);
	});

	it('says of two customers that keep one Contact ID what helps: to clear it on one', async () => {
		const customer = (recordId: string, emailAddress: string, id?: string) =>
			record(recordId, { name: `Customer ${recordId}`, emailAddress }, { type: 'contact', id });
		const { ids } = await run([customer('a1', 'a1@aldgate.example')]);
		const [id] = ids;
		const first = customer('a1', 'a1@aldgate.example', id);
		const held = await run([first, customer('a2', 'a2@aldgate.example', id)]);
		expect(held.kinds).toEqual(['blocked', 'blocked']);
		expect(held.fixes[1]).toBe(
			'Clear the Contact ID on the Knack record that it does not belong to.',
		);
		const mended = await run([first, customer('a2', 'a2@aldgate.example')]);
		expect(mended.kinds).toEqual(['unchanged', 'created']);
	});

	it('looks a customer whose Contact ID is kept up by that alone', async () => {
		const customer = (id?: string) =>
			record('a1', { name: 'Aldgate', emailAddress: 'a@aldgate.example' }, { type: 'contact', id });
		const { ids } = await run([customer()]);
		world.sandbox.journal.clear();
		expect((await run([customer(ids[0])])).kinds).toEqual(['unchanged']);
		const asked = world.sandbox.journal.filter({ method: 'GET', path: 'Contacts' });
		// Once for the preview, and once for the run.
		expect(asked).toHaveLength(2);
		expect(JSON.stringify(asked.map(({ query }) => query))).not.toMatch(/Aldgate/i);
	});

	it('shows the document that a record keeps although its customer is not clear', async () => {
		const order = (id?: string) =>
			record('a1', { 'contact.name': 'Aldgate Ltd', reference: 'ORD-1' }, { id });
		const { ids } = await run([order()]);
		await renameInXero('Aldgate Ltd', 'Harbour Cafe');
		world.sandbox.xero.seedContacts([
			{ name: 'Harbour Bar', emailAddress: 'y@shared.example' },
			{ name: 'Harbour Bär', emailAddress: 'z@shared.example' },
		]);
		const unclear = { ...order(ids[0]) };
		const held = await run([
			{ ...unclear, fields: { ...unclear.fields, 'contact.name': 'Harbour  B.a.r' } },
		]);
		expect(held).toMatchObject({ kinds: ['held'], codes: [['XERO_CONTACT_AMBIGUOUS']] });
		expect(held.ids).toEqual(ids);
	});

	it('shows no document by its number while its customer is not clear', async () => {
		await run([record('a1', { ...ALDGATE, invoiceNumber: 'J-1' })]);
		world.sandbox.xero.seedContacts([{ name: 'Harbour & Sons' }, { name: 'Harbour and Sons' }]);
		const unclear = { 'contact.name': 'Harbour + Sons', invoiceNumber: 'J-1' };
		expect(await run([record('a1', unclear)])).toMatchObject({
			kinds: ['held'],
			codes: [['XERO_CONTACT_AMBIGUOUS']],
			ids: [undefined],
		});
	});

	it('says of a record that came twice with other content to run it by itself', async () => {
		const order = (dueDate: string) => record('a1', { ...ALDGATE, reference: 'June', dueDate });
		const held = await run([order('2026-12-20'), order('2026-12-24')]);
		expect(held.kinds).toEqual(['blocked', 'blocked']);
		expect(held.fixes[0]).toMatch(/^Run the record again by itself/);
		expect((await run([order('2026-12-24')])).kinds).toEqual(['created']);
	});

	it('says what the record is by now where its document was deleted', async () => {
		const { ids } = await run([record('a1', { ...ALDGATE, invoiceNumber: 'J-1' })]);
		await world.anotherClient().write({
			method: 'POST',
			path: '/Invoices',
			body: { Invoices: [{ InvoiceID: ids[0], Status: 'DELETED' }] },
			idempotencyKey: 'delete',
		});
		const held = await run([record('a1', { ...ALDGATE, invoiceNumber: 'NEW-1' }, { id: ids[0] })]);
		expect(held).toMatchObject({ kinds: ['held'], codes: [['XERO_DOCUMENT_GONE']] });
		expect(held.messages[0]).toContain('J-1');
		expect(held.messages[0]).toContain('NEW-1');
	});
});
