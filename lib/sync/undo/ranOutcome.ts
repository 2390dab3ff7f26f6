import type { Issue } from '../../issue';
import { failed, ok, type Result } from '../../result';
import { z } from '../../vendor/zod';
import { documentOfType } from '../../xero/documents';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { isRecord } from '../map/sampleShape';

/** Items of one output all have the same entries; what one of them has none of is an empty text. */
const NOTHING = z.literal('').transform(() => undefined);

function maybe<Schema extends z.ZodTypeAny>(schema: Schema) {
	return z.union([schema, NOTHING]).optional();
}

const text = maybe(z.string());

const change = z.object({
	field: z.string().min(1),
	before: z.union([z.string(), z.boolean()]).optional(),
	after: z.union([z.string(), z.boolean()]).optional(),
});

const item = z.object({
	outcome: z.string().min(1),
	record: text,
	document: z.object({
		type: z.string().min(1),
		id: text,
		number: text,
		status: text,
		total: text,
		currency: text,
		contactId: text,
		contactName: text,
		url: text,
	}),
	source: maybe(z.object({ knackRecordId: text, table: text, applicationId: text })),
	match: maybe(z.object({ by: z.string() })),
	changes: maybe(z.array(change)),
	operations: maybe(z.array(z.string())),
	issues: maybe(z.array(z.object({ code: z.string() }))),
	after: maybe(z.object({ emailed: z.boolean().optional(), onlineInvoiceUrl: text })),
	writtenBack: maybe(
		z.array(
			z.object({
				field: z.string(),
				// Empty is what the field was; left out where that is not known.
				before: z.string().optional(),
				after: text,
				knackRecordId: z.string(),
				table: z.string(),
			}),
		),
	),
	sync: maybe(z.object({ fingerprint: text, at: text })),
});

export type RanChange = z.infer<typeof change>;

/** What an earlier run says that it did for a record, as its item has it. */
export interface RanOutcome extends z.infer<typeof item> {
	readonly definition: DocumentDefinition;
	/** Set where the Sync Log tells of it, which does not know what was written to Knack. */
	readonly isOfLog?: true;
	/** The items of Undo that it stands for. */
	readonly itemIndexes: readonly number[];
}

const FIX =
	'Connect the output Synced of Map & Upsert to Xero to this node as it is, or give the items of that run.';

/** Reads an item that Map & Upsert to Xero gave. What cannot be read is refused by name. */
export function readRanOutcome(json: unknown, index: number): Result<RanOutcome, Issue> {
	const parsed = item.safeParse(json);
	if (!parsed.success) {
		const [first] = parsed.error.issues;
		return unreadable(first?.path.join('.') ?? '', 'is not as Map & Upsert to Xero gives it');
	}
	const definition = documentOfType(parsed.data.document.type);
	if (isOfPaymentStatus(json)) {
		return unreadable('payment', 'is of Payment Status to Knack, which writes nothing to Xero');
	}
	if (!definition) {
		return unreadable('document.type', `is "${parsed.data.document.type}", which is no document`);
	}
	// What an item says that a run made is taken out on its word: it is held against all that it tells.
	if (parsed.data.outcome === 'created' && !parsed.data.changes?.length) {
		return unreadable('changes', 'is missing, though the item says that its document was made');
	}
	return ok({ ...parsed.data, definition, itemIndexes: [index] });
}

function isOfPaymentStatus(json: unknown): boolean {
	return isRecord(json) && isRecord(json.payment);
}

function unreadable(path: string, what: string): Result<never, Issue> {
	const where = path === '' ? 'The item' : `"${path}" of the item`;
	return failed({
		code: 'UNDO_ITEM_UNREADABLE',
		severity: 'block',
		...(path === '' ? {} : { field: path }),
		message: `${where} ${what}, so it is not known what the run did.`,
		fix: FIX,
	});
}
