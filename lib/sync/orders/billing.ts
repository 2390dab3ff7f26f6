import type { XeroDocument } from '../../xero/documents/definition';
import { fieldsByPath, textOf } from '../check/draftValues';
import type { Plan } from '../plan/plan';
import type { Followed, FollowUp, Planned, Reserved } from '../references/completed';
import { pathDigest, valueDigest } from '../sourceLink/fingerprint';
import { correctionToken } from '../sourceLink/correctionToken';
import { lastSentOf } from '../sourceLink/keptFingerprint';
import { readSourceMark } from '../sourceLink/sourceMark';
import { statusName } from '../status/statusName';
import { isTakenOut, partOfPlan, type PlanOfPresent } from './billPlans';
import type { BillingRun } from './billingRun';
import { closeOrder, lookAtOrder, notKnown, openAgain } from './closeOrder';
import { findLeftOrders, type Leaving } from './findLeftOrders';
import { leaveOrder, leavingInWords, notLeft, type LeftOrder } from './leftOrders';
import { openOrder } from './openOrder';
import { orderName, type OrderStanding } from './orderStanding';
import { partOfBill } from './readStandings';
import { reservePart } from './reservePart';
import { orderIdOf, reviewBills } from './reviewBills';

/** What a note says of a bill. */
type NamedBill = Pick<XeroDocument, 'id' | 'number'>;

/** The orders of a run, and what its bills take of them, one after the other. */
export class Billing {
	/** Bills that are not for an order any more, with the ids of these orders, by the bills' ids. */
	private readonly leaving = new Map<
		string,
		Pick<PlanOfPresent, 'action'> & {
			readonly document: NamedBill;
			readonly orderIds: readonly string[];
		}
	>();
	/** Bills that were credited and made anew, and that their orders still name, by the ids of the new ones. */
	private readonly replaced = new Map<string, NamedBill>();
	/** Orders that bills leave, by the ids of the bills. */
	private left: ReadonlyMap<string, readonly LeftOrder[]> = new Map();
	/** Ids of the bills that have left them. */
	private readonly released = new Set<string>();

	constructor(
		private readonly run: BillingRun,
		private orders: ReadonlyMap<string, OrderStanding>,
	) {}

