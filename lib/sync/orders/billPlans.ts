import type { DocumentAmounts, XeroDocument } from '../../xero/documents/definition';
import { headerText, textOf } from '../check/draftValues';
import type { Plan } from '../plan/plan';
import type { BillingRun } from './billingRun';
import type { BilledPart } from './orderStanding';
import { partOf } from './readStandings';

export type PlanOfPresent = Extract<Plan, { document: XeroDocument }>;
export type Billable = Extract<Plan, { action: 'create' }> | PlanOfPresent;

export function isBillable(plan: Plan): plan is Billable {
	return plan.action === 'create' || 'document' in plan;
}

/** What Xero has of the bill that the plan leads to. */
export function presentOf(plan: Billable): XeroDocument | undefined {
	return plan.action === 'update' || plan.action === 'keep' ? plan.document : undefined;
}

export function amountsOf(plan: Billable): DocumentAmounts | undefined {
	if (plan.action === 'create') return plan.amounts;
	return plan.action === 'keep' ? plan.document.amounts : (plan.amounts ?? plan.document.amounts);
}

/** Whether a bill is voided or deleted by its plan. */
export function isTakenOut({ definition }: Pick<BillingRun, 'definition'>, plan: Plan): boolean {
	if (plan.action !== 'update') return false;
	const { statusPath, lifecycle } = definition;
	const status = plan.changes.find(({ field }) => field === statusPath)?.after;
	return typeof status === 'string' && lifecycle.gone.includes(status);
}

/** What the bill takes of its order once the plan is carried out; undefined where it is not known. */
export function partOfPlan(
	{ definition }: Pick<BillingRun, 'definition'>,
	plan: Billable,
): BilledPart | undefined {
	const { draft } = plan;
	const present = presentOf(plan);
	const amounts = plan.action === 'keep' ? present?.amounts : (plan.amounts ?? present?.amounts);
	if (!amounts) return undefined;
	const number = headerText(draft, definition.numberPath) ?? present?.number;
	const types = textOf(draft.fields.lineAmountTypes) ?? present?.fields.lineAmountTypes;
	const fields = { lineAmountTypes: types ?? 'Exclusive' };
	const lines = (draft.lines ?? present?.lines)?.map((line) => line.fields);
	return partOf({ number, fields }, amounts.subTotal, lines);
}
