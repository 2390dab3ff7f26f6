import { Random } from '../../prove/random';
import { receivables } from '../../support/ageing';
import { insightBooks } from '../../support/insightBooks';
import { RandomBooks } from '../sandboxXeroRandomBooks';
import { openOfContacts, readBooks } from '../sandboxXeroReports';
import { at, salesInvoice, Session } from '../sandboxXeroSession';

describe('receivables and payables', () => {
	it.each([1, 2, 3, 4, 5, 6, 7, 8])(
		'agree with the balance sheet and each contact on ten days, seed %i',
		async (seed) => {
			const random = new Random(seed);
			const kept = new RandomBooks(random);
			await kept.keep(60);
			const { session } = kept;
			session.twin.configure({ revaluesForeignBalances: false });
			const books = await insightBooks(session);
			const held = await readBooks(session);
			for (let turn = 0; turn < 10; turn += 1) {
				const asOf = kept.anyDay();
				for (const side of ['sales', 'purchases'] as const) {
					const { rows, tie: ties } = await receivables(books, asOf, { side });
					// Deposits by chance are coded to accounts that bear other things as well.
					const tie = ties.filter(({ against }) => /^Accounts |^what /.test(against));
					expect(tie.length).toBeGreaterThan(0);
					expect(tie.map(({ against, state }) => `${against}: ${state}`)).toEqual(
						tie.map(({ against }) => `${against}: agrees`),
					);
					const ours = rows
						.filter(({ balance }) => Number(balance) !== 0)
						.map(({ contactId, currency, balance }) => `${contactId} ${currency} ${balance}`);
					const theirs = openOfContacts(held, side === 'sales' ? 'sales' : 'bills', asOf);
					expect(ours.sort()).toEqual(theirs);
				}
			}
		},
	);

	it('puts the due day in current, the next 30 days in the first bucket, and months by the calendar', async () => {
		const xero = new Session();
		for (const [number, due] of [
			['A', '2026-11-22'],
			['B', '2026-11-21'],
			['C', '2026-10-23'],
			['D', '2026-10-22'],
			['E', '2026-08-23'],
			['F', '2026-07-31'],
		]) {
			await xero.api(
				'PUT',
				'/Invoices',
				salesInvoice({ InvoiceNumber: number, Date: '2026-07-01', DueDate: due }),
			);
		}
		const books = await insightBooks(xero);
		const byDays = await receivables(books, '2026-11-22', { detail: 'documents' });
		expect(byDays.rows.map(({ number, bucket, daysLate }) => [number, bucket, daysLate])).toEqual([
			['F', 'Over 90 Days Late', 114],
			['E', 'Over 90 Days Late', 91],
			['D', '31–60 Days Late', 31],
			['C', '1–30 Days Late', 30],
			['B', '1–30 Days Late', 1],
			['A', 'Current', 0],
		]);
		const byMonths = await receivables(books, '2026-11-22', {
			detail: 'documents',
			buckets: 'months',
		});
		expect(byMonths.rows.map(({ number, bucket }) => [number, bucket])).toEqual([
			['F', 'Older'],
			['E', 'August 2026'],
			['D', 'October 2026'],
			['C', 'October 2026'],
			['B', 'Current'],
			['A', 'Current'],
		]);
		const [row] = (await receivables(books, '2026-11-22')).rows;
		expect(row).toMatchObject({
			summary: 'Harbour Cafe owes GBP 720.00, GBP 600.00 late by up to 114 days.',
			current: '120.00',
			late1: '240.00',
			late2: '120.00',
			late3: '0.00',
			older: '240.00',
			oldestDueDate: '2026-07-31',
		});
	});

	it('shows credits as a negative of their own, deposits and drafts apart, and an allocation from its day', async () => {
		const xero = new Session();
		const made = await xero.api('PUT', '/Invoices', salesInvoice({ Date: '2026-11-01' }));
		const invoiceId = at(made.json, 'Invoices', 0, 'InvoiceID');
		await xero.api('PUT', '/Invoices', salesInvoice({ Date: '2026-11-01', Status: 'DRAFT' }));
		const credit = await xero.api('PUT', '/CreditNotes', {
			...salesInvoice({ Date: '2026-11-05', DueDate: undefined }),
			Type: 'ACCRECCREDIT',
			LineItems: [{ Description: 'Back', Quantity: 1, UnitAmount: 50, AccountCode: '200' }],
		});
		await xero.api('PUT', '/BankTransactions', {
			Type: 'RECEIVE-PREPAYMENT',
			Date: '2026-11-01',
			Contact: { Name: 'Harbour Cafe' },
			BankAccount: { Code: '090' },
			LineItems: [
				{ Description: 'Deposit', UnitAmount: 100, AccountCode: '620', TaxType: 'OUTPUT2' },
			],
		});
		const id = String(at(credit.json, 'CreditNotes', 0, 'CreditNoteID'));
		await xero.api('PUT', `/CreditNotes/${id}/Allocations`, {
			Allocations: [{ Amount: 60, Date: '2026-11-20', Invoice: { InvoiceID: invoiceId } }],
		});
		await xero.api('PUT', '/Payments', {
			Invoice: { InvoiceID: invoiceId },
			Account: { Code: '090' },
			Date: '2026-11-21',
			Amount: 60,
		});
		const books = await insightBooks(xero);
		const on = async (asOf: string) => {
			const { rows, tie } = await receivables(books, asOf);
			expect(tie.map(({ state }) => state)).toEqual(tie.map(() => 'agrees'));
			return rows.map(({ balance, current, credits, deposits, drafts }) => ({
				balance,
				current,
				credits,
				deposits,
				drafts,
			}));
		};
		const apart = { deposits: '120.00', drafts: '120.00' };
		expect(await on('2026-11-04')).toEqual([
			{ balance: '120.00', current: '120.00', credits: '0.00', ...apart },
		]);
		expect(await on('2026-11-19')).toEqual([
			{ balance: '60.00', current: '120.00', credits: '-60.00', ...apart },
		]);
		expect(await on('2026-11-20')).toEqual([
			{ balance: '60.00', current: '60.00', credits: '0.00', ...apart },
		]);
		expect(await on('2026-11-22')).toEqual([
			{ balance: '0.00', current: '0.00', credits: '0.00', ...apart },
		]);
	});

	it('says not checked without the scope of the report, and refuses where a list may not be read', async () => {
		const xero = new Session();
		await xero.api('PUT', '/Invoices', salesInvoice());
		const lists = [
			'accounting.invoices',
			'accounting.payments',
			'accounting.contacts',
			'accounting.settings',
		];
		const { rows, tie } = await receivables(
			await insightBooks(xero, undefined, lists),
			'2026-11-22',
		);
		expect(rows).toHaveLength(1);
		expect(tie[0]).toMatchObject({
			state: 'not checked',
			figure: null,
			why: expect.stringContaining('accounting.reports.balancesheet.read'),
		});
		const without = await insightBooks(
			xero,
			undefined,
			lists.filter((scope) => scope !== 'accounting.payments'),
		);
		await expect(receivables(without, '2026-11-22')).rejects.toMatchObject({
			fault: { cause: 'scopeMissing' },
		});
	});

	it('names the ledger beside what documents come to, where Xero revalues what is owed in euros', async () => {
		const xero = new Session();
		const rate = Number(xero.twin.organisation().info.value.exchangeRates.EUR);
		const euros = { CurrencyCode: 'EUR', LineAmountTypes: 'NoTax' };
		const line = { Description: 'Work', UnitAmount: 1000, AccountCode: '200' };
		const owed = async (CurrencyRate: number) =>
			await xero.api(
				'PUT',
				'/Invoices',
				salesInvoice({ ...euros, CurrencyRate, LineItems: [line] }),
			);
		await owed(rate * 1.1);
		const near = await receivables(await insightBooks(xero), '2026-11-22');
		const [tie] = near.tie;
		expect(tie).toMatchObject({ state: 'not checked', why: expect.stringContaining('revalues') });
		const [figure, difference] = [Number(tie?.figure), Number(tie?.difference)];
		expect(figure).toBeCloseTo(1000 / rate, 2);
		expect(near.summary).toContain(
			`Accounts Receivable in Xero's balance sheet has GBP ${figure.toFixed(2)}: the difference of GBP ${difference.toFixed(2)} may be Xero's revaluation of other currencies or not.`,
		);
		await owed(rate * 3);
		const far = await receivables(await insightBooks(xero), '2026-11-22');
		expect(far.tie[0]).toMatchObject({ state: 'differs', why: expect.stringContaining('likely') });
	});

	it('reads nothing twice for a second operation of the run', async () => {
		const xero = new Session();
		await xero.api('PUT', '/Invoices', salesInvoice());
		const books = await insightBooks(xero);
		const before = books.client.calls().reads;
		await receivables(books, '2026-11-22');
		const first = books.client.calls().reads;
		await receivables(books, '2026-11-22', { detail: 'documents' });
		expect(books.client.calls().reads).toBe(first);
		expect(first - before).toBe(7);
	});
});
