import { readCalendarDate } from '../../dates';
import { DateTime } from '../../vendor/luxon';
import { quoted, readValue, unreadable, type FieldReading } from './fieldReading';

/** Spellings with the month in words or the year first, which have one reading anywhere. */
const CLEAR_FORMATS: readonly string[] = [
	'yyyy/M/d',
	'yyyy.M.d',
	'd MMM yyyy',
	'd MMMM yyyy',
	'd-MMM-yyyy',
	'd MMM, yyyy',
	'MMM d, yyyy',
	'MMMM d, yyyy',
	'MMM d yyyy',
	'MMMM d yyyy',
	'EEE d MMM yyyy',
	'EEEE d MMMM yyyy',
	'EEEE, MMMM d, yyyy',
];

const DAY_AND_MONTH_IN_DIGITS = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/;

/**
 * Reads a calendar date. "03/04/2026" is not guessed, and neither is "25/12/2026", which has one
 * reading: a mapping that works until the twelfth of the month is worse than one that says so.
 */
export function readDate(value: unknown, timeZone: string): FieldReading {
	const date = readCalendarDate(value, timeZone);
	if (date) return readValue(date);
	if (typeof value !== 'string') {
		return unreadable(
			'XERO_DATE_NOT_ON_CALENDAR',
			`holds ${typeof value === 'number' ? `the number ${value}` : 'something that is not text'}, which is not a date.`,
			'Map a date field, or give the day as year-month-day, such as 2026-11-30.',
		);
	}
	const text = value.trim();
	const digits = DAY_AND_MONTH_IN_DIGITS.exec(text);
	if (digits) {
		const year = digits[3] ?? '';
		const pattern = text.includes('/') ? '/' : text.includes('.') ? '.' : '-';
		const format = ['dd', 'MM', year.length === 4 ? 'yyyy' : 'yy'].join(pattern);
		return unreadable(
			'XERO_DATE_NOT_ON_CALENDAR',
			`holds ${quoted(text)}; dates written like this do not tell whether the day or the month comes first.`,
			`Give the day as year-month-day (2026-11-30), or turn the field into an expression such as {{ DateTime.fromFormat($json["Due"], "${format}").toISODate() }}.`,
		);
	}
	for (const format of CLEAR_FORMATS) {
		const moment = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en' });
		if (moment.isValid) return readValue(moment.toFormat('yyyy-MM-dd'));
	}
	return unreadable(
		'XERO_DATE_NOT_ON_CALENDAR',
		`holds ${quoted(text)}, which is not a date.`,
		'Give the day as year-month-day, such as 2026-11-30.',
	);
}
