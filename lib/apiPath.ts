import { failed, ok, type Result } from './result';
import { inAddress } from './texts';

/** Why a path cannot be sent: `why` ends "… is set to "x", which is", and what to give instead. */
export interface PathRefusal {
	readonly why: string;
	readonly fix: string;
}

const LONGEST = 1_000;

/** What no name of a resource, id or file holds; an address with them may mean another place. */
const UNSAFE = /[\p{Cc}\\]/u;
/** A step up, also where something on the way takes what follows a semicolon for a parameter. */
const STEP = /^\.{1,2}(;|$)/;
const ENCODED_STEP_OR_SLASH = /%(2e|2f|5c)/i;

const FIX = 'Give the part of the address that follows the version, such as';

/**
 * The path of an API call, below the address that its credential is for: each part encoded once, with
 * a slash in front. Nothing that may lead to another place is taken, since a key goes with it.
 * @param example what such a path looks like
 */
export function apiPath(given: string, example: string): Result<string, PathRefusal> {
	const text = given.trim();
	const refused = (why: string, fix = `${FIX} ${example}.`) => failed({ why, fix });
	if (text.length > LONGEST) return refused(`longer than ${LONGEST} characters`);
	if (/^([a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(text)) {
		return refused('a whole address, to which the key of the credential is not sent');
	}
	if (/[?#]/.test(text)) {
		return refused('more than a path', 'Put what follows the ? under Query Parameters.');
	}
	const parts: string[] = [];
	for (const part of text.replace(/^\//, '').replace(/\/$/, '').split('/')) {
		const plain = decoded(part);
		if (plain === undefined) {
			return refused('not readable', 'A % in a path is followed by two digits: write %25 for it.');
		}
		if (plain.trim() !== plain || plain === '') return refused('not a path');
		if (STEP.test(plain)) return refused('a path with a step up');
		if (UNSAFE.test(plain) || plain.includes('/') || ENCODED_STEP_OR_SLASH.test(plain)) {
			return refused('a path with a slash or a sign that is hidden in it');
		}
		parts.push(inAddress(plain));
	}
	return ok(`/${parts.join('/')}`);
}

function decoded(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}
