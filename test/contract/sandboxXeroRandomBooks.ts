import type { Random } from '../prove/random';
import { at, Session } from './sandboxXeroSession';

const FIRST_DAY = Date.UTC(2026, 1, 1);
const DAYS = 290;
const DAY_MS = 86_400_000;

interface Credit {
	readonly path: string;
	readonly id: string;
	readonly sales: boolean;
}

/** What books have beside the usual. */
export interface BooksKind {
	/** Beside the base currency; they must be switched on. */
	readonly foreign: readonly [string, ...string[]];
	/** Of the lines of deposits, where it is not any account of sales or costs. */
	readonly depositAccounts?: { readonly received: string; readonly paid: string };
	/** Lines that follow the others of an invoice, a bill or a credit note. */
	readonly moreLines?: (
		random: Random,
		document: {
			readonly isSale: boolean;
			readonly isForeign: boolean;
		},
	) => readonly Record<string, unknown>[];
}

const USUAL: BooksKind = { foreign: ['EUR'] };

/** Books kept by chance: whatever Xero allows to be done to a document, in any order. */
export class RandomBooks {
	readonly session = new Session();
	readonly contactIds: readonly string[];
	private readonly invoiceIds: string[] = [];
	private readonly credits: Credit[] = [];
	private readonly allocations: { readonly path: string }[] = [];
	private readonly bankTransactionIds: string[] = [];
	private readonly paymentIds: string[] = [];
	private readonly batchIds: string[] = [];

	constructor(
		private readonly random: Random,
		private readonly kind: BooksKind = USUAL,
	) {
		const made = this.session.twin.seedContacts([{ name: 'Ash Ltd' }, { name: 'Birch Ltd' }]);
		this.contactIds = made.map(({ contactId }) => contactId);
	}

	anyDay(): string {
		return new Date(FIRST_DAY + this.random.int(0, DAYS) * DAY_MS).toISOString().slice(0, 10);
	}

	/** Does so many things; those that are refused count as well. */
	async keep(steps: number): Promise<void> {
		await this.invoice();
		await this.credit();
		for (let step = 0; step < steps; step += 1) await this.anything();
	}

	private async anything(): Promise<void> {
		const deed = this.random.int(1, 100);
		if (deed <= 22) await this.invoice();
		else if (deed <= 32) await this.credit();
		else if (deed <= 42) await this.bankTransaction();
		else if (deed <= 60) await this.payment();
		else if (deed <= 66) await this.refund();
		else if (deed <= 78) await this.allocate();
		else if (deed <= 82) await this.batch();
		else if (deed <= 92) await this.takeBack();
		else if (deed <= 94) await this.edit();
		else if (deed <= 97) await this.journal();
		else this.newRate();
	}

	private money(): number {
		return this.random.int(1, 60_000) / 100;
	}

	private document(types: string): Record<string, unknown> {
		const foreign = this.random.percent(40);
		return {
			Contact: { ContactID: this.random.pick(this.contactIds) },
			Date: this.anyDay(),
			DueDate: this.anyDay(),
			LineAmountTypes: types,
			...(foreign
				? {
						CurrencyCode: this.foreignCode(),
						CurrencyRate: this.random.int(9_000, 15_000) / 10_000,
					}
				: {}),
		};
	}

	private foreignCode(): string {
		const { foreign } = this.kind;
		return foreign.length > 1 ? this.random.pick(foreign) : foreign[0];
	}

	private lines(sales: boolean): Record<string, unknown>[] {
		return Array.from({ length: this.random.int(1, 3) }, () => ({
			Description: 'Work',
			Quantity: this.random.int(1, 500) / 100,
			UnitAmount: this.money(),
			AccountCode: this.random.pick(sales ? ['200', '210', '620'] : ['310', '429', '620']),
			TaxType: this.random.pick(sales ? ['OUTPUT2', 'RROUTPUT', 'NONE'] : ['INPUT2', 'NONE']),
			...(this.random.percent(30) ? { Tracking: [{ Name: 'Region', Option: 'North' }] } : {}),
		}));
	}

	private moreLines(
		document: Parameters<NonNullable<BooksKind['moreLines']>>[1],
	): readonly Record<string, unknown>[] {
		return this.kind.moreLines?.(this.random, document) ?? [];
	}

	private types(): string {
		return this.random.pick(['Exclusive', 'Inclusive', 'NoTax']);
	}

	private async invoice(): Promise<void> {
		const sales = this.random.percent(60);
		const document = this.document(this.types());
		const isForeign = 'CurrencyCode' in document;
		const reply = await this.session.api('PUT', '/Invoices', {
			...document,
			Type: sales ? 'ACCREC' : 'ACCPAY',
			Status: this.random.percent(85) ? 'AUTHORISED' : 'DRAFT',
			LineItems: [...this.lines(sales), ...this.moreLines({ isSale: sales, isForeign })],
		});
		this.note(this.invoiceIds, at(reply.json, 'Invoices', 0, 'InvoiceID'));
	}

