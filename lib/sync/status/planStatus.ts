import type {
	DocumentDefinition,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { issueOf, isStopping } from '../check/check';
import { headerText } from '../check/draftValues';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import { correctedBy } from '../find/correctingNote';
import { closedPeriodFinding, closedPeriods, postingOf } from '../plan/closedPeriods';
import type { PlanOptions } from '../plan/planInput';
import { statusElement } from '../plan/elements';
import { draftHash, draftKey, type Plan } from '../plan/plan';
import type { SingleRequests } from '../write/writeSingly';
import type { Row } from '../row';
import { meantStatus } from './statusWish';

/** What is to be done for one record that names a document and a status. */
export type StatusPlan =
	| Extract<Plan, { action: 'skip' | 'stop' | 'keep' }>
	| (Extract<Plan, { action: 'update' }> & {
			readonly to: string;
			readonly singly?: SingleRequests;
	  });

/** Decides whether a document may move to the wanted status. Pure. */
export function planStatus(
	definition: DocumentDefinition,
	{ draft, match }: Pick<Row, 'draft' | 'match'>,
	wish: string,
	settings: OrganisationSettings,
	options: Pick<PlanOptions, 'ruleSeverities' | 'booksClosedUntil'>,
): StatusPlan {
	const severities = options.ruleSeverities;
	const base = { draft, key: draftKey(definition, draft), contentHash: draftHash(draft) };
	const issues = [...draft.issues, ...(match?.issues ?? [])];
	if (draft.skipReason !== undefined) return { ...base, issues, action: 'skip' };
	const stop = (rule?: LateRule, finding?: Finding): StatusPlan => ({
		...base,
		action: 'stop',
		issues: rule && finding ? [...issues, ...issueOf(rule, finding, severities)] : issues,
	});
	const name = definition.label.toLowerCase();
	if (match?.kind === 'missing') {
		return stop(LATE_RULES.createForbidden, {
			message: `There is no such ${name} in Xero whose status could be changed.`,
			fix: 'Map its id or number, and create it in Xero first.',
		});
	}
	if (match?.kind !== 'matched' || issues.some(isStopping)) return stop();

	const { document, by } = match;
	const own = definition.statusPath && headerText(draft, definition.statusPath);
	const to = meantStatus(definition, document, own ?? wish);
	if (document.status === to || isFurther(definition, document, to)) {
		return { ...base, issues, action: 'keep', document, by, surplus: [] };
	}
	const label = document.number ?? `The ${name}`;
	const { lockedBy } = definition.lifecycle;
	if (lockedBy && document.isLocked) {
		return stop(LATE_RULES.closedEdit, {
			field: definition.statusPath,
			message: `${label} is ${lockedBy.word} in Xero and cannot be changed.`,
			fix: `Undo in Xero that it is ${lockedBy.word} first, or leave it as it is.`,
		});
	}
	const from = document.status ?? '';
	const { gone } = definition.lifecycle;
	if (gone.includes(to) && document.hasPaymentsOrCredits && !gone.includes(from)) {
		return stop(LATE_RULES.paidEdit, {
			field: definition.statusPath,
			message: `${label} has payments or credits, so it cannot be ${to.toLowerCase()}.`,
			fix: `Remove the payments or allocations in Xero first${correctedBy(document) ? ', or issue a credit note' : ''}.`,
		});
	}
	const moves = definition.lifecycle.moves[from] ?? [];
	if (!moves.includes(to)) {
		return stop(LATE_RULES.statusMove, {
			field: definition.statusPath,
			message: `${label} is ${from.toLowerCase() || 'without a status'} and cannot become ${to.toLowerCase()}.`,
			fix:
				moves.length > 0
					? `From here it can become ${moves.map((each) => each.toLowerCase()).join(' or ')}.`
					: 'Its status cannot be changed from outside of Xero any more.',
		});
	}
	const posted = postingOf(document);
	const closed = closedPeriodFinding(
		{ definition, label, isStatusAlone: true },
		posted,
		{ ...posted, status: to },
		closedPeriods(settings, options.booksClosedUntil),
	);
	if (closed) return stop(closed.rule, closed.finding);
	const element = statusElement(definition, document, to, settings);
	return {
		...base,
		issues,
		action: 'update',
		element: () => element,
		changes: [{ field: definition.statusPath ?? 'status', before: from, after: to }],
		document,
		by,
		surplus: [],
		to,
		singly: requestsOf(definition, document, element, to),
	};
}

/** Whether it was approved as is wanted, and has come further since: an approved invoice that is paid by now. */
function isFurther(
	{ lifecycle: { approved, moves } }: DocumentDefinition,
	{ status = '' }: XeroDocument,
	to: string,
): boolean {
	const [first] = approved;
	return to === first && approved.includes(status) && moves[status]?.includes(to) !== true;
}

/** Where a document is taken away by a request of its own, that is how it gets the status of one that is gone. */
function requestsOf(
	{ wire: { singly, idName }, lifecycle: { gone } }: DocumentDefinition,
	{ id, fields }: XeroDocument,
	element: WireElement,
	to: string,
): SingleRequests | undefined {
	const path = gone.includes(to) ? singly?.removePath?.(id, fields) : undefined;
	if (path === undefined) {
		return singly && { writes: singly.update(id, element, fields), fields };
	}
	return { writes: [{ method: 'DELETE', path }], fields, removed: { [idName]: id, status: to } };
}
