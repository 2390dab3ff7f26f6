import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chartOf } from '../../lib/insights/present/chart';
import { insightReport } from '../../lib/insights/present/report';
import { axeViolations } from '../support/accessibility';
import { browserPath } from '../support/editorPage';
import { cashForecast, owed, receivables } from '../support/insights';

if (!browserPath) console.warn('No Chromium on this machine: the page is not looked at.');

const [tie] = receivables().tie;
if (!tie) throw new Error('There is nothing to tell of.');

const RECEIVABLES = receivables({
	rows: [
		...receivables().rows,
		owed('<script>window.ran = 1</script>', '500.00', '0.00', '500.00'),
		owed('שלום 1234', '77.10', '77.10', '0.00'),
		owed('Atelier Nippon', '123456', '123456', '0', 'JPY'),
		owed('W'.repeat(110), '2345.90', '0.00', '2345.90'),
	],
	tie: [tie, { ...tie, figure: '2440.00', difference: '-0.50', state: 'differs' }],
});

const headings = ['A', 'B', 'C', 'D'].map((key) => ({ key, label: key.repeat(40) }));

/** More headings than fit on a line. */
const SIX = receivables({
	columns: [
		...receivables().columns,
		...headings.map((heading) => ({ ...heading, kind: 'money' as const })),
	],
	rows: receivables().rows.map((row) => ({ ...row, A: '100.00', B: '-900.00', C: '', D: null })),
});

/** Numbers that take much of the room. */
const LARGE = receivables({
	rows: [
		owed('東京'.repeat(40), '123456789.12', '0.00', '-900000000.10'),
		owed('😀'.repeat(40), '-123456789.12', '0.00', '-90.10'),
	],
});

/** More days than have room for their names. */
const DAYS = {
	...cashForecast(),
	rows: Array.from({ length: 120 }, (_, index) => ({
		summary: `Day ${index + 1}`,
		week: `2026-${String(Math.floor(index / 28) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`,
		best: `${index * 1_000 - 20_000}.00`,
		likely: index % 9 === 4 ? null : `${index * 300}.00`,
	})),
};

const { html } = insightReport({
	title: 'Monday page, Demo Trade Ltd',
	at: '30 November 2026, 08:00 (Europe/London)',
	insights: [
		{ title: 'Receivables', insight: RECEIVABLES },
		{ title: 'Cash Forecast', insight: cashForecast(), measure: 'likely' },
	],
});

/** As a mail program that drops style sheets and settings of the page has it. */
const AS_MAIL = html.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<meta[^>]*>/g, '');

(browserPath ? describe : describe.skip)('the page of insights in a browser', () => {
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await chromium.launch({
			executablePath: browserPath,
			args: ['--no-sandbox', '--disable-dev-shm-usage'],
		});
	}, 60_000);

	afterAll(async () => await browser?.close());
	afterEach(async () => await page.close());

	async function open(content: string, width: number): Promise<void> {
		page = await browser.newPage({ viewport: { width, height: 900 } });
		await page.setContent(content);
	}

	async function keepPicture(name: string): Promise<void> {
		const folder = process.env.KNACK_XERO_SCREENSHOTS;
		if (!folder) return;
		mkdirSync(folder, { recursive: true });
		await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
	}

	it.each([
		['1440', html, 1440, {}],
		['390', html, 390, {}],
		['dark', html, 1440, { colorScheme: 'dark' }],
		['print', html, 760, { media: 'print' }],
		['mail', AS_MAIL, 640, {}],
	] as const)(
		'%s: axe finds nothing, nothing is cut off, and no name is run',
		async (name, content, width, media) => {
			await open(content, width);
			await page.emulateMedia(media);
			await keepPicture(`insights-${name}`);
			expect(await axeViolations(page)).toEqual([]);
			const overflow =
				'document.documentElement.scrollWidth - document.documentElement.clientWidth';
			expect(await page.evaluate(overflow)).toBe(0);
			expect(await page.evaluate('window.ran')).toBeUndefined();
		},
	);

	it('is dark for those who ask for it', async () => {
		await open(html, 1440);
		await page.emulateMedia({ colorScheme: 'dark' });
		const background = 'getComputedStyle(document.body).backgroundColor';
		expect(await page.evaluate(background)).toBe('rgb(13, 17, 23)');
	});

	it('has charts whose words stand within the drawing, and none upon another', async () => {
		const charts = [
			chartOf({ title: 'Receivables', insight: RECEIVABLES }),
			chartOf({ title: 'Cash', insight: cashForecast(), series: ['best', 'likely', 'worst'] }),
			chartOf({ title: 'By Age', insight: RECEIVABLES, series: ['current', 'over90'] }),
			chartOf({ title: 'Six', insight: SIX, series: SIX.columns.map(({ key }) => key) }),
			chartOf({ title: 'Large', insight: LARGE, series: ['total', 'over90'] }),
			chartOf({ title: 'By day', insight: DAYS, series: ['best', 'likely'] }),
		];
		await open(charts.map(({ svg }) => svg).join('\n'), 1000);
		await keepPicture('insights-charts');
		const outside = `[...document.querySelectorAll('svg')].flatMap((svg) => {
			const all = svg.getBoundingClientRect();
			return [...svg.querySelectorAll('text')].filter((text) => {
				const box = text.getBoundingClientRect();
				return box.left < all.left || box.right > all.right || box.bottom > all.bottom;
			}).map((text) => text.textContent);
		})`;
		expect(await page.evaluate(outside)).toEqual([]);
		const upon = `[...document.querySelectorAll('text')].flatMap((text, index, all) => {
			const box = text.getBoundingClientRect();
			return all.slice(index + 1).filter((other) => {
				const one = other.getBoundingClientRect();
				return one.left < box.right && box.left < one.right && one.top + 2 < box.bottom && box.top + 2 < one.bottom;
			}).map((other) => text.textContent + ' | ' + other.textContent);
		})`;
		expect(await page.evaluate(upon)).toEqual([]);
	});
});
