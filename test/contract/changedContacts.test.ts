import type { Draft } from '../../lib/sync/draft';
import type { UpsertOptions } from '../../lib/sync/upsert';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { draft, LINE, previewAndRun, writtenByHand } from './rightOrHeldTestbed';

describe('a contact that was changed in Xero', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	const run = (drafts: readonly Draft[], options: Partial<UpsertOptions> = {}) =>
		previewAndRun(world, drafts, options);
	const inXero = (path: string, element: object) => writtenByHand(world, path, element);

	const contacts = () => world.sandbox.xero.contacts();

	describe('of a customer who was renamed in Xero', () => {
		const quote = (recordId: string, name: string, fields: FieldValues = {}) =>
			draft({ type: 'quote', recordId, fields: { 'contact.name': name, ...fields } });
		const october = (date: string): FieldValues => ({ reference: 'October', date });
		const rename = async (from: string, to: string) =>
			await inXero('Contacts', {
				ContactID: contacts().find(({ Name }) => Name === from)?.ContactID,
				Name: to,
			});

		it('is held where the record was edited too and others use its reference, as long as anything agrees', async () => {
			await run([
				quote('q1', 'Acme Ltd', october('2026-11-18')),
				quote('q2', 'Bolt Ltd', october('2026-11-05')),
			]);
			await rename('Acme Ltd', 'Lomond Group');
			const own = quote('q1', 'Acme Ltd', october('2026-11-18'));
			const edited = { ...own, lines: [{ fields: { ...LINE, unitAmount: '275' } }] };
			const held = await run([edited]);
			expect(held).toMatchObject({
				kinds: ['held'],
				codes: [['XERO_CONTACT_RENAMED']],
				writes: 0,
			});
			expect(held.issues[0]?.[0]?.message).toContain('Lomond Group');
			// What the message advises.
			const fields = { ...edited.fields, 'contact.name': 'Lomond Group' };
			expect((await run([{ ...edited, fields }])).kinds).toEqual(['updated']);
			expect(contacts()).toHaveLength(2);
		});

		it('stops no new customer where nothing but a common reference agrees', async () => {
			await run([
				quote('q1', 'Acme Ltd', october('2026-11-18')),
				quote('q2', 'Bolt Ltd', october('2026-11-05')),
			]);
			const another = quote('q3', 'Cobb Ltd', october('2026-11-20'));
			const lines = [{ fields: { ...LINE, description: 'Paint', unitAmount: '30' } }];
			expect((await run([{ ...another, lines }])).kinds).toEqual(['created']);
		});

		it('holds a new one beside it, so that the customer does not become two', async () => {
			await run([quote('q1', 'Acme Ltd', { reference: 'ORD-1' })]);
			await rename('Acme Ltd', 'Lomond Group');
			const both = [
				quote('q2', 'Acme Holding', { reference: 'ORD-2', date: '2026-11-02' }),
				quote('q1', 'Acme Holding', { reference: 'ORD-1' }),
			];
			const held = await run(both);
			expect(held).toMatchObject({
				kinds: ['held', 'held'],
				codes: [['XERO_CONTACT_RENAMED'], ['XERO_CONTACT_RENAMED']],
				writes: 0,
			});
			expect(held.issues[0]?.[0]?.message).toMatch(/"Acme Holding".*Lomond Group/);
			expect(contacts()).toHaveLength(1);
		});
	});

	it('does not change a quote that stays with an archived contact while the name leads to another', async () => {
		const sent = await run([draft({ type: 'quote' })]);
		const { ContactID } = contacts()[0] ?? {};
		await inXero('Contacts', { ContactID, ContactStatus: 'ARCHIVED' });
		await inXero('Contacts', { Name: 'Acme Ltd', EmailAddress: 'another@acme.example' });
		const [quote] = world.sandbox.xero.organisation().quotes.all();
		const again = await run([
			draft({
				type: 'quote',
				id: quote?.id,
				fingerprint: sent.outcomes[0]?.sync.fingerprint,
				lines: [{ unitAmount: '275' }],
			}),
		]);
		expect(again.codes[0]).toContain('XERO_CONTACT_ARCHIVED');
		expect(again.writes).toBe(0);
	});

	it('changes a quote that a person gave to another contact, beside one whose contact is archived', async () => {
		const own = [
			draft({ type: 'quote', fields: { quoteNumber: 'QU-1', reference: 'ORD-1' } }),
			draft({ type: 'quote', recordId: 'a2', fields: { quoteNumber: 'QU-2', reference: 'ORD-2' } }),
		];
		const made = await run(own);
		world.sandbox.xero.seedContacts([{ name: 'Bolt Ltd' }, { name: 'Cobb Ltd' }]);
		const quotes = world.sandbox.xero.organisation().quotes.all();
		for (const [index, name] of ['Bolt Ltd', 'Cobb Ltd'].entries()) {
			const { id, date } = quotes[index] ?? {};
			await inXero('Quotes', { QuoteID: id, Contact: { Name: name }, Date: date });
		}
		const cobb = contacts().find(({ Name }) => Name === 'Cobb Ltd')?.ContactID;
		await inXero('Contacts', { ContactID: cobb, ContactStatus: 'ARCHIVED' });
		const again = await run(
			own.map((each, index) => ({
				...each,
				id: quotes[index]?.id,
				lines: [{ fields: { ...LINE, unitAmount: '275' } }],
				source: { ...each.source, fingerprint: made.outcomes[index]?.sync.fingerprint },
			})),
		);
		expect(again.kinds).toEqual(['updated', 'blocked']);
		const held = again.issues[1]?.find(({ code }) => code === 'XERO_CONTACT_ARCHIVED');
		expect(held?.candidates).toEqual([{ id: cobb, label: 'Cobb Ltd, archived' }]);
		expect(held?.message).toMatch(
			/^The quote QU-2, .* is of Cobb Ltd, archived in Xero, not of Acme Ltd, and stays/,
		);
	});

	it('moves an invoice away from an archived contact to the one that the record names', async () => {
		world.sandbox.xero.seedContacts([{ name: 'Bolt Ltd' }]);
		await run([draft()]);
		const id = String(world.sandbox.xero.invoices()[0]?.InvoiceID);
		const { ContactID } = contacts().find(({ Name }) => Name === 'Acme Ltd') ?? {};
		await inXero('Contacts', { ContactID, ContactStatus: 'ARCHIVED' });
		const moved = await run([draft({ id, fields: { 'contact.name': 'Bolt Ltd' } })]);
		expect(moved).toMatchObject({ kinds: ['updated'], codes: [[]] });
		expect(world.sandbox.xero.invoices()).toMatchObject([{ Contact: { Name: 'Bolt Ltd' } }]);
	});

	it('is not asked for where a record that keeps its document names no customer', async () => {
		await run([draft({ fields: { status: 'DRAFT' } })]);
		const id = String(world.sandbox.xero.invoices()[0]?.InvoiceID);
		world.sandbox.journal.clear();
		const fields = { status: 'DRAFT', 'contact.name': '', dueDate: '2026-12-31' };
		expect(await run([draft({ id, fields })])).toMatchObject({ kinds: ['updated'], codes: [[]] });
		expect(world.sandbox.journal.filter({ method: 'GET', path: 'Contacts' })).toEqual([]);
		expect(world.sandbox.xero.invoices()).toMatchObject([{ Contact: { Name: 'Acme Ltd' } }]);
	});

	it('says of two equal quotes that one is too many, whichever the record may mean', async () => {
		const own = draft({ type: 'quote' });
		await run([own]);
		await run([draft({ type: 'quote', fields: { quoteNumber: 'QU-9' } })], {
			ruleSeverities: { XERO_DOCUMENT_CONTRADICTED: 'warn' },
		});
		const held = await run([own]);
		expect(held).toMatchObject({
			kinds: ['held'],
			codes: [['XERO_POSTED_TWICE']],
			writes: 0,
		});
		expect(held.issues[0]?.[0]?.candidates).toHaveLength(2);
	});

	it('changes neither of two equal quotes until a person has taken one back', async () => {
		const own = draft({ type: 'quote' });
		await run([own]);
		const { quotes } = world.sandbox.xero.organisation();
		const [first] = quotes.all();
		const by = await run([draft({ type: 'quote', fields: { quoteNumber: 'QU-9' } })], {
			ruleSeverities: { XERO_DOCUMENT_CONTRADICTED: 'warn' },
		});
		expect(by.kinds).toEqual(['created']);
		const kept = { ...own, id: first?.id };
		const edited = { ...kept, lines: [{ fields: { ...LINE, unitAmount: '275' } }] };
		expect(await run([kept])).toMatchObject({
			kinds: ['unchanged'],
			codes: [['XERO_POSTED_TWICE']],
		});
		for (const time of ['once', 'and again']) {
			const held = await run([edited]);
			expect({ time, ...held }).toMatchObject({
				time,
				kinds: ['held'],
				codes: [['XERO_POSTED_TWICE']],
				writes: 0,
			});
		}
		const surplus = quotes.all().find(({ id }) => id !== first?.id);
		await inXero('Quotes', {
			QuoteID: surplus?.id,
			Contact: { ContactID: surplus?.contactId },
			Date: surplus?.date,
			Status: 'DELETED',
		});
		expect((await run([edited])).kinds).toEqual(['updated']);
	});

	it.each<[string, FieldValues]>([
		['its number, under the name that it had', { name: 'Acme Ltd', contactNumber: 'K-1' }],
		['its address, where nothing else is known', { emailAddress: 'sam@lomond.example' }],
		['its name, as others write it', { name: 'The LOMOND group, limited' }],
	])('is found by %s, and no second one is made', async (_what, said) => {
		world.sandbox.xero.seedContacts([
			{
				name: 'Lomond Group Ltd',
				contactNumber: 'K-1',
				emailAddress: 'sam@lomond.example',
			},
		]);
		const order = draft({ fields: { 'contact.name': '' } });
		const named = Object.fromEntries(
			Object.entries(said).map(([path, value]) => [`contact.${path}`, value]),
		);
		const made = await run([{ ...order, fields: { ...order.fields, ...named } }]);
		expect(made.kinds).toEqual(['created']);
		expect(contacts().map(({ Name }) => Name)).toEqual(['Lomond Group Ltd']);
	});

	describe('that was merged into another', () => {
		beforeEach(() => {
			world.sandbox.xero.seedContacts([
				{ name: 'Acme Ltd', contactNumber: 'K-1' },
				{ name: 'Bramley Ltd', contactNumber: 'K-2' },
			]);
			const [acme, bramley] = world.sandbox.xero.organisation().contacts.all();
			world.sandbox.xero.person.mergeContacts(acme?.contactId ?? '', bramley?.contactId ?? '');
		});

		it('is told by the name that leads there, and the number that goes with it', async () => {
			const { kinds, issues } = await run([draft({ fields: { 'contact.contactNumber': 'K-3' } })]);
			expect(kinds).toEqual(['held']);
			expect(issues[0]?.[0]?.message).toBe(
				'"Acme Ltd" leads to Bramley Ltd, number K-2 in Xero, into which a contact of that name was merged; the record’s Contact Code is K-3, which that contact did not have.',
			);
		});

		it('is told by the number that leads there, where the record has another name', async () => {
			const contact = draft({ type: 'contact' });
			const fields = { name: 'Corvus Ltd', contactNumber: 'K-1' };
			const { kinds, issues } = await run([{ ...contact, fields, lines: undefined }]);
			expect(kinds).toEqual(['held']);
			expect(issues[0]?.[0]?.message).toBe(
				'The Contact Code K-1 of Corvus Ltd leads to a contact that was merged into Bramley Ltd, number K-2 in Xero, which is not written over.',
			);
		});
	});

	it('names a contact that both have changed in the middle of a sentence', async () => {
		const contact = (id?: string, fields: FieldValues = {}, fingerprint?: string): Draft => {
			const { source, ...rest } = draft({ type: 'contact', id });
			const ours = { name: 'Acme Ltd', firstName: 'Sam', ...fields };
			return { ...rest, fields: ours, lines: undefined, source: { ...source, fingerprint } };
		};
		const made = await run([contact()]);
		const { ContactID } = contacts()[0] ?? {};
		await inXero('Contacts', { ContactID, FirstName: 'Pat' });
		const { issues } = await run([
			contact(String(ContactID), { firstName: 'Kim' }, made.outcomes[0]?.sync.fingerprint),
		]);
		expect(issues[0]?.[0]?.message).toContain('what was last sent of Acme Ltd: ');
	});

	it('takes no e-mail address of a record that has its name alone in common with another, and says so', async () => {
		const options: Partial<UpsertOptions> = { contactPolicy: 'matchCreateOrUpdate' };
		const invoice = (recordId: string, fields: FieldValues) =>
			draft({
				recordId,
				fields: { 'contact.name': 'Aldgate Ltd', reference: recordId, ...fields },
			});
		await inXero('Contacts', {
			Name: 'Aldgate Ltd',
			ContactNumber: 'K-100',
			EmailAddress: 'first@aldgate.example',
		});
		const ofNumber = invoice('ORD-1', { 'contact.contactNumber': 'K-100' });
		const ofAddress = invoice('ORD-2', { 'contact.emailAddress': 'office@bramley.example' });
		const held = await run([ofNumber, ofAddress], options);
		expect(held).toMatchObject({
			kinds: ['held', 'held'],
			codes: [['XERO_CONTACT_CONTRADICTED'], ['XERO_CONTACT_CONTRADICTED']],
			writes: 0,
		});
		// What the message advises: one customer has one number.
		const named = { ...ofAddress.fields, 'contact.contactNumber': 'K-100' };
		const done = await run([ofNumber, { ...ofAddress, fields: named }], options);
		expect(done.kinds).toEqual(['created', 'created']);
		expect(contacts()).toMatchObject([{ EmailAddress: 'office@bramley.example' }]);
	});
});
