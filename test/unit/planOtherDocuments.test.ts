import type { Draft } from '../../lib/sync/draft';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { order, planOf, posted, said } from './planFixtures';
import { SETTINGS } from './syncFixtures';

/** Documents beside invoices, of which Xero lets other things be changed. */

const SOURCE = { table: 'object_1', knackRecordId: 'r1' };
const WINS = { options: { accountantEdits: 'knackWins' } } as const;

function draftOf(type: string, fields: FieldValues, lines: readonly FieldValues[]): Draft {
	return {
		type,
		itemIndexes: [0],
		fields,
		lines: lines.map((each) => ({ fields: each })),
		source: SOURCE,
		issues: [],
	};
}

const without = (draft: Draft, ...paths: readonly string[]): Draft => ({
	...draft,
	fields: Object.fromEntries(
		Object.entries(draft.fields).filter(([path]) => !paths.includes(path)),
	),
});

const told = (...given: Parameters<typeof planOf>) =>
	planOf(...given).issues.map(({ code, message }) => [code, message]);

describe('the plan of a manual journal', () => {
	const DEBIT: FieldValues = { description: 'Roof', lineAmount: '120.10', accountCode: '429' };
	const CREDIT: FieldValues = { description: 'Wages', lineAmount: '-120.10', accountCode: '200' };
	const journal = (fields: FieldValues = {}, lines: readonly FieldValues[] = [DEBIT, CREDIT]) =>
		draftOf('manualJournal', { narration: 'Labour to jobs', date: '2026-11-20', ...fields }, lines);

	it('is made where debits and credits are equal', () => {
		const plan = planOf(journal(), undefined);
		expect(plan).toMatchObject({ action: 'create', issues: [] });
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.amounts?.total.toString()).toBe('120.1');
		expect(plan.amounts).not.toHaveProperty('imbalance');
		expect(plan.element()).toMatchObject({
			Status: 'DRAFT',
			JournalLines: [{ LineAmount: 120.1 }, { LineAmount: -120.1 }],
		});
	});

	it('is not made where they differ by a cent, and both sums are told', () => {
		const lines = [DEBIT, { ...CREDIT, lineAmount: '-120.09' }];
		const plan = planOf(journal({}, lines), undefined);
		expect(plan.action).toBe('stop');
		expect(plan.issues).toMatchObject([
			{
				code: 'XERO_NOT_BALANCED',
				field: 'total',
				message:
					'The debits come to 120.10 and the credits to 120.09; in a manual journal both have to be equal.',
			},
		]);
	});

	it('counts tax on top of amounts without it, and within those that have it', () => {
		const taxed = { ...DEBIT, lineAmount: '100', taxType: 'INPUT2' };
		const lines = (credit: string) => [taxed, { ...CREDIT, lineAmount: credit, taxType: 'NONE' }];
		const totalOf = (lineAmountTypes: string, credit: string) => {
			const plan = planOf(journal({ lineAmountTypes }, lines(credit)), undefined);
			return plan.action === 'create' ? plan.amounts?.total.toString() : said(plan);
		};
		expect(totalOf('Exclusive', '-120')).toBe('120');
		expect(totalOf('Inclusive', '-100')).toBe('100');
		expect(totalOf('Inclusive', '-120')).toBe('stop XERO_NOT_BALANCED');
	});

	it('is held against the total that Knack gives, which is that of the debits', () => {
		expect(planOf(journal({ expectedTotal: '120.10' }), undefined).issues).toEqual([]);
		expect(told(journal({ expectedTotal: '120' }), undefined)).toEqual([
			['XERO_TOTAL_DIFFERS', 'Knack says 120, but the lines come to 120.10, with tax 120.10.'],
		]);
	});

	it('has to be found again, by its link or by the id of the record in its narration', () => {
		const linkless = { options: { sourceLink: false } } as const;
		const [issue, ...others] = planOf(journal(), undefined, linkless).issues;
		expect(others).toEqual([]);
		expect(issue).toMatchObject({
			code: 'XERO_IDENTITY_MISSING',
			field: 'narration',
			message:
				'A manual journal has no number in Xero, and this one would bear no link to its record, so running it again could post it twice.',
		});
		expect(planOf(journal({ narration: 'Labour, r1' }), undefined, linkless).issues).toEqual([]);
		const anonymous = { ...journal({ narration: 'undefined' }), source: {} };
		expect(told(anonymous, undefined).map(([code]) => code)).toEqual(['XERO_IDENTITY_MISSING']);
		// What has a number is found by that.
		expect(planOf(order(), undefined, linkless).issues).toEqual([]);
	});

	it('loses what the record has dropped with every change, since its lines have no ids', () => {
		const untaxed = { LineAmountTypes: 'NoTax' };
		const there = posted(journal({}, [DEBIT, CREDIT]), untaxed);
		const moved = journal({}, [{ ...DEBIT, accountCode: '835' }, CREDIT]);
		expect(said(planOf(moved, there))).toBe('update lineItems[0].accountCode');
		const three = posted(
			journal({}, [DEBIT, CREDIT, { ...DEBIT, lineAmount: '5' }, { ...CREDIT, lineAmount: '-5' }]),
			untaxed,
		);
		const plan = planOf(journal(), three, WINS);
		expect(said(plan)).toBe('update lineItems lineItems');
		if (plan.action === 'update') expect(plan.element().JournalLines).toHaveLength(2);
	});
});

