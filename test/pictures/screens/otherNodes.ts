import type { Camera } from '../camera';
import { panelDownTo } from '../openNode';
import { chooseFields, type Stage } from '../stage';

export async function paymentStatus(stage: Stage, camera: Camera): Promise<void> {
	const { page } = stage.editor;
	const id = await stage.importExample('02', (workflow) => chooseFields(stage, workflow));
	await page.setViewportSize({ width: 1440, height: 3000 });
	await stage.editor.openNode(id, 'Write the Payment Status');
	await page.waitForTimeout(3_000);
	await camera.take('payment-status.png', await panelDownTo(page, 'Fields to Write'), {
		margin: 8,
	});
	await stage.editor.closeNode();
}

const CUSTOMER = {
	'Customer Number': 'C-021',
	Name: 'Nettle & Co',
	Email: 'hello@nettle-and-co.example.com',
	Phone: '01632 960199',
};

export async function knackNode(stage: Stage, camera: Camera): Promise<void> {
	const { page } = stage.editor;
	const { knackApi } = stage.connections;
	const { key, fields } = stage.sandbox.knack.schema('Customers');
	const mapped = fields.flatMap(({ key: field, name }) =>
		name in CUSTOMER ? [[field, `={{ $json["${name}"] }}`] as const] : [],
	);
	const id = await stage.n8n.rest.createWorkflow({
		name: 'Write customers to Knack',
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: 'b1a0a3b7-7c0c-4a1c-9f5e-2a8c1d0e4f01',
				name: 'A New Customer',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'b1a0a3b7-7c0c-4a1c-9f5e-2a8c1d0e4f02',
				name: 'Create or Update the Customer',
				type: 'n8n-nodes-knack-xero.knack',
				typeVersion: 1,
				position: [240, 0],
				parameters: {
					operation: 'upsert',
					table: { __rl: true, mode: 'list', value: key, cachedResultName: 'Customers' },
					fields: {
						mappingMode: 'defineBelow',
						value: Object.fromEntries(mapped),
						matchingColumns: [stage.sandbox.knack.fieldKey('Customers', 'Customer Number')],
						schema: [],
					},
				},
				credentials: knackApi ? { knackApi } : {},
			},
		],
		connections: {
			'A New Customer': {
				main: [[{ node: 'Create or Update the Customer', type: 'main', index: 0 }]],
			},
		},
		pinData: { 'A New Customer': [{ json: CUSTOMER }] },
	});
	await page.setViewportSize({ width: 1440, height: 2200 });
	await stage.editor.openNode(id, 'Create or Update the Customer');
	await page.waitForTimeout(3_000);
	await camera.take('knack-node.png', await panelDownTo(page, 'Phone'), { margin: 8 });
	await stage.editor.closeNode();
}

/** What is not a node: where a workflow is imported, and where the package is installed. */
export async function menus(stage: Stage, camera: Camera): Promise<void> {
	const { page } = stage.editor;
	await page.setViewportSize({ width: 1100, height: 700 });
	await page.goto(`${stage.n8n.url}/workflow/new`);
	await page.locator('[data-test-id=workflow-menu]').click();
	await page.getByText('Import', { exact: true }).hover();
	await page.getByText('From file').first().waitFor();
	await page.waitForTimeout(600);
	await camera.take(
		'import-menu.png',
		{ x: 40, y: 0, width: 860, height: 420 },
		{ keepMouse: true },
	);

	await page.goto(`${stage.n8n.url}/settings/community-nodes`);
	await page.getByText('Install a community node').first().click();
	const modal = page.locator('[data-test-id=communityPackageInstall-modal]');
	await modal.waitFor();
	await modal.getByRole('textbox').fill('n8n-nodes-knack-xero');
	await modal.getByText('I understand the risks').click();
	await camera.take('community-nodes.png', modal, { margin: 10 });
}
