import type { Issue } from '../../issue';
import type { ServiceFault } from '../../serviceFault';
import type { XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Outcome } from '../outcome';
import { faultIssue } from './faultIssue';

/** Whether what a service did not take goes over with a later run, without anybody's doing. */
export function isPassing({ cause }: ServiceFault): boolean {
	return cause === 'daySpent' || cause === 'rateLimited' || cause === 'stopped';
}

/**
 * What becomes of a record that a service's fault kept from being sent: it is held where a later run
 * takes it without anybody's doing, else it failed. `draft` is there already, and was to go further.
 */
export function notSent(
	fault: ServiceFault,
	severities: RuleSeverities,
	draft?: XeroDocument,
): { readonly outcome: 'held' | 'failed'; readonly issues: readonly Issue[] } {
	const { fix, vendorMessage } = fault;
	const message = `${draft ? asDraft(draft, 'and was not approved') : 'Not sent'}: ${fault.message}`;
	if (isPassing(fault)) {
		return { outcome: 'held', issues: [{ ...faultIssue(fault), severity: 'hold', message }] };
	}
	const rest = vendorMessage === undefined ? {} : { vendorMessage };
	return {
		outcome: 'failed',
		issues: issueOf(LATE_RULES.notReached, { message, fix }, severities, rest),
	};
}

/** A step after a document that a service's limits, or a guard, kept from being taken. */
export function stepHeld(
	fault: ServiceFault,
	said: string,
): { readonly kind: 'failed'; readonly outcome: 'held'; readonly issues: readonly Issue[] } {
	const message = `${said} ${fault.message}`;
	return {
		kind: 'failed',
		outcome: 'held',
		issues: [{ ...faultIssue(fault), severity: 'hold', message }],
	};
}

/** What is said of a document that stayed a draft. */
export function asDraft({ number }: XeroDocument, why: string): string {
	return `${number ?? 'It'} is in Xero as a draft ${why}`;
}

const PASSING_CODES: ReadonlySet<string> = new Set([
	'XERO_DAY_SPENT',
	'XERO_RATE_LIMITED',
	'KNACK_DAY_SPENT',
	'KNACK_RATE_LIMITED',
	'XERO_GUARD_STOP',
]);

/**
 * Whether a record only waits for a service's limits. Its Knack record bears no message: that would
 * say that a person must look, and keep the record from coming again.
 */
export function waitsForLimits({ outcome, issues }: Outcome): boolean {
	const stopping = issues.filter(({ severity }) => severity !== 'warn');
	return (
		outcome === 'held' &&
		stopping.length > 0 &&
		stopping.every(({ code }) => PASSING_CODES.has(code))
	);
}
