import { reckonReport } from '../../../lib/insights/financialReports/financialReports';
import type { ReportInput } from '../../../lib/insights/financialReports/input';
import type { Insight } from '../../../lib/insights/insight';
import type { Books } from '../../../lib/insights/reading/books';
import { Random } from '../../prove/random';
import { day } from '../../support/ageing';
import { insightBooks } from '../../support/insightBooks';
import { RandomBooks } from '../sandboxXeroRandomBooks';
import { at, salesInvoice, Session } from '../sandboxXeroSession';

async function reported(
	books: Books,
	asOf: string,
	more: Partial<ReportInput> = {},
): Promise<Insight> {
	return await reckonReport(books, {
		report: 'profitAndLoss',
		day: day(asOf),
		months: 1,
		basis: 'accrual',
		withTotals: false,
		...more,
	});
}

/** Sales in the north in October, and in no region in November, of which half is paid; rent in November. */
async function shop(): Promise<Session> {
	const xero = new Session();
	const line = { Description: 'Work', UnitAmount: 100, AccountCode: '200', TaxType: 'NONE' };
	await xero.api(
		'PUT',
		'/Invoices',
		salesInvoice({
			Date: '2026-10-31',
			LineItems: [{ ...line, Tracking: [{ Name: 'Region', Option: 'North' }] }],
		}),
	);
	const later = await xero.api(
		'PUT',
		'/Invoices',
		salesInvoice({ Date: '2026-11-01', LineItems: [{ ...line, UnitAmount: 300 }] }),
	);
	await xero.api(
		'PUT',
		'/Invoices',
		salesInvoice({
			Type: 'ACCPAY',
			Date: '2026-11-05',
			LineItems: [{ ...line, AccountCode: '469' }],
		}),
	);
	await xero.api('PUT', '/Payments', {
		Invoice: { InvoiceID: at(later.json, 'Invoices', 0, 'InvoiceID') },
		Account: { Code: '090' },
		Date: '2026-11-10',
		Amount: 150,
	});
	return xero;
}

const told = ({ rows }: Insight, ...keys: readonly string[]) =>
	rows.map((row) => keys.map((key) => row[key]).join(' | '));

