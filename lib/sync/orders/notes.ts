import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { readHistory } from '../../xero/history';

/*
 * Xero itself does not tell which bills an order has: its copy of an order to a bill leaves no link
 * behind (no member of Invoices or PurchaseOrders). So notes in the histories of both say it.
 */

type Known = Pick<XeroDocument, 'id' | 'number'>;

const known = ({ id, number }: Known, { label }: DocumentDefinition) =>
	`${label.toLowerCase()} ${number ?? ''} (${id})`.replace(/\s+/g, ' ');

/** In an order's history: a bill is for it. */
export function billedNote(bill: Known, definition: DocumentDefinition): string {
	return `Billed by ${known(bill, definition)}`;
}

/** In an order's history: a bill that was for it is not any more, and perhaps that this opens it. */
export function releasedNote(bill: Known, definition: DocumentDefinition, opens: boolean): string {
	return `No longer billed by ${known(bill, definition)}${opens ? OPENED_SO : ''}`;
}

/**
 * In an order's history: its bills close it. By that it is known later that no person has closed it.
 */
export const CLOSED_NOTE = 'Closed, since its bills come to what was ordered';

/** In an order's history: what its bills had closed is open again. */
export const OPENED_NOTE = 'Open again, since its bills come to less than was ordered';

const OPENED_SO = ', so it is open again';

/** In a bill's history: the order that it is for, by which that is found once the record names another. */
export function orderNote(order: Known, definition: DocumentDefinition): string {
	return `For ${known(order, definition)}`;
}

// A number that was typed into Xero may have line breaks.
const BILLED = /^Billed by .*\(([0-9a-f-]{36})\)$/is;
const RELEASED = /^No longer billed by .*\(([0-9a-f-]{36})\)(?:, so it is open again)?$/is;
const FOR_ORDER = /^For .*\(([0-9a-f-]{36})\)$/is;

/** What an order's history says of its bills, in whatever order Xero gives the notes. */
export interface OrderNotes {
	/** Ids of the bills that it names: more often as for it than as for it no more. */
	readonly noted: ReadonlySet<string>;
	/** Whether its bills have closed it, more often than it was opened again. */
	readonly isClosedByBills: boolean;
	/** The notes themselves, sorted. */
	readonly notes: readonly string[];
}

/** Throws ServiceFaultError. */
export async function readNotes(
	client: XeroClient,
	order: DocumentDefinition,
	id: string,
): Promise<OrderNotes> {
	const notes: string[] = [];
	const times = new Map<string, number>();
	let closings = 0;
	for (const text of await textsOf(client, order, id)) {
		const billed = idBy(BILLED, text);
		const bill = billed ?? idBy(RELEASED, text);
		const closing = closingOf(text);
		if (bill === undefined && closing === 0) continue;
		notes.push(text);
		closings += closing;
		if (bill === undefined) continue;
		times.set(bill, (times.get(bill) ?? 0) + (billed === undefined ? -1 : 1));
	}
	const noted = [...times].filter(([, count]) => count > 0).map(([bill]) => bill);
	return { noted: new Set(noted), isClosedByBills: closings > 0, notes: notes.sort() };
}

/** 1 where a note says that bills close the order, -1 where it is open again. */
function closingOf(text: string): -1 | 0 | 1 {
	if (text === CLOSED_NOTE) return 1;
	const isOpened = text === OPENED_NOTE || (RELEASED.test(text) && text.endsWith(OPENED_SO));
	return isOpened ? -1 : 0;
}

/** Ids of the orders that a bill was ever for. Throws ServiceFaultError. */
export async function readOrderIds(
	client: XeroClient,
	bill: DocumentDefinition,
	id: string,
): Promise<readonly string[]> {
	const texts = await textsOf(client, bill, id);
	return [...new Set(texts.flatMap((text) => idBy(FOR_ORDER, text) ?? []))];
}

async function textsOf(
	client: XeroClient,
	definition: DocumentDefinition,
	id: string,
): Promise<string[]> {
	return (await readHistory(client, definition, id)).map(({ details }) => details);
}

function idBy(pattern: RegExp, text: string): string | undefined {
	return pattern.exec(text)?.[1]?.toLowerCase();
}

/** A note as Xero takes it. */
export function noteBody(text: string): object {
	return { HistoryRecords: [{ Details: text }] };
}
