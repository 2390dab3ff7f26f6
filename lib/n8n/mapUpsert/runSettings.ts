import type { IExecuteFunctions } from 'n8n-workflow';
import { readOrganisationSettings } from '../../xero/readSettings';
import { processState } from '../processState';
import { connectionKey } from '../xeroConnection';
import type { RunPorts } from './runPorts';

/** Reads an organisation's settings, from an earlier run's reading unless they must be fresh. */
export function createSettingsReader(context: IExecuteFunctions): RunPorts['settings'] {
	return async (client, isFresh) => {
		const key = `${await connectionKey(context)} ${client.organisationId ?? ''}`;
		if (isFresh) processState.runSettings.forget(key);
		return await processState.runSettings.get(
			key,
			async () => await readOrganisationSettings(client),
		);
	};
}
