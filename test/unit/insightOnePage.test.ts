import { insightItems } from '../../lib/n8n/insights/insightItems';
import { pagePart } from '../../lib/n8n/insights/pageParts';
import type { Insight } from '../../lib/insights/insight';
import { insightReport } from '../../lib/insights/present/report';
import { slackPage } from '../../lib/insights/present/slackPage';
import { calendarDate } from '../../lib/dates';
import { cashForecast, receivables } from '../support/insights';

const AT = '30 November 2026, 08:00 (Europe/London)';
const DAY = calendarDate('2026-11-30');
if (!DAY) throw new Error('There is no such day.');
const day = DAY;

/** The item of a step whose Output is One Item, as it comes through n8n. */
function itemOf(insight: Insight, operation = 'receivables'): Record<string, unknown> {
	const [item] = insightItems({
		insight,
		operation,
		organisation: 'Moss & Daughters <Trade>',
		output: 'one',
		index: 0,
	});
	return JSON.parse(JSON.stringify(item?.json));
}

const changed = (more: Record<string, unknown>) => ({ ...itemOf(receivables()), ...more });

describe('an item of an earlier step', () => {
	it.each([
		['receivables', receivables()],
		['cashForecast', cashForecast()],
		['onStop', receivables({ rows: [], tie: [], notIn: [], measure: 'total' })],
	])('of %s carries all of its insight', (operation, insight) => {
		expect(pagePart(itemOf(insight, operation), 1)).toMatchObject({
			organisation: 'Moss & Daughters <Trade>',
			insight,
		});
	});

	it('that came to nothing says why, under its name', () => {
		const json = { operation: 'onStop', error: 'Xero refused.', fix: 'Connect again.' };
		expect(pagePart(json, 1)).toEqual({
			title: 'On Stop',
			problem: 'Xero refused. Connect again.',
		});
	});

	const [row] = receivables().rows;
	it.each([
		[{}, 'Item 3 of the input is not of Xero Insights: it has nothing.'],
		[{ id: 1, name: 'Acme' }, 'is not of Xero Insights: it has id, name.'],
		[
			{ summary: 'A text', text: '*Receivables*' },
			'is not of Xero Insights: it has summary, text.',
		],
		[{ operation: 'getAll', rows: [] }, 'is not of Xero Insights: it has operation, rows.'],
		[{ error: 'Slack is away' }, 'is the error of another step: Slack is away'],
		[
			{ ...row, insight: { operation: 'receivables', day: '2026-11-30' } },
			'is a single row of Receivables, not the whole.',
		],
		[changed({ day: 'Monday' }), 'is Receivables, but what stands in "day" cannot be read'],
		[changed({ organisation: undefined }), '"organisation" cannot be read'],
		[changed({ columns: undefined }), '"columns" cannot be read'],
		[changed({ rows: [{ ...row, total: 'much' }] }), '"rows.0.total" cannot be read'],
		[changed({ rows: [{ ...row, total: { amount: 1 } }] }), '"rows.0.total" cannot be read'],
		[
			changed({ tie: [{ ...receivables().tie[0], state: 'fine' }] }),
			'"tie.0.state" cannot be read',
		],
	])('is refused by its number: %#', (json, message) => {
		expect(() => pagePart(json, 3)).toThrow(message);
		expect(() => pagePart(json, 3)).toThrow(/^Item 3 of the input/);
	});
});

const PARTS = [
	{ title: 'Receivables', insight: receivables() },
	{ title: 'On <Stop>', problem: 'Xero says <b>no</b> & goes.' },
	{ title: 'Cash Forecast', insight: cashForecast() },
];

describe('a page of several insights', () => {
	it('has them in their order, with what is missing in its place', () => {
		const { html } = insightReport({ title: 'Monday Page', at: AT, insights: PARTS });
		const headings = [...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, words]) => words);
		expect(headings).toEqual(['Receivables', 'On &lt;Stop&gt;', 'Cash Forecast']);
		expect(html).toContain(
			'This could not be worked out. Xero says &lt;b&gt;no&lt;/b&gt; &amp; goes.',
		);
		expect(html).toContain('difference 0.00');
	});

	it('shows no page within it, such as a statement, and draws the bars that an insight names', () => {
		const html = '<h1>Statement of account</h1>';
		const statements = receivables({
			columns: [...receivables().columns, { key: 'html', label: 'Statement', kind: 'html' }],
			rows: receivables().rows.map((row) => ({ ...row, html })),
			measure: 'over90',
		});
		const page = insightReport({
			title: 'Statements',
			at: AT,
			insights: [{ title: 'Customer Statement', insight: statements }],
		});
		expect(page.html).not.toContain('Statement of account');
		expect(page.html).not.toContain('>Statement</th>');
		expect(page.html).toContain('Bars show Over 90 Days.');
	});
});

describe('a text of several insights for Slack', () => {
	const of = (showsAmounts: boolean, insights = PARTS) =>
		slackPage({ title: 'Monday Page', day, insights, showsAmounts });

	it('has a line for each with what it agrees to', () => {
		expect(of(true).split('\n')).toEqual([
			'*Monday Page*, 30 Nov 2026',
			'*Receivables*',
			'GBP 2,440.50 is owed on 30 November 2026, and agrees to the balance sheet.',
			'✓ GBP 2,440.50 agrees to Accounts Receivable (610) in the balance sheet, difference 0.00.',
			'*On &lt;Stop&gt;*',
			'✗ This could not be worked out. Xero says &lt;b&gt;no&lt;/b&gt; &amp; goes.',
			'*Cash Forecast*',
			'Cash is lowest in the week of 28 December 2026: GBP 3,150.00.',
			expect.stringMatching(/^– GBP 12,000.00 was not checked against Business Bank/),
		]);
	});

	it('tells no amount where none is wanted, and the names all the same', () => {
		const text = of(false);
		expect(text).not.toMatch(/[0-9][.][0-9]{2}/);
		expect(text).toContain('3 rows: Acme Ltd, Moss &amp; Daughters, Atelier Dubois SARL.');
		expect(text).toContain('✓ Agrees to Accounts Receivable (610) in the balance sheet.');
		expect(text).toContain('13 rows.');
	});

	it('tells once what several parts agree to, and each difference', () => {
		const [tie] = receivables().tie;
		if (!tie) throw new Error('There is none.');
		const differs = { ...tie, figure: '1.00', difference: '-1.00', state: 'differs' } as const;
		const second = { title: 'On Stop', insight: receivables({ tie: [tie, differs] }) };
		const text = of(true, [{ title: 'Receivables', insight: receivables() }, second]);
		expect(text.match(/✓/g)).toHaveLength(1);
		expect(text.split('\n').at(-1)).toMatch(/^✗ GBP 2,440.50 differs from Accounts Receivable/);
	});

	it('stays within what Slack takes, and says how many parts it leaves out', () => {
		const many = Array.from({ length: 60 }, (_, index) => ({
			title: `Part ${index}`,
			insight: receivables({ summary: '<!channel> & '.repeat(100) }),
		}));
		const text = of(true, many);
		expect(text.length).toBeLessThanOrEqual(3_000);
		expect(text).toMatch(/And \d\d more parts on the page\.$/);
		expect(text).not.toContain('<!');
	});
});