	private async credit(): Promise<void> {
		const sales = this.random.percent(60);
		const document = this.document(this.types());
		const isForeign = 'CurrencyCode' in document;
		const reply = await this.session.api('PUT', '/CreditNotes', {
			...document,
			Type: sales ? 'ACCRECCREDIT' : 'ACCPAYCREDIT',
			Status: this.random.percent(90) ? 'AUTHORISED' : 'DRAFT',
			LineItems: [...this.lines(sales), ...this.moreLines({ isSale: sales, isForeign })],
		});
		const id = at(reply.json, 'CreditNotes', 0, 'CreditNoteID');
		if (typeof id === 'string') this.credits.push({ path: 'CreditNotes', id, sales });
	}

	private async bankTransaction(): Promise<void> {
		const sales = this.random.percent(60);
		const kind = this.random.pick(['', '-OVERPAYMENT', '-PREPAYMENT']);
		const foreign = this.random.percent(30);
		const reply = await this.session.api('PUT', '/BankTransactions', {
			Type: `${sales ? 'RECEIVE' : 'SPEND'}${kind}`,
			Contact: { ContactID: this.random.pick(this.contactIds) },
			Date: this.anyDay(),
			BankAccount: { Code: foreign ? '092' : '090' },
			...(foreign ? { CurrencyRate: this.random.int(9_000, 15_000) / 10_000 } : {}),
			LineAmountTypes: this.types(),
			LineItems: this.linesOfBank(kind, sales),
		});
		const made = at(reply.json, 'BankTransactions', 0);
		this.note(this.bankTransactionIds, at(made, 'BankTransactionID'));
		for (const [path, name] of [
			['Overpayments', 'OverpaymentID'],
			['Prepayments', 'PrepaymentID'],
		] as const) {
			const id = at(made, name);
			if (typeof id === 'string') this.credits.push({ path, id, sales });
		}
	}

	private linesOfBank(kind: string, sales: boolean): Record<string, unknown>[] {
		const lines = this.lines(sales);
		const { depositAccounts } = this.kind;
		if (kind !== '-PREPAYMENT' || depositAccounts === undefined) return lines;
		const AccountCode = sales ? depositAccounts.received : depositAccounts.paid;
		return lines.map((line) => ({ ...line, AccountCode }));
	}

	private async payment(): Promise<void> {
		if (this.invoiceIds.length === 0) return;
		const id = this.random.pick(this.invoiceIds);
		const read = await this.session.api('GET', `/Invoices/${id}`);
		const due = Number(at(read.json, 'Invoices', 0, 'AmountDue') ?? 0);
		await this.pay({ Invoice: { InvoiceID: id } }, due);
	}

	private async refund(): Promise<void> {
		if (this.credits.length === 0) return;
		const { path, id } = this.random.pick(this.credits);
		const one = path.slice(0, -1);
		const read = await this.session.api('GET', `/${path}/${id}`);
		const left = Number(at(read.json, path, 0, 'RemainingCredit') ?? 0);
		await this.pay({ [one]: { [`${one}ID`]: id } }, left);
	}

	private async pay(target: Record<string, unknown>, most: number): Promise<void> {
		const reply = await this.session.api('PUT', '/Payments', {
			...target,
			Account: { Code: this.random.pick(['090', '091', '092', '835']) },
			Date: this.anyDay(),
			Amount: this.partOf(most),
			...(this.random.percent(60) ? { CurrencyRate: this.random.int(9_000, 15_000) / 10_000 } : {}),
		});
		this.note(this.paymentIds, at(reply.json, 'Payments', 0, 'PaymentID'));
	}

	private async allocate(): Promise<void> {
		if (this.credits.length === 0 || this.invoiceIds.length === 0) return;
		const { path, id } = this.random.pick(this.credits);
		const credit = (await this.session.api('GET', `/${path}/${id}`)).json;
		const left = Number(at(credit, path, 0, 'RemainingCredit') ?? 0);
		for (const invoiceId of this.invoiceIds) {
			const read = await this.session.api('GET', `/Invoices/${invoiceId}`);
			const due = Number(at(read.json, 'Invoices', 0, 'AmountDue') ?? 0);
			const reply = await this.session.api('PUT', `/${path}/${id}/Allocations`, {
				Allocations: [
					{
						Amount: this.partOf(Math.min(due, left)),
						Date: this.anyDay(),
						Invoice: { InvoiceID: invoiceId },
					},
				],
			});
			const allocationId = at(reply.json, 'Allocations', 0, 'AllocationID');
			if (reply.status !== 200 || typeof allocationId !== 'string') continue;
			this.allocations.push({ path: `/${path}/${id}/Allocations/${allocationId}` });
			return;
		}
	}

