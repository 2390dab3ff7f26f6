import Big from 'big.js';
import { calendarDate, type CalendarDate } from '../../../lib/dates';
import { reckonStatements } from '../../../lib/insights/customerStatement/customerStatement';
import type { StatementInput } from '../../../lib/insights/customerStatement/input';
import type { Insight } from '../../../lib/insights/insight';
import type { Books } from '../../../lib/insights/reading/books';
import { Random } from '../../prove/random';
import { insightBooks } from '../../support/insightBooks';
import { booksOf } from '../../support/jobBooks';
import { knackInMemory } from '../../support/knackInMemory';
import { frozenSandbox } from '../../support/xeroInMemory';
import { RandomBooks } from '../sandboxXeroRandomBooks';
import { openOfContacts, readBooks } from '../sandboxXeroReports';

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

async function statements(books: Books, more: Partial<StatementInput> = {}): Promise<Insight> {
	return await reckonStatements(books, {
		day: books.today,
		kind: 'openItems',
		detail: 'customers',
		contacts: [],
		chasedAlone: false,
		paymentLinks: false,
		...more,
	});
}

describe('customer statements of random books', () => {
	it.each([11, 12, 13, 14])('end with what each customer owes, seed %i', async (seed) => {
		const kept = new RandomBooks(new Random(seed));
		await kept.keep(60);
		const books = await insightBooks(kept.session);
		const held = await readBooks(kept.session);
		for (let turn = 0; turn < 5; turn += 1) {
			const [from = '', to = ''] = [kept.anyDay(), kept.anyDay()].sort();
			const theirs = openOfContacts(held, 'sales', to);
			for (const kind of ['openItems', 'activity'] as const) {
				const asked = { kind, from: day(from), day: day(to) };
				const { rows } = await statements(books, { ...asked, detail: 'lines' });
				const last = new Map(
					rows.map(({ contactId, currency, balance }) => [
						`${String(contactId)} ${String(currency)}`,
						new Big(String(balance)),
					]),
				);
				// A customer to whom nothing happened has no line of activity.
				const shown = [...last].filter(([, balance]) => !balance.eq(0));
				const ours = shown.map(([key, balance]) => `${key} ${balance.toFixed(2)}`).sort();
				expect(ours).toEqual(
					theirs.filter((one) => last.has(one.split(' ').slice(0, 2).join(' '))),
				);
				if (kind === 'openItems') expect(ours).toEqual(theirs);
			}
		}
	});
});

/** A customer with three invoices that are late, a deposit, and a name that is markup. */
async function chased() {
	const sandbox = frozenSandbox();
	const books = await booksOf(sandbox);
	let keys = 0;
	const put = async (path: string, body: object) => {
		const idempotencyKey = `chased ${(keys += 1)}`;
		const answer = await books.client.write({
			method: 'PUT',
			path: `/${path}`,
			body,
			idempotencyKey,
		});
		expect(answer.kind).toBe('accepted');
	};
	const contact = { Name: 'Ash & "Sons" Ltd', EmailAddress: 'pay@example.com' };
	await put('Contacts', contact);
	const invoice = async (number: string, amount: number, dueDate: string, more: object = {}) => {
		await put('Invoices', {
			Type: 'ACCREC',
			Contact: { Name: contact.Name },
			InvoiceNumber: number,
			Date: '2026-09-01',
			DueDate: dueDate,
			Status: 'AUTHORISED',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: amount, AccountCode: '200' }],
			...more,
		});
	};
	await invoice('INV-1', 100, '2026-09-30');
	await invoice('INV-2 <img>', 200, '2026-10-15');
	await invoice('INV-3', 400, '2026-10-31', { ExpectedPaymentDate: '2026-12-01' });
	await invoice('INV-4', 800, '2026-12-15');
	await put('BankTransactions', {
		Type: 'RECEIVE-PREPAYMENT',
		Contact: { Name: contact.Name },
		Date: '2026-11-01',
		BankAccount: { Code: '090' },
		LineAmountTypes: 'NoTax',
		LineItems: [{ Description: 'Deposit', Quantity: 1, UnitAmount: 30, AccountCode: '620' }],
	});
	const { knack } = sandbox;
	knack.addTable({
		name: 'Invoices',
		singular: 'Invoice',
		identifier: 'Number',
		fields: [
			{ name: 'Number', type: 'short_text' },
			{ name: 'Disputed', type: 'boolean', default: false, format: { format: 'yes_no' } },
			{
				name: 'Promised',
				type: 'date_time',
				format: { date_format: 'dd/mm/yyyy', time_format: 'Ignore Time', default_type: 'none' },
			},
		],
	});
	return { sandbox, books };
}

