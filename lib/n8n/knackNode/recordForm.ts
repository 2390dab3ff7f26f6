import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import type { KnackField, KnackTable } from '../../knack/app';
import { likelySuccessor } from '../../knack/fieldSuccessors';
import { isWritable } from '../../knack/fields/codecs';
import { fieldLabel } from '../../knack/tables';
import { canMatchBy } from '../../sync/knackRecords/matchRecords';
import { withLostFields } from '../formDrift';
import { openTable } from '../knackPickers';
import { formInWords } from '../pickerWords';

/** Widgets that n8n has for Knack's types; text for all others, which takes expressions as well. */
const WIDGETS: Readonly<Record<string, FieldType>> = {
	boolean: 'boolean',
	number: 'number',
	currency: 'number',
	rating: 'number',
	timer: 'object',
};

/** The form for a record of the chosen table: one entry for each field that can be written. */
export async function getRecordFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await formInWords(this, {
		parameter: 'fields',
		none: 'Choose a table that has fields which can be written; its fields then stand here.',
		load: async (saved) => {
			const open = await openTable(this);
			if (!open) return [];
			const operation = this.getCurrentNodeParameter('operation');
			const { table } = open;
			const fields = recordForm(table, operation === 'create');
			return withLostFields(fields, saved, (lost) => {
				const successor = likelySuccessor(table, { key: lost.id, name: lost.displayName });
				return `Deleted${successor ? `; Perhaps Now ${fieldLabel(table, successor)}` : ''}`;
			});
		},
		kept: (saved) => [...saved.fields],
	});
}

export function recordForm(table: KnackTable, isCreate: boolean): ResourceMapperField[] {
	const writable = table.fields.filter(isWritable);
	const match = defaultMatch(table, writable);
	return writable.map((field) => ({
		id: field.key,
		displayName: fieldLabel(table, field),
		required: isCreate && field.required,
		defaultMatch: field.key === match?.key,
		canBeUsedToMatch: canMatchBy(field),
		display: true,
		...widgetOf(field),
	}));
}

function widgetOf(field: KnackField): Pick<ResourceMapperField, 'type' | 'options'> {
	if (field.type === 'multiple_choice' && !field.allowsMany && field.options) {
		return {
			type: 'options',
			options: field.options.map((option) => ({ name: option, value: option })),
		};
	}
	const isDay = field.type === 'date_time' && field.dateFormat !== 'Ignore Date';
	return { type: isDay ? 'dateTime' : (WIDGETS[field.type] ?? 'string') };
}

/** A unique field, else the one that stands for a record, else the first that can. */
function defaultMatch(table: KnackTable, writable: readonly KnackField[]): KnackField | undefined {
	const fit = writable.filter(canMatchBy);
	return (
		fit.find(({ unique }) => unique) ?? fit.find(({ key }) => key === table.displayField) ?? fit[0]
	);
}
