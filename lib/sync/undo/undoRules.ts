import { judged } from '../../issueCodes';
import type { LateRule } from '../check/rule';

/** Why something of a run stays as it is, each with its severity. */
export const UNDO_RULES = {
	logAltered: judged('UNDO_LOG_ALTERED'),
	logIncomplete: judged('UNDO_LOG_INCOMPLETE'),
	otherOrganisation: judged('UNDO_OTHER_ORGANISATION'),
	unclear: judged('UNDO_OUTCOME_UNCLEAR'),
	paid: judged('UNDO_PAID'),
	reconciled: judged('UNDO_RECONCILED'),
	closedPeriod: judged('UNDO_CLOSED_PERIOD'),
	issued: judged('UNDO_ISSUED'),
	edited: judged('UNDO_EDITED'),
	approved: judged('UNDO_APPROVED'),
	notCredited: judged('UNDO_NOT_CREDITED'),
	notPossible: judged('UNDO_NOT_POSSIBLE'),
	keptEdits: judged('UNDO_KEPT_EDITS'),
	staysSent: judged('UNDO_STAYS_SENT'),
	knackChanged: judged('UNDO_KNACK_CHANGED'),
} as const satisfies Record<string, LateRule>;

/** An issue of Undo. No setting lowers one: each is about what stands in a ledger. */
export function undoIssue(
	rule: (typeof UNDO_RULES)[keyof typeof UNDO_RULES],
	finding: { readonly field?: string; readonly message: string; readonly fix: string },
) {
	return { code: rule.code, severity: rule.severity, ...finding };
}
