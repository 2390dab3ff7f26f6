import { isAllocated } from '../../xero/documents/allocations';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { isApproved } from '../check/approval';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import { correctedBy, readCorrectingNotes } from '../find/correctingNote';
import type { UpsertContext, UpsertOptions } from '../upsertContext';
import type { StatusPlan } from './planStatus';

/**
 * Holds approved documents that are to be voided while their correction is on its way: the credit note
 * would stay open, as credit of the contact. One call where any are voided. Throws ServiceFaultError.
 */
export async function holdHalfCorrected(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	plans: readonly StatusPlan[],
	{ ruleSeverities }: UpsertOptions,
): Promise<readonly StatusPlan[]> {
	const { gone } = definition.lifecycle;
	const documents = plans.flatMap((plan) => {
		const isOut = plan.action === 'update' && gone.includes(plan.to);
		return isOut && isApproved(definition, plan.document) && correctedBy(plan.document)
			? [plan.document]
			: [];
	});
	if (documents.length === 0) return plans;
	const notes = await readCorrectingNotes(client, documents);
	return plans.map((plan): StatusPlan => {
		if (plan.action !== 'update' || !gone.includes(plan.to)) return plan;
		const { draft, key, contentHash, document } = plan;
		const open = notes.get(document.id)?.find((note) => !isAllocated(note, document.id));
		if (!open) return plan;
		const label = document.number ?? `The ${definition.label.toLowerCase()}`;
		const issues = issueOf(
			LATE_RULES.paidEdit,
			{
				field: definition.statusPath,
				message: `${label} is being corrected: the credit note ${open.number ?? ''} for it is in Xero, and not put against it. It would stay open.`,
				fix: 'Run the record with Create or Update, which ends the correction; or void that credit note in Xero and run this again.',
			},
			ruleSeverities,
		);
		return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
	});
}
