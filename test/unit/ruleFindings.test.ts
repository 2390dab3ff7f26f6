import type { Draft } from '../../lib/sync/draft';
import { CONTACT } from '../../lib/xero/documents/contact';
import type { DocumentDefinition, FieldValues } from '../../lib/xero/documents/definition';
import { BANK_TRANSACTION } from '../../lib/xero/documents/bankTransaction';
import { BATCH_PAYMENT } from '../../lib/xero/documents/batchPayment';
import { BILL } from '../../lib/xero/documents/bill';
import { MANUAL_JOURNAL } from '../../lib/xero/documents/manualJournal';
import { PAYMENT } from '../../lib/xero/documents/payment';
import { PURCHASE_ORDER } from '../../lib/xero/documents/purchaseOrder';
import type { OrganisationSettings } from '../../lib/xero/settings';
import { contactDraft, invoiceDraft, issuesOf, paymentDraft, SETTINGS } from './syncFixtures';

type Given = readonly [draft: Draft, definition?: DocumentDefinition];

const header = (fields: FieldValues): Given => [invoiceDraft(fields)];
/** A second line, after one that is right. */
const line = (fields: FieldValues): Given => [invoiceDraft({}, [{}, fields])];
const draftLine = (fields: FieldValues): Given => [invoiceDraft({ status: 'DRAFT' }, [fields])];
const known = (fields: FieldValues, lines?: readonly FieldValues[]): Given => [
	{ ...invoiceDraft(fields, lines), id: 'invoice-1' },
];
const bill = (fields: FieldValues): Given => [
	{ ...invoiceDraft({}, [{ accountCode: '429', taxType: 'INPUT2', ...fields }]), type: 'bill' },
	BILL,
];
const order = (fields: FieldValues): Given => [
	{ ...invoiceDraft({ purchaseOrderNumber: 'PO-1' }, [fields]), type: 'purchaseOrder' },
	PURCHASE_ORDER,
];
const contact = (fields: FieldValues): Given => [contactDraft(fields), CONTACT];
const payment = (fields: FieldValues): Given => [paymentDraft(fields), PAYMENT];
const of = (
	definition: DocumentDefinition,
	fields: FieldValues,
	lines: readonly FieldValues[],
	more: Partial<Draft> = {},
): Given => [
	{
		type: definition.type,
		itemIndexes: [0],
		fields,
		lines: lines.map((each) => ({ fields: each })),
		source: {},
		issues: [],
		...more,
	},
	definition,
];
const DEBIT: FieldValues = { lineAmount: '5', accountCode: '429' };
const CREDIT: FieldValues = { lineAmount: '-5', accountCode: '200' };
/** A draft of a journal whose second line has these values. */
const journal = (fields: FieldValues, lines: readonly FieldValues[] = [DEBIT]): Given =>
	of(MANUAL_JOURNAL, { narration: 'Wages', date: '2026-11-20' }, [
		...lines,
		{ ...CREDIT, ...fields },
	]);
const spent = (fields: FieldValues, lineFields: FieldValues = {}, more: Partial<Draft> = {}) =>
	of(
		BANK_TRANSACTION,
		{
			type: 'SPEND',
			'contact.name': 'Acme Limited',
			'bankAccount.code': '090',
			date: '2026-11-20',
			reference: 'CARD-1',
			...fields,
		},
		[
			{
				description: 'Screws',
				quantity: '1',
				unitAmount: '5',
				accountCode: '429',
				taxType: 'INPUT2',
				...lineFields,
			},
		],
		more,
	);
const batch = (fields: FieldValues, more: Partial<Draft> = {}): Given =>
	of(
		BATCH_PAYMENT,
		{ date: '2026-11-20', 'account.code': '090', ...fields },
		[{ 'invoice.id': 'invoice-1', lineAmount: '5' }],
		more,
	);

const [REGION] = SETTINGS.trackingCategories;
if (!REGION) throw new Error('The fixtures have no tracking category.');

