import type { HttpPort } from '../../lib/http';
import { isServiceFaultError } from '../../lib/serviceFault';
import { createTriggerMemories } from '../../lib/sync/trigger/triggerMemory';
import type { EventItem } from '../../lib/sync/xeroEvents/eventItem';
import { EVENT_STATES, takeDelivery } from '../../lib/sync/xeroEvents/eventState';
import { receiveEvents } from '../../lib/sync/xeroEvents/receiveEvents';
import { isSweepDue, startFrom, sweepChanges } from '../../lib/sync/xeroEvents/sweepChanges';
import { readWebhookDelivery } from '../../lib/xero/webhookDelivery';
import { eventFor } from '../../sandbox/xero/webhookQueue';
import { Random } from '../prove/random';
import { frozenSandbox, xeroInMemory } from '../support/xeroInMemory';

const MINUTE_MS = 60_000;
const SWEEP_MS = 15 * MINUTE_MS;
const KINDS = ['invoice' as const];
const SEEDS = Array.from({ length: 8 }, (_, index) => 20_261_130 + index);

/** Xero's books, the news of them on their way, and one trigger of which n8n keeps the memory. */
class World {
	private memories = createTriggerMemories(EVENT_STATES);

	private stored: unknown;

	private readonly onTheirWay: Buffer[] = [];

	private readonly told = new Map<string, EventItem[]>();

	/** How often each invoice changed. */
	private readonly changes = new Map<string, number>();

	private hasPolled = false;

	private sequence = 0;

	private aheadMs = 0;

	losses = 0;

	sweeps = 0;

	private constructor(
		private readonly chance: Random,
		private readonly xero: Awaited<ReturnType<typeof xeroInMemory>>,
		private readonly organisationId: string,
	) {}

	static async open(seed: number): Promise<World> {
		const xero = await xeroInMemory(frozenSandbox('empty'));
		xero.sandbox.xero.configure({ limitsOn: false });
		xero.sandbox.xero.seedContacts([{ name: 'Acme' }]);
		const world = new World(
			new Random(seed),
			xero,
			(xero.client.organisationId ?? '').toLowerCase(),
		);
		for (let made = 0; made < 3; made += 1) world.happens();
		await world.poll();
		world.listen();
		return world;
	}

	private listen(): void {
		const { xero, clock } = this.xero.sandbox;
		xero.onChange((change) => {
			if (change.what === 'invoice') {
				this.changes.set(change.id, (this.changes.get(change.id) ?? 0) + 1);
			}
			const event = eventFor(xero.organisation(), change, xero.settings, clock.now());
			this.sequence += 1;
			if (!event || this.chance.percent(35)) return;
			const place = { firstEventSequence: this.sequence, lastEventSequence: this.sequence };
			const body = Buffer.from(JSON.stringify({ events: [event], ...place }));
			this.onTheirWay.push(body, ...(this.chance.percent(20) ? [body] : []));
		});
	}

	/** A person does something in Xero. */
	private happens(): void {
		const { xero, clock } = this.xero.sandbox;
		clock.advance(this.chance.pick([1_100, 2_000, 20_000]));
		const ids = xero.invoices().map(({ InvoiceID }) => String(InvoiceID));
		const payments = xero.payments().filter(({ Status }) => Status === 'AUTHORISED');
		const what =
			ids.length < 3 ? 'make' : this.chance.pick(['make', 'pay', 'pay', 'unpay', 'void']);
		try {
			if (what === 'make' && ids.length < 12) {
				xero.person.saveInvoice({
					Type: 'ACCREC',
					Status: 'AUTHORISED',
					Contact: { Name: 'Acme' },
					Date: '2026-11-20',
					DueDate: '2026-12-20',
					LineAmountTypes: 'NoTax',
					LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
				});
			} else if (what === 'pay') {
				xero.recordPayment({ invoiceId: this.chance.pick(ids), amount: '10.00' });
			} else if (what === 'unpay' && payments.length > 0) {
				xero.deletePayment(String(this.chance.pick(payments).PaymentID));
			} else if (what === 'void') xero.voidInvoice({ invoiceId: this.chance.pick(ids) });
		} catch {
			// Xero refuses a person what the books do not allow; nothing happened then.
		}
	}

	private ports(around: (inner: HttpPort) => HttpPort) {
		const client = this.xero.anotherClient(around);
		return {
			client: async () => await Promise.resolve(client),
			organisation: async () => await Promise.resolve(this.xero.settings.organisation),
			now: () => this.xero.clock.now() + this.aheadMs,
		};
	}

	/** Small pages, between which people go on working now and then. */
	private readonly whilePeopleWork =
		(inner: HttpPort): HttpPort =>
		async (request) => {
			if (this.hasPolled && this.chance.percent(10)) this.happens();
			const query = { ...request.query, ...(request.query?.pageSize ? { pageSize: '3' } : {}) };
			return await inner({ ...request, query });
		};

