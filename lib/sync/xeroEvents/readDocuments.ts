import { contentHash } from '../../hash';
import { IDS_PER_CALL, VALUE_ROOM } from '../../xero/bulkReading';
import type { XeroClient } from '../../xero/client';
import type { WireElement } from '../../xero/documents/definition';
import { readId, readUpdatedAt } from '../../xero/documents/reading';
import { elementsOf, isElement } from '../../xero/documents/wireSlots';
import { mayHaveMore, readPage } from '../../xero/pages';
import { chunkByLength } from '../../xero/urls';
import type { Version } from './eventState';
import { documentKey, WATCHED } from './watchedDocuments';
import type { WatchedDocuments, WatchedKind } from './watchedDocuments';

/** Xero's largest page. */
const PAGE_SIZE = 1_000;

/** A document as Xero has it now. */
export interface ReadDocument extends Version {
	readonly kind: WatchedKind;
	readonly id: string;
	readonly element: WireElement;
}

function pages(path: string, listName: string, query: Readonly<Record<string, string>>) {
	return { path, query, listName, pageSize: PAGE_SIZE, takesPageSize: true };
}

/** Documents of a kind by id, in as few calls as addresses allow; what is gone is left out. */
export async function readDocumentsById(
	client: XeroClient,
	organisationId: string,
	kind: WatchedKind,
	ids: readonly string[],
): Promise<ReadDocument[]> {
	const watched = WATCHED[kind];
	const questions = watched.takesIds
		? chunkByLength(ids, ',', VALUE_ROOM, IDS_PER_CALL).map((chunk) => ({ IDs: chunk.join(',') }))
		: whereIds(watched.idName, ids).map((where) => ({ where }));
	const found: ReadDocument[] = [];
	for (const question of questions) {
		const request = pages(`/${watched.resource}`, watched.resource, {
			...watched.query,
			...question,
		});
		const { elements } = await readPage(client, request, 1);
		found.push(...asDocuments(elements, organisationId, watched));
	}
	return found;
}

/** Conditions on ids, as many of them in one as an address takes. */
export function whereIds(idName: string, ids: readonly string[]): string[] {
	const terms = ids.map((id) => `${idName}==guid("${id}")`);
	return chunkByLength(terms, ' OR ', VALUE_ROOM, IDS_PER_CALL).map((chunk) => chunk.join(' OR '));
}

/** The ids of the invoices that payments belong to, by payment; deleted payments name theirs too. */
export async function invoicesOfPayments(
	client: XeroClient,
	paymentIds: readonly string[],
): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	for (const where of whereIds('PaymentID', paymentIds)) {
		const request = pages('/Payments', 'Payments', { where });
		const { elements } = await readPage(client, request, 1);
		for (const element of elements) {
			const payment = readId(element, 'PaymentID');
			const invoice = isElement(element.Invoice) && readId(element.Invoice, 'InvoiceID');
			if (payment && invoice) found.set(payment, invoice);
		}
	}
	return found;
}

/** The ids of the invoices that a credit note, prepayment or overpayment is applied to. */
export function invoicesOfCredit({ kind, element }: ReadDocument): string[] {
	if (kind === 'invoice' || kind === 'contact') return [];
	return elementsOf(element.Allocations).flatMap(({ Invoice }) => {
		const id = isElement(Invoice) ? readId(Invoice, 'InvoiceID') : undefined;
		return id === undefined ? [] : [id];
	});
}

export interface ChangedDocuments {
	readonly documents: readonly ReadDocument[];
	/** How far the reading came, epoch milliseconds; undefined when there was nothing. */
	readonly throughMs: number | undefined;
	/** When Xero began to answer, by its own clock; undefined where it does not tell. */
	readonly answeredAtMs: number | undefined;
	/** False when there is more to read. */
	readonly complete: boolean;
}

/** From where a list is read, and how far. */
interface ReadingOn {
	readonly sinceMs: number;
	/** How far it was read before, which pages have to get past. */
	readonly reachedMs: number;
	/** Beyond that, or with nothing that this reading had not had before. */
	readonly mostPages: number;
}

/**
 * What Xero says was updated since an instant, oldest change first. Pages go by the clock rather
 * than by number: a document that changes while the list is read moves to its end, and the one that
 * slips into its place on a page already read would be missed.
 */
export async function readChangedSince(
	client: XeroClient,
	organisationId: string,
	kind: WatchedKind,
	{ sinceMs, reachedMs, mostPages }: ReadingOn,
): Promise<ChangedDocuments> {
	const watched = WATCHED[kind];
	const query = { ...watched.query, order: 'UpdatedDateUTC' };
	const documents = new Map<string, ReadDocument>();
	let since = sinceMs;
	let through: number | undefined;
	let answeredAtMs: number | undefined;
	let page = 1;
	for (let read = 0; read < mostPages; ) {
		const request = {
			...pages(`/${watched.resource}`, watched.resource, query),
			modifiedSinceMs: Math.max(0, since),
		};
		const answer = await readPage(client, request, page);
		answeredAtMs ??= answer.answeredAtMs;
		let isNew = false;
		for (const document of asDocuments(answer.elements, organisationId, watched)) {
			isNew ||= documents.get(document.id)?.mark !== document.mark;
			documents.delete(document.id);
			documents.set(document.id, document);
			through = Math.max(through ?? 0, document.atMs);
		}
		if (!isNew || (through ?? 0) > reachedMs) read += 1;
		if (!mayHaveMore(answer, page, PAGE_SIZE)) {
			return {
				documents: [...documents.values()],
				throughMs: through,
				answeredAtMs,
				complete: true,
			};
		}
		// If-Modified-Since has whole seconds.
		const next = (through ?? 0) - 1_000;
		if (next > since) {
			since = next;
			page = 1;
		} else {
			page += 1;
		}
	}
	return {
		documents: [...documents.values()],
		throughMs: through,
		answeredAtMs,
		complete: false,
	};
}

/** The elements of a list as documents; what has no id is left out. */
export function asDocuments(
	elements: readonly WireElement[],
	organisationId: string,
	watched: WatchedDocuments,
): ReadDocument[] {
	return elements.flatMap((element) => {
		const id = readId(element, watched.idName);
		if (id === undefined) return [];
		return [
			{
				kind: watched.kind,
				id,
				element,
				key: documentKey(organisationId, watched.kind, id),
				mark: contentHash(element).slice(0, 12),
				atMs: readUpdatedAt(element) ?? 0,
			},
		];
	});
}
