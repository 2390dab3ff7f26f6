import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { allowAccess, sandboxCredentials } from '../../scripts/realN8n/connectedN8n';
import type { NewCredential } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { prepared, root } from '../support/prepared';

const PACKAGE = 'n8n-nodes-knack-xero';

/** Short names of the nodes, as package.json lists them: `KnackTrigger.node.js` is `knackTrigger`. */
const manifest: { n8n: { nodes: string[] } } = JSON.parse(
	readFileSync(path.join(root, 'package.json'), 'utf8'),
);
const NODES = manifest.n8n.nodes.map((file) =>
	path.basename(file, '.node.js').replace(/^./, (first) => first.toLowerCase()),
);
const ACTIONS = NODES.filter((name) => !name.endsWith('Trigger'));

describe('the package in a real n8n', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox();
		listening = await sandbox.listen(0);
		n8n = await N8nServer.start({ runtime, tarball });
	}, 600_000);

	afterAll(async () => {
		await n8n?.stop();
		await listening?.close();
	}, 60_000);

	it('loads every node under the name of the package, and its actions as tools', async () => {
		const types = (await n8n.rest.nodeTypes()).map(({ name }) => String(name));
		const ours = types.filter((name) => name.startsWith(PACKAGE)).sort();
		expect(ours).toEqual(
			[
				...NODES.map((name) => `${PACKAGE}.${name}`),
				...ACTIONS.map((name) => `${PACKAGE}.${name}Tool`),
			].sort(),
		);
	});

	it('serves the icons of nodes and credentials', async () => {
		const types = [...(await n8n.rest.nodeTypes()), ...(await n8n.rest.credentialTypes())];
		const ours = types.filter(({ name }) =>
			['knackApi', 'xeroSyncOAuth2Api', ...NODES.map((node) => `${PACKAGE}.${node}`)].includes(
				String(name),
			),
		);
		expect(ours).toHaveLength(NODES.length + 2);
		for (const { iconUrl } of ours) {
			const { light, dark } = Object(iconUrl);
			for (const url of [light, dark]) {
				const answer = await fetch(`${n8n.url}/${String(url)}`);
				expect([url, answer.status]).toEqual([url, 200]);
				expect(answer.headers.get('content-type')).toMatch(/svg/);
			}
		}
	});

	it('tells of nothing amiss while loading', () => {
		const complaints = n8n
			.log()
			.split('\n')
			.filter((line) => line.includes(PACKAGE) && /error|fail|missing|warn/i.test(line));
		expect(complaints).toEqual([]);
	});

	describe('Connect', () => {
		it('signs in to Xero through n8n and stores tokens that work', async () => {
			const { xero } = sandboxCredentials(listening.url);
			const id = await n8n.rest.createCredential(xero);
			const page = await n8n.rest.connectAccount(id, allowAccess);
			expect(page).not.toMatch(/error/i);
			const found = await organisations(id, xero);
			expect(found).toEqual(['Demo Trade Ltd']);
		});

		it('asks Xero for the scopes that the person typed', async () => {
			const { xero } = sandboxCredentials(listening.url);
			const scope = 'offline_access accounting.contacts accounting.settings';
			const credential = { ...xero, data: { ...xero.data, scope } };
			const id = await n8n.rest.createCredential(credential);
			let asked: string | null = null;
			await n8n.rest.connectAccount(id, async (authorizationUrl) => {
				asked = new URL(authorizationUrl).searchParams.get('scope');
				return await allowAccess(authorizationUrl);
			});
			expect(asked).toBe(scope);
		});

		it('needs no sign-in for a custom connection', async () => {
			const { xeroCustomConnection } = sandboxCredentials(listening.url);
			const id = await n8n.rest.createCredential(xeroCustomConnection);
			expect(await organisations(id, xeroCustomConnection)).toEqual(['Demo Trade Ltd']);
		});
	});

	/** Names in the organisation picker of Map & Upsert to Xero. */
	async function organisations(id: string, { name, type }: NewCredential): Promise<string[]> {
		const entries = await n8n.rest.listSearch({
			path: 'parameters.organisation',
			methodName: 'searchOrganisations',
			nodeTypeAndVersion: { name: `${PACKAGE}.mapUpsertToXero`, version: 1 },
			currentNodeParameters: {},
			credentials: { [type]: { id, name } },
		});
		return entries.map((entry) => entry.name);
	}
});
