/** A picture of docs/images that `npm run pictures` makes. */
export interface Picture {
	/** Name in docs/images. */
	readonly file: string;
	/** The page that shows it, with the words for those who do not see it. */
	readonly page: string;
	readonly alt: string;
}

const KNACK_CREDENTIAL = 'docs/knack-credential.md';
const XERO_CREDENTIAL = 'docs/xero-credential.md';
const KNACK_TRIGGER = 'docs/knack-trigger.md';
const XERO_TRIGGER = 'docs/xero-trigger.md';
const MAP_UPSERT = 'docs/map-upsert-to-xero.md';
const EXAMPLES = 'workflows-examples/README.md';

/** Screens of a real n8n and of the sandbox's page. */
export const screens = [
	{
		file: 'knack-credential.png',
		page: KNACK_CREDENTIAL,
		alt: 'The Knack API credential in n8n: Application ID, REST API Key, API URL and Webhook Secret. "Connection tested successfully" stands above them',
	},
	{
		file: 'xero-credential.png',
		page: XERO_CREDENTIAL,
		alt: 'The Xero Sync OAuth2 API credential in n8n: Connect at the top, the OAuth Redirect URL to copy, Connection Type, Client ID, Client Secret',
	},
	{
		file: 'xero-connected.png',
		page: XERO_CREDENTIAL,
		alt: 'The same credential once it is connected: "Account connected", with Switch account and Disconnect',
	},
	{
		file: 'knack-trigger.png',
		page: KNACK_TRIGGER,
		alt: 'Knack Trigger: Table is Orders, Trigger On is Record Starts to Match, the condition says that Status is Completed, order lines and customer are included',
	},
	{
		file: 'knack-trigger-output.png',
		page: KNACK_TRIGGER,
		alt: 'What Fetch Test Event shows: three items, the first of them order SO-1006 with its customer, status and dates',
	},
	{
		file: 'knack-trigger-until-synced.png',
		page: KNACK_TRIGGER,
		alt: 'The options of Knack Trigger: Retry When Fixed is Sync Message; Until Synced has Xero Invoice ID and Sync Message',
	},
	{
		file: 'knack-trigger-url.png',
		page: KNACK_TRIGGER,
		alt: 'Webhook URLs at the top of Knack Trigger, opened, with the Production URL to copy',
	},
	{
		file: 'xero-trigger.png',
		page: XERO_TRIGGER,
		alt: 'Xero Trigger: the Production URL to copy, the credential, the organisation and what starts the workflow',
	},
	{
		file: 'map-upsert-fields.png',
		page: MAP_UPSERT,
		alt: 'The form of Map & Upsert to Xero: both credentials, Document, Operation, and the fields of a sales invoice filled in from the order',
	},
	{
		file: 'map-upsert-lines.png',
		page: MAP_UPSERT,
		alt: 'Fields of Each Line: description, quantity, unit price, account and tax rate of a line',
	},
	{
		file: 'map-upsert-write-back.png',
		page: MAP_UPSERT,
		alt: 'Write Back to Knack: the Knack table, and a field for link, message, number, status and Xero ID',
	},
	{
		file: 'preview.png',
		page: MAP_UPSERT,
		alt: 'The output of a preview as a table: one row for each order, with what would be done to it',
	},
	{
		file: 'needs-attention.png',
		page: MAP_UPSERT,
		alt: 'Needs Attention: an order that was not written, with the reason and what to do',
	},
	{
		file: 'payment-status.png',
		page: 'docs/payment-status-to-knack.md',
		alt: 'Payment Status to Knack: both credentials, the operation, the Knack table, and the fields that take status, amounts and date',
	},
	{
		file: 'knack-node.png',
		page: 'docs/knack-node.md',
		alt: 'The Knack node: Resource is Record, Operation is Create or Update, and the fields of the table Customers below by their names',
	},
	{
		file: 'knack-fields.png',
		page: 'docs/knack-fields.md',
		alt: 'Orders in Knack after a sync: an order with its invoice number and payment status, and two with the reason why they wait',
	},
	{
		file: 'sandbox.png',
		page: 'docs/sandbox.md',
		alt: 'The page of the sandbox: orders in Knack on the left, two of them with the reason why they were not posted; the paid invoice in Xero on the right',
	},
	{
		file: 'community-nodes.png',
		page: 'docs/queue-mode.md',
		alt: 'Community nodes in the settings of n8n: the name of the package is entered, the box below is ticked, and Install is ready',
	},
	{
		file: 'import-menu.png',
		page: EXAMPLES,
		alt: 'The menu beside the name of the workflow in n8n: Import, and From file in it',
	},
	{
		file: 'example-01.png',
		page: EXAMPLES,
		alt: 'Example 01 in n8n, after a run: two orders are posted, one needs attention',
	},
	{
		file: 'example-02.png',
		page: EXAMPLES,
		alt: 'Example 02 in n8n, after a run: Xero called, the payment status is written and told to fulfilment',
	},
	{
		file: 'example-03.png',
		page: EXAMPLES,
		alt: 'Example 03 in n8n, after a run: two invoices are posted, noted in HubSpot and told to fulfilment, one order needs attention',
	},
	{
		file: 'example-04.png',
		page: EXAMPLES,
		alt: 'Example 04 in n8n, after a run: one customer is in Xero and HubSpot, one needs attention',
	},
	{
		file: 'example-05.png',
		page: EXAMPLES,
		alt: 'Example 05 in n8n, after a run: the lists are gathered and sent as one message',
	},
	{
		file: 'example-06.png',
		page: EXAMPLES,
		alt: 'Example 06 in n8n, after a run: orders that are stuck are told and marked',
	},
	{
		file: 'example-07.png',
		page: EXAMPLES,
		alt: 'Example 07 in n8n, after a run: a failed workflow is told to accounts',
	},
	{
		file: 'example-08.png',
		page: EXAMPLES,
		alt: 'Example 08 in n8n, after a night of previews: four old orders are counted, and accounts hear of it',
	},
	{
		file: 'example-09.png',
		page: EXAMPLES,
		alt: 'Example 09 in n8n, after an hourly round: tasks and approved hours are in Xero, one timesheet needs attention',
	},
	{
		file: 'example-10.png',
		page: EXAMPLES,
		alt: 'Example 10 in n8n, after its first step: customers and contacts that belong together are listed, one needs attention',
	},
	{
		file: 'example-11.png',
		page: EXAMPLES,
		alt: 'Example 11 in n8n, after a run: three expenses are in Xero, two with their receipts, and one raises a question',
	},
	{
		file: 'example-12.png',
		page: EXAMPLES,
		alt: 'Example 12 in n8n, after a run: the jobs of the month are tracking options, and its journal is posted',
	},
	{
		file: 'example-13.png',
		page: EXAMPLES,
		alt: 'Example 13 in n8n, after a run: five parts are worked out, put on one page, and sent by e-mail and to Slack',
	},
	{
		file: 'example-14.png',
		page: EXAMPLES,
		alt: 'Example 14 in n8n, after a run: each job is a record of the dashboard in Knack',
	},
	{
		file: 'example-15.png',
		page: EXAMPLES,
		alt: 'Example 15 in n8n, after a night: what differs is in Knack, and Slack says what waits for a tick',
	},
	{
		file: 'example-16.png',
		page: EXAMPLES,
		alt: 'Example 16 in n8n, after a week beside another tool: what differs is counted, told to Slack and made a page',
	},
	{
		file: 'example-17.png',
		page: EXAMPLES,
		alt: 'Example 17 in n8n, after a run: one claim is invoiced with its retention, one is not sent and says why',
	},
	{
		file: 'example-18.png',
		page: EXAMPLES,
		alt: 'Example 18 in n8n, after a run: one bill is approved with job and cost code, one says what is missing',
	},
] as const satisfies readonly Picture[];

