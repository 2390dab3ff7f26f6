import { addDays, dayInZone } from '../../lib/dates';
import type { KnackTable } from '../../lib/knack/app';
import type { KnackClient } from '../../lib/knack/client';
import type { MatchFields } from '../../lib/sync/payments/locateRecords';
import {
	readInvoicesAgain,
	readInvoicesById,
	readInvoicesMadeFrom,
} from '../../lib/sync/payments/changedInvoices';
import { readBearers } from '../../lib/sync/payments/otherBearers';
import type { PaymentOutcome } from '../../lib/sync/payments/paymentOutcome';
import type { PaymentTargets } from '../../lib/sync/payments/paymentValues';
import { syncChangedInvoices } from '../../lib/sync/payments/syncChangedInvoices';
import type {
	ChangedInvoicesReport,
	ChangedInvoicesSettings,
} from '../../lib/sync/payments/syncChangedInvoices';
import { syncPayments } from '../../lib/sync/payments/syncPayments';
import type {
	PaymentContext,
	PaymentRequest,
	PaymentSettings,
} from '../../lib/sync/payments/paymentSettings';
import type { PaymentReport } from '../../lib/sync/payments/syncPayments';
import { linkOfHistoryRow } from '../../lib/sync/payments/historyLinks';
import { createInvoiceTurns } from '../../lib/sync/payments/invoiceTurns';
import { readRemovedPayments } from '../../lib/sync/payments/removedPayments';
import type { HttpPort } from '../../lib/http';
import { definitionOf } from '../support/definitionOf';
import type { Sandbox } from '../../sandbox/sandbox';
import { knackInMemory } from '../support/knackInMemory';
import { frozenSandbox, xeroInMemory } from '../support/xeroInMemory';
import type { XeroInMemory } from '../support/xeroInMemory';

/** Names of the seeded Orders table's fields by what they are for. */
const TARGET_NAMES = {
	paymentStatus: 'Payment Status',
	amountPaid: 'Amount Paid',
	amountDue: 'Amount Due',
	lastPaymentDate: 'Last Payment Date',
	invoiceStatus: 'Invoice Status',
	invoiceLink: 'Invoice Link',
	message: 'Sync Message',
} as const;

const MATCH_NAMES = {
	invoiceId: 'Xero Invoice ID',
	invoiceNumber: 'Invoice Number',
	reference: 'Customer Reference',
} as const;

/** Where no other process has told anything. */
export const NOTHING_TOLD = async (): Promise<ReadonlySet<string>> =>
	await Promise.resolve(new Set());

/** A trade business whose orders have invoices in Xero, and what a run over them needs. */
export class PaymentTestbed {
	/** Of one process. */
	private readonly turns = createInvoiceTurns();

	private constructor(
		readonly sandbox: Sandbox,
		public xero: XeroInMemory,
		readonly knack: KnackClient,
		readonly table: KnackTable,
	) {}

	static async open(
		prepare: (sandbox: Sandbox) => void = () => undefined,
	): Promise<PaymentTestbed> {
		const sandbox = frozenSandbox('tradeBusiness');
		prepare(sandbox);
		const xero = await xeroInMemory(sandbox);
		const knack = knackInMemory(sandbox);
		const table = (await knack.app()).tables.find(({ name }) => name === 'Orders');
		if (!table) throw new Error('The seed has no Orders.');
		return new PaymentTestbed(sandbox, xero, knack, table);
	}

	/** Moves the clock, and signs in again since an access token lives half an hour. */
	async later(milliseconds: number): Promise<void> {
		this.sandbox.clock.advance(milliseconds);
		this.xero = await xeroInMemory(this.sandbox);
	}

	get orderIds(): string[] {
		return this.sandbox.knack.recordIds('Orders');
	}

