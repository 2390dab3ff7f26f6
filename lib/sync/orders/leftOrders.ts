import type { Issue } from '../../issue';
import type { Filling, XeroDocument } from '../../xero/documents/definition';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import { statusName } from '../status/statusName';
import type { NotingRun } from './billingRun';
import { moveOrder } from './moveOrder';
import { noteWhere } from './noteWhere';
import { releasedNote } from './notes';
import { isFullyBilled, openAgain, orderName, type OrderStanding } from './orderStanding';

/** An order that a bill is not for any more. */
export interface LeftOrder {
	/** As it is without the bill. */
	readonly standing: OrderStanding;
	/** Whether its bills had closed it, which without this one they do not. */
	readonly opens: boolean;
	/** Whether its status is to be changed for that. */
	readonly isMoved: boolean;
}

/**
 * Takes each bill off the orders that it is not for any more, one after the other, in what is known of
 * them. Returns by the bills' ids what it leaves. Reads and writes nothing.
 */
export function takeOff(
	standings: Map<string, OrderStanding>,
	leaving: ReadonlyMap<string, readonly string[]>,
	fills: Filling,
): ReadonlyMap<string, readonly LeftOrder[]> {
	const left = new Map<string, readonly LeftOrder[]>();
	for (const [billId, orderIds] of leaving) {
		const orders = orderIds.flatMap((id) => {
			const standing = standings.get(id);
			return standing ? [withoutBill(standing, billId, fills)] : [];
		});
		for (const { standing } of orders) standings.set(standing.order.id, standing);
		left.set(billId, orders);
	}
	return left;
}

function withoutBill(standing: OrderStanding, billId: string, fills: Filling): LeftOrder {
	const isOther = ([id]: readonly [string, unknown]) => id !== billId;
	const less: OrderStanding = {
		...standing,
		noted: new Set([...standing.noted].filter((id) => id !== billId)),
		billed: new Map([...standing.billed].filter(isOther)),
	};
	// What a person has closed or deleted stays so.
	const { status = '' } = standing.order;
	const isGone = fills.order.lifecycle.gone.includes(status);
	if (!standing.isClosedByBills || isGone || isFullyBilled(less)) {
		return { standing: less, opens: false, isMoved: false };
	}
	return { standing: openAgain(less, fills), opens: true, isMoved: status === fills.done };
}

/** What leaving an order does in Xero; each is one write call. */
export function leavingInWords(
	{ definition, fills }: NotingRun,
	{ standing, isMoved }: LeftOrder,
): string[] {
	const name = orderName(standing);
	const [open, done] = [fills.takes, fills.done].map((each) => statusName(fills.order, each));
	return [
		...(isMoved ? [`Change ${name} from ${done} to ${open}`] : []),
		`Note on ${name} that this ${definition.label.toLowerCase()} is not for it any more`,
	];
}

/**
 * Opens an order again that a bill leaves, where its bills had closed it, and then says in its history
 * that the bill is not for it. Returns true, or why it is not done; the bill counts for it until then.
 * Never throws for what Xero answers.
 */
export async function leaveOrder(
	run: NotingRun,
	{ standing: { order } }: LeftOrder,
	bill: Pick<XeroDocument, 'id' | 'number'>,
): Promise<true | string> {
	const { definition, fills } = run;
	const noted = await noteWhere(run, order, async (now) => {
		if (!now.noted.has(bill.id)) return undefined;
		// Another worker may have closed or opened it since.
		const { opens } = withoutBill(now, bill.id, fills);
		const isOpen = opens ? await moveOrder(run, order.id, fills.done, fills.takes) : true;
		return isOpen === true ? releasedNote(bill, definition, opens) : { refused: isOpen };
	});
	return typeof noted === 'string' ? noted : true;
}

/** A bill is as it shall be, and an order that it was for before is not. */
export function notLeft(
	{ definition, fills, severities }: NotingRun,
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
