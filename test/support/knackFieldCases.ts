import type { FieldDefinition } from '../../sandbox/knack/schema';

const date = (
	date_format: 'dd/mm/yyyy' | 'mm/dd/yyyy' | 'Ignore Date',
	time_format: 'Ignore Time' | 'HH:MM am',
	calendar = false,
): Pick<FieldDefinition, 'type' | 'format'> => ({
	type: 'date_time',
	format: { date_format, time_format, calendar, default_type: 'none' },
});
export const choice = (type: 'single' | 'multi', options: string[]): FieldDefinition['format'] => ({
	type,
	options,
});

/** Every field type that can be written: what is given, and what is read back. */
export const FIELDS: ReadonlyArray<
	readonly [definition: FieldDefinition, given: unknown, read: unknown]
> = [
	[{ name: 'Text', type: 'short_text' }, "O'Brien & Söhne", "O'Brien & Söhne"],
	[{ name: 'Notes', type: 'paragraph_text' }, 'one\ntwo', 'one\ntwo'],
	[{ name: 'Rich', type: 'rich_text' }, '<p>Hello <b>there</b></p>', 'Hello there'],
	[{ name: 'Number', type: 'number' }, '1234.5', 1234.5],
	[{ name: 'Money', type: 'currency', format: { format: '£' } }, 1250.4, 1250.4],
	[{ name: 'Rating', type: 'rating' }, 4, 4],
	[{ name: 'Flag', type: 'boolean', format: { default: false } }, 'yes', true],
	[
		{ name: 'Choice', type: 'multiple_choice', format: choice('single', ['A', 'B b']) },
		'b B',
		'B b',
	],
	[
		{ name: 'Choices', type: 'multiple_choice', format: choice('multi', ['A', 'B, b', 'C']) },
		['A', 'B, b'],
		['A', 'B, b'],
	],
	[
		{ name: 'More Choices', type: 'multiple_choice', format: choice('multi', ['A', 'C']) },
		'A, c',
		['A', 'C'],
	],
	[
		{ name: 'British Day', ...date('dd/mm/yyyy', 'Ignore Time') },
		'2026-03-09T00:00:00',
		'2026-03-09',
	],
	[{ name: 'American Day', ...date('mm/dd/yyyy', 'Ignore Time') }, '2026-03-09', '2026-03-09'],
	[
		{ name: 'Moment', ...date('dd/mm/yyyy', 'HH:MM am') },
		'2026-07-01T12:00:00Z',
		'2026-07-01T13:00',
	],
	[{ name: 'Clock', ...date('Ignore Date', 'HH:MM am') }, '00:30', '00:30'],
	[
		{ name: 'Period', ...date('dd/mm/yyyy', 'HH:MM am', true) },
		{ from: '2026-03-09T09:00', to: '2026-03-09T17:30' },
		'2026-03-09T09:00',
	],
	[
		{ name: 'Stopwatch', type: 'timer' },
		'{"from":"2026-03-09T09:00","to":"2026-03-09T10:30"}',
		1.5,
	],
	[
		{ name: 'Person', type: 'name', format: { format: 'First Last' } },
		{ title: 'Dr', first: 'Agnes', last: 'Wickham' },
		'Dr Agnes Wickham',
	],
	[{ name: 'Mail', type: 'email' }, 'a@example.com', 'a@example.com'],
	[
		{ name: 'Phone', type: 'phone', format: { format: '(999) 999-9999' } },
		'5129743546',
		'(512) 974-3546',
	],
	[
		{ name: 'Address', type: 'address', format: { format: 'international_country' } },
		{ street: '14 Mill Lane', city: 'Lewes', zip: 'BN7 2ZZ', country: 'UK' },
		'14 Mill Lane\nLewes, BN7 2ZZ\nUK',
	],
	[
		{ name: 'Link', type: 'link' },
		{ url: 'https://example.com/a?b=1', label: 'Here' },
		'https://example.com/a?b=1',
	],
	[
		{ name: 'Web Image', type: 'image', format: { source: 'url' } },
		'https://example.com/x.png',
		'https://example.com/x.png',
	],
	[{ name: 'Signature', type: 'signature' }, { base30: '3E13Z5Y5_1O24Z66' }, 'Signed'],
	[{ name: 'Roles', type: 'user_roles' }, ['profile_3'], ['Staff']],
	[
		{ name: 'One Link', type: 'connection', connectsTo: { table: 'People', has: 'one' } },
		'acme ltd',
		'Acme Ltd',
	],
	[
		{ name: 'Many Links', type: 'connection', connectsTo: { table: 'People', has: 'many' } },
		['Beta & Sons', 'Acme Ltd'],
		['Beta & Sons', 'Acme Ltd'],
	],
];

/** A value that each type refuses. */
export const UNSUITABLE: Readonly<Record<string, unknown>> = {
	short_text: { a: 1 },
	paragraph_text: { a: 1 },
	rich_text: { a: 1 },
	number: 'twelve',
	currency: 'cheap',
	rating: 'good',
	boolean: 'perhaps',
	multiple_choice: 'Z',
	date_time: 'soon',
	timer: 'long',
	name: { x: 1 },
	email: 'nobody',
	phone: { x: 1 },
	address: { x: 1 },
	link: { x: 1 },
	image: { x: 1 },
	file: 'a file',
	signature: { x: 1 },
	user_roles: ['boss'],
	connection: 'Nobody',
};

/** Types that Knack fills itself, and passwords, which this package never writes. */
export const FILLED_BY_KNACK = [
	'auto_increment',
	'average',
	'concatenation',
	'count',
	'equation',
	'max',
	'min',
	'password',
	'sum',
];
