import { AMOUNTS_ARE, CURRENCY, CURRENCY_RATE } from '../commonFields';
import { PurchaseOrder } from '../../../vendor/xeroModels';
import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { INLINE_CONTACT_FIELDS } from '../contactFields';
import { PURCHASE_ORDER_STATUSES } from '../fieldChoices';
import { ORDER_LINE_FIELDS } from '../lineFields';
import { modelFields } from '../modelFields';
import type { FieldFacts } from '../modelFields';
import { CONTACT_MEMBER, LINE_ITEMS } from '../wireMembers';

const OWN: Readonly<Record<string, FieldFacts>> = {
	purchaseOrderNumber: {
		label: 'Purchase Order Number',
		usual: true,
		maxLength: 255,
		alsoCalled: ['po number', 'po no', 'purchase order', 'order number', 'order no'],
	},
	reference: {
		label: 'Reference',
		usual: true,
		maxLength: 255,
		alsoCalled: ['ref', 'job number', 'project number'],
	},
	date: {
		label: 'Order Date',
		kind: 'date',
		usual: true,
		alsoCalled: ['date', 'ordered', 'po date'],
	},
	deliveryDate: {
		label: 'Delivery Date',
		kind: 'date',
		usual: true,
		alsoCalled: ['deliver by', 'required by', 'needed by'],
	},
	expectedArrivalDate: { label: 'Expected Arrival Date', kind: 'date', alsoCalled: ['eta'] },
	status: { label: 'Status', kind: 'choice', choices: PURCHASE_ORDER_STATUSES },
	currencyCode: CURRENCY,
	currencyRate: CURRENCY_RATE,
	lineAmountTypes: AMOUNTS_ARE,
	deliveryAddress: {
		label: 'Delivery Address',
		kind: 'multilineText',
		alsoCalled: ['ship to', 'site address'],
	},
	attentionTo: { label: 'Attention To', alsoCalled: ['attention', 'deliver to'] },
	telephone: { label: 'Telephone', alsoCalled: ['site phone', 'delivery phone'] },
	deliveryInstructions: {
		label: 'Delivery Instructions',
		kind: 'multilineText',
		maxLength: 500,
		alsoCalled: ['delivery notes'],
	},
	sentToContact: { label: 'Sent to Contact', kind: 'boolean' },
	brandingThemeID: { label: 'Branding Theme', kind: 'brandingTheme' },
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const PURCHASE_ORDER_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	contact: 'contact.*',
	lineItems: 'the lines',
	purchaseOrderID: 'the id of the document',
	subTotal: 'computed by Xero',
	totalTax: 'computed by Xero',
	total: 'computed by Xero',
	totalDiscount: 'read only',
	hasAttachments: 'read only',
	updatedDateUTC: 'read only',
	statusAttributeString: 'read only',
	validationErrors: 'read only',
	warnings: 'read only',
	attachments: 'kept by the Attachments endpoint',
};

export const PURCHASE_ORDER = accountingDocument({
	type: 'purchaseOrder',
	label: 'Purchase Order',
	plural: 'purchase orders',
	wire: {
		resource: 'PurchaseOrders',
		idName: 'PurchaseOrderID',
		fixed: {},
		contact: CONTACT_MEMBER,
		lines: LINE_ITEMS,
		parentPath: undefined,
		alwaysSent: [],
		singly: undefined,
	},
	numberPath: 'purchaseOrderNumber',
	numberName: 'PurchaseOrderNumber',
	statusPath: 'status',
	keys: [
		// Creating one with the number of another changes that other, and says OK.
		{ path: 'purchaseOrderNumber', enforced: false, withinContact: false },
		{ path: 'reference', enforced: false, withinContact: true },
	],
	lookup: {
		ids: { by: 'path' },
		values: { purchaseOrderNumber: { by: 'path' }, reference: { by: 'all' } },
		query: {},
		hasSearch: false,
		days: { by: 'parameters' },
		pageSize: 1000,
		takesPageSize: true,
	},
	scope: 'accounting.invoices',
	fields: [
		...INLINE_CONTACT_FIELDS.filter((field) => field.usual),
		...modelFields(PurchaseOrder, OWN),
		...INLINE_CONTACT_FIELDS.filter((field) => !field.usual),
	],
	lineFields: ORDER_LINE_FIELDS.map((field) =>
		field.path === 'quantity' ? { ...field, isNeverNegative: true } : field,
	),
	isContact: false,
	names: [],
	isNumberedByThem: false,
	amounts: { sideOf: () => 'purchase', takesUnitPlaces: false, mustBalance: false },
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: 'CreateApprovedPurchaseOrder',
	},
	lifecycle: {
		initial: 'DRAFT',
		moves: {
			DRAFT: ['SUBMITTED', 'AUTHORISED', 'DELETED'],
			SUBMITTED: ['DRAFT', 'AUTHORISED', 'DELETED'],
			AUTHORISED: ['BILLED', 'DELETED'],
			BILLED: ['DELETED'],
			DELETED: [],
		},
		unapproved: ['DRAFT', 'SUBMITTED'],
		approved: ['AUTHORISED', 'BILLED'],
		offered: [],
		posted: undefined,
		closed: ['DELETED'],
		gone: ['DELETED'],
	},
	canBeUpdated: true,
	editableWhenPaid: [],
	link: (id, shortCode) =>
		xeroClassicPage(`/Accounts/Payable/PurchaseOrders/View/${id}/`, shortCode),
});
