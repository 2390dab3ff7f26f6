import { faultOr } from '../../serviceFault';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { closedPeriods } from '../plan/closedPeriods';
import { makeReversal } from '../reversal/makeReversal';
import { changeStatus } from '../status/changeStatus';
import { upsertDocuments } from '../upsert';
import type { UpsertContext } from '../upsertContext';
import { creditBack } from './carryOutCredits';
import { operationsOf } from './inWords';
import { leaveOrders } from './leftBehind';
import { innerOptions, type UndoOptions } from './plan';
import { deleteOne } from './removing';
import { statusDraft, unwritten } from './statusDraft';
import type { Step } from './step';
import type { Undone } from './undone';
import type { Undoing } from './way';

/**
 * Carries the plans of one type out. Each step looks first at what is there, so that a run that died
 * anywhere is gone on with by the next. Never throws for what Xero answers to a write; throws
 * ServiceFaultError where it cannot be read before.
 */
export async function carryOutType(
	context: UpsertContext,
	definition: DocumentDefinition,
	undoings: readonly Undoing[],
	options: UndoOptions,
): Promise<readonly Undone[]> {
	// First, since what cannot be read is said as long as nothing is written.
	const behind = await leaveOrders(context, definition, undoings, options, changeStatus);
	const steps = new Map<Undoing, Step>();
	const open = () => undoings.filter((each) => !unwritten(each) && !steps.has(each));
	if (open().length > 0) await context.beforeWriting?.();
	for (const undoing of open()) {
		for (const id of undoing.allocations) {
			const { wire } = definition;
			const path = `/${wire.resource}/${undoing.document?.id ?? ''}/Allocations/${id}`;
			const step = await deleteOne(context, definition, path);
			if (step.outcome !== 'undone') steps.set(undoing, step);
		}
	}
	for (const undoing of open()) {
		const { way } = undoing;
		if (way.kind === 'delete') steps.set(undoing, await deleteOne(context, definition, way.path));
		if (way.kind === 'reverse' && undoing.document) {
			steps.set(undoing, await reverse(context, definition, undoing.document, way.day));
		}
	}
	const credited = await creditBack(context, open(), innerOptions(options));
	credited.forEach((step, undoing) => steps.set(undoing, step));
	const restored = await restoreAll(context, definition, open(), options, steps);
	await moveAll(context, definition, open(), options, { steps, restored });
	const present = await readAgain(context, definition, [...steps.keys()]);
	return undoings.map((undoing): Undone => {
		const own = unwritten(undoing);
		if (own) return behind.tell(own);
		const step = steps.get(undoing) ?? { outcome: 'failed', issues: [] };
		const document = present.get(undoing.document?.id ?? '');
		return {
			undoing,
			outcome: step.outcome,
			...(document ? { document } : {}),
			operations: step.operations ?? operationsOf(undoing),
			issues: [...undoing.issues, ...step.issues],
		};
	});
}

async function reverse(
	{ client, clock, settings }: UpsertContext,
	definition: DocumentDefinition,
	document: XeroDocument,
	day: Extract<Undoing['way'], { kind: 'reverse' }>['day'],
): Promise<Step> {
	const { reverses } = definition;
	if (!reverses) throw new Error(`A ${definition.type} is not reversed.`);
	const run = {
		client,
		clock,
		definition,
		reverses,
		reversal: { on: day },
		settings,
		periods: closedPeriods(settings, undefined),
		severities: {},
	};
	const followed = await makeReversal(run, document, day);
	if (followed.kind === 'done') return { outcome: 'undone', issues: [] };
	const outcome = followed.kind === 'failed' ? followed.outcome : 'held';
	return { outcome, issues: followed.issues };
}

/**
 * Gives fields back. What is to be moved to another status besides goes on.
 * @returns what was done for those, in words
 */
