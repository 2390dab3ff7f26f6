import type { KnackField, KnackTable } from '../../knack/app';
import { fieldLabel, findField } from '../../knack/tables';
import { canMatchBy } from '../../sync/knackRecords/matchRecords';
import { columnNamed } from '../columnNamed';
import { InsightInputError } from '../inputError';
import type { Insight, InsightColumn } from '../insight';
import { writtenColumns } from './rowValues';
import { suggestFields, suggestKeyField, takesColumn } from './suggestFields';
import type { KnackTableSettings } from './writeInsight';

/** What a person chose; empty where it is left to the names. */
export interface ChosenTableSettings {
	/** Key or name of the field. */
	readonly keyField?: string;
	/** Labels or keys of columns. */
	readonly keyColumns: readonly string[];
	/** Fields of columns that are called otherwise; an empty field keeps the column out of the table. */
	readonly fields: ReadonlyArray<{ readonly column?: string; readonly field?: string }>;
	readonly gone: KnackTableSettings['gone'];
}

export interface ResolvedSettings extends KnackTableSettings {
	/** Columns that are written nowhere, since no field is called so. */
	readonly withoutField: readonly InsightColumn[];
}

/** Where the rows of an insight go in a table. Throws InsightInputError for what cannot be. */
export function resolveSettings(
	insight: Insight,
	table: KnackTable,
	chosen: ChosenTableSettings,
): ResolvedSettings {
	const columns = writtenColumns(insight);
	const keyColumns =
		chosen.keyColumns.length === 0
			? insight.rowKey
			: chosen.keyColumns.map((name) => columnNamed(columns, name).key);
	const keyField = keyFieldOf(insight, table, chosen.keyField, keyColumns);
	const given = new Map<string, KnackField | undefined>();
	for (const { column = '', field } of chosen.fields) {
		const named = columnNamed(columns, column);
		given.set(named.key, field ? fieldFor(table, field, named) : undefined);
	}
	const taken = new Set([keyField, ...given.values()]);
	const suggested = suggestFields(
		columns.filter(({ key }) => !given.has(key)),
		table.fields.filter((field) => !taken.has(field)),
	);
	const fields = new Map(suggested);
	for (const [column, field] of given) if (field) fields.set(column, field);
	const isWritten = ({ key }: InsightColumn) =>
		fields.has(key) || given.has(key) || (keyColumns.length === 1 && keyColumns[0] === key);
	return {
		keyField,
		keyColumns,
		fields,
		gone: chosen.gone,
		withoutField: insight.columns.filter((column) => !isWritten(column)),
	};
}

function fieldFor(table: KnackTable, name: string, column: InsightColumn): KnackField {
	const field = fieldNamed(table, name);
	if (takesColumn(field, column)) return field;
	throw new InsightInputError(
		`${fieldLabel(table, field)} of ${table.name} takes no values of ${column.label}.`,
		FITTING[column.kind],
	);
}

const FITTING: Readonly<Record<InsightColumn['kind'], string>> = {
	money: 'Choose a currency or number field.',
	number: 'Choose a number field.',
	date: 'Choose a date field.',
	yesNo: 'Choose a yes/no field.',
	link: 'Choose a link field, or a short text.',
	html: 'Choose a paragraph text or a rich text field.',
	text: 'Choose a text field, a multiple choice or a connection.',
};

function fieldNamed(table: KnackTable, name: string): KnackField {
	const field = findField(table, name);
	if (field) return field;
	throw new InsightInputError(
		`The table ${table.name} has no field "${name}".`,
		'Choose another field, or add one of that name in Knack.',
	);
}

function keyFieldOf(
	insight: Insight,
	table: KnackTable,
	chosen: string | undefined,
	keyColumns: readonly string[],
): KnackField {
	const columns = writtenColumns(insight).filter(({ key }) => keyColumns.includes(key));
	const field = chosen ? fieldNamed(table, chosen) : suggestKeyField(table, columns);
	if (field && canMatchBy(field)) return field;
	throw new InsightInputError(
		field
			? `Records cannot be found by ${fieldLabel(table, field)} of ${table.name}.`
			: `The table ${table.name} has no field called Key, by which the record of a row is found again.`,
		'Add a short text field named Key to the table in Knack, or choose a short text, number or e-mail field under Key Field.',
	);
}
