import { addDays, calendarDate, type CalendarDate } from '../../../lib/dates';
import { reckonCashForecast } from '../../../lib/insights/cashForecast/cashForecast';
import type { CashForecastInput } from '../../../lib/insights/cashForecast/input';
import type { Insight, InsightRow } from '../../../lib/insights/insight';
import type { Books } from '../../../lib/insights/reading/books';
import { decimal } from '../../../lib/money';
import type { Sandbox } from '../../../sandbox/sandbox';
import { knackInMemory } from '../../support/knackInMemory';
import { frozenSandbox, xeroInMemory } from '../../support/xeroInMemory';

/** The sandbox's own day. */
const TODAY = '2026-11-22';

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

function ahead(days: number): string {
	return addDays(day(TODAY), days);
}

describe('cash forecast', () => {
	let sandbox: Sandbox;
	let contacts: Record<string, string>;

	beforeEach(() => {
		sandbox = frozenSandbox();
		const names = ['Acme Ltd', 'Slow Ltd', 'Timber Ltd', 'Landlord Ltd'];
		contacts = Object.fromEntries(
			sandbox.xero
				.seedContacts(names.map((name) => ({ name })))
				.map(({ contactId, name }) => [name, contactId]),
		);
	});

	async function books(scopes?: readonly string[]): Promise<Books> {
		const { client, settings } = await xeroInMemory(sandbox, undefined, scopes);
		return { client, organisation: settings.organisation, today: day(TODAY) };
	}

	async function forecast(more: Partial<CashForecastInput> = {}, of?: Books): Promise<Insight> {
		const input = { day: day(TODAY), detail: 'lines' as const, ...more };
		return await reckonCashForecast(of ?? (await books()), input);
	}

	async function lines(more: Partial<CashForecastInput> = {}): Promise<readonly InsightRow[]> {
		const { rows } = await forecast(more);
		return rows.filter(({ source }) => source !== 'sales tax');
	}

	interface Made {
		readonly who: string;
		readonly number: string;
		readonly date: string;
		readonly due: string;
		readonly net: number;
		readonly more?: Record<string, string>;
	}

	function document(Type: 'ACCREC' | 'ACCPAY', { who, number, date, due, net, more }: Made): void {
		sandbox.xero.person.saveInvoice({
			Type,
			Status: 'AUTHORISED',
			Contact: { ContactID: contacts[who] },
			InvoiceNumber: number,
			Date: date,
			DueDate: due,
			LineAmountTypes: 'NoTax',
			LineItems: [
				{
					Description: 'Work',
					Quantity: 1,
					UnitAmount: net,
					AccountCode: Type === 'ACCREC' ? '200' : '310',
				},
			],
			...more,
		});
	}

	/** Ten invoices, due after 14 days, each paid so many days late. */
	function habit(who: string, daysLate: readonly number[]): void {
		for (const [index, late] of daysLate.entries()) {
			const date = addDays(day('2026-05-01'), index);
			const due = addDays(date, 14);
			const number = `${who}-${index}`;
			document('ACCREC', { who, number, date, due, net: 100 });
			sandbox.xero.person.recordPayment({ invoiceNumber: number, date: addDays(due, late) });
		}
	}

	it('goes by a person first, else by the due day and the habit, and beyond it in likely alone', async () => {
		habit('Acme Ltd', [0, 2, 4, 6, 8, 10, 12, 14, 16, 60]);
		// By Kaplan and Meier, the open ones counted: 2, 10 and 60 days late for 1, 5 and 9 of 10.
		const open = (number: string, due: string, more?: Record<string, string>) => {
			document('ACCREC', { who: 'Acme Ltd', number, date: '2026-11-01', due, net: 500, more });
		};
		open('A-due', '2026-11-30');
		open('A-late', '2026-11-15');
		open('A-told', '2026-11-15', { ExpectedPaymentDate: '2026-12-24' });
		open('A-broken', '2026-11-20', { ExpectedPaymentDate: '2026-11-21' });
		const rows = await lines();
		const of = (number: string) => rows.find(({ what }) => what === number);
		expect(of('A-due')).toMatchObject({
			source: 'invoice',
			amount: '500.00',
			bestDay: '2026-12-02',
			likelyDay: '2026-12-10',
			worstDay: '2027-01-29',
			by: 'habit',
			week: 3,
		});
		// Two days late at best, which is past; ten as a rule.
		expect(of('A-late')).toMatchObject({
			bestDay: TODAY,
			likelyDay: '2026-11-25',
			worstDay: '2027-01-14',
		});
		expect(of('A-told')).toMatchObject({ likelyDay: '2026-12-24', by: 'a person' });
		expect(of('A-told')).toMatchObject({ bestDay: '2026-12-24', worstDay: '2026-12-24' });
		expect(of('A-broken')).toMatchObject({ likelyDay: '2026-11-30', by: 'habit' });
	});

	it('leaves what is beyond the habit out of worst, and out of all once nine of ten had paid', async () => {
		// Half of it within 8 or 10 days of the due day, nine of ten within 18.
		const daysLate = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18];
		habit('Acme Ltd', [...daysLate, ...daysLate, ...daysLate]);
		document('ACCREC', {
			who: 'Acme Ltd',
			number: 'B-1',
			date: '2026-10-20',
			due: '2026-11-10',
			net: 70,
		});
		document('ACCREC', {
			who: 'Acme Ltd',
			number: 'B-2',
			date: '2026-08-01',
			due: '2026-08-15',
			net: 30,
		});
		const { rows, notIn } = await forecast();
		const of = (number: string) => rows.find(({ what }) => what === number);
		expect(of('B-1')).toMatchObject({
			by: 'beyond habit',
			likelyDay: '2026-11-28',
			bestDay: '2026-11-28',
			worstDay: null,
		});
		expect(of('B-2')).toMatchObject({ likelyDay: null, worstDay: null, week: null });
		expect(notIn).toContain(
			'In no week, since no habit says when they are paid: 1 invoice, GBP 30.00.',
		);
	});

	it('takes open credits and deposits off, the earliest due first', async () => {
		document('ACCREC', {
			who: 'Slow Ltd',
			number: 'C-1',
			date: '2026-11-20',
			due: '2026-12-01',
			net: 100,
		});
		document('ACCREC', {
			who: 'Slow Ltd',
			number: 'C-2',
			date: '2026-11-20',
			due: '2026-12-10',
			net: 100,
		});
		sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			Status: 'AUTHORISED',
			Contact: { ContactID: contacts['Acme Ltd'] },
			InvoiceNumber: 'C-3',
			Date: '2026-11-20',
			DueDate: '2026-12-10',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 40, AccountCode: '200' }],
		});
		await put('/CreditNotes', {
			Type: 'ACCRECCREDIT',
			Status: 'AUTHORISED',
			Contact: { ContactID: contacts['Slow Ltd'] },
			Date: '2026-11-21',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Back', Quantity: 1, UnitAmount: 30, AccountCode: '200' }],
		});
		await bank({
			Type: 'RECEIVE-PREPAYMENT',
			who: 'Slow Ltd',
			date: '2026-11-21',
			amount: 90,
			code: '200',
		});
		const rows = await lines();
		expect(rows.map(({ what, amount }) => `${String(what)} ${String(amount)}`).sort()).toEqual([
			'C-2 80.00',
			'C-3 40.00',
		]);
	});

	async function put(path: string, body: unknown): Promise<void> {
		const token = sandbox.xero.signIn().access_token;
		const { tenantId } = sandbox.xero.organisation().info.value;
		const response = await sandbox.fetch(
			new Request(`http://127.0.0.1:4010/xero/api.xro/2.0${path}`, {
				method: 'PUT',
				headers: {
					authorization: `Bearer ${token}`,
					'xero-tenant-id': tenantId,
					accept: 'application/json',
					'content-type': 'application/json',
				},
				body: JSON.stringify(body),
			}),
		);
		if (response.status !== 200) throw new Error(await response.text());
	}

	async function bank(told: {
		readonly Type: string;
		readonly who: string;
		readonly date: string;
		readonly amount: number;
		readonly code: string;
	}): Promise<void> {
		await put('/BankTransactions', {
			Type: told.Type,
			Status: 'AUTHORISED',
			Contact: { ContactID: contacts[told.who] },
			BankAccount: { Code: '090' },
			Date: told.date,
			LineAmountTypes: 'NoTax',
			LineItems: [
				{ Description: 'Money', Quantity: 1, UnitAmount: told.amount, AccountCode: told.code },
			],
		});
	}

	it('pays bills on the planned day, else the due day, and what is overdue now', async () => {
		const bill = (number: string, due: string, more?: Record<string, string>) => {
			document('ACCPAY', { who: 'Timber Ltd', number, date: '2026-11-01', due, net: 10, more });
		};
		bill('T-1', '2026-12-05');
		bill('T-2', '2026-12-05', { PlannedPaymentDate: '2026-12-20' });
		bill('T-3', '2026-11-10');
		const rows = await lines();
		expect(rows.map(({ what, amount, worstDay, by }) => [what, amount, worstDay, by])).toEqual(
			expect.arrayContaining([
				['T-1', '-10.00', '2026-12-05', 'due day'],
				['T-2', '-10.00', '2026-12-20', 'a person'],
				['T-3', '-10.00', TODAY, 'overdue'],
			]),
		);
	});

	it('estimates what was spent three times at an even interval, and nothing else', async () => {
		for (const date of ['2026-09-01', '2026-10-01', '2026-11-02']) {
			await bank({ Type: 'SPEND', who: 'Landlord Ltd', date, amount: 900, code: '429' });
		}
		for (const date of ['2026-09-01', '2026-09-09', '2026-11-02']) {
			await bank({ Type: 'SPEND', who: 'Timber Ltd', date, amount: 50, code: '429' });
		}
		const rows = await lines();
		expect(rows.map(({ who, amount, likelyDay }) => [who, amount, likelyDay])).toEqual([
			['Landlord Ltd', '-900.00', '2026-12-02'],
			['Landlord Ltd', '-900.00', '2027-01-02'],
			['Landlord Ltd', '-900.00', '2027-02-02'],
		]);
		expect(rows[0]).toMatchObject({ isEstimated: true, source: 'regular payment' });
	});

	it('counts money that is entered with a day to come, which is on no open document', async () => {
		const of = { who: 'Timber Ltd', date: '2026-11-01', due: '2026-11-30' };
		document('ACCPAY', { ...of, number: 'T-1', net: 1000 });
		sandbox.xero.person.recordPayment({ invoiceNumber: 'T-1', date: '2026-11-27' });
		document('ACCREC', { ...of, who: 'Acme Ltd', number: 'A-1', net: 300 });
		sandbox.xero.person.recordPayment({ invoiceNumber: 'A-1', date: TODAY, amount: 100 });
		sandbox.xero.person.recordPayment({ invoiceNumber: 'A-1', date: ahead(13), amount: 200 });
		const deposit = { Type: 'RECEIVE-PREPAYMENT', who: 'Slow Ltd', code: '200' };
		await bank({ ...deposit, date: ahead(1), amount: 40 });
		await bank({ ...deposit, date: '2027-06-01', amount: 41 });
		await bank({ Type: 'SPEND', who: 'Landlord Ltd', date: ahead(9), amount: 77, code: '429' });
		const shown = ({ source, who, amount, likelyDay, by }: InsightRow) =>
			[source, who, amount, likelyDay, by] as const;
		expect((await lines()).map(shown).sort()).toEqual([
			['bank transaction', 'Landlord Ltd', '-77.00', '2026-12-01', 'dated ahead'],
			['bill', 'Timber Ltd', '-1000.00', '2026-11-27', 'dated ahead'],
			['invoice', 'Acme Ltd', '200.00', '2026-12-05', 'dated ahead'],
			['invoice', 'Slow Ltd', '40.00', '2026-11-23', 'dated ahead'],
		]);
	});

	it('makes repeating templates from their next day on', async () => {
		sandbox.xero.person.addRepeatingInvoice({
			type: 'ACCPAY',
			contactId: String(contacts['Timber Ltd']),
			reference: 'Hosting',
			members: {
				LineAmountTypes: 'Exclusive',
				LineItems: [
					{
						Description: 'Hosting',
						Quantity: 1,
						UnitAmount: 10,
						AccountCode: '310',
						TaxType: 'INPUT2',
					},
				],
			},
			schedule: { period: 1, unit: 'MONTHLY', nextDate: '2026-11-30' },
		});
		const rows = await lines();
		expect(rows.map(({ source, amount, likelyDay }) => [source, amount, likelyDay])).toEqual([
			['repeating bill', '-12.00', '2026-11-30'],
			['repeating bill', '-12.00', '2026-12-30'],
			['repeating bill', '-12.00', '2027-01-30'],
		]);
	});

	it('goes back to the day of a schedule after a shorter month, and counts what Xero leaves open', async () => {
		for (const [type, who] of [
			['ACCPAY', 'Timber Ltd'],
			['ACCREC', 'Acme Ltd'],
		] as const) {
			sandbox.xero.person.addRepeatingInvoice({
				type,
				contactId: String(contacts[who]),
				members: {
					LineAmountTypes: 'NoTax',
					LineItems: [{ Description: 'Care', Quantity: 1, UnitAmount: 10, AccountCode: '200' }],
				},
				schedule: {
					period: 1,
					unit: 'MONTHLY',
					startDate: '2026-08-31',
					nextDate: '2026-11-30',
				},
			});
		}
		const { rows, notIn } = await forecast();
		const days = (source: string) =>
			rows
				.filter((row) => row.source === source)
				.map(({ bestDay, likelyDay, worstDay }) => [bestDay, likelyDay, worstDay]);
		expect(days('repeating bill')).toEqual([
			['2026-11-30', '2026-11-30', '2026-11-30'],
			['2026-12-31', '2026-12-31', '2026-12-30'],
			['2027-01-31', '2027-01-31', '2027-01-30'],
		]);
		expect(days('repeating invoice')).toEqual([
			['2026-11-30', '2026-11-30', '2026-11-30'],
			['2026-12-30', '2026-12-31', '2026-12-31'],
			['2027-01-30', '2027-01-31', '2027-01-31'],
		]);
		expect(notIn.join(' ')).toContain('after it: Acme Ltd, Timber Ltd.');
	});

	describe('of repeating invoices', () => {
		const monthly = () => {
			sandbox.xero.person.addRepeatingInvoice({
				type: 'ACCREC',
				contactId: String(contacts['Acme Ltd']),
				reference: 'Care plan',
				members: {
					LineAmountTypes: 'NoTax',
					LineItems: [{ Description: 'Care', Quantity: 1, UnitAmount: 80, AccountCode: '200' }],
				},
				schedule: { period: 1, unit: 'MONTHLY', nextDate: '2026-11-30' },
			});
		};
		const likelyDays = ({ rows }: Insight) =>
			rows.filter(({ source }) => source === 'repeating invoice').map(({ likelyDay }) => likelyDay);

		it('is none paid before it is made, however early its customer pays', async () => {
			habit(
				'Acme Ltd',
				Array.from({ length: 10 }, () => -10),
			);
			monthly();
			const days = likelyDays(await forecast());
			expect(days).toEqual(['2026-11-30', '2026-12-30', '2027-01-30']);
		});

		it('counts those that no habit gives a day', async () => {
			document('ACCREC', {
				who: 'Slow Ltd',
				number: 'S-1',
				date: '2026-09-01',
				due: '2026-09-15',
				net: 10,
			});
			monthly();
			const insight = await forecast();
			expect(likelyDays(insight)).toEqual([null, null, null]);
			expect(insight.notIn).toContain(
				'In no week, since no habit says when they are paid: 3 repeating invoices, GBP 240.00.',
			);
		});
	});

	it('pays the tax of the period that is over on its day, and of the one that runs on the next', async () => {
		const sale = (number: string, date: string) => {
			sandbox.xero.person.saveInvoice({
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				Contact: { ContactID: contacts['Acme Ltd'] },
				InvoiceNumber: number,
				Date: date,
				DueDate: date,
				LineAmountTypes: 'Exclusive',
				LineItems: [
					{
						Description: 'Work',
						Quantity: 1,
						UnitAmount: 100,
						AccountCode: '200',
						TaxType: 'OUTPUT2',
					},
				],
			});
		};
		sale('V-1', '2026-08-15');
		sale('V-2', '2026-10-15');
		sale('V-3', '2026-11-15');
		const taxes = async (more: Partial<CashForecastInput> = {}) => {
			const { rows } = await forecast(more);
			return rows
				.filter(({ source }) => source === 'sales tax')
				.map(({ amount, likelyDay }) => `${String(amount)} ${String(likelyDay)}`);
		};
		// Quarters end with the financial year, in March: that to September was due on 7 November.
		const unpaid = [`-20.00 ${TODAY}`, '-40.00 2027-02-07'];
		expect(await taxes()).toEqual(unpaid);
		expect(await taxes({ taxDaysAfter: 60 })).toEqual(['-20.00 2026-11-29', '-40.00 2027-03-01']);
		sandbox.xero.person.setOrganisation({ salesTaxPeriod: 'QUARTERLY1' });
		expect(await taxes()).toEqual(['-40.00 2026-12-07', '-20.00 2027-03-07']);
		// September is over and not due for 60 days, as October; August should have been paid.
		sandbox.xero.person.setOrganisation({ salesTaxPeriod: 'MONTHLY' });
		sale('V-4', '2026-09-15');
		expect(await taxes({ taxDaysAfter: 60 })).toEqual([
			`-20.00 ${TODAY}`,
			'-20.00 2026-11-29',
			'-20.00 2026-12-30',
			'-20.00 2027-01-29',
		]);
		sandbox.xero.person.setOrganisation({ salesTaxPeriod: 'NONE' });
		expect(await taxes()).toEqual([]);
		sandbox.xero.person.setOrganisation({ salesTaxPeriod: 'QUARTERLY' });
		const { client, organisation, today } = await books();
		const abroad = { client, organisation: { ...organisation, countryCode: 'US' }, today };
		const { notIn } = await forecast({}, abroad);
		expect(notIn).toContain(
			'When VAT is paid is not known for US: it stands at the end of the month after its period. Set Tax Paid After (Days).',
		);
		expect((await forecast()).notIn.join(' ')).not.toContain('is not known for');
	});

	it('takes no tax for due again that was paid by the bank or a bill', async () => {
		document('ACCREC', {
			who: 'Acme Ltd',
			number: 'V-1',
			date: '2026-08-15',
			due: '2026-08-15',
			net: 100,
			more: { LineAmountTypes: 'Exclusive' },
		});
		const taxes = async (scopes?: readonly string[]) => {
			const { rows } = await forecast({}, await books(scopes));
			return rows
				.filter(({ source }) => source === 'sales tax')
				.map(({ amount, likelyDay, by }) => [amount, likelyDay, by]);
		};
		// The return of the quarter to September was due on 7 November.
		expect(await taxes()).toEqual([['-20.00', TODAY, 'overdue']]);
		const papers = ['invoices', 'payments', 'settings', 'reports.balancesheet.read'];
		const unknown = await taxes(papers.map((scope) => `accounting.${scope}`));
		expect(unknown).toEqual([['-20.00', '2027-02-07', 'tax period']]);
		// Xero's screen takes the account of tax for lines, its API does not.
		const { accounts } = sandbox.xero.organisation();
		const vat = accounts.find(({ code }) => code === '820');
		if (!vat) throw new Error('There is no VAT account.');
		accounts.put(vat.accountId, { ...vat, systemAccount: undefined });
		const paid = { who: 'Landlord Ltd', date: '2026-11-10' };
		await bank({ Type: 'SPEND', ...paid, amount: 8, code: '820' });
		accounts.put(vat.accountId, vat);
		expect(await taxes()).toEqual([['-12.00', TODAY, 'overdue']]);
		// Of a return by payments the account holds the tax of unpaid invoices as well.
		sandbox.xero.person.setOrganisation({ salesTaxBasis: 'PAYMENTS' });
		expect(await taxes()).toEqual([['-12.00', '2027-02-07', 'tax period']]);
		sandbox.xero.person.setOrganisation({ salesTaxBasis: 'ACCRUALS' });
		accounts.put(vat.accountId, { ...vat, systemAccount: undefined });
		sandbox.xero.person.saveInvoice({
			Type: 'ACCPAY',
			Status: 'AUTHORISED',
			Contact: { ContactID: contacts[paid.who] },
			InvoiceNumber: 'HMRC-1',
			Date: '2026-11-07',
			DueDate: '2026-12-07',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'VAT', Quantity: 1, UnitAmount: 12, AccountCode: '820' }],
		});
		accounts.put(vat.accountId, vat);
		expect(await taxes()).toEqual([]);
	});

	describe('with Knack', () => {
		beforeEach(() => {
			sandbox.knack.addTable({
				name: 'Planned Cash',
				identifier: 'What',
				fields: [
					{ name: 'What', type: 'short_text' },
					{ name: 'Amount', type: 'currency' },
					{ name: 'Day', type: 'date_time' },
					{ name: 'Repeats', type: 'short_text' },
					{ name: 'Is Paid', type: 'boolean' },
				],
			});
			sandbox.knack.addTable({
				name: 'Jobs',
				identifier: 'Job',
				fields: [
					{ name: 'Job', type: 'short_text' },
					{ name: 'Customer', type: 'short_text' },
					{ name: 'Unbilled', type: 'currency' },
				],
			});
		});

		const planned = () => ({
			source: { client: knackInMemory(sandbox), table: 'Planned Cash' },
			fields: { amount: 'Amount', date: 'Day', description: 'What', repeats: 'Repeats' },
			aboveZero: 'payments' as const,
		});

		it('adds planned cash, once or again and again, in place of what was seen to be regular', async () => {
			for (const date of ['2026-09-01', '2026-10-01', '2026-11-02']) {
				await bank({ Type: 'SPEND', who: 'Landlord Ltd', date, amount: 900, code: '429' });
			}
			sandbox.knack.seedRecords('Planned Cash', [
				{ What: 'Wages', Amount: '2000', Day: '11/27/2026', Repeats: 'Monthly' },
				{ What: 'Landlord Ltd', Amount: '950', Day: '12/01/2026' },
				{ What: 'Van sold', Amount: '-4000', Day: '12/03/2026' },
				{ What: 'Last year', Amount: '1', Day: '12/03/2025' },
			]);
			const rows = await lines({ planned: planned() });
			expect(
				rows
					.map(
						({ who, amount, likelyDay }) => `${String(who)} ${String(amount)} ${String(likelyDay)}`,
					)
					.sort(),
			).toEqual([
				'Landlord Ltd -950.00 2026-12-01',
				'Van sold 4000.00 2026-12-03',
				'Wages -2000.00 2026-11-27',
				'Wages -2000.00 2026-12-27',
				'Wages -2000.00 2027-01-27',
			]);
		});

		it('names what is dated ahead in Xero for whom planned cash names too', async () => {
			await bank({ Type: 'SPEND', who: 'Landlord Ltd', date: ahead(9), amount: 77, code: '429' });
			sandbox.knack.seedRecords('Planned Cash', [
				{ What: 'Landlord Ltd', Amount: '950', Day: '12/01/2026' },
			]);
			const { rows, notIn } = await forecast({ planned: planned() });
			expect(rows.map(({ amount }) => amount)).toEqual(['-950.00']);
			expect(notIn).toContain(
				'Dated ahead in Xero, and not in, since planned cash has the same name: Landlord Ltd GBP -77.00 2026-12-01. Where it is not the same money, give it another name under planned cash.',
			);
		});

		it('counts what is past and not paid now, as overdue, and leaves out what is paid', async () => {
			sandbox.knack.seedRecords('Planned Cash', [
				{ What: 'Dividend', Amount: '500', Day: '11/10/2026', 'Is Paid': 'No' },
				{ What: 'Loan', Amount: '300', Day: '11/12/2026', 'Is Paid': 'Yes' },
				{ What: 'Bonus', Amount: '200', Day: '12/12/2026', 'Is Paid': 'Yes' },
				{ What: 'Wages', Amount: '900', Day: '10/27/2026', Repeats: 'Yearly', 'Is Paid': 'No' },
			]);
			const { source, fields, aboveZero } = planned();
			const withPaid = { source, fields: { ...fields, paid: 'Is Paid' }, aboveZero };
			const insight = await forecast({ planned: withPaid });
			expect(
				insight.rows.map(({ who, amount, likelyDay, week, by, dueDate }) =>
					[who, amount, likelyDay, week, by, dueDate].join(' '),
				),
			).toEqual([`Dividend -500.00 ${TODAY} 1 overdue 2026-11-10`]);
			expect(insight.notIn.join(' ')).not.toContain('no field tells');
		});

		it('says what is past where no field tells whether it is paid, and counts it in no week', async () => {
			sandbox.knack.seedRecords('Planned Cash', [
				{ What: 'Dividend', Amount: '500', Day: '11/10/2026' },
				{ What: 'Loan', Amount: '300', Day: '11/12/2026' },
			]);
			const insight = await forecast({ planned: planned() });
			expect(insight.rows).toEqual([]);
			expect(insight.notIn).toContain(
				'In no week, since the day has passed and no field tells what is paid: 2 planned movements, GBP -800.00. Choose Paid under Fields of Planned Cash.',
			);
		});

		it('refuses what it cannot read by its name', async () => {
			sandbox.knack.seedRecords('Planned Cash', [
				{ What: 'Wages', Amount: '2000', Day: '11/27/2026', Repeats: 'now and then' },
			]);
			await expect(lines({ planned: planned() })).rejects.toThrow(
				'Repeats of Wages in Planned Cash is "now and then", which is no interval.',
			);
		});

		it('adds unbilled work with tax, by the days that its customer takes', async () => {
			habit('Acme Ltd', [0, 2, 4, 6, 8, 10, 12, 14, 16, 60]);
			sandbox.knack.seedRecords('Jobs', [
				{ Job: 'Kitchen', Customer: 'acme ltd', Unbilled: '1000' },
				{ Job: 'Done', Customer: 'Acme Ltd', Unbilled: '0' },
			]);
			const unbilled = {
				work: {
					source: { client: knackInMemory(sandbox), table: 'Jobs' },
					fields: { amount: 'Unbilled', customer: 'Customer' },
				},
				taxPercent: decimal(20),
			};
			const rows = await lines({ unbilled });
			expect(rows).toEqual([
				expect.objectContaining({
					source: 'unbilled work',
					what: 'Kitchen',
					amount: '1200.00',
					bestDay: ahead(14),
					likelyDay: ahead(22),
					worstDay: ahead(30),
				}),
			]);
		});

		it('counts unbilled work that no habit gives a day, with its tax', async () => {
			document('ACCREC', {
				who: 'Slow Ltd',
				number: 'S-1',
				date: '2026-09-01',
				due: '2026-09-15',
				net: 10,
			});
			sandbox.knack.seedRecords('Jobs', [
				{ Job: 'Kitchen', Customer: 'Slow Ltd', Unbilled: '1000' },
				{ Job: 'Loft', Customer: 'Slow Ltd', Unbilled: '50' },
			]);
			const { rows, notIn } = await forecast({
				unbilled: {
					work: {
						source: { client: knackInMemory(sandbox), table: 'Jobs' },
						fields: { amount: 'Unbilled', customer: 'Customer' },
					},
					taxPercent: decimal(20),
				},
			});
			const unbilled = rows.filter(({ source }) => source === 'unbilled work');
			expect(unbilled.map(({ likelyDay }) => likelyDay)).toEqual([null, null]);
			expect(notIn).toContain(
				'In no week, since no habit says when they are paid: 2 pieces of unbilled work, GBP 1,260.00.',
			);
		});
	});

	it('adds the weeks up from what is in the bank, and names the lowest', async () => {
		await bank({ Type: 'RECEIVE', who: 'Acme Ltd', date: '2026-11-20', amount: 1000, code: '200' });
		document('ACCPAY', {
			who: 'Timber Ltd',
			number: 'W-1',
			date: '2026-11-20',
			due: '2026-11-30',
			net: 1300,
		});
		document('ACCREC', {
			who: 'Acme Ltd',
			number: 'W-2',
			date: '2026-11-20',
			due: '2026-12-10',
			net: 700,
		});
		const { rows, summary, tie } = await forecast({ detail: 'weeks', overdraft: decimal(200) });
		expect(rows).toHaveLength(13);
		expect(
			rows
				.slice(0, 4)
				.map(({ opening, receipts, payments, closing, headroom, isLowest }) => [
					opening,
					receipts,
					payments,
					closing,
					headroom,
					isLowest,
				]),
		).toEqual([
			['1000.00', '0.00', '0.00', '1000.00', '1200.00', false],
			['1000.00', '0.00', '1300.00', '-300.00', '-100.00', true],
			['-300.00', '700.00', '0.00', '400.00', '600.00', false],
			['400.00', '0.00', '0.00', '400.00', '600.00', false],
		]);
		expect(summary).toContain('Cash is GBP 1,000.00 now');
		expect(summary).toContain(
			'It is lowest with GBP -300.00 in the week to 5 December 2026, beyond the overdraft',
		);
		expect(tie).toMatchObject([{ state: 'not checked', ours: '1000.00' }]);
	});

	it('begins with what a person typed, and shows the difference to the ledger', async () => {
		await bank({ Type: 'RECEIVE', who: 'Acme Ltd', date: '2026-11-20', amount: 1000, code: '200' });
		const { rows, tie } = await forecast({ detail: 'weeks', opening: decimal('1100.50') });
		expect(rows[0]).toMatchObject({ opening: '1100.50' });
		expect(tie).toMatchObject([
			{ state: 'differs', ours: '1100.50', figure: '1000.00', difference: '-100.50' },
		]);
	});

	it('holds the last forecast against what came', async () => {
		await bank({ Type: 'RECEIVE', who: 'Acme Ltd', date: '2026-11-12', amount: 1000, code: '200' });
		await bank({ Type: 'SPEND', who: 'Timber Ltd', date: '2026-11-17', amount: 400, code: '429' });
		const earlier = [
			{ week: 1, from: '2026-11-15', to: '2026-11-21', closing: '650.00' },
			{ week: 2, from: '2026-11-22', to: '2026-11-28', closing: '700.00' },
		];
		const { rows, summary } = await forecast({ detail: 'weeks', lastForecast: earlier });
		expect(rows).toHaveLength(14);
		expect(rows[0]).toMatchObject({
			week: 0,
			opening: '1000.00',
			receipts: '0.00',
			payments: '400.00',
			closing: '600.00',
			forecastClosing: '650.00',
			difference: '-50.00',
		});
		expect(summary).toContain(
			'The week to 21 November 2026 ended with GBP 600.00, GBP 50.00 below what was forecast.',
		);
		await expect(forecast({ lastForecast: [{ week: 'soon' }] })).rejects.toThrow(
			'Last Forecast holds no rows of a cash forecast',
		);
	});

	it('leaves out what it may not read, says so, and never counts it as nothing', async () => {
		document('ACCREC', {
			who: 'Acme Ltd',
			number: 'S-1',
			date: '2026-11-20',
			due: '2026-12-10',
			net: 700,
		});
		const scopes = [
			'accounting.invoices',
			'accounting.payments',
			'accounting.contacts',
			'accounting.settings',
		];
		const { rows, notIn, summary } = await forecast({ detail: 'weeks' }, await books(scopes));
		expect(rows[2]).toMatchObject({ receipts: '700.00', opening: null, closing: null });
		expect(summary).toContain('What is in the bank is not known.');
		const said = notIn.join(' ');
		expect(said).toContain('The opening balance is not in');
		expect(said).toContain('Regular payments, and bank transactions dated ahead, are not in.');
		expect(said).toContain('VAT is not in.');
		expect(said).toContain('Wages and what else is on no bill are not in');
	});
});
