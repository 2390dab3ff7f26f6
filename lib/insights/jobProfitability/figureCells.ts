import { amountText, decimal, moneyText, roundHalfUp, type Decimal } from '../../money';
import type { Cell, InsightColumn } from '../insight';
import type { RowFigures } from './figures';

function money(key: string, label: string): InsightColumn {
	return { key, label, kind: 'money' };
}

/** Columns of a job that all ways of telling jobs have. */
export const FIGURE_COLUMNS: readonly InsightColumn[] = [
	money('revenue', 'Revenue'),
	money('costs', 'Costs'),
	money('margin', 'Margin'),
	{ key: 'marginPercent', label: 'Margin %', kind: 'number' },
	money('committed', 'Committed'),
	money('budget', 'Budget'),
	money('overBudget', 'Over Budget'),
	{ key: 'isOverBudget', label: 'Is Over Budget', kind: 'yesNo' },
	money('contract', 'Contract'),
	money('invoiced', 'Invoiced'),
	money('paid', 'Paid'),
	money('retention', 'Retention'),
	money('leftToInvoice', 'Left to Invoice'),
	money('unbilled', 'Unbilled'),
	money('costsAtCompletion', 'Costs at Completion'),
	money('marginAtCompletion', 'Margin at Completion'),
	{ key: 'percentComplete', label: 'Complete %', kind: 'number' },
	money('overBilled', 'Billed Ahead'),
	money('bills', 'Bills'),
	money('spent', 'Spend Money'),
	money('otherCosts', 'Payroll and Journals'),
	money('timeCost', 'Time at Cost'),
	{ key: 'countsTime', label: 'Time Counts', kind: 'yesNo' },
];

/** A cell of money; null for what is not known. */
export function moneyCell(amount: Decimal | undefined, currency: string): Cell {
	return amount === undefined ? null : amountText(amount, currency);
}

/** Cells of FIGURE_COLUMNS. */
export function figureCells(figures: RowFigures, currency: string): Readonly<Record<string, Cell>> {
	const text = (amount: Decimal | undefined) => moneyCell(amount, currency);
	const { revenue, margin, overBudget, complete } = figures;
	return {
		revenue: text(revenue),
		costs: text(figures.costs),
		margin: text(margin),
		marginPercent: revenue && margin && !revenue.eq(0) ? percent(margin.div(revenue)) : null,
		committed: text(figures.committed),
		budget: text(figures.budget),
		overBudget: text(overBudget),
		isOverBudget: overBudget === undefined ? null : overBudget.gt(0),
		contract: text(figures.contract),
		invoiced: text(figures.invoiced),
		paid: text(figures.paid),
		retention: text(figures.retention),
		leftToInvoice: text(figures.leftToInvoice),
		unbilled: text(figures.unbilled),
		costsAtCompletion: text(figures.costsAtCompletion),
		marginAtCompletion: text(figures.marginAtCompletion),
		percentComplete: complete === undefined ? null : percent(complete),
		overBilled: text(figures.overBilled),
		bills: text(figures.bills),
		spent: text(figures.spent),
		otherCosts: text(figures.otherCosts),
		timeCost: text(figures.timeCost),
		countsTime: figures.countsTime ?? null,
	};
}

/** A part of 1 as a percentage with one place. */
function percent(part: Decimal): number {
	return roundHalfUp(part.times(decimal(100)), 1).toNumber();
}

/** What a person wants to know first of a job. */
export function figureSentence(
	job: string,
	{ revenue, costs, margin, committed, overBudget, marginAtCompletion }: RowFigures,
	currency: string,
): string {
	const text = (amount: Decimal) => moneyText(amount, currency);
	const known =
		revenue && costs && margin
			? `${margin.lt(0) ? 'loss' : 'margin'} ${text(margin.abs())} by now, of revenue ${text(revenue)} and costs ${text(costs)}`
			: `${revenue ? text(revenue) : 'not known what is'} invoiced; the margin is not known`;
	return [
		`${job}: ${known}`,
		committed?.gt(0) ? `; ${text(committed)} ordered and not billed` : '',
		marginAtCompletion ? `; ${text(marginAtCompletion)} expected at completion` : '',
		overBudget?.gt(0) ? `; over budget by ${text(overBudget)}` : '',
		'.',
	].join('');
}
