import { foldText } from '../foldText';
import {
	IDS_PER_CALL,
	VALUE_ROOM,
	documentsOf,
	elementsByDocument,
	nothingWhenMissing,
	readAll,
	readBy,
	unique,
} from './bulkReading';
import type { Since } from './bulkReading';
import type { XeroClient } from './client';
import type { DocumentDefinition, WireElement, XeroDocument } from './documents/definition';
import { chunkByLength } from './urls';

export { findContacts } from './contactLookups';

export interface WantedDocuments extends Since {
	readonly ids: readonly string[];
	/** Values by the path of a key of the definition, such as `invoiceNumber`. */
	readonly values: Readonly<Record<string, readonly string[]>>;
	/** Ids of the elements that they live below, for documents that do: projects of tasks. */
	readonly parentIds?: readonly string[];
}

/**
 * Everything that lives below the given elements, such as the tasks of projects; nothing does below
 * one that is not there.
 */
async function readBelow(
	client: XeroClient,
	definition: DocumentDefinition,
	parentIds: readonly string[],
): Promise<WireElement[]> {
	const elements: WireElement[] = [];
	for (const parentId of unique(parentIds)) {
		const below = readAll(client, definition, {}, parentId).catch(nothingWhenMissing);
		elements.push(...((await below) ?? []));
	}
	return elements;
}

async function readWanted(
	client: XeroClient,
	definition: DocumentDefinition,
	ids: readonly string[],
	values: ReadonlyArray<readonly [path: string, list: readonly string[]]>,
	since: Since,
): Promise<WireElement[]> {
	const elements: WireElement[] = [];
	if (ids.length > 0) {
		elements.push(...(await readBy(client, definition, definition.lookup.ids, ids, since)));
	}
	let hasReadAll = ids.length > 0 && definition.lookup.ids.by === 'all';
	for (const [path, list] of values) {
		const way = definition.lookup.values[path] ?? { by: 'all' };
		if (list.length === 0 || (way.by === 'all' && hasReadAll)) continue;
		elements.push(...(await readBy(client, definition, way, list, since)));
		hasReadAll ||= way.by === 'all';
	}
	return elements;
}

/**
 * Reads every document that has one of the ids, or one of the values in a key field (compared
 * without regard to case), in as few calls as the endpoint allows. What is not there is left out;
 * so may be what was not changed since the moment that is given.
 * Throws ServiceFaultError.
 */
export async function findDocuments(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: WantedDocuments,
): Promise<XeroDocument[]> {
	const found = await findElements(client, definition, wanted);
	return [...found.keys()];
}

/** As `findDocuments`, each with the element as Xero sent it. */
export async function findElements(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: WantedDocuments,
): Promise<ReadonlyMap<XeroDocument, WireElement>> {
	const { modifiedSinceMs } = wanted;
	const since = modifiedSinceMs === undefined ? {} : { modifiedSinceMs };
	const ids = unique(wanted.ids).map((id) => id.toLowerCase());
	const values = Object.entries(wanted.values).map(([path, list]) => [path, unique(list)] as const);
	const elements =
		typeof definition.lookup.listPath === 'function'
			? await readBelow(client, definition, wanted.parentIds ?? [])
			: await readWanted(client, definition, ids, values, since);
	const wantedIds = new Set(ids);
	const wantedValues = values.map(([path, list]) => [path, new Set(list.map(foldText))] as const);
	const isWanted = (document: XeroDocument) =>
		wantedIds.has(document.id) ||
		wantedValues.some(([path, list]) => {
			const value = document.fields[path];
			return typeof value === 'string' && list.has(foldText(value));
		});
	return new Map(
		[...elementsByDocument(definition, elements)].filter(([document]) => isWanted(document)),
	);
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
	if (definition.lookup.tellsOwn !== true || ids.length === 0) return new Set();
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
