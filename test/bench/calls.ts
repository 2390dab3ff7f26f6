import { createHash } from 'node:crypto';

import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import { Turns } from '../../lib/sync/write/turns';
import { buildElement } from '../../lib/sync/plan/elements';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { PaymentTestbed } from '../contract/paymentTestbed';
import { growLedger } from '../support/largeLedger';
import { orderDraft } from '../support/orders';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

/** Requests that a job took at each service, and what the other way takes for the same. */
export interface CallFigures {
	readonly job: string;
	readonly records: number;
	readonly xero: number;
	readonly knack?: number;
	readonly peerXero: number;
	readonly peerKnack?: number;
	/** Xero calls that it may take at most, where that is promised. */
	readonly most?: number;
}

const CUSTOMERS = 300;

async function openWorld(): Promise<XeroInMemory> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	return world;
}

/** Requests to Xero that the journal of the sandbox has seen meanwhile. */
async function counted(world: XeroInMemory, work: () => Promise<unknown>): Promise<number> {
	world.sandbox.journal.clear();
	await work();
	const { read = 0, write = 0 } = world.sandbox.journal.counts().byService.xero ?? {};
	return read + write;
}

async function upsert(world: XeroInMemory, drafts: readonly Draft[]): Promise<void> {
	// A run of its own reads the organisation's settings too.
	const run = await xeroInMemory(world.sandbox);
	const report = await upsertDocuments(run, SALES_INVOICE, drafts);
	const bad = report.outcomes.find(({ outcome }) => !['created', 'unchanged'].includes(outcome));
	if (bad) throw new Error(bad.summary);
}

/**
 * The way of a workflow with n8n's own Xero node, or any that has one call for one record: look the
 * contact up, create it when it is not there, post the invoice. It cannot know what has changed.
 */
async function oneByOne(world: XeroInMemory, drafts: readonly Draft[]): Promise<void> {
	const client = world.anotherClient();
	const write = async (path: string, body: unknown) =>
		await client.write({
			method: 'POST',
			path,
			body,
			idempotencyKey: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
		});
	for (const draft of drafts) {
		const name = String(draft.fields['contact.name']);
		const where = `Name=="${name}"`;
		const found = await client.read({ path: '/Contacts', query: { where } });
		let contactId = idOf(found, 'Contacts', 'ContactID');
		if (contactId === undefined) {
			const made = await write('/Contacts', { Contacts: [{ Name: name }] });
			contactId = made.kind === 'accepted' ? idOf(made.body, 'Contacts', 'ContactID') : undefined;
		}
		const lines = draft.lines ?? [];
		const parts = { fields: draft.fields, lines, contactId };
		const invoice = buildElement(SALES_INVOICE, parts, world.settings);
		const posted = await write('/Invoices', { Invoices: [invoice] });
		if (posted.kind !== 'accepted') throw new Error(`Posting one by one: ${posted.kind}`);
	}
}

function idOf(body: unknown, list: string, name: string): string | undefined {
	const envelope: Record<string, unknown> =
		typeof body === 'object' && body !== null ? { ...body } : {};
	const elements = envelope[list];
	const [first]: unknown[] = Array.isArray(elements) ? elements : [];
	const element: Record<string, unknown> =
		typeof first === 'object' && first !== null ? { ...first } : {};
	const id = element[name];
	return typeof id === 'string' ? id : undefined;
}

/** New invoices with new contacts, and the same records again, both ways against the same twin. */
export async function measureUpserts(records: number): Promise<CallFigures[]> {
	const drafts = Array.from({ length: records }, (_, index) =>
		orderDraft(index, `Customer ${index % CUSTOMERS} Ltd`),
	);
	const [ours, peers] = [await openWorld(), await openWorld()];
	const figures: CallFigures[] = [];
	for (const job of ['new invoices and their contacts', 'the same again, nothing changed']) {
		figures.push({
			job,
			records,
			xero: await counted(ours, async () => await upsert(ours, drafts)),
			peerXero: await counted(peers, async () => await oneByOne(peers, drafts)),
		});
	}
	const invoices = ours.sandbox.xero.invoices().length;
	if (invoices !== records) throw new Error(`${invoices} invoices of ${records} records`);
	return figures;
}

