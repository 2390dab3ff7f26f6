import { foldText } from '../../foldText';
import type { KnackField, KnackTable } from '../../knack/app';
import { isWritable } from '../../knack/fields/codecs';
import { isMisspelling, likeness } from '../../likeness';
import { canMatchBy } from '../../sync/knackRecords/matchRecords';
import type { InsightColumn } from '../insight';

/** Types of fields that take the values of a column. */
const TAKES: Readonly<Record<InsightColumn['kind'], ReadonlySet<string>>> = {
	money: new Set(['currency', 'number']),
	number: new Set(['number', 'currency']),
	date: new Set(['date_time']),
	yesNo: new Set(['boolean']),
	link: new Set(['link', 'short_text']),
	text: new Set(['short_text', 'paragraph_text', 'rich_text', 'multiple_choice', 'connection']),
};

/** Below it a name is another name. */
const LEAST_LIKENESS = 0.6;

/** Whether the field takes the values of the column. */
export function takesColumn(field: KnackField, { kind }: InsightColumn): boolean {
	return isWritable(field) && TAKES[kind].has(field.type);
}

/**
 * The fields that columns seem to be meant for, by what they are called: the same name, one with a slip
 * of the finger, or one that shares most words. A field is given to one column, the surest first.
 */
export function suggestFields(
	columns: readonly InsightColumn[],
	fields: readonly KnackField[],
): ReadonlyMap<string, KnackField> {
	const pairs = columns
		.flatMap((column) => fields.map((field) => ({ column, field, score: scoreOf(column, field) })))
		.filter(({ score }) => score >= LEAST_LIKENESS)
		.sort((one, other) => other.score - one.score);
	const suggested = new Map<string, KnackField>();
	const taken = new Set<string>();
	for (const { column, field } of pairs) {
		if (suggested.has(column.key) || taken.has(field.key)) continue;
		suggested.set(column.key, field);
		taken.add(field.key);
	}
	return suggested;
}

function scoreOf(column: InsightColumn, field: KnackField): number {
	if (!takesColumn(field, column)) return 0;
	if (foldText(field.name) === foldText(column.label)) return 2;
	return isMisspelling(field.name, column.label) ? 1.5 : likeness(field.name, column.label);
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
