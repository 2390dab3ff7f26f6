import { calendarDate, type CalendarDate } from '../../../lib/dates';
import { reckonCashForecast } from '../../../lib/insights/cashForecast/cashForecast';
import type { CashForecastInput } from '../../../lib/insights/cashForecast/input';
import type { Insight } from '../../../lib/insights/insight';
import type { Organisation } from '../../../lib/xero/settings';
import type { Sandbox } from '../../../sandbox/sandbox';
import { knackInMemory } from '../../support/knackInMemory';
import { frozenSandbox, xeroInMemory } from '../../support/xeroInMemory';

const TODAY = '2026-11-22';

function today(): CalendarDate {
	const date = calendarDate(TODAY);
	if (!date) throw new Error(`${TODAY} is no day.`);
	return date;
}

describe('what is owed to the state in a cash forecast', () => {
	let sandbox: Sandbox;
	let contactId: string | undefined;

	beforeEach(() => {
		sandbox = frozenSandbox();
		[contactId] = sandbox.xero.seedContacts([{ name: 'Timber Ltd' }]).map((one) => one.contactId);
	});

	interface Asked extends Partial<CashForecastInput> {
		/** The balance sheet is that of the end of the month, as Xero's documentation has it. */
		readonly isMonthEnd?: boolean;
		readonly organisation?: Partial<Organisation>;
	}

	async function forecast({ isMonthEnd, organisation, ...more }: Asked = {}): Promise<Insight> {
		const { anotherClient, settings } = await xeroInMemory(sandbox);
		const client = anotherClient((inner) => async (request) => {
			const { query = {} } = request;
			if (!isMonthEnd || query['date'] !== TODAY) return await inner(request);
			return await inner({ ...request, query: { ...query, date: '2026-11-30' } });
		});
		const books = {
			client,
			organisation: { ...settings.organisation, ...organisation },
			today: today(),
		};
		return await reckonCashForecast(books, { day: today(), detail: 'lines', ...more });
	}

	async function out(asked: Asked = {}): Promise<unknown[]> {
		return (await forecast(asked)).rows
			.filter(({ source }) => source !== 'invoice')
			.map(({ source, who, amount, likelyDay }) => [source, who, amount, likelyDay]);
	}

	/** Money to or from the tax office, on the account of tax. */
	async function taxAtBank(
		Type: 'SPEND' | 'RECEIVE',
		date: string,
		amount: number,
		AccountCode = '820',
	): Promise<void> {
		const { client } = await xeroInMemory(sandbox);
		asSystemAccount('820', undefined);
		const answer = await client.write({
			method: 'PUT',
			path: '/BankTransactions',
			idempotencyKey: `${Type} ${date} ${AccountCode}`,
			body: {
				Type,
				Status: 'AUTHORISED',
				Contact: { Name: 'HMRC' },
				BankAccount: { Code: '090' },
				Date: date,
				LineAmountTypes: 'NoTax',
				LineItems: [{ Description: 'Tax', Quantity: 1, UnitAmount: amount, AccountCode }],
			},
		});
		asSystemAccount('820', 'GST');
		expect(answer.kind).toBe('accepted');
	}

	const overdue = (amount: string) => ['sales tax', 'VAT', amount, TODAY];
	const running = (amount: string) => ['sales tax', 'VAT', amount, '2027-02-07'];

	/** Of 20.00 in the period to September, which was due on 7 November, and of 20.00 since. */
	function owedOfTwoPeriods(): void {
		put('ACCREC', 'V-1', '2026-08-15', [{ amount: 100, account: '200', tax: 'OUTPUT2' }]);
		put('ACCREC', 'V-2', '2026-10-15', [{ amount: 100, account: '200', tax: 'OUTPUT2' }]);
	}

	interface Line {
		readonly amount: number;
		readonly account: string;
		readonly tax?: string;
	}

	function put(type: 'ACCREC' | 'ACCPAY', number: string, date: string, lines: readonly Line[]) {
		sandbox.xero.person.saveInvoice({
			Type: type,
			Status: 'AUTHORISED',
			Contact: { ContactID: contactId },
			InvoiceNumber: number,
			Date: date,
			DueDate: date,
			LineAmountTypes: 'Exclusive',
			LineItems: lines.map(({ amount, account, tax = 'NONE' }) => ({
				Description: number,
				Quantity: 1,
				UnitAmount: amount,
				AccountCode: account,
				TaxType: tax,
			})),
		});
	}

	/** The account while something is entered on it that Xero's screen takes and its API does not. */
	function asSystemAccount(code: string, systemAccount: string | undefined): void {
		const { accounts } = sandbox.xero.organisation();
		const own = accounts.find((one) => one.code === code);
		if (!own) throw new Error(`There is no account ${code}.`);
		accounts.put(own.accountId, { ...own, systemAccount });
	}

	it('is tax that a bill dated ahead will pay once', async () => {
		put('ACCREC', 'V-1', '2026-08-15', [{ amount: 100, account: '200', tax: 'OUTPUT2' }]);
		const bill = (number: string, date: string, amount: number) => {
			asSystemAccount('820', undefined);
			put('ACCPAY', number, date, [{ amount, account: '820' }]);
			asSystemAccount('820', 'GST');
		};
		bill('HMRC-1', '2026-12-01', 15);
		expect(await out()).toEqual([
			['bill', 'Timber Ltd', '-15.00', '2026-12-01'],
			['sales tax', 'VAT', '-5.00', TODAY],
		]);
		bill('HMRC-2', '2026-12-02', 5);
		expect(await out()).toEqual([
			['bill', 'Timber Ltd', '-15.00', '2026-12-01'],
			['bill', 'Timber Ltd', '-5.00', '2026-12-02'],
		]);
	});

	it.each([false, true])(
		'is tax that the bank pays on a day to come, on that day and once; balance of the month: %s',
		async (isMonthEnd) => {
			owedOfTwoPeriods();
			await taxAtBank('SPEND', '2026-11-27', 15);
			expect(await out({ isMonthEnd })).toEqual([
				overdue('-5.00'),
				running('-20.00'),
				['bank transaction', 'HMRC', '-15.00', '2026-11-27'],
			]);
			await taxAtBank('SPEND', '2026-12-02', 5);
			const paid = [
				['bank transaction', 'HMRC', '-5.00', '2026-12-02'],
				['bank transaction', 'HMRC', '-15.00', '2026-11-27'],
			];
			expect(await out({ isMonthEnd })).toEqual([running('-20.00'), ...paid]);
			// What is beyond the balance pays tax that is not entered yet, and is no claim.
			await taxAtBank('SPEND', '2026-11-29', 90);
			expect(await out({ isMonthEnd })).toHaveLength(3);
			expect(JSON.stringify(await out({ isMonthEnd }))).not.toContain('sales tax');
		},
	);

	it.each([false, true])(
		'is no refund twice that comes on a day to come; balance of the month: %s',
		async (isMonthEnd) => {
			put('ACCPAY', 'T-1', '2026-08-15', [{ amount: 100, account: '310', tax: 'INPUT2' }]);
			put('ACCREC', 'V-2', '2026-10-15', [{ amount: 150, account: '200', tax: 'OUTPUT2' }]);
			await taxAtBank('RECEIVE', '2026-11-27', 20);
			expect((await out({ isMonthEnd })).slice(1)).toEqual([
				running('-30.00'),
				['bank transaction', 'HMRC', '20.00', '2026-11-27'],
			]);
		},
	);

	it('is tax that a repeating bill to the tax office will pay once', async () => {
		owedOfTwoPeriods();
		const monthly = (amount: number) => ({
			type: 'ACCPAY' as const,
			contactId: String(contactId),
			members: {
				LineAmountTypes: 'NoTax',
				LineItems: [{ Description: 'VAT', Quantity: 1, UnitAmount: amount, AccountCode: '820' }],
			},
			schedule: { period: 1, unit: 'MONTHLY' as const, nextDate: '2026-12-07' },
		});
		asSystemAccount('820', undefined);
		sandbox.xero.person.addRepeatingInvoice(monthly(12));
		asSystemAccount('820', 'GST');
		const bills = ['2026-12-07', '2027-01-07', '2027-02-07'].map((on) => [
			'repeating bill',
			'Timber Ltd',
			'-12.00',
			on,
		]);
		expect(await out()).toEqual([running('-4.00'), ...bills]);
		// Three of them are more than is entered: later tax, and no claim.
		asSystemAccount('820', undefined);
		sandbox.xero.person.addRepeatingInvoice(monthly(2));
		asSystemAccount('820', 'GST');
		expect((await out()).filter((row) => JSON.stringify(row).includes('sales tax'))).toEqual([]);
	});

	describe('and planned cash has too', () => {
		function plan(...records: ReadonlyArray<readonly [what: string, amount: string]>) {
			sandbox.knack.addTable({
				name: 'Planned Cash',
				identifier: 'What',
				fields: [
					{ name: 'What', type: 'short_text' },
					{ name: 'Amount', type: 'currency' },
					{ name: 'Day', type: 'date_time' },
				],
			});
			sandbox.knack.seedRecords(
				'Planned Cash',
				records.map(([What, Amount]) => ({ What, Amount, Day: '12/07/2026' })),
			);
			const source = { client: knackInMemory(sandbox), table: 'Planned Cash' };
			const fields = { amount: 'Amount', date: 'Day', description: 'What' };
			return { planned: { source, fields, aboveZero: 'payments' as const } };
		}

		const planned = (who: string, amount: string) => ['planned cash', who, amount, '2026-12-07'];

		it('is tax once, by the name of its account', async () => {
			owedOfTwoPeriods();
			const asked = plan(['vat, Q3', '18'], ['Private car', '7'], ['Excavator', '3']);
			expect(await out(asked)).toEqual([
				overdue('-2.00'),
				running('-20.00'),
				planned('vat, Q3', '-18.00'),
				planned('Private car', '-7.00'),
				planned('Excavator', '-3.00'),
			]);
			expect((await forecast(asked)).notIn).toContain(
				'Taken for the payment of VAT, since planned cash names it: vat, Q3 GBP -18.00 2026-12-07. Where it is not that, give it another name under planned cash.',
			);
		});

		it('is tax once, by the name of whom nothing but tax was paid', async () => {
			owedOfTwoPeriods();
			const asked = plan(['hmrc', '15']);
			await taxAtBank('SPEND', '2026-11-10', 5);
			expect(await out(asked)).toEqual([running('-20.00'), planned('hmrc', '-15.00')]);
			await taxAtBank('SPEND', '2026-11-11', 80, '429');
			expect(await out(asked)).toEqual([
				overdue('-15.00'),
				running('-20.00'),
				planned('hmrc', '-15.00'),
			]);
		});

		it.each([false, true])(
			'is tax once where the bank has it with a day to come too; balance of the month: %s',
			async (isMonthEnd) => {
				owedOfTwoPeriods();
				const asked = { ...plan(['HMRC', '15']), isMonthEnd };
				await taxAtBank('SPEND', '2026-11-27', 15);
				expect(await out(asked)).toEqual([
					overdue('-5.00'),
					running('-20.00'),
					planned('HMRC', '-15.00'),
				]);
			},
		);
	});

	it('is tax of an Australian year, which ends in June whenever the books do', async () => {
		put('ACCREC', 'V-1', '2026-05-15', [{ amount: 100, account: '200', tax: 'OUTPUT2' }]);
		put('ACCREC', 'V-2', '2026-10-15', [{ amount: 100, account: '200', tax: 'OUTPUT2' }]);
		const books = (month: number) => ({
			organisation: {
				countryCode: 'AU',
				salesTaxPeriod: 'ANNUALLY',
				financialYearEnd: { month, day: 30 },
			},
		});
		expect(await out(books(6))).toEqual([
			overdue('-20.00'),
			['sales tax', 'VAT', '-20.00', '2027-10-31'],
		]);
		// The return of tax goes with that of income, whose day is another for other years.
		expect(await out(books(12))).toEqual([
			overdue('-20.00'),
			['sales tax', 'VAT', '-20.00', '2027-07-31'],
		]);
		expect((await forecast(books(12))).notIn.join(' ')).toContain('is not known for AU');
		expect((await forecast(books(6))).notIn.join(' ')).not.toContain('is not known for AU');
	});

	it('is said where no bill tells of it, such as what is kept back from subcontractors', async () => {
		sandbox.xero.person.addAccount({
			code: '826',
			name: 'CIS Liability',
			type: 'CURRLIAB',
			taxType: 'NONE',
		});
		put('ACCPAY', 'SUB-1', '2026-11-22', [
			{ amount: 100, account: '310' },
			{ amount: -20, account: '826' },
		]);
		asSystemAccount('826', 'CISLIABILITY');
		const { rows, notIn } = await forecast();
		expect(rows.map(({ source, amount }) => [source, amount])).toEqual([['bill', '-80.00']]);
		expect(notIn).toContainEqual(expect.stringContaining('CIS Liability GBP 20.00'));
	});
});