describe('financial reports', () => {
	it('give profit and loss by month as rows, tied to its net profit', async () => {
		const books = await insightBooks(await shop());
		const before = books.client.calls().reads;
		const insight = await reported(books, '2026-11-22', { months: 2 });
		expect(
			told(insight, 'month', 'from', 'to', 'section', 'account', 'accountCode', 'amount'),
		).toEqual([
			'October 2026 | 2026-10-01 | 2026-10-31 | Income | Sales | 200 | 100.00',
			'November 2026 | 2026-11-01 | 2026-11-22 | Income | Sales | 200 | 300.00',
			'November 2026 | 2026-11-01 | 2026-11-22 | Less Operating Expenses | Rent | 469 | 100.00',
		]);
		expect(insight.summary).toBe(
			"Net profit from 1 October 2026 to 22 November 2026 was GBP 300.00, on an accrual basis. This agrees with Net Profit in Xero's profit and loss, difference 0.00.",
		);
		expect(insight.rows[0]?.summary).toBe('Sales, October 2026: GBP 100.00.');
		// A month each, and the chart of accounts.
		expect(books.client.calls().reads - before).toBe(3);
	});

	it("give Xero's sums where they are asked for, and marks them", async () => {
		const books = await insightBooks(await shop());
		const { rows } = await reported(books, '2026-11-22', { withTotals: true });
		expect(
			rows.filter(({ isTotal }) => isTotal).map(({ account, amount }) => [account, amount]),
		).toEqual([
			['Total Income', '300.00'],
			['Gross Profit', '300.00'],
			['Total Operating Expenses', '100.00'],
			['Net Profit', '200.00'],
		]);
	});

	it('give profit and loss by the options of a category, without counting the whole twice', async () => {
		const xero = await shop();
		const { json } = await xero.api('GET', '/TrackingCategories');
		const categories = at(json, 'TrackingCategories');
		const region = Array.isArray(categories)
			? categories.find((one) => at(one, 'Name') === 'Region')
			: undefined;
		const insight = await reported(await insightBooks(xero), '2026-11-22', {
			months: 2,
			trackingCategoryId: String(at(region, 'TrackingCategoryID')),
		});
		const rows = insight.rows.filter(({ amount }) => amount !== '0.00');
		expect(told({ ...insight, rows }, 'month', 'account', 'tracking', 'amount')).toEqual([
			'October 2026 | Sales | North | 100.00',
			'November 2026 | Sales | Unassigned | 300.00',
			'November 2026 | Rent | Unassigned | 100.00',
		]);
		expect(insight.tie).toMatchObject([{ ours: '300.00', figure: '300.00', state: 'agrees' }]);
	});

	it('give the balance sheet, the trial balance and the bank summary', async () => {
		const books = await insightBooks(await shop());
		const sheet = await reported(books, '2026-11-22', { report: 'balanceSheet' });
		expect(told(sheet, 'to', 'account', 'amount')).toEqual([
			'2026-11-22 | Business Bank Account | 150.00',
			'2026-11-22 | Accounts Receivable | 250.00',
			'2026-11-22 | Accounts Payable | 100.00',
			'2026-11-22 | Current Year Earnings | 300.00',
		]);
		expect(sheet.tie).toMatchObject([{ ours: '300.00', state: 'agrees' }]);
		const trial = await reported(books, '2026-11-22', { report: 'trialBalance' });
		expect(trial.rows.map(({ summary }) => summary)).toContain(
			'Sales, 22 November 2026: GBP 400.00 credit.',
		);
		expect(trial.tie).toMatchObject([{ ours: '500.00', figure: '500.00', state: 'agrees' }]);
		const bank = await reported(books, '2026-11-22', { report: 'bankSummary', months: 2 });
		const business = bank.rows.filter(
			({ account, month }) => account === 'Business Bank Account' && month === 'November 2026',
		);
		expect(told({ ...bank, rows: business }, 'figure', 'amount')).toEqual([
			'Opening Balance | 0.00',
			'Cash Received | 150.00',
			'Cash Spent | 0.00',
			'Closing Balance | 150.00',
		]);
		expect(bank.tie).toMatchObject([{ ours: '150.00', state: 'agrees' }]);
	});

	it.each([1, 2, 3])('add up to what Xero says of books kept by chance, seed %i', async (seed) => {
		const kept = new RandomBooks(new Random(seed));
		await kept.keep(40);
		const books = await insightBooks(kept.session);
		const today = books.today;
		for (const report of ['profitAndLoss', 'balanceSheet', 'trialBalance'] as const) {
			const { rows, tie } = await reported(books, today, { report, months: 11 });
			expect(tie.map(({ state, difference }) => `${report} ${state} ${difference}`)).toEqual([
				`${report} agrees 0.00`,
			]);
			expect(rows.length).toBeGreaterThan(0);
		}
	});

	it('ask for money instead of documents on a cash basis, and for no layout of the organisation', async () => {
		const xero = await shop();
		const asked: string[] = [];
		const { fetch } = xero.twin.app;
		Object.assign(xero.twin.app, {
			fetch: (request: Request) => {
				asked.push(new URL(request.url).search);
				return fetch(request);
			},
		});
		const books = await insightBooks(xero);
		for (const report of ['profitAndLoss', 'balanceSheet', 'trialBalance'] as const) {
			asked.length = 0;
			await reported(books, '2026-11-22', { report, basis: 'cash' });
			expect(asked.join(' ')).toContain('paymentsOnly=true');
			expect(asked.join(' ').includes('standardLayout=true')).toBe(report !== 'trialBalance');
		}
		asked.length = 0;
		await reported(books, '2026-11-21');
		expect(asked.join(' ')).not.toContain('paymentsOnly');
	});

	it('refuse a report that may not be read, and one whose columns are others', async () => {
		const xero = await shop();
		const books = await insightBooks(xero, undefined, [
			'accounting.settings',
			'accounting.reports.balancesheet.read',
		]);
		await expect(reported(books, '2026-11-22')).rejects.toMatchObject({
			fault: {
				cause: 'scopeMissing',
				fix: expect.stringContaining('accounting.reports.profitandloss.read'),
			},
		});
		const { fetch } = xero.twin.app;
		Object.assign(xero.twin.app, {
			fetch: async (request: Request) => {
				const text = await (await fetch(request)).text();
				return new Response(text.replace('YTD Debit', 'Year Debit'), {
					headers: { 'content-type': 'application/json' },
				});
			},
		});
		const all = await insightBooks(xero);
		await expect(reported(all, '2026-11-22', { report: 'trialBalance' })).rejects.toMatchObject({
			fault: { vendorMessage: expect.stringContaining('column YTD Debit') },
		});
	});
});
