import type { DocumentDefinition } from '../../xero/documents/definition';
import { isRecord } from './sampleShape';
import { isBlank } from './readFieldValue';
import type { MappableField } from './mappableFields';

/** Parts of an address in Xero, by what Knack's items call them under `knack.parts`. */
const PARTS = {
	street: 'addressLine1',
	street2: 'addressLine2',
	city: 'city',
	state: 'region',
	zip: 'postalCode',
	country: 'country',
} as const;

const LINES = ['addressLine1', 'addressLine2', 'addressLine3', 'addressLine4'] as const;

/** Where Xero keeps the postal address of a contact; undefined for documents without one. */
export function postalPath(definition: DocumentDefinition): string | undefined {
	const fields = new Set(definition.fields.map(({ path }) => path));
	return ['addresses.pobox', 'contact.addresses.pobox'].find((path) =>
		fields.has(`${path}.addressLine1`),
	);
}

/**
 * A field of the form for the whole postal address: it takes an address of Knack, which has parts, or
 * its text, line by line.
 */
export function postalAddressField(path: string): MappableField {
	const label = path.startsWith('contact.') ? 'Contact Billing Address' : 'Billing Address';
	return { path, label, kind: 'text', usual: false };
}

/**
 * The values of a form with the whole postal address in its parts, blank ones too, since a contact may
 * take those over from Xero. A part with a value of its own stays.
 */
export function withAddressParts(
	definition: DocumentDefinition,
	values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
	const path = postalPath(definition);
	if (path === undefined || !(path in values)) return values;
	const { [path]: whole, ...own } = values;
	if (whole === undefined) return own;
	const parts = Object.entries(partsOf(whole))
		.map(([part, value]) => [`${path}.${part}`, isBlank(value) ? null : value] as const)
		.filter(([name]) => isBlank(own[name]));
	return { ...own, ...Object.fromEntries(parts) };
}

function partsOf(whole: unknown): Record<string, unknown> {
	if (isRecord(whole) || isBlank(whole)) {
		const parts = isRecord(whole) ? whole : {};
		return Object.fromEntries(
			Object.entries(PARTS).map(([ofKnack, ofXero]) => [ofXero, parts[ofKnack]]),
		);
	}
	const lines = String(whole)
		.split('\n')
		.map((line) => line.trim());
	const last = lines.slice(LINES.length - 1).join(', ');
	// Lines are all of it: the town and the postal code of an earlier address are none of them.
	return {
		...Object.fromEntries(Object.values(PARTS).map((name) => [name, undefined])),
		...Object.fromEntries(
			LINES.map((name, index) => [name, index === LINES.length - 1 ? last : lines[index]]),
		),
	};
}
