import { CURRENCY_RATE, RECORDED_STATUS } from '../commonFields';
import { Payment } from '../../../vendor/xeroModels';
import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { CODE_OR_ID } from '../bankAccount';
import { BILL } from '../bill';
import type { FieldDefinition } from '../definition';
import { fieldInSlot, modelFields } from '../modelFields';
import type { FieldFacts } from '../modelFields';
import { SALES_CREDIT_NOTE } from '../salesCreditNote';
import { SALES_INVOICE } from '../salesInvoice';
import { SUPPLIER_CREDIT_NOTE } from '../supplierCreditNote';
import { inside, isElement, property, type WireSlot } from '../wireSlots';
import { NOT_APPROVED } from '../lifecycles';

/** What the payment is for: exactly one of these. */
const TARGETS: ReadonlyArray<readonly [path: string, element: string, label: string]> = [
	['invoice', 'Invoice', 'Invoice'],
	['creditNote', 'CreditNote', 'Credit Note'],
	['prepayment', 'Prepayment', 'Prepayment'],
	['overpayment', 'Overpayment', 'Overpayment'],
];

/** Ends of the type of what a payment pays back, where Xero tells that under `Invoice`. */
const PAID_BACK: readonly (readonly [end: string, element: string])[] = [
	['CREDIT', 'CreditNote'],
	['PREPAYMENT', 'Prepayment'],
	['OVERPAYMENT', 'Overpayment'],
];

/** The id of a target. What pays an overpayment back stands under `Invoice` in answers (recorded). */
function targetId(element: string): WireSlot {
	const { get, put } = inside(element, property(`${element}ID`));
	return {
		put,
		get: (payment) => {
			const under = isElement(payment.Invoice) ? payment.Invoice : {};
			const paidBack = elementOf(under.Type);
			if (paidBack === undefined) return get(payment);
			return paidBack === element ? under.InvoiceID : undefined;
		},
	};
}

function elementOf(type: unknown): string | undefined {
	return PAID_BACK.find(([end]) => typeof type === 'string' && type.endsWith(end))?.[1];
}

const TARGET_FIELDS: readonly FieldDefinition[] = TARGETS.flatMap(([path, element, label]) => [
	fieldInSlot(
		`${path}.id`,
		{ label: `${label} ID`, kind: 'id', usual: path === 'invoice' },
		targetId(element),
	),
	...(path === 'invoice' || path === 'creditNote'
		? [
				fieldInSlot(
					`${path}.number`,
					{
						label: `${label} Number`,
						usual: path === 'invoice',
						maxLength: 255,
						alsoCalled: path === 'invoice' ? ['invoice no', 'invoice #', 'invoice'] : [],
					},
					inside(element, property(`${element}Number`)),
				),
			]
		: []),
]);

const OWN: Readonly<Record<string, FieldFacts>> = {
	date: {
		label: 'Date Paid',
		kind: 'date',
		usual: true,
		requiredToCreate: true,
		alsoCalled: ['date', 'payment date', 'paid on', 'received on'],
	},
	amount: {
		label: 'Amount',
		kind: 'money',
		usual: true,
		requiredToCreate: true,
		alsoCalled: ['amount paid', 'payment amount', 'paid'],
	},
	reference: {
		label: 'Reference',
		usual: true,
		maxLength: 255,
		alsoCalled: ['ref', 'payment reference', 'payment number', 'receipt number'],
	},
	currencyRate: CURRENCY_RATE,
	bankAmount: { label: 'Amount in Bank Currency', kind: 'money' },
	isReconciled: { label: 'Is Reconciled', kind: 'boolean' },
	bankAccountNumber: { label: 'Bank Account Number' },
	particulars: { label: 'Particulars' },
	code: { label: 'Code' },
	details: { label: 'Details' },
	status: RECORDED_STATUS,
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const PAYMENT_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	invoice: 'invoice.*',
	creditNote: 'creditNote.*',
	prepayment: 'prepayment.id',
	overpayment: 'overpayment.id',
	invoiceNumber: 'invoice.number',
	creditNoteNumber: 'creditNote.number',
	batchPayment: 'kept by the BatchPayments endpoint',
	account: 'account.*',
	paymentType: 'read only',
	updatedDateUTC: 'read only',
	updatedDateUTCString: 'read only',
	paymentID: 'the id of the document',
	batchPaymentID: 'read only',
	hasAccount: 'read only',
	hasValidationErrors: 'read only',
	statusAttributeString: 'read only',
	validationErrors: 'read only',
	warnings: 'read only',
};

export const PAYMENT = accountingDocument({
	type: 'payment',
	label: 'Payment',
	plural: 'payments',
	wire: {
		resource: 'Payments',
		idName: 'PaymentID',
		fixed: {},
		contact: undefined,
		lines: undefined,
		parentPath: undefined,
		alwaysSent: [],
		singly: {
			update: (id, element) => [{ method: 'POST', path: `/Payments/${id}`, body: element }],
		},
	},
	numberPath: 'reference',
	numberName: 'Reference',
	statusPath: 'status',
	// Xero knows no key of a payment; the reference tells it apart among those of one invoice.
	keys: [
		{
			path: 'reference',
			enforced: false,
			withinContact: false,
			within: TARGET_FIELDS.map((field) => field.path),
		},
	],
	lookup: {
		ids: { by: 'path' },
		values: { reference: { by: 'where', name: 'Reference' } },
		query: {},
		hasSearch: false,
		pageSize: 1000,
		takesPageSize: true,
	},
	scope: 'accounting.payments',
	fields: [
		...TARGET_FIELDS,
		fieldInSlot(
			'account.code',
			{ label: 'Bank Account', kind: 'paymentAccount', usual: true, alsoCalled: ['paid into'] },
			inside('Account', CODE_OR_ID),
		),
		fieldInSlot(
			'account.id',
			{ label: 'Bank Account ID', kind: 'id' },
			inside('Account', property('AccountID')),
		),
		...modelFields(Payment, OWN),
	],
	lineFields: undefined,
	isContact: false,
	names: [],
	settles: {
		targets: [
			{ path: 'invoice', what: 'invoice or bill', among: [SALES_INVOICE, BILL] },
			{
				path: 'creditNote',
				what: 'credit note',
				among: [SALES_CREDIT_NOTE, SUPPLIER_CREDIT_NOTE],
			},
			{ path: 'prepayment', what: 'prepayment', among: [] },
			{ path: 'overpayment', what: 'overpayment', among: [] },
		],
		amountPath: 'amount',
		words: {
			which: 'invoice, bill or credit note',
			fix: 'Map exactly one of Invoice Number, Invoice ID, Credit Note Number and Credit Note ID.',
		},
	},
	isNumberedByThem: false,
	amounts: { sideOf: () => undefined, takesUnitPlaces: false, mustBalance: false },
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
		gone: ['DELETED'],
	},
	editableWhenPaid: [],
	link: (id, shortCode) =>
		xeroClassicPage(`/Bank/ViewTransaction.aspx?bankTransactionID=${id}`, shortCode),
});
