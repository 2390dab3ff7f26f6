import type { Outcome } from './outcome';
import { outcomeOf, type OutcomeFacts } from './outcomes';
import { isKeptUnique } from './find/decidingKey';
import type { Preparation } from './prepare';
import type { Row } from './row';
import { settleRow } from './settle';

/** Tells of rows of a run as soon as nothing of it can change what became of them. */
export interface EarlyTelling {
	/** Of rows that are not sent at all, once their contacts were. */
	stopped(): void;
	/** Of those among rows that were just sent to which nothing more is done. */
	readonly sent: (rows: readonly Row[]) => void;
}

export function createEarlyTelling(
	onSettled: (outcomes: readonly Outcome[]) => void,
	{ definition, options, rows, follow }: Preparation,
	factsOf: () => OutcomeFacts,
): EarlyTelling {
	const own = new Set(rows);
	const settling = { definition, severities: options.ruleSeverities };
	const isLast = (row: Row) =>
		// Records that repeat one, and copies that are sent in the place of one, are told of at the end.
		own.has(row) && !row.repeats && !row.credit && !row.correction && !follow;
	const tell = (final: readonly Row[]) => {
		if (final.length === 0) return;
		const facts = factsOf();
		onSettled(final.map((row) => outcomeOf(settleRow(settling, row), facts)));
	};
	return {
		stopped() {
			tell(rows.filter((row) => row.plan?.action === 'stop' && !row.repeats));
		},
		sent(sent) {
			tell(
				sent.filter(
					(row) =>
						isLast(row) &&
						row.sent?.kind === 'done' &&
						// What was read back may still be changed, and has a name of its own at the end.
						row.sent.isReadBack !== true &&
						// Of others a second look decides, and an approval follows.
						(row.plan?.action === 'update' || isKeptUnique(definition, row)),
				),
			);
		},
	};
}
