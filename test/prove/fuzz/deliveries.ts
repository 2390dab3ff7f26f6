import '../../engine/isolatedUserFolder';
import { createHmac } from 'node:crypto';
import { KnackTrigger } from '../../../nodes/KnackTrigger/KnackTrigger.node';
import { XeroTrigger } from '../../../nodes/XeroTrigger/XeroTrigger.node';
import { DEMO_TRADE_TENANT_ID } from '../../../sandbox/xero/twin';
import { createHarness, ours, type Harness } from '../../engine/harness';
import { listenToWebhook, type Listening } from '../../engine/webhookListener';
import { Random } from '../random';
import { hostileBody } from './bodies';

const KEY = 'a-webhooks-key-of-the-app';
const SECRET = 'a-long-secret-of-the-flow';

export interface DeliveryFindings {
	bodies: number;
	/** Of them, those that were signed, or bore the secret. */
	trusted: number;
	/** An answer other than 200 for those, and 401 for the others; or none. */
	readonly wrongAnswers: string[];
	/** What a forged body started. */
	readonly started: string[];
	/** A sound delivery afterwards that started nothing. */
	readonly deaf: string[];
	/** Milliseconds until the slowest answer. */
	slowestMs: number;
	/** Milliseconds until the slowest answer of a storm of sound deliveries, at `STORM.perSecond`. */
	stormMs: number;
}

/** What Xero would have to send to be a burden. It waits five seconds for an answer. */
export const STORM = { deliveries: 1_000, perSecond: 100 } as const;
export const XERO_WAITS_MS = 5_000;

/** Bodies of all kinds to both addresses: signed and forged, and sound ones in between. */
export async function fuzzDeliveries(
	count: number,
	firstSeed: number,
	storm: number = STORM.deliveries,
): Promise<DeliveryFindings> {
	const findings: DeliveryFindings = {
		bodies: 0,
		trusted: 0,
		wrongAnswers: [],
		started: [],
		deaf: [],
		slowestMs: 0,
		stormMs: 0,
	};
	const random = new Random(firstSeed);
	await fuzzXeroTrigger(Math.ceil(count / 2), random, findings, storm);
	await fuzzKnackTrigger(Math.floor(count / 2), random, findings);
	return findings;
}

/** Of the bodies: without the secret, or signed by somebody else. */
const FORGED = 0.3;
/** Sound deliveries in between show that what came before did no harm. */
const BETWEEN = 250;

interface Address {
	readonly listening: Listening;
	readonly sound: () => Readonly<Record<string, unknown>>;
	readonly headers: (body: Buffer, isTrusted: boolean) => Record<string, string>;
	/** Makes something happen, and delivers it soundly. */
	readonly happening: () => Promise<void>;
}

async function fuzzAddress(
	name: string,
	address: Address,
	count: number,
	random: Random,
	findings: DeliveryFindings,
): Promise<void> {
	const { listening } = address;
	const send = async (isTrusted: boolean): Promise<void> => {
		const body = hostileBody(random, address.sound());
		const status = await post(listening.url, body, address.headers(body, isTrusted));
		findings.bodies += 1;
		if (isTrusted) findings.trusted += 1;
		if (status === (isTrusted ? 200 : 401)) return;
		const shown = body.toString('utf8').slice(0, 120);
		findings.wrongAnswers.push(`${name}: ${shown} was answered ${status}`);
	};
	const forged = Math.round(count * FORGED);
	for (let sent = 0; sent < forged; sent += 1) await send(false);
	await listening.settled();
	if (listening.executions.length > 0) {
		findings.started.push(`${name}: ${listening.executions.length} executions of forged bodies`);
	}
	for (let sent = forged + 1; sent <= count; sent += 1) {
		await send(true);
		if (sent % BETWEEN !== 0 && sent !== count) continue;
		await listening.settled();
		const known = listening.executions.length;
		await address.happening();
		await listening.settled();
		if (listening.executions.length === known) findings.deaf.push(`${name} after ${sent} bodies`);
	}
	findings.slowestMs = Math.max(findings.slowestMs, ...listening.answeredIn);
}

async function post(url: string, body: Buffer, headers: Record<string, string>): Promise<number> {
	try {
		const answer = await fetch(url, {
			method: 'POST',
			body: new Uint8Array(body),
			headers: { 'content-type': 'application/json', ...headers },
		});
		return answer.status;
	} catch {
		return 0;
	}
}

