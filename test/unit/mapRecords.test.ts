import type { KnackClient } from '../../lib/knack/client';
import { mapRecords, type ItemToMap, type Mapping } from '../../lib/sync/map/mapRecords';
import { isNumbered, withoutNumber } from '../../lib/sync/map/numbering';
import { DOCUMENTS } from '../../lib/xero/documents';

const RUN: Mapping = {
	definition: DOCUMENTS.salesInvoice,
	lineSource: 'none',
	lineTable: { table: 'Order Lines', connection: 'Order' },
	isAutoMapped: false,
	expressions: {},
	numbering: { by: 'mapping' },
	upsert: { ruleSeverities: {} },
};

const item = (index: number, more: Partial<ItemToMap> = {}): ItemToMap => ({
	index,
	json: {},
	source: {},
	values: { reference: `R-${index}` },
	lineMapping: { description: 'Text', quantity: 'Pieces' },
	lineList: undefined,
	groupBy: undefined,
	status: undefined,
	...more,
});

const noKnack = async (): Promise<KnackClient> => {
	throw new Error('Knack is not needed here.');
};

/** The records, with the lines that their drafts are made of. */
const map = async (run: Partial<Mapping>, items: readonly ItemToMap[]) => {
	const records = await mapRecords({ ...RUN, ...run }, items, [], {
		knack: noKnack,
		timeZone: 'Europe/London',
		giveWay: async () => undefined,
	});
	return records.map(({ lines, ...record }) => ({ ...record, ...(lines && { lines: lines() }) }));
};

const recordId = 'a'.repeat(24);

describe('the number', () => {
	const values = { reference: 'R-1', invoiceNumber: 'INV-9' };
	const json = { 'Job Number': 17 };

	test('is the mapped one, or Xero’s own, or made by the template', async () => {
		const mapped = async (numbering: Mapping['numbering']) =>
			(await map({ numbering }, [item(0, { values, json })]))[0];
		expect(await mapped({ by: 'mapping' })).toMatchObject({ values, issues: [] });
		expect(await mapped({ by: 'xero' })).toEqual({
			values: { reference: 'R-1' },
			source: {},
			itemIndexes: [0],
			issues: [],
		});
		expect(await mapped({ by: 'template', template: 'JOB-{Job Number}' })).toMatchObject({
			values: { reference: 'R-1', invoiceNumber: 'JOB-17' },
			issues: [],
		});
	});

	test('that is a default counts only where numbers are mapped', () => {
		const without = (numbering: Mapping['numbering']) =>
			withoutNumber(RUN.definition, numbering, values);
		expect(without({ by: 'mapping' })).toEqual(values);
		expect(without({ by: 'xero' })).toEqual({ reference: 'R-1' });
		expect(without({ by: 'template', template: 'J' })).toEqual({ reference: 'R-1' });
	});

	test('is none where the template cannot make one, never the one that was mapped', async () => {
		const numbering = { by: 'template', template: 'JOB-{Job Number}' } as const;
		const long = { 'Job Number': 'x'.repeat(300) };
		const [gone, tooLong] = await map({ numbering }, [
			item(0, { values }),
			item(1, { values, json: long }),
		]);
		expect(gone?.values).toEqual({ reference: 'R-1' });
		expect(gone?.issues).toMatchObject([
			{ code: 'MAPPING_NUMBER_FIELD_GONE', field: 'invoiceNumber' },
		]);
		expect(tooLong?.issues).toMatchObject([
			{ code: 'MAPPING_NUMBER_TOO_LONG', message: expect.stringContaining('Invoice Number would') },
		]);
	});

	test('is said once to be missing for a document of several items', async () => {
		const numbering = { by: 'template', template: 'JOB-{Job Number}' } as const;
		const items = [item(0, { groupBy: 'A', values: {} }), item(1, { groupBy: 'A', values: {} })];
		const [record] = await map({ numbering, lineSource: 'itemPerLine' }, items);
		expect(record?.itemIndexes).toEqual([0, 1]);
		expect(record?.issues?.map(({ code }) => code)).toEqual(['MAPPING_NUMBER_FIELD_GONE']);
	});
});

