import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/**
 * Least scopes for what the nodes do, by the granular names that apps made since 2 March 2026 have
 * (developer.xero.com/faq/granular-scopes).
 */
const DEFAULT_SCOPE =
	'offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings accounting.attachments projects';

/**
 * The sandbox's root, as an expression: the address typed in when it is https or on this machine,
 * else one that leads nowhere, so that the client secret never travels in the clear.
 */
const SANDBOX_ROOT =
	'(/^(https:\\/\\/|http:\\/\\/(127\\.0\\.0\\.1|localhost|\\[::1\\])(:\\d+)?(\\/|$))/.test(($self["sandboxUrl"] || "").trim())' +
	' ? $self["sandboxUrl"].trim().replace(/\\/+$/, "") : "https://plain-http-is-refused.invalid")';

function liveOrSandbox(liveUrl: string, sandboxPath: string): string {
	return `={{ $self["environment"] === "sandbox" ? ${SANDBOX_ROOT} + "${sandboxPath}" : "${liveUrl}" }}`;
}

export class XeroSyncOAuth2Api implements ICredentialType {
	name = 'xeroSyncOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Xero Sync OAuth2 API';

	icon: Icon = { light: 'file:../icons/xero.svg', dark: 'file:../icons/xero.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-knack-xero/n8n-nodes-knack-xero/blob/main/docs/xero-credential.md';

	httpRequestNode = {
		name: 'Xero',
		docsUrl: 'https://developer.xero.com/documentation/api/accounting/overview',
		apiBaseUrl: 'https://api.xero.com/',
	};

	properties: INodeProperties[] = [
		{
			// n8n offers "Connect" by the name and value of this field.
			displayName: 'Connection Type',
			name: 'grantType',
			type: 'options',
			options: [
				{
					name: 'Web App',
					value: 'authorizationCode',
					description: 'You sign in to Xero and choose the organisations. Works everywhere.',
				},
				{
					name: 'Custom Connection',
					value: 'clientCredentials',
					description:
						'One organisation without a sign-in, paid monthly to Xero. Australia, New Zealand, United Kingdom and United States only.',
				},
			],
			default: 'authorizationCode',
		},
		{
			displayName:
				'In Xero\'s <a href="https://developer.xero.com/app/manage" target="_blank">developer portal</a>: New app, Web app, and paste the OAuth Redirect URL from above as its redirect URI. Copy the client ID and a new client secret to here, then <b>Connect</b> and choose the organisation.',
			name: 'webAppNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { grantType: ['authorizationCode'] } },
		},
		{
			displayName:
				'In Xero\'s <a href="https://developer.xero.com/app/manage" target="_blank">developer portal</a>: New app, Custom connection. Tick the scopes accounting.invoices, accounting.payments, accounting.contacts, accounting.settings, accounting.attachments and projects, let a user of the organisation authorise it, then copy the client ID and a client secret to here. There is nothing to connect; save, and choose the credential in a node.',
			name: 'customConnectionNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { grantType: ['clientCredentials'] } },
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Live', value: 'live', description: 'Xero itself, its Demo Company included' },
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: "This package's own twin of Xero, on your machine",
				},
			],
			default: 'live',
		},
		{
			displayName: 'Sandbox URL',
			name: 'sandboxUrl',
			type: 'string',
			default: 'http://127.0.0.1:4010/xero',
			hint: 'As "npm run sandbox" prints it. Plain http is accepted for this machine only.',
			displayOptions: { show: { environment: ['sandbox'] } },
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: DEFAULT_SCOPE,
			hint: 'What the nodes may do, separated by spaces. Take out what you do not need; reconnect after a change.',
			displayOptions: { show: { grantType: ['authorizationCode'] } },
		},
		{
			displayName: 'Custom Connection Scope',
			name: 'customConnectionScope',
			type: 'string',
			default: '',
			hint: 'Leave empty to use every scope that is ticked in the developer portal',
			displayOptions: { show: { grantType: ['clientCredentials'] } },
		},
		{
			displayName: 'Webhook Signing Key',
			name: 'webhookSigningKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Only for Xero Trigger: the "Webhooks key" of the app in the developer portal',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: liveOrSandbox(
				'https://login.xero.com/identity/connect/authorize',
				'/identity/connect/authorize',
			),
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: liveOrSandbox('https://identity.xero.com/connect/token', '/connect/token'),
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
		{
			// Client credentials know no refresh token, so "offline_access" must not be asked for: such
			// a connection has no Scope, and what is typed above goes into the request by this way.
			displayName: 'Additional Body Properties',
			name: 'additionalBodyProperties',
			type: 'hidden',
			default:
				'={{ $self["grantType"] === "clientCredentials" && $self["customConnectionScope"] ? JSON.stringify({ scope: $self["customConnectionScope"] }) : "" }}',
		},
	];
}
