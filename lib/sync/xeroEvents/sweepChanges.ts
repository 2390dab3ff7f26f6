import { faultOr, ServiceFaultError } from '../../serviceFault';
import type { ServiceFault } from '../../serviceFault';
import type { XeroClient } from '../../xero/client';
import { documentItem, sweepView } from './eventItem';
import type { EventItem } from './eventItem';
import { takeVersions } from './eventState';
import type { EventMemory, EventState } from './eventState';
import { readChangedSince } from './readDocuments';
import type { ChangedDocuments } from './readDocuments';
import type { EventPorts } from './receiveEvents';
import type { WatchedKind } from './watchedDocuments';

/** Every window starts so much before the last one ended: clocks differ and writes take time. */
const OVERLAP_MS = 5 * 60_000;

/**
 * What a complete reading did not show so long after is not going to come: the window of a quiet
 * list moves on by Xero's clock, or by this computer's where an answer does not tell it, which may be
 * a quarter of an hour ahead.
 */
const SETTLED_MS = 20 * 60_000;

/** Reads of one list that one sweep may take, beyond those of what the one before has read. */
const PAGES_PER_SWEEP = 10;

/** Known gaps do not make sweeps more frequent than this. */
const SOONEST_MS = 5 * 60_000;

export interface SweepQuestion {
	readonly organisationIds: readonly string[];
	readonly kinds: readonly WatchedKind[];
	readonly includeRaw: boolean;
}

/** Whether a sweep is due: the interval has passed, or something is known to be missing. */
export function isSweepDue(state: EventState, nowMs: number, everyMs: number): boolean {
	if (everyMs <= 0) return false;
	const since = nowMs - (state.sweptMs ?? 0);
	// The clock was ahead at the last one, and was put right.
	if (since < 0) return true;
	return since >= (state.sweepSoon ? Math.min(SOONEST_MS, everyMs) : everyMs);
}

/**
 * What changed in Xero since the last sweep and no webhook brought. The first sweep of a list only
 * notes where it stands: what is there already starts nothing. One call a list when all is quiet.
 * Throws ServiceFaultError when a list cannot be read and nothing else was found.
 */
export async function sweepChanges(
	question: SweepQuestion,
	ports: EventPorts,
	memory: EventMemory,
): Promise<EventItem[]> {
	const startedMs = ports.now();
	const items: EventItem[] = [];
	let complete = true;
	let failure: ServiceFault | undefined;
	for (const organisationId of question.organisationIds) {
		// One organisation that was disconnected does not keep the others waiting.
		const sweep = async (): Promise<void> => {
			const client = await ports.client(organisationId);
			for (const kind of question.kinds) {
				const list = { client, organisationId, kind };
				complete = (await sweepList(list, question, ports, memory, items)) && complete;
			}
		};
		const swept = await faultOr(sweep());
		if (!swept.ok) failure ??= swept.failure;
	}
	const isAll = complete && !failure;
	// What is left over, or could not be read, is tried again soon, yet never at every poll.
	memory.change((state) => ({
		state: {
			...state,
			sweptMs: startedMs,
			sweepSoon: !isAll,
			...(isAll ? { gaps: [] } : {}),
		},
		result: undefined,
	}));
	if (failure && items.length === 0) throw new ServiceFaultError(failure);
	return items;
}

interface SweptList {
	readonly client: XeroClient;
	readonly organisationId: string;
	readonly kind: WatchedKind;
}

/** Sweeps one list of one organisation into the items; false when there is more to read. */
async function sweepList(
	{ client, organisationId, kind }: SweptList,
	{ includeRaw }: SweepQuestion,
	ports: EventPorts,
	memory: EventMemory,
	items: EventItem[],
): Promise<boolean> {
	const startedMs = ports.now();
	const scope = `${organisationId}|${kind}`;
	const through = memory.state().through[scope];
	const readFrom = async (reachedMs: number): Promise<ChangedDocuments> =>
		await readChangedSince(client, organisationId, kind, {
			sinceMs: reachedMs - OVERLAP_MS,
			reachedMs,
			mostPages: PAGES_PER_SWEEP,
		});
	let reachedMs = through ?? startedMs - SETTLED_MS;
	let changed = await readFrom(reachedMs);
	const { answeredAtMs = reachedMs } = changed;
	if (reachedMs > answeredAtMs) {
		// This computer's clock is ahead of Xero's, or was when the place was noted.
		reachedMs = answeredAtMs - SETTLED_MS;
		changed = await readFrom(reachedMs);
	}
	const nowMs = changed.answeredAtMs ?? startedMs;
	// Read first: a fault after this would lose what is marked as handed on.
	const organisation = changed.documents.length > 0 ? await ports.organisation(client) : undefined;
	const place = { scope, reachedMs, nowMs };
	const fresh = memory.change((state) => handOn(state, place, changed));
	if (through !== undefined && organisation) {
		const options = { organisation, nowMs: startedMs, includeRaw };
		items.push(
			...fresh.map((document) =>
				documentItem(sweepView(document, organisationId, organisation), document, options),
			),
		);
	}
	return changed.complete;
}

/**
 * Notes where lists stand without having read them: what changed since the instant is told. A list of
 * which it is known already keeps its place.
 */
export function startFrom(
	{ organisationIds, kinds }: Pick<SweepQuestion, 'organisationIds' | 'kinds'>,
	atMs: number,
	memory: EventMemory,
): void {
	const scopes = organisationIds.flatMap((id) => kinds.map((kind) => `${id}|${kind}`));
	memory.change((state) => ({
		state: {
			...state,
			through: { ...Object.fromEntries(scopes.map((scope) => [scope, atMs])), ...state.through },
		},
		result: undefined,
	}));
}

/** From where a list was read, and when; epoch milliseconds by Xero's clock where it is known. */
interface SweptFrom {
	readonly scope: string;
	readonly reachedMs: number;
	readonly nowMs: number;
}

function handOn(
	state: EventState,
	{ scope, reachedMs, nowMs }: SweptFrom,
	changed: ChangedDocuments,
): { state: EventState; result: ChangedDocuments['documents'] } {
	const taken = takeVersions(state, changed.documents, reachedMs);
	const settled = changed.complete ? nowMs - SETTLED_MS : 0;
	const through = Math.max(reachedMs, changed.throughMs ?? 0, settled);
	return {
		state: { ...taken.state, through: { ...taken.state.through, [scope]: through } },
		result: taken.fresh,
	};
}
