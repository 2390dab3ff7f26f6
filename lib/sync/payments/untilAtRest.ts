import { faultOr } from '../../serviceFault';
import type { ServiceFault } from '../../serviceFault';
import type { FieldChange } from '../outcome';
import { settlementHash } from './invoiceSnapshot';
import type { InvoiceSnapshot } from './invoiceSnapshot';
import type { HistoryCounts, HistoryReport } from './paymentHistory';
import { hasWritten } from './paymentOutcome';
import type { PaymentSettled } from './paymentOutcome';
import type { PaymentContext, PaymentRequest } from './paymentSettings';

/** How often invoices that go on changing in Xero are written again; the next run goes on with them. */
const MOST_ROUNDS = 5;

/** What became of one request. */
export interface WrittenPayment {
	readonly settled: PaymentSettled;
	readonly history?: HistoryReport;
	/** Whether Xero may have moved since, so that the next run has to look again. */
	readonly isOpen?: boolean;
	/** Whether the record is a subscription's: it may go by another invoice than this one. */
	readonly isShared?: boolean;
}

export interface WrittenPayments {
	/** One for each request, in order. */
	readonly payments: readonly WrittenPayment[];
	/** Why the run ended before its last record, when it did. */
	readonly stopped?: ServiceFault;
}

/**
 * Writes, then reads in Xero again what it wrote of, in bulk, and writes again what has moved
 * meanwhile. Knack has no write on a condition, so a process that read Xero first may write last; but
 * whoever writes last also looks last, and so at rest Knack equals Xero. Throws ServiceFaultError only
 * as long as nothing was written.
 */
export async function untilAtRest(
	context: PaymentContext,
	requests: readonly PaymentRequest[],
	write: (requests: readonly PaymentRequest[]) => Promise<WrittenPayments>,
): Promise<WrittenPayments> {
	const first = await write(requests);
	const payments = [...first.payments];
	let { stopped } = first;
	let pending = payments.flatMap(({ settled }, index) => (hasWritten(settled) ? [index] : []));
	for (let round = 1; pending.length > 0 && !stopped && round <= MOST_ROUNDS; round += 1) {
		const again = await faultOr(movedOf(context, requests, payments, pending));
		if (!again.ok) {
			stopped = again.failure;
			break;
		}
		pending = again.value.map(({ index }) => index);
		if (pending.length === 0) break;
		const written = await faultOr(write(again.value.map(({ request }) => request)));
		if (!written.ok) {
			stopped = written.failure;
			break;
		}
		({ stopped } = written.value);
		written.value.payments.forEach((then, position) => {
			const index = pending[position];
			const before = index === undefined ? undefined : payments[index];
			if (index !== undefined && before) payments[index] = inSuccession(before, then);
		});
		pending = pending.filter((_, position) => {
			const then = written.value.payments[position];
			return then !== undefined && hasWritten(then.settled);
		});
	}
	const open = new Set(pending);
	return {
		payments: payments.map((payment, index) =>
			open.has(index) ? { ...payment, isOpen: true } : payment,
		),
		...(stopped ? { stopped } : {}),
	};
}

interface Moved {
	readonly index: number;
	readonly request: PaymentRequest;
}

/**
 * Those of the written ones that Xero has otherwise by now, or may have: which invoice a
 * subscription goes by is found out anew, since another one of it may have moved.
 */
async function movedOf(
	context: PaymentContext,
	requests: readonly PaymentRequest[],
	payments: readonly WrittenPayment[],
	written: readonly number[],
): Promise<Moved[]> {
	const snapshotOf = (index: number): InvoiceSnapshot | undefined =>
		payments[index]?.settled.facts.snapshot;
	const ids = written.flatMap((index) => snapshotOf(index)?.id ?? []);
	const now = new Map((await context.readAgain(ids)).map((snapshot) => [snapshot.id, snapshot]));
	return written.flatMap((index): Moved[] => {
		const request = requests[index];
		const before = snapshotOf(index);
		if (!request || !before) return [];
		const snapshot = now.get(before.id) ?? before;
		return payments[index]?.isShared || hasMoved(before, snapshot)
			? [{ index, request: { ...request, snapshot } }]
			: [];
	});
}

function hasMoved(before: InvoiceSnapshot, now: InvoiceSnapshot): boolean {
	return before.updatedAtMs !== now.updatedAtMs || settlementHash(before) !== settlementHash(now);
}

/** What two writes of one invoice did together. */
function inSuccession(first: WrittenPayment, then: WrittenPayment): WrittenPayment {
	const history = bothCounts(first.settled.history, then.settled.history);
	const settled = { ...then.settled, ...(history ? { history } : {}) };
	if (settled.outcome !== 'updated' && settled.outcome !== 'unchanged') return { ...then, settled };
	const changes = bothChanges(first.settled.changes, settled.changes);
	const outcome = changes.length > 0 ? 'updated' : 'unchanged';
	// The first write may have filled in the id by which the record is found now.
	const by = first.settled.by ?? settled.by;
	return { ...then, settled: { ...settled, by, changes, outcome } };
}

function bothChanges(
	first: readonly FieldChange[],
	then: readonly FieldChange[],
): readonly FieldChange[] {
	const changes = new Map(first.map((change) => [change.field, change]));
	for (const { field, after } of then) {
		const before = changes.get(field) ?? then.find((change) => change.field === field);
		changes.set(field, { field, before: before?.before, after });
	}
	return [...changes.values()].filter(({ before, after }) => before !== after);
}

function bothCounts(
	first: HistoryCounts | undefined,
	then: HistoryCounts | undefined,
): HistoryCounts | undefined {
	if (!first || !then) return then ?? first;
	return {
		created: first.created + then.created,
		updated: first.updated + then.updated,
		removed: first.removed + then.removed,
		unchanged: then.unchanged,
	};
}
