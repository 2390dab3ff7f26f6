import type { IAllExecuteFunctions } from 'n8n-workflow';
import { ServiceFaultError } from '../serviceFault';
import { isSafeUrl } from '../urls';
import type { XeroClient } from '../xero/client';
import { readConnections } from '../xero/connections';
import type { Connection } from '../xero/connections';
import { xeroFault } from '../xero/faults';
import { readOrganisation, readOrganisationSettings } from '../xero/readSettings';
import type { Organisation, OrganisationSettings } from '../xero/settings';
import { LIVE_XERO, sandboxXero } from '../xero/urls';
import type { XeroUrls } from '../xero/urls';
import { createXeroClient, XERO_LIMITS } from '../xero/xeroClient';
import type { XeroClientOptions } from '../xero/xeroClient';
import { createClock } from './clock';
import { credentialOf, credentialReader } from './credentialSettings';
import { createHttpPort } from './httpPort';
import { processState } from './processState';

export const XERO_CREDENTIAL = 'xeroSyncOAuth2Api';

/** A person waits in front of a dropdown. */
const PICKER_PATIENCE_MS = 20_000;

/** As the credential type offers them. */
const ENVIRONMENTS = [
	{ name: 'Live', value: 'live' },
	{ name: 'Sandbox', value: 'sandbox' },
] as const;
const CONNECTION_TYPES = [
	{ name: 'Web App', value: 'authorizationCode' },
	{ name: 'Custom Connection', value: 'clientCredentials' },
] as const;

interface XeroAccess {
	readonly urls: XeroUrls;
	readonly isCustomConnection: boolean;
	/** Tells credentials apart in caches and in the shared pace. */
	readonly key: string;
}

/**
 * Tells connections apart in what is kept between runs: the credential, and whether it leads to Xero
 * or to a sandbox. Throws SettingError for a credential that cannot be read, and ServiceFaultError.
 */
export async function xeroConnectionKey(context: IAllExecuteFunctions): Promise<string> {
	return (await readAccess(context)).key;
}

async function readAccess(context: IAllExecuteFunctions): Promise<XeroAccess> {
	const data = await credentialOf(context, XERO_CREDENTIAL);
	const read = credentialReader('Xero Sync OAuth2 API', data);
	const environment = read.choice('Environment', 'environment', ENVIRONMENTS, 'live');
	const connectionType = read.choice(
		'Connection Type',
		'grantType',
		CONNECTION_TYPES,
		'authorizationCode',
	);
	const id = context.getNode().credentials?.[XERO_CREDENTIAL]?.id ?? 'unsaved';
	const isSandbox = environment === 'sandbox';
	const sandboxUrl = isSandbox ? read.text('Sandbox URL', 'sandboxUrl') : '';
	if (isSandbox && !isSafeUrl(sandboxUrl)) {
		throw new ServiceFaultError(
			xeroFault({ kind: 'notSigned', reason: 'Plain http is refused, except for this machine' }),
		);
	}
	return {
		urls: isSandbox ? sandboxXero(sandboxUrl) : LIVE_XERO,
		isCustomConnection: connectionType === 'clientCredentials',
		key: `${id} ${isSandbox ? sandboxUrl : 'live'}`,
	};
}

/**
 * The organisations that the credential is connected to, kept for a minute. Accountants' practices
 * are left out: they keep no ledger. Throws ServiceFaultError.
 */
export async function listOrganisations(context: IAllExecuteFunctions): Promise<Connection[]> {
	const { urls, key } = await readAccess(context);
	return await processState.xeroConnections.get(key, async () => {
		const http = createHttpPort(context, { credentialType: XERO_CREDENTIAL });
		const connections = await readConnections(http, createClock(context), urls);
		return connections.filter((connection) => connection.kind === 'ORGANISATION');
	});
}

/**
 * A client for an organisation through the node's credential. Without an organisation the one that
 * the credential is connected to is taken; when there are several, one must be chosen.
 * Throws ServiceFaultError.
 */
export async function connectXero(
	context: IAllExecuteFunctions,
	chosen: string | undefined,
	options: Pick<XeroClientOptions, 'patienceMs' | 'dayReserve'> = {},
): Promise<XeroClient> {
	const access = await readAccess(context);
	const isTold = access.isCustomConnection || chosen?.trim();
	const organisationId = isTold ? chosen?.trim() || undefined : await onlyOne(context);
	return createXeroClient({
		http: createHttpPort(context, { credentialType: XERO_CREDENTIAL }),
		clock: createClock(context),
		urls: access.urls,
		organisationId,
		pace: processState.pacers.of(
			`xero ${access.urls.accounting} ${organisationId ?? access.key}`,
			XERO_LIMITS,
		),
		...options,
	});
}

/** The organisation of a client, kept for ten minutes. Throws ServiceFaultError. */
export async function organisationOf(
	context: IAllExecuteFunctions,
	client: XeroClient,
): Promise<Organisation> {
	const { key } = await readAccess(context);
	const name = `${key} ${client.organisationId ?? ''}`;
	return await processState.xeroOrganisations.get(name, async () => await readOrganisation(client));
}

async function onlyOne(context: IAllExecuteFunctions): Promise<string> {
	const connections = await listOrganisations(context);
	const [only] = connections;
	if (only && connections.length === 1) return only.organisationId;
	throw new ServiceFaultError({
		service: 'xero',
		cause: 'organisationMissing',
		message:
			connections.length === 0
				? 'The Xero credential is connected to no organisation.'
				: 'The Xero credential is connected to several organisations, and none is chosen.',
		fix:
			connections.length === 0
				? 'Reconnect the Xero credential and choose an organisation when Xero asks.'
				: `Choose one under Organisation: ${connections.map(({ name }) => name).join(', ')}.`,
	});
}

/** An organisation's settings for a form, kept for a minute. Throws ServiceFaultError. */
export async function settingsForForm(
	context: IAllExecuteFunctions,
	organisationId: string | undefined,
): Promise<OrganisationSettings> {
	const { key } = await readAccess(context);
	return await processState.formSettings.get(`${key} ${organisationId ?? ''}`, async () => {
		return await readOrganisationSettings(await clientForForm(context, organisationId));
	});
}

/** A client that does not let a person wait. Throws ServiceFaultError. */
export async function clientForForm(
	context: IAllExecuteFunctions,
	organisationId: string | undefined,
): Promise<XeroClient> {
	return await connectXero(context, organisationId, { patienceMs: PICKER_PATIENCE_MS });
}
