import type { Locator } from 'playwright-core';
import { z } from 'zod';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import {
	connectServices,
	type Connections,
	type CredentialReference,
	sandboxCredentials,
} from '../../scripts/realN8n/connectedN8n';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { browserPath, EditorPage } from '../support/editorPage';
import { prepared } from '../support/prepared';

const NODE = 'Map & Upsert to Xero';

const mapping = z.object({
	value: z.record(z.unknown()),
	schema: z.array(z.object({ id: z.string() }).passthrough()),
});

if (!browserPath)
	console.warn('No Chromium on this machine: the forms are not looked at in the editor.');

(browserPath ? describe : describe.skip)('the forms in the editor of a real n8n', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let editor: EditorPage;
	let connections: Connections;
	let poor: CredentialReference;

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox();
		listening = await sandbox.listen(0);
		n8n = await N8nServer.start({ runtime, tarball });
		poor = await poorCredential();
		connections = await connectServices(n8n, listening.url);
		editor = await EditorPage.open(n8n);
	}, 600_000);

	afterAll(async () => {
		await editor?.close();
		await n8n?.stop();
		await listening?.close();
	}, 60_000);

	/**
	 * A credential whose scopes lack what the lists need. A custom connection, since a web app has
	 * every scope that its other connections were ever given.
	 */
	async function poorCredential(): Promise<CredentialReference> {
		const { xeroCustomConnection } = sandboxCredentials(listening.url);
		const { data } = xeroCustomConnection;
		const name = 'Xero without settings';
		const poorData = { ...data, customConnectionScope: 'accounting.contacts' };
		const credential = { ...xeroCustomConnection, name, data: poorData };
		return { id: await n8n.rest.createCredential(credential), name };
	}

	/** A start with an order pinned to it, and the node after it. */
	async function workflow(
		parameters: Record<string, unknown>,
		xero: CredentialReference | undefined = connections.xeroSyncOAuth2Api,
	): Promise<string> {
		const order = {
			'Order Number': 'ORD-1',
			Customer: 'Acme Ltd',
			'Due Date': '2026-12-20',
			'Order Lines': [{ Description: 'Labour', Quantity: 2, 'Unit Price': 33.25 }],
		};
		return await n8n.rest.createWorkflow({
			name: 'Forms',
			nodes: [
				{
					id: 'start',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: 'upsert',
					name: NODE,
					type: 'n8n-nodes-knack-xero.mapUpsertToXero',
					typeVersion: 1,
					position: [300, 0],
					parameters,
					credentials: { ...(xero ? { xeroSyncOAuth2Api: xero } : {}) },
				},
			],
			connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
			pinData: { Start: [{ json: order }] },
		});
	}

	const salesInvoice = (more: Record<string, unknown> = {}) => ({
		organisation: { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID },
		document: 'salesInvoice',
		...more,
	});

	/** What the inputs and dropdowns of the panel show. */
	async function shownValues(parameters: Locator): Promise<string[]> {
		const inputs = await parameters.locator('input').all();
		return await Promise.all(inputs.map(async (input) => await input.inputValue()));
	}

	/** Tries again until what is expected holds, for half a minute. */
	async function waitFor(expectation: () => Promise<void>): Promise<void> {
		const until = Date.now() + 30_000;
		for (;;) {
			try {
				return await expectation();
			} catch (error) {
				if (Date.now() > until) throw error;
				await editor.page.waitForTimeout(250);
			}
		}
	}

	async function storedParameters(workflowId: string): Promise<Record<string, unknown>> {
		const { nodes } = await n8n.rest.workflow(workflowId);
		return nodes.find(({ name }) => name === NODE)?.parameters ?? {};
	}

	it('says in an empty form why it cannot be loaded and what to do', async () => {
		const id = await workflow(salesInvoice(), poor);
		const parameters = await editor.openNode(id, NODE);
		const notice = parameters.locator('[data-test-id=empty-fields-notice]').first();
		await notice.waitFor();
		expect(await notice.innerText()).toMatch(
			/Xero refused: this connection lacks accounting\.settings\. Add accounting\.settings to Scope/,
		);
		await editor.screenshot('fault-empty-form');
	}, 180_000);

	it('keeps a saved mapping through a connection that does not work, and says why', async () => {
		const good = await workflow(salesInvoice());
		const form = await editor.openNode(good, NODE);
		await form.getByText('Contact Name').first().waitFor();
		await editor.screenshot('form-salesInvoice');
		await editor.closeNode();
		await editor.save();
		const before = await storedParameters(good);
		const saved = mapping.parse(before.fields);
		expect(saved.value).toMatchObject({ 'contact.name': '={{ $json["Customer"] }}' });
		expect(mapping.parse(before.lineFields).value).toMatchObject({
			quantity: 'Column: Quantity',
		});

		const broken = await workflow(before, poor);
		const kept = await editor.openNode(broken, NODE);
		const reason = kept.getByText('Not Loaded: See Why').first();
		await reason.waitFor();
		expect(await shownValues(kept)).toContain(
			'Xero refused: this connection lacks accounting.settings.',
		);
		await kept.getByText('Contact Name').first().waitFor();
		await editor.screenshot('fault-saved-mapping');
		await editor.closeNode();
		await editor.save();
		const after = await storedParameters(broken);
		expect(mapping.parse(after.fields).value).toEqual(saved.value);
		expect(mapping.parse(after.lineFields).value).toEqual(mapping.parse(before.lineFields).value);

		const mended = await workflow(after);
		const again = await editor.openNode(mended, NODE);
		await again.getByText('Contact Name').first().waitFor();
		await again.getByText('Not Loaded: See Why').first().waitFor({ state: 'hidden' });
		await editor.closeNode();
		await editor.save();
		const last = mapping.parse((await storedParameters(mended)).fields);
		expect(last.value).toEqual(saved.value);
		expect(last.schema.map(({ id }) => id)).toEqual(saved.schema.map(({ id }) => id));
	}, 400_000);

	it('names in the form what was archived in Xero since, and its successor', async () => {
		const lineFields = {
			mappingMode: 'defineBelow',
			value: { description: 'Description', accountCode: '205' },
			matchingColumns: [],
			schema: [
				{
					id: 'accountCode',
					displayName: 'Account',
					required: false,
					defaultMatch: false,
					canBeUsedToMatch: false,
					display: true,
					removed: false,
					type: 'options',
					options: [{ name: '205 Sales (old shop)', value: '205' }],
				},
			],
		};
		const id = await workflow(salesInvoice({ lineSource: 'list', lineFields }));
		const parameters = await editor.openNode(id, NODE);
		const label = parameters.getByText(/Perhaps Now 200 Sales/).first();
		await label.waitFor();
		await label.scrollIntoViewIfNeeded();
		expect(await shownValues(parameters)).toContain('205 Sales (old shop) is archived in Xero');
		await editor.screenshot('drift-archived-account');
		await editor.closeNode();
		await editor.save();
		expect(mapping.parse((await storedParameters(id)).lineFields).value).toMatchObject(
			lineFields.value,
		);
	}, 120_000);

	it('offers the columns of the lines for each field, and a field for what all lines share', async () => {
		const id = await workflow(salesInvoice({ moreSettings: ['lineList'] }));
		const parameters = await editor.openNode(id, NODE);
		const form = parameters.locator('[data-test-id=resource-mapper-container]').nth(1);
		await form.getByText('Unit Price', { exact: true }).first().waitFor();
		await waitFor(async () => {
			expect(await shownValues(form)).toEqual(
				expect.arrayContaining(['Column: Description', 'Column: Quantity', 'Column: Unit Price']),
			);
		});
		await waitFor(async () => {
			expect(await shownValues(parameters)).toContain('Found: Order Lines');
		});
		const choose = async (label: string) => {
			const entry = form.locator('[data-test-id=parameter-item], .parameter-item').filter({
				has: editor.page.getByText(label, { exact: true }),
			});
			await entry.first().locator('input').first().click();
		};
		await choose('Description');
		await editor.screenshot('lines-description-list');
		await editor.page.keyboard.press('Escape');
		await choose('Account');
		await editor.screenshot('lines-account-list');
		await editor.page.keyboard.press('Escape');
		await form.getByText('Add line field to send').click();
		await editor.screenshot('lines-add-field');
		await editor.page.getByText('Description for All Lines', { exact: true }).first().click();
		const shared = form.locator('[data-test-id=parameter-item], .parameter-item').filter({
			has: editor.page.getByText('Description for All Lines', { exact: true }),
		});
		await shared.locator('input').first().fill('As agreed');
		await editor.screenshot('lines-for-all');
		await editor.page.keyboard.press('Tab');
		await editor.closeNode();
		await editor.save();
		expect(mapping.parse((await storedParameters(id)).lineFields).value).toMatchObject({
			description: 'Column: Description',
			'allLines.description': 'As agreed',
		});
	}, 120_000);

	it('opens a form that 0.1.0 saved with every choice in its list, and leaves it as it is', async () => {
		const value = {
			description: 'Monthly hosting',
			quantity: 'Quantity',
			accountCode: 'Unit Price',
		};
		const entry = (id: string, displayName: string) => ({
			id,
			displayName,
			required: false,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			removed: false,
			type: 'string',
		});
		const lineFields = {
			mappingMode: 'defineBelow',
			value,
			matchingColumns: [],
			schema: [
				entry('description', 'Description'),
				entry('quantity', 'Quantity'),
				{
					...entry('accountCode', 'Account'),
					type: 'options',
					options: [{ name: 'Column: Unit Price', value: 'Unit Price' }],
				},
			],
		};
		const id = await workflow(salesInvoice({ lineSource: 'list', lineFields }));
		const parameters = await editor.openNode(id, NODE);
		const form = parameters.locator('[data-test-id=resource-mapper-container]').nth(1);
		await form.getByText('Description', { exact: true }).first().waitFor();
		// The form as it was saved stands there until the new one has come.
		await waitFor(async () => {
			expect(await shownValues(form)).toEqual(
				expect.arrayContaining([
					'For All Lines: Monthly hosting',
					'Column: Quantity',
					'Column: Unit Price',
				]),
			);
		});
		await form.scrollIntoViewIfNeeded();
		await editor.screenshot('lines-of-0.1.0');
		expect(await form.getByText(/ for All Lines$/).count()).toBe(0);
		await editor.closeNode();
		await editor.save();
		const stored = mapping.parse((await storedParameters(id)).lineFields);
		expect(stored.value).toMatchObject(value);
		// The next run knows from it what was a column.
		const quantity = stored.schema.find(({ id: each }) => each === 'quantity');
		expect(quantity?.options).toContainEqual({ name: 'Column: Quantity', value: 'Quantity' });
	}, 120_000);

	it('says in a dropdown why it is empty and what to do', async () => {
		const { knack } = sandboxCredentials(listening.url);
		const wrong = { ...knack, data: { ...knack.data, applicationId: '5a4db0c5' } };
		const knackId = await n8n.rest.createCredential(wrong);
		const asked = n8n.rest.options({
			path: 'parameters.options',
			methodName: 'getSyncFields',
			nodeTypeAndVersion: { name: 'n8n-nodes-knack-xero.knackTrigger', version: 1 },
			currentNodeParameters: { table: { __rl: true, mode: 'id', value: 'object_1' } },
			credentials: { knackApi: { id: knackId, name: knack.name } },
		});
		// An error here would be a 500 of n8n, whose words say nothing of this.
		expect(await asked).toEqual([
			{
				name: expect.stringMatching(/malformed/),
				description: expect.stringMatching(/^Copy the Application ID again/),
				value: '',
			},
		]);
	});
});
