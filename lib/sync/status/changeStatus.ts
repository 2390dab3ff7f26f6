import { instantText } from '../../dates';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { MOST_ELEMENTS } from '../../xero/requestSize';
import { isStopping, issueOf } from '../check/check';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { foreseenWith } from '../credit/settledWith';
import { useCredit, type CreditTaker } from '../credit/useCredit';
import type { Draft } from '../draft';
import type { OutcomeKind } from '../outcome';
import { outcomeOf, type OutcomeFacts, type Settled } from '../outcomes';
import { DEFAULT_OPTIONS, type UpsertContext, type UpsertOptions } from '../upsertContext';
import type { UpsertReport } from '../upsert';
import { notSent } from '../words/notSent';
import { issuesOfXero } from '../words/xeroWords';
import { basisOf } from '../write/identity';
import { writeElements, type WriteItem, type WriteResult } from '../write/writeElements';

import { findForStatus } from './findForStatus';
import { holdHalfCorrected } from './halfCorrected';
import { planStatus, type StatusPlan } from './planStatus';
import { statusName } from './statusName';
import { withCredit } from './statusCredit';
import { findLeaving } from './statusOrders';
import { tellReversals } from './statusReversals';

type Move = Extract<StatusPlan, { action: 'update' }>;

/**
 * Shows which documents would be moved to a status, and why others would not. Reads only. The wish
 * is a status of Xero's, or REMOVED; a draft that carries a status of its own means that one.
 * Throws ServiceFaultError when Xero cannot be read.
 */
export async function previewStatusChange(
	context: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	wish: string,
	options: UpsertOptions = DEFAULT_OPTIONS,
): Promise<UpsertReport> {
	const planned = await planAll(context, definition, drafts, wish, options);
	const { plans, credits } = await withCredit(context, definition, planned, options);
	const leaving = await findLeaving(context, definition, plans, options.ruleSeverities);
	const facts = factsOf(context, definition);
	const moves = plans.filter(isMove).length;
	const perCall = definition.wire.singly ? 1 : MOST_ELEMENTS;
	let uses = 0;
	const outcomes = plans.map((plan) => {
		const own = isMove(plan)
			? moved(definition, plan, 'wouldUpdate', plan.document)
			: unmoved(plan);
		const settled = leaving.foresee(plan, own);
		const credit = credits.get(plan);
		uses += credit?.uses.length ?? 0;
		return outcomeOf(credit ? foreseenWith(settled, credit) : settled, facts);
	});
	return { outcomes, expectedCalls: Math.ceil(moves / perCall) + leaving.calls + uses };
}

/**
 * Moves documents to a status: approves, submits, voids, deletes, archives, closes and so on. One
 * outcome per draft. What is there already is left alone. Throws ServiceFaultError only as long as
 * nothing has been written.
 */
export async function changeStatus(
	context: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	wish: string,
	options: UpsertOptions = DEFAULT_OPTIONS,
): Promise<UpsertReport> {
	const planned = await planAll(context, definition, drafts, wish, options);
	const { plans, credits } = await withCredit(context, definition, planned, options);
	const leaving = await findLeaving(context, definition, plans, options.ruleSeverities);
	const items = new Map(
		plans
			.filter(isMove)
			.map((plan): [Move, MoveItem] => [
				plan,
				{ plan, element: plan.element(), singly: plan.singly, basis: basisOf(plan.document) },
			]),
	);
	const isAnythingDue = items.size > 0 || credits.size > 0 || leaving.calls > 0;
	if (isAnythingDue) await context.beforeWriting?.();
	const results = await writeElements(
		{
			client: context.client,
			definition,
			method: 'POST',
			readBack: async (lost) => await arrived(context, definition, lost),
		},
		[...items.values()],
	);
	const stopped = [...results.values()].find((result) => result.kind === 'stopped');
	const settled = new Map<StatusPlan, Settled>();
	for (const plan of plans) {
		const item = isMove(plan) ? items.get(plan) : undefined;
		const own = item ? settle(definition, item.plan, results.get(item), options) : unmoved(plan);
		settled.set(plan, await leaving.carryOut(plan, own));
	}
	const takers = new Map(
		[...credits].flatMap(([plan, credit]): Array<[StatusPlan, CreditTaker]> => {
			const own = settled.get(plan);
			return own ? [[plan, { settled: own, credit }]] : [];
		}),
	);
	const paid = await useCredit(context, definition, takers, options.ruleSeverities);
	const facts = factsOf(context, definition);
	return {
		outcomes: plans.map((plan) =>
			outcomeOf(paid.get(plan) ?? settled.get(plan) ?? unmoved(plan), facts),
		),
		expectedCalls: 0,
		...(stopped?.kind === 'stopped' ? { stopped: stopped.fault } : {}),
	};
}

interface MoveItem extends WriteItem {
	readonly plan: Move;
}

async function planAll(
	context: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	wish: string,
	options: UpsertOptions,
): Promise<readonly StatusPlan[]> {
	const rows = await findForStatus(context, definition, drafts, options);
	const each = rows.map((row) => planStatus(definition, row, wish, context.settings, options));
	const whole = await holdHalfCorrected(context, definition, each, options);
	const plans = oneWayEach(whole, options);
	const guarded = await context.guard?.guardMoves(context, definition, plans, options);
	return await tellReversals(context, definition, guarded ?? plans);
}

