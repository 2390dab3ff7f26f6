import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, ours, type Harness } from './harness';
import { mapUpsert } from './mapUpsertItems';

const FAMILY = '={{ ($parameter["&field"] || "").split("|")[1] }}';

describe('An order that Xero would refuse', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { knackTrigger: new KnackTrigger(), mapUpsertToXero: new MapUpsertToXero() },
			sandbox: { limits: false },
		});
	});

	afterEach(async () => await harness.close());

	const key = (table: string, field: string): string =>
		harness.sandbox.knack.fieldKey(table, field);

	const withCustomer = (): string[] => [`out|${key('Orders', 'Customer')}`];

	const triggerNode = (options: INodeParameters, included: readonly string[] = []) => {
		const { knack } = harness.sandbox;
		const condition = {
			field: `${key('Orders', 'Status')}|choice`,
			family: FAMILY,
			operator: 'is',
			value: 'Completed',
		};
		return {
			name: 'Knack',
			type: ours('knackTrigger'),
			credentials: harness.knack,
			parameters: {
				table: { mode: 'list', value: knack.schema('Orders').key },
				triggerOn: 'startsToMatch',
				conditions: { condition: [condition] },
				include: [
					`in|${knack.schema('Order Lines').key}|${key('Order Lines', 'Order')}`,
					...included,
				],
				options,
			},
		};
	};

	/** The rest of the workflow, as in the first example: what is wrong goes onto the order. */
	const post = async (items: readonly INodeExecutionData[]) => {
		const { output, error } = await harness.engine.runNode(
			mapUpsert(harness, {
				writeBack: true,
				writeBackFields: {
					xeroId: 'Xero Invoice ID',
					number: 'Invoice Number',
					status: 'Invoice Status',
					link: 'Invoice Link',
					message: 'Sync Message',
				},
			}),
			items.map(({ json }) => json),
		);
		expect(error).toBeUndefined();
		return output.map((side) => side.map(({ json }) => json.outcome));
	};

	const knackOf = (item: INodeExecutionData | undefined): IDataObject => Object(item?.json.knack);

	/** SO-1005: one of its lines is booked to an expense account. */
	const greenway = () => {
		const { knack } = harness.sandbox;
		const found = (table: string, field: string, value: string): string => {
			const id = knack
				.recordIds(table)
				.find((candidate) => knack.shown(table, candidate)[field] === value);
			if (!id) throw new Error(`The seed has no record of ${table} with ${value}`);
			return id;
		};
		return {
			order: found('Orders', 'Customer', 'Greenway Café'),
			line: found('Order Lines', 'Description', 'Sundries'),
			customer: found('Customers', 'Name', 'Greenway Café'),
		};
	};

	it.each(['key', 'name'])(
		'goes again by itself when its line was mended in Knack, and is posted once (field by %s)',
		async (chosenBy) => {
			const { knack, xero } = harness.sandbox;
			const retryField = chosenBy === 'key' ? key('Orders', 'Sync Message') : 'Sync Message';
			const poller = harness.engine.poller(triggerNode({ retryField }));
			const { order, line } = greenway();
			await poller.activate();
			knack.updateRecord('Orders', order, { Status: 'Completed' });
			const first = await poller.poll();
			expect(await post(first)).toEqual([[], ['blocked']]);
			expect(knack.shown('Orders', order)['Sync Message']).toMatch(/429/);
			// What we wrote onto the order is no reason to look at it again.
			expect(await poller.poll()).toEqual([]);
			expect(await poller.poll()).toEqual([]);

			knack.updateRecord('Order Lines', line, { 'Account Code': '200' });
			const again = await poller.poll();
			expect(again.map((item) => knackOf(item))).toMatchObject([
				{ recordId: order, event: 'retried' },
			]);
			expect(await post(again)).toEqual([['created'], []]);
			expect(xero.invoices()).toHaveLength(1);
			expect(knack.shown('Orders', order)).toMatchObject({
				'Sync Message': '',
				'Invoice Number': xero.invoices()[0]?.InvoiceNumber,
			});

			expect(await poller.poll()).toEqual([]);
			// Nothing is wrong any more: an edit is the person's own affair.
			knack.updateRecord('Orders', order, { Notes: 'Thank you' });
			expect(await poller.poll()).toEqual([]);
		},
		30_000,
	);

	it('goes again after a restart, though nothing was handed on since', async () => {
		const { knack } = harness.sandbox;
		const poller = harness.engine.poller(triggerNode({ retryField: 'Sync Message' }));
		const { order, line } = greenway();
		await poller.activate();
		knack.updateRecord('Orders', order, { Status: 'Completed' });
		await post(await poller.poll());
		await poller.poll();
		poller.restart();
		knack.updateRecord('Order Lines', line, { 'Account Code': '200' });
		poller.restart();
		const again = await poller.poll();
		expect(again.map((item) => knackOf(item)['event'])).toEqual(['retried']);
		expect(await post(again)).toEqual([['created'], []]);
	}, 30_000);

	it('costs a call more a poll while it is in trouble, and none before and after', async () => {
		const { knack, journal } = harness.sandbox;
		const calls = (): number =>
			journal.filter({ service: 'knack' }).filter(({ path }) => path.endsWith('/records')).length;
		const { order, line } = greenway();
		const poller = harness.engine.poller(triggerNode({ retryField: 'Sync Message' }));
		const plain = harness.engine.poller(triggerNode({}));
		const cost = async (one: typeof poller) => {
			const before = calls();
			const items = await one.poll();
			return { calls: calls() - before, items };
		};
		await poller.activate();
		await plain.activate();
		expect((await cost(poller)).calls).toBe(1);
		knack.updateRecord('Orders', order, { Status: 'Completed' });
		// The order and its lines: handing on costs what it does without the option.
		const handedOn = await cost(poller);
		expect([handedOn.calls, (await cost(plain)).calls]).toEqual([2, 2]);
		await post(handedOn.items);
		expect((await cost(poller)).calls).toBe(2);
		knack.updateRecord('Order Lines', line, { 'Account Code': '200' });
		const again = await cost(poller);
		expect(again.calls).toBe(2);
		await post(again.items);
		expect((await cost(poller)).calls).toBe(1);
	}, 30_000);

	it('costs no call for its customer until it is in trouble', async () => {
		const { knack, journal } = harness.sandbox;
		const calls = (): number => journal.filter({ service: 'knack', kind: 'read' }).length;
		const { order } = greenway();
		const poller = harness.engine.poller(
			triggerNode({ retryField: 'Sync Message' }, withCustomer()),
		);
		const plain = harness.engine.poller(triggerNode({}, withCustomer()));
		const cost = async (one: typeof poller) => {
			const before = calls();
			const items = await one.poll();
			return { calls: calls() - before, items };
		};
		await poller.activate();
		await plain.activate();
		expect([(await cost(poller)).calls, (await cost(plain)).calls]).toEqual([1, 1]);
		knack.updateRecord('Orders', order, { Status: 'Completed' });
		// The order, its lines and its customer: handing on costs what it does without the option.
		const handedOn = await cost(poller);
		expect([handedOn.calls, (await cost(plain)).calls]).toEqual([3, 3]);
		await post(handedOn.items);
		expect((await cost(poller)).calls).toBe(3);
	}, 30_000);

	it('goes again by itself when its customer was mended in Knack', async () => {
		const { knack } = harness.sandbox;
		const poller = harness.engine.poller(
			triggerNode({ retryField: 'Sync Message' }, withCustomer()),
		);
		const { order, customer } = greenway();
		await poller.activate();
		knack.updateRecord('Orders', order, { Status: 'Completed' });
		await post(await poller.poll());
		// What a sync wrote onto the customer, and what Knack counts there, mend nothing.
		knack.updateRecord('Customers', customer, { 'Xero Contact ID': 'c0ffee' }, 'api');
		knack.createRecord('Orders', { Customer: customer, Status: 'New' });
		expect(await poller.poll()).toEqual([]);

		knack.updateRecord('Customers', customer, { Name: 'Greenway Café Ltd' });
		const again = await poller.poll();
		expect(again.map((item) => knackOf(item))).toMatchObject([
			{ recordId: order, event: 'retried' },
		]);
		expect(again[0]?.json).toMatchObject({ Customer: 'Greenway Café Ltd' });
		expect(await poller.poll()).toEqual([]);
	}, 30_000);

	it('leaves its customer unread where the customer does not come along', async () => {
		const { knack, journal } = harness.sandbox;
		const poller = harness.engine.poller(triggerNode({ retryField: 'Sync Message' }));
		const { order, customer } = greenway();
		await poller.activate();
		knack.updateRecord('Orders', order, { Status: 'Completed' });
		await post(await poller.poll());
		knack.updateRecord('Customers', customer, { Name: 'Greenway Café Ltd' });
		journal.clear();
		expect(await poller.poll()).toEqual([]);
		const customers = knack.schema('Customers').key;
		expect(journal.filter({ path: `objects/${customers}/` })).toEqual([]);
	}, 30_000);

	it('names the field when it was renamed or deleted', async () => {
		const { knack } = harness.sandbox;
		const poller = harness.engine.poller(triggerNode({ retryField: 'Sync Message' }));
		const gone = harness.engine.poller(triggerNode({ retryField: key('Orders', 'Sync Message') }));
		const { order, line } = greenway();
		await poller.activate();
		await gone.activate();
		knack.updateRecord('Orders', order, { Status: 'Completed' });
		await post(await poller.poll());
		await poller.poll();
		const later = (minutes: number): void => {
			jest
				.spyOn(Date, 'now')
				.mockImplementation(() => performance.timeOrigin + performance.now() + minutes * 60_000);
		};
		try {
			// A trigger reads the app's structure again after a while.
			knack.changeField('Orders', 'Sync Message', { name: 'Trouble' });
			later(12);
			knack.updateRecord('Order Lines', line, { 'Account Code': '200' });
			expect(await poller.poll()).toHaveLength(1);
			knack.deleteField('Orders', 'Trouble');
			later(24);
			await expect(gone.poll()).rejects.toMatchObject({
				message: expect.stringMatching(/^The field .* is not in the table Orders any more\.$/),
				description: expect.stringContaining('Retry When Fixed'),
			});
			await expect(poller.poll()).rejects.toMatchObject({
				message: expect.stringContaining('Sync Message'),
			});
		} finally {
			jest.restoreAllMocks();
		}
	}, 30_000);

	it('offers the fields that hold text, those of the sync first', async () => {
		const context = harness.engine.loadOptionsContext(triggerNode({}));
		const { loadOptions } = new KnackTrigger().methods;
		const names = (await loadOptions.getTextFields.call(context)).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['Sync Message', 'Notes']));
		expect(names.indexOf('Sync Message')).toBeLessThan(names.indexOf('Notes'));
		expect(names).not.toContain('Status');
		expect(names).not.toContain('Order Date');
	});

	it('offers a field by its name where the node names it, so that it is no value beside the list', async () => {
		const { loadOptions } = new KnackTrigger().methods;
		const valuesOf = async (options: INodeParameters) => {
			const context = harness.engine.loadOptionsContext(triggerNode(options));
			const offered = await loadOptions.getTextFields.call(context);
			return offered.filter(({ name }) => name === 'Sync Message').map(({ value }) => value);
		};
		const keyed = key('Orders', 'Sync Message');
		expect(await valuesOf({})).toEqual([keyed]);
		expect(await valuesOf({ retryField: keyed })).toEqual([keyed]);
		expect(await valuesOf({ retryField: '=Sync Message' })).toEqual(['Sync Message']);
		expect(await valuesOf({ retryField: 'Sync Message' })).toEqual(['Sync Message']);
		const untilSynced = { fields: { messageField: keyed } };
		expect(await valuesOf({ retryField: '=Sync Message', untilSynced })).toEqual([
			keyed,
			'Sync Message',
		]);
	});
});
