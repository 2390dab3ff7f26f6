import { decimal } from '../../../lib/money';
import type { Insight } from '../../../lib/insights/insight';
import { resolveSettings } from '../../../lib/insights/knackTable/tableSettings';
import { writeInsight } from '../../../lib/insights/knackTable/writeInsight';
import type { OnStopInput } from '../../../lib/insights/onStop/input';
import { reckonOnStop } from '../../../lib/insights/onStop/onStop';
import { booksOf } from '../../support/jobBooks';
import { knackInMemory } from '../../support/knackInMemory';
import { frozenSandbox } from '../../support/xeroInMemory';

/** Four customers: within the limit, over it, late, and one that Xero does not have. */
async function merchant() {
	const sandbox = frozenSandbox();
	const { knack } = sandbox;
	const pounds = { type: 'currency', format: { format: '£' } } as const;
	knack.addTable({
		name: 'Customers',
		singular: 'Customer',
		identifier: 'Name',
		fields: [
			{ name: 'Name', type: 'short_text' },
			{ name: 'Limit', ...pounds },
			{ name: 'Unbilled', ...pounds },
		],
	});
	knack.seedRecords('Customers', [
		{ Name: 'Ash Ltd', Limit: '1000', Unbilled: '300' },
		{ Name: 'Birch Ltd', Limit: '500' },
		{ Name: 'Cedar Ltd' },
		{ Name: 'Elm Ltd', Limit: '100' },
	]);
	const books = await booksOf(sandbox);
	let keys = 0;
	const put = async (path: string, body: object) => {
		const idempotencyKey = `merchant ${(keys += 1)}`;
		const answer = await books.client.write({
			method: 'PUT',
			path: `/${path}`,
			body,
			idempotencyKey,
		});
		expect(answer.kind).toBe('accepted');
	};
	const invoice = async (name: string, amount: number, dueDate: string) => {
		await put('Invoices', {
			Type: 'ACCREC',
			Contact: { Name: name },
			Date: '2026-08-01',
			DueDate: dueDate,
			Status: 'AUTHORISED',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Goods', Quantity: 1, UnitAmount: amount, AccountCode: '200' }],
		});
	};
	await invoice('Ash Ltd', 400, '2026-12-01');
	await invoice('Birch Ltd', 500.01, '2026-12-01');
	await invoice('Cedar Ltd', 80, '2026-09-01');
	const deposit = async (name: string, amount: number) => {
		await put('BankTransactions', {
			Type: 'RECEIVE-PREPAYMENT',
			Contact: { Name: name },
			Date: '2026-11-01',
			BankAccount: { Code: '090' },
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Deposit', Quantity: 1, UnitAmount: amount, AccountCode: '620' }],
		});
	};
	const reckon = async (
		more: Partial<OnStopInput> = {},
		scopes?: readonly string[],
	): Promise<Insight> =>
		await reckonOnStop(await booksOf(sandbox, scopes), {
			day: books.today,
			source: { client: knackInMemory(sandbox), table: 'Customers' },
			fields: { limit: 'Limit', unbilled: 'Unbilled' },
			mostDaysLate: 60,
			stoppedAlone: false,
			...more,
		});
	return { reckon, deposit, invoice, sandbox };
}

function told({ rows }: Insight) {
	return rows.map(({ customer, onStop, exposure }) => [customer, onStop, exposure]);
}

