import { hostNow } from './clock';

/** Keeps what was read for a short while, so that six dropdowns of a form do not read six times. */
export interface ReadCache<Value> {
	/** What is kept under the key, or else what the reading gives. Failed readings are not kept. */
	get(key: string, read: () => Promise<Value>): Promise<Value>;
	/** The next asking for the key reads anew. */
	forget(key: string): void;
}

export function createReadCache<Value>(keepMs: number): ReadCache<Value> {
	const kept = new Map<string, { readonly untilMs: number; readonly value: Promise<Value> }>();
	return {
		async get(key, read) {
			const now = hostNow();
			for (const [name, entry] of kept) if (entry.untilMs <= now) kept.delete(name);
			const known = kept.get(key);
			if (known) return await known.value;
			const value = read();
			kept.set(key, { untilMs: now + keepMs, value });
			value.catch(() => kept.delete(key));
			return await value;
		},
		forget(key) {
			kept.delete(key);
		},
	};
}
