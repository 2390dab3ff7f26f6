import { addDays, calendarDate } from '../../dates';
import type { XeroClient } from '../../xero/client';
import { findDocumentsOfDays } from '../../xero/contactDocuments';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
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
	const days = [...planned(rows, 'create')]
		.flatMap(({ row: { draft } }) =>
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
