import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { tableOrFault } from '../knack/fieldSuccessors';
import { fieldLabel } from '../knack/tables';
import { headerFields, lineFields } from '../sync/map/mappableFields';
import { readShape } from '../sync/map/sampleShape';
import { suggestLineList } from '../sync/map/suggestMapping';
import { DOCUMENTS } from '../xero/documents';
import type { DocumentDefinition } from '../xero/documents/definition';
import type { OrganisationSettings } from '../xero/settings';
import { successorOfCategory } from '../sync/settingSuccessors';
import {
	documentForm,
	identityForm,
	lineForm,
	lineFormFields,
	type FormSettings,
} from './documentForm';
import { withLostFields, withLostSettings } from './formDrift';
import { connectKnack } from './knackConnection';
import { LINE_FIELD } from './mapUpsert/runParameters';
import { asSaved, formInWords } from './pickerWords';
import { settingsForForm } from './xeroConnection';
import { chosenOrganisation } from './xeroPickers';

/** The document that the node is set to. */
export function chosenDefinition(context: ILoadOptionsFunctions): DocumentDefinition {
	const type = context.getCurrentNodeParameter('document');
	return Object.values(DOCUMENTS).find((each) => each?.type === type) ?? DOCUMENTS.salesInvoice;
}

/** The form for the chosen document, with the organisation's lists, pre-filled from sample data. */
export async function getDocumentFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const definition = chosenDefinition(this);
	return await formInWords(this, {
		parameter: 'fields',
		none: 'This document has no fields to fill.',
		load: async (saved) => {
			const settings = await settingsForForm(this, chosenOrganisation(this));
			const sample = readShape(this.getCurrentNodeParameter('sampleShape'));
			const fields = documentForm(definition, settings, sample);
			return withLostSettings(fields, saved, {
				known: headerFields(definition).map((field) => ({ id: field.path, field })),
				settings,
			});
		},
		kept: (saved) => asSaved(saved, documentForm(definition, NO_SETTINGS)),
		withoutLists: async () => {
			const sample = readShape(this.getCurrentNodeParameter('sampleShape'));
			return await Promise.resolve(withWords(documentForm(definition, NO_SETTINGS, sample)));
		},
	});
}

/** The form for what tells which document is meant, pre-filled from sample data. Asks Xero nothing. */
export async function getIdentityFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const sample = readShape(this.getCurrentNodeParameter('sampleShape'));
	return await Promise.resolve({ fields: identityForm(chosenDefinition(this), sample) });
}

/** The form for the lines of the chosen document, with the columns that the lines are known to have. */
export async function getLineFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const definition = chosenDefinition(this);
	return await formInWords(this, {
		parameter: 'lineFields',
		none: 'This document has no lines.',
		load: async (saved) => {
			const settings = await settingsForForm(this, chosenOrganisation(this));
			const columns = await knownColumns(this, definition);
			const known = lineFormFields(definition, settings);
			const fields = lineForm(definition, settings, columns);
			const marked = withLostSettings(fields, saved, { known, settings, columns });
			return withLostFields(marked, saved, (lost) => lostCategoryWords(lost, settings));
		},
		withoutLists: async () =>
			withWords(lineForm(definition, NO_SETTINGS, await knownColumns(this, definition))),
		kept: (saved) => {
			const fields = asSaved(saved, lineForm(definition, NO_SETTINGS));
			// Only Xero knows the tracking categories.
			return [...fields, ...saved.fields.filter(({ id }) => id.startsWith(TRACKING))];
		},
	});
}

/** The lists of a form that nobody could be asked for say so. */
function withWords(fields: readonly ResourceMapperField[]): ResourceMapperField[] {
	const first = { name: 'Choose a Xero credential above, then open this step again', value: '' };
	return fields.map((field) =>
		field.options ? { ...field, options: [first, ...field.options] } : field,
	);
}

const TRACKING = 'tracking.';

function lostCategoryWords(
	lost: ResourceMapperField,
	settings: OrganisationSettings,
): string | undefined {
	if (!lost.id.startsWith(TRACKING)) return undefined;
	const successor = successorOfCategory(settings, lost.displayName);
	return `Archived${successor ? `; Perhaps Now ${successor.name}` : ''}`;
}

const NO_SETTINGS: FormSettings = {
	accounts: [],
	taxRates: [],
	currencies: [],
	brandingThemes: [],
	trackingCategories: [],
};

async function knownColumns(
	context: ILoadOptionsFunctions,
	definition: DocumentDefinition,
): Promise<readonly string[]> {
	const source = context.getCurrentNodeParameter('lineSource');
	if (source === 'knackTable') return await columnsOfTable(context);
	const sample = readShape(context.getCurrentNodeParameter('sampleShape'));
	if (!sample) return [];
	if (source === 'itemPerLine') return sample.fields;
	const told =
		context.getCurrentNodeParameter('lineList') || context.getCurrentNodeParameter('linesList');
	const named = typeof told === 'string' ? sample.lists[told.trim()] : undefined;
	const suggested = suggestLineList(definition, sample);
	return named ?? (suggested === undefined ? [] : (sample.lists[suggested] ?? []));
}

async function columnsOfTable(context: ILoadOptionsFunctions): Promise<readonly string[]> {
	const table = context.getCurrentNodeParameter('lineTable', { extractValue: true });
	if (typeof table !== 'string' || table === '') return [];
	const app = await (await connectKnack(context)).app();
	const found = tableOrFault(app, table);
	return found.fields.map((field) => fieldLabel(found, field));
}

/** Fields of the chosen document and of its lines, for values that fill blanks. */
export async function getFieldNames(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const definition = chosenDefinition(this);
	return [
		...headerFields(definition).map((field) => ({ name: field.label, value: field.path })),
		...lineFields(definition).map((field) => ({
			name: `Line: ${field.label}`,
			value: `${LINE_FIELD}${field.path}`,
		})),
	];
}
