import { calendarDate, type CalendarDate } from '../../../lib/dates';
import type { Insight } from '../../../lib/insights/insight';
import type { JobInput } from '../../../lib/insights/jobProfitability/input';
import { reckonJobs } from '../../../lib/insights/jobProfitability/jobProfitability';
import { booksOf } from '../../support/jobBooks';
import { knackInMemory } from '../../support/knackInMemory';
import { frozenSandbox } from '../../support/xeroInMemory';

const KITCHEN = 'J1001 Kitchen refit';
const LOFT = 'J1002 Loft conversion';

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

function line(amount: number, account: string, job?: string) {
	return {
		Description: 'Work',
		Quantity: 1,
		UnitAmount: amount,
		AccountCode: account,
		TaxType: 'NONE',
		...(job === undefined ? {} : { Tracking: [{ Name: 'Job', Option: job }] }),
	};
}

/** A kitchen with a claim, retention, bills, an order and wages; a loft with time alone. */
async function builder() {
	const sandbox = frozenSandbox();
	const { knack } = sandbox;
	const pounds = { type: 'currency', format: { format: '£' } } as const;
	knack.addTable({
		name: 'Jobs',
		singular: 'Job',
		identifier: 'Name',
		fields: [
			{ name: 'Name', type: 'short_text' },
			{ name: 'Contract', ...pounds },
			{ name: 'Variations', ...pounds },
			{ name: 'Budget', ...pounds },
			{ name: 'To Complete', ...pounds },
			{ name: 'Time', ...pounds },
		],
	});
	const jobs = [
		{ Name: KITCHEN, Contract: '10000', Variations: '1000', Budget: '6000', Time: '700' },
		{ Name: LOFT, Contract: '5000', Budget: '1000', 'To Complete': '200', Time: '300' },
		{ Name: 'Garden', Contract: '900' },
	];
	knack.seedRecords('Jobs', jobs);
	const books = await booksOf(sandbox);
	let keys = 0;
	const put = async (path: string, body: object) => {
		const idempotencyKey = `builder ${(keys += 1)}`;
		const answer = await books.client.write({
			method: 'PUT',
			path: `/${path}`,
			body,
			idempotencyKey,
		});
		expect(answer.kind).toBe('accepted');
	};
	const header = { Contact: { Name: 'Ash Ltd' }, Date: '2026-10-01', LineAmountTypes: 'Exclusive' };
	await put('Invoices', {
		...header,
		Type: 'ACCREC',
		DueDate: '2026-10-31',
		Status: 'AUTHORISED',
		LineItems: [line(4_000, '200', KITCHEN), line(-200, '620')],
	});
	const bill = { ...header, Type: 'ACCPAY', DueDate: '2026-10-31', Status: 'AUTHORISED' };
	await put('Invoices', {
		...bill,
		InvoiceNumber: 'B-1',
		LineItems: [line(1_500, '310', KITCHEN), line(90, '429')],
	});
	await put('Invoices', { ...bill, InvoiceNumber: 'PO-7', LineItems: [line(400, '310', KITCHEN)] });
	await put('PurchaseOrders', {
		...header,
		PurchaseOrderNumber: 'PO-7',
		Status: 'AUTHORISED',
		LineItems: [line(1_000, '310', KITCHEN)],
	});
	await put('ManualJournals', {
		Narration: 'Wages',
		Date: '2026-10-31',
		Status: 'POSTED',
		LineAmountTypes: 'NoTax',
		JournalLines: [
			{ LineAmount: 800, AccountCode: '320', Tracking: [{ Name: 'Job', Option: KITCHEN }] },
			{ LineAmount: -800, AccountCode: '814' },
		],
	});
	return async (more: Partial<JobInput> = {}, scopes?: readonly string[]): Promise<Insight> =>
		await reckonJobs(await booksOf(sandbox, scopes), {
			day: day('2026-11-22'),
			from: day('2026-01-01'),
			category: 'Job',
			retentionAccount: '620',
			wagesAccounts: [],
			jobs: {
				source: { client: knackInMemory(sandbox), table: 'Jobs' },
				fields: {
					contract: 'Contract',
					variations: 'Variations',
					budget: 'Budget',
					costToComplete: 'To Complete',
					timeCost: 'Time',
				},
			},
			...more,
		});
}

describe('job profitability with the jobs of Knack', () => {
	it('gives each job its margin now and at completion', async () => {
		const reckon = await builder();
		const { rows, tie, notIn, summary } = await reckon();
		expect(rows.map(({ job }) => job)).toEqual([KITCHEN, LOFT, 'No Job']);
		expect(rows[0]).toMatchObject({
			revenue: '4000.00',
			// Bills of 1,900 and wages of 800; the time is in the wages.
			costs: '2700.00',
			bills: '1900.00',
			otherCosts: '800.00',
			countsTime: false,
			margin: '1300.00',
			marginPercent: 32.5,
			// Of the order of 1,000 a bill that bears its number took 400.
			committed: '600.00',
			contract: '11000.00',
			budget: '6000.00',
			overBudget: '-2700.00',
			isOverBudget: false,
			invoiced: '4000.00',
			paid: '0.00',
			retention: '200.00',
			leftToInvoice: '7000.00',
			costsAtCompletion: '6000.00',
			marginAtCompletion: '5000.00',
			percentComplete: 45,
			// 45 % of 11,000 is 4,950.
			overBilled: '-950.00',
		});
		expect(rows[1]).toMatchObject({
			revenue: '0.00',
			costs: '300.00',
			countsTime: true,
			margin: '-300.00',
			costsAtCompletion: '500.00',
			marginAtCompletion: '4500.00',
		});
		expect(rows[2]).toMatchObject({ costs: '90.00', isTracked: false, optionId: 'untracked' });
		expect(tie.map(({ state, difference }) => [state, difference])).toEqual([
			['agrees', '0.00'],
			['agrees', '0.00'],
		]);
		expect(notIn.join(' ')).toContain('1 record of Jobs has no option of Job in Xero: Garden.');
		expect(summary).toContain('GBP 90.00 of costs are on no job');
	});

	it('counts time beside other journals only where the accounts of wages are known', async () => {
		const reckon = await builder();
		const { rows } = await reckon({ wagesAccounts: ['429'] });
		expect(rows[0]).toMatchObject({ countsTime: true, costs: '3400.00' });
	});

	it('leaves out what the connection may not read, and says so', async () => {
		const reckon = await builder();
		const scopes = ['accounting.settings', 'accounting.invoices', 'accounting.payments'];
		const { rows, tie, notIn } = await reckon({}, scopes);
		expect(rows[0]).toMatchObject({
			costs: '1900.00',
			spent: null,
			otherCosts: null,
			countsTime: false,
		});
		expect(tie[0]).toMatchObject({ state: 'not checked', figure: null });
		expect(notIn.join(' ')).toMatch(/Payroll and journals are left out/);
		expect(notIn.join(' ')).toMatch(/Spend money and receive money could not be read/);
	});

	it('asks which category holds the jobs where there are several', async () => {
		const reckon = await builder();
		await expect(reckon({ category: undefined })).rejects.toThrow('Xero has 2 tracking categories');
		await expect(reckon({ category: 'Site' })).rejects.toThrow('no tracking category Site');
	});
});
