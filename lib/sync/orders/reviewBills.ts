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
import { excessOf, type BilledPart, type OrderStanding } from './orderStanding';
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
 * Holds each bill against what is left of its order, after those before it. A bill that is held stays
 * for the order that it is for, so that it takes room from the others: then all are held against that
 * anew. Reads and writes nothing.
 * @param leaving ids of the orders that bills are not for any more, by the ids of the bills
 */
export function reviewBills(
	run: BillingRun,
	known: ReadonlyMap<string, OrderStanding>,
	leaving: ReadonlyMap<string, readonly string[]>,
	planned: readonly Planned[],
): Reviewed {
	const leavingStill = new Map(leaving);
	for (;;) {
		const reviewed = new Review(run, known, leavingStill).all(planned);
		const staying = planned.flatMap(({ plan }, index) => {
			if (!('document' in plan) || reviewed.plans[index]?.action !== 'stop') return [];
			return leavingStill.has(plan.document.id) ? [plan.document.id] : [];
		});
		if (staying.length === 0) return reviewed;
		for (const id of staying) leavingStill.delete(id);
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

	constructor(
		private readonly run: BillingRun,
		known: ReadonlyMap<string, OrderStanding>,
		leaving: ReadonlyMap<string, readonly string[]>,
	) {
		this.standings = new Map(
			[...known].map(([id, standing]) => [id, { ...standing, billed: new Map(standing.billed) }]),
		);
		this.left = takeOff(this.standings, leaving, run.fills);
	}

	all(planned: readonly Planned[]): Reviewed {
		const plans = planned.map((each, index) => this.one(each, index));
		for (const [orderId, bills] of this.ofOrders) {
			const standing = this.standings.get(orderId);
			if (!standing) continue;
			for (const [index, plan] of settleOrder(this.run, standing, bills)) plans[index] = plan;
		}
		return { plans, standings: this.standings, left: this.left };
	}

	private one({ plan, contactId }: Planned, index: number): Plan {
		const orderId = orderIdOf(this.run, plan) ?? '';
		const standing = this.standings.get(orderId);
		if (!standing || !isBillable(plan) || isTakenOut(this.run, plan)) return plan;
		const present = presentOf(plan);
		const part = partOfPlan(this.run, plan);
		const id = present?.id ?? `new ${index}`;
		const before = standing.billed.get(id);
		if (part) standing.billed.set(id, part);
		const problem = problemOf(this.run, { plan, contactId }, standing, part);
		const issues = problem ? issueOf(problem.rule, problem.finding, this.run.severities) : [];
		if (!issues.some(isStopping)) {
			const bills = this.ofOrders.get(orderId) ?? [];
			const isNoted = present !== undefined && standing.noted.has(id);
			bills.push({ plan, index, id, isNoted, before: isNoted ? before : undefined, part });
			this.ofOrders.set(orderId, bills);
			return { ...plan, issues: [...plan.issues, ...issues] };
		}
		// What is held takes nothing of the order from the bills after it.
		if (before) standing.billed.set(id, before);
		else standing.billed.delete(id);
		const { draft, key, contentHash } = plan;
		return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
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
