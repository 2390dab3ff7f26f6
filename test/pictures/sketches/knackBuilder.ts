import type { Sketch } from './sketch';

const WINDOW = "Knack's builder";

/** What the guides say of the builder, in whose words they say it. */
export const knackBuilder = {
	apiAndCode: {
		window: WINDOW,
		menu: { entries: ['Data', 'Flows', 'Settings'], chosen: 'Settings' },
		title: 'Settings → API & Code',
		rows: [
			{
				kind: 'field',
				label: 'Application ID',
				value: '5d79512148c4af00106d1507',
				note: '24 letters and digits: into Application ID in n8n',
				step: 1,
			},
			{
				kind: 'field',
				label: 'API Key',
				value: '12345678-9abc-4def-8123-456789abcdef',
				note: 'into REST API Key in n8n',
			},
		],
	},
	flow: {
		window: WINDOW,
		menu: { entries: ['Data', 'Flows', 'Settings'], chosen: 'Flows' },
		title: 'Flows → Add Flow',
		rows: [
			{ kind: 'text', text: 'Trigger: Record Updated', step: 2 },
			{ kind: 'field', label: 'Table', value: 'Orders' },
			{
				kind: 'field',
				label: 'Filter',
				value: 'Status is Completed and Xero Invoice ID is blank',
			},
			{ kind: 'text', text: 'Step: HTTP Request', step: 3 },
			{ kind: 'field', label: 'Method', value: 'POST' },
			{
				kind: 'field',
				label: 'URL',
				value: 'https://n8n.example.com/webhook/…/knack',
				note: 'the trigger’s Production URL',
			},
			{
				kind: 'field',
				label: 'Headers',
				value: 'x-knack-xero-secret: (your Webhook Secret)',
				note: 'and content-type: application/json',
			},
			{
				kind: 'field',
				label: 'Body',
				value: '{ "recordId": "[Record ID]" }',
				note: '[Record ID] from the list of tokens',
			},
		],
	},
	importFile: {
		window: WINDOW,
		menu: { entries: ['Data', 'Flows', 'Settings'], chosen: 'Data' },
		title: 'Data → Add Table → Import',
		rows: [
			{
				kind: 'field',
				label: 'File',
				value: 'orders.csv',
				note: 'its first row has the names',
				step: 1,
			},
			{
				kind: 'table',
				head: ['column', 'field', 'type'],
				rows: [
					['Order Number', 'Order Number', 'Short Text'],
					['Customer', 'Customer', 'Short Text (step 4)'],
					['Status', 'Status', 'Multiple Choice'],
					['Order Date', 'Order Date', 'Date/Time'],
					['Due Date', 'Due Date', 'Date/Time'],
				],
				step: 2,
			},
		],
	},
} satisfies Record<string, Sketch>;
