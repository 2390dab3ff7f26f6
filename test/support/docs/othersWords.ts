/**
 * What stands on screens that are not this package's, and on records of the examples, as far as the
 * docs speak of it. A word that is in none of these lists, and on no screen of the package, is a
 * mistake in the docs.
 */

/** n8n's editor: the strings of 2.37.11 and of 2.41.1 alike, unless told. */
export const N8N_WORDS = [
	'Append', // mode of Merge
	// The HTTP Request node.
	'Predefined Credential Type',
	'Credential Type',
	'Send Headers',
	'Send Query Parameters',
	'Pagination',
	'Update a Parameter in Each Request',
	'Batching',
	'Account connected',
	'Add field to send', // "Add {fieldWord} to send"
	'Add line field to send',
	'Binary', // above an output, as the next
	'Download',
	'HTML Template',
	'Client ID', // n8n's own oAuth2Api credential, as the next
	'Client Secret',
	'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)',
	'Code', // node
	'Community nodes',
	'Connect',
	'Connection tested successfully',
	'Continue (using error output)',
	'Create credential',
	'Custom API Call', // added by n8n to every list of operations
	'D', // switches a node off
	'Do not save',
	'Error Workflow',
	'Execute step',
	'Expression',
	'Export JSON',
	'Execute Workflow', // node
	'Fetch Test Event',
	'Filter', // node
	'From file',
	'HTTP Request', // node
	'IF', // node
	'Import',
	'Install',
	'Let the model define this parameter',
	'Loop Over Items', // node
	'Map Automatically',
	'Merge', // node
	'OAuth Redirect URL',
	'On Error',
	'P', // pins a node's output
	'Poll Times', // of every polling trigger
	'Production URL',
	'Publish',
	'Refresh Field List', // "Refresh {fieldWord} List"
	'Retry', // of an execution
	'Save',
	'Save successful production executions',
	'Send and Wait for Response', // Slack node
	'Send Email', // node, with the next two
	'Subject',
	'HTML',
	'Settings',
	'Switch', // node
	'Switch account',
	'Test URL',
	'Tool', // an input of the AI Agent
	'⋯', // the menu beside a workflow's name
] as const;

/**
 * Xero's own, by its public documentation: the developer portal
 * (developer.xero.com/documentation/guides/oauth2/auth-flow, …/guides/webhooks/overview), the product
 * (central.xero.com) and the names of statuses in its interface.
 */
export const XERO_WORDS = [
	'Adviser',
	'Allow access',
	'App name',
	'Approved',
	'Awaiting Approval',
	'Client id',
	'Company or application URL',
	'Configuration',
	'Connected apps',
	'Contacts',
	'Create app',
	'Custom connection',
	'Delivery URL',
	'Demo Company',
	'Disconnect',
	'Generate a secret',
	'Go to Source',
	'History and Notes',
	'Integration type',
	'My Apps',
	'My Xero',
	'New app',
	'OK',
	'Redirect URI',
	'Send "Intent to receive"',
	'Standard',
	'Try the Demo Company',
	'Voided',
	'Web app',
	'Webhooks',
	'Webhooks key',
] as const;

/**
 * Knack's own: the builder, types of fields and what new apps have by themselves (docs.knack.com,
 * learn.knack.com).
 */
export const KNACK_WORDS = [
	'API & Code',
	'API Key',
	'Add Flow',
	'Add Table',
	'Application ID',
	'Created By',
	'Data',
	'Date/Time',
	'Flow',
	'Flows',
	'Import',
	'Owned By',
	'Paragraph Text',
	'Record Created',
	'Record Updated',
	'Settings',
	'Updated By',
] as const;

/** Of the sandbox's page. */
export const SANDBOX_WORDS = ['Connect a workflow', 'Done', 'Start over'] as const;