test('only documents with lines are known by a number', () => {
	const { salesInvoice, quote, contact, payment } = DOCUMENTS;
	expect([salesInvoice, quote, contact, payment].map(isNumbered)).toEqual([
		true,
		true,
		false,
		false,
	]);
});

test('without a form, labels tell what is meant in the item and in its lines', async () => {
	const json = (name: string) => ({
		Customer: name,
		knack: { recordId },
		Lines: [{ Description: `For ${name}`, Quantity: 2, knack: { Quantity: 9 } }],
	});
	const open = { values: undefined, lineMapping: undefined, lineList: 'Lines' };
	const items = ['Acme', 'Zeta'].map((name, index) => item(index, { ...open, json: json(name) }));
	expect(await map({ isAutoMapped: true, lineSource: 'list' }, items)).toMatchObject([
		{
			values: { 'contact.name': 'Acme' },
			lines: [{ values: { description: 'For Acme', quantity: 2 } }],
		},
		{
			values: { 'contact.name': 'Zeta' },
			lines: [{ values: { description: 'For Zeta', quantity: 2 } }],
		},
	]);
});

describe('the status', () => {
	test('is the mapped one, else the one chosen in the node', async () => {
		const statusOf = async (values: Record<string, unknown>, status: unknown) =>
			(await map({}, [item(0, { values, status })]))[0]?.values;
		expect(await statusOf({ reference: 'R' }, 'AUTHORISED')).toEqual({
			reference: 'R',
			status: 'AUTHORISED',
		});
		expect(await statusOf({ status: 'DRAFT' }, 'AUTHORISED')).toEqual({ status: 'DRAFT' });
		expect(await statusOf({ status: '' }, 'AUTHORISED')).toEqual({ status: 'AUTHORISED' });
		expect(await statusOf({ reference: 'R' }, '')).toEqual({ reference: 'R' });
	});
});

describe('an item that is skipped', () => {
	const items = [
		item(0, { lineList: [{ Text: 'Work', Pieces: 2 }] }),
		item(1, { skipReason: 'Not meant to be synced.', json: { Other: [{ Text: 'x' }] } }),
		item(2, { lineList: [{ Text: 'Nails', Pieces: 3 }] }),
	];

	test('has its reason and no values, and the others keep their own lines', async () => {
		const [first, skipped, last] = await map({ lineSource: 'list' }, items);
		expect(skipped).toEqual({
			values: {},
			source: {},
			itemIndexes: [1],
			issues: [],
			skipReason: 'Not meant to be synced.',
		});
		expect(first).not.toHaveProperty('skipReason');
		expect(first?.lines).toEqual([{ values: { description: 'Work', quantity: 2 } }]);
		expect(last?.lines).toEqual([{ values: { description: 'Nails', quantity: 3 } }]);
	});

	test('is no line of a document either', async () => {
		const lines = items.map((each) => ({ ...each, groupBy: 'A', values: {}, json: { Text: 'T' } }));
		const records = await map({ lineSource: 'itemPerLine' }, lines);
		expect(records.map(({ itemIndexes }) => itemIndexes)).toEqual([[0, 2], [1]]);
		expect(records[0]?.lines).toMatchObject([{ values: { description: 'T' } }, { values: {} }]);
	});
});

