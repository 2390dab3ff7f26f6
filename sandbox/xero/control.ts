import { Hono } from 'hono';

import { body, needed, text } from './controlBody';
import { firmRoutes } from './controlFirm';
import { isJsonObject, type JsonObject } from './json';
import type { OrganisationInfo } from './organisationModel';
import { readSettings } from './settings';
import type { XeroTwin } from './twin';
import { NO_WEBHOOK_FAULTS } from './webhooks';
import { SANDBOX_WEB_APP, type World } from './world';

/** What only a sandbox has: seeing and changing the state from outside. See docs/sandbox-xero.md. */
export function xeroControl(twin: XeroTwin): Hono {
	const routes = new Hono();
	const { person, world } = twin;

	routes.onError((error, c) => c.json({ error: error.message }, 400));

	routes.get('/', (c) =>
		c.json({
			settings: twin.settings,
			organisations: world.ledgers.map(({ info }) => info.value),
			apps: world.apps.all().map((app) => ({ ...app, clientSecret: undefined })),
			webhook: withoutKey(world),
		}),
	);
	routes.get('/organisations', (c) => c.json(world.ledgers.map(({ info }) => info.value)));
	routes.get('/state', (c) => {
		const organisation = c.req.query('organisation');
		return c.json({
			organisation: world.organisation(organisation).info.value,
			contacts: person.contacts(organisation),
			invoices: person.invoices(organisation),
			payments: person.payments(organisation),
		});
	});
	routes.post('/reset', (c) => {
		twin.reset();
		return c.json({ ok: true });
	});

	routes.post('/settings', async (c) => {
		const { settings, unknown } = readSettings(await body(c));
		if (unknown.length > 0)
			throw new Error(`Not a setting, or of the wrong type: ${unknown.join(', ')}`);
		return c.json(twin.configure(settings));
	});
	routes.post('/organisation', async (c) => {
		const { organisation, ...change } = await body(c);
		const named = typeof organisation === 'string' ? organisation : undefined;
		return c.json(person.setOrganisation(readOrganisation(world, named, change), named));
	});
	routes.post('/day-calls', async (c) => {
		const sent = await body(c);
		const tenantId = world.organisation(text(sent, 'organisation')).tenantId;
		const clientId = text(sent, 'clientId') ?? SANDBOX_WEB_APP.clientId;
		if (typeof sent['calls'] === 'number')
			twin.limits.setDayCalls(clientId, tenantId, sent['calls']);
		return c.json({ calls: twin.limits.callsToday(clientId, tenantId) });
	});

	routes.post('/contacts', async (c) => {
		const sent = await body(c);
		const seeds = objects(sent['contacts']).map((seed) => {
			const { name, contactNumber, emailAddress, archived, ...fields } = seed;
			return {
				name: typeof name === 'string' ? name : '',
				contactNumber: typeof contactNumber === 'string' ? contactNumber : undefined,
				emailAddress: typeof emailAddress === 'string' ? emailAddress : undefined,
				archived: archived === true,
				fields,
			};
		});
		return c.json(person.seedContacts(seeds, text(sent, 'organisation')));
	});
	routes.post('/contacts/archive', async (c) => {
		const sent = await body(c);
		const archived = sent['archived'] !== false;
		return c.json(
			person.archiveContact(needed(sent, 'contact'), archived, text(sent, 'organisation')),
		);
	});
	routes.post('/contacts/merge', async (c) => {
		const sent = await body(c);
		return c.json(
			person.mergeContacts(needed(sent, 'from'), needed(sent, 'into'), text(sent, 'organisation')),
		);
	});

	routes.post('/invoices', async (c) => {
		const { organisation, ...members } = await body(c);
		return c.json(
			person.saveInvoice(members, typeof organisation === 'string' ? organisation : undefined),
		);
	});
	routes.post('/invoices/void', async (c) => {
		const sent = await body(c);
		return c.json(person.voidInvoice(named(sent), text(sent, 'organisation')));
	});
	routes.post('/invoices/approve', async (c) => {
		const sent = await body(c);
		return c.json(person.approveInvoice(named(sent), text(sent, 'organisation')));
	});
	routes.post('/invoices/edit', async (c) => {
		const sent = await body(c);
		const members = isJsonObject(sent['members']) ? sent['members'] : {};
		return c.json(person.editInvoice(named(sent), members, text(sent, 'organisation')));
	});
	routes.post('/payments', async (c) => {
		const sent = await body(c);
		const amount = sent['amount'];
		return c.json(
			person.recordPayment(
				{
					...named(sent),
					amount: typeof amount === 'number' || typeof amount === 'string' ? amount : undefined,
					date: text(sent, 'date'),
					reference: text(sent, 'reference'),
					accountCode: text(sent, 'accountCode'),
					isReconciled: sent['isReconciled'] === true,
				},
				text(sent, 'organisation'),
			),
		);
	});
	routes.post('/payments/delete', async (c) => {
		const sent = await body(c);
		return c.json(person.deletePayment(needed(sent, 'paymentId'), text(sent, 'organisation')));
	});

	routes.post('/accounts/archive', async (c) => {
		const sent = await body(c);
		person.archiveAccount(
			needed(sent, 'code'),
			sent['archived'] !== false,
			text(sent, 'organisation'),
		);
		return c.json({ ok: true });
	});
	routes.post('/tax-rates/archive', async (c) => {
		const sent = await body(c);
		person.archiveTaxRate(
			needed(sent, 'taxType'),
			sent['archived'] !== false,
			text(sent, 'organisation'),
		);
		return c.json({ ok: true });
	});
	routes.post('/currencies', async (c) => {
		const sent = await body(c);
		person.addCurrency(
			needed(sent, 'code'),
			text(sent, 'exchangeRate'),
			text(sent, 'organisation'),
		);
		return c.json({ ok: true });
	});

	routes.route('/', firmRoutes(person));

	routes.post('/tokens/expire', (c) => {
		twin.expireAccessTokens();
		return c.json({ ok: true });
	});
	routes.post('/tokens/revoke', async (c) => {
		twin.revokeGrant(text(await body(c), 'clientId'));
		return c.json({ ok: true });
	});
	routes.post('/disconnect', async (c) => {
		const sent = await body(c);
		const { tenantId } = world.organisation(text(sent, 'organisation'));
		twin.disconnect(tenantId, text(sent, 'clientId'));
		return c.json({ ok: true });
	});
	routes.post('/apps', async (c) => c.json(changeApp(world, await body(c))));

	routes.post('/webhook', async (c) => {
		const sent = await body(c);
		const categories = sent['categories'];
		const names = Array.isArray(categories)
			? categories.filter((name): name is string => typeof name === 'string')
			: undefined;
		const { status } = await twin.webhooks.register(
			needed(sent, 'url'),
			needed(sent, 'webhookKey'),
			names,
		);
		return c.json({ status });
	});
	routes.delete('/webhook', (c) => {
		twin.webhooks.unregister();
		return c.json({ ok: true });
	});
	routes.post('/webhook/intent', async (c) => {
		const { status } = await twin.webhooks.proveIntent();
		return c.json({ status });
	});
	routes.post('/webhook/faults', async (c) => {
		const sent = await body(c);
		const known = Object.entries(NO_WEBHOOK_FAULTS).filter(
			([name, value]) => typeof sent[name] === typeof value,
		);
		const change = Object.fromEntries(known.map(([name]) => [name, sent[name]]));
		twin.webhooks.faults = { ...twin.webhooks.faults, ...change };
		return c.json(twin.webhooks.faults);
	});
	routes.post('/webhook/flush', async (c) => {
		await twin.webhooks.flush();
		return c.json(twin.webhooks.waiting());
	});

	return routes;
}

