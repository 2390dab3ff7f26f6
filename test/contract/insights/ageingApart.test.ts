import { BUILD_TENANT_ID } from '../../../sandbox/xero/organisations';
import { receivables } from '../../support/ageing';
import { insightBooks } from '../../support/insightBooks';
import { at, salesInvoice, Session } from '../sandboxXeroSession';

/** What is apart from the balance, or never was in it. */

async function putInvoice(xero: Session, more: Record<string, unknown>): Promise<string> {
	const reply = await xero.api('PUT', '/Invoices', salesInvoice(more));
	expect(reply.status).toBe(200);
	return String(at(reply.json, 'Invoices', 0, 'InvoiceID'));
}

describe('retention', () => {
	const work = { Description: 'Work', UnitAmount: 1000, AccountCode: '200', TaxType: 'NONE' };
	const kept = (amount: number) => ({ ...work, UnitAmount: amount, AccountCode: '615' });

	async function builder(): Promise<Session> {
		const xero = new Session();
		xero.twin.person.addAccount({
			code: '615',
			name: 'Retentions Receivable',
			type: 'CURRENT',
			taxType: 'NONE',
		});
		await putInvoice(xero, { Date: '2026-06-01', LineItems: [work, kept(-50)] });
		await putInvoice(xero, { Date: '2026-07-01', LineItems: [work, kept(-30)] });
		await putInvoice(xero, { Date: '2026-11-01', DueDate: '2026-11-10', LineItems: [kept(40)] });
		await putInvoice(xero, { Date: '2026-11-02', Status: 'DRAFT', LineItems: [kept(40)] });
		return xero;
	}

	it('is apart and not late until it is released, and ties to its account', async () => {
		const books = await insightBooks(await builder());
		const on = async (asOf: string) => {
			const { rows, tie } = await receivables(books, asOf, { retentionAccount: '615' });
			expect(tie.map(({ state }) => state)).toEqual(['agrees', 'agrees', 'agrees']);
			return rows.map(({ balance, retention, late }) => ({ balance, retention, late }));
		};
		expect(await on('2026-06-30')).toEqual([
			{ balance: '950.00', retention: '50.00', late: '0.00' },
		]);
		expect(await on('2026-07-01')).toEqual([
			{ balance: '1920.00', retention: '80.00', late: '0.00' },
		]);
		expect(await on('2026-11-22')).toEqual([
			{ balance: '1960.00', retention: '40.00', late: '40.00' },
		]);
	});

	async function putCredit(xero: Session, more: Record<string, unknown>): Promise<void> {
		const reply = await xero.api('PUT', '/CreditNotes', {
			...salesInvoice(more),
			Type: 'ACCRECCREDIT',
			...more,
		});
		expect(reply.status).toBe(200);
	}

	it('is less by what a credit note takes back of it, from its own day, on both sides', async () => {
		const xero = await builder();
		await putCredit(xero, { Date: '2026-07-15', LineItems: [work, kept(-30)] });
		const books = await insightBooks(xero);
		const on = async (asOf: string) => {
			const { rows, tie } = await receivables(books, asOf, { retentionAccount: '615' });
			expect(tie.at(-1)).toMatchObject({ state: 'agrees', difference: '0.00' });
			return rows.map(({ balance, retention }) => ({ balance, retention }));
		};
		expect(await on('2026-07-14')).toEqual([{ balance: '1920.00', retention: '80.00' }]);
		expect(await on('2026-07-15')).toEqual([{ balance: '950.00', retention: '50.00' }]);
		const cost = { ...work, AccountCode: '310' };
		await putInvoice(xero, { Type: 'ACCPAY', Date: '2026-07-01', LineItems: [cost, kept(-50)] });
		await putCredit(xero, {
			Type: 'ACCPAYCREDIT',
			Date: '2026-07-02',
			LineItems: [{ ...cost, UnitAmount: 100 }, kept(-20)],
		});
		const suppliers = await receivables(await insightBooks(xero), '2026-07-31', {
			side: 'purchases',
			retentionAccount: '615',
		});
		expect(suppliers.rows).toMatchObject([{ retention: '30.00' }]);
	});

	it('says how far its account differs where a journal was made, and none without an account', async () => {
		const xero = await builder();
		await xero.api('PUT', '/ManualJournals', {
			Narration: 'Written off',
			Date: '2026-11-20',
			Status: 'POSTED',
			JournalLines: [
				{ LineAmount: -15, AccountCode: '615' },
				{ LineAmount: 15, AccountCode: '429', TaxType: 'NONE' },
			],
		});
		const books = await insightBooks(xero);
		const { tie } = await receivables(books, '2026-11-22', { retentionAccount: '615' });
		expect(tie.at(-1)).toMatchObject({
			against: "Retentions Receivable in Xero's balance sheet",
			figure: '25.00',
			ours: '40.00',
			difference: '-15.00',
			state: 'differs',
			why: expect.stringContaining('Journals'),
		});
		const { rows, notIn } = await receivables(books, '2026-11-22');
		expect(rows.map(({ retention }) => retention)).toEqual([null]);
		expect(notIn.join(' ')).toContain('Retention is not shown');
		await expect(
			receivables(books, '2026-11-22', { retentionAccount: '999' }),
		).rejects.toMatchObject({ name: 'InsightInputError', message: expect.stringContaining('999') });
	});

	it('that is kept back from suppliers ties to a liability', async () => {
		const xero = new Session();
		xero.twin.person.addAccount({
			code: '815',
			name: 'Retentions Payable',
			type: 'CURRLIAB',
			taxType: 'NONE',
		});
		const cost = { ...work, AccountCode: '310' };
		await putInvoice(xero, {
			Type: 'ACCPAY',
			LineItems: [cost, { ...cost, UnitAmount: -50, AccountCode: '815' }],
		});
		const { rows, tie } = await receivables(await insightBooks(xero), '2026-11-22', {
			side: 'purchases',
			retentionAccount: '815',
		});
		expect(rows).toMatchObject([{ balance: '950.00', retention: '50.00' }]);
		expect(tie.at(-1)).toMatchObject({ figure: '50.00', ours: '50.00', state: 'agrees' });
	});
});

