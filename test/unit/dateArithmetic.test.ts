import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	addDays,
	calendarDate,
	daysBetween,
	dayInZone,
	instantText,
	type CalendarDate,
} from '../../lib/dates';

const epoch = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) });
const day = fc
	.integer({ min: 0, max: 3_652_058 })
	.map((days) =>
		DateTime.fromISO('0001-01-01', { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd'),
	);

describe('dates, worked out without a time zone', () => {
	it('are the same as the calendar of luxon', () => {
		fc.assert(
			fc.property(day, day, (from, to) => {
				const [a, b] = [DateTime.fromISO(from), DateTime.fromISO(to)].map((date) =>
					date.setZone('utc', { keepLocalTime: true }),
				);
				const between = daysBetween(from as CalendarDate, to as CalendarDate);
				expect(between).toBe(b && a ? b.diff(a, 'days').days : undefined);
				expect(addDays(from as CalendarDate, between)).toBe(to);
			}),
		);
	});

	it('are only taken for what is on the calendar', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 9999 }),
				fc.integer({ min: 0, max: 14 }),
				fc.integer({ min: 0, max: 33 }),
				(year, month, dayOfMonth) => {
					const text = [
						String(year).padStart(4, '0'),
						String(month).padStart(2, '0'),
						String(dayOfMonth).padStart(2, '0'),
					].join('-');
					const isReal = DateTime.fromObject(
						{ year, month, day: dayOfMonth },
						{ zone: 'utc' },
					).isValid;
					expect(calendarDate(text)).toBe(isReal ? text : undefined);
				},
			),
			{ numRuns: 2_000 },
		);
		expect(calendarDate('2024-02-29')).toBe('2024-02-29');
		expect(calendarDate('1900-02-29')).toBeUndefined();
		expect(calendarDate('2000-02-29')).toBe('2000-02-29');
	});

	it('and instants in UTC are written as luxon writes them', () => {
		fc.assert(
			fc.property(epoch, (ms) => {
				const moment = DateTime.fromMillis(ms, { zone: 'utc' });
				expect(dayInZone(ms, 'utc')).toBe(moment.toFormat('yyyy-MM-dd'));
				expect(instantText(ms)).toBe(moment.toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'"));
			}),
		);
	});
});
