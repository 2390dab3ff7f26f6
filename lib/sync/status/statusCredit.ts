import type { DocumentDefinition } from '../../xero/documents/definition';
import { optionsOf } from '../../xero/documents/tracking';
import { isOpenForMoney } from '../check/approval';
import { isStopping } from '../check/check';
import { textOf } from '../check/draftValues';
import type { CreditPlan, Payable } from '../credit/creditUse';
import { unusableCredit } from '../credit/creditWords';
import { creditFor } from '../credit/planCredit';
import { postingOf } from '../plan/closedPeriods';
import type { UpsertContext, UpsertOptions } from '../upsertContext';
import type { StatusPlan } from './planStatus';

/**
 * The plans with the open credit that documents are paid from once they are approved, and with what
 * a lock keeps from being used. Throws ServiceFaultError.
 */
export async function withCredit(
	context: UpsertContext,
	definition: DocumentDefinition,
	planned: readonly StatusPlan[],
	options: UpsertOptions,
): Promise<{
	readonly plans: readonly StatusPlan[];
	readonly credits: ReadonlyMap<StatusPlan, CreditPlan>;
}> {
	const payables = new Map<StatusPlan, Payable>();
	const taken = new Set<string>();
	for (const plan of planned) {
		if (plan.action !== 'update' && plan.action !== 'keep') continue;
		// The same record again: the first one's document is paid.
		if (taken.has(plan.document.id)) continue;
		taken.add(plan.document.id);
		const payable = payableOf(definition, plan);
		if (payable) payables.set(plan, payable);
	}
	const found = await creditFor(context, definition, payables, options);
	const credits = new Map<StatusPlan, CreditPlan>();
	const plans = planned.map((plan): StatusPlan => {
		const credit = found.get(plan);
		if (!credit) return plan;
		const issues = [...plan.issues, ...unusableCredit(credit, options.ruleSeverities)];
		if (issues.some(isStopping)) {
			const { draft, key, contentHash } = plan;
			return { action: 'stop', draft, key, contentHash, issues };
		}
		const told = { ...plan, issues };
		credits.set(told, credit);
		return told;
	});
	return { plans, credits };
}

function payableOf(
	definition: DocumentDefinition,
	plan: Extract<StatusPlan, { action: 'update' | 'keep' }>,
): Payable | undefined {
	const { document } = plan;
	const status = plan.action === 'update' ? plan.to : document.status;
	if (!isOpenForMoney(definition, { status }) || plan.issues.some(isStopping)) return undefined;
	const { contactId, amounts, fields, lines = [] } = document;
	if (contactId === undefined || !amounts?.amountDue?.gt(0)) return undefined;
	return {
		contactId,
		date: postingOf(document).day,
		currency: amounts.currency,
		due: amounts.amountDue,
		reference: textOf(fields.reference),
		tracked: optionsOf(lines.map((line) => line.fields)),
	};
}
