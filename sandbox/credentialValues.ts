import { sandboxKnackApp } from './knackApp';
import { SANDBOX_CUSTOM_CONNECTION, SANDBOX_WEB_APP } from './xero/world';

/** What the sandbox's Flows send along, and its Xero signs with. Of no use anywhere else. */
export const SANDBOX_WEBHOOK_SECRET = 'the-long-password-of-the-sandbox';
export const SANDBOX_SIGNING_KEY = 'the-webhooks-key-of-the-sandbox';

/** A credential's form in n8n: what stands above it, and what to type, by the labels of its fields. */
export interface CredentialForm {
	readonly title: string;
	readonly rows: ReadonlyArray<readonly [label: string, value: string]>;
}

/** What to type into credentials of one's own. None of it is a secret. */
export function credentialForms(sandboxUrl: string): CredentialForm[] {
	const xero: CredentialForm['rows'] = [
		['Environment', 'Sandbox'],
		['Sandbox URL', `${sandboxUrl}/xero`],
	];
	return [
		{
			title: 'Knack API',
			rows: [
				['Application ID', sandboxKnackApp.id],
				['REST API Key', sandboxKnackApp.apiKey],
				['API URL', `${sandboxUrl}/knack/v1`],
				['Webhook Secret', SANDBOX_WEBHOOK_SECRET],
			],
		},
		{
			title: 'Xero Sync OAuth2 API',
			rows: [
				['Connection Type', 'Web App'],
				...xero,
				['Client ID', SANDBOX_WEB_APP.clientId],
				['Client Secret', SANDBOX_WEB_APP.clientSecret],
				['Webhook Signing Key', SANDBOX_SIGNING_KEY],
			],
		},
		{
			title: 'Xero Sync OAuth2 API, without signing in',
			rows: [
				['Connection Type', 'Custom Connection'],
				...xero,
				['Client ID', SANDBOX_CUSTOM_CONNECTION.clientId],
				['Client Secret', SANDBOX_CUSTOM_CONNECTION.clientSecret],
			],
		},
	];
}

/** The same as lines for a terminal. */
export function credentialLines(sandboxUrl: string): string[] {
	return credentialForms(sandboxUrl).flatMap(({ title, rows }) => [
		`  ${title}`,
		...rows.map(([label, value]) => `    ${label.padEnd(20)} ${value}`),
	]);
}
