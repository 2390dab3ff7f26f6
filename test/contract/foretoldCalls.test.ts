/** What a preview says that writing takes is what it takes, for each kind of document. */
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertContext } from '../../lib/sync/upsertContext';
import type { KnackOrder } from '../prove/kind';
import { KINDS } from '../prove/kinds';
import { startsOf } from '../prove/proof';
import { Random } from '../prove/random';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

describe('a preview foretells the calls', () => {
	let world: XeroInMemory;
	let starts: Awaited<ReturnType<typeof startsOf>>;

	beforeAll(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		starts = await startsOf(world, KINDS);
	});

	const kinds = KINDS.filter(({ send, organisationId }) => !send && !organisationId);

	it.each(kinds.map((kind) => ({ kind, name: kind.name })))('of each $name', async ({ kind }) => {
		// More than those that go one at a time only for each other's sake.
		for (const records of [1, 3, 11]) {
			const start = starts.get(kind.name);
			if (start) world.sandbox.restore(start);
			const orders = Array.from({ length: records }, (_, index): KnackOrder => {
				return { number: index + 1, customer: 'Customer 1', quantities: [1 + (index % 5), 2] };
			});
			const once = async () => {
				world.sandbox.clock.advance(1_000);
				const { settings, clock, turns } = world;
				const client = world.anotherClient();
				const context: UpsertContext = { client, settings, clock, turns };
				const options = { ...DEFAULT_OPTIONS, ...kind.options };
				const drafts = orders.map((order, index) => kind.draft(order, index));
				const preview = await previewDocuments(context, kind.definition, drafts, options);
				await upsertDocuments(context, kind.definition, drafts, options);
				const { writes } = client.calls();
				expect({ records, writes: preview.expectedCalls }).toEqual({ records, writes });
				return writes;
			};
			expect(await once()).toBeGreaterThan(0);
			if (kind.isFinal) continue;
			for (const order of orders) {
				if (kind.edit) kind.edit(order, new Random(records));
				else order.quantities = order.quantities.map((quantity) => quantity + 1);
			}
			await once();
		}
	});
});
