import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseApp } from '../../lib/knack/appSchema';
import { parseRecord } from '../../lib/knack/recordPages';
import { createdSeconds, viewRecord } from '../../lib/knack/recordView';

/**
 * Records of a live Knack app (2019 to 2021, by City of Austin's knackpy, CC0), which lie outside
 * of this repository. What each field must come to was written down by hand from the recorded
 * answers and from how a person would read them.
 */
const folder = path.resolve(__dirname, '../../../shared/data/knack-recorded');
const isThere = existsSync(folder);
if (!isThere) console.warn(`Skipped: no recorded Knack answers in ${path.basename(folder)}`);

const read = (name: string): unknown =>
	JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown;

type Expected = Readonly<Record<string, unknown>>;

const assets = 'https://s3.amazonaws.com/assets.knackhq.com/assets/5d79512148c4af00106d1507';
const files = 'https://api.knack.com/v1/applications/5d79512148c4af00106d1507/download/asset';

/** What a record without any input holds: defaults and formulas. */
const empty: Expected = {
	id: null,
	'Multiple Choice': null,
	'Short Text': null,
	'Rich Text': null,
	Number: 0,
	'Date/Time - No Time no default': null,
	Timer: null,
	File: null,
	Image: null,
	Name: null,
	Email: null,
	'Address USA': null,
	Phone: null,
	Signature: null,
	Link: null,
	Rating: null,
	'Text Formula simple': 'two three (four)',
	'Yes/No': true,
	Currency: null,
	PYTEST_MODIFIED_DATE: null,
	PYTEST_RECORD: false,
	'Image from Web': null,
	'Address Lat Lon': null,
	address_international: null,
	address_international_with_country: null,
	customer: null,
};

