import { judged } from '../../../issueCodes';
import { looksLikeHtml } from '../../../knack/html';
import { placedLabel } from '../draftValues';
import type { Rule } from '../rule';
import { valueRule } from '../valueRule';

/**
 * A text is sent as it stands: only the type of a Knack field tells HTML from text that looks like
 * it, and Knack's nodes have read it by then. What came another way is said, never changed.
 */
const textHoldsHtml = valueRule(
	{
		...judged('XERO_TEXT_HOLDS_HTML'),
		kinds: ['text', 'multilineText'],
	},
	(placed, text) =>
		looksLikeHtml(text)
			? {
					message: `${placedLabel(placed)} looks like HTML, and Xero shows it with its tags.`,
					fix: 'Take the value from Knack Trigger or the Knack node, which read rich text, or put .removeTags() at the end of the expression.',
				}
			: undefined,
);

export const textRules: readonly Rule[] = [textHoldsHtml];
