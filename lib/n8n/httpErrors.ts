import type { HttpOutcome } from '../http';
import { replaceEach } from '../replaceEach';

type Link = Readonly<Record<string, unknown>>;

function isLink(value: unknown): value is Link {
	return typeof value === 'object' && value !== null;
}

/** An error and what caused it, outermost first. */
function chainOf(error: unknown): Link[] {
	const chain: Link[] = [];
	let link = error;
	while (isLink(link) && chain.length < 8 && !chain.includes(link)) {
		chain.push(link);
		link = link.cause ?? link.reason;
	}
	return chain;
}

/** Header names in lower case, values as text. */
export function plainHeaders(headers: unknown): Record<string, string> {
	if (!isLink(headers)) return {};
	return Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			value === undefined || value === null || typeof value === 'function'
				? []
				: [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]],
		),
	);
}

/**
 * Text without anything that could be a token, a key or a signature.
 * @internal
 */
export function withoutSecrets(text: string): string {
	const named = replaceEach(
		text,
		/\b(?:bearer|basic)\s+\S+/gi,
		(found) => `${found.split(/\s/, 1)[0]} …`,
	);
	return replaceEach(named, /[A-Za-z0-9_\-.=+/]{32,}/g, '…').slice(0, 300);
}

/** The OAuth error of a token endpoint: `{ "error": "invalid_grant" }`. */
function oAuthErrorOf(link: Link): string | undefined {
	const body = link.body;
	if (!isLink(body) || typeof body.error !== 'string') return undefined;
	const more = typeof body.error_description === 'string' ? `: ${body.error_description}` : '';
	return withoutSecrets(`${body.error}${more}`);
}

const NOT_SIGNED = [
	/needs to be reconnected/i,
	/credentials not connected/i,
	/does not have any credentials/i,
	/\binvalid_(grant|client|scope)\b/,
	/\bunauthorized_client\b/,
	/no ID\b/,
];

function textOf(link: Link): string {
	return typeof link.message === 'string' ? link.message : '';
}

/**
 * What an error of n8n's HTTP helper means. Statuses are not errors there, but for a 401 that
 * signing again could not mend; any other status in an error is the token endpoint's. Words of the
 * error are kept without secrets.
 */
export function outcomeOfError(error: unknown): HttpOutcome {
	const chain = chainOf(error);
	for (const link of chain) {
		const response = link.response;
		if (isLink(response) && response.status === 401) {
			return {
				kind: 'answer',
				status: 401,
				headers: plainHeaders(response.headers),
				body: response.data ?? response.body,
			};
		}
	}
	const refused = chain.map(oAuthErrorOf).find((words) => words !== undefined);
	if (refused !== undefined) return { kind: 'notSigned', reason: refused };
	const words = chain.map(textOf).find((text) => NOT_SIGNED.some((sign) => sign.test(text)));
	if (words !== undefined) return { kind: 'notSigned', reason: withoutSecrets(words) };

	const code = chain.map((link) => link.code).find((value) => typeof value === 'string');
	const innermost = chain.map(textOf).filter((text) => text !== '');
	return {
		kind: 'noAnswer',
		code: typeof code === 'string' ? code : 'UNKNOWN',
		reason: withoutSecrets(innermost[innermost.length - 1] ?? 'no reason given'),
	};
}
