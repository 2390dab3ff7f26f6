import { z } from '../../vendor/zod';
import { personalDigests, PERSONAL_GROUPS } from './personalValues';
import { parseSafeJson, safeJson } from './safeText';

/** A row as another one cites it. */
const cited = z
	.object({ number: z.number().int(), digest: z.string(), record: z.string() })
	.strict();

/** The last row that a run had when another one began. */
const head = cited.extend({ run: z.string() }).strict();

export type Head = z.infer<typeof head>;

/** A value before or after; one that may be personal stands among the personal values. */
const changed = z
	.object({
		field: z.string(),
		before: z.union([z.string(), z.boolean()]).optional(),
		after: z.union([z.string(), z.boolean()]).optional(),
	})
	.strict();

const finding = z
	.object({ code: z.string(), severity: z.string(), field: z.string().optional() })
	.strict();

const record = z
	.object({
		kind: z.literal('record'),
		outcome: z.string(),
		document: z.record(z.string()),
		source: z
			.object({
				knackRecordId: z.string().optional(),
				table: z.string().optional(),
				applicationId: z.string().optional(),
			})
			.strict(),
		/** The record as it calls itself, where that is not a person's name. */
		record: z.string().optional(),
		/** What identifies the record across runs, where no person's name is in it. */
		key: z.string().optional(),
		/** Xero's Idempotency-Key of the request that wrote it. */
		requestKey: z.string().optional(),
		/** The key that its document was found by. */
		matchedBy: z.string().optional(),
		/** Set where it was e-mailed to the contact. */
		emailed: z.literal(true).optional(),
		changes: z.array(changed),
		findings: z.array(finding),
		/** Xero calls that the run had made when this was known. */
		calls: z.number().int(),
	})
	.strict();

export type RecordContent = z.infer<typeof record>;

const opening = z
	.object({
		kind: z.literal('opening'),
		/** What the run was about, in words. */
		about: z.string(),
		/** The operation of Map & Upsert to Xero; runs of others have none. */
		operation: z.string().optional(),
		heads: z.array(head),
	})
	.strict();

/** An attempt that has no row. */
const unwritten = z
	.object({
		number: z.number().int(),
		knackRecordId: z.string().optional(),
		xeroId: z.string().optional(),
	})
	.strict();

export type Unwritten = z.infer<typeof unwritten>;

const closing = z
	.object({
		kind: z.literal('closing'),
		/** Rows of the run that are in the table, with the opening and without this one. */
		rows: z.number().int(),
		/** Rows of records that were written. */
		written: z.number().int().optional(),
		/** Attempts whose row could not be written; of very many the first. */
		unwritten: z.array(unwritten),
		unwrittenCount: z.number().int(),
	})
	.strict();

const erased = z
	.object({
		run: z.string(),
		number: z.number().int(),
		groups: z.array(z.enum(PERSONAL_GROUPS)),
	})
	.strict();

/** The tombstone of personal values. */
const erasure = z.object({ kind: z.literal('erasure'), rows: z.array(erased) }).strict();

const removed = z
	.object({ run: z.string(), rows: z.number().int(), last: cited, closedAt: z.string() })
	.strict();

export type Removed = z.infer<typeof removed>;

/** The tombstone of whole runs. */
const removal = z
	.object({ kind: z.literal('removal'), olderThan: z.string(), runs: z.array(removed) })
	.strict();

/** A part of what may be written in a day, which the run that enters it takes for its process. */
const portion = z
	.object({
		kind: z.literal('portion'),
		/** What counts together: a node, and an organisation. */
		place: z.string(),
		/** `YYYY-MM-DD`, by the clock of the organisation. */
		day: z.string(),
		counted: z.string(),
		amount: z.string(),
	})
	.strict();

export type PortionContent = z.infer<typeof portion>;

const content = z.discriminatedUnion('kind', [record, opening, closing, erasure, removal, portion]);

export type LogContent = z.infer<typeof content>;

/** Which workflow and execution a run belongs to. */
const place = z
	.object({
		workflow: z.string().optional(),
		workflowId: z.string().optional(),
		execution: z.string().optional(),
		node: z.string().optional(),
	})
	.strict();

export type RunPlace = z.infer<typeof place>;

const entry = z
	.object({
		version: z.literal(1),
		/** Id of the Knack app. */
		app: z.string(),
		/** Id of the key that the row is signed with. */
		signedWith: z.string(),
		run: z.string(),
		/** Counts from 1 within the run. */
		number: z.number().int(),
		/** ISO 8601 UTC. */
		at: z.string(),
		place,
		/** The row before it in the run; numbers between the two could not be written. */
		previous: cited.optional(),
		content,
		personal: personalDigests,
		/** The columns that were filled in from it. */
		columns: z.array(z.string()),
	})
	.strict();

/** What a row says, for all that has to hold: the text that is signed. */
export type LogEntry = z.infer<typeof entry>;

export function entryText(given: LogEntry): string {
	return safeJson(given);
}

/** Undefined for a text that no run has written. */
export function parseEntry(text: string): LogEntry | undefined {
	const parsed = entry.safeParse(parseSafeJson(text));
	return parsed.success ? parsed.data : undefined;
}
