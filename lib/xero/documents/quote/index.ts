import { AMOUNTS_ARE, CURRENCY, CURRENCY_RATE } from '../commonFields';
import { Quote } from '../../../vendor/xeroModels';
import { accountingDocument, xeroPage } from '../accountingDocument';
import { INLINE_CONTACT_FIELDS } from '../contactFields';
import { CAPITAL_LINE_AMOUNT_TYPES, QUOTE_STATUSES } from '../fieldChoices';
import { ORDER_LINE_FIELDS } from '../lineFields';
import { modelFields } from '../modelFields';
import type { FieldFacts } from '../modelFields';
import { ON_STOP } from '../onStop';
import { CONTACT_MEMBER, LINE_ITEMS } from '../wireMembers';

const OWN: Readonly<Record<string, FieldFacts>> = {
	quoteNumber: {
		label: 'Quote Number',
		usual: true,
		maxLength: 255,
		alsoCalled: ['quote no', 'quote #', 'estimate number', 'quote id'],
	},
	reference: {
		label: 'Reference',
		usual: true,
		maxLength: 4000,
		alsoCalled: ['ref', 'job number', 'order number', 'project number'],
	},
	date: {
		label: 'Issue Date',
		kind: 'date',
		usual: true,
		requiredToCreate: true,
		alsoCalled: ['date', 'quote date', 'estimate date'],
	},
	expiryDate: {
		label: 'Expiry Date',
		kind: 'date',
		usual: true,
		alsoCalled: ['expires', 'valid until', 'expiry'],
	},
	title: { label: 'Title', usual: true, maxLength: 100, alsoCalled: ['quote title', 'job name'] },
	summary: {
		label: 'Summary',
		kind: 'multilineText',
		maxLength: 3000,
		alsoCalled: ['quote summary', 'scope of work'],
	},
	terms: { label: 'Terms', kind: 'multilineText', maxLength: 4000 },
	status: { label: 'Status', kind: 'choice', choices: QUOTE_STATUSES },
	currencyCode: CURRENCY,
	currencyRate: CURRENCY_RATE,
	lineAmountTypes: { ...AMOUNTS_ARE, spelling: CAPITAL_LINE_AMOUNT_TYPES },
	brandingThemeID: { label: 'Branding Theme', kind: 'brandingTheme' },
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const QUOTE_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	quoteID: 'the id of the document',
	contact: 'contact.*',
	lineItems: 'the lines',
	dateString: 'date once more, as text',
	expiryDateString: 'expiryDate once more, as text',
	subTotal: 'computed by Xero',
	totalTax: 'computed by Xero',
	total: 'computed by Xero',
	totalDiscount: 'read only',
	updatedDateUTC: 'read only',
	statusAttributeString: 'read only',
	validationErrors: 'read only',
};

export const QUOTE = accountingDocument({
	type: 'quote',
	label: 'Quote',
	plural: 'quotes',
	wire: {
		resource: 'Quotes',
		idName: 'QuoteID',
		fixed: {},
		contact: CONTACT_MEMBER,
		lines: LINE_ITEMS,
		parentPath: undefined,
		// Updates are refused without contact and date (Quotes endpoint, POST).
		alwaysSent: ['contact.id', 'date'],
		singly: undefined,
	},
	numberPath: 'quoteNumber',
	numberName: 'QuoteNumber',
	statusPath: 'status',
	keys: [
		{ path: 'quoteNumber', enforced: true, withinContact: false },
		{ path: 'reference', enforced: false, withinContact: true },
	],
	lookup: {
		ids: { by: 'path' },
		values: {
			quoteNumber: { by: 'parameter', parameter: 'QuoteNumber' },
			reference: { by: 'all' },
		},
		query: {},
		hasSearch: false,
		days: { by: 'parameters' },
		// The endpoint knows pages of a hundred, and no other size.
		pageSize: 100,
		takesPageSize: false,
	},
	scope: 'accounting.invoices',
	fields: [
		...INLINE_CONTACT_FIELDS.filter((field) => field.usual),
		...modelFields(Quote, OWN),
		...INLINE_CONTACT_FIELDS.filter((field) => !field.usual),
		ON_STOP,
	],
	lineFields: ORDER_LINE_FIELDS,
	isContact: false,
	names: [],
	isNumberedByThem: false,
	amounts: { sideOf: () => 'sale', takesUnitPlaces: false, mustBalance: false },
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	lifecycle: {
		initial: 'DRAFT',
		moves: {
			DRAFT: ['SENT', 'DELETED'],
			SENT: ['ACCEPTED', 'DECLINED', 'DELETED'],
			ACCEPTED: ['INVOICED', 'SENT', 'DELETED'],
			DECLINED: ['SENT', 'DELETED'],
			INVOICED: ['SENT', 'DELETED'],
			DELETED: [],
		},
		unapproved: ['DRAFT'],
		approved: [],
		offered: ['SENT', 'ACCEPTED', 'INVOICED'],
		posted: undefined,
		closed: ['DELETED'],
		gone: ['DELETED'],
	},
	canBeUpdated: true,
	editableWhenPaid: [],
	link: (id, shortCode) => xeroPage('quotes/view', id, shortCode),
});
