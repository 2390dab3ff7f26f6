import { createHmac } from 'node:crypto';

import type { Deliver } from '../../sandbox/xero/webhooks';

import { at, salesInvoice, Session } from './sandboxXeroSession';

const KEY = 'sandbox-webhook-key';
const MINUTE = 60_000;

interface Delivered {
	readonly events: readonly Record<string, unknown>[];
	readonly firstEventSequence: number;
	readonly lastEventSequence: number;
}

describe('the Xero sandbox: webhooks', () => {
	let received: Delivered[];
	let posts: { valid: boolean; empty: boolean }[];
	let answerWith: number | 'silence';
	let xero: Session;

	const deliver: Deliver = async (_url, { headers, body }) => {
		const signature = createHmac('sha256', KEY).update(body).digest('base64');
		const valid = headers['x-xero-signature'] === signature;
		const delivered = JSON.parse(body) as Delivered;
		posts.push({ valid, empty: delivered.events.length === 0 });
		await Promise.resolve();
		if (!valid) return { status: 401 };
		if (delivered.events.length === 0) return { status: 200 };
		if (answerWith === 'silence') throw new Error('no answer');
		if (answerWith === 200) received.push(delivered);
		return { status: answerWith };
	};

	beforeEach(async () => {
		received = [];
		posts = [];
		answerWith = 200;
		xero = new Session(deliver);
		const { status } = await xero.twin.webhooks.register('http://127.0.0.1:9/hook', KEY);
		expect(status).toBe('active');
	});

	const create = (more = {}) => xero.api('PUT', '/Invoices', salesInvoice(more));
	const categories = () => received.flatMap((one) => one.events.map((e) => e['eventCategory']));

	it('asks for intent with right and wrong signatures', () => {
		expect(posts.every((post) => post.empty)).toBe(true);
		expect(posts.map((post) => post.valid)).toEqual([true, false, false, true]);
	});

	it('is registered by the control API, which does not show the key again', async () => {
		const registered = await xero.control.fetch(
			new Request('http://control.test/webhook', {
				method: 'POST',
				body: JSON.stringify({ url: 'http://127.0.0.1:9/hook', webhookKey: KEY }),
			}),
		);
		expect(await registered.json()).toEqual({ status: 'active' });
		const state = await xero.control.fetch(new Request('http://control.test/'));
		expect(await state.text()).not.toContain(KEY);
	});

	it('stays pending when a wrong signature is accepted', async () => {
		const careless = new Session(async () => await Promise.resolve({ status: 200 }));
		const { status } = await careless.twin.webhooks.register('http://127.0.0.1:9/hook', KEY);
		expect(status).toBe('pending');
	});

	it('tells of contacts, invoices, payments and credit notes, signed, by id only', async () => {
		await create();
		await xero.twin.webhooks.flush();
		xero.twin.recordPayment({ invoiceNumber: 'INV-0001', amount: 5 });
		await xero.twin.webhooks.flush();
		expect(categories()).toEqual(['CONTACT', 'INVOICE', 'PAYMENT', 'INVOICE']);
		const first = received[0]?.events[1] ?? {};
		const id = at(xero.twin.invoices(), 0, 'InvoiceID');
		expect(first).toEqual({
			resourceUrl: `https://api.xero.com/api.xro/2.0/Invoices/${id}`,
			resourceId: id,
			tenantId: '45e4708e-d862-4111-ab3a-dd8cd03913e1',
			tenantType: 'ORGANISATION',
			eventCategory: 'INVOICE',
			eventType: 'CREATE',
			eventDateUtc: '2026-11-22T10:00:00.000',
		});
		expect(received.map((one) => [one.firstEventSequence, one.lastEventSequence])).toEqual([
			[1, 2],
			[3, 4],
		]);
	});

	it('says nothing of quotes, and of payments by invoice only if told so', async () => {
		const [contact] = xero.twin.seedContacts([{ name: 'Harbour Cafe' }]);
		await xero.twin.webhooks.flush();
		received = [];
		await xero.api('PUT', '/Quotes', {
			Contact: { ContactID: contact?.contactId },
			Date: '2026-11-22',
			LineItems: [{ Description: 'x', UnitAmount: 1 }],
		});
		await xero.twin.webhooks.flush();
		expect(received).toEqual([]);
		await create();
		await xero.twin.webhooks.flush();
		received = [];
		xero.twin.configure({ invoiceEventOnPayment: false });
		xero.twin.recordPayment({ invoiceNumber: 'INV-0001', amount: 5 });
		await xero.twin.webhooks.flush();
		expect(categories()).toEqual(['PAYMENT']);
	});

	it('tries again at once and then every quarter of an hour, for a day', async () => {
		answerWith = 500;
		await create();
		await xero.twin.webhooks.flush();
		expect(posts.filter((post) => !post.empty)).toHaveLength(2);
		xero.clock.advance(14 * MINUTE);
		await xero.twin.webhooks.flush();
		expect(posts.filter((post) => !post.empty)).toHaveLength(2);
		answerWith = 'silence';
		xero.clock.advance(MINUTE);
		await xero.twin.webhooks.flush();
		expect(posts.filter((post) => !post.empty)).toHaveLength(3);
		answerWith = 200;
		xero.clock.advance(15 * MINUTE);
		await xero.twin.webhooks.flush();
		expect(received).toHaveLength(1);
		answerWith = 500;
		xero.token = xero.twin.signIn().access_token;
		await create();
		await xero.twin.webhooks.flush();
		xero.clock.advance(24 * 60 * MINUTE);
		await xero.twin.webhooks.flush();
		const state = await xero.control.fetch(new Request('http://xero.test/'));
		expect(at(await state.json(), 'webhook', 'status')).toBe('disabled');
	});

	it('repeats, loses, turns round and missigns when told to', async () => {
		xero.twin.webhooks.faults = { ...xero.twin.webhooks.faults, copies: 3, shuffle: true };
		await create();
		await xero.twin.webhooks.flush();
		expect(categories()).toEqual(Array(3).fill(['INVOICE', 'CONTACT']).flat());
		received = [];
		xero.twin.webhooks.faults = { ...xero.twin.webhooks.faults, copies: 1, dropNext: 1 };
		await create();
		await xero.twin.webhooks.flush();
		expect(received).toEqual([]);
		xero.twin.webhooks.faults = { ...xero.twin.webhooks.faults, wrongSignatureNext: 1 };
		await create();
		await xero.twin.webhooks.flush();
		// The first try was refused, the second properly signed.
		expect(received).toHaveLength(1);
		expect(received[0]?.firstEventSequence).toBe(4);
	});
});
