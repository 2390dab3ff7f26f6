import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { KnackClient } from '../knack/client';
import { createKnackClient, KNACK_LIMITS } from '../knack/knackClient';
import { isTimeZone } from '../knack/timeZones';
import type { Pacer } from '../pace';
import { ServiceFaultError } from '../serviceFault';
import { isSafeUrl } from '../urls';
import { createClock } from './clock';
import { credentialOf, credentialReader } from './credentialSettings';
import { createHttpPort } from './httpPort';
import { processState } from './processState';

export const KNACK_CREDENTIAL = 'knackApi';
const DEFAULT_API_URL = 'https://api.knack.com/v1';

export interface KnackConnectionOptions {
	/** IANA name, where the app's own setting is not to be used. */
	readonly timeZone?: string;
	/** No retry waits longer than this from now, milliseconds. */
	readonly patienceMs?: number;
	/** How old a kept structure of the app may be. */
	readonly appMaxAgeMs?: number;
}

/** What a credential says, trimmed; pasted values often carry spaces. Throws SettingError. */
export function knackAccess(data: object): { applicationId: string; apiUrl: string } {
	const read = credentialReader('Knack API', data);
	const apiUrl = read.text('API URL', 'apiUrl');
	return {
		applicationId: read.text('Application ID', 'applicationId'),
		apiUrl: apiUrl === '' ? DEFAULT_API_URL : apiUrl.replace(/\/+$/, ''),
	};
}

/**
 * The app of the node's Knack credential, for saying where a record is; undefined where none is
 * chosen, or where it is not to be had: a run that asks nothing of Knack needs none.
 */
export async function knackApplication(context: IAllExecuteFunctions): Promise<string | undefined> {
	if (!context.getNode().credentials?.[KNACK_CREDENTIAL]) return undefined;
	const read = async () => knackAccess(await context.getCredentials(KNACK_CREDENTIAL));
	const access = await read().catch(() => undefined);
	return access?.applicationId || undefined;
}

/** Throws ServiceFaultError for values that cannot be right, before anything is sent. */
export function checkAccess({ applicationId, apiUrl }: ReturnType<typeof knackAccess>): void {
	if (!isSafeUrl(apiUrl)) {
		throw new ServiceFaultError({
			service: 'knack',
			cause: 'credentialRefused',
			message: 'The API URL in the Knack API credential is not safe to send a key to.',
			fix: `Use an address that begins with https, such as ${DEFAULT_API_URL}. Plain http is for this machine only.`,
		});
	}
	if (!/^[0-9a-f]{24}$/i.test(applicationId)) {
		throw new ServiceFaultError({
			service: 'knack',
			cause: 'credentialRefused',
			message: `The Application ID is malformed: it has ${applicationId.length} characters and must be 24 letters and digits.`,
			fix: "Copy the Application ID again from Knack's builder under Settings → API & Code.",
		});
	}
}

/** The pace that everybody in this process keeps who asks for the app. */
export function knackPacer(applicationId: string): Pacer {
	return processState.pacers.of(`knack ${applicationId}`, KNACK_LIMITS);
}

/**
 * A client for the app of the node's Knack API credential. What it writes is remembered, so that
 * Knack Trigger does not take it for an edit. Throws ServiceFaultError for a credential that cannot
 * be right.
 */
export async function connectKnack(
	context: IAllExecuteFunctions,
	options: KnackConnectionOptions = {},
): Promise<KnackClient> {
	const access = knackAccess(await credentialOf(context, KNACK_CREDENTIAL));
	checkAccess(access);
	const { timeZone, patienceMs, appMaxAgeMs } = options;
	if (timeZone && !isTimeZone(timeZone)) {
		throw new ServiceFaultError({
			service: 'knack',
			cause: 'requestRefused',
			message: `"${timeZone}" is not a time zone.`,
			fix: 'Write it as Europe/London or America/New_York, or leave it empty for that of the Knack app.',
		});
	}
	const clock = createClock(context);
	return createKnackClient({
		...access,
		http: createHttpPort(context, { credentialType: KNACK_CREDENTIAL }),
		clock,
		timeZone,
		shelf: processState.knackApps,
		appMaxAgeMs,
		deadlineMs: patienceMs === undefined ? undefined : clock.now() + patienceMs,
		pacer: knackPacer(access.applicationId),
		ownWrites: processState.ownWrites.of(access.applicationId),
	});
}
