import type { Random } from '../random';
import { randomShape, textOfShape } from './shapes';

const ZERO_ID = '00000000-0000-0000-0000-000000000000';

/** What nobody means and somebody sends: each has ended a run of something once. */
const ODD: readonly unknown[] = [
	...[
		'\ud83d',
		'cut \ud83d',
		'\ude00 begins',
		'a\ud800b',
		'\ufeff',
		'\u202eabc',
		'\0',
		'a\0b',
		'\u2028',
	],
	...[
		'1e999',
		'-1e999',
		'1e-999',
		'9'.repeat(400),
		`0.${'3'.repeat(400)}`,
		'1e400',
		'1e15',
		'1e13',
		'.5',
	],
	...[
		'-0',
		'+',
		'0x10',
		'NaN',
		'Infinity',
		'1_000',
		'٣',
		'½',
		'1,2,3',
		'--1',
		'1e',
		'e5',
		'１２',
		'1 2',
	],
	...[ZERO_ID, `{${ZERO_ID}}`, ZERO_ID.replaceAll('-', ''), '11111111-1111-4111-8111-111111111111'],
	...[
		'../../x',
		'..%2f',
		'%00',
		'%',
		'%zz',
		'a?b#c',
		'a&b=c',
		'" OR 1==1',
		'") OR (Name=="',
		"' OR '1'='1",
	],
	...[
		'\\',
		'\\"',
		'a,b',
		'""',
		'"',
		"'",
		'`',
		'${x}',
		'{{ $json }}',
		'={{ 1 }}',
		'<b>',
		'<script>x</script>',
	],
	...[
		'<b>'.repeat(3_000),
		'<i></b>'.repeat(3_000),
		'<ul><li>'.repeat(2_500),
		'&#0;'.repeat(5_000),
		'<a x=',
	],
	...[
		`<a x=${' '.repeat(60_000)}`,
		'\u00a0'.repeat(60_000),
		' '.repeat(60_000),
		`a${' '.repeat(60_000)}b`,
	],
	...[
		'請'.repeat(250),
		'請'.repeat(120),
		`請,${'請'.repeat(240)}`,
		'x'.repeat(4_001),
		'x'.repeat(100_000),
		'é'.repeat(5_000),
		'\u{1f600}'.repeat(3_000),
		'ﷺ'.repeat(2_000),
	],
	...[
		'line\r\nfeed',
		'\r\nSet-Cookie: a=b',
		'tab\there',
		'__proto__',
		'constructor',
		'toString',
		'null',
	],
	...[
		'2026-02-30',
		'0000-00-00',
		'99999-01-01',
		'2026-11-30T25:00',
		'2026-11-30T00:00:00+99:99',
		'31/12/2026',
	],
	...[
		'9999-12-31',
		'-000001-01-01',
		'/Date(1)/',
		'/Date(9e99)/',
		'Tomorrow',
		'1/1/1',
		'12:60',
		'2026-W01',
	],
	...[
		'true',
		'YES',
		'maybe',
		'GBP',
		'XXX',
		'gb p',
		'a@b',
		'a@b.c',
		'<a@b.c>',
		'mailto:a@b.c',
		'javascript:1',
	],
	...[
		'http://',
		'https://xero.com',
		'https://a b',
		'https://\ud83d',
		'ftp://a',
		'//a',
		'https://[::1',
		'http://a:99999',
	],
	...[
		Number.NaN,
		Number.POSITIVE_INFINITY,
		1e308,
		5e-324,
		-0,
		1e21,
		0.1 + 0.2,
		2 ** 53 + 2,
		-1,
		1e-7,
	],
	...[
		true,
		false,
		null,
		[],
		[[]],
		[null],
		{},
		[1, 2],
		['a', ['b']],
		{ a: 1 },
		[[['x']]],
		{ value: '1' },
	],
	...[
		nested(3_000),
		{ __proto__: null, x: 1 },
		JSON.parse('{"__proto__":{"x":1}}'),
		new Date(Number.NaN),
	],
	...[new Date(0), Symbol.iterator.toString(), { toString: 'x' }, { length: 3 }, [undefined]],
];

function nested(depth: number): unknown {
	let value: unknown = 'deep';
	for (let level = 0; level < depth; level += 1) value = [value];
	return value;
}

/** A value that no field means: one of the list, a text of a shape, or noise. */
export function hostileValue(random: Random): unknown {
	if (random.percent(60)) return random.pick(ODD);
	if (random.percent(60)) {
		return textOfShape(randomShape(random), random.pick([3, 20, 60, 300, 3_000, 20_000]));
	}
	return noise(random);
}

/** Characters of every kind, halves of them too. */
export function noise(random: Random): string {
	const length = random.int(1, 60);
	let text = '';
	for (let at = 0; at < length; at += 1) {
		text += String.fromCharCode(
			random.pick([
				random.int(0, 127),
				random.int(0x20, 0x7e),
				random.int(0, 0xffff),
				random.int(0xd800, 0xdfff),
			]),
		);
	}
	return text;
}

/** The value as a person finds it again in a list of findings. */
export function valueInWords(value: unknown): string {
	const text =
		typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value) ?? value);
	return text.length > 80 ? `${text.slice(0, 70)}… (${text.length})` : text;
}
