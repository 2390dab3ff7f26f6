import { grouped } from '../../grouped';
import { moneyText, sum } from '../../money';
import type { CashLine } from './line';

const NAMES: Readonly<Record<CashLine['source'], readonly [one: string, many: string]>> = {
	invoice: ['invoice', 'invoices'],
	bill: ['bill', 'bills'],
	'sales tax': ['payment of sales tax', 'payments of sales tax'],
	'planned cash': ['planned movement', 'planned movements'],
	'bank transaction': ['bank transaction', 'bank transactions'],
	'regular payment': ['regular payment', 'regular payments'],
	'repeating invoice': ['repeating invoice', 'repeating invoices'],
	'repeating bill': ['repeating bill', 'repeating bills'],
	'unbilled work': ['piece of unbilled work', 'pieces of unbilled work'],
};

/** What has no likely day, and so adds to no week: a sentence for each source, with count and amount. */
export function inNoWeek(lines: readonly CashLine[], currency: string): string[] {
	const never = lines.filter(({ days }) => days.likely === undefined);
	const bySource = grouped(never.map((line) => [line.source, line] as const));
	return [...bySource].map(([source, own]) => {
		const named = `${own.length} ${NAMES[source][own.length === 1 ? 0 : 1]}`;
		const amount = moneyText(sum(own.map((line) => line.amount)), currency);
		return `In no week, since no habit says when they are paid: ${named}, ${amount}.`;
	});
}
