import { hold, warn, type CodesByStage } from './judgement';

/** What the guards hold, or leave undone. A person lets it go; no rule is lowered for it. */
export const GUARD_CODES = {
	guard: {
		XERO_GUARD_DEMO_COMPANY: hold('Demo Company Only: Xero says that it is a demo company'),
		XERO_GUARD_STOP: hold('Stop: the Stop field in Knack can be read, and is not set'),
		XERO_GUARD_FIRST_ONES: hold(
			'First Ones as Drafts: a person has looked at the first documents of the table',
		),
		XERO_GUARD_DRAFT: warn('First Ones as Drafts: the document goes over in its own status'),
		XERO_GUARD_DOCUMENTS: hold('No more documents are written than Guards allows'),
		XERO_GUARD_MONEY: hold('No more money is posted than Guards allows'),
		XERO_GUARD_PAYMENTS: hold('No more payments are recorded than Guards allows'),
		XERO_GUARD_VOIDS: hold('No more documents are voided or deleted than Guards allows'),
		XERO_GUARD_EMAILS: hold('No more e-mails go out than Guards allows'),
		XERO_GUARD_NO_EMAIL: warn(
			'A document that is e-mailed is recent, open, of more than nothing, and none of a first load',
		),
	},
} as const satisfies CodesByStage;
