import { existsSync } from 'node:fs';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { OWNER, type N8nServer } from '../../scripts/realN8n/n8nServer';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser of this machine; `CHROMIUM` names one that lies elsewhere. */
export const browserPath = [process.env.CHROMIUM ?? '', ...PLACES].find(
	(place) => place !== '' && existsSync(place),
);

/** n8n's editor in a browser, signed in as the owner. */
export class EditorPage {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	static async open(n8n: N8nServer): Promise<EditorPage> {
		const browser = await chromium.launch({
			executablePath: browserPath,
			args: ['--no-sandbox', '--disable-dev-shm-usage'],
		});
		const context = await browser.newContext({ viewport: { width: 1600, height: 1100 } });
		await context.request.post(`${n8n.url}/rest/login`, {
			data: { emailOrLdapLoginId: OWNER.email, password: OWNER.password },
		});
		const page = await context.newPage();
		page.setDefaultTimeout(60_000);
		return new EditorPage(browser, page, n8n.url);
	}

	/** Opens a workflow, and the panel of one of its nodes. @returns the node's parameters */
	async openNode(workflowId: string, nodeName: string): Promise<Locator> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.page.locator(`[data-test-id=canvas-node][data-node-name="${nodeName}"]`).dblclick();
		const parameters = this.page.locator('[data-test-id=node-parameters]');
		await parameters.waitFor();
		return parameters;
	}

	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.locator('[data-test-id=node-parameters]').waitFor({ state: 'hidden' });
	}

	/** Saves as a person does, and waits until the server has it. */
	async save(): Promise<void> {
		const saved = this.page.waitForResponse(
			(answer) =>
				answer.url().includes('/rest/workflows/') && answer.request().method() === 'PATCH',
			{ timeout: 10_000 },
		);
		await this.page.keyboard.press('Control+s');
		await saved.catch(() => undefined);
	}

	async screenshot(name: string): Promise<void> {
		const folder = process.env.KNACK_XERO_SCREENSHOTS;
		if (folder) await this.page.screenshot({ path: `${folder}/${name}.png` });
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}
