import { addDays, type CalendarDate } from '../../dates';
import { sum, type Decimal } from '../../money';
import { SCENARIOS, type CashLine, type Scenario } from './line';

export const WEEKS = 13;

/** Seven days, the first of them the forecast's own. */
export interface Week {
	/** From 1. */
	readonly week: number;
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	readonly of: Readonly<Record<Scenario, WeekCash>>;
}

interface WeekCash {
	readonly receipts: Decimal;
	/** Above zero. */
	readonly payments: Decimal;
	/** Undefined where the opening balance is not known. */
	readonly closing: Decimal | undefined;
}

/** The last day of the forecast. */
export function lastDayOf(day: CalendarDate): CalendarDate {
	return addDays(day, 7 * WEEKS - 1);
}

/** In which week a day falls; undefined before and after the forecast. */
export function weekOf(start: CalendarDate, day: CalendarDate | undefined): number | undefined {
	if (day === undefined || day < start || day > lastDayOf(start)) return undefined;
	for (let week = 1; week < WEEKS; week += 1) {
		if (day < addDays(start, 7 * week)) return week;
	}
	return WEEKS;
}

export function weeksOf(
	lines: readonly CashLine[],
	start: CalendarDate,
	opening: Decimal | undefined,
): Week[] {
	const balances = new Map<Scenario, Decimal | undefined>(
		SCENARIOS.map((scenario) => [scenario, opening]),
	);
	return Array.from({ length: WEEKS }, (_none, index): Week => {
		const week = index + 1;
		const cash = (scenario: Scenario): WeekCash => {
			const moved = lines
				.filter((line) => weekOf(start, line.days[scenario]) === week)
				.map(({ amount }) => amount);
			const receipts = sum(moved.filter((amount) => amount.gt(0)));
			const payments = sum(moved.filter((amount) => amount.lt(0))).neg();
			const closing = balances.get(scenario)?.plus(receipts).minus(payments);
			balances.set(scenario, closing);
			return { receipts, payments, closing };
		};
		const from = addDays(start, 7 * index);
		const of = { best: cash('best'), likely: cash('likely'), worst: cash('worst') };
		return { week, from, to: addDays(from, 6), of };
	});
}

/** The first week with the least at its end; undefined where the opening balance is not known. */
export function lowestOf(
	weeks: readonly Week[],
	scenario: Scenario,
): { readonly week: Week; readonly closing: Decimal } | undefined {
	let lowest: { week: Week; closing: Decimal } | undefined;
	for (const week of weeks) {
		const { closing } = week.of[scenario];
		if (closing && (!lowest || closing.lt(lowest.closing))) lowest = { week, closing };
	}
	return lowest;
}
