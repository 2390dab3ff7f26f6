import type { DocumentAmounts, FieldValues } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { documentAmounts, type LineAmountTypes } from '../../xero/totals';
import { textOf } from '../check/draftValues';
import { accountByCode } from '../check/rules/organisationRules';
import type { PlannedLine } from './lines';

const LINE_AMOUNT_TYPES: ReadonlySet<string> = new Set(['Exclusive', 'Inclusive', 'NoTax']);

/**
 * The totals that Xero will compute for a document. Undefined where they rest on what the run does
 * not read, such as the price of an item: better none than a wrong one.
 */
export function predictAmounts(
	fields: FieldValues,
	lines: readonly PlannedLine[],
	settings: OrganisationSettings,
): DocumentAmounts | undefined {
	const isOpenEnded = lines.some(
		({ fields: line }) =>
			textOf(line.itemCode) !== undefined &&
			(textOf(line.unitAmount) === undefined || textOf(line.taxType) === undefined),
	);
	if (isOpenEnded) return undefined;
	const currency = textOf(fields.currencyCode) ?? settings.organisation.baseCurrency;
	const given = textOf(fields.lineAmountTypes);
	const types = (
		given !== undefined && LINE_AMOUNT_TYPES.has(given) ? given : 'Exclusive'
	) as LineAmountTypes;
	const { subTotal, totalTax, total } = documentAmounts(
		lines.map((line) => withAccountTax(line.fields, settings)),
		types,
		settings.taxRates,
		currency,
	);
	return { currency, subTotal, totalTax, total };
}

/** A line without a tax rate of its own takes its account's. */
function withAccountTax(fields: FieldValues, settings: OrganisationSettings): FieldValues {
	const code = textOf(fields.accountCode);
	if (textOf(fields.taxType) !== undefined || code === undefined) return fields;
	const taxType = accountByCode(settings, code)?.taxType;
	return taxType === undefined ? fields : { ...fields, taxType };
}
