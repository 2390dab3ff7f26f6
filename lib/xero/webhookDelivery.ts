import { boundedJson } from '../boundedJson';
import { z } from '../vendor/zod';
import { readWireInstant } from './wireDates';

/** One change that Xero's webhooks tell of: what and when, never the values themselves. */
export interface XeroEvent {
	/** Tenant id; of the app itself for its subscriptions. */
	readonly organisationId: string;
	/** In capitals: INVOICE, CONTACT, PAYMENT … An open set: Xero adds categories. */
	readonly category: string;
	/** CREATE or UPDATE, in capitals. */
	readonly type: string;
	readonly resourceId: string;
	readonly resourceUrl: string;
	/** As Xero wrote it. */
	readonly dateText: string;
	/** Epoch milliseconds; undefined when the date cannot be read. */
	readonly atMs: number | undefined;
	/** What newer categories tell beside the id. */
	readonly data?: Readonly<Record<string, unknown>>;
}

export interface WebhookDelivery {
	/** Empty in the proof of intent to receive. */
	readonly events: readonly XeroEvent[];
	readonly firstSequence: number;
	readonly lastSequence: number;
}

/** Xero's deliveries are some kilobytes of flat events. */
const BOUNDS = { mostBytes: 1_000_000, deepest: 20 };

const words = z.string().max(500).catch('');
const id = z.string().regex(/^[\w-]{1,100}$/);
const sequence = z.number().int().nonnegative().safe().catch(0);

const event = z.object({
	resourceId: id,
	resourceUrl: words,
	tenantId: id.catch(''),
	eventCategory: words,
	eventType: words,
	eventDateUtc: words,
	data: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

const delivery = z.object({
	events: z.array(z.unknown()).catch([]),
	firstEventSequence: sequence,
	lastEventSequence: sequence,
});

/**
 * Reads the body of a delivery whose signature is right. An event without the id of a resource is
 * left out; undefined when the body is not a delivery at all, or larger or deeper than one.
 */
export function readWebhookDelivery(body: Buffer): WebhookDelivery | undefined {
	const parsed = delivery.safeParse(boundedJson(body, BOUNDS));
	if (!parsed.success) return undefined;
	return {
		events: parsed.data.events.flatMap((entry) => {
			const one = event.safeParse(entry);
			if (!one.success) return [];
			const { data } = one;
			return [
				{
					organisationId: data.tenantId.toLowerCase(),
					category: data.eventCategory.trim().toUpperCase(),
					// Xero's documentation prints both "Update" and "UPDATE".
					type: data.eventType.trim().toUpperCase(),
					resourceId: data.resourceId.toLowerCase(),
					resourceUrl: data.resourceUrl,
					dateText: data.eventDateUtc,
					// Without a zone mark, and in UTC.
					atMs: readWireInstant(data.eventDateUtc),
					...(data.data ? { data: data.data } : {}),
				},
			];
		}),
		firstSequence: parsed.data.firstEventSequence,
		lastSequence: parsed.data.lastEventSequence,
	};
}
