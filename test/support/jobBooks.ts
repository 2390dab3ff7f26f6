import { DateTime } from 'luxon';
import { dayInZone } from '../../lib/dates';
import type { Books } from '../../lib/insights/reading/books';
import type { XeroClient } from '../../lib/xero/client';
import type { Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import type { Random } from '../prove/random';
import { at } from '../contract/sandboxXeroSession';
import { xeroInMemory } from './xeroInMemory';

/** The organisation's books in a sandbox, as a run of Xero Insights opens them. */
export async function booksOf(sandbox: Sandbox, scopes?: readonly string[]): Promise<Books> {
	const { client, settings, clock } = await xeroInMemory(sandbox, DEMO_TRADE_TENANT_ID, scopes);
	const { organisation } = settings;
	return { client, organisation, today: dayInZone(clock.now(), organisation.timeZone) };
}

/** Members of a list that a path answers with. */
export async function rawList(
	client: XeroClient,
	resource: string,
	query: Readonly<Record<string, string>> = {},
): Promise<readonly unknown[]> {
	const body = await client.read({
		path: `/${resource}`,
		query: { page: '1', pageSize: '1000', ...query },
	});
	const list = at(body, resource);
	return Array.isArray(list) ? list : [];
}

const FIRST_DAY = DateTime.utc(2025, 3, 1);
const DAYS = 620;

/** A builder's books kept by chance: jobs with claims, retention, deposits, orders, bills and wages. */
export class JobBooks {
	readonly jobs: string[] = [];
	/** Id of the tracking category. */
	category = '';
	private keys = 0;
	private numbers = 0;
	private readonly options = new Map<string, string>();

	constructor(
		private readonly client: XeroClient,
		private readonly random: Random,
	) {}

	/** Makes jobs and does so many things. */
	async keep(jobs: number, deeds: number): Promise<void> {
		const categories = await rawList(this.client, 'TrackingCategories');
		const category = categories.find((one) => at(one, 'Name') === 'Job');
		this.category = String(at(category, 'TrackingCategoryID'));
		for (let number = 1; number <= jobs; number += 1) await this.addJob(`J${1_000 + number}`);
		for (let deed = 0; deed < deeds; deed += 1) await this.anything();
	}

	async addJob(name: string): Promise<void> {
		const path = `TrackingCategories/${this.category}/Options`;
		const option = await this.put(path, { Name: name }, 'Options');
		this.options.set(name, String(at(option, 'TrackingOptionID')));
		this.jobs.push(name);
	}

	optionId(job: string): string {
		return this.options.get(job) ?? '';
	}

	/** A person takes the job out of the lists; what was entered for it stays. */
	async archive(job: string): Promise<void> {
		const path = `/TrackingCategories/${this.category}/Options/${this.optionId(job)}`;
		await this.write('DELETE', path, {});
	}

	anyDay(): string {
		return FIRST_DAY.plus({ days: this.random.int(0, DAYS) }).toFormat('yyyy-MM-dd');
	}

	async put(path: string, body: object, list = path): Promise<unknown> {
		return at(await this.write('PUT', `/${path}`, body), list, 0);
	}

	private async write(method: 'PUT' | 'POST' | 'DELETE', path: string, body: object) {
		this.keys += 1;
		const idempotencyKey = `job books ${this.keys}`;
		const answer = await this.client.write({ method, path, body, idempotencyKey });
		if (answer.kind === 'accepted') return answer.body;
		throw new Error(
			`${path}: ${answer.kind === 'refused' ? answer.messages.join(' ') : answer.kind}`,
		);
	}

	private money(): number {
		return this.random.int(100, 500_000) / 100;
	}

	private tracked(): object {
		if (this.random.percent(15)) return {};
		return { Tracking: [{ Name: 'Job', Option: this.random.pick(this.jobs) }] };
	}

	private lines(accounts: readonly string[], taxes: readonly string[]): object[] {
		const whole = this.random.percent(60) ? this.tracked() : undefined;
		return Array.from({ length: this.random.int(1, 4) }, () => ({
			Description: 'Work',
			Quantity: this.random.int(1, 400) / 100,
			UnitAmount: this.money(),
			AccountCode: this.random.pick(accounts),
			TaxType: this.random.pick(taxes),
			...(whole ?? this.tracked()),
		}));
	}

	/** Kept back, or a deposit drawn down, at times without a job of its own. */
	private balanceSheetLine(account: string): object {
		return {
			Description: 'Kept back',
			Quantity: 1,
			UnitAmount: -this.random.int(1, 5_000) / 100,
			AccountCode: account,
			TaxType: 'NONE',
			...(this.random.percent(50) ? this.tracked() : {}),
		};
	}

	private header(): object {
		const foreign = this.random.percent(25);
		return {
			Contact: { Name: this.random.pick(['Ash Ltd', 'Birch Ltd', 'Cedar Ltd']) },
			Date: this.anyDay(),
			LineAmountTypes: this.random.pick(['Exclusive', 'Inclusive', 'NoTax']),
			...(foreign
				? { CurrencyCode: 'EUR', CurrencyRate: this.random.int(9_000, 15_000) / 10_000 }
				: {}),
		};
	}

	private async anything(): Promise<void> {
		const deed = this.random.int(1, 100);
		if (deed <= 30) await this.invoice();
		else if (deed <= 52) await this.bill();
		else if (deed <= 62) await this.creditNote();
		else if (deed <= 74) await this.transaction();
		else if (deed <= 88) await this.order();
		else await this.journal();
	}

	private async invoice(): Promise<void> {
		const extra = this.random.pick([[], [], ['835'], ['620']]);
		const invoice = await this.put('Invoices', {
			...this.header(),
			Type: 'ACCREC',
			DueDate: this.anyDay(),
			Status: this.random.percent(90) ? 'AUTHORISED' : 'DRAFT',
			LineItems: [
				...this.lines(['200', '210'], ['OUTPUT2', 'NONE']).map((line) => ({
					...line,
					Quantity: 2,
					UnitAmount: this.random.int(10_000, 500_000) / 100,
				})),
				...(this.random.percent(20) ? this.lines(['310', '429'], ['NONE']) : []),
				...extra.map((account) => this.balanceSheetLine(account)),
			],
		});
		if (at(invoice, 'Status') !== 'AUTHORISED') return;
		const id = String(at(invoice, 'InvoiceID'));
		if (this.random.percent(8)) {
			await this.write('POST', `/Invoices/${id}`, { InvoiceID: id, Status: 'VOIDED' });
			return;
		}
		if (this.random.percent(20)) await this.depositOn(invoice);
		if (this.random.percent(60)) await this.pay({ InvoiceID: id });
	}

	/** A deposit that is put against the invoice, in whole or in part. */
	private async depositOn(invoice: unknown): Promise<void> {
		if (at(invoice, 'CurrencyCode') !== 'GBP') return;
		const total = Number(at(invoice, 'Total'));
		const paid = await this.put('BankTransactions', {
			Type: this.random.pick(['RECEIVE-PREPAYMENT', 'RECEIVE-OVERPAYMENT']),
			Contact: { ContactID: at(invoice, 'Contact', 'ContactID') },
			Date: this.anyDay(),
			BankAccount: { Code: '090' },
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Deposit', Quantity: 1, UnitAmount: 50, AccountCode: '620' }],
		});
		const kind = at(paid, 'PrepaymentID') ? 'Prepayment' : 'Overpayment';
		const id = String(at(paid, `${kind}ID`));
		const amount = Math.min(this.random.int(1, 50), Math.floor(total));
		if (amount < 1) return;
		await this.write('PUT', `/${kind}s/${id}/Allocations`, {
			Allocations: [
				{ Amount: amount, Date: this.anyDay(), Invoice: { InvoiceID: at(invoice, 'InvoiceID') } },
			],
		});
	}

	private async pay(named: { InvoiceID: string } | { CreditNoteID: string }): Promise<void> {
		const isInvoice = 'InvoiceID' in named;
		const path = isInvoice ? `Invoices/${named.InvoiceID}` : `CreditNotes/${named.CreditNoteID}`;
		const read = await this.client.read({ path: `/${path}` });
		const left = isInvoice
			? Number(at(read, 'Invoices', 0, 'AmountDue'))
			: Number(at(read, 'CreditNotes', 0, 'RemainingCredit'));
		const amount = this.random.percent(50) ? left : Math.floor(left * this.random.int(1, 99)) / 100;
		if (amount <= 0) return;
		const target = isInvoice ? { Invoice: named } : { CreditNote: named };
		await this.put('Payments', {
			...target,
			Account: { Code: '090' },
			Date: this.anyDay(),
			Amount: amount,
		});
	}

	private async bill(): Promise<void> {
		await this.put('Invoices', {
			...this.header(),
			Type: 'ACCPAY',
			InvoiceNumber: `B-${(this.numbers += 1)}`,
			DueDate: this.anyDay(),
			Status: this.random.percent(85) ? 'AUTHORISED' : 'SUBMITTED',
			LineItems: this.lines(['310', '325', '429', '630'], ['INPUT2', 'NONE']),
		});
	}

	private async creditNote(): Promise<void> {
		const sales = this.random.percent(50);
		const note = await this.put('CreditNotes', {
			...this.header(),
			Type: sales ? 'ACCRECCREDIT' : 'ACCPAYCREDIT',
			Status: 'AUTHORISED',
			LineItems: this.lines(sales ? ['200', '210'] : ['310', '325'], ['NONE']),
		});
		if (sales && this.random.percent(40)) {
			await this.pay({ CreditNoteID: String(at(note, 'CreditNoteID')) });
		}
	}

	private async transaction(): Promise<void> {
		const sales = this.random.percent(35);
		await this.put('BankTransactions', {
			Type: sales ? 'RECEIVE' : 'SPEND',
			Contact: { Name: 'Merchant' },
			Date: this.anyDay(),
			BankAccount: { Code: '090' },
			LineAmountTypes: 'Exclusive',
			LineItems: this.lines(sales ? ['200', '310', '620'] : ['310', '449', '200'], ['NONE']),
		});
	}

	private async order(): Promise<void> {
		const number = `PO-${(this.numbers += 1)}`;
		const { CurrencyCode, ...header } = { CurrencyCode: '', ...this.header() };
		const lines = this.lines(['310', '325', '630'], ['INPUT2', 'NONE']);
		const order = {
			...header,
			...(CurrencyCode === '' ? {} : { CurrencyCode }),
			PurchaseOrderNumber: number,
			Status: this.random.pick(['AUTHORISED', 'AUTHORISED', 'AUTHORISED', 'DRAFT']),
			LineItems: lines,
		};
		await this.put('PurchaseOrders', order);
		if (this.random.percent(40)) {
			await this.put('Invoices', {
				...order,
				Type: 'ACCPAY',
				InvoiceNumber: `B-${(this.numbers += 1)}`,
				Reference: number,
				DueDate: this.anyDay(),
				Status: 'AUTHORISED',
				LineItems: lines.slice(0, this.random.int(1, lines.length)),
			});
		}
	}

	private async journal(): Promise<void> {
		const amount = this.money();
		await this.put('ManualJournals', {
			Narration: 'Wages',
			Date: this.anyDay(),
			Status: this.random.percent(85) ? 'POSTED' : 'DRAFT',
			LineAmountTypes: 'NoTax',
			JournalLines: [
				{ LineAmount: amount, AccountCode: this.random.pick(['320', '200']), ...this.tracked() },
				{ LineAmount: -amount, AccountCode: '814' },
			],
		});
	}
}
