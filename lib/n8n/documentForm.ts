import type { FieldType, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import { headerFields, type MappableField } from '../sync/map/mappableFields';
import type { SampleShape } from '../sync/map/sampleShape';
import { statusChoices } from '../sync/map/statusChoices';
import { expressionOf, suggestMapping } from '../sync/map/suggestMapping';
import { identityFields } from '../sync/status/identityFields';
import type { DocumentDefinition, FieldKind } from '../xero/documents/definition';
import type { OrganisationSettings } from '../xero/settings';

/** What of an organisation a form shows in its dropdowns. */
export type FormSettings = Pick<
	OrganisationSettings,
	'accounts' | 'taxRates' | 'currencies' | 'brandingThemes' | 'trackingCategories'
>;

/** Widgets that n8n has for our kinds; texts for all others, since names are read as well as codes. */
const TYPES: Readonly<Partial<Record<FieldKind, FieldType>>> = {
	boolean: 'boolean',
	date: 'dateTime',
	money: 'number',
	unitPrice: 'number',
	quantity: 'number',
	percentage: 'number',
	rate: 'number',
};

/** Limits worth knowing before a record is refused for them; longer ones are hardly ever met. */
const SHORT = 50;

/**
 * The form for a document: its usual fields shown, the others under "Add field", names of accounts
 * and so on in dropdowns. With the shape of a sample item it comes pre-filled with expressions.
 */
export function documentForm(
	definition: DocumentDefinition,
	settings: FormSettings,
	sample?: SampleShape,
): ResourceMapperField[] {
	const suggested = sample ? suggestMapping(definition, sample) : new Map<string, never>();
	const hasStatusChoice = statusChoices(definition).length > 0;
	return headerFields(definition)
		.filter((field) => !(hasStatusChoice && field.path === definition.statusPath))
		.map((field) => {
			const place = suggested.get(field.path);
			return formField(field, {
				options: optionsOf(field, settings),
				isShown: field.usual || place !== undefined,
				defaultValue: place && expressionOf(place),
			});
		});
}

/** The form for the fields that tell which document a record means; none of them is required. */
export function identityForm(
	definition: DocumentDefinition,
	sample?: SampleShape,
): ResourceMapperField[] {
	const suggested = sample ? suggestMapping(definition, sample) : new Map<string, never>();
	return identityFields(definition).map((field) => {
		const place = suggested.get(field.path);
		return formField(field, {
			isShown: field.usual || place !== undefined,
			defaultValue: place && expressionOf(place),
		});
	});
}

interface FormFieldFacts {
	readonly options?: INodePropertyOptions[];
	readonly isShown: boolean;
	readonly defaultValue?: string;
}

export function formField(field: MappableField, facts: FormFieldFacts): ResourceMapperField {
	return {
		id: field.path,
		displayName: labelOf(field),
		required: field.requiredToCreate === true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !facts.isShown,
		type: facts.options ? 'options' : (TYPES[field.kind] ?? 'string'),
		...(facts.options ? { options: facts.options } : {}),
		...(facts.defaultValue === undefined ? {} : { defaultValue: facts.defaultValue }),
	};
}

function labelOf(field: MappableField): string {
	const notes = [
		...(field.requiredToApprove ? ['needed to approve'] : []),
		...(field.maxLength !== undefined && field.maxLength <= SHORT
			? [`up to ${field.maxLength} characters`]
			: []),
	];
	return notes.length === 0 ? field.label : `${field.label} (${notes.join(', ')})`;
}

/** Where something is listed: the lower, the sooner. */
export type Rank<Entry> = (entry: Entry) => number;

/** In which order the organisation's lists are shown; as Xero's own lists are, unless told. */
interface ListOrder {
	readonly accounts?: Rank<FormSettings['accounts'][number]>;
	readonly taxRates?: Rank<FormSettings['taxRates'][number]>;
}

function ranked<Entry>(entries: readonly Entry[], rank: Rank<Entry> = () => 0): Entry[] {
	return [...entries].sort((a, b) => rank(a) - rank(b));
}

/** The entries of a field's dropdown; undefined where it is filled in freely. */
export function optionsOf(
	field: MappableField,
	settings: FormSettings,
	order: ListOrder = {},
): INodePropertyOptions[] | undefined {
	switch (field.kind) {
		case 'account':
			return accountOptions(
				settings.accounts.filter(({ type }) => type !== 'BANK'),
				order.accounts,
			);
		case 'paymentAccount':
			return accountOptions(
				settings.accounts.filter(
					({ type, enablePaymentsToAccount }) => type === 'BANK' || enablePaymentsToAccount,
				),
			);
		case 'taxType':
			return ranked(settings.taxRates, order.taxRates)
				.filter((rate) => rate.status === 'ACTIVE')
				.map((rate) => ({ name: rate.name, value: rate.taxType }));
		case 'currency':
			return settings.currencies.map((code) => ({ name: code, value: code }));
		case 'brandingTheme':
			return settings.brandingThemes.map((theme) => ({ name: theme.name, value: theme.id }));
		case 'choice':
		case 'tracking':
			return field.choices?.map((choice) => ({ name: choice.label, value: choice.value }));
		default:
			return undefined;
	}
}

/** Active accounts by code, as Xero's own lists are sorted; bank accounts may have none. */
function accountOptions(
	accounts: FormSettings['accounts'],
	rank?: Rank<FormSettings['accounts'][number]>,
): INodePropertyOptions[] {
	const nameOf = ({ code, name }: FormSettings['accounts'][number]) =>
		code === undefined ? name : `${code} ${name}`;
	const byName = accounts
		.filter(({ status }) => status === 'ACTIVE')
		.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
	return ranked(byName, rank).map((account) => ({
		name: nameOf(account),
		value: account.code ?? account.id,
	}));
}
