import type { Ledger } from '../../sandbox/xero/ledger';
import type { DocumentRow } from '../../sandbox/xero/model';

/** What invoices and bills less their credit notes come to, by account and tax rate: net and tax. */
export function netByAccount(ledger: Ledger): Record<string, string> {
	const sums = new Map<string, { net: number; tax: number }>();
	const add = (row: DocumentRow, sign: 1 | -1) => {
		if (!['AUTHORISED', 'PAID'].includes(row.status)) return;
		for (const line of row.lines) {
			if (!line.hasAmounts) continue;
			const code = ledger.accounts.get(line.accountId ?? '')?.code ?? 'none';
			const name = `${code} ${line.taxType ?? 'none'}`;
			const sum = sums.get(name) ?? { net: 0, tax: 0 };
			// In cents, which are whole.
			sum.net += sign * Math.round(line.lineAmount.toNumber() * 100);
			sum.tax += sign * Math.round(line.taxAmount.toNumber() * 100);
			sums.set(name, sum);
		}
	};
	for (const row of ledger.invoices.all()) add(row, 1);
	for (const row of ledger.creditNotes.all()) add(row, -1);
	return Object.fromEntries(
		[...sums]
			.filter(([, { net, tax }]) => net !== 0 || tax !== 0)
			.map(([name, { net, tax }]) => [
				name,
				`${(net / 100).toFixed(2)} + ${(tax / 100).toFixed(2)}`,
			])
			.sort(),
	);
}
