/** What one trigger remembers, as all its calls and polls in this process see it. */
export interface TriggerMemory<State> {
	state(): State;
	/** Works on the state as it is at this moment; the work must not wait for anything. */
	change<Value>(work: (state: State) => { readonly state: State; readonly result: Value }): Value;
}

/**
 * Keeps the states of triggers. n8n gives each webhook call and each poll a copy of the stored state
 * of its own, and the last to finish overwrites the others'. So this process keeps the state itself,
 * and every copy that is stored is the whole of it.
 */
export interface TriggerMemories<State> {
	/** The memory of the trigger, with what a stored copy knows besides. */
	open(trigger: string, stored: unknown): TriggerMemory<State>;
	/** A memory of what was stored alone, which no other call sees. */
	aside(stored: unknown): TriggerMemory<State>;
	/** The trigger is not called any more: what n8n stores is all that counts. */
	letGo(trigger: string): void;
}

export interface StateForm<State> {
	read(stored: unknown): State;
	/** What a stored copy, perhaps of another process, and this process know together. */
	merge(stored: State, known: State): State;
}

export function createTriggerMemories<State>(form: StateForm<State>): TriggerMemories<State> {
	const held = new Map<string, { state: State }>();
	return {
		open(trigger, stored) {
			const fromStore = form.read(stored);
			const known = held.get(trigger);
			const cell = known ?? { state: fromStore };
			if (known) known.state = form.merge(fromStore, known.state);
			held.set(trigger, cell);
			return memoryOf(cell);
		},
		aside: (stored) => memoryOf({ state: form.read(stored) }),
		letGo(trigger) {
			held.delete(trigger);
		},
	};
}

function memoryOf<State>(cell: { state: State }): TriggerMemory<State> {
	return {
		state: () => cell.state,
		change(work) {
			const done = work(cell.state);
			cell.state = done.state;
			return done.result;
		},
	};
}
