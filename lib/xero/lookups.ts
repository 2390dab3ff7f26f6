import { isServiceFaultError } from '../serviceFault';
import type { XeroClient } from './client';
import { CONTACT } from './documents/contact';
import type {
	DocumentDefinition,
	LookupWay,
	WireElement,
	XeroDocument,
} from './documents/definition';
import { mayHaveMore, readList, readPage, readPagesFrom } from './pages';
import type { PagedRead } from './pages';
import { LONGEST_URL, chunkByLength } from './urls';

/** Ids that one address takes with a margin: 52 were the edge (Xero-OpenAPI issue 534). */
const IDS_PER_CALL = 40;

/** Room that the address and the other parameters take in a URL. */
const ROOM_FOR_THE_REST = 500;
const VALUE_ROOM = LONGEST_URL - ROOM_FOR_THE_REST;

export interface WantedContacts {
	readonly ids: readonly string[];
	readonly numbers: readonly string[];
	readonly names: readonly string[];
	/** Parts of names under which likely candidates are found as well. */
	readonly looseNames?: readonly string[];
	readonly emails: readonly string[];
}

export interface WantedDocuments {
	readonly ids: readonly string[];
	/** Values by the path of a key of the definition, such as `invoiceNumber`. */
	readonly values: Readonly<Record<string, readonly string[]>>;
	/** Ids of the elements that they live below, for documents that do: projects of tasks. */
	readonly parentIds?: readonly string[];
}

