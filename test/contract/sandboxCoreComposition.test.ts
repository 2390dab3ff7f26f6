import { createServer } from 'node:http';
import { listenFrom } from '../../sandbox/listenFrom';
import { createSandbox, sandboxKnackApp } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { seedCompletedOrders } from '../../sandbox/seed/completedOrders';
import { UK_TAX_RATES } from '../../sandbox/xero/taxRates';
import { DEMO_TRADE_TENANT_ID, SANDBOX_WEB_APP } from '../../sandbox/xero/twin';

const july = Date.UTC(2026, 6, 15, 9, 30);

const knackHeaders = {
	'x-knack-application-id': sandboxKnackApp.id,
	'x-knack-rest-api-key': sandboxKnackApp.apiKey,
	'content-type': 'application/json',
};

async function json(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<unknown> {
	const response = await sandbox.fetch(new Request(`http://sandbox${path}`, init));
	return await response.json();
}

/** A signed-in caller of Xero. */
function xeroHeaders(sandbox: Sandbox): Record<string, string> {
	return {
		authorization: `Bearer ${sandbox.xero.signIn().access_token}`,
		'xero-tenant-id': DEMO_TRADE_TENANT_ID,
		accept: 'application/json',
		'content-type': 'application/json',
	};
}

describe('the seeded trade business', () => {
	it('is the same every time', async () => {
		const [one, two] = [0, 1].map(() => createSandbox({ nowMs: july, freeze: true }));
		expect(JSON.stringify(await json(one!, '/control/page'))).toBe(
			JSON.stringify(await json(two!, '/control/page')),
		);
	});

	it('has orders whose totals add up, and contacts that need a person to look', () => {
		const sandbox = createSandbox({ nowMs: july, freeze: true });
		const { knack, xero } = sandbox;
		const orders = knack.recordIds('Orders').map((id) => knack.shown('Orders', id));
		expect(orders).toHaveLength(8);
		expect(orders[0]).toMatchObject({
			'Order Number': 'SO-1001',
			Status: 'Completed',
			Total: '£1,294.00',
		});
		expect(knack.recordIds('Customers')).toHaveLength(12);
		const contacts = xero.contacts();
		expect(contacts.find(({ Name }) => Name === 'BRAMLEY & SONS LTD')).toBeDefined();
		expect(contacts.filter(({ ContactStatus }) => ContactStatus === 'ARCHIVED')).toHaveLength(1);
	});

	it('offers on its lines tax rates that Xero has, and those that a message advises', () => {
		const { knack } = createSandbox({ nowMs: july, freeze: true });
		const field = knack.schema('Order Lines').fields.find(({ name }) => name === 'Tax Rate');
		const offered = Object(field?.format).options;
		const inXero = new Set(UK_TAX_RATES.map(({ name }) => name));
		expect(offered.filter((name: string) => !inXero.has(name))).toEqual([]);
		// The sundries of SO-1005 stand on an expense account.
		expect(offered).toContain('20% (VAT on Expenses)');
	});

	it('comes back after a reset', async () => {
		const sandbox = createSandbox({ nowMs: july, freeze: true });
		const before = await json(sandbox, '/control/knack/tables/Orders/records');
		const [id = ''] = sandbox.knack.recordIds('Orders');
		sandbox.knack.deleteRecord('Orders', id);
		await sandbox.fetch(new Request('http://sandbox/control/reset', { method: 'POST' }));
		expect(await json(sandbox, '/control/knack/tables/Orders/records')).toEqual(before);
	});
});

describe('completed orders for tests', () => {
	it('are as many as asked for, and some of their customers are in Xero', () => {
		const sandbox = createSandbox({ seed: 'empty', nowMs: july, freeze: true, limits: false });
		const seeded = seedCompletedOrders(sandbox, {
			orders: 40,
			customers: 10,
			linesPerOrder: 2,
			existingInXero: 4,
			existingDifferentCase: 2,
		});
		expect(seeded.orderIds).toHaveLength(40);
		expect(new Set(seeded.orderIds).size).toBe(40);
		expect(seeded.lineIds).toHaveLength(80);
		const names = sandbox.xero.contacts().map(({ Name }) => Name);
		expect(names.slice(0, 6)).toEqual([
			'Customer 00001 Ltd',
			'Customer 00002 Ltd',
			'Customer 00003 Ltd',
			'Customer 00004 Ltd',
			'CUSTOMER 00005 LTD',
			'CUSTOMER 00006 LTD',
		]);
	});

	it('are thousands where a test asks for them', () => {
		const sandbox = createSandbox({ seed: 'empty', nowMs: july, freeze: true, limits: false });
		const seeded = seedCompletedOrders(sandbox, { orders: 5000, customers: 500, linesPerOrder: 3 });
		expect(sandbox.knack.recordIds('Orders')).toEqual(seeded.orderIds);
		expect(seeded.lineIds).toHaveLength(15_000);
	});
});

describe('both sides in one process', () => {
	let sandbox: Sandbox;

	beforeEach(() => {
		sandbox = createSandbox({ nowMs: july, freeze: true, limits: false });
	});

	it('answer in memory and are journaled by service', async () => {
		await json(sandbox, '/knack/v1/objects', { headers: knackHeaders });
		const invoices = await json(sandbox, '/xero/api.xro/2.0/Invoices', {
			headers: xeroHeaders(sandbox),
		});
		expect(invoices).toMatchObject({ Status: 'OK', Invoices: [] });
		expect(sandbox.journal.counts().byService).toMatchObject({
			knack: { read: 1, write: 0 },
			xero: { read: 1, write: 0 },
		});
		expect(sandbox.journal.filter({ service: 'xero' })[0]).toMatchObject({
			organisation: DEMO_TRADE_TENANT_ID,
		});
	});

	it('commit and then drop the answer, so that a caller cannot know', async () => {
		sandbox.faults.add({
			kind: 'dropAfterCommit',
			service: 'xero',
			method: 'PUT',
			path: '/Contacts',
		});
		const put = sandbox.fetch(
			new Request('http://sandbox/xero/api.xro/2.0/Contacts', {
				method: 'PUT',
				headers: xeroHeaders(sandbox),
				body: JSON.stringify({ Contacts: [{ Name: 'Lost Answer Ltd' }] }),
			}),
		);
		await expect(put).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(sandbox.xero.contacts().some(({ Name }) => Name === 'Lost Answer Ltd')).toBe(true);
	});

	it('go back together to a snapshot, ids and time included', async () => {
		const snapshot = sandbox.snapshot();
		const act = async (): Promise<unknown> => {
			sandbox.clock.advance(60_000);
			const id = sandbox.knack.createRecord('Orders', {});
			const contacts = await json(sandbox, '/xero/api.xro/2.0/Contacts', {
				method: 'PUT',
				headers: xeroHeaders(sandbox),
				body: JSON.stringify({ Contacts: [{ Name: 'New Here Ltd' }] }),
			});
			return [id, contacts, sandbox.clock.now()];
		};
		const first = await act();
		sandbox.restore(snapshot);
		expect(sandbox.knack.recordIds('Orders')).toHaveLength(8);
		expect(sandbox.xero.contacts().some(({ Name }) => Name === 'New Here Ltd')).toBe(false);
		expect(await act()).toEqual(first);
	});

	it('restore the same however often', () => {
		const snapshot = sandbox.snapshot();
		const orders = sandbox.knack.recordIds('Orders');
		const made = new Set<string>();
		for (let replay = 0; replay < 2000; replay += 1) {
			made.add(sandbox.knack.createRecord('Orders', {}));
			sandbox.restore(snapshot);
		}
		expect(made.size).toBe(1);
		expect(sandbox.knack.recordIds('Orders')).toEqual(orders);
	});
});

describe('over HTTP', () => {
	it('serves on loopback, destroys the socket where a fault says so, and sends events', async () => {
		const sandbox = createSandbox({ nowMs: july, freeze: true, limits: false });
		const server = await sandbox.listen(0);
		try {
			const objects = await fetch(`${server.url}/knack/v1/objects`, { headers: knackHeaders });
			expect(objects.status).toBe(200);
			expect(await (await fetch(server.url)).text()).toContain('Complete an order on the left');

			sandbox.faults.add({ kind: 'dropBefore', service: 'knack' });
			await expect(
				fetch(`${server.url}/knack/v1/objects`, { headers: knackHeaders }),
			).rejects.toThrow();

			const events = await fetch(`${server.url}/control/events`);
			const reader = events.body?.getReader();
			sandbox.knack.createRecord('Orders', {});
			let seen = '';
			while (reader && !seen.includes('event: change')) {
				seen += new TextDecoder().decode((await reader.read()).value);
			}
			expect(seen).toContain('"action":"created"');
			await reader?.cancel();
		} finally {
			await server.close();
		}
	});
});

describe('the control API', () => {
	it('moves the clock, adds faults and refuses what it does not understand', async () => {
		const sandbox = createSandbox({ nowMs: july, freeze: true, limits: false });
		const post = async (path: string, body: unknown) =>
			await sandbox.fetch(
				new Request(`http://sandbox/control${path}`, {
					method: 'POST',
					body: JSON.stringify(body),
				}),
			);
		const moved = (await (
			await post('/clock', { now: '2026-12-01T00:00:00Z', advanceMs: 1000 })
		).json()) as object;
		expect(moved).toMatchObject({ now: '2026-12-01T00:00:01.000Z', frozen: true });
		expect((await post('/faults', { kind: 'status', status: 503, service: 'knack' })).status).toBe(
			200,
		);
		expect((await sandbox.fetch(new Request('http://sandbox/knack/v1/objects'))).status).toBe(503);
		expect((await post('/faults', { kind: 'explode' })).status).toBe(400);
		expect((await post('/knack/tables/Nowhere/records', { values: {} })).status).toBe(400);
	});
});

describe('what a person does on the page', () => {
	it('makes an order with its line, then completes it', async () => {
		const sandbox = createSandbox({ nowMs: july, freeze: true, limits: false });
		const [customer] = sandbox.knack.recordIds('Customers');
		const made = (await json(sandbox, '/control/page/orders', {
			method: 'POST',
			body: JSON.stringify({
				customer,
				description: 'Visit',
				quantity: '2',
				unitPrice: '95.00',
				status: 'Completed',
			}),
		})) as { id: string };
		expect(sandbox.knack.shown('Orders', made.id)).toMatchObject({
			Status: 'Completed',
			Total: '£190.00',
		});
	});

	it('approves an invoice, records and removes its payment, and voids it', async () => {
		const sandbox = createSandbox({ nowMs: july, freeze: true, limits: false });
		sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			InvoiceNumber: 'INV-9',
			Date: '2026-07-15',
			DueDate: '2026-08-14',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
		});
		const [{ InvoiceID: id }] = sandbox.xero.invoices() as [{ InvoiceID: string }];
		const state = () => sandbox.xero.invoices()[0];
		const send = async (method: string, path: string, body?: unknown) =>
			await sandbox.fetch(
				new Request(`http://sandbox/control/page${path}`, {
					method,
					...(body ? { body: JSON.stringify(body) } : {}),
				}),
			);
		await send('POST', `/invoices/${id}/approve`);
		expect(state()).toMatchObject({ Status: 'AUTHORISED', AmountDue: 120 });
		await send('POST', '/payments', {
			invoiceId: id,
			amount: '120.00',
			date: '2026-07-20',
			reference: '',
		});
		expect(state()).toMatchObject({ Status: 'PAID', AmountPaid: 120 });
		const page = (await json(sandbox, '/control/page')) as {
			xero: { payments: Array<{ id: string }> };
		};
		expect((await send('POST', `/invoices/${id}/void`)).status).toBe(400);
		await send('DELETE', `/payments/${page.xero.payments[0]?.id}`);
		await send('POST', `/invoices/${id}/void`);
		expect(state()).toMatchObject({ Status: 'VOIDED' });
	});

	it('is refused what does not fit a field, and nothing is written', async () => {
		const sandbox = createSandbox({ nowMs: july, freeze: true, limits: false });
		const { knack } = sandbox;
		const send = async (method: string, path: string, body: unknown) =>
			await sandbox.fetch(
				new Request(`http://sandbox/control/page${path}`, { method, body: JSON.stringify(body) }),
			);
		const [customer] = knack.recordIds('Customers');
		const [line = ''] = knack.recordIds('Order Lines');
		const before = [knack.recordIds('Orders').length, knack.shown('Order Lines', line)];
		const made = { customer, description: 'Visit', unitPrice: '95', status: 'New' };
		for (const quantity of ['abc', '1,5', '-1', '']) {
			const answer = await send('POST', '/orders', { ...made, quantity });
			expect([answer.status, await answer.text()]).toEqual([
				400,
				expect.stringContaining('Quantity and price are numbers, such as 2.5 or 95.00.'),
			]);
		}
		const key = knack.fieldKey('Order Lines', 'Quantity');
		const saved = await send('PUT', `/tables/Order Lines/records/${line}`, {
			values: { [key]: 'abc' },
		});
		expect([saved.status, await saved.text()]).toEqual([
			400,
			expect.stringContaining('Quantity must be a number.'),
		]);
		expect([knack.recordIds('Orders').length, knack.shown('Order Lines', line)]).toEqual(before);
	});
});

