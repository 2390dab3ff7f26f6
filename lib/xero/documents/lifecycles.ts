import type { Lifecycle } from './definition';

/** Of what nobody approves: it is there, or it is not. */
export const NOT_APPROVED: Pick<
	Lifecycle,
	'initial' | 'unapproved' | 'approved' | 'offered' | 'posted'
> = { initial: undefined, unapproved: [], approved: [], offered: [], posted: undefined };

/** Of what has no statuses at all. */
export const WITHOUT_STATUSES: Lifecycle = { ...NOT_APPROVED, moves: {}, closed: [], gone: [] };

/** Of invoices, bills and credit notes. PAID comes and goes with payments alone. */
export const INVOICE_LIFECYCLE: Lifecycle = {
	initial: 'DRAFT',
	moves: {
		DRAFT: ['SUBMITTED', 'AUTHORISED', 'DELETED'],
		SUBMITTED: ['DRAFT', 'AUTHORISED', 'DELETED'],
		AUTHORISED: ['VOIDED'],
		PAID: [],
		VOIDED: [],
		DELETED: [],
	},
	unapproved: ['DRAFT', 'SUBMITTED'],
	approved: ['AUTHORISED', 'PAID'],
	offered: [],
	posted: ['AUTHORISED', 'PAID'],
	closed: ['VOIDED', 'DELETED'],
	gone: ['VOIDED', 'DELETED'],
};
