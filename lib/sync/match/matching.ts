import type { Issue } from '../../issue';
import type { XeroDocument } from '../../xero/documents/definition';

/** What was found in Xero for one record. */
export type Match =
	| {
			readonly kind: 'matched';
			readonly document: XeroDocument;
			/** The key that decided, such as `id` or `invoiceNumber`. */
			readonly by: string;
			readonly issues: readonly Issue[];
	  }
	| { readonly kind: 'missing'; readonly issues: readonly Issue[] }
	/** Never guessed: a person must look. */
	| { readonly kind: 'stopped'; readonly issues: readonly Issue[] };