describe('starting over', () => {
	const url = 'http://n8n.test/webhook/knack';

	/** A sandbox that something is connected to, and whose first open order was posted. */
	function worked() {
		const sandbox = createSandbox({ nowMs: july, freeze: true, limits: false });
		const { knack, xero } = sandbox;
		const tokens = xero.signIn();
		knack.addFlow({ table: 'Orders', event: 'updated', url });
		xero.world.webhook.set({ url, key: 'a-key', categories: ['INVOICE'], status: 'active' });
		const order = knack.recordIds('Orders').find((id) => {
			return knack.shown('Orders', id).Status === 'New';
		});
		knack.setDelivery(async () => await Promise.resolve(new Response(null, { status: 503 })));
		knack.updateRecord('Orders', order ?? '', { Status: 'Completed', 'Sync Message': 'Trouble' });
		xero.person.saveInvoice({
			Type: 'ACCREC',
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			Date: '2026-07-15',
			DueDate: '2026-08-14',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
		});
		return { sandbox, tokens, order: order ?? '' };
	}

	it('puts records and books back, and keeps Flows, sign-ins and the webhook', async () => {
		const { sandbox, tokens, order } = worked();
		const { knack, xero } = sandbox;
		const number = knack.shown('Orders', order)['Order Number'];
		sandbox.clock.advance(86_400_000);
		sandbox.startOver();
		const orders = knack.recordIds('Orders').map((id) => knack.shown('Orders', id));
		expect(orders.find((one) => one['Order Number'] === number)).toMatchObject({
			Status: 'New',
			'Sync Message': '',
		});
		expect(xero.invoices()).toEqual([]);
		expect(knack.appState().flows.map((flow) => flow.url)).toEqual([url]);
		expect(xero.world.webhook.value?.status).toBe('active');
		const refreshed = await sandbox.fetch(
			new Request('http://sandbox/xero/connect/token', {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: new URLSearchParams({
					grant_type: 'refresh_token',
					refresh_token: tokens.refresh_token ?? '',
					client_id: SANDBOX_WEB_APP.clientId,
					client_secret: SANDBOX_WEB_APP.clientSecret,
				}),
			}),
		);
		expect(refreshed.status).toBe(200);
	});

	it('gives what was changed a new id, so that nobody takes it for the one that was posted', async () => {
		const { sandbox, order } = worked();
		const { knack } = sandbox;
		const number = knack.shown('Orders', order)['Order Number'];
		const all = knack.recordIds('Orders');
		sandbox.startOver();
		expect(knack.recordIds('Orders').filter((id) => !all.includes(id))).toHaveLength(1);
		const again = knack.recordIds('Orders').find((id) => !all.includes(id)) ?? '';
		expect(knack.shown('Orders', again)['Order Number']).toBe(number);
		// Its lines have gone with it.
		const total = knack.shown('Orders', again).Total;
		const [line = ''] = knack.recordIds('Order Lines').filter((id) => {
			return knack.shown('Order Lines', id).Order === number;
		});
		knack.updateRecord('Order Lines', line, { Quantity: 99 });
		expect(knack.shown('Orders', again).Total).not.toBe(total);
	});
});

