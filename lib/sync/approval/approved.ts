/** What the record and the node say of its approval, beside its document. */
export interface ApprovalAnswers {
	/** The token that somebody's approval has made. */
	readonly token?: string;
	/** Who has made the record, for those who must not approve their own. */
	readonly creator?: string;
	/** What goes with the document once it is written, as a text that differs where that does. */
	readonly afterWriting?: string;
	/** The same in words, but for an e-mail. */
	readonly afterInWords?: readonly string[];
	/** Whether Xero is to e-mail it, so that its addressee is approved too. */
	readonly isEmailed?: boolean;
}

/** What an outcome tells of the approval of its record. */
export interface PlanApproval {
	/** Stands for what would be sent and the state that it was planned on; gives no right. */
	readonly planNumber: string;
	/** The plan in words: "New sales invoice INV-7; in all GBP 120.00". */
	readonly what: string;
	/** Who has approved it. */
	readonly approvedBy?: string;
	/** ISO 8601 UTC. */
	readonly approvedAt?: string;
	readonly expiresAt?: string;
	/** Whether the token is gone once it was used, or good until it expires or its state has gone. */
	readonly use?: 'once' | 'untilItsStateHasGone';
}

/** Of a record that repeats another: what its own item asks for besides, nobody has approved. */
export function withoutApprover({ planNumber, what }: PlanApproval): PlanApproval {
	return { planNumber, what };
}
