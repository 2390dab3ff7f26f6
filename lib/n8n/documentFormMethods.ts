import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';
import { fieldLabel, findTable } from '../knack/tables';
import { headerFields, lineFields } from '../sync/map/mappableFields';
import { readShape } from '../sync/map/sampleShape';
import { suggestLineList } from '../sync/map/suggestMapping';
import { DOCUMENTS } from '../xero/documents';
import type { DocumentDefinition } from '../xero/documents/definition';
import { documentForm, lineForm } from './documentForm';
import { toNodeError } from './errors';
import { connectKnack } from './knackConnection';
import { LINE_FIELD } from './mapUpsert/runParameters';
import { settingsForForm } from './xeroConnection';
import { chosenOrganisation } from './xeroPickers';

function chosenDefinition(context: ILoadOptionsFunctions): DocumentDefinition {
	const type = context.getCurrentNodeParameter('document');
	return Object.values(DOCUMENTS).find((each) => each?.type === type) ?? DOCUMENTS.salesInvoice;
}

/** The form for the chosen document, with the organisation's lists, pre-filled from sample data. */
export async function getDocumentFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	try {
		const settings = await settingsForForm(this, chosenOrganisation(this));
		const sample = readShape(this.getCurrentNodeParameter('sampleShape'));
		return { fields: documentForm(chosenDefinition(this), settings, sample) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** The form for the lines of the chosen document, with the columns that the lines are known to have. */
export async function getLineFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	try {
		const definition = chosenDefinition(this);
		const settings = await settingsForForm(this, chosenOrganisation(this));
		return { fields: lineForm(definition, settings, await knownColumns(this, definition)) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

async function knownColumns(
	context: ILoadOptionsFunctions,
	definition: DocumentDefinition,
): Promise<readonly string[]> {
	const source = context.getCurrentNodeParameter('lineSource');
	if (source === 'knackTable') return await columnsOfTable(context);
	const sample = readShape(context.getCurrentNodeParameter('sampleShape'));
	if (!sample) return [];
	if (source === 'itemPerLine') return sample.fields;
	const told = context.getCurrentNodeParameter('lineList');
	const named = typeof told === 'string' ? sample.lists[told.trim()] : undefined;
	const suggested = suggestLineList(definition, sample);
	return named ?? (suggested === undefined ? [] : (sample.lists[suggested] ?? []));
}

async function columnsOfTable(context: ILoadOptionsFunctions): Promise<readonly string[]> {
	const table = context.getCurrentNodeParameter('lineTable', { extractValue: true });
	if (typeof table !== 'string' || table === '') return [];
	const app = await (await connectKnack(context)).app();
	const found = findTable(app, table);
	return found ? found.fields.map((field) => fieldLabel(found, field)) : [];
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
