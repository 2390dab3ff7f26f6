export interface JsonBounds {
	readonly mostBytes: number;
	/** Lists and objects within each other. */
	readonly deepest: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** A name under which JavaScript keeps an object's prototype, also where it is written in escapes. */
const PROTOTYPE = /__proto__|\\u005f/i;

/**
 * JSON that came from anybody who knows an address: undefined when it is none, or larger or deeper
 * than it could rightly be. Members called `__proto__` are left out.
 */
export function boundedJson(body: Buffer, { mostBytes, deepest }: JsonBounds): unknown {
	if (body.length > mostBytes || isDeeperThan(body, deepest)) return undefined;
	const text = body.toString('utf8');
	try {
		if (!PROTOTYPE.test(text)) return JSON.parse(text) as unknown;
		return JSON.parse(text, (name, value: unknown) => (name === '__proto__' ? undefined : value));
	} catch {
		return undefined;
	}
}

function isDeeperThan(body: Buffer, deepest: number): boolean {
	let depth = 0;
	let isText = false;
	for (let at = 0; at < body.length; at += 1) {
		const byte = body[at] ?? 0;
		if (byte === QUOTE) isText = !isText;
		else if (isText) at += byte === BACKSLASH ? 1 : 0;
		else if (CLOSING.has(byte)) depth -= 1;
		else if (OPENING.has(byte) && (depth += 1) > deepest) return true;
	}
	return false;
}