export const NEW_ORDERS = 1_000;
export const NEW_CUSTOMERS = 500;
const CONTACTS = 400;

/** What is promised for these orders, by the size of the ledger. */
const MOST_CALLS: Readonly<Record<number, { readonly first: number; readonly again: number }>> = {
	2_000: { first: 45, again: 12 },
	50_000: { first: 70, again: 40 },
};

/** Orders of new customers, recognised by their reference alone, which Xero does not keep unique. */
interface NewOrders {
	readonly orders: number;
	readonly customers: number;
	readonly status: 'DRAFT' | 'AUTHORISED';
}

function ordersByReference({ orders, customers, status }: NewOrders): Draft[] {
	return Array.from({ length: orders }, (_, index): Draft => {
		const customer = `New Customer ${index % customers} Ltd`;
		const draft = orderDraft(100_000 + index, customer, { status });
		const { invoiceNumber, ...fields } = draft.fields;
		return { ...draft, fields };
	});
}

/** New orders by reference in ledgers of these sizes; and the same again. */
export async function measureLedgers(
	sizes: readonly number[],
	given: NewOrders,
): Promise<CallFigures[]> {
	const { orders, customers, status } = given;
	const drafts = ordersByReference(given);
	const kind = status === 'DRAFT' ? 'draft' : 'approved';
	const figures: CallFigures[] = [];
	for (const size of sizes) {
		const world = await openWorld();
		const old = Array.from({ length: CONTACTS }, (_, index) =>
			orderDraft(index, `Customer ${index} Ltd`),
		);
		await upsert(world, old);
		growLedger(world.sandbox, size);
		const promised = orders === NEW_ORDERS ? MOST_CALLS[size] : undefined;
		const words = `by reference in a ledger of ${size.toLocaleString('en-GB')} documents`;
		for (const [job, most] of [
			[`new ${kind} invoices of new contacts ${words}`, promised?.first],
			[`${kind} ones again ${words}`, promised?.again],
		] as const) {
			await world.clock.sleep(24 * 60 * 60_000);
			figures.push({
				job,
				records: orders,
				xero: await counted(world, async () => await upsert(world, drafts)),
				...(most === undefined ? {} : { most }),
				// Looked up, made and posted; then looked up and posted.
				peerXero: job.startsWith('new') ? 2 * orders + customers : 2 * orders,
			});
		}
		const posted = world.sandbox.xero.invoices().length - size;
		if (posted !== orders) throw new Error(`${posted} invoices of ${orders} orders`);
	}
	return figures;
}

type SingleKey = 'reference' | 'invoiceNumber';

/** Orders of a known customer, each given by itself to two workers. */
interface SingleOrders {
	readonly key: SingleKey;
	readonly status: 'DRAFT' | 'AUTHORISED';
	/** Whether the second worker has an order after the first is done with it, or at the same time. */
	readonly second: 'after' | 'beside';
	readonly orders: number;
}

const SINGLE_CUSTOMER = 'Single Customer Ltd';

/** An order that is known by one key alone. */
function orderBy(key: SingleKey, index: number, status: string): Draft {
	const draft = orderDraft(index, SINGLE_CUSTOMER, { status });
	const fields = Object.entries(draft.fields).filter(
		([path]) => path === key || !['reference', 'invoiceNumber'].includes(path),
	);
	return { ...draft, fields: Object.fromEntries(fields) };
}

async function outcomeBy(worker: XeroInMemory, draft: Draft): Promise<string> {
	const { outcomes } = await upsertDocuments(worker, SALES_INVOICE, [draft]);
	return outcomes[0]?.outcome ?? '';
}

