import { isStopping } from '../check/check';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { findReversals } from '../reversal/findReversals';
import { reversalStays } from '../reversal/reversalStays';
import type { UpsertContext } from '../upsertContext';
import type { StatusPlan } from './planStatus';

/**
 * The plans, with what is to be said where a journal is taken out of the books and its reversal stays
 * posted. Throws ServiceFaultError.
 */
export async function tellReversals(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	plans: readonly StatusPlan[],
): Promise<readonly StatusPlan[]> {
	const { reverses, lifecycle } = definition;
	const idOf = (plan: StatusPlan): string | undefined => {
		if (plan.action !== 'update' && plan.action !== 'keep') return undefined;
		const status = plan.action === 'update' ? plan.to : plan.document.status;
		const isGone = lifecycle.gone.includes(status ?? '');
		return isGone && !plan.issues.some(isStopping) ? plan.document.id : undefined;
	};
	const ids = reverses ? plans.flatMap((plan) => idOf(plan) ?? []) : [];
	if (!reverses || ids.length === 0) return plans;
	const found = await findReversals(client, definition, reverses, ids);
	return plans.map((plan): StatusPlan => {
		const id = idOf(plan);
		if (id === undefined || !found.has(id)) return plan;
		return { ...plan, issues: [...plan.issues, ...reversalStays(definition, { id })] };
	});
}
