import { createChain } from '../../../lib/sync/log/chain';
import { createRunLog } from '../../../lib/sync/log/runLog';
import type { Outcome } from '../../../lib/sync/outcome';
import { readLoggedRun } from '../../../lib/sync/undo/loggedRun';
import { readRanOutcome, type RanOutcome } from '../../../lib/sync/undo/ranOutcome';
import { knackInMemory } from '../../support/knackInMemory';
import { addLogTable, logTarget } from '../../support/syncLog';
import type { XeroInMemory } from '../../support/xeroInMemory';

/**
 * Writes outcomes of one execution, a run for each list, into the Sync Log, and reads what is to be
 * undone from there. Throws where the log does not say what the items say.
 */
export async function throughLog(
	{ sandbox }: XeroInMemory,
	runs: ReadonlyArray<readonly Outcome[]>,
	items: readonly RanOutcome[],
): Promise<readonly RanOutcome[]> {
	sandbox.knack.setLimits({ perSecond: null, planLimit: 10_000_000 });
	const knack = knackInMemory(sandbox);
	const target = await logTarget(sandbox, knack, addLogTable(sandbox, 'Log of the Proof'));
	for (const outcomes of runs) {
		const log = createRunLog(
			async () => await Promise.resolve(createChain(target, 'Proof', 'upsert')),
			{
				logged: 'changes',
				identityOf: ({ itemIndexes: [first = -1] }) => String(first),
				handsOf: () => ({}),
			},
		);
		await log.begin();
		log.tell(outcomes);
		await log.close();
	}
	const byId = new Map(items.map((item) => [item.document.id, item]));
	const read = (await readLoggedRun(target, target.place.execution ?? '')).map((told) => {
		if (!('json' in told)) throw new Error(told.issue.message);
		const own = readRanOutcome(told.json, -1);
		if (!own.ok) throw new Error(own.failure.message);
		const item = byId.get(own.value.document.id);
		if (!item || saidOf(item) !== saidOf(own.value)) {
			throw new Error(`The log says ${saidOf(own.value)}, not ${item ? saidOf(item) : 'nothing'}.`);
		}
		return { ...own.value, isOfLog: true as const, itemIndexes: item.itemIndexes };
	});
	if (read.length !== items.length)
		throw new Error(`${read.length} of ${items.length} are logged.`);
	return read;
}

/** What of a record undoing goes by. */
function saidOf({ outcome, record, document, source, changes, sync }: RanOutcome): string {
	const told = Object.entries(document)
		.filter(([, value]) => value !== undefined)
		.sort(([one], [other]) => one.localeCompare(other));
	return JSON.stringify([outcome, record, told, source, changes, sync?.fingerprint]);
}
