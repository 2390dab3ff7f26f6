import { reckonAgeing } from '../../../lib/insights/ageing/ageing';
import { reckonReport } from '../../../lib/insights/financialReports/financialReports';
import type { Books } from '../../../lib/insights/reading/books';
import { day } from '../../support/ageing';
import { insightBooks } from '../../support/insightBooks';
import { salesInvoice, Session } from '../sandboxXeroSession';

/** Books whose balance sheets are those of the end of the month, as Xero's documentation has them. */
async function atMonthEnd(): Promise<Books> {
	const xero = new Session();
	await xero.api('PUT', '/Invoices', salesInvoice({ Date: '2026-10-01' }));
	const { fetch } = xero.twin.app;
	Object.assign(xero.twin.app, {
		fetch: async (request: Request) => {
			const answer = await fetch(request);
			if (!new URL(request.url).pathname.endsWith('/Reports/BalanceSheet')) return answer;
			const text = await answer.text();
			return new Response(
				text.replace('15 Oct 26', '31 Oct 2026').replace('22 Nov 26', '30 Nov 26'),
				{
					headers: { 'content-type': 'application/json' },
				},
			);
		},
	});
	return await insightBooks(xero);
}

const owed = async (books: Books, asOf: string) =>
	await reckonAgeing(books, {
		side: 'sales',
		day: day(asOf),
		buckets: 'days',
		detail: 'contacts',
	});

const sheet = async (books: Books, asOf: string) =>
	await reckonReport(books, {
		report: 'balanceSheet',
		day: day(asOf),
		months: 1,
		basis: 'accrual',
		withTotals: false,
	});

describe('a balance sheet of another day than the one asked for', () => {
	it('is held against nothing, and is no report of the day', async () => {
		const books = await atMonthEnd();
		const { tie } = await owed(books, '2026-10-15');
		expect(tie[0]).toMatchObject({
			state: 'not checked',
			why: expect.stringContaining('of 31 October 2026 instead of 15 October 2026'),
		});
		await expect(sheet(books, '2026-10-15')).rejects.toMatchObject({
			fault: { message: expect.stringContaining('31 October 2026') },
		});
		expect((await owed(books, '2026-10-31')).tie[0]).toMatchObject({ state: 'agrees' });
	});

	it('counts for a day of the month that runs, which has no more than what is dated ahead', async () => {
		const books = await atMonthEnd();
		expect((await owed(books, '2026-11-22')).tie[0]).toMatchObject({ state: 'agrees' });
		expect((await sheet(books, '2026-11-22')).tie[0]).toMatchObject({ state: 'agrees' });
	});
});
