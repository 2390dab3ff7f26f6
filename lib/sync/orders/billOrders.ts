import type { DocumentAmounts, XeroDocument } from '../../xero/documents/definition';
import { issueOf, isStopping } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { foldText } from '../find/names';
import type { Plan } from '../plan/plan';
import {
	isOnItsWay,
	type Completed,
	type Followed,
	type FollowUp,
	type Reserved,
} from '../references/completed';
import { withIssues, withValues } from '../references/named';
import { statusName } from '../status/statusName';
import { closeOrder, lookAtOrder, notKnown } from './closeOrder';
import {
	excessOf,
	isFullyBilled,
	orderName,
	type BilledPart,
	type OrderStanding,
} from './orderStanding';
import { exceeded, inAnother, notOpen, ofAnother, type OrderProblem } from './orderProblems';
import { findOrders, orderIdIn, partOf, partOfBill, readStanding } from './readStandings';
import { reservePart, type Reserving } from './reservePart';

/**
 * Finds the order that each bill names, and holds the bill against what was ordered and what is
 * billed of it already. Before the bill is more than a draft, the order's history names it, and an
 * order of which nothing is left is closed. Throws ServiceFaultError.
 */
export async function readOrders(run: Reserving, drafts: readonly Draft[]): Promise<Completed> {
	const { client, definition, fills, severities } = run;
	const found = await findOrders(client, fills, drafts.filter(isOnItsWay));
	const orders = new Map<string, OrderStanding>();
	const completed: Draft[] = [];
	for (const draft of drafts) {
		const named = isOnItsWay(draft) ? headerText(draft, fills.path)?.trim() : undefined;
		if (!named) {
			completed.push(draft);
			continue;
		}
		const order = found.find((each) => isNamed(each, named));
		const { amounts } = order ?? {};
		if (!order || !amounts) {
			const finding = {
				field: fills.path,
				message: `There is no ${fills.order.label.toLowerCase()} "${named}" in Xero.`,
				fix: `Correct the number in Knack, or clear it for a ${definition.label.toLowerCase()} without an order.`,
			};
			completed.push(withIssues(draft, issueOf(LATE_RULES.targetMissing, finding, severities)));
			continue;
		}
		if (!orders.has(order.id)) {
			orders.set(order.id, await readStanding(client, definition, { ...order, amounts }, fills));
		}
		const isAsked = headerText(draft, definition.statusPath ?? 'status') !== undefined;
		completed.push(
			withValues(draft, { [fills.path]: order.id, ...(isAsked ? {} : { status: fills.asks }) }),
		);
	}
	if (orders.size === 0) return { drafts: completed };
	const billing = new Billing(run, orders);
	return {
		drafts: completed,
		review: (plan, contactId) => billing.review(plan, contactId),
		reserve: async (plan, present) => await billing.reserve(plan, present),
		follow: (draft, document) => billing.follow(draft, document),
	};
}

function isNamed({ id, number }: XeroDocument, text: string): boolean {
	const wanted = orderIdIn(text);
	return wanted === undefined ? foldText(number ?? '') === foldText(text) : id === wanted;
}

/** The orders of a run, and what its bills take of them, one after the other. */
class Billing {
	/** Whether a record's bill leaves nothing of its order to be billed. */
	private readonly closing = new Map<string, boolean>();
	/** Places of bills whose part was taken before, and may be another one now. */
	private readonly changed = new Set<string>();
	private made = 0;

	constructor(
		private readonly run: Reserving,
		private readonly orders: ReadonlyMap<string, OrderStanding>,
	) {}

	private standingOf(draft: Draft): OrderStanding | undefined {
		return this.orders.get(headerText(draft, this.run.fills.path) ?? '');
	}

	review(plan: Plan, contactId: string | undefined): Plan {
		const standing = this.standingOf(plan.draft);
		if (!standing || !isBillable(plan)) return plan;
		const present = plan.action === 'create' ? undefined : plan.document;
		const part = this.partOfPlan(plan);
		const id = present?.id ?? `new ${(this.made += 1)}`;
		const before = standing.billed.get(id);
		if (part) standing.billed.set(id, part);
		const problem = this.problemOf(plan, standing, part, contactId);
		const issues = problem ? issueOf(problem.rule, problem.finding, this.run.severities) : [];
		if (!issues.some(isStopping)) {
			this.closing.set(placeOf(plan.draft), isFullyBilled(standing));
			if (plan.action === 'update' && standing.noted.has(id)) this.changed.add(placeOf(plan.draft));
			return issues.length === 0 ? plan : { ...plan, issues: [...plan.issues, ...issues] };
		}
		// What is held takes nothing of the order from the bills after it.
		if (before) standing.billed.set(id, before);
		else standing.billed.delete(id);
		const { draft, key, contentHash } = plan;
		return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
	}

