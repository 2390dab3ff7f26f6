import type { Clock } from '../clock';
import { instantText } from '../dates';
import { canonicalJson, contentHash } from '../hash';
import type { HttpOutcome, HttpPort } from '../http';
import { createPacer } from '../pace';
import type { Pacer, PaceLimits } from '../pace';
import { ServiceFaultError, type ServiceFault } from '../serviceFault';
import { fullUrl } from '../urls';
import { isOwnRefusal, readRefusal } from './answers';
import type { XeroClient, XeroRead, XeroWrite, XeroWriteAnswer } from './client';
import { createDayBudget } from './dayBudget';
import { xeroFault } from './faults';
import { send } from './sending';
import type { RequestTimes, Sent } from './sending';
import { LONGEST_URL } from './urls';
import type { XeroUrls } from './urls';

/** What Xero allows for one organisation and app (developer.xero.com, "OAuth 2.0 API limits"). */
export const XERO_LIMITS: PaceLimits = {
	inFlight: 5,
	inFlightAtFirst: 1,
	// A second longer than a minute: requests do not all take the same time to arrive.
	windows: [{ starts: 60, milliseconds: 61_000, turnsEveryMs: 60_000 }],
};

const TIMEOUT_MS = 60_000;
const PATIENCE_MS = 5 * 60_000;
const LONGEST_KEY = 128;
/** Of the app's 10,000 calls a minute over all organisations: with so few left everybody slows down. */
const FEW_OF_APP = 50;
const APP_PAUSE_MS = 5_000;

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
	/** So many calls of the day are left for others; none unless told. */
	readonly dayReserve?: number;
}

