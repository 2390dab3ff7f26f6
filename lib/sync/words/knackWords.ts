import type { Issue } from '../../issue';
import type { IssueCode } from '../../issueCodes';
import { findWord, type Word } from './word';

/**
 * Knack's messages. Validation comes as JSON with a type and a sentence that begins with the
 * field's name ("Store is required."); everything else is plain text (docs.knack.com, "API Limits"
 * and "Response Format", and the samples that users have captured).
 * @internal
 */
export const KNACK_WORDS: readonly Word[] = [
	{
		pattern: /rate limit exceeded/i,
		code: 'KNACK_RATE_LIMITED',
		fix: 'Another integration is busy with the same app. Run it again in a minute.',
	},
	{
		pattern: /plan limit|daily limit|api calls? (limit|exceeded)/i,
		code: 'KNACK_DAY_SPENT',
		fix: 'The plan’s API calls for today are used up; they come back at midnight UTC.',
	},
	{
		pattern: /invalid api key/i,
		code: 'KNACK_KEY_INVALID',
		fix: 'Copy the REST API Key again from Knack’s builder, Settings → API & Code.',
	},
	{
		pattern: /malformed app id/i,
		code: 'KNACK_APP_ID_MALFORMED',
		fix: 'Copy the Application ID (24 letters and digits) again from Settings → API & Code.',
	},
	{
		pattern: /invalid api request/i,
		code: 'KNACK_KEY_MISSING',
		fix: 'Open the Knack API credential and enter the Application ID and the REST API Key.',
	},
	{
		pattern: /unauthorized object access/i,
		code: 'KNACK_KEY_INVALID',
		fix: 'Use the REST API Key of this app, from Settings → API & Code.',
	},
	{
		pattern: /invalid or expired token/i,
		code: 'KNACK_TOKEN_EXPIRED',
		fix: 'Use the REST API Key in the credential instead of a user’s token.',
	},
	{
		pattern: /inline editing|^invalid request/i,
		code: 'KNACK_REQUEST_INVALID',
		fix: 'Check that the table and the field still exist in Knack.',
	},
	{
		pattern: /internal server error/i,
		code: 'KNACK_UNAVAILABLE',
		fix: 'Knack has trouble, or the record is gone. Run it again in a few minutes.',
	},
	{
		pattern: /must be unique|already (exists|in use|been taken)|duplicate/i,
		code: 'KNACK_VALUE_TAKEN',
		fix: 'Another record holds this value, and the field is set to unique in Knack.',
	},
	{
		pattern: /is required|can(no|')t be (blank|empty)|must not be (blank|empty)/i,
		code: 'KNACK_FIELD_REQUIRED',
		fix: 'Fill in the field on the Knack record, or make it optional in Knack’s builder.',
	},
	{
		pattern: /valid e-?mail|e-?mail .*(invalid|not valid)/i,
		code: 'KNACK_EMAIL_MALFORMED',
		fix: 'Map a field with one e-mail address in it.',
	},
	{
		pattern: /valid date|date .*(invalid|not valid)|valid time/i,
		code: 'KNACK_DATE_MALFORMED',
		fix: 'Map a date; Knack reads it in the format of the field.',
	},
	{
		pattern: /(valid|must be an?) number|number .*(invalid|not valid)/i,
		code: 'KNACK_NUMBER_MALFORMED',
		fix: 'Map a value that is a number, without words in it.',
	},
	{
		pattern: /valid (url|link)|url .*(invalid|not valid)/i,
		code: 'KNACK_LINK_MALFORMED',
		fix: 'Give a whole address that begins with https://.',
	},
	{
		pattern: /(characters|too long|too short|length)/i,
		code: 'KNACK_TEXT_LENGTH',
		fix: 'Choose a longer field, or loosen the validation rule of this one in Knack.',
	},
	{
		pattern: /invalid|not valid|not allowed|does not match/i,
		code: 'KNACK_VALUE_INVALID',
		fix: 'Look at the validation rules of the field in Knack’s builder.',
	},
];

/** By the `type` of a validation error, where its sentence is one of the builder's own. */
const BY_TYPE: Readonly<Record<string, IssueCode>> = {
	required: 'KNACK_FIELD_REQUIRED',
	unique: 'KNACK_VALUE_TAKEN',
};

export interface KnackRefusal {
	readonly type?: string;
	readonly message: string;
}

/** Knack's refusal of a record as an issue, its own words kept. Unknown ones are shown whole. */
export function issueOfKnack({ type, message }: KnackRefusal, field?: string): Issue {
	const code = type === undefined ? undefined : BY_TYPE[type];
	const word =
		(code === undefined ? undefined : KNACK_WORDS.find((each) => each.code === code)) ??
		findWord(KNACK_WORDS, message);
	return {
		code: word?.code ?? 'KNACK_REFUSED',
		severity: word?.severity ?? 'block',
		...(field === undefined ? {} : { field }),
		message: `Knack: ${message}`,
		fix: word?.fix ?? 'Correct the record in Knack as it says, and run it again.',
		vendorMessage: message,
	};
}
