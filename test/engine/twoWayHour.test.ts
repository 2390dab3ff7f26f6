import type { IDataObject } from 'n8n-workflow';
import { Settings } from 'luxon';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { addTradePayments } from '../../sandbox/seed/tradePayments';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { Random } from '../prove/random';
import { severalProcesses } from '../support/processes';
import { createHarness, ours, type Harness, type Poller, type TestNode } from './harness';
import { mapper, mapUpsert, ORDER_FIELDS } from './mapUpsertItems';

const MINUTE_MS = 60_000;
const CHANGES = 50;
const CUSTOMERS = ['Ashdown Kitchens Ltd', 'Bramley & Sons Ltd', 'Fernhill Primary School'];

/**
 * Knack Trigger → Map & Upsert to Xero with write back, and everything changed in Xero → Payment
 * Status to Knack with a payment history, both once a minute on a clock that the test moves.
 */
class TwoWayPair {
	private readonly poller: Poller;
	private readonly inProcess = severalProcesses();
	private executions = 0;
	readonly troubles: string[] = [];

	constructor(
		readonly harness: Harness,
		modifiedField: string,
		/** How many run the steps, beside main, which polls; main runs them too where there are none. */
		private readonly workers = 0,
	) {
		const { knack } = harness.sandbox;
		this.poller = harness.engine.poller({
			name: 'Knack',
			type: ours('knackTrigger'),
			credentials: harness.knack,
			parameters: {
				table: { mode: 'list', value: knack.schema('Orders').key },
				triggerOn: 'createdOrUpdated',
				modifiedField: modifiedField === 'none' ? 'none' : this.key('Orders', modifiedField),
				include: [`in|${knack.schema('Order Lines').key}|${this.key('Order Lines', 'Order')}`],
			},
		});
	}

	key(table: string, name: string): string {
		return this.harness.sandbox.knack.fieldKey(table, name);
	}

	async activate(): Promise<void> {
		await this.inProcess('main', async () => await this.poller.activate());
	}

	/** Runs a step in the process whose turn it is; a worker's static data is empty. */
	private async step(node: TestNode, items: IDataObject[]): Promise<void> {
		this.executions += 1;
		const name = this.workers === 0 ? 'main' : `worker ${this.executions % this.workers}`;
		const { error } = await this.inProcess(
			name,
			async () => await this.harness.engine.runNode(node, items, { id: 'two-way' }),
		);
		if (error) this.troubles.push(error.message);
	}

	/** One minute of both workflows; how many orders Knack told of. */
	async minute(): Promise<number> {
		const told = await this.knackToXero();
		await this.xeroToKnack();
		return told;
	}

	async knackToXero(): Promise<number> {
		const items = await this.inProcess('main', async () => await this.poller.poll());
		if (items.length === 0) return 0;
		await this.step(
			this.upsert(),
			items.map(({ json }) => json),
		);
		return items.length;
	}

	async xeroToKnack(): Promise<void> {
		await this.step(this.payments(), [{}]);
	}

	private upsert(): TestNode {
		return mapUpsert(this.harness, {
			fields: mapper({ ...ORDER_FIELDS, status: 'AUTHORISED' }),
			writeBack: true,
			writeBackFields: {
				xeroId: this.key('Orders', 'Xero Invoice ID'),
				number: this.key('Orders', 'Invoice Number'),
				status: this.key('Orders', 'Invoice Status'),
				link: this.key('Orders', 'Invoice Link'),
				message: this.key('Orders', 'Sync Message'),
			},
		});
	}

	private payments(): TestNode {
		const { knack } = this.harness.sandbox;
		const list = (value: string) => ({ __rl: true, mode: 'list', value });
		return {
			name: 'Payments',
			type: ours('paymentStatusToKnack'),
			credentials: this.harness.both,
			parameters: {
				organisation: list(DEMO_TRADE_TENANT_ID),
				operation: 'changed',
				table: list(knack.schema('Orders').key),
				matchFields: { invoiceId: this.key('Orders', 'Xero Invoice ID') },
				fieldsToWrite: {
					paymentStatus: this.key('Orders', 'Payment Status'),
					amountPaid: this.key('Orders', 'Amount Paid'),
					amountDue: this.key('Orders', 'Amount Due'),
					lastPaymentDate: this.key('Orders', 'Last Payment Date'),
					invoiceStatus: this.key('Orders', 'Invoice Status'),
				},
				writeHistory: true,
				historyTable: list(knack.schema('Payments').key),
				historyRecordField: this.key('Payments', 'Order'),
				historyKeyField: this.key('Payments', 'Xero Payment ID'),
				historyFields: {
					date: this.key('Payments', 'Date'),
					amount: this.key('Payments', 'Amount'),
					status: this.key('Payments', 'Status'),
				},
				options: { whenMissing: 'skip' },
			} as TestNode['parameters'],
		};
	}
}

