import { calendarDate, daysBetween } from '../../../dates';
import { judged } from '../../../issueCodes';
import { decimal, parseDecimal } from '../../../money';
import { shortened } from '../../../texts';
import { DECIMAL_KINDS } from '../../../xero/documents/wireValues';
import { quoted } from '../../map/fieldReading';
import { placedLabel } from '../draftValues';
import type { Rule } from '../rule';
import { valueRule } from '../valueRule';

const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/;

const textTooLong = valueRule(judged('XERO_TEXT_TOO_LONG'), (placed, text) => {
	const limit = placed.field.maxLength;
	if (limit === undefined || text.length <= limit) return undefined;
	return {
		message: `${placedLabel(placed)} has ${text.length} characters; Xero takes ${limit}.`,
		fix: `Shorten it to ${limit} characters in Knack.`,
	};
});

const emailMalformed = valueRule(
	{
		...judged('XERO_EMAIL_MALFORMED'),
		kinds: ['email'],
	},
	(placed, text) =>
		!EMAIL.test(text)
			? {
					message: `${placedLabel(placed)} ${quoted(text)} is not an e-mail address.`,
					fix: 'Correct the address in Knack, or leave the field empty. Only one address fits.',
				}
			: undefined,
);

const urlRefused = valueRule(
	{
		...judged('XERO_URL_REFUSED'),
		kinds: ['url'],
	},
	(placed, text) => {
		// Xero refuses an address with its own name in it (Invoices endpoint, Url).
		if (/^https?:\/\/\S+$/i.test(text) && !/xero/i.test(text)) return undefined;
		return {
			message: `${placedLabel(placed)} ${quoted(text)} is not an address that Xero takes.`,
			fix: 'Give a whole address that begins with https:// and does not contain the word "xero".',
		};
	},
);

const dateUnreal = valueRule(
	{
		...judged('XERO_DATE_NOT_ON_CALENDAR'),
		kinds: ['date'],
	},
	(placed, text) =>
		calendarDate(text) === undefined
			? {
					message: `${placedLabel(placed)} ${quoted(text)} is not a date.`,
					fix: 'Give the day as year-month-day, such as 2026-11-30.',
				}
			: undefined,
);

/** Ten years either way: further off is a typing slip (2062 for 2026) far more often than meant. */
const FAR_DAYS = 3653;

const dateFarOff = valueRule(
	{
		...judged('XERO_DATE_FAR_OFF'),
		kinds: ['date'],
	},
	(placed, text, { today }) => {
		const date = calendarDate(text);
		if (date === undefined || Math.abs(daysBetween(today, date)) <= FAR_DAYS) return undefined;
		return {
			message: `${placedLabel(placed)} is ${text}, more than ten years from today.`,
			fix: 'Check the year in Knack.',
		};
	},
);

const numberUnreadable = valueRule(
	{
		...judged('XERO_NUMBER_UNREADABLE'),
		kinds: DECIMAL_KINDS,
	},
	(placed, text) =>
		parseDecimal(text) === undefined
			? {
					message: `${placedLabel(placed)} ${quoted(text)} is not a number.`,
					fix: 'Map a number or currency field of Knack, without words in it.',
				}
			: undefined,
);

/** Beyond it JSON's numbers of 15 digits have no room for hundredths, so Xero would round. */
const TOO_LARGE = decimal('1e13');
const LONGEST_NUMBER = 50;

const numberTooLarge = valueRule(
	{
		...judged('XERO_NUMBER_TOO_LARGE'),
		kinds: DECIMAL_KINDS,
	},
	(placed, text) => {
		const value = parseDecimal(text);
		if (!value || (value.abs().lt(TOO_LARGE) && text.length <= LONGEST_NUMBER)) return undefined;
		return {
			message: `${placedLabel(placed)} is ${shortened(text, 40)}, which is ${value.abs().lt(TOO_LARGE) ? 'longer' : 'larger'} than Xero can keep exactly.`,
			fix: 'Correct the number in Knack.',
		};
	},
);

const rateNotPositive = valueRule(
	{
		...judged('XERO_RATE_NOT_POSITIVE'),
		kinds: ['rate'],
	},
	(placed, text) =>
		parseDecimal(text)?.lte(0)
			? {
					message: `${placedLabel(placed)} is ${shortened(text, 40)}; Xero takes only rates above zero.`,
					fix: 'Give a rate above zero in Knack, or leave it out and Xero takes the day’s.',
				}
			: undefined,
);

const choiceUnknown = valueRule(
	{
		...judged('XERO_CHOICE_UNKNOWN'),
		kinds: ['choice'],
	},
	(placed, text) => {
		const { choices } = placed.field;
		if (!choices || choices.some((choice) => choice.value === text)) {
			return undefined;
		}
		return {
			message: `${placedLabel(placed)} ${quoted(text)} is not one of Xero's choices.`,
			fix: `Use one of: ${choices.map((choice) => choice.label).join(', ')}.`,
		};
	},
);

const nameCharacters = valueRule(
	{
		...judged('XERO_NAME_CHARACTERS'),
		kinds: ['text'],
	},
	(placed, text, { definition }) => {
		const { path } = placed.field;
		const isName = path === 'contact.name' || (definition.isContact && path === 'name');
		if (!isName || !/[<>]/.test(text)) return undefined;
		return {
			message: `${placedLabel(placed)} ${quoted(text)} contains < or >, which Xero refuses.`,
			fix: 'Take the angle brackets out of the name in Knack.',
		};
	},
);

/** Whether the value is written in more places than Xero keeps; it would be rounded silently. */
const tooManyPlaces = valueRule(
	{
		...judged('XERO_DECIMALS_ROUNDED'),
		kinds: DECIMAL_KINDS,
	},
	(placed, text) => {
		const places = placed.field.places;
		const value = parseDecimal(text);
		if (places === undefined || value === undefined || value.eq(value.round(places))) {
			return undefined;
		}
		return {
			message: `${placedLabel(placed)} ${shortened(text, 40)} is rounded to ${places} decimals by Xero.`,
			fix: `Round it to ${places} decimals in Knack if the difference matters.`,
		};
	},
);

export const formatRules: readonly Rule[] = [
	textTooLong,
	emailMalformed,
	urlRefused,
	dateUnreal,
	dateFarOff,
	numberUnreadable,
	numberTooLarge,
	rateNotPositive,
	choiceUnknown,
	nameCharacters,
	tooManyPlaces,
];
