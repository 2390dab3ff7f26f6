import type { CalendarDate } from '../../dates';
import type { Decimal } from '../../money';
import type { PlannedCash } from './plannedCash';
import type { UnbilledWork } from './unbilled';

export interface CashForecastInput {
	/** The organisation's today: what is owed is known as it is now. */
	readonly day: CalendarDate;
	/** A row for each week, or for each line. */
	readonly detail: 'weeks' | 'lines';
	/** What is in the bank, where a person tells it. */
	readonly opening?: Decimal;
	readonly overdraft?: Decimal;
	/** Days after the end of a period on which its tax is paid; by the country where it is not told. */
	readonly taxDaysAfter?: number;
	readonly planned?: PlannedCash;
	readonly unbilled?: { readonly work: UnbilledWork; readonly taxPercent: Decimal };
	/** Rows of an earlier forecast by weeks, as they come in. */
	readonly lastForecast?: unknown;
}
