import type { JournalService } from './journal';

/** Which requests a fault applies to. */
interface FaultTarget {
	service?: JournalService;
	method?: string;
	/** A regular expression matched against the path, such as `/Invoices`. */
	path?: string;
	/** How many matching requests it changes; 1 when left out. */
	times?: number;
	/** How many matching requests pass unharmed first. */
	after?: number;
}

/**
 * - `dropBefore`: the connection resets and nothing was written.
 * - `dropAfterCommit`: the service does its work, then the connection resets without an answer.
 * - `status`: answered so instead of being handled.
 * - `statusAfterCommit`: handled, but answered so.
 * - `delay`: handled after so many real milliseconds.
 * - `rateLimitStorm`: 429 in the service's own manner.
 */
type FaultKind =
	| { kind: 'dropBefore' }
	| { kind: 'dropAfterCommit' }
	| ({ kind: 'status' } & FaultAnswer)
	| ({ kind: 'statusAfterCommit' } & FaultAnswer)
	| { kind: 'delay'; delayMs: number }
	| {
			kind: 'rateLimitStorm';
			/** Xero's `Retry-After`, and how far away Knack's reset is; none sent to Xero callers when 0. */
			retryAfterSeconds?: number;
			/** Xero's `X-Rate-Limit-Problem`. */
			problem?: string;
	  };

interface FaultAnswer {
	status: number;
	body?: string;
	headers?: Record<string, string>;
}

export type Fault = FaultTarget & FaultKind;

export interface RegisteredFault {
	id: number;
	fault: Fault;
	/** Matching requests seen so far. */
	seen: number;
	/** Requests it changed so far. */
	applied: number;
}

/** The faults waiting to happen, in the order they were added; the first that matches applies. */
export class Faults {
	private registered: RegisteredFault[] = [];

	private nextId = 1;

	get list(): readonly RegisteredFault[] {
		return this.registered;
	}

	get isEmpty(): boolean {
		return this.registered.length === 0;
	}

	add(fault: Fault): RegisteredFault {
		const registered: RegisteredFault = { id: this.nextId++, fault, seen: 0, applied: 0 };
		if (fault.path !== undefined) void new RegExp(fault.path);
		this.registered.push(registered);
		return registered;
	}

	remove(id: number): boolean {
		const before = this.registered.length;
		this.registered = this.registered.filter((registered) => registered.id !== id);
		return this.registered.length < before;
	}

	clear(): void {
		this.registered = [];
	}

	/** The fault this request meets, counted as used; spent faults are forgotten. */
	take(service: JournalService, method: string, path: string): Fault | undefined {
		for (const registered of this.registered) {
			const { fault } = registered;
			if (fault.service !== undefined && fault.service !== service) continue;
			if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
			if (fault.path !== undefined && !new RegExp(fault.path, 'i').test(path)) continue;
			registered.seen += 1;
			if (registered.seen <= (fault.after ?? 0)) continue;
			registered.applied += 1;
			if (registered.applied >= (fault.times ?? 1)) this.remove(registered.id);
			return fault;
		}
		return undefined;
	}
}

/** What a client meets when the sandbox resets its connection. */
export class ConnectionReset extends Error {
	readonly code = 'ECONNRESET';

	constructor() {
		super('socket hang up');
		this.name = 'ConnectionReset';
	}
}

/** The answer of a `rateLimitStorm`, worded as the service words it. */
export function rateLimitAnswer(
	service: JournalService,
	fault: { retryAfterSeconds?: number; problem?: string },
	nowMs: number,
): Response {
	if (service === 'knack') {
		const reset = Math.floor(nowMs / 1000) + (fault.retryAfterSeconds ?? 1);
		return new Response('Rate limit exceeded', {
			status: 429,
			headers: {
				'content-type': 'text/html; charset=utf-8',
				'x-ratelimit-limit': '10',
				'x-ratelimit-remaining': '0',
				'x-ratelimit-reset': String(reset),
			},
		});
	}
	const headers: Record<string, string> = {
		'x-rate-limit-problem': fault.problem ?? 'minute',
		'x-minlimit-remaining': '0',
	};
	const retryAfter = fault.retryAfterSeconds ?? 1;
	if (retryAfter > 0) headers['retry-after'] = String(retryAfter);
	return new Response(null, { status: 429, headers });
}
