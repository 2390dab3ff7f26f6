import type { Clock } from '../../clock';
import { contentHash } from '../../hash';
import type { XeroClient, XeroWriteAnswer } from '../../xero/client';
import type { DocumentDefinition, WireElement } from '../../xero/documents/definition';
import { isTurnTaken, type Turns } from './turns';
import { sendParts } from './writeParts';
import { sendSingly, type SingleRequests } from './writeSingly';

/** One element to write. The caller knows it again by the object itself. */
export interface WriteItem {
	readonly element: WireElement;
	/**
	 * State of the document that the change was planned on. It is part of the request's key, since
	 * the same change may be due again after somebody has undone it in Xero.
	 */
	readonly basis?: string;
	/** What names the record among all workers, for creates that take turns. */
	readonly identity?: string;
	/** Its own requests, where the endpoint takes one element at a time. */
	readonly singly?: SingleRequests;
}

/** For creates that Xero would take twice: they wait for their record's turn among all workers. */
interface TurnTaking {
	readonly turns: Turns;
	readonly clock: Clock;
	/** When the look-up on which the creates rest began, epoch milliseconds. */
	readonly lookedUpAtMs: number;
}

/** How a request is sent, whatever is in it. */
export interface Sending {
	readonly client: XeroClient;
	readonly definition: DocumentDefinition;
	/** PUT only creates, so that a race is refused; POST updates by id. */
	readonly method: 'PUT' | 'POST';
	/**
	 * Of the execution, for creates: two that create the same are not answered alike, so that at
	 * most one of them takes the document for its own.
	 */
	readonly mark?: string;
	readonly turn?: TurnTaking;
}

export type Answer = (XeroWriteAnswer | { readonly kind: 'turnTaken' }) & {
	/** The Idempotency-Key that it went under, where it is one request. */
	readonly requestKey?: string;
};

/** A look-up older than this may rest on turns that Xero does not remember any more. */
const FRESH_MS = 240_000;

export function isStale({ turn }: Sending, lookedUpAtMs: number): boolean {
	return turn !== undefined && turn.clock.now() - lookedUpAtMs > FRESH_MS;
}

export async function sendElements(
	sending: Sending,
	items: readonly WriteItem[],
	{ attempt, lookedUpAtMs }: { readonly attempt: number; readonly lookedUpAtMs: number },
): Promise<Answer> {
	const { client, definition, method, mark, turn } = sending;
	const body = { [definition.wire.resource]: items.map((item) => item.element) };
	const singly = items[0]?.singly;
	if (singly?.parts) return await sendParts(client, definition, singly.parts, attempt);
	const write = async (how: Pick<Parameters<XeroClient['write']>[0], 'idempotencyKey'>) =>
		singly
			? await sendSingly(client, definition, singly, how)
			: await client.write({
					method,
					path: `/${definition.wire.resource}`,
					query: {
						summarizeErrors: 'false',
						...(definition.amounts.takesUnitPlaces ? { unitdp: '4' } : {}),
					},
					body,
					...how,
				});
	const organisation = client.organisationId ?? '';
	if (!turn) {
		const key = contentHash({
			organisation,
			method,
			body: singly ? singly.writes : body,
			basis: items.map((item) => item.basis ?? ''),
			mark,
			attempt,
		});
		const requestKey = `knack-xero-${key}`;
		return { ...(await write({ idempotencyKey: requestKey })), requestKey };
	}
	const name = contentHash({ organisation, records: items.map((item) => item.identity).sort() });
	const startedAtMs = turn.clock.now();
	const mine = turn.turns.next(name, lookedUpAtMs, startedAtMs, mark);
	const how = {
		idempotencyKey: `knack-xero-turn-${contentHash({ name, turn: mine })}`,
		mark,
		notAfterMs: lookedUpAtMs + FRESH_MS,
	};
	const use = turn.turns.begin(name, mine, startedAtMs);
	const answer = await write(how).finally(() => {
		use.finishedAtMs = turn.clock.now();
	});
	if (answer.kind === 'late') {
		turn.turns.drop(name, use);
		return answer;
	}
	const isTaken = answer.kind === 'refused' && isTurnTaken(answer.messages);
	const isKnown = answer.kind === 'accepted' || (answer.kind === 'refused' && !isTaken);
	if (isKnown) use.by = mark;
	return isTaken ? { kind: 'turnTaken' } : { ...answer, requestKey: how.idempotencyKey };
}
