import { decimal, sum, UNIT_PLACES } from '../../money';
import { netOf } from '../../xero/totals';
import { textOf } from '../check/draftValues';
import { issueOf } from '../check/check';
import type { Plan } from '../plan/plan';
import { statusName } from '../status/statusName';
import type { Billable } from './billPlans';
import type { BillingRun } from './billingRun';
import { staysClosed } from './orderProblems';
import { isFullyBilled, orderName, type BilledPart, type OrderStanding } from './orderStanding';

/** A bill of a run that is let through. */
export interface ReviewedBill {
	readonly plan: Billable;
	/** Its place in the run. */
	readonly index: number;
	readonly id: string;
	/** Whether the order's history names it. */
	readonly isNoted: boolean;
	/** What it took of the order before; undefined where the order does not name it. */
	readonly before: BilledPart | undefined;
	/** What it takes once its plan is carried out. */
	readonly part: BilledPart | undefined;
}

/**
 * What becomes of an order once all bills of the run are as they are planned, and which of them sees to
 * it: the last one that takes something closes it, the first that is reduced opens it again. Returns the
 * plans with that, by their places in the run.
 * @param standing as it is by then, but for its status
 * @param isReopened whether bills are let through that the order takes only once it is open again
 */
export function settleOrder(
	run: BillingRun,
	standing: OrderStanding,
	bills: readonly ReviewedBill[],
	isReopened: boolean,
): ReadonlyMap<number, Plan> {
	const { fills } = run;
	const { status } = standing.order;
	const isFull = isFullyBilled(standing);
	const isOpen = isReopened || status === fills.takes;
	const closing = isFull && isOpen ? closerOf(bills) : undefined;
	const isToOpen = isReopened || (!isFull && standing.isClosedByBills);
	const opening = isToOpen ? openerOf(run, standing, bills) : undefined;
	const isRoomNeeded = bills.some(({ isNoted }) => !isNoted);
	// Who changed a bill in Xero decides about its order as well.
	const isLeft = !isFull && standing.isClosedByBills && status === fills.done && !opening;
	const left = isLeft ? staysClosed({ ...run, standing }) : undefined;
	const said = left ? issueOf(left.rule, left.finding, run.severities) : [];
	return new Map(
		bills.map((bill): [number, Plan] => {
			const { plan, isNoted, index } = bill;
			const order = {
				isClosing: bill === closing,
				isChanged: plan.action === 'update' && isNoted,
				isReduced: isReduced(bill),
				makesRoom: isRoomNeeded && isReduced(bill),
				opening: bill === opening ? openingInWords(run, standing) : [],
			};
			return [index, { ...plan, order, issues: [...plan.issues, ...said] }];
		}),
	);
}

/** One that takes something, where there is one, rather than one that gives something back. */
function closerOf(bills: readonly ReviewedBill[]): ReviewedBill | undefined {
	const acting = bills.filter(isActing);
	return acting.filter((bill) => !isReduced(bill)).at(-1) ?? acting.at(-1) ?? bills.at(-1);
}

function isActing({ plan, isNoted }: ReviewedBill): boolean {
	return plan.action !== 'keep' || !isNoted;
}

function isReduced({ plan, before, part }: ReviewedBill): boolean {
	return plan.action === 'update' && before !== undefined && part?.net.lt(before.net) === true;
}

/** The bill that opens again what bills have closed; undefined where a person decides. */
function openerOf(
	{ fills }: BillingRun,
	{ order, billed }: OrderStanding,
	bills: readonly ReviewedBill[],
): ReviewedBill | undefined {
	// It is open already, and its history does not say so yet.
	if (order.status === fills.takes) {
		return bills.find(({ plan, isNoted }) => plan.action === 'update' && isNoted);
	}
	if (order.status !== fills.done) return undefined;
	const reduced = bills.find(isReduced);
	if (reduced) return reduced;
	// A worker may have died after it had reduced a bill. Nobody else did where all are as their records say.
	const agreeing = new Set(bills.filter(isAsRecordSays).map(({ id }) => id));
	const isOfRecords = [...billed.keys()].every((id) => agreeing.has(id));
	return isOfRecords
		? bills.find(({ plan, isNoted }) => plan.action === 'keep' && isNoted)
		: undefined;
}

/** Whether a bill comes to what its record says. With tax in the lines it is not known. */
function isAsRecordSays({ plan: { draft }, part }: ReviewedBill): boolean {
	if (!draft.lines || !part || part.lineAmountTypes === 'Inclusive') return false;
	const nets = draft.lines.map(({ fields }) => {
		const amount = textOf(fields.lineAmount);
		return amount ? decimal(amount) : netOf(fields, UNIT_PLACES);
	});
	const known = nets.filter((net) => net !== undefined);
	return known.length === nets.length && sum(known).eq(part.net);
}

/** What opening an order again does in Xero; each is one write call. */
function openingInWords({ fills }: BillingRun, standing: OrderStanding): string[] {
	const name = orderName(standing);
	const [open, done] = [fills.takes, fills.done].map((each) => statusName(fills.order, each));
	return [
		...(standing.order.status === fills.done ? [`Change ${name} from ${done} to ${open}`] : []),
		`Note on ${name} that it is open again`,
	];
}
