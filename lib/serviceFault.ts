import { failed, ok } from './result';
import type { Result } from './result';

/** Why a service could not do what a whole run needs, by cause. */
export type FaultCause =
	/** The key, secret or grant is not accepted any more. */
	| 'credentialRefused'
	/** The connection lacks a scope. */
	| 'scopeMissing'
	/** The organisation or app is not there, or not connected. */
	| 'organisationMissing'
	| 'notFound'
	| 'requestRefused'
	/** Short limits (a minute, a second) kept refusing beyond the time that a run may wait. */
	| 'rateLimited'
	/** The daily allowance is used up. */
	| 'daySpent'
	/** The service is down or answered nonsense. */
	| 'unavailable'
	| 'unreachable'
	/** A guard that a person has set lets nothing through. */
	| 'stopped';

export interface ServiceFault {
	readonly service: 'xero' | 'knack';
	readonly cause: FaultCause;
	/** What happened, for a bookkeeper. */
	readonly message: string;
	/** What to do next. */
	readonly fix: string;
	readonly status?: number;
	/** Epoch milliseconds when trying again makes sense. */
	readonly retryAtMs?: number;
	/** The service's own words. */
	readonly vendorMessage?: string;
}

/** Thrown by reads when a service cannot serve the run; `lib/n8n` turns it into n8n's errors. */
export class ServiceFaultError extends Error {
	constructor(readonly fault: ServiceFault) {
		super(fault.message);
		this.name = 'ServiceFaultError';
	}
}

export function isServiceFaultError(error: unknown): error is ServiceFaultError {
	return error instanceof ServiceFaultError;
}

/** What the work gives, or the fault that it ends with; any other error goes on as it is. */
export async function faultOr<Value>(work: Promise<Value>): Promise<Result<Value, ServiceFault>> {
	return await work.then(ok, (error: unknown) =>
		isServiceFaultError(error) ? failed(error.fault) : Promise.reject(error),
	);
}