/** One Xero organisation over an HTTP port: paced, repeated where safe, refusals by cause. */
export function createXeroClient(options: XeroClientOptions): XeroClient {
	const { http, clock, organisationId, urls, patienceMs = PATIENCE_MS } = options;
	const pace = options.pace ?? createPacer(XERO_LIMITS);
	let reads = 0;
	let writes = 0;
	const day = createDayBudget(options.dayReserve ?? 0);

	function note(headers: Readonly<Record<string, string>>, times: RequestTimes): void {
		const ofDay = wholeNumber(headers['x-daylimit-remaining']);
		if (ofDay !== undefined) day.note(ofDay);
		const minute = wholeNumber(headers['x-minlimit-remaining']);
		if (minute !== undefined) pace.report({ remaining: minute, ...times });
		const app = wholeNumber(headers['x-appminlimit-remaining']);
		if (app !== undefined && app < FEW_OF_APP) pace.notBefore(times.endedMs + APP_PAUSE_MS);
	}

	async function request(
		method: XeroWrite['method'] | 'GET',
		target: XeroRead,
		headers: Record<string, string>,
		{ body, port = http }: { readonly body?: unknown; readonly port?: HttpPort } = {},
	): Promise<Sent> {
		const spent = day.stopped(clock.now());
		if (spent) return { kind: 'stopped', fault: spent, maybeDone: false };
		const api = target.api ?? 'accounting';
		const url = `${urls[api]}${target.path}`;
		if (fullUrl(url, target.query).length > LONGEST_URL) {
			const fault = xeroFault({ kind: 'tooLong', path: target.path });
			return { kind: 'stopped', fault, maybeDone: false };
		}
		const sent = await send(
			{
				http: port,
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
		if (sent.kind === 'stopped' && sent.fault.cause === 'daySpent') day.spent(sent.fault);
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
			if (sent.status < 400) {
				// Xero sends nobody on: somebody on the way does.
				const words = `It leads to another address (${sent.status}).`;
				const { path } = target;
				throw new ServiceFaultError(xeroFault({ kind: 'notXero', path, vendorMessage: words }));
			}
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
			const body = textOf(write);
			const contentType = write.contentType ?? (body === undefined ? undefined : JSON_TYPE);
			const headers = {
				'idempotency-key': key,
				...(contentType === undefined ? {} : { 'content-type': contentType }),
			};
			const watched = watch(http, clock, write.notAfterMs);
			const sent = await request(write.method, write, headers, { body, port: watched.port });
			if (sent.kind === 'stopped' && watched.isLate()) {
				return sent.maybeDone ? uncertain(sent.fault) : { kind: 'late' };
			}
			// Maintenance is told before a request is looked at, so nothing was written.
			if (sent.kind === 'lost' && watched.isMaintained()) {
				return { kind: 'stopped', fault: sent.fault };
			}
			return writeAnswer(sent);
		},
		calls: () => ({ reads, writes }),
		dayRemaining: day.remaining,
	};
}

const JSON_TYPE = 'application/json';

/**
 * What is sent: bytes as they are, everything else as one canonical text, which keys are made of
 * too. JSON may end in blanks, and those are the mark of the execution.
 */
function textOf({ body, mark }: XeroWrite): Buffer | undefined {
	if (body === undefined || Buffer.isBuffer(body)) return body;
	return Buffer.from(`${canonicalJson(body)}${mark === undefined ? '' : blanks(mark)}`);
}

/** A mark in blanks: a space or a tab for each of 64 bits. */
function blanks(mark: string): string {
	const bits = BigInt(`0x${contentHash(mark).slice(0, 16)}`)
		.toString(2)
		.padStart(64, '0');
	return bits.replace(/0/g, ' ').replace(/1/g, '\t');
}

/** Sees what became of each attempt at a write, and lets none go out after its time. */
function watch(http: HttpPort, clock: Clock, notAfterMs = Number.POSITIVE_INFINITY) {
	const outcomes: HttpOutcome[] = [];
	let isLate = false;
	const port: HttpPort = async (request) => {
		if (clock.now() > notAfterMs) {
			isLate = true;
			return { kind: 'notSigned', reason: 'It was too late to send it.' };
		}
		const outcome = await http(request);
		outcomes.push(outcome);
		return outcome;
	};
	return {
		port,
		isLate: () => isLate,
		isMaintained: () => outcomes.length > 0 && outcomes.every(isMaintenance),
	};
}

/** Xero's plain words for being offline, as a whole or for one organisation (facts: 503). */
function isMaintenance(outcome: HttpOutcome): boolean {
	return (
		outcome.kind === 'answer' &&
		(outcome.status === 429 ||
			(outcome.status === 503 &&
				typeof outcome.body === 'string' &&
				/^[^<]*\boffline\b[^<]*$/i.test(outcome.body.slice(0, 500))))
	);
}

function writeAnswer(sent: Sent): XeroWriteAnswer {
	if (sent.kind === 'stopped' && !sent.maybeDone) return { kind: 'stopped', fault: sent.fault };
	if (sent.kind !== 'answer') return uncertain(sent.fault);
	const { status, body } = sent;
	if (status >= 400) {
		const refusal = readRefusal(body);
		if (status === 400 && isOwnRefusal(body)) return { kind: 'refused', status, ...refusal };
		// A proxy may say so of a request that Xero has carried out.
		const words = refusal.messages[0];
		return {
			kind: 'unknown',
			reason: `The answer was ${status}${words === undefined ? '' : `: ${words}`}.`.replace(
				'..',
				'.',
			),
			status,
		};
	}
	// 204 has no body; any other success of Xero's is JSON with something in it.
	const isOwn = typeof body === 'object' && body !== null && Object.keys(body).length > 0;
	if (status === 204 || (status < 300 && isOwn)) return { kind: 'accepted', body };
	return { kind: 'unknown', reason: 'The answer to the write could not be read.' };
}

function uncertain({ message, vendorMessage }: ServiceFault): XeroWriteAnswer {
	return { kind: 'unknown', reason: vendorMessage ? `${message} (${vendorMessage})` : message };
}

function wholeNumber(text: string | undefined): number | undefined {
	return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
