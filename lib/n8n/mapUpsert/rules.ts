import { RULES } from '../../sync/check/check';
import { LATE_RULES } from '../../sync/check/rules/lateRules';
import { UNUSUAL_RULES } from '../../sync/check/rules/unusualRules';
import { FIELD_GONE } from '../../sync/map/goneNames';

const ALL_RULES = [
	...RULES,
	...Object.values(LATE_RULES),
	...Object.values(UNUSUAL_RULES),
	FIELD_GONE,
];

export const RULE_CODES: ReadonlySet<string> = new Set(ALL_RULES.map(({ code }) => code));

/** Rules that a user may judge otherwise, by what they look at. */
export const RULE_CHOICES = ALL_RULES.filter(
	(rule) => rule.canBeLowered || rule.severity !== 'block',
)
	.map((rule) => ({
		name: rule.title,
		value: rule.code,
		description: `${rule.code}; unless told otherwise: ${rule.severity}`,
	}))
	.sort((a, b) => (a.name < b.name ? -1 : 1));
