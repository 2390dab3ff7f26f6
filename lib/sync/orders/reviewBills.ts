import type { Filling } from '../../xero/documents/definition';
import { issueOf, isStopping } from '../check/check';
import { headerText } from '../check/draftValues';
import type { Plan } from '../plan/plan';
import type { Planned } from '../references/completed';
import {
	amountsOf,
	isBillable,
	isTakenOut,
	partOfPlan,
	presentOf,
	type Billable,
} from './billPlans';
import type { BillingRun } from './billingRun';
import { takeOff, type LeftOrder } from './leftOrders';
import { exceeded, inAnother, notOpen, ofAnother, type OrderProblem } from './orderProblems';
import {
	excessOf,
	isFullyBilled,
	openAgain,
	type BilledPart,
	type OrderStanding,
} from './orderStanding';
import { settleOrder, type ReviewedBill } from './settleOrder';

/** What the bills of a run do to their orders, all of them together. */
export interface Reviewed {
	/** In the order of the given. */
	readonly plans: readonly Plan[];
	/** Orders as they are once the plans are carried out. */
	readonly standings: ReadonlyMap<string, OrderStanding>;
	/** Orders that bills leave, by the ids of the bills. */
	readonly left: ReadonlyMap<string, readonly LeftOrder[]>;
}

/**
 * Holds each bill against what is left of its order, after those before it and after all that take less
 * of it than they did. A bill that is held stays as it is, for the order that it is for, so that it
 * takes room from the others: then all are held against that anew. Reads and writes nothing.
 * @param leaving ids of the orders that bills are not for any more, by the ids of the bills
 */
export function reviewBills(
	run: BillingRun,
	known: ReadonlyMap<string, OrderStanding>,
	leaving: ReadonlyMap<string, readonly string[]>,
	planned: readonly Planned[],
): Reviewed {
	const leavingStill = new Map(leaving);
	const held = new Set<string>();
	// With why each was held first: as one that stays beside what it was to be, it would be said otherwise.
	const stopped = new Map<Planned, Plan>();
	for (;;) {
		const review = new Review(run, known, leavingStill, stopped);
		review.reduce(planned, held);
		const reviewed = review.all(planned);
		const staying = planned.flatMap((each, index) => {
			const { plan } = each;
			const own = reviewed.plans[index];
			if (!('document' in plan) || own?.action !== 'stop') return [];
			const { id } = plan.document;
			if (!leavingStill.has(id) && !review.reduces(id)) return [];
			stopped.set(each, own);
			return [id];
		});
		if (staying.length === 0) return reviewed;
		for (const id of staying) {
			leavingStill.delete(id);
			held.add(id);
		}
	}
}

/** The id of the order that a plan's record names; undefined where it names none. */
export function orderIdOf({ fills }: { readonly fills: Filling }, plan: Plan): string | undefined {
	return headerText(plan.draft, fills.path);
}

class Review {
	private readonly standings: Map<string, OrderStanding>;
	private readonly left: ReadonlyMap<string, readonly LeftOrder[]>;
	private readonly ofOrders = new Map<string, ReviewedBill[]>();
	/** What bills took of their orders before they are reduced, by their ids. */
	private readonly reduced = new Map<string, BilledPart>();
	/** Ids of the orders of these. */
	private readonly ofReduced = new Set<string>();
	/** Ids of orders that bills had closed and that are open for others, since one is reduced. */
	private readonly reopened = new Set<string>();

	constructor(
		private readonly run: BillingRun,
		known: ReadonlyMap<string, OrderStanding>,
		leaving: ReadonlyMap<string, readonly string[]>,
		private readonly stopped: ReadonlyMap<Planned, Plan>,
	) {
		this.standings = new Map(
			[...known].map(([id, standing]) => [id, { ...standing, billed: new Map(standing.billed) }]),
		);
		this.left = takeOff(this.standings, leaving, run.fills);
	}

