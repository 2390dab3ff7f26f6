import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { momentText, readInstant } from '../../../dates';
import { containing } from '../../../foldText';
import { grouped } from '../../../grouped';
import { findLogTable } from '../../../sync/log/logTable';
import { readLatestRuns, type ListedRun } from '../../../sync/log/readLog';
import { connectForLists } from '../../knackPickers';
import { searchInWords, toChoose } from '../../pickerWords';
import { logKeyOf } from '../../syncLog/openRunLog';
import { UNDO_LOG_TABLE } from '../undoParameters';

/** The latest runs of the log that can be undone, and executions with several of them as a whole. */
export async function searchLoggedRuns(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const { name } = UNDO_LOG_TABLE;
		const chosen = UNDO_LOG_TABLE.read(this.getCurrentNodeParameter(name), { parameters: {} });
		const client = await connectForLists(this);
		if (chosen === undefined) return toChoose('Choose a Log Table of the Run first');
		const log = findLogTable(await client.app(), chosen);
		const key = await logKeyOf(this, client.applicationId);
		const runs = await readLatestRuns(client, log, key);
		const entries = entriesOf(
			runs.filter(({ operation }) => operation !== 'undo'),
			log.app.timeZone,
		);
		if (entries.length === 0) {
			const message = `${log.table.name} has no run that can be undone`;
			throw new NodeOperationError(this.getNode(), message, {
				description:
					'Runs of Map & Upsert to Xero with Write to Log Table stand here, unless they were signed with another API key or Sync Log Secret.',
			});
		}
		return { results: containing(entries, filter, (entry) => entry.name) };
	});
}

function entriesOf(runs: readonly ListedRun[], timeZone: string) {
	const executions = grouped(
		runs.map((run) => [`${run.place.workflowId} ${run.place.execution}`, run] as const),
	);
	return [...executions.values()].flatMap((own) => {
		const [{ place }] = own;
		const words = (some: readonly ListedRun[], what: string | undefined, count: string) => {
			const moment = momentText(readInstant(some[0]?.at) ?? 0, timeZone);
			const execution = place.execution === undefined ? [] : [`execution ${place.execution}`];
			return [`${moment}: ${place.workflow ?? 'a workflow'}`, what, ...execution, count]
				.filter((part) => part !== undefined)
				.join(', ');
		};
		const each = own.map((run) => ({
			name: words([run], run.place.node, writtenIn([run])),
			value: run.run,
		}));
		if (own.length < 2 || place.execution === undefined) return each;
		const whole = words(own, `all ${own.length} runs`, writtenIn(own));
		return [{ name: whole, value: place.execution }, ...each];
	});
}

function writtenIn(runs: readonly ListedRun[]): string {
	const isOpen = runs.some(({ written }) => written === undefined);
	const count = runs.reduce((sum, { written = 0 }) => sum + written, 0);
	return isOpen ? 'not closed' : `${count} written`;
}