describe('a credit note that is used with a day to come', () => {
	const refund = (CreditNoteID: string) =>
		['/Payments', { CreditNote: { CreditNoteID }, Account: { Code: '090' }, Amount: 120 }] as const;
	const allocation = (CreditNoteID: string, InvoiceID: string) =>
		[
			`/CreditNotes/${CreditNoteID}/Allocations`,
			{ Allocations: [{ Amount: 120, Date: '2026-12-28', Invoice: { InvoiceID } }] },
		] as const;

	it.each(['refund', 'allocation'])(
		'is open until its %s, however long ago that was entered',
		async (how) => {
			const xero = new Session();
			const InvoiceID = await putInvoice(xero, {});
			const note = { ...salesInvoice({}), Type: 'ACCRECCREDIT' };
			const made = await xero.api('PUT', '/CreditNotes', note);
			const id = String(at(made.json, 'CreditNotes', 0, 'CreditNoteID'));
			const [path, body] = how === 'refund' ? refund(id) : allocation(id, InvoiceID);
			const used = await xero.api('PUT', path, { ...body, Date: '2026-12-28' });
			expect(used.status).toBe(200);
			xero.clock.advance(20 * 86_400_000);
			const on = async (asOf: string) => {
				const { rows, tie } = await receivables(await insightBooks(xero), asOf);
				expect(tie.map(({ state }) => state)).toEqual(['agrees', 'agrees']);
				return rows.map(({ balance, credits }) => [balance, credits]);
			};
			expect(await on('2026-12-12')).toEqual([['0.00', '-120.00']]);
			expect(await on('2026-12-28')).toEqual(how === 'refund' ? [['120.00', '0.00']] : []);
		},
	);
});

