import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { HttpPort } from '../http';
import { createKnackClient } from '../knack/knackClient';
import { isServiceFaultError } from '../serviceFault';
import { fullUrl } from '../urls';
import { z } from '../vendor/zod';
import { SettingError } from './parameters/settingError';
import { hostClock } from './clock';
import { outcomeOfError, plainHeaders } from './httpErrors';
import { checkAccess, knackAccess, knackPacer } from './knackConnection';
import { countOf } from '../texts';

/** A person waits for the verdict. */
const PATIENCE_MS = 10_000;

const fullAnswer = z.object({
	statusCode: z.number(),
	headers: z.unknown(),
	body: z.unknown(),
});

/** The one way to the network that n8n gives to a credential test, with the key from the form. */
function portOf(helpers: ICredentialTestFunctions['helpers'], apiKey: string): HttpPort {
	return async (request) => {
		try {
			const answer = fullAnswer.parse(
				await helpers.request({
					method: request.method,
					uri: fullUrl(request.url, request.query),
					headers: { 'X-Knack-REST-API-Key': apiKey, ...request.headers },
					json: true,
					// The key would go along to wherever that leads.
					followRedirect: false,
					followAllRedirects: false,
					simple: false,
					resolveWithFullResponse: true,
					timeout: PATIENCE_MS,
				}),
			);
			return {
				kind: 'answer',
				status: answer.statusCode,
				headers: plainHeaders(answer.headers),
				body: answer.body,
			};
		} catch (error) {
			return outcomeOfError(error);
		}
	};
}

/**
 * Tells in words whether a Knack API credential works: the app's name and tables, or whether the
 * key, the Application ID or the address is what is wrong.
 */
export async function testKnackCredential(
	helpers: ICredentialTestFunctions['helpers'],
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	try {
		const access = knackAccess(data);
		checkAccess(access);
		const port = portOf(helpers, String(data.apiKey ?? '').trim());
		const client = createKnackClient({
			...access,
			http: async (request) =>
				await port({
					...request,
					headers: { 'X-Knack-Application-Id': access.applicationId, ...request.headers },
				}),
			clock: hostClock,
			pacer: knackPacer(access.applicationId),
			deadlineMs: hostClock.now() + PATIENCE_MS,
		});
		await client.verifyKey();
		const app = await client.app({ fresh: true });
		const count = app.tables.length;
		return {
			status: 'OK',
			message: `Connected to ${app.name}, ${countOf(count, 'table')}`,
		};
	} catch (error) {
		if (isServiceFaultError(error)) {
			return { status: 'Error', message: `${error.fault.message} ${error.fault.fix}` };
		}
		if (error instanceof SettingError) {
			return { status: 'Error', message: `${error.message} ${error.fix}` };
		}
		return {
			status: 'Error',
			message:
				'The credential could not be tested. Check the API URL, the Application ID and the key.',
		};
	}
}
