import type { KnackClient } from '../../knack/client';
import type { ServiceFault } from '../../serviceFault';

/** Writes between two looks at Stop: n8n writes to Knack one record a request. */
const WRITES_A_LOOK = 50;

interface Refusing {
	/** Why nothing at all may be written, read anew. */
	refusal(): Promise<{ readonly fault: ServiceFault } | undefined>;
}

/** The client, which writes no record any more once the guard says so. */
export function watchedKnack(knack: KnackClient, guard: Refusing | undefined): KnackClient {
	if (!guard) return knack;
	let writes = 0;
	let latest: ReturnType<Refusing['refusal']> | undefined;
	const stop = async () => {
		if (writes % WRITES_A_LOOK === 0) latest = guard.refusal();
		writes += 1;
		const refused = await latest;
		return refused && { kind: 'stopped' as const, fault: refused.fault };
	};
	return {
		...knack,
		create: async (...given) => (await stop()) ?? (await knack.create(...given)),
		update: async (...given) => (await stop()) ?? (await knack.update(...given)),
		remove: async (...given) => (await stop()) ?? (await knack.remove(...given)),
	};
}
