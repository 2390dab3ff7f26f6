import type { Clock } from '../clock';
import { instantText } from '../dates';
import { contentHash } from '../hash';
import type { HttpPort } from '../http';
import { createPacer } from '../pace';
import type { Pacer, PaceLimits } from '../pace';
import { ServiceFaultError } from '../serviceFault';
import type { ServiceFault } from '../serviceFault';
import { fullUrl } from '../urls';
import { readRefusal } from './answers';
import type { XeroClient, XeroRead, XeroWrite, XeroWriteAnswer } from './client';
import { xeroFault } from './faults';
import { send } from './sending';
import type { Sent } from './sending';
import { LONGEST_URL } from './urls';
import type { XeroUrls } from './urls';

/** What Xero allows for one organisation and app (developer.xero.com, "OAuth 2.0 API limits"). */
export const XERO_LIMITS: PaceLimits = {
	inFlight: 5,
	// A second longer than a minute: requests do not all take the same time to arrive.
	windows: [{ starts: 60, milliseconds: 61_000 }],
};

const TIMEOUT_MS = 60_000;
const PATIENCE_MS = 5 * 60_000;
const LONGEST_KEY = 128;

export interface XeroClientOptions {
	readonly http: HttpPort;
	readonly clock: Clock;
	/** Tenant id; undefined for a custom connection, which has one organisation. */
	readonly organisationId: string | undefined;
	readonly urls: XeroUrls;
	/** Shared by all clients of the organisation in this process; of this client alone unless given. */
	readonly pace?: Pacer;
	/** How long one request may wait for minute limits, in milliseconds; 5 minutes unless told. */
	readonly patienceMs?: number;
}

/** One Xero organisation over an HTTP port: paced, repeated where safe, refusals by cause. */
export function createXeroClient(options: XeroClientOptions): XeroClient {
	const { http, clock, organisationId, urls, patienceMs = PATIENCE_MS } = options;
	const pace = options.pace ?? createPacer(XERO_LIMITS);
	let reads = 0;
	let writes = 0;
	let dayRemaining: number | undefined;
	let daySpent: ServiceFault | undefined;

	function note(headers: Readonly<Record<string, string>>): void {
		const day = wholeNumber(headers['x-daylimit-remaining']);
		if (day !== undefined) dayRemaining = day;
		const minute = wholeNumber(headers['x-minlimit-remaining']);
		if (minute !== undefined) pace.reportRemaining(minute, clock.now());
	}

	/** The day stays spent until Xero's reset; asking again would only be refused again. */
	function stillSpent(): ServiceFault | undefined {
		if (daySpent && (daySpent.retryAtMs ?? Infinity) <= clock.now()) daySpent = undefined;
		return daySpent;
	}

	async function request(
		method: XeroWrite['method'] | 'GET',
		target: XeroRead,
		headers: Record<string, string>,
		body?: unknown,
	): Promise<Sent> {
		const spent = stillSpent();
		if (spent) return { kind: 'stopped', fault: spent, maybeDone: false };
		const api = target.api ?? 'accounting';
		const url = `${urls[api]}${target.path}`;
		if (fullUrl(url, target.query).length > LONGEST_URL) {
			const fault = xeroFault({ kind: 'tooLong', path: target.path });
			return { kind: 'stopped', fault, maybeDone: false };
		}
		const sent = await send(
			{
				http,
				clock,
				pace,
				patienceMs,
				onSent: () => {
					if (method === 'GET') reads += 1;
					else writes += 1;
				},
				onHeaders: note,
			},
			{
				method,
				url,
				query: target.query,
				headers: {
					// Without it Xero answers in XML.
					accept: 'application/json',
					...(organisationId === undefined ? {} : { 'xero-tenant-id': organisationId }),
					...headers,
				},
				body,
				timeoutMs: TIMEOUT_MS,
			},
			{ path: target.path, api },
		);
		if (sent.kind === 'stopped' && sent.fault.cause === 'daySpent') {
			daySpent = sent.fault;
			dayRemaining = 0;
		}
		return sent;
	}

	return {
		organisationId,
		async read(target) {
			const headers: Record<string, string> =
				target.modifiedSinceMs === undefined
					? {}
					: // UTC to the second, without a zone, as Xero's documentation has it.
						{ 'if-modified-since': instantText(target.modifiedSinceMs).replace('Z', '') };
			const sent = await request('GET', target, headers);
			if (sent.kind !== 'answer') throw new ServiceFaultError(sent.fault);
			if (sent.status === 304) return undefined;
			if (sent.status < 300) {
				if (typeof sent.body === 'object' && sent.body !== null) return sent.body;
				throw new ServiceFaultError(
					xeroFault({
						kind: 'notXero',
						path: target.path,
						vendorMessage: readRefusal(sent.body).messages[0],
					}),
				);
			}
			const vendorMessage = readRefusal(sent.body).messages.join(' ') || undefined;
			throw new ServiceFaultError(
				xeroFault(
					sent.status === 404
						? { kind: 'notFound', path: target.path, vendorMessage }
						: { kind: 'refused', status: sent.status, path: target.path, vendorMessage },
				),
			);
		},
		async write(write) {
			const key =
				write.idempotencyKey.length <= LONGEST_KEY
					? write.idempotencyKey
					: contentHash(write.idempotencyKey);
			const { contentType } = write;
			const headers = {
				'idempotency-key': key,
				...(contentType === undefined ? {} : { 'content-type': contentType }),
			};
			const sent = await request(write.method, write, headers, write.body);
			return writeAnswer(sent);
		},
		calls: () => ({ reads, writes }),
		dayRemaining: () => dayRemaining,
	};
}

function writeAnswer(sent: Sent): XeroWriteAnswer {
	if (sent.kind === 'stopped' && !sent.maybeDone) return { kind: 'stopped', fault: sent.fault };
	if (sent.kind !== 'answer') {
		const { message, vendorMessage } = sent.fault;
		return { kind: 'unknown', reason: vendorMessage ? `${message} (${vendorMessage})` : message };
	}
	const { status, body } = sent;
	if (status >= 400) return { kind: 'refused', status, ...readRefusal(body) };
	// 204 has no body; any other success of Xero's is JSON.
	if (status === 204 || (typeof body === 'object' && body !== null)) {
		return { kind: 'accepted', body };
	}
	return { kind: 'unknown', reason: 'The answer to the write could not be read.' };
}

function wholeNumber(text: string | undefined): number | undefined {
	return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
