import type { Context, Handler, Hono } from 'hono';

import { Call } from './call';
import { accessRefused, NOT_FOUND, Refusal, type Answer } from './failures';
import { Idempotency } from './idempotency';
import { isJsonObject, type Json } from './json';
import { CallLimits } from './limits';
import { covers } from './scopes';
import type { AccessTokenRow, AppRow, World } from './world';

const LONGEST_QUERY = 2_048;
const LARGEST_BODY = 10 * 1024 * 1024;

type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

/** One address of api.xero.com. Any one of `scopes` is enough. */
export interface Route {
	readonly method: Method;
	readonly path: string;
	readonly scopes: readonly string[];
	readonly handle: (call: Call) => Answer;
}

/**
 * What stands between a client and the books at api.xero.com: bearer, tenant, scope, limits,
 * idempotency, and the form of the answer.
 */
export class Transport {
	readonly limits: CallLimits;
	private readonly idempotency: Idempotency;

	constructor(private readonly world: World) {
		this.limits = new CallLimits(world);
		this.idempotency = new Idempotency(world);
	}

	mount(routes: Hono, base: string, list: readonly Route[]): void {
		for (const route of list) {
			routes.on(route.method, inAnyCase(`${base}${route.path}`), this.handler(route));
		}
	}

	/** The bearer of a call; ends the call with 401 when there is none or it has run out. */
	bearer(c: Context): { readonly token: AccessTokenRow; readonly app: AppRow } {
		const text = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
		const token = text === undefined ? undefined : this.world.accessTokens.get(text);
		const app = token && this.world.apps.get(token.clientId);
		const grant = token?.grantId === undefined ? undefined : this.world.grants.get(token.grantId);
		if (!token || !app || (token.grantId !== undefined && (!grant || grant.revoked))) {
			throw accessRefused(401, 'AuthenticationUnsuccessful', this.world.ids.guid());
		}
		if (token.expiresMs <= this.world.now()) {
			const detail = `TokenExpired: token expired at ${americanTime(token.expiresMs)}`;
			throw accessRefused(401, detail, this.world.ids.guid(), {
				'WWW-Authenticate': 'OAuth realm="api.xero.com", error="invalid_token"',
			});
		}
		return { token, app };
	}

	private handler(route: Route): Handler {
		return async (c) => {
			if (new URL(c.req.url).search.length - 1 > LONGEST_QUERY) return this.send(c, NOT_FOUND);
			try {
				const { token, app } = this.bearer(c);
				const ledger = this.tenant(c, app);
				this.checkScope(token, route.scopes);
				const { tenantId } = ledger;
				const passage = this.limits.enter(app.clientId, tenantId);
				try {
					const answer = passage.refusal ?? (await this.perform(c, route, app, tenantId));
					const headers = this.limits.headers(app.clientId, tenantId);
					return this.send(c, answer, headers);
				} finally {
					passage.leave();
				}
			} catch (error) {
				if (error instanceof Refusal) return this.send(c, error.answer);
				throw error;
			}
		};
	}

	private async perform(c: Context, route: Route, app: AppRow, tenantId: string): Promise<Answer> {
		const { settings } = this.world;
		if (settings.value.latencyMs > 0) await pause(settings.value.latencyMs);
		const reads = route.method === 'GET' || route.method === 'DELETE';
		const bytes = new Uint8Array(reads ? await nothing() : await c.req.arrayBuffer());
		if (bytes.byteLength > LARGEST_BODY) {
			return { status: 413, text: 'Request Entity Too Large', contentType: 'text/html' };
		}
		const ledger = this.world.organisation(tenantId);
		if (settings.value.maintenance) {
			return { status: 503, text: 'Xero API is currently offline for maintenance' };
		}
		if (ledger.info.value.status === 'OFFLINE') {
			return { status: 503, text: 'The Organisation is offline' };
		}
		const url = new URL(c.req.url);
		const act = async (): Promise<Answer> => {
			const call = new Call(this.world, ledger, app, {
				method: route.method,
				query: url.searchParams,
				params: c.req.param(),
				bytes,
				accept: c.req.header('accept') ?? '',
				contentType: c.req.header('content-type') ?? '',
				ifModifiedSince: c.req.header('if-modified-since'),
			});
			try {
				return route.handle(call);
			} catch (error) {
				if (error instanceof Refusal) return error.answer;
				throw error;
			}
		};
		const key = c.req.header('idempotency-key');
		if (key === undefined || key === '' || reads) return await act();
		return await this.idempotency.once(
			{
				clientId: app.clientId,
				tenantId,
				key,
				method: route.method,
				url: `${url.pathname}${url.search}`,
				body: bytes,
			},
			act,
		);
	}

