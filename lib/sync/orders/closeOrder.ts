import { contentHash } from '../../hash';
import { faultOr } from '../../serviceFault';
import type { XeroClient, XeroWriteAnswer } from '../../xero/client';
import type { XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import { withStatus } from '../plan/elements';
import type { Followed } from '../references/completed';
import type { BillingRun } from './billingRun';
import { isFullyBilled, orderName, type OrderStanding } from './orderStanding';
import { historyOf, noteOf, readStanding } from './readStandings';

type Closing = Pick<BillingRun, 'client' | 'definition' | 'fills' | 'severities'>;

/**
 * Names a bill in its order's history, and closes the order if nothing of it is left. Of two workers
 * with a bill each the one that reads last sees both, so the order is closed; twice it is not, since
 * what is closed already is left alone. Never throws for what Xero answers.
 */
export async function closeOrder(
	run: Closing,
	standing: OrderStanding,
	bill: XeroDocument,
): Promise<Followed> {
	const { client, definition, fills } = run;
	const read = async () => await faultOr(readStanding(client, definition, standing.order, fills));
	const before = await read();
	if (!before.ok) return notKnown(run, standing, before.failure.message);
	let now = before.value;
	if (!now.noted.has(bill.id)) {
		const details = noteOf(bill, definition.label);
		const answer = await client.write({
			method: 'PUT',
			path: historyOf(fills.order, standing.order.id),
			body: { HistoryRecords: [{ Details: details }] },
			idempotencyKey: keyOf(client, standing, details),
		});
		const after = await read();
		if (!after.ok) return notKnown(run, standing, after.failure.message);
		now = after.value;
		if (!now.noted.has(bill.id)) return notKnown(run, standing, wordsOf(answer));
	}
	if (!isFullyBilled(now)) return { kind: 'done', document: bill };
	const isClosed = await close(client, run, standing);
	return isClosed === true ? { kind: 'done', document: bill } : notKnown(run, standing, isClosed);
}

/** True, or why it is not. */
async function close(
	client: XeroClient,
	{ fills }: Closing,
	standing: OrderStanding,
): Promise<true | string> {
	const { order } = fills;
	const { id } = standing.order;
	const readOrder = async () => {
		const found = await faultOr(findDocuments(client, order, { ids: [id], values: {} }));
		return found.ok ? found.value[0] : undefined;
	};
	const present = await readOrder();
	if (!present) return 'The order could not be read.';
	if (present.status === fills.done) return true;
	if (present.status !== fills.takes) return 'The order is not approved any more.';
	const { idName, resource } = order.wire;
	const answer = await client.write({
		method: 'POST',
		path: `/${resource}`,
		body: { [resource]: [withStatus(order, { [idName]: id }, fills.done)] },
		idempotencyKey: keyOf(client, standing, `${fills.done} ${present.updatedAtMs ?? ''}`),
	});
	const after = await readOrder();
	return after?.status === fills.done ? true : wordsOf(answer);
}

function keyOf(client: XeroClient, { order }: OrderStanding, what: string): string {
	const of = { organisation: client.organisationId ?? '', id: order.id, what };
	return `knack-xero-order-${contentHash(of)}`;
}

function wordsOf(answer: XeroWriteAnswer): string {
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

function notKnown(
	{ definition, fills, severities }: Closing,
	standing: OrderStanding,
	reason: string,
): Followed {
	return {
		kind: 'failed',
		outcome: 'failed',
		issues: issueOf(
			LATE_RULES.noAnswer,
			{
				field: fills.path,
				message: `The ${definition.label.toLowerCase()} is in Xero, but it is not known whether ${orderName(standing)} says so. ${reason}`,
				fix: 'Run the record again: what is there already is not done twice.',
			},
			severities,
		),
	};
}
