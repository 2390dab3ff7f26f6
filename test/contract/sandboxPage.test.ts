import { type Browser, chromium, type Page } from 'playwright-core';
import { createSandbox } from '../../sandbox/sandbox';
import type { ListeningSandbox, Sandbox } from '../../sandbox/sandbox';
import { until } from '../../scripts/realN8n/waiting';
import { axeViolations } from '../support/accessibility';
import { browserPath } from '../support/editorPage';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

if (!browserPath) console.warn('No Chromium on this machine: the sandbox’s page is not looked at.');

(browserPath ? describe : describe.skip)('the page of the sandbox', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await chromium.launch({
			executablePath: browserPath,
			args: ['--no-sandbox', '--disable-dev-shm-usage'],
		});
	}, 60_000);

	afterAll(async () => await browser?.close());

	beforeEach(async () => {
		sandbox = createSandbox();
		listening = await sandbox.listen(0);
	});

	afterEach(async () => {
		await page?.context().close();
		await listening.close();
	});

	async function look(
		viewport = WIDE,
		colorScheme: 'light' | 'dark' = 'light',
	): Promise<{ readonly problems: string[] }> {
		const context = await browser.newContext({ viewport, colorScheme });
		page = await context.newPage();
		page.setDefaultTimeout(10_000);
		const problems: string[] = [];
		page.on('pageerror', ({ message }) => problems.push(message));
		await page.goto(listening.url);
		await page.getByRole('button', { name: 'Details of SO-1001' }).waitFor();
		return { problems };
	}

	const orderId = (number: string): string => {
		const { knack } = sandbox;
		return (
			knack.recordIds('Orders').find((id) => {
				return knack.shown('Orders', id)['Order Number'] === number;
			}) ?? ''
		);
	};

	/** An order in trouble, one posted and paid in part, a draft: all that the page can show. */
	function aDayOfWork(): void {
		const { knack, xero } = sandbox;
		knack.updateRecord('Orders', orderId('SO-1004'), {
			Status: 'Completed',
			'Sync Message': 'The contact Dunmore Dental Practice is archived in Xero.',
		});
		knack.updateRecord('Orders', orderId('SO-1007'), {
			Status: 'Completed',
			'Xero Invoice ID': 'f00d',
			'Invoice Number': 'INV-0001',
			'Invoice Link': 'https://go.xero.com/app/invoicing/view/f00d',
			'Payment Status': 'Partly paid',
		});
		for (const [number, currency, status] of [
			['INV-0001', 'EUR', 'AUTHORISED'],
			['INV-0002', 'GBP', 'DRAFT'],
		]) {
			xero.person.saveInvoice({
				Type: 'ACCREC',
				Contact: { Name: 'Atelier Dubois SARL' },
				InvoiceNumber: number,
				CurrencyCode: currency,
				Status: status,
				Date: '2026-11-20',
				DueDate: '2026-12-20',
				LineItems: [
					{ Description: 'Display plinth', Quantity: 3, UnitAmount: 210.5, AccountCode: '200' },
				],
			});
		}
		xero.recordPayment({ invoiceNumber: 'INV-0001', amount: '100.00' });
	}

	const seriousProblems = async (): Promise<string[]> => {
		return (await axeViolations(page))
			.filter(({ impact }) => impact === 'serious' || impact === 'critical')
			.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
	};

	it.each([
		['wide and light', WIDE, 'light'],
		['wide and dark', WIDE, 'dark'],
		['narrow and light', NARROW, 'light'],
	] as const)(
		'can be used without sight or mouse, %s: axe finds nothing serious',
		async (_, viewport, colorScheme) => {
			aDayOfWork();
			sandbox.editor = {
				url: 'http://127.0.0.1:5678/home/workflows',
				signIn: { email: 'owner@example.com', password: 'a-password' },
				workflows: [{ name: '01 Orders', url: 'http://127.0.0.1:5678/workflow/1', isActive: true }],
			};
			const { problems } = await look(viewport, colorScheme);
			const press = async (role: 'button' | 'tab', name: string | RegExp): Promise<void> =>
				await page.getByRole(role, { name }).first().click();
			await press('button', 'Details of SO-1007');
			await press('button', 'Details of INV-0001');
			await page.getByText('Requests to Knack and Xero').click();
			expect(await seriousProblems()).toEqual([]);
			for (const [side, tab] of [
				['Xero ledger', 'Payments'],
				['Xero ledger', 'Contacts'],
				['Knack tables', 'Order Lines'],
				['Knack tables', 'Customers'],
			] as const) {
				await page.getByRole('tablist', { name: side }).getByRole('tab', { name: tab }).click();
			}
			expect([await seriousProblems(), problems]).toEqual([[], []]);
			if (viewport === NARROW) return;
			for (const dialog of ['New order', 'Start over', 'Connect a workflow']) {
				await press('button', dialog);
				expect(await seriousProblems()).toEqual([]);
				await page.keyboard.press('Escape');
			}
		},
		60_000,
	);

	it.each([
		['wide', WIDE],
		['narrow', NARROW],
	] as const)('cuts nothing off, and its targets are large enough, %s', async (_, viewport) => {
		aDayOfWork();
		await look(viewport);
		await page.getByRole('button', { name: 'Details of SO-1007' }).click();
		await page.getByRole('button', { name: 'Details of INV-0001' }).click();
		const hidden =
			await page.evaluate(`[document.documentElement, ...document.querySelectorAll('.body, .tabs')]
			.filter((node) => node.scrollWidth > node.clientWidth).map(({ id, tagName }) => id || tagName)`);
		expect(hidden).toEqual([]);
		const small =
			await page.evaluate(`[...document.querySelectorAll('button, a, select, summary, label, input:not(.tick)')]
			.map((node) => [node.textContent, node.getBoundingClientRect()])
			.filter(([, { width, height }]) => width > 0 && Math.min(width, height) < 24).map(([text]) => text)`);
		expect(small).toEqual([]);
	});

	it('shows what became of an order where there is no width for a table', async () => {
		aDayOfWork();
		await look(NARROW);
		const row = page.getByRole('row').filter({ hasText: 'SO-1007' });
		for (const part of [
			row.getByRole('combobox', { name: 'Status of SO-1007' }),
			row.getByRole('link', { name: 'INV-0001' }),
			row.getByText('Partly paid'),
		]) {
			// The page draws itself anew once it is connected, and what was looked at is gone then.
			const { left, right } = await until('it is drawn', 10_000, async () =>
				part.evaluate((element) => {
					element.scrollIntoView({ block: 'center', inline: 'nearest' });
					const box = element.getBoundingClientRect();
					return element.isConnected ? { left: box.left, right: box.right } : undefined;
				}),
			);
			expect(left).toBeGreaterThanOrEqual(0);
			expect(right).toBeGreaterThan(left);
			expect(right).toBeLessThanOrEqual(NARROW.width);
		}
	});

	it('gives amounts in their own currency on both sides, with two decimals', async () => {
		aDayOfWork();
		await look();
		const row = (text: string) => page.getByRole('row').filter({ hasText: text });
		expect(await row('SO-1007').first().innerText()).toContain('€630.00');
		await page.getByRole('button', { name: 'Details of SO-1007' }).click();
		await page
			.getByRole('button', { name: /^Unit Price of Display plinth, oak: €210\.00/ })
			.waitFor();
		await page.getByRole('button', { name: 'Details of INV-0001' }).click();
		await page.getByRole('cell', { name: '€210.50', exact: true }).waitFor();
	});

	it('marks trouble, and says of completed orders that are not in Xero why', async () => {
		aDayOfWork();
		await look();
		const trouble = page.getByRole('row').filter({ hasText: 'is archived in Xero' });
		expect(await trouble.innerText()).toMatch(/!\s*Needs attention\./);
		for (const number of ['SO-1001', 'SO-1002']) {
			const row = page.getByRole('row').filter({ hasText: number });
			const next = row.locator('xpath=following-sibling::tr[1]');
			expect(await next.innerText()).toContain('It was completed before a workflow watched');
		}
		await page.getByRole('checkbox', { name: 'SO-1003 is completed' }).check();
		await page.getByText('On its way.').waitFor();
	});

	it('is worked by keys, and refuses what does not fit a field', async () => {
		await look();
		const quantity = (value: string) =>
			page.getByRole('button', { name: `Quantity of Waiting room bench: ${value}. Change` });
		await page.getByRole('button', { name: 'Details of SO-1004' }).press('Enter');
		await quantity('2').press('Enter');
		await page.keyboard.type('abc');
		await page.keyboard.press('Enter');
		await page.getByRole('alert').filter({ hasText: 'Quantity must be a number.' }).waitFor();
		await quantity('2').press('Enter');
		await page.keyboard.type('3');
		await page.keyboard.press('Enter');
		await quantity('3').waitFor();
		// The next key goes on from there.
		await page.waitForFunction(
			'document.activeElement.ariaLabel === "Quantity of Waiting room bench: 3. Change"',
		);
		await page.getByRole('tab', { name: /^Invoices/ }).press('ArrowRight');
		await page.getByText('Tick an order as done').waitFor();
		expect(await page.getByRole('tab', { name: /^Bills/ }).getAttribute('aria-selected')).toBe(
			'true',
		);
	});

	it('starts over, says what stays, and keeps who is connected', async () => {
		const { knack, xero } = sandbox;
		xero.signIn();
		knack.addFlow({ table: 'Orders', event: 'updated', url: 'http://127.0.0.1:9/flow' });
		aDayOfWork();
		await look();
		await page.getByRole('button', { name: 'Start over' }).click();
		const dialog = page.getByRole('dialog', { name: 'Start over?' });
		expect(await dialog.innerText()).toMatch(
			/sign-in to Xero, its webhook, and the Flows in Knack/,
		);
		await dialog.getByRole('button', { name: 'Start over' }).click();
		await dialog.waitFor({ state: 'hidden' });
		await page.getByText('Nothing here yet').waitFor();
		expect(knack.shown('Orders', orderId('SO-1004'))).toMatchObject({
			Status: 'In Progress',
			'Sync Message': '',
		});
		expect([knack.appState().flows.length, xero.world.grants.all().length]).toEqual([1, 1]);
	});

	it('gives the values for credentials, and leads to the workflows', async () => {
		sandbox.editor = {
			url: 'http://127.0.0.1:5678/home/workflows',
			signIn: { email: 'owner@example.com', password: 'a-password' },
			workflows: [
				{ name: '01 Orders', url: 'http://127.0.0.1:5678/workflow/1', isActive: true },
				{ name: '05 Digest', url: 'http://127.0.0.1:5678/workflow/5', isActive: false },
			],
		};
		await look();
		expect(await page.getByRole('link', { name: '01 Orders' }).getAttribute('href')).toBe(
			'http://127.0.0.1:5678/workflow/1',
		);
		await page.getByRole('button', { name: 'Connect a workflow' }).click();
		const text = await page.getByRole('dialog').innerText();
		for (const value of [`${listening.url}/knack/v1`, `${listening.url}/xero`, 'a-password']) {
			expect(text).toContain(value);
		}
	});
});
