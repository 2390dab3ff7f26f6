import fc from 'fast-check';
import { apiPath } from '../../lib/apiPath';

const read = (given: string) => apiPath(given, 'Invoices');
const BASE = 'https://api.example.test/api.xro/2.0';

describe('the path of an API call', () => {
	test.each([
		['Invoices', '/Invoices'],
		['/Invoices', '/Invoices'],
		[' /Invoices/ ', '/Invoices'],
		[
			'Invoices/220ddca8-3144-4085-9a88-2d72c5133734',
			'/Invoices/220ddca8-3144-4085-9a88-2d72c5133734',
		],
		['Invoices/INV-1/Attachments/Plan A.pdf', '/Invoices/INV-1/Attachments/Plan%20A.pdf'],
		['Invoices/INV-1/Attachments/Plan%20A.pdf', '/Invoices/INV-1/Attachments/Plan%20A.pdf'],
		['Attachments/100%25.pdf', '/Attachments/100%25.pdf'],
		['Attachments/Übersicht.pdf', '/Attachments/%C3%9Cbersicht.pdf'],
		['Attachments/a..b.pdf', '/Attachments/a..b.pdf'],
		['Contacts/@me;x=1', '/Contacts/%40me%3Bx%3D1'],
	])('%j is sent as %j', (given, path) => {
		expect(read(given)).toEqual({ ok: true, value: path });
	});

	test.each([
		['https://evil.example/Invoices', 'a whole address'],
		['HTTP:evil', 'a whole address'],
		['javascript:alert(1)', 'a whole address'],
		['//evil.example/x', 'a whole address'],
		['\\\\evil.example', 'a whole address'],
		['/\\evil.example', 'a whole address'],
		['Invoices?page=2', 'more than a path'],
		['Invoices#top', 'more than a path'],
		['../connections', 'a path with a step up'],
		['Invoices/../../connections', 'a path with a step up'],
		['Invoices/./x', 'a path with a step up'],
		['Invoices/%2e%2e/x', 'a path with a step up'],
		['Invoices/.%2E/x', 'a path with a step up'],
		['Invoices/..;/x', 'a path with a step up'],
		['Invoices/..%3bjsessionid=1/x', 'a path with a step up'],
		['Invoices/%252e%252e/x', 'hidden'],
		['Invoices/a%2fb', 'hidden'],
		['Invoices/a%252fb', 'hidden'],
		['Invoices/a%5Cb', 'hidden'],
		['Invoices/a\\b', 'hidden'],
		['Invoices/a\r\nHost: evil', 'hidden'],
		['Invoices/a%0d%0aX: y', 'hidden'],
		['Invoices/a%00', 'hidden'],
		['Invoices//x', 'not a path'],
		['GET /Invoices', 'not a path'],
		['/', 'not a path'],
		['Invoices/%zz', 'not readable'],
		['Invoices/%ff', 'not readable'],
		['x'.repeat(1_001), 'longer'],
	])('%j is refused: %s', (given, why) => {
		expect(read(given)).toMatchObject({
			ok: false,
			failure: { why: expect.stringContaining(why) },
		});
	});

	test('leads to no place above the API, whatever is typed', () => {
		const parts = fc.constantFrom(
			'..',
			'.',
			'%2e',
			'%2F',
			'%5c',
			'/',
			'\\',
			'?',
			'#',
			'@',
			':',
			'%',
			';',
			' ',
			'a',
			'\t',
		);
		const text = fc.oneof(
			fc.array(parts, { maxLength: 8 }).map((all) => all.join('')),
			fc.string({ unit: 'binary' }),
		);
		fc.assert(
			fc.property(text, (given) => {
				const path = read(given);
				if (!path.ok) return;
				const { origin, pathname, search, hash, username } = new URL(`${BASE}${path.value}`);
				expect([origin, search, hash, username]).toEqual([new URL(BASE).origin, '', '', '']);
				expect(pathname).toBe(`/api.xro/2.0${path.value}`);
			}),
			{ numRuns: 500 },
		);
	});
});
