import type { Clock } from '../../lib/clock';

interface Sleeper {
	readonly atMs: number;
	wake(): void;
}

/** A clock that jumps to the next sleeper when nothing else can happen. */
export class VirtualClock implements Clock {
	private readonly sleepers: Sleeper[] = [];

	constructor(private nowMs = Date.UTC(2026, 10, 22, 10, 0, 0)) {}

	now(): number {
		return this.nowMs;
	}

	async sleep(milliseconds: number): Promise<void> {
		await new Promise<void>((resolve) => {
			this.sleepers.push({ atMs: this.nowMs + Math.max(0, milliseconds), wake: resolve });
		});
	}

	/** Lets time pass until the work is done; fails when it waits for something that never comes. */
	async run<Value>(work: Promise<Value>): Promise<Value> {
		let isDone = false;
		const finished = work.finally(() => {
			isDone = true;
		});
		finished.catch(() => undefined);
		for (;;) {
			// Everything that is ready happens before time moves.
			await new Promise<void>((resolve) => setImmediate(resolve));
			if (isDone) return await finished;
			const next = this.sleepers.sort((a, b) => a.atMs - b.atMs).shift();
			if (!next) throw new Error('Nothing is left to happen, and the work is not done');
			this.nowMs = Math.max(this.nowMs, next.atMs);
			next.wake();
		}
	}
}
