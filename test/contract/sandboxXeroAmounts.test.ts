import { at, salesInvoice, Session, texts, type Reply } from './sandboxXeroSession';

describe('the Xero sandbox: discounts, places, rates', () => {
	let xero: Session;
	beforeEach(() => {
		xero = new Session();
	});

	const order = (line: object, more: object = {}) => ({
		PurchaseOrders: [
			{
				PurchaseOrderNumber: 'PO-1',
				Contact: { ContactID: xero.twin.seedContacts([{ name: 'City Power' }])[0]?.contactId },
				LineItems: [{ Description: 'Coffee table', AccountCode: '429', TaxType: 'NONE', ...line }],
				...more,
			},
		],
	});

	it('gives a purchase order the discount of a recorded one', async () => {
		const made = await xero.api(
			'PUT',
			'/PurchaseOrders',
			order({ Quantity: 1, UnitAmount: 1000, DiscountRate: 10 }),
		);
		expect(at(made.json, 'PurchaseOrders', 0)).toMatchObject({
			Total: 900,
			TotalDiscount: 100,
			IsDiscounted: true,
			LineItems: [{ UnitAmount: 1000, LineAmount: 900, DiscountRate: 10 }],
		});
	});

	it('takes a discount by amount for one by rate, and the reverse', async () => {
		const made = await xero.api(
			'PUT',
			'/Invoices',
			salesInvoice({
				Status: 'DRAFT',
				LineItems: [
					{ Description: 'a', Quantity: 1, UnitAmount: 200, DiscountRate: 10, AccountCode: '200' },
				],
			}),
		);
		const id = String(at(made.json, 'Invoices', 0, 'InvoiceID'));
		const LineItemID = at(made.json, 'Invoices', 0, 'LineItems', 0, 'LineItemID');
		const again = async (line: object) => {
			const reply = await xero.api('POST', `/Invoices/${id}`, {
				LineItems: [{ LineItemID, ...line }],
			});
			return at(reply.json, 'Invoices', 0, 'SubTotal');
		};
		expect(await again({ DiscountAmount: 50 })).toBe(150);
		expect(await again({ DiscountRate: 5 })).toBe(190);
		expect(await again({ Description: 'b' })).toBe(190);
		xero.twin.configure({ omittedDiscountStays: false });
		expect(await again({ Description: 'c' })).toBe(200);
	});

	it.each([
		['/Quotes', 'Quotes', 'quoteUnitPlaces'],
		['/PurchaseOrders', 'PurchaseOrders', 'purchaseOrderUnitPlaces'],
	])('keeps four places of a price in %s, or two', async (path, name, places) => {
		const line = { Quantity: 100, UnitAmount: 0.125 };
		const document = { ...order(line).PurchaseOrders[0], Date: '2026-11-20' };
		const put = async (number: string) =>
			await xero.api('PUT', path, {
				[name]: [{ ...document, PurchaseOrderNumber: number, QuoteNumber: number }],
			});
		const shown = (reply: Reply) => at(reply.json, name, 0);
		expect(shown(await put('A'))).toMatchObject({
			Total: 12.5,
			LineItems: [{ UnitAmount: 0.125 }],
		});
		xero.twin.configure({ [places]: 2 });
		expect(shown(await put('B'))).toMatchObject({ Total: 13, LineItems: [{ UnitAmount: 0.13 }] });
	});

	it('works out a quantity that is missing, or takes 1, or 0', async () => {
		const total = async (line: object) => {
			const LineItems = [{ Description: 'a', AccountCode: '200', TaxType: 'NONE', ...line }];
			const reply = await xero.api('PUT', '/Invoices', salesInvoice({ LineItems }));
			return at(reply.json, 'Invoices', 0, 'Total');
		};
		expect(await total({ UnitAmount: 25, LineAmount: 50 })).toBe(50);
		expect(await total({ UnitAmount: 25 })).toBe(25);
		xero.twin.configure({ missingQuantity: 0 });
		expect(await total({ UnitAmount: 25 })).toBe(0);
	});

	it.each([
		[false, 1.2],
		[true, 1.3],
	])(
		'keeps the rate of an edit that names none, or takes the day’s: %s',
		async (isRerated, rate) => {
			xero.twin.configure({ updateWithoutRateIsRerated: isRerated });
			const euro = salesInvoice({ Status: 'DRAFT', CurrencyCode: 'EUR', CurrencyRate: 1.2 });
			const made = await xero.api('PUT', '/Invoices', euro);
			const id = String(at(made.json, 'Invoices', 0, 'InvoiceID'));
			xero.twin.addCurrency('EUR', '1.3');
			const post = async (members: object) => {
				const reply = await xero.api('POST', `/Invoices/${id}`, members);
				return at(reply.json, 'Invoices', 0, 'CurrencyRate');
			};
			expect(await post({ Status: 'SUBMITTED' })).toBe(1.2);
			expect(await post({ Reference: 'R' })).toBe(rate);
			expect(await post({ Reference: 'S', CurrencyRate: 1.25 })).toBe(1.25);
		},
	);
});

