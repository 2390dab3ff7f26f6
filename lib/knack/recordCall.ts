import { DateTime } from '../vendor/luxon';
import { z } from '../vendor/zod';

/** What a Knack Flow, or a page, says when it calls: which record something happened to. */
export interface RecordCall {
	/** Empty when the call names no record. */
	readonly recordIds: readonly string[];
	/** Key or name of the table, where it is said. */
	readonly table: string | undefined;
	/** Where the caller can set no header. */
	readonly secret: string | undefined;
	/** When it was sent, epoch milliseconds, where that is said beyond doubt. */
	readonly sentAtMs: number | undefined;
}

const RECORD_ID = /^[0-9a-f]{24}$/i;

/** So many records are read one by one; a call that names more means the table. */
const MOST_RECORDS = 1_000;

const text = z.string().trim().min(1).max(500).optional().catch(undefined);

const bodySchema = z
	.object({
		recordId: text,
		recordIds: z.array(z.string().trim()).max(MOST_RECORDS).catch([]),
		id: text,
		record: z.object({ id: text }).catch({}),
		table: text,
		secret: z.string().max(1_000).optional().catch(undefined),
		sentAt: z
			.union([z.string().max(100), z.number()])
			.optional()
			.catch(undefined),
	})
	.catch({ recordIds: [], record: {} });

/**
 * Reads a call's body leniently: people compose it. What is no record id, such as a token that
 * Knack did not fill, is left out; the call then means that something happened.
 */
export function readRecordCall(body: unknown): RecordCall {
	const said = bodySchema.parse(body);
	const named = [said.recordId ?? said.id ?? said.record.id ?? '', ...said.recordIds];
	return {
		recordIds: [...new Set(named.map((id) => id.toLowerCase()))].filter((id) => RECORD_ID.test(id)),
		table: said.table,
		secret: said.secret,
		sentAtMs: momentOf(said.sentAt),
	};
}

/** ISO 8601 with its offset, or epoch seconds or milliseconds: a local time could be any moment. */
function momentOf(sentAt: string | number | undefined): number | undefined {
	const value = String(sentAt ?? '').trim();
	if (/^\d{10}(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1_000);
	if (/^\d{13}$/.test(value)) return Number(value);
	if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/i.test(value)) return undefined;
	const moment = DateTime.fromISO(value, { setZone: true });
	return moment.isValid ? moment.toMillis() : undefined;
}
