/** Undoing one by another of the same type, with the signs of its lines turned. */
export interface Reversing {
	/** Path and member of the text that begins with what a reversal is found by. */
	readonly textPath: string;
	readonly textName: string;
	/** Path and member of its day. */
	readonly dayPath: string;
	readonly dayName: string;
	/** Members that a reversal takes over, and those of its lines. */
	readonly takesOver: readonly string[];
	readonly lineMembers: readonly string[];
	/** Members that name the account of a line: the first that it has is taken over. */
	readonly accountMembers: readonly string[];
	/** Members of its lines whose signs are turned, and the paths of their values. */
	readonly amountMembers: readonly string[];
	readonly amountPaths: readonly string[];
	/** Paths of what is the same in a line and its opposite, beside tracking. */
	readonly keptPaths: readonly string[];
}
