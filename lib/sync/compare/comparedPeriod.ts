import { calendarDate, type CalendarDate } from '../../dates';
import { headerText } from '../check/draftValues';
import type { Draft } from '../draft';
import type { UpsertOptions } from '../upsertContext';

/** First and last day, both included. */
export interface Period {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
}

/** The period that is told, else from the first day of the records to their last. */
export function periodOfRecords(
	drafts: readonly Draft[],
	today: CalendarDate,
	{ from, to }: Partial<Period>,
): Period {
	const days = drafts
		.flatMap((draft) => calendarDate(headerText(draft, 'date') ?? '') ?? [])
		.sort();
	const [first = today] = days;
	const last = days.at(-1) ?? today;
	return { from: from ?? first, to: to ?? last };
}

/** From the first day of both to the last. */
export function covering(one: Period, other: Period): Period {
	return {
		from: one.from < other.from ? one.from : other.from,
		to: one.to > other.to ? one.to : other.to,
	};
}

/** As a person who decides for Knack would have them written: what differs is shown, whoever changed it. */
export function comparingOptions(options: UpsertOptions): UpsertOptions {
	return {
		...options,
		keepsLines: true,
		accountantEdits: 'knackWins',
		issuedDocuments: 'hold',
		writePolicy: 'createOrUpdate',
		lateDocuments: 'firstOpenDay',
		removeOmittedLines: true,
	};
}
