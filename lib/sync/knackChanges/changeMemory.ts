import type { ChangeState } from './changeState';
import { parseChangeState } from './changeState';

/**
 * What one trigger remembers while Knack may call it between polls. n8n gives each call, and the
 * poller, a copy of the stored state of its own, and the last to finish overwrites the others'. So
 * this process keeps the latest itself, and looks take turns: none starts from a state that another
 * one is about to replace.
 */
const held = new Map<string, ChangeState>();

/** Ids that were named by calls and not looked at yet; an empty id names no record. */
const named = new Map<string, Set<string>>();

const lastTurns = new Map<string, Promise<unknown>>();

/** The later of what this process knows and what was stored, perhaps by another process. */
export function latestState(key: string, stored: unknown): ChangeState | undefined {
	const known = held.get(key);
	const other = parseChangeState(stored);
	if (!known || !other) return known ?? other;
	return (other.lookedAtMs ?? 0) > (known.lookedAtMs ?? 0) ? other : known;
}

export function holdState(key: string, state: ChangeState): void {
	held.set(key, state);
}

/** The trigger is not called any more: what n8n stores is all that counts. */
export function letGoOfState(key: string): void {
	held.delete(key);
	named.delete(key);
}

/** Runs one look after the other, in the order in which they asked, whatever becomes of each. */
export async function inTurn<Result>(key: string, look: () => Promise<Result>): Promise<Result> {
	const before = lastTurns.get(key);
	const turn = (async () => {
		await before?.catch(() => undefined);
		return await look();
	})();
	lastTurns.set(key, turn);
	try {
		return await turn;
	} finally {
		if (lastTurns.get(key) === turn) lastTurns.delete(key);
	}
}

/**
 * Puts names down for the next look. Whether the caller is the one to look: the first since the
 * last look took names. It must come to `takeNamed`, since the others rely on it.
 */
export function nameRecords(key: string, recordIds: readonly string[]): boolean {
	const before = named.get(key);
	const waiting = before ?? new Set<string>();
	for (const id of recordIds.length > 0 ? recordIds : ['']) waiting.add(id);
	named.set(key, waiting);
	return before === undefined;
}

/** What was named so far, to be looked at by the caller; undefined when there is nothing. */
export function takeNamed(key: string): { ids: readonly string[]; whole: boolean } | undefined {
	const waiting = named.get(key);
	if (!waiting) return undefined;
	named.delete(key);
	return { ids: [...waiting].filter((id) => id !== ''), whole: waiting.has('') };
}

/** As after a restart of the process; for tests. */
export function forgetChangeMemories(): void {
	held.clear();
	named.clear();
}
