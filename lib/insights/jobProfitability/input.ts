import type { CalendarDate } from '../../dates';
import type { KnackTableSource } from '../reading/knackRecords';

/** Fields of the table of jobs, by key or name. Amounts are without tax, in the base currency. */
export interface JobFields {
	/** Names the tracking option or the project; the record's title where it is not chosen. */
	readonly job?: string;
	readonly contract?: string;
	readonly variations?: string;
	readonly budget?: string;
	readonly budgetVariations?: string;
	/** What a person expects it to cost from now on; else what is left of the budget. */
	readonly costToComplete?: string;
	/** Hours at what they cost, where no wages carry the job. */
	readonly timeCost?: string;
	/** Done and not invoiced yet. */
	readonly unbilled?: string;
}

/** What is asked where jobs are projects. */
export interface ProjectInput {
	readonly jobs?: { readonly source: KnackTableSource; readonly fields: JobFields };
}

/** What is asked where jobs are tracking options. */
export interface JobInput extends ProjectInput {
	readonly day: CalendarDate;
	/** The first day that counts; two years before the day's end where it is not told. */
	readonly from?: CalendarDate;
	/** The tracking category whose options are jobs, by id or name; the only one where not told. */
	readonly category?: string;
	/** By code or id. */
	readonly retentionAccount?: string;
	/** Accounts of wages, by code or id. */
	readonly wagesAccounts: readonly string[];
}