describe('a port that a sandbox has already', () => {
	it('is left to it, and its address is told', async () => {
		const [first, second] = [createSandbox(), createSandbox()];
		const there = await first.listen(0);
		const port = Number(new URL(there.url).port);
		const told: string[] = [];
		const here = await listenFrom(second, port, (line) => told.push(line));
		expect(here.url).not.toBe(there.url);
		expect(told).toEqual([
			`A sandbox is running already: ${there.url}. This sandbox takes ${here.url} instead.`,
		]);
		await here.close();
		first.editor = {
			url: 'http://127.0.0.1:5678/home/workflows',
			signIn: { email: 'owner@example.com', password: 'a-password' },
			workflows: [],
		};
		await (await listenFrom(second, port, (line) => told.push(line))).close();
		expect(told[1]).toContain(
			`A demo is running already: its page is ${there.url}, its n8n http://127.0.0.1:5678`,
		);
		await there.close();
	});

	it('is left to any other program as well', async () => {
		const other = createServer((_, response) => response.end('another program'));
		await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
		const address = other.address();
		const port = typeof address === 'object' && address ? address.port : 0;
		const told: string[] = [];
		const here = await listenFrom(createSandbox(), port, (line) => told.push(line));
		expect(told[0]).toMatch(`Another program listens on port ${port}. This sandbox takes`);
		await here.close();
		other.closeAllConnections();
		await new Promise((done) => other.close(done));
	});
});
