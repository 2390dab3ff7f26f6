import type { SandboxClock } from '../core/clock';
import type { Ids } from '../core/ids';

import { part, type Ledger, type LedgerChange, type SnapshotPart } from './ledger';
import { DEMO_TRADE_TENANT_ID, startingLedgers } from './organisations';
import { EVERY_GRANULAR_SCOPE } from './scopes';
import { DEFAULT_SETTINGS, type TwinSettings } from './settings';
import { Cell, plainTable } from './table';
import type { Answer } from './failures';

/** An app as registered in the developer portal. */
export interface AppRow {
	readonly clientId: string;
	/** Absent for a "Mobile or desktop" (PKCE) app. */
	readonly clientSecret?: string;
	readonly name: string;
	readonly kind: 'web' | 'pkce' | 'custom';
	/** Apps made before 2 March 2026 may still ask for the broad scopes. */
	readonly allowsBroadScopes: boolean;
	/** Empty: any https or loopback address is taken. */
	readonly redirectUris: readonly string[];
	/** What the app may ask for; for a custom connection what is ticked in the portal. */
	readonly scopes: readonly string[];
	readonly customTenantId?: string;
}

export interface CodeRow {
	readonly clientId: string;
	readonly redirectUri: string;
	readonly grantId: string;
	readonly challenge?: string;
	readonly expiresMs: number;
	readonly used: boolean;
}

/** What a user allowed an app; scopes only ever grow until it is revoked. */
export interface GrantRow {
	readonly grantId: string;
	readonly clientId: string;
	readonly authEventId: string;
	readonly scopes: readonly string[];
	readonly revoked: boolean;
}

export interface AccessTokenRow {
	readonly clientId: string;
	readonly grantId?: string;
	readonly scopes: readonly string[];
	readonly expiresMs: number;
}

export interface RefreshTokenRow {
	readonly clientId: string;
	readonly grantId: string;
	readonly expiresMs: number;
	/** When it was exchanged for a newer one; usable for 30 minutes after that. */
	readonly supersededMs?: number;
}

export interface ConnectionRow {
	readonly connectionId: string;
	readonly clientId: string;
	readonly tenantId: string;
	readonly authEventId: string;
	readonly createdMs: number;
	readonly updatedMs: number;
}

/** Calls counted in the running window. */
export interface WindowCount {
	readonly window: number;
	readonly calls: number;
}

export interface IdempotentAnswer {
	readonly fingerprint: string;
	readonly expiresMs: number;
	readonly answer: Answer;
}

export interface WebhookRegistration {
	readonly url: string;
	readonly key: string;
	readonly categories: readonly string[];
	/** `pending` until intent to receive was shown, `disabled` after 24 hours without success. */
	readonly status: 'pending' | 'active' | 'disabled';
}

/** Values to paste into a credential; obviously of no use anywhere else. */
export const SANDBOX_WEB_APP = {
	clientId: '5A4DB0C5C11E470000000000000WEB01',
	clientSecret: 'sandbox-web-app-secret-of-no-use-anywhere-else',
} as const;

export const SANDBOX_CUSTOM_CONNECTION = {
	clientId: '5A4DB0C5C11E470000000000000CUST1',
	clientSecret: 'sandbox-custom-connection-secret-of-no-use-anywhere-else',
} as const;

export const SANDBOX_PKCE_APP = { clientId: '5A4DB0C5C11E470000000000000PKCE1' } as const;

const STARTING_APPS: readonly AppRow[] = [
	{
		...SANDBOX_WEB_APP,
		name: 'Sandbox web app',
		kind: 'web',
		allowsBroadScopes: false,
		redirectUris: [],
		scopes: EVERY_GRANULAR_SCOPE,
	},
	{
		...SANDBOX_CUSTOM_CONNECTION,
		name: 'Sandbox custom connection',
		kind: 'custom',
		allowsBroadScopes: false,
		redirectUris: [],
		scopes: EVERY_GRANULAR_SCOPE.filter((scope) => /^(accounting\.|projects)/.test(scope)),
		customTenantId: DEMO_TRADE_TENANT_ID,
	},
	{
		...SANDBOX_PKCE_APP,
		name: 'Sandbox desktop app',
		kind: 'pkce',
		allowsBroadScopes: false,
		redirectUris: [],
		scopes: EVERY_GRANULAR_SCOPE,
	},
];

/** Everything the twin knows, of all organisations and apps. */
export class World {
	readonly settings = new Cell<TwinSettings>(DEFAULT_SETTINGS);
	readonly apps = plainTable<AppRow>();
	readonly codes = plainTable<CodeRow>();
	readonly grants = plainTable<GrantRow>();
	readonly accessTokens = plainTable<AccessTokenRow>();
	readonly refreshTokens = plainTable<RefreshTokenRow>();
	readonly connections = plainTable<ConnectionRow>();
	readonly minuteCounts = plainTable<WindowCount>();
	readonly dayCounts = plainTable<WindowCount>();
	readonly idempotentAnswers = plainTable<IdempotentAnswer>();
	readonly webhook = new Cell<WebhookRegistration | undefined>(undefined);
	ledgers: readonly Ledger[] = [];