describe('the Construction Industry Scheme', () => {
	it.each([
		['sales', 'ACCREC', '215'],
		['purchases', 'ACCPAY', '321'],
	] as const)(
		'leaves %s net of what is kept back, before and after they are paid',
		async (side, Type, AccountCode) => {
			const xero = new Session();
			xero.twin.configure({ cisAccountOnLine: 'taken' });
			xero.token = xero.twin.signIn({ tenantIds: [BUILD_TENANT_ID] }).access_token;
			const build = { 'xero-tenant-id': BUILD_TENANT_ID };
			const labour = salesInvoice({
				Type,
				LineItems: [{ Description: 'Bricklaying', UnitAmount: 1000, AccountCode }],
			});
			const made = await xero.api('PUT', '/Invoices', labour, build);
			await xero.api(
				'PUT',
				'/Payments',
				{
					Invoice: { InvoiceID: at(made.json, 'Invoices', 0, 'InvoiceID') },
					Account: { Code: '090' },
					Date: '2026-11-22',
					Amount: 1000,
				},
				build,
			);
			const books = await insightBooks(xero, BUILD_TENANT_ID);
			const on = async (asOf: string) => {
				const { rows, tie } = await receivables(books, asOf, { side, detail: 'documents' });
				expect(tie.map(({ state }) => state)).toEqual(tie.map(() => 'agrees'));
				return rows.map(({ total, open, baseOpen }) => [total, open, baseOpen]);
			};
			expect(await on('2026-11-21')).toEqual([['1000.00', '1000.00', '1000.00']]);
			expect(await on('2026-11-22')).toEqual([]);
		},
	);
});

describe('a credit note under the Construction Industry Scheme', () => {
	const build = { 'xero-tenant-id': BUILD_TENANT_ID };

	/** A credit note on labour, 100 of it put against an invoice on the day after its own. */
	async function credited(
		side: 'sales' | 'purchases',
		settings: { readonly cisOnCreditNotes: 'told' | 'untold'; readonly isLeftWhole: boolean },
	): Promise<Session> {
		const xero = new Session();
		const { cisOnCreditNotes } = settings;
		xero.twin.configure({ cisAccountOnLine: 'taken', cisOnCreditNotes });
		xero.token = xero.twin.signIn({ tenantIds: [BUILD_TENANT_ID] }).access_token;
		const [Type, AccountCode] = side === 'sales' ? ['ACCREC', '215'] : ['ACCPAY', '321'];
		const labour = (UnitAmount: number) => ({
			...salesInvoice({ Date: '2026-11-01' }),
			LineItems: [{ Description: 'Bricklaying', UnitAmount, AccountCode }],
		});
		const invoice = await xero.api('PUT', '/Invoices', { ...labour(1000), Type }, build);
		const note = { ...labour(500), Type: `${Type}CREDIT`, Date: '2026-11-10' };
		const made = await xero.api('PUT', '/CreditNotes', note, build);
		const id = String(at(made.json, 'CreditNotes', 0, 'CreditNoteID'));
		const InvoiceID = at(invoice.json, 'Invoices', 0, 'InvoiceID');
		const part = { Invoice: { InvoiceID }, Amount: 100, Date: '2026-11-11' };
		await xero.api('PUT', `/CreditNotes/${id}/Allocations`, { Allocations: [part] }, build);
		if (settings.isLeftWhole) leaveWhole(xero);
		return xero;
	}

	/** What is left of a credit note as Xero may have it too: without the deduction taken off. */
	function leaveWhole(xero: Session): void {
		answerOtherwise(xero, /"RemainingCredit":\s*400\b/, '"RemainingCredit":500');
	}

	function answerOtherwise(xero: Session, from: RegExp, to: string): void {
		const { fetch } = xero.twin.app;
		Object.assign(xero.twin.app, {
			fetch: async (request: Request) => {
				const answer = await fetch(request);
				if (!new URL(request.url).pathname.endsWith('/CreditNotes')) return answer;
				const text = (await answer.text()).replace(from, to);
				expect(text).toContain(to);
				return new Response(text, { headers: { 'content-type': 'application/json' } });
			},
		});
	}

	it.each([
		['sales', false],
		['sales', true],
		['purchases', false],
		['purchases', true],
	] as const)(
		'takes off net what it takes back of %s; left whole: %s',
		async (side, isLeftWhole) => {
			const xero = await credited(side, { cisOnCreditNotes: 'told', isLeftWhole });
			const books = await insightBooks(xero, BUILD_TENANT_ID);
			const on = async (asOf: string) => {
				const { rows, tie } = await receivables(books, asOf, { side, detail: 'documents' });
				expect(tie.map(({ state }) => state)).toEqual(tie.map(() => 'agrees'));
				return rows.map(({ total, open }) => `${String(total)} ${String(open)}`).sort();
			};
			expect(await on('2026-11-09')).toEqual(['1000.00 1000.00']);
			expect(await on('2026-11-10')).toEqual(['-500.00 -500.00', '1000.00 1000.00']);
			expect(await on('2026-11-22')).toEqual(['-500.00 -400.00', '1000.00 900.00']);
			const { notIn } = await receivables(books, '2026-11-22', { side });
			expect(notIn.join(' ')).not.toContain('Construction');
		},
	);

	it('counts whole where Xero tells no deduction, and says so', async () => {
		const xero = await credited('sales', { cisOnCreditNotes: 'untold', isLeftWhole: false });
		const books = await insightBooks(xero, BUILD_TENANT_ID);
		const { rows, tie, notIn } = await receivables(books, '2026-11-22');
		expect(rows).toMatchObject([{ balance: '400.00', credits: '-500.00' }]);
		expect(tie.map(({ state }) => state)).toEqual(tie.map(() => 'agrees'));
		expect(notIn).toContain(
			'Construction Industry Scheme: of 1 credit note on labour Xero tells no deduction, so it counts whole, GBP 500.00.',
		);
		expect((await receivables(books, '2026-11-09')).notIn.join(' ')).not.toContain('Construction');
		// Nothing kept back is told, too.
		answerOtherwise(xero, /"RemainingCredit"/, '"CISDeduction":0,"RemainingCredit"');
		const told = await receivables(await insightBooks(xero, BUILD_TENANT_ID), '2026-11-22');
		expect(told.rows).toMatchObject([{ balance: '400.00', credits: '-500.00' }]);
		expect(told.notIn.join(' ')).not.toContain('Construction');
	});
});

