import type { Call } from './call';
import { dateMembers, hasAttachments, renderDocument } from './documentRender';
import { NEVER_POSTED, readDocument } from './documents';
import { ValidationFailure, UnknownId } from './failures';
import type { Input } from './input';
import type { PurchaseOrderRow } from './model';
import { Problems, refuse } from './problems';
import { limited } from './quotes';
import type { Resource, SaveMode } from './resource';

const MOVES: Readonly<Record<string, readonly string[]>> = {
	'': ['DRAFT', 'SUBMITTED', 'AUTHORISED'],
	DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
	SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
	AUTHORISED: ['AUTHORISED', 'BILLED', 'DELETED'],
	BILLED: ['BILLED', 'AUTHORISED', 'DELETED'],
};

const STATUS_INVALID = 'PurchaseOrder status change is invalid';

export const purchaseOrders: Resource<PurchaseOrderRow> = {
	path: 'PurchaseOrders',
	idName: 'PurchaseOrderID',
	scopes: ['accounting.invoices'],
	paging: 'size',
	understandsWhere: false,
	// Recorded: a list that asks for no page is the first hundred, and says so.
	forcesPaging: () => true,
	pagingIsShown: true,
	hasPdf: true,
	fields: () => ({
		purchaseorderid: (order) => order.id,
		purchaseordernumber: (order) => order.number,
		status: (order) => order.status,
		date: (order) => order.date,
		updateddateutc: (order) => order.updatedMs,
	}),
	idOf: (order) => order.id,
	updatedMs: (order) => order.updatedMs,
	rows: (call) => call.ledger.purchaseOrders.all(),
	find: (call, named) =>
		call.ledger.purchaseOrders.get(named.toLowerCase()) ?? orderByNumber(call, named),
	narrow: (call, rows) => {
		const status = call.query('Status')?.toUpperCase();
		const from = call.query('DateFrom');
		const to = call.query('DateTo');
		return rows.filter(
			(order) =>
				(status === undefined || order.status === status) &&
				(from === undefined || order.date >= from) &&
				(to === undefined || order.date <= to),
		);
	},
	render: (call, order, detail) => ({
		PurchaseOrderID: order.id,
		PurchaseOrderNumber: order.number,
		Reference: order.reference ?? '',
		...renderDocument(call, order, detail, call.settings.purchaseOrderUnitPlaces),
		...dateMembers('DeliveryDate', order.deliveryDate),
		...dateMembers('ExpectedArrivalDate', order.expectedArrivalDate),
		DeliveryAddress: order.deliveryAddress ?? '',
		AttentionTo: order.attentionTo ?? '',
		Telephone: order.telephone ?? '',
		DeliveryInstructions: order.deliveryInstructions ?? '',
		SentToContact: order.sentToContact,
		HasErrors: false,
		IsDiscounted: order.totals.totalDiscount.gt(0),
		HasAttachments: hasAttachments(call, order.id),
	}),
	save: savePurchaseOrder,
};

/** The number of a live order is taken as that order even by PUT, which reports OK. */
function savePurchaseOrder(
	call: Call,
	input: Input,
	mode: SaveMode,
	id?: string,
): PurchaseOrderRow {
	const existing = matched(call, input, id);
	const status = input.trimmed('Status')?.toUpperCase() ?? existing?.status ?? 'DRAFT';
	if (existing?.status === 'DELETED') {
		throw new ValidationFailure([STATUS_INVALID, 'Deleted PurchaseOrders cannot be updated']);
	}
	if (!MOVES[existing?.status ?? '']?.includes(status)) refuse(STATUS_INVALID);
	const problems = new Problems();
	const draft = readDocument(
		call,
		input,
		existing,
		{
			sales: false,
			// Recorded: price 1000, DiscountRate 10, total 900.
			discounts: true,
			negativeQuantity: false,
			needsAccounts: false,
			unitDecimalPlaces: call.settings.purchaseOrderUnitPlaces,
			makesContacts: call.settings.purchaseOrderMakesContacts,
			contactMustBeActive: !existing,
			posts: NEVER_POSTED,
			longestReference: 4_000,
		},
		problems,
	);
	const own = {
		deliveryDate: input.date('DeliveryDate') ?? existing?.deliveryDate,
		expectedArrivalDate: input.date('ExpectedArrivalDate') ?? existing?.expectedArrivalDate,
		deliveryAddress: limited(input, 'DeliveryAddress', 500, existing?.deliveryAddress, problems),
		attentionTo: limited(input, 'AttentionTo', 255, existing?.attentionTo, problems),
		telephone: limited(input, 'Telephone', 50, existing?.telephone, problems),
		deliveryInstructions: limited(
			input,
			'DeliveryInstructions',
			500,
			existing?.deliveryInstructions,
			problems,
		),
		sentToContact: input.flag('SentToContact') ?? existing?.sentToContact ?? false,
	};
	problems.refuseIfAny();
	draft.storeContact();
	const row: PurchaseOrderRow = {
		...draft.common,
		...own,
		kind: 'purchaseOrder',
		id: existing?.id ?? call.guid(),
		number: input.trimmed('PurchaseOrderNumber') ?? existing?.number ?? nextNumber(call),
		status,
	};
	call.ledger.purchaseOrders.put(row.id, row);
	call.ledger.changed('purchaseOrder', row.id, existing ? 'updated' : 'created');
	return row;
}

function matched(call: Call, input: Input, id: string | undefined): PurchaseOrderRow | undefined {
	const orderId = (id ?? input.trimmed('PurchaseOrderID'))?.toLowerCase();
	if (orderId !== undefined) {
		const found = call.ledger.purchaseOrders.get(orderId);
		if (!found) throw new UnknownId();
		return found;
	}
	const number = input.trimmed('PurchaseOrderNumber');
	return number === undefined ? undefined : orderByNumber(call, number);
}

function orderByNumber(call: Call, number: string): PurchaseOrderRow | undefined {
	return call.ledger.purchaseOrders.lookUp('number', number.toLowerCase())[0];
}

function nextNumber(call: Call): string {
	const { info } = call.ledger;
	for (;;) {
		const next = info.value.nextPurchaseOrderNumber;
		info.update({ nextPurchaseOrderNumber: next + 1 });
		const number = `PO-${String(next).padStart(4, '0')}`;
		if (!orderByNumber(call, number)) return number;
	}
}
