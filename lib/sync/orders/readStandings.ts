import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, Filling, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { readList } from '../../xero/pages';
import { headerText } from '../check/draftValues';
import type { Draft } from '../draft';
import { liveOnes } from '../find/twins';
import type { BilledPart, OrderStanding } from './orderStanding';

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The id in a link or in an id itself; undefined where the text is a number. */
export function orderIdIn(text: string): string | undefined {
	return ID.exec(text)?.[0].toLowerCase();
}

/**
 * A note in an order's history that a bill is for it. Xero itself does not tell which bills an order
 * has: its copy of an order to a bill leaves no link behind (no member of Invoices or PurchaseOrders).
 */
export function noteOf(bill: Pick<XeroDocument, 'id' | 'number'>, label: string): string {
	return `Billed by ${label.toLowerCase()} ${bill.number ?? ''} (${bill.id})`.replace('  ', ' ');
}

const NOTE = /^Billed by .*\(([0-9a-f-]{36})\)$/i;

/** The orders that the drafts name, as Xero has them. Throws ServiceFaultError. */
export async function findOrders(
	client: XeroClient,
	{ order, path }: Filling,
	drafts: readonly Draft[],
): Promise<readonly XeroDocument[]> {
	const named = [...new Set(drafts.flatMap((draft) => headerText(draft, path)?.trim() || []))];
	if (named.length === 0) return [];
	const ids = named.flatMap((text) => orderIdIn(text) ?? []);
	const numbers = named.filter((text) => orderIdIn(text) === undefined);
	const found = await findDocuments(client, order, {
		ids,
		values: { [order.numberPath]: numbers },
	});
	return [...new Map(found.map((each) => [each.id, each])).values()];
}

/** What is billed of an order by now, as far as its history tells. Throws ServiceFaultError. */
export async function readStanding(
	client: XeroClient,
	definition: DocumentDefinition,
	order: OrderStanding['order'],
	{ order: ofOrder }: Filling,
): Promise<OrderStanding> {
	const noted = await readNoted(client, ofOrder, order.id);
	const bills =
		noted.size === 0
			? []
			: await findDocuments(client, definition, { ids: [...noted], values: {} });
	return {
		definition: ofOrder,
		order,
		noted,
		billed: new Map(
			liveOnes(definition, bills).flatMap((bill): Array<[string, BilledPart]> => {
				const part = partOfBill(bill);
				return part ? [[bill.id, part]] : [];
			}),
		),
	};
}

/** What a bill takes of its order as Xero has it; undefined where it has no amounts. */
export function partOfBill(bill: XeroDocument): BilledPart | undefined {
	const lines = bill.lines?.map(({ fields }) => fields);
	return bill.amounts && partOf(bill, bill.amounts.subTotal, lines);
}

export function partOf(
	{ number, fields }: Pick<XeroDocument, 'number' | 'fields'>,
	net: BilledPart['net'],
	lines: BilledPart['lines'],
): BilledPart {
	const { lineAmountTypes } = fields;
	return {
		name: number ?? 'another bill',
		net,
		lines,
		lineAmountTypes: typeof lineAmountTypes === 'string' ? lineAmountTypes : undefined,
	};
}

/** Ids of the bills that an order's history names. Throws ServiceFaultError. */
async function readNoted(
	client: XeroClient,
	order: DocumentDefinition,
	id: string,
): Promise<ReadonlySet<string>> {
	const { elements } = await readList(client, { path: historyOf(order, id) }, 'HistoryRecords');
	return new Set(
		elements.flatMap(({ Details: details }) =>
			typeof details === 'string' ? (NOTE.exec(details.trim())?.[1]?.toLowerCase() ?? []) : [],
		),
	);
}

export function historyOf({ wire }: DocumentDefinition, id: string): string {
	return `/${wire.resource}/${id}/History`;
}
