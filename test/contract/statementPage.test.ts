import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { reckonStatements } from '../../lib/insights/customerStatement/customerStatement';
import { axeViolations } from '../support/accessibility';
import { browserPath } from '../support/editorPage';
import { booksOf } from '../support/jobBooks';
import { frozenSandbox } from '../support/xeroInMemory';

if (!browserPath) console.warn('No Chromium on this machine: the statement is not looked at.');

const NAME = 'Ash & "Sons" (Western Isles and Northern Ireland) Ltd';

/** What a customer gets who has long numbers, large amounts, a credit note and a deposit. */
async function statementsOfOne(): Promise<Record<'openItems' | 'activity', string>> {
	const sandbox = frozenSandbox();
	const { person } = sandbox.xero;
	const invoice = (number: string, amount: string, due: string, more: object = {}) =>
		person.saveInvoice({
			Type: 'ACCREC',
			Contact: { Name: NAME },
			InvoiceNumber: number,
			Date: '2026-09-01',
			DueDate: due,
			Status: 'AUTHORISED',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: amount, AccountCode: '200' }],
			...more,
		});
	invoice('INV-2026-000123456789-NORTH', '1234567.89', '2026-09-30');
	invoice('INV-2 <script>window.ran = 1</script>', '200.00', '2026-10-15');
	invoice('INV-3', '400.00', '2026-10-31', { ExpectedPaymentDate: '2026-12-01' });
	invoice('שלום 1234', '800.00', '2026-12-15');
	const books = await booksOf(sandbox);
	const of = async (kind: 'openItems' | 'activity'): Promise<string> => {
		const { rows } = await reckonStatements(books, {
			day: books.today,
			kind,
			detail: 'customers',
			contacts: [],
			chasedAlone: true,
			paymentLinks: true,
		});
		return String(rows[0]?.html);
	};
	return { openItems: await of('openItems'), activity: await of('activity') };
}

(browserPath ? describe : describe.skip)('a customer statement in a browser', () => {
	let browser: Browser;
	let page: Page;
	let html: Awaited<ReturnType<typeof statementsOfOne>>;

	beforeAll(async () => {
		html = await statementsOfOne();
		browser = await chromium.launch({
			executablePath: browserPath,
			args: ['--no-sandbox', '--disable-dev-shm-usage'],
		});
	}, 60_000);

	afterAll(async () => await browser?.close());
	afterEach(async () => await page?.close());

	it.each([
		['openItems', 1440, {}],
		['openItems', 390, {}],
		['openItems', 390, { colorScheme: 'dark' }],
		['activity', 1440, {}],
		['activity', 390, {}],
	] as const)('%s at %i %j: axe finds nothing, nothing is cut off', async (kind, width, media) => {
		page = await browser.newPage({ viewport: { width, height: 900 } });
		// As a mail program shows it: within a page of its own.
		await page.setContent(
			`<!doctype html><html lang="en"><title>Mail</title><meta name="viewport" content="width=device-width"><body><main>${html[kind]}</main></body></html>`,
		);
		await page.emulateMedia(media);
		const folder = process.env.KNACK_XERO_SCREENSHOTS;
		if (folder) {
			mkdirSync(folder, { recursive: true });
			const name = ['statement', kind, width, ...Object.values(media)].join('-');
			await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
		}
		expect(await axeViolations(page)).toEqual([]);
		const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
		expect(await page.evaluate(overflow)).toBe(0);
		expect(await page.evaluate('window.ran')).toBeUndefined();
	});
});
