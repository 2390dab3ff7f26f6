import type { Decimal } from '../../money';
import { isSameText } from '../../foldText';
import { decimal } from '../../money';
import type { Account } from '../../xero/settings';
import { z } from '../../vendor/zod';
import { optionalAmount, wireText } from './strictly';

/** A line of a document, in the document's currency. */
export interface BookedLine {
	readonly description?: string;
	readonly itemCode?: string;
	readonly quantity?: Decimal;
	readonly unitAmount?: Decimal;
	readonly accountCode?: string;
	/** In small letters, as all ids here. */
	readonly accountId?: string;
	readonly taxType?: string;
	/** Without tax. */
	readonly net: Decimal;
	readonly tax: Decimal;
	readonly tracking: readonly BookedTracking[];
}

interface BookedTracking {
	readonly categoryId?: string;
	readonly category?: string;
	readonly option?: string;
}

const trackingElement = z.object({
	TrackingCategoryID: wireText,
	Name: wireText,
	Option: wireText,
});

const lineElement = z.object({
	Description: wireText,
	ItemCode: wireText,
	Quantity: optionalAmount,
	UnitAmount: optionalAmount,
	AccountCode: wireText,
	AccountID: wireText,
	TaxType: wireText,
	LineAmount: optionalAmount,
	TaxAmount: optionalAmount,
	Tracking: z.array(trackingElement).nullish(),
});

/** Of a list that has its lines, such as a page of invoices. */
export const lineElements = z.array(lineElement).nullish();

/** The lines of a document, without tax whichever way they were entered. */
export function bookedLines(
	lines: z.output<typeof lineElements>,
	lineAmountTypes: string | undefined,
): BookedLine[] {
	const isInclusive = isSameText(lineAmountTypes ?? '', 'Inclusive');
	return (lines ?? []).map((line) => {
		const tax = line.TaxAmount ?? decimal(0);
		const amount = line.LineAmount ?? decimal(0);
		return {
			description: line.Description,
			itemCode: line.ItemCode,
			quantity: line.Quantity,
			unitAmount: line.UnitAmount,
			accountCode: line.AccountCode,
			accountId: line.AccountID?.toLowerCase(),
			taxType: line.TaxType,
			net: isInclusive ? amount.minus(tax) : amount,
			tax,
			tracking: (line.Tracking ?? []).map((tracked) => ({
				categoryId: tracked.TrackingCategoryID?.toLowerCase(),
				category: tracked.Name,
				option: tracked.Option,
			})),
		};
	});
}

/** Whether a line was posted to an account, which lists name by its id, its code or both. */
export function isOnAccount(
	{ accountId, accountCode }: BookedLine,
	{ id, code }: Account,
): boolean {
	if (accountId !== undefined) return accountId === id;
	return accountCode !== undefined && accountCode === code;
}
