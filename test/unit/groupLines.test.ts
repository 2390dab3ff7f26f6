import fc from 'fast-check';
import type { KnackApp, KnackRecord } from '../../lib/knack/app';
import type { KnackClient, KnackQuery } from '../../lib/knack/client';
import { readConnectedLines } from '../../lib/sync/map/connectedLines';
import { groupLines, type LineItem } from '../../lib/sync/map/groupLines';
import type { MappedLine, MappedValues } from '../../lib/sync/map/draftFromValues';
import { LineColumns, mappedLine } from '../../lib/sync/map/lineColumns';
import { lineReader, type ItemLines } from '../../lib/sync/map/lineList';
import { LineReading } from '../../lib/sync/map/lineReading';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { DocumentDefinition } from '../../lib/xero/documents/definition';

const { salesInvoice } = DOCUMENTS;

function linesInItems(
	definition: DocumentDefinition,
	items: ReadonlyArray<Record<string, unknown>>,
	told: readonly unknown[],
): ItemLines[] {
	return items.map(lineReader(definition, items, told));
}

/** The lines of each item, by columns and values as a form of 0.1.0 names them. */
function mappedLines(lists: readonly ItemLines[], mapping: MappedValues): MappedLine[][] {
	const columns = new LineColumns(lists.flatMap(({ lines }) => lines));
	const { sources } = new LineReading(salesInvoice, columns).read(mapping);
	return lists.map(({ lines }) => lines.map((line) => mappedLine(line, sources)));
}

describe('values of a document that its lines repeat', () => {
	const grouped = (...each: readonly MappedValues[]) =>
		groupLines(
			salesInvoice,
			each.map(
				(values, itemIndex): LineItem => ({
					itemIndex,
					groupBy: 'one',
					values,
					line: { values: {} },
					source: {},
				}),
			),
		)[0];

	test('are blank where they are blank on every line, else what one of them says', () => {
		expect(grouped({ reference: null }, { reference: ' ' })?.values).toEqual({ reference: null });
		expect(grouped({ reference: '' }, { reference: 'A' })?.values).toEqual({ reference: 'A' });
		expect(grouped({ reference: 'A' }, { reference: '' })?.values).toEqual({ reference: 'A' });
	});

	test('bring what goes with the document from every line, so that all of it is approved', () => {
		const approvedWith = (...each: ReadonlyArray<string | undefined>) =>
			groupLines(
				salesInvoice,
				each.map(
					(afterWriting, itemIndex): LineItem => ({
						itemIndex,
						groupBy: 'one',
						values: {},
						line: { values: {} },
						source: { approval: { token: 't', ...(afterWriting ? { afterWriting } : {}) } },
					}),
				),
			)[0]?.source.approval;
		expect(approvedWith('a.pdf', 'b.pdf')).not.toEqual(approvedWith('a.pdf', 'another.pdf'));
		expect(approvedWith('a.pdf', 'b.pdf')).not.toEqual(approvedWith('a.pdf'));
		expect(approvedWith('a.pdf', undefined)).toEqual({ token: 't', afterWriting: 'a.pdf' });
	});

	test('come from the table that all lines are of, and from no record where they are several', () => {
		const from = (...tables: readonly string[]) =>
			groupLines(
				salesInvoice,
				tables.map(
					(table, itemIndex): LineItem => ({
						itemIndex,
						groupBy: 'one',
						values: {},
						line: { values: {} },
						source: { table, knackRecordId: `r${itemIndex}` },
					}),
				),
			)[0]?.source;
		expect(from('lines', 'lines')).toEqual({ table: 'lines' });
		expect(from('lines', 'hours')).toEqual({});
		expect(from('lines')).toEqual({ table: 'lines', knackRecordId: 'r0', isOfLine: true });
	});

	test('are told once where they differ, with the items that say so', () => {
		const record = grouped(
			{ reference: 'A' },
			{ reference: ' A ' },
			{ reference: 'B' },
			{ reference: 'C' },
		);
		expect(record?.issues).toMatchObject([
			{
				code: 'MAPPING_LINES_DISAGREE',
				field: 'reference',
				message:
					'Reference differs between the lines of one document: "A" in item 1, "B" in item 3.',
			},
		]);
		const other = grouped({ 'no.such.field': 1 }, { 'no.such.field': { a: 1 } });
		expect(other?.issues?.[0]?.message).toBe(
			'no.such.field differs between the lines of one document: 1 in item 1, {"a":1} in item 2.',
		);
	});
});

