import { NodeOperationError, sleep } from 'n8n-workflow';
import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../clock';
import { DateTime } from '../vendor/luxon';

/** Longest time in which a stopped execution is not noticed. */
const SLICE_MS = 1_000;

function stopOf(context: IAllExecuteFunctions): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal?.() : undefined;
}

/** The host's time, where no clock of an execution is at hand. */
export function hostNow(): number {
	return DateTime.now().toMillis();
}

/** The host's clock. Its sleep rejects soon after the execution was stopped. */
export function createClock(context: IAllExecuteFunctions): Clock {
	const stop = stopOf(context);
	return {
		now: hostNow,
		...(stop ? { stop } : {}),
		async sleep(milliseconds) {
			const until = hostNow() + milliseconds;
			// Others get a turn also when there is nothing to wait for.
			if (milliseconds <= 0) await sleep(0);
			for (;;) {
				if (stop?.aborted) {
					throw new NodeOperationError(context.getNode(), 'The execution was stopped');
				}
				const left = until - hostNow();
				if (left <= 0) return;
				await sleep(Math.min(left, SLICE_MS));
			}
		},
	};
}

/** The host's clock where there is no execution that could be stopped. */
export const hostClock: Clock = {
	now: hostNow,
	sleep: async (milliseconds) => await sleep(milliseconds),
};
