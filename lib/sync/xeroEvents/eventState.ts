import { contentHash } from '../../hash';
import { z } from '../../vendor/zod';
import type { WebhookDelivery, XeroEvent } from '../../xero/webhookDelivery';
import type { StateForm, TriggerMemory } from '../trigger/triggerMemory';

/** Events that are recognised as repeats: more than Xero sends anew in a day of retries. */
const MOST_EVENTS = 2_000;

/** Documents of which it is known which version was handed on, however long ago. */
const USUAL_DOCUMENTS = 1_000;

/** All that changed so shortly before the newest stay known besides: sweeps read them again. */
const STILL_READ_MS = 10 * 60_000;
const MOST_DOCUMENTS = 10_000;

const MOST_GAPS = 50;

const delivered = z.object({
	/** Fingerprint of the version; empty when only an event that nobody wants told of it. */
	mark: z.string(),
	/** `UpdatedDateUTC` of that version, epoch milliseconds. */
	atMs: z.number(),
});

const eventState = z.object({
	version: z.literal(1),
	/** Events that have been taken, oldest first. */
	events: z.array(z.string()),
	/** Documents that have been handed on, oldest first. */
	delivered: z.array(z.tuple([z.string(), delivered])),
	/** How far the sweep has come, epoch milliseconds, by organisation and kind of document. */
	through: z.record(z.string(), z.number()),
	/** When the sweep ran last, epoch milliseconds. */
	sweptMs: z.number().optional(),
	lastSequence: z.number().optional(),
	/** Sequence numbers that no delivery has brought yet, from and to. */
	gaps: z.array(z.tuple([z.number(), z.number()])),
	/** Whether something is known to be missing, so that the next sweep is due early. */
	sweepSoon: z.boolean(),
});

/** What Xero Trigger remembers. Never changed in place. */
export type EventState = Readonly<z.infer<typeof eventState>>;

type DeliveredVersion = z.infer<typeof delivered>;

/** @internal */
export const NO_EVENTS: EventState = {
	version: 1,
	events: [],
	delivered: [],
	through: {},
	gaps: [],
	sweepSoon: false,
};

/**
 * The state that was stored; an empty one when there is none, or another version's.
 * @internal
 */
export function readEventState(stored: unknown): EventState {
	const parsed = eventState.safeParse(stored);
	return parsed.success ? parsed.data : NO_EVENTS;
}

/**
 * What two paths of one node remember together. What is newer of `second` counts more.
 * @internal
 */
export function mergedStates(first: EventState, second: EventState): EventState {
	const documents = new Map(first.delivered);
	for (const [key, version] of second.delivered) {
		const known = documents.get(key);
		documents.delete(key);
		documents.set(key, known && known.atMs > version.atMs ? known : version);
	}
	const through = { ...first.through };
	for (const [key, atMs] of Object.entries(second.through)) {
		through[key] = Math.max(through[key] ?? 0, atMs);
	}
	return {
		version: 1,
		events: [...new Set([...first.events, ...second.events])].slice(-MOST_EVENTS),
		delivered: lately(documents),
		through,
		sweptMs: latest(first.sweptMs, second.sweptMs),
		lastSequence: latest(first.lastSequence, second.lastSequence),
		gaps: second.gaps,
		sweepSoon: first.sweepSoon || second.sweepSoon,
	};
}

