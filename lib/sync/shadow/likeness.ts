import { foldText, isSameText } from '../../foldText';
import { contentHash } from '../../hash';
import { canonicalDecimal, type Decimal } from '../../money';
import type {
	DocumentDefinition,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';
import { isTelling, namingOf } from '../adopt/nameSigns';
import type { RecordFacts } from '../adopt/signs';
import { textOf } from '../check/draftValues';
import type { Draft } from '../draft';

/** The same total, day and currency: a stranger's document is hardly ever that. */
export const ALL_AGREES = 3;
export const SAME_TOTAL = 2;

/** Whether number or reference of a document have the record's as words of their own. */
export function names({ number, reference }: RecordFacts, document: XeroDocument): boolean {
	const theirs = [document.number, textOf(document.fields.reference)].map((each) =>
		foldText(each ?? ''),
	);
	return [number, reference].some((own) => {
		const text = foldText(own ?? '');
		return (
			isTelling(text) &&
			theirs.some((each) => each.includes(text) && namingOf(text, each) === 'named')
		);
	});
}

/** Knack's record ids in an address that is not ours: another tool's way back. */
const RECORD_ID = /\b[0-9a-f]{24}\b/g;

/** The records that another tool's address names, each with the document. */
export function recordsInLink(document: XeroDocument): [string, XeroDocument][] {
	const ids = textOf(document.fields.url)?.match(RECORD_ID) ?? [];
	return ids.map((id) => [id, document]);
}

/** How much of total and day agree; `ALL_AGREES` at most. */
export function scoreOf(
	{ total, currency, date }: RecordFacts,
	{ amounts, fields }: XeroDocument,
): number {
	const isSameTotal =
		total !== undefined && amounts?.currency === currency && amounts.total.eq(total);
	const isSameDay = date !== undefined && isSameText(date, String(fields.date ?? ''));
	return (isSameTotal ? SAME_TOTAL : 0) + (isSameDay ? ALL_AGREES - SAME_TOTAL : 0);
}

/** Told of a document beside its contact, total and day. */
const OF_DOCUMENT = ['dueDate', 'reference'];
const OF_LINE = ['description', 'itemCode', 'accountCode', 'taxType'];

/** In how many other values a document agrees with a record: tells two apart that are alike else. */
export function agreeingValues(draft: Draft, { fields, lines = [] }: XeroDocument): number {
	const agreeing = (own: FieldValues, theirs: FieldValues, paths: readonly string[]) =>
		paths.filter((path) => {
			const value = textOf(own[path]);
			return value !== undefined && isSameText(value, textOf(theirs[path]) ?? '');
		}).length;
	return (draft.lines ?? []).reduce(
		(sum, line, index) => sum + agreeing(line.fields, lines[index]?.fields ?? {}, OF_LINE),
		agreeing(draft.fields, fields, OF_DOCUMENT),
	);
}

/** A contact's total, as text. */
export function totalText(contactId: string, currency: string, total: Decimal): string {
	return [contactId, currency, canonicalDecimal(total)].join(' ');
}

/** The same of a document; without an amount its contact alone. */
export function totalKey({ contactId = '', amounts }: XeroDocument): string {
	if (!amounts) return contactId;
	return totalText(contactId, amounts.currency, amounts.total);
}

/** What two documents have in common that were made of the same thing twice. */
export function signatureOf(
	{ isNumberedByThem }: DocumentDefinition,
	document: XeroDocument,
): string {
	const { fields, lines = [] } = document;
	return contentHash({
		total: totalKey(document),
		date: fields.date,
		reference: foldText(textOf(fields.reference) ?? ''),
		// Xero numbers its copies by itself; a supplier numbers what is another bill.
		number: isNumberedByThem ? foldText(document.number ?? '') : '',
		lines: lines.map(({ fields: line }) =>
			['description', 'itemCode', 'quantity', 'unitAmount', 'accountCode'].map((path) =>
				String(line[path] ?? ''),
			),
		),
	});
}
