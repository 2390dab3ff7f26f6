import { contentHash } from '../../hash';
import { canonicalDecimal } from '../../money';
import type {
	DocumentDefinition,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';
import type { Draft } from '../draft';
import { decidingKey } from './decidingKey';

/** What Xero gives by itself, and may differ between two documents made from one record. */
const GIVEN_BY_XERO: readonly string[] = ['status', 'sentToContact'];

function content({ numberPath }: DocumentDefinition, document: XeroDocument): string {
	const given = [...GIVEN_BY_XERO, numberPath];
	const fields: FieldValues = Object.fromEntries(
		Object.entries(document.fields).filter(([path]) => !given.includes(path)),
	);
	return contentHash({
		contact: document.contactId,
		fields,
		total: document.amounts ? canonicalDecimal(document.amounts.total) : undefined,
		lines: document.lines?.map((line) => line.fields),
	});
}

function isTouched(document: XeroDocument): boolean {
	return document.hasPaymentsOrCredits === true || document.fields.sentToContact === true;
}

/**
 * Whether documents are one and the same posted twice: equal in everything but what Xero numbers,
 * and at most one of them has been paid or sent since.
 */
export function areTwins(
	definition: DocumentDefinition,
	documents: readonly XeroDocument[],
): boolean {
	return (
		documents.filter(isTouched).length <= 1 &&
		new Set(documents.map((document) => content(definition, document))).size === 1
	);
}

/** Whether nobody has approved a document, and no customer has it. */
export function isUnapproved(
	{ lifecycle }: DocumentDefinition,
	{ status, fields }: XeroDocument,
): boolean {
	return lifecycle.unapproved.includes(status ?? '') && fields.sentToContact !== true;
}

/** The numbers that Xero gives count up, so that they tell which of two documents was first. */
function countOf(document: XeroDocument): { readonly series: string; readonly count: bigint } {
	const { number = '' } = document;
	const series = number.replace(/\d{1,18}$/, '');
	return { series, count: BigInt(number.slice(series.length)) };
}

function rank(definition: DocumentDefinition, document: XeroDocument): number {
	if (isTouched(document)) return 0;
	return isUnapproved(definition, document) ? 2 : 1;
}

/** Which of two was there first, as every worker sees it: below 0 when it is `a`, 0 when none can tell. */
function orderOf(definition: DocumentDefinition, a: XeroDocument, b: XeroDocument): number {
	const [one, other] = [countOf(a), countOf(b)];
	const byNumber = one.series === other.series ? Number(one.count - other.count) : 0;
	return (
		rank(definition, a) - rank(definition, b) ||
		byNumber ||
		(a.updatedAtMs ?? 0) - (b.updatedAtMs ?? 0)
	);
}

/** The documents of which none can tell whether they were there before it. */
export function asOldAs(
	definition: DocumentDefinition,
	document: XeroDocument,
	others: readonly XeroDocument[],
): XeroDocument[] {
	return others.filter((other) => orderOf(definition, document, other) === 0);
}

/** Whether it can be told of a document that it was there before all of the others. */
export function isSurelyFirst(
	definition: DocumentDefinition,
	document: XeroDocument,
	others: readonly XeroDocument[],
): boolean {
	return others.every((other) => orderOf(definition, document, other) < 0);
}

/**
 * Of documents that are one record's, the one that every run and worker keeps: one that was paid or
 * sent, else an approved one, else the first. A worker that creates later than another sees both,
 * so that it is always the later one that is taken back, before anybody was told of it.
 */
export function survivorOf(
	definition: DocumentDefinition,
	documents: readonly XeroDocument[],
): XeroDocument | undefined {
	return [...documents].sort((a, b) => orderOf(definition, a, b) || (a.id < b.id ? -1 : 1))[0];
}

/** Documents that a person has not taken out of the books. */
export function liveOnes(
	definition: DocumentDefinition,
	documents: readonly XeroDocument[],
): XeroDocument[] {
	return documents.filter((document) => !definition.lifecycle.gone.includes(document.status ?? ''));
}

/**
 * The key by which a record can be posted twice: a reference, or a narration, where no number of the
 * record's own tells its document from others of that. Undefined where there is none.
 */
export function unguardedKey(
	definition: DocumentDefinition,
	draft: Draft,
): ReturnType<typeof decidingKey> {
	const key = decidingKey(definition, draft);
	return key?.withinContact || key?.isShared ? key : undefined;
}
