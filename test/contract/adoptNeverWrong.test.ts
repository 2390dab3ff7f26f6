import fc from 'fast-check';
import { adoptDocuments } from '../../lib/sync/adopt/adoptDocuments';
import type { Draft } from '../../lib/sync/draft';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import type { Sandbox } from '../../sandbox/sandbox';
import { postedByZapier } from '../support/otherTools';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

/**
 * Whether Adopt ever links a record to a document that was made of another order. The worlds are
 * full of near-duplicates: few customers, days, amounts and words, many orders.
 */

const HOW = [
	'notPosted',
	'noReference',
	'sameReference',
	'inWords',
	'asNumber',
	'gluedNumber',
	'wrongTotal',
	'voided',
] as const;

const anOrder = fc.record({
	customer: fc.constantFrom('Acme Ltd', 'Bolt & Sons'),
	day: fc.constantFrom('2026-11-18', '2026-11-20', '2026-11-21'),
	amount: fc.constantFrom(10, 25),
	words: fc.constantFrom('Oak table', 'Labour'),
	/** Splits of one order have names that begin alike. */
	suffix: fc.constantFrom('', '', '-B', '-1'),
	how: fc.constantFrom(...HOW),
	hasNumber: fc.boolean(),
	isInRun: fc.integer({ min: 0, max: 4 }).map((value) => value > 0),
});

const aWorld = fc.array(anOrder, { minLength: 2, maxLength: 8 });

interface Drawn {
	readonly customer: string;
	readonly day: string;
	readonly amount: number;
	readonly words: string;
	readonly suffix: string;
	readonly how: (typeof HOW)[number];
	readonly hasNumber: boolean;
	readonly isInRun: boolean;
}

interface Order extends Drawn {
	readonly name: string;
}

/** Orders under names of which each is one order, some of them beginning alike. */
function namedOrders(drawn: readonly Drawn[], world: number): Order[] {
	const byName = new Map<string, Order>();
	drawn.forEach((order, index) => {
		const name = `ORD-${10 * (world + 1) + Math.floor(index / 2)}${order.suffix}`;
		if (!byName.has(name))
			byName.set(name, { ...order, name, customer: `${order.customer} ${world}` });
	});
	return [...byName.values()];
}

function draftOf(order: Order, index: number): Draft {
	return {
		type: 'salesInvoice',
		itemIndexes: [index],
		fields: {
			'contact.name': order.customer,
			reference: order.name,
			date: order.day,
			...(order.hasNumber ? { invoiceNumber: `JOB-${index}` } : {}),
		},
		lines: [
			{
				fields: {
					description: order.words,
					quantity: '1',
					unitAmount: String(order.amount),
					accountCode: '200',
					taxType: 'OUTPUT2',
				},
			},
		],
		source: { knackRecordId: `record-${index}` },
		issues: [],
	};
}

/** What tells an order from all others at all: without any of it, nobody could tell. */
const lookOf = ({ customer, day, amount, words }: Order) =>
	[customer, day, amount, words].join(' ');

function post(world: XeroInMemory, order: Order, index: number): string | undefined {
	if (order.how === 'notPosted') return undefined;
	const { name } = order;
	const reference = {
		sameReference: name,
		inWords: `Knack order ${name}, paid by card`,
		wrongTotal: `Order ${name}`,
	}[order.how as string];
	const number = { asNumber: name, gluedNumber: `ZAP-${name}` }[order.how as string];
	const unitAmount = order.how === 'wrongTotal' ? order.amount + 1 : order.amount;
	const id = postedByZapier(world, {
		contact: order.customer,
		date: order.day,
		reference,
		number: number ?? `AUTO-${index}`,
		lines: [{ description: order.words, unitAmount }],
	});
	if (order.how === 'voided') world.sandbox.xero.voidInvoice({ invoiceId: id });
	return id;
}

describe('Adopt, among near-duplicates', () => {
	let world: XeroInMemory;
	let fresh: ReturnType<Sandbox['xero']['snapshot']>;
	const counts = { cases: 0, linked: 0, posted: 0 };

	beforeAll(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		fresh = world.sandbox.xero.snapshot();
	});

	it('links no record to the document of another in 600 worlds', async () => {
		const { settings, clock, turns, sandbox } = world;
		await fc.assert(
			fc.asyncProperty(fc.array(aWorld, { minLength: 3, maxLength: 3 }), async (worlds) => {
				// An order outside of the run may not be the very image of one in it, under a document
				// without a name: nobody could tell these apart.
				const orders = worlds.flatMap(namedOrders);
				const looks = new Set(orders.filter(({ isInRun }) => isInRun).map(lookOf));
				const told = orders.map((order) =>
					!order.isInRun && looks.has(lookOf(order)) && order.how === 'noReference'
						? { ...order, how: 'inWords' as const }
						: order,
				);
				sandbox.xero.restore(fresh);
				const made = told.map((order, index) => post(world, order, index));
				const inRun = told.flatMap((order, index) => (order.isInRun ? [index] : []));
				const { outcomes } = await adoptDocuments(
					{ client: world.anotherClient(), settings, clock, turns },
					SALES_INVOICE,
					inRun.map((index) => draftOf(told[index] as Order, index)),
					{ ...DEFAULT_OPTIONS, isPreview: false },
				);
				counts.cases += worlds.length;
				inRun.forEach((index, position) => {
					const outcome = outcomes[position];
					if (made[index] !== undefined) counts.posted += 1;
					if (outcome?.outcome !== 'linked') return;
					counts.linked += 1;
					expect(outcome.document.id).toBe(made[index]);
				});
				const ids = outcomes.flatMap(({ outcome, document }) =>
					outcome === 'linked' ? [document.id] : [],
				);
				expect(new Set(ids).size).toBe(ids.length);
			}),
			{ numRuns: 200 },
		);
		expect(counts.cases).toBeGreaterThanOrEqual(600);
		// It would be easy to be never wrong by never linking.
		expect(counts.linked).toBeGreaterThan(counts.posted * 0.35);
	}, 180_000);
});
