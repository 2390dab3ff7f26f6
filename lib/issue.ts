import type { IssueCode, Severity } from './issueCodes';

export type { Severity } from './issueCodes';

/** What stands between a record and Xero (or Knack), in words that a bookkeeper can act on. */
export interface Issue {
	/** Stable and in capitals, such as `XERO_ACCOUNT_ARCHIVED`; workflows branch on it. */
	readonly code: IssueCode;
	readonly severity: Severity;
	/** Path of the field, such as `lineItems[0].accountCode`; absent when the whole record is meant. */
	readonly field?: string;
	/** What is the matter. */
	readonly message: string;
	/** What to do next. */
	readonly fix: string;
	/** The service's own words, unchanged. */
	readonly vendorMessage?: string;
	/** The numbers behind the finding, by name; of what is unusual. */
	readonly numbers?: Readonly<Record<string, string>>;
	/** What a person enters to release what is unusual, together with who, when and why. */
	readonly releaseCode?: string;
	/** For an ambiguous match: the documents that it could be. */
	readonly candidates?: ReadonlyArray<{ id: string; label: string; url?: string }>;
}
