import type { Issue } from '../../issue';
import { faultOr } from '../../serviceFault';
import type { XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import { statusName } from '../status/statusName';
import type { BillingRun } from './billingRun';
import { moveOrder } from './moveOrder';
import { historyOf, noteBody, readOrderIds, releasedNote } from './notes';
import { isFullyBilled, orderName, type OrderStanding } from './orderStanding';
import { readStanding } from './readStandings';
import { inWords, orderKey } from './reservePart';

/** What leaving an order takes. */
export type LeavingRun = Pick<BillingRun, 'client' | 'definition' | 'fills' | 'severities'>;

/** An order that a bill is not for any more. */
export interface LeftOrder {
	/** As it is without the bill. */
	readonly standing: OrderStanding;
	/** Whether its bills had closed it, which without this one they do not. */
	readonly reopens: boolean;
}

/**
 * The orders whose history names a bill, but for the one that it is for. Throws ServiceFaultError.
 * @param exceptId of the order that the bill is for now
 */
export async function findLeftOrders(
	{ client, definition, fills }: LeavingRun,
	bill: XeroDocument,
	exceptId?: string,
): Promise<readonly LeftOrder[]> {
	const named = await readOrderIds(client, definition, bill.id);
	const ids = named.filter((id) => id !== exceptId);
	if (ids.length === 0) return [];
	const left: LeftOrder[] = [];
	for (const { amounts, ...order } of await findDocuments(client, fills.order, {
		ids,
		values: {},
	})) {
		if (!amounts) continue;
		const standing = await readStanding(client, definition, { ...order, amounts }, fills);
		if (standing.noted.has(bill.id)) left.push(withoutBill(standing, bill.id, fills.done));
	}
	return left;
}

/** What is left of an order without a bill. */
export function withoutBill(standing: OrderStanding, billId: string, done: string): LeftOrder {
	const isOther = ([id]: readonly [string, unknown]) => id !== billId;
	const less: OrderStanding = {
		...standing,
		noted: new Set([...standing.noted].filter((id) => id !== billId)),
		billed: new Map([...standing.billed].filter(isOther)),
	};
	const wasClosed = standing.order.status === done && isFullyBilled(standing);
	return { standing: less, reopens: wasClosed && !isFullyBilled(less) };
}

/** What leaving an order does in Xero; each is one write call. */
export function leavingInWords(
	{ definition, fills }: LeavingRun,
	{ standing, reopens }: LeftOrder,
): string[] {
	const name = orderName(standing);
	const [open, done] = [fills.takes, fills.done].map((each) => statusName(fills.order, each));
	return [
		...(reopens ? [`Change ${name} from ${done} to ${open}`] : []),
		`Note on ${name} that this ${definition.label.toLowerCase()} is not for it any more`,
	];
}

/** Each loss means that another bill was noted meanwhile. */
const MOST_ATTEMPTS = 6;

/**
 * Opens an order again that a bill leaves, where that had closed it, and then says so in its history.
 * Returns true, or why it is not done; the bill counts for it until then. Never throws for what Xero
 * answers.
 */
export async function leaveOrder(
	run: LeavingRun,
	{ standing: { order }, reopens }: LeftOrder,
	bill: XeroDocument,
): Promise<true | string> {
	const { client, definition, fills } = run;
	if (reopens) {
		const isOpen = await moveOrder(run, order.id, fills.done, fills.takes);
		if (isOpen !== true) return isOpen;
	}
	let reason = '';
	for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
		const read = await faultOr(readStanding(client, definition, order, fills));
		if (!read.ok) return read.failure.message;
		if (!read.value.noted.has(bill.id)) return true;
		const answer = await client.write({
			method: 'PUT',
			path: historyOf(fills.order, order.id),
			body: noteBody(releasedNote(bill, definition)),
			idempotencyKey: orderKey(client, order.id, read.value.notes),
		});
		reason = inWords(answer);
	}
	return reason;
}

/** A bill is as it shall be, and an order that it was for before is not. */
export function notLeft(
	{ definition, fills, severities }: LeavingRun,
	left: readonly LeftOrder[],
	reason: string,
): Issue[] {
	const names = left.map(({ standing }) => orderName(standing)).join(', ');
	const finding = {
		field: fills.path,
		message: `The ${definition.label.toLowerCase()} is not for ${names} any more, and it is not known whether that says so. ${reason}`,
		fix: `Run the record again. Where the order stays ${statusName(fills.order, fills.done)?.toLowerCase() ?? ''} after that, set it back to ${statusName(fills.order, fills.takes) ?? ''} in Xero.`,
	};
	return issueOf(LATE_RULES.noAnswer, finding, severities);
}
