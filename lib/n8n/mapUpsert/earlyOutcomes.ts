import { isDue } from '../../sync/afterWrite/afterWrite';
import type { Draft } from '../../sync/draft';
import type { RunLog } from '../../sync/log/runLog';
import type { UpsertContext } from '../../sync/upsert';
import { approvedWish } from './approvals';
import type { ItemParameters } from './itemParameters';
import type { RunParameters } from './runParameters';
import { saidOnce } from './settledOutcomes';

/**
 * Has the log begin before Xero is written to, and hear of outcomes while other batches are under way.
 * What goes with a document (files, a note, an e-mail) is still to come: such an outcome is told later.
 */
export function loggingOf(
	run: RunParameters,
	log: RunLog | undefined,
	items: readonly ItemParameters[],
	drafts: readonly Draft[],
): Pick<UpsertContext, 'beforeWriting' | 'onSettled'> {
	if (!log) return {};
	const itemOf = new Map(items.map((item) => [item.index, item]));
	const draftOf = new Map(drafts.map((draft) => [draft.itemIndexes[0] ?? -1, draft]));
	return {
		beforeWriting: async () => await log.begin(),
		onSettled(outcomes) {
			const final = outcomes.filter((outcome) => {
				const afterWriting = itemOf.get(outcome.itemIndexes[0] ?? -1)?.afterWriting;
				const wish = approvedWish(run, outcome, afterWriting?.wish);
				return !wish || !isDue(outcome, wish);
			});
			log.tell(
				final.map((outcome) => saidOnce(outcome, draftOf.get(outcome.itemIndexes[0] ?? -1))),
			);
		},
	};
}
