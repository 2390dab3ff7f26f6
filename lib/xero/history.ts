import { z } from '../vendor/zod';
import type { XeroClient } from './client';
import type { DocumentDefinition } from './documents/definition';
import { readList } from './pages';
import { readWireInstant } from './wireDates';

/** Where Xero keeps what was done with a document, notes among it. */
export function historyPath({ wire }: DocumentDefinition, id: string): string {
	return `/${wire.resource}/${id}/History`;
}

/** Something that Xero says was done with a document. */
export interface HistoryRecord {
	/** Epoch milliseconds; undefined where Xero tells no time. */
	readonly atMs?: number;
	/** Such as `Note`, `Approved`, `Paid`. */
	readonly changes: string;
	readonly user: string;
	readonly details: string;
}

const record = z
	.object({
		Changes: z.string().catch(''),
		User: z.string().catch(''),
		Details: z.string().catch(''),
		DateUTC: z.unknown(),
	})
	.transform(({ Changes: changes, User: user, Details: details, DateUTC: at }): HistoryRecord => {
		const atMs = readWireInstant(at);
		return { ...(atMs === undefined ? {} : { atMs }), changes, user, details: details.trim() };
	});

/** In Xero's order. Throws ServiceFaultError. */
export async function readHistory(
	client: XeroClient,
	definition: DocumentDefinition,
	id: string,
): Promise<HistoryRecord[]> {
	const request = { path: historyPath(definition, id) };
	const { elements } = await readList(client, request, 'HistoryRecords');
	return elements.map((element) => record.parse(element));
}
