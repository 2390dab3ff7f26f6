import { readPage } from '../../xero/pages';
import { asDocuments } from './readDocuments';
import { documentItem, sweepView } from './eventItem';
import type { EventItem } from './eventItem';
import type { EventPorts } from './receiveEvents';
import { WATCHED } from './watchedDocuments';
import type { WatchedKind } from './watchedDocuments';

/** Documents of each kind that a person is shown. */
const SHOWN = 3;

/** The documents of a kind that changed last, as items. Throws ServiceFaultError. */
export async function latestDocuments(
	organisationId: string,
	kind: WatchedKind,
	ports: EventPorts,
	{ includeRaw }: { readonly includeRaw: boolean },
): Promise<EventItem[]> {
	const client = await ports.client(organisationId);
	const organisation = await ports.organisation(client);
	const watched = WATCHED[kind];
	const { elements } = await readPage(
		client,
		{
			path: `/${watched.resource}`,
			query: { ...watched.query, order: 'UpdatedDateUTC DESC' },
			listName: watched.resource,
			pageSize: SHOWN,
			takesPageSize: true,
		},
		1,
	);
	const options = { organisation, nowMs: ports.now(), includeRaw };
	return asDocuments(elements.slice(0, SHOWN), organisationId, watched).map((document) =>
		documentItem(sweepView(document, organisationId, organisation), document, options),
	);
}
