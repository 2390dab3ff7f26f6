import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { Turns } from '../../lib/sync/write/turns';
import { DOCUMENTS } from '../../lib/xero/documents';
import { netByAccount } from '../support/netByAccount';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { Random } from './random';
import { Killed, randomTrouble, troubledPort, UNTROUBLED, type Trouble } from './troubledPort';

const DAY_MS = 86_400_000;

interface CorrectedKind {
	readonly type: 'salesInvoice' | 'bill';
	/** What the record is known by. */
	readonly identity: 'invoiceNumber' | 'reference';
}

/** The documents that are corrected, by what they are known by. */
export const CORRECTED_KINDS: Readonly<Record<string, CorrectedKind>> = {
	'sales invoice by number': { type: 'salesInvoice', identity: 'invoiceNumber' },
	'sales invoice by reference': { type: 'salesInvoice', identity: 'reference' },
	bill: { type: 'bill', identity: 'invoiceNumber' },
};

const CUSTOMERS = ['Acme Ltd', 'Bolt Ltd'];

export interface CorrectionProof {
	readonly kills: number;
	readonly races: number;
	/** One line for each run that ended wrong; none is the proof. */
	readonly failures: readonly string[];
}

/** A record whose price, and at times its customer, is changed after its document was sent. */
interface Order {
	readonly name: string;
	customer: string;
	price: number;
	xeroId?: string;
}

function draftOf({ type, identity }: CorrectedKind, order: Order, index: number): Draft {
	return {
		type,
		itemIndexes: [index],
		...(order.xeroId === undefined ? {} : { id: order.xeroId }),
		fields: {
			'contact.name': order.customer,
			[identity]: order.name,
			date: '2026-11-02',
			dueDate: '2026-12-02',
			status: 'AUTHORISED',
		},
		lines: [
			{
				fields: {
					description: 'Work',
					quantity: '1',
					unitAmount: String(order.price),
					accountCode: type === 'bill' ? '429' : '200',
					taxType: type === 'bill' ? 'INPUT2' : 'OUTPUT2',
				},
			},
		],
		source: { knackRecordId: order.name, table: 'object_2' },
		issues: [],
	};
}

/**
 * Lets seeded trouble loose on corrections: processes that die before or after any request, answers
 * and requests that are lost, two workers at once, prices that change again in between, ids that
 * never reach Knack. At rest each record has one credit note, one allocation and one new document.
 */
export async function proveCorrections({
	kind: name,
	runs,
	firstSeed,
	plantedFault = (inner) => inner,
}: {
	readonly kind: string;
	readonly runs: number;
	readonly firstSeed: number;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
}): Promise<CorrectionProof> {
	const kind = CORRECTED_KINDS[name];
	if (!kind) throw new Error(`There is no kind ${name}.`);
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	world.sandbox.xero.seedContacts(CUSTOMERS.map((customer) => ({ name: customer })));
	const empty = world.sandbox.snapshot();
	const counts = { kills: 0, races: 0 };
	const failures: string[] = [];
	for (let run = 0; run < runs; run += 1) {
		const seed = firstSeed + run;
		world.sandbox.restore(empty);
		const failure = await proveOnce(world, kind, new Random(seed), { counts, plantedFault });
		if (failure !== undefined) failures.push(`seed ${seed}: ${failure}`);
	}
	return { ...counts, failures };
}

/** Always onwards: a change that is undone before its credit note is used leaves that one open. */
function change(order: Order, random: Random): void {
	order.price += 7;
	if (random.percent(30)) order.customer = random.pick(CUSTOMERS);
}

async function sendToCustomers(world: XeroInMemory): Promise<void> {
	const { invoices } = world.sandbox.xero.organisation();
	for (const { id, status } of invoices.all()) {
		if (status !== 'AUTHORISED') continue;
		const answer = await world.anotherClient().write({
			method: 'POST',
			path: '/Invoices',
			body: { Invoices: [{ InvoiceID: id, SentToContact: true }] },
			idempotencyKey: `sent ${id}`,
		});
		if (answer.kind !== 'accepted') throw new Error(`${id} could not be sent.`);
	}
}

interface Proving {
	readonly counts: { kills: number; races: number };
	readonly plantedFault: (inner: HttpPort) => HttpPort;
}