describe('a field that the form names and all records lack', () => {
	const expressions = { dueDate: '={{ $json["Due"] }}' };
	const known = (index: number, json: ItemToMap['json']) =>
		item(index, { json, source: { knackRecordId: recordId } });

	test('is said of each record, and of no item that is none', async () => {
		const records = await map({ expressions }, [known(0, { Ends: '' }), item(1), known(2, {})]);
		expect(records.map(({ issues }) => issues?.map(({ code }) => code))).toEqual([
			['MAPPING_FIELD_GONE'],
			[],
			['MAPPING_FIELD_GONE'],
		]);
		expect(records[0]?.issues?.[0]?.severity).toBe('hold');
	});

	test('is not said where one item is a line and none is known', async () => {
		const lines = [item(0, { groupBy: 'A', values: {} }), item(1, { groupBy: ' A ', values: {} })];
		const records = await map({ expressions, lineSource: 'itemPerLine' }, lines);
		expect(records).toMatchObject([{ itemIndexes: [0, 1], issues: [] }]);
	});

	test('is not gone where one of them has it, and weighs what the user says', async () => {
		expect((await map({ expressions }, [known(0, { Due: '' }), known(1, {})]))[1]?.issues).toEqual(
			[],
		);
		const severityOf = async (severity: 'off' | 'warn') =>
			(
				await map({ expressions, upsert: { ruleSeverities: { MAPPING_FIELD_GONE: severity } } }, [
					known(0, {}),
				])
			)[0]?.issues?.map((issue) => issue.severity);
		expect(await severityOf('warn')).toEqual(['warn']);
		expect(await severityOf('off')).toEqual([]);
	});
});

test('lines are grouped by anything that they share, be it a text, a number or a record', async () => {
	const groups = [7, { id: 1, name: 'A' }, '7 ', { name: 'A', id: 1 }, 'B', 7];
	const lines = groups.map((groupBy, index) => item(index, { groupBy, values: {} }));
	const records = await map({ lineSource: 'itemPerLine' }, lines);
	expect(records.map(({ itemIndexes }) => itemIndexes)).toEqual([[0, 2, 5], [1, 3], [4]]);
});

