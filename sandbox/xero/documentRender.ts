import type { Call } from './call';
import { renderDocumentContact } from './contacts';
import { asNumber } from './decimals';
import type { Json, JsonObject } from './json';
import type { DocumentRow, LineRow } from './model';
import type { Detail } from './resource';
import { dateString, msDate, msDateOf } from './xeroDates';

/** A date member with its readable twin: `Date` and `DateString`. */
export function dateMembers(name: string, date: string | undefined): JsonObject {
	if (date === undefined) return {};
	return { [`${name}String`]: dateString(date), [name]: msDateOf(date) };
}

/** The members all documents with lines share. `unitPlaces` is for those that know no `unitdp`. */
export function renderDocument(
	call: Call,
	row: DocumentRow,
	detail: Detail,
	unitPlaces = call.unitDecimalPlaces,
): JsonObject {
	return {
		Contact: renderDocumentContact(call, row.contactId, detail),
		...dateMembers('Date', row.date),
		Status: row.status,
		LineAmountTypes: row.lineAmountTypes,
		LineItems: detail.lines
			? row.lines.map((line) => renderLine(call, line, unitPlaces, detail.single))
			: [],
		SubTotal: asNumber(row.totals.subTotal),
		TotalTax: asNumber(row.totals.totalTax),
		Total: asNumber(row.totals.total),
		...(row.totals.totalDiscount.gt(0)
			? { TotalDiscount: asNumber(row.totals.totalDiscount) }
			: {}),
		UpdatedDateUTC: msDate(row.updatedMs),
		CurrencyCode: row.currencyCode,
		CurrencyRate: asNumber(row.currencyRate),
		BrandingThemeID: row.brandingThemeId,
	};
}

/** A document that was not taken, as its refusal shows it. */
export function renderRefused(
	call: Call,
	row: Omit<DocumentRow, 'id' | 'number'>,
	unitPlaces: number,
): JsonObject {
	const detail = { lines: true, single: true, summary: false };
	const whole = renderDocument(call, { ...row, id: '', number: '' }, detail, unitPlaces);
	if (!call.ledger.contacts.has(row.contactId)) delete whole['Contact'];
	return whole;
}

export function renderLine(
	call: Call,
	line: LineRow,
	unitPlaces: number,
	isSingle: boolean,
): JsonObject {
	const { ledger } = call;
	if (!line.hasAmounts) {
		return {
			LineItemID: line.lineItemId,
			Description: line.description,
			Tracking: renderTracking(call, line, isSingle),
		};
	}
	const account = line.accountId === undefined ? undefined : ledger.accounts.get(line.accountId);
	const item =
		line.itemCode === undefined
			? undefined
			: ledger.items.find((held) => held.code === line.itemCode);
	return {
		LineItemID: line.lineItemId,
		ItemCode: line.itemCode,
		...(item ? { Item: { ItemID: item.itemId, Name: item.name, Code: item.code } } : {}),
		Description: line.description,
		Quantity: asNumber(line.quantity),
		UnitAmount: asNumber(unitAmountShown(line, unitPlaces)),
		TaxType: line.taxType,
		TaxAmount: asNumber(line.taxAmount),
		LineAmount: asNumber(line.lineAmount),
		DiscountRate: line.discountRate && asNumber(line.discountRate),
		DiscountAmount: line.discountAmount && asNumber(line.discountAmount),
		AccountCode: account?.code,
		AccountID: account?.accountId,
		Tracking: renderTracking(call, line, isSingle),
		...(isSingle ? { ValidationErrors: [] } : {}),
	};
}

/** Reads without `unitdp=4` show the price to the cent, whatever is stored. */
function unitAmountShown(line: LineRow, places: number): LineRow['unitAmount'] {
	return places === 4 ? line.unitAmount : line.unitAmount.round(2, 1);
}

/** Lists have an empty list of options in the place of the option's id (recorded). */
export function renderTracking(
	call: Call,
	line: Pick<LineRow, 'tracking'>,
	isSingle: boolean,
): Json {
	return line.tracking.map((ref) => {
		const category = call.ledger.trackingCategories.get(ref.trackingCategoryId);
		const option = category?.options.find((held) => held.trackingOptionId === ref.trackingOptionId);
		return {
			Name: category?.name,
			Option: option?.name,
			TrackingCategoryID: ref.trackingCategoryId,
			...(isSingle ? { TrackingOptionID: ref.trackingOptionId } : { Options: [] }),
		};
	});
}

export function hasAttachments(call: Call, id: string): boolean {
	return (call.ledger.attachments.get(id)?.length ?? 0) > 0;
}
