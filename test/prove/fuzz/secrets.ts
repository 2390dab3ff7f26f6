import '../../engine/isolatedUserFolder';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { inspect } from 'node:util';
import { Knack } from '../../../nodes/Knack/Knack.node';
import { MapUpsertToXero } from '../../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, ours, type Harness } from '../../engine/harness';
import { mapUpsert, orderItems } from '../../engine/mapUpsertItems';
import { echoingProxy, type EchoingProxy } from '../../support/echoingProxy';

export interface SecretFindings {
	/** Runs that met a page which shows the request. */
	runs: number;
	/** Requests that were shown to them. */
	shown: number;
	/** Characters of items, errors with their hidden members, log lines and Knack's fields. */
	characters: number;
	/** Where a secret stood, one line for each. */
	readonly found: string[];
}

/** Where the page comes from: everything, or what is written alone, so that the words reach a record. */
const PLACES: ReadonlyArray<readonly [string, (path: string) => boolean]> = [
	['everywhere', () => true],
	['at the invoices', (path) => path.includes('/Invoices')],
	['at the records', (path) => path.includes('/records')],
];

/**
 * Runs of nodes through a proxy that answers with pages which repeat the request, and a search for
 * every secret that there is or was in all that the runs leave behind.
 */
export async function fuzzSecrets(kinds: readonly number[]): Promise<SecretFindings> {
	const findings: SecretFindings = { runs: 0, shown: 0, characters: 0, found: [] };
	for (const kind of kinds) {
		const place = PLACES[kind % PLACES.length];
		if (place) await meet(kind, place, findings);
	}
	return findings;
}

/** How many kinds of page there are. */
export async function kindsOfPages(): Promise<number> {
	const proxy = await echoingProxy('http://127.0.0.1:9');
	await proxy.close();
	return proxy.kinds;
}

async function meet(
	kind: number,
	[where, only]: (typeof PLACES)[number],
	findings: SecretFindings,
): Promise<void> {
	const harness = await createHarness({
		nodes: { mapUpsertToXero: new MapUpsertToXero(), knack: new Knack() },
		sandbox: { limits: false },
	});
	const proxy = await echoingProxy(harness.url);
	const logged = listenToLog();
	try {
		harness.sandbox.xero.configure({ limitsOn: false });
		sendThrough(proxy, harness);
		const secrets = new Set(secretsOf(harness));
		// The token that the run begins with is renewed on the way.
		harness.sandbox.xero.expireAccessTokens();
		proxy.echo(kind, only);
		const left = [await upsert(harness), await readKnack(harness)];
		for (const secret of secretsOf(harness)) secrets.add(secret);
		const told = [...left, ...logged.lines, JSON.stringify(messagesIn(harness))].join('\n');
		findings.runs += 2;
		findings.shown += proxy.shown();
		findings.characters += told.length;
		for (const secret of secrets) {
			const form = formsOf(secret).find((each) => told.includes(each));
			if (form === undefined) continue;
			const at = told.indexOf(form);
			findings.found.push(`page ${kind} ${where}: …${told.slice(Math.max(0, at - 120), at + 30)}…`);
		}
	} finally {
		logged.stop();
		await proxy.close();
		await harness.close();
	}
}

function sendThrough(proxy: EchoingProxy, { credentials }: Harness): void {
	const knack = credentials.raw('knackApi');
	credentials.add('knackApi', { ...knack, apiUrl: `${proxy.url}/knack/v1` });
	const xero = credentials.raw('xeroSyncOAuth2Api');
	credentials.add('xeroSyncOAuth2Api', { ...xero, sandboxUrl: `${proxy.url}/xero` });
}

async function upsert(harness: Harness): Promise<string> {
	const { knack } = harness.sandbox;
	const node = mapUpsert(harness, {
		writeBack: true,
		writeBackFields: { message: knack.fieldKey('Orders', 'Sync Message') },
	});
	return everythingOf(await harness.engine.runNode(node, orderItems(harness)));
}

async function readKnack(harness: Harness): Promise<string> {
	const node = {
		name: 'Knack',
		type: ours('knack'),
		credentials: harness.knack,
		onError: 'continueErrorOutput' as const,
		parameters: {
			operation: 'getAll',
			table: { __rl: true, mode: 'list', value: harness.sandbox.knack.schema('Orders').key },
		},
	};
	return everythingOf(await harness.engine.runNode(node, [{}]));
}

function everythingOf(result: unknown): string {
	return inspect(result, {
		depth: Number.POSITIVE_INFINITY,
		showHidden: true,
		maxStringLength: Number.POSITIVE_INFINITY,
		maxArrayLength: Number.POSITIVE_INFINITY,
		breakLength: Number.POSITIVE_INFINITY,
	});
}

function messagesIn({ sandbox }: Harness): unknown[] {
	const { knack } = sandbox;
	return knack.recordIds('Orders').map((id) => knack.shown('Orders', id));
}

function secretsOf({ credentials }: Harness): string[] {
	const xero = credentials.raw('xeroSyncOAuth2Api');
	const tokens = Object(xero.oauthTokenData);
	const { apiKey } = credentials.raw('knackApi');
	const basic = Buffer.from(`${String(xero.clientId)}:${String(xero.clientSecret)}`);
	return [
		String(apiKey),
		String(xero.clientSecret),
		String(tokens.access_token),
		String(tokens.refresh_token),
		basic.toString('base64'),
	];
}

/** As it is, for an address, and in Base64 wherever it may begin. */
function formsOf(secret: string): string[] {
	const within = [0, 1, 2].map((before) => {
		const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString('base64');
		return text.slice(4, text.length - 4);
	});
	return [secret, encodeURIComponent(secret), secret.replaceAll('/', '&#x2F;'), ...within];
}

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

/** What goes into n8n's log from now on. */
function listenToLog(): { readonly lines: string[]; stop(): void } {
	const logger = Container.get(Logger);
	const lines: string[] = [];
	const before = LEVELS.map((level) => [level, logger[level]] as const);
	for (const level of LEVELS) {
		logger[level] = (message, metadata) => {
			lines.push(`${String(message)} ${everythingOf(metadata)}`);
		};
	}
	return {
		lines,
		stop: () => before.forEach(([level, log]) => (logger[level] = log)),
	};
}
