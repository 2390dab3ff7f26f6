import { keepTokens, type TokenToKeep } from '../../sync/approval/keepTokens';
import type { Issue } from '../../issue';
import type { Outcome } from '../../sync/outcome';
import type { tellKnack } from '../../sync/tellKnack';
import type { ItemParameters } from './itemParameters';
import type { RunParameters } from './runParameters';
import type { RunPorts } from './runPorts';

type Told = Awaited<ReturnType<typeof tellKnack>>;

const USED: ReadonlySet<Outcome['outcome']> = new Set([
	'created',
	'updated',
	'wouldCreate',
	'wouldUpdate',
]);

/**
 * Empties the tokens that were used, where records keep them; what fails there is a warning. A preview
 * only says it.
 */
export async function emptyUsedTokens(
	{ approval, isPreview }: RunParameters,
	told: Told,
	items: readonly ItemParameters[],
	knack: RunPorts['knack'],
): Promise<Told> {
	const { tokenField } = approval ?? {};
	if (tokenField === undefined) return told;
	const byIndex = new Map(items.map((item) => [item.index, item]));
	const used = new Map(told.outcomes.map((outcome) => [outcome, usedBy(outcome, byIndex)]));
	const all = new Map([...used.values()].flat().map((each) => [each.recordId, each]));
	if (all.size === 0) return told;
	const troubles = isPreview
		? new Map<string, string>()
		: await keepTokens(await knack(), [...all.values()], tokenField);
	return {
		outcomes: told.outcomes.map((outcome) =>
			withEmptied(outcome, used.get(outcome) ?? [], troubles),
		),
		troubles: told.troubles + troubles.size,
	};
}

/** The records that kept the token of an outcome: one, or one for each line where items are lines. */
function usedBy(
	{ outcome, approval, itemIndexes }: Outcome,
	items: ReadonlyMap<number, ItemParameters>,
): TokenToKeep[] {
	if (!USED.has(outcome) || approval?.approvedBy === undefined) return [];
	return itemIndexes.flatMap((index) => {
		const { source, knackTable: table } = items.get(index) ?? {};
		const recordId = source?.knackRecordId;
		return recordId === undefined || table === undefined ? [] : [{ table, recordId, token: '' }];
	});
}

function withEmptied(
	outcome: Outcome,
	used: readonly TokenToKeep[],
	troubles: ReadonlyMap<string, string>,
): Outcome {
	if (used.length === 0) return outcome;
	const issues = used.flatMap(({ recordId }): Issue[] => {
		const why = troubles.get(recordId);
		return why === undefined ? [] : [notEmptied(why)];
	});
	const emptied = issues.length > 0 ? [] : ['Empty the approval token on the Knack record'];
	return {
		...outcome,
		operations: [...(outcome.operations ?? []), ...emptied],
		issues: [...outcome.issues, ...issues],
	};
}

function notEmptied(why: string): Issue {
	return {
		code: 'KNACK_APPROVAL_NOT_KEPT',
		severity: 'warn',
		message: `The approval token was used, and could not be emptied in Knack. ${why}`,
		fix: 'Empty the field in Knack. Until then the token is good for what it was given for, and for nothing else.',
	};
}
