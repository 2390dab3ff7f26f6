import type { KnackClient } from '../../knack/client';
import { readingOnce } from '../../knack/readingOnce';
import type { ChangeState } from '../../sync/knackChanges/changeState';
import type { PolledChanges, PollRequest } from '../../sync/knackChanges/pollChanges';
import type { KnackItem, ChangeVia } from '../../sync/knackItems';
import { knackItems } from '../../sync/knackItems';
import type { KnackTriggerSettings } from './triggerSettings';
import { settingsFor } from './triggerTable';

type Asked = Pick<PollRequest, 'client' | 'settings' | 'stored'>;

/** What a poll and a call of Knack both ask: one reading, at one price, to compare and to hand on. */
export function questionFor(
	client: KnackClient,
	settings: KnackTriggerSettings,
	stored: ChangeState | undefined,
): Asked {
	return { client: readingOnce(client), settings: settingsFor(settings), stored };
}

/** The items of what was found, alike however it became known. */
export async function itemsOf(
	{ client }: Asked,
	{ inclusions, options }: KnackTriggerSettings,
	{ app, table, changes, state, renamed }: PolledChanges,
	via: ChangeVia,
): Promise<KnackItem[]> {
	const { includeRaw } = options;
	const { labels } = state;
	return await knackItems(client, app, table, changes, {
		inclusions,
		labels,
		renamed,
		via,
		includeRaw,
	});
}
