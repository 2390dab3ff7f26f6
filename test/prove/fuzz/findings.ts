/** What odd values were seen to do, one line for each. */
export interface Findings {
	values: number;
	/** A run was ended by one record. */
	readonly ended: string[];
	/** A record beside it was not written, or written again. */
	readonly touched: string[];
	/** A record became two documents. */
	readonly doubled: string[];
	/** A record is written again though nothing changed. */
	readonly restless: string[];
	/** A record is held and nobody is told why, or what to do. */
	readonly unexplained: string[];
}

export function noFindings(): Findings {
	return { values: 0, ended: [], touched: [], doubled: [], restless: [], unexplained: [] };
}
