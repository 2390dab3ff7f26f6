import { sum, type Decimal } from '../../money';
import { BANK_COLUMNS } from '../../xero/reports/bankSummary';
import type { ReportRow } from '../../xero/reports/reportRows';

/** The bank accounts together over some days, in the base currency. */
export interface BankMovement {
	readonly received: Decimal;
	readonly spent: Decimal;
	/** Below zero where they are overdrawn. */
	readonly closing: Decimal;
}

/** What the accounts of a bank summary come to. */
export function movementOf(summary: readonly ReportRow[]): BankMovement {
	const total = (column: string) =>
		sum(
			summary
				.filter((row) => row.accountId !== undefined && row.column === column)
				.map(({ amount }) => amount),
		);
	return {
		received: total(BANK_COLUMNS.received),
		spent: total(BANK_COLUMNS.spent),
		closing: total(BANK_COLUMNS.closing),
	};
}
