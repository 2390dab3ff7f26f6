import type { ServiceFault } from '../../serviceFault';
import { isServiceFaultError } from '../../serviceFault';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Outcome } from '../outcome';
import type { UpsertContext } from '../upsertContext';
import type { UpsertReport } from '../upsert';
import { isPassing, notSent } from '../words/notSent';
import { carryOutType } from './carryOut';
import { foreseeType } from './foresee';
import { fromTheTop } from './order';
import { planType, type UndoOptions } from './plan';
import { ranDocuments, type RanDocument } from './ranDocument';
import type { RanOutcome } from './ranOutcome';
import { outcomeOfUndone } from './undone';

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
		const undoings = await planType(context, definition, rans, freed, options);
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
	for (const [definition, rans] of byType(outcomes)) {
		if (!stopped) {
			try {
				const undoings = await planType(context, definition, rans, new Map(), options);
				for (const each of await carryOutType(context, definition, undoings, options)) {
					told.push({ ran: each.undoing.ran, outcome: outcomeOfUndone(context, each) });
				}
				context.onProgress?.(told.length, outcomes.length);
				continue;
			} catch (error) {
				if (!isServiceFaultError(error) || context.client.calls().writes === 0) throw error;
				stopped = error.fault;
			}
		}
		told.push(...notReached(context, rans, stopped));
	}
	return {
		told,
		outcomes: told.map(({ outcome }) => outcome),
		expectedCalls: 0,
		...(stopped ? { stopped } : {}),
	};
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
