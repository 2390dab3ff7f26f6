import { dateText } from '../../dates';
import { amountText, moneyText, type Decimal } from '../../money';
import type { InsightColumn, InsightRow } from '../insight';
import type { PastWeek } from './lastForecast';
import type { Week } from './weeks';

export const WEEK_KEY = ['from'];

const MONEY = [
	['opening', 'Opening'],
	['receipts', 'Receipts'],
	['payments', 'Payments'],
	['closing', 'Closing (Likely)'],
	['bestClosing', 'Closing (Best)'],
	['worstClosing', 'Closing (Worst)'],
	['headroom', 'Headroom'],
	['forecastClosing', 'Closing as Forecast'],
	['difference', 'Difference to Forecast'],
] as const;

export const WEEK_COLUMNS: readonly InsightColumn[] = [
	{ key: 'week', label: 'Week', kind: 'number' },
	{ key: 'from', label: 'From', kind: 'date' },
	{ key: 'to', label: 'To', kind: 'date' },
	...MONEY.map(([key, label]): InsightColumn => ({ key, label, kind: 'money' })),
	{ key: 'isLowest', label: 'Lowest', kind: 'yesNo' },
];

interface Shown {
	readonly currency: string;
	readonly overdraft: Decimal;
}

/** A week to come, as is likely, with what the others come to at its end. */
export function weekRow(
	{ week, from, to, of: { best, likely, worst } }: Week,
	{
		currency,
		overdraft,
		opening,
		isLowest,
	}: Shown & { readonly opening: Decimal | undefined; readonly isLowest: boolean },
): InsightRow {
	const cell = (amount: Decimal | undefined) => (amount ? amountText(amount, currency) : null);
	const text = (amount: Decimal) => moneyText(amount, currency);
	const { receipts, payments, closing } = likely;
	const end = closing ? `, which leaves ${text(closing)}` : '';
	const range =
		best.closing && worst.closing ? ` (${text(worst.closing)} to ${text(best.closing)})` : '';
	return {
		summary: `Week ${week}, to ${dateText(to, 'd MMMM yyyy')}: ${text(receipts)} in, ${text(payments)} out${end}${range}.`,
		week,
		from,
		to,
		opening: cell(opening),
		receipts: amountText(receipts, currency),
		payments: amountText(payments, currency),
		closing: cell(closing),
		bestClosing: cell(best.closing),
		worstClosing: cell(worst.closing),
		headroom: cell(closing?.plus(overdraft)),
		forecastClosing: null,
		difference: null,
		isLowest,
	};
}

/** A week that is over: what came, against what had been forecast. Its number is 0. */
export function pastRow(
	{ from, to, forecastClosing, came }: PastWeek,
	{ currency, overdraft }: Shown,
): InsightRow {
	const cell = (amount: Decimal) => amountText(amount, currency);
	const { received, spent, closing } = came;
	const difference = forecastClosing && closing.minus(forecastClosing);
	const text = (amount: Decimal) => moneyText(amount, currency);
	return {
		summary: `The week to ${dateText(to, 'd MMMM yyyy')} ended with ${text(closing)}${forecastClosing ? `; ${text(forecastClosing)} was forecast` : ''}.`,
		week: 0,
		from,
		to,
		opening: cell(closing.minus(received).plus(spent)),
		receipts: cell(received),
		payments: cell(spent),
		closing: cell(closing),
		bestClosing: null,
		worstClosing: null,
		headroom: cell(closing.plus(overdraft)),
		forecastClosing: forecastClosing ? cell(forecastClosing) : null,
		difference: difference ? cell(difference) : null,
		isLowest: false,
	};
}
