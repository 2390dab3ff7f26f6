import { DateTime } from 'luxon';

import type { FieldFormat } from './schema';
import type { DateValue, WallClock } from './values';

/**
 * Knack's dates: the app's local wall clock dressed up as UTC. A stored moment has no zone; the
 * `Z` in its `iso_timestamp` is not true.
 */

/** The dummy date of a time-only field. */
const timeOnlyDate = '2012-01-01';

export function wallClockAt(epochMs: number, ianaZone: string): WallClock {
	const local = DateTime.fromMillis(epochMs, { zone: ianaZone });
	return { date: local.toFormat('yyyy-MM-dd'), minutes: local.hour * 60 + local.minute };
}

/**
 * A new record's "current" date. Between 00:00 and 00:59 Knack stores 00:00
 * (seen in City of Austin's recorded records).
 */
export function defaultCurrentMoment(
	epochMs: number,
	ianaZone: string,
	format: FieldFormat,
): WallClock {
	const now = wallClockAt(epochMs, ianaZone);
	if (format.time_format === 'Ignore Time' || now.minutes < 60) return { ...now, minutes: 0 };
	if (format.date_format === 'Ignore Date') return { ...now, date: timeOnlyDate };
	return now;
}

/** Minutes on one scale for comparing, counted as if the wall clock were UTC. */
export function wallClockMinutes(moment: WallClock): number {
	return Math.floor(utcOf(moment) / 60_000);
}

function utcOf(moment: WallClock): number {
	const [year = 0, month = 1, day = 1] = moment.date.split('-').map(Number);
	return Date.UTC(year, month - 1, day, 0, moment.minutes);
}

/** Reads a date in the field's own day/month order, with an optional time, as Knack does. */
export function parseWallClock(text: string, format: FieldFormat = {}): WallClock | undefined {
	const trimmed = text.trim();
	const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2}).*)?$/.exec(trimmed);
	if (iso) {
		const [, year, month, day, hour, minute] = iso;
		return checked(year, month, day, Number(hour ?? 0) * 60 + Number(minute ?? 0));
	}
	if (format.date_format === 'Ignore Date') {
		const minutes = parseTime(trimmed);
		return minutes === undefined ? undefined : { date: timeOnlyDate, minutes };
	}
	const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[,\s]+(.+))?$/.exec(trimmed);
	if (!slashed) return undefined;
	const [, first, second, year, time] = slashed;
	const minutes = time === undefined ? 0 : parseTime(time);
	if (minutes === undefined) return undefined;
	return format.date_format === 'dd/mm/yyyy'
		? checked(year, second, first, minutes)
		: checked(year, first, second, minutes);
}

/** True when the text names a time of day and not only a date. */
export function hasTime(text: string): boolean {
	return /\d:\d\d/.test(text);
}

/** Minutes since midnight of `16:14`, `4:14pm`, `4:14 PM` or `16:14:05`. */
export function parseTime(text: string): number | undefined {
	const match = /^(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?$/i.exec(text.trim());
	if (!match) return undefined;
	const [, hourText, minuteText, half] = match;
	let hour = Number(hourText);
	const minute = Number(minuteText);
	if (half !== undefined) {
		if (hour < 1 || hour > 12) return undefined;
		hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
	}
	return hour > 23 || minute > 59 ? undefined : hour * 60 + minute;
}

function checked(
	year: string | undefined,
	month: string | undefined,
	day: string | undefined,
	minutes: number,
): WallClock | undefined {
	const date = DateTime.utc(Number(year), Number(month), Number(day));
	return date.isValid ? { date: date.toFormat('yyyy-MM-dd'), minutes } : undefined;
}

interface RawMoment {
	date: string;
	date_formatted: string;
	hours: string;
	minutes: string;
	am_pm: string;
	unix_timestamp: number;
	iso_timestamp: string;
	timestamp: string;
	time: number;
	all_day?: boolean;
	to?: RawMoment;
	repeat?: unknown;
}

/** One moment in Knack's raw form; `date` and `timestamp` are always mm/dd/yyyy. */
export function rawMoment(moment: WallClock, format: FieldFormat): RawMoment {
	const [year = '', month = '', day = ''] = moment.date.split('-');
	const hour = Math.floor(moment.minutes / 60);
	const minute = two(moment.minutes % 60);
	const hours = two(hour % 12 === 0 ? 12 : hour % 12);
	const half = hour < 12 ? 'AM' : 'PM';
	const american = `${month}/${day}/${year}`;
	const utc = utcOf(moment);
	return {
		date: american,
		date_formatted: formatDate(moment, format) || american,
		hours,
		minutes: minute,
		am_pm: half,
		unix_timestamp: utc,
		iso_timestamp: `${moment.date}T${two(hour)}:${minute}:00.000Z`,
		timestamp: `${american} ${hours}:${minute} ${half.toLowerCase()}`,
		// Knack's quirk: the hour after midnight counts from 720, not from 0.
		time: hour === 0 ? 720 + moment.minutes : moment.minutes,
	};
}

export function rawDate(value: DateValue, format: FieldFormat): RawMoment {
	const raw = rawMoment(value.from, format);
	if (value.allDay) raw.all_day = true;
	if (value.to) raw.to = { ...rawMoment(value.to, format), ...(value.allDay && { all_day: true }) };
	if (value.repeat !== undefined) raw.repeat = value.repeat;
	return raw;
}

/** The formatted value: `22/11/2026 4:14pm`, or with a range `… 4:14pm to 5:14pm`. */
export function displayDate(value: DateValue, format: FieldFormat): string {
	const start = displayMoment(value.from, format);
	if (!value.to) return start;
	const end =
		value.to.date === value.from.date
			? formatTime(value.to, format)
			: displayMoment(value.to, format);
	return `${start} to ${end}`;
}

function displayMoment(moment: WallClock, format: FieldFormat): string {
	return [formatDate(moment, format), formatTime(moment, format)].filter(Boolean).join(' ');
}

function formatDate(moment: WallClock, format: FieldFormat): string {
	const [year = '', month = '', day = ''] = moment.date.split('-');
	switch (format.date_format) {
		case 'Ignore Date':
			return '';
		case 'dd/mm/yyyy':
			return `${day}/${month}/${year}`;
		case 'yyyy-mm-dd':
			return moment.date;
		case 'D MMM, YYYY':
			return DateTime.fromISO(moment.date).toFormat('d MMM, yyyy');
		default:
			return `${month}/${day}/${year}`;
	}
}

function formatTime(moment: WallClock, format: FieldFormat): string {
	const hour = Math.floor(moment.minutes / 60);
	const minute = two(moment.minutes % 60);
	if (format.time_format === 'Ignore Time') return '';
	if (format.time_format === 'HH MM (military)') return `${two(hour)}:${minute}`;
	return `${hour % 12 === 0 ? 12 : hour % 12}:${minute}${hour < 12 ? 'am' : 'pm'}`;
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}
