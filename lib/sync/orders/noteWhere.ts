import { contentHash } from '../../hash';
import { faultOr } from '../../serviceFault';
import type { XeroClient, XeroWriteAnswer } from '../../xero/client';
import { historyPath } from '../../xero/history';
import type { NotingRun } from './billingRun';
import { noteBody } from './notes';
import type { OrderStanding } from './orderStanding';
import { readStanding } from './readStandings';

/** Each loss means that another worker has noted something meanwhile. */
export const MOST_ATTEMPTS = 6;

/** Xero keeps an Idempotency-Key for six minutes. */
const KNOWN_MS = 300_000;

/** What an order's history shall say; undefined where nothing of it is due. */
type WantedNote = string | { readonly refused: string } | undefined;

/**
 * Writes a note into an order's history, where what is known of the order asks for one. Returns what
 * was known, or why it is not done. Never throws for what Xero answers.
 */
export async function noteWhere(
	run: NotingRun,
	order: OrderStanding['order'],
	noteFor: (standing: OrderStanding) => WantedNote | Promise<WantedNote>,
): Promise<OrderStanding | string> {
	let reason = '';
	for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
		const readAtMs = run.nowMs();
		const read = await faultOr(readStanding(run.client, run.definition, order, run.fills));
		if (!read.ok) return read.failure.message;
		const wanted = await noteFor(read.value);
		if (wanted === undefined) return read.value;
		if (typeof wanted !== 'string') return wanted.refused;
		const answer = await writeNote(run, read.value, wanted, readAtMs);
		if (answer.kind === 'accepted') return read.value;
		reason = inWords(answer);
	}
	return reason;
}

/**
 * Writes a note into an order's history. What is known of the order goes into the key of the request,
 * so that of two workers that know the same only one takes effect.
 */
export async function writeNote(
	{ client, fills }: NotingRun,
	{ order, notes }: OrderStanding,
	text: string,
	readAtMs: number,
): Promise<XeroWriteAnswer> {
	return await client.write({
		method: 'PUT',
		path: historyPath(fills.order, order.id),
		body: noteBody(text),
		idempotencyKey: orderKey(client, order.id, notes),
		notAfterMs: readAtMs + KNOWN_MS,
	});
}

/** By what a request about an order is the same as another. */
export function orderKey(client: XeroClient, id: string, what: string | readonly string[]): string {
	return `knack-xero-order-${contentHash({ organisation: client.organisationId ?? '', id, what })}`;
}

/** Why something is not known to have taken effect. */
export function inWords(answer: XeroWriteAnswer): string {
	switch (answer.kind) {
		case 'refused':
			return answer.messages.join(' ');
		case 'unknown':
			return answer.reason;
		case 'stopped':
			return answer.fault.message;
		case 'late':
		case 'accepted':
			return 'Xero does not show it yet.';
	}
}
