import type { KnackField, KnackRecord } from '../app';
import { assetCodec, linkCodec, signatureCodec, unknownTypeCodec } from './assetCodecs';
import { booleanCodec, connectionCodec, multipleChoiceCodec, userRolesCodec } from './choiceCodecs';
import { addressCodec, emailCodec, nameCodec, phoneCodec } from './contactCodecs';
import { dateCodec, timerCodec } from './dateCodecs';
import type { Encoded, FieldCodec } from './fieldCodec';
import { encoded, notEncoded } from './fieldCodec';
import type { FieldValue } from './fieldValue';
import { BLANK, isBlank } from './fieldValue';
import { autoIncrementCodec, equationCodec, numberCodec, rollUpCodec } from './numberCodecs';
import {
	concatenationCodec,
	paragraphTextCodec,
	passwordCodec,
	richTextCodec,
	shortTextCodec,
} from './textCodecs';

/** One codec for each of Knack's field types. */
const CODEC_BY_TYPE: Readonly<Record<string, FieldCodec>> = {
	short_text: shortTextCodec,
	paragraph_text: paragraphTextCodec,
	rich_text: richTextCodec,
	concatenation: concatenationCodec,
	password: passwordCodec,
	number: numberCodec,
	currency: numberCodec,
	rating: numberCodec,
	auto_increment: autoIncrementCodec,
	equation: equationCodec,
	sum: rollUpCodec,
	count: rollUpCodec,
	average: rollUpCodec,
	min: rollUpCodec,
	max: rollUpCodec,
	boolean: booleanCodec,
	multiple_choice: multipleChoiceCodec,
	user_roles: userRolesCodec,
	connection: connectionCodec,
	date_time: dateCodec,
	timer: timerCodec,
	name: nameCodec,
	email: emailCodec,
	phone: phoneCodec,
	address: addressCodec,
	link: linkCodec,
	file: assetCodec,
	image: assetCodec,
	signature: signatureCodec,
};

/**
 * Every field type that has a codec.
 * @internal
 */
export const FIELD_TYPES: readonly string[] = Object.keys(CODEC_BY_TYPE);

function codecOf(field: KnackField): FieldCodec {
	return CODEC_BY_TYPE[field.type] ?? unknownTypeCodec;
}

/** The field types that Knack fills itself, and those that this package never writes. */
export function isWritable(field: KnackField): boolean {
	return codecOf(field).encode !== undefined;
}

/** What a record holds in a field, whichever of Knack's answer formats it came in. */
export function decodeField(record: KnackRecord, field: KnackField): FieldValue {
	const raw = record[`${field.key}_raw`];
	return decodeRaw(isBlank(raw) ? record[field.key] : raw, field);
}

/**
 * What a value in Knack's raw or shown form means.
 * @internal
 */
export function decodeRaw(raw: unknown, field: KnackField): FieldValue {
	return isBlank(raw) ? BLANK : codecOf(field).decode(raw, field);
}

/** What a value in the form in which Knack takes it means. */
export function decodeWritten(written: unknown, field: KnackField): FieldValue {
	if (isBlank(written)) return BLANK;
	const codec = codecOf(field);
	return codec.decodeWritten?.(written, field) ?? codec.decode(written, field);
}

/**
 * A value in the form in which Knack takes it. Null, "" and [] clear the field. Dates go out in the
 * field's own order of day and month, on the app's clock (`zone`, IANA).
 */
export function encodeField(value: unknown, field: KnackField, zone: string): Encoded {
	const { encode } = codecOf(field);
	if (!encode) {
		return notEncoded(
			`${field.name} cannot be written: Knack fills it itself.`,
			'Choose another field in Knack for this value.',
		);
	}
	if (isBlank(value)) {
		return encoded(field.allowsMany || field.type === 'connection' ? [] : '');
	}
	return encode(value, field, zone);
}
