import type { SandboxClock } from './clock';
import { bodyToKeep, redactedQuery } from './redaction';

export type JournalService = 'knack' | 'xero' | 'identity' | 'webhook' | 'control';

export interface JournalEntry {
	id: number;
	/** Epoch milliseconds on the sandbox's clock. */
	at: number;
	service: JournalService;
	/** `read` for GET and HEAD, `write` for everything else. */
	kind: 'read' | 'write';
	/** The Xero tenant or the Knack application the call was for, where it said so. */
	organisation?: string;
	method: string;
	path: string;
	query: Record<string, string>;
	/** Parsed when it was JSON or a form, text otherwise; secrets replaced. */
	requestBody?: unknown;
	/** 0 when no answer was given because the connection was dropped. */
	status: number;
	responseBody?: unknown;
	durationMs: number;
	/** The injected fault that changed this call, if any. */
	fault?: string;
}

/** What a recorder knows of a call; the journal parses, redacts, numbers and stamps it. */
export interface JournalRecord {
	service: JournalService;
	organisation?: string;
	method: string;
	path: string;
	query?: URLSearchParams;
	requestText?: string;
	requestType?: string;
	status: number;
	responseText?: string;
	responseType?: string;
	durationMs: number;
	fault?: string;
}

export interface JournalFilter {
	service?: JournalService;
	kind?: 'read' | 'write';
	method?: string;
	/** A regular expression matched against the path. */
	path?: string | RegExp;
	status?: number;
	organisation?: string;
	/** Only entries with an id above this one. */
	afterId?: number;
	/** Only the newest so many. */
	last?: number;
}

export interface JournalCounts {
	total: number;
	byService: Partial<Record<JournalService, { read: number; write: number }>>;
	byStatus: Record<string, number>;
}

/** Every request and answer the sandbox saw, without its secrets; the oldest fall off the end. */
export class Journal {
	private ring: JournalEntry[] = [];

	/** Index of the oldest entry in `ring`; the array is compacted now and then, not on each call. */
	private head = 0;

	private nextId = 1;

	private readonly listeners = new Set<(entry: JournalEntry) => void>();

	constructor(
		private readonly clock: SandboxClock,
		private readonly limit = 50_000,
	) {}

	get entries(): readonly JournalEntry[] {
		this.compact();
		return this.ring;
	}

	record(call: JournalRecord): JournalEntry {
		const { query, requestText, requestType, responseText, responseType, ...rest } = call;
		const request = bodyToKeep(requestText, requestType);
		const response = bodyToKeep(responseText, responseType);
		const entry: JournalEntry = {
			id: this.nextId++,
			at: this.clock.now(),
			...rest,
			kind: call.method === 'GET' || call.method === 'HEAD' ? 'read' : 'write',
			query: query ? redactedQuery(query) : {},
			get requestBody() {
				return request();
			},
			get responseBody() {
				return response();
			},
		};
		this.ring.push(entry);
		if (this.ring.length - this.head > this.limit) this.head += 1;
		if (this.head > this.limit) this.compact();
		for (const listener of this.listeners) listener(entry);
		return entry;
	}

	/** Oldest first. */
	filter(wanted: JournalFilter): JournalEntry[] {
		const path = typeof wanted.path === 'string' ? new RegExp(wanted.path, 'i') : wanted.path;
		const found = this.entries.filter(
			(entry) =>
				(wanted.service === undefined || entry.service === wanted.service) &&
				(wanted.kind === undefined || entry.kind === wanted.kind) &&
				(wanted.method === undefined || entry.method === wanted.method.toUpperCase()) &&
				(wanted.status === undefined || entry.status === wanted.status) &&
				(wanted.organisation === undefined || entry.organisation === wanted.organisation) &&
				(wanted.afterId === undefined || entry.id > wanted.afterId) &&
				(path === undefined || path.test(entry.path)),
		);
		return wanted.last === undefined ? found : found.slice(-wanted.last);
	}

	counts(): JournalCounts {
		const counts: JournalCounts = { total: 0, byService: {}, byStatus: {} };
		for (const entry of this.entries) {
			counts.total += 1;
			const service = (counts.byService[entry.service] ??= { read: 0, write: 0 });
			service[entry.kind] += 1;
			const status = entry.status === 0 ? 'dropped' : String(entry.status);
			counts.byStatus[status] = (counts.byStatus[status] ?? 0) + 1;
		}
		return counts;
	}

	clear(): void {
		this.ring = [];
		this.head = 0;
	}

	/** @returns what stops the listening. */
	onEntry(listener: (entry: JournalEntry) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	private compact(): void {
		if (this.head === 0) return;
		this.ring = this.ring.slice(this.head);
		this.head = 0;
	}
}
