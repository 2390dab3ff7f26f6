import { isStopping, issueOf, RULES } from '../../lib/sync/check/check';
import { LATE_RULES } from '../../lib/sync/check/rules/lateRules';
import type { Draft } from '../../lib/sync/draft';
import { CONTACT } from '../../lib/xero/documents/contact';
import { upsertDocuments } from '../../lib/sync/upsert';
import type { DocumentDefinition } from '../../lib/xero/documents/definition';
import { BATCH_PAYMENT } from '../../lib/xero/documents/batchPayment';
import { BILL } from '../../lib/xero/documents/bill';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { PAYMENT } from '../../lib/xero/documents/payment';
import { PURCHASE_ORDER } from '../../lib/xero/documents/purchaseOrder';
import { xeroInMemory } from '../support/xeroInMemory';
import { contactDraft, invoiceDraft, issuesOf, paymentDraft, SETTINGS } from './syncFixtures';

/** What becomes of a finding of the rule under the user's choices. */
function severityOf(rule: Parameters<typeof issueOf>[0], chosen: Parameters<typeof issueOf>[2]) {
	const [issue] = issueOf(rule, { message: 'Something is wrong.', fix: 'Mend it.' }, chosen);
	return issue?.severity ?? 'off';
}

/** A draft with one trouble, and the field that must be named for it. */
const CASES: ReadonlyArray<
	[code: string, field: string | undefined, draft: Draft, definition?: DocumentDefinition]