describe('a list in the item', () => {
	const MAPPING = { description: 'Description', quantity: 'QTY', accountCode: '200' };
	const mapped = (items: Array<Record<string, unknown>>, told: unknown[] = []) => {
		const lists = linesInItems(salesInvoice, items, told);
		return { lists, lines: mappedLines(lists, MAPPING) };
	};

	test('columns by name, everything else for every line, keys from Knack', () => {
		const { lines } = mapped([
			{
				'Order Lines': [
					{ Description: 'A', Qty: 2, knack: { recordId: 'one' } },
					{ Description: 'B', Qty: null },
				],
			},
		]);
		expect(lines).toEqual([
			[
				{ key: 'one', values: { description: 'A', quantity: 2, accountCode: '200' } },
				{ values: { description: 'B', quantity: null, accountCode: '200' } },
			],
		]);
	});

	test('a column that one record lacks is a blank there, never its own name', () => {
		const { lines } = mapped([
			{ Lines: [{ Description: 'A', Qty: 1 }] },
			{ Lines: [{ Description: 'B' }] },
		]);
		expect(lines[1]).toEqual([{ values: { description: 'B', accountCode: '200' } }]);
	});

	test('the name of the field itself is a column that no record of the run has', () => {
		const lists = linesInItems(salesInvoice, [{ Lines: [{ Description: 'A' }] }], ['Lines']);
		const mapping = { description: 'Description', taxType: 'Tax Rate', accountCode: '200' };
		expect(mappedLines(lists, mapping)).toEqual([
			[{ values: { description: 'A', accountCode: '200' } }],
		]);
	});

	test('values of a connected record are columns too', () => {
		const lists = linesInItems(
			salesInvoice,
			[{ Lines: [{ 'Product Record': { SKU: 'P-1' } }] }],
			['Lines'],
		);
		const lines = mappedLines(lists, { itemCode: 'Product Record.SKU' });
		expect(lines).toEqual([[{ values: { itemCode: 'P-1' } }]]);
	});

	test('the list may be given itself, by name, as JSON text, or be left to find', () => {
		const list = [{ Description: 'A', Qty: 1 }];
		for (const [item, told] of [
			[{}, list],
			[{ 'Order Lines': list }, 'order lines'],
			[{}, JSON.stringify(list)],
			[{ 'Order Lines': list }, ''],
			[{ 'Order Lines': list }, undefined],
		] as const) {
			expect(linesInItems(salesInvoice, [item], [told])).toEqual([{ lines: list, issues: [] }]);
		}
	});

	test('an order without lines beside one with lines simply has none', () => {
		const { lists } = mapped([{ Lines: [{ Qty: 1 }] }, { Lines: [] }, { Customer: 'Acme' }]);
		expect(lists.slice(1)).toEqual([
			{ lines: [], issues: [] },
			{ lines: [], issues: [] },
		]);
	});

	test('a list that is nowhere, or that holds no records, is said', () => {
		expect(mapped([{ Customer: 'Acme' }], ['Lines']).lists[0]?.issues).toMatchObject([
			{ code: 'MAPPING_LINES_NOT_FOUND', severity: 'block' },
		]);
		expect(mapped([{ Lines: ['a', 'b'] }], ['Lines']).lists[0]?.issues).toMatchObject([
			{ code: 'MAPPING_LINES_UNREADABLE', severity: 'block' },
		]);
	});
});

describe('one item for each line', () => {
	const item = (
		itemIndex: number,
		values: LineItem['values'],
		more: Partial<LineItem> = {},
	): LineItem => ({
		itemIndex,
		values,
		line: { values: { description: `line ${itemIndex}` } },
		source: {},
		...more,
	});

	test('items with the same number are one document, wherever they stand', () => {
		const documents = groupLines(salesInvoice, [
			item(0, { invoiceNumber: 'INV-1', dueDate: '2026-12-01' }),
			item(1, { invoiceNumber: 'INV-2' }),
			item(2, { invoiceNumber: ' inv-1 ', dueDate: null }),
		]);
		expect(documents).toMatchObject([
			{
				itemIndexes: [0, 2],
				values: { dueDate: '2026-12-01' },
				lines: [{ values: { description: 'line 0' } }, { values: { description: 'line 2' } }],
				issues: [{ code: 'MAPPING_LINES_DISAGREE', field: 'invoiceNumber' }],
			},
			{ itemIndexes: [1], issues: [] },
		]);
	});

	test('hours of a person are a document for each period, and of one period where it is told once', () => {
		const ida = { employeeID: 'ida@example.com' };
		const weeks = [
			item(0, { ...ida, startDate: '2026-11-16' }),
			item(1, { ...ida, startDate: '2026-11-23' }),
			item(2, { ...ida, startDate: '2026-11-16' }),
		];
		expect(groupLines(DOCUMENTS.timesheet, weeks)).toMatchObject([
			{ itemIndexes: [0, 2], issues: [] },
			{ itemIndexes: [1], issues: [] },
		]);
		const once = [item(0, { ...ida, startDate: '' }), item(1, { ...ida, startDate: null })];
		expect(groupLines(DOCUMENTS.timesheet, once)).toMatchObject([{ itemIndexes: [0, 1] }]);
	});

	test('header values that differ block the document and name both', () => {
		const [document] = groupLines(salesInvoice, [
			item(0, { reference: 'R', dueDate: '2026-12-01' }),
			item(1, { reference: 'R', dueDate: '2026-12-02' }),
			item(2, { reference: 'R', dueDate: '2026-12-03' }),
		]);
		expect(document?.issues).toMatchObject([
			{
				code: 'MAPPING_LINES_DISAGREE',
				severity: 'block',
				field: 'dueDate',
				message: expect.stringContaining('"2026-12-01" in item 1, "2026-12-02" in item 2'),
			},
		]);
	});

	test('a chosen key goes before the number; lines without any stand alone and are blocked', () => {
		const documents = groupLines(salesInvoice, [
			item(0, { reference: 'A' }, { groupBy: 7 }),
			item(1, {}, { groupBy: 7 }),
			item(2, {}),
			item(3, {}),
		]);
		expect(documents.map(({ itemIndexes }) => itemIndexes)).toEqual([[0, 1], [2], [3]]);
		expect(documents[1]?.issues?.[0]?.code).toBe('MAPPING_GROUP_KEY_MISSING');
	});

	test('the record is kept where all lines come from one, the table where they share it', () => {
		const from = (...ids: string[]) =>
			groupLines(
				salesInvoice,
				ids.map((id, index) =>
					item(index, { reference: 'A' }, { source: { knackRecordId: id, table: 'object_1' } }),
				),
			)[0]?.source;
		expect(from('x', 'x')).toEqual({ knackRecordId: 'x', table: 'object_1', isOfLine: true });
		expect(from('x', 'y')).toEqual({ table: 'object_1' });
	});

	test('every item is in exactly one document, and its line in the same place', () => {
		fc.assert(
			fc.property(fc.array(fc.option(fc.constantFrom('A', 'B', 'C'))), (numbers) => {
				const documents = groupLines(
					salesInvoice,
					numbers.map((invoiceNumber, index) => item(index, { invoiceNumber })),
				);
				const indexes = documents.flatMap(({ itemIndexes }) => [...itemIndexes]);
				expect([...indexes].sort((a, b) => a - b)).toEqual(numbers.map((_number, index) => index));
				for (const { itemIndexes, lines } of documents) {
					expect(lines?.map(({ values }) => values.description)).toEqual(
						itemIndexes.map((index) => `line ${index}`),
					);
				}
			}),
		);
	});
});

