/** What can be wrong in a world, each with what the specification promises instead. */
export const PROMISES = {
	touched: 'no document or contact of another record or of somebody else is touched',
	claimed: 'no record takes the document of another record for its own',
	twice: 'no record has a second live document or contact',
	mark: 'the mark on a document names its own record',
	idleContact: 'no contact is made that nothing uses',
	otherContact: 'no document stands on the contact of somebody else',
	secondContact: 'no second contact is made for a customer that Xero plainly has',
	unexplained: 'what is held carries code, message and fix',
	oneSided: 'what is held says both sides',
	plan: 'a run does what the preview said',
	writes: 'the writes are the operations of the plan',
	unannounced: 'a contact that is made or changed stands in the plan',
	total: 'the total in the ledger is the previewed one',
	content: 'what goes through is in the ledger as the record has it',
	again: 'a second run plans nothing and writes nothing',
	threw: 'a run ends with an outcome for each item',
} as const;

export type Promised = keyof typeof PROMISES;

/** One promise that was broken. */
export interface Finding {
	readonly what: Promised;
	readonly text: string;
}

/** Findings after which a world is not worth going on with: its book and the ledger have parted. */
export const PARTED: ReadonlySet<Promised> = new Set([
	'touched',
	'claimed',
	'twice',
	'otherContact',
	'secondContact',
	'threw',
]);
