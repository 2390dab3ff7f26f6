import type { CalendarDate } from '../../dates';
import { calendarDate, calendarDateOf } from '../../dates';
import { DateTime } from '../../vendor/luxon';
import type { KnackField } from '../app';
import { textAsTyped, textOfShown } from '../html';
import type { FieldCodec } from './fieldCodec';
import { asObject, encoded, notEncoded, shownInMessage, textOf } from './fieldCodec';
import type { FieldValue, Moment } from './fieldValue';
import { textValue } from './fieldValue';

/**
 * Knack's moments are the app's wall clock dressed up as UTC: `iso_timestamp` and `unix_timestamp`
 * name no real instant, and `time` counts the hour after midnight from 720. So they are read from
 * `date`, `hours`, `minutes` and `am_pm`, and nothing else.
 */
export const ignoresTime = (field: KnackField): boolean => field.timeFormat === 'Ignore Time';
const ignoresDate = (field: KnackField): boolean => field.dateFormat === 'Ignore Date';
const isDayFirst = (field: KnackField): boolean => /^d/i.test(field.dateFormat ?? '');

/**
 * One end of a date field: from text in the field's own order, or from an object, whose `date` is
 * month first as Knack sends it and in the field's order as it is written.
 */
export function readMoment(raw: unknown, field: KnackField, isWritten = false): Moment | undefined {
	const parts = asObject(raw);
	if (!parts) return typeof raw === 'string' ? readShownMoment(raw, field) : undefined;
	const date = slashedDate(textOf(parts['date']) ?? '', isWritten && isDayFirst(field));
	const time = clockTime(parts['hours'], parts['minutes'], textOf(parts['am_pm']));
	return keptParts({ date, time: time ?? '00:00' }, field);
}

function keptParts(moment: Moment, field: KnackField): Moment | undefined {
	const kept: Moment = {
		...(!ignoresDate(field) && moment.date && { date: moment.date }),
		...(!ignoresTime(field) && moment.time !== undefined && { time: moment.time }),
	};
	return kept.date === undefined && !ignoresDate(field) ? undefined : kept;
}

/** Two ends with their days, months in words and times take some sixty characters. */
const LONGEST = 200;

function readShownMoment(shown: string, field: KnackField): Moment | undefined {
	if (shown.length > LONGEST) return undefined;
	const text = textAsTyped(shown).split(/\s+to\s+/)[0] ?? '';
	const time = readTime(text) ?? '00:00';
	if (ignoresDate(field)) return readTime(text) === undefined ? undefined : { time };
	const date = slashedDate(text, isDayFirst(field)) ?? isoOrWordedDate(text);
	return date && keptParts({ date, time }, field);
}

function slashedDate(text: string, dayFirst: boolean): CalendarDate | undefined {
	const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(text);
	if (!match) return undefined;
	const [first, second, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
	return dayFirst ? calendarDateOf(year, second, first) : calendarDateOf(year, first, second);
}

function isoOrWordedDate(text: string): CalendarDate | undefined {
	const iso = calendarDate(text.slice(0, 10));
	if (iso) return iso;
	const words = /^([a-z]+ \d{1,2}, \d{4})/i.exec(text)?.[1] ?? '';
	const worded = ['LLLL d, yyyy', 'LLL d, yyyy']
		.map((format) => DateTime.fromFormat(words, format, { zone: 'utc', locale: 'en' }))
		.find(({ isValid }) => isValid);
	return worded && calendarDateOf(worded.year, worded.month, worded.day);
}

/** `HH:mm` of "4:14pm", "04:14 PM" or "16:14" anywhere in the text. */
function readTime(text: string): string | undefined {
	const match = /(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap]m)?/i.exec(text);
	return match ? clockTime(match[1], match[2], match[3]) : undefined;
}

