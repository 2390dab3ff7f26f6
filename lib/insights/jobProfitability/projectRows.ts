import type { InsightColumn, InsightRow } from '../insight';
import { moneyColumn } from '../moneyColumn';
import type { BookedProject } from '../reading/projects';
import { FIGURE_COLUMNS, figureCells, figureSentence, moneyCell } from './figureCells';
import type { RowFigures } from './figures';

export const PROJECT_KEY = ['projectId'];

export const PROJECT_COLUMNS: readonly InsightColumn[] = [
	{ key: 'job', label: 'Job', kind: 'text' },
	{ key: 'contact', label: 'Contact', kind: 'text' },
	{ key: 'status', label: 'Status', kind: 'text' },
	{ key: 'currency', label: 'Currency', kind: 'text' },
	...FIGURE_COLUMNS.map((column) =>
		column.kind === 'money' ? moneyColumn(column.key, column.label) : column,
	),
	moneyColumn('estimate', 'Estimate'),
	moneyColumn('taskAmount', 'Tasks'),
	moneyColumn('expenseAmount', 'Expenses'),
	moneyColumn('totalInvoiced', 'Invoiced with Deposits'),
	moneyColumn('toBeInvoiced', 'To Be Invoiced'),
	moneyColumn('deposit', 'Deposits'),
	moneyColumn('depositApplied', 'Deposits Applied'),
	moneyColumn('creditNotes', 'Credit Notes'),
	{ key: 'minutesLogged', label: 'Minutes Logged', kind: 'number' },
	{ key: 'minutesToBeInvoiced', label: 'Minutes to Be Invoiced', kind: 'number' },
	{ key: 'knackRecordId', label: 'Knack Record ID', kind: 'text' },
	{ key: 'projectId', label: 'Xero Project ID', kind: 'text' },
];

export interface ShownProject {
	readonly project: BookedProject;
	readonly contact: string | undefined;
	readonly recordId: string | undefined;
	readonly figures: RowFigures;
}

const STATUS_LABELS = { INPROGRESS: 'In Progress', CLOSED: 'Closed' } as const;

export function projectRow({ project, contact, recordId, figures }: ShownProject): InsightRow {
	const { name, currency, status, amounts } = project;
	return {
		summary: figureSentence(name, figures, currency),
		job: name,
		contact: contact ?? null,
		status: status ? STATUS_LABELS[status] : null,
		currency,
		...figureCells(figures, currency),
		estimate: moneyCell(amounts.estimate, currency),
		taskAmount: moneyCell(amounts.totalTaskAmount, currency),
		expenseAmount: moneyCell(amounts.totalExpenseAmount, currency),
		totalInvoiced: moneyCell(amounts.totalInvoiced, currency),
		toBeInvoiced: moneyCell(amounts.totalToBeInvoiced, currency),
		deposit: moneyCell(amounts.deposit, currency),
		depositApplied: moneyCell(amounts.depositApplied, currency),
		creditNotes: moneyCell(amounts.creditNoteAmount, currency),
		minutesLogged: project.minutesLogged ?? null,
		minutesToBeInvoiced: project.minutesToBeInvoiced ?? null,
		knackRecordId: recordId ?? null,
		projectId: project.id,
	};
}
