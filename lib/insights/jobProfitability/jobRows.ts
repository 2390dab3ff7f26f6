import { moneyText } from '../../money';
import type { InsightColumn, InsightRow } from '../insight';
import { FIGURE_COLUMNS, figureCells, figureSentence } from './figureCells';
import type { JobFigures } from './figures';

export const JOB_KEY = ['optionId'];

/** Stands for the option of what is on none. */
const UNTRACKED = 'untracked';

export const JOB_COLUMNS: readonly InsightColumn[] = [
	{ key: 'job', label: 'Job', kind: 'text' },
	...FIGURE_COLUMNS,
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
	const { costs, revenue } = figures;
	return {
		summary:
			job === undefined
				? `No job: ${moneyText(costs, currency)} of costs and ${moneyText(revenue, currency)} of revenue are on no job.`
				: figureSentence(job, figures, currency),
		job: job ?? 'No Job',
		...figureCells(figures, currency),
		isTracked: job !== undefined,
		knackRecordId: recordId ?? null,
		optionId: job === undefined ? UNTRACKED : optionId,
	};
}
