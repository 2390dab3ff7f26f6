import type { XeroDocument } from '../../xero/documents/definition';
import { findAllWhereCheaper, findDocuments } from '../../xero/lookups';
import type { NotingRun } from './billingRun';
import { readNotes, readOrderIds } from './notes';
import type { OrderStanding } from './orderStanding';
import { readStanding, standingOf } from './readStandings';

/** A bill that may have been for other orders than the one that it is for now. */
export interface Leaving {
	readonly document: XeroDocument;
	/** The order that it is for now. */
	readonly exceptId?: string;
}

type Ordered = OrderStanding['order'];

/** So many bills that a look at all orders is worth one call. */
const MANY_BILLS = 3;

/**
 * The orders whose history names bills, but for those that the bills are for: ids of orders by the ids
 * of bills. Adds to `known` how these orders stand. Throws ServiceFaultError.
 */
export async function findLeftOrders(
	run: NotingRun,
	leaving: readonly Leaving[],
	known: Map<string, OrderStanding>,
): Promise<ReadonlyMap<string, readonly string[]>> {
	const ofBills = await ordersOf(run, leaving, known);
	const unknown = [...new Set([...ofBills.values()].flat())].filter((id) => !known.has(id));
	await learnOrders(run, unknown, known);
	return new Map(
		leaving.flatMap(({ document: { id }, exceptId }): Array<[string, readonly string[]]> => {
			const left = (ofBills.get(id) ?? []).filter(
				(orderId) => orderId !== exceptId && known.get(orderId)?.noted.has(id),
			);
			return left.length === 0 ? [] : [[id, left]];
		}),
	);
}

async function learnOrders(
	{ client, definition, fills }: NotingRun,
	ids: readonly string[],
	known: Map<string, OrderStanding>,
): Promise<void> {
	if (ids.length === 0) return;
	for (const order of await findDocuments(client, fills.order, { ids, values: {} })) {
		if (!hasAmounts(order)) continue;
		known.set(order.id, await readStanding(client, definition, order, fills));
	}
}

/** Orders that bills may have been for, by the ids of the bills. */
async function ordersOf(
	run: NotingRun,
	leaving: readonly Leaving[],
	known: Map<string, OrderStanding>,
): Promise<ReadonlyMap<string, readonly string[]>> {
	const found = new Map<string, readonly string[]>();
	const ordersOfContacts = await readOrdersOfContacts(run, leaving.length);
	for (const [contactId, bills] of byContact(leaving)) {
		const orders = ordersOfContacts?.get(contactId) ?? [];
		// Of a bill whose contact is not known any order may be.
		const isTold = ordersOfContacts !== undefined && contactId !== '';
		if (isTold && orders.length <= bills.length) {
			const standings = await namingOrders(run, orders, bills, known);
			for (const { id } of bills) {
				found.set(
					id,
					standings.flatMap(({ order, noted }) => (noted.has(id) ? [order.id] : [])),
				);
			}
			continue;
		}
		for (const { id } of bills) {
			found.set(id, await readOrderIds(run.client, run.definition, id));
		}
	}
	return found;
}

function byContact(leaving: readonly Leaving[]): ReadonlyMap<string, readonly XeroDocument[]> {
	const grouped = new Map<string, XeroDocument[]>();
	for (const { document } of leaving) {
		const contactId = document.contactId ?? '';
		const own = grouped.get(contactId);
		if (own) own.push(document);
		else grouped.set(contactId, [document]);
	}
	return grouped;
}

/**
 * All orders that bills can be for, by the ids of their contacts; undefined where it takes more calls
 * to read them than to ask for the history of each bill.
 */
async function readOrdersOfContacts(
	{ client, fills }: NotingRun,
	bills: number,
): Promise<ReadonlyMap<string, readonly Ordered[]> | undefined> {
	if (bills < MANY_BILLS) return undefined;
	const all = await findAllWhereCheaper(client, fills.order, bills);
	if (!all) return undefined;
	const grouped = new Map<string, Ordered[]>();
	for (const order of all) {
		const { contactId = '', status } = order;
		if (!hasAmounts(order) || (status !== fills.takes && status !== fills.done)) continue;
		const own = grouped.get(contactId);
		if (own) own.push(order);
		else grouped.set(contactId, [order]);
	}
	return grouped;
}

/** Which of the orders name one of the bills; how these stand is added to `known`. */
async function namingOrders(
	{ client, definition, fills }: NotingRun,
	orders: readonly Ordered[],
	bills: readonly XeroDocument[],
	known: Map<string, OrderStanding>,
): Promise<readonly OrderStanding[]> {
	const naming: OrderStanding[] = [];
	for (const order of orders) {
		const standing = known.get(order.id);
		if (standing) {
			naming.push(standing);
			continue;
		}
		const history = await readNotes(client, fills.order, order.id);
		if (!bills.some(({ id }) => history.noted.has(id))) continue;
		const of = { definition: fills.order, order };
		const read = await standingOf(client, definition, of, history);
		known.set(order.id, read);
		naming.push(read);
	}
	return naming;
}

function hasAmounts(order: XeroDocument): order is Ordered {
	return order.amounts !== undefined;
}