	private readonly listeners: Array<(change: LedgerChange) => void> = [];
	private held: LedgerChange[] | undefined;

	constructor(
		readonly clock: SandboxClock,
		readonly ids: Ids,
	) {
		this.reset();
	}

	reset(): void {
		this.settings.set(DEFAULT_SETTINGS);
		this.webhook.set(undefined);
		for (const table of this.tables()) table.clear();
		this.ledgers = startingLedgers(this.ids, (change) => this.announce(change));
		for (const app of STARTING_APPS) {
			this.apps.put(app.clientId, app);
			if (app.customTenantId !== undefined) {
				this.connect(app, app.customTenantId, this.ids.guid());
			}
		}
	}

	now(): number {
		return this.clock.now();
	}

	ledger(tenantId: string): Ledger | undefined {
		return this.ledgers.find((ledger) => ledger.tenantId === tenantId);
	}

	/** The organisation named by tenant id or name; the first one when nothing is named. */
	organisation(named?: string): Ledger {
		const found =
			named === undefined
				? this.ledgers[0]
				: this.ledgers.find(
						({ info }) => info.value.tenantId === named || info.value.name === named,
					);
		if (!found) throw new Error(`The Xero sandbox has no organisation "${named}".`);
		return found;
	}

	/** Connects an app to an organisation, or renews the connection it has. */
	connect(app: AppRow, tenantId: string, authEventId: string): void {
		if (!this.ledger(tenantId)) return;
		const now = this.now();
		const held = this.connections.find(
			(connection) => connection.clientId === app.clientId && connection.tenantId === tenantId,
		);
		const connectionId = held?.connectionId ?? this.ids.guid();
		this.connections.put(connectionId, {
			connectionId,
			clientId: app.clientId,
			tenantId,
			authEventId,
			createdMs: held?.createdMs ?? now,
			updatedMs: now,
		});
	}

	onChange(listener: (change: LedgerChange) => void): void {
		this.listeners.push(listener);
	}

	/**
	 * Does something to one ledger that either happens as a whole or, when it throws, not at all:
	 * the books are put back and nobody hears of it. May be used inside itself.
	 */
	atomically<Result>(ledger: Ledger, action: () => Result): Result {
		const before = ledger.snapshot();
		const outer = this.held;
		const inner: LedgerChange[] = [];
		this.held = inner;
		let result: Result;
		try {
			result = action();
		} catch (error) {
			this.held = outer;
			ledger.restore(before);
			throw error;
		}
		this.held = outer;
		for (const change of inner) this.announce(change);
		return result;
	}

	snapshot(): unknown {
		return {
			parts: this.parts().map((stored) => stored.snapshot()),
			ledgers: this.ledgers.map((ledger) => ledger.snapshot()),
		} satisfies WorldSnapshot;
	}

	restore(snapshot: unknown): void {
		const taken = snapshot as WorldSnapshot;
		this.parts().forEach((stored, index) => stored.restore(taken.parts[index]));
		this.ledgers.forEach((ledger, index) => ledger.restore(taken.ledgers[index] ?? []));
	}

	/**
	 * Books as they were in the snapshot, for apps that stay connected: their consents, tokens and
	 * connections, and the webhook, are those of now.
	 */
	startOver(snapshot: unknown): void {
		const held = [
			part(this.webhook),
			part(this.apps),
			part(this.grants),
			part(this.accessTokens),
			part(this.refreshTokens),
			part(this.connections),
		];
		const now = held.map((stored) => stored.snapshot());
		this.restore(snapshot);
		held.forEach((stored, index) => stored.restore(now[index]));
	}

	private announce(change: LedgerChange): void {
		if (this.held) this.held.push(change);
		else for (const listener of this.listeners) listener(change);
	}

	private tables(): { clear(): void }[] {
		return [
			this.apps,
			this.codes,
			this.grants,
			this.accessTokens,
			this.refreshTokens,
			this.connections,
			this.minuteCounts,
			this.dayCounts,
			this.idempotentAnswers,
		];
	}

	private parts(): SnapshotPart[] {
		return [
			part(this.settings),
			part(this.webhook),
			part(this.apps),
			part(this.codes),
			part(this.grants),
			part(this.accessTokens),
			part(this.refreshTokens),
			part(this.connections),
			part(this.minuteCounts),
			part(this.dayCounts),
			part(this.idempotentAnswers),
		];
	}
}

interface WorldSnapshot {
	readonly parts: readonly unknown[];
	readonly ledgers: readonly unknown[][];
}