/** Plans of which none moves what another moves, or leaves what another moves, to another status. */
function oneWayEach(
	plans: readonly StatusPlan[],
	{ ruleSeverities }: UpsertOptions,
): readonly StatusPlan[] {
	const taken = new Map<string, string | undefined>();
	return plans.map((plan): StatusPlan => {
		if (plan.action !== 'update' && plan.action !== 'keep') return plan;
		const { draft, key, contentHash, document, by } = plan;
		const to = plan.action === 'update' ? plan.to : document.status;
		if (!taken.has(document.id)) {
			taken.set(document.id, to);
			return plan;
		}
		const base = { draft, key, contentHash };
		// The same record again: the first one moves the document.
		if (taken.get(document.id) === to) {
			return { ...base, issues: plan.issues, action: 'keep', document, by, surplus: [] };
		}
		const issues = issueOf(
			LATE_RULES.duplicateInBatch,
			{
				field: 'status',
				message: `Two records of this run want ${document.number ?? 'the document'} in different statuses.`,
				fix: 'Correct the status of one of the records in Knack.',
			},
			ruleSeverities,
		);
		return { ...base, issues: [...plan.issues, ...issues], action: 'stop' };
	});
}

/** Which of the documents are in the wanted status, although no answer said so. */
async function arrived(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	lost: readonly MoveItem[],
): Promise<ReadonlyMap<MoveItem, XeroDocument>> {
	const parent = definition.wire.parentPath;
	const present = await findDocuments(client, definition, {
		ids: lost.map(({ plan }) => plan.document.id),
		values: {},
		parentIds:
			parent === undefined
				? []
				: lost.map(({ plan }) => String(plan.document.fields[parent] ?? '')),
	});
	return new Map(
		lost.flatMap((item): Array<[MoveItem, XeroDocument]> => {
			const { document, to } = item.plan;
			const now = present.find(({ id }) => id === document.id);
			if (!now && item.singly?.removed) return [[item, { ...document, status: to }]];
			return now?.status === to ? [[item, now]] : [];
		}),
	);
}

function isMove(plan: StatusPlan): plan is Move {
	return plan.action === 'update';
}

function factsOf({ client, settings, clock }: UpsertContext, definition: DocumentDefinition) {
	const calls = client.calls();
	const facts: OutcomeFacts = {
		definition,
		shortCode: settings.organisation.shortCode,
		settings,
		calls: calls.reads + calls.writes,
		at: instantText(clock.now()),
	};
	return facts;
}

function moved(
	definition: DocumentDefinition,
	plan: Move,
	outcome: 'wouldUpdate' | 'updated',
	document: XeroDocument,
): Settled {
	const { by, changes, issues } = plan;
	return {
		outcome,
		plan,
		document,
		by,
		changes,
		issues,
		operations: moveInWords(definition, plan),
	};
}

/** The move in words, the same in a preview and in a run. */
export function moveInWords(
	definition: DocumentDefinition,
	{ document, to }: Pick<Move, 'document' | 'to'>,
): string[] {
	const name = definition.label.toLowerCase();
	const known = document.number ?? textOf(document.fields.name);
	const [before, after] = [document.status ?? '', to].map((each) => statusName(definition, each));
	return [`Change ${name}${known === undefined ? '' : ` ${known}`}: ${before} to ${after}`];
}

function unmoved(plan: StatusPlan): Settled {
	const { issues } = plan;
	if (plan.action === 'keep') {
		return { outcome: 'unchanged', plan, document: plan.document, by: plan.by, issues };
	}
	if (plan.action === 'skip') return { outcome: 'skipped', plan, issues };
	const isBlocked = issues.filter(isStopping).some(({ severity }) => severity === 'block');
	return { outcome: isBlocked ? 'blocked' : 'held', plan, issues };
}

function settle(
	definition: DocumentDefinition,
	plan: Move,
	result: WriteResult | undefined,
	{ ruleSeverities }: UpsertOptions,
): Settled {
	const { document } = plan;
	const failed = (outcome: OutcomeKind, issues: Settled['issues']): Settled => ({
		outcome,
		plan,
		document,
		by: plan.by,
		issues: [...plan.issues, ...issues],
		operations: moveInWords(definition, plan),
	});
	switch (result?.kind) {
		case 'written':
			return moved(definition, plan, 'updated', definition.read(result.element));
		case 'readBack':
			return moved(definition, plan, 'updated', result.document);
		case 'rejected':
			return failed(
				'blocked',
				issuesOfXero(result.messages, undefined, { definition, draft: plan.draft }),
			);
		case 'stopped': {
			const { outcome, issues } = notSent(result.fault, ruleSeverities);
			return failed(outcome, issues);
		}
		default: {
			const reason = result?.reason ?? '';
			return failed(
				'failed',
				issueOf(
					LATE_RULES.noAnswer,
					{
						message: `Xero did not answer, and could not be asked what became of the status. ${reason}`,
						fix: 'Run the record again: the document is looked up first.',
					},
					ruleSeverities,
				),
			);
		}
	}
}
