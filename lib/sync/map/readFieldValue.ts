import { canonicalDecimal, decimal, parseDecimal, type Decimal } from '../../money';
import { remember } from '../../remember';
import { replaceEach } from '../../replaceEach';
import { beginning, wellFormed } from '../../texts';
import { booksOf } from '../../xero/books';
import type { FieldKind } from '../../xero/documents/definition';
import { readDate } from './dateReading';
import { nameKey } from './fieldNames';
import {
	quoted,
	readValue,
	unreadable,
	type FieldReading,
	type ReadingContext,
} from './fieldReading';
import type { MappableField } from './mappableFields';
import { numberFromText } from './numberText';
import {
	readAccount,
	readBrandingTheme,
	readCurrency,
	readTaxType,
	readTrackingOption,
} from './settingsReading';

type Read = (value: unknown, field: MappableField, context: ReadingContext) => FieldReading;

/** A reader of text, for values that may also come as numbers, booleans or a list of one. */
function ofText(
	read: (text: string, field: MappableField, context: ReadingContext) => FieldReading,
): Read {
	return (value, field, context) => {
		const text = textFrom(value);
		if (text === undefined) return notSingle(value);
		return text === '' ? { kind: 'blank' } : read(text, field, context);
	};
}

/** No name or code is longer: what is longer is none of them. */
const LONGEST_NAME = 500;

/** Readers that look a name or a code up. No more than may be one is looked at. */
function ofName(
	read: (text: string, field: MappableField, context: ReadingContext) => FieldReading,
): Read {
	return ofText((text, field, context) => {
		const reading = read(beginning(text, LONGEST_NAME), field, context);
		return text.length > LONGEST_NAME && reading.kind === 'value'
			? unreadable(
					'XERO_TEXT_TOO_LONG',
					`holds ${quoted(text)}, which goes on for longer than any name or code.`,
					'Map a field that holds the name or the code alone.',
				)
			: reading;
	});
}

/** The settings' readers; without settings (while a form is filled) the text is kept as it is. */
function ofSettings(
	read: (
		text: string,
		settings: NonNullable<ReadingContext['settings']>,
		field: MappableField,
	) => FieldReading,
): Read {
	return ofName((text, field, { settings }) =>
		settings ? read(text, settings, field) : readValue(text),
	);
}

/** No field of Xero keeps more, so what is longer is held for its length, as it stands. */
const LONGEST_LINE = 20_000;

function onOneLine(text: string): string {
	return text.length > LONGEST_LINE ? text : text.replace(/\s+/g, ' ');
}

const oneLine = ofText((text) => readValue(onOneLine(text)));

const READERS: Readonly<Record<FieldKind, Read>> = {
	text: oneLine,
	item: oneLine,
	multilineText: ofText((text) => readValue(replaceEach(text, /\r\n?/g, '\n'))),
	email: ofText((text) => readValue(onOneLine(text.replace(/^mailto:/i, '')))),
	url: oneLine,
	boolean: readBoolean,
	date: (value, _field, { timeZone }) => readDate(value, timeZone),
	money: readNumber,
	unitPrice: readNumber,
	quantity: readNumber,
	percentage: readNumber,
	rate: readNumber,
	choice: ofName(readChoice),
	account: ofSettings(readAccount),
	paymentAccount: ofSettings(readAccount),
	taxType: ofSettings(readTaxType),
	currency: ofName(readCurrency),
	brandingTheme: ofSettings(readBrandingTheme),
	tracking: ofSettings(readTracking),
	contact: ofText(readId),
	earningsRate: ofText(readId),
	id: ofText(readId),
};

/**
 * Reads a value of an item for a field, by the field's kind. Nothing is guessed: what has no single
 * reading comes back as unreadable with the reason, and never as a zero or an empty text.
 */
export function readFieldValue(
	field: MappableField,
	value: unknown,
	context: ReadingContext,
): FieldReading {
	const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
	return isBlank(single) ? { kind: 'blank' } : READERS[field.kind](single, field, context);
}

/** A list of lists of lists is no value that a field could have. */
const DEEPEST_LIST = 20;

export function isBlank(value: unknown, depth = 0): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	if (!Array.isArray(value) || depth > DEEPEST_LIST) return false;
	return value.every((entry) => isBlank(entry, depth + 1));
}

/** Text of a text, number or boolean, or of a list of them; undefined for a group of values. */
function textFrom(value: unknown, depth = 0): string | undefined {
	if (typeof value === 'string') return wellFormed(value).trim();
	if (typeof value === 'number') return numberAsText(value);
	if (typeof value === 'boolean') return value ? 'Yes' : 'No';
	if (!Array.isArray(value) || depth > DEEPEST_LIST) return undefined;
	const texts = value.filter((entry) => !isBlank(entry)).map((entry) => textFrom(entry, depth + 1));
	return texts.every((text) => text !== undefined) ? texts.join(', ') : undefined;
}

