import type { CompletedRequest } from 'mockttp';
import { z } from 'zod';
import { startInterceptingProxy } from './interceptingProxy';

interface SlackMessage {
	readonly channel: string;
	readonly text: string;
}

interface HubSpotNote {
	readonly contactIds: readonly number[];
	readonly body: string;
}

/**
 * HubSpot and Slack, answered on this machine by a proxy that n8n is told to use: workflows and
 * nodes keep the services' production addresses, and nothing leaves the machine.
 */
export interface Neighbours {
	/** Environment for n8n: the proxy, and the authority that signed its certificates. */
	readonly env: Readonly<Record<string, string>>;
	readonly slackMessages: readonly SlackMessage[];
	/** Notes, tasks and calls on contacts. */
	readonly hubSpotNotes: readonly HubSpotNote[];
	/** Contacts by e-mail address, in lower case. */
	readonly hubSpotContacts: ReadonlyMap<string, number>;
	/** What contacts were given, by e-mail address in lower case; the newest of each. */
	readonly hubSpotProperties: ReadonlyMap<string, Readonly<Record<string, string>>>;
	/** What was asked that nobody answers for, as `GET https://…`. */
	readonly strangers: readonly string[];
	/** Makes HubSpot know somebody. @returns the contact's id */
	addHubSpotContact(email: string): number;
	/** Answers the next requests to a host with this status instead. */
	failNext(host: 'slack.com' | 'api.hubapi.com', status: number, times?: number): void;
	/** Forgets messages, notes, contacts and planned failures. */
	forget(): void;
	stop(): Promise<void>;
}

interface Answer {
	readonly status: number;
	readonly json: unknown;
}

const slackMessage = z.object({
	channel: z.string(),
	text: z.string().default(''),
	blocks: z.array(z.unknown()).optional(),
	attachments: z.array(z.unknown()).optional(),
});

const engagement = z.object({
	engagement: z.object({ type: z.string() }).passthrough(),
	metadata: z.object({ body: z.string().default('') }).passthrough(),
	associations: z.object({ contactIds: z.array(z.coerce.number()).default([]) }).passthrough(),
});

const noteObject = z.object({
	properties: z.object({ hs_note_body: z.string() }).passthrough(),
	associations: z.array(z.object({ to: z.object({ id: z.coerce.number() }) })).default([]),
});

const contactProperties = z.object({
	properties: z.array(z.object({ property: z.string(), value: z.coerce.string() })).default([]),
});

const search = z.object({
	filterGroups: z.array(
		z.object({
			filters: z.array(z.object({ propertyName: z.string(), value: z.unknown() }).passthrough()),
		}),
	),
});

