import { createInvoiceTurns } from '../../lib/sync/payments/invoiceTurns';
import { createProcessPlaces } from '../../lib/sync/payments/processPlaces';
import type { PaymentParameters } from '../../lib/sync/payments/paymentWishes';
import { runPaymentStatus } from '../../lib/sync/payments/runPaymentStatus';
import type { PaymentPorts, PaymentRunResult } from '../../lib/sync/payments/runPaymentStatus';
import type { HttpPort } from '../../lib/http';
import { Random } from '../prove/random';
import { knackInMemory } from '../support/knackInMemory';
import { NOTHING_TOLD, PaymentTestbed } from './paymentTestbed';

/** Requests of several processes, of which a test lets one after the other through. */
class Crossing {
	private readonly waiting: Array<() => void> = [];

	/** Holds a request before it is sent, and its answer before it arrives. */
	readonly around =
		(inner: HttpPort): HttpPort =>
		async (request) => {
			await this.turn();
			const answer = await inner(request);
			await this.turn();
			return answer;
		};

	private async turn(): Promise<void> {
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/** Lets all through, in an order that chance decides, until the work is done. */
	async until(work: Promise<unknown>, chance: Random): Promise<void> {
		let isDone = false;
		void work.then(
			() => (isDone = true),
			() => (isDone = true),
		);
		while (!isDone) {
			await new Promise((resolve) => setImmediate(resolve));
			const [next] = this.waiting.splice(chance.int(0, this.waiting.length - 1), 1);
			next?.();
		}
		await work;
	}
}

/** What people call the states, and what of an invoice they rest on. */
function statusOf(invoice: Readonly<Record<string, unknown>>): string {
	if (invoice.Status === 'VOIDED') return 'Void';
	if (invoice.Status === 'PAID') return 'Paid';
	return Number(invoice.AmountPaid) > 0 ? 'Partly paid' : 'Unpaid';
}

describe('payment states that several processes write', () => {
	/** The ports of one n8n process, with a memory and clients of its own. */
	function processOf(bed: PaymentTestbed, around: (inner: HttpPort) => HttpPort): PaymentPorts {
		const xero = bed.xero.anotherClient(around);
		const { organisation } = bed.xero.settings;
		return {
			clock: bed.xero.clock,
			xero: async () => await Promise.resolve(xero),
			organisation: async () => await Promise.resolve(organisation),
			knack: knackInMemory(bed.sandbox, around),
			turns: createInvoiceTurns(),
			node: 'workflow node',
			places: createProcessPlaces(),
			deduplication: { seenBefore: NOTHING_TOLD, forget: async () => await Promise.resolve() },
		};
	}

	const parameters = (over: Partial<PaymentParameters> = {}): PaymentParameters => ({
		operation: 'fromInput',
		documentType: 'salesInvoice',
		chosen: {
			table: 'Orders',
			match: { invoiceId: 'Xero Invoice ID' },
			targets: { paymentStatus: 'Payment Status', amountPaid: 'Amount Paid' },
		},
		words: {},
		isPreview: false,
		isTool: false,
		isPreviewForTool: false,
		fillInvoiceId: true,
		clearWhenNone: true,
		whenMissing: 'skip',
		includeInput: false,
		firstRunDays: 1,
		lookBackHours: 24,
		fullCheckDays: 7,
		...over,
	});

	const news = async (ports: PaymentPorts, ...ids: string[]): Promise<PaymentRunResult> =>
		await runPaymentStatus(
			parameters(),
			ids.map((id, index) => ({
				index,
				json: {},
				reference: { by: 'id', value: id },
			})),
			ports,
		);

	const shown = (bed: PaymentTestbed, order: string) => {
		const { 'Payment Status': status, 'Amount Paid': paid } = bed.shown(order);
		return { status, paid };
	};

	const inXero = (bed: PaymentTestbed, id: string) => {
		const invoice = bed.sandbox.xero.invoices().find(({ InvoiceID }) => InvoiceID === id);
		if (!invoice) throw new Error('The invoice is not there.');
		return { status: statusOf(invoice), paid: `£${Number(invoice.AmountPaid).toFixed(2)}` };
	};

	it('end with the newer where the process that read Xero first writes last', async () => {
		const bed = await PaymentTestbed.open();
		const { id } = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': id });
		bed.sandbox.xero.recordPayment({ invoiceId: id, amount: '10.00' });
		let release: () => void = () => undefined;
		const held = new Promise<void>((resolve) => (release = resolve));
		let arrived: () => void = () => undefined;
		const isWriting = new Promise<void>((resolve) => (arrived = resolve));
		const slow = processOf(bed, (inner) => async (request) => {
			if (request.method === 'PUT') {
				arrived();
				await held;
			}
			return await inner(request);
		});
		const first = news(slow, id);
		await isWriting;
		bed.sandbox.clock.advance(1_000);
		bed.sandbox.xero.recordPayment({ invoiceId: id });
		const second = await news(
			processOf(bed, (inner) => inner),
			id,
		);
		expect(second.outcomes).toMatchObject([{ outcome: 'updated', payment: { state: 'paid' } }]);
		release();
		const { outcomes } = await first;
		expect(shown(bed, order)).toEqual({ status: 'Paid', paid: '£120.00' });
		// It tells what stands in the end.
		expect(outcomes).toMatchObject([{ outcome: 'updated', payment: { state: 'paid' } }]);
	});

	it('are told as written where Xero moved meanwhile in what no field shows', async () => {
		const bed = await PaymentTestbed.open();
		const { id } = bed.invoice();
		bed.order(0, { 'Xero Invoice ID': id });
		const ports = processOf(bed, (inner) => async (request) => {
			if (request.method === 'PUT') {
				bed.sandbox.clock.advance(1_000);
				bed.sandbox.xero.editInvoice({ invoiceId: id }, { Reference: 'Moved' });
			}
			return await inner(request);
		});
		const { outcomes } = await news(ports, id);
		expect(outcomes).toMatchObject([{ outcome: 'updated' }]);
		expect(outcomes[0]?.changes).not.toEqual([]);
	});

	it('cost one read of Xero more where something was written, however much, and none where nothing was', async () => {
		const bed = await PaymentTestbed.open();
		const ids = bed.orderIds.slice(0, 45).map((_, index) => {
			const { id } = bed.invoice();
			bed.order(index, { 'Xero Invoice ID': id });
			return id;
		});
		const ports = processOf(bed, (inner) => inner);
		const first = await news(ports, ...ids);
		expect(new Set(first.outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['updated']));
		const written = first.xeroCalls;
		const second = await news(ports, ...ids);
		const { xeroCalls } = second;
		expect(new Set(second.outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
		expect(written - (xeroCalls - written)).toBe(1);
	});

	it('are read again in the next run where Xero could not be asked after the write', async () => {
		const bed = await PaymentTestbed.open();
		const { id } = bed.invoice();
		const order = bed.order(0, { 'Xero Invoice ID': id });
		let hasWritten = false;
		const ports = processOf(bed, (inner) => async (request) => {
			if (request.method === 'PUT') hasWritten = true;
			const isReadAgain = hasWritten && request.url.includes('/Invoices');
			return isReadAgain
				? { kind: 'answer', status: 403, headers: {}, body: { Detail: 'Not now' } }
				: await inner(request);
		});
		const run = parameters({ operation: 'changed' });
		const item = { index: 0, json: {} };
		const first = await runPaymentStatus(run, [item], ports);
		expect(first.outcomes).toMatchObject([{ outcome: 'updated' }]);
		expect(first.stopped).toHaveLength(1);
		// What another process wrote late, so that nothing in Xero tells of it.
		bed.sandbox.knack.updateRecord('Orders', order, { 'Payment Status': 'Paid' });
		hasWritten = false;
		await bed.later(3_600_000);
		const plain = { ...ports, ...processOf(bed, (inner) => inner), places: ports.places };
		await runPaymentStatus(run, [item], plain);
		expect(shown(bed, order).status).toBe('Unpaid');
	});

	it('equal Xero at rest after 1,000 events shuffled over three processes', async () => {
		const chance = new Random(20_261_128);
		const bed = await PaymentTestbed.open((sandbox) => {
			sandbox.xero.configure({ limitsOn: false });
			sandbox.knack.setLimits({ perSecond: null });
		});
		const invoices = bed.orderIds.slice(0, 4).map((_, index) => {
			const { id } = bed.invoice();
			return { id, order: bed.order(index, { 'Xero Invoice ID': id }) };
		});
		const crossing = new Crossing();
		const processes = [1, 2, 3].map(() => processOf(bed, crossing.around));
		const one = <Entry>(entries: readonly Entry[]): Entry => {
			const entry = entries[chance.int(0, entries.length - 1)];
			if (entry === undefined) throw new Error('There is none.');
			return entry;
		};
		const happens = (): string => {
			const { id } = one(invoices);
			const { xero } = bed.sandbox;
			bed.sandbox.clock.advance(1_000);
			const standing = xero
				.payments()
				.filter(
					({ Status, Invoice }) => Status === 'AUTHORISED' && Object(Invoice).InvoiceID === id,
				);
			const due = Number(xero.invoices().find(({ InvoiceID }) => InvoiceID === id)?.AmountDue);
			if (due <= 0 || (standing.length > 0 && chance.int(0, 1) === 0)) {
				xero.deletePayment(String(one(standing).PaymentID));
			} else if (chance.int(0, 2) === 0) xero.recordPayment({ invoiceId: id });
			else xero.recordPayment({ invoiceId: id, amount: String(Math.min(due, chance.int(1, 40))) });
			return id;
		};
		let events = 0;
		while (events < 1_000) {
			const running: Array<Promise<unknown>> = [];
			// Some happen while the news of others is under way.
			for (let burst = 0; burst < 10; burst += 1) {
				const id = happens();
				events += 1;
				running.push(news(one(processes), id));
				const some = Promise.race([...running, new Promise((resolve) => setImmediate(resolve))]);
				await crossing.until(some, chance);
			}
			await crossing.until(Promise.all(running), chance);
			expect({ events, knack: invoices.map(({ order }) => shown(bed, order)) }).toEqual({
				events,
				knack: invoices.map(({ id }) => inXero(bed, id)),
			});
		}
	}, 240_000);
});
