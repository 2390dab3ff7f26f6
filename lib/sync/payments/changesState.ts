import type { CalendarDate } from '../../dates';
import { calendarDate } from '../../dates';
import { z } from '../../vendor/zod';

/** How many invoices' last known settlements are remembered, the most recent ones. */
const REMEMBERED = 2_000;

/** How many invoices may wait for another try. */
export const WAITING_LIMIT = 500;

const DAY_MS = 86_400_000;

/** An invoice whose news did not reach Knack, which is tried again in the next runs. */
const waitingInvoice = z.object({
	id: z.string(),
	reason: z.enum(['failed', 'attention']),
	/** When it first happened, epoch milliseconds. */
	sinceMs: z.number(),
	/** Fingerprint with which the user was told; the same trouble is not reported again. */
	told: z.string().optional(),
});

const changesState = z.object({
	version: z.literal(1),
	/** Whose invoices: a state never serves another organisation or document type. */
	organisation: z.string(),
	documentType: z.string(),
	/** The latest `UpdatedDateUTC` of which everything before has been dealt with. */
	updatedThroughMs: z.number(),
	/** The organisation's day up to which "overdue" has been looked at. */
	overdueThrough: z.string().transform(calendarDate).optional(),
	/** When all unpaid invoices were last looked at. */
	fullCheckMs: z.number().optional(),
	/** Fingerprints by invoice id, least recent first. */
	known: z.array(z.tuple([z.string(), z.string()])),
	waiting: z.array(waitingInvoice),
});

export type ChangesState = z.infer<typeof changesState>;
export type WaitingInvoice = z.infer<typeof waitingInvoice>;

/**
 * The state as the last run left it. Undefined when there is none, or none that fits: another
 * organisation, an older version, or something else in its place; the run then starts afresh,
 * which writes nothing twice since a record is compared before it is written.
 */
export function readChangesState(
	stored: unknown,
	organisation: string,
	documentType: string,
): ChangesState | undefined {
	const parsed = changesState.safeParse(stored);
	if (!parsed.success) return undefined;
	const fits =
		parsed.data.organisation === organisation && parsed.data.documentType === documentType;
	return fits ? parsed.data : undefined;
}

/** What became of one invoice of a run. */
export interface InvoiceDealtWith {
	readonly id: string;
	readonly fingerprint: string;
	/** `done`: Knack says what Xero says, or the user does not want it there. */
	readonly ending: 'done' | 'failed' | 'attention';
}

export interface RunOfChanges {
	readonly organisation: string;
	readonly documentType: string;
	readonly updatedThroughMs: number;
	readonly overdueThrough?: CalendarDate;
	readonly fullCheckMs?: number;
	readonly nowMs: number;
	readonly dealtWith: readonly InvoiceDealtWith[];
}

/** The state for the next run. Failed ones wait for ever, others in need of a person for a day. */
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
			told: invoice.fingerprint,
		});
	}
	const stillWaiting = [...waiting.values()].filter(
		(entry) => entry.reason === 'failed' || run.nowMs - entry.sinceMs < DAY_MS,
	);
	return {
		version: 1,
		organisation: run.organisation,
		documentType: run.documentType,
		updatedThroughMs: Math.max(before?.updatedThroughMs ?? 0, run.updatedThroughMs),
		overdueThrough: run.overdueThrough ?? before?.overdueThrough,
		fullCheckMs: run.fullCheckMs ?? before?.fullCheckMs,
		known: [...known].slice(-REMEMBERED),
		waiting: mostUrgent(stillWaiting),
	};
}

function mostUrgent(waiting: readonly WaitingInvoice[]): WaitingInvoice[] {
	if (waiting.length <= WAITING_LIMIT) return [...waiting];
	const failed = waiting.filter((entry) => entry.reason === 'failed');
	const others = waiting.filter((entry) => entry.reason !== 'failed');
	return [...failed, ...others].slice(0, WAITING_LIMIT);
}
