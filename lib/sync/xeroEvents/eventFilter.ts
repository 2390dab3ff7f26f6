import type { XeroEvent } from '../../xero/webhookDelivery';
import { categoryOf, kindOfCategory, NAMED_CATEGORIES } from './watchedDocuments';
import type { WatchedKind } from './watchedDocuments';

/** "Anything else" in the list of categories. */
const OTHER_CATEGORIES = 'OTHER';

/** Which events start the workflow. */
export interface EventFilter {
	/** Undefined for every organisation of the connection. */
	readonly organisationId?: string;
	/** Of `NAMED_CATEGORIES`, or OTHER; all when empty. */
	readonly categories: readonly string[];
	/** CREATE, UPDATE; all when empty. */
	readonly types: readonly string[];
}

export type Verdict = 'wanted' | 'otherType' | 'unwanted';

/** Whether an event is wanted; `otherType` when only its type speaks against it. */
export function judgeEvent(filter: EventFilter, event: XeroEvent): Verdict {
	const { organisationId, types } = filter;
	if (organisationId !== undefined && event.organisationId !== organisationId.toLowerCase()) {
		return 'unwanted';
	}
	if (!wantsCategory(filter, categoryOf(event))) return 'unwanted';
	return types.length === 0 || types.includes(event.type) ? 'wanted' : 'otherType';
}

function wantsCategory({ categories }: EventFilter, category: string): boolean {
	if (categories.length === 0) return true;
	if (categories.includes(category)) return true;
	return !NAMED_CATEGORIES.includes(category) && categories.includes(OTHER_CATEGORIES);
}

/** The kinds of documents that the sweep reads for a filter. A payment shows on its invoice. */
export function sweptKinds({ categories }: EventFilter): WatchedKind[] {
	const chosen = categories.length === 0 ? NAMED_CATEGORIES : categories;
	const kinds = chosen.flatMap((category): WatchedKind[] => {
		if (category === 'PAYMENT') return ['invoice'];
		const kind = kindOfCategory(category);
		return kind ? [kind] : [];
	});
	return [...new Set(kinds)];
}
