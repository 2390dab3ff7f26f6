import { type Camera, boxOf } from '../camera';
import type { Stage } from '../stage';

/** The sandbox's page once the examples have run. */
export async function sandboxPage(stage: Stage, camera: Camera): Promise<void> {
	const { page } = stage.editor;
	await page.setViewportSize({ width: 1440, height: 660 });
	await page.goto(stage.sandboxUrl);
	await page.getByText('SO-1003').first().waitFor();
	const knack = await boxOf(page.locator('section').first());
	await camera.take('sandbox.png', { x: 0, y: 0, width: 1440, height: knack.y + knack.height + 8 });
	await camera.take('knack-fields.png', knack);
}
