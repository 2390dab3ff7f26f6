import type { INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import type { ServiceFault } from '../../../serviceFault';
import { ATTENTION, type Outcome } from '../../../sync/outcome';
import { COUNTED } from '../../../sync/outcomes';
import { countOf } from '../../../texts';
import { attentionWords, outputsOf, shownOutcome } from '../../shownOutcome';
import type { UndoParameters } from './readUndo';

/** What undoing has cost, and what it would cost. */
export interface UndoSums {
	readonly calls: number;
	readonly expectedCalls: number;
	readonly stopped: readonly ServiceFault[];
}

/** Items for the outputs Undone and Needs Attention, each paired with what it came from. */
export function undoOutputs(
	{ isTool, isPreviewForTool }: UndoParameters,
	outcomes: readonly Outcome[],
): INodeExecutionData[][] {
	const shown = outcomes.map((outcome) => ({
		...shownOutcome(outcome),
		...(isPreviewForTool
			? { note: 'This is a preview; nothing was undone. A person has to run Undo.' }
			: {}),
	}));
	return outputsOf(outcomes, shown, { input: [], isTool });
}

/** "12 undone, 3 unchanged, 1 needs attention, 9 Xero calls", and what else a person should know. */
export function undoHints(
	{ isPreview, writeBackFields }: UndoParameters,
	outcomes: readonly Outcome[],
	{ calls, expectedCalls, stopped }: UndoSums,
): NodeExecutionHint[] {
	const count = (fits: (outcome: Outcome) => boolean) => outcomes.filter(fits).length;
	const attention = count(({ outcome }) => ATTENTION.has(outcome));
	const parts = [
		...COUNTED.flatMap(([kind, words]) => {
			const number = count(({ outcome }) => outcome === kind);
			return number === 0 ? [] : [`${number} ${words}`];
		}),
		...attentionWords(attention),
		countOf(calls, 'Xero call'),
	];
	const hints = [hint(`${parts.join(', ')}.`, attention === 0 ? 'info' : 'warning')];
	if (isPreview) {
		const more = countOf(expectedCalls, 'more Xero call');
		hints.push(
			hint(
				`Preview: nothing was undone. Undoing it takes ${more}. Switch off Preview Only to do so.`,
				'info',
			),
		);
	}
	if (!writeBackFields) {
		hints.push(
			hint(
				'The Knack records keep their Xero IDs. To have those emptied, switch on Write Back to Knack.',
				'info',
			),
		);
	}
	hints.push(
		...stopped.map(({ message, fix }) => hint(`Stopped early: ${message} ${fix}`, 'warning')),
	);
	return hints;
}

function hint(message: string, type: NodeExecutionHint['type']): NodeExecutionHint {
	return { message, type, location: 'outputPane' };
}
