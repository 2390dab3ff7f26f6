import { RULES } from '../lib/sync/check/check';
import type { LateRule, Rule } from '../lib/sync/check/rule';
import { LATE_RULES } from '../lib/sync/check/rules/lateRules';

const STAGES: Readonly<Record<LateRule['stage'], string>> = {
	batch: 'while the records of a run are compared with each other',
	match: 'while the record is matched with what Xero has',
	plan: 'while the change is planned',
	write: 'when Xero answers',
};

const SEVERITIES = [
	'| severity | what happens to the record |',
	'|---|---|',
	'| `block` | It is not written. Something has to be mended first. |',
	'| `hold` | It is not written. A person has to decide first. |',
	'| `warn` | It is written, and the finding is listed with the outcome. |',
];

/** The text of `docs/rules.md`, made of the rules themselves. */
export function rulesPage(): string {
	const late = Object.values(LATE_RULES);
	const stages = [...new Set(late.map((rule) => rule.stage))];
	const sections = [
		'# What is looked at before anything is written',
		'Made from the rules in `lib/sync/check/` by `node scripts/rulesDoc.mjs`; a test keeps it so.',
		`There are ${RULES.length + late.length} rules. Each has a code that does not change, so a workflow can branch on it: \`{{ $json.issues[0].code }}\`.`,
		SEVERITIES.join('\n'),
		'A rule marked *yes* in the last column may be set to a lower severity, or be switched off. The others can only be made stricter: they keep a ledger safe, or Xero would refuse the record anyway.',
		'## From the record and the organisation’s settings alone',
		table(RULES),
		...stages.flatMap((stage) => [
			`## Found ${STAGES[stage]}`,
			table(late.filter((rule) => rule.stage === stage)),
		]),
		'Xero’s own words, when it refuses, are kept in `issues[].vendorMessage`. Where they mean one of these rules they carry its code; else the code is `XERO_REFUSED`.',
	];
	return `${sections.join('\n\n')}\n`;
}

function table(rules: ReadonlyArray<Pick<Rule, 'code' | 'severity' | 'title' | 'canBeLowered'>>) {
	const rows = rules.map(
		({ code, severity, title, canBeLowered }) =>
			`| \`${code}\` | ${severity} | ${title} | ${canBeLowered ? 'yes' : 'no'} |`,
	);
	return [
		'| code | severity | what must hold | may be lowered |',
		'|---|---|---|---|',
		...rows,
	].join('\n');
}
