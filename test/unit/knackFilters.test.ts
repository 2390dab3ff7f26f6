import type { KnackApp, KnackField, KnackTable } from '../../lib/knack/app';
import {
	likelySuccessor,
	missingFieldWords,
	missingTableWords,
} from '../../lib/knack/fieldSuccessors';
import { buildFilters, filtersInWords, OPERATORS, parseRawFilters } from '../../lib/knack/filters';
import { DateTime } from '../../lib/vendor/luxon';
import { isTimeZone, zoneOfApp } from '../../lib/knack/timeZones';

function field(
	key: string,
	name: string,
	type: string,
	more: Partial<KnackField> = {},
): KnackField {
	return { key, name, type, required: false, unique: false, format: {}, ...more };
}

const jobs: KnackTable = {
	key: 'object_4',
	name: 'Jobs',
	fields: [
		field('field_1', 'Status', 'multiple_choice', { options: ['New', 'Completed'] }),
		field('field_2', 'Due', 'date_time', { dateFormat: 'dd/mm/yyyy' }),
		field('field_3', 'Amount', 'currency'),
		field('field_4', 'Urgent', 'boolean'),
		field('field_5', 'Photo', 'image'),
		field('field_6', 'Job Status', 'multiple_choice'),
	],
};

function rule(name: string, operator: string, more: object = {}): unknown {
	const built = buildFilters(jobs, 'and', [{ field: name, operator, ...more }]);
	return built.ok ? built.value.rules[0] : built.failure;
}

describe('Filters', () => {
	it('writes each value as its field takes it', () => {
		expect(rule('Status', 'is', { value: 'Completed' })).toEqual({
			field: 'field_1',
			operator: 'is',
			value: 'Completed',
		});
		expect(rule('Due', 'is before', { value: '2026-09-03T00:00:00' })).toMatchObject({
			value: '03/09/2026',
		});
		expect(rule('Amount', 'higher than', { value: '12.50' })).toMatchObject({ value: '12.5' });
		expect(rule('Urgent', 'is', { value: 'yes' })).toMatchObject({ value: true });
		expect(rule('Status', 'is any', { value: ['New', 'Completed'] })).toMatchObject({
			value: ['New', 'Completed'],
		});
		expect(rule('Due', 'is during the previous', { range: 3, period: 'months' })).toEqual({
			field: 'field_2',
			operator: 'is during the previous',
			range: 3,
			type: 'months',
		});
		expect(rule('Status', 'is blank', { value: 'ignored' })).toEqual({
			field: 'field_1',
			operator: 'is blank',
		});
	});

	it.each([
		['Amount', 'contains', { value: '5' }, 'cannot be asked of Amount'],
		['Photo', 'is', { value: 'x' }, 'cannot be asked of Photo'],
		['Amount', 'higher than', { value: 'lots' }, 'which is no number'],
		['Due', 'is', { value: 'soon' }, 'which is no date'],
		['Status', 'is', {}, 'has no value'],
		['Due', 'is during the next', { range: 0 }, 'counts no days'],
	])('refuses %s %s %j', (name, operator, more, words) => {
		expect(rule(name, operator, more)).toMatchObject({ message: expect.stringContaining(words) });
	});

	it('names a field that is gone, and its likely successor', () => {
		const built = buildFilters(
			jobs,
			'and',
			[{ field: 'field_9', operator: 'is', value: 'x' }],
			(key) => ({
				key,
				name: 'Job State',
				type: 'multiple_choice',
			}),
		);
		expect(built).toMatchObject({
			ok: false,
			failure: {
				message: 'The field Job State (field_9) is not in the table Jobs any more.',
				fix: expect.stringContaining('Job Status (field_6)'),
				missingField: 'field_9',
			},
		});
	});

	it("reads Knack's own JSON: object, list, any and all, also out of an address", () => {
		const rules = [{ field: 'field_1', operator: 'is', value: 'New' }];
		for (const [text, match] of [
			[JSON.stringify({ match: 'or', rules }), 'or'],
			[JSON.stringify({ match: 'any', rules }), 'or'],
			[JSON.stringify({ match: 'all', rules }), 'and'],
			[JSON.stringify(rules), 'and'],
			[encodeURIComponent(JSON.stringify({ rules })), 'and'],
		]) {
			expect(parseRawFilters(text)).toEqual({ ok: true, value: { match, rules } });
		}
		for (const bad of ['', '{', '[]', '{"rules":[{"field":"field_1"}]}', 7]) {
			expect(parseRawFilters(bad).ok).toBe(false);
		}
	});

	it('says a filter in words', () => {
		const rules = [
			{ field: 'field_1', operator: 'is', value: 'Completed' },
			{ field: 'field_2', operator: 'is during the previous', range: 3, type: 'days' },
		];
		expect(filtersInWords(jobs, { match: 'and', rules })).toBe(
			'Status is Completed and Due is during the previous 3 days',
		);
	});

	it('knows presence for every family but yes/no', () => {
		for (const [family, operators] of Object.entries(OPERATORS)) {
			expect('is blank' in operators).toBe(family !== 'boolean');
		}
	});
});

describe('What took the place of something deleted', () => {
	const app: KnackApp = { id: 'a', name: 'Trade', timeZone: 'Etc/UTC', tables: [jobs] };

	it('prefers the same name, then likeness, and says so when there is none', () => {
		expect(likelySuccessor(jobs, { key: 'field_99', name: 'Due' })?.key).toBe('field_2');
		expect(
			likelySuccessor(jobs, { key: 'field_99', name: 'Colour', type: 'image' }),
		).toBeUndefined();
		expect(missingFieldWords(jobs, { key: 'field_99' }).fix).toMatch('Choose another field');
		expect(missingTableWords(app, { key: 'object_9', name: 'Jobs 2025' }).fix).toMatch('object_4');
		expect(missingTableWords(app, { key: 'object_9' }).fix).toMatch('The app has: Jobs');
	});
});

describe("The app's time zone", () => {
	it.each([
		['Central Time (US & Canada)', -21_600, 'America/Chicago'],
		['(GMT+00:00) London', 0, 'Europe/London'],
		['Australia/Perth', 28_800, 'Australia/Perth'],
		['sydney', 36_000, 'Australia/Sydney'],
		['Somewhere New', '19800', 'UTC+5:30'],
		['', undefined, 'Etc/UTC'],
	])('is for %j, %p: %s', (label, offset, zone) => {
		expect(zoneOfApp({ label, offset })).toBe(zone);
		expect(isTimeZone(zone) || zone.startsWith('UTC')).toBe(true);
	});

	it.each([
		['Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London', 0, 3_600, 'Europe/Dublin'],
		['Canberra, Melbourne, Sydney', 36_000, 3_600, 'Australia/Sydney'],
		['Auckland, Wellington', 43_200, 3_600, 'Pacific/Auckland'],
	])('is for the cities %j that of the first', (label, offset, summerOffset, zone) => {
		expect(zoneOfApp({ label, offset, summerOffset })).toBe(zone);
	});

	it.each([
		['-21600', '3600', -300],
		['-21600', '0', -360],
		['0', '3600', 60],
		[3_600, 3_600, 120],
		['19800', '0', 330],
		['19800', undefined, 330],
		['13', 'x', 0],
	])('has, where its label is not known, the recorded summer time: %p, %p', (...given) => {
		const [offset, summerOffset, minutesInJuly] = given;
		const zone = zoneOfApp({ label: 'Somewhere New', offset, summerOffset });
		expect(DateTime.utc(2026, 7, 1).setZone(zone).offset).toBe(minutesInJuly);
	});
});
