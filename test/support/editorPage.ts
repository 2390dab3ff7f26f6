import { existsSync } from 'node:fs';
import { type Browser, chromium, type Locator, type Page, type Request } from 'playwright-core';
import { OWNER, type N8nServer } from '../../scripts/realN8n/n8nServer';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser of this machine; `CHROMIUM` names one that lies elsewhere. */
export const browserPath = [process.env.CHROMIUM ?? '', ...PLACES].find(
	(place) => place !== '' && existsSync(place),
);

/** n8n's own frame of a form: its credentials, and headings that are no controls. */
const FRAME_OR_HEADING = /^(Credential for|Fields of )/;

/** Asks for lists and forms, which a panel goes on filling itself with after it is there. */
const ASKS_FOR_LISTS = '/rest/dynamic-node-parameters/';

/**
 * Errors of n8n 2.41 itself: it asks every node that has not run for a schema of what it gives, also
 * its own Edit Fields, which has none; and leaving its start page it looks for a panel too early.
 */
const OF_N8N_ITSELF = /\/schemas\/n8n-nodes|injectNDVStore\(\)/;

const SETTLED_AFTER_MS = 700;

const MARKED_AFTER_MS = 1000;

/** n8n's editor in a browser, signed in as the owner. */
export class EditorPage {
	/** Errors in the browser's console, and answers of 500 and above, since the start. */
	readonly complaints: string[] = [];

	private lastAsked = 0;

	private asking = 0;

	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {
		page.on('console', (message) => {
			const { url: source } = message.location();
			const text = `${message.text()} ${source}`;
			// n8n looks on other hosts for newer versions of packages.
			const isElsewhere = source !== '' && !source.startsWith(url);
			if (isElsewhere || OF_N8N_ITSELF.test(text)) return;
			if (message.type() === 'error' || /Could not calculate/.test(text)) {
				this.complaints.push(text);
			}
		});
		page.on('pageerror', (error) => this.complaints.push(error.message));
		page.on('response', (answer) => {
			if (answer.status() >= 500) this.complaints.push(`${answer.status()} ${answer.url()}`);
		});
		page.on('request', (request) => {
			if (request.url().includes(ASKS_FOR_LISTS)) this.countAsking(1);
		});
		const isAnswered = (request: Request) => {
			if (request.url().includes(ASKS_FOR_LISTS)) this.countAsking(-1);
		};
		page.on('requestfinished', isAnswered);
		page.on('requestfailed', isAnswered);
	}

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
		await this.openWorkflow(workflowId);
		return await this.openPanel(nodeName);
	}

	async openWorkflow(workflowId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.page.locator('[data-test-id=canvas-node]').first().waitFor();
	}

	/** Goes to a workflow as a link within n8n does, without loading the whole editor again. */
	async goToWorkflow(workflowId: string): Promise<void> {
		if (!this.page.url().startsWith(`${this.url}/workflow/`)) {
			await this.openWorkflow(workflowId);
			return;
		}
		const isRead = this.page.waitForResponse((answer) =>
			answer.url().includes(`/rest/workflows/${workflowId}`),
		);
		await this.page.evaluate((path) => {
			history.pushState({}, '', path);
			dispatchEvent(new PopStateEvent('popstate', { state: {} }));
		}, `/workflow/${workflowId}`);
		await isRead;
		await this.page.locator('[data-test-id=canvas-node]').first().waitFor();
	}

	/** Opens the panel of a node of the workflow that is open. @returns the node's parameters */
	async openPanel(nodeName: string): Promise<Locator> {
		await this.page.locator(`[data-test-id=canvas-node][data-node-name="${nodeName}"]`).dblclick();
		const parameters = this.page.locator('[data-test-id=node-parameters]');
		await parameters.waitFor();
		return parameters;
	}

	/** Parameters of a panel that n8n marks in red, and not just until its lists have been drawn. */
	async marked(parameters: Locator): Promise<string[]> {
		// n8n works out expressions, and then marks them, a moment after the lists are there.
		await this.page.waitForTimeout(MARKED_AFTER_MS);
		for (let waits = 10; waits > 0; waits -= 1) {
			if ((await this.markedNow(parameters)).length === 0) return [];
			await this.page.waitForTimeout(500);
		}
		return await this.markedNow(parameters);
	}

	private async markedNow(parameters: Locator): Promise<string[]> {
		return await parameters
			.locator('[data-test-id=parameter-issues]')
			.evaluateAll((marks) =>
				marks.map(
					(mark) =>
						mark.closest('[data-test-id^="parameter-input-"]')?.getAttribute('data-test-id') ??
						String(mark.parentElement?.textContent),
				),
			);
	}

	/** Waits until a panel has asked for all of its lists and has them. */
	async listsHaveCome(): Promise<void> {
		this.lastAsked = Date.now();
		while (this.asking > 0 || Date.now() - this.lastAsked < SETTLED_AFTER_MS) {
			await this.page.waitForTimeout(100);
		}
	}

	/** Labels of a panel from above, those before *Options* without n8n's frame, and those that are cut. */
	async labels(parameters: Locator): Promise<{ controls: string[]; cut: string[] }> {
		const { shown, cut } = await parameters.evaluate((panel) => {
			const texts: string[] = [];
			const cutOff: string[] = [];
			for (const label of panel.querySelectorAll<HTMLElement>('[data-test-id="input-label"]')) {
				const title = label.querySelector<HTMLElement>('[class*=title]') ?? label;
				const text = title.innerText.trim();
				if (text === '' || title.offsetParent === null) continue;
				texts.push(text);
				const inner = [title, ...title.querySelectorAll<HTMLElement>('*')];
				if (inner.some((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)) {
					cutOff.push(text);
				}
			}
			return { shown: texts, cut: cutOff };
		});
		const beforeOptions = shown.slice(0, shown.indexOf('Options'));
		return { controls: beforeOptions.filter((label) => !FRAME_OR_HEADING.test(label)), cut };
	}

	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.locator('[data-test-id=node-parameters]').waitFor({ state: 'hidden' });
		// The panel has moved the canvas. n8n shows its button for this on wide screens alone.
		await this.page.keyboard.press('1');
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

	private countAsking(change: number): void {
		this.asking += change;
		this.lastAsked = Date.now();
	}
}