describe('the two-way pair of workflows', () => {
	let harness: Harness;
	const realNow = Settings.now;
	// Each test on a day of its own: the pace that executions share must never see time go back.
	let day = 0;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: {
				knackTrigger: new KnackTrigger(),
				mapUpsertToXero: new MapUpsertToXero(),
				paymentStatusToKnack: new PaymentStatusToKnack(),
			},
			sandbox: { nowMs: Date.UTC(2026, 10, 24 + day, 9, 0, 0) },
		});
		day += 1;
		const { sandbox } = harness;
		// The workflows' clock is the sandbox's, which follows real time from where it is set.
		Settings.now = () => sandbox.clock.now();
		addTradePayments(sandbox.knack);
	});

	afterEach(async () => {
		Settings.now = realNow;
		await harness.close();
	});

	const writes = () =>
		harness.sandbox.journal
			.filter({ kind: 'write' })
			.filter(({ path }) => !path.includes('token'))
			.map(({ service, method, path }) => `${service} ${method} ${path}`);

	const shown = (table: string, id: string) => harness.sandbox.knack.shown(table, id);

	const shownAmount = (text: string | undefined) => Number((text ?? '').replace(/[^0-9.-]/g, ''));

	/** A person's new order, with a line. */
	function newOrder(chance: Random, number: number): string {
		const { knack } = harness.sandbox;
		const customer = CUSTOMERS[number % CUSTOMERS.length];
		const customerId = knack
			.recordIds('Customers')
			.find((id) => shown('Customers', id).Name === customer);
		const order = knack.createRecord('Orders', {
			Customer: customerId,
			Status: 'Completed',
			'Order Date': '20/11/2026',
			'Due Date': '20/12/2026',
		});
		newLine(order, chance);
		return order;
	}

	function newLine(order: string, chance: Random): void {
		harness.sandbox.knack.createRecord('Order Lines', {
			Order: order,
			Description: `Work ${chance.int(1, 999)}`,
			Quantity: chance.int(1, 5),
			'Unit Price': String(chance.int(10, 90)),
			'Account Code': '200',
			'Tax Rate': '20% (VAT on Income)',
		});
	}

	/** One of the things that people do to an order. */
	function editOrder(order: string, chance: Random): void {
		const { knack } = harness.sandbox;
		const day = String(chance.int(10, 28));
		switch (chance.int(0, 3)) {
			case 0:
				return knack.updateRecord('Orders', order, { 'Due Date': `${day}/12/2026` });
			case 1:
				return knack.updateRecord('Orders', order, { Notes: `Seen on ${day}` });
			case 2:
				newLine(order, chance);
				return knack.updateRecord('Orders', order, { Notes: 'One line more' });
			default:
				return knack.updateRecord('Orders', order, { 'Customer Reference': `PO ${day}` });
		}
	}

	/** One of the things that people do in Xero; false when Xero does not let them. */
	async function changeXero(chance: Random): Promise<boolean> {
		const { xero } = harness.sandbox;
		const invoices = xero.invoices().filter(({ Status }) => Status === 'AUTHORISED');
		const invoice = invoices[chance.int(0, Math.max(0, invoices.length - 1))];
		const standing = xero.payments().filter(({ Status }) => Status === 'AUTHORISED');
		if (!invoice) return false;
		const invoiceId = String(invoice.InvoiceID);
		try {
			switch (chance.int(0, 6)) {
				case 0:
				case 1:
				case 2:
					xero.recordPayment({ invoiceId, amount: '5.00', date: '2026-11-23' });
					return true;
				case 3:
					xero.recordPayment({ invoiceId, date: '2026-11-24' });
					return true;
				case 4: {
					const payment = standing[chance.int(0, Math.max(0, standing.length - 1))];
					if (!payment) return false;
					xero.deletePayment(String(payment.PaymentID));
					return true;
				}
				case 5:
					if (invoices.length < 8) return false;
					xero.voidInvoice({ invoiceId });
					return true;
				default: {
					const { ContactID } = Object(invoice.Contact);
					const answer = await fetch(`${harness.url}/xero/api.xro/2.0/Contacts`, {
						method: 'POST',
						headers: {
							authorization: `Bearer ${xero.signIn().access_token}`,
							'xero-tenant-id': DEMO_TRADE_TENANT_ID,
							'content-type': 'application/json',
						},
						body: JSON.stringify({ ContactID, FirstName: `Pat ${chance.int(1, 99)}` }),
					});
					return answer.ok;
				}
			}
		} catch {
			return false;
		}
	}

	/** What Knack says of each order with an invoice, beside what Xero says. */
	function comparison(): Array<{ knack: unknown; xero: unknown }> {
		const { knack, xero } = harness.sandbox;
		const payments = xero.payments();
		return knack.recordIds('Orders').flatMap((id) => {
			const order = shown('Orders', id);
			const invoice = xero
				.invoices()
				.find(({ InvoiceID }) => InvoiceID === order['Xero Invoice ID']);
			if (!invoice) return [];
			const paid = Number(invoice.AmountPaid);
			const isVoid = invoice.Status === 'VOIDED';
			const rows = knack
				.recordIds('Payments')
				.map((row) => shown('Payments', row))
				.filter((row) => row.Order === order['Order Number'] && row.Status === 'Recorded');
			const standing = payments.filter(
				({ Status, Invoice }) =>
					Status === 'AUTHORISED' && Object(Invoice).InvoiceID === invoice.InvoiceID,
			);
			return [
				{
					knack: {
						status: order['Payment Status'],
						paid: shownAmount(order['Amount Paid']),
						history: rows.map((row) => row['Xero Payment ID']).sort(),
					},
					xero: {
						status: isVoid
							? 'Void'
							: invoice.Status === 'PAID'
								? 'Paid'
								: paid > 0
									? 'Partly paid'
									: 'Unpaid',
						paid,
						history: standing.map(({ PaymentID }) => PaymentID).sort(),
					},
				},
			];
		});
	}

	// Workers do not know what others wrote: a record of theirs comes once more, and nothing is written.
	it.each([
		['none', 0, 0],
		['Modified', 0, 0],
		['none', 2, 2],
		['Modified', 2, 2],
	])(
		'comes to rest within the hour after 50 changes on each side, and both say the same (edits by %s, %s workers)',
		async (modifiedField, workers, echoes) => {
			const chance = new Random(20_261_124);
			const pair = new TwoWayPair(harness, modifiedField, workers);
			await pair.activate();
			await pair.xeroToKnack();
			const orders: string[] = [];
			let inKnack = 0;
			let inXero = 0;
			let lastChange = 0;
			let atRest = 0;
			for (let minute = 1; minute <= 60; minute += 1) {
				while (inKnack < CHANGES && inKnack < minute * 5) {
					harness.sandbox.clock.advance(2_000);
					if (orders.length < 12) orders.push(newOrder(chance, orders.length));
					else editOrder(orders[chance.int(0, orders.length - 1)] ?? '', chance);
					inKnack += 1;
					lastChange = minute;
				}
				for (
					let tries = 0;
					tries < 40 && inXero < Math.min(CHANGES, (minute - 2) * 5);
					tries += 1
				) {
					harness.sandbox.clock.advance(1_000);
					if (!(await changeXero(chance))) continue;
					inXero += 1;
					lastChange = minute;
				}
				const before = writes().length;
				const told = await pair.minute();
				if (minute > lastChange + echoes) {
					expect({ minute, told, written: writes().slice(before) }).toEqual({
						minute,
						told: 0,
						written: [],
					});
					atRest += 1;
				}
				harness.sandbox.clock.advance(MINUTE_MS);
			}
			expect([inKnack, inXero, pair.troubles]).toEqual([CHANGES, CHANGES, []]);
			expect(atRest).toBeGreaterThan(40);

			const both = comparison();
			expect(both.length).toBeGreaterThanOrEqual(12);
			expect(both.map(({ knack }) => knack)).toEqual(both.map(({ xero }) => xero));
			const ids = harness.sandbox.knack
				.recordIds('Payments')
				.map((id) => shown('Payments', id)['Xero Payment ID']);
			expect(new Set(ids).size).toBe(ids.length);
			expect(ids.length).toBeGreaterThan(10);
			const numbers = harness.sandbox.xero.invoices().map(({ Reference }) => Reference);
			expect(new Set(numbers).size).toBe(numbers.length);
		},
		240_000,
	);

	it("still hears of a person's edit in the second of the sync's own write", async () => {
		const pair = new TwoWayPair(harness, 'none');
		await pair.activate();
		const { knack, clock, xero, journal } = harness.sandbox;
		const order = newOrder(new Random(7), 0);
		expect(await pair.knackToXero()).toBe(1);
		const [own] = journal.filter({ service: 'knack', kind: 'write', last: 1 });
		const now = clock.now();
		clock.set(own?.at ?? 0);
		knack.updateRecord('Orders', order, { 'Due Date': '31/01/2027' });
		clock.set(now);
		expect(await pair.knackToXero()).toBe(1);
		const invoice = xero
			.invoices()
			.find(({ InvoiceID }) => InvoiceID === shown('Orders', order)['Xero Invoice ID']);
		expect(invoice?.DueDateString).toBe('2027-01-31T00:00:00');
		expect(await pair.knackToXero()).toBe(0);
	}, 60_000);
});
