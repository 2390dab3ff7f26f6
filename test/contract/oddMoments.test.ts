/** Each of these held by one line of code alone, and no test would have missed the line. */
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { afterWrite } from '../../lib/sync/afterWrite/afterWrite';
import { Turns } from '../../lib/sync/write/turns';
import { CONTACT } from '../../lib/xero/documents/contact';
import { PAYMENT } from '../../lib/xero/documents/payment';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { ledgerInvoices } from '../support/ledger';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { invoiceDraft, paymentDraft } from '../unit/syncFixtures';

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

	it('a twin that was approved is never taken back: both are shown, with their addresses', async () => {
		const world = await xeroInMemory();
		const record = order({ invoiceNumber: undefined, reference: 'ORD-1' });
		await Promise.all(
			['INV-1', 'INV-2'].map(async (invoiceNumber) => {
				await run(world, [order({ invoiceNumber, reference: 'ORD-1' })]);
			}),
		);
		const { outcomes, writes } = await run(world, [record]);
		expect(outcomes[0]).toMatchObject({ outcome: 'held', issues: [{ code: 'XERO_POSTED_TWICE' }] });
		expect(outcomes[0]?.issues[0]?.message).toMatch(/INV-1.*https:.*INV-2.*https:/);
		expect(outcomes[0]?.issues[0]?.candidates?.map(({ url }) => url)).toHaveLength(2);
		expect(writes).toBe(0);
		const [first] = ledgerInvoices(world.sandbox);
		const kept = await run(world, [{ ...record, id: first?.InvoiceID }]);
		expect(kept).toMatchObject({
			outcomes: [
				{
					outcome: 'held',
					document: { id: first?.InvoiceID },
					issues: [{ code: 'XERO_POSTED_TWICE', severity: 'hold' }],
				},
			],
			writes: 0,
		});
		expect(ledgerInvoices(world.sandbox).map(({ Status }) => Status)).toEqual([
			'AUTHORISED',
			'AUTHORISED',
		]);
	});

	it('a contact that another worker makes meanwhile keeps its e-mail address', async () => {
		const world = await xeroInMemory();
		const customer = (emailAddress: string): Draft => ({
			type: 'contact',
			itemIndexes: [0],
			fields: { name: 'Acme', emailAddress },
			source: { knackRecordId: 'a1' },
			issues: [],
		});
		const post = async (client: XeroInMemory['client'], record: Draft) =>
			await upsertDocuments({ ...world, client, turns: new Turns() }, CONTACT, [record]);
		let isFirst = true;
		const client = world.anotherClient((inner) => async (request) => {
			if (isFirst && request.method === 'PUT' && request.url.endsWith('/Contacts')) {
				isFirst = false;
				await post(world.anotherClient(), customer('theirs@x.example'));
			}
			return await inner(request);
		});
		const { outcomes } = await post(client, customer('ours@x.example'));
		expect(outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_CONTACT_CONTRADICTED' }],
		});
		expect(world.sandbox.xero.contacts()).toMatchObject([{ EmailAddress: 'theirs@x.example' }]);
	});

	it('a twin of a draft whose id the record keeps is found by a later run, and taken back', async () => {
		const world = await xeroInMemory();
		const draft = { status: 'DRAFT', reference: 'ORD-1' };
		await Promise.all(
			['INV-1', 'INV-2'].map(async (invoiceNumber) => {
				await run(world, [order({ ...draft, invoiceNumber })]);
			}),
		);
		const [kept] = ledgerInvoices(world.sandbox);
		const record = order({ ...draft, invoiceNumber: undefined });
		const { outcomes } = await run(world, [{ ...record, id: kept?.InvoiceID }]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'unchanged',
			document: { id: kept?.InvoiceID },
			issues: [{ code: 'XERO_POSTED_TWICE', severity: 'warn' }],
		});
		expect(outcomes[0]?.issues[0]?.message).toBe(
			'Two runs at the same moment posted this record; INV-1, Acme Limited, GBP 25.20, draft is kept and INV-2, Acme Limited, GBP 25.20, draft taken back.',
		);
		expect(ledgerInvoices(world.sandbox).map(({ Status }) => Status)).toEqual(['DRAFT', 'DELETED']);
	});

	it('two alike of which a person made one are for a person, and neither is taken back', async () => {
		const world = await xeroInMemory();
		const draft = { status: 'DRAFT', reference: 'ORD-1' };
		await Promise.all(
			['INV-1', 'INV-2'].map(async (invoiceNumber) => {
				await run(world, [order({ ...draft, invoiceNumber })]);
			}),
		);
		const { invoices } = world.sandbox.xero.organisation();
		const byHand = (id: string | undefined, createdByClientId: string | undefined) => {
			const row = id === undefined ? undefined : invoices.get(id);
			if (row) invoices.put(row.id, { ...row, createdByClientId });
		};
		const [one, other] = invoices.all();
		const record = order({ ...draft, invoiceNumber: undefined });
		byHand(other?.id, 'a person');
		const held = await run(world, [record]);
		expect(held.outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_DOCUMENT_AMBIGUOUS', candidates: [{}, {}] }],
		});
		const kept = await run(world, [{ ...record, id: one?.id }]);
		expect(kept.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
		byHand(one?.id, 'a person');
		expect((await run(world, [record])).outcomes[0]).toMatchObject({ outcome: 'held' });
		// Nor is the app's own, where the first of them is the person's.
		byHand(other?.id, other?.createdByClientId);
		expect((await run(world, [record])).outcomes[0]).toMatchObject({ outcome: 'held' });
		expect([held.writes, kept.writes]).toEqual([0, 0]);
		expect(ledgerInvoices(world.sandbox).map(({ Status }) => Status)).toEqual(['DRAFT', 'DRAFT']);
		// The app's own goes where the record keeps the person's.
		const { outcomes } = await run(world, [{ ...record, id: one?.id }]);
		expect(outcomes[0]).toMatchObject({
			document: { id: one?.id },
			issues: [{ code: 'XERO_POSTED_TWICE' }],
		});
		expect(ledgerInvoices(world.sandbox).map(({ Status }) => Status)).toEqual(['DRAFT', 'DELETED']);
	});

	it('a draft that stands beside an approved twin and another draft stays, as they all do', async () => {
		const world = await xeroInMemory();
		const draft = { status: 'DRAFT', reference: 'ORD-1' };
		await Promise.all(
			['INV-1', 'INV-2', 'INV-3'].map(async (invoiceNumber) => {
				await run(world, [order({ ...draft, invoiceNumber })]);
			}),
		);
		const [kept, , approved] = ledgerInvoices(world.sandbox);
		const { invoices } = world.sandbox.xero.organisation();
		const row = invoices.get(approved?.InvoiceID ?? '');
		if (row) invoices.put(row.id, { ...row, status: 'AUTHORISED' });
		const record = order({ ...draft, invoiceNumber: undefined });
		const held = await run(world, [{ ...record, id: kept?.InvoiceID }]);
		expect(held.outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_POSTED_TWICE', candidates: [{}, {}, {}] }],
		});
		expect(held.writes).toBe(0);
		expect(ledgerInvoices(world.sandbox).map(({ Status }) => Status)).toEqual([
			'DRAFT',
			'DRAFT',
			'AUTHORISED',
		]);
	});

	it('two alike of which another record keeps one are no twins', async () => {
		const world = await xeroInMemory();
		const draft = { status: 'DRAFT', reference: 'ORD-1' };
		const of = (knackRecordId: string) => ({ source: { knackRecordId, table: 'object_2' } });
		await run(world, [{ ...order({ ...draft, invoiceNumber: 'INV-1' }), ...of('a1') }]);
		await run(world, [{ ...order({ ...draft, invoiceNumber: 'INV-2' }), ...of('a2') }]);
		const [one, other] = ledgerInvoices(world.sandbox);
		const record = order({ ...draft, invoiceNumber: undefined });
		const { outcomes } = await run(world, [
			{ ...record, ...of('a1'), id: one?.InvoiceID },
			{ ...record, ...of('a2'), id: other?.InvoiceID, itemIndexes: [1] },
		]);
		expect(outcomes.map(({ document }) => document.id)).toEqual([one?.InvoiceID, other?.InvoiceID]);
		expect(ledgerInvoices(world.sandbox).map(({ Status }) => Status)).toEqual(['DRAFT', 'DRAFT']);
	});

	it('two payments alike on one invoice are for a person to tell apart', async () => {
		const world = await xeroInMemory();
		await run(world, [order()]);
		for (const date of ['2026-11-20', '2026-11-20']) {
			world.sandbox.xero.recordPayment({
				invoiceNumber: 'INV-1',
				amount: 5,
				date,
				reference: 'P-1',
			});
		}
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock: world.clock, turns: world.turns },
			PAYMENT,
			[paymentDraft({ amount: '5' })],
			DEFAULT_OPTIONS,
		);
		expect(outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_DOCUMENT_AMBIGUOUS', candidates: [{}, {}] }],
		});
		expect(client.calls().writes).toBe(0);
	});

	it('an approved invoice without a number is a draft until nobody else has posted it', async () => {
		const world = await xeroInMemory();
		const { outcomes } = await run(world, [
			order({ invoiceNumber: undefined, reference: 'ORD-1' }),
		]);
		expect(outcomes[0]).toMatchObject({ outcome: 'created', document: { status: 'AUTHORISED' } });
		const asked = world.sandbox.journal
			.filter({ service: 'xero', path: '/Invoices' })
			.map(
				({ method, requestBody }) =>
					`${method} ${/DRAFT|AUTHORISED/.exec(JSON.stringify(requestBody ?? ''))?.[0] ?? ''}`,
			);
		expect(asked.slice(-3)).toEqual(['PUT DRAFT', 'GET ', 'POST AUTHORISED']);
	});

	it('what cannot be looked for again is said, not approved, and healed by the next run', async () => {
		const world = await xeroInMemory();
		const record = order({ invoiceNumber: undefined, reference: 'ORD-1' });
		let isPosted = false;
		const client = world.anotherClient((inner) => async (request) => {
			if (isPosted && request.method === 'GET') {
				return { kind: 'noAnswer', code: 'ECONNRESET', reason: 'The connection was reset.' };
			}
			isPosted ||= request.method === 'PUT' && request.url.endsWith('/Invoices');
			return await inner(request);
		});
		const { settings, clock, turns } = world;
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns },
			SALES_INVOICE,
			[record],
			DEFAULT_OPTIONS,
		);
		expect(outcomes[0]).toMatchObject({ outcome: 'failed', issues: [{ code: 'XERO_NO_ANSWER' }] });
		expect(outcomes[0]?.issues[0]?.message).toContain('It was posted');
		expect(ledgerInvoices(world.sandbox).map(({ Status }) => Status)).toEqual(['DRAFT']);
		await run(world, [record]);
		expect(ledgerInvoices(world.sandbox).map(({ Status }) => Status)).toEqual(['AUTHORISED']);
	});

	it('a batch and a single record at the same moment are one document each, created once', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.seedContacts([{ name: String(order().fields['contact.name']) }]);
		const records = ['ORD-1', 'ORD-2', 'ORD-3'].map((reference) =>
			order({ invoiceNumber: undefined, reference }),
		);
		const reports = await Promise.all([
			run(world, records, new Turns()),
			...records.map(async (record) => await run(world, [record], new Turns())),
		]);
		const told = reports.flatMap(({ outcomes }) => outcomes);
		expect(told.filter(({ outcome }) => outcome === 'created')).toHaveLength(3);
		expect(told.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(3);
		const live = ledgerInvoices(world.sandbox).filter(({ Status }) => Status !== 'DELETED');
		expect(live.map(({ Reference }) => Reference).sort()).toEqual(['ORD-1', 'ORD-2', 'ORD-3']);
		expect(new Set(told.map(({ document }) => document.id))).toEqual(
			new Set(live.map(({ InvoiceID }) => InvoiceID)),
		);
	});

	it('a lost race by number costs one read for the whole batch', async () => {
		const world = await xeroInMemory();
		const records = Array.from({ length: 30 }, (_, index) =>
			order({ invoiceNumber: `INV-${index}` }),
		);
		world.sandbox.xero.seedContacts([{ name: String(order().fields['contact.name']) }]);
		let isFirst = true;
		let readsAtWrite = 0;
		const client = world.anotherClient((inner) => async (request) => {
			if (isFirst && request.method === 'PUT') {
				isFirst = false;
				await run(world, records, new Turns());
				readsAtWrite = client.calls().reads;
			}
			return await inner(request);
		});
		const { settings, clock } = world;
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns: new Turns() },
			SALES_INVOICE,
			records,
			DEFAULT_OPTIONS,
		);
		expect(new Set(outcomes.map(({ outcome, match }) => `${outcome} ${match?.by}`))).toEqual(
			new Set(['unchanged readBack']),
		);
		expect(client.calls().reads - readsAtWrite).toBe(1);
	});

	it('what goes with a document that was read back is done, unless Xero has it already', async () => {
		const world = await xeroInMemory();
		const { settings, clock, turns } = world;
		const record = order({
			invoiceNumber: 'INV-1',
			'contact.emailAddress': 'office@example.com',
		});
		world.sandbox.faults.add({
			kind: 'dropAfterCommit',
			service: 'xero',
			method: 'PUT',
			path: 'Invoices',
			times: 9,
		});
		const { outcomes } = await run(world, [record]);
		expect(outcomes[0]).toMatchObject({ outcome: 'unchanged', match: { by: 'readBack' } });
		world.sandbox.faults.clear();
		const after = async () =>
			await afterWrite(
				{ client: world.anotherClient(), settings, clock, turns },
				SALES_INVOICE,
				outcomes,
				() => ({ note: 'From Knack', email: 'once' }),
			);
		expect((await after())[0]?.after).toMatchObject({ noteAdded: true, emailed: true });
		world.sandbox.clock.advance(10 * 60_000);
		expect((await after())[0]?.after).toMatchObject({ noteAdded: false, emailed: false });
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
