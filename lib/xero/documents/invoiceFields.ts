import { AMOUNTS_ARE, CURRENCY, CURRENCY_RATE } from './commonFields';
import { Invoice, InvoiceAddress } from '../../vendor/xeroModels';
import { INLINE_CONTACT_FIELDS } from './contactFields';
import type { FieldDefinition } from './definition';
import { INVOICE_STATUSES } from './fieldChoices';
import { modelFields } from './modelFields';
import type { FieldFacts } from './modelFields';
import { inMarkedEntry } from './wireSlots';

const SHARED = {
	date: {
		label: 'Issue Date',
		kind: 'date',
		usual: true,
		alsoCalled: ['date', 'invoice date', 'order date', 'bill date', 'issued'],
	},
	dueDate: {
		label: 'Due Date',
		kind: 'date',
		usual: true,
		requiredToApprove: true,
		alsoCalled: ['due', 'payment due', 'pay by', 'due by'],
	},
	status: { label: 'Status', kind: 'choice', choices: INVOICE_STATUSES },
	currencyCode: CURRENCY,
	currencyRate: CURRENCY_RATE,
	lineAmountTypes: AMOUNTS_ARE,
	brandingThemeID: { label: 'Branding Theme', kind: 'brandingTheme' },
	url: { label: 'Link to Source', kind: 'url', alsoCalled: ['url', 'source url'] },
	roundingAmount: { label: 'Rounding Amount', kind: 'money', mayNotBeShown: true },
	enteredTotal: { label: 'Entered Total', kind: 'money', mayNotBeShown: true },
} as const satisfies Record<string, FieldFacts>;

const SALES_NUMBERS: Readonly<Record<string, FieldFacts>> = {
	invoiceNumber: {
		label: 'Invoice Number',
		usual: true,
		maxLength: 255,
		alsoCalled: ['invoice no', 'invoice #', 'invoice id'],
	},
	reference: {
		label: 'Reference',
		usual: true,
		maxLength: 255,
		alsoCalled: [
			'ref',
			'order number',
			'job number',
			'po number',
			'order no',
			'job no',
			'order id',
			'project number',
			'purchase order',
		],
	},
};

const SALES: Readonly<Record<string, FieldFacts>> = {
	...SALES_NUMBERS,
	...SHARED,
	sentToContact: { label: 'Sent to Contact', kind: 'boolean' },
	expectedPaymentDate: { label: 'Expected Payment Date', kind: 'date' },
};

const PURCHASES: Readonly<Record<string, FieldFacts>> = {
	// What Xero's screens call the reference of a bill is its InvoiceNumber (Invoices endpoint).
	invoiceNumber: {
		label: 'Reference',
		usual: true,
		maxLength: 255,
		alsoCalled: ['bill number', 'supplier invoice', 'invoice number', 'supplier reference', 'ref'],
	},
	...SHARED,
	plannedPaymentDate: { label: 'Planned Payment Date', kind: 'date' },
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const INVOICE_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	type: 'says which document it is',
	contact: 'contact.*',
	lineItems: 'the lines',
	cISDeduction: 'read only',
	cISRate: 'read only',
	subTotal: 'computed by Xero',
	totalTax: 'computed by Xero',
	total: 'computed by Xero',
	totalDiscount: 'read only',
	invoiceID: 'the id of the document',
	repeatingInvoiceID: 'read only',
	hasAttachments: 'read only',
	isDiscounted: 'read only',
	payments: 'kept by the Payments endpoint',
	prepayments: 'read only',
	overpayments: 'read only',
	amountDue: 'read only',
	amountPaid: 'read only',
	fullyPaidOnDate: 'read only',
	amountCredited: 'read only',
	updatedDateUTC: 'read only',
	updatedDateUTCString: 'read only',
	creditNotes: 'read only',
	attachments: 'kept by the Attachments endpoint',
	hasErrors: 'read only',
	statusAttributeString: 'read only',
	validationErrors: 'read only',
	warnings: 'read only',
	invoiceAddresses: 'invoiceAddresses.from and invoiceAddresses.to',
};

const INVOICE_ADDRESS: Readonly<Record<string, FieldFacts>> = {
	addressLine1: { label: 'Address Line 1', mayNotBeShown: true },
	addressLine2: { label: 'Address Line 2', mayNotBeShown: true },
	addressLine3: { label: 'Address Line 3', mayNotBeShown: true },
	addressLine4: { label: 'Address Line 4', mayNotBeShown: true },
	city: { label: 'City', mayNotBeShown: true },
	region: { label: 'Region', mayNotBeShown: true },
	postalCode: { label: 'Postal Code', mayNotBeShown: true },
	country: { label: 'Country', mayNotBeShown: true },
};

/** Where goods leave and arrive, which decides the sales tax in the United States. */
function invoiceAddressFields(): FieldDefinition[] {
	return (['from', 'to'] as const).flatMap((end) =>
		modelFields(InvoiceAddress, INVOICE_ADDRESS, {
			prefix: `invoiceAddresses.${end}.`,
			labelPrefix: end === 'from' ? 'Ship From' : 'Ship To',
			around: (slot) =>
				inMarkedEntry('InvoiceAddresses', 'InvoiceAddressType', end.toUpperCase(), slot),
		}),
	);
}

const CONTACT_FIRST = INLINE_CONTACT_FIELDS.filter((field) => field.usual);
const CONTACT_MORE = INLINE_CONTACT_FIELDS.filter((field) => !field.usual);

export const SALES_INVOICE_FIELDS: readonly FieldDefinition[] = [
	...CONTACT_FIRST,
	...modelFields(Invoice, SALES),
	...CONTACT_MORE,
	...invoiceAddressFields(),
];

export const BILL_FIELDS: readonly FieldDefinition[] = [
	...CONTACT_FIRST,
	...modelFields(Invoice, PURCHASES),
	...CONTACT_MORE,
	...invoiceAddressFields(),
];