describe('on stop', () => {
	it('is who is over the limit or too late, and nobody knows of whom Xero does not have', async () => {
		const { reckon } = await merchant();
		const insight = await reckon();
		expect(told(insight)).toEqual([
			['Ash Ltd', false, '700.00'],
			['Birch Ltd', true, '500.01'],
			['Cedar Ltd', true, '80.00'],
			['Elm Ltd', null, null],
		]);
		expect(insight.rows.map(({ why }) => why)).toEqual([
			null,
			'GBP 500.01 is over the limit of GBP 500.00.',
			'GBP 80.00 is more than 60 days late.',
			'Xero has no such contact.',
		]);
		expect(insight.summary).toContain('2 of 4 customers are on stop');
		const alone = await reckon({ stoppedAlone: true });
		expect(told(alone).map(([customer]) => customer)).toEqual(['Birch Ltd', 'Cedar Ltd']);
		expect(alone.summary).toBe(insight.summary);
	});

	it('counts this order for the customer who gives it', async () => {
		const { reckon } = await merchant();
		const within = await reckon({ customer: 'ash ltd', order: decimal('300') });
		expect(told(within)).toEqual([['Ash Ltd', false, '1000.00']]);
		const over = await reckon({ customer: 'Ash Ltd', order: decimal('300.01') });
		expect(told(over)).toEqual([['Ash Ltd', true, '1000.01']]);
		await expect(reckon({ customer: 'Oak Ltd' })).rejects.toThrow(
			'no record for the customer Oak Ltd',
		);
	});

	it('adds nobody up whose number is the name of another', async () => {
		const { reckon, invoice, sandbox } = await merchant();
		sandbox.xero.seedContacts([{ name: 'Fir Ltd', contactNumber: 'Ash Ltd' }]);
		await invoice('Fir Ltd', 9_000, '2026-12-01');
		const ash = await reckon({ customer: 'Ash Ltd' });
		expect(told(ash)).toEqual([['Ash Ltd', false, '700.00']]);
	});

	it('knows what a customer owes whose contact was merged into another, and again', async () => {
		const { reckon, invoice, sandbox } = await merchant();
		const { person } = sandbox.xero;
		await invoice('Birch Holdings Ltd', 0.5, '2026-12-01');
		await invoice('Birch Group Ltd', 0.25, '2026-12-01');
		const idOf = (name: string) =>
			String(person.contacts().find((one) => one.Name === name)?.ContactID);
		const before = await reckon({ customer: 'Birch Ltd' });
		person.mergeContacts(idOf('Birch Ltd'), idOf('Birch Holdings Ltd'));
		person.mergeContacts(idOf('Birch Holdings Ltd'), idOf('Birch Group Ltd'));
		expect(told(before)).toEqual([['Birch Ltd', true, '500.01']]);
		const after = await reckon({ customer: 'Birch Ltd' });
		expect(told(after)).toEqual([['Birch Ltd', true, '500.76']]);
		// Another one has the name now.
		sandbox.xero.seedContacts([{ name: 'Birch Ltd' }]);
		expect(told(await reckon({ customer: 'Birch Ltd' }))).toEqual([['Birch Ltd', false, '0.00']]);
	});

	it('ends though contacts are said to be merged into one another', async () => {
		const { reckon, invoice, sandbox } = await merchant();
		const { person } = sandbox.xero;
		await invoice('Birch Holdings Ltd', 0.5, '2026-12-01');
		const [birch = '', holdings = ''] = ['Birch Ltd', 'Birch Holdings Ltd'].map((name) =>
			String(person.contacts().find((one) => one.Name === name)?.ContactID),
		);
		person.mergeContacts(birch, holdings);
		person.mergeContacts(holdings, birch);
		expect(told(await reckon({ customer: 'Birch Ltd' }))).toEqual([['Birch Ltd', true, '500.51']]);
	});

	it('takes off what was paid in advance', async () => {
		const { reckon, deposit } = await merchant();
		await deposit('Birch Ltd', 0.01);
		await deposit('Cedar Ltd', 80);
		expect(told(await reckon()).slice(1, 3)).toEqual([
			['Birch Ltd', false, '500.00'],
			['Cedar Ltd', false, '0.00'],
		]);
	});

	it('leaves no reason in Knack for who is off stop again, though nobody is on it', async () => {
		const { reckon, deposit, sandbox } = await merchant();
		sandbox.knack.addTable({
			name: 'Stops',
			fields: ['Key', 'Why'].map((name) => ({ name, type: 'short_text' as const })),
		});
		const knack = knackInMemory(sandbox);
		const table = (await knack.app()).tables.find(({ name }) => name === 'Stops');
		if (!table) throw new Error('The table is not there.');
		const write = async () => {
			const insight = await reckon({ customer: 'Birch Ltd' });
			const chosen = { keyColumns: [], fields: [], gone: 'leave' } as const;
			await writeInsight(knack, table, insight, resolveSettings(insight, table, chosen));
			return sandbox.knack.recordIds('Stops').map((id) => sandbox.knack.shown('Stops', id).Why);
		};
		expect(await write()).toEqual(['GBP 500.01 is over the limit of GBP 500.00.']);
		await deposit('Birch Ltd', 0.01);
		expect(await write()).toEqual(['']);
	});

	it('lets lateness be where it is not asked for, and a day at the edge', async () => {
		const { reckon } = await merchant();
		const of = async (mostDaysLate: number | undefined) =>
			(await reckon({ customer: 'Cedar Ltd', mostDaysLate })).rows[0]?.onStop;
		expect(await of(undefined)).toBe(false);
		// Due on 1 September, looked at on 22 November.
		expect(await of(82)).toBe(false);
		expect(await of(81)).toBe(true);
	});

	it('says that it cannot tell who is unknown where contacts may not be read', async () => {
		const { reckon } = await merchant();
		const scopes = ['accounting.settings', 'accounting.invoices', 'accounting.payments'];
		const { rows, notIn } = await reckon({}, scopes);
		expect(rows[1]?.onStop).toBe(true);
		expect(notIn.join(' ')).toContain('Contacts could not be read');
	});
});
