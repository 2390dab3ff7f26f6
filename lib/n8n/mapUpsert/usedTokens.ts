import { emptyTokens, type TokenPlace } from '../../sync/approval/emptyTokens';
import type { Outcome } from '../../sync/outcome';
import type { tellKnack } from '../../sync/tellKnack';
import type { ItemParameters } from './itemParameters';
import type { RunParameters } from './runParameters';
import type { RunPorts } from './runPorts';

type Told = Awaited<ReturnType<typeof tellKnack>>;

const USED: ReadonlySet<Outcome['outcome']> = new Set(['created', 'updated']);

/** Empties the tokens that were used, where records keep them; what fails there is a warning. */
export async function emptyUsedTokens(
	{ approval, isPreview }: RunParameters,
	told: Told,
	items: readonly ItemParameters[],
	knack: RunPorts['knack'],
): Promise<Told> {
	const { tokenField } = approval ?? {};
	if (tokenField === undefined || isPreview) return told;
	const byIndex = new Map(items.map((item) => [item.index, item]));
	const placesOf = ({ outcome, approval: given, itemIndexes }: Outcome): TokenPlace[] =>
		USED.has(outcome) && given?.approvedBy !== undefined
			? itemIndexes.flatMap((index) => {
					const { source, knackTable: table } = byIndex.get(index) ?? {};
					const recordId = source?.knackRecordId;
					return recordId !== undefined && table !== undefined ? [{ table, recordId }] : [];
				})
			: [];
	const places = told.outcomes.flatMap(placesOf);
	if (places.length === 0) return told;
	const distinct = [...new Map(places.map((place) => [place.recordId, place])).values()];
	const troubles = await emptyTokens(await knack(), distinct, tokenField);
	if (troubles.size === 0) return told;
	const outcomes = told.outcomes.map((outcome) => {
		const issues = placesOf(outcome).flatMap(({ recordId }) => troubles.get(recordId) ?? []);
		return issues.length === 0 ? outcome : { ...outcome, issues: [...outcome.issues, ...issues] };
	});
	return { outcomes, troubles: told.troubles + troubles.size };
}