test('lines of one document agree in what they say of it, or it is held with both values', async () => {
	const told = async (...values: unknown[]) => {
		const lines = values.map((reference, index) =>
			item(index, { groupBy: 'A', values: { reference } }),
		);
		const [record] = await map({ lineSource: 'itemPerLine' }, lines);
		return record?.issues?.map(({ message }) => message);
	};
	expect(await told('R-1', ' R-1 ', '', undefined)).toEqual([]);
	expect(await told({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
	expect(await told('', 'R-1', ' R-2 ', 'R-3')).toEqual([
		'Reference differs between the lines of one document: "R-1" in item 2, "R-2" in item 3.',
	]);
	expect(await told(1, { a: 1 })).toEqual([
		'Reference differs between the lines of one document: 1 in item 1, {"a":1} in item 2.',
	]);
});

test('items that nothing groups are held, with the fields that would', async () => {
	const records = await map({ lineSource: 'itemPerLine' }, [item(0, { values: {} })]);
	expect(records[0]?.issues?.map(({ fix }) => fix)).toEqual([
		'Map Invoice Number or Reference, or choose under Group Lines By what the lines of one document share.',
	]);
});

describe('a list of lines', () => {
	const linesOf = async (lineList: unknown, json: ItemToMap['json'] = {}) => {
		const [record] = await map({ lineSource: 'list' }, [item(0, { lineList, json })]);
		return record?.issues?.[0] ?? record?.lines?.map(({ values }) => values.description);
	};

	test('may be the list, its JSON, its name, or the one that looks like lines', async () => {
		const list = [{ Text: 'Work' }, { Text: 'Nails' }];
		expect(await linesOf(list)).toEqual(['Work', 'Nails']);
		expect(await linesOf(` ${JSON.stringify(list)}`)).toEqual(['Work', 'Nails']);
		expect(await linesOf({ Text: 'Work' })).toEqual(['Work']);
		expect(await linesOf('rows', { Rows: list })).toEqual(['Work', 'Nails']);
		expect(await linesOf('', { Rows: [{ Text: 'A', Quantity: 1 }], Tags: [{ Tag: 'x' }] })).toEqual(
			['A'],
		);
		expect(await linesOf('Rows', { Rows: '' })).toEqual([]);
		expect(await linesOf('Rows', { Rows: null })).toEqual([]);
	});

	test('is missed where there is none, or none of that name', async () => {
		expect(await linesOf(undefined, { Tags: [{ Tag: 'x' }] })).toMatchObject({
			code: 'MAPPING_LINES_NOT_FOUND',
			severity: 'block',
			field: 'lineItems',
			message: expect.stringContaining('no list whose columns look like lines'),
		});
		expect(await linesOf('Rows', {})).toMatchObject({
			code: 'MAPPING_LINES_NOT_FOUND',
			message: 'The item has no list called "Rows".',
			// The panel shows Lines List once it is chosen there.
			fix: expect.stringContaining('More Settings, Lines List'),
		});
	});

	test('is unreadable as a whole where one entry is no record', async () => {
		const [record] = await map({ lineSource: 'list' }, [
			item(0, { lineList: [{ Text: 'Work' }, 'Nails'] }),
		]);
		expect(record?.lines).toEqual([]);
		expect(record?.issues).toMatchObject([{ code: 'MAPPING_LINES_UNREADABLE' }]);
	});

	test('keeps each line’s Knack id, and has the columns of a nested record', async () => {
		const lineMapping = { description: 'Product Record.Name', taxType: 'Tax Rate', quantity: 4 };
		const lineList = [
			{ 'Product Record': { Name: 'Door' }, knack: { recordId } },
			{ 'Product Record': {}, knack: { recordId: 7 } },
		];
		const [record] = await map({ lineSource: 'list' }, [item(0, { lineMapping, lineList })]);
		expect(record?.lines).toEqual([
			{ key: recordId, values: { description: 'Door', quantity: 4 } },
			{ values: { quantity: 4 } },
		]);
	});
});

test('columns that are gone are told of records that have lines', async () => {
	const lineForm = { stored: {}, listed: {}, columns: new Set<string>() };
	const lineMapping = { description: 'Column: Txt', quantity: 4 };
	const records = await map({ lineSource: 'list', lineForm }, [
		item(0, { lineMapping, lineList: [{ Text: 'Door', knack: { recordId } }] }),
		item(1, { lineMapping, lineList: [] }),
	]);
	expect(records.map(({ issues }) => issues?.map(({ code }) => code))).toEqual([
		['MAPPING_FIELD_GONE'],
		[],
	]);
	expect(records.map(({ lineColumns }) => lineColumns)).toEqual([
		{ description: 'Txt' },
		{ description: 'Txt' },
	]);
});

test('a form of bare texts is told once, for lines in a list and for items that are lines', async () => {
	const lineForm = {
		stored: { description: 'Text', quantity: 'Pieces' },
		listed: {},
		columns: new Set<string>(),
	};
	const line = { Text: 'Door', Pieces: 2 };
	for (const [lineSource, items] of [
		['list', [item(0, { lineList: [line] }), item(1, { lineList: [line] })]],
		['itemPerLine', [item(0, { json: line }), item(1, { json: line })]],
	] as const) {
		const told: string[] = [];
		await mapRecords({ ...RUN, lineSource, lineForm }, items, [], {
			knack: noKnack,
			timeZone: 'Europe/London',
			giveWay: async () => undefined,
			tell: (sentence) => told.push(sentence),
		});
		expect(told).toEqual([expect.stringContaining('Taken as columns of the lines')]);
	}
});

test('a field of the lines that names what the item has no more is told of the record', async () => {
	const lineForm = {
		stored: { description: '={{ $json["Title"] }}' },
		listed: {},
		columns: new Set<string>(),
	};
	const source = { knackRecordId: recordId };
	const [record] = await map({ lineSource: 'list', lineForm }, [
		item(0, { source, json: { Name: '' }, lineList: [] }),
	]);
	expect(record?.issues).toMatchObject([
		{ code: 'MAPPING_FIELD_GONE', field: 'lineItems.description' },
	]);
});

test('lines of a Knack table need to know the record', async () => {
	const [record] = await map({ lineSource: 'knackTable' }, [item(0)]);
	expect(record?.lines).toEqual([]);
	expect(record?.issues).toMatchObject([
		{ code: 'MAPPING_RECORD_ID_MISSING', severity: 'block', field: 'lineItems' },
	]);
});
