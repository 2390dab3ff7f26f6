import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { faultOr } from '../../serviceFault';
import { judgeEvent } from '../../sync/xeroEvents/eventFilter';
import { bareItem, eventView } from '../../sync/xeroEvents/eventItem';
import type { EventItem } from '../../sync/xeroEvents/eventItem';
import type { EventMemory } from '../../sync/xeroEvents/eventState';
import { missingEvents, passOver, takeDelivery } from '../../sync/xeroEvents/eventState';
import { receiveEvents } from '../../sync/xeroEvents/receiveEvents';
import {
	categoryOf,
	documentKey,
	kindOfCategory,
	leadsToDocument,
} from '../../sync/xeroEvents/watchedDocuments';
import { z } from '../../vendor/zod';
import { readWebhookDelivery } from '../../xero/webhookDelivery';
import type { XeroEvent } from '../../xero/webhookDelivery';
import { isSignedWebhook } from '../../xero/webhookSignature';
import { createClock } from '../clock';
import { toTriggerError } from '../errors';
import { processState } from '../processState';
import { triggerKey } from '../trigger/triggerKey';
import { forwardDelivery, forwardingOf } from './forwardDelivery';
import {
	eventPorts,
	storeMemory,
	toItems,
	triggerMemory,
	wantedOrganisations,
} from './triggerPorts';
import { readSigningKey, readXeroTriggerSettings } from './triggerSettings';
import type { XeroTriggerSettings } from './triggerSettings';

const NOT_STARTED: IWebhookResponseData = { noWebhookResponse: true };

const withBytes = z.object({ rawBody: z.instanceof(Buffer) });

/**
 * One delivery of Xero. A wrong signature gets 401 and an empty body and starts nothing. A right
 * one gets 200 before Xero is asked for anything, since Xero waits five seconds at most; that alone
 * is what the proof of intent to receive asks for. Never rejects once it has answered: what cannot
 * be read now the sweep brings later.
 */
export async function receiveXeroWebhook(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const body = withBytes.safeParse(context.getRequestObject());
	const signature = z.string().safeParse(context.getHeaderData()['x-xero-signature']);
	const signingKey = await readSigningKey(context);
	if (
		!body.success ||
		!signature.success ||
		!isSignedWebhook(body.data.rawBody, signature.data, signingKey)
	) {
		response.status(401).end();
		return NOT_STARTED;
	}
	response.status(200).end();

	const bytes = body.data.rawBody;
	const delivery = readWebhookDelivery(bytes);
	if (!delivery || delivery.events.length === 0) return NOT_STARTED;
	const settings = readableSettings(context);
	if (!settings) return NOT_STARTED;
	const origin = forwardingOf(context);
	if (origin === 'fromItself') {
		context.logger.warn(
			'Xero Trigger got a delivery that it had forwarded itself: one of the addresses under Forward To is its own by another name. Remove it there.',
		);
		return NOT_STARTED;
	}
	const memory = triggerMemory(context);
	const fresh = memory.change((state) => {
		const taken = takeDelivery(state, delivery);
		return { state: taken.state, result: taken.fresh };
	});
	const delivered = { body: bytes, signature: signature.data };
	// What is repeated was forwarded the first time, and what a neighbour forwarded goes no further.
	const forwarding =
		origin === 'fromXero' && fresh.length > 0
			? forwardDelivery(context, delivered, settings.forwardTo)
			: undefined;
	if (origin === 'fromNeighbour' && settings.forwardTo.length > 0) {
		context.logger.info(
			'A delivery that another Xero Trigger forwarded is not forwarded on: list all addresses in the trigger that Xero calls.',
		);
	}
	const missing = missingEvents(memory.state());
	if (missing > 0)
		context.logger.info('Xero webhooks are missing; the sweep reads them', { missing });
	const items = await itemsOf(context, settings, memory, fresh);
	await forwarding;
	storeMemory(context, memory);
	return items.length === 0 ? NOT_STARTED : { ...NOT_STARTED, workflowData: [toItems(items)] };
}

/** Undefined where a setting cannot be read: the poll says so, and once it is mended the sweep reads. */
function readableSettings(context: IWebhookFunctions): XeroTriggerSettings | undefined {
	try {
		return readXeroTriggerSettings(context);
	} catch (error) {
		const { message } = toTriggerError(context.getNode(), error);
		context.logger.error(`${message} What Xero told of is read once that is mended.`);
		return undefined;
	}
}

async function itemsOf(
	context: IWebhookFunctions,
	settings: XeroTriggerSettings,
	memory: EventMemory,
	fresh: readonly XeroEvent[],
): Promise<EventItem[]> {
	const judged = fresh.map((event) => ({ event, verdict: judgeEvent(settings.filter, event) }));
	const wanted = judged.flatMap(({ event, verdict }) => (verdict === 'wanted' ? [event] : []));
	const others = judged.flatMap(({ event, verdict }) => (verdict === 'otherType' ? [event] : []));
	memory.change((state) => ({ state: passOver(state, others.flatMap(toldOf)), result: undefined }));
	if (wanted.length === 0) return [];
	// A person who tries the node out sees the event at once.
	const waitMs = context.getMode() === 'manual' ? 0 : settings.gatherMs;
	const read = await processState.xeroEvents.gather(
		`${context.getMode()} ${triggerKey(context)}`,
		wanted,
		waitMs,
		createClock(context),
		async (together) => await readTogether(context, settings, memory, together),
	);
	return read ?? [];
}

async function readTogether(
	context: IWebhookFunctions,
	settings: XeroTriggerSettings,
	memory: EventMemory,
	together: readonly XeroEvent[],
): Promise<EventItem[]> {
	// Nothing is read for these, so nothing can keep them back.
	const items = together
		.filter((event) => !leadsToDocument(event))
		.map((event) => bareItem(eventView([event])));
	const readable = together.filter(leadsToDocument);
	if (readable.length === 0) return items;
	const ports = eventPorts(context);
	const work = await faultOr(wantedOrganisations(context, settings));
	const faults = work.ok ? [] : [work.failure];
	for (const [organisationId, events] of work.ok ? byOrganisation(readable) : []) {
		// Another connection of the same app: its events are for another workflow.
		if (work.ok && !work.value.includes(organisationId)) continue;
		const received = await faultOr(receiveEvents(organisationId, events, ports, memory, settings));
		if (received.ok) items.push(...received.value);
		else faults.push(received.failure);
	}
	if (faults.length > 0) {
		memory.change((state) => ({ state: { ...state, sweepSoon: true }, result: undefined }));
	}
	for (const { message } of faults) context.logger.error(`${message} The sweep tries again.`);
	return items;
}

function toldOf(event: XeroEvent): Array<{ key: string; atMs: number }> {
	const kind = kindOfCategory(categoryOf(event));
	if (!kind || event.atMs === undefined) return [];
	const key = documentKey(event.organisationId, kind, event.resourceId);
	return [{ key, atMs: event.atMs }];
}

function byOrganisation(events: readonly XeroEvent[]): Map<string, XeroEvent[]> {
	const groups = new Map<string, XeroEvent[]>();
	for (const event of events) {
		const group = groups.get(event.organisationId) ?? [];
		group.push(event);
		groups.set(event.organisationId, group);
	}
	return groups;
}
