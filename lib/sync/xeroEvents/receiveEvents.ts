import type { XeroClient } from '../../xero/client';
import type { XeroEvent } from '../../xero/webhookDelivery';
import { documentsOfEvents } from './documentsOfEvents';
import { bareItem, documentItem, eventView } from './eventItem';
import type { EventItem, OrganisationFacts } from './eventItem';
import type { EventMemory } from './eventState';
import { takeVersions } from './eventState';

/** What the trigger reaches outside of itself. */
export interface EventPorts {
	/** Throws ServiceFaultError. */
	client(organisationId: string): Promise<XeroClient>;
	/** Kept for a while, since it hardly ever changes. Throws ServiceFaultError. */
	organisation(client: XeroClient): Promise<OrganisationFacts>;
	now(): number;
}

/**
 * The items for events that have been taken, of one organisation: each document once, as Xero has it
 * now. A version that was handed on already, by an earlier event or the sweep, is left out.
 * Throws ServiceFaultError; nothing has been marked as handed on then.
 */
export async function receiveEvents(
	organisationId: string,
	events: readonly XeroEvent[],
	ports: EventPorts,
	memory: EventMemory,
	options: { readonly includeRaw: boolean },
): Promise<EventItem[]> {
	const client = await ports.client(organisationId);
	const organisation = await ports.organisation(client);
	const { hinted, bare } = await documentsOfEvents(client, organisationId, events);
	const fresh = memory.change((state) => {
		const taken = takeVersions(
			state,
			hinted.map(({ document }) => document),
		);
		return { state: taken.state, result: new Set(taken.fresh) };
	});
	const itemOptions = { organisation, nowMs: ports.now(), includeRaw: options.includeRaw };
	return [
		...hinted
			.filter(({ document }) => fresh.has(document))
			.sort((a, b) => a.document.atMs - b.document.atMs)
			.map((one) => documentItem(eventView(one.events, organisation), one.document, itemOptions)),
		...bare.map((event) => bareItem(eventView([event], organisation))),
	];
}
