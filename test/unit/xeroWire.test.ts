import { TimeZone } from 'xero-node';
import { readWireDate, readWireInstant } from '../../lib/xero/wireDates';
import { ianaZone } from '../../lib/xero/timeZones';
import { chunkByLength, sandboxXero } from '../../lib/xero/urls';
import { fullUrl, isSafeUrl } from '../../lib/urls';
import { DateTime } from '../../lib/vendor/luxon';

describe('instants and days of Xero', () => {
	it.each([
		['/Date(1763812345000+0000)/', 1763812345000],
		['/Date(1763812345000+1300)/', 1763812345000],
		['/Date(-62135596800000)/', -62135596800000],
		['2025-11-22T11:52:25Z', 1763812345000],
		['2025-11-22T11:52:25', 1763812345000],
		['2025-11-22T11:52:25.123', 1763812345123],
		['22 November 2025', undefined],
		[null, undefined],
	])('%s is the instant %s', (text, expected) => {
		expect(readWireInstant(text)).toBe(expected);
	});

	it.each([
		['/Date(1763769600000+0000)/', '2025-11-22'],
		['2025-11-22T00:00:00', '2025-11-22'],
		['2025-11-22T23:59:59Z', '2025-11-22'],
		['2025-11-22', '2025-11-22'],
		['2025-02-30', undefined],
		['', undefined],
		[5, undefined],
	])('%s is the day %s', (text, expected) => {
		expect(readWireDate(text)).toBe(expected);
	});
});

describe('time zones of Xero', () => {
	it('each have an IANA zone', () => {
		const names = Object.values(TimeZone).map(String);
		expect(names.length).toBeGreaterThan(100);
		const unknown = names.filter(
			(name) => !DateTime.utc().setZone(ianaZone(name)).isValid || ianaZone(name) === 'Etc/UTC',
		);
		expect(unknown).toEqual([]);
	});

	it.each([
		['GMTSTANDARDTIME', 'Europe/London'],
		['NEWZEALANDSTANDARDTIME', 'Pacific/Auckland'],
		['AUSEASTERNSTANDARDTIME', 'Australia/Sydney'],
		['EASTERNSTANDARDTIME', 'America/New_York'],
		['Europe/Paris', 'Europe/Paris'],
		['MARSSTANDARDTIME', 'Etc/UTC'],
		[undefined, 'Etc/UTC'],
	])('%s is %s', (name, zone) => {
		expect(ianaZone(name)).toBe(zone);
	});
});

describe('addresses', () => {
	it('are split so that each stays within its room', () => {
		const values = Array.from({ length: 200 }, (_, index) => `INV ${index} & Co`);
		const chunks = chunkByLength(values, ',', 300, 40);
		expect(chunks.flat()).toEqual(values);
		for (const chunk of chunks) {
			expect(encodeURIComponent(chunk.join(',')).length).toBeLessThanOrEqual(300);
			expect(chunk.length).toBeLessThanOrEqual(40);
		}
		expect(chunkByLength(['x'.repeat(500), 'y'], ',', 300, 40)).toEqual([['x'.repeat(500)], ['y']]);
		expect(chunkByLength([], ',', 300, 40)).toEqual([]);
	});

	it('are written out with every value encoded', () => {
		expect(fullUrl('https://a/b', { where: 'Name=="A & B"', page: '1' })).toBe(
			'https://a/b?where=Name%3D%3D%22A%20%26%20B%22&page=1',
		);
		expect(fullUrl('https://a/b')).toBe('https://a/b');
		expect(sandboxXero('http://127.0.0.1:4010/xero//').accounting).toBe(
			'http://127.0.0.1:4010/xero/api.xro/2.0',
		);
	});

	it.each([
		['https://api.xero.com', true],
		['http://127.0.0.1:4010/xero', true],
		['http://localhost:4010', true],
		['http://[::1]:4010/x', true],
		['http://example.com', false],
		['http://127.0.0.1.example.com', false],
		['http://localhost.example.com/', false],
		['http://user@127.0.0.1.evil', false],
		['ftp://127.0.0.1', false],
		['', false],
	])('%s: safe %s', (url, safe) => {
		expect(isSafeUrl(url)).toBe(safe);
	});
});
