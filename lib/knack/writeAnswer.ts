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
	const fault = faultOf(outcome);
	if (isStopping(fault)) return { kind: 'stopped', fault };
	const { status, body } = outcome;
	const errors = validationErrors(body);
	const said = vendorWords(body);
	// A redirect is answered in the place of Knack, by an address that is not its API's.
	if (status < 400) {
		return { kind: 'refused', status, errors: [{ message: said ?? fault.message }] };
	}
	// Knack names what is not valid in JSON. What else says no (408, 404, a page) may say it of a
	// write that Knack has carried out.
	if (status === 400 && errors.length > 0) return { kind: 'refused', status, errors };
	return { kind: 'unknown', reason: said ?? `status ${status}`, status };
}

/** In Knack's own way, which is plain text; an error page is somebody else's. */
export function saysGone(outcome: HttpOutcome): boolean {
	if (outcome.kind !== 'answer') return false;
	const isPage = typeof outcome.body === 'string' && outcome.body.includes('<');
	return (outcome.status === 404 || outcome.status === 500) && !isPage;
}
