import { RECORDED_STATUS } from '../commonFields';
import { BatchPayment } from '../../../vendor/xeroModels';
import { booksOf } from '../../books';
import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { CODE_OR_ID } from '../bankAccount';
import { BILL } from '../bill';
import type { FieldDefinition, FieldValues } from '../definition';
import { NOT_APPROVED } from '../lifecycles';
import { fieldInSlot, modelFields } from '../modelFields';
import type { FieldFacts } from '../modelFields';
import { SALES_INVOICE } from '../salesInvoice';
import { inside, property } from '../wireSlots';

/** Answers name the bank account by its id, with a code or without. */
const BANK_ACCOUNT: FieldDefinition = fieldInSlot(
	'account.code',
	{
		label: 'Bank Account',
		kind: 'paymentAccount',
		usual: true,
		alsoCalled: ['paid from', 'paid into'],
	},
	inside('Account', {
		get: (account) => account.AccountID ?? account.Code,
		put: (account, value) => CODE_OR_ID.put(account, value),
	}),
);

const OWN: Readonly<Record<string, FieldFacts>> = {
	date: {
		label: 'Date Paid',
		kind: 'date',
		usual: true,
		requiredToCreate: true,
		alsoCalled: ['date', 'payment date', 'paid on', 'received on'],
	},
	reference: {
		label: 'Reference (New Zealand)',
		usual: true,
		maxLength: 255,
		countries: ['NZ'],
		alsoCalled: ['ref', 'reference', 'batch reference', 'payment run'],
	},
	details: {
		label: 'Details (Outside New Zealand)',
		usual: true,
		maxLength: 18,
		countries: { otherThan: ['NZ'] },
		alsoCalled: ['details', 'batch details', 'batch number', 'payment run'],
	},
	particulars: { label: 'Particulars (New Zealand)', maxLength: 12, countries: ['NZ'] },
	code: { label: 'Code (New Zealand)', maxLength: 12, countries: ['NZ'] },
	narrative: { label: 'Narrative (United Kingdom)', maxLength: 18, countries: ['GB'] },
	status: RECORDED_STATUS,
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const BATCH_PAYMENT_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	account: 'account.code',
	payments: 'the lines',
	batchPaymentID: 'the id of the document',
	dateString: 'read only',
	amount: 'computed by Xero',
	type: 'follows from what is paid',
	totalAmount: 'computed by Xero',
	updatedDateUTC: 'read only',
	isReconciled: 'to match it with the statement is the bookkeeper’s',
	validationErrors: 'read only',
};

/** What is paid, and how much of it. */
const LINE_FIELDS: readonly FieldDefinition[] = [
	fieldInSlot(
		'invoice.id',
		{
			label: 'Invoice or Bill Number, Link or ID',
			kind: 'id',
			byName: true,
			usual: true,
			alsoCalled: ['invoice', 'bill', 'invoice number', 'invoice no', 'bill number', 'xero id'],
		},
		inside('Invoice', property('InvoiceID')),
	),
	fieldInSlot(
		'lineAmount',
		{
			label: 'Amount Paid',
			kind: 'money',
			usual: true,
			places: 2,
			alsoCalled: ['amount', 'amount due', 'total'],
		},
		property('Amount'),
	),
];

/** One payment for many invoices of customers, or for many bills. */
export const BATCH_PAYMENT = accountingDocument({
	type: 'batchPayment',
	label: 'Batch Payment',
	plural: 'batch payments',
	note: 'A record is the batch, and its lines are the invoices or bills that it pays. Xero never changes a batch: one that is wrong is deleted and made anew.',
	wire: {
		resource: 'BatchPayments',
		idName: 'BatchPaymentID',
		fixed: {},
		contact: undefined,
		lines: { name: 'Payments', idName: 'PaymentID', isUntracked: true },
		parentPath: undefined,
		alwaysSent: [],
		singly: {
			// The one thing that can be done to a batch (OpenAPI, deleteBatchPaymentByUrlParam).
			update: (id, { Status }) => [
				{ method: 'POST', path: `/BatchPayments/${id}`, body: { Status } },
			],
		},
	},
	numberPath: 'reference',
	numberName: ['Reference', 'Details'],
	statusPath: 'status',
	// Xero keeps the one in New Zealand and the other elsewhere, and refuses neither twice.
	keys: [
		{
			path: 'reference',
			enforced: false,
			withinContact: false,
			within: ['account.code', 'date'],
		},
		{
			path: 'details',
			enforced: false,
			withinContact: false,
			within: ['account.code', 'date'],
		},
	],
	lookup: {
		ids: { by: 'path' },
		// Whether `Details` can be asked for is not known.
		values: { reference: { by: 'where', name: 'Reference' }, details: { by: 'all' } },
		query: {},
		hasSearch: false,
		takesPageSize: false,
	},
	scope: 'accounting.payments',
	fields: [BANK_ACCOUNT, ...modelFields(BatchPayment, OWN)],
	lineFields: LINE_FIELDS,
	isContact: false,
	names: [],
	// Answers name it by its id, and so is it compared.
	implied: (fields, settings): FieldValues => {
		const account = booksOf(settings).account(String(fields['account.code'] ?? ''));
		return account ? { 'account.code': account.id } : {};
	},
	settlesEach: {
		path: 'invoice.id',
		amountPath: 'lineAmount',
		accountPath: 'account.code',
		what: 'invoice or bill',
		among: [SALES_INVOICE, BILL],
	},
	isNumberedByThem: false,
	amounts: {
		sideOf: () => undefined,
		takesUnitPlaces: false,
		mustBalance: false,
		lineAmountTypes: 'NoTax',
		inCurrencyOf: 'account.code',
	},
	can: {
		takeFiles: false,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	canBeUpdated: false,
	lifecycle: {
		...NOT_APPROVED,
		moves: { AUTHORISED: ['DELETED'], DELETED: [] },
		approved: ['AUTHORISED'],
		posted: ['AUTHORISED'],
		closed: ['DELETED'],
		lockedBy: { member: 'IsReconciled', word: 'reconciled' },
		gone: ['DELETED'],
	},
	editableWhenPaid: [],
	link: (id, shortCode) =>
		xeroClassicPage(`/Bank/BatchPayment.aspx?batchPaymentID=${id}`, shortCode),
});
