import type { Context, Env, MiddlewareHandler } from 'hono';

import { countCall } from './limits';
import type { RecordStore } from './recordStore';
import type { AppState, KnackState } from './state';
import { asObject } from './values';

/** What the routes share. */
export interface RouteOptions {
	state: () => KnackState;
	store: RecordStore;
	nowMs: () => number;
	objectId: () => string;
	changed: (what: string, id?: string) => void;
}

export interface KnackEnv extends Env {
	Variables: { knackApp: AppState };
}

const objectIdPattern = /^[0-9a-f]{24}$/i;

/** Knack words its refusals in plain text with an HTML content type. */
export function plainAnswer(text: string, status: number, headers = {}): Response {
	return new Response(text, {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
	});
}

export function missing(state: KnackState): Response {
	return state.flags.missingRecord === 404
		? plainAnswer('Not Found', 404)
		: plainAnswer('Internal Server Error', 500);
}

/** The application an id names, or Knack's refusal. */
export function findApp(state: KnackState, id: string | undefined): AppState | Response {
	if (id === undefined || id === '') return plainAnswer('Invalid API Request', 401);
	if (!objectIdPattern.test(id)) return plainAnswer('Malformed App ID.', 400);
	return state.apps.get(id) ?? missing(state);
}

/**
 * Checks application id and key in Knack's order, then counts the call.
 * View-based routes take the literal key `knack`, object-based ones do not.
 */
export function authenticated(
	options: RouteOptions,
	placeholderAllowed: boolean,
): MiddlewareHandler<KnackEnv> {
	return async (context, next) => {
		const app = findApp(options.state(), context.req.header('x-knack-application-id'));
		if (app instanceof Response) return app;
		const key = context.req.header('x-knack-rest-api-key') ?? '';
		const placeholder = key === '' || key === 'knack' || key === 'renderer';
		if (placeholder && !placeholderAllowed) {
			return plainAnswer('Unauthorized Object Access', 401);
		}
		if (!placeholder && key !== app.apiKey) return plainAnswer('Invalid API key', 401);
		const counted = countCall(options.state(), app, options.nowMs());
		if (counted.refusal !== undefined) {
			return plainAnswer(counted.refusal, 429, counted.headers);
		}
		context.set('knackApp', app);
		await next();
		for (const [name, value] of Object.entries(counted.headers)) {
			context.res.headers.set(name, value);
		}
		return undefined;
	};
}

/** The request's JSON object; undefined for an empty body, a refusal for anything else. */
export async function readBody(
	context: Context,
): Promise<Record<string, unknown> | Response | undefined> {
	const text = await context.req.text();
	if (text.trim() === '') return undefined;
	try {
		const body: unknown = JSON.parse(text);
		return asObject(body) ?? plainAnswer('Invalid JSON', 400);
	} catch {
		return plainAnswer('Invalid JSON', 400);
	}
}
