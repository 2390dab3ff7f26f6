import { at, salesInvoice, Session, texts, type Reply } from './sandboxXeroSession';

describe('the Xero sandbox: contacts', () => {
	let xero: Session;
	const put = (body: unknown) => xero.api('PUT', '/Contacts', body);
	const post = (body: unknown) => xero.api('POST', '/Contacts', body);
	const errorsOf = (reply: Reply) => texts(at(reply.json, 'Elements', 0, 'ValidationErrors'));
	const names = async (query = '') =>
		texts(at((await xero.api('GET', `/Contacts${query}`)).json, 'Contacts'), 'Name');

	beforeEach(() => {
		xero = new Session();
	});

	it('matches by id, by number, then by name whatever its case', async () => {
		const made = await put({ Name: ' Harbour   Cafe ', ContactNumber: 'K-1' });
		const id = at(made.json, 'Contacts', 0, 'ContactID');
		await post({ ContactID: id, FirstName: 'Ida' });
		await post({ ContactNumber: 'K-1', LastName: 'Moor' });
		await post({ Name: 'HARBOUR CAFE', EmailAddress: 'ida@example.com' });
		expect(xero.twin.contacts()).toHaveLength(1);
		expect(at(xero.twin.contacts(), 0)).toMatchObject({
			Name: 'HARBOUR CAFE',
			ContactNumber: 'K-1',
			FirstName: 'Ida',
			LastName: 'Moor',
			EmailAddress: 'ida@example.com',
		});
	});

	it('refuses with PUT what is there already', async () => {
		await put({ Name: 'Harbour Cafe', ContactNumber: 'K-1' });
		expect(errorsOf(await put({ Name: 'harbour cafe' }))).toEqual([
			'The contact name harbour cafe is already assigned to another contact. The contact name must be unique across all active contacts.',
		]);
		expect((await put({ Name: 'Other', ContactNumber: 'K-1' })).status).toBe(400);
		expect(errorsOf(await put({ FirstName: 'Ida' }))).toEqual([
			'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber',
		]);
		expect(errorsOf(await put({ Name: 'x', EmailAddress: 'ida@' }))).toEqual([
			'Email address must be valid.',
		]);
		expect((await put({ Name: 'a <b>' })).status).toBe(400);
		expect((await post({ ContactID: '11111111-2222-4333-8444-555555555555' })).status).toBe(404);
	});

	it('merges telephone and address by type and replaces contact persons', async () => {
		await post({
			Name: 'Harbour Cafe',
			Phones: [
				{ PhoneType: 'DEFAULT', PhoneNumber: '1' },
				{ PhoneType: 'MOBILE', PhoneNumber: '2' },
			],
			Addresses: [{ AddressType: 'POBOX', City: 'Leeds' }],
			ContactPersons: [{ FirstName: 'Ida' }, { FirstName: 'Ned' }],
		});
		await post({
			Name: 'Harbour Cafe',
			Phones: [{ PhoneType: 'MOBILE', PhoneNumber: '3' }],
			ContactPersons: [{ FirstName: 'Zoe' }],
		});
		const contact = at(xero.twin.contacts(), 0);
		expect(at(contact, 'Phones')).toMatchObject([
			{ PhoneType: 'DDI', PhoneNumber: '' },
			{ PhoneType: 'DEFAULT', PhoneNumber: '1' },
			{ PhoneType: 'FAX', PhoneNumber: '' },
			{ PhoneType: 'MOBILE', PhoneNumber: '3' },
		]);
		expect(at(contact, 'Addresses', 1)).toMatchObject({ AddressType: 'POBOX', City: 'Leeds' });
		expect(at(contact, 'ContactPersons')).toEqual([{ FirstName: 'Zoe', IncludeInEmails: false }]);
	});

	it('archives for good: neither edit nor restore, and the name is free again', async () => {
		const made = await put({ Name: 'Harbour Cafe' });
		const ContactID = at(made.json, 'Contacts', 0, 'ContactID');
		expect((await post({ ContactID, ContactStatus: 'ARCHIVED' })).status).toBe(200);
		for (const change of [{ FirstName: 'x' }, { ContactStatus: 'ACTIVE' }]) {
			expect(errorsOf(await post({ ContactID, ...change }))).toEqual([
				'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.',
			]);
		}
		expect(await names()).toEqual([]);
		expect(await names('?includeArchived=true')).toEqual(['Harbour Cafe']);
		expect((await put({ Name: 'Harbour Cafe' })).status).toBe(200);
	});

	it('follows a merge only by id and in pages', async () => {
		const [from, into] = xero.twin.seedContacts([
			{ name: 'Cafe Harbour' },
			{ name: 'Harbour Cafe' },
		]);
		await xero.api('PUT', '/Invoices', salesInvoice({ Contact: { ContactID: from?.contactId } }));
		xero.twin.person.mergeContacts(from?.contactId ?? '', into?.contactId ?? '');
		const byId = await xero.api('GET', `/Contacts/${from?.contactId}`);
		expect(at(byId.json, 'Contacts', 0)).toMatchObject({
			ContactStatus: 'ARCHIVED',
			MergedToContactID: into?.contactId,
		});
		const unpaged = await xero.api('GET', '/Contacts?includeArchived=true');
		expect(unpaged.text).not.toContain('MergedToContactID');
		const paged = await xero.api('GET', '/Contacts?includeArchived=true&page=1');
		expect(paged.text).toContain('MergedToContactID');
		expect(at(xero.twin.invoices(), 0, 'Contact', 'ContactID')).toBe(into?.contactId);
	});

	it('shows who is a customer and what they owe', async () => {
		await xero.api('PUT', '/Invoices', salesInvoice({ DueDate: '2026-11-01' }));
		const page = await xero.api('GET', '/Contacts?page=1');
		expect(at(page.json, 'Contacts', 0)).toMatchObject({
			IsCustomer: true,
			IsSupplier: false,
			Balances: { AccountsReceivable: { Outstanding: 120, Overdue: 120 } },
		});
	});

	it('finds by number in the address, by search term, by where and by ids', async () => {
		const [one] = xero.twin.seedContacts([
			{ name: 'Harbour Cafe', contactNumber: 'K 1', emailAddress: 'ida@example.com' },
			{ name: 'Mill Lane Garage', archived: true },
			{ name: 'Mill Lane School' },
		]);
		const byNumber = await xero.api('GET', '/Contacts/K%201');
		expect(at(byNumber.json, 'Contacts', 0, 'Name')).toBe('Harbour Cafe');
		expect(await names('?searchTerm=IDA@')).toEqual(['Harbour Cafe']);
		expect(await names('?searchTerm=mill')).toEqual(['Mill Lane School']);
		const email = encodeURIComponent('EmailAddress=="ida@example.com"');
		expect(await names(`?where=${email}`)).toEqual(['Harbour Cafe']);
		expect(await names(`?IDs=${one?.contactId}`)).toEqual(['Harbour Cafe']);
	});
});