	/** An approved invoice of 100.00 plus 20.00 tax, due in 30 days unless told. */
	invoice(over: Record<string, unknown> = {}): { id: string; number: string } {
		const today = dayInZone(this.sandbox.clock.now(), 'Europe/London');
		const saved = this.sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			Status: 'AUTHORISED',
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			Date: addDays(today, -20),
			DueDate: addDays(today, 30),
			LineAmountTypes: 'Exclusive',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
			...over,
		});
		return { id: String(saved.InvoiceID), number: String(saved.InvoiceNumber) };
	}

	/** Writes into an order as an earlier sync or a person did. */
	order(index: number, values: Record<string, unknown>): string {
		const id = this.orderIds[index];
		if (id === undefined) throw new Error(`There is no order ${index}.`);
		this.sandbox.knack.updateRecord('Orders', id, values);
		return id;
	}

	/** The order's fields as a person reads them, by name. */
	shown(recordId: string): Record<string, string> {
		const values = this.sandbox.knack.display('Orders', recordId);
		return Object.fromEntries(this.table.fields.map(({ key, name }) => [name, values[key] ?? '']));
	}

	field(name: string) {
		const field = this.table.fields.find((candidate) => candidate.name === name);
		if (!field) throw new Error(`There is no field ${name}.`);
		return field;
	}

	settings(over: Partial<PaymentSettings> = {}): PaymentSettings {
		const match: MatchFields = Object.fromEntries(
			Object.entries(MATCH_NAMES).map(([key, name]) => [key, this.field(name)]),
		);
		const targets: PaymentTargets = Object.fromEntries(
			Object.entries(TARGET_NAMES).map(([target, name]) => [target, this.field(name)]),
		);
		return {
			table: this.table,
			match,
			targets,
			words: {},
			fillInvoiceId: true,
			clearWhenNone: true,
			whenMissing: 'attention',
			preview: false,
			...over,
		};
	}

	context(around?: (inner: HttpPort) => HttpPort): PaymentContext {
		const { organisation } = this.xero.settings;
		const startedMs = this.sandbox.clock.now();
		return {
			knack: around ? knackInMemory(this.sandbox, around) : this.knack,
			clock: this.xero.clock,
			turns: this.turns,
			today: dayInZone(this.sandbox.clock.now(), organisation.timeZone),
			readAgain: async (ids) =>
				await readInvoicesAgain(this.xero.client, 'salesInvoice', ids, startedMs),
			madeFrom: async (ids) => await readInvoicesMadeFrom(this.xero.client, 'salesInvoice', ids),
			bearersOf: async (borne) =>
				await readBearers(this.xero.client, definitionOf('salesInvoice'), borne),
			linkOf: ({ kind, id }) => definitionOf(kind).link(id, organisation.shortCode),
			linkOfRow: (row, invoice) => linkOfHistoryRow(row, invoice, organisation.shortCode),
			removedPayments: async (ids) => await readRemovedPayments(this.xero.client, ids),
			xeroCalls: () => this.xero.client.calls().reads + this.xero.client.calls().writes,
		};
	}

	/** Reads the invoices as Xero has them now and brings them to Knack. */
	async sync(
		invoiceIds: readonly string[],
		over: Partial<PaymentSettings> = {},
		options: {
			requests?: ReadonlyArray<Partial<PaymentRequest>>;
			around?: (inner: HttpPort) => HttpPort;
		} = {},
	): Promise<PaymentReport> {
		const snapshots = await readInvoicesById(this.xero.client, invoiceIds);
		const requests = invoiceIds.flatMap((id, index) => {
			const snapshot = snapshots.find((each) => each.id === id);
			return snapshot ? [{ snapshot, itemIndexes: [index], ...options.requests?.[index] }] : [];
		});
		return await syncPayments(this.context(options.around), this.settings(over), requests);
	}

	/** The only outcome of a run over one invoice. */
	async syncOne(
		invoiceId: string,
		over: Partial<PaymentSettings> = {},
		options: Parameters<PaymentTestbed['sync']>[2] = {},
	): Promise<PaymentOutcome> {
		const { outcomes } = await this.sync([invoiceId], over, options);
		const [only] = outcomes;
		if (!only || outcomes.length !== 1) throw new Error(`${outcomes.length} outcomes`);
		return only;
	}

	/** A run over what changed, with the state that the last one left; JSON in between, as n8n keeps it. */
	async syncChanges(
		stored: unknown,
		over: Partial<ChangedInvoicesSettings> = {},
		around?: (inner: HttpPort) => HttpPort,
	): Promise<ChangedInvoicesReport> {
		return await syncChangedInvoices(
			this.xero.client,
			this.context(around),
			{
				...this.settings(over),
				documentType: 'salesInvoice',
				scope: 'demo|salesInvoice|orders',
				firstRunFromMs: 0,
				fullCheckDays: 7,
				...over,
			},
			{
				stored: stored === undefined ? undefined : JSON.parse(JSON.stringify(stored)),
				toldBefore: NOTHING_TOLD,
			},
		);
	}

	xeroReads(): number {
		return this.sandbox.journal.filter({ service: 'xero', kind: 'read' }).length;
	}

	knackWrites(): number {
		return this.sandbox.journal.filter({ service: 'knack', kind: 'write' }).length;
	}

	knackReads(): number {
		return this.sandbox.journal.filter({ service: 'knack', kind: 'read' }).length;
	}
}
