import { createHash } from 'node:crypto';

import { Hono, type Context } from 'hono';

import { consentPage, refusalPage } from './consentPage';
import { isKnownScope, splitScopes } from './scopes';
import {
	exchangeRefreshToken,
	ISSUER,
	issueAccessToken,
	issueForGrant,
	publishedKeys,
	revokeGrant,
} from './tokens';
import type { AppRow, GrantRow, World } from './world';

const CODE_MS = 5 * 60_000;

type TokenError =
	| 'invalid_client'
	| 'invalid_grant'
	| 'invalid_request'
	| 'invalid_scope'
	| 'unauthorized_client'
	| 'unsupported_grant_type';

/** login.xero.com and identity.xero.com: consent, tokens, revocation. */
export function oauthRoutes(world: World): Hono {
	const routes = new Hono();

	routes.get('/identity/connect/authorize', (c) => {
		const query = new URL(c.req.url).searchParams;
		const request = readAuthorizeRequest(world, query);
		if ('refused' in request) return c.html(refusalPage(request.refused), 400);
		if ('redirect' in request) return c.redirect(request.redirect);
		if (query.get('autoConsent') === '1' || world.settings.value.autoConsent) {
			const tenants = query.getAll('tenantId');
			return c.redirect(approve(world, request, tenants.length > 0 ? tenants : undefined));
		}
		return c.html(consentPage(request.app.name, request.scopes, organisations(world), query));
	});

	routes.post('/identity/connect/authorize', async (c) => {
		const form = new URLSearchParams(await c.req.text());
		const request = readAuthorizeRequest(world, form);
		if ('refused' in request) return c.html(refusalPage(request.refused), 400);
		if ('redirect' in request) return c.redirect(request.redirect);
		if (form.get('decision') !== 'allow') return c.redirect(withError(request, 'access_denied'));
		return c.redirect(approve(world, request, form.getAll('tenantId')));
	});

	routes.get('/.well-known/openid-configuration', (c) => {
		const base = new URL(c.req.url);
		const root = `${base.origin}${base.pathname.replace(/\/\.well-known\/.*$/, '')}`;
		return c.json({
			issuer: ISSUER,
			authorization_endpoint: `${root}/identity/connect/authorize`,
			token_endpoint: `${root}/connect/token`,
			jwks_uri: `${root}/.well-known/openid-configuration/jwks`,
			response_types_supported: ['code'],
			subject_types_supported: ['public'],
			id_token_signing_alg_values_supported: ['RS256'],
			revocation_endpoint: `${root}/connect/revocation`,
			grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
			token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
			code_challenge_methods_supported: ['S256'],
		});
	});

	routes.get('/.well-known/openid-configuration/jwks', (c) => c.json(publishedKeys()));

	routes.post('/connect/token', async (c) => {
		const form = new URLSearchParams(await c.req.text());
		const app = authenticatedApp(world, c, form);
		if (!app) return tokenError(c, 'invalid_client', 401);
		switch (form.get('grant_type')) {
			case 'authorization_code':
				return exchangeCode(world, c, app, form);
			case 'refresh_token': {
				const tokens = exchangeRefreshToken(world, app, form.get('refresh_token') ?? '');
				return tokens ? c.json(tokens) : tokenError(c, 'invalid_grant');
			}
			case 'client_credentials': {
				if (app.kind !== 'custom') return tokenError(c, 'unauthorized_client');
				const asked = splitScopes(form.get('scope') ?? '');
				if (asked.some((scope) => !mayAsk(app, scope))) return tokenError(c, 'invalid_scope');
				return c.json(issueAccessToken(world, app, asked.length > 0 ? asked : app.scopes));
			}
			default:
				return tokenError(c, 'unsupported_grant_type');
		}
	});

	routes.post('/connect/revocation', async (c) => {
		const form = new URLSearchParams(await c.req.text());
		const app = authenticatedApp(world, c, form);
		if (!app) return tokenError(c, 'invalid_client', 401);
		const held = world.refreshTokens.get(form.get('token') ?? '');
		const grant = held && world.grants.get(held.grantId);
		if (grant && held.clientId === app.clientId) revokeGrant(world, grant);
		return c.body(null, 200);
	});

	return routes;
}

interface AuthorizeRequest {
	readonly app: AppRow;
	readonly redirectUri: string;
	readonly scopes: readonly string[];
	readonly state?: string;
	readonly challenge?: string;
}

