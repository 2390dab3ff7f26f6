import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { definitionOf } from '../support/definitionOf';
import { DOCUMENT_CASES, draftOf } from './documentCases';

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

		it('makes one contact of new names that are written nearly alike, and holds the later', async () => {
			const named = (recordId: string, name: string, more: FieldValues = {}) =>
				record(recordId, { 'contact.name': name, invoiceNumber: recordId, ...more });
			const records = [
				named('J-1', 'Zoë & Co. Ltd'),
				named('J-2', 'Zoe and Co Limited'),
				named('J-3', 'ZOE + CO LTD', { 'contact.contactNumber': 'K-7' }),
				named('J-4', 'Zoë & Co. Ltd'),
			];
			const first = await run(records);
			expect(first).toMatchObject({
				kinds: ['created', 'held', 'created', 'created'],
				codes: [[], ['XERO_CONTACT_LOOKS_ALIKE'], [], []],
			});
			expect(first.messages[1]).toContain('Zoë & Co. Ltd; Zoe and Co Limited');
			expect(namesInXero()).toEqual(['Zoë & Co. Ltd', 'ZOE + CO LTD']);
		});

		it('holds a new contact record whose name is written nearly as another’s', async () => {
			const contact = (recordId: string, name: string) =>
				record(recordId, { name }, { type: 'contact' });
			const both = await run([contact('c1', 'Dunmore Ltd'), contact('c2', 'Dunmore Limited')]);
			expect(both).toMatchObject({
				kinds: ['created', 'held'],
				codes: [[], ['XERO_CONTACT_LOOKS_ALIKE']],
			});
			expect(namesInXero()).toEqual(['Dunmore Ltd']);
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

		it('says of two records with other values for one contact whose value goes to Xero', async () => {
			const ofPhone = (recordId: string, phone: string, email?: string) =>
				record(recordId, {
					...ALDGATE,
					...(email === undefined ? {} : { 'contact.emailAddress': email }),
					'contact.phones.mobile.phoneNumber': phone,
					invoiceNumber: recordId,
				});
			const records = [
				ofPhone('a1', '0555 1', 'one@aldgate.example'),
				ofPhone('a2', '0555 2', 'two@aldgate.example'),
				ofPhone('a3', '(05 55) 1'),
			];
			const codes = [[], ['XERO_CONTACT_VALUES_DIFFER', 'XERO_CONTACT_VALUES_DIFFER'], []];
			const made = await run(records, UPDATES_CONTACTS);
			expect(made).toMatchObject({ kinds: ['created', 'created', 'created'], codes });
			expect(made.messages[1]).toContain('"0555 2" on this record, and "0555 1" on another one');
			expect(made.messages[1]).toContain('"two@aldgate.example" on this record');
			expect((await run(records, UPDATES_CONTACTS)).codes).toEqual(codes);
			// Where contacts are left alone, none of it goes over.
			expect((await run(records)).codes).toEqual([[], [], []]);
			// As the fix says.
			const mended = [records[0], ofPhone('a2', '0555 1', 'one@aldgate.example')].flatMap(
				(each) => each ?? [],
			);
			expect((await run(mended, UPDATES_CONTACTS)).codes).toEqual([[], []]);
		});

		it('makes no address and no person of two records’, and adds what one says more of the same', async () => {
			const at = (recordId: string, fields: FieldValues) =>
				record(recordId, {
					...ALDGATE,
					...Object.fromEntries(
						Object.entries(fields).map(([path, value]) => [`contact.${path}`, value]),
					),
					invoiceNumber: recordId,
				});
			const street = 'addresses.pobox.addressLine1';
			const city = 'addresses.pobox.city';
			const made = await run([
				at('a1', {
					[street]: '1 Mill Lane',
					firstName: 'Ann',
					'phones.default.phoneNumber': '1',
					'contactPersons.1.firstName': 'Ben',
				}),
				at('a2', {
					[street]: '9 Quay',
					[city]: 'Hove',
					firstName: 'Kay',
					lastName: 'Quill',
					'contactPersons.1.firstName': 'Lea',
					'contactPersons.1.lastName': 'Quill',
				}),
				at('a3', { [street]: '1 Mill Lane', 'addresses.pobox.postalCode': 'BN7 2ZZ' }),
				at('a4', { 'phones.default.phoneNumber': '1', 'phones.default.phoneAreaCode': '0555' }),
			]);
			expect(made.codes[1]).toEqual(Array(3).fill('XERO_CONTACT_VALUES_DIFFER'));
			const [contact] = world.sandbox.xero.contacts();
			expect(definitionOf('contact').read(contact ?? {}).fields).toMatchObject({
				[street]: '1 Mill Lane',
				'addresses.pobox.postalCode': 'BN7 2ZZ',
				firstName: 'Ann',
				'phones.default.phoneNumber': '1',
				'phones.default.phoneAreaCode': '0555',
			});
			expect(JSON.stringify(contact)).not.toMatch(/Hove|Quill/);
		});

		it('posts for one contact that one record names by its Contact ID and another by its name', async () => {
			world.sandbox.xero.seedContacts([{ name: 'Aldgate Ltd', contactNumber: 'K-100' }]);
			const id = String(world.sandbox.xero.contacts()[0]?.ContactID);
			const named = { 'contact.name': 'Aldgate Ltd' };
			const byId = record('a1', { ...named, 'contact.id': id, invoiceNumber: 'J-1' });
			const byName = record('a2', { ...named, invoiceNumber: 'J-2' });
			expect((await run([byName, byId])).kinds).toEqual(['created', 'created']);
			// Who else has that name, by their code, is somebody else.
			const other = record('a3', { ...NAMESAKE, invoiceNumber: 'J-3' });
			expect((await run([byId, other])).kinds).toEqual(['unchanged', 'held']);
			// Where it is written over, the two would write over each other; as the fix says.
			const held = await run([byName, byId], UPDATES_CONTACTS);
			expect(held.fixes.join(' ')).toContain('keep its Contact ID on both records');
			const withId = { ...byName, fields: { ...byName.fields, 'contact.id': id } };
			expect((await run([withId, byId], UPDATES_CONTACTS)).kinds).toEqual([
				'unchanged',
				'unchanged',
			]);
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

	describe.each([
		['bill', 'invoiceNumber'],
		['supplierCreditNote', 'creditNoteNumber'],
		['purchaseOrder', 'reference'],
		['quote', 'reference'],
		['bankTransaction', 'reference'],
	] as const)('two new records by %s that name one customer in two ways', (type, path) => {
		const { fields, lines } = DOCUMENT_CASES[type];
		const { purchaseOrderNumber: _order, quoteNumber: _quote, ...others } = fields;
		const ofContact = (recordId: string, contact: FieldValues, key = 'S-1'): Draft => ({
			...draftOf(type, { fields: { ...others, ...contact, [path]: key }, lines }),
			source: { knackRecordId: recordId, table: 'object_2' },
		});
		const named = { 'contact.name': 'Aldgate Ltd' };

		it.each([
			['with a code and without', ALDGATE, false],
			['with a code and without, of a contact that Xero has', ALDGATE, true],
		] as const)('are held %s, as two that name it alike', async (_, numbered, isKnown) => {
			if (isKnown)
				world.sandbox.xero.seedContacts([{ name: 'Aldgate Ltd', contactNumber: 'K-100' }]);
			const both = await run([ofContact('a1', numbered), ofContact('a2', named)]);
			expect(both).toMatchObject({
				kinds: ['held', 'held'],
				codes: [['XERO_KEY_OF_ANOTHER'], ['XERO_KEY_OF_ANOTHER']],
			});
			expect(both.messages[1]).toContain('record a1');
			// As the fix says.
			const apart = await run([ofContact('a1', numbered), ofContact('a2', named, 'S-2')]);
			expect(apart.kinds).toEqual(['created', 'created']);
			const again = await run([ofContact('a1', numbered), ofContact('a2', named, 'S-2')]);
			expect(again.kinds).toEqual(['unchanged', 'unchanged']);
		});

		it('are made where they name two customers', async () => {
			const other = { 'contact.name': 'Bramley Ltd' };
			const both = await run([ofContact('a1', ALDGATE), ofContact('a2', other)]);
			expect(both.kinds).toEqual(['created', 'created']);
		});
	});

	it.each(['payment', 'timeEntry', 'item', 'contact'] as const)(
		'loses no second %s that is alike in everything, unless it is the same on every record',
		async (type) => {
			await DOCUMENT_CASES[type].before?.(world);
			const draft = draftOf(type, DOCUMENT_CASES[type]);
			const ofRecord = (knackRecordId: string): Draft => ({
				...draft,
				source: { knackRecordId, table: 'object_2' },
			});
			const isSame = type === 'item' || type === 'contact';
			const both = await run([ofRecord('a1'), ofRecord('a2')]);
			expect(both.kinds).toEqual(isSame ? ['created', 'unchanged'] : ['blocked', 'blocked']);
			if (!isSame) expect(both.messages[1]).toContain('alike in everything');
			const delivered = await run([ofRecord('a1'), ofRecord('a1')]);
			expect(delivered.kinds).toEqual([isSame ? 'unchanged' : 'created', 'unchanged']);
		},
	);

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
