import type { CalendarDate } from '../../dates';
import { amountText, moneyText } from '../../money';
import type { InsightColumn, InsightRow } from '../insight';
import type { CashLine } from './line';
import { weekOf } from './weeks';

export const LINE_KEY = ['lineId'];

export const LINE_COLUMNS: readonly InsightColumn[] = [
	{ key: 'source', label: 'Source', kind: 'text' },
	{ key: 'who', label: 'Who', kind: 'text' },
	{ key: 'what', label: 'What', kind: 'text' },
	{ key: 'amount', label: 'Amount', kind: 'money' },
	{ key: 'week', label: 'Week', kind: 'number' },
	{ key: 'likelyDay', label: 'Likely', kind: 'date' },
	{ key: 'bestDay', label: 'Best', kind: 'date' },
	{ key: 'worstDay', label: 'Worst', kind: 'date' },
	{ key: 'by', label: 'Expected By', kind: 'text' },
	{ key: 'isEstimated', label: 'Estimated', kind: 'yesNo' },
	{ key: 'dueDate', label: 'Due Date', kind: 'date' },
	{ key: 'lineId', label: 'Line ID', kind: 'text' },
];

export function lineRow(
	line: CashLine,
	{ currency, start }: { readonly currency: string; readonly start: CalendarDate },
): InsightRow {
	const { source, who, what, amount, days, by, isEstimated, dueDate, id } = line;
	const when = days.likely ?? 'no day that could be told';
	const move = amount.lt(0) ? 'goes out' : 'comes in';
	return {
		summary: `${moneyText(amount.abs(), currency)} ${move} on ${when}: ${[source, who, what].filter((part) => part !== '').join(', ')} (${by}${isEstimated ? ', estimated' : ''}).`,
		source,
		who,
		what,
		amount: amountText(amount, currency),
		week: weekOf(start, days.likely) ?? null,
		likelyDay: days.likely ?? null,
		bestDay: days.best ?? null,
		worstDay: days.worst ?? null,
		by,
		isEstimated,
		dueDate: dueDate ?? null,
		lineId: id,
	};
}