/** With an account without a code, a control account, and more that has gone. */
const RICH: Partial<OrganisationSettings> = {
	items: [
		{ code: 'BOOK', sales: {}, purchases: {} },
		{ code: 'LAY', sales: {}, purchases: { accountCode: '321' } },
	],
	accounts: [
		...SETTINGS.accounts,
		...SETTINGS.accounts.slice(0, 1).map((each) => ({ ...each, id: 'codeless', code: undefined })),
		...SETTINGS.accounts
			.slice(2, 3)
			.map((each) => ({ ...each, id: 'barter', code: '298', name: 'Barter' })),
	],
	trackingCategories: [
		{
			...REGION,
			options: [
				{ id: 'opt-none', name: 'Old Norths', status: 'ARCHIVED' },
				...Array.from({ length: 12 }, (_, index) => ({
					id: `opt-${index}`,
					name: `Zone ${index}`,
					status: 'ACTIVE',
				})),
				{ id: 'opt-last', name: 'Norths', status: 'ACTIVE' },
			],
		},
		{ id: 'cat-area', name: 'Old Region', status: 'ARCHIVED', options: [] },
		{ id: 'cat-team', name: 'Team', status: 'ARCHIVED', options: [] },
	],
};

const FOUND: ReadonlyArray<[what: string, given: Given]> = [
	['no number', header({ invoiceNumber: '' })],
	['no contact', header({ 'contact.name': '' })],
	['a contact without a name', contact({ contactNumber: 'C-1' })],
	['no due date', header({ dueDate: '' })],
	['no lines', [invoiceDraft({}, [])]],
	[
		'501 lines',
		[
			invoiceDraft(
				{},
				Array.from({ length: 501 }, () => ({})),
			),
		],
	],
	['due before its day', header({ dueDate: '2026-10-31' })],
	['due before today', header({ date: '', dueDate: '2026-11-21' })],
	['a long number', header({ invoiceNumber: 'x'.repeat(256) })],
	['two addresses', header({ 'contact.emailAddress': 'a@acme.com, b@acme.com' })],
	['an address without https', header({ url: 'www.acme.com' })],
	['an address with words behind it', header({ url: 'https://acme.com and more' })],
	['words before an address', header({ url: 'see https://acme.com' })],
	['an address of Xero', header({ url: 'https://go.XERO.com/x' })],
	['no such day', header({ dueDate: '2026-13-01' })],
	['ten years on and a day', header({ dueDate: '2036-11-24' })],
	['a price in words', line({ unitAmount: 'ten' })],
	['a price that is too large', line({ unitAmount: '10000000000000' })],
	['a price that is too long', line({ unitAmount: `1.${'0'.repeat(60)}1` })],
	['a rate of zero', header({ currencyRate: '0' })],
	['a choice that is none', header({ lineAmountTypes: 'Sometimes' })],
	['angle brackets in the contact', header({ 'contact.name': 'Acme <UK>' })],
	['angle brackets in a name', contact({ name: 'Acme > Sons', contactNumber: 'C-1' })],
	['five places', line({ unitAmount: '1.23456' })],
	['an unknown account', line({ accountCode: '999' })],
	['an archived account', line({ accountCode: '299' })],
	['an archived account like no other', line({ accountCode: '298' })],
	['a bank account', line({ accountCode: '090', taxType: 'NONE' })],
	['a control account', line({ accountCode: '610', taxType: 'NONE' })],
	['an unknown tax rate', line({ taxType: 'NEVER' })],
	['a deleted tax rate', line({ taxType: 'OLD' })],
	['a tax rate of the other side', line({ taxType: 'INPUT2' })],
	['a currency that is not used', header({ currencyCode: 'JPY' })],
	['a theme that has gone', header({ brandingThemeID: 'gone' })],
	['an unknown item', line({ itemCode: 'CHAIR' })],
	['a category that has gone', line({ 'tracking.Old Region': 'North' })],
	['a category like no other', line({ 'tracking.Team': 'North' })],
	['an unknown category', line({ 'tracking.Colour': 'Blue' })],
	['an archived option', line({ 'tracking.Region': 'opt-none' })],
	['an unknown option', line({ 'tracking.cat-region': 'Xylophone' })],
	['three categories', line({ 'tracking.a': '1', 'tracking.b': '2', 'tracking.c': '3' })],
	['neither description nor item', line({ description: '' })],
	['a quantity alone', line({ unitAmount: '' })],
	['a price alone', line({ quantity: '' })],
	['no account', line({ accountCode: '', taxType: '' })],
	['a discount above 100', line({ discountRate: '100.1' })],
	['a discount below 0', line({ discountRate: '-1' })],
	['a negative discount', line({ discountAmount: '-0.01' })],
	['a discount above the line', line({ discountAmount: '21.01' })],
	['a discount of a negative line', line({ quantity: '-1', discountRate: '10' })],
	['both discounts', line({ discountRate: '10', discountAmount: '2.1' })],
	['a discount on a bill', bill({ discountAmount: '1' })],
	['a quantity below zero on an order', order({ quantity: '-1' })],
	['an amount that is not the product', line({ lineAmount: '21.01' })],
	['an amount before its discount', line({ lineAmount: '21', discountRate: '10' })],
	['a payment of nothing', payment({ amount: '0' })],
	['a payment in three places', payment({ amount: '33.333' })],
	['a payment into no account', payment({ 'account.code': '' })],
	['a payment into a sales account', payment({ 'account.code': '200' })],
	['a batch of no bank account', batch({ details: 'RUN-47', 'account.code': '' })],
	['a batch by the word of another country', batch({ reference: 'RUN-47' })],
	['money spent from no bank account', spent({ 'bankAccount.code': '' })],
	['money spent from an account for payments', spent({ 'bankAccount.code': '835' })],
	['money spent on no account', spent({}, { accountCode: '', taxType: '' })],
	['money that was owed, with a discount', spent({}, { discountRate: '10' })],
	['a line of a construction account', bill({ accountCode: '321' })],
	['an item of a construction account', bill({ itemCode: 'LAY', accountCode: '', taxType: '' })],
	['money spent on a construction account', spent({}, { accountCode: '321' })],
	['a journal whose line has no amount', journal({ lineAmount: '' })],
	['a journal whose line has no account, though it is a draft', journal({ accountCode: '' })],
	['a journal on a bank account', journal({ accountCode: '090' })],
	['a journal of one line', journal({}, [])],
	[
		'a journal of no lines, though it is a draft',
		of(MANUAL_JOURNAL, { narration: 'W', date: '2026-11-20' }, []),
	],
];

