import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { readList } from '../../xero/pages';

/*
 * Xero itself does not tell which bills an order has: its copy of an order to a bill leaves no link
 * behind (no member of Invoices or PurchaseOrders). So notes in the histories of both say it.
 */

type Known = Pick<XeroDocument, 'id' | 'number'>;

const known = ({ id, number }: Known, { label }: DocumentDefinition) =>
	`${label.toLowerCase()} ${number ?? ''} (${id})`.replace('  ', ' ');

/** In an order's history: a bill is for it. */
export function billedNote(bill: Known, definition: DocumentDefinition): string {
	return `Billed by ${known(bill, definition)}`;
}

/** In an order's history: a bill that was for it is not any more. */
export function releasedNote(bill: Known, definition: DocumentDefinition): string {
	return `No longer billed by ${known(bill, definition)}`;
}

/** In a bill's history: the order that it is for, by which that is found once the record names another. */
export function orderNote(order: Known, definition: DocumentDefinition): string {
	return `For ${known(order, definition)}`;
}

const BILLED = /^Billed by .*\(([0-9a-f-]{36})\)$/i;
const RELEASED = /^No longer billed by .*\(([0-9a-f-]{36})\)$/i;
const FOR_ORDER = /^For .*\(([0-9a-f-]{36})\)$/i;

/**
 * Ids of the bills that an order's history names: more often as for it than as for it no more, in
 * whatever order Xero gives the notes. Throws ServiceFaultError.
 */
export async function readNotes(
	client: XeroClient,
	order: DocumentDefinition,
	id: string,
): Promise<{ readonly noted: ReadonlySet<string>; readonly notes: readonly string[] }> {
	const notes: string[] = [];
	const times = new Map<string, number>();
	for (const text of await readHistory(client, order, id)) {
		const billed = idBy(BILLED, text);
		const bill = billed ?? idBy(RELEASED, text);
		if (bill === undefined) continue;
		notes.push(text);
		times.set(bill, (times.get(bill) ?? 0) + (billed === undefined ? -1 : 1));
	}
	const noted = [...times].filter(([, count]) => count > 0).map(([bill]) => bill);
	return { noted: new Set(noted), notes: notes.sort() };
}

/** Ids of the orders that a bill was ever for. Throws ServiceFaultError. */
export async function readOrderIds(
	client: XeroClient,
	bill: DocumentDefinition,
	id: string,
): Promise<readonly string[]> {
	const texts = await readHistory(client, bill, id);
	return [...new Set(texts.flatMap((text) => idBy(FOR_ORDER, text) ?? []))];
}

async function readHistory(
	client: XeroClient,
	definition: DocumentDefinition,
	id: string,
): Promise<string[]> {
	const { elements } = await readList(
		client,
		{ path: historyOf(definition, id) },
		'HistoryRecords',
	);
	return elements.flatMap(({ Details: details }) =>
		typeof details === 'string' ? [details.trim()] : [],
	);
}

function idBy(pattern: RegExp, text: string): string | undefined {
	return pattern.exec(text)?.[1]?.toLowerCase();
}

export function historyOf({ wire }: DocumentDefinition, id: string): string {
	return `/${wire.resource}/${id}/History`;
}

/** A note as Xero takes it. */
export function noteBody(text: string): object {
	return { HistoryRecords: [{ Details: text }] };
}
