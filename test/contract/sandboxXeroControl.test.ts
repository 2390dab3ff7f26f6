import * as fc from 'fast-check';

import { at, read, salesInvoice, Session, type Reply } from './sandboxXeroSession';

describe('the Xero sandbox: control', () => {
	let xero: Session;
	const control = async (path: string, body?: unknown, method = 'POST'): Promise<Reply> =>
		await read(
			await xero.control.fetch(
				new Request(`http://control.test${path}`, {
					method,
					body: body === undefined ? undefined : JSON.stringify(body),
				}),
			),
		);
	const get = (path: string) => control(path, undefined, 'GET');

	beforeEach(() => {
		xero = new Session();
	});

	it('shows the state without secrets', async () => {
		await xero.api('PUT', '/Invoices', salesInvoice());
		const state = await get('/state');
		expect(at(state.json, 'invoices', 0, 'InvoiceNumber')).toBe('INV-0001');
		const overview = await get('/');
		expect(overview.text).toContain('Demo Trade Ltd');
		expect(overview.text).not.toMatch(/secret/i);
		expect(overview.text).not.toContain(xero.token);
	});

	it('enters and invoices on a project what the API cannot', async () => {
		const base = '/projects.xro/2.0/Projects';
		const [contact] = xero.twin.person.seedContacts([{ name: 'Mill Lane Garage' }]);
		const made = await xero.send('POST', base, { contactId: contact?.contactId, name: 'Roof' });
		const projectId = String(made.json['projectId']);
		const rate = { currency: 'GBP', value: 120 };
		const task = { name: 'Slates', chargeType: 'FIXED', rate };
		const { json } = await xero.send('POST', `${base}/${projectId}/Tasks`, task);
		await control('/projects/invoice-task', { taskId: json['taskId'] });
		await control('/projects/book', { projectId, expense: '80.50', deposit: '30' });
		const read = await xero.send('GET', `${base}/${projectId}`);
		expect(read.json).toMatchObject({
			taskAmountInvoiced: rate,
			totalExpenseAmount: { currency: 'GBP', value: 80.5 },
			totalInvoiced: { currency: 'GBP', value: 150 },
			totalToBeInvoiced: { currency: 'GBP', value: 80.5 },
		});
		expect(await control('/projects/book', { projectId: 'none' })).toMatchObject({
			status: 400,
			json: { error: 'There is no project none.' },
		});
	});

	it('does what a person would: contact, invoice, approval, payment, void', async () => {
		const heard: string[] = [];
		xero.twin.onChange(({ what, action }) => heard.push(`${what} ${action}`));
		await control('/contacts', { contacts: [{ name: 'Mill Lane Garage', FirstName: 'Bo' }] });
		expect(at(xero.twin.contacts(), 0, 'FirstName')).toBe('Bo');
		await control('/invoices', salesInvoice({ Status: 'DRAFT', InvoiceNumber: 'A-1' }));
		const approved = await control('/invoices/approve', { invoiceNumber: 'A-1' });
		expect(approved.json['Status']).toBe('AUTHORISED');
		const paid = await control('/payments', { invoiceNumber: 'A-1', amount: '20.00' });
		expect(paid.json['Amount']).toBe(20);
		const early = await control('/invoices/void', { invoiceNumber: 'A-1' });
		expect([early.status, early.json['error']]).toEqual([
			400,
			'Remove the payments and credits of this invoice first.',
		]);
		await control('/payments/delete', { paymentId: paid.json['PaymentID'] });
		const voided = await control('/invoices/void', { invoiceNumber: 'A-1' });
		expect(voided.json).toMatchObject({ Status: 'VOIDED', AmountDue: 0 });
		expect(heard).toEqual([
			'contact created',
			'contact created',
			'invoice created',
			'invoice updated',
			'payment created',
			'invoice updated',
			'payment updated',
			'invoice updated',
			'invoice updated',
		]);
	});

	it('sets switches and limits, and says which it does not know', async () => {
		expect((await control('/settings', { minuteLimit: 2, limitsOn: true })).json).toMatchObject({
			minuteLimit: 2,
		});
		await xero.api('GET', '/Currencies');
		await xero.api('GET', '/Currencies');
		expect((await xero.api('GET', '/Currencies')).status).toBe(429);
		const wrong = await control('/settings', { minuteLimit: 'many', nonsense: 1 });
		expect(wrong.json['error']).toContain('minuteLimit, nonsense');
		await control('/day-calls', { calls: 999 });
		xero.clock.advance(60_000);
		expect((await xero.api('GET', '/Currencies')).headers.get('x-daylimit-remaining')).toBe('0');
		expect((await xero.api('GET', '/Currencies')).headers.get('x-rate-limit-problem')).toBe('day');
	});

	it('changes accounts, rates, currencies, lock dates and apps', async () => {
		const line = (more = {}) => ({
			LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '210', ...more }],
		});
		const put = async (more = {}) =>
			(await xero.api('PUT', '/Invoices', salesInvoice(more))).status;
		expect(await put(line())).toBe(200);
		await control('/accounts/archive', { code: '210' });
		expect(await put(line())).toBe(400);
		await control('/accounts/archive', { code: '210', archived: false });
		expect(await put(line())).toBe(200);
		await control('/tax-rates/archive', { taxType: 'RROUTPUT' });
		expect(await put(line({ TaxType: 'RROUTPUT' }))).toBe(400);
		await control('/currencies', { code: 'USD', exchangeRate: '1.3' });
		expect(await put({ CurrencyCode: 'USD' })).toBe(200);
		await control('/organisation', { periodLockDate: '2026-12-01' });
		expect(await put()).toBe(400);
		await control('/organisation', { periodLockDate: null });
		expect(await put()).toBe(200);
		const wrong = await control('/organisation', { name: 1 });
		expect(wrong.status).toBe(400);
		const app = await control('/apps', {
			scopes: ['accounting.contacts'],
			allowsBroadScopes: true,
		});
		expect(app.json['scopes']).toEqual(['accounting.contacts']);
	});

	it('expires tokens, ends consents and disconnects', async () => {
		await control('/tokens/expire');
		expect((await xero.api('GET', '/Currencies')).status).toBe(401);
		xero.token = xero.twin.signIn().access_token;
		await control('/disconnect', { organisation: 'Demo Trade Ltd' });
		expect((await xero.api('GET', '/Currencies')).status).toBe(403);
		xero.token = xero.twin.signIn().access_token;
		await control('/tokens/revoke', {});
		expect((await xero.api('GET', '/Currencies')).status).toBe(401);
	});

	it('archives, restores and merges contacts', async () => {
		const [one, two] = xero.twin.seedContacts([{ name: 'One' }, { name: 'Two' }]);
		await control('/contacts/archive', { contact: 'One' });
		expect(at(xero.twin.contacts(), 0, 'ContactStatus')).toBe('ARCHIVED');
		await control('/contacts/archive', { contact: one?.contactId, archived: false });
		expect(at(xero.twin.contacts(), 0, 'ContactStatus')).toBe('ACTIVE');
		const merged = await control('/contacts/merge', { from: 'One', into: 'Two' });
		expect(merged.json['MergedToContactID']).toBe(two?.contactId);
	});

	it('adds up to the cent whatever is bought, paid and taken back', async () => {
		const cents = fc.integer({ min: 1, max: 999_999 }).map((value) => value / 100);
		const line = fc.record({
			Description: fc.constant('x'),
			Quantity: fc.integer({ min: 1, max: 400 }).map((value) => value / 4),
			UnitAmount: cents,
			AccountCode: fc.constant('200'),
			TaxType: fc.constantFrom('OUTPUT2', 'RROUTPUT', 'NONE'),
		});
		const document = fc.record({
			LineItems: fc.array(line, { minLength: 1, maxLength: 6 }),
			LineAmountTypes: fc.constantFrom('Exclusive', 'Inclusive', 'NoTax'),
		});
		const shares = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 });
		const pence = (value: unknown): number => Math.round(Number(value) * 100);
		await fc.assert(
			fc.asyncProperty(document, shares, async (members, parts) => {
				xero.twin.reset();
				xero.twin.configure({ limitsOn: false });
				xero.token = xero.twin.signIn().access_token;
				const made = await xero.api('PUT', '/Invoices', salesInvoice(members));
				expect(made.status).toBe(200);
				const invoice = () => at(xero.twin.invoices(), 0);
				const total = pence(at(invoice(), 'Total'));
				expect(pence(at(invoice(), 'SubTotal')) + pence(at(invoice(), 'TotalTax'))).toBe(total);
				let paid = 0;
				const payments: string[] = [];
				for (const part of parts) {
					const amount = Math.floor((total * part) / 100);
					if (amount === 0 || paid + amount > total) continue;
					const payment = xero.twin.recordPayment({
						invoiceNumber: 'INV-0001',
						amount: (amount / 100).toFixed(2),
					});
					payments.push(String(payment['PaymentID']));
					paid += amount;
					expect(pence(at(invoice(), 'AmountPaid'))).toBe(paid);
					expect(pence(at(invoice(), 'AmountDue'))).toBe(total - paid);
					expect(at(invoice(), 'Status')).toBe(paid === total ? 'PAID' : 'AUTHORISED');
				}
				for (const payment of payments) xero.twin.deletePayment(payment);
				expect(pence(at(invoice(), 'AmountDue'))).toBe(total);
			}),
			{ numRuns: 60 },
		);
	});
});
