import { CODES_BY_STAGE } from '../lib/issueCodes';
import type { Judgement } from '../lib/issueCodes/judgement';

type IssueStage = keyof typeof CODES_BY_STAGE;

const STAGES: Readonly<Record<IssueStage, string>> = {
	map: 'Found while an item is read',
	draft: 'From the record and the organisation’s settings alone',
	batch: 'Found while the records of a run are compared with each other',
	match: 'Found while the record is matched with what Xero has',
	plan: 'Found while the change is planned',
	write: 'Found when Xero answers',
	unusual: 'Unusual Records: held against what was posted, where that option is set',
	guard: 'Guards: what may go over, where that is limited',
	approval: 'Only What Was Approved, and Approve: what a person has agreed to',
	undo: 'Undo: why something of a run stays as it is',
	words: 'What Xero says when it refuses',
	payment: 'Payment Status to Knack: invoices, their records and their payments',
	knack: 'Found while Knack is read or written',
	apiCall: 'Of API calls that a person writes',
	service: 'When a whole service is out of reach, for each record that waits for it',
};

const SEVERITIES = [
	'| severity | what happens to the record |',
	'|---|---|',
	'| `block` | It is not written. Something has to be mended first. |',
	'| `hold` | It is not written. A person has to decide first. |',
	'| `warn` | It is written, and the finding is listed with the outcome. |',
];

/** The text of `docs/rules.md`: every code that an issue can have. */
export function rulesPage(): string {
	const stages = Object.entries<Readonly<Record<string, Judgement>>>(CODES_BY_STAGE);
	const count = stages.reduce((sum, [, codes]) => sum + Object.keys(codes).length, 0);
	const sections = [
		'# What is looked at, and what can be found',
		'Made from the registry in `lib/issueCodes/` by `node scripts/rulesDoc.mjs`; a test keeps it so.',
		`There are ${count} codes. A code does not change, so a workflow can branch on it: \`{{ $json.issues[0].code }}\`.`,
		SEVERITIES.join('\n'),
		'Where writing back to Knack fails, the document itself is as it should be: a code of Knack’s is then a `warn`, whatever is listed here.',
		'What is marked *yes* in the last column may be set to a lower severity, or be switched off. The other rules can only be made stricter: they keep a ledger safe, or Xero would refuse the record anyway. What a service says cannot be set.',
		...stages.flatMap(([stage, codes]) => [`## ${STAGES[stage as IssueStage]}`, table(codes)]),
		'Xero’s and Knack’s own words, when they refuse, are kept in `issues[].vendorMessage`. Where they mean one of these codes they carry it; else the code is `XERO_REFUSED` or `KNACK_REFUSED`.',
	];
	return `${sections.join('\n\n')}\n`;
}

function table(codes: Readonly<Record<string, Judgement>>): string {
	const rows = Object.entries(codes).map(
		([code, { severity, title, canBeLowered }]) =>
			`| \`${code}\` | ${severity} | ${title} | ${canBeLowered ? 'yes' : 'no'} |`,
	);
	return [
		'| code | severity | what must hold | may be lowered |',
		'|---|---|---|---|',
		...rows,
	].join('\n');
}
