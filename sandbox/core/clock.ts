/**
 * The one clock of a sandbox. Both twins read it, so that an expiry, a daily reset or a
 * thirty-day gap can be reached by moving it instead of waiting.
 *
 * It follows real time from where it was set; frozen, it stands still until moved.
 */
export class SandboxClock {
	private offsetMs: number;

	private frozenAtMs: number | undefined;

	private readonly listeners: Array<() => void> = [];

	/**
	 * @param startMs epoch milliseconds the clock begins at; real time when left out
	 * @param frozen stands still from the start, at `startMs` to the millisecond
	 */
	constructor(startMs?: number, frozen = false) {
		const realMs = Date.now();
		this.offsetMs = startMs === undefined ? 0 : startMs - realMs;
		if (frozen) this.frozenAtMs = startMs ?? realMs;
	}

	/** Epoch milliseconds. */
	now(): number {
		return this.frozenAtMs ?? Date.now() + this.offsetMs;
	}

	/** Moves the clock forward (or back, when negative) and tells the listeners. */
	advance(ms: number): void {
		this.set(this.now() + ms);
	}

	set(ms: number): void {
		if (this.frozenAtMs === undefined) this.offsetMs = ms - Date.now();
		else this.frozenAtMs = ms;
		for (const listener of this.listeners) listener();
	}

	freeze(): void {
		this.frozenAtMs ??= this.now();
	}

	run(): void {
		if (this.frozenAtMs === undefined) return;
		this.offsetMs = this.frozenAtMs - Date.now();
		this.frozenAtMs = undefined;
	}

	get isFrozen(): boolean {
		return this.frozenAtMs !== undefined;
	}

	/** Called after every `advance` and `set`; work that is due by the clock hangs on it. */
	onAdvance(listener: () => void): void {
		this.listeners.push(listener);
	}
}
