import { contentHash } from '../hash';
import { ServiceFaultError } from '../serviceFault';
import { answeredAtIn, listIn, pageCountIn } from './answers';
import type { XeroClient, XeroRead } from './client';
import type { WireElement } from './documents/definition';
import { xeroFault } from './faults';

export interface Page {
	/** The answer's own list, which whoever reads it may empty. */
	readonly elements: WireElement[];
	/** How many pages there are; undefined where the answer does not tell. */
	readonly pageCount: number | undefined;
	/** When Xero answered, by its own clock; undefined where the answer does not tell. */
	readonly answeredAtMs?: number;
}

/** Something between here and Xero may answer once what Xero would not. */
const MOST_ATTEMPTS = 3;

/** Reads one answer's list of a resource. Throws ServiceFaultError, also when it is none of Xero's. */
export async function readList(
	client: XeroClient,
	request: XeroRead,
	listName: string,
): Promise<Page> {
	for (let attempt = 1; ; attempt += 1) {
		const body = await client.read(request);
		// Nothing changed since then.
		if (body === undefined) return { elements: [], pageCount: undefined };
		const elements = listIn(body, listName);
		if (elements) {
			return { elements, pageCount: pageCountIn(body), answeredAtMs: answeredAtIn(body) };
		}
		if (attempt === MOST_ATTEMPTS) {
			throw new ServiceFaultError(xeroFault({ kind: 'notXero', path: request.path }));
		}
	}
}

export interface PagedRead extends XeroRead {
	readonly listName: string;
	/** Elements in a full page. */
	readonly pageSize: number;
	/** Whether `pageSize` may be sent. */
	readonly takesPageSize: boolean;
}

/** Reads one page, counted from 1. */
export async function readPage(
	client: XeroClient,
	request: PagedRead,
	page: number,
): Promise<Page> {
	const { listName, pageSize, takesPageSize, ...read } = request;
	const query = {
		...read.query,
		page: String(page),
		...(takesPageSize ? { pageSize: String(pageSize) } : {}),
	};
	return await readList(client, { ...read, query }, listName);
}

/** Whether another page may follow. A page may be short of what was asked for without being last. */
export function mayHaveMore(read: Page, page: number, pageSize: number): boolean {
	if (read.pageCount !== undefined) return page < read.pageCount;
	return read.elements.length >= pageSize;
}

/**
 * Is given elements page by page, so that of what is not wanted nothing is kept until the last. It may
 * take them out of the list, so that a page is not kept beside what is made of it.
 */
export type TakeElements = (elements: WireElement[]) => void | Promise<void>;

/** Reads all pages and hands each on as it comes. Throws ServiceFaultError. */
export async function takePages(
	client: XeroClient,
	request: PagedRead,
	take: TakeElements,
): Promise<void> {
	let before: string | undefined;
	for (let page = 1; ; page += 1) {
		const read = await readPage(client, request, page);
		const hasMore = mayHaveMore(read, page, request.pageSize);
		if (read.pageCount === undefined && hasMore) {
			const ends = contentHash([read.elements[0], read.elements.at(-1)]);
			if (ends === before) {
				// A place that knows no pages answers the whole each time; what repeats a page is not Xero.
				if (read.elements.length > request.pageSize) return;
				throw new ServiceFaultError(xeroFault({ kind: 'notXero', path: request.path }));
			}
			before = ends;
		}
		await take(read.elements);
		if (!hasMore) return;
	}
}
