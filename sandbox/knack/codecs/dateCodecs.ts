import type { FieldFormat } from '../schema';
import { asObject, asText, isDateValue, isTimerValue } from '../values';
import type { DateValue, WallClock } from '../values';
import {
	displayDate,
	parseTime,
	parseWallClock,
	rawDate,
	rawMoment,
	wallClockMinutes,
} from '../wallClock';
import type { FieldCodec } from './fieldCodec';

/** A moment from text, or from an object such as `{date, hours, minutes, am_pm}`. */
function readMoment(input: unknown, format: FieldFormat): WallClock | undefined {
	const parts = asObject(input);
	if (!parts) {
		const text = asText(input);
		return text === undefined ? undefined : withoutTime(parseWallClock(text, format), format);
	}
	// A raw value sent back as it was read: its `date` is mm/dd/yyyy whatever the field shows.
	const echoed = parts['unix_timestamp'] !== undefined || parts['iso_timestamp'] !== undefined;
	const dateFormat: FieldFormat = echoed ? { date_format: 'mm/dd/yyyy' } : format;
	const date =
		format.date_format === 'Ignore Date'
			? { date: '2012-01-01', minutes: 0 }
			: parseWallClock(asText(parts['date']) ?? '', dateFormat);
	if (!date) return undefined;
	const hours = asText(parts['hours']);
	if (hours === undefined) return withoutTime(date, format);
	const minutes = (asText(parts['minutes']) ?? '00').padStart(2, '0');
	const time = parseTime(`${hours}:${minutes}${asText(parts['am_pm']) ?? ''}`);
	return time === undefined ? undefined : withoutTime({ ...date, minutes: time }, format);
}

function withoutTime(moment: WallClock | undefined, format: FieldFormat): WallClock | undefined {
	return moment && format.time_format === 'Ignore Time' ? { ...moment, minutes: 0 } : moment;
}

/** date_time. A `to` sent to a field that is not a range is dropped without a word. */
export const dateTime: FieldCodec = {
	read: (input, field) => {
		const format = field.format ?? {};
		const from = readMoment(input, format);
		if (!from) return { problem: 'must be a valid date' };
		const value: DateValue = { from };
		const parts = asObject(input);
		if (format.calendar && parts) {
			const to = parts['to'] === undefined ? undefined : readMoment(parts['to'], format);
			if (to) value.to = to;
			if (parts['all_day'] === true) value.allDay = true;
			if (parts['repeat'] !== undefined) value.repeat = parts['repeat'];
		}
		return { value };
	},
	display: (value, field) => (isDateValue(value) ? displayDate(value, field.format ?? {}) : ''),
	raw: (value, field) => (isDateValue(value) ? rawDate(value, field.format ?? {}) : ''),
};

/** timer: pairs of moments; `total_time` is in milliseconds. */
export const timer: FieldCodec = {
	read: (input, field) => {
		const times = asObject(input)?.['times'];
		if (!Array.isArray(times)) return { problem: 'must be a timer' };
		const pairs: Array<{ from: WallClock; to: WallClock }> = [];
		for (const pair of times) {
			const from = readMoment(asObject(pair)?.['from'], field.format ?? {});
			const to = readMoment(asObject(pair)?.['to'], field.format ?? {});
			if (!from || !to) return { problem: 'must be a timer' };
			pairs.push({ from, to });
		}
		return { value: pairs.length > 0 ? { times: pairs } : undefined };
	},
	display: (value, field) => {
		if (!isTimerValue(value)) return '';
		const minutes = totalMinutes(value.times);
		const hours = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
		const spans = value.times.map(({ from, to }) => {
			const [date = '', ...rest] = displayDate({ from, to }, field.format ?? {}).split(' ');
			return `<span>${date.replace(/\d\d(\d\d)$/, '$1')}</span>&nbsp;${rest.join(' ')}`;
		});
		return `${spans.join('<br />')} = ${hours} hours`;
	},
	raw: (value, field) => {
		if (!isTimerValue(value)) return '';
		const format = field.format ?? {};
		return {
			times: value.times.map(({ from, to }) => ({
				from: rawMoment(from, format),
				to: rawMoment(to, format),
			})),
			total_time: totalMinutes(value.times) * 60_000,
		};
	},
};

function totalMinutes(times: ReadonlyArray<{ from: WallClock; to: WallClock }>): number {
	return times.reduce(
		(total, { from, to }) => total + wallClockMinutes(to) - wallClockMinutes(from),
		0,
	);
}
