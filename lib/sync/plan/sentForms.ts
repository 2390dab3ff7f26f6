import type { DocumentLine, FieldDefinition } from '../../xero/documents/definition';
import type { DraftLine } from '../draft';
import { lineDigest } from '../sourceLink/fingerprint';

const DISCOUNTS = ['discountRate', 'discountAmount'];

/**
 * Which of quantity, price and amount a line may have been sent with: Xero works out the others, and
 * shows them as if they had been sent.
 */
export const AMOUNT_FORMS: ReadonlyArray<readonly string[]> = [
	['quantity', 'unitAmount'],
	['lineAmount'],
	['quantity', 'lineAmount'],
	['unitAmount', 'lineAmount'],
	['quantity', 'unitAmount', 'lineAmount'],
	['unitAmount'],
	['quantity'],
	[],
];

const FORMED = new Set(AMOUNT_FORMS.flat());

/** The paths with amounts in this form instead of their own. */
export function inForm(paths: readonly string[], form: readonly string[]): string[] {
	return [...paths.filter((path) => !FORMED.has(path)), ...form];
}

/**
 * Digests, one after the other, that the line in Xero has if it is as it was sent. A value that the
 * record has dropped since was sent too, so each of those is tried besides; and the record may have
 * its amounts in another form by now, with another discount or none.
 */
export function* projectionsOf(
	fields: readonly FieldDefinition[],
	line: DraftLine,
	pair: DocumentLine,
	paths: readonly string[],
): Iterable<string> {
	const own = Object.keys(line.fields);
	// Most lines that differ are as they were sent, with the very values that the record still has.
	yield lineDigest(fields, pair.fields, own);
	const others = Object.keys(pair.fields).filter((path) => !own.includes(path));
	const discounts = DISCOUNTS.filter((path) => others.includes(path));
	const formed = [[], ...discounts.map((path) => [path])].flatMap((more) =>
		AMOUNT_FORMS.map((form) => inForm([...own, ...more], form)),
	);
	for (const tried of [paths, ...others.map((path) => [...own, path]), ...formed]) {
		yield lineDigest(fields, pair.fields, tried);
	}
}
