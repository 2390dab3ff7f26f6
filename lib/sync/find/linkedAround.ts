import { addDays, calendarDate } from '../../dates';
import type { XeroClient } from '../../xero/client';
import { findDocumentsOfDays } from '../../xero/contactDocuments';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import type { Draft } from '../draft';
import { planned, type Row } from '../row';
import { markOf } from '../sourceLink/sourceMark';
import { isFoundByLink } from './decidingKey';

/** A day that is put right in Knack is seldom further off: the month was, or the one before. */
const DAYS_AROUND = 62;

/**
 * Documents dated about the days of new records whose own day leads to none: where nothing but the
 * link tells whose a document is, one whose day was put right in Knack is looked for on the days
 * around it. Nothing is read where nothing is new. Throws ServiceFaultError.
 */
export async function readLinkedAround(
	client: XeroClient,
	definition: DocumentDefinition,
	rows: readonly Row[],
): Promise<readonly XeroDocument[]> {
	if (!isFoundByLink(definition)) return [];
	const drafts = [...planned(rows, 'create')].map(({ row: { draft } }) => draft);
	return await readAround(client, definition, drafts);
}

/** Documents dated about the days of drafts whose records a link may name. Throws ServiceFaultError. */
export async function readAround(
	client: XeroClient,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
): Promise<readonly XeroDocument[]> {
	const days = drafts
		.flatMap((draft) =>
			markOf(draft.source) ? (calendarDate(headerText(draft, 'date') ?? '') ?? []) : [],
		)
		.sort();
	const [first] = days;
	if (first === undefined) return [];
	const last = days.at(-1) ?? first;
	return await findDocumentsOfDays(client, definition, {
		from: addDays(first, -DAYS_AROUND),
		to: addDays(last, DAYS_AROUND),
	});
}
