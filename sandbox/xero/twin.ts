import { Hono } from 'hono';

import type { SandboxClock } from '../core/clock';
import type { Ids } from '../core/ids';
import type { Journal } from '../core/journal';
import type { Twin } from '../core/twin';

import { accountingRoutes } from './accounting';
import { connectionRoutes } from './connections';
import { NOT_FOUND } from './failures';
import type { Ledger, LedgerChange } from './ledger';
import { oauthRoutes } from './oauth';
import { australianPayrollRoutes, payrollRoutes } from './payroll/payrollRoutes';
import { projectRoutes } from './projects';
import { Person } from './person';
import type { TwinSettings } from './settings';
import { expireAccessTokens, issueForGrant, revokeGrant, type TokenSet } from './tokens';
import { Transport, type Route } from './transport';
import { Webhooks, type Deliver } from './webhooks';
import { SANDBOX_WEB_APP, World } from './world';

export {
	AMERICAN_TENANT_ID,
	AUSTRALIAN_TENANT_ID,
	BUILD_TENANT_ID,
	DEMO_TRADE_TENANT_ID,
	KIWI_TRADE_TENANT_ID,
} from './organisations';
export { SANDBOX_CUSTOM_CONNECTION, SANDBOX_PKCE_APP, SANDBOX_WEB_APP } from './world';

export interface XeroTwinParts {
	readonly clock: SandboxClock;
	readonly ids: Ids;
	/** Webhook deliveries are recorded in it; requests are journalled around the twin. */
	readonly journal?: Journal;
	/** How webhooks are sent; by HTTP unless a test says otherwise. */
	readonly deliver?: Deliver;
	/** Addresses of the Accounting API beside its own. */
	readonly routes?: readonly Route[];
}

/** Xero on loopback: `app` is the API, `person` what someone does in Xero's own screens. */
export interface XeroTwin extends Twin {
	/** All that it knows; the control API looks into it and changes it. */
	readonly world: World;
	readonly person: Person;
	readonly webhooks: Webhooks;
	readonly limits: Transport['limits'];
	readonly settings: TwinSettings;
	/** The books of one organisation, by tenant id or name; of the first when nothing is named. */
	organisation(named?: string): Ledger;
	configure(change: Partial<TwinSettings>): TwinSettings;
	/**
	 * Consents for an app and gives its tokens, without the browser.
	 * The web app, all its scopes and the first organisation unless told otherwise.
	 */
	signIn(wanted?: {
		readonly clientId?: string;
		readonly scopes?: readonly string[];
		readonly tenantIds?: readonly string[];
	}): TokenSet;
	expireAccessTokens(): void;
	/** Ends every consent of an app, or of all apps. */
	revokeGrant(clientId?: string): void;
	/** Takes an organisation away from an app, as its user can in Xero. */
	disconnect(tenantId: string, clientId?: string): void;
	onChange(listener: (change: LedgerChange) => void): void;
	seedContacts: Person['seedContacts'];
	addCurrency: Person['addCurrency'];
	recordPayment: Person['recordPayment'];
	deletePayment: Person['deletePayment'];
	voidInvoice: Person['voidInvoice'];
	approveInvoice: Person['approveInvoice'];
	editInvoice: Person['editInvoice'];
	saveContact: Person['saveContact'];
	invoices: Person['invoices'];
	contacts: Person['contacts'];
	payments: Person['payments'];
}

export function createXeroTwin({
	clock,
	ids,
	journal,
	deliver,
	routes = [],
}: XeroTwinParts): XeroTwin {
	const world = new World(clock, ids);
	const transport = new Transport(world);
	const person = new Person(world);
	const webhooks = new Webhooks(world, ids, deliver, journal);
	world.onChange((change) => webhooks.note(change));

	const app = new Hono();
	app.route('/', oauthRoutes(world));
	connectionRoutes(world, transport, app);
	transport.mount(app, '/api.xro/2.0', [...accountingRoutes, ...routes]);
	transport.mount(app, '/projects.xro/2.0', projectRoutes);
	transport.mount(app, '/payroll.xro/2.0', payrollRoutes);
	transport.mount(app, '/payroll.xro/1.0', australianPayrollRoutes);
	app.all('*', (c) => transport.send(c, NOT_FOUND));

	return {
		app,
		world,
		person,
		webhooks,
		limits: transport.limits,
		get settings() {
			return world.settings.value;
		},
		organisation: (named) => world.organisation(named),
		configure: (change) => world.settings.update(change),
		signIn(wanted = {}) {
			const row = world.apps.get(wanted.clientId ?? SANDBOX_WEB_APP.clientId);
			if (!row) throw new Error('There is no such app.');
			const authEventId = ids.guid();
			const scopes = wanted.scopes ?? row.scopes;
			const grant = {
				grantId: ids.guid(),
				clientId: row.clientId,
				authEventId,
				scopes,
				revoked: false,
			};
			world.grants.put(grant.grantId, grant);
			const tenantIds = wanted.tenantIds ?? world.ledgers.slice(0, 1).map((one) => one.tenantId);
			for (const tenantId of tenantIds) world.connect(row, tenantId, authEventId);
			return issueForGrant(world, row, grant);
		},
		expireAccessTokens: () => expireAccessTokens(world),
		revokeGrant(clientId) {
			for (const grant of world.grants.all()) {
				if (clientId === undefined || grant.clientId === clientId) revokeGrant(world, grant);
			}
		},
		disconnect(tenantId, clientId) {
			for (const held of world.connections.all()) {
				const named = clientId === undefined || held.clientId === clientId;
				if (held.tenantId === tenantId && named) world.connections.delete(held.connectionId);
			}
		},
		onChange: (listener) => world.onChange(listener),
		seedContacts: (...args) => person.seedContacts(...args),
		addCurrency: (...args) => person.addCurrency(...args),
		recordPayment: (...args) => person.recordPayment(...args),
		deletePayment: (...args) => person.deletePayment(...args),
		voidInvoice: (...args) => person.voidInvoice(...args),
		approveInvoice: (...args) => person.approveInvoice(...args),
		editInvoice: (...args) => person.editInvoice(...args),
		saveContact: (...args) => person.saveContact(...args),
		invoices: (...args) => person.invoices(...args),
		contacts: (...args) => person.contacts(...args),
		payments: (...args) => person.payments(...args),
		reset() {
			world.reset();
			webhooks.forget();
		},
		snapshot: () => world.snapshot(),
		restore(snapshot) {
			world.restore(snapshot);
			webhooks.forget();
		},
		startOver(snapshot) {
			world.startOver(snapshot);
			webhooks.forget();
		},
	};
}