const RIGHT: ReadonlyArray<[what: string, given: Given]> = [
	[
		'a document known by its ID that names neither number nor contact',
		known({ invoiceNumber: '', 'contact.name': '' }),
	],
	['a document known by its ID without lines', known({}, [])],
	['a document known by its ID without a due date', known({ dueDate: '' })],
	[
		'a contact known by its ID without a name',
		[{ ...contactDraft({ contactNumber: 'C-1' }), id: 'c' }, CONTACT],
	],
	['a draft without lines', [invoiceDraft({ status: 'DRAFT' }, [])]],
	['a contact by number', header({ 'contact.name': '', 'contact.contactNumber': 'C-1' })],
	['a contact by e-mail', header({ 'contact.name': '', 'contact.emailAddress': 'a@acme.com' })],
	[
		'500 lines',
		[
			invoiceDraft(
				{},
				Array.from({ length: 500 }, () => ({})),
			),
		],
	],
	['due on its day', header({ dueDate: '2026-11-01' })],
	['due today, without a day', header({ date: '', dueDate: '2026-11-22' })],
	['a number of 255 characters', header({ invoiceNumber: 'x'.repeat(255) })],
	['an address in capitals', header({ url: 'HTTP://ACME.COM/a?b=c' })],
	['a day ten years on', header({ dueDate: '2036-11-22' })],
	['a theme of the organisation', header({ brandingThemeID: 'theme-1' })],
	['a rate above zero', header({ currencyRate: '0.5' })],
	['angle brackets in a number', header({ invoiceNumber: 'A<1>' })],
	['angle brackets beside a contact’s name', contact({ name: 'Acme', contactNumber: '<1>' })],
	['a price of the largest size', line({ unitAmount: '9999999999999', quantity: '1' })],
	['a price in four places', line({ unitAmount: '1.2345' })],
	['an account by its ID', line({ accountCode: '', accountID: 'account-200' })],
	['an account without a code by its ID', line({ accountCode: 'codeless' })],
	['a line of words', line({ quantity: '', unitAmount: '', accountCode: '', taxType: '' })],
	['an item without a description', line({ itemCode: 'BOOK', description: '' })],
	['an item without an account', line({ itemCode: 'BOOK', accountCode: '', taxType: '' })],
	['an item and a quantity', line({ itemCode: 'BOOK', unitAmount: '' })],
	['an amount alone', line({ quantity: '', unitAmount: '', lineAmount: '21' })],
	['a price and an amount', line({ quantity: '', lineAmount: '21' })],
	['an item that is bought on a construction account', line({ itemCode: 'LAY', accountCode: '' })],
	['a draft’s line without an account', draftLine({ accountCode: '', taxType: '' })],
	['tracking that is left blank', line({ 'tracking.Colour': '' })],
	['an option by its ID', line({ 'tracking.cat-region': 'opt-3' })],
	['an option in another case', line({ 'tracking.Region': 'ZONE 3' })],
	[
		'two categories and a blank one',
		line({ 'tracking.Region': 'Zone 1', 'tracking.cat-region': 'Zone 2', 'tracking.c': '' }),
	],
	['a discount of 100', line({ discountRate: '100' })],
	['a discount of 0 on a negative line', line({ quantity: '-1', discountRate: '0' })],
	['a discount of the whole line', line({ discountAmount: '21' })],
	['a discount by rate, and none by amount', line({ discountRate: '10', discountAmount: '0' })],
	[
		'a discount of an amount alone',
		line({ quantity: '', unitAmount: '', lineAmount: '21', discountRate: '10' }),
	],
	['a discount of 0 on a bill', bill({ discountRate: '0' })],
	['a quantity of 0 on an order', order({ quantity: '0' })],
	['a quantity below zero on an invoice', line({ quantity: '-1' })],
	[
		'a payment of nothing that is there already',
		[{ ...paymentDraft({ amount: '0' }), id: 'p' }, PAYMENT],
	],
	['a payment of nothing that is to be deleted', payment({ amount: '0', status: 'DELETED' })],
	['a payment into an account for payments', payment({ 'account.code': '835' })],
	['a batch by the word of the country', batch({ details: 'RUN-47', reference: '' })],
	[
		'money spent from a bank account by its ID',
		spent({ 'bankAccount.code': '', 'bankAccount.id': 'account-090' }),
	],
	[
		'money spent that names an account, and is there already',
		spent({ 'bankAccount.code': '' }, {}, { id: 'b' }),
	],
	[
		'money that was paid beyond what is due, on no account',
		spent({ type: 'RECEIVE-OVERPAYMENT' }, { accountCode: '', taxType: '' }),
	],
	['a journal without words in its lines', journal({})],
	['a journal by the ID of an account', journal({ accountCode: '', accountID: 'account-200' })],
	[
		'an amount that is the product after its discount',
		line({ lineAmount: '18.9', discountRate: '10' }),
	],
];

const found = ([draft, definition]: Given) => issuesOf(draft, definition, RICH);

describe('what is found says where, what and how to mend it', () => {
	it.each(FOUND)('%s', (_what, given) => {
		expect(
			found(given).map(({ field, message, fix }) => `${field}: ${message} ${fix}`),
		).toMatchSnapshot();
	});
});

describe('nothing is found in', () => {
	it.each(RIGHT)('%s', (_what, given) => expect(found(given)).toEqual([]));
});
