import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { restartProcess } from '../support/restartProcess';
import { createHarness, ours, type Harness } from './harness';
import { mapUpsert } from './mapUpsertItems';

const FAMILY = '={{ ($parameter["&field"] || "").split("|")[1] }}';
const FIELDS = { xeroIdField: 'Xero Invoice ID', messageField: 'Sync Message' };

describe('An order that is completed, and not in Xero', () => {
	let harness: Harness;

	beforeEach(async () => {
		laterMinutes = 0;
		harness = await createHarness({
			nodes: { knackTrigger: new KnackTrigger(), mapUpsertToXero: new MapUpsertToXero() },
			sandbox: { limits: false },
		});
	});

	afterEach(async () => {
		jest.restoreAllMocks();
		await harness.close();
	});

	let laterMinutes = 0;

	/** The clock that the nodes see; that of the stand-ins stays. */
	function advance(minutes: number): void {
		laterMinutes += minutes;
		jest
			.spyOn(Date, 'now')
			.mockImplementation(() => performance.timeOrigin + performance.now() + laterMinutes * 60_000);
	}

	const key = (table: string, field: string): string =>
		harness.sandbox.knack.fieldKey(table, field);

	const triggerNode = (options: INodeParameters) => ({
		name: 'Knack',
		type: ours('knackTrigger'),
		credentials: harness.knack,
		parameters: {
			table: { mode: 'list', value: harness.sandbox.knack.schema('Orders').key },
			triggerOn: 'startsToMatch',
			conditions: {
				condition: [
					{
						field: `${key('Orders', 'Status')}|choice`,
						family: FAMILY,
						operator: 'is',
						value: 'Completed',
					},
				],
			},
			include: [
				`in|${harness.sandbox.knack.schema('Order Lines').key}|${key('Order Lines', 'Order')}`,
			],
			options,
		},
	});

	const post = async (
		items: readonly INodeExecutionData[],
		parameters: INodeParameters = {},
	): Promise<unknown[][]> => {
		const { output, error } = await harness.engine.runNode(
			mapUpsert(harness, {
				writeBack: true,
				writeBackFields: { xeroId: 'Xero Invoice ID', message: 'Sync Message' },
				...parameters,
			}),
			items.map(({ json }) => json),
		);
		expect(error).toBeUndefined();
		return output.map((side) => side.map(({ json }) => json.outcome));
	};

	const told = (items: readonly INodeExecutionData[]): unknown[] =>
		items.map(({ json }) => {
			const { event, recordId }: IDataObject = Object(json.knack);
			return `${String(event)} ${String(recordId)}`;
		});

	const newOrder = (): string => {
		const { knack } = harness.sandbox;
		const found = knack
			.recordIds('Orders')
			.find((id) => knack.shown('Orders', id).Status === 'New');
		if (!found) throw new Error('The seed has no new order');
		return found;
	};
	const complete = (id: string) =>
		harness.sandbox.knack.updateRecord('Orders', id, { Status: 'Completed' });
	const calls = (): number => harness.sandbox.journal.filter({ service: 'knack' }).length;

	/** Completed and handed on; the worker that took it died before it wrote anything. */
	async function lost() {
		const poller = harness.engine.poller(triggerNode({ untilSynced: { fields: FIELDS } }));
		await poller.activate();
		const order = newOrder();
		complete(order);
		expect(told(await poller.poll())).toEqual([`startedToMatch ${order}`]);
		expect(await poller.poll()).toEqual([]);
		return { poller, order };
	}

	it('comes again by itself when its worker died before it wrote, and is posted once', async () => {
		const { poller, order } = await lost();
		advance(31);
		const again = await poller.poll();
		expect(told(again)).toEqual([`notSynced ${order}`]);
		expect(await post(again)).toEqual([['created'], []]);
		for (let hour = 0; hour < 48; hour += 1) {
			advance(60);
			expect(await poller.poll()).toEqual([]);
		}
		const { xero, knack } = harness.sandbox;
		expect(xero.invoices()).toHaveLength(1);
		expect(knack.shown('Orders', order)['Xero Invoice ID']).toBe(xero.invoices()[0]?.InvoiceID);
	}, 60_000);

	it('comes again when the worker died after Xero had it, and is found there', async () => {
		const { poller, order } = await lost();
		advance(31);
		await post(await poller.poll(), { writeBack: false });
		advance(61);
		const again = await poller.poll();
		expect(told(again)).toEqual([`notSynced ${order}`]);
		expect(await post(again)).toEqual([['unchanged'], []]);
		advance(24 * 60);
		expect(await poller.poll()).toEqual([]);
		expect(harness.sandbox.xero.invoices()).toHaveLength(1);
	}, 60_000);

	it('comes again after a restart that lost all memory, where a day is chosen', async () => {
		const { order } = await lost();
		restartProcess();
		const fields = { ...FIELDS, lookBackTo: '2020-01-01' };
		const other = harness.engine.poller(triggerNode({ untilSynced: { fields } }));
		expect(told(await other.activate())).toContain(`notSynced ${order}`);
	}, 60_000);

	it('is looked back for when n8n starts again without what the trigger remembered', async () => {
		const poller = harness.engine.poller(triggerNode({ lookBackHours: 48 }));
		await poller.activate();
		const { knack } = harness.sandbox;
		const missed = knack.createRecord('Orders', {
			Status: 'Completed',
			Notes: 'while n8n was down',
		});
		restartProcess();
		poller.overwrite({});
		poller.restart();
		expect(told(await poller.poll())).toContain(`startedToMatch ${missed}`);
		expect(await poller.poll()).toEqual([]);
	});

	it('waits while it says why it was left out, held or skipped', async () => {
		const { poller, order } = await lost();
		advance(31);
		const condition = {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: '1',
						leftValue: '={{ $json.Customer }}',
						rightValue: 'Nobody',
						operator: { type: 'string', operation: 'equals' },
					},
				],
				combinator: 'and',
			},
		};
		const skipped = await post(await poller.poll(), {
			useCondition: true,
			condition: condition.conditions,
		});
		expect(skipped).toEqual([['skipped'], []]);
		const { knack } = harness.sandbox;
		expect(knack.shown('Orders', order)['Sync Message']).toMatch(/^Skipped sales invoice/);
		advance(24 * 60);
		expect(await poller.poll()).toEqual([]);
		knack.updateRecord('Orders', order, { 'Sync Message': '' });
		expect(told(await poller.poll())).toEqual([`notSynced ${order}`]);
	}, 60_000);

	it('bears no message while it waits for the calls of the next day, and goes then', async () => {
		const { poller, order } = await lost();
		advance(31);
		const { faults, knack } = harness.sandbox;
		faults.add({
			kind: 'rateLimitStorm',
			problem: 'day',
			retryAfterSeconds: 3_600,
			service: 'xero',
			method: 'PUT',
			path: 'Invoices',
			times: 1,
		});
		expect(await post(await poller.poll())).toEqual([[], ['held']]);
		expect(knack.shown('Orders', order)['Sync Message']).toBe('');
		advance(24 * 60);
		expect(await post(await poller.poll())).toEqual([['created'], []]);
	}, 60_000);

	it('says on itself what to do when it came nine times in vain, by the hand of the trigger', async () => {
		const { poller, order } = await lost();
		let came = 0;
		for (let hour = 0; hour < 24 * 8; hour += 2) {
			advance(120);
			came += (await poller.poll()).length;
		}
		const { knack, xero } = harness.sandbox;
		expect(came).toBe(8);
		expect(knack.shown('Orders', order)['Sync Message']).toMatch(
			/given this record 9 times.*empty this field/s,
		);
		expect(xero.invoices()).toEqual([]);
		// That is no reason to look at it again; emptying it is.
		expect(await poller.poll()).toEqual([]);
		knack.updateRecord('Orders', order, { 'Sync Message': '' });
		expect(told(await poller.poll())).toEqual([`notSynced ${order}`]);
	}, 120_000);

	it('is not handed on again by a workflow that only previews', async () => {
		const trigger = triggerNode({ untilSynced: { fields: FIELDS } });
		const preview = mapUpsert(harness, { operation: 'preview' });
		const poller = harness.engine.poller(trigger, { followedBy: [preview] });
		await poller.activate();
		complete(newOrder());
		expect(await poller.poll()).toHaveLength(1);
		advance(24 * 60);
		expect(await poller.poll()).toEqual([]);
	});

	it('takes no call more than without', async () => {
		const { poller } = await lost();
		const before = calls();
		for (let poll = 0; poll < 6; poll += 1) {
			advance(1);
			await poller.poll();
		}
		expect(calls() - before).toBe(6);
	});

	it('is refused in words where one of the two fields is not chosen, or gone', async () => {
		const poll = async (fields: INodeParameters) =>
			await harness.engine.poller(triggerNode({ untilSynced: { fields } })).activate();
		await expect(poll({ xeroIdField: 'Xero Invoice ID' })).rejects.toThrow(/two fields/);
		await expect(poll({ ...FIELDS, messageField: 'Gone' })).rejects.toThrow(
			/The field Gone is not/,
		);
	});
});
