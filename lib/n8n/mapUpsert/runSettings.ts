import type { IExecuteFunctions } from 'n8n-workflow';
import { readOrganisationSettings } from '../../xero/readSettings';
import type { HistoryShelf } from '../../sync/unusual/readHistory';
import { processState } from '../processState';
import { xeroConnectionKey } from '../xeroConnection';
import type { RunPorts } from './runPorts';

/**
 * Reads an organisation's settings, from an earlier run's reading unless they must be fresh. Throws
 * SettingError for a credential that cannot be read, before Xero or Knack is asked for anything.
 */
export async function createSettingsReader(
	context: IExecuteFunctions,
): Promise<RunPorts['settings']> {
	const connection = await xeroConnectionKey(context);
	return async (client, isFresh) => {
		const key = `${connection} ${client.organisationId ?? ''}`;
		if (isFresh) processState.runSettings.forget(key);
		return await processState.runSettings.get(
			key,
			async () => await readOrganisationSettings(client),
		);
	};
}

/**
 * What was read of posted documents, by the connection that has read it: another one may see less.
 * Throws SettingError for a credential that cannot be read.
 */
export async function createHistoryShelf(context: IExecuteFunctions): Promise<HistoryShelf> {
	const connection = await xeroConnectionKey(context);
	return {
		get: async (key, read) => await processState.postedHistories.get(`${connection} ${key}`, read),
	};
}