describe('lines of a connected Knack table', () => {
	const field = (key: string, name: string, type: string, connection?: string) => ({
		key,
		name,
		type,
		required: false,
		unique: false,
		format: {},
		...(connection
			? { connection: { table: connection, has: 'one' as const, belongsTo: 'many' as const } }
			: {}),
	});
	const APP: KnackApp = {
		id: 'app',
		name: 'Trade',
		timeZone: 'Europe/London',
		tables: [
			{ key: 'object_1', name: 'Orders', fields: [field('field_1', 'Number', 'short_text')] },
			{
				key: 'object_2',
				name: 'Order Lines',
				fields: [
					field('field_2', 'Description', 'short_text'),
					field('field_3', 'Order', 'connection', 'object_1'),
				],
			},
		],
	};

	function knack(records: KnackRecord[]) {
		const queries: KnackQuery[] = [];
		const client: Pick<KnackClient, 'app' | 'records' | 'wholeTable'> = {
			app: async () => APP,
			records: async (_table, query = {}) => {
				queries.push(query);
				const asked = new Set(query.filters?.rules.map(({ value }) => value));
				return records.filter((record) => asked.has(record.order));
			},
			wholeTable: async () => {
				queries.push({});
				return undefined;
			},
		};
		return { client, queries };
	}

	const hex = (number: number) => number.toString(16).padStart(24, '0');
	const line = (id: number, order: string): KnackRecord => ({
		id: hex(id),
		order,
		field_2: `Line ${id}`,
		field_3: `<span class="${order}">${order}</span>`,
		field_3_raw: [{ id: order, identifier: order }],
	});

	test('are read for many records in few calls, in the order in which they were made', async () => {
		const orders = Array.from({ length: 120 }, (_none, index) => hex(1000 + index));
		const [first = '', second = ''] = orders;
		const { client, queries } = knack([line(3, first), line(2, second), line(1, first)]);
		const place = { table: 'Order Lines', connection: 'Order' };
		const read = await readConnectedLines(client, place, orders);
		const lines = read.ok ? read.value : new Map();
		expect(queries).toHaveLength(3);
		expect(lines.size).toBe(120);
		expect(lines.get(first)).toMatchObject([
			{ Description: 'Line 1', knack: { recordId: hex(1), table: 'object_2' } },
			{ Description: 'Line 3' },
		]);
		expect(lines.get(orders[5] ?? '')).toEqual([]);
	});

	test('a table or field that is gone is said before anything is read', async () => {
		const { client, queries } = knack([]);
		const read = async (table: string, connection: string) =>
			await readConnectedLines(client, { table, connection }, [hex(1)]);
		expect(await read('object_9', 'field_3')).toMatchObject({
			ok: false,
			failure: { message: expect.stringContaining('object_9') },
		});
		expect(await read('object_2', 'field_2')).toMatchObject({ ok: false });
		expect(queries).toHaveLength(0);
	});
});