function lately(known: ReadonlyMap<string, DeliveredVersion>): EventState['delivered'] {
	if (known.size <= USUAL_DOCUMENTS) return [...known];
	let newest = 0;
	for (const { atMs } of known.values()) newest = Math.max(newest, atMs);
	const enough = known.size - USUAL_DOCUMENTS;
	return [...known]
		.filter(([, { atMs }], index) => index >= enough || atMs >= newest - STILL_READ_MS)
		.slice(-MOST_DOCUMENTS);
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

/**
 * Takes the events of a delivery that have not been seen. Xero delivers at least once, and its
 * `entropy` is another one each time: what makes an event is organisation, category, resource and
 * instant.
 */
export function takeDelivery(
	state: EventState,
	delivery: WebhookDelivery,
): { readonly state: EventState; readonly fresh: readonly XeroEvent[] } {
	const seen = new Set(state.events);
	const fresh = delivery.events.filter((event) => {
		const key = eventKey(event);
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
	return {
		state: { ...withSequence(state, delivery), events: [...seen].slice(-MOST_EVENTS) },
		fresh,
	};
}

function eventKey({ organisationId, category, resourceId, dateText }: XeroEvent): string {
	return contentHash([organisationId, category, resourceId, dateText]).slice(0, 16);
}

/** Notices what is missing between deliveries, and what comes late after all. */
function withSequence(
	state: EventState,
	{ firstSequence, lastSequence }: WebhookDelivery,
): EventState {
	if (firstSequence <= 0 || lastSequence < firstSequence) return state;
	const last = state.lastSequence;
	const gaps = state.gaps.flatMap(([from, to]): Array<[number, number]> => {
		const before: [number, number] = [from, Math.min(to, firstSequence - 1)];
		const after: [number, number] = [Math.max(from, lastSequence + 1), to];
		return [before, after].filter(([start, end]) => start <= end);
	});
	const isGap = last !== undefined && firstSequence > last + 1;
	if (isGap) gaps.push([last + 1, firstSequence - 1]);
	return {
		...state,
		gaps: gaps.slice(-MOST_GAPS),
		sweepSoon: state.sweepSoon || isGap,
		lastSequence: Math.max(last ?? 0, lastSequence),
	};
}

/** How many events are known to be missing. */
export function missingEvents({ gaps }: EventState): number {
	return gaps.reduce((total, [from, to]) => total + to - from + 1, 0);
}

/** A document as the memory of what was handed on sees it. */
export interface Version {
	readonly key: string;
	readonly mark: string;
	readonly atMs: number;
}

/**
 * Which versions have not been handed on, and the state in which they have. An older version never
 * follows a newer one. Where more were handed on than can be remembered, what changed before
 * `readThroughMs` was among them.
 */
export function takeVersions<Held extends Version>(
	state: EventState,
	versions: readonly Held[],
	readThroughMs = 0,
): { readonly state: EventState; readonly fresh: readonly Held[] } {
	const known = new Map(state.delivered);
	const forgottenMs = known.size < MOST_DOCUMENTS ? 0 : readThroughMs;
	const fresh = versions.filter((version) => {
		const before = known.get(version.key);
		if (!before && version.atMs < forgottenMs) return false;
		if (before && !isNews(version, before)) return false;
		known.delete(version.key);
		known.set(version.key, { mark: version.mark, atMs: version.atMs });
		return true;
	});
	return { state: { ...state, delivered: lately(known) }, fresh };
}

/** Xero stamps a document shortly before it sends the event about it. */
const STAMP_MS = 2_000;

function isNews(version: Version, before: DeliveredVersion): boolean {
	if (before.mark === '') return version.atMs > before.atMs + STAMP_MS;
	return version.atMs >= before.atMs && version.mark !== before.mark;
}

/**
 * Notes that a document's change was told of by an event which the filter does not want. Not while
 * something is known to be missing: that may be the very event of this document which is wanted, and
 * then only the sweep can still bring it.
 */
export function passOver(
	state: EventState,
	hinted: ReadonlyArray<{ readonly key: string; readonly atMs: number }>,
): EventState {
	if (hinted.length === 0 || state.sweepSoon) return state;
	const known = new Map(state.delivered);
	for (const { key, atMs } of hinted) {
		const before = known.get(key);
		if (before && before.atMs >= atMs) continue;
		known.delete(key);
		known.set(key, { mark: '', atMs });
	}
	return { ...state, delivered: lately(known) };
}

/** What the calls and sweeps of one Xero Trigger remember together. */
export type EventMemory = TriggerMemory<EventState>;

export const EVENT_STATES: StateForm<EventState> = {
	read: readEventState,
	merge: mergedStates,
};