async function restoreAll(
	context: UpsertContext,
	definition: DocumentDefinition,
	undoings: readonly Undoing[],
	options: UndoOptions,
	steps: Map<Undoing, Step>,
): Promise<ReadonlyMap<Undoing, readonly string[]>> {
	const restored = new Map<Undoing, readonly string[]>();
	const due = undoings.flatMap((undoing) =>
		undoing.way.kind === 'restore' && undoing.way.draft
			? [{ undoing, way: undoing.way, draft: undoing.way.draft }]
			: [],
	);
	if (due.length === 0) return restored;
	const drafts = due.map(({ draft }) => draft);
	const report = await upsertDocuments(context, definition, drafts, innerOptions(options));
	due.forEach(({ undoing, way }, index) => {
		const own = report.outcomes[index];
		if (!own) return;
		const { outcome, issues, operations = [] } = own;
		const isDone = outcome === 'updated' || outcome === 'unchanged';
		if (isDone && way.to !== undefined) restored.set(undoing, operations);
		else {
			steps.set(undoing, {
				outcome: outcome === 'updated' ? 'undone' : asStep(outcome),
				issues,
				operations,
			});
		}
	});
	return restored;
}

function asStep(outcome: string): Step['outcome'] {
	return outcome === 'unchanged' || outcome === 'blocked' || outcome === 'held'
		? outcome
		: 'failed';
}

interface Moving {
	readonly steps: Map<Undoing, Step>;
	/** What was given back of documents before, in words. */
	readonly restored: ReadonlyMap<Undoing, readonly string[]>;
}

/** Moves documents to the status that takes them out, or that they had; what reverses them first. */
async function moveAll(
	context: UpsertContext,
	definition: DocumentDefinition,
	undoings: readonly Undoing[],
	options: UndoOptions,
	{ steps, restored }: Moving,
): Promise<void> {
	const due = undoings.flatMap((undoing) => {
		const { way, document } = undoing;
		const to = way.kind === 'status' || way.kind === 'restore' ? way.to : undefined;
		const besides = way.kind === 'status' ? way.besides : [];
		return to === undefined || !document ? [] : [{ undoing, document, to, besides }];
	});
	if (due.length === 0) return;
	const move = async (drafts: ReturnType<typeof statusDraft>[]) =>
		(await changeStatus(context, definition, drafts, '', innerOptions(options))).outcomes;
	const before = due.flatMap(({ undoing, to, besides }) =>
		besides.map((each) => ({ undoing, draft: statusDraft(definition, each, to) })),
	);
	if (before.length > 0) {
		const outcomes = await move(before.map(({ draft }) => draft));
		before.forEach(({ undoing }, index) => {
			const { outcome = 'failed', issues = [] } = outcomes[index] ?? {};
			if (outcome !== 'updated' && outcome !== 'unchanged') {
				steps.set(undoing, { outcome: asStep(outcome), issues });
			}
		});
	}
	const own = due.filter(({ undoing }) => !steps.has(undoing));
	const outcomes = await move(own.map(({ document, to }) => statusDraft(definition, document, to)));
	own.forEach(({ undoing }, index) => {
		const { outcome = 'failed', issues = [], operations = [] } = outcomes[index] ?? {};
		const planned = operationsOf(undoing);
		steps.set(undoing, {
			outcome: outcome === 'updated' ? 'undone' : asStep(outcome),
			issues,
			// The move itself is among those that were planned.
			operations: [
				...(restored.get(undoing) ?? []),
				...planned,
				...operations.slice(planned.length > 0 ? 1 : 0),
			],
		});
	});
}

/** What documents are now, where Xero can be asked. */
async function readAgain(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	undoings: readonly Undoing[],
): Promise<ReadonlyMap<string, XeroDocument>> {
	const ids = undoings.flatMap(({ document, way }) =>
		document && way.kind !== 'delete' && way.kind !== 'reverse' ? [document.id] : [],
	);
	if (ids.length === 0 || definition.wire.parentPath !== undefined) return new Map();
	const read = await faultOr(findDocuments(client, definition, { ids, values: {} }));
	return new Map(read.ok ? read.value.map((document) => [document.id, document]) : []);
}
