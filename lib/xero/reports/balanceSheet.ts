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

/** By the title of a section: in the United Kingdom they are called creditors. */
export function isOfLiabilities(section: string): boolean {
	return /liabilit|creditors/i.test(section);
}

/**
 * An account's balance in the first column, with the sign of its class wherever it stands: a bank
 * account that is overdrawn is among the liabilities, above zero, and below zero here. Zero where it
 * has no row.
 */
export function balanceOf(sheet: readonly ReportRow[], account: SignedAccount): Decimal {
	const row = sheet.find((one) => one.accountId === account.id && one.columnIndex === 0);
	if (!row) return decimal(0);
	const isMoved = account.accountClass === 'ASSET' && isOfLiabilities(row.section);
	return isMoved ? row.amount.neg() : row.amount;
}

type SignedAccount = Pick<Account, 'id' | 'accountClass'>;

/** Debits less credits of an account, with the sign that the sheet gives them by the account's class. */
export function asShown({ accountClass }: Account, debits: Decimal): Decimal {
	return accountClass === 'ASSET' ? debits : debits.neg();
}