function withoutKey(world: World): JsonObject | null {
	const held = world.webhook.value;
	return held ? { url: held.url, categories: [...held.categories], status: held.status } : null;
}

/** Takes only members the organisation has; null clears one. */
function readOrganisation(
	world: World,
	organisation: string | undefined,
	change: JsonObject,
): Partial<OrganisationInfo> {
	const optional = [
		'periodLockDate',
		'endOfYearLockDate',
		'approvableSalesInvoices',
		'approvableBills',
	];
	const known = new Map<string, unknown>(
		Object.entries(world.organisation(organisation).info.value),
	);
	const accepted = Object.entries(change).map(([name, value]): [string, unknown] => {
		if (optional.includes(name)) return [name, value ?? undefined];
		if (known.has(name) && typeof known.get(name) === typeof value) return [name, value];
		throw new Error(`An organisation has no "${name}", or not of this type.`);
	});
	return Object.fromEntries(accepted) as Partial<OrganisationInfo>;
}

/** Changes what an app may ask for, in the developer portal. */
function changeApp(world: World, sent: JsonObject): JsonObject {
	const app = world.apps.get(text(sent, 'clientId') ?? SANDBOX_WEB_APP.clientId);
	if (!app) throw new Error('There is no such app.');
	const scopes = sent['scopes'];
	const changed = {
		...app,
		scopes: Array.isArray(scopes)
			? scopes.filter((scope): scope is string => typeof scope === 'string')
			: app.scopes,
		allowsBroadScopes:
			typeof sent['allowsBroadScopes'] === 'boolean'
				? sent['allowsBroadScopes']
				: app.allowsBroadScopes,
	};
	world.apps.put(app.clientId, changed);
	return {
		clientId: app.clientId,
		scopes: [...changed.scopes],
		allowsBroadScopes: changed.allowsBroadScopes,
	};
}

function objects(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function named(sent: JsonObject): { invoiceId?: string; invoiceNumber?: string } {
	return { invoiceId: text(sent, 'invoiceId'), invoiceNumber: text(sent, 'invoiceNumber') };
}
