import type { Random } from '../random';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A token as somebody may have altered it, by a slip or on purpose. */
export function alteredToken(random: Random, token: string): string {
	const at = random.int(0, token.length - 1);
	const [prefix = '', payload = '', signature = ''] = token.split('.');
	const said: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
	const sayOtherwise = (change: object) =>
		[
			prefix,
			Buffer.from(JSON.stringify({ ...Object(said), ...change })).toString('base64url'),
			signature,
		].join('.');
	const ways: Array<() => string> = [
		() => token.slice(0, at) + otherLetter(random, token[at] ?? '') + token.slice(at + 1),
		() => token.slice(0, at),
		() => token.slice(at + 1),
		() => `${token}${random.pick([...LETTERS])}`,
		() => `${token}.`,
		() => `${prefix}.${payload}`,
		() => `${prefix}.${payload}.`,
		() => `${prefix}.${payload}=.${signature}`,
		() => `${prefix}.${payload}.${signature.toUpperCase()}`,
		() => token.toLowerCase(),
		() => sayOtherwise({ until: '2099-01-01T00:00:00Z' }),
		() => sayOtherwise({ by: 'The Boss' }),
		() => sayOtherwise({ at: '2026-11-22T09:00:00Z', extra: true }),
		() => [prefix, payload, otherLetter(random, '').repeat(64)].join('.'),
		() => payload,
		() => '',
		() => 'approved',
	];
	const altered = random.pick(ways)();
	return altered === token ? '' : altered;
}

function otherLetter(random: Random, letter: string): string {
	return random.pick([...LETTERS].filter((each) => each !== letter));
}