	/** Takes a bill's part of its order, as the bill will be once its plan is carried out. */
	async reserve(plan: Plan, present: XeroDocument): Promise<Reserved> {
		const standing = this.standingOf(plan.draft);
		if (!standing || standing.noted.has(present.id)) return { kind: 'done', issues: [] };
		const part = plan.action === 'update' ? this.partOfPlan(plan) : partOfBill(present);
		return await reservePart(this.run, standing, present, part);
	}

	/** What the bill takes of its order once the plan is carried out; undefined where it is not known. */
	private partOfPlan(plan: Billable): BilledPart | undefined {
		const { draft } = plan;
		const present = plan.action === 'create' ? undefined : plan.document;
		const amounts = plan.action === 'keep' ? present?.amounts : (plan.amounts ?? present?.amounts);
		if (!amounts) return undefined;
		const number = headerText(draft, this.run.definition.numberPath) ?? present?.number;
		const types = textOf(draft.fields.lineAmountTypes) ?? present?.fields.lineAmountTypes;
		const fields = { lineAmountTypes: types ?? 'Exclusive' };
		const lines = draft.lines?.map((line) => line.fields);
		return partOf({ number, fields }, amounts.subTotal, lines);
	}

	private problemOf(
		plan: Billable,
		standing: OrderStanding,
		part: BilledPart | undefined,
		contactId: string | undefined,
	): OrderProblem | undefined {
		const { fills, tolerance } = this.run;
		const { order, noted } = standing;
		const present = plan.action === 'create' ? undefined : plan.document;
		const isKnown = present !== undefined && noted.has(present.id);
		// What was let through once, and stays as it is, takes no more of the order than it did.
		if (isKnown && plan.action === 'keep') return undefined;
		const words = { ...this.run, standing };
		if (order.status !== fills.takes && !(isKnown && order.status === fills.done)) {
			return notOpen(words);
		}
		if (order.contactId !== (contactId ?? present?.contactId)) return ofAnother(words);
		const currency = amountsOf(plan)?.currency;
		if (!part || (currency && currency !== order.amounts.currency)) return inAnother(words);
		const excess = excessOf(standing, tolerance);
		return excess.length === 0 ? undefined : exceeded(words, excess);
	}

	/** What is left to do for the order of a bill, given the bill as far as it is there. */
	follow(draft: Draft, document: XeroDocument | undefined): FollowUp | undefined {
		const { definition, fills } = this.run;
		const standing = this.standingOf(draft);
		if (!standing) return undefined;
		const { order, noted } = standing;
		const isNoted = document !== undefined && noted.has(document.id);
		const closes = this.closing.get(placeOf(draft)) === true && order.status === fills.takes;
		const isChanged = this.changed.has(placeOf(draft));
		if (isNoted && !closes) {
			const carryOut = async (bill: XeroDocument) => await lookAtOrder(this.run, standing, bill);
			return isChanged ? { inWords: [], carryOut } : undefined;
		}
		const name = orderName(standing);
		const [from, to] = [fills.takes, fills.done].map((each) => statusName(fills.order, each));
		const inWords = [
			...(isNoted ? [] : [`Note on ${name} that this ${definition.label.toLowerCase()} is for it`]),
			...(closes ? [`Change ${name} from ${from} to ${to}`] : []),
		];
		return {
			change: {
				field: fills.path,
				after: `${order.number ?? order.id}: ${closes ? 'fully' : 'partly'} billed`,
			},
			inWords,
			carryOut: async (bill) => await this.carryOut(standing, bill, isChanged),
		};
	}

	private async carryOut(
		standing: OrderStanding,
		bill: XeroDocument,
		isChanged: boolean,
	): Promise<Followed> {
		const looked = isChanged ? await lookAtOrder(this.run, standing, bill) : undefined;
		if (looked && looked.kind !== 'done') return looked;
		// Of a bill that was there already nothing was taken yet.
		const reserved = await reservePart(this.run, standing, bill, partOfBill(bill));
		if (reserved.kind === 'unknown') return notKnown(this.run, standing, reserved.reason);
		if (reserved.kind === 'held') return { ...reserved, kind: 'failed', outcome: 'held' };
		return await closeOrder(this.run, standing, bill);
	}
}

type Billable = Extract<Plan, { action: 'create' | 'update' | 'keep' }>;

function isBillable(plan: Plan): plan is Billable {
	return plan.action === 'create' || plan.action === 'update' || plan.action === 'keep';
}

function amountsOf(plan: Billable): DocumentAmounts | undefined {
	if (plan.action === 'create') return plan.amounts;
	return plan.action === 'keep' ? plan.document.amounts : (plan.amounts ?? plan.document.amounts);
}

/** A record's place in the run: its draft may be made anew on its way. */
function placeOf({ itemIndexes }: Draft): string {
	return itemIndexes.join(' ');
}
