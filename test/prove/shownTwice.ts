import type { Outcome } from '../../lib/sync/outcome';
import type { Kind } from './kind';

/**
 * Whether a record's twin is a person's to take back, and was shown with both addresses: Xero does
 * not say of every type who has made a document, and what a person may have entered is never deleted.
 */
export function isShownTwice({ definition }: Kind, { issues }: Outcome): boolean {
	if (definition.lookup.tellsOwn === true) return false;
	return issues.some(
		({ code, candidates = [] }) => code === 'XERO_POSTED_TWICE' && candidates.length > 1,
	);
}
