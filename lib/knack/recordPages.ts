import { z } from '../vendor/zod';
import type { KnackRecord } from './app';

/** Knack's largest page. */
export const PAGE_SIZE = 1_000;

const recordSchema = z.object({ id: z.string().min(1) }).passthrough();

/** `current_page` and the totals come as numbers or as text. */
const total = z
	.union([z.number(), z.string().regex(/^\d+$/)])
	.pipe(z.coerce.number().int().nonnegative());

const pageSchema = z.object({
	// Taken for the only page, the first one would have all records of the others gone.
	total_pages: total,
	total_records: total.nullish(),
	current_page: total.nullish(),
	records: z.array(z.unknown()),
});

export interface RecordPage {
	readonly totalPages: number;
	readonly totalRecords?: number;
	readonly records: readonly KnackRecord[];
}

/** Undefined when the answer is not that page of a list of records, each with its id. */
export function parsePage(body: unknown, number: number): RecordPage | undefined {
	const parsed = pageSchema.safeParse(body);
	if (!parsed.success) return undefined;
	const { current_page: current, total_pages: pages, records: entries } = parsed.data;
	// With another page, or an empty one before the last, the records of this one would count as gone.
	if ((current ?? number) !== number || (entries.length === 0 && number < pages)) return undefined;
	const records = entries.flatMap((entry) => parseRecord(entry) ?? []);
	// One left out would count as gone from the table.
	if (records.length < entries.length) return undefined;
	return {
		totalPages: pages,
		totalRecords: parsed.data.total_records ?? undefined,
		records,
	};
}

export function parseRecord(body: unknown): KnackRecord | undefined {
	const parsed = recordSchema.safeParse(body);
	return parsed.success ? parsed.data : undefined;
}

/**
 * Reads all pages, each record once. Knack's pages are no snapshot: when a record goes away while
 * they are read, the next ones move up a place and one slips between two pages. The falling total
 * shows it, and then all pages are read once more.
 */
export async function readAllPages(
	fetchPage: (page: number) => Promise<RecordPage>,
): Promise<KnackRecord[]> {
	const found = new Map<string, KnackRecord>();
	for (let attempt = 0; attempt < 2; attempt += 1) {
		const { shrank } = await readPagesWhile(fetchPage, found, () => true);
		if (!shrank) break;
	}
	return [...found.values()];
}

/** Reads pages while they are wanted, each record once; those once more that one may have left. */
export async function readWantedPages(
	fetchPage: (page: number) => Promise<RecordPage>,
	wantsMore: (records: readonly KnackRecord[]) => boolean,
): Promise<KnackRecord[]> {
	const found = new Map<string, KnackRecord>();
	const { pages, shrank } = await readPagesWhile(fetchPage, found, wantsMore);
	let left = pages;
	if (shrank) await readPagesWhile(fetchPage, found, () => (left -= 1) > 0);
	return [...found.values()];
}

/** Reads pages into `found` (the latest reading of a record wins) while they are wanted. */
async function readPagesWhile(
	fetchPage: (page: number) => Promise<RecordPage>,
	found: Map<string, KnackRecord>,
	wantsMore: (records: readonly KnackRecord[]) => boolean,
): Promise<{ readonly pages: number; readonly shrank: boolean }> {
	let shrank = false;
	let total = 0;
	for (let number = 1; ; number += 1) {
		const page = await fetchPage(number);
		shrank ||= (page.totalRecords ?? total) < total;
		total = page.totalRecords ?? total;
		for (const record of page.records) found.set(record.id, record);
		const more = wantsMore(page.records);
		if (!more || page.records.length === 0 || number >= page.totalPages) {
			return { pages: number, shrank };
		}
	}
}
