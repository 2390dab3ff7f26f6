import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { knackCredentialTest } from '../../lib/n8n/credentialTests';
import { listsOnCall, searchesOnCall } from '../../lib/n8n/onCall';
import { subscription } from '../../lib/n8n/trigger/subscription';
import { callHints } from './callHints';
import { parameters } from './parameters';

export class KnackTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Knack Trigger',
		name: 'knackTrigger',
		icon: { light: 'file:../../icons/knack.svg', dark: 'file:../../icons/knack.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ { created: "Record created", updated: "Record updated", createdOrUpdated: "Record created or updated", startsToMatch: "Record starts to match" }[$parameter["triggerOn"]] }}',
		description: 'Starts the workflow when records of a Knack app are new, change or meet a filter',
		eventTriggerDescription: 'Waiting for the next poll of Knack',
		activationMessage:
			'Your records are watched from now on. What is there already starts nothing, unless Start From says so.',
		defaults: { name: 'Knack Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'knackApi', required: true, testedBy: 'knackApiTest' }],
		webhooks: [
			{
				name: 'default',
				// Only while the workflow is active and wants to be called: without a method n8n opens no
				// address, and Fetch Test Event fetches records instead of waiting for a call.
				httpMethod: '={{ $parameter["instant"] && $workflow.active ? "POST" : "" }}',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'knack',
				ndvHideMethod: true,
				ndvHideUrl: '={{ !$parameter["instant"] }}',
			},
		],
		hints: callHints,
		properties: parameters,
	};

	methods = {
		credentialTest: knackCredentialTest,
		listSearch: searchesOnCall(
			['searchTables'],
			async () => await import('../../lib/n8n/knackPickers'),
		),
		loadOptions: listsOnCall(
			[
				'getConnections',
				'getFieldChoices',
				'getFields',
				'getFilterFields',
				'getLinkableRecords',
				'getModifiedDateFields',
				'getSyncFields',
				'getTextFields',
			],
			async () => await import('../../lib/n8n/knackPickers'),
		),
	};

	webhookMethods = subscription(
		{
			isSafe: async (context) =>
				await (await import('../../lib/n8n/knackTrigger/secretCheck')).hasWebhookSecret(context),
			requireSafe: async (context) =>
				await (
					await import('../../lib/n8n/knackTrigger/secretCheck')
				).requireWebhookSecret(context),
		},
		'The Flow stays in Knack until it is switched off there',
	);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveKnackCall } = await import('../../lib/n8n/knackTrigger/receiveKnackCall');
		return await receiveKnackCall(this);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const { pollKnackTrigger } = await import('../../lib/n8n/knackTrigger/pollKnackTrigger');
		return await pollKnackTrigger(this);
	}
}
