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
	total_records: total.optional().catch(undefined),
	records: z.array(z.unknown()),
});

export interface RecordPage {
	readonly totalPages: number;
	readonly totalRecords?: number;
	readonly records: readonly KnackRecord[];
}

/** Undefined when the answer is no list of records, each with its id. */
export function parsePage(body: unknown): RecordPage | undefined {
	const parsed = pageSchema.safeParse(body);
	if (!parsed.success) return undefined;
	const records = parsed.data.records.flatMap((entry) => parseRecord(entry) ?? []);
	// One left out would count as gone from the table.
	if (records.length < parsed.data.records.length) return undefined;
	return {
		totalPages: parsed.data.total_pages,
		totalRecords: parsed.data.total_records,
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
		const totals: number[] = [];
		await readPagesWhile(fetchPage, found, (page) => {
			if (page.totalRecords !== undefined) totals.push(page.totalRecords);
			return true;
		});
		const shrank = totals.some((total, index) => total < (totals[index - 1] ?? total));
		if (!shrank) break;
	}
	return [...found.values()];
}

/** Reads pages into `found` (the latest reading of a record wins) while they are wanted. */
export async function readPagesWhile(
	fetchPage: (page: number) => Promise<RecordPage>,
	found: Map<string, KnackRecord>,
	wantsMore: (page: RecordPage) => boolean,
): Promise<void> {
	for (let number = 1; ; number += 1) {
		const page = await fetchPage(number);
		for (const record of page.records) found.set(record.id, record);
		const more = wantsMore(page);
		if (!more || page.records.length === 0 || number >= page.totalPages) return;
	}
}
