import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, Filling, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { headerText } from '../check/draftValues';
import type { Draft } from '../draft';
import { liveOnes } from '../find/twins';
import { readNotes, type OrderNotes } from './notes';
import type { BilledPart, OrderStanding } from './orderStanding';

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The id in a link or in an id itself; undefined where the text is a number. */
export function orderIdIn(text: string): string | undefined {
	return ID.exec(text)?.[0].toLowerCase();
}

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
	return await standingOf(
		client,
		definition,
		{ definition: ofOrder, order },
		await readNotes(client, ofOrder, order.id),
	);
}

/** The same, of an order whose history is read already. Throws ServiceFaultError. */
export async function standingOf(
	client: XeroClient,
	definition: DocumentDefinition,
	of: Pick<OrderStanding, 'definition' | 'order'>,
	history: OrderNotes,
): Promise<OrderStanding> {
	const { noted } = history;
	const bills =
		noted.size === 0
			? []
			: await findDocuments(client, definition, { ids: [...noted], values: {} });
	return {
		...of,
		...history,
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
