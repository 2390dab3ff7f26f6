import type { Issue } from '../../issue';

/** What became of an API call that a person wrote. */
export type CallResult =
	| {
			readonly kind: 'answered';
			/** Each as the service sent it. */
			readonly records: readonly unknown[];
			/** What of a write was refused by itself, beside what was taken. */
			readonly refused: readonly RefusedRecord[];
	  }
	| { readonly kind: 'failed'; readonly issues: readonly Issue[] };

export interface RefusedRecord {
	readonly record: unknown;
	readonly issues: readonly Issue[];
}

/** So many are held at once at most; n8n keeps every item in memory. */
export const MOST_RECORDS = 100_000;

export function answered(records: readonly unknown[]): CallResult {
	return { kind: 'answered', records, refused: [] };
}

/** Nothing is given then: a part would look like the whole. */
export function tooMany(fix: string): CallResult {
	const message = `There are more than ${MOST_RECORDS.toLocaleString('en')} records, too many for one run.`;
	return {
		kind: 'failed',
		issues: [{ code: 'API_CALL_TOO_MANY', severity: 'block', message, fix }],
	};
}
