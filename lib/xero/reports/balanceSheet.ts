import type { CalendarDate } from '../../dates';
import { decimal, type Decimal } from '../../money';
import type { XeroClient } from '../client';
import type { Account } from '../settings';
import { basisTerm, readReport, STANDARD_LAYOUT, type Basis, type ReportRow } from './reportRows';

/** The balance sheet at the end of a day. Throws ServiceFaultError. */
export async function readBalanceSheet(
	client: XeroClient,
	{ day, basis }: { readonly day: CalendarDate; readonly basis: Basis },
): Promise<ReportRow[]> {
	return await readReport(client, 'BalanceSheet', {
		date: day,
		...STANDARD_LAYOUT,
		...basisTerm(basis),
	});
}

/** An account's balance in the first column, as the sheet shows it; zero where it has no row. */
export function balanceOf(sheet: readonly ReportRow[], accountId: string): Decimal {
	const row = sheet.find((one) => one.accountId === accountId && one.columnIndex === 0);
	return row?.amount ?? decimal(0);
}

/** Debits less credits of an account, with the sign that the sheet gives them by the account's class. */
export function asShown({ accountClass }: Account, debits: Decimal): Decimal {
	return accountClass === 'ASSET' ? debits : debits.neg();
}
