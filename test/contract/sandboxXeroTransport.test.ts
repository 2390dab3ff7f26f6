import { at, salesInvoice, Session } from './sandboxXeroSession';

const MINUTE = 60_000;

describe('the Xero sandbox: transport, limits, idempotency', () => {
	let xero: Session;

	beforeEach(() => {
		xero = new Session();
	});

	it('wraps what it gives in an envelope, as XML unless JSON is asked for', async () => {
		const reply = await xero.api('GET', '/Organisation');
		expect(reply.json).toMatchObject({ Status: 'OK', ProviderName: 'Sandbox web app' });
		expect(at(reply.json, 'DateTimeUTC')).toBe(`/Date(${xero.clock.now()})/`);
		expect(reply.headers.get('xero-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
		const xml = await xero.api('GET', '/Organisation', undefined, { accept: '*/*' });
		expect(xml.headers.get('content-type')).toContain('text/xml');
		expect(xml.text).toContain('<Organisations><Organisation><OrganisationID>');
	});

	it('answers text, not JSON, for what it does not know and for long queries', async () => {
		for (const path of ['/Nonsense', '/Invoices/nope', `/Invoices?IDs=${'a'.repeat(2_045)}`]) {
			const reply = await xero.api('GET', path);
			expect(reply.status).toBe(404);
			expect(reply.text).toBe("The resource you're looking for cannot be found");
		}
		expect((await xero.api('GET', `/Invoices?IDs=${'a'.repeat(2_044)}`)).status).toBe(200);
	});

	it.each([
		['', 17, 'NoDataProcessedException'],
		['{"Invoices":', 14, 'PostDataInvalidException'],
		['{"Invoices":[]}', 17, 'NoDataProcessedException'],
		['{"Invoices":[{"Type":"ACCREC","Date":"32/13/2026"}]}', 14, 'PostDataInvalidException'],
		['{"Invoices":[{"Type":"ACCREC","LineItems":"x"}]}', 14, 'PostDataInvalidException'],
	])('refuses a body of %s whole, with %d', async (body, number, type) => {
		const reply = await xero.api('POST', '/Invoices', body);
		expect(reply.status).toBe(400);
		expect(reply.json).toMatchObject({
			ErrorNumber: number,
			Type: type,
		});
	});

	it('refuses a body over ten megabytes', async () => {
		const reply = await xero.api('POST', '/Contacts', 'x'.repeat(10 * 1024 * 1024 + 1));
		expect(reply.status).toBe(413);
	});

	it('goes offline for maintenance, or one organisation alone', async () => {
		xero.twin.person.setOrganisation({ status: 'OFFLINE' });
		const offline = await xero.api('GET', '/Invoices');
		expect([offline.status, offline.text]).toEqual([503, 'The Organisation is offline']);
		xero.twin.configure({ maintenance: true });
		expect((await xero.api('GET', '/Invoices')).text).toBe(
			'Xero API is currently offline for maintenance',
		);
	});

	it('allows sixty calls a minute and says what is left', async () => {
		xero.twin.configure({ limitsOn: true });
		for (let call = 1; call <= 60; call += 1) {
			const reply = await xero.api('GET', '/Currencies');
			expect(reply.status).toBe(200);
			expect(reply.headers.get('x-minlimit-remaining')).toBe(String(60 - call));
			expect(reply.headers.get('x-daylimit-remaining')).toBe(String(1_000 - call));
		}
		const refused = await xero.api('GET', '/Currencies');
		expect(refused.status).toBe(429);
		expect(refused.headers.get('x-rate-limit-problem')).toBe('minute');
		const wait = Number(refused.headers.get('retry-after'));
		expect(wait).toBeGreaterThan(0);
		expect(wait).toBeLessThanOrEqual(60);
		xero.clock.advance(wait * 1_000);
		expect((await xero.api('GET', '/Currencies')).status).toBe(200);
	});

	it('allows a day only so many calls', async () => {
		xero.twin.configure({ limitsOn: true, dayLimit: 5 });
		for (let call = 0; call < 5; call += 1) await xero.api('GET', '/Currencies');
		const refused = await xero.api('GET', '/Currencies');
		expect(refused.headers.get('x-rate-limit-problem')).toBe('day');
		expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(86_400);
		xero.clock.advance(24 * 60 * MINUTE);
		xero.token = xero.twin.signIn().access_token;
		expect((await xero.api('GET', '/Currencies')).status).toBe(200);
	});

	it('allows five calls at once', async () => {
		xero.twin.configure({ limitsOn: true });
		const replies = await Promise.all(
			Array.from({ length: 7 }, () => xero.api('GET', '/Currencies')),
		);
		const refused = replies.filter((reply) => reply.status === 429);
		expect(refused).toHaveLength(2);
		expect(refused[0]?.headers.get('x-rate-limit-problem')).toBe('concurrent');
		expect(refused[0]?.headers.get('retry-after')).toBeNull();
		expect((await xero.api('GET', '/Currencies')).status).toBe(200);
	});

	it('gives the first answer again for six minutes', async () => {
		const key = { 'idempotency-key': 'k-1' };
		const first = await xero.api('PUT', '/Invoices', salesInvoice(), key);
		const again = await xero.api('PUT', '/Invoices', salesInvoice(), key);
		expect(again.text).toBe(first.text);
		expect(xero.twin.invoices()).toHaveLength(1);
		xero.clock.advance(6 * MINUTE);
		await xero.api('PUT', '/Invoices', salesInvoice(), key);
		expect(xero.twin.invoices()).toHaveLength(2);
	});

	it('keeps errors under the key as well', async () => {
		const key = { 'idempotency-key': 'k-2' };
		const bill = salesInvoice({ Contact: undefined });
		expect((await xero.api('PUT', '/Invoices', bill, key)).status).toBe(400);
		xero.twin.configure({ maintenance: true });
		xero.twin.configure({ maintenance: false });
		expect((await xero.api('PUT', '/Invoices', bill, key)).status).toBe(400);
	});

	it('makes one document of two calls at the same time', async () => {
		const key = { 'idempotency-key': 'k-3' };
		const replies = await Promise.all(
			[1, 2, 3].map(() => xero.api('PUT', '/Invoices', salesInvoice(), key)),
		);
		expect(new Set(replies.map((reply) => reply.text)).size).toBe(1);
		expect(xero.twin.invoices()).toHaveLength(1);
	});

	it('refuses a key used for something else, or too long', async () => {
		const key = { 'idempotency-key': 'k-4' };
		await xero.api('PUT', '/Invoices', salesInvoice(), key);
		const other = await xero.api('PUT', '/Invoices', salesInvoice({ Reference: 'b' }), key);
		expect(other.status).toBe(400);
		expect(other.text).toContain('Idempotency Key k-4 is used with a different request');
		const long = await xero.api('PUT', '/Invoices', salesInvoice(), {
			'idempotency-key': 'k'.repeat(129),
		});
		expect(long.status).toBe(400);
		expect(xero.twin.invoices()).toHaveLength(1);
	});

	it('counts a repeated call against the limits', async () => {
		xero.twin.configure({ limitsOn: true });
		const key = { 'idempotency-key': 'k-5' };
		await xero.api('PUT', '/Invoices', salesInvoice(), key);
		const again = await xero.api('PUT', '/Invoices', salesInvoice(), key);
		expect(again.headers.get('x-minlimit-remaining')).toBe('58');
	});

	it('goes back to a snapshot, and both stay apart', async () => {
		await xero.api('PUT', '/Invoices', salesInvoice());
		const before = xero.twin.snapshot();
		await xero.api('PUT', '/Invoices', salesInvoice());
		const after = xero.twin.snapshot();
		xero.twin.restore(before);
		expect(xero.twin.invoices()).toHaveLength(1);
		await xero.api('PUT', '/Invoices', salesInvoice({ InvoiceNumber: 'other' }));
		xero.twin.restore(after);
		expect(xero.twin.invoices().map((one) => one['InvoiceNumber'])).toEqual([
			'INV-0001',
			'INV-0002',
		]);
	});
});
