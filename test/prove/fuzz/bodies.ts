import type { Random } from '../random';
import { hostileValue, noise } from './values';

/** A body as bytes that somebody sends to a trigger's address: sound, bent, cut, or something else. */
export function hostileBody(random: Random, sound: Readonly<Record<string, unknown>>): Buffer {
	const kind = random.int(0, 9);
	if (kind <= 4) return asBytes(bent(random, sound, 0));
	const text = JSON.stringify(sound);
	if (kind === 5) return Buffer.from(text.slice(0, random.int(0, text.length)));
	if (kind === 6) return asBytes(hostileValue(random));
	if (kind === 7) return Buffer.from(random.pick(STRANGE));
	if (kind === 8) return Buffer.from(noise(random).repeat(random.pick([1, 10, 1_000])));
	const at = random.int(0, text.length);
	return Buffer.from(`${text.slice(0, at)}${noise(random)}${text.slice(at)}`, 'utf8');
}

const STRANGE: readonly string[] = [
	...[
		'',
		' ',
		'null',
		'[]',
		'{}',
		'"',
		'0',
		'{"events":null}',
		'{"events":{}}',
		'{"events":[null,1,"a",[]]}',
	],
	...[
		'[1'.repeat(1),
		'['.repeat(100_000),
		'{"a":'.repeat(50_000),
		`{"events":${'['.repeat(50_000)}`,
	],
	...[
		'{"__proto__":{"events":[]}}',
		'{"events":[{"__proto__":{"resourceId":"x"}}]}',
		'{"constructor":1}',
	],
	...[
		'{"events":[],"firstEventSequence":1e999}',
		'{"firstEventSequence":-1}',
		'\ufeff{}',
		'<xml/>',
	],
	...[`{"events":[${'{},'.repeat(50_000)}{}]}`, `{"recordIds":[${'"x",'.repeat(50_000)}"x"]}`],
	...[
		`{"recordId":"${'a'.repeat(200_000)}"}`,
		'recordId=1&secret=2',
		'{"secret":{"a":1},"record":[]}',
	],
];

function asBytes(value: unknown): Buffer {
	return Buffer.from(JSON.stringify(value) ?? 'undefined');
}

/** The same object with a value, or a name, that is not as it should be. */
function bent(random: Random, value: unknown, depth: number): unknown {
	if (typeof value !== 'object' || value === null) {
		return random.percent(depth === 0 ? 100 : 25) ? hostileValue(random) : value;
	}
	if (Array.isArray(value)) {
		const entries = value.map((entry) => bent(random, entry, depth + 1));
		return random.percent(10) ? [...entries, hostileValue(random)] : entries;
	}
	const members = Object.entries(value).flatMap(([name, each]) => {
		if (random.percent(5)) return [];
		return [[random.percent(5) ? noise(random) : name, bent(random, each, depth + 1)] as const];
	});
	return Object.fromEntries(members);
}
