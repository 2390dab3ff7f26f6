import type { Clock } from '../../lib/clock';
import type { HttpOutcome, HttpPort, HttpRequest } from '../../lib/http';
import type { XeroClient } from '../../lib/xero/client';
import { Turns } from '../../lib/sync/write/turns';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import type { OrganisationSettings } from '../../lib/xero/settings';
import { sandboxXero } from '../../lib/xero/urls';
import { createXeroClient } from '../../lib/xero/xeroClient';
import { createPacer } from '../../lib/pace';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';

const ROOT = 'http://127.0.0.1:4010';
const NOW_MS = Date.UTC(2026, 10, 22, 10, 0, 0);

/** A sandbox that answers in memory and whose clock moves only when somebody sleeps. */
export function frozenSandbox(seed: 'tradeBusiness' | 'empty' = 'empty'): Sandbox {
	return createSandbox({ seed, nowMs: NOW_MS, freeze: true });
}

export function sandboxClock(sandbox: Sandbox): Clock {
	return {
		now: () => sandbox.clock.now(),
		sleep: (milliseconds) => {
			sandbox.clock.advance(milliseconds);
			return Promise.resolve();
		},
	};
}

/** As n8n sends it: bytes as they are, everything else as JSON. */
function bodyOf(body: unknown): BodyInit {
	return Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);
}

/** Sends requests into the sandbox as n8n would, with a bearer that is asked for at each request. */
export function memoryPort(sandbox: Sandbox, bearer: () => string): HttpPort {
	return async (request: HttpRequest): Promise<HttpOutcome> => {
		const query = new URLSearchParams(request.query).toString();
		const hasBody = request.body !== undefined;
		try {
			const response = await sandbox.fetch(
				new Request(query === '' ? request.url : `${request.url}?${query}`, {
					method: request.method,
					headers: {
						authorization: `Bearer ${bearer()}`,
						...(hasBody ? { 'content-type': 'application/json' } : {}),
						...request.headers,
					},
					...(hasBody ? { body: bodyOf(request.body) } : {}),
				}),
			);
			const text = await response.text();
			const isJson = (response.headers.get('content-type') ?? '').includes('json');
			return {
				kind: 'answer',
				status: response.status,
				headers: Object.fromEntries(response.headers.entries()),
				body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text,
			};
		} catch (error) {
			const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
			if (code !== 'ECONNRESET') throw error;
			return { kind: 'noAnswer', code, reason: 'The connection was reset.' };
		}
	};
}

/** Signs in again once when a token has expired, as n8n does. */
function signedPort(
	sandbox: Sandbox,
	organisationId: string,
	scopes?: readonly string[],
): HttpPort {
	const wanted = {
		...(organisationId === DEMO_TRADE_TENANT_ID ? {} : { tenantIds: [organisationId] }),
		...(scopes ? { scopes } : {}),
	};
	let token = sandbox.xero.signIn(wanted).access_token;
	const port = memoryPort(sandbox, () => token);
	return async (request) => {
		const outcome = await port(request);
		if (outcome.kind !== 'answer' || outcome.status !== 401) return outcome;
		token = sandbox.xero.signIn(wanted).access_token;
		return await port(request);
	};
}

export interface XeroInMemory {
	readonly sandbox: Sandbox;
	readonly clock: Clock;
	readonly client: XeroClient;
	readonly settings: OrganisationSettings;
	/** Those of the process that all its clients run in. */
	readonly turns: Turns;
	/** A client of its own, as another worker or a later run has it. */
	anotherClient(port?: (inner: HttpPort) => HttpPort): XeroClient;
}

/** A signed-in client of the sandbox's first organisation, or of another. */
export async function xeroInMemory(
	sandbox = frozenSandbox(),
	organisationId = DEMO_TRADE_TENANT_ID,
	scopes?: readonly string[],
): Promise<XeroInMemory> {
	const clock = sandboxClock(sandbox);
	const port = signedPort(sandbox, organisationId, scopes);
	const anotherClient = (around: (inner: HttpPort) => HttpPort = (inner) => inner) =>
		createXeroClient({
			http: around(port),
			clock,
			organisationId,
			urls: sandboxXero(`${ROOT}/xero`),
			pace: createPacer({ inFlight: 5 }),
		});
	const client = anotherClient();
	return {
		sandbox,
		clock,
		client,
		settings: await readOrganisationSettings(client),
		turns: new Turns(),
		anotherClient,
	};
}
