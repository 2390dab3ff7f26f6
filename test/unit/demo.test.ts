import { createServer, type Server } from 'node:net';
import { KnackApi } from '../../credentials/KnackApi.credentials';
import { XeroSyncOAuth2Api } from '../../credentials/XeroSyncOAuth2Api.credentials';
import { credentialForms } from '../../sandbox/credentialValues';
import { freePort } from '../../scripts/realN8n/freePort';

describe('the values that the sandbox and the demo give for credentials of one’s own', () => {
	const forms = credentialForms('http://127.0.0.1:4011');

	it('go by the labels of the forms', () => {
		// Both come with n8n's own OAuth2 credential, which ours extends.
		const ofN8n = ['Client ID', 'Client Secret'];
		const labels = [new KnackApi(), new XeroSyncOAuth2Api()].flatMap(({ properties }) =>
			properties.map(({ displayName }) => displayName),
		);
		const used = forms.flatMap(({ rows }) => rows.map(([label]) => label));
		expect([...labels, ...ofN8n]).toEqual(expect.arrayContaining(used));
		expect(forms.map(({ rows }) => rows.length)).toEqual([4, 6, 5]);
	});

	it('point at the sandbox that was started', () => {
		const [knack, xero] = forms.map(({ rows }) => Object.fromEntries(rows));
		expect(knack).toMatchObject({ 'API URL': 'http://127.0.0.1:4011/knack/v1' });
		expect(xero).toMatchObject({ 'Sandbox URL': 'http://127.0.0.1:4011/xero' });
	});
});

describe('a port that another program has', () => {
	let other: Server;
	let taken: number;

	beforeEach(async () => {
		other = createServer();
		taken = await freePort(20_000);
		await new Promise<void>((done) => other.listen(taken, '127.0.0.1', done));
	});

	afterEach(async () => await new Promise((done) => other.close(done)));

	it('is left to it, and the next free one is taken', async () => {
		const port = await freePort(taken);
		expect(port).toBeGreaterThan(taken);
		expect(port).toBeLessThanOrEqual(taken + 50);
	});
});
