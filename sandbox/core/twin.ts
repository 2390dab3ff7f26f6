import type { Hono } from 'hono';

/**
 * One service's stand-in. `app` answers as the service does; what only a sandbox has
 * is mounted beside it (`knack/control.ts`, `xero/control.ts`).
 */
export interface Twin {
	app: Hono;
	/** Back to an empty service. */
	reset(): void;
	/** The whole state, opaque, cheap to take, unaffected by what happens afterwards. */
	snapshot(): unknown;
	restore(snapshot: unknown): void;
	/** What is stored as it was in the snapshot; whoever is connected stays connected. */
	startOver(snapshot: unknown): void;
}

/** Something a person looking at the sandbox page would want to see happen. */
export interface SandboxChange {
	service: 'knack' | 'xero' | 'control';
	/** What changed: a Knack table key, or a Xero entity such as `invoice`. */
	what: string;
	id?: string;
	action: 'created' | 'updated' | 'deleted' | 'changed';
}
