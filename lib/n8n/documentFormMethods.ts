import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { foldText } from '../foldText';
import { tableOrFault } from '../knack/fieldSuccessors';
import { fieldLabel } from '../knack/tables';
import { fieldForAllLines, lineFormFields, LISTED_KINDS } from '../sync/map/columnChoice';
import { headerFields, lineFields } from '../sync/map/mappableFields';
import { postalPath } from '../sync/map/postalAddress';
import { readShape } from '../sync/map/sampleShape';
import { suggestLineList } from '../sync/map/suggestMapping';
import { documentOfType } from '../xero/documents';
import type { DocumentDefinition } from '../xero/documents/definition';
import { readEarningsRates } from '../xero/payroll';
import type { OrganisationSettings } from '../xero/settings';
import { successorOfCategory } from '../sync/settingSuccessors';
import { documentForm, formOfOthers, identityForm, type FormSettings } from './documentForm';
import { withLostFields, withLostSettings } from './formDrift';
import { connectKnack } from './knackConnection';
import { lineForm } from './lineForm';
import { DEFINITIONS } from './mapUpsert/documents';
import { kindsInRules } from './mapUpsert/documentRules';
import { LINE_FIELD } from './mapUpsert/runParameters';
import { asSaved, formInWords, listInWords, type SavedMapping } from './pickerWords';
import { withSavedColumns } from './savedColumns';
import { clientForForm, settingsForForm } from './xeroConnection';
import { chosenOrganisation } from './xeroPickers';

/** The document that the node is set to. */
export function chosenDefinition(context: ILoadOptionsFunctions): DocumentDefinition {
	const type = context.getCurrentNodeParameter('document');
	const definition = documentOfType(type) ?? DEFINITIONS[0];
	if (!definition) throw new Error('The registry is empty.');
	return definition;
}

/** What records may become by rule, beside the chosen document. */
function kindsByRule(
	context: ILoadOptionsFunctions,
	definition: DocumentDefinition,
): DocumentDefinition[] {
	const chosen = context.getCurrentNodeParameter('moreSettings');
	if (!Array.isArray(chosen) || !chosen.includes('documentRules')) return [];
	return kindsInRules(context.getCurrentNodeParameter('documentRules')).filter(
		(each) => each !== definition,
	);
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
			const own = documentForm(definition, settings, sample);
			const fields = withoutNewOnes(
				saved,
				[...own, ...formOfOthers(definition, kindsByRule(this, definition), settings)],
				({ id }) => id === postalPath(definition),
			);
			return withLostSettings(fields, saved, {
				known: headerFields(definition).map((field) => ({ id: field.path, field })),
				settings,
			});
		},
		kept: (saved) =>
			asSaved(saved, [
				...documentForm(definition, NO_SETTINGS),
				...formOfOthers(definition, kindsByRule(this, definition), NO_SETTINGS),
			]),
		withoutLists: async () => {
			const sample = readShape(this.getCurrentNodeParameter('sampleShape'));
			return await Promise.resolve(
				withWords(definition, documentForm(definition, NO_SETTINGS, sample)),
			);
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
			const organisation = await settingsForForm(this, chosenOrganisation(this));
			const settings = { ...organisation, trackingCategories: asNamed(organisation, saved) };
			const earningsRates = await earningsRatesFor(this, definition, settings, saved);
			const seen = await linesSeen(this, definition);
			const known = lineFormFields(definition, settings.trackingCategories);
			const fields = withoutNewShared(
				saved,
				lineForm(definition, { ...settings, earningsRates }, seen.columns, seen.list),
			);
			const kept = withSavedColumns(fields, saved, seen.columns, known);
			const marked = withLostSettings(kept, saved, { known, settings });
			return withLostFields(marked, saved, (lost) => lostCategoryWords(lost, settings));
		},
		withoutLists: async () => {
			const seen = await linesSeen(this, definition);
			return withWords(definition, lineForm(definition, NO_SETTINGS, seen.columns, seen.list));
		},
		kept: (saved) => {
			const present = withoutNewShared(saved, lineForm(definition, NO_SETTINGS));
			const fields = asSaved(saved, present);
			// Only Xero knows the tracking categories.
			return [...fields, ...saved.fields.filter(({ id }) => id.startsWith(TRACKING))];
		},
	});
}

/** The names of the rates by which hours are paid; the reason where payroll cannot be asked. */
async function earningsRatesFor(
	context: ILoadOptionsFunctions,
	{ isPaidByPeriod }: DocumentDefinition,
	settings: OrganisationSettings,
	saved: SavedMapping,
): Promise<INodePropertyOptions[] | undefined> {
	if (!isPaidByPeriod) return undefined;
	return await listInWords(context, saved.values[isPaidByPeriod.ratePath], async () => {
		const client = await clientForForm(context, chosenOrganisation(context));
		const rates = await readEarningsRates(client, settings);
		const names = new Set(rates.flatMap(({ names: [name] }) => name ?? []));
		return [...names].sort().map((name) => ({ name, value: name }));
	});
}

