import { z } from 'zod';
import type { Stage, WatchedCall } from '../../scripts/queue/callWatch';
import type { QueueMode } from '../../scripts/queue/queueMode';

/** When a worker is ended: at which of its calls, and on which side of the other one's work. */
export interface Moment {
	readonly name: string;
	readonly stage: Stage;
	readonly isMeant: (call: WatchedCall) => boolean;
	/** Which of a process's calls that are meant; the first unless told. */
	readonly nth?: number;
}

const batch = z.object({ Invoices: z.array(z.unknown()).min(2) });

const isWrite = ({ method }: WatchedCall): boolean => method === 'PUT' || method === 'POST';
const isTo = (resource: string) => (call: WatchedCall) =>
	new RegExp(`/api\\.xro/2\\.0/${resource}(\\?|$)`).test(call.path);
const readsInvoices = (call: WatchedCall): boolean =>
	call.method === 'GET' && isTo('Invoices')(call);
const makesContacts = (call: WatchedCall): boolean => isWrite(call) && isTo('Contacts')(call);
const writesBack = (call: WatchedCall): boolean =>
	call.method === 'PUT' && /\/objects\/object_\d+\/records\//.test(call.path);

function makesBatch(call: WatchedCall): boolean {
	if (call.method !== 'PUT' || !isTo('Invoices')(call)) return false;
	return batch.safeParse(JSON.parse(call.body)).success;
}

export const MOMENTS: readonly Moment[] = [
	{ name: 'the first look into Xero is answered', stage: 'answered', isMeant: readsInvoices },
	{ name: 'contacts are sent', stage: 'asked', isMeant: makesContacts },
	{ name: 'contacts are made', stage: 'answered', isMeant: makesContacts },
	{ name: 'a batch is sent', stage: 'asked', isMeant: makesBatch },
	{ name: 'a batch is in', stage: 'answered', isMeant: makesBatch },
	{ name: 'a second batch is sent', stage: 'asked', isMeant: makesBatch, nth: 2 },
	{ name: 'a second batch is in', stage: 'answered', isMeant: makesBatch, nth: 2 },
	{ name: 'Xero is looked into again', stage: 'asked', isMeant: readsInvoices, nth: 3 },
	{ name: 'a record is written in Knack', stage: 'answered', isMeant: writesBack },
	{ name: 'ten records are written in Knack', stage: 'answered', isMeant: writesBack, nth: 10 },
];

/** The two at which most goes wrong: before anything is in Xero, and before twins are looked for. */
export const WORST_MOMENTS = MOMENTS.filter(({ name }) =>
	['a batch is sent', 'a second batch is in'].includes(name),
);

/**
 * Ends the first worker that comes to the moment, and starts another in its place at once.
 * @returns asks whether it has come, and waits until the other one is there
 */
export function killAt(
	queue: QueueMode,
	moment: Moment,
): { readonly settled: () => Promise<boolean> } {
	const counts = new Map<string, number>();
	let replaced: Promise<void> | undefined;
	const stop = queue.watch.observe((call, stage) => {
		if (replaced || stage !== moment.stage || !call.process.startsWith('worker')) return 'goesOn';
		if (!moment.isMeant(call)) return 'goesOn';
		const count = (counts.get(call.process) ?? 0) + 1;
		counts.set(call.process, count);
		if (count < (moment.nth ?? 1)) return 'goesOn';
		replaced = queue
			.killWorker(call.process)
			.then(async () => await queue.startWorker(call.process));
		// What became of the start is told to whoever asks.
		replaced.catch(() => undefined);
		return 'lost';
	});
	return {
		settled: async () => {
			stop();
			await replaced;
			return replaced !== undefined;
		},
	};
}