> = [
	['XERO_IDENTITY_MISSING', 'invoiceNumber', invoiceDraft({ invoiceNumber: '' })],
	['XERO_CONTACT_MISSING', 'contact.name', invoiceDraft({ 'contact.name': '' })],
	['XERO_CUSTOMER_ON_STOP', 'customerOnStop', invoiceDraft({ customerOnStop: true })],
	['XERO_FIELD_REQUIRED', 'name', contactDraft({ contactNumber: 'C-1' }), CONTACT],
	['XERO_FIELD_REQUIRED_TO_APPROVE', 'dueDate', invoiceDraft({ dueDate: '' })],
	['XERO_LINES_MISSING', 'lineItems', invoiceDraft({}, [])],
	[
		'XERO_TOO_MANY_LINES',
		'lineItems',
		invoiceDraft(
			{},
			Array.from({ length: 501 }, () => ({})),
		),
	],
	[
		'XERO_LINE_DESCRIPTION_MISSING',
		'lineItems[0].description',
		invoiceDraft({}, [{ description: '' }]),
	],
	[
		'XERO_LINE_AMOUNT_INCOMPLETE',
		'lineItems[0].unitAmount',
		invoiceDraft({}, [{ unitAmount: '' }]),
	],
	[
		'XERO_LINE_ACCOUNT_MISSING',
		'lineItems[0].accountCode',
		invoiceDraft({}, [{ accountCode: '', taxType: '' }]),
	],
	[
		'XERO_DISCOUNT_OUT_OF_RANGE',
		'lineItems[0].discountRate',
		invoiceDraft({}, [{ discountRate: '120' }]),
	],
	[
		'XERO_DISCOUNT_OUT_OF_RANGE',
		'lineItems[0].discountAmount',
		invoiceDraft({}, [{ discountAmount: '22' }]),
	],
	[
		'XERO_DISCOUNT_OUT_OF_RANGE',
		'lineItems[0].discountRate',
		invoiceDraft({}, [{ quantity: '-1', discountRate: '10' }]),
	],
	[
		'XERO_DISCOUNT_NOT_ALLOWED',
		'lineItems[0].discountRate',
		{ ...invoiceDraft({}, [{ discountRate: '10' }]), type: 'bill' },
		BILL,
	],
	[
		'XERO_QUANTITY_NEGATIVE',
		'lineItems[0].quantity',
		{
			...invoiceDraft({ purchaseOrderNumber: 'PO-1' }, [{ quantity: '-1' }]),
			type: 'purchaseOrder',
		},
		PURCHASE_ORDER,
	],
	[
		'XERO_LINE_AMOUNT_MISMATCH',
		'lineItems[0].lineAmount',
		invoiceDraft({}, [{ lineAmount: '21.01' }]),
	],
	['XERO_RATE_NOT_POSITIVE', 'currencyRate', invoiceDraft({ currencyRate: '0' })],
	['XERO_ITEM_UNKNOWN', 'lineItems[0].itemCode', invoiceDraft({}, [{ itemCode: 'CHAIR' }])],
	['XERO_DUE_BEFORE_DATE', 'dueDate', invoiceDraft({ dueDate: '2026-10-01' })],
	['XERO_TEXT_TOO_LONG', 'invoiceNumber', invoiceDraft({ invoiceNumber: 'x'.repeat(256) })],
	[
		'XERO_EMAIL_MALFORMED',
		'contact.emailAddress',
		invoiceDraft({ 'contact.emailAddress': 'acme at example' }),
	],
	['XERO_URL_REFUSED', 'url', invoiceDraft({ url: 'https://www.xero.com/x' })],
	['XERO_TEXT_HOLDS_HTML', 'reference', invoiceDraft({ reference: '<p>Job 7</p>' })],
	['XERO_DATE_NOT_ON_CALENDAR', 'dueDate', invoiceDraft({ dueDate: '2026-02-30' })],
	['XERO_DATE_FAR_OFF', 'dueDate', invoiceDraft({ dueDate: '2062-12-01' })],
	['XERO_NUMBER_UNREADABLE', 'lineItems[0].unitAmount', invoiceDraft({}, [{ unitAmount: 'ten' }])],
	[
		'XERO_NUMBER_TOO_LARGE',
		'lineItems[0].unitAmount',
		invoiceDraft({}, [{ unitAmount: '10000000000000' }]),
	],
	['XERO_CHOICE_UNKNOWN', 'lineAmountTypes', invoiceDraft({ lineAmountTypes: 'Sometimes' })],
	['XERO_NAME_CHARACTERS', 'contact.name', invoiceDraft({ 'contact.name': 'Acme <Trading>' })],
	[
		'XERO_DECIMALS_ROUNDED',
		'lineItems[0].unitAmount',
		invoiceDraft({}, [{ unitAmount: '1.23456' }]),
	],
	['XERO_ACCOUNT_UNKNOWN', 'lineItems[0].accountCode', invoiceDraft({}, [{ accountCode: '999' }])],
	['XERO_ACCOUNT_ARCHIVED', 'lineItems[0].accountCode', invoiceDraft({}, [{ accountCode: '299' }])],
	[
		'XERO_ACCOUNT_NOT_FOR_LINES',
		'lineItems[0].accountCode',
		invoiceDraft({}, [{ accountCode: '090', taxType: 'NONE' }]),
	],
	[
		'XERO_CIS_ACCOUNT',
		'lineItems[0].accountCode',
		invoiceDraft({}, [{ accountCode: '321', taxType: 'NONE' }]),
	],
	['XERO_TAX_RATE_UNKNOWN', 'lineItems[0].taxType', invoiceDraft({}, [{ taxType: 'OLD' }])],
	['XERO_TAX_NOT_FOR_ACCOUNT', 'lineItems[0].taxType', invoiceDraft({}, [{ accountCode: '429' }])],
	['XERO_CURRENCY_NOT_ENABLED', 'currencyCode', invoiceDraft({ currencyCode: 'JPY' })],
	['XERO_BRANDING_THEME_UNKNOWN', 'brandingThemeID', invoiceDraft({ brandingThemeID: 'gone' })],
	[
		'XERO_TRACKING_UNKNOWN',
		'lineItems[0].tracking.Region',
		invoiceDraft({}, [{ 'tracking.Region': 'Old' }]),
	],
	[
		'XERO_TRACKING_TOO_MANY',
		'lineItems[0].tracking.c',
		invoiceDraft({}, [{ 'tracking.a': '1', 'tracking.b': '2', 'tracking.c': '3' }]),
	],
	['XERO_QUANTITY_BLANK', 'lineItems[0].quantity', invoiceDraft({}, [{ quantity: '' }])],
	['XERO_PAYMENT_NOT_POSITIVE', 'amount', paymentDraft({ amount: '-20' }), PAYMENT],
	['XERO_PAYMENT_NOT_POSITIVE', 'amount', paymentDraft({ amount: '0' }), PAYMENT],
	['XERO_PAYMENT_TOO_FINE', 'amount', paymentDraft({ amount: '33.333' }), PAYMENT],
	['XERO_PAYMENT_ACCOUNT_MISSING', 'account.code', paymentDraft({ 'account.code': '' }), PAYMENT],
	[
		'XERO_ACCOUNT_NOT_FOR_PAYMENTS',
		'account.code',
		paymentDraft({ 'account.code': '200' }),
		PAYMENT,
	],
	[
		'XERO_ACCOUNT_NOT_FOR_PAYMENTS',
		'account.id',
		paymentDraft({ 'account.code': '', 'account.id': 'account-200' }),
		PAYMENT,
	],
	[
		'XERO_FIELD_OF_OTHER_COUNTRY',
		'code',
		{
			...paymentDraft({}),
			type: 'batchPayment',
			fields: { date: '2026-04-20', details: 'RUN-47', 'account.code': '090', code: 'N47' },
			lines: [{ fields: { 'invoice.id': 'INV-1', lineAmount: '20' } }],
		},
		BATCH_PAYMENT,
	],
	['XERO_ACCOUNT_UNKNOWN', 'account.code', paymentDraft({ 'account.code': '999' }), PAYMENT],
];

