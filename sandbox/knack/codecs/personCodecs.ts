import { asObject, asText, isParts } from '../values';
import type { PartsValue, StoredValue } from '../values';
import type { FieldCodec } from './fieldCodec';
import { escapeHtml } from './fieldCodec';

function partsOf(input: unknown, names: readonly string[]): PartsValue | undefined {
	const given = asObject(input);
	if (!given) return undefined;
	const parts: Record<string, string | number> = {};
	for (const name of names) {
		const value = given[name];
		const part = typeof value === 'number' ? value : asText(value);
		if (part !== undefined && part !== '') parts[name] = part;
	}
	return parts;
}

function part(value: StoredValue, name: string): string {
	return isParts(value) ? String(value[name] ?? '') : '';
}

function blankIfEmpty(parts: PartsValue): PartsValue | undefined {
	return Object.keys(parts).length > 0 ? parts : undefined;
}

/** name: parts that were not given are absent from raw. */
export const personName: FieldCodec = {
	read: (input) => {
		const parts = partsOf(input, ['title', 'first', 'middle', 'last']);
		if (parts) return { value: blankIfEmpty(parts) };
		const text = asText(input)?.trim();
		if (text === undefined) return { problem: 'must be a name' };
		const [first = '', ...last] = text.split(/\s+/);
		return { value: last.length > 0 ? { first, last: last.join(' ') } : { first } };
	},
	display: (value, field) => {
		const [title, first, middle, last] = ['title', 'first', 'middle', 'last'].map((name) =>
			part(value, name),
		);
		const given = [first, middle].filter(Boolean).join(' ');
		if (field.format?.format?.startsWith('Last, First')) {
			return [last, given].filter(Boolean).join(', ');
		}
		return [title, given, last].filter(Boolean).join(' ');
	},
	raw: (value, field, context) => {
		const full = personName.display(value, field, context);
		return isParts(value) ? { ...value, full } : {};
	},
};

/** email: an object is written, a plain string is accepted too. */
export const email: FieldCodec = {
	read: (input) => {
		const parts = partsOf(input, ['email', 'label']) ?? { email: asText(input) };
		const address = parts['email'];
		if (address === undefined || address === '') return { value: undefined };
		return /^[^\s@]+@[^\s@]+$/.test(String(address))
			? { value: parts }
			: { problem: 'must be a valid email address' };
	},
	display: (value) => {
		const address = escapeHtml(part(value, 'email'));
		const label = part(value, 'label');
		return `<a href="mailto:${address}">${label ? escapeHtml(label) : address}</a>`;
	},
	raw: (value) => value,
};

/** phone: written as digits, text or an object with `full`; formatted by the field's mask. */
export const phone: FieldCodec = {
	read: (input, field) => {
		const given = asObject(input);
		const text = asText(given?.['full'] ?? given?.['formatted'] ?? given?.['number'] ?? input);
		if (text === undefined) return { problem: 'must be a phone number' };
		const full = text.trim();
		if (full === '') return { value: undefined };
		const digits = full.replace(/\D/g, '');
		if (field.format?.format === '(999) 999-9999' && digits.length === 10) {
			const [area, number] = [digits.slice(0, 3), digits.slice(3)];
			const formatted = `(${area}) ${number.slice(0, 3)}-${number.slice(3)}`;
			return { value: { formatted, full: digits, number, area } };
		}
		return { value: { formatted: full, full, number: full } };
	},
	display: (value) => part(value, 'formatted'),
	raw: (value) => value,
};

const addressParts = [
	'street',
	'street2',
	'city',
	'state',
	'zip',
	'country',
	'latitude',
	'longitude',
] as const;

/** address: `country` is kept only when the field's format has it, or for a place on the map. */
export const address: FieldCodec = {
	read: (input, field) => {
		const parts = partsOf(input, addressParts);
		if (!parts) {
			const street = asText(input);
			return street ? { value: { street } } : { problem: 'must be an address' };
		}
		const { country: _dropped, ...rest } = parts;
		const hasCountry =
			field.format?.format === 'international_country' || field.format?.['input'] === 'lat_long';
		return { value: blankIfEmpty(hasCountry ? parts : rest) };
	},
	display: (value, field) => {
		const cityLine = [part(value, 'city'), part(value, 'state')].filter(Boolean).join(', ');
		const zip = part(value, 'zip');
		return [
			part(value, 'street'),
			part(value, 'street2'),
			// A town without a postcode keeps the blank before it.
			cityLine || zip ? `${cityLine} ${zip}` : '',
			field.format?.format === 'international_country' ? part(value, 'country') : '',
		]
			.filter(Boolean)
			.map(escapeHtml)
			.join('<br />');
	},
	raw: (value, field, context) => {
		const full = String(address.display(value, field, context)).replace(/<br \/>/g, ', ');
		return isParts(value) ? { ...value, full } : {};
	},
};
