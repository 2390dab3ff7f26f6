import type { Sketch } from './sketch';

const WINDOW = "Xero's developer portal";

/** What the guides to the Xero credential and to Xero Trigger say of developer.xero.com. */
export const xeroPortal = {
	newApp: {
		window: WINDOW,
		title: 'My Apps → New app',
		rows: [
			{
				kind: 'field',
				label: 'App name',
				value: 'Demo Trade Sync',
				note: 'without “Xero” and “n8n”',
				step: 2,
			},
			{
				kind: 'choice',
				label: 'Integration type',
				options: ['Web app', 'Mobile or desktop app', 'Custom connection'],
				chosen: ['Web app'],
			},
			{
				kind: 'field',
				label: 'Company or application URL',
				value: 'https://www.demo-trade.example',
				note: 'your website',
			},
			{
				kind: 'field',
				label: 'Redirect URI',
				value: 'https://n8n.example.com/rest/oauth2-credential/callback',
				note: 'the OAuth Redirect URL that n8n shows',
				step: 3,
			},
			{ kind: 'button', label: 'Create app', note: 'after the terms are accepted' },
		],
	},
	configuration: {
		window: WINDOW,
		menu: { entries: ['Configuration', 'Webhooks'], chosen: 'Configuration' },
		title: 'Configuration',
		rows: [
			{
				kind: 'field',
				label: 'Client id',
				value: '5A4DB0C5…',
				note: 'into Client ID in n8n',
				step: 4,
			},
			{ kind: 'button', label: 'Generate a secret' },
			{
				kind: 'field',
				label: 'Client secret',
				value: 'k7Xe…',
				note: 'shown once: into Client Secret in n8n',
			},
		],
	},
	webhooks: {
		window: WINDOW,
		menu: { entries: ['Configuration', 'Webhooks'], chosen: 'Webhooks' },
		title: 'Webhooks',
		rows: [
			{
				kind: 'choice',
				label: 'Events',
				options: ['Invoices', 'Payments', 'Contacts', 'Credit notes'],
				chosen: ['Invoices', 'Payments'],
				step: 2,
			},
			{
				kind: 'field',
				label: 'Delivery URL',
				value: 'https://n8n.example.com/webhook/…/xero',
				note: 'the trigger’s Production URL',
			},
			{ kind: 'button', label: 'Save' },
			{
				kind: 'field',
				label: 'Webhooks key',
				value: 'rW3s…',
				note: 'into Webhook Signing Key of the credential in n8n',
				step: 3,
			},
			{
				kind: 'button',
				label: 'Send “Intent to receive”',
				note: 'once the workflow is published',
				step: 5,
			},
		],
	},
} satisfies Record<string, Sketch>;
