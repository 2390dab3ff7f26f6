import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Outcome } from '../../lib/sync/outcome';
import { axeViolations } from '../support/accessibility';
import { browserPath } from '../support/editorPage';
import { outcome, reported } from '../support/reported';

const SENTENCES = [
	'2 would be created, 1 would be updated, 3 need attention, 9 Xero calls.',
	'Preview: nothing was written. Writing it takes 4 more Xero calls.',
];

/** Everything that a report can show. */
const RECORDS: readonly Outcome[] = [
	outcome({
		outcome: 'blocked',
		subject: 'sales invoice SO-1004 for Dunmore Dental Practice',
		document: { type: 'salesInvoice' },
		issues: [
			{
				code: 'XERO_BOTH_CHANGED',
				severity: 'block',
				message:
					'The tax rate "20% (VAT on Income)" cannot be used with account "429 General Expenses".',
				fix: 'Choose a sales account, or the tax rate "20% (VAT on Expenses)".',
			},
		],
	}),
	outcome({
		outcome: 'held',
		subject: 'sales invoice SO-1009 for Moss & Daughters',
		changes: [
			{ field: 'dueDate', before: '2026-12-20', after: '2026-12-31' },
			{ field: 'lineItems[0].quantity', before: '1', after: '3' },
		],
		issues: [
			{
				code: 'XERO_BOTH_CHANGED',
				severity: 'hold',
				message: 'Due Date was changed in Xero and in Knack.',
				fix: 'Make both say the same.',
				candidates: [
					{ id: '1', label: 'INV-0031', url: 'https://go.xero.com/app/invoicing/view/1' },
					{ id: '2', label: 'INV-0032' },
				],
			},
		],
		document: { type: 'salesInvoice', url: 'https://go.xero.com/app/invoicing/view/9' },
	}),
	outcome({ outcome: 'failed', subject: `sales invoice ${'W'.repeat(180)}` }),
	outcome({
		outcome: 'wouldUpdate',
		subject: 'sales invoice INV-0007 for שלום (1234)',
		changes: [
			{ field: 'reference', after: 'SO-1012' },
			{ field: 'sentToContact', before: false, after: true },
			{ field: 'lineItems', before: 'Parts' },
			{ field: 'contact.taxNumber', before: 'GB123', after: `${'x'.repeat(190)}` },
		],
		operations: ['Change sales invoice INV-0007: Reference', 'Add the note "By hand"'],
	}),
	outcome({
		operations: ['New contact "Acme Ltd"', 'New sales invoice INV-0007'],
		issues: [
			{
				code: 'XERO_DATE_FAR_OFF',
				severity: 'warn',
				message: 'The date lies 400 days ahead.',
				fix: 'Look whether the year is right.',
			},
		],
	}),
	outcome(
		{
			document: {
				type: 'salesInvoice',
				currency: 'JPY',
				subTotal: '1200000',
				totalTax: '0',
				total: '1200000',
			},
			subject: 'sales invoice INV-0008 for Atelier Dubois SARL',
		},
		'1',
	),
	outcome({ outcome: 'wouldLink', subject: 'sales invoice INV-0002 for Bold Signs' }),
	outcome({ outcome: 'unchanged', issues: [], subject: 'sales invoice INV-0001 for Bold Signs' }),
];

if (!browserPath) console.warn('No Chromium on this machine: the report is not looked at.');

(browserPath ? describe : describe.skip)('the page of a report in a browser', () => {
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await chromium.launch({
			executablePath: browserPath,
			args: ['--no-sandbox', '--disable-dev-shm-usage'],
		});
	}, 60_000);

	afterAll(async () => await browser?.close());

	async function open(html: string, width = 1440): Promise<void> {
		page = await browser.newPage({ viewport: { width, height: 900 } });
		await page.setContent(html);
	}

	afterEach(async () => await page.close());

	it.each([
		[1440, 'light'],
		[1440, 'dark'],
		[390, 'light'],
	] as const)(
		'at %d pixels, %s: axe finds nothing, and nothing is cut off',
		async (width, colorScheme) => {
			await open(reported(RECORDS, { sentences: SENTENCES }).html, width);
			await page.emulateMedia({ colorScheme });
			expect(await axeViolations(page)).toEqual([]);
			const overflow =
				'document.documentElement.scrollWidth - document.documentElement.clientWidth';
			expect(await page.evaluate(overflow)).toBe(0);
			const folder = process.env.KNACK_XERO_SCREENSHOTS;
			if (folder) {
				mkdirSync(folder, { recursive: true });
				const file = path.join(folder, `report-${width}-${colorScheme}.png`);
				await page.screenshot({ path: file, fullPage: true });
			}
		},
	);

	it('runs nothing that stands in a record, and links to nothing but pages of the web', async () => {
		const hostile = [
			'<script>window.ran = 1</script>',
			'<img src=x onerror="window.ran = 1">',
			'"><svg onload="window.ran = 1">',
			"' onmouseover='window.ran = 1' x='",
			'</title><script>window.ran = 1</script>',
			'javascript:window.ran=1',
			'JaVaScRiPt:window.ran=1//https://',
			'data:text/html,<script>parent.ran=1</script>',
		];
		const records = hostile.flatMap((text) =>
			(['held', 'wouldUpdate', 'wouldCreate'] as const).map((kind) =>
				outcome({
					outcome: kind,
					subject: text,
					document: { type: 'salesInvoice', url: text },
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
				}),
			),
		);
		const { html } = reported(records, { sentences: hostile, organisations: hostile });
		await open(html);
		for (const bdi of await page.locator('bdi').all()) await bdi.dispatchEvent('mouseover');
		expect(await page.evaluate('window.ran')).toBeUndefined();
		expect(await page.locator('script, img, svg, iframe, form, a').count()).toBe(0);
		const shown = (await page.locator('body').textContent()) ?? '';
		for (const text of hostile) expect(shown).toContain(text);
	});
});
