import { isDue, type AfterWriting } from '../../sync/afterWrite/afterWrite';
import type { RunGuard } from '../../sync/guard/runGuard';
import type { Outcome } from '../../sync/outcome';
import { approvedWish } from './approvals';
import type { InputFiles } from './inputFiles';
import type { ItemParameters } from './itemParameters';
import type { RunParameters } from './runParameters';

/** What is to be done for an outcome, with its files, which are read only where they are needed. */
export function afterWritingOf(
	run: RunParameters,
	items: readonly ItemParameters[],
	readFiles: (itemIndex: number, names: readonly string[]) => Promise<InputFiles>,
	guard: Pick<RunGuard, 'guardWish'>,
): (outcome: Outcome) => Promise<AfterWriting | undefined> {
	const byIndex = new Map(items.map((item) => [item.index, item]));
	return async (outcome) => {
		const [first] = outcome.itemIndexes;
		const settings = first === undefined ? undefined : byIndex.get(first)?.afterWriting;
		const approved = approvedWish(run, outcome, settings?.wish);
		if (!approved || !isDue(outcome, approved)) return undefined;
		const wish = guard.guardWish(outcome, approved);
		// Items that are lines of one document may each carry a file of it.
		const read = await Promise.all(
			outcome.itemIndexes.map(
				async (index) => await readFiles(index, byIndex.get(index)?.afterWriting?.fileFields ?? []),
			),
		);
		return {
			...wish,
			files: read.flatMap(({ files }) => files),
			problems: [...(wish.problems ?? []), ...read.flatMap((each) => each.problems)],
		};
	};
}
