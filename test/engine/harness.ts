/**
 * Runs the package's nodes in n8n-core's real execution engine against the sandbox, which listens on
 * a free loopback port, so that n8n's own HTTP helpers sign, refresh and send.
 *
 * ```ts
 * const harness = await createHarness({ nodes: { knackTrigger: new KnackTrigger() } });
 * const { output, error } = await harness.engine.runNode(
 *   { name: 'Upsert', type: ours('mapUpsertToXero'), parameters, credentials: harness.both },
 *   [{ 'Order Number': 'ORD-0001' }],
 * );
 * const poller = harness.engine.poller({ name: 'Knack', type: ours('knackTrigger'), … });
 * const context = harness.engine.loadOptionsContext({ name: 'Upsert', type: …, parameters });
 * harness.sandbox.journal.filter({ service: 'xero', kind: 'write' });
 * await harness.close();
 * ```
 */
import { Engine } from './engine';
import { CredentialStore } from './credentialStore';
import type { ICredentialDataDecryptedObject, INodeCredentials, INodeType } from 'n8n-workflow';
import { KnackApi } from '../../credentials/KnackApi.credentials';
import { XeroSyncOAuth2Api } from '../../credentials/XeroSyncOAuth2Api.credentials';
import { createSandbox, sandboxKnackApp, type Sandbox } from '../../sandbox/sandbox';
import type { SandboxOptions } from '../../sandbox/sandbox';
import { restartProcess } from '../support/restartProcess';
import { SANDBOX_CUSTOM_CONNECTION, SANDBOX_WEB_APP } from '../../sandbox/xero/world';

export { Poller } from './engine';
export type { TestNode } from './engine';

export interface HarnessOptions {
	/** Node classes by their short name (`knackTrigger`). */
	nodes: Readonly<Record<string, INodeType>>;
	/** Further node types by their full name, such as a stand-in for Slack. */
	otherNodes?: Readonly<Record<string, INodeType>>;
	sandbox?: SandboxOptions | Sandbox;
	/** Scopes that the user consented to; the credential's default unless told. */
	scope?: string;
}

export interface Harness {
	engine: Engine;
	credentials: CredentialStore;
	sandbox: Sandbox;
	/** Such as `http://127.0.0.1:41234`. */
	url: string;
	/** `credentials` of a node that uses one service, or both. */
	knack: INodeCredentials;
	xero: INodeCredentials;
	both: INodeCredentials;
	/** A Xero credential of a custom connection (client credentials, no sign-in). */
	xeroCustomConnection: INodeCredentials;
	close(): Promise<void>;
}

/** Full type name of a node of this package. */
export function ours(name: string): string {
	return `n8n-nodes-knack-xero.${name}`;
}

/**
 * A listening sandbox, its credentials connected, and an engine that knows the given nodes, in a
 * process that has just begun.
 */
export async function createHarness(options: HarnessOptions): Promise<Harness> {
	restartProcess();
	const sandbox =
		options.sandbox && 'journal' in options.sandbox
			? options.sandbox
			: createSandbox(options.sandbox);
	const { url, close } = await sandbox.listen(0);
	const credentials = new CredentialStore([new KnackApi(), new XeroSyncOAuth2Api()]);
	const knack: INodeCredentials = {
		knackApi: credentials.add('knackApi', {
			applicationId: sandboxKnackApp.id,
			apiKey: sandboxKnackApp.apiKey,
			apiUrl: `${url}/knack/v1`,
		}),
	};
	const xero: INodeCredentials = {
		xeroSyncOAuth2Api: connectXero(credentials, sandbox, url, options.scope),
	};
	const xeroCustomConnection: INodeCredentials = {
		xeroSyncOAuth2Api: credentials.add(
			'xeroSyncOAuth2Api',
			{
				...xeroBase(url),
				grantType: 'clientCredentials',
				...SANDBOX_CUSTOM_CONNECTION,
				...(options.scope ? { scope: options.scope } : {}),
			},
			'xeroCustomConnection',
		),
	};
	const types = Object.fromEntries(
		Object.entries(options.nodes).map(([name, type]) => [ours(name), type]),
	);
	return {
		engine: new Engine({ ...types, ...options.otherNodes }, credentials),
		credentials,
		sandbox,
		url,
		knack,
		xero,
		both: { ...knack, ...xero },
		xeroCustomConnection,
		close,
	};
}

function xeroBase(url: string): ICredentialDataDecryptedObject {
	return { environment: 'sandbox', sandboxUrl: `${url}/xero` };
}

/** What "Connect" leaves behind: the data typed in, and the tokens of the consent. */
function connectXero(credentials: CredentialStore, sandbox: Sandbox, url: string, scope?: string) {
	const data: ICredentialDataDecryptedObject = {
		...xeroBase(url),
		grantType: 'authorizationCode',
		...SANDBOX_WEB_APP,
		...(scope ? { scope } : {}),
	};
	const scopes = (scope ?? defaultScope(credentials)).split(' ');
	const oauthTokenData = { ...sandbox.xero.signIn({ scopes }) };
	return credentials.add('xeroSyncOAuth2Api', { ...data, oauthTokenData });
}

function defaultScope(credentials: CredentialStore): string {
	const property = credentials
		.getCredentialsProperties('xeroSyncOAuth2Api')
		.find(({ name }) => name === 'scope');
	return String(property?.default ?? '').replace(/^=/, '');
}