export async function startNeighbours(): Promise<Neighbours> {
	const slackMessages: SlackMessage[] = [];
	const hubSpotNotes: HubSpotNote[] = [];
	const hubSpotContacts = new Map<string, number>();
	const hubSpotProperties = new Map<string, Readonly<Record<string, string>>>();
	const strangers: string[] = [];
	const failures: Array<{ host: string; status: number; times: number }> = [];
	let nextId = 501;

	const addHubSpotContact = (email: string): number => {
		const known = hubSpotContacts.get(email.toLowerCase());
		if (known !== undefined) return known;
		hubSpotContacts.set(email.toLowerCase(), nextId);
		return nextId++;
	};

	const contact = (email: string, id: number) => ({
		id: String(id),
		properties: { email, hs_object_id: String(id) },
		createdAt: '2026-01-01T00:00:00.000Z',
		updatedAt: '2026-01-01T00:00:00.000Z',
		archived: false,
	});

	const slack = async (request: CompletedRequest): Promise<Answer> => {
		if (!request.path.startsWith('/api/chat.postMessage')) {
			return { status: 200, json: { ok: false, error: 'unknown_method' } };
		}
		const { channel, text, blocks } = slackMessage.parse(await request.body.getJson());
		slackMessages.push({ channel, text: text || JSON.stringify(blocks ?? []) });
		const ts = `${1_700_000_000 + slackMessages.length}.000100`;
		return { status: 200, json: { ok: true, channel, ts, message: { text, type: 'message', ts } } };
	};

	const hubSpot = async (request: CompletedRequest): Promise<Answer> => {
		const { pathname } = new URL(request.url);
		if (pathname === '/crm/v3/objects/contacts/search') {
			const { filterGroups } = search.parse(await request.body.getJson());
			const wanted = filterGroups.flatMap(({ filters }) =>
				filters.map(({ value }) => String(value).toLowerCase()),
			);
			const found = [...hubSpotContacts].filter(([email]) => wanted.includes(email));
			const results = found.map(([email, id]) => contact(email, id));
			return { status: 200, json: { total: results.length, results } };
		}
		const upsert = /^\/contacts\/v1\/contact\/createOrUpdate\/email\/(.+)$/.exec(pathname)?.[1];
		if (upsert) {
			const email = decodeURIComponent(upsert);
			const key = email.toLowerCase();
			const isNew = !hubSpotContacts.has(key);
			const { properties } = contactProperties.parse(await request.body.getJson());
			const given = properties.map(({ property, value }) => [property, value] as const);
			hubSpotProperties.set(key, { ...hubSpotProperties.get(key), ...Object.fromEntries(given) });
			return { status: 200, json: { vid: addHubSpotContact(email), isNew } };
		}
		const vid = /^\/contacts\/v1\/contact\/vid\/(\d+)\/profile$/.exec(pathname)?.[1];
		if (vid) {
			const email = [...hubSpotContacts].find(([, id]) => id === Number(vid))?.[0] ?? '';
			return { status: 200, json: { vid: Number(vid), properties: { email: { value: email } } } };
		}
		if (pathname === '/engagements/v1/engagements' && request.method === 'POST') {
			const note = engagement.parse(await request.body.getJson());
			const { contactIds } = note.associations;
			hubSpotNotes.push({ contactIds, body: note.metadata.body });
			const id = 9000 + hubSpotNotes.length;
			return { status: 200, json: { ...note, engagement: { ...note.engagement, id } } };
		}
		if (pathname === '/crm/v3/objects/notes' && request.method === 'POST') {
			const { properties, associations } = noteObject.parse(await request.body.getJson());
			const contactIds = associations.map(({ to }) => to.id);
			hubSpotNotes.push({ contactIds, body: properties.hs_note_body });
			return { status: 201, json: { id: String(9000 + hubSpotNotes.length), properties } };
		}
		return { status: 404, json: { status: 'error', message: `No answer for ${pathname}` } };
	};

	const hosts: Readonly<Record<string, (request: CompletedRequest) => Promise<Answer>>> = {
		'slack.com': slack,
		'api.hubapi.com': hubSpot,
	};

	const proxy = await startInterceptingProxy(async (request) => {
		const { host } = new URL(request.url);
		const answer = hosts[host];
		if (!answer) {
			strangers.push(`${request.method} ${request.url}`);
			return undefined;
		}
		const failure = failures.find((planned) => planned.host === host && planned.times > 0);
		if (failure) {
			failure.times -= 1;
			return { statusCode: failure.status, json: { message: 'planned to fail' } };
		}
		const { status, json } = await answer(request);
		if (status === 404) strangers.push(`${request.method} ${request.url}`);
		return { statusCode: status, json };
	});

	return {
		env: proxy.env,
		slackMessages,
		hubSpotNotes,
		hubSpotContacts,
		hubSpotProperties,
		strangers,
		addHubSpotContact,
		failNext: (host, status, times = 1) => void failures.push({ host, status, times }),
		forget: () => {
			for (const list of [slackMessages, hubSpotNotes, strangers, failures]) list.length = 0;
			hubSpotContacts.clear();
			hubSpotProperties.clear();
		},
		stop: async () => await proxy.stop(),
	};
}
