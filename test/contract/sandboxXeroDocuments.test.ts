import { at, salesInvoice, Session, texts, type Reply } from './sandboxXeroSession';

describe('the Xero sandbox: quotes, purchase orders, items, tracking, projects, reports', () => {
	let xero: Session;
	const errorsOf = (reply: Reply) => texts(at(reply.json, 'Elements', 0, 'ValidationErrors'));
	const contact = () => xero.twin.seedContacts([{ name: 'Mill Lane Garage' }])[0]?.contactId ?? '';

	beforeEach(() => {
		xero = new Session();
	});

	it('moves a quote to invoiced step by step, and always wants contact and date', async () => {
		const Contact = { ContactID: contact() };
		const made = await xero.api('PUT', '/Quotes', {
			Contact,
			Date: '2026-11-22',
			LineItems: [{ Description: 'Kitchen', UnitAmount: 1.2345, DiscountRate: 10 }],
		});
		const quote = at(made.json, 'Quotes', 0);
		expect(quote).toMatchObject({
			QuoteNumber: 'QU-0001',
			Status: 'DRAFT',
			LineAmountTypes: 'EXCLUSIVE',
			SubTotal: 1.11,
		});
		const QuoteID = at(quote, 'QuoteID');
		expect((await xero.api('POST', '/Quotes', { QuoteID, Status: 'SENT' })).status).toBe(400);
		for (const [Status, status] of [
			['ACCEPTED', 400],
			['SENT', 200],
			['ACCEPTED', 200],
			['INVOICED', 200],
		] as const) {
			const moved = await xero.api('POST', '/Quotes', {
				QuoteID,
				Contact,
				Date: '2026-11-22',
				Status,
			});
			expect([Status, moved.status]).toEqual([Status, status]);
		}
		const list = await xero.api('GET', '/Quotes?Status=INVOICED&page=1');
		expect(at(list.json, 'Quotes', 0, 'LineItems')).toHaveLength(1);
		expect(at(list.json, 'pagination')).toBeUndefined();
	});

	it('takes the number of a live purchase order as that order, of a deleted one not at all', async () => {
		const order = {
			Contact: { ContactID: contact() },
			PurchaseOrderNumber: 'PO-77',
			LineItems: [{ Description: 'Cable', Quantity: 1, UnitAmount: 5, AccountCode: '310' }],
		};
		await xero.api('PUT', '/PurchaseOrders', order);
		const again = await xero.api('PUT', '/PurchaseOrders', { ...order, Reference: 'second' });
		expect(again.status).toBe(200);
		expect((await xero.api('GET', '/PurchaseOrders/PO-77')).text).toContain('second');
		expect(at((await xero.api('GET', '/PurchaseOrders')).json, 'PurchaseOrders')).toHaveLength(1);
		const PurchaseOrderID = at(again.json, 'PurchaseOrders', 0, 'PurchaseOrderID');
		await xero.api('POST', '/PurchaseOrders', { PurchaseOrderID, Status: 'DELETED' });
		expect(errorsOf(await xero.api('PUT', '/PurchaseOrders', order))).toEqual([
			'PurchaseOrder status change is invalid',
			'Deleted PurchaseOrders cannot be updated',
		]);
		const negative = await xero.api('PUT', '/PurchaseOrders', {
			...order,
			PurchaseOrderNumber: 'PO-78',
			LineItems: [{ Description: 'x', Quantity: -1, UnitAmount: 5 }],
		});
		expect(errorsOf(negative)).toEqual([
			"The quantity value '-1.0000' is invalid. Quantity must not be less than zero.",
		]);
		xero.twin.configure({ purchaseOrderMakesContacts: false });
		const stranger = await xero.api('PUT', '/PurchaseOrders', {
			...order,
			PurchaseOrderNumber: 'PO-79',
			Contact: { Name: 'Nobody known' },
		});
		expect(stranger.status).toBe(400);
		expect(xero.twin.contacts()).toHaveLength(1);
		xero.twin.configure({ purchaseOrderMakesContacts: true });
		const made = await xero.api('PUT', '/PurchaseOrders', {
			...order,
			PurchaseOrderNumber: 'PO-80',
			Contact: { Name: 'Nobody known' },
		});
		expect(made.status).toBe(200);
		expect(xero.twin.contacts()).toHaveLength(2);
	});

	it('fills lines from items and keeps used items', async () => {
		const item = {
			Code: 'TAP',
			Name: 'Tap',
			Description: 'Mixer tap',
			SalesDetails: { UnitPrice: 45.5, AccountCode: '210', TaxType: 'RROUTPUT' },
		};
		expect((await xero.api('PUT', '/Items', item)).status).toBe(200);
		expect((await xero.api('PUT', '/Items', item)).status).toBe(400);
		const updated = await xero.api('POST', '/Items', { Code: 'TAP', Name: 'Tap, chrome' });
		expect(at(updated.json, 'Items', 0)).toMatchObject({
			Name: 'Tap, chrome',
			SalesDetails: { UnitPrice: 45.5 },
		});
		const invoice = await xero.api(
			'PUT',
			'/Invoices',
			salesInvoice({ LineItems: [{ ItemCode: 'TAP', Quantity: 2 }] }),
		);
		expect(at(invoice.json, 'Invoices', 0, 'LineItems', 0)).toMatchObject({
			Description: 'Mixer tap',
			UnitAmount: 45.5,
			AccountCode: '210',
			TaxType: 'RROUTPUT',
			TaxAmount: 4.55,
		});
		const itemId = at(updated.json, 'Items', 0, 'ItemID');
		expect((await xero.api('DELETE', `/Items/${itemId}`)).status).toBe(400);
		const unused = await xero.api('PUT', '/Items', { Code: 'OLD' });
		const unusedId = at(unused.json, 'Items', 0, 'ItemID');
		expect((await xero.api('DELETE', `/Items/${unusedId}`)).status).toBe(204);
	});

	it('adds tracking options, and archives those in use instead of deleting', async () => {
		const list = await xero.api('GET', '/TrackingCategories');
		const id = at(list.json, 'TrackingCategories', 0, 'TrackingCategoryID');
		const path = `/TrackingCategories/${id}/Options`;
		const option = await xero.api('PUT', path, { Name: 'J1004 Bathroom' });
		const optionId = at(option.json, 'Options', 0, 'TrackingOptionID');
		const tracked = (Option: string) =>
			xero.api(
				'PUT',
				'/Invoices',
				salesInvoice({
					LineItems: [
						{
							Description: 'x',
							UnitAmount: 1,
							AccountCode: '200',
							Tracking: [{ Name: 'job', Option }],
						},
					],
				}),
			);
		const made = await tracked('j1004 bathroom');
		expect(at(made.json, 'Invoices', 0, 'LineItems', 0, 'Tracking')).toEqual([
			{
				Name: 'Job',
				Option: 'J1004 Bathroom',
				TrackingCategoryID: id,
				TrackingOptionID: optionId,
			},
		]);
		expect((await xero.api('PUT', path, { Name: 'J1004 bathroom' })).status).toBe(400);
		const removed = await xero.api('DELETE', `${path}/${optionId}`);
		expect(at(removed.json, 'Options', 0, 'Status')).toBe('ARCHIVED');
		expect((await tracked('J1004 Bathroom')).status).toBe(400);
		xero.twin.configure({ unknownTracking: 'ignored' });
		expect((await tracked('J1004 Bathroom')).status).toBe(200);
		const third = await xero.api('PUT', '/TrackingCategories', { Name: 'Third' });
		expect(third.status).toBe(400);
	});

	it('adds up profit and loss by tracking, net of tax', async () => {
		const job = (Option: string) => [{ Name: 'Job', Option }];
		await xero.api(
			'PUT',
			'/Invoices',
			salesInvoice({
				LineItems: [
					{
						Description: 'a',
						UnitAmount: 100,
						AccountCode: '200',
						Tracking: job('J1001 Kitchen refit'),
					},
					{ Description: 'b', UnitAmount: 10, AccountCode: '200' },
				],
			}),
		);
		await xero.api(
			'PUT',
			'/Invoices',
			salesInvoice({
				Type: 'ACCPAY',
				LineAmountTypes: 'Inclusive',
				LineItems: [
					{
						Description: 'c',
						UnitAmount: 48,
						AccountCode: '310',
						Tracking: job('J1001 Kitchen refit'),
					},
				],
			}),
		);
		await xero.api('PUT', '/Invoices', salesInvoice({ Status: 'DRAFT' }));
		const tracking = await xero.api('GET', '/TrackingCategories');
		const category = at(tracking.json, 'TrackingCategories', 0, 'TrackingCategoryID');
		const option = at(tracking.json, 'TrackingCategories', 0, 'Options', 0, 'TrackingOptionID');
		const rowsOf = async (query: string): Promise<Map<string, unknown[]>> => {
			const reply = await xero.api('GET', `/Reports/ProfitAndLoss?${query}`);
			const rows = new Map<string, unknown[]>();
			for (const part of at(reply.json, 'Reports', 0, 'Rows') as unknown[]) {
				const inner = at(part, 'Rows') ?? [part];
				for (const row of inner as unknown[]) {
					const [title, ...cells] = texts(at(row, 'Cells'), 'Value');
					rows.set(String(title), cells);
				}
			}
			return rows;
		};
		const byJob = await rowsOf(`trackingCategoryID=${category}`);
		expect(byJob.get('')).toEqual([
			'J1001 Kitchen refit',
			'J1002 Loft conversion',
			'J1003 Rewire',
			'Unassigned',
			'Total',
		]);
		expect(byJob.get('Total Income')).toEqual(['100.00', '0.00', '0.00', '10.00', '110.00']);
		expect(byJob.get('Total Cost of Sales')).toEqual(['40.00', '0.00', '0.00', '0.00', '40.00']);
		expect(byJob.get('Net Profit')).toEqual(['60.00', '0.00', '0.00', '10.00', '70.00']);
		const one = await rowsOf(`trackingCategoryID=${category}&trackingOptionID=${option}`);
		expect(one.get('Net Profit')).toEqual(['60.00']);
		const months = await rowsOf('fromDate=2026-11-01&toDate=2026-11-30&periods=2&timeframe=MONTH');
		expect(months.get('')).toEqual(['30 Nov 26', '31 Oct 26', '30 Sep 26']);
		expect(months.get('Net Profit')).toEqual(['70.00', '0.00', '0.00']);
		const wrong = await xero.api('GET', `/Reports/ProfitAndLoss?trackingOptionID=${option}`);
		expect(wrong.text).toContain(
			'TrackingCategoryID1 must be provided if a TrackingOptionID1 is provided.',
		);
	});

	it('lists what a contact owes, and keeps its books in balance', async () => {
		const made = await xero.api('PUT', '/Invoices', salesInvoice());
		const contactId = at(made.json, 'Invoices', 0, 'Contact', 'ContactID');
		xero.twin.recordPayment({ invoiceNumber: 'INV-0001', amount: '20' });
		const aged = await xero.api('GET', `/Reports/AgedReceivablesByContact?contactId=${contactId}`);
		expect(texts(at(aged.json, 'Reports', 0, 'Rows', 1, 'Rows', 0, 'Cells'), 'Value')).toEqual([
			'2026-11-20T00:00:00',
			'INV-0001',
			'2026-12-20T00:00:00',
			'',
			'120.00',
			'20.00',
			'0.00',
			'100.00',
		]);
		const trial = await xero.api('GET', '/Reports/TrialBalance');
		const rows = at(trial.json, 'Reports', 0, 'Rows', 1, 'Rows') as unknown[];
		const side = (cell: number) =>
			rows.reduce<number>((sum, row) => sum + Number(at(row, 'Cells', cell, 'Value')) * 100, 0);
		expect(side(1)).toBe(12_000);
		expect(side(2)).toBe(12_000);
		const bank = await xero.api('GET', '/Reports/BankSummary');
		expect(bank.text).toContain('"20.00"');
		const sheet = await xero.api('GET', '/Reports/BalanceSheet');
		expect(sheet.text).toContain('Net Assets');
	});

	it('runs a project with tasks and time', async () => {
		const projects = (method: string, path: string, body?: unknown) =>
			xero.send(method, `/projects.xro/2.0${path}`, body);
		const missing = await projects('POST', '/Projects', { contactId: contact() });
		expect([missing.status, missing.json]).toEqual([
			400,
			{
				message: 'The request is invalid.',
				modelState: { 'model.Name': ['The Name field is required.'] },
			},
		]);
		const made = await projects('POST', '/Projects', {
			contactId: at(xero.twin.contacts(), 0, 'ContactID'),
			name: 'J1042 - Kitchen refit',
			estimateAmount: 5000,
		});
		expect(made.status).toBe(201);
		const path = `/Projects/${made.json['projectId']}`;
		const task = await projects('POST', `${path}/Tasks`, {
			name: 'Fitting',
			rate: { currency: 'GBP', value: 50 },
			chargeType: 'TIME',
		});
		const users = await projects('GET', '/ProjectsUsers');
		const entry = {
			userId: at(users.json, 'items', 0, 'userId'),
			taskId: task.json['taskId'],
			dateUtc: '2026-11-22T09:00:00Z',
			duration: 100,
		};
		const time = await projects('POST', `${path}/Time`, entry);
		expect([time.status, time.json['duration']]).toEqual([200, 100]);
		expect((await projects('POST', `${path}/Time`, { ...entry, duration: 59_941 })).status).toBe(
			400,
		);
		expect((await projects('GET', path)).json).toMatchObject({
			minutesLogged: 100,
			totalTaskAmount: { currency: 'GBP', value: 83.33 },
			estimate: { value: 5000 },
		});
		expect((await projects('DELETE', `${path}/Tasks/${entry.taskId}`)).status).toBe(400);
		expect((await projects('PATCH', path, { status: 'CLOSED' })).status).toBe(204);
		const closed = await projects('GET', '/Projects?states=CLOSED');
		expect(at(closed.json, 'pagination')).toMatchObject({ pageSize: 50, itemCount: 1 });
		xero.twin.person.setOrganisation({ hasProjects: false });
		expect((await projects('GET', '/Projects')).status).toBe(403);
	});
});
