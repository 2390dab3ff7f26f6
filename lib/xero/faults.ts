import type { ServiceFault } from '../serviceFault';
import { countOf } from '../texts';
import { DateTime } from '../vendor/luxon';

/** What Xero (or the way to it) did, from which every fault's words are made in one place. */
export type XeroTrouble =
	| { readonly kind: 'notSigned'; readonly reason: string }
	| { readonly kind: 'unauthorised'; readonly vendorMessage?: string }
	| { readonly kind: 'scopeMissing'; readonly scope: string; readonly vendorMessage?: string }
	| { readonly kind: 'organisationMissing'; readonly vendorMessage?: string }
	| { readonly kind: 'notFound'; readonly path: string; readonly vendorMessage?: string }
	| {
			readonly kind: 'refused';
			readonly status: number;
			readonly path: string;
			readonly vendorMessage?: string;
	  }
	| { readonly kind: 'tooLong'; readonly path: string }
	| { readonly kind: 'minuteSpent'; readonly retryAtMs: number }
	| { readonly kind: 'daySpent'; readonly retryAtMs?: number }
	/** So few are left that they are kept for others. */
	| { readonly kind: 'dayReserved'; readonly remaining: number }
	| { readonly kind: 'unavailable'; readonly status: number; readonly vendorMessage?: string }
	| { readonly kind: 'notXero'; readonly path: string; readonly vendorMessage?: string }
	/** Xero gave the report of another day than the one asked for. */
	| { readonly kind: 'otherDay'; readonly asked: string; readonly given: string }
	| { readonly kind: 'noAnswer'; readonly reason: string };

function clockText(epochMs: number): string {
	return DateTime.fromMillis(epochMs, { zone: 'utc' }).toFormat("d MMMM, HH:mm 'UTC'");
}

type Words = Omit<ServiceFault, 'service'>;

/** Xero says the same of an organisation without payroll, and of a user whom it is not shown to. */
const PAYROLL =
	' If it is there already, the organisation has no payroll in Xero, or the user who connected is no payroll administrator.';

/** The same holds for Xero Projects, which is an add-on with roles of its own. */
const PROJECTS =
	' To read alone, projects.read is enough. If it is there already, the organisation has no Xero Projects, or the user who connected has no role in it.';

function besideScope(scope: string): string {
	if (scope.startsWith('payroll.')) return PAYROLL;
	return scope === 'projects' ? PROJECTS : '';
}

/** By the OAuth error of Xero's token endpoint, or n8n's own words for having no token. */
function signingWords(reason: string): Pick<ServiceFault, 'message' | 'fix'> {
	if (/invalid_client|unauthorized_client/.test(reason)) {
		return {
			message: 'Xero does not know the client ID, or the client secret is wrong.',
			fix: 'Copy both again from the app in the Xero developer portal into the Xero credential, and check the connection type.',
		};
	}
	if (/invalid_scope/.test(reason)) {
		return {
			message: 'Xero refused the scopes that this connection asks for.',
			fix: 'Open the Xero credential and take out the scopes that the app in the Xero developer portal does not have; apps made before March 2026 know the older, broader names.',
		};
	}
	if (/not connected|does not have any credentials/i.test(reason)) {
		return {
			message: 'The Xero credential is not connected yet.',
			fix: 'Open the Xero credential in n8n, connect the account, and choose the organisation.',
		};
	}
	if (/plain http/i.test(reason)) {
		return {
			message: 'The address in the Xero credential is not safe for a token.',
			fix: 'Use an https address, or http://127.0.0.1 for a sandbox on this machine.',
		};
	}
	return {
		message: 'Xero does not accept this connection any more.',
		fix: 'Open the Xero credential in n8n and connect the account again.',
	};
}

