import type { FieldFacts } from './modelFields';

type Choices = NonNullable<FieldFacts['choices']>;

/** How the amounts of the lines are meant, by one spelling in drafts for every document. */
export const LINE_AMOUNT_TYPES: Choices = [
	{ value: 'Exclusive', label: 'Tax Exclusive' },
	{ value: 'Inclusive', label: 'Tax Inclusive' },
	{ value: 'NoTax', label: 'No Tax' },
];

/** Quotes spell the line amount types in capitals on the wire (Quotes endpoint, LineAmountTypes). */
export const CAPITAL_LINE_AMOUNT_TYPES: NonNullable<FieldFacts['spelling']> = {
	toWire: (value) => value.toUpperCase(),
	fromWire: (raw) =>
		LINE_AMOUNT_TYPES.find((choice) => choice.value.toUpperCase() === raw.toUpperCase())?.value ??
		raw,
};

export const INVOICE_STATUSES: Choices = [
	{ value: 'DRAFT', label: 'Draft' },
	{ value: 'SUBMITTED', label: 'Awaiting Approval' },
	{ value: 'AUTHORISED', label: 'Approved' },
	{ value: 'DELETED', label: 'Deleted' },
	{ value: 'VOIDED', label: 'Voided' },
];

export const QUOTE_STATUSES: Choices = [
	{ value: 'DRAFT', label: 'Draft' },
	{ value: 'SENT', label: 'Sent' },
	{ value: 'ACCEPTED', label: 'Accepted' },
	{ value: 'DECLINED', label: 'Declined' },
	{ value: 'INVOICED', label: 'Invoiced' },
	{ value: 'DELETED', label: 'Deleted' },
];

export const PURCHASE_ORDER_STATUSES: Choices = [
	{ value: 'DRAFT', label: 'Draft' },
	{ value: 'SUBMITTED', label: 'Awaiting Approval' },
	{ value: 'AUTHORISED', label: 'Approved' },
	{ value: 'BILLED', label: 'Billed' },
	{ value: 'DELETED', label: 'Deleted' },
];

export const CONTACT_LINE_AMOUNT_TYPES: Choices = [
	{ value: 'EXCLUSIVE', label: 'Tax Exclusive' },
	{ value: 'INCLUSIVE', label: 'Tax Inclusive' },
	{ value: 'NONE', label: 'Organisation Default' },
];

export const PAYMENT_TERM_TYPES: Choices = [
	{ value: 'DAYSAFTERBILLDATE', label: 'Days After the Date' },
	{ value: 'DAYSAFTERBILLMONTH', label: 'Days After the End of the Month' },
	{ value: 'OFCURRENTMONTH', label: 'Day of the Current Month' },
	{ value: 'OFFOLLOWINGMONTH', label: 'Day of the Following Month' },
];

export const TAXABILITIES: Choices = [
	{ value: 'TAXABLE', label: 'Taxable' },
	{ value: 'NON_TAXABLE', label: 'Not Taxable' },
	{ value: 'EXEMPT', label: 'Exempt' },
	{ value: 'PART_TAXABLE', label: 'Partly Taxable' },
	{ value: 'NOT_APPLICABLE', label: 'Not Applicable' },
];