/** Names, numbers and addresses are compared without regard to case and spacing. */
function folded(text: string): string {
	return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function unique(values: readonly string[]): string[] {
	const seen = new Map<string, string>();
	for (const value of values) {
		const key = folded(value);
		if (key !== '' && !seen.has(key)) seen.set(key, value.trim());
	}
	return [...seen.values()];
}

function listPathOf(definition: DocumentDefinition, parentId: string): string {
	const { listPath } = definition.lookup;
	if (typeof listPath === 'function') return listPath(encodeURIComponent(parentId));
	return listPath ?? `/${definition.resource}`;
}

function pagedRead(
	definition: DocumentDefinition,
	query: Readonly<Record<string, string>>,
	parentId = '',
): PagedRead {
	const { lookup } = definition;
	return {
		path: listPathOf(definition, parentId),
		query: {
			...lookup.query,
			...(definition.takesUnitPlaces ? { unitdp: '4' } : {}),
			...query,
		},
		api: definition.api,
		listName: lookup.listName ?? definition.resource,
		pageSize: lookup.pageSize ?? 100,
		takesPageSize: lookup.takesPageSize ?? false,
	};
}

/** Everything that answers a question, whether the endpoint has pages or not. */
async function readAll(
	client: XeroClient,
	definition: DocumentDefinition,
	query: Readonly<Record<string, string>>,
	parentId?: string,
): Promise<readonly WireElement[]> {
	const { pageSize, unfold } = definition.lookup;
	const request = pagedRead(definition, query, parentId);
	const { path, query: whole, api, listName } = request;
	const elements =
		pageSize === undefined
			? (await readList(client, { path, query: whole, api }, listName)).elements
			: await readPagesFrom(client, request, 1);
	return unfold ? elements.flatMap((element) => unfold(element)) : elements;
}

/** The document at its own address; nothing when it is not there. */
async function readOne(
	client: XeroClient,
	definition: DocumentDefinition,
	name: string,
): Promise<readonly WireElement[]> {
	const { path, api, listName } = pagedRead(definition, {});
	const query = definition.takesUnitPlaces ? { unitdp: '4' } : undefined;
	const request = { path: `${path}/${encodeURIComponent(name)}`, query, api };
	if (api === 'projects') {
		const body = await client.read(request).catch(nothingWhenMissing);
		return typeof body === 'object' && body !== null ? [{ ...body }] : [];
	}
	const page = await readList(client, request, listName).catch(nothingWhenMissing);
	return page?.elements ?? [];
}

/** What is not there is no fault of a lookup. */
function nothingWhenMissing(error: unknown): undefined {
	if (isServiceFaultError(error) && error.fault.cause === 'notFound') return undefined;
	throw error;
}

function whereTerm(way: Extract<LookupWay, { by: 'where' }>, value: string): string {
	return `${way.name}==${way.isId ? `guid("${value}")` : `"${value}"`}`;
}

/** One page of a list that has been asked for by a narrowing parameter. */
async function readBy(
	client: XeroClient,
	definition: DocumentDefinition,
	way: LookupWay,
	values: readonly string[],
): Promise<WireElement[]> {
	const ask = async (query: Readonly<Record<string, string>>) =>
		await readAll(client, definition, query);
	const found: WireElement[] = [];
	switch (way.by) {
		case 'list': {
			// A comma would end the value.
			const apart = values.filter((value) => value.includes(','));
			const together = values.filter((value) => !value.includes(','));
			const most = way.parameter === 'IDs' ? IDS_PER_CALL : together.length;
			for (const chunk of chunkByLength(together, ',', VALUE_ROOM, most)) {
				found.push(...(await ask({ [way.parameter]: chunk.join(',') })));
			}
			for (const value of apart) found.push(...(await search(client, definition, value)));
			return found;
		}
		case 'where': {
			const quotable = values.filter((value) => !value.includes('"'));
			const others = values.filter((value) => value.includes('"'));
			const condition = definition.lookup.where;
			const terms = quotable.map((value) => whereTerm(way, value));
			for (const chunk of chunkByLength(terms, ' OR ', VALUE_ROOM, IDS_PER_CALL)) {
				const any = chunk.join(' OR ');
				const where = condition ? `${condition} AND (${any})` : any;
				found.push(...(await ask({ where })));
			}
			for (const value of others) found.push(...(await search(client, definition, value)));
			return found;
		}
		case 'parameter':
			for (const value of values) found.push(...(await ask({ [way.parameter]: value })));
			return found;
		case 'path':
			for (const value of values) found.push(...(await readOne(client, definition, value)));
			return found;
		case 'all':
			found.push(...(await ask({})));
			return found;
	}
}

/** What a parameter cannot quote is searched for, or looked for among everything. */
async function search(
	client: XeroClient,
	definition: DocumentDefinition,
	value: string,
): Promise<readonly WireElement[]> {
	return await readAll(
		client,
		definition,
		definition.lookup.hasSearch ? { searchTerm: value } : {},
	);
}

function belongs(definition: DocumentDefinition, element: WireElement): boolean {
	return Object.entries(definition.fixed).every(
		([name, value]) => element[name] === undefined || element[name] === value,
	);
}

/** Reads elements as documents: of the definition's own kind, each once, the last reading winning. */
function documentsOf(
	definition: DocumentDefinition,
	elements: readonly WireElement[],
): XeroDocument[] {
	const byId = new Map<string, XeroDocument>();
	for (const element of elements) {
		if (!belongs(definition, element)) continue;
		const document = definition.read(element);
		if (document.id !== '') byId.set(document.id, document);
	}
	return [...byId.values()];
}

/** Everything that lives below the given elements, such as the tasks of projects. */
async function readBelow(
	client: XeroClient,
	definition: DocumentDefinition,
	parentIds: readonly string[],
): Promise<WireElement[]> {
	const elements: WireElement[] = [];
	for (const parentId of unique(parentIds)) {
		elements.push(...(await readAll(client, definition, {}, parentId)));
	}
	return elements;
}

async function readWanted(
	client: XeroClient,
	definition: DocumentDefinition,
	ids: readonly string[],
	values: ReadonlyArray<readonly [path: string, list: readonly string[]]>,
): Promise<WireElement[]> {
	const elements: WireElement[] = [];
	if (ids.length > 0) {
		elements.push(...(await readBy(client, definition, definition.lookup.ids, ids)));
	}
	let hasReadAll = ids.length > 0 && definition.lookup.ids.by === 'all';
	for (const [path, list] of values) {
		const way = definition.lookup.values[path] ?? { by: 'all' };
		if (list.length === 0 || (way.by === 'all' && hasReadAll)) continue;
		elements.push(...(await readBy(client, definition, way, list)));
		hasReadAll ||= way.by === 'all';
	}
	return elements;
}

/**
 * Reads every document that has one of the ids, or one of the values in a key field (compared
 * without regard to case), in as few calls as the endpoint allows. What is not there is left out.
 * Throws ServiceFaultError.
 */
export async function findDocuments(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: WantedDocuments,
): Promise<XeroDocument[]> {
	const ids = unique(wanted.ids).map((id) => id.toLowerCase());
	const values = Object.entries(wanted.values).map(([path, list]) => [path, unique(list)] as const);
	const elements =
		typeof definition.lookup.listPath === 'function'
			? await readBelow(client, definition, wanted.parentIds ?? [])
			: await readWanted(client, definition, ids, values);
	const isWanted = (document: XeroDocument) =>
		ids.includes(document.id) ||
		values.some(([path, list]) => {
			const value = document.fields[path];
			return typeof value === 'string' && list.some((each) => folded(each) === folded(value));
		});
	return documentsOf(definition, elements).filter(isWanted);
}

/**
 * Reads every contact that any of the wanted ones could be, archived ones included: by searching
 * for each value, or by reading all contacts where that takes fewer calls. Candidates that only
 * look alike may be among them; the caller compares. Contacts that were merged come with the
 * contact that they went into. Throws ServiceFaultError.
 */
export async function findContacts(
	client: XeroClient,
	wanted: WantedContacts,
): Promise<XeroDocument[]> {
	const elements: WireElement[] = [];
	const terms = unique([
		...wanted.numbers,
		...wanted.names,
		...(wanted.looseNames ?? []),
		...wanted.emails,
	]);
	const ids = unique(wanted.ids).map((id) => id.toLowerCase());
	const all = terms.length > 1 ? await readAllIfCheaper(client, terms.length) : undefined;
	if (all) elements.push(...all);
	else for (const term of terms) elements.push(...(await search(client, CONTACT, term)));

	// Merged contacts lead on to others; five steps are more than anyone makes.
	const asked = new Set<string>();
	for (let hop = 0; hop < 5; hop += 1) {
		const known = documentsOf(CONTACT, elements);
		const have = new Set(known.map((contact) => contact.id));
		const targets = known.flatMap((contact) => contact.mergedToId ?? []);
		const missing = [...new Set([...ids, ...targets])].filter(
			(id) => !have.has(id) && !asked.has(id),
		);
		if (missing.length === 0) return known;
		missing.forEach((id) => asked.add(id));
		elements.push(...(await readBy(client, CONTACT, CONTACT.lookup.ids, missing)));
	}
	return documentsOf(CONTACT, elements);
}

/**
 * All contacts, when reading them takes no more calls than that many searches; the first page
 * tells how many pages there are. Undefined when searching is cheaper.
 */
async function readAllIfCheaper(
	client: XeroClient,
	searches: number,
): Promise<WireElement[] | undefined> {
	const request = pagedRead(CONTACT, {});
	const first = await readPage(client, request, 1);
	const elements = [...first.elements];
	if (!mayHaveMore(first, 1, request.pageSize)) return elements;
	if (first.pageCount !== undefined && first.pageCount - 1 > searches) return undefined;
	for (let page = 2; page <= searches + 1; page += 1) {
		const read = await readPage(client, request, page);
		elements.push(...read.elements);
		if (!mayHaveMore(read, page, request.pageSize)) return elements;
	}
	return undefined;
}

/**
 * Which of the ids are of documents that this very connection created. Xero tells it for invoices
 * and bills alone (`createdByMyApp`, Invoices endpoint); of others nothing is known, and none is
 * returned. Throws ServiceFaultError.
 */
export async function findOwnIds(
	client: XeroClient,
	definition: DocumentDefinition,
	ids: readonly string[],
): Promise<ReadonlySet<string>> {
	if (definition.resource !== 'Invoices' || ids.length === 0) return new Set();
	const own = new Set<string>();
	for (const chunk of chunkByLength(ids, ',', VALUE_ROOM, IDS_PER_CALL)) {
		const elements = await readAll(client, definition, {
			IDs: chunk.join(','),
			createdByMyApp: 'true',
		});
		documentsOf(definition, elements).forEach((document) => own.add(document.id));
	}
	return own;
}
