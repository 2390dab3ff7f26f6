import type { Call } from './call';
import { asNumber, rounded } from './decimals';
import { badRequest, UnknownId } from './failures';
import type { Input } from './input';
import type { JsonObject } from './json';
import type { ItemDetails, ItemRow } from './organisationModel';
import { Problems } from './problems';
import { limited } from './quotes';
import { findOrRefuse, type Resource, type SaveMode } from './resource';
import type { Route } from './transport';
import { msDate } from './xeroDates';

export const items: Resource<ItemRow> = {
	path: 'Items',
	idName: 'ItemID',
	scopes: ['accounting.invoices', 'accounting.settings'],
	paging: 'none',
	understandsWhere: true,
	fields: () => ({
		itemid: (item) => item.itemId,
		code: (item) => item.code,
		name: (item) => item.name ?? '',
		issold: (item) => item.isSold,
		ispurchased: (item) => item.isPurchased,
		istrackedasinventory: (item) => item.isTrackedAsInventory,
		updateddateutc: (item) => item.updatedMs,
	}),
	idOf: (item) => item.itemId,
	updatedMs: (item) => item.updatedMs,
	rows: (call) => call.ledger.items.all(),
	find: (call, named) => call.ledger.items.get(named.toLowerCase()) ?? itemByCode(call, named),
	render: (call, item, detail) => ({
		ItemID: item.itemId,
		Code: item.code,
		Name: item.name,
		Description: item.description,
		PurchaseDescription: item.purchaseDescription,
		IsSold: item.isSold,
		IsPurchased: item.isPurchased,
		IsTrackedAsInventory: item.isTrackedAsInventory,
		InventoryAssetAccountCode: item.inventoryAssetAccountCode,
		SalesDetails: renderDetails(item.salesDetails),
		PurchaseDetails: renderDetails(item.purchaseDetails),
		QuantityOnHand: item.quantityOnHand && asNumber(item.quantityOnHand),
		// Recorded: without an offset in the answer to a write.
		UpdatedDateUTC: detail.written ? `/Date(${item.updatedMs})/` : msDate(item.updatedMs),
	}),
	save: saveItem,
};

export const itemDeletion: Route = {
	method: 'DELETE',
	path: '/Items/:id',
	scopes: items.scopes,
	handle: (call) => {
		const item = findOrRefuse(call, items);
		const { invoices, creditNotes, quotes, purchaseOrders } = call.ledger;
		const used = [
			...invoices.all(),
			...creditNotes.all(),
			...quotes.all(),
			...purchaseOrders.all(),
		].some((row) => row.lines.some((line) => line.itemCode === item.code));
		if (used) {
			throw badRequest(10, 'ValidationException', 'The item is in use and cannot be deleted.');
		}
		call.ledger.items.delete(item.itemId);
		return { status: 204 };
	},
};

function itemByCode(call: Call, code: string): ItemRow | undefined {
	return call.ledger.items.lookUp('code', code.toLowerCase())[0];
}

function renderDetails(details: ItemDetails | undefined): JsonObject {
	return {
		UnitPrice: details?.unitPrice && asNumber(details.unitPrice),
		AccountCode: details?.accountCode,
		COGSAccountCode: details?.cogsAccountCode,
		TaxType: details?.taxType,
	};
}

/** POST matches ItemID, then Code; PUT only creates. */
function saveItem(call: Call, input: Input, mode: SaveMode, id?: string): ItemRow {
	const itemId = (id ?? input.trimmed('ItemID'))?.toLowerCase();
	const code = input.trimmed('Code');
	const byId = itemId === undefined ? undefined : call.ledger.items.get(itemId);
	if (itemId !== undefined && !byId) throw new UnknownId();
	const holder = code === undefined ? undefined : itemByCode(call, code);
	const existing = byId ?? (mode === 'create' ? undefined : holder);
	const problems = new Problems();
	if (code === undefined && !existing) problems.add('Code is a mandatory field.');
	if (code !== undefined && code.length > 30) problems.add('Code must not exceed 30 characters.');
	if (holder && holder.itemId !== existing?.itemId) {
		problems.add(`Item code '${code}' is already in use. The item code must be unique.`);
	}
	const inventory = input.has('InventoryAssetAccountCode')
		? input.trimmed('InventoryAssetAccountCode')
		: existing?.inventoryAssetAccountCode;
	const purchaseDetails = readDetails(
		call,
		input.object('PurchaseDetails'),
		existing?.purchaseDetails,
		problems,
	);
	if (inventory !== undefined && purchaseDetails?.cogsAccountCode === undefined) {
		problems.add('Tracked items need a COGSAccountCode in their PurchaseDetails.');
	}
	const row: ItemRow = {
		itemId: existing?.itemId ?? call.guid(),
		code: code ?? existing?.code ?? '',
		name: limited(input, 'Name', 50, existing?.name, problems),
		description: limited(input, 'Description', 4_000, existing?.description, problems),
		purchaseDescription: limited(
			input,
			'PurchaseDescription',
			4_000,
			existing?.purchaseDescription,
			problems,
		),
		isSold: input.flag('IsSold') ?? existing?.isSold ?? true,
		isPurchased: input.flag('IsPurchased') ?? existing?.isPurchased ?? true,
		isTrackedAsInventory: inventory !== undefined,
		inventoryAssetAccountCode: inventory,
		salesDetails: readDetails(call, input.object('SalesDetails'), existing?.salesDetails, problems),
		purchaseDetails,
		quantityOnHand: existing?.quantityOnHand,
		updatedMs: call.now(),
	};
	problems.refuseIfAny();
	call.ledger.items.put(row.itemId, row);
	call.ledger.changed('item', row.itemId, existing ? 'updated' : 'created');
	return row;
}

function readDetails(
	call: Call,
	sent: Input | undefined,
	before: ItemDetails | undefined,
	problems: Problems,
): ItemDetails | undefined {
	if (!sent) return before;
	const price = sent.decimal('UnitPrice') ?? before?.unitPrice;
	const accountCode = sent.trimmed('AccountCode') ?? before?.accountCode;
	const cogsAccountCode = sent.trimmed('COGSAccountCode') ?? before?.cogsAccountCode;
	const taxType = sent.trimmed('TaxType') ?? before?.taxType;
	for (const code of [accountCode, cogsAccountCode]) {
		if (code !== undefined && call.ledger.accountByCode(code)?.status !== 'ACTIVE') {
			problems.add(`Account code '${code}' is not a valid code for this document.`);
		}
	}
	if (taxType !== undefined && !call.ledger.taxRates.has(taxType)) {
		problems.add(`The TaxType code '${taxType}' does not exist.`);
	}
	return {
		unitPrice: price && rounded(price, call.unitDecimalPlaces),
		accountCode,
		cogsAccountCode,
		taxType,
	};
}
