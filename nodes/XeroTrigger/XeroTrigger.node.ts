import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { searchOrganisations } from '../../lib/n8n/xeroPickers';
import { pollXeroChanges } from '../../lib/n8n/xeroTrigger/pollXeroChanges';
import { receiveXeroWebhook } from '../../lib/n8n/xeroTrigger/receiveWebhook';
import { hasSigningKey, requireSigningKey } from '../../lib/n8n/xeroTrigger/signingKeyCheck';
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
			'={{ ($parameter["categories"] || []).length ? $parameter["categories"].map((one) => one.toLowerCase()).join(", ") : "everything" }}',
		description:
			'Starts the workflow within seconds when invoices, payments, contacts or credits change in Xero, and catches what webhooks miss',
		eventTriggerDescription: 'Waiting for an event of Xero at the Test URL',
		activationMessage:
			'Xero is listened to from now on, once its developer portal knows the Production URL.',
		triggerPanel: {
			header: 'Listen to Xero',
			executionsHelp: {
				inactive:
					"Xero has one webhook address for an app, so its developer portal should know the <b>Production URL</b>. To try this out, paste the <b>Test URL</b> there for a moment (or into the sandbox's webhook), listen, then change an invoice in Xero.",
				active:
					'The workflow is active: events of Xero start it, and show in the executions list. To build with one of them, open such an execution and copy it to the editor.',
			},
			activationHint:
				"Activate the workflow, then choose Send Intent to Receive in Xero's developer portal.",
		},
		defaults: { name: 'Xero Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'xeroSyncOAuth2Api', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'xero',
			},
		],
		hints: sweepHints,
		properties: parameters,
	};

	methods = { listSearch: { searchOrganisations } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await hasSigningKey(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await requireSigningKey(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				this.logger.info("The webhook stays in Xero's developer portal until it is removed there");
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveXeroWebhook(this);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollXeroChanges(this);
	}
}