	async poll(around = this.whilePeopleWork): Promise<void> {
		const ports = this.ports(around);
		const memory = this.memories.open('trigger', this.stored);
		const isDue = isSweepDue(memory.state(), ports.now(), SWEEP_MS);
		if (this.hasPolled && !isDue) return;
		const question = { organisationIds: [this.organisationId], kinds: KINDS, includeRaw: true };
		if (this.hasPolled && memory.state().sweptMs === undefined) {
			startFrom(question, ports.now() - 24 * 60 * MINUTE_MS, memory);
		}
		this.hasPolled = true;
		this.sweeps += 1;
		await this.hand(async () => await sweepChanges(question, ports, memory));
		this.stored = JSON.parse(JSON.stringify(memory.state()));
	}

	private async deliver(): Promise<void> {
		const at = this.chance.int(0, this.onTheirWay.length - 1);
		const [body] = this.onTheirWay.splice(at, 1);
		const delivery = body && readWebhookDelivery(body);
		if (!delivery) return;
		const memory = this.memories.open('trigger', this.stored);
		const fresh = memory.change((state) => {
			const taken = takeDelivery(state, delivery);
			return { state: taken.state, result: taken.fresh };
		});
		const ports = this.ports((inner) => inner);
		const options = { includeRaw: true };
		await this.hand(
			async () => await receiveEvents(this.organisationId, fresh, ports, memory, options),
		);
		this.stored = JSON.parse(JSON.stringify(memory.state()));
	}

	private async hand(work: () => Promise<readonly EventItem[]>): Promise<void> {
		try {
			for (const item of await work()) {
				const id = String(item.document.id);
				this.told.set(id, [...(this.told.get(id) ?? []), item]);
			}
		} catch (error) {
			if (!isServiceFaultError(error)) throw error;
		}
	}

	async live(): Promise<void> {
		const { chance } = this;
		const { clock, faults } = this.xero.sandbox;
		const what = chance.int(1, 100);
		if (what <= 40) this.happens();
		else if (what <= 60) await this.deliver();
		else if (what <= 88) {
			const fault = chance.percent(15)
				? faults.add({ service: 'xero', kind: 'status', status: 503, times: chance.int(1, 9) })
				: undefined;
			clock.advance(chance.pick([1, 5, 15, 61]) * MINUTE_MS);
			await this.poll();
			if (fault) faults.remove(fault.id);
		} else if (what <= 91) clock.advance(chance.pick([180, 600]) * MINUTE_MS);
		else if (what <= 94) this.memories = createTriggerMemories(EVENT_STATES);
		else if (what <= 96) {
			this.memories = createTriggerMemories(EVENT_STATES);
			this.stored = undefined;
			this.losses += 1;
		} else this.aheadMs = chance.pick([0, 25, 60, 1_440, -60, -1_440]) * MINUTE_MS;
	}

	/** Clocks are right, and nobody does anything more; what is still on its way is lost. */
	async rest(): Promise<void> {
		this.aheadMs = 0;
		this.onTheirWay.length = 0;
		for (let poll = 0; poll < 3; poll += 1) {
			this.xero.sandbox.clock.advance(SWEEP_MS);
			await this.poll((inner) => inner);
		}
	}

	/** Each changed invoice, as it was told last and as it stands; and how often it was told. */
	outcome() {
		const of = (element: Readonly<Record<string, unknown>> = {}) =>
			[element.InvoiceNumber, element.Status, element.AmountDue].join(' ');
		const changed = this.xero.sandbox.xero
			.invoices()
			.filter(({ InvoiceID }) => this.changes.has(String(InvoiceID)));
		const itemsOf = (id: unknown) => this.told.get(String(id)) ?? [];
		return {
			stands: changed.map(of),
			told: changed.map(({ InvoiceID }) => of(itemsOf(InvoiceID).at(-1)?.raw)),
			tooOften: changed.filter(
				({ InvoiceID }) =>
					itemsOf(InvoiceID).length > (this.changes.get(String(InvoiceID)) ?? 0) + this.losses,
			),
			unchanged: [...this.told.keys()].filter((id) => !this.changes.has(id)),
			items: [...this.told.values()].flat().length,
		};
	}
}

describe('what changes in Xero', () => {
	it.each(SEEDS)(
		'is handed on as it stands, and not without end, whatever becomes of news, memory and clocks (%i)',
		async (seed) => {
			const world = await World.open(seed);
			for (let step = 0; step < 80; step += 1) await world.live();
			await world.rest();
			const { stands, told, tooOften, unchanged, items } = world.outcome();
			expect(told).toEqual(stands);
			expect(tooOften).toEqual([]);
			// A memory that was lost is made up for by looking back.
			if (world.losses === 0) expect(unchanged).toEqual([]);
			const { sweeps } = world;
			await world.rest();
			expect([world.outcome().items, world.sweeps - sweeps]).toEqual([items, 3]);
		},
	);
});
