import type { Page } from 'playwright-core';
import { type Box, boxAround, boxOf } from './camera';

const ITEMS =
	'[data-test-id=node-parameters] [data-test-id=parameter-item], [data-test-id=node-parameters] .parameter-item';

/**
 * Where the open node's parameters are, from the one whose label begins with `first` to the one with
 * `last`.
 * @throws with the labels that there are, when one is not there any more
 */
export async function parametersBetween(page: Page, first: string, last: string): Promise<Box> {
	const items = await page.locator(ITEMS).all();
	const labels = await Promise.all(items.map(async (item) => (await item.innerText()).trim()));
	const at = (label: string): number => {
		const index = labels.findIndex((text) => text.startsWith(label));
		if (index < 0) {
			const there = labels.map((text) => text.split('\n')[0]).join(', ');
			throw new Error(`There is no parameter "${label}"; there are ${there}`);
		}
		return index;
	};
	const shown = [items[at(first)], items[at(last)]].flatMap((item) => (item ? [item] : []));
	const column = await boxOf(page.locator('[data-test-id=node-parameters]'));
	const { y, height } = await boxAround(shown);
	return { x: column.x, width: column.width, y: y - 6, height: height + 12 };
}

/** From the top of the node's panel to the end of the parameter whose label begins so. */
export async function panelDownTo(page: Page, last: string): Promise<Box> {
	const end = await parametersBetween(page, last, last);
	const top = await boxOf(page.locator('[data-test-id=node-parameters]'));
	return { ...end, y: top.y, height: end.y + end.height - top.y };
}

/** Runs the workflow that is open in the editor by its button, until this node has run. */
export async function executeUntil(page: Page, nodeName: string): Promise<void> {
	await page.locator('[data-test-id=execute-workflow-button]').first().click();
	await page
		.locator(`[data-test-id=canvas-node][data-node-name="${nodeName}"]`)
		.locator('[data-test-id=canvas-node-status-success]')
		.first()
		.waitFor();
}

export async function openNodeHere(page: Page, nodeName: string): Promise<void> {
	await page.locator(`[data-test-id=canvas-node][data-node-name="${nodeName}"]`).dblclick();
	await page.locator('[data-test-id=node-parameters]').waitFor();
}

/** The output of the open node as a table, no taller than this. */
export async function outputTable(page: Page, mostHeight: number): Promise<Box> {
	const pane = page.locator('[data-test-id=output-panel]');
	await pane.locator('[data-test-id=radio-button-table]').click();
	await page.waitForTimeout(500);
	const { x, y, width, height } = await boxOf(pane);
	const table = await boxOf(pane.locator('table').first());
	const end = Math.min(table.y + table.height + 12, y + height, y + mostHeight);
	return { x, y, width, height: end - y };
}
