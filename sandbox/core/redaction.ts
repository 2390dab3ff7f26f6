/** Bodies longer than this many characters are kept only in part: a journal is for reading. */
const longestBody = 256 * 1024;

const hidden = '[redacted]';

const names =
	'access_token|refresh_token|id_token|client_secret|code_verifier|token|password|apiKey|api_key|clientSecret|webhookKey|secret';

const secretNames = new RegExp(`^(${names})$`, 'i');

/** Finds a secret's name in JSON; most bodies have none, and are parsed without looking further. */
const namesSecret = new RegExp(`"(${names})"`, 'i');

/** An authorisation code; in JSON `Code` is an account's or an item's and stays readable. */
const secretQueryNames = /^code$/;

/** A query as a plain object, with secrets replaced. */
export function redactedQuery(query: URLSearchParams): Record<string, string> {
	const plain: Record<string, string> = {};
	for (const [name, value] of query) {
		plain[name] = secretNames.test(name) || secretQueryNames.test(name) ? hidden : value;
	}
	return plain;
}

/**
 * A body as the journal keeps it: JSON and forms parsed, other text as it is, no secrets. It is made when
 * somebody reads it first, since most are read by nobody.
 */
export function bodyToKeep(text: string | undefined, type = ''): () => unknown {
	if (text === undefined || text === '') return () => undefined;
	const isForm = type.includes('x-www-form-urlencoded');
	if (text.length > longestBody && !isForm) {
		const kept = { truncated: true, characters: text.length };
		return () => kept;
	}
	let made: { readonly body: unknown } | undefined;
	return () => {
		made ??= { body: isForm ? redactedQuery(new URLSearchParams(text)) : redactedBody(text, type) };
		return made.body;
	};
}

function redactedBody(text: string, type: string): unknown {
	if (type.includes('json') || text.startsWith('{') || text.startsWith('[')) {
		try {
			return JSON.parse(text, namesSecret.test(text) ? replaceSecret : undefined);
		} catch {
			return text;
		}
	}
	return text;
}

function replaceSecret(name: string, value: unknown): unknown {
	return typeof value === 'string' && secretNames.test(name) ? hidden : value;
}
