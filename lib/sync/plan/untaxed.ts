import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { without } from '../../without';
import { textOf } from '../check/draftValues';
import type { Draft } from '../draft';

const TAX_OF_LINES = ['taxType', 'taxAmount'] as const;

/**
 * A draft whose amounts are without tax, without what its lines say of tax: Xero shows its own rate
 * for none there, so a rate of the record would differ from it for ever.
 */
export function withoutIdleTax(
	{ amounts }: DocumentDefinition,
	draft: Draft,
	document: XeroDocument | undefined,
): Draft {
	const own = textOf(draft.fields.lineAmountTypes);
	const standing = document ? textOf(document.fields.lineAmountTypes) : amounts.lineAmountTypes;
	// What a person alone has set to no tax stays a difference, and is told as one.
	const isUntaxed =
		own === undefined
			? standing === UNTAXED && amounts.lineAmountTypes === UNTAXED
			: own === UNTAXED;
	if (!isUntaxed || !draft.lines) return draft;
	const lines = draft.lines.map((line) =>
		TAX_OF_LINES.some((path) => path in line.fields)
			? { ...line, fields: without(line.fields, ...TAX_OF_LINES) }
			: line,
	);
	return { ...draft, lines };
}

const UNTAXED = 'NoTax';
