import type { IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { EventPorts } from '../../sync/xeroEvents/receiveEvents';
import type { EventItem } from '../../sync/xeroEvents/eventItem';
import type { EventMemory } from '../../sync/xeroEvents/eventState';
import { readOrganisation } from '../../xero/readSettings';
import { createClock } from '../clock';
import { processState } from '../processState';
import { triggerKey } from '../trigger/triggerKey';
import { connectXero, listOrganisations } from '../xeroConnection';
import type { XeroTriggerSettings } from './triggerSettings';

/** Where the state lies in the node's static data. */
const STATE_KEY = 'xeroTrigger';

type RunContext = IWebhookFunctions | IPollFunctions;

/** What the sync reaches through n8n. */
export function eventPorts(context: RunContext, patienceMs?: number): EventPorts {
	return {
		client: async (organisationId) => await connectXero(context, organisationId, { patienceMs }),
		organisation: async (client) =>
			await processState.watchedOrganisations.get(
				`${context.getInstanceId()} ${client.organisationId ?? ''}`,
				async () => await readOrganisation(client),
			),
		now: () => createClock(context).now(),
	};
}

/** The organisations that events may come from: the chosen one, or all of the credential. */
export async function wantedOrganisations(
	context: RunContext,
	{ filter }: XeroTriggerSettings,
): Promise<string[]> {
	if (filter.organisationId !== undefined) return [filter.organisationId];
	const connections = await listOrganisations(context);
	return connections.map(({ organisationId }) => organisationId.toLowerCase());
}

/** The trigger's memory; one that is forgotten at once while a person tries the node out. */
export function triggerMemory(context: RunContext): EventMemory {
	const { xeroTriggers } = processState;
	if (context.getMode() === 'manual') return xeroTriggers.aside(undefined);
	return xeroTriggers.open(triggerKey(context), context.getWorkflowStaticData('node')[STATE_KEY]);
}

/** Has n8n keep what is remembered. A new object, since n8n does not see a change inside of one. */
export function storeMemory(context: RunContext, memory: EventMemory): void {
	if (context.getMode() === 'manual') return;
	context.getWorkflowStaticData('node')[STATE_KEY] = JSON.parse(JSON.stringify(memory.state()));
}

/** n8n's items. What is undefined is left out, as it would be in JSON. */
export function toItems(items: readonly EventItem[]) {
	return items.map((item) => ({ json: JSON.parse(JSON.stringify(item)) }));
}
