import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { readRanOutcome } from '../../lib/sync/undo/ranOutcome';
import { previewUndo, undo } from '../../lib/sync/undo/undo';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertContext } from '../../lib/sync/upsertContext';
import { Turns } from '../../lib/sync/write/turns';
import { shownOutcome } from '../../lib/n8n/shownOutcome';
import { DOCUMENTS } from '../../lib/xero/documents';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { bill, NAILS, order, ORDERED, ordersOf, upsert, type Line } from './orderedBillsTestbed';

const CORRECTING = {
	...DEFAULT_OPTIONS,
	issuedDocuments: 'creditNote' as const,
	booksClosedUntil: '2026-11-20',
};
const LEAVING = [
	'Change purchase order PO-12 from Billed to Approved',
	'Note on purchase order PO-12 that this bill is not for it any more',
];

function record(lines: readonly Line[]): Draft {
	return {
		...bill('T-1', lines, { status: 'AUTHORISED' }),
		source: { table: 'object_1', knackRecordId: 'record-1' },
	};
}

/** Another worker, or a later run. */
function contextOf(world: XeroInMemory, port?: (inner: HttpPort) => HttpPort): UpsertContext {
	world.sandbox.clock.advance(1_000);
	const { settings, clock } = world;
	return { client: world.anotherClient(port), settings, clock, turns: new Turns() };
}

/** The process dies at a request that fits: before or after that takes effect. */
async function dying(
	world: XeroInMemory,
	at: { readonly is: (method: string, path: string) => boolean; readonly when: string },
	run: (context: UpsertContext) => Promise<unknown>,
): Promise<void> {
	let isDead = false;
	const context = contextOf(world, (inner) => async (request) => {
		const isHere = at.is(request.method, new URL(request.url).pathname.split('/2.0')[1] ?? '');
		if (isDead || (isHere && at.when === 'before')) isDead = true;
		if (isDead) throw new Error('killed');
		const answer = await inner(request);
		if (isHere) isDead = true;
		if (isDead) throw new Error('killed');
		return answer;
	});
	await expect(run(context)).rejects.toThrow('killed');
}

type Told = Pick<Outcome, 'outcome' | 'operations'>;

const isOnOrders = (path: string) => path.startsWith('/PurchaseOrders');

/** Where a worker that is through with the bill may die before its order says so. */
const WRITES: ReadonlyArray<[string, (method: string, path: string) => boolean]> = [
	['opens the order', (method, path) => method === 'POST' && isOnOrders(path)],
	[
		'notes on the order that the bill left it',
		(method, path) => method === 'PUT' && isOnOrders(path) && path.endsWith('/History'),
	],
];

describe('a worker that dies once a bill is done and before its order is', () => {
	let world: XeroInMemory;
	let made: Outcome | undefined;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		await order(world);
		[made] = (await upsert(world, [record(ORDERED)])).outcomes;
		expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
	});

	const bills = () => world.sandbox.xero.organisation().invoices.all();

	describe.each(WRITES)('as it %s', (_what, is) => {
		describe.each(['before', 'after'])('%s that takes effect', (when) => {
			it('leaves the next run the order of a bill that was corrected by a credit note', async () => {
				const corrected = record([['Timber', '500'], NAILS]);
				await dying(
					world,
					{ is, when },
					async (context) =>
						await upsertDocuments(context, DOCUMENTS.bill, [corrected], CORRECTING),
				);
				expect(bills().map(({ status }) => status)).toEqual(['PAID', 'AUTHORISED']);

				const { outcomes, preview } = await upsert(world, [corrected], CORRECTING);
				expect(outcomes[0]).toMatchObject({ outcome: 'updated', issues: [] });
				expect(preview[0]?.operations).toEqual(outcomes[0]?.operations);
				expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED' });
				const again = await upsert(world, [corrected], CORRECTING);
				expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
				expect(again.writes).toBe(0);
				// What is left of the order is there for another bill.
				const rest = await upsert(world, [bill('T-2', [['Timber', '100']])]);
				expect(rest.outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
				expect(ordersOf(world)).toEqual({ 'PO-12': 'BILLED' });
			});

			it('leaves the next change of its status the order of a bill that is voided', async () => {
				const named = { ...record([]), fields: { invoiceNumber: 'T-1' }, lines: undefined };
				const change = [DOCUMENTS.bill, [named], 'VOIDED'] as const;
				await dying(world, { is, when }, async (context) => await changeStatus(context, ...change));
				expect(bills()).toMatchObject([{ status: 'VOIDED' }]);

				const preview = await previewStatusChange(contextOf(world), ...change);
				const context = contextOf(world);
				// The bill was given twice.
				const { outcomes } = await changeStatus(context, DOCUMENTS.bill, [named, named], 'VOIDED');
				expectLeft(outcomes[0], 'updated');
				expect(outcomes[1]).toMatchObject({ outcome: 'unchanged', issues: [] });
				expectForeseen(preview.outcomes[0], outcomes[0]);
				expect(preview.outcomes[0]?.changes).toEqual(outcomes[0]?.changes);
				expect(context.client.calls().writes).toBe(preview.expectedCalls);
				expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED' });
				const again = contextOf(world);
				expect(await changeStatus(again, ...change)).toMatchObject({
					outcomes: [{ outcome: 'unchanged', issues: [] }],
				});
				expect(again.client.calls().writes).toBe(0);
			});

			it('leaves the next undo the order of a bill that is taken back', async () => {
				const read = readRanOutcome(JSON.parse(JSON.stringify(made && shownOutcome(made))), 0);
				if (!read.ok) throw new Error(read.failure.message);
				const what = [[read.value], { archivesContacts: false, reason: 'In error.' }] as const;
				await dying(world, { is, when }, async (context) => await undo(context, ...what));
				expect(bills()).toMatchObject([{ status: 'VOIDED' }]);

				const preview = await previewUndo(contextOf(world), ...what);
				const context = contextOf(world);
				const { outcomes } = await undo(context, ...what);
				expectLeft(outcomes[0], 'undone');
				expectForeseen(preview.outcomes[0], outcomes[0]);
				expect(context.client.calls().writes).toBe(preview.expectedCalls);
				expect(ordersOf(world)).toEqual({ 'PO-12': 'AUTHORISED' });
				const again = contextOf(world);
				expect((await undo(again, ...what)).outcomes[0]?.outcome).toBe('unchanged');
				expect(again.client.calls().writes).toBe(0);
			});

			function expectForeseen(foreseen: Told | undefined, done: Told | undefined) {
				const outcome = foreseen?.outcome.replace('wouldUpdate', 'updated');
				expect(outcome?.replace('wouldUndo', 'undone')).toBe(done?.outcome);
				expect(foreseen?.operations).toEqual(done?.operations);
			}

			/** Which of both was done before the worker died, the sandbox tells. */
			function expectLeft(told: Told | undefined, outcome: string) {
				const isNoted = when === 'after' && is('PUT', '/PurchaseOrders/1/History');
				const isOpen = when === 'after' || is('PUT', '/PurchaseOrders/1/History');
				expect(told?.outcome).toBe(isNoted ? 'unchanged' : outcome);
				expect(told?.operations ?? []).toEqual(isNoted ? [] : LEAVING.slice(isOpen ? 1 : 0));
			}
		});
	});
});
