import { parseDecimal } from '../../money';
import type { DocumentDefinition, FieldValue, XeroDocument } from '../../xero/documents/definition';
import { fieldsByPath } from '../check/draftValues';
import type { Draft } from '../draft';
import type { FieldChange } from '../outcome';

/** Whether a rate says nothing: Xero answers 1 for the organisation's own currency, whatever it is sent. */
export function isRateOfOwnCurrency(
	field: string,
	draft: Draft,
	document: XeroDocument,
	baseCurrency: string,
): boolean {
	const currency = draft.fields.currencyCode ?? document.fields.currencyCode;
	return field === 'currencyRate' && currency === baseCurrency;
}

/**
 * The rate that an update sends back, so that a document in a foreign currency cannot be valued anew:
 * nobody says whether Xero keeps the rate of an edit that names none. Where payments lock it, it is
 * not sent, and a move of status alone needs none.
 */
export function rateSentBack(
	definition: DocumentDefinition,
	document: XeroDocument,
	changes: readonly FieldChange[],
	baseCurrency: string,
): FieldValue | undefined {
	const { currencyCode, currencyRate } = document.fields;
	if (!fieldsByPath(definition.fields).has('currencyRate')) return undefined;
	if (!definition.canBeUpdated || document.hasPaymentsOrCredits) return undefined;
	if (currencyCode === undefined || currencyCode === baseCurrency) return undefined;
	// Lists say 0 where they do not tell the rate (recorded).
	if (currencyRate === undefined || parseDecimal(currencyRate)?.gt(0) !== true) return undefined;
	const touched = new Set(changes.map(({ field }) => field));
	if (touched.has('currencyCode') || touched.has('currencyRate')) return undefined;
	touched.delete('status');
	return touched.size === 0 ? undefined : currencyRate;
}
