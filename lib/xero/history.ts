import { ServiceFaultError } from '../serviceFault';
import { z } from '../vendor/zod';
import type { XeroClient } from './client';
import type { DocumentDefinition } from './documents/definition';
import { xeroFault } from './faults';
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

const text = z
	.string()
	.nullish()
	.transform((given) => given?.trim() ?? '');

const record = z
	.object({ Changes: text, User: text, Details: text, DateUTC: z.string().nullish() })
	.transform(({ Changes: changes, User: user, Details: details, DateUTC: at }): HistoryRecord => {
		const atMs = readWireInstant(at);
		return { ...(atMs === undefined ? {} : { atMs }), changes, user, details };
	});

/** In Xero's order. Throws ServiceFaultError. */
export async function readHistory(
	client: XeroClient,
	definition: DocumentDefinition,
	id: string,
): Promise<HistoryRecord[]> {
	const request = { path: historyPath(definition, id) };
	const { elements } = await readList(client, request, 'HistoryRecords');
	return elements.map((element) => {
		const read = record.safeParse(element);
		if (read.success) return read.data;
		throw new ServiceFaultError(xeroFault({ kind: 'notXero', path: request.path }));
	});
}
