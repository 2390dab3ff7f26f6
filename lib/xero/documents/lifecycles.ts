/** The statuses of a document, and what they mean. */
export interface Lifecycle {
	/** After creating, unless the draft says otherwise; undefined where there is none. */
	readonly initial: string | undefined;
	/** Moves that Xero allows by request, in the order of a document's life; a status may always stay. */
	readonly moves: Readonly<Record<string, readonly string[]>>;
	/** Nobody has approved it, and it can be deleted without a trace. */
	readonly unapproved: readonly string[];
	/** It was approved: the status of approval first, then those that follow from it. */
	readonly approved: readonly string[];
	/** The contact has it, although nobody has approved it, as a quote. */
	readonly offered: readonly string[];
	/** It is in the books, so that a lock date holds for it; undefined for what never is. */
	readonly posted: readonly string[] | undefined;
	/** Nothing of it can be changed any more. */
	readonly closed: readonly string[];
	/** What keeps one from being changed in any status: a member that is true of it, and how it then is. */
	readonly lockedBy?: { readonly member: string; readonly word: string };
	/** How a person makes one of them open again, where that is possible in Xero. */
	readonly reopening?: string;
	/** Paths that stay as they were once it is there. */
	readonly fixed?: readonly string[];
	/** It no longer counts, such as VOIDED and DELETED. */
	readonly gone: readonly string[];
	/** Address under which one that nothing uses is deleted, where no status does it. */
	readonly deletePath?: (id: string, fields: Readonly<Record<string, string | boolean>>) => string;
}

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
