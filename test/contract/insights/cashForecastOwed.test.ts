import { calendarDate, type CalendarDate } from '../../../lib/dates';
import { reckonCashForecast } from '../../../lib/insights/cashForecast/cashForecast';
import type { Insight } from '../../../lib/insights/insight';
import type { Sandbox } from '../../../sandbox/sandbox';
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

	async function forecast(): Promise<Insight> {
		const { client, settings } = await xeroInMemory(sandbox);
		const books = { client, organisation: settings.organisation, today: today() };
		return await reckonCashForecast(books, { day: today(), detail: 'lines' });
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
		const out = async () =>
			(await forecast()).rows
				.filter(({ amount }) => Number(amount) < 0)
				.map(({ source, amount, likelyDay }) => [source, amount, likelyDay]);
		bill('HMRC-1', '2026-12-01', 15);
		expect(await out()).toEqual([
			['bill', '-15.00', '2026-12-01'],
			['sales tax', '-5.00', TODAY],
		]);
		bill('HMRC-2', '2026-12-02', 5);
		expect(await out()).toEqual([
			['bill', '-15.00', '2026-12-01'],
			['bill', '-5.00', '2026-12-02'],
		]);
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
