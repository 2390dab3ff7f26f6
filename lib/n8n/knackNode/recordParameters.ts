import type { IExecuteFunctions } from 'n8n-workflow';
import type { KnackField, KnackTable } from '../../knack/app';
import { isWritable } from '../../knack/fields/codecs';
import { findField } from '../../knack/tables';
import { ChangeSettingsError } from '../../sync/knackChanges/changeSettings';
import type { RecordValues } from '../../sync/knackRecords/linkNames';
import { canMatchBy } from '../../sync/knackRecords/matchRecords';
import { isRecord } from '../../sync/map/sampleShape';
import { z } from '../../vendor/zod';

const optionsSchema = z.object({
	emptyValues: z.enum(['keep', 'clear']).catch('keep'),
	timeZone: z.string().trim().optional().catch(undefined),
	fileName: z.string().trim().optional().catch(undefined),
});

export function readOptions(
	context: IExecuteFunctions,
	index: number,
): z.infer<typeof optionsSchema> {
	return optionsSchema.parse(context.getNodeParameter('options', index, {}));
}

export function readSimplify(context: IExecuteFunctions, index: number): boolean {
	return context.getNodeParameter('simplify', index, true) !== false;
}

/**
 * The values for one record, by field key. Mapped automatically they are those of the item that bear
 * the name of a field that can be written.
 */
export function readValues(
	context: IExecuteFunctions,
	table: KnackTable,
	index: number,
): RecordValues {
	if (context.getNodeParameter('fields["mappingMode"]', index, '') === 'autoMapInputData') {
		return valuesByName(context.getInputData()[index]?.json ?? {}, table);
	}
	// Spelt with brackets because n8n checks values of `fields.value` against the form and fails the
	// whole node at the first that does not fit; here each is an issue of its own record.
	const values: unknown = context.getNodeParameter('fields["value"]', index, {});
	return isRecord(values) ? values : {};
}

function valuesByName(json: Readonly<Record<string, unknown>>, table: KnackTable): RecordValues {
	const found: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(json)) {
		const field = findField(table, name);
		if (field && isWritable(field)) found[field.key] = value;
	}
	return found;
}

/** The field that records are matched by. Throws ChangeSettingsError. */
export function readMatchField(
	context: IExecuteFunctions,
	table: KnackTable,
	index: number,
): KnackField {
	const columns = z
		.array(z.string())
		.catch([])
		.parse(context.getNodeParameter('fields["matchingColumns"]', index, []));
	const [column] = columns;
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
