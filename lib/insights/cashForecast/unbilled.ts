import { latestOf, type CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import { AMOUNT_PLACES, roundHalfUp, sum, type Decimal } from '../../money';
import { recordTitle } from '../../knack/recordView';
import type { Habits } from '../daysToPay/habits';
import {
	amountIn,
	knackField,
	knackRows,
	optionalField,
	textIn,
	type KnackTableSource,
} from '../reading/knackRecords';
import { dayIn } from './knackDay';
import type { CashLine } from './line';
import { expectedAfterInvoice, habitFor } from './receipts';

/** A Knack table whose records have work that is done and not invoiced. */
export interface UnbilledWork {
	readonly source: KnackTableSource;
	/** Keys or names. */
	readonly fields: {
		/** Without tax, in the base currency; zero or blank once it is invoiced. */
		readonly amount: string;
		/** When it will be invoiced; today where it is blank or past. */
		readonly date?: string;
		/** By the name that Xero has. */
		readonly customer?: string;
	};
}

interface UnbilledRecord {
	readonly id: string;
	readonly title: string;
	readonly customer: string;
	readonly net: Decimal;
	readonly date: CalendarDate | undefined;
}

/**
 * What is done and not invoiced, without tax. Throws ServiceFaultError, and InsightInputError for a
 * field that is not there and for a value that cannot be read.
 */
export async function readUnbilled({ source, fields }: UnbilledWork): Promise<UnbilledRecord[]> {
	const { table, records } = await knackRows(source);
	const amountField = knackField(table, fields.amount);
	const date = optionalField(table, fields.date);
	const customer = optionalField(table, fields.customer);
	return records.flatMap((record) => {
		const net = amountIn(record, table, amountField);
		if (!net || net.eq(0)) return [];
		return [
			{
				id: record.id,
				title: recordTitle(record, table),
				customer: customer ? textIn(record, customer) : '',
				net,
				date: date && dayIn(record, table, date),
			},
		];
	});
}

export function unbilledTotal(records: readonly UnbilledRecord[]): Decimal {
	return sum(records.map(({ net }) => net));
}

/** Receipts for it, with tax, by the customer's habit from the day on which it will be invoiced. */
export function unbilledLines(
	records: readonly UnbilledRecord[],
	{ habits, contactIds, taxPercent, day }: UnbilledContext,
): CashLine[] {
	const factor = taxPercent.div(100).plus(1);
	return records.map(({ id, title, customer, net, date }): CashLine => {
		const contactId = contactIds.get(foldText(customer));
		return {
			id,
			source: 'unbilled work',
			who: customer,
			what: title,
			amount: roundHalfUp(net.times(factor), AMOUNT_PLACES),
			isEstimated: true,
			...expectedAfterInvoice(latestOf(day, date), habitFor(habits, contactId)),
		};
	});
}

interface UnbilledContext {
	readonly habits: Habits;
	/** By the folded name. */
	readonly contactIds: ReadonlyMap<string, string>;
	readonly taxPercent: Decimal;
	readonly day: CalendarDate;
}
