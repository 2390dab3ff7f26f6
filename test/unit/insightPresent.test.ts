import type { Insight } from '../../lib/insights/insight';
import { chartOf } from '../../lib/insights/present/chart';
import { insightReport } from '../../lib/insights/present/report';
import { slackText } from '../../lib/insights/present/slackText';
import { cashForecast, owed, receivables } from '../support/insights';

const HOSTILE = [
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	'</title></style></svg><svg onload=alert(1)>',
	']]><!--',
	'{a|b} ${x} {{y}} {b}',
	'\u202Egnp.exe\u0000',
];
const AT = '30 November 2026, 08:00 (Europe/London)';
const tagsOf = (text: string) => text.match(/<[^>]*>/g) ?? [];

const pageOf = (insight: Insight, title = 'Receivables') =>
	insightReport({ title, at: AT, insights: [{ title, insight }] });

function named(text: string): Insight {
	const plain = receivables();
	return receivables({
		summary: text,
		rows: [{ ...owed(text, '10.00', '10.00', '0.00'), currency: 'GBP' }],
		columns: plain.columns.map((column) => ({
			...column,
			label: column.kind === 'link' ? 'Open' : text,
		})),
		tie: plain.tie.map((tie) => ({ ...tie, against: text, why: text })),
		notIn: [text],
	});
}

