/** Each of these held by one line of code alone, and no test would have missed the line. */
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { Turns } from '../../lib/sync/write/turns';
import { SALES_INVOICE } from '../../lib/xero/documents/invoice';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { ledgerInvoices } from '../support/ledger';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { invoiceDraft } from '../unit/syncFixtures';

async function run(world: XeroInMemory, drafts: readonly Draft[], turns = world.turns) {
	const client = world.anotherClient();
	const settings = await readOrganisationSettings(client);
	const context = { client, settings, clock: world.clock, turns };
	const report = await upsertDocuments(context, SALES_INVOICE, drafts, DEFAULT_OPTIONS);
	return { outcomes: report.outcomes, writes: client.calls().writes };
}

/** An invoice; a value of undefined leaves its field out. */
function order(over: Readonly<Record<string, string | undefined>> = {}): Draft {
	const draft = invoiceDraft({ date: '2026-11-20', dueDate: '2026-12-20' });
	const fields = Object.entries({ ...draft.fields, ...over });
	return {
		...draft,
		fields: Object.fromEntries(
			fields.flatMap(([path, value]) => (value === undefined ? [] : [[path, value]])),
		) satisfies FieldValues,
	};
}

describe('at an odd moment', () => {
	it('a change goes over again that was made, undone and made within minutes', async () => {
		const world = await xeroInMemory();
		const [created] = (await run(world, [order({ status: 'DRAFT', reference: 'A' })])).outcomes;
		const id = created?.document.id;
		for (const reference of ['B', 'A', 'B']) {
			world.sandbox.clock.advance(30_000);
			const { outcomes } = await run(world, [{ ...order({ status: 'DRAFT', reference }), id }]);
			expect(outcomes[0]).toMatchObject({ outcome: 'updated', issues: [] });
			expect(ledgerInvoices(world.sandbox).map((each) => each.Reference)).toEqual([reference]);
		}
	});

	it('an invoice stays here when Xero refuses its contact, and the others go', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.seedContacts([{ name: 'Known Ltd' }]);
		world.sandbox.faults.add({
			kind: 'status',
			service: 'xero',
			method: 'PUT',
			path: '/Contacts',
			status: 400,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				ErrorNumber: 10,
				Type: 'ValidationException',
				Message: 'A validation exception occurred',
				Elements: [{ ValidationErrors: [{ Message: 'This contact is not to our liking.' }] }],
			}),
		});
		const { outcomes } = await run(world, [
			order({ invoiceNumber: 'INV-1', 'contact.name': 'Refused Ltd' }),
			order({ invoiceNumber: 'INV-2', 'contact.name': 'Known Ltd' }),
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['blocked', 'created']);
		expect(JSON.stringify(outcomes[0]?.issues)).toContain('This contact is not to our liking.');
		const sent = world.sandbox.journal.filter({ kind: 'write', path: '/Invoices' });
		expect(sent).toHaveLength(1);
		expect(JSON.stringify(sent[0]?.requestBody)).not.toContain('INV-1');
		expect(ledgerInvoices(world.sandbox).map((each) => each.InvoiceNumber)).toEqual(['INV-2']);
	});

	it('two workers that Xero lets pass each other still leave one document of a record', async () => {
		/** A worker whose turns Xero cannot hold against those of another. */
		class UnsharedTurns extends Turns {
			constructor(private readonly first: number) {
				super();
			}

			override next(...args: Parameters<Turns['next']>): number {
				return this.first + super.next(...args);
			}
		}
		const world = await xeroInMemory();
		world.sandbox.xero.seedContacts([{ name: String(order().fields['contact.name']) }]);
		const record = order({ invoiceNumber: undefined, reference: 'ORD-1' });
		const reports = await Promise.all([
			run(world, [record], new UnsharedTurns(0)),
			run(world, [record], new UnsharedTurns(1_000)),
		]);
		const invoices = ledgerInvoices(world.sandbox);
		// Both were there: otherwise nothing is shown here.
		expect(invoices).toHaveLength(2);
		const live = invoices.filter(({ Status }) => !['VOIDED', 'DELETED'].includes(Status));
		expect(live).toHaveLength(1);
		const told = reports.map(({ outcomes }) => outcomes[0]);
		expect(told.map((each) => each?.outcome).sort()).toEqual(['created', 'unchanged']);
		expect(new Set(told.map((each) => each?.document.id))).toEqual(new Set([live[0]?.InvoiceID]));
	});

	it.each([
		[
			'in Auckland it is tomorrow',
			'NEWZEALANDSTANDARDTIME',
			'Pacific/Auckland',
			'20:00',
			'created',
		],
		[
			'in Los Angeles it is yesterday',
			'PACIFICSTANDARDTIME',
			'America/Los_Angeles',
			'02:00',
			'blocked',
		],
	] as const)(
		'today is the organisation’s day, which a lock date is held against: %s',
		async (_name, timezone, ianaZone, time, outcome) => {
			const world = await xeroInMemory();
			// One day is locked: in UTC the 22nd is, or is not, what it is there.
			const periodLockDate = outcome === 'created' ? '2026-11-22' : '2026-11-21';
			world.sandbox.xero.person.setOrganisation({ timezone, ianaZone, periodLockDate });
			world.sandbox.clock.set(new Date(`2026-11-22T${time}:00Z`).getTime());
			const undated = order({ date: undefined, status: 'AUTHORISED' });
			const { outcomes, writes } = await run(world, [undated]);
			expect(outcomes[0]?.outcome).toBe(outcome);
			if (outcome === 'blocked') {
				expect(outcomes[0]?.issues.map(({ code }) => code)).toEqual(['XERO_PERIOD_LOCKED']);
				expect(writes).toBe(0);
			}
		},
	);
});
