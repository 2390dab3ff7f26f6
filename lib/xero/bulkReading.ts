import { foldText } from '../foldText';
import { NEVER_GIVES_WAY, type GiveWay } from '../giveWay';
import { isServiceFaultError, ServiceFaultError } from '../serviceFault';
import { inAddress } from '../texts';
import { fullUrl } from '../urls';
import type { XeroClient } from './client';
import type {
	DocumentDefinition,
	LookupWay,
	WireElement,
	XeroDocument,
} from './documents/definition';
import { readAlone } from './documents/reading';
import { isElement } from './documents/wireSlots';
import { xeroFault } from './faults';
import { mayHaveMore, readList, readPage, takePages } from './pages';
import type { PagedRead, TakeElements } from './pages';
import { LONGEST_URL, chunkByLength } from './urls';

/** Ids that one address takes with a margin: 52 were the edge (Xero-OpenAPI issue 534). */
export const IDS_PER_CALL = 40;

/** Room that the address and the other parameters take in a URL. */
const ROOM_FOR_THE_REST = 500;
export const VALUE_ROOM = LONGEST_URL - ROOM_FOR_THE_REST;

/** The longest address of an API that requests go to: a sandbox's, with a margin. */
const LONGEST_BASE = 100;

/** Room that a URL has for values beside everything else that stands in it. */
function roomBeside(
	definition: DocumentDefinition,
	query: Readonly<Record<string, string>>,
): number {
	const { path, query: whole } = pagedRead(definition, query);
	const address = fullUrl(path, { ...whole, page: '1000', pageSize: '1000' });
	return LONGEST_URL - LONGEST_BASE - address.length;
}

/** When anything of what is asked for was last changed at the earliest, where that is known. */
export interface Since {
	/** Epoch milliseconds, as Xero's clock has it. */
	readonly modifiedSinceMs?: number;
}

export function unique(values: readonly string[]): string[] {
	return [...byFold(values).values()];
}

/** The values by how they count when they are compared; of several alike the first. */
export function byFold(values: readonly string[]): ReadonlyMap<string, string> {
	const seen = new Map<string, string>();
	for (const value of values) {
		const key = foldText(value);
		if (key !== '' && !seen.has(key)) seen.set(key, value.trim());
	}
	return seen;
}

function listPathOf(definition: DocumentDefinition, parentId: string): string {
	const { listPath } = definition.lookup;
	if (typeof listPath === 'function') return listPath(inAddress(parentId));
	return listPath ?? `/${definition.wire.resource}`;
}

export function pagedRead(
	definition: DocumentDefinition,
	query: Readonly<Record<string, string>>,
	parentId = '',
): PagedRead {
	const { lookup } = definition;
	return {
		path: listPathOf(definition, parentId),
		query: {
			...lookup.query,
			...(definition.amounts.takesUnitPlaces ? { unitdp: '4' } : {}),
			...query,
		},
		api: definition.wire.api,
		listName: lookup.listName ?? definition.wire.resource,
		pageSize: lookup.pageSize ?? 100,
		takesPageSize: lookup.takesPageSize ?? false,
	};
}

/** Everything that answers a question, whether the endpoint has pages or not. */
export async function readAll(
	client: XeroClient,
	definition: DocumentDefinition,
	query: Readonly<Record<string, string>>,
	take: TakeElements,
	parentId?: string,
): Promise<void> {
	const { pageSize, unfold } = definition.lookup;
	const request = pagedRead(definition, query, parentId);
	const { path, query: whole, api, listName } = request;
	const takeUnfolded: TakeElements = unfold
		? async (elements) => await take(elements.flatMap((element) => unfold(element)))
		: take;
	if (pageSize === undefined) {
		await takeUnfolded((await readList(client, { path, query: whole, api }, listName)).elements);
	} else await takePages(client, request, takeUnfolded);
}

/** The document at its own address; nothing when it is not there. */
async function readOne(
	client: XeroClient,
	definition: DocumentDefinition,
	name: string,
): Promise<WireElement[]> {
	const { path, api, listName } = pagedRead(definition, {});
	const query = definition.amounts.takesUnitPlaces ? { unitdp: '4' } : undefined;
	const request = { path: `${path}/${inAddress(name)}`, query, api };
	if (definition.wire.answeredIn !== 'list') {
		const body = await client.read(request).catch(nothingWhenMissing);
		if (body === undefined) return [];
		const element = isElement(body) && readAlone(definition.wire, body);
		if (element) return [element];
		throw new ServiceFaultError(xeroFault({ kind: 'notXero', path: request.path }));
	}
	const page = await readList(client, request, listName).catch(nothingWhenMissing);
	return page?.elements ?? [];
}

