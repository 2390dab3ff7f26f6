import type { FieldSchema } from '../knack/schema';
import { findField } from '../knack/state';
import type { TableState } from '../knack/state';
import type { KnackTwin } from '../knack/twin';
import type { StoredRecord } from '../knack/values';
import { isList } from '../knack/values';

/**
 * Amounts as people read them: Knack draws one sign for all records of a field, and an order in euro
 * would seem to be one in pounds.
 */
export function moneyOf(
	knack: KnackTwin,
	table: TableState,
	record: StoredRecord,
): Record<string, string> {
	const own = currencyOf(knack, table, record);
	const shown: Record<string, string> = {};
	for (const field of table.schema.fields) {
		const currency = CURRENCY_BY_SIGN[signOf(field)];
		const amount = Number(record.values[field.key] ?? Number.NaN);
		if (currency === undefined || Number.isNaN(amount)) continue;
		const format = {
			style: 'currency',
			currency: own ?? currency,
			maximumFractionDigits: field.type === 'currency' ? 4 : 2,
		} as const;
		shown[field.key] = new Intl.NumberFormat('en-GB', format).format(amount);
	}
	return shown;
}

const CURRENCY_BY_SIGN: Readonly<Record<string, string>> = { '£': 'GBP', '€': 'EUR', $: 'USD' };

function signOf({ type, format }: FieldSchema): string {
	return (type === 'currency' ? (format?.format ?? '$') : format?.pre) ?? '';
}

/** What the record says, or what it belongs to: a line is in the currency of its order. */
function currencyOf(knack: KnackTwin, table: TableState, record: StoredRecord): string | undefined {
	const app = knack.appState();
	const here = currencyIn(knack, table, record.id);
	if (here) return here;
	for (const field of table.schema.fields) {
		const target = field.relationship && app.tables.get(field.relationship.object);
		const value = record.values[field.key];
		const [id] = target && isList(value) ? value : [];
		const there = target && typeof id === 'string' ? currencyIn(knack, target, id) : undefined;
		if (there) return there;
	}
	return undefined;
}

function currencyIn(knack: KnackTwin, table: TableState, id: string): string | undefined {
	const field = findField(table.schema, 'Currency');
	if (!field || !table.records.has(id)) return undefined;
	const text = knack.display(table.schema.key, id)[field.key] ?? '';
	return /^[A-Z]{3}$/.test(text) ? text : undefined;
}
