import { failed, ok } from './result';
import type { Result } from './result';
import { isServiceFaultError } from './serviceFault';
import type { ServiceFault } from './serviceFault';

/** Turns a service's fault into a result; any other rejection goes on as it is. */
export async function faultResult<Value>(
	work: () => Promise<Value>,
): Promise<Result<Value, ServiceFault>> {
	return await work().then(ok, (error: unknown) =>
		isServiceFaultError(error) ? failed(error.fault) : Promise.reject(error),
	);
}