/** Drawings of screens that cannot be reached from here. */
export const sketches = [
	{
		file: 'xero-new-app.svg',
		page: XERO_CREDENTIAL,
		alt: "Sketch of Xero's developer portal: a new app with its name, Web app, the website, and the redirect URI from n8n",
	},
	{
		file: 'xero-configuration.svg',
		page: XERO_CREDENTIAL,
		alt: "Sketch of the app's configuration in Xero's developer portal: Client id, Generate a secret, Client secret",
	},
	{
		file: 'xero-webhooks.svg',
		page: XERO_TRIGGER,
		alt: "Sketch of the app's webhooks in Xero's developer portal: events, Delivery URL, Webhooks key, Send intent to receive",
	},
	{
		file: 'knack-api-code.svg',
		page: KNACK_CREDENTIAL,
		alt: "Sketch of Settings, API & Code in Knack's builder: Application ID and API Key",
	},
	{
		file: 'knack-flow.svg',
		page: KNACK_TRIGGER,
		alt: "Sketch of a Flow in Knack's builder: a record of Orders is updated, then an HTTP request with its address, headers and body",
	},
	{
		file: 'knack-import.svg',
		page: 'docs/knack-starter.md',
		alt: "Sketch of an import in Knack's builder: the file orders.csv, and a type for each column",
	},
] as const satisfies readonly Picture[];

export type ScreenFile = (typeof screens)[number]['file'];
export type SketchFile = (typeof sketches)[number]['file'];
