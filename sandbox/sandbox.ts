import { createAdaptorServer } from '@hono/node-server';
import type { HttpBindings, Http2Bindings } from '@hono/node-server';
import { Hono } from 'hono';

import { answer } from './answer';
import { sandboxControl } from './control';
import { SandboxClock } from './core/clock';
import { ConnectionReset, Faults } from './core/faults';
import { Ids } from './core/ids';
import { Journal } from './core/journal';
import type { SandboxChange } from './core/twin';
import { knackControl } from './knack/control';
import { createKnackTwin } from './knack/twin';
import type { KnackTwin } from './knack/twin';
import { sandboxKnackApp } from './knackApp';
import type { EditorLinks } from './page/editorLinks';
import { pageRoutes } from './page/page';
import { seedTradeBusiness } from './seed/tradeBusiness';
import { xeroControl } from './xero/control';
import type { Route } from './xero/transport';
import { createXeroTwin } from './xero/twin';
import type { XeroTwin } from './xero/twin';

export { sandboxKnackApp };

export interface SandboxOptions {
	/** What is in it at first, and after a reset: a small UK trade business, or an app without tables. */
	seed?: 'tradeBusiness' | 'empty';
	/** Where the clock begins, epoch milliseconds; real time when left out. */
	nowMs?: number;
	/** The clock stands still until it is moved. */
	freeze?: boolean;
	/** Addresses of Xero's Accounting API beside its own. */
	xeroRoutes?: readonly Route[];
	/** False lifts Knack's ten calls a second, for tests whose clock stands still. */
	limits?: boolean;
}

export interface ListeningSandbox {
	/** Such as `http://127.0.0.1:4010`. */
	url: string;
	close(): Promise<void>;
}

interface SandboxSnapshot {
	knack: unknown;
	xero: unknown;
	ids: readonly [state: number, counter: number];
	nowMs: number;
}

/** Knack, Xero, a clock, faults and a journal in one process; answers in memory or over HTTP. */
export class Sandbox {
	readonly clock: SandboxClock;

	readonly ids = new Ids();

	readonly journal: Journal;

	readonly faults = new Faults();

	readonly knack: KnackTwin;

	readonly xero: XeroTwin;

	/** An n8n that works with this sandbox; the page leads to it. */
	editor: EditorLinks | undefined;

	private readonly root = new Hono();

	/** As it was when it was last seeded. */
	private seeded: SandboxSnapshot;

	private readonly changeListeners = new Set<(change: SandboxChange) => void>();

	constructor(private readonly options: SandboxOptions = {}) {
		this.clock = new SandboxClock(options.nowMs, options.freeze);
		this.journal = new Journal(this.clock);
		this.knack = createKnackTwin({
			clock: this.clock,
			ids: this.ids,
			delivered: ({ flow, body, status, durationMs }) => {
				this.journal.record({
					service: 'webhook',
					method: 'POST',
					path: new URL(flow.url).pathname,
					requestText: body,
					requestType: 'application/json',
					status,
					durationMs,
				});
			},
		});
		this.xero = createXeroTwin({
			clock: this.clock,
			ids: this.ids,
			journal: this.journal,
			routes: options.xeroRoutes,
		});
		this.knack.onChange((change) => this.tell(change));
		this.xero.onChange(({ what, id, action }) => this.tell({ service: 'xero', what, id, action }));
		this.seeded = this.seed();
		this.root.route('/knack', this.knack.app);
		this.root.route('/xero', this.xero.app);
		this.root.route('/control/knack', knackControl(this.knack));
		this.root.route('/control/xero', xeroControl(this.xero));
		this.root.route('/control', sandboxControl(this));
		this.root.route('/', pageRoutes());
	}

	/**
	 * Answers a request in memory.
	 * @throws ConnectionReset (code 'ECONNRESET') where a fault drops the connection.
	 */
	async fetch(request: Request): Promise<Response> {
		return await answer(request, {
			root: this.root,
			clock: this.clock,
			journal: this.journal,
			faults: this.faults,
		});
	}

	/** Serves on loopback only. @param port any free one when 0. */
	async listen(port = 4010): Promise<ListeningSandbox> {
		const server = createAdaptorServer({
			fetch: async (request, env) => await this.answerOverHttp(request, env),
			hostname: '127.0.0.1',
		});
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, '127.0.0.1', resolve);
		});
		const address = server.address();
		const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
		this.knack.baseUrl = `${url}/knack`;
		return {
			url,
			close: async () => {
				await new Promise<void>((resolve) => {
					server.close(() => resolve());
					if ('closeAllConnections' in server) server.closeAllConnections();
				});
			},
		};
	}

	/** Back to the seed; the journal and waiting faults are cleared too. */
	reset(seed: 'tradeBusiness' | 'empty' = this.options.seed ?? 'tradeBusiness'): void {
		this.ids.reset();
		this.knack.reset();
		this.xero.reset();
		this.faults.clear();
		this.journal.clear();
		this.seeded = this.seed(seed);
		this.tell({ service: 'control', what: 'everything', action: 'changed' });
	}

	/**
	 * Back to what was seeded, with everybody still connected: Knack's Flows, Xero's consents and its
	 * webhook stay. The clock goes on, and so do the ids.
	 */
	startOver(): void {
		this.faults.clear();
		this.journal.clear();
		this.xero.startOver(this.seeded.xero);
		this.knack.startOver(this.seeded.knack);
		this.tell({ service: 'control', what: 'everything', action: 'changed' });
	}

	/** Both twins, the ids and the time; not the journal and the faults. */
	snapshot(): unknown {
		return this.taken();
	}

	restore(snapshot: unknown): void {
		// Only what `snapshot()` gave is meant to come back here.
		const taken = snapshot as SandboxSnapshot;
		this.knack.restore(taken.knack);
		this.xero.restore(taken.xero);
		this.ids.restore(taken.ids);
		this.clock.set(taken.nowMs);
	}

	/** @returns what stops the listening. */
	onChange(listener: (change: SandboxChange) => void): () => void {
		this.changeListeners.add(listener);
		return () => this.changeListeners.delete(listener);
	}

	private taken(): SandboxSnapshot {
		return {
			knack: this.knack.snapshot(),
			xero: this.xero.snapshot(),
			ids: this.ids.snapshot(),
			nowMs: this.clock.now(),
		};
	}

	private seed(seed = this.options.seed ?? 'tradeBusiness'): SandboxSnapshot {
		this.knack.addApp({ ...sandboxKnackApp, timeZone: 'London' });
		if (seed === 'tradeBusiness') seedTradeBusiness(this);
		if (this.options.limits === false) this.knack.setLimits({ perSecond: null });
		return this.taken();
	}

	private async answerOverHttp(
		request: Request,
		env: HttpBindings | Http2Bindings,
	): Promise<Response> {
		try {
			return await this.fetch(request);
		} catch (error) {
			if (!(error instanceof ConnectionReset)) throw error;
			if ('socket' in env.incoming) env.incoming.socket?.destroy();
			// Tells the server that the answer, none, was given.
			return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
		}
	}

	private tell(change: SandboxChange): void {
		for (const listener of this.changeListeners) listener(change);
	}
}

export function createSandbox(options: SandboxOptions = {}): Sandbox {
	return new Sandbox(options);
}