	/** Of one side and with what is open, since Xero refuses others whole. */
	private async batch(): Promise<void> {
		const type = this.random.pick(['ACCREC', 'ACCPAY']);
		const payments: Record<string, unknown>[] = [];
		for (const InvoiceID of this.invoiceIds) {
			const read = await this.session.api('GET', `/Invoices/${InvoiceID}`);
			const invoice = at(read.json, 'Invoices', 0);
			const due = Number(at(invoice, 'AmountDue') ?? 0);
			const isOpen = at(invoice, 'Status') === 'AUTHORISED' && at(invoice, 'Type') === type;
			if (isOpen && due > 0.1) payments.push({ Invoice: { InvoiceID }, Amount: this.partOf(due) });
		}
		const reply = await this.session.api('PUT', '/BatchPayments', {
			Account: { Code: this.random.pick(['090', '092']) },
			Date: this.anyDay(),
			Payments: payments.slice(0, this.random.int(1, 3)),
		});
		this.note(this.batchIds, at(reply.json, 'BatchPayments', 0, 'BatchPaymentID'));
	}

	/** A person takes one payment out of a batch, which the API refuses. */
	private removeFromBatch(): void {
		const { payments } = this.session.twin.organisation();
		const [payment] = payments.filter(
			({ batchPaymentId, status }) => batchPaymentId !== undefined && status !== 'DELETED',
		);
		if (payment) this.session.twin.person.deletePayment(payment.paymentId);
	}

	private async takeBack(): Promise<void> {
		const status = { Status: this.random.pick(['DELETED', 'VOIDED']) };
		const gone = { Status: 'DELETED' };
		const credit = this.credits.length > 0 ? this.random.pick(this.credits) : undefined;
		const allocation = this.allocations.length > 0 ? this.random.pick(this.allocations) : undefined;
		const deed = this.random.int(1, 7);
		if (deed === 1) await this.post('Invoices', this.invoiceIds, status);
		else if (deed === 2) await this.post('Payments', this.paymentIds, gone);
		else if (deed === 3) await this.post('BankTransactions', this.bankTransactionIds, gone);
		else if (deed === 4) await this.post('BatchPayments', this.batchIds, gone);
		else if (deed === 7) this.removeFromBatch();
		else if (deed === 5 && credit?.path === 'CreditNotes') {
			await this.session.api('POST', `/CreditNotes/${credit.id}`, status);
		} else if (allocation) await this.session.api('DELETE', allocation.path);
	}

	private async edit(): Promise<void> {
		const change = this.random.pick<Record<string, unknown>>([
			{ Status: 'AUTHORISED' },
			{ Date: this.anyDay() },
			{ LineAmountTypes: this.types() },
			{ LineItems: this.lines(true) },
		]);
		await this.post('Invoices', this.invoiceIds, change);
		await this.post('BankTransactions', this.bankTransactionIds, { Date: this.anyDay() });
	}

	private async journal(): Promise<void> {
		const amount = this.money();
		const reply = await this.session.api('PUT', '/ManualJournals', {
			Narration: 'Labour',
			Date: this.anyDay(),
			Status: this.random.pick(['DRAFT', 'POSTED']),
			LineAmountTypes: this.types(),
			JournalLines: [
				{ LineAmount: amount, AccountCode: this.random.pick(['320', '620']) },
				{ LineAmount: -amount, AccountCode: '469', TaxType: 'NONE' },
			],
		});
		const id = at(reply.json, 'ManualJournals', 0, 'ManualJournalID');
		if (reply.status === 200 && this.random.percent(30)) {
			await this.session.api('POST', `/ManualJournals/${String(id)}`, { Status: 'VOIDED' });
		}
	}

	private newRate(): void {
		this.session.clock.advance(DAY_MS);
		this.session.token = this.session.twin.signIn().access_token;
		this.session.twin.addCurrency('EUR', String(this.random.int(9_000, 15_000) / 10_000));
	}

	private async post(path: string, ids: readonly string[], body: unknown): Promise<void> {
		if (ids.length > 0) await this.session.api('POST', `/${path}/${this.random.pick(ids)}`, body);
	}

	private partOf(amount: number): number {
		return this.random.percent(50) ? amount : Math.floor(amount * this.random.int(1, 99)) / 100;
	}

	private note(ids: string[], id: unknown): void {
		if (typeof id === 'string' && !/^0{8}/.test(id)) ids.push(id);
	}
}
