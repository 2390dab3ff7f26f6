import type { HistorySettings } from '../../lib/sync/payments/historyFields';
import { findHistoryFields } from '../../lib/sync/payments/historyFields';
import { addTradePayments } from '../../sandbox/seed/tradePayments';
import { PaymentTestbed } from './paymentTestbed';

const FIELDS = {
	date: 'Date',
	amount: 'Amount',
	currency: 'Currency',
	kind: 'Kind',
	reference: 'Reference',
	status: 'Status',
	link: 'Link',
};

/** The trade business with a table of payments, and what a history in it needs. */
export class HistoryTestbed {
	private constructor(
		readonly bed: PaymentTestbed,
		readonly history: HistorySettings,
	) {}

	static async open(over: Partial<HistorySettings> = {}): Promise<HistoryTestbed> {
		const bed = await PaymentTestbed.open(({ knack }) => addTradePayments(knack));
		const history = findHistoryFields(await bed.knack.app(), bed.table, {
			table: 'Payments',
			record: 'Order',
			key: 'Xero Payment ID',
			targets: FIELDS,
			whenRemoved: 'mark',
		});
		return new HistoryTestbed(bed, { ...history, ...over });
	}

	/** An approved invoice of 120.00 whose id the order holds. */
	orderedInvoice(index: number, over: Record<string, unknown> = {}) {
		const invoice = this.bed.invoice(over);
		return { ...invoice, order: this.bed.order(index, { 'Xero Invoice ID': invoice.id }) };
	}

	pay(invoiceId: string, amount: string, date = '2026-11-20', reference = ''): string {
		const { xero } = this.bed.sandbox;
		return String(xero.recordPayment({ invoiceId, amount, date, reference }).PaymentID);
	}

	/** Rows as a person reads them, in order of creation. */
	get rows(): Array<Record<string, string>> {
		const { knack } = this.bed.sandbox;
		return knack.recordIds('Payments').map((id) => {
			const values = knack.display('Payments', id);
			return Object.fromEntries(
				this.history.table.fields.map(({ key, name }) => [name, values[key] ?? '']),
			);
		});
	}

	/** What of a row tells payments apart at a glance. */
	get glance(): string[] {
		return this.rows.map((row) => [row.Date, row.Amount, row.Kind, row.Status].join(' ')).sort();
	}

	rowId(index: number): string {
		const id = this.bed.sandbox.knack.recordIds('Payments')[index];
		if (id === undefined) throw new Error(`There is no payment ${index}.`);
		return id;
	}

	/** Sends what an accounting app would, and gives the answer's element. */
	async toXero(
		path: string,
		body: Record<string, unknown>,
		method: 'PUT' | 'POST' | 'DELETE' = 'PUT',
	): Promise<Record<string, unknown>> {
		const { sandbox } = this.bed;
		const answer = await this.bed.xero.client.write({
			method,
			path,
			body,
			idempotencyKey: `${path} ${sandbox.clock.now()} ${sandbox.journal.filter({}).length}`,
		});
		if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
		const list: unknown = Object.values(Object(answer.body)).find(Array.isArray);
		return Object(Array.isArray(list) ? list[0] : answer.body);
	}

	/** A credit note of an amount, ready to be applied. */
	async creditNote(amount: number, over: Record<string, unknown> = {}): Promise<string> {
		const note = await this.toXero('/CreditNotes', {
			Type: 'ACCRECCREDIT',
			Status: 'AUTHORISED',
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			Date: '2026-11-18',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Back', Quantity: 1, UnitAmount: amount, AccountCode: '200' }],
			...over,
		});
		return String(note.CreditNoteID);
	}

	/** Money that came in without an invoice. */
	async prepayment(kind: 'OVERPAYMENT' | 'PREPAYMENT', amount: number): Promise<string> {
		const made = await this.toXero('/BankTransactions', {
			Type: `RECEIVE-${kind}`,
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			BankAccount: { Code: '090' },
			Date: '2026-11-17',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Deposit', Quantity: 1, UnitAmount: amount, AccountCode: '200' }],
		});
		return String(made[kind === 'PREPAYMENT' ? 'PrepaymentID' : 'OverpaymentID']);
	}

	async apply(
		resource: 'CreditNotes' | 'Prepayments' | 'Overpayments',
		creditId: string,
		invoiceId: string,
		amount: number,
	): Promise<string> {
		const made = await this.toXero(`/${resource}/${creditId}/Allocations`, {
			Allocations: [{ Invoice: { InvoiceID: invoiceId }, Amount: amount, Date: '2026-11-19' }],
		});
		return String(made.AllocationID);
	}

	async sync(invoiceIds: readonly string[], over: Parameters<PaymentTestbed['sync']>[1] = {}) {
		return await this.bed.sync(invoiceIds, { history: this.history, ...over });
	}
}
