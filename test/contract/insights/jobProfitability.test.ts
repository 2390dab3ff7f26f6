import { calendarDate, type CalendarDate } from '../../../lib/dates';
import type { Insight } from '../../../lib/insights/insight';
import { reckonJobs } from '../../../lib/insights/jobProfitability/jobProfitability';
import type { JobInput } from '../../../lib/insights/jobProfitability/input';
import type { Books } from '../../../lib/insights/reading/books';
import { Random } from '../../prove/random';
import { booksOf, JobBooks } from '../../support/jobBooks';
import { JobReckoning } from '../../support/jobReckoning';
import { frozenSandbox } from '../../support/xeroInMemory';

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

async function jobs(books: Books, more: Partial<JobInput> = {}): Promise<Insight> {
	return await reckonJobs(books, {
		day: books.today,
		category: 'Job',
		wagesAccounts: [],
		...more,
	});
}

const FIGURES = [
	'revenue',
	'costs',
	'invoiced',
	'paid',
	'retention',
	'bills',
	'spent',
	'committed',
] as const;

describe('job profitability', () => {
	it.each([1, 2, 3, 4, 5, 6])(
		'equals a second reckoning to the cent and ties to profit and loss, seed %i',
		async (seed) => {
			const sandbox = frozenSandbox();
			const random = new Random(seed);
			const books = await booksOf(sandbox);
			const kept = new JobBooks(books.client, random);
			await kept.keep(5, 70);
			await kept.archive('J1005');
			for (let turn = 0; turn < 4; turn += 1) {
				const asOf = kept.anyDay();
				const from = '2025-01-01';
				const { rows, tie } = await jobs(await booksOf(sandbox), {
					day: day(asOf),
					from: day(from),
					retentionAccount: '835',
				});
				const second = await new JobReckoning(books.client, from, asOf, '835').reckon();
				const theirs = [...second]
					.filter(([job, sums]) => job === '' || FIGURES.some((name) => !sums[name].eq(0)))
					.map(([job, sums]) => [
						job === '' ? 'No Job' : job,
						...FIGURES.map((name) => sums[name].toFixed(2)),
					]);
				const ours = rows
					.filter((row) => !row.isTracked || FIGURES.some((name) => Number(row[name]) !== 0))
					.map((row) => [row.job, ...FIGURES.map((name) => row[name])]);
				expect(ours.sort()).toEqual(theirs.sort());
				expect(tie[0]).toMatchObject({ state: 'agrees', difference: '0.00' });
			}
		},
	);

	it('takes a loan or a deposit that is received for a job for no payment of its customer', async () => {
		const sandbox = frozenSandbox();
		const kept = new JobBooks((await booksOf(sandbox)).client, new Random(1));
		await kept.keep(1, 0);
		const received = async (amount: number, account: string) =>
			await kept.put('BankTransactions', {
				Type: 'RECEIVE',
				Contact: { Name: 'Ash Ltd' },
				Date: '2026-10-01',
				BankAccount: { Code: '090' },
				LineAmountTypes: 'NoTax',
				LineItems: [
					{
						Description: 'Received',
						Quantity: 1,
						UnitAmount: amount,
						AccountCode: account,
						Tracking: [{ Name: 'Job', Option: 'J1001' }],
					},
				],
			});
		await received(300, '200');
		await received(40, '835');
		await received(5_000, '814');
		await received(600, '620');
		const { rows, notIn } = await jobs(await booksOf(sandbox), { retentionAccount: '835' });
		expect(rows[0]).toMatchObject({ job: 'J1001', invoiced: '300.00', paid: '340.00' });
		expect(notIn).toContainEqual(expect.stringMatching(/not in Paid: GBP 5,600\.00\.$/));
	});

	describe('with one job', () => {
		const job = { Tracking: [{ Name: 'Job', Option: 'J1001' }] };
		const line = (amount: number, account: string) => [
			{ Description: 'Work', Quantity: 1, UnitAmount: amount, AccountCode: account, ...job },
		];

		async function oneJob() {
			const sandbox = frozenSandbox();
			const kept = new JobBooks((await booksOf(sandbox)).client, new Random(1));
			await kept.keep(1, 0);
			return { kept, row: async () => (await jobs(await booksOf(sandbox))).rows[0] };
		}

		it('takes off what a customer gets back by spend money', async () => {
			const { kept, row } = await oneJob();
			const bank = { BankAccount: { Code: '090' }, LineAmountTypes: 'NoTax' };
			const merchant = { Contact: { Name: 'Ash Ltd' }, Date: '2026-10-01' };
			const move = async (Type: string, amount: number) =>
				await kept.put('BankTransactions', {
					Type,
					...merchant,
					...bank,
					LineItems: line(amount, '200'),
				});
			await move('RECEIVE', 300);
			await move('SPEND', 120);
			expect(await row()).toMatchObject({ revenue: '180.00', invoiced: '180.00', paid: '180.00' });
		});

		it('holds an order against a bill in another currency by their rates', async () => {
			const { kept, row } = await oneJob();
			const supplier = { Contact: { Name: 'Holz GmbH' }, Date: '2026-10-01' };
			await kept.put('PurchaseOrders', {
				...supplier,
				PurchaseOrderNumber: 'PO-1',
				CurrencyCode: 'EUR',
				CurrencyRate: 1.25,
				Status: 'AUTHORISED',
				LineAmountTypes: 'NoTax',
				LineItems: line(1_000, '310'),
			});
			const bill = async (amount: number) =>
				await kept.put('Invoices', {
					Type: 'ACCPAY',
					...supplier,
					DueDate: '2026-10-31',
					InvoiceNumber: 'PO-1',
					CurrencyCode: 'GBP',
					Status: 'AUTHORISED',
					LineAmountTypes: 'NoTax',
					LineItems: line(amount, '310'),
				});
			expect(await row()).toMatchObject({ committed: '800.00' });
			await bill(300);
			expect(await row()).toMatchObject({ committed: '500.00', bills: '300.00' });
			await bill(500);
			expect(await row()).toMatchObject({ committed: '0.00', bills: '800.00' });
		});
	});
});