describe('the Xero sandbox: a locked period', () => {
	let xero: Session;
	const LOCK =
		'The document date cannot be before the period lock date, currently set at 31-Oct-2026';
	const errorsOf = (reply: Reply) => texts(at(reply.json, 'Elements', 0, 'ValidationErrors'));
	const invoice = async (Status: string, Date = '2026-10-20') => {
		const made = await xero.api('PUT', '/Invoices', salesInvoice({ Status, Date }));
		return { id: String(at(made.json, 'Invoices', 0, 'InvoiceID')), reply: made };
	};
	const lock = () => void xero.twin.person.setOrganisation({ periodLockDate: '2026-10-31' });
	beforeEach(() => {
		xero = new Session();
	});

	it.each(['DRAFT', 'SUBMITTED'])('takes, changes and deletes what is %s', async (status) => {
		lock();
		const { id } = await invoice(status);
		const edited = await xero.api('POST', `/Invoices/${id}`, { Reference: 'R' });
		expect(at(edited.json, 'Invoices', 0, 'Reference')).toBe('R');
		const deleted = await xero.api('POST', `/Invoices/${id}`, { Status: 'DELETED' });
		expect(at(deleted.json, 'Invoices', 0, 'Status')).toBe('DELETED');
	});

	it('refuses to post, to approve, to void, and to move out what is in it', async () => {
		const posted = await invoice('AUTHORISED');
		const draft = await invoice('DRAFT');
		lock();
		expect(errorsOf((await invoice('AUTHORISED')).reply)).toEqual([LOCK]);
		for (const [{ id }, members] of [
			[draft, { Status: 'AUTHORISED' }],
			[posted, { Status: 'VOIDED' }],
			[posted, { Date: '2026-11-02' }],
		] as const) {
			expect(errorsOf(await xero.api('POST', `/Invoices/${id}`, members))).toEqual([LOCK]);
		}
		const moved = { Status: 'AUTHORISED', Date: '2026-11-02' };
		expect((await xero.api('POST', `/Invoices/${draft.id}`, moved)).status).toBe(200);
	});

	it('gives up no payment and no allocation of its days', async () => {
		const { id } = await invoice('AUTHORISED');
		const paid = await xero.api('PUT', '/Payments', {
			Payments: [
				{ Invoice: { InvoiceID: id }, Account: { Code: '090' }, Amount: 10, Date: '2026-10-25' },
			],
		});
		const credit = await xero.api('PUT', '/CreditNotes', {
			CreditNotes: [
				{ ...salesInvoice({ Date: '2026-10-26' }), Type: 'ACCRECCREDIT', Status: 'AUTHORISED' },
			],
		});
		const creditId = String(at(credit.json, 'CreditNotes', 0, 'CreditNoteID'));
		const allocations = `/CreditNotes/${creditId}/Allocations`;
		const allocated = await xero.api('PUT', allocations, {
			Allocations: [{ Amount: 5, Date: '2026-10-26', Invoice: { InvoiceID: id } }],
		});
		lock();
		const allocationId = String(at(allocated.json, 'Allocations', 0, 'AllocationID'));
		const gone = await xero.api('DELETE', `${allocations}/${allocationId}`);
		expect([gone.status, errorsOf(gone)]).toEqual([400, [LOCK]]);
		const paymentId = String(at(paid.json, 'Payments', 0, 'PaymentID'));
		const deleted = await xero.api('POST', `/Payments/${paymentId}`, { Status: 'DELETED' });
		expect(errorsOf(deleted)).toEqual([LOCK]);
		expect(at(xero.twin.invoices(), 0)).toMatchObject({ AmountPaid: 10, AmountCredited: 5 });
	});

	it('has no hold on quotes and orders', async () => {
		lock();
		const Contact = { ContactID: xero.twin.seedContacts([{ name: 'City Power' }])[0]?.contactId };
		for (const [name, Status] of [
			['PurchaseOrders', 'AUTHORISED'],
			['Quotes', 'SENT'],
		] as const) {
			const document = { Contact, Status, Date: '2026-10-20', LineItems: [{ Description: 'a' }] };
			const made = await xero.api('PUT', `/${name}`, { [name]: [document] });
			expect(made.status).toBe(200);
		}
	});
});
