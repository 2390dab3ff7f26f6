import { checkReverseCharge } from '../../lib/sync/plan/reverseCharge';
import type { Plan } from '../../lib/sync/plan/plan';
import type { ContactRow, Row } from '../../lib/sync/row';
import type { Draft } from '../../lib/sync/draft';
import type { Match } from '../../lib/sync/find/matching';
import type { RuleSeverities } from '../../lib/sync/check/check';
import type { FieldValues, XeroDocument } from '../../lib/xero/documents/definition';
import { definitionOf } from '../support/definitionOf';
import { order, planOf, posted, said } from './planFixtures';
import { contactDraft, SETTINGS } from './syncFixtures';

/** The Construction Industry Scheme, and the reverse charge for what is built. */

const AS_DRAFT = { options: { cisLines: 'draft' } } as const;
const BRICKS: FieldValues = { description: 'Bricks', accountCode: '429', taxType: 'INPUT2' };
const LABOUR: FieldValues = { ...BRICKS, description: 'Bricklaying', accountCode: '321' };

const bill = (
	lines: readonly FieldValues[] = [LABOUR, BRICKS],
	fields: FieldValues = {},
): Draft => ({
	...order({ invoiceNumber: 'B-1', ...fields }, lines),
	type: 'bill',
});

describe('lines on accounts of the Construction Industry Scheme', () => {
	it('hold the bill unless it may go over as a draft', () => {
		expect(said(planOf(bill(), undefined))).toBe('stop XERO_CIS_ACCOUNT');
		expect(said(planOf(bill([BRICKS]), undefined))).toMatch(/^create /);
	});

	it('go over without their account, as a draft', () => {
		const plan = planOf(bill([LABOUR, BRICKS, LABOUR]), undefined, AS_DRAFT);
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.issues).toMatchObject([
			{
				code: 'XERO_CIS_DRAFT',
				field: 'lineItems',
				message:
					'The document is a draft, and lines lack their account: 321 CIS Labour Expense. Xero takes accounts of the Construction Industry Scheme on its own screen alone.',
				fix: 'Open the draft in Xero, choose the account in these lines, and approve it there.',
			},
		]);
		const element = plan.element();
		expect(element).toMatchObject({
			Status: 'DRAFT',
			InvoiceNumber: 'B-1',
			LineItems: [
				{ Description: 'Bricklaying', UnitAmount: 10.5 },
				{ Description: 'Bricks', AccountCode: '429' },
				{ Description: 'Bricklaying' },
			],
		});
		const [first] = Object(element).LineItems;
		expect(first).not.toHaveProperty('AccountCode');
		// What follows the plan goes by what was sent.
		expect(plan.draft.fields.status).toBe('DRAFT');
	});

	it('are no matter for a bill that has none', () => {
		const plan = planOf(bill([BRICKS]), undefined, AS_DRAFT);
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.issues).toEqual([]);
		expect(plan.element()).toMatchObject({
			Status: 'AUTHORISED',
			LineItems: [{ AccountCode: '429' }],
		});
		// Nor is an account that nobody knows one of them.
		const unknown = bill([{ ...BRICKS, accountCode: '' }], { status: 'DRAFT' });
		expect(planOf(unknown, undefined, AS_DRAFT).issues).toEqual([]);
		const lineless: Draft = { ...contactDraft({ name: 'Acme' }) };
		expect(planOf(lineless, undefined, AS_DRAFT)).toMatchObject({ action: 'create', issues: [] });
	});

	it('are said again of the draft, whose status stays', () => {
		const there = posted(bill(), {}, [], AS_DRAFT);
		expect(there.status).toBe('DRAFT');
		expect(said(planOf(bill(), there, AS_DRAFT))).toBe('keep XERO_CIS_DRAFT');
		const changed = planOf(bill([{ ...LABOUR, unitAmount: '12' }, BRICKS]), there, AS_DRAFT);
		expect(said(changed)).toBe('update XERO_CIS_DRAFT lineItems[0].unitAmount');
		if (changed.action === 'update') expect(changed.element()).not.toHaveProperty('Status');
	});

	it('are left as a person has set them, once the bill is approved', () => {
		const draft = posted(bill(), {}, [], AS_DRAFT);
		const lines = draft.lines?.map((line, index) =>
			index === 0 ? { ...line, fields: { ...line.fields, accountCode: '321' } } : line,
		);
		const approved = { ...draft, status: 'AUTHORISED', ...(lines ? { lines } : {}) };
		expect(said(planOf(bill(), approved, AS_DRAFT))).toBe('keep');
		expect(
			said(planOf(bill([LABOUR, BRICKS], { dueDate: '2026-12-24' }), approved, AS_DRAFT)),
		).toBe('update dueDate');
		// With a change of one line all of them go, and Xero would refuse the account of the other.
		const dearer = bill([LABOUR, { ...BRICKS, unitAmount: '12' }]);
		expect(said(planOf(dearer, approved, AS_DRAFT))).toBe('stop XERO_CIS_ACCOUNT');
	});
});

