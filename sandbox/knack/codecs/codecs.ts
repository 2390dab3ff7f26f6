import type { FieldSchema, FieldType } from '../schema';
import { isDateValue } from '../values';
import type { StoredValue } from '../values';
import { file, image } from './assetCodecs';
import { choice, connection, userRoles, yesNo } from './choiceCodecs';
import { dateTime, timer } from './dateCodecs';
import type { CodecContext, FieldCodec } from './fieldCodec';
import { calculated, currency, number, rating } from './numberCodecs';
import { address, email, personName, phone } from './personCodecs';
import { link, paragraphText, password, plainText, signature } from './textCodecs';

/** An equation of the date kind answers with a date, any other with a number. */
const equation: FieldCodec = {
	...calculated,
	display: (value, field, context) =>
		(isDateValue(value) ? dateTime : calculated).display(value, field, context),
	raw: (value, field, context) =>
		(isDateValue(value) ? dateTime : calculated).raw(value, field, context),
};

const byType: Readonly<Record<FieldType, FieldCodec>> = {
	short_text: plainText,
	paragraph_text: paragraphText,
	rich_text: plainText,
	number,
	currency,
	equation,
	auto_increment: calculated,
	sum: calculated,
	count: calculated,
	average: calculated,
	min: calculated,
	max: calculated,
	boolean: yesNo,
	multiple_choice: choice,
	date_time: dateTime,
	timer,
	name: personName,
	email,
	phone,
	address,
	link,
	file,
	image,
	signature,
	rating,
	connection,
	concatenation: plainText,
	password,
	user_roles: userRoles,
};

export function codecOf(field: FieldSchema): FieldCodec {
	return byType[field.type];
}

/** What a person reads: the display value without its HTML. */
export function plainDisplay(
	value: StoredValue | undefined,
	field: FieldSchema,
	context: CodecContext,
): string {
	if (value === undefined) return '';
	return String(codecOf(field).display(value, field, context))
		.replace(/<br \/>/g, ' ')
		.replace(/<[^>]*>/g, '')
		.replace(/&nbsp;/g, ' ')
		.replace(/&quot;/g, '"')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&');
}
