import { foldText } from '../foldText';
import { NEVER_GIVES_WAY, type GiveWay } from '../giveWay';
import { isServiceFaultError } from '../serviceFault';
import {
	IDS_PER_CALL,
	VALUE_ROOM,
	byFold,
	nothingWhenMissing,
	readAll,
	readBy,
	takeDocuments,
	unique,
	whereForBoth,
} from './bulkReading';
import {
	DocumentsRead,
	pagedRead,
	readAllIfCheaper,
	readWithLines,
	type Days,
	type Reading,
	type Since,
} from './bulkReading';
import type { XeroClient } from './client';
import { contactsAndDaysTerm, isOfContactsAndDays, type ContactsAndDays } from './contactDocuments';
import type { DocumentDefinition, WireElement, XeroDocument } from './documents/definition';
import type { TakeElements } from './pages';
import { chunkByLength } from './urls';

export { findContacts } from './contactLookups';

export interface WantedDocuments extends Since {
	readonly ids?: readonly string[];
	/** Values by the path of a key of the definition, such as `invoiceNumber`. */
	readonly values: Readonly<Record<string, readonly string[]>>;
	/** Ids of the elements that they live below, for documents that do: projects of tasks. */
	readonly parentIds?: readonly string[];
	/** The days that all of them lie in, where the list can be narrowed by that. */
	readonly days?: Days;
	/** Whether the lines of documents are not needed, so that none is read alone for them. */
	readonly leavesLinesOut?: boolean;
}

/**
 * Takes everything that lives below the given elements, such as the tasks of projects; nothing does
 * below one that is not there.
 */
async function readBelow(
	client: XeroClient,
	definition: DocumentDefinition,
	parentIds: readonly string[],
	take: TakeElements,
): Promise<void> {
	for (const parentId of unique(parentIds)) {
		await readAll(client, definition, {}, take, parentId).catch(nothingWhenMissing);
	}
}

async function readWanted(
	client: XeroClient,
	definition: DocumentDefinition,
	ids: readonly string[],
	values: ReadonlyArray<readonly [path: string, list: readonly string[]]>,
	reading: Reading,
): Promise<void> {
	if (ids.length > 0) await readBy(client, definition, definition.lookup.ids, ids, reading);
	let hasReadAll = ids.length > 0 && definition.lookup.ids.by === 'all';
	for (const [path, list] of values) {
		const way = definition.lookup.values[path] ?? { by: 'all' };
		if (list.length === 0 || (way.by === 'all' && hasReadAll)) continue;
		await readBy(client, definition, way, list, reading);
		hasReadAll ||= way.by === 'all';
	}
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
	giveWay?: GiveWay,
): Promise<XeroDocument[]> {
	return await findAs(client, definition, wanted, (document) => document, giveWay);
}

/**
 * As `findDocuments`, and in the same call the documents of contacts and days, where one question has
 * room for both; `others` is undefined where they were not read. Throws ServiceFaultError.
 */
export async function findDocumentsAnd(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: WantedDocuments,
	besides: ContactsAndDays,
	giveWay?: GiveWay,
): Promise<{
	readonly documents: readonly XeroDocument[];
	readonly others?: readonly XeroDocument[];
}> {
	const keys = Object.entries(wanted.values).filter(([, values]) =>
		values.some((value) => foldText(value) !== ''),
	);
	const [path = '', values = []] = keys[0] ?? [];
	const asksAll = wanted.modifiedSinceMs === undefined;
	await giveWay?.();
	const where =
		asksAll && keys.length === 1 && (wanted.ids ?? []).length === 0
			? whereForBoth(
					definition,
					definition.lookup.values[path],
					unique(values),
					contactsAndDaysTerm(besides),
				)
			: undefined;
	const read =
		where === undefined ? undefined : await readWhere(client, definition, where, giveWay);
	if (!read) return { documents: await findDocuments(client, definition, wanted, giveWay) };
	const folded = new Set(values.map(foldText));
	return {
		documents: read.filter(({ fields }) => {
			const value = fields[path];
			return typeof value === 'string' && folded.has(foldText(value));
		}),
		others: read.filter((each) => isOfContactsAndDays(definition, each, besides)),
	};
}

