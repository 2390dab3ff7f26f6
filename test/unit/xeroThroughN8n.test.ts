import { createServer } from 'node:http';
import axios from 'axios';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { toNodeError } from '../../lib/n8n/errors';
import { outcomeOfError, withoutSecrets } from '../../lib/n8n/httpErrors';
import { createSigningTurns } from '../../lib/n8n/signingTurns';
import type { HttpOutcome } from '../../lib/http';
import { VirtualClock } from '../support/virtualClock';
import { ServiceFaultError, type ServiceFault } from '../../lib/serviceFault';

const node: INode = {
	id: '1',
	name: 'Xero',
	type: 'n8n-nodes-knack-xero.mapUpsertToXero',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const fault = (more: Partial<ServiceFault>): ServiceFaultError =>
	new ServiceFaultError({
		service: 'xero',
		cause: 'daySpent',
		message: 'The day is spent.',
		fix: 'Run again tomorrow.',
		...more,
	});

describe('n8n’s error for a fault', () => {
	it('says what happened, what to do, and what the service said', () => {
		const error = toNodeError(node, fault({ status: 429, vendorMessage: 'Slow down' }), {
			itemIndex: 3,
		});
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('The day is spent.');
		expect(error.description).toBe('Run again tomorrow. Xero\'s answer: "Slow down"');
		expect(error.context.itemIndex).toBe(3);
		expect((error as NodeApiError).httpCode).toBe('429');
	});

	it.each([
		[
			{ cause: 'daySpent', retryAtMs: 5 },
			{ cause: 'quota-exhausted', resetsAtEpochMs: 5 },
		],
		[{ cause: 'unavailable' }, { cause: 'temporarily-unavailable' }],
		[{ cause: 'unreachable' }, { cause: 'temporarily-unavailable' }],
		[{ cause: 'credentialRefused' }, { cause: 'credential-invalid' }],
		[{ cause: 'scopeMissing' }, { cause: 'credential-invalid' }],
		[{ cause: 'organisationMissing' }, { cause: 'configuration-invalid' }],
	] as const)('declares %j for n8n’s own back-off', (more, failure) => {
		expect(toNodeError(node, fault(more))).toMatchObject({ failure });
	});

	it('keeps its message although the service’s words contain a system error code', () => {
		const error = toNodeError(
			node,
			fault({ vendorMessage: 'ECONNREFUSED: approvePermissions ENOENT' }),
		);
		expect(error.message).toBe('The day is spent.');
	});

	it('leaves n8n’s own errors as they are, and wraps others', () => {
		const own = new NodeOperationError(node, 'Choose a table');
		expect(toNodeError(node, own, { itemIndex: 2 })).toBe(own);
		expect(own.context.itemIndex).toBe(2);
		expect(toNodeError(node, new Error('odd'))).toMatchObject({ message: 'odd' });
		expect(toNodeError(node, 'odd')).toBeInstanceOf(NodeOperationError);
	});
});

const caused = (message: string, cause: unknown) => Object.assign(new Error(message), { cause });

/**
 * What axios, the client inside n8n's HTTP helper, throws at an answer of a server on loopback;
 * without an answer, at a server that is gone.
 */
async function axiosError(answer?: {
	status: number;
	headers?: Record<string, string>;
	body?: unknown;
}): Promise<unknown> {
	const server = createServer((_request, response) => {
		const headers = { 'content-type': 'application/json', ...answer?.headers };
		response.writeHead(answer?.status ?? 200, headers).end(JSON.stringify(answer?.body ?? {}));
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('No port was free');
	const close = async () => await new Promise((done) => server.close(done));
	if (!answer) await close();
	const error = await axios
		.get(`http://127.0.0.1:${address.port}/api.xro/2.0/Organisation`, {
			headers: { Authorization: `Bearer ${TOKEN}` },
			proxy: false,
		})
		.then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
	if (answer) await close();
	return error;
}

const TOKEN = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjFDQUY4RTY2NzcyRDZEQzAyOEQ2NzI2RkQwMjYxNTgx';

describe('an error of n8n’s HTTP helper', () => {
	it('that is a 401 is an answer, with Xero’s words', async () => {
		const refused = await axiosError({
			status: 401,
			headers: { 'WWW-Authenticate': 'Bearer' },
			body: { Detail: 'TokenExpired' },
		});
		expect(outcomeOfError(caused('Authorization failed', refused))).toEqual({
			kind: 'answer',
			status: 401,
			headers: expect.objectContaining({ 'www-authenticate': 'Bearer' }),
			body: { Detail: 'TokenExpired' },
		});
	});

	it('that is another status is the token endpoint’s, and no answer of Xero', async () => {
		const down = await axiosError({ status: 503, body: { Detail: 'maintenance' } });
		expect(outcomeOfError(caused('Refreshing failed', down))).toMatchObject({
			kind: 'noAnswer',
			code: 'ERR_BAD_RESPONSE',
		});
	});

	it('that is a connection refused is no answer, and says nothing of the token', async () => {
		const outcome = outcomeOfError(caused('outer', await axiosError()));
		expect(outcome).toMatchObject({ kind: 'noAnswer', code: 'ECONNREFUSED' });
		expect(JSON.stringify(outcome)).not.toContain(TOKEN);
	});

	it.each([
		[
			'an OAuth error',
			Object.assign(new Error('x'), { body: { error: 'invalid_grant' } }),
			'invalid_grant',
		],
		[
			'n8n’s own words',
			new Error('The credential "Xero" needs to be reconnected.'),
			'The credential "Xero" needs to be reconnected.',
		],
		[
			'a credential never connected',
			new Error('OAuth credentials not connected'),
			'OAuth credentials not connected',
		],
	])('that is %s was never sent', (_what, error, reason) => {
		expect(outcomeOfError(caused('outer', error))).toEqual({ kind: 'notSigned', reason });
	});

	it.each([
		[new Error('something odd'), 'UNKNOWN'],
		['not even an error', 'UNKNOWN'],
	])('that is something else is no answer', (error, code) => {
		expect(outcomeOfError(error)).toMatchObject({ kind: 'noAnswer', code });
	});

	it('never carries a token on', () => {
		expect(withoutSecrets(`failed with Bearer abc and ${TOKEN}`)).toBe(
			'failed with Bearer … and …',
		);
		const error = new Error(`Request with Authorization: Bearer ${TOKEN} failed`);
		expect(JSON.stringify(outcomeOfError(error))).not.toContain(TOKEN);
	});
});

describe('turns of an OAuth credential', () => {
	const signing = createSigningTurns();
	const good: HttpOutcome = { kind: 'answer', status: 200, headers: {}, body: {} };
	const bad: HttpOutcome = { kind: 'notSigned', reason: 'invalid_grant' };
	const settle = async () => await new Promise<void>((resolve) => setImmediate(resolve));
	const at = (minutes: number) => new VirtualClock(minutes * 60_000);

	it('let the first request go alone, the others side by side', async () => {
		const open: Array<() => void> = [];
		const send = async () => {
			await new Promise<void>((resolve) => open.push(resolve));
			return good;
		};
		const all = Promise.all(
			[1, 2, 3, 4].map(async () => await signing.inTurn('credential-1', at(0), send)),
		);
		await settle();
		expect(open).toHaveLength(1);
		open[0]?.();
		await settle();
		expect(open).toHaveLength(4);
		open.forEach((finish) => finish());
		await all;
		// Minutes later the token may have run out: one goes ahead again.
		const later = [1, 2].map(async () => await signing.inTurn('credential-1', at(6), send));
		await settle();
		expect(open).toHaveLength(5);
		open[4]?.();
		await settle();
		open.forEach((finish) => finish());
		await Promise.all(later);
	});

	it('send a request that lost the race for a refresh once more, alone', async () => {
		await signing.inTurn('credential-2', at(0), async () => good);
		let sent = 0;
		const racing = async () => {
			sent += 1;
			const isLoser = sent === 2;
			await settle();
			return isLoser ? bad : good;
		};
		const outcomes = await Promise.all(
			[1, 2].map(async () => await signing.inTurn('credential-2', at(1), racing)),
		);
		expect(outcomes).toEqual([good, good]);
		expect(sent).toBe(3);
	});

	it('try a refused grant once more, when another process may have kept its token', async () => {
		const clock = at(0);
		const sentAt: number[] = [];
		const second = async () => {
			sentAt.push(clock.now());
			return await Promise.resolve(sentAt.length === 1 ? bad : good);
		};
		expect(await clock.run(signing.inTurn('credential-3', clock, second))).toEqual(good);
		expect(sentAt).toEqual([0, 3_000]);
	});

	it('do not go on with a grant that is refused for good, nor repeat any other refusal', async () => {
		let sent = 0;
		const refused = (outcome: HttpOutcome) => async () => {
			sent += 1;
			return await Promise.resolve(outcome);
		};
		const clock = at(0);
		expect(await clock.run(signing.inTurn('credential-4', clock, refused(bad)))).toEqual(bad);
		expect(sent).toBe(2);
		const unknown: HttpOutcome = { kind: 'notSigned', reason: 'invalid_client' };
		await clock.run(signing.inTurn('credential-5', clock, refused(unknown)));
		expect(sent).toBe(3);
	});
});
