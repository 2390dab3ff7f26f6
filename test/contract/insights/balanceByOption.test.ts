import { reckonReport } from '../../../lib/insights/financialReports/financialReports';
import type { Insight } from '../../../lib/insights/insight';
import type { Books } from '../../../lib/insights/reading/books';
import { decimal, parseDecimal, type Decimal } from '../../../lib/money';
import { DEMO_TRADE_TENANT_ID } from '../../../sandbox/xero/twin';
import { Random } from '../../prove/random';
import { day } from '../../support/ageing';
import { insightBooks } from '../../support/insightBooks';
import { RandomBooks } from '../sandboxXeroRandomBooks';
import { at, salesInvoice, Session } from '../sandboxXeroSession';

const DAY = '2026-11-22';

async function sheet(books: Books, trackingCategoryId?: string, asOf = DAY): Promise<Insight> {
	return await reckonReport(books, {
		report: 'balanceSheet',
		day: day(asOf),
		months: 1,
		basis: 'accrual',
		withTotals: false,
		trackingCategoryId,
	});
}

const line = { Description: 'Work', UnitAmount: 100, AccountCode: '200', TaxType: 'NONE' };

function inRegion(option: string, more: Record<string, unknown> = {}): Record<string, unknown> {
	return { ...line, ...more, Tracking: [{ Name: 'Region', Option: option }] };
}

async function posted(xero: Session, more: Record<string, unknown>): Promise<string> {
	const { json } = await xero.api(
		'PUT',
		'/Invoices',
		salesInvoice({ Date: '2026-11-01', ...more }),
	);
	return String(at(json, 'Invoices', 0, 'InvoiceID'));
}

async function paid(xero: Session, id: string, amount: number): Promise<void> {
	const { status } = await xero.api('PUT', '/Payments', {
		Invoice: { InvoiceID: id },
		Account: { Code: '090' },
		Date: '2026-11-10',
		Amount: amount,
	});
	expect(status).toBe(200);
}

/** 60 of the north and 40 of the south on one invoice, half paid; 300 of no region. */
async function regions(): Promise<Session> {
	const xero = new Session();
	const LineItems = [inRegion('North', { UnitAmount: 60 }), inRegion('South', { UnitAmount: 40 })];
	await paid(xero, await posted(xero, { LineItems }), 50);
	await posted(xero, { LineItems: [{ ...line, UnitAmount: 300 }] });
	return xero;
}

const told = ({ rows }: Insight) =>
	rows.map(({ tracking, account, amount }) => `${String(tracking)} | ${account} | ${amount}`);

/** Answers of the twin, changed on their way. */
function answering(
	xero: Session,
	change: (asked: URL, text: string) => Promise<string> | string,
): void {
	const { fetch } = xero.twin.app;
	Object.assign(xero.twin.app, {
		fetch: async (request: Request) => {
			const answer = await fetch(request);
			const url = new URL(request.url);
			if (!url.pathname.endsWith('/Reports/BalanceSheet')) return answer;
			return new Response(await change(url, await answer.text()), {
				headers: { 'content-type': 'application/json' },
			});
		},
	});
}

