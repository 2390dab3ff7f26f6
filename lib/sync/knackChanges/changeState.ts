import { contentHash } from '../../hash';
import { z } from '../../vendor/zod';
import type { StateForm } from '../trigger/triggerMemory';
import type { ChangeSettings } from './changeSettings';

/**
 * What a trigger remembers between polls, in the workflow's static data. n8n keeps it for certain
 * only when the workflow is activated and when a poll hands on items, so every poll must also be
 * right when it starts from an older state: what was handed on is in it, what was not comes again.
 */
const momentSchema = z.object({ process: z.string(), number: z.number() });

const groupSchema = z.object({
	layout: z.object({ fields: z.array(z.string()).readonly(), coarse: z.boolean() }),
	packed: z.string(),
});

const stateSchema = z.object({
	version: z.literal(1),
	/** Digest of the settings that the state belongs to. */
	scope: z.string(),
	tableName: z.string(),
	/** Labels that items carry, by field key: as they were when the workflow was activated. */
	labels: z.record(z.string()),
	/** Types of the fields, by key: with the label they find the successor of one that is deleted. */
	types: z.record(z.string()),
	/** When the last complete poll began, epoch milliseconds. */
	polledAtMs: z.number(),
	/** Set while records that were there at the start are still being handed on. */
	catchingUp: z.boolean().optional(),
	/** When it was last polled at all, hinted records or the whole, epoch milliseconds. */
	lookedAtMs: z.number().optional(),
	/** Knack calls that the last complete poll took to find changes. */
	pollCalls: z.number().optional(),
	/** Own writes up to then, and up to the poll before it. */
	ownWrites: z.object({ last: momentSchema, before: momentSchema }),
	/**
	 * The same for hinted records that were polled since: numbers of the last own write and of the
	 * one before that poll, by packed id. Workflows out there store it under this name.
	 */
	toldWrites: z
		.object({
			process: z.string(),
			records: z.record(z.object({ last: z.number(), before: z.number() })),
		})
		.optional(),
	created: z
		.object({
			/** Epoch seconds; records made earlier are old. */
			floor: z.number(),
			/** Packed ids of the records made since the floor that were seen. */
			seen: z.string(),
		})
		.optional(),
	/** What records looked like. */
	marks: z.array(groupSchema).readonly().optional(),
	/** App time (`YYYY-MM-DDTHH:mm`); records edited earlier were seen. */
	editedFloor: z.string().optional(),
	/**
	 * App time, with more to tell records of one minute apart: unknown records that were edited by
	 * then were there when others were seen.
	 */
	editedSeen: z.string().optional(),
	/** The latest edit of all, app time, and when a poll first saw it, epoch milliseconds. */
	latestEdit: z.object({ edited: z.string(), sinceMs: z.number() }).optional(),
	/** Packed ids of the records that match. */
	matching: z.string().optional(),
	/** What matching records looked like when they were handed on. */
	retryMarks: z.array(groupSchema).readonly().optional(),
	/** Records that are looked for until they are in Xero, or say why not. */
	unsynced: z
		.object({
			/** Epoch seconds; records made earlier were there when the trigger began to look. */
			since: z.number(),
			/** Packed ids of others that were there then. */
			old: z.string(),
			/** Polls since Knack was last asked. */
			polls: z.number(),
			/**
			 * Epoch minute of the last time, and how often, by packed id. A hint: a record that is not
			 * in it comes once too often.
			 */
			handedOn: z.record(z.tuple([z.number(), z.number()])),
		})
		.optional(),
});

export type ChangeState = z.infer<typeof stateSchema>;

/** Undefined when there is none, or none of this version. */
export function parseChangeState(stored: unknown): ChangeState | undefined {
	const parsed = stateSchema.safeParse(stored);
	return parsed.success ? parsed.data : undefined;
}

/** Settings after whose change the state means nothing any more. */
export function scopeOf(applicationId: string, settings: ChangeSettings): string {
	const { table, triggerOn, filters, modifiedField } = settings;
	return contentHash({ applicationId, table, triggerOn, filters, modifiedField }).slice(0, 16);
}

/** Undefined before the first poll. Of two states the one that looked later counts. */
export const CHANGE_STATES: StateForm<ChangeState | undefined> = {
	read: parseChangeState,
	merge(stored, known) {
		if (!known || !stored) return known ?? stored;
		return (stored.lookedAtMs ?? 0) > (known.lookedAtMs ?? 0) ? stored : known;
	},
};
