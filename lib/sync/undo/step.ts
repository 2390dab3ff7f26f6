import type { Issue } from '../../issue';

/** What carrying out has come to for one document. */
export interface Step {
	readonly outcome: 'undone' | 'unchanged' | 'blocked' | 'held' | 'failed';
	readonly issues: readonly Issue[];
	/** In words, where they are more than planned. */
	readonly operations?: readonly string[];
}
