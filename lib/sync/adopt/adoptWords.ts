import type { Issue } from '../../issue';
import { moneyText } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { contactLabel } from '../find/contactIndex';
import { documentLabel } from '../find/documentIndex';
import { statusName } from '../status/statusName';
import type { Decision } from './decide';
import type { ClaimingRecord } from './findClaims';
import { differingTotal, type Candidate } from './signs';

/** Candidates that a person can take in; of more, the first are told. */
const MOST_NAMED = 10;

function labelOf(definition: DocumentDefinition, document: XeroDocument): string {
	return definition.isContact ? contactLabel(document) : documentLabel(definition, document);
}

function inWords(definition: DocumentDefinition, { document, reasons }: Candidate): string {
	const label = labelOf(definition, document);
	return reasons.length === 0 ? label : `${label} (${reasons.join(', ')})`;
}

function candidateList(
	definition: DocumentDefinition,
	candidates: readonly Candidate[],
	shortCode: string | undefined,
): Pick<Issue, 'candidates'> {
	return {
		candidates: candidates.slice(0, MOST_NAMED).map((each) => ({
			id: each.document.id,
			label: inWords(definition, each),
			url: definition.link(each.document.id, shortCode),
		})),
	};
}

/** Why a key was enough, for people. */
export function keyReasons(
	definition: DocumentDefinition,
	draft: Draft,
	by: string,
	document: XeroDocument,
): string[] {
	if (by === 'id') return ['the Xero ID kept in Knack was merged into it'];
	if (by === 'similarName') return [`the name is written nearly as "${contactLabel(document)}"`];
	const label = definition.fields.find(({ path }) => path === by)?.label ?? by;
	const value = textOf(document.fields[by]) ?? textOf(draft.fields[by]);
	return [`same ${label} "${value ?? ''}"`, ...(definition.hasContact ? ['same contact'] : [])];
}

export function totalIssues(
	definition: DocumentDefinition,
	{ facts }: ClaimingRecord,
	document: XeroDocument,
	severities: RuleSeverities,
): Issue[] {
	const differing = facts && differingTotal(facts, document);
	if (differing === undefined || !document.amounts) return [];
	const { total, currency } = document.amounts;
	return issueOf(
		LATE_RULES.adoptTotalDiffers,
		{
			field: 'total',
			message: `${labelOf(definition, document)}: Xero has ${moneyText(total, currency)}, the record comes to ${differing}.`,
			fix: 'Look which one is right. Create or Update brings Xero to what the record says, where Xero still allows it.',
		},
		severities,
	);
}

export function goneIssues(
	definition: DocumentDefinition,
	candidate: Candidate,
	severities: RuleSeverities,
	shortCode: string | undefined,
): Issue[] {
	const { status } = candidate.document;
	return issueOf(
		LATE_RULES.documentGone,
		{
			message: `What seems to be the record's ${definition.label.toLowerCase()}, ${inWords(definition, candidate)}, was ${statusName(definition, status ?? '').toLowerCase()} in Xero.`,
			fix: 'If it shall be posted again, do so with Create or Update; if not, leave the record out with "Only Some Records".',
		},
		severities,
		candidateList(definition, [candidate], shortCode),
	);
}

export function claimedIssues(
	definition: DocumentDefinition,
	{ candidate, others }: Extract<Decision, { kind: 'claimed' }>,
	severities: RuleSeverities,
	shortCode: string | undefined,
): Issue[] {
	const label = inWords(definition, candidate);
	const [message, fix] =
		others === 'ofRun'
			? [
					`Another record of this run claims ${label} as well; neither is linked to it.`,
					'Keep the Xero ID on the record that it belongs to, and on no other, and run Adopt again.',
				]
			: [
					`${label} is linked to another Knack record already.`,
					'Look at both records. If it belongs to the other, give this one a number, reference or code of its own; if to this one, move the Xero ID here.',
				];
	return issueOf(
		LATE_RULES.adoptClaimed,
		{ message, fix },
		severities,
		candidateList(definition, [candidate], shortCode),
	);
}

export function uncertainIssues(
	definition: DocumentDefinition,
	{ candidates, isAmbiguous }: Extract<Decision, { kind: 'uncertain' }>,
	severities: RuleSeverities,
	shortCode: string | undefined,
): Issue[] {
	const told = candidates
		.slice(0, MOST_NAMED)
		.map((each) => inWords(definition, each))
		.join('; ');
	const [rule, message] = isAmbiguous
		? [
				LATE_RULES.documentAmbiguous,
				`More than one of the ${definition.plural} in Xero could be the record's: ${told}.`,
			]
		: [
				LATE_RULES.adoptUncertain,
				`This could be the record's, but not enough speaks for it: ${told}.`,
			];
	return issueOf(
		rule,
		{
			message,
			fix: 'Keep the Xero ID of the right one on the Knack record. If none is, post the record with Create or Update.',
		},
		severities,
		candidateList(definition, candidates, shortCode),
	);
}
