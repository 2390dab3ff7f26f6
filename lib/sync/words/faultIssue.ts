import type { Issue } from '../../issue';
import type { FaultCause, ServiceFault } from '../../serviceFault';

const SERVICES = { xero: 'XERO', knack: 'KNACK' } as const;

/** Stop stands in Knack, and Xero says what is a demo company. */
const GUARDS = { xero: 'XERO_GUARD_DEMO_COMPANY', knack: 'XERO_GUARD_STOP' } as const;

const CAUSES = {
	credentialRefused: 'CREDENTIAL_REFUSED',
	scopeMissing: 'SCOPE_MISSING',
	organisationMissing: 'ORGANISATION_MISSING',
	notFound: 'NOT_FOUND',
	requestRefused: 'REQUEST_REFUSED',
	rateLimited: 'RATE_LIMITED',
	daySpent: 'DAY_SPENT',
	unavailable: 'UNAVAILABLE',
	unreachable: 'UNREACHABLE',
} as const satisfies Record<Exclude<FaultCause, 'stopped'>, string>;

/** A fault of a whole service as the issue of one record. */
export function faultIssue(fault: ServiceFault): Issue {
	const { cause, service } = fault;
	return {
		code: cause === 'stopped' ? GUARDS[service] : `${SERVICES[service]}_${CAUSES[cause]}`,
		severity: 'block',
		message: fault.message,
		fix: fault.fix,
		...(fault.vendorMessage === undefined ? {} : { vendorMessage: fault.vendorMessage }),
	};
}
