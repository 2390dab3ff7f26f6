import type { Issue } from '../../issue';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Plan } from '../plan/plan';

/** Holds what Xero has answered against what was planned; every difference is told with both values. */
export function compareAnswer(
	definition: DocumentDefinition,
	plan: Extract<Plan, { action: 'create' | 'update' | 'correct' }>,
	document: XeroDocument,
	severities: RuleSeverities,
): Issue[] {
	const differences: Array<readonly [field: string, planned: string, answered: string]> = [];
	const { amounts } = plan;
	const answered = document.amounts;
	if (amounts && answered) {
		if (!amounts.total.eq(answered.total)) {
			differences.push(['total', amounts.total.toFixed(2), answered.total.toFixed(2)]);
		} else if (!amounts.totalTax.eq(answered.totalTax)) {
			differences.push(['tax', amounts.totalTax.toFixed(2), answered.totalTax.toFixed(2)]);
		}
		if (amounts.currency !== answered.currency) {
			differences.push(['currency', amounts.currency, answered.currency]);
		}
	}
	const status = plan.changes.find(({ field }) => field === 'status')?.after;
	if (typeof status === 'string' && document.status !== undefined && document.status !== status) {
		differences.push(['status', status.toLowerCase(), document.status.toLowerCase()]);
	}
	return differences.flatMap(([field, planned, given]) =>
		issueOf(
			LATE_RULES.answerDiffers,
			{
				field,
				message: `${document.number ?? `The ${definition.label.toLowerCase()}`} has ${field} ${given} in Xero; planned was ${planned}.`,
				fix: 'Look at the document in Xero before it is sent to anybody.',
			},
			severities,
		),
	);
}
