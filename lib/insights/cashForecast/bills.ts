import { latestOf, type CalendarDate } from '../../dates';
import type { StandOnDay } from '../ageing/onDay';
import { onOneDay, type CashLine } from './line';
import { netOfCredits, type NetOfCredits } from './netOfCredits';

/** Payments of open bills, net of open credits: on the planned day, else the due day, else now. */
export function billLines(
	stand: StandOnDay,
	day: CalendarDate,
): { readonly lines: readonly CashLine[]; readonly creditLeft: NetOfCredits['creditLeft'] } {
	const { documents, creditLeft } = netOfCredits(stand);
	const lines = documents.map(({ document, base }): CashLine => {
		const { id, contact, number, reference, dueDate, expectedOn } = document;
		const isPlanned = expectedOn !== undefined && expectedOn >= day;
		return {
			id,
			source: 'bill',
			who: contact,
			what: number ?? reference ?? '',
			by: isPlanned ? 'a person' : dueDate < day ? 'overdue' : 'due day',
			dueDate,
			amount: base.neg(),
			isEstimated: false,
			days: onOneDay(isPlanned ? expectedOn : latestOf(day, dueDate)),
		};
	});
	return { lines, creditLeft };
}
