import { canonicalJson } from '../../hash';

/** What Knack, or a form of Knack, may write otherwise: entities, line ends, all beyond ASCII. */
const UNSAFE = /[^ -~]|[<>&]/g;

/** A second space in a row, which HTML takes for none. */
const SPACES = / (?= )/g;

/**
 * Canonical JSON that comes back from a text field of Knack letter by letter: the same value gives the
 * same text, and the text says nothing that is not ASCII.
 */
export function safeJson(value: unknown): string {
	return canonicalJson(value).replace(UNSAFE, escaped).replace(SPACES, '\\u0020');
}

function escaped(sign: string): string {
	return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The value of a text, if it is written as `safeJson` writes it. */
export function parseSafeJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
