import type { IAuthenticateGeneric, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class KnackApi implements ICredentialType {
	name = 'knackApi';

	displayName = 'Knack API';

	icon: Icon = { light: 'file:../icons/knack.svg', dark: 'file:../icons/knack.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-knack-xero/n8n-nodes-knack-xero/blob/main/docs/knack-credential.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Application ID',
			name: 'applicationId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 5d79512148c4af00106d1507',
			hint: "In Knack's builder under Settings → API & Code; 24 letters and digits",
		},
		{
			displayName: 'REST API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. 12345678-9abc-4def-8123-456789abcdef',
			hint: 'In the same place, below the Application ID',
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			required: true,
			default: 'https://api.knack.com/v1',
			hint: 'Leave as it is, unless Knack gave your account a server of its own. The sandbox is at http://127.0.0.1:4010/knack/v1.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Only for Knack Trigger with Start Instantly: a long password of your own, at least 16 characters, that your Knack Flow sends along',
		},
		{
			displayName: 'Sync Log Secret',
			name: 'syncLogSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Only for Write to Log Table: a long password of your own that nobody who edits the Knack app knows. The rows of the log are signed with it, and with the REST API Key where it is empty. Keep it: rows cannot be checked without it.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				'X-Knack-Application-Id': '={{$credentials.applicationId.trim()}}',
				'X-Knack-REST-API-Key': '={{$credentials.apiKey.trim()}}',
			},
		},
	};
}
