import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { executeMapUpsert } from '../../lib/n8n/mapUpsert/executeMapUpsert';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapUpsert, orderItems, WRITE_BACK } from './mapUpsertItems';

/**
 * The node, which runs for an AI agent once that is said: the executions of a tool tell so, and of
 * newer agents the name of the node alone.
 */
let isTool: 'no' | 'byExecution' | 'byName' = 'no';
class MaybeTool extends MapUpsertToXero {
	async execute(this: IExecuteFunctions) {
		const node = this.getNode();
		const context: IExecuteFunctions = Object.create(this, {
			isToolExecution: { value: () => isTool === 'byExecution' },
			getNode: {
				value: () => (isTool === 'byName' ? { ...node, type: `${node.type}Tool` } : node),
			},
		});
		return await executeMapUpsert(context);
	}
}

describe('Map & Upsert to Xero, Undo', () => {
	let harness: Harness;

	beforeEach(async () => {
		isTool = 'no';
		harness = await createHarness({ nodes: { mapUpsertToXero: new MaybeTool() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});
	afterEach(async () => await harness.close());

	const run = async (parameters: IDataObject, items: IDataObject[] = orderItems(harness)) => {
		const result = await harness.engine.runNode(mapUpsert(harness, parameters), items);
		const [done = [], attention = []] = result.output;
		return { ...result, done, attention };
	};
	const undo = async (items: IDataObject[], parameters: IDataObject = {}) =>
		await run({ operation: 'undo', ...WRITE_BACK, ...parameters }, items);
	/** The items of a run that has posted the orders and told Knack. */
	const posted = async () => {
		const { done } = await run({
			...WRITE_BACK,
			status: 'AUTHORISED',
			options: { allowWritingAsTool: true },
		});
		expect(done.map(({ json }) => json.outcome)).toEqual(['created', 'created']);
		return done.map(({ json }) => json);
	};
	const statuses = () =>
		harness.sandbox.xero
			.organisation()
			.invoices.all()
			.map(({ status }) => status);
	const inKnack = () => {
		const [recordId = ''] = harness.sandbox.knack.recordIds('Orders');
		const shown = harness.sandbox.knack.shown('Orders', recordId);
		return [
			shown['Xero Invoice ID'],
			shown['Invoice Number'],
			shown['Invoice Status'],
			shown['Sync Message'],
		];
	};

	test('shows first, and takes documents and the fields of their records back', async () => {
		const items = await posted();
		const before = inKnack();
		expect(before.slice(0, 3)).not.toContain('');
		const preview = await undo(items);
		expect(preview.done.map(({ json }) => json.outcome)).toEqual(['wouldUndo', 'wouldUndo']);
		expect(preview.done[0]?.json.operations).toEqual([
			expect.stringMatching(/^Change sales invoice .*: Approved to Voided$/),
			'Empty Xero ID, Number, Status on the Knack record',
			'Write Message to the Knack record',
		]);
		expect(inKnack()).toEqual(before);
		expect(preview.hints('Upsert').map(({ message }) => message)).toContainEqual(
			expect.stringContaining('Preview: nothing was undone. Undoing it takes 1 more Xero call.'),
		);

		const undone = await undo(items, { previewOnly: false });
		expect(undone.done.map(({ json }) => json.outcome)).toEqual(['undone', 'undone']);
		expect(undone.done[0]?.json.operations).toEqual(preview.done[0]?.json.operations);
		expect(undone.attention).toEqual([]);
		expect(statuses().filter((status) => status === 'VOIDED')).toHaveLength(2);
		expect(inKnack()).toEqual([
			'',
			'',
			'',
			expect.stringMatching(/^Undone: .*Empty this field to have the record sent again\.$/),
		]);
		const told = inKnack();
		const again = await undo(items, { previewOnly: false });
		expect(again.done.map(({ json }) => json.outcome)).toEqual(['unchanged', 'unchanged']);
		expect(inKnack()).toEqual(told);
	});

	test('leaves a record that belongs to another document by now, and says so', async () => {
		const items = await posted();
		const [recordId = ''] = harness.sandbox.knack.recordIds('Orders');
		const another = '11111111-2222-4333-8444-555555555555';
		harness.sandbox.knack.updateRecord('Orders', recordId, { 'Xero Invoice ID': another });
		const { done } = await undo(items, { previewOnly: false });
		expect(inKnack()[0]).toBe(another);
		expect(done[0]?.json).toMatchObject({
			outcome: 'undone',
			issues: [expect.objectContaining({ code: 'UNDO_KNACK_CHANGED', severity: 'warn' })],
		});
	});

	test('tells by the number to which document a record belongs where no Xero ID is kept', async () => {
		const { message, number, status } = WRITE_BACK.writeBackFields;
		const kept = { writeBackFields: { message, number, status } };
		const { done: items } = await run({ ...WRITE_BACK, ...kept, status: 'AUTHORISED' });
		const [recordId = ''] = harness.sandbox.knack.recordIds('Orders');
		harness.sandbox.knack.updateRecord('Orders', recordId, { 'Invoice Number': 'INV-NEW' });
		const before = inKnack();
		const { done } = await undo(
			items.map(({ json }) => json),
			{ ...kept, previewOnly: false },
		);
		expect(inKnack()).toEqual(before);
		expect(done[0]?.json.issues).toMatchObject([{ code: 'UNDO_KNACK_CHANGED' }]);
		expect(done[1]?.json.operations).toContainEqual(expect.stringMatching(/^Empty Number, Status/));
	});

	test('gives a field of the record back what the item says that it had before', async () => {
		const [recordId = ''] = harness.sandbox.knack.recordIds('Orders');
		harness.sandbox.knack.updateRecord('Orders', recordId, { 'Invoice Number': 'OLD-1' });
		const items = await posted();
		expect(items[0]?.writtenBack).toContainEqual({
			where: 'Invoice Number',
			before: 'OLD-1',
			after: inKnack()[1],
			field: harness.sandbox.knack.fieldKey('Orders', 'Invoice Number'),
			knackRecordId: recordId,
			table: harness.sandbox.knack.schema('Orders').key,
		});
		const { done } = await undo(items, { previewOnly: false });
		expect(done[0]?.json.operations).toContain('Give back Number on the Knack record');
		expect(inKnack().slice(0, 3)).toEqual(['', 'OLD-1', '']);
		const told = inKnack();
		const again = await undo(items, { previewOnly: false });
		expect(again.done[0]?.json).toMatchObject({ outcome: 'unchanged', issues: [] });
		expect(inKnack()).toEqual(told);
	});

	test('empties all records that an item has written, as where items are lines', async () => {
		const [first = {}] = await posted();
		const { knack } = harness.sandbox;
		const other = knack.recordIds('Orders')[2] ?? '';
		const id = String(inKnack()[0]);
		knack.updateRecord('Orders', other, { 'Xero Invoice ID': id, 'Invoice Number': 'INV-OWN' });
		const [table, field] = [
			knack.schema('Orders').key,
			knack.fieldKey('Orders', 'Xero Invoice ID'),
		];
		const told = [first.writtenBack, { field, after: id, knackRecordId: other, table }].flat();
		const { done } = await undo([{ ...first, writtenBack: told as IDataObject[] }], {
			previewOnly: false,
		});
		expect(done[0]?.json.operations).toContain('Empty Xero ID on the Knack record');
		expect(inKnack()[0]).toBe('');
		expect(knack.shown('Orders', other)).toMatchObject({
			'Xero Invoice ID': '',
			'Invoice Number': 'INV-OWN',
		});
	});

	test('says of items of an undo that nothing brings back what it took back', async () => {
		const { done: items } = await undo(await posted(), { previewOnly: false });
		const { attention } = await undo(
			items.map(({ json }) => json),
			{ previewOnly: false },
		);
		expect(attention.map(({ json }) => json.issues)).toMatchObject([
			[{ code: 'UNDO_NOT_POSSIBLE' }],
			[{ code: 'UNDO_NOT_POSSIBLE' }],
		]);
	});

	test('refuses an item that it cannot read by name, and undoes the others', async () => {
		const [first = {}] = await posted();
		const { done, attention } = await undo([{ Job: 1 }, first], { previewOnly: false });
		expect(done.map(({ json }) => json.outcome)).toEqual(['undone']);
		expect(attention.map(({ json }) => json.outcome)).toEqual(['blocked']);
		expect(attention[0]?.json.issues).toEqual([
			expect.objectContaining({ code: 'UNDO_ITEM_UNREADABLE' }),
		]);
	});

	test.each([['byExecution' as const], ['byName' as const]])(
		'gives an agent previews alone, whatever else that may write: %s',
		async (told) => {
			const items = await posted();
			isTool = told;
			const { done } = await undo(items, {
				previewOnly: false,
				options: { allowWritingAsTool: true },
			});
			expect(done[0]?.json).toMatchObject({
				outcome: 'wouldUndo',
				note: expect.stringContaining('A person has to run Undo'),
			});
			expect(statuses()).not.toContain('VOIDED');
		},
	);
});
