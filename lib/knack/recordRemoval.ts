import type { HttpOutcome } from '../http';
import type { ServiceFault } from '../serviceFault';
import { faultOr } from '../serviceFault';
import type { KnackClient, KnackRemovalAnswer } from './client';
import { z } from '../vendor/zod';
import { vendorWords } from './knackFaults';
import { saysGone, writeAnswer } from './writeAnswer';

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
 * Deletes a record. After any answer but Knack's own the record is looked for: gone means deleted,
 * unless Knack said so without ever having left it open, since a 404 or 500 is also its answer for a
 * record that was not there before.
 */
export function createRecordRemoval(ports: RemovalPorts): KnackClient['remove'] {
	return async (table, id) => {
		let mayHaveDeleted = false;
		for (const wait of [...WAITS_MS, undefined]) {
			const outcome = await ports.send(table, id);
			const answer = writeAnswer(outcome, ports.fault);
			if (answer.kind === 'answered' && isDone(answer.body)) return { kind: 'deleted' };
			if (answer.kind === 'refused') return answer;
			if (answer.kind === 'stopped' && outcome.kind !== 'noAnswer') return answer;
			if (!saysGone(outcome)) mayHaveDeleted = true;
			const read = await faultOr(ports.find(table, id));
			if (read.ok && read.value === undefined) return gone(mayHaveDeleted);
			if (wait === undefined || !read.ok) return { kind: 'unknown', reason: reasonOf(outcome) };
			await ports.sleep(wait);
		}
		return { kind: 'unknown', reason: 'Knack did not answer.' };
	};
}

const done = z.object({ delete: z.literal(true) });

/** `{"delete":true}` */
function isDone(body: unknown): boolean {
	return done.safeParse(body).success;
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
