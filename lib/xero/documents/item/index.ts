import { Item, Purchase } from '../../../vendor/xeroModels';
import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { modelFields } from '../modelFields';
import type { FieldFacts } from '../modelFields';
import { inside } from '../wireSlots';
import { WITHOUT_STATUSES } from '../lifecycles';

const OWN: Readonly<Record<string, FieldFacts>> = {
	code: {
		label: 'Item Code',
		usual: true,
		requiredToCreate: true,
		maxLength: 30,
		alsoCalled: ['code', 'sku', 'product code', 'part number'],
	},
	name: {
		label: 'Item Name',
		usual: true,
		maxLength: 50,
		alsoCalled: ['name', 'product', 'product name', 'item', 'service'],
	},
	description: {
		label: 'Sales Description',
		kind: 'multilineText',
		usual: true,
		maxLength: 4000,
		alsoCalled: ['description', 'product description'],
	},
	purchaseDescription: {
		label: 'Purchases Description',
		kind: 'multilineText',
		maxLength: 4000,
	},
	isSold: { label: 'Is Sold', kind: 'boolean' },
	isPurchased: { label: 'Is Purchased', kind: 'boolean' },
	inventoryAssetAccountCode: { label: 'Inventory Asset Account', kind: 'account' },
};

const SALES: Readonly<Record<string, FieldFacts>> = {
	unitPrice: {
		label: 'Price',
		kind: 'unitPrice',
		usual: true,
		places: 4,
		alsoCalled: ['price', 'unit price', 'sell price', 'rate'],
	},
	accountCode: { label: 'Account', kind: 'account', usual: true },
	taxType: { label: 'Tax Rate', kind: 'taxType', usual: true },
};

const PURCHASES: Readonly<Record<string, FieldFacts>> = {
	unitPrice: {
		label: 'Price',
		kind: 'unitPrice',
		places: 4,
		alsoCalled: ['cost', 'unit cost', 'buy price', 'cost price'],
	},
	accountCode: { label: 'Account', kind: 'account' },
	cOGSAccountCode: { label: 'Cost of Goods Sold Account', kind: 'account' },
	taxType: { label: 'Tax Rate', kind: 'taxType' },
};

/**
 * Attributes of the models that are not fields of the form, each with the reason.
 * @internal
 */
export const ITEM_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	purchaseDetails: 'purchaseDetails.*',
	salesDetails: 'salesDetails.*',
	isTrackedAsInventory: 'follows from the inventory asset account',
	totalCostPool: 'read only',
	quantityOnHand: 'read only',
	quantityAvailable: 'read only',
	quantityOnBackOrder: 'read only',
	updatedDateUTC: 'read only',
	itemID: 'the id of the document',
	statusAttributeString: 'read only',
	validationErrors: 'read only',
};

export const ITEM = accountingDocument({
	type: 'item',
	label: 'Item',
	plural: 'items',
	wire: {
		resource: 'Items',
		idName: 'ItemID',
		fixed: {},
		contact: undefined,
		lines: undefined,
		parentPath: undefined,
		alwaysSent: [],
		singly: undefined,
	},
	numberPath: 'code',
	statusPath: undefined,
	numberName: 'Code',
	keys: [{ path: 'code', enforced: true, withinContact: false }],
	// The endpoint has no pages: one call reads them all.
	lookup: { ids: { by: 'all' }, values: { code: { by: 'all' } }, query: {}, hasSearch: false },
	scope: 'accounting.settings',
	fields: [
		...modelFields(Item, OWN),
		...modelFields(Purchase, SALES, {
			prefix: 'salesDetails.',
			labelPrefix: 'Sales',
			around: (slot) => inside('SalesDetails', slot),
		}),
		...modelFields(Purchase, PURCHASES, {
			prefix: 'purchaseDetails.',
			labelPrefix: 'Purchases',
			around: (slot) => inside('PurchaseDetails', slot),
		}),
	],
	lineFields: undefined,
	isContact: false,
	names: [],
	isNumberedByThem: false,
	amounts: { sideOf: () => undefined, takesUnitPlaces: true, mustBalance: false },
	can: {
		takeFiles: false,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	lifecycle: { ...WITHOUT_STATUSES, deletePath: (id) => `/Items/${id}` },
	canBeUpdated: true,
	editableWhenPaid: [],
	link: (id, shortCode) => xeroClassicPage(`/Inventory/Item/${id}`, shortCode),
});