describe('customer statements', () => {
	it('chases what is late, less the deposit, and not what is promised', async () => {
		const { books } = await chased();
		const { rows, summary, tie } = await statements(books);
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({
			contact: 'Ash & "Sons" Ltd',
			email: 'pay@example.com',
			balance: '1500.00',
			current: '800.00',
			late1: '400.00',
			late2: '300.00',
			deposits: '30.00',
			promised: '400.00',
			toChase: '270.00',
			chase: true,
			chasedOn: '2026-11-22',
			daysLate: 53,
		});
		expect(summary).toBe('1 statement as of 22 November 2026; 1 to chase, for GBP 270.00.');
		expect(tie[0]).toMatchObject({ state: 'agrees', difference: '0.00' });
	});

	it('lists those to chase alone where that is asked for, and counts all', async () => {
		const { sandbox, books } = await chased();
		sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			InvoiceNumber: 'INV-9',
			Contact: { Name: 'Birch Ltd' },
			Date: '2026-11-20',
			DueDate: '2026-12-20',
			Status: 'AUTHORISED',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 5, AccountCode: '200' }],
		});
		const all = await statements(books);
		expect(all.rows).toHaveLength(2);
		const alone = await statements(books, { chasedAlone: true });
		expect(alone.rows.map(({ contact }) => contact)).toEqual(['Ash & "Sons" Ltd']);
		expect(alone.summary).toBe(all.summary);
	});

	it('leaves out what Knack says is disputed or promised, and nothing whose promise has passed', async () => {
		const { sandbox, books } = await chased();
		sandbox.knack.seedRecords('Invoices', [
			{ Number: 'inv-1', Disputed: true },
			{ Number: 'INV-2 <img>', Promised: '21/11/2026' },
		]);
		const promises = {
			source: { client: knackInMemory(sandbox), table: 'Invoices' },
			invoice: 'Number',
			disputed: 'Disputed',
			promised: 'Promised',
		};
		const { rows } = await statements(books, { promises });
		expect(rows[0]).toMatchObject({ disputed: '100.00', promised: '400.00', toChase: '170.00' });
	});

	it.each([false, true])(
		'chases nothing disputed that is promised too; promise first: %s',
		async (isFirst) => {
			const { sandbox, books } = await chased();
			const { rows: lines } = await statements(books, { detail: 'lines' });
			const id = lines.find(({ number }) => number === 'INV-2 <img>')?.documentId;
			const promised = [
				{ Number: 'INV-1', Promised: '01/12/2026' },
				{ Number: id, Promised: '02/12/2026' },
			];
			const disputed = [
				{ Number: 'inv-1', Disputed: true },
				{ Number: 'INV-2 <img>', Disputed: true, Promised: '03/12/2026' },
			];
			const records = isFirst ? [...promised, ...disputed] : [...disputed, ...promised];
			sandbox.knack.seedRecords('Invoices', records);
			const { rows } = await statements(books, {
				promises: {
					source: { client: knackInMemory(sandbox), table: 'Invoices' },
					invoice: 'Number',
					disputed: 'Disputed',
					promised: 'Promised',
				},
			});
			expect(rows[0]).toMatchObject({ disputed: '300.00', promised: '400.00', toChase: '0.00' });
		},
	);

	it('escapes every text of the HTML, and has no script', async () => {
		const { books } = await chased();
		const { rows } = await statements(books, { paymentLinks: true });
		const html = String(rows[0]?.html);
		expect(html).toContain('Ash &amp; &quot;Sons&quot; Ltd');
		expect(html).toContain('INV-2 &lt;img&gt;');
		expect(html).not.toMatch(/<img|<script|<style/);
		expect(html).toContain('We hold GBP 30.00 of deposits');
		expect(html.match(/View and pay/g)).toHaveLength(2);
	});

	it('shows activity from what was owed before', async () => {
		const { books } = await chased();
		const asked = {
			kind: 'activity',
			from: day('2026-10-01'),
			contacts: ['ash & "sons" ltd'],
		} as const;
		const { rows } = await statements(books, asked);
		expect(String(rows[0]?.html)).toContain('Owed before');
		expect(rows[0]?.balance).toBe('1500.00');
		const nobody = await statements(books, { contacts: ['Nobody'] });
		expect(nobody.rows).toEqual([]);
	});

	it('goes without addresses where the connection may not read contacts, and says so', async () => {
		const { sandbox } = await chased();
		const scopes = ['accounting.settings', 'accounting.invoices', 'accounting.payments'];
		const { rows, notIn } = await statements(await booksOf(sandbox, scopes));
		expect(rows[0]?.email).toBeNull();
		expect(notIn.join(' ')).toContain('E-mail addresses could not be read');
	});
});
