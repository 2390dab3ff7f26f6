import type { INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import { columnChoice, forAllLines, lineFormFields } from '../sync/map/columnChoice';
import { ID_PATH, type MappableField } from '../sync/map/mappableFields';
import { suggestLineMapping } from '../sync/map/suggestMapping';
import type { DocumentDefinition } from '../xero/documents/definition';
import { formField, optionsOf, type FormSettings, type Rank } from './documentForm';

/** What a list offers while no lines have been seen; choosing it chooses nothing. */
const NO_COLUMNS: INodePropertyOptions = {
	name: 'No Columns Known Yet',
	value: '',
	description: 'Run the step before this one, then refresh the field list',
};

/**
 * The form for a document's lines: a dropdown for each field, with the columns of the lines and what
 * the organisation offers. Texts and numbers have no such list; one that all lines share has a field
 * of its own under "Add field". What a column is stands in what is saved, so that it is never taken
 * for a value.
 */
export function lineForm(
	definition: DocumentDefinition,
	settings: FormSettings,
	columns: readonly string[] = [],
	list?: string,
): ResourceMapperField[] {
	const columnOption = (column: string): INodePropertyOptions => ({
		name: columnChoice(column),
		value: columnChoice(column),
		...(list === undefined ? {} : { description: `Of the lines in ${list}` }),
	});
	const suggested = suggestLineMapping(definition, columns, settings.trackingCategories);
	const taken = new Set(suggested.values());
	const byUse = [
		...columns.filter((column) => !taken.has(column)),
		...columns.filter((column) => taken.has(column)),
	].map(columnOption);
	const order = orderFor(definition);
	return lineFormFields(definition, settings.trackingCategories).flatMap(({ id, field }) => {
		const own = optionsOf(field, settings, order);
		const column = suggested.get(field.path);
		const likely = column === undefined ? [] : [columnOption(column)];
		const others = byUse.filter(({ value }) => !likely.some((each) => each.value === value));
		const options = [...likely, ...(own ?? []), ...others];
		const entry = formField(field, {
			options: options.length > 0 ? options : [NO_COLUMNS],
			isShown: field.usual || column !== undefined,
			defaultValue: column === undefined ? undefined : columnChoice(column),
		});
		return [{ ...entry, id }, ...(own || field.path === ID_PATH ? [] : [sharedField(id, field)])];
	});
}

/** Text also for numbers: what cannot be read holds its own record, where n8n stops all of them. */
function sharedField(id: string, field: MappableField): ResourceMapperField {
	return {
		...formField({ ...field, label: `${field.label} for All Lines` }, { isShown: false }),
		id: forAllLines(id),
		displayName: `${field.label} for All Lines`,
		required: false,
		type: 'string',
	};
}

/** What is sold goes to income, and what is bought is an expense or an asset; the rest is rare. */
function orderFor({ amounts }: DocumentDefinition): {
	readonly accounts: Rank<FormSettings['accounts'][number]>;
	readonly taxRates: Rank<FormSettings['taxRates'][number]>;
} {
	const isBought = amounts.sideOf({}) === 'purchase';
	const classes = isBought ? ['EXPENSE', 'ASSET', 'LIABILITY'] : ['REVENUE', 'EXPENSE'];
	return {
		accounts: ({ accountClass }) => {
			const place = classes.indexOf(accountClass);
			return place === -1 ? classes.length : place;
		},
		taxRates: ({ canApplyTo }) => ((isBought ? canApplyTo.expenses : canApplyTo.revenue) ? 0 : 1),
	};
}