	/** Finds the orders that bills are not for any more. Throws ServiceFaultError. */
	async learn(plans: readonly Plan[]): Promise<void> {
		const asked = new Map<string, { readonly plan: PlanOfPresent; readonly leaving: Leaving }>();
		for (const plan of plans) {
			if (!('document' in plan)) continue;
			const { document } = plan;
			const named = this.standingOf(plan);
			const replaced = named && replacedBy(document, named);
			if (replaced) {
				this.replaced.set(document.id, replaced);
				this.leaving.set(replaced.id, {
					action: plan.action,
					document: replaced,
					orderIds: [named.order.id],
				});
			}
			// What is credited and made anew is for its order no more; the new one is.
			const isOut = plan.action === 'correct' || isTakenOut(this.run, plan);
			const isFor = named?.noted.has(document.id);
			if (named ? isFor && !isOut : !isOut && !this.mayHaveLost(plan)) continue;
			const exceptId = isOut ? undefined : named?.order.id;
			asked.set(document.id, { plan, leaving: { document, exceptId } });
		}
		const known = new Map(this.orders);
		const bills = [...asked.values()].map(({ leaving }) => leaving);
		for (const [id, orderIds] of await findLeftOrders(this.run, bills, known)) {
			const plan = asked.get(id)?.plan;
			if (plan) this.leaving.set(id, { action: plan.action, document: plan.document, orderIds });
		}
		this.orders = known;
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

	private standingOf(plan: Plan): OrderStanding | undefined {
		return this.orders.get(orderIdOf(this.run, plan) ?? '');
	}

	review(planned: readonly Planned[]): readonly Plan[] {
		const leaving = new Map([...this.leaving].map(([id, { orderIds }]) => [id, orderIds]));
		const { plans, standings, left } = reviewBills(this.run, this.orders, leaving, planned);
		this.orders = standings;
		this.left = left;
		return plans;
	}

	/** A bill that guards or approvals hold stays for the orders that it was for. */
	decided(plans: readonly Plan[]): void {
		const due = new Set(
			plans.flatMap((plan) => {
				if (!('document' in plan)) return [];
				const { id } = plan.document;
				return [id, this.replaced.get(id)?.id ?? id];
			}),
		);
		for (const id of this.leaving.keys()) if (!due.has(id)) this.leaving.delete(id);
	}

	/** Takes a bill's part of its order, as the bill will be once its plan is carried out. */
	async reserve(plan: Plan, present: XeroDocument): Promise<Reserved> {
		const isLeft = await this.leave(present);
		if (isLeft !== true) return { kind: 'unknown', reason: isLeft };
		const standing = this.standingOf(plan);
		if (!standing || isTakenOut(this.run, plan)) return { kind: 'done', issues: [] };
		if (standing.noted.has(present.id)) {
			// A worker that dies after this leaves the order open, which the next run closes if it is full.
			const opening = plan.action === 'update' ? (plan.order?.opening ?? []) : [];
			const isOpen = opening.length > 0 ? await openOrder(this.run, standing) : true;
			return { kind: 'done', issues: [], ...(isOpen === true ? {} : { staysClosed: true }) };
		}
		const hasRoom = await this.makeRoom(standing);
		if (hasRoom !== true) return { kind: 'unknown', reason: hasRoom };
		const part = plan.action === 'update' ? partOfPlan(this.run, plan) : partOfBill(present);
		return await reservePart(this.run, standing, present, part);
	}

	/** Leaves the orders that a bill is not for any more, once. Returns true, or why it is not done. */
	private async leave(bill: NamedBill): Promise<true | string> {
		for (const left of this.released.has(bill.id) ? [] : (this.left.get(bill.id) ?? [])) {
			const isLeft = await leaveOrder(this.run, left, bill);
			if (isLeft !== true) return isLeft;
		}
		this.released.add(bill.id);
		return true;
	}

	/**
	 * Lets the other bills of the run leave an order first that one of them is for now: two that swap
	 * their orders would else wait for each other. What is credited leaves once it is.
	 */
	private async makeRoom({ order }: OrderStanding): Promise<true | string> {
		for (const { action, document, orderIds } of this.leaving.values()) {
			if (action === 'correct' || !orderIds.includes(order.id)) continue;
			const isLeft = await this.leave(document);
			if (isLeft !== true) return isLeft;
		}
		return true;
	}

	/** What is left to do for the orders of a bill, given the bill as far as it is there. */
	follow(plan: Plan, document: XeroDocument | undefined): FollowUp | undefined {
		const { fills } = this.run;
		const own = isTakenOut(this.run, plan) ? undefined : this.followOwn(plan, document);
		const before = plan.action === 'correct' ? plan.document : document;
		const bills = [before ?? [], this.replaced.get(before?.id ?? '') ?? []].flat();
		const left = bills.flatMap(({ id }) => this.left.get(id) ?? []);
		if (left.length === 0) return own;
		const orders = left.map(({ standing: { order } }) => order.number ?? order.id).join(', ');
		const after = own && 'change' in own ? own.change?.after : undefined;
		return {
			change: { field: fills.path, before: orders, after: after ?? '' },
			inWords: [
				...left.flatMap((each) => leavingInWords(this.run, each)),
				...(own && 'inWords' in own ? own.inWords : []),
			],
			carryOut: async (bill) => {
				for (const each of bills) {
					const isLeft = await this.leave(each);
					if (isLeft === true) continue;
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
		const standing = this.standingOf(plan);
		if (!standing) return undefined;
		const { order, noted } = standing;
		const isNoted = document !== undefined && noted.has(document.id);
		const { isClosing = false, isChanged = false } = plan.order ?? {};
		const closes = isClosing && order.status === fills.takes;
		if (isNoted && !closes) return this.followNoted(plan, standing);
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
			...(closes && !standing.isClosedByBills
				? [`Note on ${name} that its ${definition.plural} close it`]
				: []),
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

	/** What is left to do for an order that names the bill, and that is not to be closed. */
	private followNoted(plan: Plan, standing: OrderStanding): FollowUp | undefined {
		const { isChanged = false, isReduced = false, opening = [] } = plan.order ?? {};
		const name = standing.order.number ?? standing.order.id;
		if (!isChanged && opening.length > 0) {
			return {
				change: {
					field: this.run.fills.path,
					before: `${name}: fully billed`,
					after: `${name}: partly billed`,
				},
				inWords: opening,
				carryOut: async (bill) => await openAgain(this.run, standing, bill),
			};
		}
		if (!isChanged) return undefined;
		// What was closed by bills before, and is not reduced by this one, a person decides about.
		const mayOpen = isReduced || !standing.isClosedByBills;
		const carryOut = async (bill: XeroDocument) =>
			await lookAtOrder(this.run, standing, bill, mayOpen);
		return { inWords: [], carryOut };
	}

	private async carryOut(
		standing: OrderStanding,
		bill: XeroDocument,
		isChanged: boolean,
	): Promise<Followed> {
		const looked = isChanged ? await lookAtOrder(this.run, standing, bill, false) : undefined;
		if (looked && looked.kind !== 'done') return looked;
		const hasRoom = await this.makeRoom(standing);
		if (hasRoom !== true) return notKnown(this.run, standing, hasRoom);
		// Of a bill that was there already nothing was taken yet.
		const reserved = await reservePart(this.run, standing, bill, partOfBill(bill));
		if (reserved.kind === 'unknown') return notKnown(this.run, standing, reserved.reason);
		if (reserved.kind === 'held') return { ...reserved, kind: 'failed', outcome: 'held' };
		return await closeOrder(this.run, standing, bill);
	}
}

/**
 * The bill that one took the place of, where the order still names that: a run may have died once the
 * new one was made, and before its order was told.
 */
function replacedBy({ fields }: XeroDocument, { noted, billed }: OrderStanding) {
	const token = readSourceMark(textOf(fields.url))?.corrects;
	const id = [...noted].find((each) => correctionToken({ id: each }) === token);
	return id === undefined ? undefined : { id, number: billed.get(id)?.name };
}
