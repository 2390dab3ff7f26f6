import type { KnackField } from '../../knack/app';
import { textToHtml } from '../../knack/html';
import type { RecordValues } from '../../sync/knackRecords/linkNames';
import type { Cell, Insight, InsightColumn, InsightRow } from '../insight';

/** What a row has besides the columns of its insight. */
const SUMMARY: InsightColumn = { key: 'summary', label: 'Summary', kind: 'text' };

/** The columns that a table can be given: those of the insight, and the sentence of each row. */
export function writtenColumns({ columns }: Pick<Insight, 'columns'>): readonly InsightColumn[] {
	return columns.some(({ key }) => key === SUMMARY.key) ? columns : [...columns, SUMMARY];
}

/**
 * What tells a row from the others, as one text: "Acme Ltd | GBP". Angle brackets become others, since
 * a filter of Knack may take what stands in them for HTML and find no record.
 */
export function keyOf(row: InsightRow, columns: readonly string[]): string {
	const parts = columns.map((column) =>
		String(row[column] ?? '')
			.trim()
			.replace(/</g, '‹')
			.replace(/>/g, '›'),
	);
	return parts.every((part) => part === '') ? '' : parts.join(' | ');
}

/**
 * The values of a row by the keys of fields; what a row has nothing for is emptied. A yes/no field has no
 * empty value: what is neither stays out, since No would be an answer.
 */
export function valuesOf(
	row: InsightRow,
	columns: readonly InsightColumn[],
	fields: ReadonlyMap<string, KnackField>,
): RecordValues {
	return Object.fromEntries(
		columns.flatMap((column) => {
			const field = fields.get(column.key);
			const given = row[column.key] ?? null;
			if (!field || (given === null && field.type === 'boolean')) return [];
			return [[field.key, valueFor(given, column, field)]];
		}),
	);
}

function valueFor(given: Cell, { kind, label }: InsightColumn, { type }: KnackField): unknown {
	if (given === null || given === '') return type === 'boolean' ? false : '';
	if (type === 'rich_text' && kind !== 'html') return textToHtml(String(given));
	return kind === 'link' && type === 'link' ? { url: String(given), label } : given;
}

/** Whether a row that is gone leaves a wrong value in the column; its names and links stay right. */
function isStale({ key, kind }: InsightColumn): boolean {
	return key === SUMMARY.key || ['money', 'number', 'date', 'yesNo'].includes(kind);
}

/** Empty values for what would be wrong once a row is gone. */
export function emptiedValues(
	columns: readonly InsightColumn[],
	keyColumns: readonly string[],
	fields: ReadonlyMap<string, KnackField>,
): RecordValues {
	return Object.fromEntries(
		columns.flatMap((column) => {
			const field = fields.get(column.key);
			if (!field || !isStale(column) || keyColumns.includes(column.key)) return [];
			return [[field.key, field.type === 'boolean' ? false : '']];
		}),
	);
}
