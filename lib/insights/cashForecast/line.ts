import type { CalendarDate } from '../../dates';
import { moneyText, type Decimal } from '../../money';

/** By which percentile of each customer's habit receipts are expected. */
export const SCENARIOS = ['best', 'likely', 'worst'] as const;

export type Scenario = (typeof SCENARIOS)[number];

/** On which day money moves in each scenario; undefined in one in which it does not. */
type ScenarioDays = Readonly<Record<Scenario, CalendarDate | undefined>>;

/** Money that is expected to come in or go out, and from where that is known. */
export interface CashLine {
	/** Unique in the forecast. */
	readonly id: string;
	readonly source:
		| 'invoice'
		| 'bill'
		| 'sales tax'
		| 'planned cash'
		| 'bank transaction'
		| 'regular payment'
		| 'repeating invoice'
		| 'repeating bill'
		| 'unbilled work';
	readonly who: string;
	/** A number, a reference or a description. */
	readonly what: string;
	/** Why it is expected on its day. */
	readonly by:
		| 'a person'
		| 'habit'
		| 'habit of all customers'
		| 'beyond habit'
		| 'due day'
		| 'overdue'
		| 'plan'
		| 'dated ahead'
		| 'rhythm'
		| 'tax period';
	readonly dueDate?: CalendarDate;
	/** In the base currency; above zero comes in, below goes out. */
	readonly amount: Decimal;
	/** Worked out, and not agreed with anybody. */
	readonly isEstimated: boolean;
	readonly days: ScenarioDays;
}

/** "Landlord Ltd GBP -77.00 2026-12-01", each after the other. */
export function lineTexts(lines: readonly CashLine[], currency: string): string {
	return lines
		.map(({ who, amount, days: { likely = '' } }) =>
			[who, moneyText(amount, currency), likely].join(' '),
		)
		.join('; ');
}

export function onOneDay(day: CalendarDate): ScenarioDays {
	return { best: day, likely: day, worst: day };
}