describe('a sale under the reverse charge', () => {
	const RATE = {
		taxType: 'DRCHARGESUPPLY20',
		name: '20% (Domestic Reverse Charge)',
		status: 'ACTIVE',
		effectiveRate: SETTINGS.taxRates[2]?.effectiveRate,
		canApplyTo: SETTINGS.taxRates[2]?.canApplyTo,
	};
	const settings = {
		...SETTINGS,
		taxRates: [
			...SETTINGS.taxRates,
			RATE,
			{ ...RATE, taxType: 'TAX007', name: 'VAT reverse CHARGE, builders' },
			{ ...RATE, taxType: 'TAX008', name: 'Reverse charges' },
			{ ...RATE, taxType: 'TAX009', name: 'Inreverse charge' },
			{ ...RATE, taxType: 'NODRCHARGE', name: 'Standard' },
		] as typeof SETTINGS.taxRates,
	};

	function checked(
		draft: Draft,
		more: { plan?: Plan; match?: Match; severities?: RuleSeverities } = {},
	) {
		const row: Row = {
			draft,
			plan: more.plan ?? planOf(draft, undefined, { settings }),
		};
		const contact: ContactRow = {
			draft: contactDraft({}),
			wanted: {},
			fields: {},
			namedBy: [row],
			...(more.match ? { match: more.match } : {}),
		};
		row.contact = contact;
		const before = row.plan?.issues ?? [];
		checkReverseCharge(definitionOf(draft.type), row, settings, more.severities ?? {});
		return (row.plan?.issues ?? [])
			.slice(before.length)
			.map(({ code, message }) => [code, message]);
	}

	const sale = (taxType: string, fields: FieldValues = {}) => order(fields, [{}, { taxType }]);
	const SAID = [
		[
			'XERO_REVERSE_CHARGE',
			'"20% (Domestic Reverse Charge)" is for customers who account for the tax themselves, and no tax number of Acme Limited is known.',
		],
	];
	const withNumber = (taxNumber: string): XeroDocument => ({
		type: 'contact',
		id: 'acme',
		fields: { name: 'Acme', ...(taxNumber === '' ? {} : { taxNumber }) },
	});

	it('is told where no tax number of the customer is known', () => {
		expect(checked(sale('DRCHARGESUPPLY20'))).toEqual(SAID);
		expect(checked(sale('TAX007')).map(([code]) => code)).toEqual(['XERO_REVERSE_CHARGE']);
		expect(checked(sale('DRCHARGESUPPLY20', { 'contact.name': '' }))[0]?.[1]).toContain(
			'no tax number of this customer is known',
		);
		const there = posted(order(), {}, [], { settings });
		const plan = planOf(sale('DRCHARGESUPPLY20'), there, { settings });
		expect(plan.action).toBe('update');
		expect(checked(sale('DRCHARGESUPPLY20'), { plan })).toEqual(SAID);
		const match: Match = { kind: 'matched', by: 'name', issues: [], document: withNumber('') };
		expect(checked(sale('DRCHARGESUPPLY20'), { match })).toEqual(SAID);
	});

	it('is well where the record or Xero has it', () => {
		expect(checked(sale('DRCHARGESUPPLY20', { 'contact.taxNumber': 'GB1' }))).toEqual([]);
		const document = withNumber('GB1');
		const matched: Match = { kind: 'matched', by: 'name', issues: [], document };
		expect(checked(sale('DRCHARGESUPPLY20'), { match: matched })).toEqual([]);
		const archived: Match = { kind: 'stopped', issues: [], archived: document };
		expect(checked(sale('DRCHARGESUPPLY20'), { match: archived })).toEqual([]);
	});

	it('is no other sale, nor what is bought, nor a rule that is off', () => {
		for (const taxType of ['OUTPUT2', 'NONE', 'TAX008', 'TAX009', 'NODRCHARGE', '']) {
			expect(checked(sale(taxType))).toEqual([]);
		}
		expect(checked(bill([{ ...BRICKS, taxType: 'DRCHARGESUPPLY20' }]))).toEqual([]);
		expect(checked({ ...order(), lines: undefined })).toEqual([]);
		const severities = { XERO_REVERSE_CHARGE: 'off' } as const;
		expect(checked(sale('DRCHARGESUPPLY20'), { severities })).toEqual([]);
	});

	it('is told where something is to be done alone', () => {
		const record = sale('DRCHARGESUPPLY20');
		const keep = planOf(record, posted(record, {}, [], { settings }), { settings });
		expect(keep.action).toBe('keep');
		expect(checked(record, { plan: keep })).toEqual([]);
		const stop = planOf(sale('DRCHARGESUPPLY20', { status: 'VOIDED' }), undefined, { settings });
		expect(stop.action).toBe('stop');
		expect(checked(record, { plan: stop })).toEqual([]);
	});
});