/** Twelve-hour parts when am or pm is given, else twenty-four. */
function clockTime(hours: unknown, minutes: unknown, half: string | undefined): string | undefined {
	const hour = Number(hours);
	const minute = Number(minutes ?? 0);
	if (textOf(hours) === undefined || !Number.isInteger(hour) || !Number.isInteger(minute)) {
		return undefined;
	}
	const noon = /^pm$/i.test(half ?? '') ? 12 : 0;
	const hour24 = half && hour <= 12 ? (hour % 12) + noon : hour;
	if (hour24 > 23 || minute > 59) return undefined;
	return `${String(hour24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** `YYYY-MM-DD`, `HH:mm` or `YYYY-MM-DDTHH:mm`. */
export function momentText({ date, time }: Moment): string {
	if (date === undefined) return time ?? '';
	return time === undefined ? date : `${date}T${time}`;
}

function decodeDate(raw: unknown, field: KnackField, isWritten = false): FieldValue {
	const from = readMoment(raw, field, isWritten);
	if (!from) return textValue(textAsTyped(typeof raw === 'string' ? raw : ''));
	const parts = asObject(raw);
	const to = parts?.['to'] === undefined ? undefined : readMoment(parts['to'], field, isWritten);
	return { kind: 'moment', from, to, allDay: parts?.['all_day'] === true };
}

/**
 * A moment on the app's wall clock from `YYYY-MM-DD`, `YYYY-MM-DDTHH:mm[:ss]` (app time), an ISO
 * date-time with an offset, a luxon or a JS date (brought to the app's zone), or `HH:mm`.
 */
function momentOf(value: unknown, zone: string): Moment | undefined {
	const instant = value instanceof Date ? DateTime.fromJSDate(value) : value;
	if (DateTime.isDateTime(instant)) return localMoment(instant.setZone(zone));
	if (typeof value !== 'string' || value.length > LONGEST) return undefined;
	const text = value.trim();
	const day = calendarDate(text);
	if (day) return { date: day };
	if (/^\d{1,2}:\d{2}/.test(text)) return { time: readTime(text) };
	const hasOffset = /[T ].*(z|[+-]\d{2}:?\d{2})$/i.test(text);
	// Without an offset it is wall-clock time, which no zone's clock change may move.
	const iso = DateTime.fromISO(text.replace(' ', 'T'), { zone: hasOffset ? zone : 'utc' });
	return iso.isValid ? localMoment(iso) : undefined;
}

function localMoment(moment: DateTime): Moment | undefined {
	const date = calendarDateOf(moment.year, moment.month, moment.day);
	return date && { date, time: moment.toFormat('HH:mm') };
}

/**
 * A date as text is read in the field's own order of day and month, so 03/09/2026 is March in one
 * field and September in the next.
 */
export function dateInFieldOrder(date: CalendarDate, field: KnackField): string {
	const [year = '', month = '', day = ''] = date.split('-');
	return isDayFirst(field) ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
}

function twelveHours(time: string): { hours: string; minutes: string; am_pm: 'AM' | 'PM' } {
	const [hour = 0, minute = 0] = time.split(':').map(Number);
	return {
		hours: String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, '0'),
		minutes: String(minute).padStart(2, '0'),
		am_pm: hour < 12 ? 'AM' : 'PM',
	};
}

function writtenText(moment: Moment, field: KnackField): string {
	const { hours, minutes, am_pm } = twelveHours(moment.time ?? '00:00');
	const time = `${hours}:${minutes} ${am_pm.toLowerCase()}`;
	if (ignoresDate(field) || moment.date === undefined) return time;
	const date = dateInFieldOrder(moment.date, field);
	return ignoresTime(field) ? date : `${date} ${time}`;
}

/**
 * An end of a period. Its date is read as text is, in the field's own order; only a raw object that is
 * sent back with its timestamps is month first.
 */
function writtenObject(moment: Moment, field: KnackField): Readonly<Record<string, unknown>> {
	const date = moment.date === undefined ? '' : dateInFieldOrder(moment.date, field);
	return { date, ...twelveHours(moment.time ?? '00:00') };
}

export const dateCodec: FieldCodec = {
	decode: (raw, field) => decodeDate(raw, field),
	decodeWritten: (written, field) => decodeDate(written, field, true),
	encode(value, field, zone) {
		const range = asObject(value);
		const isRange = range !== undefined && !DateTime.isDateTime(value) && !(value instanceof Date);
		const from = momentOf(isRange ? range['from'] : value, zone);
		const to = isRange ? momentOf(range['to'], zone) : undefined;
		const missing = ignoresDate(field) ? from?.time === undefined : from?.date === undefined;
		if (!from || missing) {
			return notEncoded(
				`"${shownInMessage(value)}" is not a ${ignoresDate(field) ? 'time' : 'date'}.`,
				ignoresDate(field) ? 'Send it as HH:mm.' : 'Send it as YYYY-MM-DD or YYYY-MM-DDTHH:mm.',
			);
		}
		if (!to?.date) return encoded(writtenText(from, field));
		return encoded({ ...writtenObject(from, field), to: writtenObject(to, field) });
	},
};

function decodeTimer(raw: unknown, field: KnackField, isWritten: boolean): FieldValue {
	const ends = { ...DATE_AND_TIME, dateFormat: field.dateFormat };
	const parts = asObject(raw);
	const times = Array.isArray(parts?.['times']) ? parts['times'] : [];
	if (!parts) return textValue(textOfShown(String(raw)));
	const periods = times.flatMap((entry: unknown) => {
		const period = asObject(entry);
		if (!period) return [];
		const from = readMoment(period['from'], ends, isWritten);
		const to = readMoment(period['to'], ends, isWritten);
		return [{ ...(from && { from }), ...(to && { to }) }];
	});
	return { kind: 'timer', milliseconds: Number(parts['total_time'] ?? 0) || 0, periods };
}

/** A stopwatch: periods with a total in milliseconds. */
export const timerCodec: FieldCodec = {
	decode: (raw, field) => decodeTimer(raw, field, false),
	decodeWritten: (written, field) => decodeTimer(written, field, true),
	encode(value, field, zone) {
		const range = asObject(value);
		const [from, to] = [momentOf(range?.['from'], zone), momentOf(range?.['to'], zone)];
		if (!from?.date || !to?.date) {
			return notEncoded(
				`"${shownInMessage(value)}" is not a period.`,
				'Send an object with from and to, both as YYYY-MM-DDTHH:mm.',
			);
		}
		return encoded({ times: [{ from: writtenObject(from, field), to: writtenObject(to, field) }] });
	},
};

const DATE_AND_TIME: KnackField = {
	key: '',
	name: '',
	type: 'date_time',
	required: false,
	unique: false,
	format: {},
};