describe('the plan of a bank transaction', () => {
	const SCREWS: FieldValues = {
		description: 'Screws',
		quantity: '3',
		unitAmount: '12.5',
		accountCode: '429',
		taxType: 'INPUT2',
	};
	const money = (fields: FieldValues = {}, line: FieldValues = {}) =>
		draftOf(
			'bankTransaction',
			{
				type: 'SPEND',
				'contact.name': 'Acme Limited',
				'bankAccount.code': '090',
				date: '2026-11-20',
				reference: 'CARD-1',
				...fields,
			},
			[{ ...SCREWS, ...line }],
		);

	it('is in the currency of its bank account', () => {
		const accounts = SETTINGS.accounts.map((each) =>
			each.code === '090' ? { ...each, currencyCode: 'EUR' } : each,
		);
		const currencyOf = (draft: Draft) => {
			const plan = planOf(draft, undefined, { settings: { ...SETTINGS, accounts } });
			return plan.action === 'create' ? plan.amounts?.currency : said(plan);
		};
		expect(currencyOf(money())).toBe('EUR');
		expect(currencyOf(money({ 'bankAccount.code': '835' }))).toBe('GBP');
		expect(currencyOf(without(money(), 'bankAccount.code'))).toBe('GBP');
	});

	it('names kind, account and contact with every change, as Xero wants them', () => {
		const plan = planOf(money({}, { unitAmount: '13' }), posted(money()));
		if (plan.action !== 'update') throw new Error(said(plan));
		expect(plan.element()).toMatchObject({
			Type: 'SPEND',
			BankAccount: { Code: '090' },
			Contact: { ContactID: 'acme' },
		});
	});

	it('changes nothing of what is reconciled', () => {
		const reconciled = posted(money(), { IsReconciled: true });
		expect(said(planOf(money(), reconciled))).toBe('keep');
		expect(planOf(money({}, { unitAmount: '13' }), reconciled)).toMatchObject({
			action: 'stop',
			issues: [
				{
					code: 'XERO_CLOSED_DOCUMENT_EDIT',
					field: 'lineItems[0].unitAmount',
					message: 'CARD-1 is reconciled in Xero and cannot be changed.',
				},
			],
		});
		expect(planOf(money({}, { unitAmount: '13' }), posted(money())).action).toBe('update');
	});

	it.each<[string, FieldValues, string]>([
		[
			'kind',
			{ type: 'RECEIVE' },
			'CARD-1 has Kind "SPEND" in Xero, not "RECEIVE", and Xero never changes that.',
		],
		[
			'account',
			{ 'bankAccount.code': '835' },
			'CARD-1 has Bank Account "090" in Xero, not "835", and Xero never changes that.',
		],
	])('never changes its %s', (_what, fields, message) => {
		const plan = planOf(money(fields), posted(money()));
		expect(plan).toMatchObject({
			action: 'stop',
			issues: [{ code: 'XERO_CANNOT_BE_CHANGED', message }],
		});
		expect(plan.issues[0]?.fix).toContain('without the id that this one keeps');
	});

	it.each(['draft', 'firstOpenDay'] as const)(
		'waits while its day is closed, since the bank has no other (%s)',
		(lateDocuments) => {
			const late = { options: { lateDocuments } };
			const closed = money({ date: '2026-03-31' });
			expect(said(planOf(closed, undefined, late))).toBe('stop XERO_PERIOD_LOCKED');
			const recorded = money({ date: '2026-03-31', status: 'AUTHORISED' });
			expect(said(planOf(recorded, undefined, late))).toBe('stop XERO_PERIOD_LOCKED');
		},
	);

	it('is no draft for accounts that Xero takes on its screen alone, as it never is one', () => {
		const labour = money({}, { accountCode: '321' });
		const plan = planOf(labour, undefined, { options: { cisLines: 'draft' } });
		expect(said(plan)).toBe('stop XERO_CIS_ACCOUNT');
		expect(plan.issues[0]?.fix).not.toContain('Draft');
	});

	it('has no status beside the one that it is made in', () => {
		expect(planOf(money({ status: 'AUTHORISED' }), undefined).issues).toEqual([]);
		expect(told(money({ status: 'DELETED' }), undefined)).toEqual([
			[
				'XERO_STATUS_NOT_FOR_NEW',
				'There is no such bank transaction in Xero, and none can be made that is deleted at once.',
			],
		]);
	});

	it('is found again by its reference, else by its link alone', () => {
		const linkless = { options: { sourceLink: false } } as const;
		expect(planOf(money(), undefined, linkless).issues).toEqual([]);
		expect(said(planOf(without(money(), 'reference'), undefined, linkless))).toBe(
			'stop XERO_IDENTITY_MISSING',
		);
	});
});

