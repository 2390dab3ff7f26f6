import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { restartProcess } from '../support/restartProcess';
import { createHarness, type Harness } from './harness';
import { mapper, mapUpsert, orderItems } from './mapUpsertItems';

const list = (value: string) => ({ __rl: true, mode: 'list', value });
const DAY = { from: '2020-01-01', to: '2020-01-02' };

/** Operations besides Create or Update and Change Status that write to Xero, as the node makes them. */
describe('Guards of Undo, Compare and API Call', () => {
	let harness: Harness;

	beforeEach(async () => {
		restartProcess();
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.knack.setLimits({ perSecond: null });
	});

	afterEach(async () => await harness.close());

	function addStop() {
		const { knack } = harness.sandbox;
		const { key } = knack.addTable({
			name: 'Switches',
			identifier: 'Name',
			fields: [
				{ name: 'Name', type: 'short_text' },
				{ name: 'Stop', type: 'boolean' },
			],
		});
		const record = knack.createRecord('Switches', { Name: 'All workflows', Stop: false });
		return {
			guards: {
				stopTable: list(key),
				stopRecord: list(record),
				stopField: knack.fieldKey('Switches', 'Stop'),
			},
			set: (isOn: boolean) => knack.updateRecord('Switches', record, { Stop: isOn }),
		};
	}

	async function run(parameters: IDataObject, items: readonly IDataObject[], withKnack = true) {
		harness.sandbox.journal.clear();
		const credentials = withKnack ? harness.both : harness.xero;
		const node = mapUpsert(harness, parameters, { credentials });
		const { output, error } = await harness.engine.runNode(node, [...items], { id: 'guarded' });
		const [synced = [], attention = []] = output;
		const json = (from: typeof synced) => from.map((item) => item.json);
		return { error, synced: json(synced), attention: json(attention) };
	}

	const writes = () =>
		harness.sandbox.journal
			.filter({ service: 'xero', kind: 'write' })
			.filter(({ path }) => !path.includes('token')).length;
	const invoices = () => harness.sandbox.xero.organisation().invoices.all();

	const WRITE_BACK = {
		writeBack: true,
		table: { __rl: true, mode: 'id', value: 'Orders' },
		writeBackFields: { xeroId: 'Xero Invoice ID', message: 'Sync Message' },
	};
	const xeroIds = () =>
		harness.sandbox.knack
			.recordIds('Orders')
			.map((id) => harness.sandbox.knack.shown('Orders', id)['Xero Invoice ID'])
			.filter((id) => id !== '').length;

	test('Undo holds documents and their Knack records while Stop is set', async () => {
		const stop = addStop();
		const { synced: items } = await run(
			{ status: 'AUTHORISED', ...WRITE_BACK },
			orderItems(harness),
		);
		const before = xeroIds();
		const undo = { operation: 'undo', guards: stop.guards, ...WRITE_BACK };
		stop.set(true);
		for (const previewOnly of [true, false]) {
			const { attention, synced } = await run({ ...undo, previewOnly }, items);
			expect(synced).toEqual([]);
			expect(attention).toMatchObject(
				items.map(() => ({ outcome: 'held', issues: [{ code: 'XERO_GUARD_STOP' }] })),
			);
		}
		expect(writes()).toBe(0);
		expect(xeroIds()).toBe(before);
		const demo = { ...undo, guards: { demoCompanyOnly: true }, previewOnly: false };
		stop.set(false);
		expect((await run(demo, items)).attention).toMatchObject(
			items.map(() => ({ issues: [{ code: 'XERO_GUARD_DEMO_COMPANY' }] })),
		);
		expect(writes()).toBe(0);
		// Voided by a person: there is nothing to do in Xero, and Knack is told once it may be.
		for (const { id } of invoices()) harness.sandbox.xero.person.voidInvoice({ invoiceId: id });
		stop.set(true);
		const { synced } = await run({ ...undo, previewOnly: false }, items);
		expect(synced).toMatchObject(
			items.map(() => ({
				outcome: 'unchanged',
				issues: [{ code: 'XERO_GUARD_STOP', severity: 'warn' }],
			})),
		);
		expect(xeroIds()).toBe(before);
		stop.set(false);
		const last = await run({ ...undo, previewOnly: false }, items);
		expect(last.synced.map(({ outcome }) => outcome)).toEqual(['undone', 'undone']);
		expect(xeroIds()).toBe(before - 2);
	});

	test('Compare carries nothing out while Stop is set, and no more than a run may', async () => {
		const stop = addStop();
		const items = orderItems(harness, 3);
		await run({ status: 'DRAFT' }, items);
		const moved = items.map((item) => ({ ...item, 'Due Date': '2027-01-04' }));
		const compare = { operation: 'compare', compareOptions: DAY, whatToDo: 'sendOurs' };
		stop.set(true);
		const held = await run({ ...compare, guards: stop.guards }, moved);
		expect(held.attention.map(({ state, summary }) => [state, summary])).toEqual(
			items.map(() => ['Open', expect.stringContaining('Stop is set in Switches of Knack')]),
		);
		expect(writes()).toBe(0);
		stop.set(false);
		const guards = { ...stop.guards, documentsARun: 1, letGo: '={{ $json["Let Go"] }}' };
		const limited = await run({ ...compare, guards }, moved);
		expect(limited.synced.map(({ outcome }) => outcome)).toEqual(['carriedOut']);
		expect(limited.attention.map(({ summary }) => summary)).toEqual(
			[1, 2].map(() => expect.stringContaining('Held by Most Documents a Run (1 document)')),
		);
		const ticked = moved.map((item) => ({ ...item, 'Let Go': true }));
		const rest = await run({ ...compare, guards }, ticked);
		expect(rest.attention).toEqual([]);
		expect(rest.synced.map(({ outcome }) => outcome).sort()).toEqual([
			'agrees',
			'carriedOut',
			'carriedOut',
		]);
	}, 60_000);

	describe('API Call', () => {
		const put = (guards: IDataObject) => ({
			operation: 'apiCall',
			method: 'PUT',
			path: 'Contacts',
			body: '={{ $json.body }}',
			guards,
		});
		const contact = (name: string, more: IDataObject = {}) => ({
			body: JSON.stringify({ Contacts: [{ Name: name }] }),
			...more,
		});
		const names = () =>
			harness.sandbox.xero
				.organisation()
				.contacts.all()
				.map(({ name }) => name)
				.filter((name) => name.startsWith('Firm'))
				.sort();

		test('that writes is not sent while Stop is set, and one that reads is', async () => {
			const stop = addStop();
			stop.set(true);
			const { attention } = await run(put(stop.guards), [contact('Firm A'), contact('Firm B')]);
			expect(attention).toMatchObject(
				['Firm A', 'Firm B'].map(() => ({
					outcome: 'held',
					summary:
						'Not sent yet: PUT /Contacts. Stop is set in Switches of Knack, which stops all writing. Set Stop to No there. What is held goes over with a later run.',
					issues: [{ code: 'XERO_GUARD_STOP', severity: 'hold' }],
				})),
			);
			expect(writes()).toBe(0);
			const read = await run({ operation: 'apiCall', path: 'Organisation', guards: stop.guards }, [
				{},
			]);
			expect(read.synced).toHaveLength(1);
			stop.set(false);
			expect((await run(put(stop.guards), [contact('Firm A')])).synced).toHaveLength(1);
			expect(names()).toEqual(['Firm A']);
		});

		test('reads Stop anew before each of them, and fails closed', async () => {
			const stop = addStop();
			harness.sandbox.faults.add({
				service: 'knack',
				kind: 'status',
				path: '/records/',
				status: 404,
				after: 1,
				times: 100,
			});
			const items = ['A', 'B', 'C'].map((name) => contact(`Firm ${name}`));
			const { synced, attention } = await run(put(stop.guards), items);
			expect(synced).toHaveLength(1);
			expect(attention).toMatchObject(
				[1, 2].map(() => ({ outcome: 'held', issues: [{ code: 'XERO_GUARD_STOP' }] })),
			);
			expect(names()).toEqual(['Firm A']);
		});

		test('is not sent but to a demo company, where that is asked', async () => {
			const { attention } = await run(put({ demoCompanyOnly: true }), [contact('Firm A')]);
			expect(attention).toMatchObject([
				{ outcome: 'held', issues: [{ code: 'XERO_GUARD_DEMO_COMPANY' }] },
			]);
			expect(writes()).toBe(0);
			harness.sandbox.xero.organisation().info.update({ isDemoCompany: true });
			expect((await run(put({ demoCompanyOnly: true }), [contact('Firm A')])).synced).toHaveLength(
				1,
			);
		});

		test('is counted by the records of its body, and let go by a tick', async () => {
			const guards = { documentsARun: 3, letGo: '={{ $json["Let Go"] }}' };
			const two = { body: JSON.stringify([{ Name: 'Firm B' }, { Name: 'Firm C' }]) };
			const many = {
				body: JSON.stringify({ Contacts: [1, 2, 3, 4].map((each) => ({ Name: `Firm ${each}` })) }),
			};
			const items = [
				contact('Firm A'),
				many,
				two,
				contact('Firm D'),
				contact('Firm E', { 'Let Go': 'Yes' }),
			];
			const { attention } = await run(put(guards), items);
			expect(attention).toMatchObject([
				{
					outcome: 'held',
					issues: [
						{
							code: 'XERO_GUARD_DOCUMENTS',
							message:
								'Held by Most Documents a Run (3 documents): it comes to 4 documents by itself.',
						},
					],
				},
				{
					issues: [{ message: expect.stringContaining('3 documents went before it in this run') }],
				},
			]);
			expect(names()).toEqual(['Firm A', 'Firm B', 'Firm C', 'Firm E']);
			const odd = await run(put(guards), [contact('Firm F', { 'Let Go': 'perhaps' })]);
			expect(odd.attention).toMatchObject([{ outcome: 'blocked', issues: [{ field: 'letGo' }] }]);
		});

		test('counts the records of a body beside what else it holds', async () => {
			const four = [1, 2, 3, 4].map((each) => ({ Name: `Firm ${each}` }));
			for (const body of [
				{ Contacts: four, summarizeErrors: false },
				{ pagination: {}, contacts: four },
			]) {
				const { attention } = await run(put({ documentsARun: 3 }), [
					{ body: JSON.stringify(body) },
				]);
				expect(attention).toMatchObject([{ issues: [{ code: 'XERO_GUARD_DOCUMENTS' }] }]);
			}
			expect(names()).toEqual([]);
		});

		test('is counted for the day over the runs, but for what Xero has refused', async () => {
			const guards = { documentsADay: 2 };
			const refused = { body: JSON.stringify({ Contacts: [{ Name: '' }] }) };
			await run(put(guards), [refused, refused, refused]);
			await run(put(guards), [contact('Firm A')]);
			const { attention } = await run(put(guards), [contact('Firm B'), contact('Firm C')]);
			expect(attention).toMatchObject([
				{
					issues: [
						{ message: expect.stringContaining('Held by Most Documents a Day (2 documents)') },
					],
				},
			]);
			expect(names()).toEqual(['Firm A', 'Firm B']);
		});

		test.each(['apiCall', 'undo'])('of %s says that Stop is read from Knack', async (operation) => {
			const { guards } = addStop();
			const { error } = await run({ ...put(guards), operation }, [contact('Firm A')], false);
			expect(error?.message).toBe('No Knack API credential is chosen');
			expect(JSON.stringify(error)).toContain('Stop is read from Knack');
			expect(writes()).toBe(0);
		});
	});

	test('Newest Wins is told that it lacks a Sync Fingerprint, which then decides', async () => {
		const { knack, xero } = harness.sandbox;
		const { key: table } = knack.addTable({
			name: 'Clients',
			fields: ['Name', 'Email', 'Sync Fingerprint'].map((name) => ({
				name,
				type: 'short_text' as const,
			})),
		});
		const recordId = knack.createRecord('Clients', {
			Name: 'Both Ltd',
			Email: 'knack@both.example',
		});
		xero.seedContacts([{ name: 'Both Ltd', emailAddress: 'xero@both.example' }]);
		const [both] = xero.organisation().contacts.filter(({ name }) => name === 'Both Ltd');
		const item = {
			Name: 'Both Ltd',
			Email: 'knack@both.example',
			'Sync Fingerprint': '',
			Edited: '2099-01-01T10:00',
			knack: { recordId, table },
		};
		const contacts = {
			document: 'contact',
			fields: mapper({
				id: both?.contactId ?? '',
				name: '={{ $json.Name }}',
				emailAddress: '={{ $json.Email }}',
			}),
			lineSource: 'none',
			options: {
				bothWays: { entries: [{ field: 'emailAddress', winner: 'newest' }] },
				recordEditedOn: '={{ $json.Edited }}',
			},
		};
		const held = await run(contacts, [item]);
		expect(held.attention).toMatchObject([
			{
				outcome: 'held',
				issues: [{ fix: expect.stringContaining('choose one under Write Back to Knack') }],
			},
		]);
		const writeBackFields = { fingerprint: 'Sync Fingerprint' };
		const followed = {
			writeBack: true,
			table: { __rl: true, mode: 'id', value: table },
			writeBackFields,
		};
		const decided = await run({ ...contacts, ...followed }, [item]);
		expect(decided.synced).toMatchObject([
			{ outcome: 'updated', issues: [{ code: 'XERO_BOTH_CHANGED_DECIDED' }] },
		]);
	});
});
