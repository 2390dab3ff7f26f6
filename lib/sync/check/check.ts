import type { Issue, Severity } from '../../issue';
import type { Draft } from '../draft';
import { PlacedValues } from './draftValues';
import type { CheckInput, Finding, LateRule, LineRule, Rule, RuleContext } from './rule';
import { accountLineRules, accountRules } from './rules/accountRules';
import { countryRules } from './rules/countryRules';
import { formatRules } from './rules/formatRules';
import { identityRules } from './rules/identityRules';
import { lineRules } from './rules/lineRules';
import { organisationRules } from './rules/organisationRules';
import { paymentRules } from './rules/paymentRules';
import { requiredRules } from './rules/requiredRules';
import { stopRules } from './rules/stopRules';
import { textRules } from './rules/textRules';
import { trackingRules } from './rules/trackingRules';

/** Every rule that needs only the draft and the organisation's settings, in the order of looking. */
const DRAFT_RULES: readonly Rule[] = [
	...identityRules,
	...stopRules,
	...requiredRules,
	...formatRules,
	...textRules,
	...accountRules,
	...trackingRules,
	...organisationRules,
	...countryRules,
	...paymentRules,
];

/** Rules about lines as they will be sent: what Xero has of a line is known by then. */
export const LINE_RULES: readonly LineRule[] = [...lineRules, ...accountLineRules];

export const RULES: ReadonlyArray<Rule | LineRule> = [...DRAFT_RULES, ...LINE_RULES];

export type RuleSeverities = Readonly<Record<string, Severity | 'off'>>;

const WEIGHT: Readonly<Record<Severity | 'off', number>> = { off: 0, warn: 1, hold: 2, block: 3 };

/** The severity of a rule's findings, the user's choice honoured where that is safe. */
function severityOf(
	rule: Pick<Rule, 'code' | 'severity' | 'canBeLowered'>,
	chosen: RuleSeverities,
): Severity | 'off' {
	const wish = chosen[rule.code];
	if (wish === undefined) return rule.severity;
	return rule.canBeLowered || WEIGHT[wish] >= WEIGHT[rule.severity] ? wish : rule.severity;
}

export function issueOf(
	rule: Pick<LateRule, 'code' | 'severity' | 'canBeLowered'>,
	finding: Finding,
	chosen: RuleSeverities,
	more: Pick<Issue, 'candidates' | 'vendorMessage'> = {},
): Issue[] {
	const severity = severityOf(rule, chosen);
	return severity === 'off' ? [] : [{ code: rule.code, severity, ...finding, ...more }];
}

/** Looks at a draft before anything is read or written for it. The draft comes back with its issues. */
export function checkDraft(input: CheckInput, chosen: RuleSeverities): Draft {
	const context: RuleContext = {
		placed: new PlacedValues(input.definition, input.draft),
		...input,
	};
	const found: Issue[] = [];
	for (const rule of DRAFT_RULES) {
		for (const finding of rule.find(context)) found.push(...issueOf(rule, finding, chosen));
	}
	return found.length === 0
		? context.draft
		: { ...context.draft, issues: [...context.draft.issues, ...found] };
}

/** Whether an issue keeps the record from being written. */
export function isStopping(issue: Issue): boolean {
	return issue.severity !== 'warn';
}
