import { SANDBOX_SIGNING_KEY, SANDBOX_WEBHOOK_SECRET } from '../../sandbox/credentialValues';
import { sandboxKnackApp } from '../../sandbox/sandbox';
import { SANDBOX_CUSTOM_CONNECTION, SANDBOX_WEB_APP } from '../../sandbox/xero/world';
import type { NewCredential } from './n8nRest';
import { N8nServer, type N8nOptions } from './n8nServer';

export interface CredentialReference {
	readonly id: string;
	readonly name: string;
}

/** Credentials of an n8n by their type's name. */
export type Connections = Readonly<Record<string, CredentialReference>>;

export interface ConnectedN8n {
	readonly n8n: N8nServer;
	readonly connections: Connections;
}

/** Credential data for the sandbox, as a person would type it. */
export function sandboxCredentials(sandboxUrl: string): {
	knack: NewCredential;
	xero: NewCredential;
	xeroCustomConnection: NewCredential;
} {
	const xero = { environment: 'sandbox', sandboxUrl: `${sandboxUrl}/xero` };
	return {
		knack: {
			name: 'Knack (sandbox)',
			type: 'knackApi',
			data: {
				applicationId: sandboxKnackApp.id,
				apiKey: sandboxKnackApp.apiKey,
				apiUrl: `${sandboxUrl}/knack/v1`,
				webhookSecret: SANDBOX_WEBHOOK_SECRET,
			},
		},
		xero: {
			name: 'Xero (sandbox)',
			type: 'xeroSyncOAuth2Api',
			data: {
				...xero,
				grantType: 'authorizationCode',
				...SANDBOX_WEB_APP,
				webhookSigningKey: SANDBOX_SIGNING_KEY,
			},
		},
		xeroCustomConnection: {
			name: 'Xero custom connection (sandbox)',
			type: 'xeroSyncOAuth2Api',
			data: { ...xero, grantType: 'clientCredentials', ...SANDBOX_CUSTOM_CONNECTION },
		},
	};
}

/** Presses "Allow access" on the sandbox's consent page. @returns the address it redirects to */
export async function allowAccess(authorizationUrl: string): Promise<string> {
	const url = new URL(authorizationUrl);
	url.searchParams.set('autoConsent', '1');
	const answer = await fetch(url, { redirect: 'manual' });
	const location = answer.headers.get('location');
	if (!location) throw new Error(`The sandbox refused the consent: ${await answer.text()}`);
	return location;
}

/** Starts n8n with this package, and with both services connected. */
export async function startConnectedN8n(
	options: N8nOptions & { sandboxUrl: string },
): Promise<ConnectedN8n> {
	const n8n = await N8nServer.start(options);
	try {
		return { n8n, connections: await connectServices(n8n, options.sandboxUrl) };
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}

/**
 * Creates both credentials and connects the Xero account, as a person would.
 * @param scope what the Xero connection asks for, where that is not what it asks for by itself
 */
export async function connectServices(
	n8n: N8nServer,
	sandboxUrl: string,
	scope?: string,
): Promise<Connections> {
	const { knack, xero } = sandboxCredentials(sandboxUrl);
	const asking = scope === undefined ? xero : { ...xero, data: { ...xero.data, scope } };
	const [knackId, xeroId] = await Promise.all([
		n8n.rest.createCredential(knack),
		n8n.rest.createCredential(asking),
	]);
	await n8n.rest.connectAccount(xeroId, allowAccess);
	return {
		knackApi: { id: knackId, name: knack.name },
		xeroSyncOAuth2Api: { id: xeroId, name: xero.name },
	};
}
