import { sandboxCredentials } from '../realN8n/connectedN8n';

/** What to type into credentials of one's own, by the labels of their forms. */
export function credentialValues(sandboxUrl: string): readonly string[] {
	const { knack, xero } = sandboxCredentials(sandboxUrl);
	const value = (data: Readonly<Record<string, unknown>>, name: string): string => {
		const found = data[name];
		if (typeof found !== 'string') throw new Error(`The sandbox's credential has no ${name}`);
		return found;
	};
	const lines = (title: string, rows: ReadonlyArray<readonly [string, string]>): string[] => [
		`  ${title}`,
		...rows.map(([label, text]) => `    ${label.padEnd(20)} ${text}`),
	];
	return [
		...lines('Knack API', [
			['Application ID', value(knack.data, 'applicationId')],
			['REST API Key', value(knack.data, 'apiKey')],
			['API URL', value(knack.data, 'apiUrl')],
			['Webhook Secret', value(knack.data, 'webhookSecret')],
		]),
		...lines('Xero Sync OAuth2 API', [
			['Connection Type', 'Web App'],
			['Environment', 'Sandbox'],
			['Sandbox URL', value(xero.data, 'sandboxUrl')],
			['Client ID', value(xero.data, 'clientId')],
			['Client Secret', value(xero.data, 'clientSecret')],
			['Webhook Signing Key', value(xero.data, 'webhookSigningKey')],
		]),
	];
}
