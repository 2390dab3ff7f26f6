import type { CalendarDate } from '../../dates';
import { sum, type Decimal } from '../../money';
import type { XeroClient } from '../client';
import { readReport, requireColumns, type ReportRow } from './reportRows';

export const BANK_COLUMNS = {
	opening: 'Opening Balance',
	received: 'Cash Received',
	spent: 'Cash Spent',
	closing: 'Closing Balance',
} as const;

/** The bank accounts together over some days; in the base currency. */
export interface BankMovement {
	readonly received: Decimal;
	readonly spent: Decimal;
	/** Below zero where they are overdrawn. */
	readonly closing: Decimal;
}

/** What each bank account had, got, gave and has, over some days. Throws ServiceFaultError. */
export async function readBankSummary(
	client: XeroClient,
	{ from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<ReportRow[]> {
	const rows = await readReport(client, 'BankSummary', { fromDate: from, toDate: to });
	return requireColumns('BankSummary', rows, Object.values(BANK_COLUMNS));
}

/** What the accounts of a summary come to. */
export function movementOf(summary: readonly ReportRow[]): BankMovement {
	const column = (name: string) =>
		sum(
			summary
				.filter((row) => row.accountId !== undefined && row.column === name)
				.map(({ amount }) => amount),
		);
	return {
		received: column(BANK_COLUMNS.received),
		spent: column(BANK_COLUMNS.spent),
		closing: column(BANK_COLUMNS.closing),
	};
}
