import { instantText } from '../../dates';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { Draft } from '../draft';
import type { LinkedRecords } from '../find/keptByOthers';
import { outcomeOf, type OutcomeFacts, type Settled } from '../outcomes';
import { agreedFingerprint } from '../plan/agreement';
import { draftHash, draftKey, type Plan } from '../plan/plan';
import { DEFAULT_OPTIONS, type UpsertContext, type UpsertOptions } from '../upsertContext';
import type { UpsertReport } from '../upsert';
import { claimedIssues, goneIssues, keyReasons, totalIssues, uncertainIssues } from './adoptWords';
import { decideClaims, type Decision } from './decide';
import { findClaims, type ClaimingRecord } from './findClaims';

export interface AdoptOptions extends UpsertOptions {
	readonly isPreview: boolean;
	/** Which records are linked already; absent where Knack keeps no ids. */
	readonly linkedRecords?: LinkedRecords;
}

const NOT_IN_XERO = 'it is not in Xero yet; Create or Update can post it.';

/**
 * Finds for each record the document that somebody has put into Xero already, and says which one
 * may be linked for sure, why, and what keeps the others from it. Writes nothing to Xero, ever. One
 * outcome per draft. Throws ServiceFaultError when Xero or Knack cannot be read.
 */
export async function adoptDocuments(
	context: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	options: AdoptOptions = { ...DEFAULT_OPTIONS, isPreview: false },
): Promise<UpsertReport> {
	const claims = await findClaims(context, definition, drafts, options.ruleSeverities);
	const linked = await options.linkedRecords?.(linkable(claims));
	const isGone = (document: XeroDocument) =>
		definition.lifecycle.gone.includes(document.status ?? '');
	const decisions = decideClaims(claims, {
		isGone,
		isLinkedElsewhere: (id, claimant) =>
			(linked?.get(id.toLowerCase()) ?? []).some((recordId) => recordId !== claimant),
	});
	const calls = context.client.calls();
	const facts: OutcomeFacts = {
		definition,
		shortCode: context.settings.organisation.shortCode,
		settings: context.settings,
		calls: calls.reads + calls.writes,
		at: instantText(context.clock.now()),
	};
	context.onProgress?.(drafts.length, drafts.length);
	const outcomes = claims.map((claim, position) =>
		outcomeOf(settle(definition, claim, decisions[position], options, facts.shortCode), facts),
	);
	return { outcomes, expectedCalls: 0 };
}

/** Documents of which it matters whether a record is linked to them. */
function linkable(claims: readonly ClaimingRecord[]): string[] {
	const ids = claims.flatMap(({ match, isKept, candidates }) =>
		match?.kind === 'matched' && !isKept
			? [match.document.id]
			: candidates.map(({ document }) => document.id),
	);
	return [...new Set(ids)];
}

function settle(
	definition: DocumentDefinition,
	claim: ClaimingRecord,
	decision: Decision | undefined,
	{ isPreview, ruleSeverities }: AdoptOptions,
	shortCode: string | undefined,
): Settled {
	const { draft, match } = claim;
	const base = { draft, key: draftKey(definition, draft), contentHash: draftHash(draft) };
	const stop = (issues: Plan['issues']): Settled => {
		const plan: Plan = { ...base, action: 'stop', issues: [...draft.issues, ...issues] };
		const isBlocked = plan.issues.some(({ severity }) => severity === 'block');
		return { outcome: isBlocked ? 'blocked' : 'held', plan, issues: plan.issues };
	};
	if (draft.skipReason !== undefined) {
		const plan: Plan = { ...base, action: 'skip', issues: draft.issues };
		return { outcome: 'skipped', plan, issues: draft.issues };
	}
	if (!match || !decision) return stop([]);
	switch (decision.kind) {
		case 'kept':
		case 'link': {
			const { document } = decision;
			const by = decision.kind === 'kept' ? 'id' : (decision.by ?? 'signs');
			const issues = [
				...draft.issues,
				...decision.issues,
				...totalIssues(definition, claim, document, ruleSeverities),
			];
			const fingerprint = agreedFingerprint(definition, draft, document);
			const kept = { document, by, surplus: [], issues, fingerprint };
			const plan: Plan = { ...base, action: 'keep', ...kept };
			if (decision.kind === 'kept') return { outcome: 'unchanged', plan, document, by, issues };
			const outcome = isPreview ? 'wouldLink' : 'linked';
			const reasons =
				decision.by === undefined ? decision.reasons : keyReasons(definition, draft, by, document);
			return { outcome, plan, document, by, reasons, issues };
		}
		case 'missing': {
			const skipped = { ...draft, skipReason: NOT_IN_XERO };
			const plan: Plan = { ...base, draft: skipped, action: 'skip', issues: draft.issues };
			return { outcome: 'skipped', plan, issues: draft.issues, reason: 'notInXero' };
		}
		case 'stopped':
			return stop(decision.issues);
		case 'gone':
			return stop(goneIssues(definition, decision.candidate, ruleSeverities, shortCode));
		case 'claimed':
			return stop(claimedIssues(definition, decision, ruleSeverities, shortCode));
		case 'uncertain':
			return stop(uncertainIssues(definition, decision, ruleSeverities, shortCode));
	}
}
