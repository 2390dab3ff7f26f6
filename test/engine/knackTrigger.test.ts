import type { ICredentialTestFunctions, IDataObject, INodeParameters } from 'n8n-workflow';
import { knackCredentialTest } from '../../lib/n8n/credentialTests';
import { processState } from '../../lib/n8n/processState';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { sandboxKnackApp } from '../../sandbox/sandbox';
import { createHarness, ours, type Harness } from './harness';

/** What the panel fills in behind the field. */
const FAMILY = '={{ ($parameter["&field"] || "").split("|")[1] }}';

describe('Knack Trigger in the engine', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { knackTrigger: new KnackTrigger() },
			sandbox: { limits: false },
		});
	});

	afterEach(async () => {
		await harness.close();
	});

	const table = (name: string): { mode: string; value: string } => ({
		mode: 'list',
		value: harness.sandbox.knack.schema(name).key,
	});
	const key = (tableName: string, field: string): string =>
		harness.sandbox.knack.fieldKey(tableName, field);

	const node = (parameters: INodeParameters) => ({
		name: 'Knack',
		type: ours('knackTrigger'),
		credentials: harness.knack,
		parameters: { table: table('Orders'), ...parameters },
	});
	const trigger = (parameters: INodeParameters) => harness.engine.poller(node(parameters));

	const statusIs = (value: string): INodeParameters => ({
		conditions: {
			condition: [
				{ field: `${key('Orders', 'Status')}|choice`, family: FAMILY, operator: 'is', value },
			],
		},
	});
	const completed = (): INodeParameters => ({
		triggerOn: 'startsToMatch',
		...statusIs('Completed'),
	});

	const json = (items: ReadonlyArray<{ json: IDataObject }>): IDataObject[] =>
		items.map((item) => item.json);
	const numbers = (items: ReadonlyArray<{ json: IDataObject }>): unknown[] =>
		json(items).map((item) => item['Order Number']);
	const knackOf = (item: IDataObject | undefined): IDataObject => Object(item?.['knack']);

	function orderWith(status: string): string {
		const { knack } = harness.sandbox;
		const found = knack
			.recordIds('Orders')
			.find((id) => knack.shown('Orders', id)['Status'] === status);
		if (!found) throw new Error(`The seed has no order that is ${status}`);
		return found;
	}

	const listCalls = (): number =>
		harness.sandbox.journal
			.filter({ service: 'knack' })
			.filter(({ path }) => path.endsWith('/records')).length;

	describe('Record Starts to Match', () => {
		it('hands on an order when it is completed, with its lines and its customer', async () => {
			const { knack } = harness.sandbox;
			const poller = trigger({
				...completed(),
				include: [
					`in|${knack.schema('Order Lines').key}|${key('Order Lines', 'Order')}`,
					`out|${key('Orders', 'Customer')}`,
				],
			});
			expect(await poller.activate()).toEqual([]);
			const id = orderWith('New');
			const lines = knack
				.recordIds('Order Lines')
				.map((line) => knack.shown('Order Lines', line))
				.filter(({ Order }) => Order === knack.shown('Orders', id)['Order Number']);
			knack.updateRecord('Orders', id, { Status: 'Completed' });

			const [item, ...others] = json(await poller.poll());

			expect(others).toEqual([]);
			expect(item).toMatchObject({
				'Order Number': knack.shown('Orders', id)['Order Number'],
				Status: 'Completed',
				Currency: 'GBP',
				'Payment Status': null,
				'Order Date': expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
				'Customer Record': {
					Name: knack.shown('Orders', id)['Customer'],
					Email: expect.stringContaining('@'),
					knack: { tableName: 'Customers', parts: { Address: { city: expect.any(String) } } },
				},
				knack: {
					recordId: id,
					table: knack.schema('Orders').key,
					tableName: 'Orders',
					event: 'startedToMatch',
				},
			});
			const handed = item?.['Order Lines'];
			expect(Array.isArray(handed) ? handed.map((line) => line.Description) : handed).toEqual(
				lines.map(({ Description }) => Description),
			);
			expect(Array.isArray(handed) ? handed[0] : handed).toMatchObject({
				Quantity: expect.any(Number),
				'Unit Price': expect.any(Number),
				knack: { tableName: 'Order Lines', recordId: expect.any(String) },
			});
			expect(await poller.poll()).toEqual([]);
		});

		it('tells again of an order that stopped matching and matches once more', async () => {
			const { knack } = harness.sandbox;
			const poller = trigger(completed());
			await poller.activate();
			const id = orderWith('New');
			for (const round of [1, 2]) {
				knack.updateRecord('Orders', id, { Status: 'Completed' });
				expect([round, numbers(await poller.poll())]).toEqual([
					round,
					[knack.shown('Orders', id)['Order Number']],
				]);
				knack.updateRecord('Orders', id, { Status: 'In Progress' });
				expect(await poller.poll()).toEqual([]);
			}
		});

		it('asks for a filter first', async () => {
			await expect(trigger({ triggerOn: 'startsToMatch' }).activate()).rejects.toMatchObject({
				message: 'Record Starts to Match needs a filter.',
				description: expect.stringContaining('Add at least one condition'),
			});
		});
	});

	describe('Record Created', () => {
		it('gives an import of 1,000 records once each, over a restart, at a call a poll', async () => {
			const { knack } = harness.sandbox;
			const poller = trigger({ triggerOn: 'created', options: { mostChanges: 400 } });
			await poller.activate();
			const before = listCalls();
			expect(await poller.poll()).toEqual([]);
			expect(listCalls() - before).toBe(1);
			const made = knack.importRecords(
				'Orders',
				Array.from({ length: 1_000 }, () => ({ Status: 'New' })),
			);
			const told: unknown[] = [];
			for (let round = 0; round < 5; round += 1) {
				told.push(...json(await poller.poll()).map((item) => knackOf(item)['recordId']));
				if (round === 1) poller.restart();
			}
			expect(told).toHaveLength(1_000);
			expect([...told].sort()).toEqual([...made].sort());
		}, 60_000);

		it('gives a record that was made before the newest one and shows only now', async () => {
			const { knack, clock } = harness.sandbox;
			const poller = trigger({ triggerOn: 'created' });
			await poller.activate();
			const newest = knack.createRecord('Orders', { Status: 'New' });
			const told = async () => json(await poller.poll()).map((item) => knackOf(item)['recordId']);
			expect(await told()).toEqual([newest]);
			const late = knack.seedRecords('Orders', [{ Status: 'New' }], {
				createdAt: () => clock.now() - 20 * 60_000,
			});
			expect(await told()).toEqual(late);
			expect(await told()).toEqual([]);
		});

		it('starts with what is there, when told so, and judges the filter at first sight', async () => {
			const { knack } = harness.sandbox;
			const poller = trigger({
				triggerOn: 'created',
				...statusIs('Completed'),
				options: { startFrom: 'all' },
			});
			const ready = knack
				.recordIds('Orders')
				.map((id) => knack.shown('Orders', id))
				.filter(({ Status }) => Status === 'Completed')
				.map((shown) => shown['Order Number']);
			expect(numbers(await poller.activate()).sort()).toEqual(ready.sort());
			knack.updateRecord('Orders', orderWith('New'), { Status: 'Completed' });
			expect(await poller.poll()).toEqual([]);
		});
	});

	describe('Record Updated', () => {
		const updated = (more: INodeParameters = {}): INodeParameters => ({
			triggerOn: 'updated',
			...more,
		});

		it('sees an edit, a batch update and what changed, but not the sync', async () => {
			const { knack } = harness.sandbox;
			const poller = trigger(updated());
			await poller.activate();
			const id = orderWith('New');
			knack.updateRecord('Orders', id, { Notes: 'Ring first' });
			const [item] = json(await poller.poll());
			expect(knackOf(item)).toMatchObject({ event: 'updated', changedFields: ['Notes'] });

			knack.batchUpdate('Orders', { 'Customer Reference': 'PO 9' }, [id]);
			expect(await poller.poll()).toHaveLength(1);

			knack.updateRecord('Orders', id, { 'Xero Invoice ID': 'x', 'Payment Status': 'Paid' }, 'api');
			expect(await poller.poll()).toEqual([]);
		});

		it.each(['none', 'Modified'])(
			"does not take the sync's own write for an edit, and does not miss a person's beside it (%s)",
			async (modified) => {
				const { knack } = harness.sandbox;
				const modifiedField = modified === 'none' ? 'none' : key('Orders', modified);
				const poller = trigger(updated({ modifiedField }));
				await poller.activate();
				const id = orderWith('Completed');
				const orders = knack.schema('Orders').key;
				// "Invoice Number" may be anybody's field: only the memory of own writes tells.
				const write = (number: string): void => {
					const fields = { [key('Orders', 'Invoice Number')]: number };
					processState.ownWrites.of(sandboxKnackApp.id).remember(orders, id, fields);
					knack.updateRecord('Orders', id, { 'Invoice Number': number }, 'api');
				};
				write('INV-0042');
				knack.updateRecord('Orders', id, { Modified: '23/11/2026 09:00' }, 'api');
				expect(await poller.poll()).toEqual([]);

				write('INV-0043');
				knack.updateRecord('Orders', id, { Notes: 'By hand' });
				expect(json(await poller.poll()).map((item) => knackOf(item)['changedFields'])).toEqual([
					['Notes'],
				]);

				// A person brings back what the sync once wrote: that is an edit.
				knack.updateRecord('Orders', id, { 'Invoice Number': 'mistyped' });
				expect(await poller.poll()).toHaveLength(1);
				await poller.poll();
				knack.updateRecord('Orders', id, { 'Invoice Number': 'INV-0043' });
				expect(await poller.poll()).toHaveLength(1);
			},
		);

		it('watches chosen fields only', async () => {
			const { knack } = harness.sandbox;
			const poller = trigger(updated({ options: { watchedFields: [key('Orders', 'Status')] } }));
			await poller.activate();
			const id = orderWith('New');
			knack.updateRecord('Orders', id, { Notes: 'x' });
			expect(await poller.poll()).toEqual([]);
			knack.updateRecord('Orders', id, { Status: 'In Progress' });
			expect(await poller.poll()).toHaveLength(1);
		});

		it('keeps quiet when a field is added, deleted or renamed, and keeps the label', async () => {
			const { knack } = harness.sandbox;
			const poller = trigger(updated());
			await poller.activate();
			knack.addField('Orders', { name: 'Colour', type: 'short_text' });
			knack.deleteField('Orders', 'Customer Reference');
			knack.changeField('Orders', 'Notes', { name: 'Remarks' });
			// A trigger reads the app's structure again after a while.
			jest
				.spyOn(Date, 'now')
				.mockImplementation(() => performance.timeOrigin + performance.now() + 700_000);
			try {
				expect(await poller.poll()).toEqual([]);
				knack.updateRecord('Orders', orderWith('New'), { Remarks: 'Mind the dog' });
				const [item] = json(await poller.poll());
				expect(item).toMatchObject({
					Notes: 'Mind the dog',
					knack: { renamedFields: { Notes: 'Remarks' }, changedFields: ['Notes'] },
				});
			} finally {
				jest.restoreAllMocks();
			}
		});
	});

	describe('What is missing or wrong', () => {
		it('names the deleted field of the filter and its likely successor', async () => {
			const { knack } = harness.sandbox;
			const poller = trigger(completed());
			await poller.activate();
			const gone = key('Orders', 'Status');
			knack.deleteField('Orders', 'Status');
			knack.addField('Orders', {
				name: 'Status of Order',
				type: 'multiple_choice',
				format: { type: 'single', options: ['Completed'] },
			});
			jest
				.spyOn(Date, 'now')
				.mockImplementation(() => performance.timeOrigin + performance.now() + 700_000);
			try {
				await expect(poller.poll()).rejects.toMatchObject({
					message: `The field Status (${gone}) is not in the table Orders any more.`,
					description: expect.stringContaining('Status of Order'),
				});
			} finally {
				jest.restoreAllMocks();
			}
		});

		it('says when the day is spent and when it begins anew, in words and for the back-off', async () => {
			harness.sandbox.knack.setFlags({ planExhausted: true });
			await expect(trigger(completed()).activate()).rejects.toMatchObject({
				message: expect.stringContaining('has used all API calls of its plan for today'),
				failure: { cause: 'quota-exhausted', resetsAtEpochMs: expect.any(Number) },
			});
		});

		it('loses nothing when the connected records cannot be read', async () => {
			const { knack, faults } = harness.sandbox;
			const lines = knack.schema('Order Lines').key;
			const poller = trigger({
				...completed(),
				include: [`in|${lines}|${key('Order Lines', 'Order')}`],
			});
			await poller.activate();
			knack.updateRecord('Orders', orderWith('New'), { Status: 'Completed' });
			faults.add({
				service: 'knack',
				path: lines,
				kind: 'status',
				status: 401,
				body: 'Invalid API key',
			});
			await expect(poller.poll()).rejects.toMatchObject({
				message: 'Knack does not accept the REST API Key for this app.',
			});
			expect(await poller.poll()).toHaveLength(1);
		});

		it('refuses a filter that the field cannot answer', async () => {
			const poller = trigger({
				triggerOn: 'startsToMatch',
				filterBy: 'json',
				filterJson: '{"rules": 7}',
			});
			await expect(poller.activate()).rejects.toMatchObject({
				message: expect.stringContaining('Filter JSON is set to "{"rules": 7}"'),
			});
		});
	});

	describe('Fetch Test Event', () => {
		it('shows the latest orders that match, as items will be, and remembers nothing', async () => {
			const { knack } = harness.sandbox;
			const poller = trigger({ ...completed(), options: { includeRaw: true } });
			const items = await poller.manual();
			const latest = knack
				.recordIds('Orders')
				.map((id) => knack.shown('Orders', id))
				.filter(({ Status }) => Status === 'Completed')
				.map((shown) => shown['Order Number'])
				.reverse();
			expect(numbers(items)).toEqual(latest.slice(0, 3));
			expect(json(items)[0]).toMatchObject({
				knack: { event: 'startedToMatch' },
				raw: { id: expect.any(String), [`${key('Orders', 'Status')}_raw`]: 'Completed' },
			});
			expect(poller.state).toEqual({});
		});

		it('says what it looked for when there is nothing', async () => {
			const poller = trigger({ triggerOn: 'startsToMatch', ...statusIs('Cancelled') });
			harness.sandbox.knack.batchUpdate('Orders', { Status: 'New' });
			await expect(poller.manual()).rejects.toMatchObject({
				message: 'No record of Orders meets the filter.',
				description: expect.stringContaining('Status is Cancelled'),
			});
		});
	});

	describe('The lists in the panel', () => {
		const type = new KnackTrigger();
		const names = (options: ReadonlyArray<{ name: string }>): string[] =>
			options.map(({ name }) => name);

		it('offers tables, fields, options and connections by name', async () => {
			const context = harness.engine.loadOptionsContext(node({}));
			const { listSearch, loadOptions } = type.methods;
			expect(names((await listSearch.searchTables.call(context, 'order')).results)).toEqual([
				'Order Lines',
				'Orders',
				'Purchase Orders',
			]);
			expect(names(await loadOptions.getFields.call(context))).toContain('Order Number');
			const filterFields = await loadOptions.getFilterFields.call(context);
			expect(filterFields).toContainEqual(
				expect.objectContaining({ name: 'Status', value: `${key('Orders', 'Status')}|choice` }),
			);
			expect(names(await loadOptions.getModifiedDateFields.call(context)).slice(0, 2)).toEqual([
				'None (Compare Snapshots)',
				'Modified',
			]);
			expect(names(await loadOptions.getSyncFields.call(context)).slice(0, 2)).toEqual([
				'Xero Invoice ID',
				'Payment Status',
			]);
			expect(await loadOptions.getConnections.call(context)).toEqual(
				expect.arrayContaining([
					expect.objectContaining({ name: 'Order Lines (Connected by Order)' }),
					expect.objectContaining({ name: 'Customer (Customers)' }),
				]),
			);
		});

		it('offers the options and the records of the field that stands in the same row', async () => {
			const condition = (field: string, family: string): INodeParameters => ({
				conditions: { condition: [{ field: `${key('Orders', field)}|${family}` }] },
			});
			const path = 'parameters.conditions.condition[0].value';
			const { loadOptions } = type.methods;
			const choices = harness.engine.loadOptionsContext(node(condition('Status', 'choice')), path);
			expect(names(await loadOptions.getFieldChoices.call(choices))).toEqual([
				'New',
				'In Progress',
				'Completed',
				'Invoiced',
				'Cancelled',
			]);
			const linked = harness.engine.loadOptionsContext(
				node(condition('Customer', 'connection')),
				path,
			);
			expect(names(await loadOptions.getLinkableRecords.call(linked))).toContain(
				'Harbour View Guest House',
			);
		});

		it('says why a list cannot be loaded', async () => {
			harness.sandbox.faults.add({
				service: 'knack',
				path: '/applications/',
				kind: 'status',
				status: 400,
				body: 'Malformed App ID.',
			});
			const fresh = await createHarness({
				nodes: { knackTrigger: type },
				sandbox: { limits: false },
			});
			try {
				fresh.sandbox.faults.add({
					service: 'knack',
					path: '/applications/',
					kind: 'status',
					status: 400,
					body: 'Malformed App ID.',
				});
				const context = fresh.engine.loadOptionsContext({ ...node({}), credentials: fresh.knack });
				await expect(type.methods.listSearch.searchTables.call(context)).rejects.toMatchObject({
					message: 'The Application ID is not complete: Knack calls it malformed.',
					description: expect.stringContaining('Settings → API & Code'),
				});
			} finally {
				await fresh.close();
			}
		});
	});

	describe('The test of the credential', () => {
		/** What n8n gives to a credential test: a request that answers in full. */
		const context = (): ICredentialTestFunctions => {
			const request = async (options: unknown): Promise<unknown> => {
				const { uri, headers } = Object(options);
				const answer = await fetch(uri, { headers });
				const body = await answer.text();
				return {
					statusCode: answer.status,
					headers: Object.fromEntries(answer.headers.entries()),
					body: /^[[{]/.test(body) ? JSON.parse(body) : body,
				};
			};
			return Object({ helpers: { request } });
		};
		const test = async (more: Record<string, string>) =>
			await knackCredentialTest.knackApiTest.call(context(), {
				id: '1',
				name: 'Knack',
				type: 'knackApi',
				data: {
					applicationId: sandboxKnackApp.id,
					apiKey: sandboxKnackApp.apiKey,
					apiUrl: `${harness.url}/knack/v1`,
					...more,
				},
			});

		it('names the app and counts its tables', async () => {
			const count = harness.sandbox.knack.appState().tables.size;
			expect(await test({ apiKey: ` ${sandboxKnackApp.apiKey} ` })).toEqual({
				status: 'OK',
				message: `Connected to ${sandboxKnackApp.name}, ${count} tables`,
			});
		});

		it.each([
			[{ apiKey: 'wrong' }, /does not accept the REST API Key.*Settings → API & Code/],
			[{ applicationId: sandboxKnackApp.id.slice(1) }, /malformed: it has 23 characters/],
			[
				{ applicationId: 'abcdefabcdefabcdefabcdef' },
				/^Knack shows no app with the Application ID abcdefabcdefabcdefabcdef\. Copy the Application ID again/,
			],
			[{ applicationId: '' }, /malformed: it has 0 characters/],
			[{ apiUrl: 'http://127.0.0.1:9/v1' }, /could not be reached at http:\/\/127.0.0.1:9\/v1/],
			[{ apiUrl: 'http://api.knack.com/v1' }, /not safe to send a key to/],
		])('%j: says what is wrong', async (more, words) => {
			const verdict = await test(more);
			expect(verdict.status).toBe('Error');
			expect(verdict.message).toMatch(words);
			expect(verdict.message).not.toContain(sandboxKnackApp.apiKey);
		});
	});
});
