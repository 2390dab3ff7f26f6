import { canonicalDecimal, decimal } from '../../money';
import { addressText, nameText } from './contactCodecs';
import { momentText } from './dateCodecs';
import type { FieldValue, Moment } from './fieldValue';
import { exactNumber } from './numberCodecs';

export type JsonValue =
	| string
	| number
	| boolean
	| null
	| readonly JsonValue[]
	| { readonly [key: string]: JsonValue };

const HOUR_MS = 3_600_000;

/**
 * A value as an item carries it: text plain, numbers as numbers where that is exact, dates as
 * `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm` on the app's clock, a connection as the linked record's text,
 * several as a list, a stopwatch in hours, and nothing as null.
 */
export function plainValue(value: FieldValue): JsonValue {
	switch (value.kind) {
		case 'blank':
		case 'secret':
			return null;
		case 'text':
		case 'phone':
			return value.text;
		case 'number':
			return exactNumber(value.value);
		case 'flag':
			return value.value;
		case 'moment':
			return momentText(value.from);
		case 'choices':
			return value.values;
		case 'connections':
			return value.many
				? value.records.map(({ label }) => label)
				: value.records.map(({ label }) => label).join(', ');
		case 'name':
			return nameText(value);
		case 'email':
			return value.email;
		case 'address':
			return addressText(value);
		case 'link':
		case 'asset':
			return value.url;
		case 'signature':
			return 'Signed';
		case 'timer':
			return exactNumber(decimal(value.milliseconds).div(HOUR_MS).round(4));
	}
}

/** A value for a person, in one piece; undefined for a blank one. */
export function shownText(value: FieldValue): string | boolean | undefined {
	const plain = plainValue(value);
	if (plain === null) return undefined;
	if (typeof plain === 'string' || typeof plain === 'boolean') return plain;
	if (Array.isArray(plain)) return plain.map(String).join(', ');
	return typeof plain === 'number' ? String(plain) : JSON.stringify(plain);
}

/** The parts of a value that has some, such as an address' city; undefined for a plain value. */
export function valueParts(value: FieldValue): Readonly<Record<string, JsonValue>> | undefined {
	switch (value.kind) {
		case 'name': {
			const { title, first, middle, last, suffix } = value;
			return present({ title, first, middle, last, suffix });
		}
		case 'address': {
			const { street, street2, city, state, zip, country } = value;
			return present({
				street,
				street2,
				city,
				state,
				zip,
				country,
				latitude: value.latitude && exactNumber(value.latitude),
				longitude: value.longitude && exactNumber(value.longitude),
			});
		}
		case 'email':
			return value.label === undefined ? undefined : { email: value.email, label: value.label };
		case 'link':
			return value.label === undefined ? undefined : { url: value.url, label: value.label };
		case 'phone':
			return { text: value.text, digits: value.digits };
		case 'asset':
			return present({ id: value.id, fileName: value.fileName, size: value.size, url: value.url });
		case 'moment':
			if (value.to === undefined && !value.allDay) return undefined;
			return present({
				from: momentText(value.from),
				to: value.to && momentText(value.to),
				allDay: value.allDay,
			});
		case 'timer':
			return {
				milliseconds: value.milliseconds,
				periods: value.periods.map(({ from, to }) =>
					present({ from: from && momentText(from), to: to && momentText(to) }),
				),
			};
		default:
			return undefined;
	}
}

/**
 * What stands for a value when two readings of a record are compared. It leaves out what changes
 * without an edit of the record: the text of a linked record and the addresses of files.
 */
export function comparableValue(value: FieldValue): JsonValue {
	switch (value.kind) {
		case 'number':
			return canonicalDecimal(value.value);
		case 'connections':
			return value.records.map(({ id }) => id).sort();
		case 'asset':
			return value.id ?? value.url;
		case 'signature':
			return value.strokes;
		case 'timer':
			// The total is worked out by Knack from the periods.
			return value.periods.length === 0
				? value.milliseconds
				: value.periods.map(({ from, to }) => [shownMoment(from), shownMoment(to)]);
		case 'phone':
			// How it is laid out is the field's affair.
			return value.digits;
		case 'moment':
			return [value.from, value.to].map((moment) => shownMoment(moment));
		default: {
			const parts = valueParts(value);
			return parts === undefined ? plainValue(value) : parts;
		}
	}
}

function shownMoment(moment: Moment | undefined): string | null {
	return moment === undefined ? null : momentText(moment);
}

function present(
	parts: Readonly<Record<string, JsonValue | undefined>>,
): Readonly<Record<string, JsonValue>> {
	const found: Record<string, JsonValue> = {};
	for (const [key, part] of Object.entries(parts)) if (part !== undefined) found[key] = part;
	return found;
}
