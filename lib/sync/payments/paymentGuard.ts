import type { Issue } from '../../issue';
import type { KnackClient } from '../../knack/client';
import type { ServiceFault } from '../../serviceFault';
import type { XeroClient } from '../../xero/client';
import { GUARD_RULES } from '../guard/guardRules';
import { createRefusal } from '../guard/refusal';
import type { PaymentGuards } from './paymentWishes';

/** What may be written to Knack in one run. */
export interface PaymentGuard {
	/** Why nothing at all may be written, read anew. Throws ServiceFaultError of Xero's. */
	refusal(): Promise<{ readonly code: Issue['code']; readonly fault: ServiceFault } | undefined>;
	/** The most records that are written; no limit unless told. */
	readonly mostRecords?: number;
	/** Those that were let through so far, by their ids. */
	readonly admitted: Set<string>;
}

/** The guard of an execution, of the organisation that a client is for. */
export function createPaymentGuard(
	settings: PaymentGuards,
	knack: KnackClient,
): (client: XeroClient) => PaymentGuard {
	const refusal = createRefusal(settings, async () => await Promise.resolve(knack));
	const { mostRecords } = settings;
	const admitted = new Set<string>();
	return (client) => ({
		admitted,
		...(mostRecords === undefined ? {} : { mostRecords }),
		async refusal() {
			const refused = await refusal(client);
			return refused && { code: GUARD_RULES[refused.by].code, fault: refused.fault };
		},
	});
}
