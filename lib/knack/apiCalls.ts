import type { HttpOutcome } from '../http';
import { ServiceFaultError, type ServiceFault } from '../serviceFault';
import type { KnackCall, KnackClient } from './client';
import type { OwnWrites } from './ownWrites';
import { parseRecord } from './recordPages';
import type { Transport } from './transport';
import { writeAnswer } from './writeAnswer';

interface CallPorts {
	readonly transport: Pick<Transport, 'send'>;
	/** The root that paths stand below. */
	readonly apiUrl: string;
	fault(outcome: HttpOutcome): ServiceFault;
	readonly ownWrites: OwnWrites;
}

const JSON_HEADERS = { 'content-type': 'application/json' };

/** Calls as a person writes them. A read throws ServiceFaultError; a write never throws. */
export function createApiCalls(ports: CallPorts): KnackClient['call'] {
	const { transport, apiUrl, fault, ownWrites } = ports;
	const send = async (
		{ method, path, query, body }: KnackCall,
		how: { readonly once: boolean; readonly accepts?: (body: unknown) => boolean },
	) =>
		await transport.send({
			...how,
			method,
			url: `${apiUrl}${path}`,
			query,
			...(body && { headers: JSON_HEADERS, body: Buffer.from(body.text) }),
		});
	return async (call) => {
		if (call.method === 'GET') {
			const outcome = await send(call, { once: false, accepts: isKnacks });
			const isAnswer = outcome.kind === 'answer' && outcome.status === 200;
			if (!isAnswer || !isKnacks(outcome.body)) throw new ServiceFaultError(fault(outcome));
			return { kind: 'answered', body: outcome.body };
		}
		const write = recordWrite(call);
		// Before it is sent, so that a poll in between does not take it for a person's edit.
		if (write?.id !== undefined) ownWrites.remember(write.table, write.id, write.fields);
		const outcome = await send(call, { once: call.method !== 'PUT' });
		const answer = writeAnswer(outcome, fault);
		if (answer.kind !== 'answered') return answer;
		if (!isKnacks(answer.body)) {
			return { kind: 'unknown', reason: 'The answer is none that Knack gives.' };
		}
		if (write?.id !== undefined) ownWrites.remember(write.table, write.id, write.fields);
		const created = write && write.id === undefined ? parseRecord(answer.body) : undefined;
		if (write && created) ownWrites.rememberCreate(write.table, created, write.fields);
		return answer;
	};
}

/** Knack answers in JSON; a page is somebody else's. */
function isKnacks(body: unknown): boolean {
	return typeof body === 'object' && body !== null;
}

/** The record that a call creates or updates, where its path names the table. */
function recordWrite({ method, path, body }: KnackCall) {
	const [, table, id] = /^\/objects\/(object_\d+)\/records(?:\/([^/]+))?$/.exec(path) ?? [];
	const { value } = body ?? {};
	if (table === undefined || typeof value !== 'object' || value === null) return undefined;
	if (method !== (id === undefined ? 'POST' : 'PUT')) return undefined;
	return { table, id, fields: { ...value } };
}
