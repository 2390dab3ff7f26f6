import { dateText } from '../../dates';
import { decimal, moneyText, sum, type Decimal } from '../../money';
import type { Insight } from '../insight';
import type { Books } from '../reading/books';
import { collectLines } from './collectLines';
import type { CashForecastInput } from './input';
import { pastWeek, type PastWeek } from './lastForecast';
import type { Scenario } from './line';
import { LINE_COLUMNS, LINE_KEY, lineRow } from './lineRows';
import { openingOn } from './opening';
import { pastRow, WEEK_COLUMNS, WEEK_KEY, weekRow } from './weekRows';
import { lowestOf, WEEKS, weeksOf, type Week } from './weeks';

/**
 * Cash in the bank for 13 weeks, each line with where it is known from. Throws ServiceFaultError, and
 * InsightInputError for a Knack field or value that cannot be read.
 */
export async function reckonCashForecast(books: Books, input: CashForecastInput): Promise<Insight> {
	const { day, lastForecast } = input;
	const currency = books.organisation.baseCurrency;
	const [opening, collected, past] = await Promise.all([
		openingOn(books, day, input.opening),
		collectLines(books, input),
		lastForecast === undefined ? undefined : pastWeek(books, lastForecast, day),
	]);
	const weeks = weeksOf(collected.lines, day, opening.balance);
	const shown = { currency, start: day, overdraft: input.overdraft ?? decimal(0) };
	const lowest = lowestOf(weeks, 'likely')?.week;
	const byWeeks = [
		...(past ? [pastRow(past, shown)] : []),
		...weeks.map((week, index) =>
			weekRow(week, {
				...shown,
				opening: index === 0 ? opening.balance : weeks[index - 1]?.of.likely.closing,
				isLowest: week === lowest,
			}),
		),
	];
	return {
		summary: summaryOf(weeks, opening.balance, { currency, past, overdraft: shown.overdraft }),
		day,
		currency,
		...(input.detail === 'weeks'
			? { columns: WEEK_COLUMNS, measure: 'closing', rowKey: WEEK_KEY, rows: byWeeks }
			: {
					columns: LINE_COLUMNS,
					rowKey: LINE_KEY,
					rows: collected.lines.map((line) => lineRow(line, shown)),
				}),
		tie: opening.tie,
		notIn: [
			...opening.notIn,
			...collected.notIn,
			...(lastForecast !== undefined && !past
				? ['No week of the last forecast could be held against what came.']
				: []),
		],
	};
}

interface Told {
	readonly currency: string;
	readonly overdraft: Decimal;
	readonly past: PastWeek | undefined;
}

function summaryOf(
	weeks: readonly Week[],
	opening: Decimal | undefined,
	{ currency, overdraft, past }: Told,
): string {
	const text = (amount: Decimal) => moneyText(amount, currency);
	const total = (what: 'receipts' | 'payments') => sum(weeks.map(({ of }) => of.likely[what]));
	const moves = `${text(total('receipts'))} come in and ${text(total('payments'))} go out in ${WEEKS} weeks`;
	if (!opening) return `${moves}. What is in the bank is not known.`;
	const lowest = (scenario: Scenario) => {
		const found = lowestOf(weeks, scenario);
		if (!found) return '';
		const { closing, week } = found;
		const beyond = closing.plus(overdraft).lt(0)
			? overdraft.gt(0)
				? ', beyond the overdraft'
				: ', overdrawn'
			: '';
		return `${text(closing)} in the week to ${dateText(week.to, 'd MMMM yyyy')}${beyond}`;
	};
	return `Cash is ${text(opening)} now; ${moves}. It is lowest with ${lowest('likely')}; at worst with ${lowest('worst')}.${pastSentence(past, text)}`;
}

function pastSentence(past: PastWeek | undefined, text: (amount: Decimal) => string): string {
	if (!past?.forecastClosing) return '';
	const difference = past.came.closing.minus(past.forecastClosing);
	const side = difference.lt(0) ? 'below' : 'above';
	const by = difference.eq(0) ? 'as' : `${text(difference.abs())} ${side} what was`;
	return ` The week to ${dateText(past.to, 'd MMMM yyyy')} ended with ${text(past.came.closing)}, ${by} forecast.`;
}
