import { dayInZone } from '../../lib/dates';
import type { Books } from '../../lib/insights/reading/books';
import { createPacer } from '../../lib/pace';
import { readOrganisation } from '../../lib/xero/readSettings';
import { createXeroClient } from '../../lib/xero/xeroClient';
import { sandboxXero } from '../../lib/xero/urls';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import type { Session } from '../contract/sandboxXeroSession';

/** The books of a session's organisation, as a run of Xero Insights opens them. */
export async function insightBooks(
	{ twin, clock: sandboxClock }: Session,
	organisationId = DEMO_TRADE_TENANT_ID,
	scopes?: readonly string[],
): Promise<Books> {
	const { access_token: token } = twin.signIn({
		tenantIds: [organisationId],
		...(scopes ? { scopes } : {}),
	});
	const clock = {
		now: () => sandboxClock.now(),
		sleep: (milliseconds: number) => {
			sandboxClock.advance(milliseconds);
			return Promise.resolve();
		},
	};
	const client = createXeroClient({
		http: async ({ url, method, query, headers }) => {
			const asked = new URLSearchParams(query).toString();
			const response = await twin.app.fetch(
				new Request(asked === '' ? url : `${url}?${asked}`, {
					method,
					headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...headers },
				}),
			);
			const text = await response.text();
			const isJson = (response.headers.get('content-type') ?? '').includes('json');
			const body: unknown = isJson && text !== '' ? JSON.parse(text) : text;
			return {
				kind: 'answer',
				status: response.status,
				headers: Object.fromEntries(response.headers.entries()),
				body,
			};
		},
		clock,
		organisationId,
		// The session's twin stands at the root of its address.
		urls: sandboxXero('http://xero.test'),
		pace: createPacer({ inFlight: 5 }),
	});
	const organisation = await readOrganisation(client);
	return { client, organisation, today: dayInZone(clock.now(), organisation.timeZone) };
}
