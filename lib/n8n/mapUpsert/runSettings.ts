import type { IExecuteFunctions } from 'n8n-workflow';
import type { XeroClient } from '../../xero/client';
import { readOrganisationSettings } from '../../xero/readSettings';
import type { OrganisationSettings } from '../../xero/settings';
import { createReadCache } from '../readCache';
import { xeroConnectionKey } from '../xeroConnection';

/**
 * How long settings are kept between runs in one process. Reading them takes six calls, more than
 * the rest of a small run; what changes meanwhile is noticed all the same: see `RunPorts.settings`.
 */
const KEEP_MS = 10 * 60_000;

const kept = createReadCache<OrganisationSettings>(KEEP_MS);

/** Forgets what is kept between runs; for tests that change the organisation meanwhile. */
export function forgetRunSettings(): void {
	kept.clear();
}

/** Reads an organisation's settings, from an earlier run's reading unless they must be fresh. */
export async function createSettingsReader(
	context: IExecuteFunctions,
): Promise<(client: XeroClient, isFresh: boolean) => Promise<OrganisationSettings>> {
	const connection = await xeroConnectionKey(context);
	return async (client, isFresh) => {
		const key = `${connection} ${client.organisationId ?? ''}`;
		if (isFresh) kept.forget(key);
		return await kept.get(key, async () => await readOrganisationSettings(client));
	};
}
