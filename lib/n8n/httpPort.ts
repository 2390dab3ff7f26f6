import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { HttpOutcome, HttpPort, HttpRequest } from '../http';
import { z } from '../vendor/zod';
import { jsonText } from '../texts';
import { fullUrl, isSafeUrl } from '../urls';
import { createClock } from './clock';
import { outcomeOfError, plainHeaders } from './httpErrors';
import { processState } from './processState';
import { logRequests } from './requestLog';

export interface HttpPortOptions {
	readonly credentialType: 'knackApi' | 'xeroSyncOAuth2Api';
}

const TIMEOUT_MS = 60_000;

const fullResponse = z.object({
	statusCode: z.number(),
	headers: z.unknown(),
	body: z.unknown(),
});

/**
 * The network through n8n's own helper, which signs, refreshes tokens, honours proxies and stops
 * with the execution. Every status is an answer, and no answer shows a secret that was sent: a page
 * of a proxy may repeat the request. Never rejects.
 */
export function createHttpPort(context: IAllExecuteFunctions, options: HttpPortOptions): HttpPort {
	const { credentialType } = options;
	const clock = createClock(context);
	const credentialId = context.getNode().credentials?.[credentialType]?.id ?? credentialType;
	const isOAuth = credentialType === 'xeroSyncOAuth2Api';

	const learn = async () => {
		const data = await context.getCredentials(credentialType).catch(() => ({}));
		processState.secrets.learn(data);
	};
	let learnt: Promise<void> | undefined;

	async function send(request: HttpRequest): Promise<HttpOutcome> {
		await (learnt ??= learn());
		const outcome = await answerTo(request);
		// The token may have been renewed on the way.
		if (isOAuth) await learn();
		return processState.secrets.without(outcome, isWhatWasAsked(outcome));
	}

	async function answerTo(request: HttpRequest): Promise<HttpOutcome> {
		try {
			const answer = fullResponse.parse(
				await context.helpers.httpRequestWithAuthentication.call(
					context,
					credentialType,
					helperRequest(request, isOAuth),
				),
			);
			return {
				kind: 'answer',
				status: answer.statusCode,
				headers: plainHeaders(answer.headers),
				body: parsedBody(answer.body),
			};
		} catch (error) {
			return outcomeOfError(error);
		}
	}

	const port: HttpPort = async (request) => {
		if (!isSafeUrl(request.url)) {
			return {
				kind: 'notSigned',
				reason:
					'Plain http is refused, except for this machine, so that no key can be read on its way',
			};
		}
		if (!isOAuth) return await send(request);
		return await processState.signing.inTurn(credentialId, clock, async () => await send(request));
	};
	const service = isOAuth ? 'Xero' : 'Knack';
	return logRequests(port, { service, logger: context.logger, clock });
}

function isWhatWasAsked(outcome: HttpOutcome): boolean {
	return outcome.kind === 'answer' && outcome.status < 300 && typeof outcome.body === 'object';
}

function helperRequest(request: HttpRequest, isOAuth: boolean): IHttpRequestOptions {
	const headers: IDataObject = { ...request.headers };
	const isJson = request.body !== undefined && !Buffer.isBuffer(request.body);
	if (isJson) headers['content-type'] ??= 'application/json';
	return {
		method: request.method,
		// Written out here, so that what is measured is what is sent.
		url: fullUrl(request.url, request.query),
		headers,
		...(request.body === undefined ? {} : { body: bodyToSend(request.body) }),
		timeout: request.timeoutMs ?? TIMEOUT_MS,
		returnFullResponse: true,
		// A 401 has to reach n8n, which refreshes the token for it and sends the request again.
		ignoreHttpStatusErrors: isOAuth ? { ignore: true, except: [401] } : true,
		// Neither API redirects. Who follows one hands Knack's key on, and believes what another place says.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
	};
}

/** Text, so that n8n neither drops an empty object nor re-orders what a key was derived from. */
function bodyToSend(body: unknown): IHttpRequestOptions['body'] {
	return Buffer.isBuffer(body) ? body : jsonText(body);
}

/** JSON that came with another content type is still JSON; everything else stays text. */
function parsedBody(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	const text = body.trim();
	if (!/^[[{]/.test(text)) return body;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return body;
	}
}
