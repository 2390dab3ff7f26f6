import { faultOr, ServiceFaultError, type ServiceFault } from '../../serviceFault';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Outcome } from '../outcome';
import type { UpsertContext } from '../upsertContext';
import type { UpsertReport } from '../upsert';
import { isPassing, notSent } from '../words/notSent';
import { freeOrder } from './billed';
import { carryOutType } from './carryOut';
import { foreseeType } from './foresee';
import { heedGuards } from './heedGuards';
import { fromTheTop } from './order';
import type { Freed } from './paid';
import { planType, type UndoOptions } from './plan';
import { ranDocuments, type RanDocument } from './ranDocument';
import type { RanOutcome } from './ranOutcome';
import { outcomeOfUndone, type Undone } from './undone';

/** What Undo did or would do, and which outcome is of which document that a run wrote. */
export interface UndoReport extends UpsertReport {
	readonly told: ReadonlyArray<{ readonly ran: RanDocument; readonly outcome: Outcome }>;
}

/**
 * Shows how what runs did would be taken back, by the same plan. Reads only. Throws ServiceFaultError
 * when Xero cannot be read.
 */
export async function previewUndo(
	context: UpsertContext,
	outcomes: readonly RanOutcome[],
	options: UndoOptions,
): Promise<UndoReport> {
	const told: Array<UndoReport['told'][number]> = [];
	let expectedCalls = 0;
	const freed = new Map();
	for (const [definition, rans] of byType(outcomes)) {
		const planned = await planType(context, definition, rans, freed, options);
		const undoings = await heedGuards(options, planned);
		const foreseen = await foreseeType(context, definition, undoings, options);
		expectedCalls += foreseen.expectedCalls;
		for (const each of foreseen.undone) {
			told.push({ ran: each.undoing.ran, outcome: outcomeOfUndone(context, each) });
		}
	}
	return { told, outcomes: told.map(({ outcome }) => outcome), expectedCalls };
}

/**
 * Takes back what runs did, type by type from the top: payments before what they pay. Each type is
 * planned once what stands on it is gone. One outcome for each document. Throws ServiceFaultError only
 * as long as nothing has been written.
 */
export async function undo(
	context: UpsertContext,
	outcomes: readonly RanOutcome[],
	options: UndoOptions,
): Promise<UndoReport> {
	const told: Array<UndoReport['told'][number]> = [];
	let stopped: ServiceFault | undefined;
	const left: Freed = new Map();
	for (const [definition, rans] of byType(outcomes)) {
		const done = stopped
			? undefined
			: await faultOr(undoType(context, definition, rans, left, options));
		if (done?.ok) {
			for (const each of done.value) {
				told.push({ ran: each.undoing.ran, outcome: outcomeOfUndone(context, each) });
				if (OFF.has(each.outcome)) freeOrder(left, each.undoing.ran);
			}
			context.onProgress?.(told.length, outcomes.length);
			continue;
		}
		if (done && context.client.calls().writes === 0) throw new ServiceFaultError(done.failure);
		const fault = stopped ?? done?.failure;
		if (!fault) continue;
		stopped = fault;
		told.push(...notReached(context, rans, fault));
	}
	return {
		told,
		outcomes: told.map(({ outcome }) => outcome),
		expectedCalls: 0,
		...(stopped ? { stopped } : {}),
	};
}

/** A bill is off its order whoever took it out: an undo that died may have. */
const OFF: ReadonlySet<string> = new Set(['undone', 'unchanged']);

/** @param left the orders of bills that are gone; money is read anew */
async function undoType(
	context: UpsertContext,
	definition: DocumentDefinition,
	rans: readonly RanDocument[],
	left: Freed,
	options: UndoOptions,
): Promise<readonly Undone[]> {
	const planned = await planType(context, definition, rans, new Map(left), options);
	return await carryOutType(context, definition, await heedGuards(options, planned), options);
}

function byType(
	outcomes: readonly RanOutcome[],
): ReadonlyArray<readonly [DocumentDefinition, readonly RanDocument[]]> {
	const rans = ranDocuments(outcomes);
	return fromTheTop(rans.map(({ definition }) => definition)).map((definition) => [
		definition,
		rans.filter((ran) => ran.definition === definition),
	]);
}

/** Documents that a fault of the service kept from being looked at. */
function notReached(
	context: UpsertContext,
	rans: readonly RanDocument[],
	fault: ServiceFault,
): UndoReport['told'] {
	return rans.map((ran) => {
		const { outcome, issues } = notSent(fault, {});
		const undoing = {
			ran,
			way: { kind: 'stop', issues } as const,
			allocations: [],
			issues: [],
		};
		const kind = isPassing(fault) ? 'held' : outcome;
		const undone = { undoing, outcome: kind, operations: [], issues };
		return { ran, outcome: outcomeOfUndone(context, undone) };
	});
}
