import { createGiveWay } from '../../giveWay';
import { grouped } from '../../grouped';
import type { Issue } from '../../issue';
import { issueOf } from '../../sync/check/check';
import { LATE_RULES } from '../../sync/check/rules/lateRules';
import { mapRecords } from '../../sync/map/mapRecords';
import type { ItemParameters } from './itemParameters';
import type { RunParameters } from './runParameters';
import type { RunPorts } from './runPorts';

/**
 * Why items are held of which the rules make several kinds of documents, although they are one record:
 * it came twice and was changed in between, or its lines do not agree on what it is. Throws
 * ServiceFaultError.
 */
export async function holdSeveralKinds(
	run: RunParameters,
	items: readonly ItemParameters[],
	ports: RunPorts,
): Promise<ReadonlyMap<ItemParameters, readonly Issue[]>> {
	const held = new Map<ItemParameters, readonly Issue[]>();
	const open = items.filter(({ skipReason }) => skipReason === undefined);
	if (new Set(open.map(({ definition }) => definition)).size < 2) return held;
	for (const own of await itemsByRecord(run, open, ports)) {
		const labels = new Set(own.map(({ definition }) => definition.label.toLowerCase()));
		if (labels.size < 2) continue;
		const issues = issueOf(
			LATE_RULES.otherDocument,
			{
				message: `The rules make several documents of one record in this run: ${[...labels].join(' and ')}.`,
				fix:
					run.lineSource === 'itemPerLine'
						? 'Let the rules look at what all lines of the record have in common.'
						: 'Run the record again by itself, so that it goes as it is in Knack now.',
			},
			run.upsert.ruleSeverities,
		);
		own.forEach((item) => held.set(item, issues));
	}
	return held;
}

/** The items of each record and organisation. */
async function itemsByRecord(
	run: RunParameters,
	items: readonly ItemParameters[],
	ports: RunPorts,
): Promise<ReadonlyArray<readonly ItemParameters[]>> {
	const recordOf =
		run.lineSource === 'itemPerLine' ? await linesTogether(run, items, ports) : recordOfSource;
	const keyed = items.flatMap((item): Array<readonly [string, ItemParameters]> => {
		const record = recordOf(item);
		return record === undefined ? [] : [[`${record} ${item.organisation ?? ''}`, item]];
	});
	return [...grouped(keyed).values()];
}

function recordOfSource({ source }: ItemParameters): string | undefined {
	const { applicationId = '', table = '', knackRecordId } = source;
	return knackRecordId && `${applicationId} ${table} ${knackRecordId}`;
}

/** Items that are lines belong together as mapping puts them together. */
async function linesTogether(
	run: RunParameters,
	items: readonly ItemParameters[],
	{ knack, timeZone, clock }: RunPorts,
): Promise<(item: ItemParameters) => string | undefined> {
	const mapping = { knack, timeZone, giveWay: createGiveWay(clock) };
	const records = await mapRecords(run, items, [], mapping);
	const recordOf = new Map(
		records.flatMap(({ itemIndexes }, record) =>
			itemIndexes.map((index) => [index, String(record)] as const),
		),
	);
	return ({ index }) => recordOf.get(index);
}
