import type { Issue } from '../issue';
import type { DocumentDefinition, XeroDocument } from '../xero/documents/definition';
import { isStopping, issueOf, type RuleSeverities } from './check/check';
import { LATE_RULES } from './check/rules/lateRules';
import type { FieldChange, OutcomeKind } from './outcome';
import type { Settled } from './outcomes';
import { carriesContact, operationsOf } from './plan/operations';
import type { Plan } from './plan/plan';
import { checkLinkKept } from './plan/linkAnswered';
import { contactIdOf, type Row, type Sent } from './row';
import { asDraft, notSent } from './words/notSent';
import { issuesOfXero } from './words/xeroWords';
import { compareAnswer } from './write/compareAnswer';

/** What settling needs of its run. */
export interface Settling {
	readonly definition: DocumentDefinition;
	readonly severities: RuleSeverities;
}

/** What a preview says of a row. */
export function previewRow({ definition }: Settling, row: Row): Settled {
	const { plan } = row;
	if (!plan) return lost(row);
	const operations = operationsOf(definition, row);
	const contact = contactChanges(row);
	const withContact = (changes: readonly FieldChange[]) =>
		contact.length === 0 ? changes : [...contact, ...changes];
	const { issues } = plan;
	switch (plan.action) {
		case 'create':
			return {
				outcome: 'wouldCreate',
				plan,
				predicted: plan.amounts,
				changes: withContact(plan.changes),
				issues,
				operations,
			};
		case 'update':
			return {
				outcome: issues.some(isStopping) ? 'held' : 'wouldUpdate',
				plan,
				isUnsent: true,
				document: plan.amounts ? { ...plan.document, amounts: plan.amounts } : plan.document,
				by: plan.by,
				changes: withContact(plan.changes),
				issues,
				operations,
			};
		case 'correct':
			return {
				outcome: 'wouldUpdate',
				plan,
				document: plan.amounts ? { ...plan.document, amounts: plan.amounts } : plan.document,
				by: plan.by,
				changes: withContact(plan.changes),
				issues,
				operations,
			};
		default: {
			const settled = unwritten(plan);
			return contact.length === 0
				? { operations, ...settled }
				: { ...settled, outcome: 'wouldUpdate', changes: contact, operations };
		}
	}
}

/** Changes of the contact that the row carries. */
function contactChanges(row: Row): FieldChange[] {
	const plan = row.contact?.plan;
	if (plan?.action !== 'update' || !carriesContact(row)) return [];
	return plan.changes.map((change) => ({ ...change, field: `contact.${change.field}` }));
}

/** Outcomes that need no answer of Xero's. */
function unwritten(plan: Plan): Settled {
	const { issues } = plan;
	if (plan.action === 'keep') {
		const { document, by } = plan;
		const isHeld = issues.some(isStopping);
		return { outcome: isHeld ? 'held' : 'unchanged', plan, document, by, issues };
	}
	if (plan.action === 'skip') return { outcome: 'skipped', plan, issues };
	const isBlocked = issues.some((issue) => issue.severity === 'block');
	return { outcome: isBlocked ? 'blocked' : 'held', plan, issues };
}

/** A row that came to no plan is a fault of this package: its record is told so, the others go on. */
function lost({ draft }: Row): Settled {
	const issues: Issue[] = [
		{
			code: LATE_RULES.internal.code,
			severity: 'block',
			message:
				'The record was not planned, which is a fault of this package. Nothing was sent for it.',
			fix: 'Run the record again, and report this with the execution.',
		},
	];
	const plan: Plan = { action: 'stop', draft, key: '', contentHash: '', issues };
	return { outcome: 'failed', plan, issues };
}

/** What became of a row in a run. */
export function settleRow(settling: Settling, row: Row): Settled {
	const { plan, contact } = row;
	if (!plan) return lost(row);
	const operations = operationsOf(settling.definition, row);
	const settled = settledOf(settling, plan, row);
	const changes = contactChanges(row);
	if (changes.length === 0) return { ...settled, operations };
	if (contact?.sent?.kind !== 'done') return settled;
	return {
		...settled,
		operations,
		outcome: settled.outcome === 'unchanged' ? 'updated' : settled.outcome,
		changes: [...changes, ...(settled.changes ?? [])],
	};
}

function settledOf({ definition, severities }: Settling, plan: Plan, row: Row): Settled {
	const { sent } = row;
	if (!sent) return unwritten(plan);
	const failed = (outcome: OutcomeKind, issues: readonly Issue[]): Settled => ({
		outcome,
		plan,
		...(plan.action === 'update' || plan.action === 'correct'
			? { document: plan.document, by: plan.by }
			: {}),
		issues: [...plan.issues, ...issues],
	});
	switch (sent.kind) {
		case 'done':
			return doneOf({ definition, severities }, plan, sent, contactIdOf(row));
		case 'stop':
			return unwritten(sent.plan);
		case 'rejected': {
			const issues = issuesOfXero(sent.messages, undefined, { definition, draft: plan.draft });
			return withDraft(failed('blocked', issues), sent.draft);
		}
		case 'unchecked':
			return failed(
				'failed',
				issueOf(
					LATE_RULES.noAnswer,
					{
						message: `It was posted, but Xero could not be asked whether another run has posted it at the same moment. ${sent.fault.message}`,
						fix: 'Run the record again: a second one is found and taken back then.',
					},
					severities,
				),
			);
		case 'unknown': {
			const message = sent.draft
				? `${asDraft(sent.draft, 'at least')}. Xero did not answer, and could not be asked whether it is approved. ${sent.reason}`
				: `Xero did not answer, and could not be asked whether the record arrived. ${sent.reason}`;
			const fix = 'Run the record again: it is looked up first, so it cannot be posted twice.';
			const issues = issueOf(LATE_RULES.noAnswer, { message, fix }, severities);
			return withDraft(failed('failed', issues), sent.draft);
		}
		case 'stopped': {
			const { outcome, issues } = notSent(sent.fault, severities, sent.draft);
			return withDraft(failed(outcome, issues), sent.draft);
		}
	}
}

/** With the draft that was created before what was to follow failed. */
function withDraft(settled: Settled, draft: XeroDocument | undefined): Settled {
	return draft ? { ...settled, document: draft } : settled;
}

function doneOf(
	{ definition, severities }: Settling,
	plan: Plan,
	sent: Extract<Sent, { kind: 'done' }>,
	contactId: string | undefined,
): Settled {
	const { plan: carried, document } = sent;
	const wrote =
		carried.action === 'create' || carried.action === 'update' || carried.action === 'correct';
	const issues = wrote
		? [
				...compareAnswer({ definition, plan: carried, contactId, document }, severities),
				...(carried.action === 'correct' ? [] : checkLinkKept(carried, document, severities)),
			]
		: carried.issues;
	const warnings = sent.warnings.length === 0 ? [] : issuesOfXero(sent.warnings, 'warn');
	return {
		// What both have changed is held, though the rest has gone over.
		outcome: carried.issues.some(isStopping) ? 'held' : sent.did,
		plan: { ...plan, issues: carried.issues },
		document,
		by: sent.by,
		requestKey: sent.requestKey,
		changes: wrote ? carried.changes : [],
		issues: [...issues, ...warnings],
	};
}
