import { createHmac } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { invoiceOfItem } from '../../lib/sync/payments/invoiceOfItem';
import { XeroTrigger } from '../../nodes/XeroTrigger/XeroTrigger.node';
import { DEMO_TRADE_TENANT_ID, KIWI_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { restartProcess } from '../support/restartProcess';
import { createHarness, ours, type Harness } from './harness';
import { activateWebhook, listenToWebhook, type Listening } from './webhookListener';

const KEY = 'test-webhook-key';
const ID = 'xero-trigger-test';

describe('Xero Trigger in the engine', () => {
	let harness: Harness;
	let listening: Listening | undefined;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { xeroTrigger: new XeroTrigger() } });
		harness.sandbox.xero.configure({ limitsOn: false });
		setKey(KEY);
	});

	afterEach(async () => {
		await listening?.close();
		listening = undefined;
		await harness.close();
	});

	function setKey(webhookSigningKey: string): void {
		const held = harness.credentials.raw('xeroSyncOAuth2Api');
		harness.credentials.add('xeroSyncOAuth2Api', { ...held, webhookSigningKey });
	}

	function node(parameters: INodeParameters = {}) {
		return {
			name: 'Xero',
			type: ours('xeroTrigger'),
			credentials: harness.xero,
			parameters: {
				organisation: { mode: 'list', value: '' },
				...parameters,
				options: { gatherSeconds: 0.2, ...Object(parameters.options) },
			},
		};
	}

	async function listen(parameters: INodeParameters = {}): Promise<Listening> {
		listening = await listenToWebhook(harness.engine, node(parameters), ID);
		return listening;
	}

	const poller = (parameters: INodeParameters = {}) =>
		harness.engine.poller(node(parameters), { id: ID });

	const { twinEvents, post } = {
		/** Waits until the twin has sent what it has to send and the workflow has taken it. */
		async twinEvents(): Promise<void> {
			await harness.sandbox.xero.webhooks.flush();
			await listening?.settled();
		},
		async post(body: string, signature?: string): Promise<{ status: number; text: string }> {
			const answer = await fetch(listening?.url ?? '', {
				method: 'POST',
				body,
				headers: {
					'content-type': 'application/json',
					...(signature === undefined ? {} : { 'x-xero-signature': signature }),
				},
			});
			return { status: answer.status, text: await answer.text() };
		},
	};
	const sign = (body: string, key = KEY): string =>
		createHmac('sha256', key).update(body).digest('base64');

	const items = (): IDataObject[] => listening?.executions.flat() ?? [];
	const part = (item: IDataObject | undefined, name: string): IDataObject => Object(item?.[name]);

	function invoice(over: IDataObject = {}): { id: string; number: string } {
		const saved = harness.sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			Status: 'AUTHORISED',
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			Date: '2026-11-01',
			DueDate: '2099-01-31',
			LineAmountTypes: 'Exclusive',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
			...Object(over),
		});
		return { id: String(saved.InvoiceID), number: String(saved.InvoiceNumber) };
	}

	const xeroReads = (): number =>
		harness.sandbox.journal
			.filter({ service: 'xero', kind: 'read' })
			.filter(({ path }) => !path.includes('/connections')).length;

	const unknownEvent = (over: IDataObject = {}, sequence = 1): string =>
		JSON.stringify({
			events: [
				{
					resourceUrl:
						'https://api.xero.com/api.xro/2.0/Robots/8b1e0f0c-0000-4000-8000-000000000001',
					resourceId: '8b1e0f0c-0000-4000-8000-000000000001',
					tenantId: DEMO_TRADE_TENANT_ID,
					tenantType: 'ORGANISATION',
					eventCategory: 'ROBOT',
					eventType: 'Update',
					eventDateUtc: '2026-11-22T11:52:25.123',
					...over,
				},
			],
			firstEventSequence: sequence,
			lastEventSequence: sequence,
			entropy: 'KQWERTYUIOPASDFGHJKL',
		});

	describe('the webhook', () => {
		it('passes intent to receive by itself, starting nothing and asking Xero nothing', async () => {
			const { url } = await listen();
			const reads = xeroReads();
			const { status } = await harness.sandbox.xero.webhooks.register(url, KEY);
			expect(status).toBe('active');
			expect(listening?.executions).toEqual([]);
			expect(xeroReads()).toBe(reads);
		});

		it.each<[string, (body: string) => string | undefined]>([
			['no signature', () => undefined],
			['another key', (body) => sign(body, 'another')],
			['another body', () => sign('{}')],
			['an empty key', (body) => sign(body, '')],
			['half a signature', (body) => sign(body).slice(0, 20)],
		])('refuses %s with an empty 401, and runs nothing', async (_name, signature) => {
			await listen({ categories: [] });
			const body = unknownEvent();
			expect(await post(body, signature(body))).toEqual({ status: 401, text: '' });
			await listening?.settled();
			expect(listening?.executions).toEqual([]);
			expect(await post(body, sign(body))).toEqual({ status: 200, text: '' });
			await listening?.settled();
			expect(listening?.executions).toHaveLength(1);
		});

		it('takes the signature of the bytes as they came, whatever JSON would make of them', async () => {
			await listen({ categories: [] });
			const spelt = JSON.stringify(JSON.parse(unknownEvent()), null, 2)
				.replace('ROBOT', 'ROB\\u00d6T')
				.replace('"entropy"', '"entropy" ');
			expect(await post(spelt, sign(spelt))).toEqual({ status: 200, text: '' });
			await listening?.settled();
			expect(items()).toMatchObject([{ event: { category: 'ROBÖT' } }]);
			const respelt = JSON.stringify(JSON.parse(spelt));
			expect(await post(spelt, sign(respelt))).toEqual({ status: 401, text: '' });
		});

		it.each([
			['that is not chosen', { mode: 'id', value: DEMO_TRADE_TENANT_ID }],
			['that is another connection’s', { mode: 'list', value: '' }],
		])('asks Xero nothing for an event of an organisation %s', async (_whose, organisation) => {
			await listen({ organisation, categories: ['INVOICE'] });
			const reads = xeroReads();
			const body = unknownEvent({ tenantId: KIWI_TRADE_TENANT_ID, eventCategory: 'INVOICE' });
			expect((await post(body, sign(body))).status).toBe(200);
			await listening?.settled();
			expect(items()).toEqual([]);
			expect(xeroReads()).toBe(reads);
		});

		it('refuses everything once the key is gone', async () => {
			await listen({ categories: [] });
			setKey('');
			const body = unknownEvent();
			expect((await post(body, sign(body, ''))).status).toBe(401);
		});

		it('hands on a payment as the invoice that it pays, which later nodes recognise', async () => {
			const { url } = await listen();
			await harness.sandbox.xero.webhooks.register(url, KEY, ['PAYMENT']);
			const { id, number } = invoice({ Date: '2023-10-01', DueDate: '2023-11-01' });
			harness.sandbox.xero.recordPayment({ invoiceId: id, amount: '50.00', date: '2026-11-20' });
			await twinEvents();
			const [item, ...others] = items();
			expect(others).toEqual([]);
			expect(item).toMatchObject({
				event: {
					category: 'PAYMENT',
					type: 'CREATE',
					via: 'webhook',
					organisationId: DEMO_TRADE_TENANT_ID,
					organisation: expect.any(String),
				},
				document: {
					type: 'salesInvoice',
					id,
					number,
					status: 'AUTHORISED',
					total: '120.00',
					amountDue: '70.00',
					dueDate: '2023-11-01',
					contactName: 'Ashdown Kitchens Ltd',
					lines: [{ description: 'Work' }],
					url: expect.stringContaining(id),
				},
				payment: {
					state: 'partPaidOverdue',
					paid: '50.00',
					due: '70.00',
					payments: [{ date: '2026-11-20', amount: '50.00' }],
				},
			});
			expect(invoiceOfItem(item)).toEqual({ by: 'id', value: id });
			expect(item).not.toHaveProperty('raw');
		});

		it('drops repeats, also of a delivery with another entropy', async () => {
			await listen({ categories: [] });
			for (const entropy of ['A', 'B', 'A']) {
				const body = unknownEvent().replace('KQWERTYUIOPASDFGHJKL', entropy);
				expect((await post(body, sign(body))).status).toBe(200);
				await listening?.settled();
			}
			expect(items()).toHaveLength(1);
		});

		it('passes on a category that nobody knows yet, as it comes', async () => {
			await listen({ categories: ['OTHER'] });
			const body = unknownEvent({ data: { Status: 'RUNNING' } });
			await post(body, sign(body));
			await listening?.settled();
			expect(items()).toMatchObject([
				{
					event: { category: 'ROBOT', type: 'UPDATE', data: { Status: 'RUNNING' } },
					document: { type: 'robot', id: '8b1e0f0c-0000-4000-8000-000000000001' },
				},
			]);
			expect(invoiceOfItem(items()[0])).toBeUndefined();
		});

		it('leaves out other organisations, categories and types', async () => {
			await listen({
				organisation: { mode: 'id', value: DEMO_TRADE_TENANT_ID },
				categories: ['OTHER'],
				eventTypes: ['UPDATE'],
			});
			for (const over of [
				{ tenantId: '11111111-2222-4333-8444-555555555555' },
				{ eventCategory: 'CONTACT' },
				{ eventType: 'CREATE' },
			]) {
				const body = unknownEvent(over);
				expect((await post(body, sign(body))).status).toBe(200);
			}
			await listening?.settled();
			expect(items()).toEqual([]);
		});

		it('reads a burst of one-by-one deliveries in few calls', async () => {
			const { url } = await listen({
				categories: ['INVOICE'],
				options: { gatherSeconds: 2 },
			});
			const { webhooks } = harness.sandbox.xero;
			await webhooks.register(url, KEY, ['INVOICE']);
			// In a busy minute: after a quiet one, the first of a burst are read almost at once.
			for (let time = 0; time < 8; time += 1) {
				invoice();
				await twinEvents();
			}
			const before = items().length;
			webhooks.faults = { ...webhooks.faults, oneByOne: true };
			const made = Array.from({ length: 40 }, () => invoice().id);
			const reads = xeroReads();
			await twinEvents();
			expect(
				items()
					.slice(before)
					.map((item) => part(item, 'document').id)
					.sort(),
			).toEqual(made.sort());
			// A list or two.
			expect(xeroReads() - reads).toBeLessThanOrEqual(4);
		});

		it('names the repeating invoice that an invoice was made from', async () => {
			const { url } = await listen();
			await harness.sandbox.xero.webhooks.register(url, KEY, ['INVOICE']);
			const { xero } = harness.sandbox;
			const [contact] = xero.seedContacts([{ name: 'Ash Ltd' }]);
			const repeatingInvoiceId = xero.person.addRepeatingInvoice({
				type: 'ACCREC',
				contactId: String(contact?.contactId),
				members: { LineItems: [{ Description: 'Hosting', UnitAmount: 9, AccountCode: '200' }] },
				schedule: { period: 1, unit: 'MONTHLY', nextDate: '2026-11-20' },
			});
			xero.person.makeScheduledInvoice(repeatingInvoiceId);
			await twinEvents();
			expect(part(items()[0], 'document')).toMatchObject({
				type: 'salesInvoice',
				repeatingInvoiceId,
			});
		});

		it('hands on a contact with its fields', async () => {
			const { url } = await listen({ categories: ['CONTACT'] });
			await harness.sandbox.xero.webhooks.register(url, KEY);
			const [contact] = harness.sandbox.xero.seedContacts([{ name: 'Harbour Cafe' }]);
			await twinEvents();
			expect(items()).toMatchObject([
				{ event: { category: 'CONTACT' }, document: { type: 'contact', name: 'Harbour Cafe' } },
			]);
			expect(part(items()[0], 'document').id).toBe(contact?.contactId);
		});

		it('hands on a credit note, and the invoice that it is applied to', async () => {
			const { id, number } = invoice();
			const api = async (path: string, body: object): Promise<IDataObject> => {
				const { access_token: token } = harness.sandbox.xero.signIn();
				const answer = await fetch(`${harness.url}/xero/api.xro/2.0${path}`, {
					method: 'PUT',
					body: JSON.stringify(body),
					headers: {
						accept: 'application/json',
						authorization: `Bearer ${token}`,
						'content-type': 'application/json',
						'xero-tenant-id': DEMO_TRADE_TENANT_ID,
					},
				});
				expect(answer.status).toBe(200);
				return Object(await answer.json());
			};
			const saved = await api('/CreditNotes', {
				Type: 'ACCRECCREDIT',
				Status: 'AUTHORISED',
				Contact: { Name: 'Ashdown Kitchens Ltd' },
				Date: '2026-11-01',
				LineAmountTypes: 'Exclusive',
				LineItems: [{ Description: 'Back', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
			});
			const [note] = Array.isArray(saved.CreditNotes) ? saved.CreditNotes : [];
			const { url } = await listen({ categories: ['CREDITNOTE'] });
			await harness.sandbox.xero.webhooks.register(url, KEY, ['CREDITNOTE']);
			await api(`/CreditNotes/${String(Object(note).CreditNoteID)}/Allocations`, {
				Allocations: [{ Invoice: { InvoiceID: id }, Amount: 120, Date: '2026-11-20' }],
			});
			await twinEvents();
			const byType = new Map(items().map((item) => [part(item, 'document').type, item]));
			expect([...byType.keys()].sort()).toEqual(['salesCreditNote', 'salesInvoice']);
			expect(byType.get('salesCreditNote')).toMatchObject({
				document: { allocations: [{ invoiceId: id, invoiceNumber: number }] },
			});
			expect(byType.get('salesInvoice')).toMatchObject({
				event: { category: 'CREDITNOTE' },
				document: { id, status: 'PAID' },
				payment: { state: 'credited', credited: '120.00', due: '0.00' },
			});
		});

		it('forwards deliveries to another trigger, which checks the signature by itself', async () => {
			const first = await listenToWebhook(harness.engine, node({ categories: [] }), 'neighbour');
			try {
				await listen({ categories: [], options: { forwardTo: { targets: [{ url: first.url }] } } });
				const body = unknownEvent();
				await post(body, sign(body));
				await listening?.settled();
				await first.settled();
				expect(first.executions).toHaveLength(1);
				await post(unknownEvent(), sign('forged'));
				expect(first.answeredIn).toHaveLength(1);
			} finally {
				await first.close();
			}
		});

		describe('that two triggers would forward to each other', () => {
			const forwardingTo = (id: string) => {
				const targets: IDataObject[] = [];
				const parameters = { categories: [], options: { forwardTo: { targets } } };
				return {
					targets,
					open: async () =>
						await listenToWebhook(harness.engine, node(parameters as INodeParameters), id),
				};
			};

			it('goes round no circle, and comes out once of each', async () => {
				const [a, b] = [forwardingTo('a'), forwardingTo('b')];
				const [first, second] = [await a.open(), await b.open()];
				try {
					a.targets.push({ url: second.url });
					b.targets.push({ url: first.url });
					for (let time = 0; time < 2; time += 1) {
						listening = first;
						await post(unknownEvent(), sign(unknownEvent()));
						for (const one of [first, second, first, second]) await one.settled();
					}
					expect([first.executions.length, second.executions.length]).toEqual([1, 1]);
					// The repeat of a delivery was not forwarded.
					expect([first.answeredIn.length, second.answeredIn.length]).toEqual([2, 1]);
				} finally {
					listening = undefined;
					await first.close();
					await second.close();
				}
			});

			it('knows its own address by another name', async () => {
				const a = forwardingTo('a');
				listening = await a.open();
				const { url } = listening;
				a.targets.push({ url: url.replace('127.0.0.1', 'localhost') });
				// Another process of the same n8n, which has not seen the event.
				await post(unknownEvent(), sign(unknownEvent()));
				restartProcess();
				await listening.settled();
				expect(listening.answeredIn).toHaveLength(2);
				expect(listening.executions).toHaveLength(1);
			});
		});

		it.each([
			['an id that Xero does not return', 'INVOICE', '8b1e0f0c-0000-4000-8000-00000000abcd'],
			['an id of another kind than Xero has', 'INVOICE', 'not-an-id'],
			['a payment that Xero does not return', 'PAYMENT', '8b1e0f0c-0000-4000-8000-00000000abcd'],
		])(
			'hands on the event about %s with what it tells',
			async (_what, eventCategory, resourceId) => {
				await listen();
				const { id } = invoice();
				const known = { eventCategory: 'INVOICE', resourceId: id };
				const about = JSON.parse(unknownEvent({ eventCategory, resourceId, data: { Note: 'x' } }));
				const both = JSON.stringify({
					...about,
					events: [...about.events, ...JSON.parse(unknownEvent(known)).events],
				});
				await post(both, sign(both));
				await listening?.settled();
				expect(items()).toMatchObject([
					{ document: { id, type: 'salesInvoice' } },
					{
						event: { category: eventCategory, resourceId, via: 'webhook', data: { Note: 'x' } },
						document: { id: resourceId, type: eventCategory.toLowerCase() },
					},
				]);
			},
		);

		it('hands on a payment that stands on an overpayment with what the event tells', async () => {
			const { url } = await listen({ categories: ['PAYMENT'] });
			await harness.sandbox.xero.webhooks.register(url, KEY, ['PAYMENT']);
			const api = async (path: string, body: object): Promise<IDataObject> => {
				const answer = await fetch(`${harness.url}/xero/api.xro/2.0${path}`, {
					method: 'PUT',
					body: JSON.stringify(body),
					headers: {
						accept: 'application/json',
						authorization: `Bearer ${harness.sandbox.xero.signIn().access_token}`,
						'content-type': 'application/json',
						'xero-tenant-id': DEMO_TRADE_TENANT_ID,
					},
				});
				const text = await answer.text();
				expect([answer.status, text]).toEqual([200, expect.any(String)]);
				return Object(JSON.parse(text));
			};
			const made = await api('/BankTransactions', {
				Type: 'RECEIVE-OVERPAYMENT',
				Contact: { Name: 'Ashdown Kitchens Ltd' },
				Date: '2026-11-01',
				LineAmountTypes: 'NoTax',
				BankAccount: { Code: '090' },
				LineItems: [{ Description: 'Too much', Quantity: 1, UnitAmount: 30 }],
			});
			const [transaction] = Array.isArray(made.BankTransactions) ? made.BankTransactions : [];
			await api('/Payments', {
				Overpayment: { OverpaymentID: Object(transaction).OverpaymentID },
				Account: { Code: '090' },
				Date: '2026-11-02',
				Amount: 10,
			});
			await twinEvents();
			expect(items()).toMatchObject([
				{ event: { category: 'PAYMENT', via: 'webhook' }, document: { type: 'payment' } },
			]);
		});

		it('answers and logs no more than that when Xero cannot be read; the sweep brings it', async () => {
			const { url } = await listen();
			await harness.sandbox.xero.webhooks.register(url, KEY);
			const sweep = poller({ sweepMinutes: 5 });
			await sweep.activate();
			const { id } = invoice();
			harness.sandbox.faults.add({
				service: 'xero',
				path: '/Invoices',
				kind: 'status',
				status: 403,
			});
			await twinEvents();
			expect(items()).toEqual([]);
			expect(listening?.answeredIn.length).toBeGreaterThan(0);
			await laterBy(6, async () => {
				const found = await sweep.poll();
				expect(found.map(({ json }) => part(json, 'document').id)).toEqual([id]);
				expect(part(found[0]?.json, 'event')).toMatchObject({ via: 'sweep', type: 'UNKNOWN' });
			});
		});
	});

	/** Moves this process's clock, but not Xero's, for what is due by the minute. */
	async function laterBy(minutes: number, work: () => Promise<void>): Promise<void> {
		const ahead = minutes * 60_000;
		const { now } = Date;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
		try {
			await work();
		} finally {
			jest.restoreAllMocks();
		}
	}

	describe('activation', () => {
		it('refuses without a signing key and says where it comes from', async () => {
			await expect(activateWebhook(harness.engine, node())).resolves.toBeUndefined();
			setKey('');
			await expect(activateWebhook(harness.engine, node())).rejects.toMatchObject({
				message: expect.stringMatching(
					/no webhook signing key.*Webhooks Key.*switch this step off/,
				),
				description: expect.stringMatching(/developer portal.*Delivery URL.*Webhooks Key/s),
			});
			// And so does the poll that comes with it, each time that n8n tries.
			const polling = poller({});
			for (let tries = 0; tries < 2; tries += 1) {
				await expect(polling.activate()).rejects.toMatchObject({
					message: expect.stringMatching(/no webhook signing key/),
				});
			}
			setKey('a-key-of-xero');
			await expect(polling.activate()).resolves.toEqual([]);
		});

		it('keeps the webhook when the grant was revoked, and the next poll says so', async () => {
			harness.sandbox.xero.revokeGrant();
			const sweep = poller({ sweepMinutes: 5 });
			expect(await sweep.activate()).toEqual([]);
			await expect(sweep.poll()).rejects.toMatchObject({
				failure: { cause: 'credential-invalid' },
			});
			await listen({ categories: [] });
			const body = unknownEvent();
			expect((await post(body, sign(body))).status).toBe(200);
			await listening?.settled();
			expect(items()).toHaveLength(1);
		});
	});

	describe('the sweep', () => {
		it('brings what no webhook brought, once, and nothing that was there before', async () => {
			invoice();
			const sweep = poller({ sweepMinutes: 5 });
			expect(await sweep.activate()).toEqual([]);
			const { id } = invoice();
			expect(await sweep.poll()).toEqual([]);
			await laterBy(6, async () => {
				const found = await sweep.poll();
				expect(found.map(({ json }) => part(json, 'document').id)).toEqual([id]);
			});
			await laterBy(12, async () => {
				const reads = xeroReads();
				expect(await sweep.poll()).toEqual([]);
				expect(xeroReads() - reads).toBe(1);
			});
		});

		it('brings what was written before the last sweep ended and shows only now', async () => {
			const sweep = poller({ sweepMinutes: 5 });
			await sweep.activate();
			const { id: first } = invoice();
			await laterBy(6, async () => {
				expect((await sweep.poll()).map(({ json }) => part(json, 'document').id)).toEqual([first]);
			});
			const { id: second } = invoice();
			const { invoices } = harness.sandbox.xero.organisation();
			const [seen, late] = [invoices.get(first), invoices.get(second)];
			if (!seen || !late) throw new Error('Both invoices were just made.');
			invoices.put(second, { ...late, updatedMs: seen.updatedMs - 120_000 });
			await laterBy(12, async () => {
				expect((await sweep.poll()).map(({ json }) => part(json, 'document').id)).toEqual([second]);
			});
		});

		describe('when a step on a worker has erased what the trigger remembers', () => {
			const erased = { 'node:Another Step': { counter: 1 } };

			function madeBefore(id: string, hours: number): void {
				const { invoices } = harness.sandbox.xero.organisation();
				const made = invoices.get(id);
				if (!made) throw new Error('The invoice was just made.');
				invoices.put(id, { ...made, updatedMs: made.updatedMs - hours * 3_600_000 });
			}

			/** n8n is down for more than an hour, and an invoice is made meanwhile. */
			async function whileDown(sweep: ReturnType<typeof poller>): Promise<string> {
				sweep.overwrite(erased);
				const { id } = invoice();
				madeBefore(id, 1);
				restartProcess();
				sweep.restart();
				return id;
			}

			it.each(['init', 'leadershipChange'] as const)(
				'looks back instead of starting at now when n8n takes the workflow up again (%s)',
				async (activation) => {
					const sweep = poller({ sweepMinutes: 5 });
					await sweep.activate();
					const id = await whileDown(sweep);
					const found = await sweep.activate(activation);
					expect(found.map(({ json }) => part(json, 'document').id)).toEqual([id]);
					await laterBy(6, async () => expect(await sweep.poll()).toEqual([]));
				},
			);

			it('looks back as far as was chosen, and no further', async () => {
				const sweep = poller({ sweepMinutes: 5, options: { lookBackHours: 2 } });
				await sweep.activate();
				const id = await whileDown(sweep);
				madeBefore(invoice().id, 3);
				const found = await sweep.activate('init');
				expect(found.map(({ json }) => part(json, 'document').id)).toEqual([id]);
			});

			it('looks back also where Xero cannot be read at first', async () => {
				const organisation = { mode: 'id', value: DEMO_TRADE_TENANT_ID };
				const sweep = poller({ sweepMinutes: 5, organisation });
				await sweep.activate();
				const id = await whileDown(sweep);
				const fault = harness.sandbox.faults.add({
					service: 'xero',
					path: '/Invoices',
					kind: 'status',
					status: 403,
				});
				expect(await sweep.activate('init')).toEqual([]);
				harness.sandbox.faults.remove(fault.id);
				await laterBy(6, async () => {
					const found = await sweep.poll();
					expect(found.map(({ json }) => part(json, 'document').id)).toEqual([id]);
				});
			});

			it('looks back where a webhook process has kept what it alone knows', async () => {
				const sweep = poller({ sweepMinutes: 5 });
				await sweep.activate();
				await listen({ categories: [] });
				restartProcess();
				await post(unknownEvent(), sign(unknownEvent()));
				await listening?.settled();
				const id = await whileDown(sweep);
				sweep.overwrite(listening?.stored() ?? {});
				sweep.restart();
				const found = await sweep.activate('init');
				expect(found.map(({ json }) => part(json, 'document').id)).toEqual([id]);
			});

			it('starts nothing for what is there when a person activates it for the first time', async () => {
				invoice();
				const sweep = poller({ sweepMinutes: 5 });
				sweep.overwrite(erased);
				sweep.restart();
				expect(await sweep.activate()).toEqual([]);
			});

			it('repeats nothing where n8n starts again and nothing was erased', async () => {
				const sweep = poller({ sweepMinutes: 5 });
				await sweep.activate();
				invoice();
				await laterBy(6, async () => expect(await sweep.poll()).toHaveLength(1));
				restartProcess();
				sweep.restart();
				expect(await sweep.activate('init')).toEqual([]);
			});
		});

		it('does not repeat what a webhook brought, nor the webhook what the sweep brought', async () => {
			const { url } = await listen();
			await harness.sandbox.xero.webhooks.register(url, KEY);
			const sweep = poller({ sweepMinutes: 5 });
			await sweep.activate();
			const first = invoice();
			await twinEvents();
			expect(items()).toHaveLength(1);
			await laterBy(6, async () => expect(await sweep.poll()).toEqual([]));

			const { webhooks } = harness.sandbox.xero;
			webhooks.faults = { ...webhooks.faults, paused: true };
			harness.sandbox.xero.recordPayment({ invoiceId: first.id });
			await laterBy(12, async () => expect(await sweep.poll()).toHaveLength(1));
			webhooks.faults = { ...webhooks.faults, paused: false };
			await twinEvents();
			expect(items()).toHaveLength(1);
		});

		it('never asks when it is switched off', async () => {
			const sweep = poller({ sweepMinutes: 0 });
			await sweep.activate();
			const reads = xeroReads();
			await laterBy(600, async () => expect(await sweep.poll()).toEqual([]));
			expect(xeroReads()).toBe(reads);
		});

		it('shows the latest documents when a person asks for a test event', async () => {
			const { id } = invoice();
			const sweep = poller({ options: { includeRaw: true } });
			const found = await sweep.manual();
			expect(part(found[0]?.json, 'document').id).toBe(id);
			expect(part(found[0]?.json, 'raw').InvoiceID).toBe(id);
			expect(sweep.state).toEqual({});
		});
	});
});