const expected: ReadonlyArray<{ readonly id: string; readonly values: Expected }> = [
	{
		id: '5d7964422d7159001659b27a',
		values: {
			'Auto Increment': 1,
			id: '1',
			'Multiple Choice': 'Extra Cheese',
			'Short Text': 'hello',
			'Rich Text': 'bold rich text\nheading 1\ntablerow 1 1\ntablerow 23 25',
			Number: 100,
			'Date/Time - No Time no default': '2019-09-11',
			'Date/Time - w/ Time default current': '2018-07-03T10:26',
			'Date/Time - No Date': '16:14',
			'Date/Time - Range': '2019-09-11T16:14',
			Timer: 1,
			File: `${files}/5d7967132be2bb0010892ce7/0.omfbylawsapproved1.pdf`,
			Image: `${assets}/5d7966ecc8d68e0010c0834a/original/my_car_mazda_q.jpg`,
			Name: 'Pizza Danger the Hut',
			Email: 'pizzathehut@spaceballs.com',
			'Address USA': '8700 Cameron Rd\nSuite 1\nAustin, TX 78754',
			Phone: '(512) 974-3546',
			Signature: 'Signed',
			Link: 'https://data.austintexas.gov/Transportation-and-Mobility/Camera-Traffic-Counts-UT-CTR-TEST/sh59-i6y9',
			Rating: 0,
			'Text Formula simple': 'he two three (four)',
			'Yes/No': true,
			Currency: 100.43,
			PYTEST_MODIFIED_DATE: '2019-09-13T02:43',
			PYTEST_RECORD: false,
			'Image from Web': 'google.com',
			'Address Lat Lon': 'Bauchi\nNigeria',
			'text formula complex': 'July pizza Tuesday',
			address_international: '123 Calle Uno\nSuite 22\nMexico City, State of Mexico 102392A',
			address_international_with_country:
				'123 Fake St\nAPT C\nLondon, London ABC123\nUnited Kingdom',
			customer: 'Johnny C',
			Equation: 1.3333,
		},
	},
	{
		id: '5d7968c8092e7f00106c6399',
		values: {
			...empty,
			'Auto Increment': 2,
			id: '3',
			'Multiple Choice': 'Jalapeños',
			'Short Text': 'Hello SHort Text',
			'Rich Text': 'boring rich text',
			'Date/Time - No Time no default': '2019-09-11',
			'Date/Time - w/ Time default current': '2019-09-11T16:35',
			'Date/Time - No Date': '16:35',
			'Date/Time - Range': '2019-09-11T16:35',
			Timer: 1,
			File: `${files}/5d796903335a510011275b67/ibmdesignthinkingfieldguidewatsonbuildv3.5_ac.pdf`,
			Image: `${assets}/5d79691475f07d00103a3b0b/original/screenshot20190906at9.32.13am.png`,
			Name: 'Sally Lognestnameeverprobableimnotsure',
			Email: 'fake@fake.com',
			'Address USA': '1600 Pennsylvania Ave\nWashington, DC',
			Phone: '(800) 234-4444',
			Signature: 'Signed',
			Link: 'https://google.com',
			Rating: 0,
			'Text Formula simple': 'He two three (four)',
			'Image from Web': 'pizza.com',
			'Address Lat Lon': 'Lexington, Texas 78947\nUnited States',
			'text formula complex': 'September pizza Wednesday',
			Equation: 2.6667,
		},
	},
	{
		id: '5d7b026e58b1e6001064b4f0',
		values: {
			...empty,
			'Auto Increment': 3,
			id: '6',
			'Multiple Choice': 'Mushrooms',
			'Short Text': 'boring short text',
			'Rich Text': 'test',
			Number: 2555,
			'Date/Time - No Time no default': '2019-09-12',
			'Date/Time - w/ Time default current': '2019-09-12T22:43',
			'Date/Time - No Date': '22:43',
			'Date/Time - Range': '2019-09-12T22:43',
			Timer: 1,
			File: `${files}/5e126c4559ea6b00161acc32/inventory_items_finance.json`,
			Image: `${assets}/5e126c53ba5fb40017853a8a/original/thumbnail_img_4826.jpg`,
			Name: 'Stu Nobody',
			Email: 'fake@fake.com',
			'Address USA': 'Willow St\nRobert Martinez\nAustin, tx 78702',
			Phone: '(333) 999-3333',
			Signature: 'Signed',
			'Text Formula simple': 'bo two three (four)',
			PYTEST_MODIFIED_DATE: '2019-09-13T02:43',
			PYTEST_RECORD: true,
			'Image from Web': 'nothing',
			'text formula complex': 'September pizza Thursday',
			Equation: 4,
		},
	},
	made('5f3b1e9037b59000158c48e6', 1217, '2020-08-17', '19:19', 'August pizza Monday', 1622.6667),
	made('5f3e05757972ef0015648984', 1290, '2020-08-20', '00:00', 'August pizza Thursday', 1720),
	made('5f3e058d2abbbf001607c935', 1296, '2020-08-20', '00:00', 'August pizza Thursday', 1728, {
		Image: `${assets}/5f3e0591a33fe40015962d52/original/plaid.jpg`,
	}),
	made('5f3e076ae946bd00157429e8', 1344, '2020-08-20', '00:00', 'August pizza Thursday', 1792, {
		File: `${files}/5f3e076ace60090015e1424e/plaid.jpg`,
	}),
	made('5f430decf50123001569bf7e', 1475, '2020-08-23', '19:46', 'August pizza Sunday', 1966.6667),
	made('5f434ea8598991001998ad25', 1528, '2020-08-24', '00:00', 'August pizza Monday', 2037.3333),
	made('5f435024f5012300156aad1a', 1544, '2020-08-24', '00:00', 'August pizza Monday', 2058.6667, {
		Image: `${assets}/5f435022f5012300156aad14/original/plaid.jpg`,
	}),
	made('5f435026ba7b770019f97e91', 1545, '2020-08-24', '00:00', 'August pizza Monday', 2060, {
		Image: `${assets}/5f43502a16c77200172503ae/original/plaid.jpg`,
	}),
	made('5f43506ca2f3980015c2300e', 1573, '2020-08-24', '00:00', 'August pizza Monday', 2097.3333),
];

/** A record that a test of knackpy made through the API: its default dates are all of one moment. */
function made(
	id: string,
	number: number,
	day: string,
	time: string,
	formula: string,
	equation: number,
	more: Expected = {},
): { readonly id: string; readonly values: Expected } {
	return {
		id,
		values: {
			...empty,
			'Auto Increment': number,
			'Date/Time - w/ Time default current': `${day}T${time}`,
			'Date/Time - No Date': time,
			'Date/Time - Range': `${day}T${time}`,
			'text formula complex': formula,
			Equation: equation,
			...more,
		},
	};
}

