import type { Random } from '../random';

/** A text that is as long as is asked for: what it begins and ends with, and what repeats within. */
export interface Shape {
	readonly start: string;
	readonly unit: string;
	readonly end: string;
}

const UNITS: readonly string[] = [
	...[' ', '\t', '\n', ' \n', '\t \n', '\u00a0', '\u00a0\n', '\r\n', '\u2028', '\ufeff', '\0'],
	...[
		'<',
		'>',
		'</',
		'<!',
		'<?',
		'<b>',
		'</b>',
		'<b></b>',
		'<i></b>',
		'<p>',
		'<p> ',
		'<br>',
		'<br ',
	],
	...['<ul><li>', '<table><tr><td>', '<a x=', '<a x="', "<a x=' ", '<a href=x>', '<a x ', '<b/>'],
	...[
		'<!--',
		'-->',
		'<!-->',
		'<![CDATA[',
		'<script>',
		'<script ',
		'<style>x',
		'<title>',
		'<svg><p>',
	],
	...['&', '&amp;', '&amp', '&#', '&#x', '&#0;', '&#99999999;', '&lt;b&gt;', '&nbsp;', '&a'],
	...[
		'a',
		'A',
		'aA1',
		'a ',
		'a  ',
		'ab. ',
		'x,',
		'é',
		'e\u0301',
		'\u0301',
		'\u{1f600}',
		'\ud83d',
		'ﬃ',
		'İ',
		'Σ',
	],
	...[
		'0',
		'9',
		'1,',
		'1.',
		'1,234,',
		'1 234 ',
		"1'",
		'12:34 ',
		'1/',
		'2026-',
		'-00:00',
		'1e9',
		'e',
		'.',
	],
	...[
		'(',
		')',
		'()',
		'-',
		'- ',
		'+',
		'\u2212',
		'£',
		'GBP',
		'GBP ',
		'%',
		'% ',
		'"',
		"'",
		"'x",
		'\\',
		'|',
	],
	...['{', '}', '{}', '{a', '[', ']', '[[', '[]', ',', '{"a":', '{"a":[', '":"', '{"__proto__":'],
	...[
		'@',
		'a@',
		'a@b.',
		'/',
		'//',
		':',
		':1',
		'?',
		'#',
		'#a',
		'x=y&',
		'%20',
		'%',
		'https://a/',
		'mailto:',
	],
	...[
		' to ',
		'Z',
		'T',
		'am',
		'Jan ',
		'January 1, ',
		' and ',
		' Ltd',
		'bearer ',
		'basic a ',
		'date ',
		'due',
	],
	...[
		'account code ',
		'tracking option ',
		'invoice ',
		'item ',
		'e-mail ',
		'url ',
		'number ',
		'total ',
	],
	...[
		'branding theme ',
		'edited a ',
		'taxtype code ',
		'document',
		'is not a valid ',
		'contact name ',
	],
];

const STARTS: readonly string[] = [
	...[
		'',
		'',
		'',
		'<',
		'<a x=',
		'<a ',
		'<b>',
		'<!--',
		'&',
		'(',
		'1',
		'-',
		'£',
		'0.',
		'[',
		'[[',
		'{',
		'"',
	],
	...[
		'{"events":[',
		'{"a":"',
		'a',
		'a@',
		'https://',
		'mailto:',
		'2026-11-30T',
		'/Date(',
		'bearer ',
		'01/02/2026 ',
	],
	...['account code ', 'date ', 'the status ', 'invoice reconciled ', '#', '{ID', '{"__proto__":'],
];

const ENDS: readonly string[] = [
	...[
		'',
		'',
		'',
		'>',
		'</b>',
		'/>',
		'-->',
		';',
		')',
		']',
		'}',
		'"',
		"'",
		'x',
		'!',
		'%',
		'Z',
		'1',
		'.',
		'\n',
	],
	...['+01:00', ')/', '@', ' £', '</script>', '\u00a0x', '\ud83d'],
];

export function allPlainShapes(): Shape[] {
	return UNITS.map((unit) => ({ start: '', unit, end: '' }));
}

/** Now and then of two units that take turns. */
export function randomShape(random: Random): Shape {
	const unit = random.pick(UNITS);
	return {
		start: random.pick(STARTS),
		unit: random.percent(30) ? unit + random.pick(UNITS) : unit,
		end: random.pick(ENDS),
	};
}

export function textOfShape({ start, unit, end }: Shape, length: number): string {
	const room = Math.max(0, length - start.length - end.length);
	return `${start}${unit.repeat(Math.ceil(room / unit.length)).slice(0, room)}${end}`;
}

export function shapeInWords({ start, unit, end }: Shape): string {
	return `${JSON.stringify(start)} and ${JSON.stringify(unit)} again and again, then ${JSON.stringify(end)}`;
}
