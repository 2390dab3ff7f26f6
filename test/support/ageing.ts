import { calendarDate, type CalendarDate } from '../../lib/dates';
import { reckonAgeing } from '../../lib/insights/ageing/ageing';
import type { AgeingInput } from '../../lib/insights/ageing/input';
import type { Insight } from '../../lib/insights/insight';
import type { Books } from '../../lib/insights/reading/books';

export function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

/** Receivables by contact and days late, unless otherwise said. */
export async function receivables(
	books: Books,
	asOf: string,
	more: Partial<AgeingInput> = {},
): Promise<Insight> {
	return await reckonAgeing(books, {
		side: 'sales',
		day: day(asOf),
		buckets: 'days',
		detail: 'contacts',
		...more,
	});
}
