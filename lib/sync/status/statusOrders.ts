import type { DocumentDefinition } from '../../xero/documents/definition';
import { isStopping, type RuleSeverities } from '../check/check';
import type { NotingRun } from '../orders/billingRun';
import { findLeftOrders } from '../orders/findLeftOrders';
import { leaveOrder, leavingInWords, notLeft, takeOff, type LeftOrder } from '../orders/leftOrders';
import type { OrderStanding } from '../orders/orderStanding';
import type { OutcomeKind } from '../outcome';
import type { Settled } from '../outcomes';
import type { UpsertContext } from '../upsertContext';
import type { StatusPlan } from './planStatus';

/** The orders of bills that are voided or deleted, and how they are left. */
export interface LeavingOrders {
	/** Write calls that it takes. */
	readonly calls: number;
	/** A preview, or what was carried out, with what is done to the orders. */
	foresee(plan: StatusPlan, settled: Settled): Settled;
	/** Leaves the orders of a bill that is gone by now. Never throws for what Xero answers. */
	carryOut(plan: StatusPlan, settled: Settled): Promise<Settled>;
}

/** Finds the orders of the bills that are to be voided or deleted, or are by now. Throws ServiceFaultError. */
export async function findLeaving(
	{ client, clock }: UpsertContext,
	definition: DocumentDefinition,
	plans: readonly StatusPlan[],
	severities: RuleSeverities,
): Promise<LeavingOrders> {
	const { fills, lifecycle } = definition;
	if (!fills) return { calls: 0, foresee: asItIs, carryOut: async (_, settled) => settled };
	const run: NotingRun = { client, definition, fills, severities, nowMs: () => clock.now() };
	const gone = takenOut(lifecycle, plans);
	const bills = gone.map(({ document }) => ({ document }));
	const known = new Map<string, OrderStanding>();
	const leaving = await findLeftOrders(run, bills, known);
	const ofBills = takeOff(known, leaving, fills);
	const left = new Map<StatusPlan, readonly LeftOrder[]>(
		gone.flatMap((plan): Array<[StatusPlan, readonly LeftOrder[]]> => {
			const orders = ofBills.get(plan.document.id) ?? [];
			return orders.length > 0 ? [[plan, orders]] : [];
		}),
	);
	const inWords = (plan: StatusPlan) =>
		(left.get(plan) ?? []).flatMap((each) => leavingInWords(run, each));
	const told = (plan: StatusPlan, settled: Settled, outcome: OutcomeKind): Settled => {
		const orders = left.get(plan) ?? [];
		if (orders.length === 0) return settled;
		const before = orders.map(({ standing: { order } }) => order.number ?? order.id).join(', ');
		return {
			...settled,
			outcome,
			operations: [...(settled.operations ?? []), ...inWords(plan)],
			...(settled.outcome === 'unchanged'
				? { changes: [{ field: fills.path, before, after: '' }] }
				: {}),
		};
	};
	return {
		calls: [...left.keys()].flatMap(inWords).length,
		foresee: (plan, settled) => told(plan, settled, 'wouldUpdate'),
		async carryOut(plan, settled) {
			const { document, outcome } = settled;
			const orders = left.get(plan) ?? [];
			const isGone = outcome === 'updated' || outcome === 'unchanged';
			if (!document || !isGone || orders.length === 0) return settled;
			for (const each of orders) {
				const isLeft = await leaveOrder(run, each, document);
				if (isLeft === true) continue;
				const failed = notLeft(run, orders, isLeft);
				return { ...settled, outcome: 'failed', issues: [...settled.issues, ...failed] };
			}
			return told(plan, settled, 'updated');
		},
	};
}

/**
 * Those that are to be taken out, and those that are out already: a run may have died before the orders
 * of these were told. Each document once.
 */
function takenOut(
	{ gone }: DocumentDefinition['lifecycle'],
	plans: readonly StatusPlan[],
): Array<Extract<StatusPlan, { action: 'update' | 'keep' }>> {
	const seen = new Set<string>();
	return plans.flatMap((plan) => {
		if (plan.action !== 'update' && plan.action !== 'keep') return [];
		const { id, status = '' } = plan.document;
		const isGone = gone.includes(plan.action === 'update' ? plan.to : status);
		if (!isGone || plan.issues.some(isStopping) || seen.has(id)) return [];
		seen.add(id);
		return [plan];
	});
}

function asItIs(_plan: StatusPlan, settled: Settled): Settled {
	return settled;
}
