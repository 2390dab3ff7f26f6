import type { CalendarDate } from '../dates';

/** What a cell of a row may hold: amounts are decimal text ("120.00"), days `YYYY-MM-DD`. */
export type Cell = string | number | boolean | null;

/** One row, with the same keys as the insight's columns; its sentence comes first. */
export type InsightRow = Readonly<Record<string, Cell>> & { readonly summary: string };

export interface InsightColumn {
	/** The key of its cells in a row. */
	readonly key: string;
	/** As a heading, in Title Case. */
	readonly label: string;
	/** `html` is a page for a mail: it is text that nobody reads as it stands. */
	readonly kind: 'money' | 'date' | 'text' | 'number' | 'yesNo' | 'link' | 'html';
	/** Of money: the key of the cell that names its currency; the insight's currency where not told. */
	readonly currencyKey?: string;
	/** Whether a blank cell says that there is nothing, and never that it could not be told. */
	readonly isNothingWhenBlank?: boolean;
}

/** A figure of the insight, held against the same figure from another source. */
export interface Tie {
	/** Such as "Accounts Receivable (610) in the balance sheet". */
	readonly against: string;
	readonly currency: string;
	/** What the other source says, decimal text; null where it was not to be had. */
	readonly figure: string | null;
	readonly ours: string;
	/** The other source's less ours; null where there is nothing to compare. */
	readonly difference: string | null;
	readonly state: 'agrees' | 'differs' | 'not checked';
	/** A sentence on a difference, or on why it was not checked. */
	readonly why?: string;
}

/** What an operation of Xero Insights found out. */
export interface Insight {
	/** One sentence with the main figure, the day and whether it ties. */
	readonly summary: string;
	readonly day: CalendarDate;
	/** The organisation's base currency, unless told by a row. */
	readonly currency: string;
	readonly columns: readonly InsightColumn[];
	/** The key of the column that bars show where nobody chose one; else the first with money. */
	readonly measure?: string;
	/** The columns that together tell a row from the others, for writing it where it stood before. */
	readonly rowKey: readonly string[];
	readonly rows: readonly InsightRow[];
	readonly tie: readonly Tie[];
	/** Sentences on what the figures leave out. */
	readonly notIn: readonly string[];
}