	/** The organisation named by `xero-tenant-id`; a custom connection needs no naming. */
	private tenant(c: Context, app: AppRow) {
		const named = c.req.header('xero-tenant-id') || app.customTenantId;
		const connected =
			named !== undefined &&
			this.world.connections.find(
				(held) => held.clientId === app.clientId && held.tenantId === named,
			);
		const ledger = connected ? this.world.ledger(connected.tenantId) : undefined;
		if (!ledger) throw accessRefused(403, 'AuthenticationUnsuccessful', this.world.ids.guid());
		return ledger;
	}

	private checkScope(token: AccessTokenRow, scopes: readonly string[]): void {
		if (covers(token.scopes, scopes)) return;
		const status = this.world.settings.value.missingScopeStatus;
		throw accessRefused(status, 'AuthorizationUnsuccessful', this.world.ids.guid(), {
			// "insufficent" is Xero's spelling.
			'WWW-Authenticate': `OAuth realm="api.xero.com", error="insufficent_scope", scope="${scopes.join(' ')}"`,
		});
	}

	/** Writes an answer as JSON, or as XML when JSON was not asked for. */
	send(c: Context, answer: Answer, limitHeaders: Readonly<Record<string, string>> = {}): Response {
		const headers: Record<string, string> = {
			'Xero-Correlation-Id': this.world.ids.guid(),
			...limitHeaders,
			...answer.headers,
		};
		if (answer.bytes) {
			headers['Content-Type'] = answer.contentType ?? 'application/octet-stream';
			return new Response(Uint8Array.from(answer.bytes), { status: answer.status, headers });
		}
		if (answer.json === undefined) {
			if (answer.status === 204 || answer.status === 304) {
				return new Response(null, { status: answer.status, headers });
			}
			headers['Content-Type'] = answer.contentType ?? 'text/plain; charset=utf-8';
			return new Response(answer.text ?? '', { status: answer.status, headers });
		}
		const accept = c.req.header('accept') ?? '';
		const asJson =
			/json|application\/pdf/.test(accept) ||
			/\/(projects\.xro|payroll\.xro\/2\.0)\//i.test(c.req.path);
		headers['Content-Type'] = asJson
			? 'application/json; charset=utf-8'
			: 'text/xml; charset=utf-8';
		const text = asJson ? JSON.stringify(answer.json) : xml(answer.json);
		return new Response(text, { status: answer.status, headers });
	}
}

/** Xero's addresses are the same in any case (recorded: `/items`); what stands in them is not. */
function inAnyCase(path: string): string {
	return path
		.split('/')
		.map((part, index) => {
			if (part === '' || part.startsWith(':')) return part;
			const letters = part.replace(/[a-z]/gi, (letter) => {
				return `[${letter.toUpperCase()}${letter.toLowerCase()}]`;
			});
			return `:part${index}{${letters.replace(/\./g, '\\.')}}`;
		})
		.join('/');
}

/** `11/22/2026 07:00:40`, as Xero writes the moment a token ran out. */
function americanTime(epochMs: number): string {
	const iso = new Date(epochMs).toISOString();
	return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`;
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** One turn of the queue, so that calls made together are in flight together in memory as well. */
async function nothing(): Promise<ArrayBuffer> {
	await Promise.resolve();
	return new ArrayBuffer(0);
}

/** Xero's answer to those who do not ask for JSON: the same content, as plain elements. */
function xml(json: Json): string {
	return `<?xml version="1.0" encoding="utf-8"?><Response>${elements(json, 'Item')}</Response>`;
}

function elements(json: Json, name: string): string {
	if (Array.isArray(json)) {
		const singular = name.replace(/s$/, '');
		return json
			.map((member) => `<${singular}>${elements(member, singular)}</${singular}>`)
			.join('');
	}
	if (isJsonObject(json)) {
		return Object.entries(json)
			.filter(([, value]) => value !== undefined && value !== null)
			.map(([key, value]) => `<${key}>${elements(value, key)}</${key}>`)
			.join('');
	}
	return String(json ?? '').replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
