import { decimal, type Decimal } from '../../money';
import type { ReportRow } from '../../xero/reports/reportRows';
import type { Month } from './months';

/** One amount of a report in one month. */
export interface Figure {
	readonly month: Month;
	readonly section: string;
	readonly name: string;
	/** Undefined for sums, and for what Xero works out itself, such as the earnings of the year. */
	readonly accountId?: string;
	/** The option of tracking, or "Unassigned"; undefined where it is the whole. */
	readonly tracking?: string;
	/** What the amount is: "Amount", "Debit", "Credit", "Closing Balance" … */
	readonly figure: string;
	readonly isTotal: boolean;
	readonly amount: Decimal;
}

/** Xero's sums are summary rows, or stand by themselves, such as the net profit. */
export function isSum({ isTotal, accountId, section }: ReportRow): boolean {
	return isTotal || (accountId === undefined && section === '');
}

/** The sum of those of a list that pass. */
export function sumWhere(figures: readonly Figure[], passes: (figure: Figure) => boolean): Decimal {
	return figures.filter(passes).reduce((all, { amount }) => all.plus(amount), decimal(0));
}
