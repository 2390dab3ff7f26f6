import { createServer, type Server } from 'node:http';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { CredentialStore } from './credentialStore';
import { Engine } from './engine';

const accountApi: ICredentialType = {
	name: 'accountOAuth2Api',
	displayName: 'Account OAuth2 API',
	extends: ['oAuth2Api'],
	properties: [
		{ displayName: 'Base', name: 'base', type: 'string', default: '' },
		{ displayName: 'Grant', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{$self["base"]}}/token',
		},
	],
};

/** Asks for the account's name once for each item. */
const accountNode: INodeType = {
	description: {
		displayName: 'Account',
		name: 'account',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Account' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'accountOAuth2Api', required: true }],
		properties: [{ displayName: 'Path', name: 'path', type: 'string', default: '' }],
	},
	async execute() {
		const { base } = await this.getCredentials('accountOAuth2Api');
		const answers = await Promise.all(
			this.getInputData().map(async (item, index) => {
				const path = String(this.getNodeParameter('path', index));
				if (path === '') throw new NodeOperationError(this.getNode(), 'No path');
				const body: { name: string } = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'accountOAuth2Api',
					{ url: `${String(base)}${path}`, json: true },
				);
				return { json: { ...item.json, name: body.name }, pairedItem: index };
			}),
		);
		return [answers];
	},
};

describe('the engine that the node tests run in', () => {
	let server: Server;
	let base: string;
	let refreshes: number;
	let validToken: string;

	beforeEach(async () => {
		refreshes = 0;
		validToken = 'second';
		server = createServer((request, response) => {
			response.setHeader('content-type', 'application/json');
			if (request.url === '/token') {
				refreshes += 1;
				response.end(
					JSON.stringify({
						access_token: validToken,
						refresh_token: 'next',
						token_type: 'Bearer',
						expires_in: 1800,
					}),
				);
				return;
			}
			response.statusCode = request.headers.authorization === `Bearer ${validToken}` ? 200 : 401;
			response.end(JSON.stringify({ name: `from ${request.url}` }));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
	});

	afterEach(async () => {
		await new Promise((resolve) => server.close(resolve));
	});

	const engineWithToken = (accessToken: string) => {
		const credentials = new CredentialStore([accountApi]);
		const reference = credentials.add('accountOAuth2Api', {
			base,
			clientId: 'id',
			clientSecret: 'secret',
			oauthTokenData: { access_token: accessToken, refresh_token: 'first', token_type: 'Bearer' },
		});
		return {
			credentials,
			engine: new Engine({ account: accountNode }, credentials),
			node: {
				name: 'Account',
				type: 'account',
				parameters: { path: '={{ $json.path }}' },
				credentials: { accountOAuth2Api: reference },
			},
		};
	};

	it('evaluates expressions, signs requests and pairs items', async () => {
		const { engine, node } = engineWithToken('second');
		const { output, error } = await engine.runNode(node, [{ path: '/a' }, { path: '/b' }]);
		expect(error).toBeUndefined();
		expect(output[0]?.map((item) => item.json.name)).toEqual(['from /a', 'from /b']);
		expect(output[0]?.map((item) => item.pairedItem)).toEqual([0, 1]);
		expect(refreshes).toBe(0);
	});

	it('refreshes a token that has expired once for parallel requests and stores it', async () => {
		const { engine, node, credentials } = engineWithToken('first');
		const { output } = await engine.runNode(node, [{ path: '/a' }, { path: '/b' }]);
		expect(output[0]).toHaveLength(2);
		expect(refreshes).toBe(1);
		expect(credentials.raw('accountOAuth2Api').oauthTokenData).toMatchObject({
			access_token: 'second',
			refresh_token: 'next',
		});
	});

	it('reports the error of a node that throws', async () => {
		const { engine, node } = engineWithToken('second');
		const { error, output } = await engine.runNode(node, [{ path: '' }]);
		expect(error?.message).toBe('No path');
		expect(output.flat()).toEqual([]);
	});
});

describe('a poller', () => {
	const counter: INodeType = {
		description: {
			displayName: 'Counter',
			name: 'counter',
			group: ['trigger'],
			version: 1,
			description: '',
			polling: true,
			defaults: { name: 'Counter' },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [{ displayName: 'Every', name: 'every', type: 'number', default: 2 }],
		},
		async poll() {
			const state = this.getWorkflowStaticData('node');
			const count = Number(state.count ?? 0) + 1;
			state.count = count;
			if (count % Number(this.getNodeParameter('every')) !== 0) return null;
			return [[{ json: { count, mode: this.getMode() } }]];
		},
	};

	it('keeps state in memory, and over a restart only what a poll with items persisted', async () => {
		const poller = new Engine({ counter }, new CredentialStore([])).poller({
			name: 'Counter',
			type: 'counter',
		});
		expect(await poller.activate()).toEqual([]);
		expect(await poller.poll()).toEqual([{ json: { count: 2, mode: 'trigger' } }]);
		expect(await poller.poll()).toEqual([]);
		expect(poller.state).toMatchObject({ count: 3 });
		poller.restart();
		expect(poller.state).toMatchObject({ count: 2 });
		await poller.poll();
		expect(await poller.manual()).toEqual([]);
		expect(poller.state).toMatchObject({ count: 3 });
	});
});
