import type { CalendarDate } from '../../dates';
import type { XeroClient } from '../client';
import { basisTerm, readReport, requireColumns, type Basis, type ReportRow } from './reportRows';

/** Of the financial year up to the day; the two columns before them are of the month alone. */
export const YEAR_TO_DATE = { debit: 'YTD Debit', credit: 'YTD Credit' } as const;

/** The trial balance at the end of a day. Throws ServiceFaultError. */
export async function readTrialBalance(
	client: XeroClient,
	{ day, basis }: { readonly day: CalendarDate; readonly basis: Basis },
): Promise<ReportRow[]> {
	const rows = await readReport(client, 'TrialBalance', { date: day, ...basisTerm(basis) });
	return requireColumns('TrialBalance', rows, Object.values(YEAR_TO_DATE));
}
