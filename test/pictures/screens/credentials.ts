import { sandboxCredentials } from '../../../scripts/realN8n/connectedN8n';
import type { Camera } from '../camera';
import { boxAround } from '../camera';
import type { Stage } from '../stage';

const NAME = 'Xero of Demo Trade';

/** The forms of both credentials: Knack's tested, Xero's before and after it is connected. */
export async function credentialForms(stage: Stage, camera: Camera): Promise<void> {
	const { page } = stage.editor;
	const modal = page.locator('[data-test-id=editCredential-modal]');
	const open = async (name: string): Promise<void> => {
		await page.setViewportSize({ width: 1200, height: 1500 });
		await page.goto(`${stage.n8n.url}/home/credentials`);
		await page.getByText(name, { exact: true }).first().click();
		await modal.waitFor();
		await page.waitForTimeout(2_000);
	};
	const form = page.locator('[data-test-id=node-credentials-config-container]');

	await open('Knack (sandbox)');
	await modal.getByText('Connection tested successfully').waitFor();
	await camera.take(
		'knack-credential.png',
		await boxAround([
			modal.getByText('Connection tested successfully'),
			form.locator('[data-test-id=credential-connection-parameter]').nth(3),
		]),
		{ margin: 24 },
	);

	const { xero } = sandboxCredentials(stage.sandboxUrl);
	const live = { environment: 'live', clientId: xero.data.clientId };
	const data = { ...xero.data, ...live };
	await stage.n8n.rest.createCredential({ ...xero, name: NAME, data });
	await open(NAME);
	await camera.take(
		'xero-credential.png',
		await boxAround([
			modal.locator('[data-test-id=oauth-not-connected-banner]'),
			form.locator('[data-test-id=credential-connection-parameter]').nth(2),
		]),
		{ margin: 24 },
	);

	await open('Xero (sandbox)');
	const connected = modal.locator('[data-test-id=oauth-connect-success-banner]');
	await camera.take('xero-connected.png', connected, { margin: 16 });
}
