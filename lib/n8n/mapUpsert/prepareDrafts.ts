import { dayInZone } from '../../dates';
import { createGiveWay, mapGivingWay } from '../../giveWay';
import { checkDraft, isStopping } from '../../sync/check/check';
import type { Draft } from '../../sync/draft';
import { draftFromValues } from '../../sync/map/draftFromValues';
import { holdSharedNumbers } from '../../sync/find/templateNumbers';
import type { XeroClient } from '../../xero/client';
import type { OrganisationSettings } from '../../xero/settings';
import type { ItemParameters } from './itemParameters';
import { mapRecords, type RecordToDraft } from '../../sync/map/mapRecords';
import type { RunParameters } from './runParameters';
import type { RunPorts } from './runPorts';

/**
 * Maps items to drafts with settings of an earlier run, and anew with fresh ones when a draft would
 * be kept back: an account that was just added in Xero is there at once.
 * Throws ServiceFaultError when settings or lines cannot be read.
 */
export async function prepareDrafts(
	run: RunParameters,
	items: readonly ItemParameters[],
	client: XeroClient,
	ports: RunPorts,
): Promise<{ settings: OrganisationSettings; drafts: Draft[] }> {
	const giveWay = createGiveWay(ports.clock);
	const before = client.calls().reads;
	const settings = await ports.settings(client, run.isPreview);
	const isFresh = client.calls().reads > before;
	const records = await mapRecords(run, items, settings.trackingCategories, { ...ports, giveWay });
	const drafts = await draftsOf(run, records, settings, ports);
	const today = dayInZone(ports.clock.now(), settings.organisation.timeZone);
	const isKeptBack = (draft: Draft): boolean => {
		if (draft.skipReason !== undefined) return false;
		const context = { definition: run.definition, draft, settings, today };
		return checkDraft(context, run.upsert.ruleSeverities).issues.some(isStopping);
	};
	let isFreshNeeded = false;
	for (const draft of isFresh ? [] : drafts) {
		isFreshNeeded = isKeptBack(draft);
		if (isFreshNeeded) break;
		await giveWay();
	}
	if (!isFreshNeeded) return { settings, drafts };
	const fresh = await ports.settings(client, true);
	return { settings: fresh, drafts: await draftsOf(run, records, fresh, ports) };
}

async function draftsOf(
	run: RunParameters,
	records: readonly RecordToDraft[],
	settings: OrganisationSettings,
	{ timeZone, clock }: RunPorts,
): Promise<Draft[]> {
	const { blankPolicy, defaults, lineDefaults } = run;
	const options = { timeZone, blankPolicy, defaults, lineDefaults, settings };
	const giveWay = createGiveWay(clock);
	const drafts = await mapGivingWay(records, giveWay, ({ skipReason, lines, ...record }) => {
		const draft = draftFromValues(run.definition, { ...record, lines: lines?.() }, options);
		return skipReason === undefined ? draft : { ...draft, skipReason };
	});
	return run.numbering.by === 'template'
		? holdSharedNumbers(run.definition, drafts, run.upsert.ruleSeverities)
		: drafts;
}
