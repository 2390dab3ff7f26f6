import { at, salesInvoice, Session, texts, type Reply } from './sandboxXeroSession';

/** What recordings of the live service show, where a sandbox is tempted to be tidier. */
describe('the Xero sandbox: as recorded', () => {
	let xero: Session;
	const errorsOf = (reply: Reply, element = 0) =>
		texts(at(reply.json, 'Elements', element, 'ValidationErrors'));
	const put = (members: unknown) => xero.api('PUT', '/Invoices', members);

	beforeEach(() => {
		xero = new Session();
	});

	it('says all that is wrong at once, on the whole document and with an id of its own', async () => {
		const bare = await put({ Date: '2026-11-20' });
		expect(errorsOf(bare)).toHaveLength(3);
		const line = { Description: 'Labour', Quantity: 2, UnitAmount: 50, AccountCode: '999' };
		const reply = await put(
			salesInvoice({ Status: 'PAID', LineItems: [line], CurrencyCode: 'USD' }),
		);
		expect(errorsOf(reply)).toEqual([
			'Invoice not of valid status for creation',
			'Organisation is not subscribed to currency USD',
			"Account code '999' is not a valid code for this document.",
		]);
		const element = at(reply.json, 'Elements', 0);
		expect(element).toMatchObject({
			Contact: { Name: 'Harbour Cafe' },
			SubTotal: 100,
			Total: 100,
			LineItems: [{ Description: 'Labour', LineAmount: 100 }],
		});
		expect(at(element, 'InvoiceID')).not.toMatch(/^0{8}/);
		expect(element).not.toHaveProperty('StatusAttributeString');
	});

	it('has zeros for the id of a contact or an order that it does not take', async () => {
		const contact = await xero.api('PUT', '/Contacts', { ContactNumber: 'C-1' });
		expect(errorsOf(contact)).toEqual(['Contact name cannot be empty']);
		expect(at(contact.json, 'Elements', 0, 'ContactID')).toMatch(/^0{8}/);
		const order = await xero.api('PUT', '/PurchaseOrders', { LineItems: [] });
		expect(at(order.json, 'Elements', 0, 'PurchaseOrderID')).toMatch(/^0{8}/);
	});

	it.each([
		[
			{ LineAmountTypes: 'NO_TAX' },
			`Error converting value "NO_TAX" to type 'Xero.API.Library..LineAmountType'. Path 'Invoices[1].LineAmountTypes'.`,
		],
		[{ Date: '20100510' }, "The string '20100510' is not a valid AllXsd value."],
		[
			{ Date: '2017-12-14 00:00:00' },
			"The string '2017-12-14 00:00:00' is not a valid AllXsd value.",
		],
		[
			{ LineItems: [{ Description: 'x', Quantity: 'abc' }] },
			'Input string was not in a correct format.',
		],
	])('ends the whole request for %j', async (members, message) => {
		const body = { Invoices: [salesInvoice(), salesInvoice(members)] };
		const reply = await xero.api('POST', '/Invoices?summarizeErrors=false', body);
		expect(reply.status).toBe(400);
		expect(reply.json).toMatchObject({ ErrorNumber: 14, Message: message });
		expect(xero.twin.invoices()).toEqual([]);
	});

	it.each([
		['Total=="100"', "Operator '==' incompatible with operand types 'Decimal' and 'String'"],
		['Date>="2026-01-01"', "Operator '>=' incompatible with operand types 'DateTime' and 'String'"],
		[
			'Contact.ContactID=="4d1b6f5e-0000-4000-8000-000000000000"',
			"Operator '==' incompatible with operand types 'Guid' and 'String'",
		],
		['Status==', 'Expression expected'],
	])('refuses where=%s', async (where, message) => {
		const reply = await xero.api('GET', `/Invoices?where=${encodeURIComponent(where)}`);
		expect(reply.status).toBe(400);
		expect(reply.json).toMatchObject({ ErrorNumber: 16, Message: message });
	});

	it('understands DateTime.Parse and Replace, and paths in any case', async () => {
		await put(salesInvoice({ InvoiceNumber: 'INV-7' }));
		const found = async (where: string) =>
			texts(
				at(
					(await xero.api('GET', `/invoices?where=${encodeURIComponent(where)}`)).json,
					'Invoices',
				),
				'InvoiceNumber',
			);
		expect(await found('Date>=DateTime.Parse("2026-11-20")')).toEqual(['INV-7']);
		expect(await found('Date>DateTime.Parse("2026-11-20T00:00:00")')).toEqual([]);
		expect(await found('InvoiceNumber.Replace("INV-","")=="7"')).toEqual(['INV-7']);
		expect((await xero.api('GET', '/ORGANISATION')).status).toBe(200);
	});

	it('answers 400 with an error each where several ids are unknown', async () => {
		const ids = ['11111111-2222-4333-8444-555555555555', '11111111-2222-4333-8444-666666666666'];
		const body = { Invoices: ids.map((InvoiceID) => ({ InvoiceID, Status: 'VOIDED' })) };
		const reply = await xero.api('POST', '/Invoices', body);
		expect(reply.status).toBe(400);
		expect(texts(at(reply.json, 'Elements'), 'InvoiceID')).toEqual(ids);
		expect(errorsOf(reply, 1)).toHaveLength(1);
	});

	it('counts a discount of all twice where the line amount is given, too', async () => {
		const line = { Description: 'x', UnitAmount: 795, AccountCode: '200', DiscountRate: 100 };
		const given = await put(salesInvoice({ LineItems: [{ ...line, LineAmount: 0 }] }));
		expect(errorsOf(given)).toContain(
			'The line total -795.00 does not match the expected line total 0.00',
		);
		expect((await put(salesInvoice({ LineItems: [line] }))).status).toBe(200);
	});

	it('names a batch by its own id in the invoice of a payment, and by both in the invoice itself', async () => {
		const made = await put(salesInvoice());
		const invoiceId = at(made.json, 'Invoices', 0, 'InvoiceID');
		const batch = await xero.api('PUT', '/BatchPayments', {
			Account: { Code: '090' },
			Date: '2026-11-22',
			Payments: [{ Invoice: { InvoiceID: invoiceId }, Amount: 20 }],
		});
		const batchId = at(batch.json, 'BatchPayments', 0, 'BatchPaymentID');
		const list = await xero.api('GET', '/Payments?page=1');
		const paymentId = at(list.json, 'Payments', 0, 'PaymentID');
		expect(at(list.json, 'Payments', 0, 'CurrencyRate')).toBe(0);
		expect(at(list.json, 'Payments', 0, 'Account')).not.toHaveProperty('Name');
		const one = await xero.api('GET', `/Payments/${String(paymentId)}`);
		const inside = at(one.json, 'Payments', 0, 'Invoice', 'Payments', 0);
		expect(inside).toMatchObject({ PaymentID: batchId, CurrencyRate: 0 });
		expect(inside).not.toHaveProperty('BatchPaymentID');
		const invoices = await xero.api('GET', '/Invoices?page=1');
		expect(at(invoices.json, 'Invoices', 0, 'Payments', 0)).toMatchObject({
			PaymentID: paymentId,
			BatchPaymentID: batchId,
		});
	});

	it('answers a payment with the whole invoice, and warns of one before its day', async () => {
		const made = await put(salesInvoice());
		const reply = await xero.api('PUT', '/Payments', {
			Invoice: { InvoiceID: at(made.json, 'Invoices', 0, 'InvoiceID') },
			Account: { Code: '090' },
			Date: '2026-11-19',
			Amount: 20,
		});
		expect(at(reply.json, 'Payments', 0)).toMatchObject({
			Invoice: { Total: 120, AmountDue: 100, LineItems: [{ Description: 'Labour' }] },
			Warnings: [{ Message: 'The payment date is prior to the invoice date.' }],
		});
	});

	it('leaves out of single reads what there is none of, and has other tracking in lists', async () => {
		const tracking = [{ Name: 'Region', Option: 'North' }];
		const line = { Description: 'x', UnitAmount: 1, AccountCode: '200', Tracking: tracking };
		const made = await put(salesInvoice({ LineItems: [line] }));
		const written = at(made.json, 'Invoices', 0);
		for (const member of ['AmountCredited', 'Payments', 'CreditNotes', 'HasAttachments']) {
			expect(written).not.toHaveProperty(member);
		}
		expect(at(written, 'BrandingThemeID')).toEqual(
			xero.twin.organisation().brandingThemes.find(({ sortOrder }) => sortOrder === 0)
				?.brandingThemeId,
		);
		const list = await xero.api('GET', '/Invoices?page=1');
		const inList = at(list.json, 'Invoices', 0);
		expect(inList).toMatchObject({ AmountCredited: 0, Payments: [], HasAttachments: false });
		expect(inList).not.toHaveProperty('UpdatedDateUTCString');
		expect(at(inList, 'LineItems', 0)).not.toHaveProperty('ValidationErrors');
		expect(at(inList, 'LineItems', 0, 'Tracking', 0)).toMatchObject({ Options: [] });
		expect(at(inList, 'LineItems', 0, 'Tracking', 0)).not.toHaveProperty('TrackingOptionID');
		const bill = await put(salesInvoice({ Type: 'ACCPAY', Reference: 'not kept' }));
		expect(at(bill.json, 'Invoices', 0, 'Reference')).toBe('');
	});

	it('gives the first hundred orders where no page is asked for', async () => {
		xero.twin.seedContacts([{ name: 'Timber Ltd' }]);
		const contact = { ContactID: at(xero.twin.contacts(), 0, 'ContactID') };
		const line = { Description: 'Oak', UnitAmount: 1000, DiscountRate: 10, AccountCode: '310' };
		const body = {
			PurchaseOrders: Array.from({ length: 101 }, () => ({ Contact: contact, LineItems: [line] })),
		};
		await xero.api('PUT', '/PurchaseOrders', body);
		const list = await xero.api('GET', '/PurchaseOrders');
		expect(at(list.json, 'PurchaseOrders')).toHaveLength(100);
		expect(at(list.json, 'pagination')).toMatchObject({ page: 1, pageCount: 2, itemCount: 101 });
		expect(at(list.json, 'PurchaseOrders', 0)).toMatchObject({
			IsDiscounted: true,
			SubTotal: 900,
			LineItems: [{ UnitAmount: 1000, LineAmount: 900, DiscountRate: 10 }],
		});
	});

	it('answers a refused organisation in lower case, and a new item without an offset', async () => {
		const refused = await xero.api('GET', '/Invoices', undefined, { 'xero-tenant-id': 'none' });
		expect(refused.json).toMatchObject({
			title: 'Forbidden',
			status: 403,
			detail: 'AuthenticationUnsuccessful',
		});
		const item = await xero.api('PUT', '/Items', { Code: 'TAP', Name: 'Tap' });
		expect(at(item.json, 'Items', 0, 'UpdatedDateUTC')).toMatch(/^\/Date\(\d+\)\/$/);
	});

	it('pays an overpayment back under Invoice', async () => {
		const made = await xero.api('PUT', '/BankTransactions', {
			Type: 'RECEIVE-OVERPAYMENT',
			Contact: { Name: 'Harbour Cafe' },
			BankAccount: { Code: '090' },
			LineItems: [{ Description: 'Too much', UnitAmount: 25 }],
		});
		const id = at(made.json, 'BankTransactions', 0, 'OverpaymentID');
		const paid = await xero.api('PUT', '/Payments', {
			Overpayment: { OverpaymentID: id },
			Account: { Code: '090' },
			Amount: 25,
		});
		expect(at(paid.json, 'Payments', 0)).toMatchObject({
			PaymentType: 'AROVERPAYMENTPAYMENT',
			Invoice: { InvoiceID: id, Type: 'AROVERPAYMENT' },
		});
	});

	it.each([
		['blankNumber', 'refused', { LineItems: [{ Description: 'x', UnitAmount: '' }] }],
		[
			'negativeInvoiceQuantity',
			'refused',
			{
				LineItems: [
					{ Description: 'x', UnitAmount: 9, AccountCode: '200' },
					{ Description: 'less', Quantity: -1, UnitAmount: 1, AccountCode: '200' },
				],
			},
		],
		[
			'discountRateAndAmount',
			'refused',
			{
				LineItems: [
					{
						Description: 'x',
						UnitAmount: 9,
						AccountCode: '200',
						DiscountRate: 10,
						DiscountAmount: 1,
					},
				],
			},
		],
		['draftsInLockedPeriod', 'refused', { Status: 'DRAFT', Date: '2026-01-01' }],
	])('has a switch %s for what the recordings leave open', async (name, value, members) => {
		xero.twin.person.setOrganisation({ periodLockDate: '2026-01-31' });
		expect((await put(salesInvoice({ Status: 'DRAFT', ...members }))).status).toBe(200);
		xero.twin.configure({ [name]: value });
		expect((await put(salesInvoice({ Status: 'DRAFT', ...members }))).status).toBe(400);
	});
});
