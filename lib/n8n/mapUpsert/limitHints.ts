import { instantText } from '../../dates';
import { isPassing, waitsForLimits } from '../../sync/words/notSent';
import type { ServiceFault } from '../../serviceFault';
import { countOf } from '../../texts';
import type { RunResult } from './runUpsert';

/** Runs of this size that the day's calls must still be enough for, so that nothing is said of them. */
const RUNS_TO_SPARE = 5;

/** Why a run ended early: what is done, what is left, and when it goes on. */
export function stoppedHints({ stopped, outcomes }: RunResult): string[] {
	const left = outcomes.filter(waitsForLimits).length;
	return stopped.map((fault) => {
		if (!isPassing(fault) || left === 0) {
			const again = fault.retryAtMs === undefined ? '' : ` It goes on from ${timeOf(fault)}.`;
			return `Stopped early: ${fault.message} ${fault.fix}${again}`;
		}
		const when = fault.retryAtMs === undefined ? 'with a later run' : `from ${timeOf(fault)}`;
		const waiting = left === 1 ? '1 waits and goes' : `${left} wait and go`;
		const all = outcomes.length;
		return `${all - left} of ${countOf(all, 'record')} ${all === 1 ? 'is' : 'are'} done, ${waiting} on ${when}. ${fault.message} ${fault.fix}`;
	});
}

function timeOf({ retryAtMs }: ServiceFault): string {
	return retryAtMs === undefined ? '' : instantText(retryAtMs);
}

/** How far the calls reach that Xero has left for the day, where that is not far. */
export function dayHints(result: RunResult, isPreview: boolean): string[] {
	const { dayRemaining: left, calls, expectedCalls, stopped } = result;
	if (left === undefined || stopped.length > 0) return [];
	if (isPreview) {
		return expectedCalls > left
			? [
					`Xero has ${countOf(left, 'call')} left for today, fewer than writing takes: the rest waits under Needs Attention and goes on with a run of the next day.`,
				]
			: [];
	}
	const used = calls.reads + calls.writes;
	return used > 0 && left < used * RUNS_TO_SPARE
		? [
				`Xero has ${countOf(left, 'call')} left for today: ${left < used ? 'fewer than this run took' : `enough for ${Math.floor(left / used)} more like this run`}.`,
			]
		: [];
}
