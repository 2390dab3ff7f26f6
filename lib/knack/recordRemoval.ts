import type { HttpOutcome } from '../http';
import type { ServiceFault } from '../serviceFault';
import { faultOr } from '../serviceFault';
import type { KnackClient, KnackRemovalAnswer } from './client';
import { isStopping, vendorWords } from './knackFaults';

interface RemovalPorts {
	/** Sends the delete once: whether it may be sent again is decided here. */
	send(table: string, id: string): Promise<HttpOutcome>;
	fault(outcome: HttpOutcome): ServiceFault;
	find: KnackClient['record'];
	sleep(milliseconds: number): Promise<void>;
}

/** Waits before a delete is sent again. */
const WAITS_MS = [500, 1_000, 2_000] as const;

/**
 * Deletes a record. After an answer that never came, or a 5xx, the record is looked for: gone means
 * deleted, unless Knack said so without ever having been silent, since a 500 is also its answer for
 * a record that was not there before.
 */
export function createRecordRemoval(ports: RemovalPorts): KnackClient['remove'] {
	return async (table, id) => {
		let mayHaveDeleted = false;
		for (const wait of [...WAITS_MS, undefined]) {
			const outcome = await ports.send(table, id);
			const fault = ports.fault(outcome);
			if (outcome.kind === 'notSigned') return { kind: 'stopped', fault };
			if (outcome.kind === 'answer' && outcome.status < 300) return { kind: 'deleted' };
			if (outcome.kind === 'answer' && outcome.status < 500) {
				if (outcome.status === 404) return gone(mayHaveDeleted);
				if (isStopping(fault)) return { kind: 'stopped', fault };
				return {
					kind: 'refused',
					status: outcome.status,
					errors: [{ message: fault.vendorMessage ?? fault.message }],
				};
			}
			if (outcome.kind === 'noAnswer') mayHaveDeleted = true;
			const read = await faultOr(ports.find(table, id));
			if (read.ok && read.value === undefined) return gone(mayHaveDeleted);
			if (wait === undefined || !read.ok) return { kind: 'unknown', reason: reasonOf(outcome) };
			await ports.sleep(wait);
		}
		return { kind: 'unknown', reason: 'Knack did not answer.' };
	};
}

function gone(mayHaveDeleted: boolean): KnackRemovalAnswer {
	if (mayHaveDeleted) return { kind: 'deleted' };
	const message = 'There is no such record in Knack any more.';
	return { kind: 'refused', status: 404, errors: [{ message }] };
}

function reasonOf(outcome: HttpOutcome): string {
	if (outcome.kind !== 'answer') return outcome.reason;
	return vendorWords(outcome.body) ?? `status ${outcome.status}`;
}
