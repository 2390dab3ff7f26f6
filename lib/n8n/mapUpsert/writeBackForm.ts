import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { WRITE_BACK_LABELS } from '../../sync/outcomeWriteBack';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { hasSourceLink } from '../../sync/plan/sourceLink';
import { writeBackPlaces, type WriteBackPlace } from '../../sync/writeBackFit';
import { chosenDefinition } from '../documentFormMethods';
import { openTable, writableFields, type OpenTable } from '../knackPickers';
import { formInWords, type SavedMapping } from '../pickerWords';
import { WRITE_BACK_FORM } from './writeBackParameters';

/** Shown also where no field is named after them. */
const USUAL: ReadonlySet<string> = new Set(['xeroId', 'number', 'status', 'link', 'message']);

/** The form for what is written back: each part with the fields of the table, its own chosen. */
export async function getWriteBackForm(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await formInWords(this, {
		parameter: WRITE_BACK_FORM,
		none: 'The Knack table is not known yet. Run the Knack Trigger before this node once, or choose the table from the list under Knack Table.',
		load: async (saved) => {
			const open = await openTable(this);
			if (!open) return [];
			const definition = chosenDefinition(this);
			const places = writeBackPlaces(definition, open.table);
			return places.map((place) => formField(place, open, saved, isAlwaysShown(definition)));
		},
		kept: (saved) => [...saved.fields],
	});
}

/** What was last sent is kept nowhere else of what bears no link to its record. */
function isAlwaysShown(definition: DocumentDefinition): (part: WriteBackPlace['part']) => boolean {
	const bearsLink = hasSourceLink(definition);
	return (part) => USUAL.has(part) || (part === 'fingerprint' && !bearsLink);
}

function formField(
	{ part, likely }: WriteBackPlace,
	open: OpenTable,
	saved: SavedMapping,
	isShown: (part: WriteBackPlace['part']) => boolean,
): ResourceMapperField {
	return {
		id: part,
		displayName: WRITE_BACK_LABELS[part],
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !isShown(part) && likely === undefined,
		type: 'options',
		options: withSaved(optionsOf(open, likely?.key), saved.values[part], open),
		...(likely ? { defaultValue: likely.key } : {}),
	};
}

function optionsOf(open: OpenTable, likely: string | undefined): INodePropertyOptions[] {
	const options = writableFields(open);
	const first = options
		.filter(({ value }) => value === likely)
		.map((option) => ({
			...option,
			description: `${option.description ?? ''}, looks like the right one`,
		}));
	const others = options.filter(({ value }) => value !== likely);
	return [...first, { name: '(Do Not Write)', value: '' }, ...others];
}

/** A field that is chosen by its name, or is not in the table any more, stays in the list. */
function withSaved(
	options: INodePropertyOptions[],
	saved: unknown,
	{ table }: OpenTable,
): INodePropertyOptions[] {
	if (typeof saved !== 'string' || options.some(({ value }) => value === saved)) return options;
	const isThere = table.fields.some(({ name }) => name === saved);
	const name = isThere ? saved : `${saved} (Not in ${table.name} Any More)`;
	return [{ name, value: saved }, ...options];
}
