/** A screen of a service that cannot be reached from here, as far as its guide speaks of it. */
export interface Sketch {
	/** What the window says at its top, such as "Xero's developer portal". */
	readonly window: string;
	/** The entries at the left, with the chosen one. */
	readonly menu?: { readonly entries: readonly string[]; readonly chosen: string };
	readonly title: string;
	readonly rows: readonly SketchRow[];
}

/** `step` is the number of the guide's step that is done there. */
export type SketchRow = { readonly step?: number } & (
	| {
			readonly kind: 'field';
			readonly label: string;
			readonly value: string;
			readonly note?: string;
	  }
	| {
			readonly kind: 'choice';
			readonly label: string;
			readonly options: readonly string[];
			readonly chosen: readonly string[];
	  }
	| { readonly kind: 'button'; readonly label: string; readonly note?: string }
	| { readonly kind: 'text'; readonly text: string }
	| {
			readonly kind: 'table';
			readonly head: readonly string[];
			readonly rows: ReadonlyArray<readonly string[]>;
	  }
);
