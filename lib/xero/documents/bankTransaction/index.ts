import { AMOUNTS_ARE, CURRENCY_RATE, RECORDED_STATUS } from '../commonFields';
import { BankTransaction } from '../../../vendor/xeroModels';
import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { CODE_OR_ID } from '../bankAccount';
import { INLINE_CONTACT_FIELDS } from '../contactFields';
import type { FieldDefinition, FieldValues } from '../definition';
import { NOT_APPROVED } from '../lifecycles';
import { PURCHASE_LINE_FIELDS } from '../lineFields';
import { fieldInSlot, modelFields } from '../modelFields';
import type { FieldFacts } from '../modelFields';
import { CONTACT_MEMBER, LINE_ITEMS } from '../wireMembers';
import { inside, property } from '../wireSlots';

const KIND: Readonly<Record<string, FieldFacts>> = {
	type: {
		label: 'Kind',
		kind: 'choice',
		usual: true,
		requiredToCreate: true,
		choices: [
			{ value: 'SPEND', label: 'Spend Money' },
			{ value: 'RECEIVE', label: 'Receive Money' },
			{ value: 'RECEIVE-OVERPAYMENT', label: 'Overpayment by a Customer' },
			{ value: 'RECEIVE-PREPAYMENT', label: 'Prepayment by a Customer' },
			{ value: 'SPEND-OVERPAYMENT', label: 'Overpayment to a Supplier' },
			{ value: 'SPEND-PREPAYMENT', label: 'Prepayment to a Supplier' },
		],
		alsoCalled: ['transaction type', 'direction', 'money in or out'],
	},
};

const BANK_ACCOUNT: readonly FieldDefinition[] = [
	fieldInSlot(
		'bankAccount.code',
		{
			label: 'Bank Account',
			kind: 'paymentAccount',
			usual: true,
			alsoCalled: ['paid from', 'paid into', 'credit card', 'card'],
		},
		inside('BankAccount', CODE_OR_ID),
	),
	fieldInSlot(
		'bankAccount.id',
		{ label: 'Bank Account ID', kind: 'id' },
		inside('BankAccount', property('AccountID')),
	),
];

const OWN: Readonly<Record<string, FieldFacts>> = {
	date: {
		label: 'Date',
		kind: 'date',
		usual: true,
		requiredToCreate: true,
		alsoCalled: ['date paid', 'paid on', 'spent on', 'received on', 'transaction date'],
	},
	reference: {
		label: 'Reference',
		usual: true,
		maxLength: 255,
		alsoCalled: ['ref', 'receipt number', 'expense number', 'transaction number'],
	},
	lineAmountTypes: AMOUNTS_ARE,
	currencyRate: CURRENCY_RATE,
	status: RECORDED_STATUS,
	url: { label: 'Link to Source', kind: 'url', alsoCalled: ['url', 'source url'] },
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const BANK_TRANSACTION_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	contact: 'contact.*',
	lineItems: 'the lines',
	bankAccount: 'bankAccount.*',
	isReconciled: 'to match it with the statement is the bookkeeper’s',
	currencyCode: 'that of the bank account',
	subTotal: 'computed by Xero',
	totalTax: 'computed by Xero',
	total: 'computed by Xero',
	bankTransactionID: 'the id of the document',
	prepaymentID: 'read only',
	overpaymentID: 'read only',
	updatedDateUTC: 'read only',
	hasAttachments: 'read only',
	statusAttributeString: 'read only',
	validationErrors: 'read only',
};

const kindOf = ({ type }: FieldValues) => String(type ?? '');

/** What is paid beyond what is due is owed, not earned: Xero posts it to the debtors or creditors. */
const isOverpayment = (fields: FieldValues) => kindOf(fields).endsWith('-OVERPAYMENT');

/** Overpayments and prepayments, which stand open until they are used. */
const isCredit = (fields: FieldValues) => kindOf(fields).includes('-');

function belowZero(fields: FieldValues): string {
	if (isCredit(fields)) {
		return 'Record a refund of the prepayment or overpayment in Xero for money that was paid back, or check the lines in Knack.';
	}
	const other = kindOf(fields) === 'SPEND' ? 'Receive Money' : 'Spend Money';
	return `Choose the kind ${other} with amounts above zero for money that was paid back, or check the lines in Knack.`;
}

/** Money that went out of a bank account, or came into it, for what has neither invoice nor bill. */
export const BANK_TRANSACTION = accountingDocument({
	type: 'bankTransaction',
	label: 'Bank Transaction',
	plural: 'bank transactions',
	note: 'Not for an account with a bank feed: there the line of the bank comes by itself, and a second one would stand beside it. Match that in Xero, or send a bill and its payment.',
	wire: {
		resource: 'BankTransactions',
		idName: 'BankTransactionID',
		fixed: {},
		contact: CONTACT_MEMBER,
		lines: LINE_ITEMS,
		parentPath: undefined,
		// Xero's model requires the first two of every one that is written.
		alwaysSent: ['type', 'bankAccount.code', 'contact.id'],
		singly: undefined,
	},
	numberPath: 'reference',
	numberName: 'Reference',
	statusPath: 'status',
	keys: [
		{ path: 'reference', enforced: false, withinContact: true, within: ['type'] },
		{
			path: 'date',
			enforced: false,
			withinContact: true,
			within: ['type'],
			needsLink: true,
		},
	],
	lookup: {
		ids: { by: 'path' },
		values: {
			reference: { by: 'where', name: 'Reference' },
			date: { by: 'where', name: 'Date', isDay: true },
		},
		query: {},
		hasSearch: false,
		pageSize: 1000,
		takesPageSize: true,
	},
	scope: 'accounting.banktransactions',
	fields: [
		...modelFields(BankTransaction, KIND),
		...INLINE_CONTACT_FIELDS.filter((field) => field.usual),
		...BANK_ACCOUNT,
		...modelFields(BankTransaction, OWN),
		...INLINE_CONTACT_FIELDS.filter((field) => !field.usual),
	],
	lineFields: PURCHASE_LINE_FIELDS,
	isContact: false,
	names: [],
	implied: (fields): FieldValues => (isOverpayment(fields) ? { lineAmountTypes: 'NoTax' } : {}),
	// The reference is "only supported for SPEND and RECEIVE transactions" (OpenAPI).
	notKept: (fields) => (isCredit(fields) ? ['reference'] : []),
	isNumberedByThem: false,
	amounts: {
		sideOf: (fields) => {
			if (fields.type === undefined) return undefined;
			return kindOf(fields).startsWith('RECEIVE') ? 'sale' : 'purchase';
		},
		takesUnitPlaces: true,
		mustBalance: false,
		inCurrencyOf: 'bankAccount.code',
		hasOwnAccount: isOverpayment,
		belowZero,
	},
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	canBeUpdated: true,
	lifecycle: {
		...NOT_APPROVED,
		moves: { AUTHORISED: ['DELETED'], DELETED: [] },
		approved: ['AUTHORISED'],
		posted: ['AUTHORISED'],
		closed: ['DELETED', 'VOIDED'],
		lockedBy: { member: 'IsReconciled', word: 'reconciled' },
		fixed: ['type', 'bankAccount.code', 'bankAccount.id'],
		gone: ['DELETED', 'VOIDED'],
	},
	editableWhenPaid: [],
	link: (id, shortCode) =>
		xeroClassicPage(`/Bank/ViewTransaction.aspx?bankTransactionID=${id}`, shortCode),
});
