import fc from 'fast-check';
import type { Outcome } from '../../lib/sync/outcome';
import { outcome, reported } from '../support/reported';

/** Every tag of a page, with its attributes. */
const tagsOf = (html: string) => html.match(/<[^>]*>/g) ?? [];
const count = (html: string, words: string) => html.split(words).length - 1;

describe('the totals of a report', () => {
	test('are by what becomes of the records and by currency, to the cent', () => {
		const { totals, html } = reported([
			outcome({}, '0.10'),
			outcome({}, '0.20'),
			outcome({ document: { type: 'salesInvoice', currency: 'JPY', total: '1200' } }),
			outcome({ outcome: 'blocked', document: { type: 'salesInvoice' } }),
			outcome({ outcome: 'failed', document: { type: 'salesInvoice' } }),
			outcome({ outcome: 'unchanged' }),
		]);
		expect(totals).toEqual([
			{ what: 'need attention', records: 2 },
			{
				what: 'would be created',
				records: 2,
				currency: 'GBP',
				subTotal: '200.00',
				totalTax: '40.00',
				total: '0.30',
			},
			{
				what: 'would be created',
				records: 1,
				currency: 'JPY',
				subTotal: '0',
				totalTax: '0',
				total: '1200',
			},
			expect.objectContaining({ what: 'unchanged', records: 1, total: '120.00' }),
		]);
		expect(html).toContain('JPY 1,200');
	});
});

describe('a text of a record in a report', () => {
	const full = (text: string): Outcome =>
		outcome({
			outcome: 'held',
			subject: text,
			changes: [{ field: text, before: text, after: text }],
			operations: [text],
			issues: [
				{
					code: 'XERO_BOTH_CHANGED',
					severity: 'hold',
					message: text,
					fix: text,
					candidates: [{ id: text, label: text, url: text }],
				},
			],
			document: { type: 'salesInvoice', url: text, number: text },
		});
	const pageOf = (text: string) =>
		reported([full(text), { ...full(text), outcome: 'wouldCreate' }], {
			organisations: [text],
			sentences: [text],
			at: text,
		}).html;

	const harmless = tagsOf(pageOf('words'));

	test.each([
		'<script>alert(1)</script>',
		'"><img src=x onerror=alert(1)>',
		"' onmouseover='alert(1)",
		'</title></style><svg onload=alert(1)>',
		'{{constructor.constructor("alert(1)")()}}${alert(1)}',
		'<!--',
		']]>',
		'&lt;script&gt;',
	])('is shown and never taken for HTML: %s', (text) => {
		expect(tagsOf(pageOf(text))).toEqual(harmless);
	});

	test('is never taken for HTML, whatever it is', () => {
		const pieces = fc.constantFrom('<', '>', '"', "'", '&', '=', '`', '/', '\u0000', 'a', ' ');
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'binary', minLength: 1 }),
					fc.string({ unit: pieces, minLength: 1 }),
				),
				(text) => {
					fc.pre(!text.startsWith('https:'));
					const tags = tagsOf(pageOf(text)).filter((tag) => tag !== '<em>' && tag !== '</em>');
					expect(tags).toEqual(harmless);
				},
			),
			{ numRuns: 200 },
		);
	});

	test.each([
		'javascript:alert(1)',
		' javascript:alert(1)',
		'data:text/html,x',
		'http://a.example',
	])('is no link to anything but a page of the web: %s', (address) => {
		expect(pageOf(address)).not.toContain('href');
	});

	test('is a link where the address is one of the web, quotes and all', () => {
		const html = pageOf('https://go.xero.com/?a="><script>');
		expect(html).toContain('href="https://go.xero.com/?a=&quot;&gt;&lt;script&gt;"');
		expect(html).not.toContain('<script');
	});

	test('cannot turn the direction of what follows, nor hide anything', () => {
		const html = pageOf('pay \u202E00.001\u202C \u2066now\u2069 \u0007\uD800');
		expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
		expect(html).not.toContain('\u0007');
		expect(html).toContain('[U+202E]');
		expect(html).toContain('[U+0007]');
		expect(html.isWellFormed()).toBe(true);
	});
});

describe('the size of a report', () => {
	/** What a mail may have before its reader is shown a part only. */
	const MOST = 100_000;
	const names = (kind: Outcome['outcome'], records: number) =>
		Array.from({ length: records }, (_, index) =>
			outcome({ outcome: kind, subject: `sales invoice ${kind}-${index}` }),
		);

	test('is bounded, and what is not listed is counted', () => {
		const { html, notListed, totals } = reported([
			...names('held', 4_000),
			...names('wouldUpdate', 10),
			...names('wouldCreate', 5_990),
		]);
		expect(Buffer.byteLength(html)).toBeLessThan(MOST);
		expect(totals.map(({ records }) => records)).toEqual([4_000, 5_990, 10]);
		const listed = count(html, 'Sales invoice ');
		expect(listed).toBeGreaterThan(100);
		expect(notListed).toBe(10_000 - listed);
		// What is few is whole, whatever else there is.
		expect(count(html, 'Sales invoice wouldUpdate-')).toBe(10);
		const missing = [...html.matchAll(/(\d+) more are not listed here/g)].map(([, n]) => Number(n));
		expect(missing.reduce((sum, each) => sum + each, 0)).toBe(notListed);
	});

	test('is bounded for records that have much to say, too', () => {
		const long = '<&"\u202E'.repeat(10_000);
		const changes = Array.from({ length: 500 }, (_, index) => ({
			field: `lineItems[${index}].description`,
			before: long,
			after: long,
		}));
		const issue = {
			code: 'XERO_BOTH_CHANGED',
			severity: 'hold',
			message: long,
			fix: long,
		} as const;
		const candidates = [{ id: long, label: long }];
		const records = Array.from({ length: 300 }, () =>
			outcome({
				outcome: 'held',
				subject: long,
				changes,
				operations: Array.from({ length: 90 }, () => long),
				issues: Array.from({ length: 90 }, () => ({ ...issue, candidates })),
			}),
		);
		const { html, notListed } = reported([...records, ...names('wouldCreate', 1)], {
			sentences: Array.from({ length: 90 }, () => long),
			organisations: Array.from({ length: 90 }, () => long),
		});
		expect(Buffer.byteLength(html)).toBeLessThan(2 * MOST);
		expect(notListed).toBe(300);
		expect(html).toContain('Sales invoice wouldCreate-0');
	});

	test('takes no more work for ten thousand records than it lists', () => {
		let read = 0;
		const counted = names('held', 10_000).map((held) =>
			Object.defineProperty({ ...held }, 'subject', { get: () => `sales invoice ${++read}` }),
		);
		const { notListed } = reported(counted);
		expect(read).toBeLessThanOrEqual(2 * (10_000 - notListed + 20));
	});
});
