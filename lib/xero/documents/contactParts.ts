import { Address, Phone } from '../../vendor/xeroModels';
import type { FieldDefinition } from './definition';
import { PAYMENT_TERM_TYPES } from './fieldChoices';
import { fieldInSlot, modelFields } from './modelFields';
import type { FieldFacts } from './modelFields';
import { readText } from './reading';
import { atPosition, inMarkedEntry, property } from './wireSlots';

const ADDRESS: Readonly<Record<string, FieldFacts>> = {
	attentionTo: { label: 'Attention To', maxLength: 255 },
	addressLine1: { label: 'Address Line 1', maxLength: 500 },
	addressLine2: { label: 'Address Line 2', maxLength: 500 },
	addressLine3: { label: 'Address Line 3', maxLength: 500 },
	addressLine4: { label: 'Address Line 4', maxLength: 500 },
	city: { label: 'City', maxLength: 255 },
	region: { label: 'Region', maxLength: 255 },
	postalCode: { label: 'Postal Code', maxLength: 50 },
	country: { label: 'Country', maxLength: 50 },
};

/** What Knack builders call the parts of an address that has no other name. */
const ADDRESS_NAMES: Readonly<Record<string, readonly string[]>> = {
	addressLine1: ['address', 'street', 'address line 1', 'street address'],
	addressLine2: ['address line 2', 'street 2'],
	city: ['city', 'town', 'suburb'],
	region: ['region', 'state', 'county', 'province'],
	postalCode: ['postal code', 'postcode', 'post code', 'zip', 'zip code'],
	country: ['country'],
};

const PHONE: Readonly<Record<string, FieldFacts>> = {
	phoneNumber: { label: 'Number', maxLength: 50 },
	phoneAreaCode: { label: 'Area Code', maxLength: 10 },
	phoneCountryCode: { label: 'Country Code', maxLength: 20 },
};

export const PERSON: Readonly<Record<string, FieldFacts>> = {
	firstName: { label: 'First Name', maxLength: 255 },
	lastName: { label: 'Last Name', maxLength: 255 },
	emailAddress: { label: 'Email Address', kind: 'email', maxLength: 255 },
	includeInEmails: { label: 'Include in Emails', kind: 'boolean' },
};

export const TERM: Readonly<Record<string, FieldFacts>> = {
	day: { label: 'Days', kind: 'quantity', places: 0 },
	type: { label: 'Type', kind: 'choice', choices: PAYMENT_TERM_TYPES },
};

export const BATCH_PAYMENTS: Readonly<Record<string, FieldFacts>> = {
	bankAccountNumber: { label: 'Bank Account Number' },
	bankAccountName: { label: 'Bank Account Name' },
	details: { label: 'Details' },
	code: { label: 'Code' },
	reference: { label: 'Reference' },
};

export function addressFields(slotName: string, type: string, label: string): FieldDefinition[] {
	const table =
		slotName === 'street'
			? Object.fromEntries(
					Object.entries(ADDRESS).map(([name, facts]) => [
						name,
						{ ...facts, alsoCalled: ADDRESS_NAMES[name] },
					]),
				)
			: ADDRESS;
	return modelFields(Address, table, {
		prefix: `addresses.${slotName}.`,
		labelPrefix: label,
		around: (slot) => inMarkedEntry('Addresses', 'AddressType', type, slot),
	});
}

export function phoneFields(
	slotName: string,
	label: string,
	names: readonly string[],
): FieldDefinition[] {
	const table = {
		...PHONE,
		phoneNumber: { label: 'Number', maxLength: 50, isPhone: true, alsoCalled: names },
	};
	return modelFields(Phone, table, {
		prefix: `phones.${slotName}.`,
		labelPrefix: label,
		around: (slot) => inMarkedEntry('Phones', 'PhoneType', slotName.toUpperCase(), slot),
	});
}

const PHONE_PARTS = ['PhoneCountryCode', 'PhoneAreaCode', 'PhoneNumber'] as const;

/**
 * A telephone number as Knack keeps it, in one. Xero's own screens part it into country, area and
 * number: read, they are joined; written, all of it is the number.
 */
export const WHOLE_PHONE: FieldDefinition = fieldInSlot(
	'phones.default.whole',
	{ label: 'Whole Phone Number', maxLength: 50, isPhone: true, isWhole: true },
	inMarkedEntry('Phones', 'PhoneType', 'DEFAULT', {
		get: (phone) => {
			const parts = PHONE_PARTS.map((name) => readText(phone, name)?.trim() ?? '');
			return parts.filter(Boolean).join(' ') || undefined;
		},
		put: (phone, value) => {
			Object.assign(phone, { PhoneCountryCode: '', PhoneAreaCode: '', PhoneNumber: value });
		},
	}),
);

/** The category and the option that a contact's sales or purchases are tracked under. */
export function contactTrackingFields(
	list: string,
	path: string,
	label: string,
): FieldDefinition[] {
	return [1, 2].flatMap((number) => [
		fieldInSlot(
			`${path}.${number}.category`,
			{ label: `${label} Tracking Category ${number}`, maxLength: 100 },
			atPosition(list, number - 1, property('TrackingCategoryName')),
		),
		fieldInSlot(
			`${path}.${number}.option`,
			{ label: `${label} Tracking Option ${number}`, maxLength: 100 },
			atPosition(list, number - 1, property('TrackingOptionName')),
		),
	]);
}
