import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { searchesOnCall } from '../../lib/n8n/onCall';
import { subscription } from '../../lib/n8n/trigger/subscription';
import { parameters } from './parameters';
import { sweepHints } from './sweepHints';

export class XeroTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Xero Trigger',
		name: 'xeroTrigger',
		icon: { light: 'file:../../icons/xero.svg', dark: 'file:../../icons/xero.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ ($parameter["categories"] || []).length ? $parameter["categories"].map((one) => ({ CREDITNOTE: "credit note", INVOICE: "invoice or bill", OTHER: "anything else" }[one] ?? one.toLowerCase())).join(", ") : "everything" }}',
		description:
			'Starts the workflow within seconds when invoices, payments, contacts or credits change in Xero, and catches what webhooks miss',
		eventTriggerDescription: 'Reading the latest documents in Xero',
		activationMessage:
			'Xero is listened to from now on, once its developer portal knows the Production URL.',
		triggerPanel: {
			header: 'See what Xero has',
			executionsHelp: {
				inactive:
					"<b>Fetch Test Event</b> shows the latest documents in Xero, as later steps will get them. Xero's developer portal gets the <b>Production URL</b>, which answers while the workflow is published.",
				active:
					'The workflow is published: events of Xero start it, and show in the executions list. To build with one of them, open such an execution and copy it to the editor.',
			},
			activationHint:
				"Publish the workflow, then choose Send Intent to Receive in Xero's developer portal.",
		},
		defaults: { name: 'Xero Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'xeroSyncOAuth2Api', required: true }],
		webhooks: [
			{
				name: 'default',
				// Only while the workflow is active: Xero knows one address and it is not the Test URL, so
				// without it Fetch Test Event fetches documents instead of waiting for nobody.
				httpMethod: '={{ $workflow.active ? "POST" : "" }}',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'xero',
				ndvHideMethod: true,
			},
		],
		hints: sweepHints,
		properties: parameters,
	};

	methods = {
		listSearch: searchesOnCall(
			['searchOrganisations'],
			async () => await import('../../lib/n8n/xeroPickers'),
		),
	};

	webhookMethods = subscription(
		{
			isSafe: async (context) =>
				await (await import('../../lib/n8n/xeroTrigger/signingKeyCheck')).hasSigningKey(context),
			requireSafe: async (context) =>
				await (
					await import('../../lib/n8n/xeroTrigger/signingKeyCheck')
				).requireSigningKey(context),
		},
		"The webhook stays in Xero's developer portal until it is removed there",
	);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveXeroWebhook } = await import('../../lib/n8n/xeroTrigger/receiveWebhook');
		return await receiveXeroWebhook(this);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const { pollXeroChanges } = await import('../../lib/n8n/xeroTrigger/pollXeroChanges');
		return await pollXeroChanges(this);
	}
}
