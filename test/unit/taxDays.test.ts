import { calendarDate, type CalendarDate } from '../../lib/dates';
import { taxPaidOn } from '../../lib/insights/cashForecast/taxDays';
import { taxPeriodsAt } from '../../lib/insights/cashForecast/taxPeriods';

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

describe('when the tax of a period is paid', () => {
	it.each([
		['GB', 1, '2026-11-30', '2027-01-07'],
		['GB', 3, '2026-03-31', '2026-05-07'],
		['GB', 3, '2026-12-31', '2027-02-07'],
		['GB', 12, '2026-03-31', '2026-05-31'],
		['AU', 1, '2026-12-31', '2027-01-21'],
		['AU', 1, '2026-09-30', '2026-10-21'],
		['AU', 3, '2026-09-30', '2026-10-28'],
		['AU', 3, '2026-12-31', '2027-02-28'],
		['AU', 3, '2027-03-31', '2027-04-28'],
		['AU', 3, '2027-06-30', '2027-07-28'],
		['AU', 12, '2027-06-30', '2027-10-31'],
		['NZ', 1, '2026-10-31', '2026-11-28'],
		['NZ', 2, '2026-11-30', '2027-01-15'],
		['NZ', 2, '2027-01-31', '2027-02-28'],
		['NZ', 2, '2027-03-31', '2027-05-07'],
		['NZ', 6, '2027-03-31', '2027-05-07'],
		['NZ', 6, '2026-09-30', '2026-10-28'],
	])('%s, of %i months to %s: %s', (countryCode, months, ended, paid) => {
		const end = day(ended);
		expect(taxPaidOn({ end, months }, { countryCode })).toBe(paid);
	});

	it.each(['US', 'IE', undefined])('is not known for %s', (countryCode) => {
		const period = { end: day('2026-12-31'), months: 3 };
		expect(taxPaidOn(period, { countryCode })).toBeUndefined();
	});
});

describe('periods of tax', () => {
	it.each([
		['AU', 12, '2026-06-30', '2027-06-30'],
		['AU', 6, '2026-06-30', '2027-06-30'],
		['AU', undefined, '2026-06-30', '2027-06-30'],
		['GB', 9, '2026-09-30', '2027-09-30'],
	])('of a year in %s, with books to month %s, end %s', (countryCode, month, ended, running) => {
		const financialYearEnd = month === undefined ? undefined : { month, day: 30 };
		const told = { countryCode, salesTaxPeriod: 'ANNUALLY', financialYearEnd };
		expect(taxPeriodsAt(told, day('2026-11-22'))).toMatchObject({ ended, running });
	});

	it('are the quarters of the calendar in Australia, whose numbers tell how it is reported', () => {
		const organisation = { countryCode: 'AU', salesTaxPeriod: 'QUARTERLY1' };
		const financialYearEnd = { month: 6, day: 30 };
		expect(taxPeriodsAt({ ...organisation, financialYearEnd }, day('2026-11-22'))).toMatchObject({
			ended: '2026-09-30',
			running: '2026-12-31',
		});
		expect(
			taxPeriodsAt({ ...organisation, countryCode: 'GB', financialYearEnd }, day('2026-11-22')),
		).toMatchObject({ ended: '2026-10-31', running: '2027-01-31' });
	});
});
