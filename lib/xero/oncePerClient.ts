import type { XeroClient } from './client';

/**
 * A reading that is done once for the life of a client. One that failed is not kept, so that the
 * next asking reads again.
 */
export function oncePerClient<Value>(
	read: (client: XeroClient) => Promise<Value>,
): (client: XeroClient) => Promise<Value> {
	const known = new WeakMap<XeroClient, Promise<Value>>();
	return async (client) => {
		const kept = known.get(client);
		if (kept) return await kept;
		const reading = read(client);
		known.set(client, reading);
		reading.catch(() => known.delete(client));
		return await reading;
	};
}