/** The lists of a form that nobody could be asked for say so. */
function withWords(
	definition: DocumentDefinition,
	fields: readonly ResourceMapperField[],
): ResourceMapperField[] {
	const first = { name: 'Choose a Xero credential above, then open this step again', value: '' };
	const listed = [...headerFields(definition), ...lineFields(definition)]
		.filter(({ kind }) => kind !== 'choice' && LISTED_KINDS.has(kind))
		.map(({ path }) => path);
	return fields.map((field) =>
		listed.includes(field.id) ? { ...field, options: [first, ...(field.options ?? [])] } : field,
	);
}

/**
 * The editor shows each field that the saved form does not have yet, whether it is to be shown or not;
 * a form of 0.1.0 would open with a dozen empty ones for what all lines share.
 */
function withoutNewShared(
	saved: SavedMapping,
	fields: readonly ResourceMapperField[],
): ResourceMapperField[] {
	return withoutNewOnes(saved, fields, ({ id }) => fieldForAllLines(id) !== undefined);
}

function withoutNewOnes(
	saved: SavedMapping,
	fields: readonly ResourceMapperField[],
	isNew: (field: ResourceMapperField) => boolean,
): ResourceMapperField[] {
	const isNewForm = saved.fields.length === 0 || saved.fields.some(isNew);
	return fields.filter((field) => isNewForm || !isNew(field));
}

const TRACKING = 'tracking.';

/**
 * The tracking categories, those by their names that the saved form has so: an example names them,
 * since their ids are of one organisation.
 */
function asNamed(
	{ trackingCategories }: OrganisationSettings,
	saved: SavedMapping,
): OrganisationSettings['trackingCategories'] {
	const named = saved.fields
		.filter(({ id }) => id.startsWith(TRACKING))
		.map(({ id }) => id.slice(TRACKING.length));
	return trackingCategories.map((category) => {
		const name = named.find((each) => foldText(each) === foldText(category.name));
		return name === undefined ? category : { ...category, id: name };
	});
}

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
	earningsRates: [],
};

/** What is known of the lines before a run. */
interface LinesSeen {
	readonly columns: readonly string[];
	/** The list of the item that holds them, where they come from one. */
	readonly list?: string;
}

async function linesSeen(
	context: ILoadOptionsFunctions,
	definition: DocumentDefinition,
): Promise<LinesSeen> {
	const source = context.getCurrentNodeParameter('lineSource');
	if (source === 'knackTable') return { columns: await columnsOfTable(context) };
	const sample = readShape(context.getCurrentNodeParameter('sampleShape'));
	if (!sample) return { columns: [] };
	if (source === 'itemPerLine') {
		const ofGroups = Object.entries(sample.groups).flatMap(([group, names]) =>
			names.map((name) => `${group}.${name}`),
		);
		return { columns: [...sample.fields, ...ofGroups] };
	}
	const told = toldList(context);
	const isThere = typeof told === 'string' && sample.lists[told.trim()] !== undefined;
	const list = isThere ? told.trim() : suggestLineList(definition, sample);
	if (list === undefined) return { columns: [] };
	return { columns: sample.lists[list] ?? [], list };
}

/** The list that is chosen, as 0.1.0 kept it or under More Settings. */
function toldList(context: ILoadOptionsFunctions): unknown {
	return (
		context.getCurrentNodeParameter('lineList') || context.getCurrentNodeParameter('linesList')
	);
}

/** The lists in the item before the node, the one that looks like lines first: it is taken unless another is chosen. */
export async function getLineLists(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const sample = readShape(this.getCurrentNodeParameter('sampleShape'));
	const found = sample && suggestLineList(chosenDefinition(this), sample);
	const lists = Object.entries(sample?.lists ?? {}).map(([name, columns]) => ({
		name,
		value: name,
		description: columns.join(', '),
	}));
	const told = toldList(this);
	const isOther =
		typeof told === 'string' &&
		told !== '' &&
		!told.startsWith('[') &&
		!lists.some(({ value }) => value === told);
	return await Promise.resolve([
		found === undefined
			? { name: 'The One That Looks Like Lines', value: '' }
			: { name: `Found: ${found}`, value: '', description: 'The list that looks like lines' },
		// A choice stays in the list, also while no item is there to look at.
		...(isOther ? [{ name: told, value: told }] : []),
		...lists,
	]);
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
