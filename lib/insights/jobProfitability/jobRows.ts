import { amountText, decimal, moneyText, roundHalfUp, type Decimal } from '../../money';
import type { Cell, InsightColumn, InsightRow } from '../insight';
import type { JobFigures } from './figures';

export const JOB_KEY = ['optionId'];

/** Stands for the option of what is on none. */
const UNTRACKED = 'untracked';

function money(key: string, label: string): InsightColumn {
	return { key, label, kind: 'money' };
}

export const JOB_COLUMNS: readonly InsightColumn[] = [
	{ key: 'job', label: 'Job', kind: 'text' },
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
	{ key: 'isTracked', label: 'Has a Job', kind: 'yesNo' },
	{ key: 'knackRecordId', label: 'Knack Record ID', kind: 'text' },
	{ key: 'optionId', label: 'Tracking Option ID', kind: 'text' },
];

export interface ShownJob {
	/** The option's name; undefined for what is on none. */
	readonly job: string | undefined;
	readonly optionId: string;
	readonly recordId: string | undefined;
	readonly figures: JobFigures;
}

/** One row of a job, or of what is on no job. */
export function jobRow(
	{ job, optionId, recordId, figures }: ShownJob,
	currency: string,
): InsightRow {
	const text = (amount: Decimal | undefined): Cell =>
		amount === undefined ? null : amountText(amount, currency);
	const { revenue, margin, overBudget, complete } = figures;
	return {
		summary: sentence(job, figures, currency),
		job: job ?? 'No Job',
		revenue: text(revenue),
		costs: text(figures.costs),
		margin: text(margin),
		marginPercent: revenue.eq(0) ? null : percent(margin.div(revenue)),
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
		isTracked: job !== undefined,
		knackRecordId: recordId ?? null,
		optionId: job === undefined ? UNTRACKED : optionId,
	};
}

/** A part of 1 as a percentage with one place. */
function percent(part: Decimal): number {
	return roundHalfUp(part.times(decimal(100)), 1).toNumber();
}

function sentence(job: string | undefined, figures: JobFigures, currency: string): string {
	const { revenue, costs, margin, committed, overBudget, marginAtCompletion } = figures;
	const text = (amount: Decimal) => moneyText(amount, currency);
	if (job === undefined) {
		return `No job: ${text(costs)} of costs and ${text(revenue)} of revenue are on no job.`;
	}
	return [
		`${job}: ${margin.lt(0) ? 'loss' : 'margin'} ${text(margin.abs())} by now, of revenue ${text(revenue)} and costs ${text(costs)}`,
		committed?.gt(0) ? `; ${text(committed)} ordered and not billed` : '',
		marginAtCompletion ? `; ${text(marginAtCompletion)} expected at completion` : '',
		overBudget?.gt(0) ? `; over budget by ${text(overBudget)}` : '',
		'.',
	].join('');
}