describe('deposits', () => {
	async function deposit(xero: Session, more: Record<string, unknown> = {}): Promise<string> {
		const reply = await xero.api('PUT', '/BankTransactions', {
			Type: 'RECEIVE-PREPAYMENT',
			Date: '2026-11-01',
			Contact: { Name: 'Harbour Cafe' },
			BankAccount: { Code: '090' },
			LineItems: [{ Description: 'Deposit', UnitAmount: 100, AccountCode: '817' }],
			...more,
		});
		expect(reply.status).toBe(200);
		return String(at(reply.json, 'BankTransactions', 0, 'PrepaymentID'));
	}

	function withAccount(): Session {
		const xero = new Session();
		xero.twin.person.addAccount({
			code: '817',
			name: 'Customer Deposits',
			type: 'CURRLIAB',
			taxType: 'OUTPUT2',
		});
		return xero;
	}

	const against = "Customer Deposits in Xero's balance sheet";

	it('tie to the account that they were coded to, without tax, until they are put against an invoice', async () => {
		const xero = withAccount();
		const id = await deposit(xero);
		const InvoiceID = await putInvoice(xero, { Date: '2026-11-01' });
		await xero.api('PUT', `/Prepayments/${id}/Allocations`, {
			Allocations: [{ Amount: 90, Date: '2026-11-20', Invoice: { InvoiceID } }],
		});
		const books = await insightBooks(xero);
		const tieOn = async (asOf: string) =>
			(await receivables(books, asOf)).tie.filter((one) => one.against === against);
		expect(await tieOn('2026-10-31')).toEqual([]);
		expect(await tieOn('2026-11-19')).toMatchObject([
			{ figure: '100.00', ours: '100.00', state: 'agrees' },
		]);
		expect(await tieOn('2026-11-20')).toMatchObject([
			{ figure: '25.00', ours: '25.00', state: 'agrees' },
		]);
	});

	it('differ where something else is on their account, and have no balance on one of profit and loss', async () => {
		const xero = withAccount();
		await deposit(xero);
		await deposit(xero, {
			LineItems: [{ Description: 'Deposit', UnitAmount: 40, AccountCode: '200' }],
		});
		await putInvoice(xero, {
			LineItems: [{ Description: 'Deposit', UnitAmount: 30, AccountCode: '817' }],
		});
		const { tie } = await receivables(await insightBooks(xero), '2026-11-22');
		expect(tie.slice(-2)).toMatchObject([
			{
				against,
				figure: '130.00',
				ours: '100.00',
				difference: '30.00',
				state: 'differs',
				why: expect.stringContaining('lines of invoices'),
			},
			{ figure: null, ours: '40.00', state: 'not checked', why: expect.stringContaining('Sales') },
		]);
	});
});