/** A document as its own address shows it, with the lines that the list has left out. */
export async function readWithLines(
	client: XeroClient,
	definition: DocumentDefinition,
	id: string,
): Promise<WireElement | undefined> {
	return (await readOne(client, definition, id))[0];
}

/** What is not there is no fault of a lookup. */
export function nothingWhenMissing(error: unknown): undefined {
	if (isServiceFaultError(error) && error.fault.cause === 'notFound') return undefined;
	throw error;
}

function whereTerm(way: Extract<LookupWay, { by: 'where' }>, value: string): string {
	const { name, isId, isDay } = way;
	if (isDay) return `${name}==DateTime(${value.replaceAll('-', ',')})`;
	return `${name}==${isId ? `guid("${value}")` : `"${value}"`}`;
}

/**
 * Takes everything that answers a question, when reading it takes no more calls than that many
 * narrower ones; the first page tells how many pages there are. False when the narrower are cheaper:
 * where Xero does not tell how many there are, some pages have been taken by then.
 */
export async function readAllIfCheaper(
	client: XeroClient,
	request: PagedRead,
	calls: number,
	take: TakeElements,
): Promise<boolean> {
	for (let page = 1; page <= calls + 1; page += 1) {
		const read = await readPage(client, request, page);
		const hasMore = mayHaveMore(read, page, request.pageSize);
		if (hasMore && page === 1 && read.pageCount !== undefined && read.pageCount - 1 > calls) {
			return false;
		}
		await take(read.elements);
		if (!hasMore) return true;
	}
	return false;
}

/** So many narrow questions that trying whether everything is cheaper is worth one call. */
const MANY_QUESTIONS = 3;

/**
 * Takes everything of a type, or what was changed since a moment, where reading that in pages of a
 * thousand takes no more calls than so many narrow questions.
 */
async function readWholeIfCheaper(
	client: XeroClient,
	definition: DocumentDefinition,
	questions: number,
	{ since, take }: Reading,
): Promise<boolean> {
	if (questions < MANY_QUESTIONS || definition.lookup.takesPageSize !== true) return false;
	const { where } = definition.lookup;
	const request = { ...pagedRead(definition, where ? { where } : {}), ...since };
	return await readAllIfCheaper(client, request, questions - 1, take);
}

/** Xero keeps no number, name or id that is longer; what is held for its length is not looked up. */
const LONGEST_KEY = 255;

/** Whether a value can stand in a `where`, in which a quote would end it. */
const isQuotable = (value: string): boolean => !value.includes('"') && fitsAddress(value);

/** Whether a value fits an address by itself. Xero's limits count characters, and not what each takes. */
function fitsAddress(value: string): boolean {
	return inAddress(value).length <= VALUE_ROOM;
}

/**
 * One `where` for documents that have one of the values, or for which the term holds; undefined where
 * these are not asked for so, or one address has no room for all.
 */
export function whereForBoth(
	definition: DocumentDefinition,
	way: LookupWay | undefined,
	values: readonly string[],
	term: string,
): string | undefined {
	if (way?.by !== 'where' || values.some((value) => !isQuotable(value))) return undefined;
	const any = [...values.map((value) => whereTerm(way, value)), term].join(' OR ');
	const condition = definition.lookup.where;
	const where = condition ? `${condition} AND (${any})` : any;
	return roomBeside(definition, { where }) > 0 ? where : undefined;
}

/** Where what is read goes, since when all of it was changed, and in which days all of it lies. */
export interface Reading {
	readonly take: TakeElements;
	readonly since?: Since;
	readonly days?: Days;
	readonly giveWay?: GiveWay;
}

/** First and last day. */
export interface Days {
	readonly from: string;
	readonly to: string;
}

/**
 * Takes everything that has one of the values, and perhaps more, in the fewest calls: by the values,
 * or whole pages of everything.
 */
