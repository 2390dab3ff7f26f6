import { foldText } from '../../foldText';
import type { KnackField, KnackTable } from '../../knack/app';
import { isWritable } from '../../knack/fields/codecs';
import { canMatchBy } from '../../sync/knackRecords/matchRecords';
import type { InsightColumn } from '../insight';

/** Types of fields that take the values of a column. */
const TAKES: Readonly<Record<InsightColumn['kind'], ReadonlySet<string>>> = {
	money: new Set(['currency', 'number']),
	number: new Set(['number', 'currency']),
	date: new Set(['date_time']),
	yesNo: new Set(['boolean']),
	link: new Set(['link', 'short_text']),
	html: new Set(['paragraph_text', 'rich_text']),
	text: new Set(['short_text', 'paragraph_text', 'rich_text', 'multiple_choice', 'connection']),
};

/** Whether the field takes the values of the column. */
export function takesColumn(field: KnackField, { kind }: InsightColumn): boolean {
	return isWritable(field) && TAKES[kind].has(field.type);
}

/**
 * The fields that columns are meant for: those of the same name. One that is only alike may hold what
 * somebody else keeps there, such as a percentage, and is not written without being chosen.
 */
export function suggestFields(
	columns: readonly InsightColumn[],
	fields: readonly KnackField[],
): ReadonlyMap<string, KnackField> {
	return new Map(
		columns.flatMap((column): Array<[string, KnackField]> => {
			const name = foldText(column.label);
			const field = fields.find(
				(each) => foldText(each.name) === name && takesColumn(each, column),
			);
			return field ? [[column.key, field]] : [];
		}),
	);
}

/** What people call the field that tells rows apart, the likeliest first. */
const KEY_NAMES = ['Key', 'Row Key', 'Insight Key'];

/** The field that seems to be meant for the key of a row. */
export function suggestKeyField(
	{ fields }: KnackTable,
	keyColumns: readonly InsightColumn[],
): KnackField | undefined {
	const [only, ...others] = keyColumns;
	const names = only && others.length === 0 ? [...KEY_NAMES, only.label] : KEY_NAMES;
	return names
		.map((name) => fields.find((each) => foldText(each.name) === foldText(name)))
		.find((field) => field !== undefined && canMatchBy(field));
}
