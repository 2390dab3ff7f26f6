import type { Severity } from '../../issue';
import { RULES } from './check';
import { LATE_RULES } from './rules/lateRules';

/** A rule as a form offers it, to be taken more or less strictly. */
export interface RuleChoice {
	readonly code: string;
	/** What must hold, as a sentence without a full stop. */
	readonly name: string;
	readonly description: string;
	readonly severity: Severity;
	/** What the rule can be set to, the usual one among them. */
	readonly severities: ReadonlyArray<Severity | 'off'>;
}

/** What becomes of a record, in the words of the form. */
export const SEVERITY_CHOICES: ReadonlyArray<{
	readonly value: Severity | 'off';
	readonly name: string;
	readonly description: string;
}> = [
	{
		value: 'block',
		name: 'Block',
		description: 'Do not send the record until it is mended',
	},
	{
		value: 'hold',
		name: 'Hold',
		description: 'Do not send the record until a person has decided',
	},
	{
		value: 'warn',
		name: 'Warn',
		description: 'Send the record and say what to look at',
	},
	{
		value: 'off',
		name: 'Switch Off',
		description: 'Do not look, where that is safe',
	},
];

const STRICTER: Readonly<Record<Severity, readonly Severity[]>> = {
	warn: ['warn', 'hold', 'block'],
	hold: ['hold', 'block'],
	block: ['block'],
};

/** Rules that can be set to anything else than they are, in the order of their names. */
export const RULE_CHOICES: readonly RuleChoice[] = [...RULES, ...Object.values(LATE_RULES)]
	.map(({ code, title, severity, canBeLowered }): RuleChoice => {
		const severities: ReadonlyArray<Severity | 'off'> = canBeLowered
			? ['off', 'warn', 'hold', 'block']
			: STRICTER[severity];
		const limits = canBeLowered ? '' : '; can only be made stricter';
		return {
			code,
			name: title,
			description: `${code}; unless told otherwise: ${severity}${limits}`,
			severity,
			severities,
		};
	})
	.filter(({ severities }) => severities.length > 1)
	.sort((a, b) => (a.name < b.name ? -1 : 1));
