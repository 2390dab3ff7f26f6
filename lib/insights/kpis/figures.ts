import type { Decimal } from '../../money';

/** A figure of the row: how it is shown, and what it is called. */
export interface FigureKind {
	readonly key: string;
	readonly label: string;
	/** Days and percents are numbers with one place. */
	readonly kind: 'money' | 'days' | 'percent';
}

export const FIGURES = [
	{ key: 'revenue', label: 'Revenue', kind: 'money' },
	{ key: 'margin', label: 'Margin', kind: 'money' },
	{ key: 'marginPercent', label: 'Margin (%)', kind: 'percent' },
	{ key: 'cash', label: 'Cash', kind: 'money' },
	{ key: 'receivables', label: 'Receivables', kind: 'money' },
	{ key: 'overdue', label: 'Overdue', kind: 'money' },
	{ key: 'payables', label: 'Payables', kind: 'money' },
	{ key: 'debtorDays', label: 'Debtor Days', kind: 'days' },
	{ key: 'daysToPay', label: 'Days to Pay (Median)', kind: 'days' },
] as const satisfies readonly FigureKind[];

type FigureKey = (typeof FIGURES)[number]['key'];

/** The figures of a month; undefined for one that could not be told. */
export type Figures = Readonly<Record<FigureKey, Decimal | undefined>>;
