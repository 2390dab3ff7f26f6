import type { Issue } from '../../issue';
import type { ServiceFault } from '../../serviceFault';

/** A fault of a whole service as the issue of one record. */
export function faultIssue(fault: ServiceFault): Issue {
	const cause = fault.cause.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();
	return {
		code: `${fault.service.toUpperCase()}_${cause}`,
		severity: 'block',
		message: fault.message,
		fix: fault.fix,
		...(fault.vendorMessage === undefined ? {} : { vendorMessage: fault.vendorMessage }),
	};
}
