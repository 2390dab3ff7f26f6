import type { KnackClient } from '../../knack/client';
import { adoptDocuments } from '../../sync/adopt/adoptDocuments';
import { recordsLinkedTo } from '../../sync/adopt/linkedRecords';
import type { Draft } from '../../sync/draft';
import type { UpsertContext, UpsertReport } from '../../sync/upsert';
import type { ItemParameters } from './itemParameters';
import type { RunParameters } from './runParameters';

/** Tells which records keep an ID in the field, of the tables that the items belong to. */
export function linkedBy(
	field: string | undefined,
	items: readonly ItemParameters[],
	knack: () => Promise<KnackClient>,
): Pick<UpsertContext, 'linkedRecords'> {
	if (field === undefined || field === '') return {};
	const tables = [...new Set(items.flatMap(({ knackTable }) => knackTable ?? []))];
	return {
		linkedRecords: async (ids) =>
			ids.length === 0 ? new Map() : await recordsLinkedTo(await knack(), tables, field, ids),
	};
}

/** Adopts for the records of one organisation; Knack is asked whose ids are kept there already. */
export async function adoptDrafts(
	run: RunParameters,
	context: UpsertContext,
	drafts: readonly Draft[],
	items: readonly ItemParameters[],
	knack: () => Promise<KnackClient>,
): Promise<UpsertReport> {
	return await adoptDocuments(context, run.definition, drafts, {
		...run.upsert,
		isPreview: run.isPreview,
		...linkedBy(run.adopt?.linkField, items, knack),
	});
}
