import type { Hono } from 'hono';

import type { SandboxClock } from './core/clock';
import { ConnectionReset, rateLimitAnswer } from './core/faults';
import type { Fault, Faults } from './core/faults';
import type { Journal, JournalService } from './core/journal';

/** The parts that every request passes through. */
export interface AnswerOptions {
	root: Hono;
	clock: SandboxClock;
	journal: Journal;
	faults: Faults;
}

/** Bodies longer than this many bytes, and those that are no text, stay out of the journal. */
const longestJournaled = 512 * 1024;

/**
 * Answers one request: meets it with the faults that wait for it, and journals it.
 * @throws ConnectionReset where a fault drops the connection.
 */
export async function answer(request: Request, options: AnswerOptions): Promise<Response> {
	const url = new URL(request.url);
	const service = serviceOf(url.pathname);
	if (service === undefined || isWatching(request.method, url.pathname)) {
		return await options.root.fetch(request);
	}
	const started = performance.now();
	const fault =
		service === 'control' || options.faults.isEmpty
			? undefined
			: options.faults.take(service, request.method, url.pathname);
	const requestType = request.headers.get('content-type') ?? '';
	const requestText = isText(requestType) && request.body ? request.clone().text() : undefined;

	let response: Response | undefined;
	try {
		response = await handled(request, service, fault, options);
		return response;
	} finally {
		const organisation =
			request.headers.get('xero-tenant-id') ?? request.headers.get('x-knack-application-id');
		const responseType = response?.headers.get('content-type') ?? '';
		options.journal.record({
			service,
			...(organisation ? { organisation } : {}),
			method: request.method,
			path: url.pathname,
			query: url.searchParams,
			requestText: await requestText?.catch(() => ''),
			requestType,
			status: response?.status ?? 0,
			...(response && isText(responseType) && isShort(response)
				? { responseText: await response.clone().text() }
				: {}),
			responseType,
			durationMs: performance.now() - started,
			...(fault ? { fault: fault.kind } : {}),
		});
	}
}

async function handled(
	request: Request,
	service: JournalService,
	fault: Fault | undefined,
	{ root, clock }: AnswerOptions,
): Promise<Response> {
	switch (fault?.kind) {
		case undefined:
			return await root.fetch(request);
		case 'dropBefore':
			throw new ConnectionReset();
		case 'dropAfterCommit':
			await root.fetch(request);
			throw new ConnectionReset();
		case 'status':
			return faultAnswer(fault);
		case 'statusAfterCommit':
			await root.fetch(request);
			return faultAnswer(fault);
		case 'delay':
			await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
			return await root.fetch(request);
		case 'rateLimitStorm':
			return rateLimitAnswer(service, fault, clock.now());
	}
}

function faultAnswer(fault: {
	status: number;
	body?: string;
	headers?: Record<string, string>;
}): Response {
	const headers = { 'content-type': 'text/plain; charset=utf-8', ...fault.headers };
	return new Response(fault.body ?? '', { status: fault.status, headers });
}

/** The service a path belongs to; undefined for the page and what belongs to it. */
function serviceOf(path: string): JournalService | undefined {
	if (path.startsWith('/knack/')) return 'knack';
	if (path.startsWith('/xero/identity') || path.startsWith('/xero/connect/')) return 'identity';
	if (path.startsWith('/xero/')) return 'xero';
	return path.startsWith('/control/') ? 'control' : undefined;
}

/** Looking at the sandbox is not worth a journal entry; it would hide what the workflows did. */
function isWatching(method: string, path: string): boolean {
	return method === 'GET' && path.startsWith('/control/');
}

function isText(type: string): boolean {
	return /json|text|urlencoded|xml/.test(type) || type === '';
}

function isShort(response: Response): boolean {
	return Number(response.headers.get('content-length') ?? 0) <= longestJournaled;
}
