import { hash } from 'crypto';
import { remember } from './remember';
import { wellFormed } from './texts';

/** Names of members come again and again. */
const quoted = remember((name) => JSON.stringify(wellFormed(name)));

/** Texts in which JSON escapes nothing. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Nothing that people make is as deep, and deeper the stack would end. */
const DEEPEST = 500;

/**
 * JSON with keys in order and undefined left out, so that equal content gives equal text. Halves of
 * characters become the sign for what is unreadable, as in a request.
 */
export function canonicalJson(value: unknown, depth = 0): string {
	if (typeof value === 'string' && PLAIN.test(value)) return `"${value}"`;
	if (typeof value === 'string') return JSON.stringify(wellFormed(value));
	if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
	if (depth > DEEPEST) return '"…"';
	let text = '';
	if (Array.isArray(value)) {
		for (const entry of value)
			text += `${text === '' ? '' : ','}${canonicalJson(entry ?? null, depth + 1)}`;
		return `[${text}]`;
	}
	const members = value as Readonly<Record<string, unknown>>;
	for (const key of Object.keys(members).sort()) {
		const entry = members[key];
		if (entry === undefined) continue;
		text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(entry, depth + 1)}`;
	}
	return `{${text}}`;
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function contentHash(value: unknown): string {
	return hash('sha256', canonicalJson(value), 'hex');
}
