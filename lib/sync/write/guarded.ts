import { isServiceFaultError, type ServiceFault } from '../../serviceFault';

export type Guarded<Value> =
	| { readonly kind: 'value'; readonly value: Value }
	| { readonly kind: 'fault'; readonly fault: ServiceFault };

/** Once something may have been written, a failing read ends in outcomes, not in an exception. */
export async function guarded<Value>(work: () => Promise<Value>): Promise<Guarded<Value>> {
	try {
		return { kind: 'value', value: await work() };
	} catch (error) {
		if (isServiceFaultError(error)) return { kind: 'fault', fault: error.fault };
		throw error;
	}
}
