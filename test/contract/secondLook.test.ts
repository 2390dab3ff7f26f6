import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import { Turns } from '../../lib/sync/write/turns';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { KINDS } from '../prove/kinds';
import { startsOf } from '../prove/proof';
import { Random } from '../prove/random';
import { troubledPort, UNTROUBLED } from '../prove/troubledPort';
import { growLedger } from '../support/largeLedger';
import { orderDraft } from '../support/orders';
import { xeroInMemory } from '../support/xeroInMemory';

const ORDERS = 130;

function ordersByReference(): Draft[] {
	return Array.from({ length: ORDERS }, (_, index): Draft => {
		const draft = orderDraft(index, `Customer ${index % 40} Ltd`);
		const { invoiceNumber, ...fields } = draft.fields;
		return { ...draft, fields };
	});
}

describe('The look for twins after writing', () => {
	it('finds those that another worker posted meanwhile, although it reads what changed alone', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		await upsertDocuments(world, SALES_INVOICE, [orderDraft(9_000, 'Old Ltd')]);
		growLedger(world.sandbox, 5_000);
		await world.clock.sleep(24 * 60 * 60_000);
		let hasPosted = false;
		let readSince = 0;
		const withoutKeys =
			(inner: HttpPort): HttpPort =>
			async (request) => {
				const { 'idempotency-key': _, ...headers } = { ...request.headers };
				return await inner({ ...request, headers });
			};
		/** Another worker posts all of them just before the first batch of this one leaves. */
		const overtaken =
			(inner: HttpPort): HttpPort =>
			async (request) => {
				if (request.headers?.['if-modified-since']) readSince += 1;
				if (!hasPosted && request.method === 'PUT' && request.url.endsWith('/Invoices')) {
					hasPosted = true;
					const other = { ...world, client: world.anotherClient(withoutKeys), turns: new Turns() };
					await upsertDocuments(other, SALES_INVOICE, ordersByReference());
					await world.clock.sleep(1_000);
				}
				return await inner(request);
			};
		const run = { ...world, client: world.anotherClient(overtaken), turns: new Turns() };
		await upsertDocuments(run, SALES_INVOICE, ordersByReference());
		const live = world.sandbox.xero
			.invoices()
			.filter(
				({ Reference, Status }) =>
					/^ORD-\d+$/.test(String(Reference)) && !['VOIDED', 'DELETED'].includes(String(Status)),
			);
		expect(hasPosted).toBe(true);
		const references = live.map(({ Reference }) => Reference).filter((each) => each !== 'ORD-9000');
		expect(references).toHaveLength(ORDERS);
		expect(new Set(references).size).toBe(ORDERS);
		expect(readSince).toBeGreaterThan(0);
	});
});

describe('Two workers that create the same in the same millisecond', () => {
	const kinds = KINDS.filter(({ name }) => name === 'payment');

	it.each(kinds)(
		'leave exactly one of each $name',
		async (kind) => {
			const world = await xeroInMemory();
			world.sandbox.xero.configure({ limitsOn: false });
			const starts = await startsOf(world, kinds);
			const start = starts.get(kind.name) ?? world.sandbox.snapshot();
			const orders = Array.from({ length: 12 }, (_, index) => ({
				number: index + 1,
				customer: 'Owner Ltd',
				quantities: [index + 1],
			}));
			const wrong: string[] = [];
			for (const seed of [6, 15, 26, 41]) {
				world.sandbox.restore(start);
				const random = new Random(seed);
				const run = async (own: typeof orders) => {
					const client = world.anotherClient((inner) =>
						troubledPort(inner, { ...UNTROUBLED, dawdles: true }, random, world.sandbox.clock),
					);
					const context = { ...world, client, turns: new Turns() };
					await upsertDocuments(
						context,
						kind.definition,
						own.map((order, index) => kind.draft(order, index)),
					);
				};
				await Promise.all([run(orders), run(orders.slice(random.int(0, 1)))]);
				const live = kind.ledger(world.sandbox).map(({ key }) => key);
				for (const order of orders) {
					const { key } = kind.expected(order);
					const times = live.filter((each) => each === key).length;
					if (times !== 1) wrong.push(`seed ${seed}: ${key} ${times} times`);
				}
			}
			expect(wrong).toEqual([]);
		},
		300_000,
	);
});
