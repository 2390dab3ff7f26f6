import { calendarDate } from '../../dates';
import type { CalendarDate } from '../../dates';
import { z } from '../../vendor/zod';

/** How many invoices' last written settlements are remembered, the most recent ones. */
const REMEMBERED = 1_000;

/** How many invoices may wait for another try. */
const WAITING_LIMIT = 500;

/** How long an invoice that needs a person is looked at again, ever more rarely. */
const ATTENTION_MS = 30 * 86_400_000;

const waitingInvoice = z.object({
	id: z.string(),
	reason: z.enum(['failed', 'attention']),
	/** When it first happened and was last tried, epoch milliseconds. */
	sinceMs: z.number(),
	triedMs: z.number(),
	/** What the user was told; the same trouble is not reported again. */
	told: z.string().optional(),
});

const changesState = z.object({
	version: z.literal(1),
	/** Whose: a state never serves another organisation, document type, table or node. */
	scope: z.string(),
	/** The latest `UpdatedDateUTC` up to which everything has been dealt with. */
	updatedThroughMs: z.number(),
	/** The organisation's day up to which due dates have been looked at. */
	overdueThrough: z.string().transform(calendarDate).optional(),
	/** When all unpaid invoices were last looked at. */
	fullCheckMs: z.number().optional(),
	/** Fingerprints by invoice id, least recent first. */
	known: z.array(z.tuple([z.string(), z.string()])),
	waiting: z.array(waitingInvoice),
});

export type ChangesState = z.infer<typeof changesState>;

/** A state as a run left it; undefined for an older version, or something else in its place. */
export function parseChangesState(stored: unknown): ChangesState | undefined {
	const parsed = changesState.safeParse(stored);
	return parsed.success ? parsed.data : undefined;
}

/**
 * The state of a scope, as its last run left it. Undefined when there is none, or none that fits. The
 * run then starts afresh, which writes nothing twice, since a record is compared before it is written.
 */
export function readChangesState(stored: unknown, scope: string): ChangesState | undefined {
	const state = parseChangesState(stored);
	return state?.scope === scope ? state : undefined;
}

/** Ids of the invoices whose turn has come to be tried again. */
export function waitingIds(state: ChangesState | undefined, nowMs: number): string[] {
	return (state?.waiting ?? [])
		.filter(({ reason, triedMs, sinceMs }) => {
			const sinceTried = nowMs - triedMs;
			// Tried in the future: the clock was ahead, and was put right.
			return reason === 'failed' || sinceTried < 0 || sinceTried >= (triedMs - sinceMs) / 2;
		})
		.map((entry) => entry.id);
}

/** What became of one invoice of a run. */
export interface InvoiceDealtWith {
	readonly id: string;
	readonly updatedAtMs?: number;
	/** What decides whether Knack must be looked at again. */
	readonly fingerprint: string;
	/** `done`: Knack says what Xero says. `failed`: try again. `attention`: a person must look. */
	readonly ending: 'done' | 'failed' | 'attention';
	/** What the user was told, unless it is done. */
	readonly told?: string;
}

export interface RunOfChanges {
	readonly scope: string;
	readonly nowMs: number;
	/** How far the reading came. */
	readonly updatedThroughMs: number;
	readonly overdueThrough?: CalendarDate;
	readonly fullCheckMs?: number;
	readonly dealtWith: readonly InvoiceDealtWith[];
}

/**
 * The state for the next run. What failed waits until it succeeds; when more failed than can wait,
 * the cursor stays before the first that cannot, so that it is read again.
 */
export function nextChangesState(
	before: ChangesState | undefined,
	run: RunOfChanges,
): ChangesState {
	const known = new Map(before?.known ?? []);
	const waiting = new Map((before?.waiting ?? []).map((entry) => [entry.id, entry]));
	for (const invoice of run.dealtWith) {
		known.delete(invoice.id);
		if (invoice.ending === 'done') {
			known.set(invoice.id, invoice.fingerprint);
			waiting.delete(invoice.id);
			continue;
		}
		waiting.set(invoice.id, {
			id: invoice.id,
			reason: invoice.ending,
			sinceMs: waiting.get(invoice.id)?.sinceMs ?? run.nowMs,
			triedMs: run.nowMs,
			told: invoice.told,
		});
	}
	const failing = [...waiting.values()].filter((entry) => entry.reason === 'failed');
	const others = [...waiting.values()].filter(
		(entry) => entry.reason === 'attention' && run.nowMs - entry.sinceMs < ATTENTION_MS,
	);
	const room = Math.max(0, WAITING_LIMIT - failing.length);
	const left = new Set(failing.slice(WAITING_LIMIT).map((entry) => entry.id));
	const leftOut = run.dealtWith.filter((invoice) => left.has(invoice.id));
	const through = Math.max(before?.updatedThroughMs ?? 0, run.updatedThroughMs);
	return {
		version: 1,
		scope: run.scope,
		updatedThroughMs: leftOut.reduce(
			(earliest, invoice) => Math.min(earliest, (invoice.updatedAtMs ?? 0) - 1),
			through,
		),
		overdueThrough: run.overdueThrough ?? before?.overdueThrough,
		fullCheckMs: run.fullCheckMs ?? before?.fullCheckMs,
		known: [...known].slice(-REMEMBERED),
		// The latest of those that need a person, since room is short only for the oldest.
		waiting: [...failing.slice(0, WAITING_LIMIT), ...(room > 0 ? others.slice(-room) : [])],
	};
}
