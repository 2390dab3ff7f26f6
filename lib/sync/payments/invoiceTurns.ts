import type { Queues } from '../../queues';
import { createQueues } from '../../queues';
import type { InvoiceSnapshot } from './invoiceSnapshot';

/** How long a reading can be under way in another execution of this process. */
const REMEMBERED_MS = 120_000;

/** Invoices whose latest reading is remembered; the least recent are forgotten first. */
const MOST_READINGS = 10_000;

/**
 * Lets one execution of this process after the other look at an invoice's records and write them,
 * so that two that start together write nothing twice.
 */
export interface InvoiceTurns extends Queues {
	/**
	 * The snapshot itself, or a newer one that another execution of this process has read meanwhile:
	 * what was read first and comes to its turn last must not undo what is newer. A snapshot that Xero
	 * stamped alike counts as newer when it is read later, since Xero does not stamp every edit.
	 */
	latestReading(name: string, snapshot: InvoiceSnapshot, nowMs: number): InvoiceSnapshot;
}

export function createInvoiceTurns(): InvoiceTurns {
	const readings = new Map<string, { snapshot: InvoiceSnapshot; atMs: number }>();
	return {
		...createQueues(),
		latestReading(name, snapshot, nowMs) {
			const known = readings.get(name);
			const isRecent = known !== undefined && Math.abs(nowMs - known.atMs) < REMEMBERED_MS;
			if (isRecent && (known.snapshot.updatedAtMs ?? 0) > (snapshot.updatedAtMs ?? 0)) {
				return known.snapshot;
			}
			readings.delete(name);
			readings.set(name, { snapshot, atMs: nowMs });
			for (const oldest of readings.keys()) {
				if (readings.size <= MOST_READINGS) break;
				readings.delete(oldest);
			}
			return snapshot;
		},
	};
}