async function proveOnce(
	world: XeroInMemory,
	kind: CorrectedKind,
	random: Random,
	{ counts, plantedFault }: Proving,
): Promise<string | undefined> {
	const orders = Array.from({ length: random.int(1, 3) }, (_, index): Order => {
		return { name: `DOC-${index + 1}`, customer: 'Acme Ltd', price: 100 * (index + 1) };
	});
	let booksClosedUntil: string | undefined;
	const work = async (trouble: Trouble, seed: number): Promise<readonly Outcome[]> => {
		const chance = new Random(seed);
		const client = world.anotherClient((inner) =>
			troubledPort(plantedFault(inner), trouble, chance, world.sandbox.clock),
		);
		const drafts = orders.map((order, index) => draftOf(kind, order, index));
		const { settings, clock } = world;
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns: new Turns() },
			DOCUMENTS[kind.type],
			drafts,
			{
				...DEFAULT_OPTIONS,
				issuedDocuments: 'creditNote',
				...(booksClosedUntil === undefined ? {} : { booksClosedUntil }),
			},
		);
		outcomes.forEach(({ document }, index) => {
			const order = orders[index];
			if (order && document.id !== undefined && !random.percent(50)) order.xeroId = document.id;
		});
		return outcomes;
	};
	const survive = async (trouble: Trouble): Promise<void> => {
		try {
			await work(trouble, random.int(0, 1_000_000));
		} catch (error) {
			if (error instanceof Killed) counts.kills += 1;
			else if (!(error instanceof Error && error.name === 'ServiceFaultError')) throw error;
		}
	};

	await work(UNTROUBLED, 1);
	const { xero } = world.sandbox;
	const corrections = random.int(1, 2);
	for (let correction = 0; correction < corrections; correction += 1) {
		if (kind.type === 'bill') {
			// Nobody sends bills to anybody: theirs come to lie in a closed period.
			booksClosedUntil = xero
				.organisation()
				.invoices.all()
				.map(({ date }) => date)
				.sort()
				.at(-1);
		} else await sendToCustomers(world);
		for (const order of orders) change(order, random);
		for (let round = random.int(1, 4); round > 0; round -= 1) {
			if (random.percent(35)) {
				counts.races += 1;
				await Promise.all([
					survive(randomTrouble(random, false)),
					survive(randomTrouble(random, false)),
				]);
			} else {
				await survive(randomTrouble(random, true));
			}
			if (random.percent(25)) world.sandbox.clock.advance(30 * DAY_MS);
			if (random.percent(25)) change(random.pick(orders), random);
		}
		await work(UNTROUBLED, 1);
		world.sandbox.clock.advance(1_000);
	}
	const before = world.sandbox.journal.counts().byService.xero?.write ?? 0;
	const outcomes = await work(UNTROUBLED, 1);
	const writes = (world.sandbox.journal.counts().byService.xero?.write ?? 0) - before;
	const restless = outcomes.filter(({ outcome }) => outcome !== 'unchanged');
	if (restless.length > 0)
		return `not at rest: ${restless.map((each) => each.summary).join(' | ')}`;
	if (writes > 0) return `${writes} write(s) although nothing was to be done`;
	return difference(world, kind, orders, corrections);
}

function difference(
	{ sandbox }: XeroInMemory,
	{ type }: CorrectedKind,
	orders: readonly Order[],
	corrections: number,
): string | undefined {
	const ledger = sandbox.xero.organisation();
	const live = (row: { readonly status: string }) => !['VOIDED', 'DELETED'].includes(row.status);
	const count = orders.length;
	const found = {
		invoices: ledger.invoices.all().filter(live).length,
		creditNotes: ledger.creditNotes.all().filter(live).length,
		allocations: ledger.allocations.all().filter((each) => !each.deleted).length,
		uncredited: ledger.creditNotes.all().filter((row) => live(row) && !row.remainingCredit.eq(0))
			.length,
	};
	const credits = count * corrections;
	const wanted = {
		invoices: count + credits,
		creditNotes: credits,
		allocations: credits,
		uncredited: 0,
	};
	if (JSON.stringify(found) !== JSON.stringify(wanted)) {
		return `the ledger holds ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`;
	}
	const net = orders.reduce((sum, { price }) => sum + price, 0);
	const account = type === 'bill' ? '429 INPUT2' : '200 OUTPUT2';
	const sums = { [account]: `${net.toFixed(2)} + ${(net / 5).toFixed(2)}` };
	const books = netByAccount(ledger);
	return JSON.stringify(books) === JSON.stringify(sums)
		? undefined
		: `the books say ${JSON.stringify(books)} instead of ${JSON.stringify(sums)}`;
}
