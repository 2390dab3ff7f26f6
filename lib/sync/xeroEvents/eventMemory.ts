import { mergedStates, readEventState } from './eventState';
import type { EventState } from './eventState';

/**
 * What one trigger remembers. n8n gives each webhook call and the poller a copy of the stored state
 * of its own, and the last to finish overwrites the others'. So this process keeps the state
 * itself, and every copy that is stored is the whole of it.
 */
export interface EventMemory {
	state(): EventState;
	/** Works on the state as it is at this moment; the work must not wait for anything. */
	change<Value>(
		work: (state: EventState) => { readonly state: EventState; readonly result: Value },
	): Value;
}

const held = new Map<string, EventState>();

/** The memory under a key, with what a stored copy knows besides. */
export function openEventMemory(key: string, stored: unknown): EventMemory {
	const fromStore = readEventState(stored);
	const known = held.get(key);
	held.set(key, known ? mergedStates(fromStore, known) : fromStore);
	const state = (): EventState => held.get(key) ?? fromStore;
	return {
		state,
		change(work) {
			const done = work(state());
			held.set(key, done.state);
			return done.result;
		},
	};
}

/** As after a restart of the process; for tests. */
export function forgetEventMemories(): void {
	held.clear();
}