/** Another worker of the same world, which shares nothing with the others. */
function workerOf(world: XeroInMemory): XeroInMemory {
	return { ...world, client: world.anotherClient(), turns: new Turns() };
}

/** Calls for orders that come one by one. Throws where one was not created once. */
export async function measureSingly(given: SingleOrders): Promise<number> {
	const { key, status, second, orders } = given;
	const world = await openWorld();
	await upsertDocuments(world, SALES_INVOICE, [orderDraft(9_000, SINGLE_CUSTOMER)]);
	const workers = [workerOf(world), workerOf(world)];
	return await counted(world, async () => {
		for (let index = 0; index < orders; index += 1) {
			const outcomes: string[] = [];
			const all = workers.map((worker) => async () => {
				outcomes.push(await outcomeBy(worker, orderBy(key, index, status)));
			});
			if (second === 'beside') await Promise.all(all.map(async (one) => await one()));
			else for (const one of all) await one();
			if (outcomes.sort().join() !== 'created,unchanged') throw new Error(outcomes.join());
		}
	});
}

/** Calls for approved orders of a customer that is new, all at once, each by a worker of its own. */
export async function measureFirstOrders(given: {
	readonly key: SingleKey;
	readonly orders: number;
}): Promise<number> {
	const world = await openWorld();
	return await counted(world, async () => {
		const outcomes = await Promise.all(
			Array.from({ length: given.orders }, async (_, index) =>
				outcomeBy(workerOf(world), orderBy(given.key, index, 'AUTHORISED')),
			),
		);
		const others = outcomes.filter((outcome) => outcome !== 'created');
		if (others.length > 0) throw new Error(others.join());
	});
}

const ORDERS = 200;

/**
 * Payment states brought to Knack, where a tenth of the open invoices has been paid since the last
 * run. The other way reads each open invoice and writes each record.
 */
export async function measurePayments(): Promise<CallFigures[]> {
	const bed = await PaymentTestbed.open();
	bed.sandbox.xero.configure({ limitsOn: false });
	const orders = Array.from({ length: ORDERS }, (_, index) => {
		const invoice = bed.invoice();
		const values = { 'Order Number': `BENCH-${index}`, 'Xero Invoice ID': invoice.id };
		return { invoice, recordId: bed.sandbox.knack.createRecord('Orders', values) };
	});
	let { state } = await bed.syncChanges(undefined);
	const paid = orders.filter((_, index) => index % 10 === 0);
	const message = bed.field('Sync Message').key;
	const figures: CallFigures[] = [];
	for (const [job, due] of [
		['open invoices, a tenth of them paid since the last run', paid],
		['open invoices, nothing happened since', []],
	] as const) {
		await bed.later(60 * 60_000);
		for (const { invoice } of due) bed.sandbox.xero.recordPayment({ invoiceId: invoice.id });
		const ours = await callsOf(bed, async () => {
			const report = await bed.syncChanges(state);
			state = report.state;
		});
		const peers = await callsOf(bed, async () => {
			for (const { invoice, recordId } of orders) {
				await bed.xero.client.read({ path: `/Invoices/${invoice.id}` });
				await bed.knack.update(bed.table.key, recordId, { [message]: 'Checked' });
			}
		});
		figures.push({
			job,
			records: orders.length,
			xero: ours.xero,
			knack: ours.knack,
			peerXero: peers.xero,
			peerKnack: peers.knack,
		});
	}
	return figures;
}

async function callsOf(bed: PaymentTestbed, work: () => Promise<void>) {
	bed.sandbox.journal.clear();
	await work();
	const { knack, xero } = bed.sandbox.journal.counts().byService;
	return {
		xero: (xero?.read ?? 0) + (xero?.write ?? 0),
		knack: (knack?.read ?? 0) + (knack?.write ?? 0),
	};
}
