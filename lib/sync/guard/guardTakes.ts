import type { Draft } from '../draft';
import { todayOf, type UpsertContext } from '../upsertContext';
import type { Finding } from '../check/rule';
import type { Guarding } from './guarding';
import { guardSentence, overFinding } from './guardWords';
import type { GUARD_RULES } from './guardRules';
import { chargeOfRecords, ONE } from './limits';

/**
 * Which records may not take what Xero says, each with why: a record is counted as a document is.
 * Throws ServiceFaultError.
 */
export async function guardTakes(
	{ refusal, settings, tally }: Guarding,
	context: UpsertContext,
	drafts: readonly Draft[],
): Promise<ReadonlyMap<Draft, Finding>> {
	const findings = new Map<Draft, Finding>();
	const held = new Map<keyof typeof GUARD_RULES, number>();
	const hold = (draft: Draft, guard: keyof typeof GUARD_RULES, finding: Finding) => {
		findings.set(draft, finding);
		held.set(guard, (held.get(guard) ?? 0) + 1);
	};
	const refused = drafts.length > 0 ? await refusal(context.client) : undefined;
	const { organisation } = context.settings;
	const counting = { organisation: organisation.id, today: todayOf(context) };
	const charge = chargeOfRecords(ONE);
	const due = drafts.filter(({ source }) => !source.guard?.isLetGo);
	if (refused) for (const draft of drafts) hold(draft, refused.by, refused.fault);
	else {
		await tally.open(
			due.map(() => charge),
			counting,
		);
		for (const draft of due) {
			const over = tally.admit(charge, { ...counting, item: draft.itemIndexes[0] ?? -1 });
			if (over) hold(draft, over.counted, overFinding(over, settings, organisation.baseCurrency));
		}
	}
	if (held.size > 0) context.tell?.(guardSentence(held));
	return findings;
}
