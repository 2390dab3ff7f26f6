import type { CalendarDate } from '../../dates';
import { sum, type Decimal } from '../../money';
import { ServiceFaultError } from '../../serviceFault';
import type { XeroClient } from '../client';
import { xeroFault } from '../faults';
import { readReport, type ReportRow } from './reportRows';

/** The bank accounts together over some days; in the base currency. */
export interface BankMovement {
	readonly received: Decimal;
	readonly spent: Decimal;
	/** Below zero where they are overdrawn. */
	readonly closing: Decimal;
}

/** Xero's bank summary of days, both included. Throws ServiceFaultError. */
export async function readBankSummary(
	client: XeroClient,
	{ from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<ReportRow[]> {
	const rows = await readReport(client, 'BankSummary', { fromDate: from, toDate: to });
	// Opening, received, spent, closing. Other columns would be taken for these.
	if (rows.some(({ columnIndex }) => columnIndex > 3)) {
		const vendorMessage = '/Reports/BankSummary has columns that are not known.';
		throw new ServiceFaultError(
			xeroFault({ kind: 'notXero', path: '/Reports/BankSummary', vendorMessage }),
		);
	}
	return rows.filter(({ accountId }) => accountId !== undefined);
}

/** What the accounts of a summary come to. */
export function movementOf(summary: readonly ReportRow[]): BankMovement {
	const column = (index: number) =>
		sum(summary.filter(({ columnIndex }) => columnIndex === index).map(({ amount }) => amount));
	return { received: column(1), spent: column(2), closing: column(3) };
}
