import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

import type { AppRow, GrantRow, World } from './world';

/** Who signs the tokens, wherever the sandbox is reached. */
export const ISSUER = 'https://identity.xero.com';

const ACCESS_TOKEN_SECONDS = 1_800;
const REFRESH_TOKEN_MS = 60 * 86_400_000;
const GRACE_MS = 30 * 60_000;

/** A user of the sandbox: everyone who consents is this person. */
const SANDBOX_USER_ID = '9d1f0d8e-53a5-4f62-8b2e-0d6f1a7c5e11';

/** What the token endpoint answers. */
export interface TokenSet {
	readonly access_token: string;
	readonly expires_in: number;
	readonly token_type: 'Bearer';
	readonly scope: string;
	readonly refresh_token?: string;
	readonly id_token?: string;
}

/** Gives out a fresh pair for a consent; the refresh token only with `offline_access`. */
export function issueForGrant(world: World, app: AppRow, grant: GrantRow): TokenSet {
	const now = world.now();
	const access = issueAccessToken(world, app, grant.scopes, grant);
	let refreshToken: string | undefined;
	if (grant.scopes.includes('offline_access')) {
		refreshToken = world.ids.token();
		world.refreshTokens.put(refreshToken, {
			clientId: app.clientId,
			grantId: grant.grantId,
			expiresMs: now + REFRESH_TOKEN_MS,
		});
	}
	return {
		...access,
		refresh_token: refreshToken,
		id_token: grant.scopes.includes('openid')
			? idToken(world, {
					iss: ISSUER,
					sub: SANDBOX_USER_ID,
					xero_userid: SANDBOX_USER_ID,
					aud: app.clientId,
					nbf: seconds(now),
					iat: seconds(now),
					exp: seconds(now) + 300,
				})
			: undefined,
	};
}

export function issueAccessToken(
	world: World,
	app: AppRow,
	scopes: readonly string[],
	grant?: GrantRow,
): TokenSet {
	const expiresMs = world.now() + ACCESS_TOKEN_SECONDS * 1_000;
	const token = jwt(world, {
		iss: ISSUER,
		client_id: app.clientId,
		exp: seconds(expiresMs),
		...(grant ? { xero_userid: SANDBOX_USER_ID, authentication_event_id: grant.authEventId } : {}),
		scope: scopes,
	});
	dropExpired(world);
	world.accessTokens.put(token, {
		clientId: app.clientId,
		grantId: grant?.grantId,
		scopes,
		expiresMs,
	});
	return {
		access_token: token,
		expires_in: ACCESS_TOKEN_SECONDS,
		token_type: 'Bearer',
		scope: scopes.join(' '),
	};
}

/**
 * Exchanges a refresh token. The old one stays usable for 30 minutes, so that a lost answer can be
 * asked for again (developer.xero.com, OAuth 2.0 "Token expiry").
 * @returns undefined for `invalid_grant`
 */
export function exchangeRefreshToken(
	world: World,
	app: AppRow,
	refreshToken: string,
): TokenSet | undefined {
	const now = world.now();
	const held = world.refreshTokens.get(refreshToken);
	if (!held || held.clientId !== app.clientId || held.expiresMs <= now) return undefined;
	if (held.supersededMs !== undefined && now - held.supersededMs > GRACE_MS) return undefined;
	const grant = world.grants.get(held.grantId);
	if (!grant || grant.revoked) return undefined;
	if (held.supersededMs === undefined) {
		world.refreshTokens.put(refreshToken, { ...held, supersededMs: now });
	}
	return issueForGrant(world, app, grant);
}

/** Ends a consent: its tokens stop working and the app's connections go. */
export function revokeGrant(world: World, grant: GrantRow): void {
	world.grants.put(grant.grantId, { ...grant, revoked: true });
	for (const connection of world.connections.all()) {
		if (connection.clientId === grant.clientId) world.connections.delete(connection.connectionId);
	}
}

export function expireAccessTokens(world: World): void {
	const now = world.now();
	for (const [token, held] of world.accessTokens.snapshot()) {
		world.accessTokens.put(token, { ...held, expiresMs: now });
	}
}

/** Forgets tokens long gone, so that a sandbox left running does not fill up. */
function dropExpired(world: World): void {
	if (world.accessTokens.size < 500) return;
	const longGone = world.now() - 86_400_000;
	for (const [token, held] of world.accessTokens.snapshot()) {
		if (held.expiresMs < longGone) world.accessTokens.delete(token);
	}
}

const HEADER = { alg: 'RS256', typ: 'JWT', kid: 'sandbox' };

/** An access token is only ever looked up: what stands for its signature is one of the ids. */
function jwt(world: World, claims: Readonly<Record<string, unknown>>): string {
	return `${unsigned({ ...claims, jti: world.ids.guid() })}.${world.ids.token()}`;
}

/** A token for the client to read, which checks the signature against the published key. */
function idToken(world: World, claims: Readonly<Record<string, unknown>>): string {
	const text = unsigned({ ...claims, jti: world.ids.guid() });
	const signature = sign('RSA-SHA256', Buffer.from(text), signingKeys().privateKey);
	return `${text}.${signature.toString('base64url')}`;
}

function unsigned(claims: Readonly<Record<string, unknown>>): string {
	return [HEADER, claims].map((part) => base64url(JSON.stringify(part))).join('.');
}

let keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

/** Made when first needed: it takes a while. */
function signingKeys(): NonNullable<typeof keys> {
	keys ??= generateKeyPairSync('rsa', { modulusLength: 2_048 });
	return keys;
}

/** The key that clients check the signature with, as `jwks_uri` gives it. */
export function publishedKeys(): { readonly keys: readonly object[] } {
	const key = signingKeys().publicKey.export({ format: 'jwk' });
	return { keys: [{ ...key, kid: HEADER.kid, alg: HEADER.alg, use: 'sig' }] };
}

function base64url(text: string): string {
	return Buffer.from(text).toString('base64url');
}

function seconds(epochMs: number): number {
	return Math.floor(epochMs / 1_000);
}
