import { merged } from '../../merged';
import { decimal, sum, type Decimal } from '../../money';
import type { LineAmountTypes, Side } from '../../xero/documents/amountTypes';
import type {
	DocumentAmounts,
	DocumentDefinition,
	DocumentLine,
	FieldValue,
	FieldValues,
} from '../../xero/documents/definition';
import { booksOf } from '../../xero/books';
import type { OrganisationSettings } from '../../xero/settings';
import { documentAmounts, totalsRoundedOnce, type PredictedAmounts } from '../../xero/totals';
import { decimalOf, fieldsByPath, textOf } from '../check/draftValues';
import type { PlannedLine } from './lines';

const LINE_AMOUNT_TYPES: ReadonlySet<string> = new Set(['Exclusive', 'Inclusive', 'NoTax']);

/** What Xero will come to, as far as that is known. */
export interface PredictedDocument extends DocumentAmounts {
	/**
	 * Where it is not known how many places of a price Xero keeps: what the fewest come to, if that
	 * is another total.
	 */
	readonly ifRounded?: { readonly places: number; readonly total: Decimal };
	/** By how much debits are more than credits, where both have to be equal. */
	readonly imbalance?: Decimal;
	/** Totals that a reckoning comes to which rounds tax but once. */
	roundedOnce?(): readonly Decimal[];
}

/**
 * The totals that Xero will compute for a document whose lines, where it is there already, are
 * `present`. Undefined where they rest on what the run does not know, such as an item without a
 * price: better none than a wrong one.
 */
export function predictAmounts(
	definition: DocumentDefinition,
	fields: FieldValues,
	lines: readonly PlannedLine[],
	settings: OrganisationSettings,
	present: readonly DocumentLine[] = [],
): PredictedDocument | undefined {
	const side = definition.amounts.sideOf(fields);
	const filled: FieldValues[] = [];
	for (const line of lines) {
		const complete = withDefaults(side, line.fields, settings);
		if (!complete) return undefined;
		filled.push(complete);
	}
	const { mustBalance, lineAmountTypes = 'Exclusive', inCurrencyOf } = definition.amounts;
	const account = inCurrencyOf && booksOf(settings).account(textOf(fields[inCurrencyOf]) ?? '');
	const currency =
		textOf(fields.currencyCode) ??
		(account || undefined)?.currencyCode ??
		settings.organisation.baseCurrency;
	const given = textOf(fields.lineAmountTypes);
	const types = (
		given !== undefined && LINE_AMOUNT_TYPES.has(given) ? given : lineAmountTypes
	) as LineAmountTypes;
	const { taxRates } = settings;
	const reckoned = documentAmounts(filled, types, taxRates);
	if (mustBalance) return balanceOf(reckoned, types);
	const { subTotal, totalTax, total } = reckoned;
	const roundedOnce = () => totalsRoundedOnce(filled, types, taxRates);
	const amounts = { currency, subTotal, totalTax, total, roundedOnce };
	const places = fieldsByPath(definition.lineFields ?? []).get('unitAmount')?.leastPlaces;
	if (places === undefined || present.some((line) => isFinerThan(places, line.fields))) {
		return amounts;
	}
	const least = documentAmounts(filled, types, taxRates, places).total;
	return least.eq(total) ? amounts : { ...amounts, ifRounded: { places, total: least } };
}

/** The sum of the debits; in the organisation's currency, which such documents do not name. */
function balanceOf({ lines, total }: PredictedAmounts, types: LineAmountTypes): PredictedDocument {
	const amounts = lines.map(({ lineAmount, taxAmount }) =>
		types === 'Exclusive' ? lineAmount.plus(taxAmount) : lineAmount,
	);
	const debits = sum(amounts.filter((amount) => amount.gt(0)));
	const totalTax = decimal(0);
	return { currency: '', subTotal: debits, totalTax, total: debits, imbalance: total };
}

/** A price in Xero with more places shows that it keeps more. */
function isFinerThan(places: number, { unitAmount }: FieldValues): boolean {
	const price = decimalOf(unitAmount);
	return price !== undefined && !price.eq(price.round(places));
}

/** What Xero takes from the line's item, and from its account where there is no tax rate yet. */
export function withDefaults(
	side: Side | undefined,
	fields: FieldValues,
	settings: OrganisationSettings,
): FieldValues | undefined {
	const itemCode = textOf(fields.itemCode);
	const hasAmount =
		textOf(fields.unitAmount) !== undefined || textOf(fields.lineAmount) !== undefined;
	const hasTax = textOf(fields.taxType) !== undefined;
	const filled = merged<FieldValue>(fields);
	if (itemCode !== undefined && !(hasAmount && hasTax)) {
		const item = booksOf(settings).item(itemCode);
		const details = side === 'sale' ? item?.sales : item?.purchases;
		if (!details) return undefined;
		if (!hasAmount) {
			const { unitPrice } = details;
			if (unitPrice === undefined || textOf(fields.quantity) === undefined) return undefined;
			filled.unitAmount = unitPrice;
		}
		if (!hasTax && details.taxType !== undefined) filled.taxType = details.taxType;
		if (textOf(fields.accountCode) === undefined && details.accountCode !== undefined) {
			filled.accountCode = details.accountCode;
		}
	}
	if (textOf(filled.taxType) === undefined) {
		const account = booksOf(settings).account(textOf(filled.accountCode) ?? '');
		if (account?.taxType !== undefined) filled.taxType = account.taxType;
	}
	return filled;
}