(isThere ? describe : describe.skip)('Recorded Knack answers', () => {
	const app = isThere ? parseApp(read('application.json')) : undefined;
	const table = app?.tables.find(({ key }) => key === 'object_3');
	const answer = isThere ? read('records.json') : { records: [] };
	const records = Object.values(Object(answer) as Record<string, unknown>)
		.flat()
		.flatMap((record) => parseRecord(record) ?? []);

	it('reads the app: its zone by label, its tables, fields and connections', () => {
		expect(app).toMatchObject({
			id: '5d79512148c4af00106d1507',
			name: 'Knackpy Development | PRODUCTION',
			timeZone: 'America/Chicago',
		});
		expect(app?.tables.map(({ key, name }) => `${key} ${name}`)).toEqual([
			'object_3 all_fields_test',
			'object_7 customers',
			'object_4 orders',
			'object_2 pizzas',
			'object_10 toppings',
			'object_6 Accounts',
			'object_15 test',
		]);
		expect(table?.fields).toHaveLength(32);
		expect(table?.fields.find(({ key }) => key === 'field_128')?.connection).toEqual({
			table: 'object_7',
			has: 'one',
			belongsTo: 'many',
		});
		expect(table?.fields.find(({ key }) => key === 'field_6')?.options).toEqual([
			'Pepperoni',
			'Extra Cheese',
			'Jalapeños',
			'Mushrooms',
		]);
		const pizzas = app?.tables.find(({ key }) => key === 'object_4')?.fields;
		expect(pizzas?.find(({ name }) => name === 'pizzas')?.allowsMany).toBe(true);
	});

	it.each(expected.map(({ id, values }, index) => [id, index, values] as const))(
		'reads every field of record %s',
		(id, index, values) => {
			const record = records[index];
			if (!record || !table) throw new Error('The recording is not complete');
			expect(record.id).toBe(id);
			expect(viewRecord(record, table).values).toEqual(values);
		},
	);

	it('knows all the records there are', () => {
		expect(records).toHaveLength(expected.length);
	});

	it('keeps the parts of names, addresses, phones, files and periods', () => {
		const [first] = records;
		if (!first || !table) throw new Error('The recording is not complete');
		const { parts, connections } = viewRecord(first, table);
		expect(connections).toEqual({ customer: ['5ea46ad2b6ce4b0015000ae8'] });
		expect(parts).toMatchObject({
			Name: { first: 'Pizza', middle: 'Danger', last: 'the Hut' },
			Phone: { text: '(512) 974-3546', digits: '5129743546' },
			'Address USA': {
				street: '8700 Cameron Rd',
				street2: 'Suite 1',
				city: 'Austin',
				state: 'TX',
				zip: '78754',
			},
			'Address Lat Lon': { latitude: 10, longitude: 10, state: 'Bauchi', country: 'Nigeria' },
			'Date/Time - Range': { from: '2019-09-11T16:14', to: '2019-09-11T17:14', allDay: false },
			Timer: {
				milliseconds: 3_600_000,
				periods: [{ from: '2019-09-11T16:14', to: '2019-09-11T17:14' }],
			},
			File: {
				id: '5d7967132be2bb0010892ce7',
				fileName: '0.omfbylawsapproved1.pdf',
				size: 305_741,
			},
		});
	});

	it('tells when a record was made by its id', () => {
		// Made at 16:35 app time (Central Daylight Time, UTC-5) by its own default date.
		expect(createdSeconds('5d7968c8092e7f00106c6399')).toBe(
			Date.UTC(2019, 8, 11, 21, 36, 8) / 1_000,
		);
	});

	it('reads the shown values alone as well, where an answer has no raw ones', () => {
		const [first] = records;
		if (!first || !table) throw new Error('The recording is not complete');
		const shown = {
			...Object.fromEntries(Object.entries(first).filter(([key]) => !key.endsWith('_raw'))),
			id: first.id,
		};
		const { values, connections } = viewRecord(shown, table);
		expect(values).toMatchObject({
			'Date/Time - No Time no default': '2019-09-11',
			'Date/Time - w/ Time default current': '2018-07-03T10:26',
			'Date/Time - No Date': '16:14',
			'Date/Time - Range': '2019-09-11T16:14',
			Currency: 100.43,
			Email: 'pizzathehut@spaceballs.com',
			Link: expect.stringContaining('https://data.austintexas.gov/'),
			customer: 'Johnny C',
			'Yes/No': true,
			File: `${files}/5d7967132be2bb0010892ce7/0.omfbylawsapproved1.pdf`,
			Image: `${assets}/5d7966ecc8d68e0010c0834a/original/my_car_mazda_q.jpg`,
			'Address USA': '8700 Cameron Rd\nSuite 1\nAustin, TX 78754',
		});
		expect(connections).toEqual({ customer: ['5ea46ad2b6ce4b0015000ae8'] });
	});
});
