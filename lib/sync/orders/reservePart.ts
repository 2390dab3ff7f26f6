import { contentHash } from '../../hash';
import { faultOr } from '../../serviceFault';
import type { XeroClient, XeroWriteAnswer } from '../../xero/client';
import type { XeroDocument } from '../../xero/documents/definition';
import { issueOf, isStopping } from '../check/check';
import type { Reserved } from '../references/completed';
import type { BillingRun } from './billingRun';
import { excessOf, type BilledPart, type OrderStanding } from './orderStanding';
import { exceeded } from './orderProblems';
import { billedNote, historyOf, noteBody, orderNote } from './notes';
import { readStanding } from './readStandings';

/** Each loss means that another bill took its part meanwhile. */
const MOST_ATTEMPTS = 6;

/** Xero keeps an Idempotency-Key for six minutes. */
const KNOWN_MS = 300_000;

export interface Reserving extends BillingRun {
	readonly nowMs: () => number;
}

/**
 * Names a bill and its order in each other's history, which takes its part of the order, where that
 * much is left. What is known of the order goes into the key of the request, so that of two workers
 * that know the same only one takes effect; the other one reads what the first has taken. Never throws
 * for what Xero answers.
 */
export async function reservePart(
	run: Reserving,
	{ order }: OrderStanding,
	bill: XeroDocument,
	part: BilledPart | undefined,
): Promise<Reserved> {
	const { client, definition, fills, severities, tolerance, nowMs } = run;
	let reason = '';
	let isNotedNow = false;
	for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
		const readAtMs = nowMs();
		const read = await faultOr(readStanding(client, definition, order, fills));
		if (!read.ok) return { kind: 'unknown', reason: read.failure.message };
		const standing = read.value;
		const isNoted = standing.noted.has(bill.id);
		if (isNoted && !isNotedNow) return { kind: 'done', issues: [] };
		if (part) standing.billed.set(bill.id, part);
		const excess = excessOf(standing, tolerance);
		const problem = excess.length === 0 ? undefined : exceeded({ ...run, standing }, excess);
		const issues = problem ? issueOf(problem.rule, problem.finding, severities) : [];
		if (issues.some(isStopping)) return { kind: 'held', issues };
		// Another bill may have been changed between reading and noting.
		if (isNoted) return { kind: 'done', issues };
		if (attempt === 0) {
			const isNamed = await nameOrder(run, order, bill);
			if (isNamed !== true) return { kind: 'unknown', reason: isNamed };
		}
		const answer = await client.write({
			method: 'PUT',
			path: historyOf(fills.order, order.id),
			body: noteBody(billedNote(bill, definition)),
			idempotencyKey: orderKey(client, order.id, standing.notes),
			notAfterMs: readAtMs + KNOWN_MS,
		});
		isNotedNow = answer.kind !== 'refused';
		reason = inWords(answer);
	}
	return { kind: 'unknown', reason };
}

/** On the bill first: by that its order is found once the record names another. */
async function nameOrder(
	{ client, definition, fills }: Reserving,
	order: OrderStanding['order'],
	bill: XeroDocument,
): Promise<true | string> {
	const answer = await client.write({
		method: 'PUT',
		path: historyOf(definition, bill.id),
		body: noteBody(orderNote(order, fills.order)),
		idempotencyKey: orderKey(client, order.id, `named by ${bill.id}`),
	});
	return answer.kind === 'accepted' ? true : inWords(answer);
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