describe('the plan of a timesheet', () => {
	const [ANNA, MAX] = [
		'aaaaaaaa-0000-4000-8000-000000000001',
		'aaaaaaaa-0000-4000-8000-000000000002',
	];
	const [HOURLY, OVERTIME] = [
		'bbbbbbbb-0000-4000-8000-000000000001',
		'bbbbbbbb-0000-4000-8000-000000000002',
	];
	const worked = (day: number, numberOfUnits: string, earningsRateID = HOURLY): FieldValues => ({
		date: `2026-11-${day}`,
		earningsRateID,
		numberOfUnits,
	});
	const WEEK: readonly FieldValues[] = [worked(16, '8'), worked(17, '7.5')];
	const hours = (lines: readonly FieldValues[] = WEEK, fields: FieldValues = {}) =>
		draftOf(
			'timesheet',
			{
				employeeID: ANNA,
				payrollCalendarID: 'cccccccc-0000-4000-8000-000000000001',
				startDate: '2026-11-16',
				endDate: '2026-11-22',
				...fields,
			},
			lines,
		);
	const inXero = (lines: readonly FieldValues[] = WEEK, status = 'Draft') =>
		posted(hours(lines), { status });
	/** The record as it keeps what was sent: the hours of the week. */
	const knowing = (draft: Draft): Draft => ({
		...draft,
		source: { ...SOURCE, fingerprint: planOf(hours(), undefined).fingerprint },
	});

	it('has no totals, and lines by day and rate', () => {
		const plan = planOf(hours(), undefined);
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.amounts).toBeUndefined();
		expect(said(planOf(hours([...WEEK].reverse()), inXero()))).toBe('keep');
		const more = planOf(hours([worked(16, '8'), worked(17, '6')]), inXero());
		expect(said(more)).toBe('update lineItems[1].numberOfUnits');
		if (more.action !== 'update') throw new Error(said(more));
		expect(more.element().timesheetLines).toMatchObject([
			{ timesheetLineID: 'line-1', numberOfUnits: 8 },
			{ timesheetLineID: 'line-2', numberOfUnits: 6 },
		]);
	});

	it('takes no hours of another day or rate for these, however many there are', () => {
		for (const other of [worked(18, '8'), worked(16, '8', OVERTIME)]) {
			const plan = planOf(hours([other, worked(17, '7.5')]), inXero());
			expect(said(plan)).toBe('stop XERO_HOURS_LEFT');
			expect(plan.issues[0]?.message).toBe(
				'1 line(s) of the timesheet in Xero are not in Knack, and would be paid with the others.',
			);
		}
	});

	it('takes those of an option for those of which the record tells none', () => {
		const option = { trackingItemID: 'dddddddd-0000-4000-8000-000000000001' };
		const there = inXero(WEEK.map((line) => ({ ...line, ...option })));
		expect(said(planOf(hours(), there))).toBe('keep');
		expect(said(planOf(hours([worked(16, '7'), worked(17, '7.5')]), there))).toBe(
			'update lineItems[0].numberOfUnits',
		);
		const other = { trackingItemID: 'dddddddd-0000-4000-8000-000000000002' };
		expect(said(planOf(hours(WEEK.map((line) => ({ ...line, ...other }))), there))).toContain(
			'XERO_HOURS_LEFT',
		);
	});

	it('loses hours that the record has dropped, once it is known that they were sent', () => {
		const [first] = WEEK;
		const one = hours(first ? [first] : []);
		expect(said(planOf(one, inXero()))).toBe('stop XERO_HOURS_LEFT');
		expect(said(planOf(knowing(one), inXero()))).toBe('update lineItems');
		// Those that a person has added stay.
		const more = inXero([...WEEK, worked(18, '3')]);
		expect(said(planOf(knowing(hours()), more))).toBe('keep XERO_CHANGED_IN_XERO');
	});

	it('tells of hours that are left in one that is approved as of lines that stay', () => {
		const [first] = WEEK;
		const plan = planOf(hours(first ? [first] : []), inXero(WEEK, 'Approved'));
		expect(said(plan)).toBe('keep XERO_LINES_LEFT');
		expect(plan.issues[0]?.message).toBe(
			'1 line(s) of the document in Xero are not in Knack and stay as they are.',
		);
	});

	it('is changed as long as nobody has approved it', () => {
		const plan = planOf(hours([worked(16, '7'), worked(17, '7.5')]), inXero(WEEK, 'Approved'));
		expect(plan).toMatchObject({
			action: 'stop',
			issues: [
				{
					code: 'XERO_CLOSED_DOCUMENT_EDIT',
					message: 'The timesheet is approved in Xero and cannot be changed.',
					fix: expect.stringContaining('Let your payroll clerk revert it to draft'),
				},
			],
		});
	});

	it('is never another person’s', () => {
		const plan = planOf(hours(WEEK, { employeeID: MAX }), inXero(), WINS);
		expect(plan).toMatchObject({
			action: 'stop',
			issues: [
				{
					code: 'XERO_CANNOT_BE_CHANGED',
					field: 'employeeID',
					fix: expect.stringContaining('clear the id kept in Knack'),
				},
			],
		});
	});

	it('tells hours by what of them can be read', () => {
		const [first] = WEEK;
		const plan = planOf(knowing(hours(first ? [first] : [])), inXero());
		if (plan.action !== 'update') throw new Error(said(plan));
		expect(plan.changes).toContainEqual({ field: 'lineItems', before: '2026-11-17 7.5' });
		const more = planOf(hours([...WEEK, { trackingItemID: '', ...worked(18, '3') }]), inXero());
		expect('changes' in more && more.changes[0]).toEqual({
			field: 'lineItems[2].description',
			after: '2026-11-18 3',
		});
	});
});