async function fuzzXeroTrigger(
	count: number,
	random: Random,
	findings: DeliveryFindings,
	storm: number,
): Promise<void> {
	const harness = await createHarness({ nodes: { xeroTrigger: new XeroTrigger() } });
	const { xero } = harness.sandbox;
	xero.configure({ limitsOn: false });
	keep(harness, 'xeroSyncOAuth2Api', { webhookSigningKey: KEY });
	const listening = await listenToWebhook(
		harness.engine,
		{
			name: 'Xero',
			type: ours('xeroTrigger'),
			credentials: harness.xero,
			parameters: {
				organisation: { mode: 'list', value: '' },
				options: { gatherSeconds: 1 },
			},
		},
		'fuzz-xero',
	);
	let sequence = 0;
	const eventOf = (id: string) => {
		sequence += 1;
		return {
			events: [
				{
					resourceUrl: `https://api.xero.com/api.xro/2.0/Invoices/${id}`,
					resourceId: id,
					tenantId: DEMO_TRADE_TENANT_ID,
					tenantType: 'ORGANISATION',
					eventCategory: 'INVOICE',
					eventType: 'UPDATE',
					eventDateUtc: `2026-11-22T10:00:00.${String(sequence % 1_000).padStart(3, '0')}`,
				},
			],
			firstEventSequence: sequence,
			lastEventSequence: sequence,
			entropy: 'ABC',
		};
	};
	const sign = (body: Buffer, key: string) =>
		createHmac('sha256', key).update(body).digest('base64');
	await fuzzAddress(
		'Xero Trigger',
		{
			listening,
			sound: () => eventOf('11111111-1111-4111-8111-111111111111'),
			headers: (body, isTrusted) => ({
				'x-xero-signature': sign(body, isTrusted ? KEY : 'of-a-forger'),
			}),
			happening: async () => {
				const saved = xero.person.saveInvoice({
					Type: 'ACCREC',
					Status: 'AUTHORISED',
					Contact: { Name: 'Ashdown Kitchens Ltd' },
					Date: '2026-11-01',
					DueDate: '2099-01-31',
					LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
				});
				const body = Buffer.from(JSON.stringify(eventOf(String(saved.InvoiceID))));
				await post(listening.url, body, { 'x-xero-signature': sign(body, KEY) });
			},
		},
		count,
		random,
		findings,
	);
	const before = listening.answeredIn.length;
	await atPace(storm, async () => {
		const body = Buffer.from(JSON.stringify(eventOf('11111111-1111-4111-8111-111111111111')));
		const status = await post(listening.url, body, { 'x-xero-signature': sign(body, KEY) });
		if (status !== 200)
			findings.wrongAnswers.push(`A delivery of the storm was answered ${status}`);
	});
	await listening.settled();
	findings.stormMs = Math.max(0, ...listening.answeredIn.slice(before));
	await listening.close();
	await harness.close();
}

async function fuzzKnackTrigger(
	count: number,
	random: Random,
	findings: DeliveryFindings,
): Promise<void> {
	const harness = await createHarness({
		nodes: { knackTrigger: new KnackTrigger() },
		sandbox: { limits: false },
	});
	const { knack } = harness.sandbox;
	keep(harness, 'knackApi', { webhookSecret: SECRET });
	const node = {
		name: 'Knack',
		type: ours('knackTrigger'),
		credentials: harness.knack,
		parameters: {
			table: { mode: 'list', value: knack.schema('Orders').key },
			triggerOn: 'created',
			instant: true,
			options: { gatherSeconds: 1 },
		},
	};
	await harness.engine.poller(node, { id: 'fuzz-knack' }).activate();
	const listening = await listenToWebhook(harness.engine, node, 'fuzz-knack');
	const trusted = { 'x-knack-xero-secret': SECRET };
	await fuzzAddress(
		'Knack Trigger',
		{
			listening,
			sound: () => ({
				recordId: '5ea46ad2b6ce4b0015000ae8',
				recordIds: ['5ea46ad2b6ce4b0015000ae8'],
				record: { id: '5ea46ad2b6ce4b0015000ae8' },
				table: 'Orders',
				sentAt: '2026-11-22T10:00:00Z',
			}),
			headers: (_body, isTrusted) => (isTrusted ? trusted : { 'x-knack-xero-secret': 'a-guess' }),
			happening: async () => {
				const [id] = knack.importRecords('Orders', [{ Status: 'New' }]);
				await post(listening.url, Buffer.from(JSON.stringify({ recordId: id })), trusted);
			},
		},
		count,
		random,
		findings,
	);
	await listening.close();
	await harness.close();
}

async function atPace(count: number, send: () => Promise<void>): Promise<void> {
	const startedMs = performance.now();
	const under: Array<Promise<void>> = [];
	while (under.length < count) {
		const due = Math.ceil(((performance.now() - startedMs) / 1_000) * STORM.perSecond);
		while (under.length < Math.min(count, due)) under.push(send());
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	await Promise.all(under);
}

function keep(harness: Harness, type: string, secrets: Record<string, string>): void {
	harness.credentials.add(type, { ...harness.credentials.raw(type), ...secrets });
}
