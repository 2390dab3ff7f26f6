import { judged } from '../../issueCodes';
import type { LateRule } from '../check/rule';

/** What guards find, each with the severity that it has unless told otherwise. */
export const GUARD_RULES = {
	demoCompany: judged('XERO_GUARD_DEMO_COMPANY'),
	stop: judged('XERO_GUARD_STOP'),
	firstOnes: judged('XERO_GUARD_FIRST_ONES'),
	draft: judged('XERO_GUARD_DRAFT'),
	documents: judged('XERO_GUARD_DOCUMENTS'),
	money: judged('XERO_GUARD_MONEY'),
	payments: judged('XERO_GUARD_PAYMENTS'),
	voids: judged('XERO_GUARD_VOIDS'),
	emails: judged('XERO_GUARD_EMAILS'),
	noEmail: judged('XERO_GUARD_NO_EMAIL'),
} as const satisfies Record<string, LateRule>;
