import { contentHash } from '../hash';
import { ServiceFaultError } from '../serviceFault';
import { pageCountIn, recordsIn, totalCountIn } from './answers';
import type { XeroClient, XeroRead } from './client';
import { DOCUMENT_TYPES } from './documents';
import { xeroFault } from './faults';
import { isElement } from './documents/wireSlots';

/** Where an answer does not tell how many pages there are, a shorter one is the last. */
const PAGE_SIZE = 100;

/**
 * Reads page after page of whatever stands at a path; undefined where there are more than `most`. What
 * is no list comes as the one record that it is. Throws ServiceFaultError.
 */
export async function everyRecord(
	client: XeroClient,
	request: XeroRead,
	most: number,
): Promise<readonly unknown[] | undefined> {
	const found: unknown[] = [];
	const query = { ...sizeOf(request), ...request.query };
	let before: readonly unknown[] = [];
	for (let page = 1; ; page += 1) {
		const asked = { ...query, ...placeOf(request, page, before.at(-1)) };
		const body = await client.read({ ...request, query: asked });
		// Nothing changed since then.
		if (body === undefined) return found;
		const records = recordsIn(body);
		if (!records) {
			if (page === 1) return [body];
			throw new ServiceFaultError(xeroFault({ kind: 'notXero', path: request.path }));
		}
		const pages = pageCountIn(body);
		const total = totalCountIn(body);
		const tells = pages !== undefined || total !== undefined;
		// Some places know no pages, and answer the whole each time.
		if (!tells && page > 1 && contentHash(records) === contentHash(before)) return found;
		for (const record of records) found.push(record);
		if (found.length > most) return undefined;
		const hasMore =
			pages === undefined
				? total === undefined
					? records.length >= Math.min(PAGE_SIZE, Number(query.pageSize ?? PAGE_SIZE))
					: found.length < total
				: page < pages;
		if (!hasMore || records.length === 0) return found;
		before = records;
	}
}

/** Larger pages, where it is known that they may be asked for. */
function sizeOf({ path, api = 'accounting' }: XeroRead): Record<string, string> {
	const { lookup } =
		DOCUMENT_TYPES.find(({ wire }) => wire.api === api && `/${wire.resource}` === path) ?? {};
	return lookup?.takesPageSize && lookup.pageSize !== undefined
		? { pageSize: String(lookup.pageSize) }
		: {};
}

/** Journals go on behind the number of the last one; everything else has numbered pages. */
function placeOf(
	{ path, api = 'accounting' }: XeroRead,
	page: number,
	last: unknown,
): Record<string, string> {
	if (api !== 'accounting' || path !== '/Journals') return { page: String(page) };
	const number = isElement(last) ? last.JournalNumber : undefined;
	return typeof number === 'number' ? { offset: String(number) } : {};
}
