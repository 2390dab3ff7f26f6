import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { hasSourceLink } from '../plan/sourceLink';
import { findForStatus } from '../status/findForStatus';
import type { UpsertContext, UpsertOptions } from '../upsertContext';
import { DocumentIndex } from './documentIndex';
import { readAround } from './linkedAround';
import type { Match } from './matching';

/** A kind of document that records may be in Xero as, and the records as if they were to become it. */
export interface OtherKind {
	readonly definition: DocumentDefinition;
	/** Each of the items of one of the records' own drafts. */
	readonly drafts: readonly Draft[];
}

/** What a record is in Xero as. */
interface Present {
	readonly document: Pick<XeroDocument, 'number'>;
	/** Whether it is for a person to say that it is the record's. */
	readonly isUnsure?: boolean;
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
		// Its link says that it is the record's, whatever contact the record names by now.
		const rows = await findForStatus(context, definition, bare, options, {
			contactMustAgree: false,
		});
		const linked = await readLinked(context, definition, bare, options);
		rows.forEach(({ draft: { itemIndexes, source }, match }) => {
			const index = placeOf.get(itemIndexes[0]);
			const draft = index === undefined ? undefined : held[index];
			if (index === undefined || !draft) return;
			const [document] = linked.linkedTo(source);
			const present = presentAs(definition, match) ?? (document && { document });
			if (!present) return;
			const label = definition.label.toLowerCase();
			const name = [label, present.document.number].filter(Boolean).join(' ');
			const issues = issueOf(
				LATE_RULES.otherDocument,
				{
					message: `The record ${present.isUnsure ? 'may be' : 'is'} in Xero already as ${name}, and a rule makes something else of it now.`,
					fix: `Delete or void the ${label} in Xero, and clear its ID in Knack; or let the rule give ${definition.label}.${
						present.isUnsure ? ' If it is another’s, give the record a number of its own.' : ''
					}`,
				},
				options.ruleSeverities,
			);
			held[index] = { ...draft, issues: [...draft.issues, ...issues] };
		});
	}
	return held;
}

/** By what a document of another kind is the record's own, and no neighbour with the same reference. */
function isOwn({ numberPath }: DocumentDefinition, by: string | undefined): boolean {
	return by === 'id' || by === 'sourceLink' || by === numberPath;
}

/** The document that is, or may be, the record's; nothing of what is out of the books. */
function presentAs(definition: DocumentDefinition, match: Match | undefined): Present | undefined {
	const isLive = ({ status = '' }: XeroDocument) => !definition.lifecycle.gone.includes(status);
	if (match?.kind === 'matched') {
		const { document, by } = match;
		return isOwn(definition, by) && isLive(document) ? { document } : undefined;
	}
	if (match?.kind !== 'stopped') return undefined;
	const { fitting, underOtherName } = match;
	const ofSeveral = isOwn(definition, fitting?.by) ? fitting?.documents.find(isLive) : undefined;
	const document = ofSeveral ?? underOtherName;
	return document && isLive(document) ? { document, isUnsure: true } : undefined;
}

/**
 * Documents of the days around whose links name records that keep no id: number and contact may have
 * been changed as well. Throws ServiceFaultError.
 */
async function readLinked(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	{ sourceLink }: UpsertOptions,
): Promise<DocumentIndex> {
	const isLinked = sourceLink !== false && hasSourceLink(definition);
	const unknown = isLinked ? drafts.filter(({ id }) => id === undefined) : [];
	return new DocumentIndex(definition, await readAround(client, definition, unknown));
}
