/** What a record and its document may differ in, as items and the table of differences call it. */
export const DIFFERENCE_KINDS = {
	missing: 'Missing in Xero',
	withoutRecord: 'Without a Record',
	twice: 'Twice',
	amount: 'Amount',
	account: 'Account',
	taxRate: 'Tax Rate',
	contact: 'Contact',
	dates: 'Dates',
	status: 'Status',
	tracking: 'Tracking',
	currencyRate: 'Currency Rate',
	paid: 'Paid',
	unallocatedCredit: 'Unallocated Credit',
	voided: 'Voided',
	closedPeriod: 'Closed Period',
	sent: 'Sent',
} as const;

export type DifferenceKind = keyof typeof DIFFERENCE_KINDS;

/** What may become of a difference, as a person ticks it in Knack. */
export const WAYS = {
	takeXeros: "Take Xero's",
	sendOurs: 'Send Ours',
	accept: 'Accept',
} as const;

export type Way = keyof typeof WAYS;
