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
			/** The same document posted again by a run at the same moment: to be taken back. */
			readonly surplus?: readonly XeroDocument[];
	  }
	| { readonly kind: 'missing'; readonly issues: readonly Issue[] }
	/** Never guessed: a person must look. */
	| {
			readonly kind: 'stopped';
			readonly issues: readonly Issue[];
			/** When the candidates are one document posted twice, and by which key they were found. */
			readonly twins?: { readonly documents: readonly XeroDocument[]; readonly by: string };
	  };
