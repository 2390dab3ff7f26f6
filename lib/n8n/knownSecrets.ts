import { replaceEach } from '../replaceEach';

/** What of a credential's data nobody else may read; the tokens are n8n's own. */
const SECRET_FIELDS = [
	'apiKey',
	'syncLogSecret',
	'webhookSecret',
	'clientSecret',
	'webhookSigningKey',
] as const;
const TOKEN_FIELDS = ['access_token', 'refresh_token', 'id_token'] as const;

/** So many are kept of each process: a token is renewed every half an hour. */
const MOST = 200;
/** A shorter one may be part of a word: it is taken out where it stands alone. */
const SHORTEST_WITHIN_WORDS = 8;
/** A shorter one may be a word of somebody's record. */
const SHORTEST_IN_RECORDS = 16;
const DEEPEST = 100;

type Parts = Readonly<Record<string, unknown>>;

/** The secrets that this process has used, renewed and rotated ones too. */
export interface KnownSecrets {
	/** Takes them out of a credential's data. */
	learn(credential: object): void;
	/**
	 * What came from outside, without any of them: as they are, encoded for an address or for HTML,
	 * in Base64. The same object where there is nothing to take out.
	 * @param isRecords whether it is what was asked for, in which words of people stand
	 */
	without<Value>(value: Value, isRecords?: boolean): Value;
}

/** Of all credentials together: an answer of one service may show what was meant for the other. */
export function createKnownSecrets(): KnownSecrets {
	const known = new Set<string>();
	let patterns: { readonly all: RegExp; readonly long: RegExp } | undefined;

	return {
		learn(credential) {
			for (const secret of secretsIn(credential)) {
				if (known.delete(secret)) known.add(secret);
				else {
					known.add(secret);
					patterns = undefined;
				}
			}
			for (const oldest of known) {
				if (known.size <= MOST) break;
				known.delete(oldest);
				patterns = undefined;
			}
		},
		without(value, isRecords = false) {
			if (known.size === 0) return value;
			patterns ??= {
				all: patternOf([...known]),
				long: patternOf([...known].filter(({ length }) => length >= SHORTEST_IN_RECORDS)),
			};
			return scrubbed(value, isRecords ? patterns.long : patterns.all) as typeof value;
		},
	};
}

/** Of a client's id and its secret, what stands in a Basic header as well. */
function secretsIn(credential: object): string[] {
	const data: Parts = { ...credential };
	const tokens: Parts = isParts(data.oauthTokenData) ? data.oauthTokenData : {};
	const secrets = [
		...SECRET_FIELDS.map((name) => data[name]),
		...TOKEN_FIELDS.map((name) => tokens[name]),
	].flatMap((value) => (typeof value === 'string' && value.trim() !== '' ? [value.trim()] : []));
	const { clientId, clientSecret } = data;
	return typeof clientId === 'string' && typeof clientSecret === 'string' && clientSecret !== ''
		? [...secrets, Buffer.from(`${clientId}:${clientSecret}`).toString('base64')]
		: secrets;
}

/** A pattern that never fits, where there is no secret. */
const NOTHING = /(?!)/g;

function patternOf(secrets: readonly string[]): RegExp {
	const forms = new Set(secrets.flatMap(formsOf));
	if (forms.size === 0) return NOTHING;
	// The longest first: one form may begin another.
	const longestFirst = [...forms].sort((a, b) => b.length - a.length);
	return new RegExp(longestFirst.map(partOfPattern).join('|'), 'gi');
}

function partOfPattern(form: string): string {
	const literal = form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
	if (form.length >= SHORTEST_WITHIN_WORDS) return literal;
	return `(?<![A-Za-z0-9\\u00c0-\\uffff])${literal}(?![A-Za-z0-9\\u00c0-\\uffff])`;
}

function formsOf(secret: string): string[] {
	const escaped = JSON.stringify(secret).slice(1, -1);
	const forms = [
		secret,
		escaped,
		encodeURIComponent(secret.toWellFormed()),
		new URLSearchParams({ '': secret }).toString().slice(1),
		...htmlForms(secret),
	];
	return secret.length < SHORTEST_WITHIN_WORDS ? forms : [...forms, ...base64Forms(secret)];
}

const NAMED: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function htmlForms(secret: string): string[] {
	const named = secret.replace(/[&<>"']/g, (sign) => NAMED[sign] ?? sign);
	const numbered = (text: (code: number) => string) =>
		secret.replace(/[^A-Za-z0-9._-]/g, (sign) => `&#${text(sign.charCodeAt(0))};`);
	return [named, numbered((code) => String(code)), numbered((code) => `x${code.toString(16)}`)];
}

/** Base64 of a text that holds the secret: by where in a group of three bytes it begins. */
function base64Forms(secret: string): string[] {
	return [0, 1, 2].flatMap((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
		// The first group holds what stands before it as well.
		const own = before === 0 ? whole : whole.slice(4);
		return [own, own.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(own)];
	});
}

function isParts(value: unknown): value is Parts {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function scrubbed(value: unknown, pattern: RegExp, depth = 0): unknown {
	if (typeof value === 'string') return replaceEach(value, pattern, '…');
	if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
	if (depth > DEEPEST) return undefined;
	if (Array.isArray(value)) {
		const entries = value.map((entry) => scrubbed(entry, pattern, depth + 1));
		return entries.some((entry, index) => entry !== value[index]) ? entries : value;
	}
	const members = Object.entries(value);
	const clean = members.map(([name, each]) => [
		replaceEach(name, pattern, '…'),
		scrubbed(each, pattern, depth + 1),
	]);
	const isSame = clean.every(([name, each], index) => {
		const [before, one] = members[index] ?? [];
		return name === before && each === one;
	});
	return isSame ? value : Object.fromEntries(clean);
}
