import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { executeKnack } from '../../lib/n8n/knackNode/executeKnack';
import { searchLogTables } from '../../lib/n8n/syncLog/logLists';
import { Knack } from '../../nodes/Knack/Knack.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { addLogTable } from '../support/syncLog';
import { createHarness, ours, type Harness } from './harness';

const list = (value: string) => ({ __rl: true, mode: 'list', value });

/** The node as n8n runs it for an AI agent, whose executions say that they are a tool's. */
class AsTool extends Knack {
	async execute(this: IExecuteFunctions) {
		const context: IExecuteFunctions = Object.create(this, {
			isToolExecution: { value: () => true },
		});
		return await executeKnack(context);
	}
}

describe('the Sync Log in n8n', () => {
	let harness: Harness;
	let table: string;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: {
				asTool: new AsTool(),
				knack: new Knack(),
				mapUpsertToXero: new MapUpsertToXero(),
				paymentStatusToKnack: new PaymentStatusToKnack(),
			},
		});
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.setLimits({ perSecond: null });
		table = addLogTable(harness.sandbox);
	});

	afterEach(async () => await harness.close());

	const shown = () =>
		harness.sandbox.knack
			.recordIds('Sync Log')
			.map((id) => harness.sandbox.knack.shown('Sync Log', id));

	async function upsert(parameters: IDataObject = {}, items: IDataObject[] = [order(1), order(2)]) {
		const result = await harness.engine.runNode(
			{
				name: 'Upsert',
				type: ours('mapUpsertToXero'),
				credentials: harness.both,
				parameters: {
					organisation: list(DEMO_TRADE_TENANT_ID),
					operation: 'upsert',
					document: 'contact',
					fields: {
						mappingMode: 'defineBelow',
						value: { name: '={{ $json.Customer }}', emailAddress: '={{ $json.Email }}' },
					},
					writeLog: true,
					logTable: list(table),
					logHands: { knackUser: '={{ $json.By }}', reason: 'Nightly run' },
					...Object(parameters),
				},
			},
			items,
			{ id: 'orders' },
		);
		return { ...result, hints: result.hints('Upsert').map(({ message }) => message) };
	}

	const order = (number: number): IDataObject => ({
		Customer: `Customer ${number} Ltd`,
		Email: `c${number}@example.com`,
		By: 'Pat Lee',
		knack: { recordId: `67400000000000000000000${number}`, table: 'object_1' },
	});

	async function ask(
		operation: string,
		parameters: IDataObject = {},
		items: IDataObject[] = [{}],
		type = 'knack',
	) {
		const result = await harness.engine.runNode(
			{
				name: 'Log',
				type: ours(type),
				credentials: harness.knack,
				parameters: {
					resource: 'syncLog',
					operation,
					logTable: list(table),
					...Object(parameters),
				},
			},
			items,
		);
		return { ...result, items: (result.output[0] ?? []).map(({ json }) => json) };
	}

	it('has a row for each record, with who and why, and the run says how many', async () => {
		const { error, hints } = await upsert();
		expect(error).toBeUndefined();
		expect(hints).toContain('2 rows in the Sync Log.');
		expect(shown().map(({ Kind }) => Kind)).toEqual(['Opening', 'Record', 'Record', 'Closing']);
		expect(shown()[1]).toMatchObject({
			Outcome: 'created',
			Who: 'Knack user: Pat Lee',
			Why: 'Nightly run',
			'Knack Record ID': '674000000000000000000001',
		});
		const { items } = await ask('verify');
		expect(items).toMatchObject([{ isWhole: true, rows: 4, runs: 1, findings: [] }]);
	});

	it('has none of a preview, nor of records that need nothing', async () => {
		await upsert({ operation: 'preview' });
		expect(shown()).toEqual([]);
		await upsert();
		await upsert();
		expect(shown()).toHaveLength(4);
	});

	it('stops no record where its table lacks a field, and names the field', async () => {
		harness.sandbox.knack.addTable({
			name: 'Old Log',
			identifier: 'Digest',
			fields: [
				{ name: 'Digest', type: 'short_text' },
				{ name: 'Log Entry', type: 'paragraph_text' },
			],
		});
		const { output, hints } = await upsert({
			logTable: list(harness.sandbox.knack.schema('Old Log').key),
		});
		expect(output[0]?.map(({ json }) => json.outcome)).toEqual(['created', 'created']);
		expect(output[0]?.[0]?.json.issues).toMatchObject([{ code: 'KNACK_LOG_NOT_WRITTEN' }]);
		expect(hints.join(' ')).toContain('Old Log lacks Personal Values (Paragraph Text)');
		const context = harness.engine.loadOptionsContext({
			name: 'Upsert',
			type: ours('mapUpsertToXero'),
			credentials: harness.both,
			parameters: {},
		});
		expect((await searchLogTables.call(context)).results).toEqual([
			{ name: 'Sync Log', value: table },
			{
				name: 'Old Log (lacks Personal Values (Paragraph Text))',
				value: harness.sandbox.knack.schema('Old Log').key,
			},
		]);
	});

	it('gives the history of the records of its input, each paired', async () => {
		await upsert();
		const { output } = await ask('history', { soughtRecord: '={{ $json.knack?.recordId }}' }, [
			order(1),
			order(2),
		]);
		expect(output[0]).toMatchObject([
			{ json: { summary: expect.stringContaining('Customer 1 Ltd') }, pairedItem: { item: 0 } },
			{ json: { summary: expect.stringContaining('Customer 2 Ltd') }, pairedItem: { item: 1 } },
		]);
	});

	it('adds what Xero itself tells of the documents, in the order of time', async () => {
		await upsert({}, [order(1)]);
		const asked = { soughtRecord: '674000000000000000000001' };
		const { items } = await ask('history', asked);
		const parentId = String(items[0]?.xeroId);
		const atMs = Date.parse('2020-01-02T03:04:05Z');
		const note = { parentId, changes: 'Note', details: 'Pays late.', user: 'Sam Roe', atMs };
		harness.sandbox.xero.organisation().history.put(parentId, [note]);
		const withXero = { withXeroHistory: true, organisation: list(DEMO_TRADE_TENANT_ID) };
		const without = await ask('history', { ...asked, ...withXero });
		expect(without.error?.message).toContain('Xero');
		const result = await harness.engine.runNode(
			{
				name: 'Log',
				type: ours('knack'),
				credentials: harness.both,
				parameters: {
					resource: 'syncLog',
					operation: 'history',
					logTable: list(table),
					...asked,
					...withXero,
				},
			},
			[{}],
		);
		expect(result.error).toBeUndefined();
		expect((result.output[0] ?? []).map(({ json }) => json)).toMatchObject([
			{
				summary: 'Contact in Xero. Note: Pays late.',
				at: '2020-01-02T03:04:05Z',
				from: 'xeroHistory',
				who: 'Sam Roe',
				xeroId: parentId,
			},
			{ from: 'syncLog', outcome: 'created' },
		]);
	});

	it('exports and erases what it holds of a person, and stays whole', async () => {
		await upsert();
		const person = 'c1@example.com';
		const exported = await ask('exportPerson', { person });
		expect(exported.items).toHaveLength(1);
		const preview = await ask('erasePerson', { person, previewOnly: true });
		expect(preview.items).toEqual([{ summary: 'Would erase from 1 row', rows: 1 }]);
		const erased = await ask('erasePerson', { person, whoAndWhy: { reason: 'Request 12' } });
		expect(erased.items).toMatchObject([{ summary: 'Erased from 1 of 1 row.', rows: 1 }]);
		expect(JSON.stringify(shown())).not.toContain('Customer 1 Ltd');
		expect((await ask('verify')).items).toMatchObject([{ isWhole: true }]);
	});

	it('is changed by nobody unseen, and gives a head to keep', async () => {
		await upsert();
		const head = (await ask('dailyHead')).items[0];
		expect(head?.summary).toMatch(/^Sync Log of .*: 4 rows of 1 run, last [0-9a-f]{32}$/);
		const [, row = ''] = harness.sandbox.knack.recordIds('Sync Log');
		harness.sandbox.knack.updateRecord('Sync Log', row, { Who: 'Knack user: Sam' });
		const { items } = await ask('verify', { headsKept: String(head?.summary) });
		expect(items).toMatchObject([{ isWhole: false, findings: [{ kind: 'changed' }] }]);
	});

	it('is signed with the secret of its own that the credential has', async () => {
		await upsert();
		const { knackApi } = harness.knack;
		const data = harness.credentials.raw(knackApi?.id ?? '');
		Object.assign(data, { syncLogSecret: 'a long password of our own' });
		const { items } = await ask('verify');
		expect(items).toMatchObject([{ isWhole: false, findings: [{ kind: 'otherKey' }] }]);
	});

	it('lets an agent look, and neither erase nor remove', async () => {
		await upsert();
		const looked = await ask('verify', {}, [{}], 'asTool');
		expect(looked.items).toMatchObject([{ isWhole: true }]);
		for (const operation of ['erasePerson', 'removeOldRows']) {
			const { error } = await ask(operation, { person: 'c1@example.com' }, [{}], 'asTool');
			expect(error?.message).toContain('An AI agent may neither erase nor remove');
		}
		expect(JSON.stringify(shown())).toContain('Customer 1 Ltd');
	});

	it('leaves rows that are to be kept', async () => {
		await upsert();
		const { items } = await ask('removeOldRows', { keepYears: 7 });
		expect(items).toMatchObject([{ rows: 0 }]);
		expect(shown()).toHaveLength(4);
	});

	it('tells of payments that reached their record', async () => {
		const { sandbox } = harness;
		const saved = sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			Status: 'AUTHORISED',
			Contact: { Name: 'Ashdown Kitchens Ltd' },
			Date: '2026-11-01',
			DueDate: '2099-01-31',
			LineAmountTypes: 'Exclusive',
			LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
		});
		const [orderId = ''] = sandbox.knack.recordIds('Orders');
		sandbox.knack.updateRecord('Orders', orderId, { 'Xero Invoice ID': String(saved.InvoiceID) });
		const pay = async () =>
			await harness.engine.runNode(
				{
					name: 'Payments',
					type: ours('paymentStatusToKnack'),
					credentials: harness.both,
					parameters: {
						organisation: list(DEMO_TRADE_TENANT_ID),
						operation: 'changed',
						table: list(sandbox.knack.schema('Orders').key),
						matchFields: { invoiceId: sandbox.knack.fieldKey('Orders', 'Xero Invoice ID') },
						fieldsToWrite: { paymentStatus: sandbox.knack.fieldKey('Orders', 'Payment Status') },
						writeLog: true,
						logTable: list(table),
					},
				},
				[{}],
			);
		await pay();
		const rows = shown().filter(({ Outcome }) => Outcome === 'updated');
		expect(rows).toMatchObject([{ 'Knack Record ID': orderId, 'Xero ID': saved.InvoiceID }]);
		expect(rows[0]?.['Before and After']).toContain('Payment Status');
		const { length } = shown();
		await pay();
		expect(shown().filter(({ Outcome }) => Outcome === 'updated')).toHaveLength(1);
		expect(shown().length).toBeLessThanOrEqual(length + 3);
		expect((await ask('verify')).items).toMatchObject([{ isWhole: true }]);
	});
});
