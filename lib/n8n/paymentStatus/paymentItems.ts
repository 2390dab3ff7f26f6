import type { IDataObject, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { instantText } from '../../dates';
import { ATTENTION } from '../../sync/outcome';
import type { OutcomeKind } from '../../sync/outcome';
import type { PaymentOutcome } from '../../sync/payments/paymentOutcome';
import type { PaymentParameters } from '../../sync/payments/paymentWishes';
import type { PaymentRunResult } from '../../sync/payments/runPaymentStatus';
import { countOf } from '../../texts';
import { attentionWords, outputsOf, shownOutcome } from '../shownOutcome';

/** Items for the outputs Synced and Needs Attention, each paired with what it came from. */
export function paymentItems(
	run: PaymentParameters,
	outcomes: readonly PaymentOutcome[],
	input: readonly INodeExecutionData[],
): [INodeExecutionData[], INodeExecutionData[]] {
	const shown = outcomes.map((outcome) =>
		run.isTool ? compact(run, outcome) : shownOutcome(outcome),
	);
	const isOwnItem = run.operation === 'fromInput';
	return outputsOf(outcomes, shown, {
		input: run.includeInput && isOwnItem ? input : [],
		isTool: run.isTool,
	});
}

/** What an agent needs, without the rest. */
function compact(run: PaymentParameters, outcome: PaymentOutcome): IDataObject {
	const { payment, document } = outcome;
	return {
		summary: outcome.summary,
		outcome: outcome.outcome,
		invoice: document.number ?? document.id,
		status: payment?.label,
		due: payment?.due,
		currency: payment?.currency,
		url: document.url,
		issues: outcome.issues.map(({ message, fix }) => `${message} ${fix}`),
		...(run.isPreviewForTool
			? {
					note: 'This is a preview; nothing was written. Writing must be allowed in the options of the node.',
				}
			: {}),
	};
}

const WORDS: ReadonlyArray<readonly [OutcomeKind, string]> = [
	['updated', 'updated'],
	['wouldUpdate', 'would be updated'],
	['unchanged', 'unchanged'],
	['skipped', 'skipped'],
];

/** "12 updated, 3 unchanged, 2 Xero calls, 13 Knack calls", and what else a person should know. */
export function paymentHints(
	run: PaymentParameters,
	result: PaymentRunResult,
): NodeExecutionHint[] {
	const count = (kinds: (kind: OutcomeKind) => boolean): number =>
		result.outcomes.filter(({ outcome }) => kinds(outcome)).length;
	const attention = count((kind) => ATTENTION.has(kind));
	const parts = [
		...WORDS.flatMap(([kind, words]) => {
			const number = count((each) => each === kind);
			return number === 0 ? [] : [`${number} ${words}`];
		}),
		...(result.known === 0 ? [] : [`${result.known} known already`]),
		...attentionWords(attention),
		...(result.toldBefore === 0 ? [] : [`${result.toldBefore} waiting as told before`]),
		countOf(result.xeroCalls, 'Xero call'),
		countOf(result.knackCalls, 'Knack call'),
	];
	const hints = [hint(`${parts.join(', ')}.`, attention === 0 ? 'info' : 'warning')];
	if (run.isPreview) hints.push(hint('Preview: nothing was written.', 'info'));
	hints.push(...result.notes.map((note) => hint(note, 'info')));
	if (!result.complete) {
		hints.push(hint('There are more changed invoices; the next run goes on with them.', 'warning'));
	}
	for (const fault of result.stopped) {
		const again =
			fault.retryAtMs === undefined ? '' : ` It goes on from ${instantText(fault.retryAtMs)}.`;
		hints.push(hint(`Stopped early: ${fault.message} ${fault.fix}${again}`, 'warning'));
	}
	return hints;
}

function hint(message: string, type: NodeExecutionHint['type']): NodeExecutionHint {
	return { message, type, location: 'outputPane' };
}
