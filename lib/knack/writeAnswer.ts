import type { HttpOutcome } from '../http';
import type { ServiceFault } from '../serviceFault';
import type { KnackCallAnswer } from './client';
import { isStopping, validationErrors, vendorWords } from './knackFaults';

/** What became of a write, by how Knack answered; `unknown` where it may have taken effect. */
export function writeAnswer(
	outcome: HttpOutcome,
	faultOf: (outcome: HttpOutcome) => ServiceFault,
): KnackCallAnswer {
	if (outcome.kind === 'notSigned') return { kind: 'stopped', fault: faultOf(outcome) };
	if (outcome.kind === 'noAnswer') {
		// With these the request never left; with all others Knack may have acted on it.
		return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED/i.test(outcome.code)
			? { kind: 'stopped', fault: faultOf(outcome) }
			: { kind: 'unknown', reason: outcome.reason };
	}
	if (outcome.status >= 200 && outcome.status < 300) {
		return { kind: 'answered', body: outcome.body };
	}
	if (outcome.status >= 500) {
		return { kind: 'unknown', reason: vendorWords(outcome.body) ?? `status ${outcome.status}` };
	}
	const fault = faultOf(outcome);
	if (isStopping(fault)) return { kind: 'stopped', fault };
	const errors = validationErrors(outcome.body);
	const message = fault.vendorMessage ?? fault.message;
	return {
		kind: 'refused',
		status: outcome.status,
		errors: errors.length > 0 ? errors : [{ message }],
	};
}
