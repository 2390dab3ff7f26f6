import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { processState } from '../../lib/n8n/processState';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { sandboxKnackApp } from '../../sandbox/sandbox';
import { restartProcess } from '../support/restartProcess';
import { createHarness, ours, type Harness } from './harness';
import { activateWebhook, listenToWebhook, type Listening } from './webhookListener';

const SECRET = 'a-long-secret-of-the-flow';
const HEADER = 'x-knack-xero-secret';
const ID = 'knack-trigger-test';

/** What the panel fills in behind the field. */
const FAMILY = '={{ ($parameter["&field"] || "").split("|")[1] }}';

describe('Knack Trigger called by Knack', () => {
	let harness: Harness;
	let listening: Listening | undefined;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { knackTrigger: new KnackTrigger() },
			sandbox: { limits: false },
		});
		setSecret(SECRET);
	});

	afterEach(async () => {
		await listening?.close();
		listening = undefined;
		await harness.close();
	});

	function setSecret(webhookSecret: string): void {
		const held = harness.credentials.raw('knackApi');
		harness.credentials.add('knackApi', { ...held, webhookSecret });
	}

	const key = (table: string, field: string): string =>
		harness.sandbox.knack.fieldKey(table, field);
	const tableKey = (): string => harness.sandbox.knack.schema('Orders').key;

	const node = (parameters: INodeParameters) => ({
		name: 'Knack',
		type: ours('knackTrigger'),
		credentials: harness.knack,
		parameters: {
			table: { mode: 'list', value: tableKey() },
			instant: true,
			...parameters,
			options: { gatherSeconds: 0.1, ...Object(parameters.options) },
		},
	});

	const whenCompleted = (): INodeParameters => ({
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
	});

	/** The trigger of an active workflow: polled once, and listening. */
	async function watch(parameters: INodeParameters) {
		const poller = harness.engine.poller(node(parameters), { id: ID });
		expect(await poller.activate()).toEqual([]);
		listening = await listenToWebhook(harness.engine, node(parameters), ID);
		return { poller, url: listening.url };
	}

	function addFlow(
		event: 'created' | 'updated',
		over: Partial<{ url: string; body: unknown }> = {},
	) {
		harness.sandbox.knack.addFlow({
			table: 'Orders',
			event,
			url: over.url ?? listening?.url ?? '',
			headers: { [HEADER]: SECRET },
			bodyTemplate: over.body ?? { recordId: '{{record.id}}' },
		});
	}

	/** Waits until Knack has called and the workflow has taken it. */
	async function settled(): Promise<void> {
		await harness.sandbox.knack.flows.settled();
		await listening?.settled();
	}

	async function call(body: unknown, headers: Record<string, string> = { [HEADER]: SECRET }) {
		const answer = await fetch(listening?.url ?? '', {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json', ...headers },
		});
		return { status: answer.status, text: await answer.text() };
	}

	const told = (): IDataObject[] => listening?.executions.flat() ?? [];
	const knackOf = (item: IDataObject | undefined): IDataObject => Object(item?.knack);
	const ids = (items: readonly IDataObject[]): unknown[] =>
		items.map((item) => knackOf(item).recordId).sort();
	const json = (items: ReadonlyArray<{ json: IDataObject }>): IDataObject[] =>
		items.map((item) => item.json);
	const knackCalls = (): number => harness.sandbox.journal.filter({ service: 'knack' }).length;

	function ordersWith(status: string): string[] {
		const { knack } = harness.sandbox;
		return knack.recordIds('Orders').filter((id) => knack.shown('Orders', id).Status === status);
	}
	const newOrder = (): string => ordersWith('New')[0] ?? '';
	const complete = (id: string): void =>
		harness.sandbox.knack.updateRecord('Orders', id, { Status: 'Completed' });

	describe('who may call', () => {
		it.each<[string, unknown, Record<string, string>]>([
			['no secret', {}, {}],
			['another secret', {}, { [HEADER]: `${SECRET}x` }],
			['half of it', {}, { [HEADER]: SECRET.slice(0, 8) }],
			['an empty one', { secret: '' }, { [HEADER]: '' }],
			['another one in the body', { secret: 'another-secret-altogether' }, {}],
			['the API key in its place', {}, { [HEADER]: sandboxKnackApp.apiKey }],
		])('refuses %s with an empty 401, and runs and reads nothing', async (_, body, headers) => {
			await watch(whenCompleted());
			const id = newOrder();
			complete(id);
			const before = knackCalls();
			expect(await call({ ...Object(body), recordId: id }, headers)).toEqual({
				status: 401,
				text: '',
			});
			await settled();
			expect([told(), knackCalls()]).toEqual([[], before]);
			expect((await call({ recordId: id })).status).toBe(200);
			await settled();
			expect(ids(told())).toEqual([id]);
		});

		it('takes the secret in the body, where no header can be set', async () => {
			await watch(whenCompleted());
			const id = newOrder();
			complete(id);
			expect((await call({ secret: SECRET, recordId: id }, {})).status).toBe(200);
			await settled();
			expect(ids(told())).toEqual([id]);
		});

		it('refuses everything once the secret is gone', async () => {
			await watch(whenCompleted());
			setSecret('');
			expect((await call({ recordId: newOrder() }, { [HEADER]: '' })).status).toBe(401);
			expect((await call({ recordId: newOrder() })).status).toBe(401);
		});

		it('answers 404 and starts nothing while Start Instantly is off', async () => {
			await watch({ ...whenCompleted(), instant: false });
			const id = newOrder();
			complete(id);
			expect(await call({ recordId: id })).toEqual({ status: 404, text: '' });
			await settled();
			expect(told()).toEqual([]);
		});

		it('is not activated without a secret, and says what to do', async () => {
			const activate = async (parameters: INodeParameters = {}): Promise<void> =>
				await activateWebhook(harness.engine, node({ ...whenCompleted(), ...parameters }));
			await expect(activate()).resolves.toBeUndefined();
			setSecret('');
			await expect(activate()).rejects.toMatchObject({
				message: expect.stringMatching(/no webhook secret.*Webhook Secret.*Start Instantly off/),
				description: expect.stringMatching(/Webhook Secret.*Flow.*Start Instantly off/s),
			});
			await expect(activate({ instant: false })).resolves.toBeUndefined();
			setSecret('short');
			await expect(activate()).rejects.toMatchObject({
				message: expect.stringMatching(/fewer than 16 characters.*Start Instantly off/),
			});
			// And so does the poll that comes with it, each time that n8n tries.
			const polling = harness.engine.poller(node(whenCompleted()), { id: ID });
			for (let tries = 0; tries < 2; tries += 1) {
				await expect(polling.activate()).rejects.toMatchObject({
					message: expect.stringMatching(/fewer than 16 characters/),
				});
			}
			setSecret(SECRET);
			await expect(polling.activate()).resolves.toEqual([]);
		});
	});

	describe('what a call starts', () => {
		it('is answered before Knack is asked for anything', async () => {
			await watch({ ...whenCompleted(), options: { gatherSeconds: 0 } });
			const id = newOrder();
			complete(id);
			harness.sandbox.faults.add({ service: 'knack', kind: 'delay', delayMs: 1_500 });
			expect((await call({ recordId: id, table: 'Orders' })).status).toBe(200);
			expect(listening?.answeredIn[0]).toBeLessThan(1_000);
			await settled();
			expect(ids(told())).toEqual([id]);
		});

		it.each<[string, 'created' | 'updated', () => INodeParameters, () => string]>([
			[
				'a new order',
				'created',
				() => ({ triggerOn: 'created' }),
				() => {
					const { knack } = harness.sandbox;
					const [customer = ''] = knack.recordIds('Customers');
					return knack.createRecord('Orders', { Status: 'New', Customer: customer });
				},
			],
			[
				'an edited order',
				'updated',
				() => ({ triggerOn: 'updated' }),
				() => {
					const id = newOrder();
					harness.sandbox.knack.updateRecord('Orders', id, { Notes: 'Ring first' });
					return id;
				},
			],
			[
				'an order by its modified date',
				'updated',
				() => ({ triggerOn: 'updated', modifiedField: key('Orders', 'Modified') }),
				() => {
					const id = newOrder();
					harness.sandbox.knack.updateRecord('Orders', id, { Notes: 'Ring first' });
					return id;
				},
			],
			[
				'a completed order',
				'updated',
				whenCompleted,
				() => {
					const id = newOrder();
					complete(id);
					return id;
				},
			],
		])('hands on %s as a poll would have', async (_, event, parameters, happen) => {
			const { knack } = harness.sandbox;
			const all = {
				...parameters(),
				include: [
					`in|${knack.schema('Order Lines').key}|${key('Order Lines', 'Order')}`,
					`out|${key('Orders', 'Customer')}`,
				],
				options: { includeRaw: true },
			};
			const { poller } = await watch(all);
			const polledOnly = harness.engine.poller(node({ ...all, instant: false }), { id: 'other' });
			await polledOnly.activate();
			addFlow(event);
			const id = happen();
			await settled();

			expect(ids(told())).toEqual([id]);
			const [polled] = json(await polledOnly.poll());
			expect(knackOf(polled).via).toBe('poll');
			expect(told()).toEqual([{ ...polled, knack: { ...knackOf(polled), via: 'webhook' } }]);
			expect(await poller.poll()).toEqual([]);
		});

		it('takes a burst of 50 along in few executions and few calls', async () => {
			await watch({ ...whenCompleted(), options: { gatherSeconds: 3 } });
			const { knack } = harness.sandbox;
			const made = knack.importRecords(
				'Orders',
				Array.from({ length: 50 }, () => ({ Status: 'New' })),
			);
			addFlow('updated');
			const before = knackCalls();
			for (const id of made) complete(id);
			await settled();
			expect(ids(told())).toEqual([...made].sort());
			expect(listening?.executions.length).toBeLessThanOrEqual(2);
			expect(knackCalls() - before).toBeLessThanOrEqual(2);
		});

		it('looks at all of the table when a token was not filled, and says so to nobody but the log', async () => {
			await watch(whenCompleted());
			const id = newOrder();
			complete(id);
			expect((await call({ recordId: '{{record.id}}' })).status).toBe(200);
			await settled();
			expect(ids(told())).toEqual([id]);
		});

		it('leaves to the poll what it is told of too late, or of another table', async () => {
			const { poller } = await watch(whenCompleted());
			const id = newOrder();
			complete(id);
			const late = new Date(Date.now() - 6 * 60_000).toISOString();
			for (const body of [
				{ recordId: id, sentAt: late },
				{ recordId: id, sentAt: Math.floor(Date.parse(late) / 1_000) },
				{ recordId: id, table: 'Customers' },
			]) {
				expect((await call(body)).status).toBe(200);
			}
			await settled();
			expect(told()).toEqual([]);
			expect(ids(json(await poller.poll()))).toEqual([id]);
		});

		describe('about a record that comes along with one in trouble', () => {
			const retryField = 'Sync Message';
			const trouble = 'The account 429 is not for sales.';

			const watchedWith = (options: INodeParameters = { retryField }): INodeParameters => ({
				...whenCompleted(),
				include: [
					`in|${harness.sandbox.knack.schema('Order Lines').key}|${key('Order Lines', 'Order')}`,
					`out|${key('Orders', 'Customer')}`,
				],
				options,
			});

			/** An order that was told, and came into trouble. */
			async function inTrouble(parameters: INodeParameters) {
				const { knack } = harness.sandbox;
				const { poller } = await watch(parameters);
				const order = newOrder();
				complete(order);
				await call({ recordId: order });
				await settled();
				expect(ids(told())).toEqual([order]);
				knack.updateRecord('Orders', order, { 'Sync Message': trouble }, 'api');
				const shown = knack.shown('Orders', order);
				const idOf = (table: string, field: string, value = ''): string =>
					knack.recordIds(table).find((id) => knack.shown(table, id)[field] === value) ?? '';
				return {
					poller,
					order,
					customer: idOf('Customers', 'Name', shown.Customer),
					line: idOf('Order Lines', 'Order', shown['Order Number']),
				};
			}

			it.each(['Customers', 'Order Lines'])(
				'brings it again, once it was mended in %s',
				async (table) => {
					const { knack } = harness.sandbox;
					const { poller, order, customer, line } = await inTrouble(watchedWith());
					const recordId = table === 'Customers' ? customer : line;
					await call({ table, recordId });
					await settled();
					expect(told()).toHaveLength(1);
					if (table === 'Customers') knack.updateRecord(table, recordId, { Phone: '01632 960999' });
					else knack.updateRecord(table, recordId, { 'Account Code': '210' });
					await call({ table, recordId });
					await settled();
					expect(told().map((item) => knackOf(item))).toMatchObject([
						{ recordId: order, event: 'startedToMatch' },
						{ recordId: order, event: 'retried', via: 'webhook' },
					]);
					expect(await poller.poll()).toEqual([]);
				},
			);

			it('reads nothing where records in trouble are not told again', async () => {
				const { customer } = await inTrouble(watchedWith({}));
				const before = knackCalls();
				await call({ table: 'Customers', recordId: customer });
				await settled();
				expect([told().length, knackCalls()]).toEqual([1, before]);
			});
		});

		it('believes a local time to be no time at all, and a fresh one to be fresh', async () => {
			await watch(whenCompleted());
			const [first = '', second = ''] = ordersWith('New');
			complete(first);
			await call({ recordId: first, sentAt: '11/22/2020 10:15am', table: 'Orders' });
			await settled();
			complete(second);
			await call({ recordId: second, sentAt: new Date().toISOString(), table: tableKey() });
			await settled();
			expect(ids(told())).toEqual([first, second].sort());
		});
	});

	describe('never twice, never lost', () => {
		it('starts nothing for repeats of a call, be they at once or later', async () => {
			await watch(whenCompleted());
			harness.sandbox.knack.setFlags({ flowDelivery: 'twice' });
			addFlow('updated');
			const id = newOrder();
			complete(id);
			await settled();
			for (let round = 0; round < 3; round += 1) {
				await call({ recordId: id });
				await settled();
			}
			expect(ids(told())).toEqual([id]);
		});

		it('does not repeat by poll what a call brought, nor by a call what a poll brought', async () => {
			const { poller } = await watch(whenCompleted());
			const [first = '', second = ''] = ordersWith('New');
			complete(first);
			await call({ recordId: first });
			await settled();
			expect(await poller.poll()).toEqual([]);
			complete(second);
			expect(ids(json(await poller.poll()))).toEqual([second]);
			await call({ recordId: second });
			await settled();
			expect(ids(told())).toEqual([first]);
		});

		it('neither loses nor doubles what is told while polls are under way', async () => {
			const { poller } = await watch({ ...whenCompleted(), options: { gatherSeconds: 0 } });
			harness.sandbox.faults.add({
				service: 'knack',
				kind: 'delay',
				delayMs: 40,
				times: 1_000,
			});
			const made = harness.sandbox.knack.importRecords(
				'Orders',
				Array.from({ length: 12 }, () => ({ Status: 'New' })),
			);
			const polled: IDataObject[] = [];
			const doing = made.flatMap((id) => {
				complete(id);
				const polling = poller.poll().then((items) => polled.push(...json(items)));
				return [polling, call({ recordId: id }), call({ recordId: id })];
			});
			await Promise.all(doing);
			await settled();
			expect(ids([...polled, ...told()])).toEqual([...made].sort());
		});

		it('leaves to the poll what cannot be read now', async () => {
			const { poller } = await watch(whenCompleted());
			const id = newOrder();
			complete(id);
			const fault = harness.sandbox.faults.add({
				service: 'knack',
				kind: 'status',
				status: 403,
				times: 50,
			});
			expect((await call({ recordId: id })).status).toBe(200);
			await settled();
			expect(told()).toEqual([]);
			harness.sandbox.faults.remove(fault.id);
			expect(ids(json(await poller.poll()))).toEqual([id]);
		});

		it('brings once more, and does not lose, what a crash kept from becoming an execution', async () => {
			const { url } = await watch(whenCompleted());
			expect(url).toContain('http');
			const id = newOrder();
			complete(id);
			const stored = await crashAfterCall(id);
			const again = harness.engine.poller(node(whenCompleted()), { id: ID, staticData: stored });
			expect(ids(json(await again.poll()))).toEqual([id]);
		});

		/** Everything in memory is gone; only what the call left in the database is there. */
		async function crashAfterCall(id: string): Promise<IDataObject> {
			await call({ recordId: id });
			await settled();
			expect(ids(told())).toEqual([id]);
			restartProcess();
			return listening?.stored() ?? {};
		}

		it.each<[string, number, string]>([
			['a page', 200, '<html>Bad gateway</html>'],
			['nothing', 200, ''],
			['a 404 that is not Knack’s', 404, '<html>Not Found</html>'],
			['a 404 that is Knack’s, once', 404, 'Not Found'],
		])('loses no edit when the reading is answered by %s (%d)', async (_, status, body) => {
			const { poller } = await watch({ triggerOn: 'updated' });
			const id = newOrder();
			const { knack, faults } = harness.sandbox;
			knack.updateRecord('Orders', id, { Notes: 'Ring first' });
			const path = `records/${id}`;
			faults.add({ kind: 'status', service: 'knack', path, status, body, times: 1 });
			await call({ recordId: id });
			await settled();
			const polled = json(await poller.poll());
			expect([...told(), ...polled].map((item) => knackOf(item))).toMatchObject([
				{ recordId: id, event: 'updated', changedFields: ['Notes'] },
			]);
		});

		it('says nothing of a record that is gone by then', async () => {
			await watch({ triggerOn: 'updated' });
			const id = newOrder();
			harness.sandbox.knack.deleteRecord('Orders', id);
			expect((await call({ recordId: id })).status).toBe(200);
			await settled();
			expect(told()).toEqual([]);
		});
	});

	it("is not started by the sync's own write, but by a person's edit in the same second", async () => {
		const { poller } = await watch({ triggerOn: 'updated' });
		addFlow('updated');
		const { knack } = harness.sandbox;
		const [written = '', edited = ''] = ordersWith('New');
		for (const id of [written, edited]) {
			// "Invoice Number" may be anybody's field: only the memory of own writes tells.
			const fields = { [key('Orders', 'Invoice Number')]: 'INV-0042' };
			processState.ownWrites.of(sandboxKnackApp.id).remember(tableKey(), id, fields);
			knack.updateRecord(
				'Orders',
				id,
				{ 'Invoice Number': 'INV-0042', 'Xero Invoice ID': 'x', 'Payment Status': 'Paid' },
				'api',
			);
		}
		knack.updateRecord('Orders', edited, { Notes: 'By hand' });
		await settled();
		expect(told().map((item) => [knackOf(item).recordId, knackOf(item).changedFields])).toEqual([
			[edited, ['Notes']],
		]);
		expect(await poller.poll()).toEqual([]);
	});
});
