import type { FieldType, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import { headerFields, type MappableField } from '../sync/map/mappableFields';
import type { SampleShape } from '../sync/map/sampleShape';
import { postalAddressField, postalPath } from '../sync/map/postalAddress';
import { statusChoices } from '../sync/map/statusChoices';
import { addressExpressionOf, expressionOf, suggestMapping } from '../sync/map/suggestMapping';
import { identityFields } from '../sync/status/identityFields';
import type { DocumentDefinition, FieldKind } from '../xero/documents/definition';
import type { OrganisationSettings } from '../xero/settings';

/** What of an organisation a form shows in its dropdowns. */
export type FormSettings = Pick<
	OrganisationSettings,
	'accounts' | 'taxRates' | 'currencies' | 'brandingThemes' | 'trackingCategories'
> & {
	/** Of payroll, which is asked for the form of hours alone; else undefined. */
	readonly earningsRates?: readonly INodePropertyOptions[];
};

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

/**
 * The form for a document: its usual fields shown, the others under "Add field", names of accounts
 * and so on in dropdowns. With the shape of a sample item it comes pre-filled with expressions.
 */
export function documentForm(
	definition: DocumentDefinition,
	settings: FormSettings,
	sample?: SampleShape,
): ResourceMapperField[] {
	const suggested = sample ? suggestedValues(definition, sample) : new Map<string, string>();
	const hasStatusChoice = statusChoices(definition).length > 0;
	const postal = postalPath(definition);
	return [
		...headerFields(definition),
		...(postal === undefined ? [] : [postalAddressField(postal)]),
	]
		.filter((field) => !(hasStatusChoice && field.path === definition.statusPath))
		.map((field) => {
			const defaultValue = suggested.get(field.path);
			return formField(field, {
				options: optionsOf(field, settings),
				isShown: isShown(field, defaultValue !== undefined, sample !== undefined),
				defaultValue,
			});
		});
}

/**
 * What is usual, and what the sample has a value for. Of a contact inside a document that is what it is
 * found by, and where it is: its other parts come filled in when they are added.
 */
function isShown(field: MappableField, isSuggested: boolean, hasSample: boolean): boolean {
	if (field.requiredToCreate) return true;
	if (field.path.startsWith('contact.') && !field.usual) {
		return isSuggested && CONTACT_SHOWN.has(field.path);
	}
	return isSuggested || (field.usual && !(hasSample && field.path === AMOUNTS_ARE));
}

const AMOUNTS_ARE = 'lineAmountTypes';

const CONTACT_SHOWN: ReadonlySet<string> = new Set([
	'contact.id',
	'contact.contactNumber',
	'contact.addresses.pobox',
]);

/** Expressions by field path. A whole address goes into the postal one, which takes it in its parts. */
function suggestedValues(definition: DocumentDefinition, sample: SampleShape): Map<string, string> {
	const places = suggestMapping(definition, sample);
	const postal = postalPath(definition);
	const street = postal?.replace(/pobox$/, 'street') ?? '';
	const whole = places.get(`${street}.addressLine1`);
	const isWhole = whole !== undefined && !places.has(`${street}.city`);
	const values = new Map<string, string>();
	for (const [path, place] of places) {
		if (path.startsWith(`${street}.`) && postal !== undefined) {
			if (!isWhole) values.set(path.replace(street, postal), expressionOf(place));
		} else values.set(path, expressionOf(place));
	}
	if (isWhole && postal !== undefined) values.set(postal, addressExpressionOf(whole));
	return values;
}

/**
 * Fields that only other documents have which records may become by rule. The number goes by that of the document itself.
 */
export function formOfOthers(
	definition: DocumentDefinition,
	others: readonly DocumentDefinition[],
	settings: FormSettings,
): ResourceMapperField[] {
	const known = new Set(headerFields(definition).map(({ path }) => path));
	return others.flatMap((other) =>
		headerFields(other)
			.filter(({ path }) => path !== other.numberPath && path !== other.statusPath)
			.filter(({ path }) => !known.has(path) && known.add(path))
			.map((field) => {
				const isShown = field.requiredToCreate === true || field.usual;
				const facts = { options: optionsOf(field, settings), isShown };
				const label = `${field.label} (${other.label})`;
				return formField({ ...field, label, requiredToCreate: false }, facts);
			}),
	);
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
	return field.requiredToApprove ? `${field.label} (to Approve)` : field.label;
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
		case 'earningsRate':
			return settings.earningsRates && [...settings.earningsRates];
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
