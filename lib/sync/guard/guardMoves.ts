import type { DocumentDefinition } from '../../xero/documents/definition';
import { isStopping, issueOf } from '../check/check';
import type { Finding } from '../check/rule';
import type { StatusPlan } from '../status/planStatus';
import { todayOf, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { chargeOf } from './charges';
import type { Guarding } from './guarding';
import { GUARD_RULES } from './guardRules';
import { stoppedPlan } from './guardRows';
import { guardSentence, overFinding } from './guardWords';

/** Holds the moves that guards do not let through, in input order. Throws ServiceFaultError. */
export async function guardMoves(
	{ refusal, settings, tally }: Guarding,
	context: UpsertContext,
	definition: DocumentDefinition,
	plans: readonly StatusPlan[],
	{ ruleSeverities }: UpsertOptions,
): Promise<readonly StatusPlan[]> {
	const refused = plans.some(({ action }) => action === 'update')
		? await refusal(context.client)
		: undefined;
	const held = new Map<keyof typeof GUARD_RULES, number>();
	const { organisation } = context.settings;
	const today = todayOf(context);
	const charges = plans.flatMap((plan) =>
		plan.action === 'update' && !plan.draft.source.guard?.isLetGo
			? [chargeOf(definition, plan, context.settings, false)]
			: [],
	);
	if (!refused) await tally.open(charges, { organisation: organisation.id, today });
	const guarded = plans.map((plan): StatusPlan => {
		if (plan.action !== 'update') return plan;
		const hold = (guard: keyof typeof GUARD_RULES, { message, fix }: Finding): StatusPlan => {
			const found = issueOf(GUARD_RULES[guard], { message, fix }, ruleSeverities);
			if (!found.some(isStopping)) return plan;
			held.set(guard, (held.get(guard) ?? 0) + 1);
			return stoppedPlan(plan, [...plan.issues, ...found]);
		};
		if (refused) return hold(refused.by, refused.fault);
		const [item = -1] = plan.draft.itemIndexes;
		if (plan.draft.source.guard?.isLetGo) return plan;
		const charge = chargeOf(definition, plan, context.settings, false);
		const over = tally.admit(charge, { organisation: organisation.id, today, item });
		return over ? hold(over.counted, overFinding(over, settings, organisation.baseCurrency)) : plan;
	});
	if (held.size > 0) context.tell?.(guardSentence(held));
	return guarded;
}
