import type { KnackApp } from './app';

/**
 * Keeps apps' structures for a while, so that a trigger which polls every minute does not read
 * megabytes of structure each time.
 */
export interface AppShelf {
	/** Undefined when there is none, or none so young. */
	take(name: string, nowMs: number, maxAgeMs: number): KnackApp | undefined;
	put(name: string, app: KnackApp, nowMs: number): void;
}

export function createAppShelf(capacity = 50): AppShelf {
	const kept = new Map<string, { app: KnackApp; atMs: number }>();
	return {
		take(name, nowMs, maxAgeMs) {
			const found = kept.get(name);
			// A clock that went backwards makes age unknown.
			const fresh = found && nowMs >= found.atMs && nowMs - found.atMs <= maxAgeMs;
			return fresh ? found.app : undefined;
		},
		put(name, app, nowMs) {
			kept.delete(name);
			kept.set(name, { app, atMs: nowMs });
			const [oldest] = kept.keys();
			if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
		},
	};
}