	/** Takes what bills do not take any more off their orders, whatever their place in the run. */
	reduce(planned: readonly Planned[], held: ReadonlySet<string>): void {
		for (const { plan } of planned) {
			const orderId = orderIdOf(this.run, plan) ?? '';
			const standing = this.standings.get(orderId);
			if (!standing || plan.action !== 'update' || isTakenOut(this.run, plan)) continue;
			const { id } = plan.document;
			const before = standing.noted.has(id) ? standing.billed.get(id) : undefined;
			const part = partOfPlan(this.run, plan);
			if (held.has(id) || !before || !part?.net.lt(before.net)) continue;
			standing.billed.set(id, part);
			this.reduced.set(id, before);
			this.ofReduced.add(orderId);
		}
	}

	reduces(billId: string): boolean {
		return this.reduced.has(billId);
	}

	all(planned: readonly Planned[]): Reviewed {
		const plans = planned.map((each, index) => this.one(each, index));
		for (const [orderId, bills] of this.ofOrders) {
			const standing = this.standings.get(orderId);
			if (!standing) continue;
			const isReopened = this.reopened.has(orderId);
			for (const [index, plan] of settleOrder(this.run, standing, bills, isReopened)) {
				plans[index] = plan;
			}
			if (isReopened) this.standings.set(orderId, openAgain(standing, this.run.fills));
		}
		return { plans, standings: this.standings, left: this.left };
	}

	private one(each: Planned, index: number): Plan {
		const { plan, contactId } = each;
		const held = this.stopped.get(each);
		if (held) return held;
		const orderId = orderIdOf(this.run, plan) ?? '';
		const standing = this.standings.get(orderId);
		if (!standing || !isBillable(plan) || isTakenOut(this.run, plan)) return plan;
		const present = presentOf(plan);
		const part = partOfPlan(this.run, plan);
		const id = present?.id ?? `new ${index}`;
		const isNoted = present !== undefined && standing.noted.has(id);
		const opens = !isNoted && this.isToOpen(orderId, standing);
		const before = this.reduced.get(id) ?? standing.billed.get(id);
		if (part) standing.billed.set(id, part);
		const seen = opens ? openAgain(standing, this.run.fills) : standing;
		const problem = problemOf(this.run, { plan, contactId }, seen, part);
		const issues = problem ? issueOf(problem.rule, problem.finding, this.run.severities) : [];
		if (!issues.some(isStopping)) {
			const bills = this.ofOrders.get(orderId) ?? [];
			bills.push({ plan, index, id, isNoted, before: isNoted ? before : undefined, part });
			this.ofOrders.set(orderId, bills);
			if (opens) this.reopened.add(orderId);
			return { ...plan, issues: [...plan.issues, ...issues] };
		}
		// What is held takes nothing of the order from the bills after it.
		if (before) standing.billed.set(id, before);
		else standing.billed.delete(id);
		const { draft, key, contentHash } = plan;
		return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
	}

	/** Whether an order that bills had closed is opened for another, since one of them is reduced. */
	private isToOpen(orderId: string, standing: OrderStanding): boolean {
		if (this.reopened.has(orderId)) return true;
		const isClosed = standing.isClosedByBills && standing.order.status === this.run.fills.done;
		return isClosed && this.ofReduced.has(orderId) && !isFullyBilled(standing);
	}
}

function problemOf(
	run: BillingRun,
	{ plan, contactId }: { readonly plan: Billable; readonly contactId: string | undefined },
	standing: OrderStanding,
	part: BilledPart | undefined,
): OrderProblem | undefined {
	const { fills, tolerance } = run;
	const { order, noted } = standing;
	const present = presentOf(plan);
	const isKnown = present !== undefined && noted.has(present.id);
	// What was let through once, and stays as it is, takes no more of the order than it did.
	if (isKnown && plan.action === 'keep') return undefined;
	const words = { ...run, standing };
	if (order.status !== fills.takes && !(isKnown && order.status === fills.done)) {
		return notOpen(words);
	}
	if (order.contactId !== (contactId ?? present?.contactId)) return ofAnother(words);
	const currency = amountsOf(plan)?.currency;
	if (!part || (currency && currency !== order.amounts.currency)) return inAnother(words);
	const excess = excessOf(standing, tolerance);
	return excess.length === 0 ? undefined : exceeded(words, excess);
}
