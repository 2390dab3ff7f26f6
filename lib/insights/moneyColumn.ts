import type { InsightColumn } from './insight';

/** A column of money in the currency that stands in each row's own column of that name. */
export function moneyColumn(key: string, label: string): InsightColumn {
	return { key, label, kind: 'money', currencyKey: 'currency' };
}
