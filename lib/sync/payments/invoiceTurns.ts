import type { InvoiceSnapshot } from './invoiceSnapshot';

/** How long a reading can be under way in another execution of this process. */
const REMEMBERED_MS = 120_000;

/** Invoices whose latest reading is remembered; the least recent are forgotten first. */
const MOST_READINGS = 10_000;

interface Reading {
	readonly snapshot: InvoiceSnapshot;
	readonly atMs: number;
}

const queues = new Map<string, Promise<void>>();
const readings = new Map<string, Reading>();

/**
 * Lets one execution of this process after the other look at an invoice's records and write them,
 * so that two that start together write nothing twice. Turns are taken in one order, so that no two
 * wait for each other.
 */
export async function inInvoiceTurns<Value>(
	names: readonly string[],
	work: () => Promise<Value>,
): Promise<Value> {
	const leave: Array<() => void> = [];
	try {
		for (const name of [...new Set(names)].sort()) leave.push(await takeTurn(name));
		return await work();
	} finally {
		for (const each of leave) each();
	}
}

async function takeTurn(name: string): Promise<() => void> {
	const before = queues.get(name);
	let leave = (): void => undefined;
	const turn = new Promise<void>((resolve) => {
		leave = resolve;
	});
	const queue = (before ?? Promise.resolve()).then(async () => await turn);
	queues.set(name, queue);
	await before;
	return () => {
		leave();
		if (queues.get(name) === queue) queues.delete(name);
	};
}

/**
 * The snapshot itself, or a newer one that another execution of this process has read meanwhile:
 * what was read first and comes to its turn last must not undo what is newer. A snapshot that Xero
 * stamped alike counts as newer when it is read later, since Xero does not stamp every edit.
 */
export function latestReading(
	name: string,
	snapshot: InvoiceSnapshot,
	nowMs: number,
): InvoiceSnapshot {
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
}

/** For tests, whose worlds have the same ids in them. */
export function forgetReadings(): void {
	readings.clear();
}
