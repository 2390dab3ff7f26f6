import type { IExecuteFunctions } from 'n8n-workflow';
import type { KnackField, KnackTable } from '../../knack/app';
import { isWritable } from '../../knack/fields/codecs';
import { findField } from '../../knack/tables';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import type { RecordValues } from '../../sync/knackRecords/linkNames';
import { canMatchBy } from '../../sync/knackRecords/matchRecords';
import { readText } from '../parameters/kinds';
import { isMappedAutomatically, mappedValues } from '../parameters/mapper';
import { isUnset, refuse } from '../parameters/parameter';
import { itemParameter } from '../parameters/reader';

const FORM = 'fields';
const FORM_LABEL = 'Fields';
const MATCH_LABEL = 'Field to Match On';

/**
 * The values that are mapped for one record, by field key; undefined where those of the item count
 * that bear the name of a field. Throws SettingError.
 */
export function readMappedValues(
	context: IExecuteFunctions,
	index: number,
): RecordValues | undefined {
	const get = itemParameter(context, index);
	const stored = context.getNode().parameters[FORM];
	return isMappedAutomatically(FORM_LABEL, FORM, stored, get)
		? undefined
		: mappedValues(FORM_LABEL, FORM, get);
}

/** The values of an item that bear the name of a field that can be written. */
export function valuesByName(
	json: Readonly<Record<string, unknown>>,
	table: KnackTable,
): RecordValues {
	const found: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(json)) {
		const field = findField(table, name);
		if (field && isWritable(field)) found[field.key] = value;
	}
	return found;
}

/** Key or name of the field that records are matched by; undefined where none is chosen. */
export function readMatchColumn(context: IExecuteFunctions, index: number): string | undefined {
	const columns = itemParameter(context, index)(`${FORM}["matchingColumns"]`);
	if (isUnset(columns)) return undefined;
	const fix = 'Choose a text, e-mail, phone or number field under Field to Match On.';
	if (!Array.isArray(columns)) refuse(MATCH_LABEL, columns, 'not a list of fields', fix, {});
	const [column] = columns.filter((one) => !isUnset(one));
	return column === undefined ? undefined : readText(MATCH_LABEL, column, {});
}

/** The field that records are matched by. Throws ChangeSettingsError. */
export function matchFieldOf(table: KnackTable, column: string | undefined): KnackField {
	const field = column === undefined ? undefined : findField(table, column);
	if (field && canMatchBy(field)) return field;
	throw new ChangeSettingsError(
		field
			? `Records cannot be matched by ${field.name}.`
			: column === undefined
				? 'It is not chosen which field records are matched by.'
				: `The field ${column}, by which records are matched, is not in the table ${table.name}.`,
		'Choose a text, e-mail, phone or number field under Field to Match On.',
	);
}
