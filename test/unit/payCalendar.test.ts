import { calendarDate } from '../../lib/dates';
import { periodOf, type PayCalendar } from '../../lib/xero/payCalendar';

function day(text: string) {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

function calendar(type: string, start: string, end?: string): PayCalendar {
	return {
		id: 'calendar-1',
		name: type,
		type,
		start: day(start),
		...(end === undefined ? {} : { end: day(end) }),
	};
}

describe('the pay period of a day', () => {
	it.each([
		['WEEKLY', '2026-11-16', '2026-11-22', '2026-11-16', '2026-11-22'],
		['WEEKLY', '2026-11-16', '2026-11-15', '2026-11-09', '2026-11-15'],
		['WEEKLY', '2026-11-16', '2027-01-01', '2026-12-28', '2027-01-03'],
		['FORTNIGHTLY', '2026-11-16', '2026-11-30', '2026-11-30', '2026-12-13'],
		['FOURWEEKLY', '2026-11-16', '2026-12-14', '2026-12-14', '2027-01-10'],
		['MONTHLY', '2026-11-01', '2026-12-31', '2026-12-01', '2026-12-31'],
		['MONTHLY', '2026-11-01', '2027-02-28', '2027-02-01', '2027-02-28'],
		['MONTHLY', '2026-11-21', '2027-01-20', '2026-12-21', '2027-01-20'],
		['MONTHLY', '2026-11-21', '2026-11-20', '2026-10-21', '2026-11-20'],
		['QUARTERLY', '2026-10-01', '2027-03-31', '2027-01-01', '2027-03-31'],
		['QUARTERLY', '2026-10-01', '2026-09-30', '2026-07-01', '2026-09-30'],
		['ANNUAL', '2026-04-06', '2027-04-06', '2027-04-06', '2028-04-05'],
		['TWICEMONTHLY', '2026-11-01', '2026-11-15', '2026-11-01', '2026-11-15'],
		['TWICEMONTHLY', '2026-11-16', '2027-02-16', '2027-02-16', '2027-02-28'],
		['TWICEMONTHLY', '2026-11-16', '2026-12-31', '2026-12-16', '2026-12-31'],
	])('of a calendar %s from %s, %s', (type, start, of, first, last) => {
		expect(periodOf(calendar(type, start), day(of))).toEqual({ start: first, end: last });
	});

	it('is the open one at least, of a calendar that is not known', () => {
		const odd = calendar('FOUR-FOUR-FIVE', '2026-11-02', '2026-11-29');
		expect(periodOf(odd, day('2026-11-29'))).toEqual({ start: '2026-11-02', end: '2026-11-29' });
		expect(periodOf(odd, day('2026-11-30'))).toBeUndefined();
	});

	it('is not made up where a month has no such day, or halves begin elsewhere', () => {
		const onThe31st = calendar('MONTHLY', '2026-10-31', '2026-11-29');
		expect(periodOf(onThe31st, day('2026-11-02'))).toMatchObject({ start: '2026-10-31' });
		expect(periodOf(onThe31st, day('2027-02-10'))).toBeUndefined();
		expect(periodOf(calendar('TWICEMONTHLY', '2026-11-05'), day('2026-12-01'))).toBeUndefined();
	});
});