describe('the plan of a batch payment', () => {
	const [ONE, TWO] = [
		'eeeeeeee-0000-4000-8000-000000000001',
		'eeeeeeee-0000-4000-8000-000000000002',
	];
	const BOTH: readonly FieldValues[] = [
		{ 'invoice.id': ONE, lineAmount: '120' },
		{ 'invoice.id': TWO, lineAmount: '60.50' },
	];
	const batch = (lines: readonly FieldValues[] = BOTH, fields: FieldValues = {}) =>
		draftOf(
			'batchPayment',
			{ details: 'RUN-47', date: '2026-11-20', 'account.code': '090', ...fields },
			lines,
		);
	const inXero = () => posted(batch(), { Status: 'AUTHORISED' });

	it('is kept while it says the same, and may be deleted', () => {
		expect(said(planOf(batch(), inXero()))).toBe('keep');
		expect(said(planOf(batch(BOTH, { status: 'DELETED' }), inXero()))).toBe('update status');
	});

	it.each<[string, readonly FieldValues[]]>([
		['pays less', BOTH.slice(1)],
		[
			'pays more',
			[...BOTH, { 'invoice.id': 'eeeeeeee-0000-4000-8000-000000000003', lineAmount: '1' }],
		],
	])('is not changed where the record %s invoices', (_what, lines) => {
		expect(planOf(batch(lines), inXero())).toMatchObject({
			action: 'stop',
			issues: [
				{
					code: 'XERO_CANNOT_BE_CHANGED',
					field: 'lineItems',
					message:
						'The batch payment RUN-47 is in Xero with other lines than the record has; Xero lets batch payments be made and deleted, never changed.',
				},
			],
		});
	});

	it.each<[string, readonly FieldValues[], FieldValues, string]>([
		['day', BOTH, { date: '2026-11-21' }, 'Date Paid "2026-11-20", not "2026-11-21"'],
		[
			'amount',
			[{ 'invoice.id': ONE, lineAmount: '100' }, ...BOTH.slice(1)],
			{},
			'Amount Paid (line 1) "120", not "100"',
		],
	])('is not changed in its %s', (_what, lines, fields, words) => {
		const plan = planOf(batch(lines, fields), inXero());
		expect(plan.action).toBe('stop');
		expect(plan.issues.map(({ message }) => message)).toEqual([
			`The batch payment RUN-47 is in Xero with ${words}; Xero lets batch payments be made and deleted, never changed.`,
		]);
	});
});
