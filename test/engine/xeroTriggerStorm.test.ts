import { createHmac } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { XeroTrigger } from '../../nodes/XeroTrigger/XeroTrigger.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { Random } from '../prove/random';
import { createHarness, ours, type Harness } from './harness';
import { listenToWebhook, type Listening } from './webhookListener';

const KEY = 'test-webhook-key';
const INVOICES = 250;
const EVENTS = 1_000;

/**
 * Issue 4, bar 1: a thousand events, shuffled, repeated, some lost and some forged. What counts is
 * that Knack ends where Xero is, that nothing forged runs, and what it costs.
 */
describe('a storm of webhooks', () => {
	let harness: Harness;
	let listening: Listening;
	const chance = new Random(20_261_122);
	const random = (): number => chance.int(0, 999_999) / 1_000_000;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: {
				xeroTrigger: new XeroTrigger(),
				paymentStatusToKnack: new PaymentStatusToKnack(),
			},
		});
		const { xero, knack } = harness.sandbox;
		xero.configure({ limitsOn: false });
		knack.setLimits({ perSecond: null });
		const held = harness.credentials.raw('xeroSyncOAuth2Api');
		harness.credentials.add('xeroSyncOAuth2Api', { ...held, webhookSigningKey: KEY });
	});

	afterEach(async () => {
		jest.restoreAllMocks();
		await listening.close();
		await harness.close();
	});

	const trigger = {
		name: 'Xero',
		type: ours('xeroTrigger'),
		parameters: {
			organisation: { mode: 'list', value: '' },
			sweepMinutes: 5,
			options: { gatherSeconds: 4 },
		},
	};

	function shuffled<Entry>(entries: readonly Entry[]): Entry[] {
		return entries
			.map((entry) => ({ entry, at: random() }))
			.sort((a, b) => a.at - b.at)
			.map(({ entry }) => entry);
	}

	async function post(body: string, key: string): Promise<number> {
		const answer = await fetch(listening.url, {
			method: 'POST',
			body,
			headers: { 'x-xero-signature': createHmac('sha256', key).update(body).digest('base64') },
		});
		return answer.status;
	}

	const eventOf = (category: string, id: string, at: number, sequence: number): string =>
		JSON.stringify({
			events: [
				{
					resourceUrl: `https://api.xero.com/api.xro/2.0/${category}/${id}`,
					resourceId: id,
					tenantId: DEMO_TRADE_TENANT_ID,
					tenantType: 'ORGANISATION',
					eventCategory: category,
					eventType: 'UPDATE',
					eventDateUtc: `2026-11-22T10:00:00.${String(at).padStart(3, '0')}`,
				},
			],
			firstEventSequence: sequence,
			lastEventSequence: sequence,
			entropy: String(sequence),
		});

	it('ends where Xero is, for a tenth of a call an event, and takes no forged one', async () => {
		const { xero, knack, journal } = harness.sandbox;
		const node = { ...trigger, credentials: harness.xero };
		listening = await listenToWebhook(harness.engine, node, 'storm');
		const sweep = harness.engine.poller(node, { id: 'storm' });
		await sweep.activate();

		const invoices = Array.from({ length: INVOICES }, (_, index) => {
			const saved = xero.person.saveInvoice({
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				Contact: { Name: 'Ashdown Kitchens Ltd' },
				// A quarter of them three years old.
				Date: index % 4 === 0 ? '2023-10-01' : '2026-11-01',
				DueDate: index % 4 === 0 ? '2023-11-01' : '2099-01-31',
				LineAmountTypes: 'Exclusive',
				LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
			});
			return String(saved.InvoiceID);
		});
		const orders = knack.importRecords(
			'Orders',
			invoices.map((id) => ({ Status: 'Invoiced', 'Xero Invoice ID': id })),
		);

		// Every invoice is paid a part of, and some the rest; four events each, in Xero's way.
		const deliveries: string[] = [];
		invoices.forEach((id, index) => {
			for (const amount of index % 3 === 0 ? ['20.00', '100.00'] : ['20.00', '7.50']) {
				const payment = xero.recordPayment({ invoiceId: id, amount, date: '2026-11-20' });
				for (const [category, resource] of [
					['PAYMENT', String(payment.PaymentID)],
					['INVOICE', id],
				] as const) {
					const sequence = deliveries.length + 1;
					deliveries.push(eventOf(category, resource, sequence % 1_000, sequence));
				}
			}
		});
		expect(deliveries).toHaveLength(EVENTS);
		// One invoice in twenty is never heard of, which only the sweep can mend.
		const lost = new Set(invoices.filter((_, index) => index % 20 === 7));
		const arriving = deliveries.filter(
			(_, index) => !lost.has(invoices[Math.floor(index / 4)] ?? ''),
		);
		expect(EVENTS - arriving.length).toBeGreaterThanOrEqual(EVENTS * 0.05);
		const repeated = arriving.filter(() => random() < 0.3);
		const forged = invoices
			.slice(0, 20)
			.map((id, index) => eventOf('INVOICE', id, 999, 5_000 + index));
		const forgeries = new Set(forged);

		const readsBefore = journal.filter({ service: 'xero', kind: 'read' }).length;
		const queue = shuffled([...arriving, ...repeated, ...forged]);
		const statuses: Array<readonly [forged: boolean, status: number]> = [];
		// As they come in: waves of a second's worth and more, several at a time.
		for (let start = 0; start < queue.length; start += 250) {
			const wave = queue.slice(start, start + 250);
			for (let at = 0; at < wave.length; at += 10) {
				await Promise.all(
					wave.slice(at, at + 10).map(async (body) => {
						const isForged = forgeries.has(body);
						statuses.push([isForged, await post(body, isForged ? 'forger' : KEY)]);
					}),
				);
			}
		}
		await listening.settled();
		expect(statuses.filter(([isForged, status]) => (status === 401) !== isForged)).toEqual([]);
		expect(Math.max(...listening.answeredIn)).toBeLessThan(1_000);

		const { now } = Date;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + 6 * 60_000);
		const swept = (await sweep.poll()).map(({ json }) => json);
		jest.restoreAllMocks();
		const sweptIds = new Set(swept.map(({ document }) => Object(document).id));
		for (const id of lost) expect(sweptIds).toContain(id);
		const calls = journal.filter({ service: 'xero', kind: 'read' }).length - readsBefore;
		const perEvent = calls / EVENTS;
		expect(perEvent).toBeLessThanOrEqual(0.1);

		const items: IDataObject[] = [...listening.executions.flat(), ...swept];
		// Each version of an invoice at most once, whatever came how often.
		expect(items.length).toBeLessThan(EVENTS);
		const key = (name: string): string => knack.fieldKey('Orders', name);
		const parameters: INodeParameters = {
			organisation: { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID },
			table: { __rl: true, mode: 'list', value: knack.schema('Orders').key },
			matchFields: { invoiceId: key('Xero Invoice ID') },
			fieldsToWrite: {
				paymentStatus: key('Payment Status'),
				amountPaid: key('Amount Paid'),
				amountDue: key('Amount Due'),
			},
		};
		const run = await harness.engine.runNode(
			{
				name: 'Payments',
				type: ours('paymentStatusToKnack'),
				credentials: harness.both,
				parameters,
			},
			items,
		);
		expect(run.error).toBeUndefined();
		expect(run.output[1]).toEqual([]);

		const inXero = new Map(xero.invoices().map((one) => [String(one.InvoiceID), one]));
		const wrong = orders.filter((order, index) => {
			const one = inXero.get(invoices[index] ?? '');
			const shown = knack.display('Orders', order);
			const amounts = [shown[key('Amount Paid')], shown[key('Amount Due')]].map((text) =>
				Number(String(text).replace(/[^\d.]/g, '')),
			);
			const isPaid = one?.Status === 'PAID';
			return (
				amounts[0] !== Number(one?.AmountPaid) ||
				amounts[1] !== Number(one?.AmountDue) ||
				(shown[key('Payment Status')] === 'Paid') !== isPaid
			);
		});
		expect(wrong).toEqual([]);
	}, 240_000);
});
