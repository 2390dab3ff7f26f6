import { reckonTieOut } from '../../../lib/insights/tieOut/tieOut';
import type { TieOutInput } from '../../../lib/insights/tieOut/input';
import type { Insight } from '../../../lib/insights/insight';
import { booksOf } from '../../support/jobBooks';
import { knackInMemory } from '../../support/knackInMemory';
import { frozenSandbox } from '../../support/xeroInMemory';

/** Three deposits in Knack, and what Xero holds of them on Prepayments (620). */
async function deposits(ofXero: readonly (readonly [contact: string, amount: number])[]) {
	const sandbox = frozenSandbox();
	const { knack } = sandbox;
	knack.addTable({
		name: 'Deposits',
		singular: 'Deposit',
		identifier: 'Name',
		fields: [
			{ name: 'Name', type: 'short_text' },
			{ name: 'Customer', type: 'short_text' },
			{ name: 'Held', type: 'currency', format: { format: '£' } },
			{ name: 'Open', type: 'boolean', default: true, format: { format: 'yes_no' } },
		],
	});
	knack.seedRecords('Deposits', [
		{ Name: 'D1', Customer: 'Ash Ltd', Held: '100.00', Open: true },
		{ Name: 'D2', Customer: 'Birch Ltd', Held: '250.50', Open: true },
		{ Name: 'D3', Customer: 'Cedar Ltd', Held: '75.25', Open: true },
		{ Name: 'D4', Customer: 'Cedar Ltd', Held: '10.00', Open: false },
	]);
	const books = await booksOf(sandbox);
	for (const [contact, amount] of ofXero) {
		const answer = await books.client.write({
			method: 'PUT',
			path: '/BankTransactions',
			idempotencyKey: `${contact} ${amount}`,
			body: {
				Type: 'RECEIVE-PREPAYMENT',
				Contact: { Name: contact },
				Date: '2026-11-10',
				BankAccount: { Code: '090' },
				LineAmountTypes: 'NoTax',
				LineItems: [
					{ Description: 'Deposit', Quantity: 1, UnitAmount: amount, AccountCode: '620' },
				],
			},
		});
		expect(answer.kind).toBe('accepted');
	}
	const tieOut = async (
		more: Partial<TieOutInput> = {},
		scopes?: readonly string[],
	): Promise<Insight> =>
		await reckonTieOut(await booksOf(sandbox, scopes), {
			day: books.today,
			source: {
				client: knackInMemory(sandbox),
				table: 'Deposits',
				filters: () => ({
					ok: true,
					value: { match: 'and', rules: [{ field: 'field_4', operator: 'is', value: true }] },
				}),
			},
			amount: 'Held',
			account: '620',
			// An account of assets in this chart, so that deposits of customers are shown below zero.
			isReversed: true,
			...more,
		});
	return Object.assign(tieOut, { sandbox });
}

describe('tie-out', () => {
	it('agrees where every record is on the account', async () => {
		const tieOut = await deposits([
			['Ash Ltd', 100],
			['Birch Ltd', 250.5],
			['Cedar Ltd', 75.25],
		]);
		const { tie, summary } = await tieOut();
		expect(tie).toEqual([
			{
				against: "Prepayments (620) in Xero's balance sheet, with the other sign",
				currency: 'GBP',
				figure: '425.75',
				ours: '425.75',
				difference: '0.00',
				state: 'agrees',
			},
		]);
		expect(summary).toContain('3 records of Deposits come to GBP 425.75 in Knack');
		expect(summary).toContain('they agree, difference 0.00');
	});

	it('says by how much it differs, with the record that explains it first', async () => {
		const tieOut = await deposits([
			['Ash Ltd', 100],
			['Cedar Ltd', 75.25],
		]);
		const { tie, rows } = await tieOut();
		expect(tie[0]).toMatchObject({ difference: '-250.50', state: 'differs' });
		expect(rows.map(({ record, amount, explains }) => [record, amount, explains])).toEqual([
			['D2', '250.50', 'Without it the two agree.'],
			['D1', '100.00', null],
			['D3', '75.25', null],
		]);
	});

	it('puts contacts side by side, the largest difference first', async () => {
		const tieOut = await deposits([
			['Ash Ltd', 100],
			['Birch Ltd', 205.5],
			['Elm Ltd', 30],
		]);
		const { rows } = await tieOut({ match: { by: 'contact', field: 'Customer' } });
		expect(
			rows.map(({ name, knack, xero, difference }) => [name, knack, xero, difference]),
		).toEqual([
			['Cedar Ltd', '75.25', '0.00', '-75.25'],
			['Birch Ltd', '250.50', '205.50', '-45.00'],
			['Elm Ltd', '0.00', '30.00', '30.00'],
			['Ash Ltd', '100.00', '100.00', '0.00'],
		]);
	});

	it('refuses an account of profit and loss, one that is not there, and a field without numbers', async () => {
		const tieOut = await deposits([]);
		await expect(tieOut({ account: '200' })).rejects.toThrow(/profit and loss/);
		await expect(tieOut({ account: '999' })).rejects.toThrow('Xero has no account 999');
		await expect(tieOut({ amount: 'Customer' })).rejects.toThrow('"Ash Ltd", which is no number');
		await expect(tieOut({ amount: 'Hold' })).rejects.toThrow('Hold');
	});

	it('is not checked without the scope, rather than taken for a balance of nothing', async () => {
		const tieOut = await deposits([['Ash Ltd', 100]]);
		const { tie, summary } = await tieOut({}, ['accounting.settings']);
		expect(tie[0]).toMatchObject({ figure: null, difference: null, state: 'not checked' });
		expect(summary).toContain("not checked against Xero's ledger");
	});

	it('takes a bank account that is overdrawn for what it is below zero, though the sheet has it among what is owed', async () => {
		const tieOut = await deposits([]);
		const books = await booksOf(tieOut.sandbox);
		const spent = await books.client.write({
			method: 'PUT',
			path: '/BankTransactions',
			idempotencyKey: 'overdrawn',
			body: {
				Type: 'SPEND',
				Contact: { Name: 'Merchant' },
				Date: '2026-11-10',
				BankAccount: { Code: '091' },
				LineAmountTypes: 'NoTax',
				LineItems: [{ Description: 'Van', Quantity: 1, UnitAmount: 400, AccountCode: '429' }],
			},
		});
		expect(spent.kind).toBe('accepted');
		const { tie } = await tieOut({ account: '091', isReversed: false });
		expect(tie[0]).toMatchObject({ figure: '-400.00', ours: '425.75', difference: '-825.75' });
		const reversed = await tieOut({ account: '091', match: { by: 'contact', field: 'Customer' } });
		expect(reversed.tie[0]).toMatchObject({ figure: '400.00' });
		expect(reversed.rows.filter(({ name }) => name === 'Merchant')).toEqual([]);
	});
});
