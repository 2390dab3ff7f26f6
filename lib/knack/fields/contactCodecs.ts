import { parseDecimal } from '../../money';
import { replaceEach } from '../../replaceEach';
import { textAsTyped, textOfShown } from '../html';
import type { FieldCodec } from './fieldCodec';
import { asObject, encoded, notEncoded, shownInMessage, textOf } from './fieldCodec';
import type { FieldValue } from './fieldValue';
import { BLANK, textValue } from './fieldValue';

type Parts = Readonly<Record<string, unknown>>;

/** The named members that hold text. */
function textParts<Name extends string>(
	parts: Parts,
	names: readonly Name[],
): Partial<Record<Name, string>> {
	const found: Partial<Record<Name, string>> = {};
	for (const name of names) {
		const text = textAsTyped(textOf(parts[name]) ?? '');
		if (text !== '') found[name] = text;
	}
	return found;
}

/** A group without any of these parts, or a list: written as it is, it would empty the field. */
function isForeign(value: unknown, names: readonly string[]): boolean {
	const parts = asObject(value);
	return parts ? !names.some((name) => name in parts) : textOf(value) === undefined;
}

const NAME_PARTS = ['title', 'first', 'middle', 'last', 'suffix'] as const;

export const nameCodec: FieldCodec = {
	decode(raw) {
		const parts = asObject(raw);
		if (!parts) return textValue(textAsTyped(String(raw)));
		const found = textParts(parts, NAME_PARTS);
		if (Object.keys(found).length > 0) return { kind: 'name', ...found };
		return textValue(textAsTyped(textOf(parts['full']) ?? ''));
	},
	encode(value, field) {
		const parts = asObject(value);
		if (isForeign(value, NAME_PARTS)) {
			return notEncoded(
				`"${shownInMessage(value)}" is not a name for ${field.name}.`,
				`Send the name as text, or an object with some of: ${NAME_PARTS.join(', ')}.`,
			);
		}
		if (parts) return encoded(textParts(parts, NAME_PARTS));
		const name = replaceEach(textOf(value) ?? '', /\s+/g, ' ').trim();
		const end = name.lastIndexOf(' ');
		if (end < 0) return encoded({ first: name });
		return encoded({ first: name.slice(0, end), last: name.slice(end + 1) });
	},
};

export const emailCodec: FieldCodec = {
	decode(raw) {
		const parts = asObject(raw);
		const email = textOfShown(textOf(parts ? parts['email'] : raw) ?? '');
		const label = textOf(parts?.['label']);
		return email === '' ? BLANK : { kind: 'email', email, label };
	},
	encode(value, field) {
		const parts = asObject(value);
		const email = textOf(parts ? parts['email'] : value);
		if (!email || !/^[^\s@]+@[^\s@]+$/.test(email)) {
			return notEncoded(
				`"${shownInMessage(value)}" is not an email address for ${field.name}.`,
				'Send one address such as name@example.com.',
			);
		}
		const label = textOf(parts?.['label']);
		return encoded({ email, ...(label && { label }) });
	},
};

export const phoneCodec: FieldCodec = {
	decode(raw) {
		const parts = asObject(raw);
		const full = textOf(parts?.['full']) ?? joined([parts?.['area'], parts?.['number']], '');
		const text = textOfShown(textOf(parts ? parts['formatted'] : raw) ?? full ?? '');
		const digits = replaceEach(full ?? text, /[^\d+]/g, '');
		return text === '' ? BLANK : { kind: 'phone', text, digits };
	},
	encode(value, field) {
		const parts = asObject(value);
		if (isForeign(value, ['full', 'formatted'])) {
			return notEncoded(
				`"${shownInMessage(value)}" is not a phone number for ${field.name}.`,
				'Send one number as text, such as +44 20 7946 0018.',
			);
		}
		return encoded(textOf(parts ? (parts['full'] ?? parts['formatted']) : value) ?? '');
	},
};

const ADDRESS_PARTS = ['street', 'street2', 'city', 'state', 'zip', 'country'] as const;

export const addressCodec: FieldCodec = {
	decode(raw) {
		const parts = asObject(raw);
		if (!parts) return textValue(textOfShown(String(raw)));
		const found = textParts(parts, ADDRESS_PARTS);
		const latitude = parseDecimal(parts['latitude']);
		const longitude = parseDecimal(parts['longitude']);
		if (Object.keys(found).length === 0 && !latitude && !longitude) {
			return textValue(textAsTyped(textOf(parts['full']) ?? ''));
		}
		return { kind: 'address', ...found, latitude, longitude };
	},
	encode(value, field) {
		const parts = asObject(value);
		if (isForeign(value, [...ADDRESS_PARTS, 'latitude'])) {
			return notEncoded(
				`"${shownInMessage(value)}" is not an address for ${field.name}.`,
				`Send the street as text, or an object with some of: ${ADDRESS_PARTS.join(', ')}.`,
			);
		}
		if (!parts) return encoded({ street: textOf(value) ?? '' });
		const place = { latitude: parts['latitude'], longitude: parts['longitude'] };
		return encoded({
			...textParts(parts, ADDRESS_PARTS),
			...(place.latitude !== undefined && place),
		});
	},
};

function joined(parts: readonly unknown[], separator: string): string | undefined {
	const texts = parts.map((part) => textOf(part)).filter((text) => text !== undefined);
	return texts.length === 0 ? undefined : texts.join(separator);
}

/** "Pizza Danger the Hut": in the order in which it is spoken, however the field shows it. */
export function nameText(name: FieldValue & { kind: 'name' }): string {
	return (
		joined(
			NAME_PARTS.map((part) => name[part]),
			' ',
		) ?? ''
	);
}

/** Lines as on an envelope: street, second line, "City, State Zip", country. */
export function addressText(address: FieldValue & { kind: 'address' }): string {
	const region = joined([address.state, address.zip], ' ');
	const lines = [address.street, address.street2, joined([address.city, region], ', ')];
	const text = joined([...lines, address.country], '\n');
	return text ?? `${address.latitude?.toFixed() ?? ''}, ${address.longitude?.toFixed() ?? ''}`;
}
