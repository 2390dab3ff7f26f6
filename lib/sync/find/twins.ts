import { contentHash } from '../../hash';
import { canonicalDecimal } from '../../money';
import type {
	DocumentDefinition,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';

/** What Xero gives by itself, and may differ between two documents made from one record. */
const GIVEN_BY_XERO: readonly string[] = [
	'status',
	'invoiceNumber',
	'creditNoteNumber',
	'sentToContact',
];

function content(document: XeroDocument): string {
	const fields: FieldValues = Object.fromEntries(
		Object.entries(document.fields).filter(([path]) => !GIVEN_BY_XERO.includes(path)),
	);
	return contentHash({
		contact: document.contactId,
		fields,
		total: document.amounts ? canonicalDecimal(document.amounts.total) : undefined,
		lines: document.lines?.map((line) => line.fields),
	});
}

/**
 * Whether documents are one and the same posted twice: equal in everything but what Xero numbers,
 * and at most one of them has been paid or sent since.
 */
export function areTwins(documents: readonly XeroDocument[]): boolean {
	const touched = documents.filter(
		(document) => document.hasPaymentsOrCredits || document.fields.sentToContact === true,
	);
	return touched.length <= 1 && new Set(documents.map(content)).size === 1;
}

/** Of documents that are one and the same, the one that every run and worker keeps. */
export function survivorOf(documents: readonly XeroDocument[]): XeroDocument | undefined {
	const rank = (document: XeroDocument) =>
		document.hasPaymentsOrCredits || document.fields.sentToContact === true ? 0 : 1;
	return [...documents].sort(
		(a, b) =>
			rank(a) - rank(b) || (a.updatedAtMs ?? 0) - (b.updatedAtMs ?? 0) || (a.id < b.id ? -1 : 1),
	)[0];
}

/** Documents that a person has not taken out of the books. */
export function liveOnes(
	definition: DocumentDefinition,
	documents: readonly XeroDocument[],
): XeroDocument[] {
	return documents.filter((document) => !definition.goneStatuses.includes(document.status ?? ''));
}
