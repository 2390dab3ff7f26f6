import { AMOUNTS_ARE, CURRENCY, CURRENCY_RATE } from './commonFields';
import { CreditNote } from '../../vendor/xeroModels';
import { INLINE_CONTACT_FIELDS } from './contactFields';
import type { DocumentLookup, FieldDefinition } from './definition';
import { INVOICE_STATUSES } from './fieldChoices';
import { PURCHASE_LINE_FIELDS } from './lineFields';
import { fieldInSlot, modelFields } from './modelFields';
import type { FieldFacts } from './modelFields';
import { CONTACT_MEMBER, LINE_ITEMS } from './wireMembers';
import { INVOICE_LIFECYCLE } from './lifecycles';

const OWN: Readonly<Record<string, FieldFacts>> = {
	creditNoteNumber: {
		label: 'Credit Note Number',
		usual: true,
		maxLength: 255,
		alsoCalled: ['credit number', 'credit note no', 'refund number', 'invoice number'],
	},
	reference: {
		label: 'Reference',
		usual: true,
		maxLength: 255,
		alsoCalled: ['ref', 'order number', 'job number', 'return number'],
	},
	date: {
		label: 'Issue Date',
		kind: 'date',
		usual: true,
		alsoCalled: ['date', 'credit date', 'refund date'],
	},
	status: { label: 'Status', kind: 'choice', choices: INVOICE_STATUSES },
	currencyCode: CURRENCY,
	currencyRate: CURRENCY_RATE,
	lineAmountTypes: AMOUNTS_ARE,
	brandingThemeID: { label: 'Branding Theme', kind: 'brandingTheme' },
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const CREDIT_NOTE_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	type: 'says which document it is',
	contact: 'contact.*',
	dueDate: 'shown for the model only; a credit note falls due to nobody',
	lineItems: 'the lines',
	subTotal: 'computed by Xero',
	totalTax: 'computed by Xero',
	total: 'computed by Xero',
	cISDeduction: 'read only',
	cISRate: 'read only',
	updatedDateUTC: 'read only',
	updatedDateUTCString: 'read only',
	fullyPaidOnDate: 'read only',
	creditNoteID: 'the id of the document',
	sentToContact: 'read only',
	remainingCredit: 'read only',
	allocations: 'kept by the Allocations endpoint',
	appliedAmount: 'read only',
	payments: 'kept by the Payments endpoint',
	statusAttributeString: 'read only',
	hasAttachments: 'read only',
	hasErrors: 'read only',
	validationErrors: 'read only',
	warnings: 'read only',
	invoiceAddresses: 'read only',
};

const NOT_IN_THE_ELEMENT = { get: () => undefined, put: () => undefined };

export const ALLOCATION = {
	numberPath: 'allocation.invoiceNumber',
	amountPath: 'allocation.amount',
} as const;

/** What of an invoice or bill goes over where it is corrected. */
export const CORRECTION = {
	takesOver: ['currencyCode', 'lineAmountTypes', 'brandingThemeID'],
	leavesBehind: new Set([
		'status',
		'url',
		'sentToContact',
		'date',
		'currencyRate',
		'expectedPaymentDate',
		'plannedPaymentDate',
		'roundingAmount',
		'enteredTotal',
	]),
} as const;

/** Put against an invoice by a request of its own (CreditNotes endpoint, Allocations). */
const ALLOCATION_FIELDS: readonly FieldDefinition[] = [
	fieldInSlot(
		ALLOCATION.numberPath,
		{
			label: 'Allocate to Invoice Number',
			usual: false,
			maxLength: 255,
			alsoCalled: ['credited invoice', 'original invoice', 'allocate to'],
		},
		NOT_IN_THE_ELEMENT,
	),
	fieldInSlot(
		ALLOCATION.amountPath,
		{ label: 'Amount to Allocate', kind: 'money', alsoCalled: ['allocated amount'] },
		NOT_IN_THE_ELEMENT,
	),
].map((field) => ({ ...field, hasOwnRequest: true }));

const FIELDS: readonly FieldDefinition[] = [
	...INLINE_CONTACT_FIELDS.filter((field) => field.usual),
	...modelFields(CreditNote, OWN),
	...ALLOCATION_FIELDS,
	...INLINE_CONTACT_FIELDS.filter((field) => !field.usual),
];

export function creditNoteLookup(type: 'ACCRECCREDIT' | 'ACCPAYCREDIT'): DocumentLookup {
	return {
		ids: { by: 'where', name: 'CreditNoteID', isId: true },
		values: {
			creditNoteNumber: { by: 'where', name: 'CreditNoteNumber' },
			reference: { by: 'where', name: 'Reference' },
		},
		query: {},
		where: `Type=="${type}"`,
		hasSearch: false,
		days: { by: 'where' },
		pageSize: 1000,
		takesPageSize: true,
	};
}

/** What both kinds of credit notes have in common: they share an endpoint. */
export const CREDIT_NOTE = {
	numberPath: 'creditNoteNumber',
	numberName: 'CreditNoteNumber',
	statusPath: 'status',
	scope: 'accounting.invoices',
	fields: FIELDS,
	// Xero takes no discounts on credit notes.
	lineFields: PURCHASE_LINE_FIELDS,
	isContact: false,
	lifecycle: INVOICE_LIFECYCLE,
	canBeUpdated: true,
	editableWhenPaid: [],
} as const;

/** Both kinds stand in one list, told apart by their `Type`. */
export function creditNoteWire(type: 'ACCRECCREDIT' | 'ACCPAYCREDIT') {
	return {
		resource: 'CreditNotes',
		idName: 'CreditNoteID',
		fixed: { Type: type },
		contact: CONTACT_MEMBER,
		lines: LINE_ITEMS,
		parentPath: undefined,
		alwaysSent: [],
		singly: undefined,
	};
}
