import Big from 'big.js';
import type { XeroClient } from '../../lib/xero/client';
import { at } from '../contract/sandboxXeroSession';
import { rawList } from './jobBooks';

/** Jobs added up once more from what the API says, by another way than Xero Insights takes. */

interface ReckonedJob {
	revenue: Big;
	costs: Big;
	invoiced: Big;
	paid: Big;
	retention: Big;
	bills: Big;
	spent: Big;
	committed: Big;
}

interface Chart {
	readonly classes: ReadonlyMap<string, string>;
	readonly retention: string;
}

const ZERO = new Big(0);

function amountOf(value: unknown): Big {
	return new Big(Number(value ?? 0));
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function dayOf(row: unknown): string {
	const text = String(at(row, 'DateString') ?? '');
	if (text !== '') return text.slice(0, 10);
	const ms = Number(/\d+/.exec(String(at(row, 'Date')))?.[0]);
	return new Date(ms).toISOString().slice(0, 10);
}

function jobOf(line: unknown): string {
	const tracked = listOf(at(line, 'Tracking')).find((one) => at(one, 'Name') === 'Job');
	return tracked === undefined ? '' : String(at(tracked, 'Option'));
}

interface Line {
	readonly job: string;
	readonly kind: string;
	readonly isRetention: boolean;
	readonly net: Big;
}

function linesOf(row: unknown, { classes, retention }: Chart): Line[] {
	const inclusive = at(row, 'LineAmountTypes') === 'Inclusive';
	const lines = listOf(at(row, 'LineItems')).map((line) => {
		const code = String(at(line, 'AccountCode') ?? '');
		const gross = amountOf(at(line, 'LineAmount'));
		return {
			job: jobOf(line),
			kind: classes.get(code) ?? '',
			isRetention: code === retention,
			net: inclusive ? gross.minus(amountOf(at(line, 'TaxAmount'))) : gross,
		};
	});
	const jobs = [...new Set(lines.map(({ job }) => job))].filter((job) => job !== '');
	const [only] = jobs;
	return lines.map((line) =>
		line.job === '' && jobs.length === 1 && only && !/REVENUE|EXPENSE/.test(line.kind)
			? { ...line, job: only }
			: line,
	);
}

export class JobReckoning {
	private readonly jobs = new Map<string, ReckonedJob>();

	constructor(
		private readonly client: XeroClient,
		private readonly from: string,
		private readonly day: string,
		private readonly retention: string,
	) {}

	private of(job: string): ReckonedJob {
		const known = this.jobs.get(job);
		if (known) return known;
		const made = {
			revenue: ZERO,
			costs: ZERO,
			invoiced: ZERO,
			paid: ZERO,
			retention: ZERO,
			bills: ZERO,
			spent: ZERO,
			committed: ZERO,
		};
		this.jobs.set(job, made);
		return made;
	}

	private isWithin(row: unknown): boolean {
		const day = dayOf(row);
		return (
			day >= this.from &&
			day <= this.day &&
			['AUTHORISED', 'PAID'].includes(String(at(row, 'Status')))
		);
	}

	async reckon(): Promise<ReadonlyMap<string, ReckonedJob>> {
		const accounts = await rawList(this.client, 'Accounts');
		const chart: Chart = {
			classes: new Map(accounts.map((one) => [String(at(one, 'Code')), String(at(one, 'Class'))])),
			retention: this.retention,
		};
		const invoices = await rawList(this.client, 'Invoices');
		const deposits = await this.deposits();
		for (const row of invoices.filter((one) => this.isWithin(one))) {
			this.document(row, linesOf(row, chart), at(row, 'Type') === 'ACCREC' ? 1 : -1, deposits);
		}
		const notes = await rawList(this.client, 'CreditNotes');
		for (const row of notes.filter((one) => this.isWithin(one))) {
			const sign = at(row, 'Type') === 'ACCRECCREDIT' ? -1 : 1;
			this.document(row, linesOf(row, chart), sign, new Map());
		}
		const moves = await rawList(this.client, 'BankTransactions');
		for (const row of moves.filter((one) => this.isWithin(one))) this.move(row, chart);
		await this.orders(invoices, chart);
		await this.ledger(chart);
		return this.jobs;
	}

	private async deposits(): Promise<ReadonlyMap<string, Big>> {
		const sums = new Map<string, Big>();
		for (const kind of ['Overpayments', 'Prepayments']) {
			for (const credit of await rawList(this.client, kind)) {
				for (const one of listOf(at(credit, 'Allocations'))) {
					if (dayOf(one) > this.day || dayOf(credit) > this.day) continue;
					const id = String(at(one, 'Invoice', 'InvoiceID'));
					sums.set(id, (sums.get(id) ?? ZERO).plus(amountOf(at(one, 'Amount'))));
				}
			}
		}
		return sums;
	}

	private document(
		row: unknown,
		lines: readonly Line[],
		sign: 1 | -1,
		deposits: ReadonlyMap<string, Big>,
	): void {
		const isSale = String(at(row, 'Type')).startsWith('ACCREC');
		const rate = amountOf(at(row, 'CurrencyRate') ?? 1);
		const money = listOf(at(row, 'Payments'))
			.filter((payment) => dayOf(payment) <= this.day)
			.reduce<Big>((all, payment) => all.plus(amountOf(at(payment, 'Amount'))), ZERO)
			.plus(deposits.get(String(at(row, 'InvoiceID'))) ?? ZERO);
		const total = amountOf(at(row, 'Total'));
		for (const { job, kind, isRetention, net } of lines) {
			const own = this.of(job);
			const base = net.div(rate).round(2, 1).times(sign);
			if (kind === 'EXPENSE') own.bills = own.bills.minus(base);
			if (!isSale) continue;
			if (/REVENUE|EXPENSE/.test(kind)) own.invoiced = own.invoiced.plus(base);
			if (isRetention) own.retention = own.retention.minus(base);
		}
		if (!isSale || total.eq(0)) return;
		for (const job of new Set(lines.map((line) => line.job))) {
			const whole = lines
				.filter((line) => line.job === job)
				.reduce((all, { net }) => all.plus(net), ZERO);
			const own = this.of(job);
			own.paid = own.paid.plus(whole.times(money.div(total)).div(rate).round(2, 1).times(sign));
		}
	}

	private move(row: unknown, chart: Chart): void {
		const type = String(at(row, 'Type'));
		if (type !== 'SPEND' && type !== 'RECEIVE') return;
		for (const { job, kind, isRetention, net } of linesOf(row, chart)) {
			const own = this.of(job);
			if (kind === 'EXPENSE') own.spent = own.spent.plus(type === 'SPEND' ? net : net.neg());
			else if (type === 'SPEND' && kind === 'REVENUE') {
				own.paid = own.paid.minus(net);
				own.invoiced = own.invoiced.minus(net);
			} else if (type === 'RECEIVE') {
				if (kind === 'REVENUE' || isRetention) own.paid = own.paid.plus(net);
				if (kind === 'REVENUE') own.invoiced = own.invoiced.plus(net);
				if (isRetention) own.retention = own.retention.minus(net);
			}
		}
	}

	private async orders(invoices: readonly unknown[], chart: Chart): Promise<void> {
		const bills = invoices.filter((one) => at(one, 'Type') === 'ACCPAY' && this.isWithin(one));
		for (const order of await rawList(this.client, 'PurchaseOrders')) {
			if (at(order, 'Status') !== 'AUTHORISED' || dayOf(order) > this.day) continue;
			const number = at(order, 'PurchaseOrderNumber');
			const own = bills.filter((bill) => at(bill, 'Reference') === number);
			const costs = (row: unknown) =>
				linesOf(row, chart).filter(({ kind }) => kind === '' || /REVENUE|EXPENSE/.test(kind));
			const ordered = costs(order);
			for (const job of new Set(ordered.map((line) => line.job))) {
				const add = (lines: readonly Line[]) =>
					lines.filter((line) => line.job === job).reduce((all, { net }) => all.plus(net), ZERO);
				const left = add(ordered).minus(add(own.flatMap(costs)));
				if (left.lt(0)) continue;
				const sums = this.of(job);
				const rate = amountOf(at(order, 'CurrencyRate') ?? 1);
				sums.committed = sums.committed.plus(left.div(rate).round(2, 1));
			}
		}
	}

	/** By another report than is read for the rows: each job alone, in stretches of other lengths. */
	private async ledger({ classes }: Chart): Promise<void> {
		const accounts = await rawList(this.client, 'Accounts');
		const codes = new Map(accounts.map((one) => [at(one, 'AccountID'), String(at(one, 'Code'))]));
		const [category] = (
			await rawList(this.client, 'TrackingCategories', { includeArchived: 'true' })
		).filter((one) => at(one, 'Name') === 'Job');
		const add = (job: string, report: unknown, sign: 1 | -1) => {
			for (const section of listOf(at(report, 'Reports', 0, 'Rows'))) {
				for (const row of listOf(at(section, 'Rows'))) {
					const id = at(row, 'Cells', 0, 'Attributes', 0, 'Value');
					const kind = classes.get(codes.get(id) ?? '') ?? '';
					const amount = amountOf(at(row, 'Cells', 1, 'Value')).times(sign);
					const own = this.of(job);
					if (kind === 'REVENUE') own.revenue = own.revenue.plus(amount);
					if (kind === 'EXPENSE') own.costs = own.costs.plus(amount);
				}
			}
		};
		const read = async (option?: unknown) =>
			await this.client.read({
				path: '/Reports/ProfitAndLoss',
				query: {
					fromDate: this.from,
					toDate: this.day,
					...(option === undefined
						? {}
						: {
								trackingCategoryID: String(at(category, 'TrackingCategoryID')),
								trackingOptionID: String(option),
							}),
				},
			});
		add('', await read(), 1);
		for (const option of listOf(at(category, 'Options'))) {
			const report = await read(at(option, 'TrackingOptionID'));
			add(String(at(option, 'Name')), report, 1);
			add('', report, -1);
		}
	}
}