describe('the checks before anything is written', () => {
	it('find nothing amiss with an invoice that is right', () => {
		expect(issuesOf(invoiceDraft())).toEqual([]);
	});

	it('take payments into a bank account, or one that payments are enabled for', () => {
		expect(issuesOf(paymentDraft({}), PAYMENT)).toEqual([]);
		expect(issuesOf(paymentDraft({ 'account.code': '835' }), PAYMENT)).toEqual([]);
		expect(issuesOf({ ...paymentDraft({ 'account.code': '' }), id: 'p' }, PAYMENT)).toEqual([]);
	});

	it('take a discount on purchase orders, as Xero does', () => {
		const order = { ...invoiceDraft({}, [{ discountRate: '10' }]), type: 'purchaseOrder' } as const;
		const codes = issuesOf(order, PURCHASE_ORDER).map(({ code }) => code);
		expect(codes).not.toContain('XERO_DISCOUNT_NOT_ALLOWED');
	});

	it.each(CASES)('%s names %s', (...[code, field, draft, definition]) => {
		const issue = issuesOf(draft, definition).find((each) => each.code === code);
		expect(issue).toBeDefined();
		expect(issue?.field).toBe(field);
		expect(issue?.message).toMatch(/^.{15,}[.]$/s);
		expect(issue?.fix).toMatch(/^[A-Z].{10,}[.]$/s);
	});

	it.each(CASES.filter(([, , draft, definition]) => issuesOf(draft, definition).some(isStopping)))(
		'%s at %s keeps the record here',
		async (...[code, , draft, definition = SALES_INVOICE]) => {
			const world = await xeroInMemory();
			const client = world.anotherClient();
			const context = { client, settings: SETTINGS, clock: world.clock, turns: world.turns };
			const { outcomes } = await upsertDocuments(context, definition, [draft]);
			expect(['blocked', 'held']).toContain(outcomes[0]?.outcome);
			expect(outcomes[0]?.issues.map((issue) => issue.code)).toContain(code);
			expect(client.calls().writes).toBe(0);
		},
	);

	it('have a case here for every rule, and codes of their own', () => {
		const codes = RULES.map((rule) => rule.code);
		expect(new Set(codes).size).toBe(codes.length);
		expect(codes.filter((code) => !CASES.some(([tested]) => tested === code))).toEqual([]);
	});

	it('take an item in any case, and a line amount that is right', () => {
		expect(issuesOf(invoiceDraft({}, [{ itemCode: 'book' }, { lineAmount: '21.00' }]))).toEqual([]);
	});

	it('can be set more strictly, and less strictly only where that is safe', () => {
		const byStrictness = ['off', 'warn', 'hold', 'block'] as const;
		for (const rule of [...RULES, ...Object.values(LATE_RULES)]) {
			for (const wish of byStrictness) {
				const isStricter = byStrictness.indexOf(wish) >= byStrictness.indexOf(rule.severity);
				expect([rule.code, severityOf(rule, { [rule.code]: wish })]).toEqual([
					rule.code,
					rule.canBeLowered || isStricter ? wish : rule.severity,
				]);
			}
		}
	});

	it.each(['Bolt <M8> zinc', 'Size <S> or <L>', 'unclosed <b', '5 < 6 and 7 > 3', 'A &amp; B'])(
		'take %j for the text that it is',
		(reference) => expect(issuesOf(invoiceDraft({ reference }))).toEqual([]),
	);

	it('say which tax rate would fit the account', () => {
		const [issue] = issuesOf(invoiceDraft({}, [{ accountCode: '429' }]));
		expect(issue?.message).toBe(
			'The tax rate "20% (VAT on Income)" cannot be used with account 429 General Expenses (line 1).',
		);
		expect(issue?.fix).toBe('Choose another account, or the tax rate "20% (VAT on Expenses)".');
	});

	it('take a draft with less: what only approval needs may be missing', () => {
		const draft = invoiceDraft({ status: 'DRAFT', dueDate: '' }, [
			{ accountCode: '', taxType: '' },
		]);
		expect(issuesOf(draft)).toEqual([]);
	});

	it('let a user lower what is a matter of taste, and nothing that keeps the ledger safe', () => {
		const [rounded, identity] = ['XERO_DECIMALS_ROUNDED', 'XERO_IDENTITY_MISSING'].map((code) =>
			RULES.find((rule) => rule.code === code),
		);
		const chosen = { XERO_DECIMALS_ROUNDED: 'off', XERO_IDENTITY_MISSING: 'off' } as const;
		expect(rounded && severityOf(rounded, chosen)).toBe('off');
		expect(identity && severityOf(identity, chosen)).toBe('block');
		expect(rounded && severityOf(rounded, { XERO_DECIMALS_ROUNDED: 'block' })).toBe('block');
	});
});
