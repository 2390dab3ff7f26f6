import { createHash } from 'node:crypto';

import {
	DEMO_TRADE_TENANT_ID,
	SANDBOX_CUSTOM_CONNECTION,
	SANDBOX_PKCE_APP,
	SANDBOX_WEB_APP,
} from '../../sandbox/xero/twin';

import { at, read, salesInvoice, Session, type Reply } from './sandboxXeroSession';

const CALLBACK = 'http://localhost:5678/rest/oauth2-credential/callback';
const SCOPES = 'offline_access accounting.invoices accounting.contacts';
const MINUTE = 60_000;

describe('the Xero sandbox: consent, tokens, connections', () => {
	let xero: Session;

	beforeEach(() => {
		xero = new Session();
	});

	async function authorize(more: Record<string, string> = {}): Promise<Response> {
		const query = new URLSearchParams({
			response_type: 'code',
			client_id: SANDBOX_WEB_APP.clientId,
			redirect_uri: CALLBACK,
			scope: SCOPES,
			state: 'xyz',
			autoConsent: '1',
			...more,
		});
		return await xero.twin.app.fetch(
			new Request(`http://xero.test/identity/connect/authorize?${query}`),
		);
	}

	async function codeFrom(more: Record<string, string> = {}): Promise<string> {
		const location = new URL((await authorize(more)).headers.get('location') ?? '');
		expect(location.searchParams.get('state')).toBe('xyz');
		return location.searchParams.get('code') ?? '';
	}

	async function token(
		form: Record<string, string>,
		app: { clientId: string; clientSecret?: string } = SANDBOX_WEB_APP,
	): Promise<Reply> {
		const basic = Buffer.from(`${app.clientId}:${app.clientSecret ?? ''}`).toString('base64');
		return await post('/connect/token', form, { authorization: `Basic ${basic}` });
	}

	async function post(
		path: string,
		form: Record<string, string>,
		headers: Record<string, string> = {},
	): Promise<Reply> {
		return await read(
			await xero.twin.app.fetch(
				new Request(`http://xero.test${path}`, {
					method: 'POST',
					headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
					body: new URLSearchParams(form).toString(),
				}),
			),
		);
	}

	async function consent(): Promise<Reply> {
		return await token({
			grant_type: 'authorization_code',
			code: await codeFrom(),
			redirect_uri: CALLBACK,
		});
	}

	it('shows scopes and organisations to choose from, and gives only the chosen one', async () => {
		const page = await authorize({ autoConsent: '' });
		const text = await page.text();
		expect(text).toContain('Demo Trade Ltd');
		expect(text).toContain('Kiwi Trade Ltd');
		expect(text).toContain('accounting.invoices');
		const chosen = await post('/identity/connect/authorize', {
			response_type: 'code',
			client_id: SANDBOX_WEB_APP.clientId,
			redirect_uri: CALLBACK,
			scope: SCOPES,
			decision: 'allow',
			tenantId: '6a2d3c1b-0f7e-4d55-9c1a-2b7f8e90aa02',
		});
		expect(chosen.status).toBe(302);
		const refused = await post('/identity/connect/authorize', {
			response_type: 'code',
			client_id: SANDBOX_WEB_APP.clientId,
			redirect_uri: CALLBACK,
			scope: SCOPES,
			decision: 'cancel',
		});
		expect(refused.headers.get('location')).toContain('error=access_denied');
	});

	it('refuses broad scopes to an app that is not old enough, on its own page', async () => {
		const refused = await authorize({ scope: 'accounting.transactions offline_access' });
		expect(refused.status).toBe(400);
		expect(await refused.text()).toContain('Invalid scope for client');
	});

	it('adds scopes to those of an earlier consent until it is revoked', async () => {
		const scopesOf = async (): Promise<string> => String((await consent()).json['scope']);
		expect(await scopesOf()).toContain('projects');
		xero.twin.revokeGrant();
		expect(await scopesOf()).toBe(SCOPES);
	});

	it('exchanges a code once, within five minutes', async () => {
		xero.twin.revokeGrant();
		const code = await codeFrom();
		const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
		const tokens = await token(form);
		expect(tokens.json).toMatchObject({ expires_in: 1800, token_type: 'Bearer', scope: SCOPES });
		const claims = String(tokens.json['access_token']).split('.')[1] ?? '';
		expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
			client_id: SANDBOX_WEB_APP.clientId,
			scope: SCOPES.split(' '),
		});
		const again = await token(form);
		expect([again.status, again.json]).toEqual([400, { error: 'invalid_grant' }]);
		const late = await codeFrom();
		xero.clock.advance(5 * MINUTE);
		const tooLate = await token({ ...form, code: late });
		expect(tooLate.json).toEqual({ error: 'invalid_grant' });
	});

	it('takes the secret in the form as well, and no wrong one', async () => {
		const form = {
			grant_type: 'authorization_code',
			code: await codeFrom(),
			redirect_uri: CALLBACK,
		};
		const wrong = await post('/connect/token', {
			...form,
			client_id: SANDBOX_WEB_APP.clientId,
			client_secret: 'no',
		});
		expect([wrong.status, wrong.json]).toEqual([401, { error: 'invalid_client' }]);
		const right = await post('/connect/token', {
			...form,
			client_id: SANDBOX_WEB_APP.clientId,
			client_secret: SANDBOX_WEB_APP.clientSecret,
		});
		expect(right.status).toBe(200);
	});

	it('checks the PKCE verifier', async () => {
		const verifier = 'v'.repeat(64);
		const challenge = createHash('sha256').update(verifier).digest('base64url');
		const code = await codeFrom({
			client_id: SANDBOX_PKCE_APP.clientId,
			code_challenge: challenge,
			code_challenge_method: 'S256',
		});
		const form = {
			grant_type: 'authorization_code',
			code,
			redirect_uri: CALLBACK,
			client_id: SANDBOX_PKCE_APP.clientId,
		};
		const wrong = await post('/connect/token', { ...form, code_verifier: 'w'.repeat(64) });
		expect(wrong.json).toEqual({ error: 'invalid_grant' });
		expect((await post('/connect/token', { ...form, code_verifier: verifier })).status).toBe(200);
	});

	it('rotates refresh tokens, with half an hour of grace for the old one', async () => {
		const old = String((await consent()).json['refresh_token']);
		const form = { grant_type: 'refresh_token', refresh_token: old };
		const renewed = await token(form);
		expect(renewed.json['refresh_token']).not.toBe(old);
		xero.clock.advance(29 * MINUTE);
		expect((await token(form)).status).toBe(200);
		xero.clock.advance(2 * MINUTE);
		expect((await token(form)).json).toEqual({ error: 'invalid_grant' });
		const next = { ...form, refresh_token: String(renewed.json['refresh_token']) };
		expect((await token(next)).status).toBe(200);
	});

	it('lets an unused refresh token live for sixty days', async () => {
		const form = {
			grant_type: 'refresh_token',
			refresh_token: String((await consent()).json['refresh_token']),
		};
		xero.clock.advance(61 * 24 * 60 * MINUTE);
		expect((await token(form)).json).toEqual({ error: 'invalid_grant' });
	});

	it('gives a custom connection a token without consent, and no tenant need be named', async () => {
		const tokens = await token(
			{ grant_type: 'client_credentials', scope: 'accounting.invoices' },
			SANDBOX_CUSTOM_CONNECTION,
		);
		expect(tokens.json['refresh_token']).toBeUndefined();
		xero.token = String(tokens.json['access_token']);
		expect((await xero.api('GET', '/Invoices', undefined, { 'xero-tenant-id': '' })).status).toBe(
			200,
		);
		const broad = await token(
			{ grant_type: 'client_credentials', scope: 'accounting.transactions' },
			SANDBOX_CUSTOM_CONNECTION,
		);
		expect([broad.status, broad.json]).toEqual([400, { error: 'invalid_scope' }]);
		const web = await token({ grant_type: 'client_credentials', scope: 'accounting.invoices' });
		expect(web.json).toEqual({ error: 'unauthorized_client' });
	});

	it('says when a token has run out', async () => {
		xero.clock.advance(31 * MINUTE);
		const reply = await xero.api('GET', '/Organisation');
		expect(reply.status).toBe(401);
		expect(reply.json).toMatchObject({
			Title: 'Unauthorized',
			Status: 401,
			Detail: 'TokenExpired: token expired at 11/22/2026 10:30:00',
		});
		xero.token = 'nonsense';
		const unknown = await xero.api('GET', '/Organisation');
		expect(at(unknown.json, 'Detail')).toBe('AuthenticationUnsuccessful');
	});

	it('refuses what the scopes do not cover, with 401 or 403', async () => {
		xero.token = xero.twin.signIn({
			scopes: ['accounting.contacts.read', 'accounting.invoices'],
		}).access_token;
		expect((await xero.api('GET', '/Contacts')).status).toBe(200);
		expect((await xero.api('GET', '/Invoices')).status).toBe(200);
		const refused = await xero.api('PUT', '/Contacts', { Name: 'x' });
		expect(refused.status).toBe(401);
		expect(refused.headers.get('www-authenticate')).toContain('insufficent_scope');
		expect(at(refused.json, 'Detail')).toBe('AuthorizationUnsuccessful');
		xero.twin.configure({ missingScopeStatus: 403 });
		expect((await xero.api('PUT', '/Contacts', { Name: 'x' })).status).toBe(403);
	});

	it('lists connections and forgets one; its organisation is then out of reach', async () => {
		xero.twin.signIn({ tenantIds: ['6a2d3c1b-0f7e-4d55-9c1a-2b7f8e90aa02'] });
		const listed = await xero.send('GET', '/connections');
		expect(at(listed.json, 'list')).toHaveLength(2);
		const first = at(listed.json, 'list', 0);
		expect(first).toMatchObject({
			tenantId: DEMO_TRADE_TENANT_ID,
			tenantType: 'ORGANISATION',
			tenantName: 'Demo Trade Ltd',
		});
		expect(at(first, 'id')).not.toBe(DEMO_TRADE_TENANT_ID);
		expect((await xero.send('DELETE', `/connections/${at(first, 'id')}`)).status).toBe(204);
		const refused = await xero.api('GET', '/Organisation');
		expect(refused.status).toBe(403);
		expect(at(refused.json, 'detail')).toBe('AuthenticationUnsuccessful');
	});

	it('ends a consent by revocation', async () => {
		const tokens = await consent();
		const basic = Buffer.from(
			`${SANDBOX_WEB_APP.clientId}:${SANDBOX_WEB_APP.clientSecret}`,
		).toString('base64');
		const revoked = await post(
			'/connect/revocation',
			{ token: String(tokens.json['refresh_token']) },
			{ authorization: `Basic ${basic}` },
		);
		expect([revoked.status, revoked.text]).toEqual([200, '']);
		xero.token = String(tokens.json['access_token']);
		expect((await xero.api('PUT', '/Invoices', salesInvoice())).status).toBe(401);
		const refresh = await token({
			grant_type: 'refresh_token',
			refresh_token: String(tokens.json['refresh_token']),
		});
		expect(refresh.json).toEqual({ error: 'invalid_grant' });
	});
});
