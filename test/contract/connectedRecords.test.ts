import type { KnackApp } from '../../lib/knack/app';
import type { KnackClient } from '../../lib/knack/client';
import { knackItems } from '../../lib/sync/knackItems';
import type { Sandbox } from '../../sandbox/sandbox';
import { knackInMemory } from '../support/knackInMemory';
import { frozenSandbox } from '../support/xeroInMemory';

/** Orders whose customers lie in a table that is too large to be read whole. */
describe('customers of many records', () => {
	let sandbox: Sandbox;
	let client: KnackClient;

	function world(customers: readonly string[], displayed: 'short_text' | 'number' = 'short_text') {
		sandbox = frozenSandbox();
		sandbox.knack.addTable({
			name: 'Buyers',
			identifier: 'Buyer',
			fields: [
				{ name: 'Buyer', type: displayed },
				{ name: 'Town', type: 'short_text' },
			],
		});
		sandbox.knack.addTable({
			name: 'Jobs',
			fields: [
				{
					name: 'Buyer',
					type: 'connection',
					connectsTo: { table: 'Buyers', has: 'one', belongsTo: 'many' },
				},
			],
		});
		sandbox.knack.seedRecords(
			'Buyers',
			customers.map((Buyer, at) => ({ Buyer, Town: `Town ${at}` })),
		);
		client = knackInMemory(sandbox);
		return sandbox.knack.recordIds('Buyers');
	}

	/** The towns of the customers of jobs of these, and what finding them cost. */
	async function townsOf(buyers: readonly (string | undefined)[]) {
		for (const Buyer of buyers) sandbox.knack.createRecord('Jobs', { Buyer });
		const app: KnackApp = await client.app();
		const table = app.tables.find(({ name }) => name === 'Jobs');
		if (!table) throw new Error('The table is not there.');
		const connection = table.fields.find(({ name }) => name === 'Buyer');
		const records = await client.records(table.key);
		sandbox.journal.clear();
		const items = await knackItems(
			client,
			app,
			table,
			records.map((record) => ({ record })),
			{ inclusions: [{ direction: 'out', field: connection?.key ?? '' }] },
		);
		const towns = items.map((item) => Object(item['Buyer Record'])?.['Town']);
		return { towns, calls: sandbox.journal.filter({ service: 'knack', kind: 'read' }).length };
	}

	const many = Array.from({ length: 45_000 }, (_, at) => `Customer ${at} & Söhne`);
	const places = Array.from({ length: 40 }, (_, at) => at * 100 + 7);
	const towns = places.map((at) => `Town ${at}`);

	it('come with a call or two, however large their table is', async () => {
		const ids = world(many);
		expect(await townsOf(places.map((at) => ids[at]))).toEqual({ towns, calls: 1 });
	}, 60_000);

	it('come where many bear one name, and where some have none', async () => {
		const ids = world(many.map((name, at) => (at % 2 === 1 ? (at < 3_000 ? 'Smith' : '') : name)));
		const found = await townsOf(places.map((at) => ids[at]));
		expect(found.towns).toEqual(towns);
		expect(found.calls).toBeLessThanOrEqual(2 + 40);
	}, 60_000);

	it('come one by one where Knack shows them by what it does not find by text', async () => {
		const ids = world(
			many.map((_, at) => String(at)),
			'number',
		);
		expect((await townsOf(places.slice(0, 5).map((at) => ids[at]))).towns).toEqual(
			towns.slice(0, 5),
		);
	}, 60_000);
});
