import { faultOr } from '../../serviceFault';
import type { XeroDocument } from '../../xero/documents/definition';
import { historyPath } from '../../xero/history';
import { issueOf, isStopping } from '../check/check';
import type { Reserved } from '../references/completed';
import type { BillingRun } from './billingRun';
import { excessOf, type BilledPart, type OrderStanding } from './orderStanding';
import { exceeded } from './orderProblems';
import { inWords, MOST_ATTEMPTS, orderKey, writeNote } from './noteWhere';
import { billedNote, noteBody, orderNote } from './notes';
import { readStanding } from './readStandings';

/**
 * Names a bill and its order in each other's history, which takes its part of the order, where that
 * much is left. What is known of the order goes into the key of the request, so that of two workers
 * that know the same only one takes effect; the other one reads what the first has taken. Never throws
 * for what Xero answers.
 */
export async function reservePart(
	run: BillingRun,
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
		const answer = await writeNote(run, standing, billedNote(bill, definition), readAtMs);
		isNotedNow = answer.kind !== 'refused';
		reason = inWords(answer);
	}
	return { kind: 'unknown', reason };
}

/** On the bill first: by that its order is found once the record names another. */
async function nameOrder(
	{ client, definition, fills }: BillingRun,
	order: OrderStanding['order'],
	bill: XeroDocument,
): Promise<true | string> {
	const answer = await client.write({
		method: 'PUT',
		path: historyPath(definition, bill.id),
		body: noteBody(orderNote(order, fills.order)),
		idempotencyKey: orderKey(client, order.id, `named by ${bill.id}`),
	});
	return answer.kind === 'accepted' ? true : inWords(answer);
}
