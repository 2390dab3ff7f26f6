/**
 * What stands between a record and Xero (or Knack), in words that a bookkeeper can act on.
 * - `block`: cannot be written until it is mended.
 * - `hold`: could be written, but a person must decide first.
 * - `warn`: is written, and should be looked at.
 */
export type Severity = 'block' | 'hold' | 'warn';

export interface Issue {
	/** Stable and in capitals, such as `XERO_ACCOUNT_ARCHIVED`; workflows branch on it. */
	readonly code: string;
	readonly severity: Severity;
	/** Path of the field, such as `lineItems[0].accountCode`; absent when the whole record is meant. */
	readonly field?: string;
	/** What is the matter. */
	readonly message: string;
	/** What to do next. */
	readonly fix: string;
	/** The service's own words, unchanged. */
	readonly vendorMessage?: string;
	/** For an ambiguous match: the documents that it could be. */
	readonly candidates?: ReadonlyArray<{ id: string; label: string; url?: string }>;
}
