import type { Camera } from '../camera';
import {
	executeUntil,
	openNodeHere,
	outputTable,
	panelDownTo,
	parametersBetween,
} from '../openNode';
import { chooseFields, type Stage } from '../stage';

const NODE = 'Create or Update the Invoice';

/** The form as a first preview has it, and what the preview says. */
export async function mapUpsert(stage: Stage, camera: Camera): Promise<void> {
	const { page } = stage.editor;
	stage.complete(['Fernhill Primary School', 'Greenway Café', 'Harbour View Guest House']);
	const id = await stage.importExample('01', (workflow) => {
		chooseFields(stage, workflow);
		for (const { name, parameters } of workflow.nodes)
			if (name === NODE) parameters.operation = 'preview';
	});
	await page.setViewportSize({ width: 2400, height: 1000 });
	await page.goto(`${stage.n8n.url}/workflow/${id}`);
	await executeUntil(page, NODE);
	await openNodeHere(page, NODE);
	await camera.take('preview.png', await outputTable(page, 420));
	const output = page.locator('[data-test-id=output-panel]');
	await output.getByText('Needs Attention Branch').click();
	await camera.take('needs-attention.png', await outputTable(page, 420));

	await page.setViewportSize({ width: 1440, height: 5000 });
	await page.waitForTimeout(3_000);
	await camera.take('map-upsert-fields.png', await panelDownTo(page, 'Currency'), { margin: 8 });
	await camera.take(
		'map-upsert-lines.png',
		await parametersBetween(page, 'Line Items', 'Discount Rate'),
		{ margin: 8 },
	);
	await camera.take(
		'map-upsert-write-back.png',
		await parametersBetween(page, 'Write Back to Knack', 'Fields to Write'),
		{ margin: 8 },
	);
	await stage.editor.closeNode();
}