export async function readBy(
	client: XeroClient,
	definition: DocumentDefinition,
	way: LookupWay,
	given: readonly string[],
	reading: Reading,
): Promise<void> {
	const { take, giveWay = NEVER_GIVES_WAY } = reading;
	const values = given.filter(({ length }) => length <= LONGEST_KEY);
	const ask = async (query: Readonly<Record<string, string>>) =>
		await readAll(client, definition, query, take);
	switch (way.by) {
		case 'list': {
			const together: string[] = [];
			const apart: string[] = [];
			for (const value of values) {
				// A comma would end the value.
				const isListed = !value.includes(',') && fitsAddress(value);
				(isListed ? together : apart).push(value);
				await giveWay();
			}
			const most = way.parameter === 'IDs' ? IDS_PER_CALL : together.length;
			const chunks = chunkByLength(together, ',', VALUE_ROOM, most);
			if (await readWholeIfCheaper(client, definition, chunks.length, reading)) return;
			for (const chunk of chunks) {
				await ask({ [way.parameter]: chunk.join(',') });
			}
			for (const value of apart) await search(client, definition, value, take);
			return;
		}
		case 'where': {
			const quotable = values.filter(isQuotable);
			const others = values.filter((value) => !isQuotable(value));
			const condition = definition.lookup.where;
			const terms = quotable.map((value) => whereTerm(way, value));
			const room = roomBeside(definition, { where: `${condition ?? ''} AND ()` });
			const chunks = chunkByLength(terms, ' OR ', room, IDS_PER_CALL);
			if (await readWholeIfCheaper(client, definition, chunks.length, reading)) return;
			for (const chunk of chunks) {
				const any = chunk.join(' OR ');
				const where = condition ? `${condition} AND (${any})` : any;
				await ask({ where });
			}
			for (const value of others) await search(client, definition, value, take);
			return;
		}
		case 'parameter':
			for (const value of values) {
				await ask(fitsAddress(value) ? { [way.parameter]: value } : {});
			}
			return;
		case 'path':
			for (const value of values.filter(fitsAddress)) {
				await take(await readOne(client, definition, value));
			}
			return;
		case 'period': {
			const { period } = definition.lookup;
			const { days } = reading;
			const within = period && days ? { [period.from]: days.from, [period.to]: days.to } : {};
			// The periods of all are a page or two; one person's alone are less than that.
			if (values.length > FEW) return await ask(within);
			for (const value of values) await ask({ filter: `${way.name}==${value}`, ...within });
			return;
		}
		case 'all':
			await ask({});
			return;
	}
}

/** So many that a call for each is not more than reading those of all. */
const FEW = 2;

/** What a parameter cannot quote is searched for, or looked for among everything. */
export async function search(
	client: XeroClient,
	definition: DocumentDefinition,
	value: string,
	take: TakeElements,
): Promise<void> {
	if (value.length > LONGEST_KEY) return;
	const canSearch = definition.lookup.hasSearch === true && fitsAddress(value);
	await readAll(client, definition, canSearch ? { searchTerm: value } : {}, take);
}

function belongs(definition: DocumentDefinition, element: WireElement): boolean {
	return Object.entries(definition.wire.fixed).every(
		([name, value]) => element[name] === undefined || element[name] === value,
	);
}

/** Takes elements as the documents that they are, of the definition's own kind alone. */
export function takeDocuments(
	definition: DocumentDefinition,
	take: (document: XeroDocument, element: WireElement) => void,
	giveWay: GiveWay = NEVER_GIVES_WAY,
): TakeElements {
	return async (elements) => {
		elements.reverse();
		for (let element = elements.pop(); element; element = elements.pop()) {
			await giveWay();
			if (!belongs(definition, element)) continue;
			const document = definition.read(element);
			if (document.id !== '') take(document, element);
		}
	};
}

/** Documents that are read, each once: the last reading wins. */
export class DocumentsRead {
	private readonly byId = new Map<string, XeroDocument>();
	/** Takes a page of them. */
	readonly take: TakeElements;

	constructor(definition: DocumentDefinition, giveWay?: GiveWay) {
		const keep = (document: XeroDocument) => this.byId.set(document.id, document);
		this.take = takeDocuments(definition, keep, giveWay);
	}

	all(): XeroDocument[] {
		return [...this.byId.values()];
	}
}
