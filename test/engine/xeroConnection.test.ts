import { NodeApiError, NodeConnectionTypes } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeType } from 'n8n-workflow';
import { toNodeError } from '../../lib/n8n/errors';
import { connectXero, listOrganisations, settingsForForm } from '../../lib/n8n/xeroConnection';
import { chosenOrganisation, searchOrganisations } from '../../lib/n8n/xeroPickers';
import { DEMO_TRADE_TENANT_ID, KIWI_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { restartProcess } from '../support/restartProcess';
import { createHarness, ours, type Harness, type HarnessOptions } from './harness';

/** Writes one contact, as the smallest node that uses the connection. */
const contactNode: INodeType = {
	description: {
		displayName: 'Contact',
		name: 'contact',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Contact' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'xeroSyncOAuth2Api', required: true }],
		properties: [
			{ displayName: 'Organisation', name: 'organisation', type: 'string', default: '' },
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
		],
	},
	async execute() {
		const client = await connectXero(this, DEMO_TRADE_TENANT_ID);
		const answer = await client.write({
			method: 'PUT',
			path: '/Contacts',
			query: { summarizeErrors: 'false' },
			body: { Contacts: [{ Name: this.getNodeParameter('name', 0) }] },
			idempotencyKey: 'contact-1',
		});
		return [[{ json: { kind: answer.kind }, pairedItem: 0 }]];
	},
};

describe('Xero through n8n', () => {
	let harness: Harness;

	const start = async (options: Partial<HarnessOptions> = {}) => {
		harness = await createHarness({ nodes: { contact: contactNode }, ...options });
		harness.sandbox.xero.configure({ limitsOn: false });
		return harness;
	};
	const editor = (
		parameters: Record<string, string> = { organisation: DEMO_TRADE_TENANT_ID },
		credentials = harness.xero,
	): ILoadOptionsFunctions =>
		harness.engine.loadOptionsContext({
			name: 'Contact',
			type: ours('contact'),
			parameters,
			credentials,
		});
	/** What a form reads of the chosen organisation; what fails, fails as n8n's error. */
	const settingsOf = async (context: ILoadOptionsFunctions) => {
		try {
			return await settingsForForm(context, chosenOrganisation(context));
		} catch (error) {
			throw toNodeError(context.getNode(), error);
		}
	};
	const tokenCalls = () =>
		harness.sandbox.journal.filter({ service: 'identity', path: '/connect/token' }).length;

	afterEach(async () => {
		await harness.close();
	});

	it('lists the organisations, and marks those that share a name', async () => {
		await start();
		expect(await searchOrganisations.call(editor())).toEqual({
			results: [{ name: 'Demo Trade Ltd', value: DEMO_TRADE_TENANT_ID }],
		});
	});

	it('reads what a form is filled from, once for all of its lists', async () => {
		await start();
		const settings = await settingsOf(editor());
		expect(settings.organisation).toMatchObject({ name: 'Demo Trade Ltd', baseCurrency: 'GBP' });
		expect(settings.accounts).toContainEqual(
			expect.objectContaining({ code: '200', name: 'Sales', status: 'ACTIVE' }),
		);
		expect(settings.taxRates.map(({ name }) => name)).toContain('20% (VAT on Income)');
		expect(settings.currencies).toEqual(['GBP', 'EUR']);
		expect(settings.brandingThemes.length).toBeGreaterThan(0);
		expect(settings.trackingCategories.map(({ name }) => name)).toContain('Region');
		const before = harness.sandbox.journal.entries.length;
		await settingsOf(editor());
		expect(harness.sandbox.journal.entries.length).toBe(before);
	});

	it('refreshes an expired token once for requests side by side, and all succeed', async () => {
		await start();
		const context = editor();
		const client = await connectXero(context, DEMO_TRADE_TENANT_ID);
		await client.read({ path: '/Organisation' });
		harness.sandbox.xero.expireAccessTokens();
		const before = tokenCalls();
		await Promise.all(
			['/Accounts', '/TaxRates', '/Currencies', '/BrandingThemes'].map(
				async (path) => await client.read({ path }),
			),
		);
		expect(tokenCalls() - before).toBe(1);
	});

	it('says which scope is missing and does not refresh for ever', async () => {
		await start({ scope: 'offline_access accounting.contacts' });
		const before = tokenCalls();
		const failing = settingsOf(editor());
		await expect(failing).rejects.toBeInstanceOf(NodeApiError);
		await expect(failing).rejects.toMatchObject({
			message: expect.stringMatching(
				/^Xero refused: this connection lacks accounting\.settings\.$/,
			),
			description: expect.stringContaining('Add accounting.settings to Scope'),
			failure: { cause: 'credential-invalid' },
		});
		expect(tokenCalls() - before).toBeLessThanOrEqual(6);
	});

	it('tells a revoked grant, with no token in any word of it', async () => {
		await start();
		harness.sandbox.xero.revokeGrant();
		const failing = listOrganisations(editor());
		await expect(failing).rejects.toMatchObject({
			fault: {
				cause: 'credentialRefused',
				fix: expect.stringContaining('connect the account again'),
			},
		});
		const told = await failing.catch((error: unknown) => toNodeError(editor().getNode(), error));
		const data = harness.credentials.raw('xeroSyncOAuth2Api').oauthTokenData;
		const { access_token, refresh_token } = data as { access_token: string; refresh_token: string };
		const words = JSON.stringify(told, Object.getOwnPropertyNames(told));
		expect(words).not.toContain(access_token);
		expect(words).not.toContain(refresh_token);
	});

	it('tells an organisation that was disconnected', async () => {
		await start();
		harness.sandbox.xero.disconnect(DEMO_TRADE_TENANT_ID);
		await expect(settingsOf(editor())).rejects.toMatchObject({
			message: expect.stringMatching(
				/^This connection has no access to the chosen Xero organisation\.$/,
			),
		});
	});

	it('tells a wrong client secret of a custom connection, and works with the right one', async () => {
		await start();
		const custom = () => editor({ organisation: '' }, harness.xeroCustomConnection);
		expect((await settingsOf(custom())).accounts.length).toBeGreaterThan(0);
		restartProcess();
		harness.credentials.add(
			'xeroSyncOAuth2Api',
			{
				...harness.credentials.raw('xeroCustomConnection'),
				clientSecret: 'wrong',
				oauthTokenData: {},
			},
			'xeroCustomConnection',
		);
		await expect(settingsOf(custom())).rejects.toMatchObject({
			message: expect.stringMatching(
				/^Xero does not know the client ID, or the client secret is wrong\.$/,
			),
		});
	});

	it('asks for an organisation only where there are several', async () => {
		await start();
		expect((await connectXero(editor({ organisation: '' }), undefined)).organisationId).toBe(
			DEMO_TRADE_TENANT_ID,
		);
		restartProcess();
		harness.sandbox.xero.signIn({ tenantIds: [KIWI_TRADE_TENANT_ID] });
		await expect(connectXero(editor({ organisation: '' }), undefined)).rejects.toMatchObject({
			fault: {
				cause: 'organisationMissing',
				fix: 'Choose one under Organisation: Demo Trade Ltd, Kiwi Trade Ltd.',
			},
		});
	});

	it('sends nothing in the clear to another machine', async () => {
		await start();
		harness.credentials.add('xeroSyncOAuth2Api', {
			...harness.credentials.raw('xeroSyncOAuth2Api'),
			sandboxUrl: 'http://192.0.2.1:4010/xero',
		});
		await expect(listOrganisations(editor())).rejects.toMatchObject({
			fault: { message: 'The address in the Xero credential is not safe for a token.' },
		});
	});

	it('writes from an execution', async () => {
		await start();
		const { output, error } = await harness.engine.runNode(
			{
				name: 'Contact',
				type: ours('contact'),
				parameters: { name: 'Written by n8n' },
				credentials: harness.xero,
			},
			[{}],
		);
		expect(error).toBeUndefined();
		expect(output[0]?.[0]?.json).toEqual({ kind: 'accepted' });
		expect(harness.sandbox.xero.contacts().map((contact) => contact.Name)).toContain(
			'Written by n8n',
		);
	});
});
