import type { NodeExecutionHint } from 'n8n-workflow';
import type { Issue } from '../../issue';
import type { LoggedOutcome } from '../../sync/log/recordContent';
import type { LogReport, RunLog } from '../../sync/log/runLog';
import { countOf } from '../../texts';

/** A run with its log: the rows are awaited, also when the run ends with an error. */
export async function loggedRun<
	Told extends LoggedOutcome,
	Result extends { readonly outcomes: readonly Told[] },
>(
	log: RunLog | undefined,
	run: () => Promise<Result>,
): Promise<Result & { readonly outcomes: readonly Told[]; readonly log?: LogReport }> {
	if (!log) return await run();
	const result = await run().catch(async (error: unknown) => {
		// What ended the run says more than what the log meets after it.
		await log.close().catch(() => undefined);
		return await Promise.reject(error);
	});
	log.tell(result.outcomes);
	const report = await log.close();
	const outcomes = result.outcomes.map((outcome) => withLost(outcome, log, report));
	return { ...result, outcomes, log: report };
}

function withLost<Told extends LoggedOutcome>(outcome: Told, log: RunLog, report: LogReport): Told {
	const why = report.lost.get(log.identityOf(outcome));
	if (why === undefined) return outcome;
	const issue: Issue = {
		code: 'KNACK_LOG_NOT_WRITTEN',
		severity: 'warn',
		message: `It has no row in the Sync Log. ${why}`,
		fix: 'What was done stands as this item says it. Look at the log table in Knack.',
	};
	return { ...outcome, issues: [...outcome.issues, issue] };
}

/** "12 rows in the Sync Log", and which records have none. */
export function logHints(
	report: LogReport | undefined,
	outcomes: readonly LoggedOutcome[],
): NodeExecutionHint[] {
	if (!report) return [];
	const lost = outcomes.filter(({ issues }) =>
		issues.some(({ code }) => code === 'KNACK_LOG_NOT_WRITTEN'),
	);
	const names = lost
		.slice(0, MOST_NAMED)
		.map(({ record, document }) => record ?? document.id ?? '?');
	const more = lost.length > MOST_NAMED ? ` and ${lost.length - MOST_NAMED} more` : '';
	return [
		...(report.rows === 0 ? [] : [hint(`${countOf(report.rows, 'row')} in the Sync Log.`, 'info')]),
		...(lost.length === 0
			? []
			: [
					hint(
						`${lost.length} ${lost.length === 1 ? 'record has' : 'records have'} no row in the Sync Log: ${names.join(', ')}${more}. See the issues of their items.`,
						'warning',
					),
				]),
		...(report.notClosed === undefined
			? []
			: [
					hint(
						`The Sync Log of this run could not be closed, and Verify Log will say so. ${report.notClosed}`,
						'warning',
					),
				]),
	];
}

const MOST_NAMED = 20;

function hint(message: string, type: NodeExecutionHint['type']): NodeExecutionHint {
	return { message, type, location: 'outputPane' };
}
