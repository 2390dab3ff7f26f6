import type { DocumentAmounts, XeroDocument } from '../../xero/documents/definition';
import { issueOf, isStopping } from '../check/check';
import { fieldsByPath, headerText, textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import type { Plan } from '../plan/plan';
import type { Followed, FollowUp, Reserved } from '../references/completed';
import { pathDigest, valueDigest } from '../sourceLink/fingerprint';
import { lastSentOf } from '../sourceLink/keptFingerprint';
import { statusName } from '../status/statusName';
import { closeOrder, lookAtOrder, notKnown } from './closeOrder';
import {
	findLeftOrders,
	leaveOrder,
	leavingInWords,
	notLeft,
	withoutBill,
	type LeftOrder,
} from './leftOrders';
import {
	excessOf,
	isFullyBilled,
	orderName,
	type BilledPart,
	type OrderStanding,
} from './orderStanding';
import { exceeded, inAnother, notOpen, ofAnother, type OrderProblem } from './orderProblems';
import { partOf, partOfBill } from './readStandings';
import { reservePart, type Reserving } from './reservePart';

/** The orders of a run, and what its bills take of them, one after the other. */
export class Billing {
	/** Orders that bills are not for any more, by the ids of the bills. */
	private readonly left = new Map<string, readonly LeftOrder[]>();
	/** Ids of the bills that have left them. */
	private readonly released = new Set<string>();
	private made = 0;

	constructor(
		private readonly run: Reserving,
		private readonly orders: Map<string, OrderStanding>,
	) {}

	/** Finds the orders that bills are not for any more. Throws ServiceFaultError. */
	async learn(plans: readonly Plan[]): Promise<void> {
		const { fills } = this.run;
		for (const plan of plans) {
			if (!('document' in plan)) continue;
			const { id } = plan.document;
			const named = this.standingOf(plan.draft);
			// What is credited and made anew is for its order no more; the new one is.
			const isOut = plan.action === 'correct' || isTakenOut(this.run, plan);
			if (named ? named.noted.has(id) && !isOut : !isOut && !this.mayHaveLost(plan)) continue;
			const left = await findLeftOrders(
				this.run,
				plan.document,
				isOut ? undefined : named?.order.id,
			);
			if (left.length > 0) this.left.set(id, left);
			for (const { standing } of left) {
				const known = this.orders.get(standing.order.id);
				if (!known) continue;
				const { standing: less, reopens } = withoutBill(known, id, fills.done);
				const order = reopens ? { ...less.order, status: fills.takes } : less.order;
				this.orders.set(order.id, { ...less, order });
			}
		}
	}

	/** Whether a record that names no order, by the user's choice, may have named one before. */
	private mayHaveLost({ draft, document }: PlanOfPresent): boolean {
		const { definition, fills } = this.run;
		if (draft.fields[fills.path] !== '') return false;
		const field = fieldsByPath(definition.fields).get(fills.path);
		const sent = lastSentOf(textOf(document.fields.url), draft.source);
		const before = sent?.header.get(pathDigest(fills.path));
		return !field || before !== valueDigest(field, '');
	}

	private standingOf(draft: Draft): OrderStanding | undefined {
		return this.orders.get(headerText(draft, this.run.fills.path) ?? '');
	}

	review(plan: Plan, contactId: string | undefined): Plan {
		const standing = this.standingOf(plan.draft);
		if (!standing || !isBillable(plan) || isTakenOut(this.run, plan)) return plan;
		const present = presentOf(plan);
		const part = this.partOfPlan(plan);
		const id = present?.id ?? `new ${(this.made += 1)}`;
		const before = standing.billed.get(id);
		if (part) standing.billed.set(id, part);
		const problem = this.problemOf(plan, standing, part, contactId);
		const issues = problem ? issueOf(problem.rule, problem.finding, this.run.severities) : [];
		if (!issues.some(isStopping)) {
			const order = {
				isClosing: isFullyBilled(standing),
				isChanged: plan.action === 'update' && standing.noted.has(id),
			};
			return { ...plan, order, issues: [...plan.issues, ...issues] };
		}
		// What is held takes nothing of the order from the bills after it.
		if (before) standing.billed.set(id, before);
		else standing.billed.delete(id);
		const { draft, key, contentHash } = plan;
		return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
	}

	/** Takes a bill's part of its order, as the bill will be once its plan is carried out. */
	async reserve(plan: Plan, present: XeroDocument): Promise<Reserved> {
		const isLeft = await this.leave(present);
		if (isLeft !== true) return { kind: 'unknown', reason: isLeft };
		const standing = this.standingOf(plan.draft);
		if (!standing || standing.noted.has(present.id) || isTakenOut(this.run, plan)) {
			return { kind: 'done', issues: [] };
		}
		const part = plan.action === 'update' ? this.partOfPlan(plan) : partOfBill(present);
		return await reservePart(this.run, standing, present, part);
	}

	/** Leaves the orders that a bill is not for any more, once. Returns true, or why it is not done. */
	private async leave(bill: XeroDocument): Promise<true | string> {
		for (const left of this.released.has(bill.id) ? [] : (this.left.get(bill.id) ?? [])) {
			const isLeft = await leaveOrder(this.run, left, bill);
			if (isLeft !== true) return isLeft;
		}
		this.released.add(bill.id);
		return true;
	}

	/** What the bill takes of its order once the plan is carried out; undefined where it is not known. */
	private partOfPlan(plan: Billable): BilledPart | undefined {
		const { draft } = plan;
		const present = presentOf(plan);
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
		const present = presentOf(plan);
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

	/** What is left to do for the orders of a bill, given the bill as far as it is there. */
	follow(plan: Plan, document: XeroDocument | undefined): FollowUp | undefined {
		const { fills } = this.run;
		const own = isTakenOut(this.run, plan) ? undefined : this.followOwn(plan, document);
		const leaving = plan.action === 'correct' ? plan.document : document;
		const left = (leaving && this.left.get(leaving.id)) ?? [];
		if (left.length === 0) return own;
		const before = left.map(({ standing: { order } }) => order.number ?? order.id).join(', ');
		const after = own && 'change' in own ? own.change?.after : undefined;
		return {
			change: { field: fills.path, before, after: after ?? '' },
			inWords: [
				...left.flatMap((each) => leavingInWords(this.run, each)),
				...(own && 'inWords' in own ? own.inWords : []),
			],
			carryOut: async (bill) => {
				const isLeft = await this.leave(leaving ?? bill);
				if (isLeft !== true) {
					const issues = notLeft(this.run, left, isLeft);
					return { kind: 'failed', outcome: 'failed', issues };
				}
				return own && 'carryOut' in own
					? await own.carryOut(bill)
					: { kind: 'done', document: bill };
			},
		};
	}

	/** What is left to do for the order that a bill names. */
	private followOwn(plan: Plan, document: XeroDocument | undefined): FollowUp | undefined {
		const { definition, fills } = this.run;
		const standing = this.standingOf(plan.draft);
		if (!standing) return undefined;
		const { order, noted } = standing;
		const isNoted = document !== undefined && noted.has(document.id);
		const { isClosing = false, isChanged = false } = plan.order ?? {};
		const closes = isClosing && order.status === fills.takes;
		if (isNoted && !closes) {
			const carryOut = async (bill: XeroDocument) => await lookAtOrder(this.run, standing, bill);
			return isChanged ? { inWords: [], carryOut } : undefined;
		}
		const name = orderName(standing);
		const label = definition.label.toLowerCase();
		const [from, to] = [fills.takes, fills.done].map((each) => statusName(fills.order, each));
		const inWords = [
			...(isNoted
				? []
				: [
						`Note on this ${label} that it is for ${name}`,
						`Note on ${name} that this ${label} is for it`,
					]),
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

type PlanOfPresent = Extract<Plan, { document: XeroDocument }>;
type Billable = Extract<Plan, { action: 'create' }> | PlanOfPresent;

function isBillable(plan: Plan): plan is Billable {
	return plan.action === 'create' || 'document' in plan;
}

/** What Xero has of the bill that the plan leads to. */
function presentOf(plan: Billable): XeroDocument | undefined {
	return plan.action === 'update' || plan.action === 'keep' ? plan.document : undefined;
}

function amountsOf(plan: Billable): DocumentAmounts | undefined {
	if (plan.action === 'create') return plan.amounts;
	return plan.action === 'keep' ? plan.document.amounts : (plan.amounts ?? plan.document.amounts);
}

/** Whether a bill is voided or deleted by its plan. */
function isTakenOut({ definition }: Reserving, plan: Plan): boolean {
	if (plan.action !== 'update') return false;
	const { statusPath, lifecycle } = definition;
	const status = plan.changes.find(({ field }) => field === statusPath)?.after;
	return typeof status === 'string' && lifecycle.gone.includes(status);
}