/** Without an exponent: 1e21 as a reference is not what anybody means. */
function numberAsText(value: number): string | undefined {
	const number = parseDecimal(value);
	return number && canonicalDecimal(number);
}

function notSingle(value: unknown): FieldReading {
	const names = Object.keys(Object(value)).slice(0, 6);
	return unreadable(
		'MAPPING_VALUE_IS_A_GROUP',
		names.length > 0 && !Array.isArray(value)
			? `holds a group of values (${names.join(', ')}) where one is needed.`
			: 'holds a list where one value is needed.',
		'Map one value of the group: open it in the input panel and drag the value that you mean.',
	);
}

/** "20%" is 20 where a percentage is asked for, and no number elsewhere. */
function percentTaken(text: string, field: MappableField): string {
	return field.kind === 'percentage' && text.endsWith('%') ? text.slice(0, -1).trimEnd() : text;
}

/** A double holds 15 digits; what follows comes from adding them up, as in 0.1 + 0.2. */
const DIGITS_OF_A_DOUBLE = 15;

const readDouble = remember((text) => exactly(decimal(text).prec(DIGITS_OF_A_DOUBLE), text));

/** Written out, so many digits are no number that anybody means: 1e999 has a thousand. */
const MOST_DIGITS = 100;

function exactly(number: Decimal, written: string): FieldReading {
	const text = canonicalDecimal(number);
	if (text.length <= MOST_DIGITS) return readValue(text);
	return unreadable(
		'XERO_NUMBER_TOO_LARGE',
		`holds ${quoted(written)}, which has more digits than Xero can keep.`,
		'Correct the number in Knack.',
	);
}

function readNumber(value: unknown, field: MappableField): FieldReading {
	if (Number.isFinite(value)) return readDouble(String(value));
	const number = typeof value === 'string' ? undefined : parseDecimal(value);
	if (number) return exactly(number, String(value));
	if (typeof value === 'object') return notSingle(value);
	const text = String(value).trim();
	const read = numberFromText(percentTaken(text, field));
	if (read.kind === 'number') return exactly(read.value, text);
	const isAmbiguous = read.kind === 'ambiguous';
	return unreadable(
		'XERO_NUMBER_UNREADABLE',
		isAmbiguous
			? `holds ${quoted(text)}, which can be read in two ways (thousands or decimals).`
			: `holds ${quoted(text)}, which is not a number.`,
		`Map a number or currency field of Knack, ${isAmbiguous ? 'or write it as 1250 or 1.25, without a sign for thousands' : 'without words in it'}.`,
	);
}

const YES: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1', 'on', 'checked']);
const NO: ReadonlySet<string> = new Set(['false', 'no', 'n', '0', 'off', 'unchecked']);

function readBoolean(value: unknown): FieldReading {
	const text = textFrom(value);
	if (text === undefined) return notSingle(value);
	const word = text.length > LONGEST_NAME ? '' : text.toLowerCase();
	if (YES.has(word)) return readValue(true);
	if (NO.has(word)) return readValue(false);
	return unreadable(
		'XERO_CHOICE_UNKNOWN',
		`holds ${quoted(text)}, which is neither yes nor no.`,
		'Map a Yes/No field of Knack.',
	);
}

function readChoice(text: string, field: MappableField): FieldReading {
	const choices = field.choices ?? [];
	const wanted = nameKey(text);
	const choice =
		choices.find(({ value }) => nameKey(value) === wanted) ??
		choices.find(({ label }) => nameKey(label) === wanted);
	if (choice) return readValue(choice.value);
	return unreadable(
		'XERO_CHOICE_UNKNOWN',
		`holds ${quoted(text)}, which is not one of Xero's choices.`,
		`Use one of: ${choices.map(({ label }) => label).join(', ')}.`,
	);
}

function readTracking(
	text: string,
	settings: NonNullable<ReadingContext['settings']>,
	field: MappableField,
): FieldReading {
	const named = field.path.replace(/^tracking\./, '');
	const category = booksOf(settings).trackingCategory(named);
	if (category) return readTrackingOption(text, category);
	return unreadable(
		'XERO_TRACKING_UNKNOWN',
		`is for the tracking category "${named}", which the organisation does not have.`,
		'Choose a tracking category of the organisation in the node.',
	);
}

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** An id of Xero, also out of the address of its page in Xero. */
function readId(text: string, field: MappableField): FieldReading {
	const ids = [...new Set((text.match(GUID) ?? []).map((id) => id.toLowerCase()))];
	const [id, ...others] = ids;
	if (id !== undefined && others.length === 0) return readValue(id);
	if (field.byName && id === undefined) return readValue(onOneLine(text));
	return unreadable(
		'MAPPING_ID_UNREADABLE',
		`holds ${quoted(text)}, which is not an id of Xero.`,
		'Map the Knack field in which this workflow keeps the Xero ID, or leave the field out.',
	);
}
