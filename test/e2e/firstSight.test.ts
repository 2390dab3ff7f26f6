import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { connectServices, type Connections } from '../../scripts/realN8n/connectedN8n';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { browserPath, EditorPage } from '../support/editorPage';
import { prepared } from '../support/prepared';

const NODE = 'Map & Upsert to Xero';

/** What is to be decided before Options, n8n's own frame (tabs, credentials) not counted. */
const MOST_CONTROLS = 25;

if (!browserPath) console.warn('No Chromium on this machine: the first sight is not looked at.');

(browserPath ? describe : describe.skip)('the first sight of the nodes in a real n8n', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let editor: EditorPage;
	let connections: Connections;

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox();
		listening = await sandbox.listen(0);
		n8n = await N8nServer.start({ runtime, tarball });
		connections = await connectServices(n8n, listening.url);
		editor = await EditorPage.open(n8n);
		editor.page.setDefaultTimeout(120_000);
		await editor.page.setViewportSize({ width: 1440, height: 900 });
	}, 600_000);

	afterAll(async () => {
		await editor?.close();
		await n8n?.stop();
		await listening?.close();
	}, 60_000);

	/** An order as Knack Trigger gives it, with its lines and its customer. */
	const order = () => ({
		'Order ID': 1006,
		'Order Number': 'SO-1006',
		Customer: 'Rivermead',
		Status: 'Completed',
		'Order Date': '2026-11-20',
		'Due Date': '2026-12-20',
		Currency: 'GBP',
		'Customer Reference': null,
		Notes: null,
		Modified: '2026-11-20T10:00:00Z',
		'Xero Invoice ID': null,
		'Invoice Number': null,
		'Invoice Status': null,
		'Invoice Link': null,
		'Payment Status': null,
		'Sync Message': null,
		'Order Lines': [
			{
				Order: 'SO-1006',
				Description: 'Labour',
				Quantity: 2,
				'Unit Price': '33.25',
				'Discount %': null,
				'Line Total': '66.50',
				'Account Code': '200',
				'Tax Rate': '20% (VAT on Income)',
			},
		],
		'Customer Record': {
			Name: 'Rivermead',
			'Customer Number': 'C-011',
			'Contact Person': 'Ann Reed',
			Email: 'ann@rivermead.example',
			Phone: '0118 496 0000',
			Address: '30 Rivermead Court\nReading, RG1 9ZZ\nUnited Kingdom',
			'Xero Contact ID': null,
			knack: {
				recordId: '6740f1c29a3b4e0012ab34ce',
				parts: {
					Address: {
						street: '30 Rivermead Court',
						city: 'Reading',
						zip: 'RG1 9ZZ',
						country: 'United Kingdom',
					},
				},
			},
		},
		knack: {
			recordId: '6740f1c29a3b4e0012ab34cd',
			table: sandbox.knack.schema('Orders').key,
			tableName: 'Orders',
		},
	});

	async function workflow(
		parameters: Record<string, unknown>,
		credentials: Connections = connections,
	): Promise<string> {
		return await n8n.rest.createWorkflow({
			name: 'First sight',
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
					credentials,
				},
			],
			connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
			pinData: { Start: [{ json: order() }] },
		});
	}

	it('shows what decides and folds the rest', async () => {
		const id = await workflow({ operation: 'preview' });
		const panel = await editor.openNode(id, NODE);
		await panel.getByText('Contact Name').first().waitFor();
		await panel.getByText('Description').first().waitFor();
		await editor.screenshot('first-preview');
		const { controls, cut } = await editor.labels(panel);
		console.log(`${controls.length} labelled controls before Options: ${controls.join(' | ')}`);
		expect(controls.length).toBeLessThanOrEqual(MOST_CONTROLS);
		expect(cut).toEqual([]);
	}, 300_000);

	it('says in the lists of Knack what is missing, and answers nothing with an error', async () => {
		const { knackApi: _, ...xeroOnly } = connections;
		const id = await workflow({ operation: 'preview' }, xeroOnly);
		const panel = await editor.openNode(id, NODE);
		await panel.getByText('Contact Name').first().waitFor();
		await panel.locator('[data-test-id="parameter-input-keepInKnack"]').click();
		await panel.getByText('Choose a Knack credential above').first().waitFor();
		await editor.screenshot('first-no-knack');
		expect(editor.complaints).toEqual([]);
	}, 300_000);

	it('comes with the fields of Knack that take what is written back', async () => {
		const id = await workflow({ operation: 'preview' });
		const panel = await editor.openNode(id, NODE);
		await panel.getByText('Contact Name').first().waitFor();
		await panel.locator('[data-test-id="parameter-input-keepInKnack"]').click();
		await panel.getByText('Xero ID').last().waitFor();
		await editor.page.waitForTimeout(1500);
		await editor.screenshot('first-write-back');
		await editor.closeNode();
		await editor.save();
		const { nodes } = await n8n.rest.workflow(id);
		const { writeBackMapping } = nodes.find(({ name }) => name === NODE)?.parameters ?? {};
		const key = (name: string) => sandbox.knack.fieldKey('Orders', name);
		expect(Object(writeBackMapping).value).toMatchObject({
			xeroId: key('Xero Invoice ID'),
			number: key('Invoice Number'),
			status: key('Invoice Status'),
			link: key('Invoice Link'),
			message: key('Sync Message'),
		});
	}, 300_000);

	it('adds the step by its first action as Create or Update of a sales invoice', async () => {
		const id = await n8n.rest.createWorkflow({
			name: 'Start alone',
			nodes: [
				{
					id: 'start',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		const { page } = editor;
		await page.goto(`${n8n.url}/workflow/${id}`);
		await page.locator('[data-test-id=canvas-node]').first().waitFor();
		await page.locator('[data-test-id=node-creator-plus-button]').first().click();
		await page.locator('[data-test-id=node-creator-search-bar]').waitFor();
		await page.keyboard.type('Map & Upsert');
		await page.locator('[data-test-id=node-creator-item-name]', { hasText: NODE }).first().click();
		await page.waitForTimeout(1000);
		await editor.screenshot('first-actions');
		const actions = await page.locator('[data-test-id=node-creator-item-name]').allInnerTexts();
		expect(actions[0]).toMatch(/Create or update documents/);
		await page.locator('[data-test-id=node-creator-item-name]').first().click();
		const panel = page.locator('[data-test-id=node-parameters]');
		await panel.waitFor();
		await panel.getByText('Contact Name').first().waitFor();
		await editor.screenshot('first-added');
		expect(
			await panel.locator('[data-test-id="parameter-input-document"] input').inputValue(),
		).toBe('Sales Invoice');
	}, 300_000);
});
