import type { Page } from 'playwright-core';
import { type Camera, boxOf } from '../camera';
import { outputTable, panelDownTo, parametersBetween } from '../openNode';
import { chooseFields, type Stage } from '../stage';

const TRIGGER = 'When an Order Is Completed';

export async function knackTrigger(stage: Stage, camera: Camera): Promise<void> {
	const { page } = stage.editor;
	stage.complete(['Fernhill Primary School', 'Greenway Café', 'Harbour View Guest House']);
	const id = await stage.importExample('01', (workflow) => chooseFields(stage, workflow));
	await page.setViewportSize({ width: 1900, height: 900 });
	await stage.editor.openNode(id, TRIGGER);
	await page.locator('[data-test-id=node-execute-button]').click();
	await page.locator('[data-test-id=output-panel] table').first().waitFor();
	await camera.take('knack-trigger-output.png', await outputTable(page, 240));

	await page.setViewportSize({ width: 1440, height: 2600 });
	await page.waitForTimeout(1_500);
	await camera.take(
		'knack-trigger.png',
		await parametersBetween(page, 'Table', 'Start Instantly'),
		{ margin: 8 },
	);
	await camera.take(
		'knack-trigger-until-synced.png',
		await parametersBetween(page, 'Options', 'Until Synced'),
		{ margin: 8 },
	);
	await openAddresses(page);
	await camera.take('knack-trigger-url.png', await addresses(page), { margin: 8 });
	await stage.editor.closeNode();
}

export async function xeroTrigger(stage: Stage, camera: Camera): Promise<void> {
	const { page } = stage.editor;
	const id = await stage.importExample('02');
	await page.setViewportSize({ width: 1440, height: 1800 });
	await stage.editor.openNode(id, 'When Xero Changes');
	await openAddresses(page);
	await camera.take('xero-trigger.png', await panelDownTo(page, 'Sweep'), { margin: 8 });
	await stage.editor.closeNode();
}

async function openAddresses(page: Page): Promise<void> {
	await page.getByText('Webhook URLs').first().click();
	const production = page.locator('[data-test-id=radio-button-production]');
	if ((await production.count()) > 0) await production.first().click();
	await page.waitForTimeout(800);
}

/** From the head "Webhook URLs" to the credential below it. */
async function addresses(page: Page) {
	const panel = await boxOf(page.locator('[data-test-id=node-parameters]'));
	const credential = await boxOf(page.locator('[data-test-id=node-credentials-slot]'));
	const head = await boxOf(page.getByText('Webhook URLs').first());
	return { x: panel.x, width: panel.width, y: head.y - 8, height: credential.y - head.y };
}
