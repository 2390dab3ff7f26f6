import { contentHash } from '../../hash';
import type { Issue } from '../../issue';
import type { XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { readSourceMark } from '../sourceLink/sourceMark';
import type { Plan } from './plan';
import { SOURCE_LINK } from './sourceLink';

type WritingPlan = Extract<Plan, { action: 'create' | 'update' }>;

/**
 * The plan without its link, and with the word that it does not go; undefined where it bears none.
 * The rest of the element is as it was.
 */
export function withoutSourceLink<Writes extends WritingPlan>(
	plan: Writes,
	severities: RuleSeverities,
): Writes | undefined {
	const changes = plan.changes.filter(({ field }) => field !== SOURCE_LINK);
	if (changes.length === plan.changes.length) return undefined;
	return {
		...plan,
		changes,
		element: () =>
			Object.fromEntries(Object.entries(plan.element()).filter(([member]) => member !== 'Url')),
		issues: [
			...plan.issues,
			...linkRefused(
				'Xero refused the link back to the record, so the rest was sent without it.',
				severities,
			),
		],
	};
}

/** What is said where Xero took the document but kept another address than the one sent with it. */
export function checkLinkKept(
	plan: WritingPlan,
	document: XeroDocument,
	severities: RuleSeverities,
): Issue[] {
	const sent = plan.changes.find(({ field }) => field === SOURCE_LINK)?.after;
	const kept = textOf(document.fields.url) ?? '';
	if (typeof sent !== 'string' || isSameLink(sent, kept)) return [];
	return linkRefused('Xero took the document but not the link back to the record.', severities);
}

/** Whether two addresses say the same of the record, however Xero spells the page. */
function isSameLink(sent: string, kept: string): boolean {
	return contentHash(readSourceMark(sent) ?? {}) === contentHash(readSourceMark(kept) ?? {});
}

function linkRefused(message: string, severities: RuleSeverities): Issue[] {
	const finding = {
		field: 'url',
		message,
		fix: 'The document itself is in Xero. Choose a Sync Fingerprint field under Write Back to Knack, so that it is known what was sent; or switch off "Link Back to the Record in Xero" under Options.',
	};
	return issueOf(LATE_RULES.sourceLinkNotSent, finding, severities);
}
