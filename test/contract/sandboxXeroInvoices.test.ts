import { at, salesInvoice, Session, texts, type Reply } from './sandboxXeroSession';

const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

function first(reply: Reply): unknown {
	return at(reply.json, 'Invoices', 0);
}

function errorsOf(reply: Reply): unknown[] {
	return texts(at(reply.json, 'Elements', 0, 'ValidationErrors'));
}

describe('the Xero sandbox: writing invoices', () => {
	let xero: Session;
	const put = (body: unknown, query = '') => xero.api('PUT', `/Invoices${query}`, body);
	const post = (body: unknown, query = '') => xero.api('POST', `/Invoices${query}`, body);

	beforeEach(() => {
		xero = new Session();
	});

	it('creates an approved invoice, its contact and the next number', async () => {
		const reply = await put({ Invoices: [salesInvoice()] });
		expect(reply.status).toBe(200);
		expect(first(reply)).toMatchObject({
			InvoiceNumber: 'INV-0001',
			Status: 'AUTHORISED',
			SubTotal: 100,
			TotalTax: 20,
			Total: 120,
			AmountDue: 120,
			Date: '/Date(1795132800000+0000)/',
			DateString: '2026-11-20T00:00:00',
			CurrencyCode: 'GBP',
			Contact: { Name: 'Harbour Cafe' },
		});
		expect(xero.twin.contacts()).toHaveLength(1);
	});

	it('takes keys in any case and a bare object', async () => {
		const reply = await put({
			type: 'ACCREC',
			contact: { name: 'Harbour Cafe' },
			lineitems: [{ description: 'Labour', quantity: '1', unitamount: '9.99', accountcode: '200' }],
		});
		expect(first(reply)).toMatchObject({ Status: 'DRAFT', SubTotal: 9.99 });
	});

	it('refuses a used sales number with PUT and overwrites by it with POST', async () => {
		await put(salesInvoice({ InvoiceNumber: 'A-1' }));
		const again = await put(salesInvoice({ InvoiceNumber: 'a-1' }));
		expect(again.status).toBe(400);
		expect(at(again.json, 'ErrorNumber')).toBe(10);
		expect(errorsOf(again)).toEqual(['Invoice # must be unique.']);
		const over = await post(salesInvoice({ InvoiceNumber: 'A-1', Reference: 'second' }));
		expect(first(over)).toMatchObject({ Reference: 'second' });
		expect(xero.twin.invoices()).toHaveLength(1);
	});

	it('lets two bills share a number', async () => {
		const bill = salesInvoice({
			Type: 'ACCPAY',
			InvoiceNumber: 'B-1',
			LineItems: [{ Description: 'Cable', UnitAmount: 10, AccountCode: '310' }],
		});
		await post(bill);
		await post(bill);
		expect(xero.twin.invoices()).toHaveLength(2);
	});

	it('reports per element, in order, with a zero GUID for what failed', async () => {
		const reply = await put(
			{
				Invoices: [
					salesInvoice({ InvoiceNumber: 'A-1' }),
					salesInvoice({ LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '999' }] }),
					salesInvoice({ InvoiceNumber: 'A-3' }),
				],
			},
			'?summarizeErrors=false',
		);
		expect(reply.status).toBe(200);
		expect(texts(at(reply.json, 'Invoices'), 'StatusAttributeString')).toEqual([
			'OK',
			'ERROR',
			'OK',
		]);
		expect(at(reply.json, 'Invoices', 1, 'InvoiceID')).toBe(ZERO_GUID);
		expect(texts(at(reply.json, 'Invoices', 1, 'ValidationErrors'))).toEqual([
			"Account code '999' is not a valid code for this document.",
		]);
		expect(texts(at(reply.json, 'Invoices', 1, 'LineItems', 0, 'ValidationErrors'))).toEqual([
			"Account code '999' is not a valid code for this document.",
		]);
		expect(xero.twin.invoices()).toHaveLength(2);
	});

	it('writes nothing when one element fails and errors are summarised', async () => {
		const heard: unknown[] = [];
		xero.twin.onChange((change) => heard.push(change));
		const reply = await put({ Invoices: [salesInvoice(), salesInvoice({ Contact: {} })] });
		expect(reply.status).toBe(400);
		expect(xero.twin.invoices()).toEqual([]);
		expect(xero.twin.contacts()).toEqual([]);
		expect(heard).toEqual([]);
	});

	it('answers 404 for a whole batch that names an unknown invoice', async () => {
		const unknown = { InvoiceID: '11111111-2222-4333-8444-555555555555', Status: 'VOIDED' };
		const reply = await post({ Invoices: [salesInvoice(), unknown] }, '?summarizeErrors=false');
		expect(reply.status).toBe(404);
		expect(reply.text).toBe("The resource you're looking for cannot be found");
		expect(xero.twin.invoices()).toEqual([]);
	});

	it.each([
		[
			'no contact',
			{ Contact: undefined },
			'A Contact must be specified for this type of transaction',
		],
		[
			'contact without key',
			{ Contact: { EmailAddress: 'a@example.com' } },
			'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber',
		],
		[
			'archived account',
			{ LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '205' }] },
			"Account code '205' has been archived or has been deleted. Each line item must reference a valid account.",
		],
		[
			'bank account',
			{ LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '090' }] },
			"Account code '090' is not a valid code for this document.",
		],
		[
			'no account',
			{ LineItems: [{ Description: 'x', UnitAmount: 1 }] },
			'The account code or ID must be specified',
		],
		[
			'tax and account clash',
			{ LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '429', TaxType: 'OUTPUT2' }] },
			"The TaxType code 'OUTPUT2' cannot be used with account code '429'.",
		],
		[
			'archived tax rate',
			{ LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '200', TaxType: 'TAX001' }] },
			'Tax rate must be Active',
		],
		['currency', { CurrencyCode: 'USD' }, 'Organisation is not subscribed to currency USD'],
		[
			'item',
			{ LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '200', ItemCode: 'NOPE' }] },
			'Item Code is invalid.',
		],
		[
			'line total',
			{
				LineItems: [
					{ Description: 'x', Quantity: 2, UnitAmount: 1, LineAmount: 3, AccountCode: '200' },
				],
			},
			'The line total 3.00 does not match the expected line total 2.00',
		],
		['totals', { Total: 1 }, 'The invoice total does not equal the sum of the lines.'],
		[
			'discount on a negative line',
			{
				LineItems: [
					{
						Description: 'x',
						Quantity: -1,
						UnitAmount: 1,
						DiscountRate: 27.83,
						AccountCode: '200',
					},
				],
				Status: 'DRAFT',
			},
			"The discount rate '27.83' is invalid. Discount must not be greater than the line total.",
		],
	])('says in Xero words what is wrong: %s', async (_case, members, message) => {
		const reply = await put(salesInvoice(members));
		expect(reply.status).toBe(400);
		expect(errorsOf(reply)).toContain(message);
		expect(xero.twin.invoices()).toEqual([]);
	});

	it('keeps documents out of a locked period', async () => {
		xero.twin.person.setOrganisation({ periodLockDate: '2018-11-30' });
		const locked = await put(salesInvoice({ Date: '2018-11-30' }));
		expect(errorsOf(locked)).toEqual([
			'The document date cannot be before the period lock date, currently set at 30-Nov-2018',
		]);
		expect((await put(salesInvoice({ Date: '2018-12-01' }))).status).toBe(200);
	});

	it('refuses to invoice an archived contact, by id and by name', async () => {
		const [contact] = xero.twin.seedContacts([{ name: 'Old Mill Ltd', archived: true }]);
		for (const Contact of [{ ContactID: contact?.contactId }, { Name: 'old mill ltd' }]) {
			const reply = await put(salesInvoice({ Contact }));
			expect(errorsOf(reply)).toEqual([
				'The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.',
			]);
		}
	});

	it('stops approving at the limit of a small plan', async () => {
		xero.twin.person.setOrganisation({ approvableSalesInvoices: 1 });
		expect((await put(salesInvoice())).status).toBe(200);
		expect(errorsOf(await put(salesInvoice()))).toEqual([
			'You have reached the limit of invoices you can approve',
		]);
		expect((await put(salesInvoice({ Status: 'DRAFT' }))).status).toBe(200);
		const actions = await xero.api('GET', '/Organisation/Actions');
		expect(at(actions.json, 'Actions', 0)).toEqual({
			Name: 'CreateApprovedInvoice',
			Status: 'NOT-ALLOWED',
		});
	});

	it.each([
		['DRAFT', 'AUTHORISED', true],
		['DRAFT', 'VOIDED', false],
		['DRAFT', 'DELETED', true],
		['SUBMITTED', 'DRAFT', true],
		['AUTHORISED', 'DRAFT', false],
		['AUTHORISED', 'DELETED', false],
		['AUTHORISED', 'VOIDED', true],
		['AUTHORISED', 'PAID', false],
	])('moves from %s to %s: %s', async (from, to, allowed) => {
		const made = await put(salesInvoice({ Status: from }));
		const id = String(at(first(made), 'InvoiceID'));
		const reply = await post({ InvoiceID: id, Status: to });
		expect(reply.status).toBe(allowed ? 200 : 400);
		if (!allowed) expect(errorsOf(reply)).toEqual(['Invoice not of valid status for modification']);
		expect(at(xero.twin.invoices(), 0, 'Status')).toBe(allowed ? to : from);
	});

	it('keeps lines sent with their id, adds those without, drops those not sent', async () => {
		const made = await put(
			salesInvoice({
				LineItems: [
					{ Description: 'one', UnitAmount: 1, AccountCode: '200' },
					{ Description: 'two', UnitAmount: 2, AccountCode: '200' },
				],
			}),
		);
		const id = String(at(first(made), 'InvoiceID'));
		const kept = at(first(made), 'LineItems', 1, 'LineItemID');
		const reply = await xero.api('POST', `/Invoices/${id}`, {
			LineItems: [{ LineItemID: kept, Quantity: 3 }, { Description: 'note only' }],
		});
		expect(at(first(reply), 'LineItems')).toMatchObject([
			{ LineItemID: kept, Description: 'two', Quantity: 3, LineAmount: 6 },
			{ Description: 'note only' },
		]);
		expect(at(first(reply), 'LineItems', 1)).not.toHaveProperty('Quantity');
		const untouched = await post({ InvoiceID: id, Reference: 'R' });
		expect(at(first(untouched), 'LineItems')).toHaveLength(2);
		expect(at(first(untouched), 'LineItems', 0, 'LineItemID')).toBe(kept);
	});

	it('rounds tax line by line', async () => {
		xero.token = xero.twin.signIn({
			tenantIds: ['6a2d3c1b-0f7e-4d55-9c1a-2b7f8e90aa02'],
		}).access_token;
		const reply = await xero.api(
			'PUT',
			'/Invoices',
			salesInvoice({
				LineItems: [25.06, 25.61, 25.63].map((UnitAmount) => ({
					Description: 'x',
					UnitAmount,
					AccountCode: '200',
				})),
			}),
			{ 'xero-tenant-id': '6a2d3c1b-0f7e-4d55-9c1a-2b7f8e90aa02' },
		);
		expect(texts(at(first(reply), 'LineItems'), 'TaxAmount')).toEqual([3.76, 3.84, 3.84]);
		expect(at(first(reply), 'TotalTax')).toBe(11.44);
	});

	it.each([
		['', 1.12, 'Exclusive', 1.12, 0.22, 1.34],
		['?unitdp=4', 1.1169, 'Exclusive', 1.12, 0.22, 1.34],
		['?unitdp=4', 1.1169, 'Inclusive', 0.93, 0.19, 1.12],
		['?unitdp=4', 1.1169, 'NoTax', 1.12, 0, 1.12],
	])('prices at 1.1169 with "%s"', async (query, unit, types, subTotal, tax, total) => {
		const reply = await put(
			salesInvoice({
				LineAmountTypes: types,
				LineItems: [{ Description: 'x', UnitAmount: 1.1169, AccountCode: '200' }],
			}),
			query,
		);
		expect(first(reply)).toMatchObject({
			LineItems: [{ UnitAmount: unit }],
			SubTotal: subTotal,
			TotalTax: tax,
			Total: total,
		});
	});

	it('takes discounts, given tax, and any two of quantity, price and amount', async () => {
		const reply = await put(
			salesInvoice({
				LineItems: [
					{ Description: 'a', Quantity: 3, UnitAmount: 10, DiscountRate: 12.5, AccountCode: '200' },
					{ Description: 'b', Quantity: 1, UnitAmount: 10, DiscountAmount: 4, AccountCode: '200' },
					{ Description: 'c', Quantity: 4, LineAmount: 10, AccountCode: '200', TaxAmount: 1.99 },
				],
			}),
		);
		expect(at(first(reply), 'LineItems')).toMatchObject([
			{ LineAmount: 26.25, TaxAmount: 5.25 },
			{ LineAmount: 6, TaxAmount: 1.2 },
			{ UnitAmount: 2.5, LineAmount: 10, TaxAmount: 1.99 },
		]);
		expect(first(reply)).toMatchObject({ SubTotal: 42.25, TotalTax: 8.44, TotalDiscount: 7.75 });
	});

	it('takes negative lines as long as the whole is not negative', async () => {
		const line = (UnitAmount: number, Quantity = 1) => ({
			Description: 'x',
			Quantity,
			UnitAmount,
			AccountCode: '200',
		});
		const made = await put(salesInvoice({ LineItems: [line(100), line(-10), line(5, -2)] }));
		expect(first(made)).toMatchObject({ SubTotal: 80, TotalTax: 16, Total: 96 });
		expect((await put(salesInvoice({ LineItems: [line(-1)] }))).status).toBe(400);
	});

	it('defaults the date to today where the organisation is', async () => {
		xero.clock.set(Date.UTC(2026, 6, 1, 23, 30));
		const reply = await put(salesInvoice({ Date: undefined }));
		expect(at(first(reply), 'DateString')).toBe('2026-07-02T00:00:00');
	});

	it('changes the contact by what else a document says about it', async () => {
		const [contact] = xero.twin.seedContacts([
			{ name: 'Harbour Cafe', fields: { ContactPersons: [{ FirstName: 'Ida' }] } },
		]);
		await put(salesInvoice({ Contact: { ContactID: contact?.contactId } }));
		expect(at(xero.twin.contacts(), 0, 'ContactPersons')).toHaveLength(1);
		await put(
			salesInvoice({ Contact: { ContactID: contact?.contactId, EmailAddress: 'ida@example.com' } }),
		);
		expect(at(xero.twin.contacts(), 0)).toMatchObject({
			EmailAddress: 'ida@example.com',
			ContactPersons: [],
		});
	});
});