function readAuthorizeRequest(
	world: World,
	query: URLSearchParams,
): AuthorizeRequest | { readonly refused: string } | { readonly redirect: string } {
	const app = world.apps.get(query.get('client_id') ?? '');
	if (!app || app.kind === 'custom')
		return { refused: 'unauthorized_client: Unknown client or client not enabled' };
	const redirectUri = query.get('redirect_uri') ?? '';
	if (!redirectAllowed(app, redirectUri))
		return { refused: 'invalid_request: Invalid redirect_uri' };
	const scopes = splitScopes(query.get('scope') ?? '');
	const challenge = query.get('code_challenge') ?? undefined;
	const request: AuthorizeRequest = {
		app,
		redirectUri,
		scopes,
		state: query.get('state') ?? undefined,
		challenge,
	};
	if (query.get('response_type') !== 'code') {
		return { redirect: withError(request, 'unsupported_response_type') };
	}
	if (scopes.length === 0 || scopes.some((scope) => !mayAsk(app, scope))) {
		return { refused: 'unauthorized_client: Invalid scope for client' };
	}
	const method = query.get('code_challenge_method');
	if (app.kind === 'pkce' && (challenge === undefined || method !== 'S256')) {
		return { redirect: withError(request, 'invalid_request') };
	}
	return request;
}

function approve(
	world: World,
	request: AuthorizeRequest,
	tenantIds: readonly string[] = world.ledgers.slice(0, 1).map((ledger) => ledger.tenantId),
): string {
	const now = world.now();
	const authEventId = world.ids.guid();
	const earlier = world.grants.find(
		(grant) => grant.clientId === request.app.clientId && !grant.revoked,
	);
	const grant: GrantRow = {
		grantId: earlier?.grantId ?? world.ids.guid(),
		clientId: request.app.clientId,
		authEventId,
		scopes: [...new Set([...(earlier?.scopes ?? []), ...request.scopes])],
		revoked: false,
	};
	world.grants.put(grant.grantId, grant);
	for (const tenantId of tenantIds) world.connect(request.app, tenantId, authEventId);
	const code = world.ids.token();
	world.codes.put(code, {
		clientId: request.app.clientId,
		redirectUri: request.redirectUri,
		grantId: grant.grantId,
		challenge: request.challenge,
		expiresMs: now + CODE_MS,
		used: false,
	});
	const target = new URL(request.redirectUri);
	target.searchParams.set('code', code);
	target.searchParams.set('scope', request.scopes.join(' '));
	if (request.state !== undefined) target.searchParams.set('state', request.state);
	return target.toString();
}

function exchangeCode(world: World, c: Context, app: AppRow, form: URLSearchParams): Response {
	const code = form.get('code') ?? '';
	const held = world.codes.get(code);
	const redirectUri = form.get('redirect_uri');
	if (!held || held.used || held.clientId !== app.clientId || held.expiresMs <= world.now()) {
		return tokenError(c, 'invalid_grant');
	}
	if (redirectUri !== null && redirectUri !== held.redirectUri)
		return tokenError(c, 'invalid_grant');
	if (held.challenge !== undefined && !verifierFits(form.get('code_verifier'), held.challenge)) {
		return tokenError(c, 'invalid_grant');
	}
	const grant = world.grants.get(held.grantId);
	if (!grant || grant.revoked) return tokenError(c, 'invalid_grant');
	world.codes.put(code, { ...held, used: true });
	return c.json(issueForGrant(world, app, grant));
}

function verifierFits(verifier: string | null, challenge: string): boolean {
	if (verifier === null || verifier.length < 43 || verifier.length > 128) return false;
	return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

/** The app that identified itself by Basic authentication or in the form. */
function authenticatedApp(world: World, c: Context, form: URLSearchParams): AppRow | undefined {
	const basic = /^Basic (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
	let clientId = form.get('client_id') ?? '';
	let secret = form.get('client_secret') ?? undefined;
	if (basic !== undefined) {
		const [name, ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
		clientId = decodeURIComponent(name ?? '');
		secret = decodeURIComponent(rest.join(':'));
	}
	const app = world.apps.get(clientId);
	if (!app) return undefined;
	if (app.clientSecret === undefined) return app;
	return app.clientSecret === secret ? app : undefined;
}

function mayAsk(app: AppRow, scope: string): boolean {
	if (!isKnownScope(scope, app.allowsBroadScopes)) return false;
	return app.scopes.includes(scope) || app.allowsBroadScopes;
}

/** Xero takes https and `http://localhost`; the sandbox takes all of loopback besides. */
function redirectAllowed(app: AppRow, redirectUri: string): boolean {
	if (app.redirectUris.length > 0) return app.redirectUris.includes(redirectUri);
	return (
		/^https:\/\//.test(redirectUri) ||
		/^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\//.test(redirectUri)
	);
}

function withError(request: AuthorizeRequest, error: string): string {
	const target = new URL(request.redirectUri);
	target.searchParams.set('error', error);
	if (request.state !== undefined) target.searchParams.set('state', request.state);
	return target.toString();
}

function organisations(world: World): { tenantId: string; name: string }[] {
	return world.ledgers.map(({ info }) => ({
		tenantId: info.value.tenantId,
		name: info.value.name,
	}));
}

function tokenError(c: Context, error: TokenError, status: 400 | 401 = 400): Response {
	return c.json({ error }, status);
}
