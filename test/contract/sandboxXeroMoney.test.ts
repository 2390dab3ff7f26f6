import { at, salesInvoice, Session, texts, type Reply } from './sandboxXeroSession';

describe('the Xero sandbox: payments, credits, batches', () => {
	let xero: Session;
	let id: string;
	const errorsOf = (reply: Reply) => texts(at(reply.json, 'Elements', 0, 'ValidationErrors'));
	const invoice = (): unknown => at(xero.twin.invoices(), 0);
	const pay = (Amount: number, more: Record<string, unknown> = {}) =>
		xero.api('PUT', '/Payments', {
			Payments: [{ Invoice: { InvoiceID: id }, Account: { Code: '090' }, Amount, ...more }],
		});

	beforeEach(async () => {
		xero = new Session();
		const made = await xero.api('PUT', '/Invoices', salesInvoice());
		id = String(at(made.json, 'Invoices', 0, 'InvoiceID'));
		xero.clock.advance(60_000);
	});

	it('settles an invoice in parts and opens it again', async () => {
		await pay(50, { Date: '2026-11-21', Reference: 'BACS 1' });
		expect(invoice()).toMatchObject({ Status: 'AUTHORISED', AmountPaid: 50, AmountDue: 70 });
		expect(invoice()).not.toHaveProperty('FullyPaidOnDate');
		const last = await pay(70, { Date: '2026-11-22' });
		expect(at(last.json, 'Payments', 0)).toMatchObject({
			PaymentType: 'ACCRECPAYMENT',
			Status: 'AUTHORISED',
			Invoice: { InvoiceID: id },
		});
		expect(invoice()).toMatchObject({
			Status: 'PAID',
			AmountDue: 0,
			FullyPaidOnDate: '/Date(1795305600000+0000)/',
			UpdatedDateUTC: '/Date(1795341660000+0000)/',
		});
		xero.clock.advance(60_000);
		const paymentId = String(at(last.json, 'Payments', 0, 'PaymentID'));
		const deleted = await xero.api('POST', `/Payments/${paymentId}`, { Status: 'DELETED' });
		expect(at(deleted.json, 'Payments', 0, 'Status')).toBe('DELETED');
		expect(invoice()).toMatchObject({ Status: 'AUTHORISED', AmountDue: 70, AmountPaid: 50 });
		expect(at(invoice(), 'Payments')).toMatchObject([{ Amount: 50, Reference: 'BACS 1' }]);
		expect(invoice()).not.toHaveProperty('FullyPaidOnDate');
		const recent = await xero.api('GET', '/Payments', undefined, {
			'if-modified-since': '2026-11-22T10:02:00',
		});
		expect(texts(at(recent.json, 'Payments'), 'Status')).toEqual(['DELETED']);
	});

	it.each([
		['too much', 120.01, {}, 'Payment amount exceeds the amount outstanding on this document'],
		['nothing', 0, {}, 'Payment amount must be greater than zero'],
		[
			'no account',
			10,
			{ Account: {} },
			'You must specify an Account code or Account ID for the payment.',
		],
	])('refuses %s', async (_case, amount, more, message) => {
		const reply = await pay(amount, more);
		expect(reply.status).toBe(400);
		expect(errorsOf(reply)).toEqual([message]);
		expect(at(invoice(), 'AmountPaid')).toBe(0);
	});

	it('takes only banks, accounts with payments enabled, and open periods', async () => {
		expect((await pay(1, { Account: { Code: '200' } })).status).toBe(400);
		expect((await pay(1, { Account: { Code: '835' } })).status).toBe(200);
		xero.twin.person.setOrganisation({ periodLockDate: '2026-11-21' });
		expect((await pay(1, { Date: '2026-11-21' })).status).toBe(400);
		expect((await pay(1, { Date: '2026-11-22' })).status).toBe(200);
	});

	it('holds the sums of a part-paid invoice, but not its texts', async () => {
		await pay(50);
		const post = (members: object) => xero.api('POST', `/Invoices/${id}`, members);
		const LineItemID = at(invoice(), 'LineItems', 0, 'LineItemID');
		const dearer = await post({ LineItems: [{ LineItemID, UnitAmount: 60 }] });
		expect(errorsOf(dearer)).toEqual([
			'This document cannot be edited as it has a payment or credit note allocated to it.',
		]);
		expect(errorsOf(await post({ Status: 'VOIDED' }))).toEqual([
			'The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.',
		]);
		const texted = await post({
			Reference: 'PO 7',
			LineItems: [{ LineItemID, Description: 'Labour, Monday', AccountCode: '210' }],
		});
		expect(texted.status).toBe(200);
		expect(invoice()).toMatchObject({
			Reference: 'PO 7',
			AmountDue: 70,
			LineItems: [{ Description: 'Labour, Monday', AccountCode: '210' }],
		});
		await pay(70);
		expect((await post({ Reference: 'PO 8' })).status).toBe(200);
		expect(invoice()).toMatchObject({ Status: 'PAID', Reference: 'PO 8' });
	});

	it('leaves the time of change alone when only the due date of a part-paid invoice moves', async () => {
		await pay(50);
		xero.clock.advance(60_000);
		await xero.api('POST', `/Invoices/${id}`, { DueDate: '2027-01-31' });
		expect(invoice()).toMatchObject({
			DueDateString: '2027-01-31T00:00:00',
			UpdatedDateUTC: '/Date(1795341660000+0000)/',
		});
	});

	it('puts credit notes against invoices, and takes them back', async () => {
		const made = await xero.api('PUT', '/CreditNotes', {
			...salesInvoice({ Type: 'ACCRECCREDIT', DueDate: undefined }),
			LineItems: [{ Description: 'Return', UnitAmount: 125, AccountCode: '200' }],
		});
		const credit = at(made.json, 'CreditNotes', 0);
		expect(credit).toMatchObject({ CreditNoteNumber: 'CN-0001', RemainingCredit: 150 });
		const path = `/CreditNotes/${at(credit, 'CreditNoteID')}`;
		const allocate = (Amount: number) =>
			xero.api('PUT', `${path}/Allocations`, {
				Allocations: [{ Amount, Date: '2026-11-22', Invoice: { InvoiceID: id } }],
			});
		expect((await allocate(121)).status).toBe(400);
		const allocated = await allocate(120);
		expect(invoice()).toMatchObject({
			Status: 'PAID',
			AmountPaid: 0,
			AmountCredited: 120,
			AmountDue: 0,
			CreditNotes: [{ CreditNoteNumber: 'CN-0001', AppliedAmount: 120 }],
		});
		const refund = await xero.api('PUT', '/Payments', {
			CreditNote: { CreditNoteID: at(credit, 'CreditNoteID') },
			Account: { Code: '090' },
			Amount: 30,
		});
		expect(at(refund.json, 'Payments', 0, 'PaymentType')).toBe('ARCREDITPAYMENT');
		const spent = await xero.api('GET', path);
		expect(at(spent.json, 'CreditNotes', 0)).toMatchObject({ Status: 'PAID', RemainingCredit: 0 });
		const allocationId = at(allocated.json, 'Allocations', 0, 'AllocationID');
		const removed = await xero.api('DELETE', `${path}/Allocations/${allocationId}`);
		expect(removed.status).toBe(200);
		expect(invoice()).toMatchObject({ Status: 'AUTHORISED', AmountDue: 120 });
		expect(invoice()).not.toHaveProperty('AmountCredited');
		const back = await xero.api('GET', path);
		expect(at(back.json, 'CreditNotes', 0)).toMatchObject({
			Status: 'AUTHORISED',
			RemainingCredit: 120,
		});
	});

	it.each([
		['OVERPAYMENT', 'Overpayments', 40, 40],
		['PREPAYMENT', 'Prepayments', 40, 48],
	])('makes an %s from a bank transaction and allocates it', async (kind, path, amount, total) => {
		const made = await xero.api('PUT', '/BankTransactions', {
			Type: `RECEIVE-${kind}`,
			Contact: { Name: 'Harbour Cafe' },
			BankAccount: { Code: '090' },
			Reference: 'too much',
			LineItems: [{ Description: 'Deposit', UnitAmount: amount, AccountCode: '200' }],
		});
		expect(made.status).toBe(200);
		const list = await xero.api('GET', `/${path}?page=1`);
		const credit = at(list.json, path, 0);
		expect(credit).toMatchObject({ Type: `RECEIVE-${kind}`, RemainingCredit: total });
		const creditId = String(at(credit, `${path.slice(0, -1)}ID`));
		const allocated = await xero.api('PUT', `/${path}/${creditId}/Allocations`, {
			Allocations: [{ Amount: 20, Date: '2026-11-22', Invoice: { InvoiceID: id } }],
		});
		expect(allocated.status).toBe(200);
		expect(invoice()).toMatchObject({ AmountCredited: 20, AmountDue: 100 });
		expect(at(invoice(), path)).toMatchObject([{ AppliedAmount: 20, Total: total }]);
	});

	it('keeps payments of a batch until the batch goes', async () => {
		const second = await xero.api('PUT', '/Invoices', salesInvoice());
		const other = at(second.json, 'Invoices', 0, 'InvoiceID');
		const batch = await xero.api('PUT', '/BatchPayments', {
			BatchPayments: [
				{
					Account: { Code: '090' },
					Date: '2026-11-22',
					Payments: [
						{ Invoice: { InvoiceID: id }, Amount: 120 },
						{ Invoice: { InvoiceID: other }, Amount: 20 },
					],
				},
			],
		});
		expect(at(batch.json, 'BatchPayments', 0)).toMatchObject({
			Type: 'RECBATCH',
			TotalAmount: 140,
		});
		const paymentId = at(invoice(), 'Payments', 0, 'PaymentID');
		const single = await xero.api('POST', `/Payments/${paymentId}`, { Status: 'DELETED' });
		expect(single.status).toBe(400);
		const batchId = at(batch.json, 'BatchPayments', 0, 'BatchPaymentID');
		await xero.api('POST', `/BatchPayments/${batchId}`, { Status: 'DELETED' });
		expect(invoice()).toMatchObject({ Status: 'AUTHORISED', AmountDue: 120 });
	});

	it('makes all of a batch or none', async () => {
		const reply = await xero.api('PUT', '/BatchPayments?summarizeErrors=false', {
			BatchPayments: [
				{
					Account: { Code: '090' },
					Payments: [
						{ Invoice: { InvoiceID: id }, Amount: 120 },
						{ Invoice: { InvoiceID: id }, Amount: 1 },
					],
				},
			],
		});
		expect(at(reply.json, 'BatchPayments', 0, 'HasErrors')).toBe(true);
		expect(invoice()).toMatchObject({ Status: 'AUTHORISED', AmountDue: 120 });
		expect(invoice()).not.toHaveProperty('Payments');
	});

	it('converts foreign payments for the bank', async () => {
		const made = await xero.api('PUT', '/Invoices', salesInvoice({ CurrencyCode: 'EUR' }));
		const euro = at(made.json, 'Invoices', 0);
		expect(euro).toMatchObject({ CurrencyCode: 'EUR', CurrencyRate: 1.17 });
		const paid = await xero.api('PUT', '/Payments', {
			Invoice: { InvoiceID: at(euro, 'InvoiceID') },
			Account: { Code: '090' },
			Amount: 117,
		});
		expect(at(paid.json, 'Payments', 0)).toMatchObject({ Amount: 117, BankAmount: 100 });
	});
});