/**
 * All documents of a type, where reading them takes no more calls than so many narrower questions;
 * undefined where these are cheaper. Throws ServiceFaultError.
 */
export async function findAllWhereCheaper(
	client: XeroClient,
	definition: DocumentDefinition,
	questions: number,
): Promise<XeroDocument[] | undefined> {
	const read = new DocumentsRead(definition);
	const all = pagedRead(definition, {});
	const isRead = await readAllIfCheaper(client, all, questions - 1, read.take);
	return isRead ? read.all() : undefined;
}

/** Xero refuses a filter that would take it too long where there are very many documents: undefined. */
async function readWhere(
	client: XeroClient,
	definition: DocumentDefinition,
	where: string,
	giveWay?: GiveWay,
): Promise<XeroDocument[] | undefined> {
	const read = new DocumentsRead(definition, giveWay);
	const isRead = await readAll(client, definition, { where }, read.take).then(
		() => true,
		notWhenRefused,
	);
	return isRead ? read.all() : undefined;
}

function notWhenRefused(error: unknown): false {
	if (isServiceFaultError(error) && error.fault.cause === 'requestRefused') return false;
	throw error;
}

/** As `findDocuments`, each as Xero sent it. */
export async function findElements(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: WantedDocuments,
): Promise<WireElement[]> {
	return await findAs(client, definition, wanted, (_, element) => element);
}

async function findAs<Found>(
	client: XeroClient,
	definition: DocumentDefinition,
	wanted: WantedDocuments,
	as: (document: XeroDocument, element: WireElement) => Found,
	giveWay: GiveWay = NEVER_GIVES_WAY,
): Promise<Found[]> {
	const { modifiedSinceMs } = wanted;
	const since = modifiedSinceMs === undefined ? {} : { modifiedSinceMs };
	const ids = unique(wanted.ids ?? []).map((id) => id.toLowerCase());
	await giveWay();
	const wantedValues = Object.entries(wanted.values).map(
		([path, list]) => [path, byFold(list)] as const,
	);
	await giveWay();
	const values = wantedValues.map(([path, list]) => [path, [...list.values()]] as const);
	const wantedIds = new Set(ids);
	await giveWay();
	const isWanted = (document: XeroDocument) =>
		wantedIds.has(document.id) ||
		wantedValues.some(([path, list]) => {
			const value = document.fields[path];
			return typeof value === 'string' && list.has(foldText(value));
		});
	// The last reading of a document wins, also where by that it is not wanted any more.
	const found = new Map<string, Found>();
	const lineless = new Set<string>();
	const keep = (document: XeroDocument, element: WireElement) => {
		if (isWanted(document)) found.set(document.id, as(document, element));
		else found.delete(document.id);
		if (document.lines) lineless.delete(document.id);
		else lineless.add(document.id);
	};
	const take = takeDocuments(definition, keep, giveWay);
	if (typeof definition.lookup.listPath === 'function') {
		await readBelow(client, definition, wanted.parentIds ?? [], take);
	} else
		await readWanted(client, definition, ids, values, { take, since, giveWay, days: wanted.days });
	if (!definition.lookup.listLacksLines || wanted.leavesLinesOut) return [...found.values()];
	return await withLines(client, definition, found, lineless, as);
}

/** Reads those alone of which the list has told no lines; one that is gone by then is left out. */
async function withLines<Found>(
	client: XeroClient,
	definition: DocumentDefinition,
	found: ReadonlyMap<string, Found>,
	lineless: ReadonlySet<string>,
	as: (document: XeroDocument, element: WireElement) => Found,
): Promise<Found[]> {
	const whole: Found[] = [];
	for (const [id, each] of found) {
		const element = lineless.has(id) ? await readWithLines(client, definition, id) : undefined;
		if (element) whole.push(as(definition.read(element), element));
		else if (!lineless.has(id)) whole.push(each);
	}
	return whole;
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
	const take = takeDocuments(definition, ({ id }) => own.add(id));
	for (const chunk of chunkByLength(ids, ',', VALUE_ROOM, IDS_PER_CALL)) {
		const query = { IDs: chunk.join(','), createdByMyApp: 'true' };
		await readAll(client, definition, query, take);
	}
	return own;
}
