/** What a document is beside the other tool, as items and the report call it. */
export const SHADOWS = {
	same: 'Same',
	different: 'Different',
	onlyTheirs: 'Only Theirs',
	onlyOurs: 'Only Ours',
	doubledByThem: 'Doubled by Them',
	/** Nobody can tell, or we would hold it and they have none. */
	notCompared: 'Not Compared',
	/** The condition of the node leaves the record out, and they have none either. */
	leftOut: 'Left Out',
} as const;

export type Shadow = keyof typeof SHADOWS;
