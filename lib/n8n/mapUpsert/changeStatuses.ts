import { createGiveWay, mapGivingWay } from '../../giveWay';
import type { Draft } from '../../sync/draft';
import { draftFromValues } from '../../sync/map/draftFromValues';
import { changeStatus, previewStatusChange } from '../../sync/status/changeStatus';
import { identityFields } from '../../sync/status/identityFields';
import { readNewStatus } from '../../sync/status/newStatus';
import type { UpsertReport } from '../../sync/upsert';
import type { XeroClient } from '../../xero/client';
import type { OrganisationSettings } from '../../xero/settings';
import type { ItemParameters } from './itemParameters';
import { mapRecords } from '../../sync/map/mapRecords';
import type { RunParameters } from './runParameters';
import type { RunPorts } from './runPorts';

/**
 * Moves the documents that items name to the status that each is to have, or shows what would be
 * moved. A status comes from New Status alone, never out of the mapping: no column of Knack that
 * happens to be called "Status" voids an invoice.
 */
export async function changeStatuses(
	run: RunParameters,
	items: readonly ItemParameters[],
	client: XeroClient,
	ports: RunPorts,
): Promise<{ report: UpsertReport; drafts: readonly Draft[]; settings: OrganisationSettings }> {
	const { definition } = run;
	const { clock, turns, guard, onProgress, tell } = ports;
	const settings = await ports.settings(client, false);
	const drafts = await draftsOf(run, items, settings, ports);
	const send = run.isPreview ? previewStatusChange : changeStatus;
	const beforeWriting = async () => await ports.log?.begin();
	const shared = { clock, turns, guard, onProgress, tell };
	const context = { client, settings, ...shared, beforeWriting };
	const report = await send(context, definition, drafts, NO_STATUS, run.upsert);
	return { report, drafts, settings };
}

/** Every draft that is sent carries its own status, and none may be moved to this one. */
const NO_STATUS = '';

async function draftsOf(
	run: RunParameters,
	items: readonly ItemParameters[],
	settings: OrganisationSettings,
	ports: RunPorts,
): Promise<Draft[]> {
	const { definition } = run;
	const { statusPath = 'status' } = definition;
	const wanted = new Map(items.map(({ index, newStatus }) => [index, newStatus]));
	const giveWay = createGiveWay(ports.clock);
	const identifying = new Set(identityFields(definition).map(({ path }) => path));
	const records = await mapRecords(run, items, settings.trackingCategories, { ...ports, giveWay });
	return await mapGivingWay(records, giveWay, ({ skipReason, lines, ...record }): Draft => {
		const values = Object.fromEntries(
			Object.entries(record.values).filter(([path]) => identifying.has(path)),
		);
		const options = { timeZone: ports.timeZone, blankPolicy: 'leave', settings } as const;
		const draft = draftFromValues(definition, { ...record, values, lines: lines?.() }, options);
		if (skipReason !== undefined) return { ...draft, skipReason };
		const [first = 0] = record.itemIndexes;
		const status = readNewStatus(definition, wanted.get(first));
		return status.ok
			? { ...draft, fields: { ...draft.fields, [statusPath]: status.value } }
			: { ...draft, issues: [...draft.issues, status.failure] };
	});
}
