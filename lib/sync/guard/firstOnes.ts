import { pagedRead, takeDocuments } from '../../xero/bulkReading';
import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { mayHaveMore, readPage } from '../../xero/pages';
import { textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import { withStatus } from '../plan/elements';
import type { PlanOptions } from '../plan/planInput';
import { hasSourceLink } from '../plan/sourceLink';
import { markOf, readSourceMark, type SourceMark } from '../sourceLink/sourceMark';
import { statusAfterwards, type Writing } from './charges';

/** So many documents of a table go over as drafts first. */
export const FIRST_ONES = 3;

/** Of a ledger that goes on for longer the latest changed: documents of a new table are among them. */
const MOST_PAGES = 5;

/** Whether a document can be a draft first, and tells by its link which table it is of. */
export function canBeTried(definition: DocumentDefinition): boolean {
	const { initial, unapproved, approved } = definition.lifecycle;
	const isDraft = initial !== undefined && unapproved.includes(initial);
	return isDraft && approved.length > 0 && hasSourceLink(definition);
}

/** The table whose documents a record's is one of; undefined where its link does not tell. */
export function tableOf(draft: Draft, options: PlanOptions): SourceMark | undefined {
	if (options.sourceLink === false || draft.source.isOfLine) return undefined;
	return markOf(draft.source);
}

/** How far a table has come. */
export interface FirstOnes {
	/** How many more documents go over as drafts. */
	readonly left: number;
	/**
	 * Whether a person has let one go: there are more than the first ones, and one is approved. Two
	 * workers at once may leave more drafts than the first ones, and so drafts alone say nothing.
	 */
	readonly isTried: boolean;
}

/**
 * How many documents in Xero bear the mark of a Knack table. At most five calls. Throws
 * ServiceFaultError.
 */
export async function readFirstOnes(
	client: XeroClient,
	definition: DocumentDefinition,
	table: SourceMark,
): Promise<FirstOnes> {
	const { lifecycle, lookup } = definition;
	const request = pagedRead(definition, {
		...(lookup.where === undefined ? {} : { where: lookup.where }),
		order: 'UpdatedDateUTC DESC',
	});
	const ids = new Set<string>();
	let isApproved = false;
	const take = takeDocuments(definition, (document: XeroDocument) => {
		const { id, status = '', fields } = document;
		if (lifecycle.gone.includes(status) || !isOfTable(textOf(fields.url), table)) return;
		ids.add(id);
		isApproved ||= lifecycle.approved.includes(status);
	});
	for (let page = 1; page <= MOST_PAGES; page += 1) {
		const read = await readPage(client, request, page);
		const hasMore = mayHaveMore(read, page, request.pageSize);
		await take(read.elements);
		if (!hasMore || (ids.size > FIRST_ONES && isApproved)) break;
	}
	return {
		left: Math.max(0, FIRST_ONES - ids.size),
		isTried: ids.size > FIRST_ONES && isApproved,
	};
}

function isOfTable(url: string | undefined, { table, applicationId }: SourceMark): boolean {
	const mark = readSourceMark(url);
	if (mark?.table !== table) return false;
	// One that does not tell its app may be of this one.
	return mark.applicationId === undefined || mark.applicationId === applicationId;
}

/** Whether a plan makes a document anything more than a draft. */
export function goesFurther(definition: DocumentDefinition, plan: Writing): boolean {
	const { approved, initial, unapproved } = definition.lifecycle;
	if (plan.action === 'keep' || plan.action === 'correct') return false;
	const status = statusAfterwards(definition, plan) ?? '';
	const isMore = approved.includes(status) || (unapproved.includes(status) && status !== initial);
	return isMore && (plan.action === 'create' || plan.document.status !== status);
}

/** A plan to create, of a draft. */
export function asDraft(
	definition: DocumentDefinition,
	plan: Extract<Writing, { action: 'create' }>,
): Extract<Writing, { action: 'create' }> {
	const { statusPath = 'status', lifecycle } = definition;
	const { initial = '' } = lifecycle;
	const changes = plan.changes.map((change) =>
		change.field === statusPath ? { ...change, after: initial } : change,
	);
	return {
		...plan,
		changes,
		draft: { ...plan.draft, fields: { ...plan.draft.fields, [statusPath]: initial } },
		element: () => withStatus(definition, plan.element(), initial),
	};
}