describe('the balance sheet by the options of a tracking category', () => {
	it("gives Xero's own sheet of each option and what is left of the whole, tied to it", async () => {
		const books = await insightBooks(await regions());
		const before = books.client.calls().reads;
		const insight = await sheet(books, 'Region');
		expect(told(insight)).toEqual([
			'North | Business Bank Account | 30.00',
			'North | Accounts Receivable | 30.00',
			'North | Current Year Earnings | 60.00',
			'South | Business Bank Account | 20.00',
			'South | Accounts Receivable | 20.00',
			'South | Current Year Earnings | 40.00',
			'Unassigned | Accounts Receivable | 300.00',
			'Unassigned | Current Year Earnings | 300.00',
		]);
		expect(insight.tie).toMatchObject([{ ours: '400.00', figure: '400.00', state: 'agrees' }]);
		expect(insight.notIn.join(' ')).toContain('Tracking Transfers');
		expect(insight.rows[0]?.summary).toBe(
			'Business Bank Account, North, 22 November 2026: GBP 30.00.',
		);
		// The whole, two options, the chart of accounts, the categories.
		expect(books.client.calls().reads - before).toBe(5);
	});

	it('has what a credit of no option took from an option on Tracking Transfers, as Xero does', async () => {
		const xero = new Session();
		const invoice = await posted(xero, { LineItems: [inRegion('North')] });
		const { json } = await xero.api('PUT', '/CreditNotes', {
			...salesInvoice({ Date: '2026-11-02', LineItems: [{ ...line, UnitAmount: 30 }] }),
			Type: 'ACCRECCREDIT',
		});
		const credit = String(at(json, 'CreditNotes', 0, 'CreditNoteID'));
		await xero.api('PUT', `/CreditNotes/${credit}/Allocations`, {
			Allocations: [{ Invoice: { InvoiceID: invoice }, Amount: 30, Date: '2026-11-03' }],
		});
		const insight = await sheet(await insightBooks(xero), 'Region');
		expect(told(insight)).toEqual([
			'North | Accounts Receivable | 70.00',
			'North | Tracking Transfers | -30.00',
			'North | Current Year Earnings | 100.00',
			'South | Current Year Earnings | 0.00',
			'Unassigned | Current Year Earnings | -30.00',
			'Unassigned | Tracking Transfers | 30.00',
		]);
		expect(insight.tie).toMatchObject([{ ours: '70.00', figure: '70.00', state: 'agrees' }]);
	});

	it.each([1, 2, 3, 4, 5, 6])(
		'adds up to the whole by account, and to profit and loss of the option, seed %i',
		async (seed) => {
			const kept = new RandomBooks(new Random(seed));
			await kept.keep(60);
			const books = await insightBooks(kept.session);
			const byRegion = await sheet(books, 'Region', books.today);
			const whole = await sheet(books, undefined, books.today);
			expect(byRegion.tie.map(({ state }) => state)).toEqual(['agrees']);
			expect(sums(byRegion)).toEqual(sums(whole));
			expect(await earningsOfNorth(kept.session, books)).toBe(
				byRegion.rows.find(
					({ tracking, account }) => tracking === 'North' && account === 'Current Year Earnings',
				)?.amount,
			);
		},
	);

	it('stops where Xero takes no notice of the option, and says which option it does not balance', async () => {
		const xero = await regions();
		const { fetch } = xero.twin.app;
		answering(xero, async (url, text) => {
			if (!url.searchParams.has('trackingOptionID1')) return text;
			url.searchParams.delete('trackingOptionID1');
			const { token } = xero;
			return await (
				await fetch(
					new Request(url, {
						headers: {
							authorization: `Bearer ${token}`,
							'xero-tenant-id': DEMO_TRADE_TENANT_ID,
							accept: 'application/json',
						},
					}),
				)
			).text();
		});
		await expect(sheet(await insightBooks(xero), 'Region')).rejects.toMatchObject({
			fault: { vendorMessage: expect.stringContaining('is that of all') },
		});
		const other = await regions();
		answering(other, (_url, text) =>
			text.replace(
				'"Current Year Earnings"},{"Value":"40.00"',
				'"Current Year Earnings"},{"Value":"45.00"',
			),
		);
		const { tie } = await sheet(await insightBooks(other), 'Region');
		expect(tie[1]).toMatchObject({
			against: "equity in Xero's balance sheet of South, November 2026",
			ours: '40.00',
			figure: '45.00',
			state: 'differs',
		});
	});

	it('refuses a category that is not there, and more calls than two minutes take', async () => {
		const books = await insightBooks(await regions());
		await expect(sheet(books, 'Regoin')).rejects.toMatchObject({
			message: 'Xero has no tracking category Regoin.',
		});
		await expect(
			reckonReport(books, {
				report: 'balanceSheet',
				day: day(DAY),
				months: 41,
				basis: 'accrual',
				withTotals: false,
				trackingCategoryId: 'Region',
			}),
		).rejects.toMatchObject({ fix: 'Choose fewer months.' });
	});
});

/** Each account's balance over all options, with the sign of its class. */
function sums({ rows }: Insight): Record<string, string> {
	const found = new Map<string, Decimal>();
	for (const { account, accountCode, section, amount } of rows) {
		// A bank account that is overdrawn stands among the liabilities.
		const isMoved = String(accountCode).startsWith('09') && section === 'Liabilities';
		const read = parseDecimal(String(amount)) ?? decimal(0);
		const signed = isMoved ? read.neg() : read;
		found.set(String(account), (found.get(String(account)) ?? decimal(0)).plus(signed));
	}
	const some = [...found].filter(([, amount]) => !amount.eq(0));
	return Object.fromEntries(some.sort().map(([name, amount]) => [name, amount.toFixed(2)]));
}

async function earningsOfNorth(xero: Session, books: Books): Promise<string | undefined> {
	const { json } = await xero.api('GET', '/TrackingCategories');
	const categories = at(json, 'TrackingCategories');
	const region = Array.isArray(categories)
		? categories.find((one) => at(one, 'Name') === 'Region')
		: undefined;
	const id = String(at(region, 'TrackingCategoryID'));
	const start = books.today.slice(5) >= '04-01' ? books.today.slice(0, 4) : '2025';
	const report = await xero.api(
		'GET',
		`/Reports/ProfitAndLoss?fromDate=${start}-04-01&toDate=${books.today}&trackingCategoryID=${id}`,
	);
	const rows = at(report.json, 'Reports', 0, 'Rows');
	const last = Array.isArray(rows) ? rows[rows.length - 1] : undefined;
	const amount = at(last, 'Rows', 0, 'Cells', 1, 'Value');
	return typeof amount === 'string' ? amount : undefined;
}
