/** As in `definition.ts`, which builds on this. */
type Element = Record<string, unknown>;

/** A request that writes one element, or takes one away. */
export interface SingleWrite {
	readonly method: 'PUT' | 'POST' | 'PATCH' | 'DELETE';
	readonly path: string;
	/** Absent where something is taken away. */
	readonly body?: Element;
}

/**
 * How a document is changed where each of its lines is written alone. What is left to do is told
 * from the document as it stands at that moment, so that neither a run that died half-way nor
 * another worker makes a line twice.
 */
export interface PartsWriting {
	path(id: string): string;
	/** The requests that make of a document what is wanted; none where it is so already. */
	writes(change: PartsChange): readonly SingleWrite[];
}

/** A document as it stands, and as it shall be. */
export interface PartsChange {
	readonly id: string;
	readonly present: Element;
	readonly wanted: Element;
	/** Ids of the lines that the change was planned on: what came since is nobody's to remove. */
	readonly known: ReadonlySet<string>;
}
