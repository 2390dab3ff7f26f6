import type { IDataObject, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { sandboxXero } from '../../lib/xero/urls';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { createHarness, type Harness } from './harness';

/**
 * n8n's Custom API Call opens an HTTP Request node with a credential under Predefined Credential Type.
 * That node hands what is typed there to this helper of n8n-core, which signs.
 */
const HTTP_REQUEST: INodeType = {
	description: {
		displayName: 'HTTP Request',
		name: 'httpRequest',
		group: ['output'],
		version: 1,
		description: 'As far as predefined credentials go',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'knackApi' }, { name: 'xeroSyncOAuth2Api' }],
		properties: ['nodeCredentialType', 'method', 'url', 'headers', 'query'].map((name) => ({
			displayName: name,
			name,
			type: 'string' as const,
			default: '',
		})),
	},
	async execute() {
		const given = (name: string) => String(this.getNodeParameter(name, 0));
		const read = (name: string): IDataObject => JSON.parse(given(name) || '{}') as IDataObject;
		const body: IDataObject = await this.helpers.httpRequestWithAuthentication.call(
			this,
			given('nodeCredentialType'),
			{
				method: given('method') === 'POST' ? 'POST' : 'GET',
				url: given('url'),
				headers: read('headers'),
				qs: read('query'),
				json: true,
			},
		);
		return [[{ json: body, pairedItem: 0 }]];
	},
};

describe('n8n’s own Custom API Call, with the credentials of this package', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: {},
			otherNodes: { 'n8n-nodes-base.httpRequest': HTTP_REQUEST },
			sandbox: { seed: 'tradeBusiness' },
		});
	});
	afterEach(async () => {
		await harness.close();
	});

	async function call(
		nodeCredentialType: 'knackApi' | 'xeroSyncOAuth2Api',
		url: string,
		headers: IDataObject = {},
		query: IDataObject = {},
	) {
		const { output, error } = await harness.engine.runNode(
			{
				name: 'HTTP Request',
				type: 'n8n-nodes-base.httpRequest',
				parameters: {
					nodeCredentialType,
					method: 'GET',
					url,
					headers: JSON.stringify(headers),
					query: JSON.stringify(query),
				},
				credentials: harness.both,
			},
			[{}],
		);
		return { json: output[0]?.[0]?.json, error };
	}

	const ofXero = (path: string) => `${sandboxXero(`${harness.url}/xero`).accounting}${path}`;

	it('reads Xero, with the organisation in a header, page by page', async () => {
		const headers = { 'xero-tenant-id': DEMO_TRADE_TENANT_ID, accept: 'application/json' };
		const first = await call('xeroSyncOAuth2Api', ofXero('/Contacts'), headers, {
			page: '1',
			pageSize: '2',
		});
		const second = await call('xeroSyncOAuth2Api', ofXero('/Contacts'), headers, {
			page: '2',
			pageSize: '2',
		});
		const names = [first, second].map(({ json }) =>
			(json?.Contacts as IDataObject[]).map(({ Name }) => Name),
		);
		expect(names.flat()).toHaveLength(4);
		expect(new Set(names.flat()).size).toBe(4);
		expect(first.json?.pagination).toMatchObject({ page: 1, pageSize: 2 });
	});

	it('is refused by Xero without the organisation', async () => {
		const { error } = await call('xeroSyncOAuth2Api', ofXero('/Contacts'));
		expect(error?.message).toContain('Forbidden');
	});

	it('reads Knack, page by page, and shows no key', async () => {
		const url = `${harness.url}/knack/v1/objects/object_2/records`;
		const { json } = await call('knackApi', url, {}, { page: '1', rows_per_page: '2' });
		expect(json?.records).toHaveLength(2);
		expect(json).toMatchObject({ current_page: 1 });
		const { apiKey } = harness.credentials.raw('knackApi');
		expect(JSON.stringify(json)).not.toContain(String(apiKey));
	});
});