function words(trouble: XeroTrouble): Words {
	switch (trouble.kind) {
		case 'notSigned':
			return {
				cause: 'credentialRefused',
				...signingWords(trouble.reason),
				vendorMessage: trouble.reason,
			};
		case 'unauthorised':
			return {
				cause: 'credentialRefused',
				status: 401,
				message: 'Xero refused the connection.',
				fix: 'Open the Xero credential in n8n and connect the account again.',
				vendorMessage: trouble.vendorMessage,
			};
		case 'scopeMissing':
			return {
				cause: 'scopeMissing',
				message: `Xero refused: this connection lacks ${trouble.scope}.`,
				fix: `Add ${trouble.scope} to Scope in the Xero credential and reconnect. A custom connection also needs it ticked in the Xero developer portal.${besideScope(trouble.scope)}`,
				vendorMessage: trouble.vendorMessage,
			};
		case 'organisationMissing':
			return {
				cause: 'organisationMissing',
				status: 403,
				message: 'This connection has no access to the chosen Xero organisation.',
				fix: 'Choose an organisation from the list again, or reconnect the Xero credential and pick the organisation when Xero asks.',
				vendorMessage: trouble.vendorMessage,
			};
		case 'notFound':
			return {
				cause: 'notFound',
				status: 404,
				message: 'Xero has nothing at this place.',
				fix: 'It may have been deleted in Xero, or belong to another organisation.',
				vendorMessage: trouble.vendorMessage ?? trouble.path,
			};
		case 'refused':
			return {
				cause: 'requestRefused',
				status: trouble.status,
				message: 'Xero refused the request.',
				fix: "Xero's own words tell why; correct the value that they name.",
				vendorMessage: trouble.vendorMessage ?? `${trouble.status} ${trouble.path}`,
			};
		case 'tooLong':
			return {
				cause: 'requestRefused',
				message: 'The request to Xero would be too long to be answered.',
				fix: 'Shorten the value that is searched for.',
				vendorMessage: trouble.path,
			};
		case 'minuteSpent':
			return {
				cause: 'rateLimited',
				status: 429,
				retryAtMs: trouble.retryAtMs,
				message: 'Xero keeps refusing because the organisation is asked too often each minute.',
				fix: `Nothing needs cleaning up. Run again after ${clockText(trouble.retryAtMs)}; other apps on this connection share the limit.`,
			};
		case 'daySpent':
			return {
				cause: 'daySpent',
				status: 429,
				retryAtMs: trouble.retryAtMs,
				message: 'The calls to Xero for this organisation are used up for today.',
				fix:
					trouble.retryAtMs === undefined
						? 'Nothing needs cleaning up. Run again tomorrow; what is done is not done twice.'
						: `Nothing needs cleaning up. Run again after ${clockText(trouble.retryAtMs)}; what is done is not done twice.`,
			};
		case 'dayReserved':
			return {
				cause: 'daySpent',
				message: `Only ${countOf(trouble.remaining, 'call')} to Xero ${trouble.remaining === 1 ? 'is' : 'are'} left for this organisation today, kept for payments.`,
				fix: 'Nothing needs cleaning up. Xero’s day begins anew within 24 hours; run again then. What is done is not done twice.',
			};
		case 'unavailable':
			return {
				cause: 'unavailable',
				status: trouble.status,
				message: 'Xero cannot answer at the moment.',
				fix: 'Nothing needs cleaning up. Run again in some minutes; status.xero.com tells of known trouble.',
				vendorMessage: trouble.vendorMessage,
			};
		case 'notXero':
			return {
				cause: 'unavailable',
				message: 'The answer did not come from Xero in a form that can be read.',
				fix: 'Run again in some minutes. If it stays so, check the address in the credential and any proxy in between.',
				vendorMessage: trouble.vendorMessage ?? trouble.path,
			};
		case 'otherDay':
			return {
				cause: 'notFound',
				message: `Xero gave the balance sheet of ${trouble.given}, and not of ${trouble.asked}.`,
				fix: `Xero gave the balance sheet of ${trouble.given} instead of ${trouble.asked}. Set the day to the last one of a month.`,
			};
		case 'noAnswer':
			return {
				cause: 'unreachable',
				message: 'Xero could not be reached.',
				fix: 'Check that n8n has a way to the internet (and to the sandbox, where it is used), then run again.',
				vendorMessage: trouble.reason,
			};
	}
}

/** The fault for what happened: its cause, what happened and what to do, in plain words. */
export function xeroFault(trouble: XeroTrouble): ServiceFault {
	return { service: 'xero', ...words(trouble) };
}
