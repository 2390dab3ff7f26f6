import type { DocumentDefinition } from '../../xero/documents/definition';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { findForStatus } from '../status/findForStatus';
import type { UpsertContext, UpsertOptions } from '../upsertContext';

/** A kind of document that records may be in Xero as, and the records as if they were to become it. */
export interface OtherKind {
	readonly definition: DocumentDefinition;
	/** Each of the items of one of the records' own drafts. */
	readonly drafts: readonly Draft[];
}

/** By what a document of another kind is the record's own, and no neighbour with the same reference. */
function isOwn({ numberPath }: DocumentDefinition, by: string): boolean {
	return by === 'id' || by === 'sourceLink' || by === numberPath;
}

/**
 * Holds records that are in Xero already as another kind of document: a rule, or the record, has
 * changed since, and posting it as the new kind would post it twice. Throws ServiceFaultError.
 */
export async function holdOtherKinds(
	context: UpsertContext,
	drafts: readonly Draft[],
	others: readonly OtherKind[],
	options: UpsertOptions,
): Promise<readonly Draft[]> {
	const held = [...drafts];
	const placeOf = new Map(drafts.flatMap(({ itemIndexes: [first] }, at) => [[first, at] as const]));
	for (const { definition, drafts: asOther } of others) {
		const bare = asOther.map((draft): Draft => ({ ...draft, lines: undefined, issues: [] }));
		const rows = await findForStatus(context, definition, bare, options);
		rows.forEach(({ draft: { itemIndexes }, match }) => {
			const index = placeOf.get(itemIndexes[0]);
			const draft = index === undefined ? undefined : held[index];
			if (index === undefined || !draft || match?.kind !== 'matched') return;
			if (!isOwn(definition, match.by)) return;
			const { document } = match;
			if (definition.lifecycle.gone.includes(document.status ?? '')) return;
			const label = definition.label.toLowerCase();
			const issues = issueOf(
				LATE_RULES.otherDocument,
				{
					message: `The record is in Xero already as ${[label, document.number].filter(Boolean).join(' ')}, and a rule makes something else of it now.`,
					fix: `Delete or void the ${label} in Xero, and clear its ID in Knack; or let the rule give ${definition.label}.`,
				},
				options.ruleSeverities,
			);
			held[index] = { ...draft, issues: [...draft.issues, ...issues] };
		});
	}
	return held;
}