describe('the page of insights', () => {
	it('says of each figure whether it agrees, by how much it does not, and what is not in it', () => {
		const [tie] = receivables().tie;
		if (!tie) throw new Error('There is none.');
		const differs = { ...tie, figure: '2440.00', difference: '-0.50', state: 'differs' } as const;
		const open = {
			...tie,
			figure: null,
			difference: null,
			state: 'not checked',
			why: 'No scope.',
		} as const;
		const { html } = pageOf(receivables({ tie: [tie, differs, open] }));
		const against = 'Accounts Receivable (610) in the balance sheet';
		expect(html).toContain(`GBP 2,440.50 agrees to ${against}, difference 0.00.`);
		expect(html).toContain(`differs from ${against}, which says GBP 2,440.00: difference -0.50.`);
		expect(html).toContain(`was not checked against ${against}. No scope.`);
		expect(html).toContain('Drafts: 2 invoices, GBP 300.00 together.');
	});

	it('shows rows without the page of HTML that each has for a mail', () => {
		const [row] = receivables().rows;
		const insight = receivables({
			columns: [...receivables().columns, { key: 'html', label: 'Statement', kind: 'html' }],
			rows: row ? [{ ...row, html: '<table><tr><td>INV-1</td></tr></table>' }] : [],
		});
		const { html } = pageOf(insight);
		expect(html).toContain('Acme Ltd');
		expect(html).not.toContain('INV-1');
		expect(html).not.toContain('Statement');
	});

	it('draws bars of cells, each against the longest of its currency', () => {
		const rows = [
			owed('A', '200.00', '0.00', '0.00'),
			owed('B', '-50.00', '0.00', '0.00'),
			owed('C', '9000', '0', '0', 'JPY'),
			owed('D', '0.00', '0.00', '0.00'),
		];
		const { html } = pageOf(receivables({ rows }));
		expect([...html.matchAll(/width="(\d+)%" bgcolor/g)].map(([, width]) => width)).toEqual([
			'100',
			'25',
			'100',
		]);
		expect(html).toContain('JPY 9,000');
		expect(html).not.toMatch(/<script|<svg|src=|@import|url\(/);
	});

	it.each(HOSTILE)('shows %j and never takes it for HTML', (text) => {
		const harmless = tagsOf(pageOf(named('words'), 'words').html).map(unlabelled);
		expect(tagsOf(pageOf(named(text), text).html).map(unlabelled)).toEqual(harmless);
	});

	it('links to pages of the web alone', () => {
		const row = { ...owed('A', '1.00', '0.00', '0.00'), link: 'javascript:alert(1)' };
		expect(pageOf(receivables({ rows: [row] })).html).not.toContain('href');
	});

	it('stays within what a mail shows, counts what is left out, and shares the room', () => {
		const many = Array.from({ length: 2_000 }, (_, index) =>
			owed(`Customer ${index}`, '10.00', '10.00', '0.00'),
		);
		const insight = receivables({ rows: many });
		const insights = [1, 2].map((number) => ({ title: `Part ${number}`, insight }));
		const { html, notListed } = insightReport({ title: 'Two', at: AT, insights });
		expect(Buffer.byteLength(html)).toBeLessThan(100_000);
		expect(notListed).toBeGreaterThan(3_000);
		expect(html.match(/more rows are not listed here/g)).toHaveLength(2);
	});
});

/** A tag without the texts and widths in it. */
function unlabelled(tag: string): string {
	return tag.replace(/aria-label="[^"]*"/, '').replace(/(min-)?width:\d+(px|%)/g, '');
}

describe('a chart', () => {
	it('is an SVG that stands by itself, with its words for those who do not see it', () => {
		const { svg, notDrawn } = chartOf({ title: 'Receivables', insight: receivables() });
		expect(svg).toMatch(/^<svg role="img" /);
		expect(svg).toContain('<title>Receivables. GBP 2,440.50 is owed');
		expect(svg).not.toMatch(/<style|<script|:hover/);
		expect(svg).toContain('1,300.50');
		expect(svg).toContain('Agrees to Accounts Receivable (610) in the balance sheet.');
		expect(notDrawn).toBe(0);
	});

	it('draws lines over days, one for each wanted column', () => {
		const series = ['best', 'likely', 'worst'];
		const { svg } = chartOf({ title: 'Cash', insight: cashForecast(), series });
		for (const name of ['Best', 'Likely', 'Worst', '30 Nov 2026'])
			expect(svg).toContain(`>${name}<`);
	});

	it.each(HOSTILE)('shows %j and never takes it for a tag', (text) => {
		const tags = (insight: Insight, title: string) =>
			tagsOf(chartOf({ title, insight }).svg).map((tag) => tag.split(' ')[0]);
		expect(tags(named(text), text)).toEqual(tags(named('words'), 'words'));
	});

	it('leaves out what cannot be compared or told apart, and counts it', () => {
		const many = Array.from({ length: 30 }, (_, index) =>
			owed(`Customer ${index}`, '10.00', '10.00', '0.00'),
		);
		const insight = receivables({ rows: [owed('Y', '9000', '0', '0', 'JPY'), ...many] });
		const { svg, notDrawn } = chartOf({ title: 'Receivables', insight });
		expect(notDrawn).toBe(6);
		expect(svg).toContain('6 more not drawn');
	});

	it('draws bars to the left of zero for what is below it, each with its figure', () => {
		const { svg } = chartOf({ title: 'Receivables', insight: receivables() });
		const [, first, , last] = elements(svg, 'rect');
		const zero = elements(svg, 'line').find(({ stroke }) => stroke === '#57606a');
		expect(first?.['x']).toBe(zero?.['x1']);
		expect(Number(last?.['x']) + Number(last?.['width'])).toBeCloseTo(Number(zero?.['x1']), 0);
		expect(Number(first?.['width']) / Number(last?.['width'])).toBeCloseTo(12.4, 0);
		expect(svg).toContain('>-100.00</text>');
	});

	it('tells columns apart by a legend, by colours, and lines by their dashes too', () => {
		const legendOf = (series: string[]) => chartOf({ title: 'A', insight: cashForecast(), series });
		const lines = elements(legendOf(['best', 'likely', 'worst']).svg, 'path').slice(0, 3);
		expect(lines.map((line) => [line['stroke'], line['stroke-dasharray']])).toEqual([
			['#0b5cad', 'none'],
			['#b54708', '8 6'],
			['#00795c', '1 5'],
		]);
		expect(legendOf(['best']).svg).not.toContain('>Best<');
	});

	it('breaks a line where there is no figure, and shows a figure that stands alone', () => {
		const { rows, ...rest } = cashForecast();
		const likely = ['1.00', '2.00', null, '4.00', null, '-3.00', '2.00'];
		const broken = rows
			.slice(0, 7)
			.map((row, index) => ({ ...row, likely: likely[index] ?? null }));
		const { svg } = chartOf({
			title: 'Cash',
			insight: { ...rest, rows: broken },
			series: ['likely'],
		});
		expect(elements(svg, 'path')[0]?.['d']?.match(/M/g)).toHaveLength(3);
		expect(elements(svg, 'circle')).toHaveLength(5);
		const [zero] = elements(svg, 'line').filter(({ stroke }) => stroke === '#57606a');
		const heights = elements(svg, 'circle').map(({ cy }) => Number(cy));
		expect(heights.map((y) => y > Number(zero?.['y1']))).toEqual([
			false,
			false,
			false,
			true,
			false,
		]);
	});

	it('is a file that programs for XML read, whatever a name holds', () => {
		const { svg } = chartOf({ title: 'A\uFFFF', insight: named('B\uFFFE\u0007 & <C>') });
		expect(svg).not.toMatch(/[\uFFFE\uFFFF]|&(?!(amp|lt|gt|quot|#39);)/);
		expect(svg).not.toContain('\u0007');
		expect(svg).toContain('>B\uFFFD[U+0007] &amp; &lt;C&gt;</text>');
	});

	it('says so where there is nothing to draw', () => {
		const { svg } = chartOf({ title: 'Receivables', insight: receivables({ rows: [] }) });
		expect(svg).toContain('>There is nothing to draw.<');
	});
});

/** The settings of each element of a kind. */
function elements(svg: string, kind: string): Array<Record<string, string | undefined>> {
	return tagsOf(svg)
		.filter((tag) => tag.startsWith(`<${kind} `))
		.map((tag) =>
			Object.fromEntries(
				[...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, text]) => [key, text]),
			),
		);
}

describe('a text for Slack', () => {
	const textOf = (insight: Insight, showsAmounts = true, mostRows = 10) =>
		slackText({ title: 'Receivables', insight, showsAmounts, mostRows });

	it('has bars of one pitch, the figures, and whether they agree', () => {
		expect(textOf(receivables())).toBe(
			[
				'*Receivables*, 30 Nov 2026',
				'GBP 2,440.50 is owed on 30 November 2026, and agrees to the balance sheet.',
				'```',
				'Acme Ltd             ███████████▍ 1,240.00',
				'Moss &amp; Daughters     ████████████ 1,300.50',
				'Atelier Dubois SARL  ░            -100.00',
				'```',
				'GBP 2,440.50 agrees to Accounts Receivable (610) in the balance sheet, difference 0.00.',
				'Not in it: Drafts: 2 invoices, GBP 300.00 together.',
			].join('\n'),
		);
	});

	it('tells no amount where none is wanted', () => {
		const text = textOf(receivables(), false, 2);
		expect(text).not.toMatch(/\d[.,]\d/);
		expect(text).toContain('Agrees to Accounts Receivable (610) in the balance sheet.');
		expect(text).toContain('And 1 more row.');
	});

	it.each(['<!channel>', '<https://evil.example|Invoice>', '``` *x* ```', '<@U123> & co'])(
		'shows %j and takes it for no mention, link or end of the block',
		(name) => {
			const text = textOf(named(name));
			expect(text).not.toMatch(/[<>]/);
			expect(text.match(/```/g)).toHaveLength(2);
		},
	);

	it('stays within what a section of a message takes', () => {
		const rows = Array.from({ length: 500 }, (_, index) =>
			owed(`Customer & ${index}`, '10.00', '10.00', '0.00'),
		);
		const text = textOf(receivables({ rows }), true, 400);
		expect(text.length).toBeLessThanOrEqual(3_000);
		expect(text).toMatch(/And \d+ more rows\./);
	});
});
