import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { netByAccount } from '../support/netByAccount';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { definitionOf } from '../support/definitionOf';

type Type = 'salesInvoice' | 'bill';

const LINE: FieldValues = { description: 'Work', quantity: '3', unitAmount: '33.335' };
const OF_TYPE: { readonly [type in Type]: FieldValues } = {
	salesInvoice: { accountCode: '200', taxType: 'OUTPUT2' },
	bill: { accountCode: '429', taxType: 'INPUT2' },
};

interface Record {
	readonly type?: Type;
	readonly id?: string;
	readonly fields?: FieldValues;
	readonly lines?: readonly FieldValues[];
}

function draft({ type = 'salesInvoice', id, fields, lines = [{}] }: Record = {}): Draft {
	return {
		type,
		itemIndexes: [0],
		...(id === undefined ? {} : { id }),
		fields: {
			'contact.name': 'Acme Ltd',
			invoiceNumber: 'INV-7',
			date: '2026-11-02',
			dueDate: '2026-12-02',
			status: 'AUTHORISED',
			...fields,
		},
		lines: lines.map((line) => ({ fields: { ...LINE, ...OF_TYPE[type], ...line } })),
		source: { knackRecordId: 'a1', table: 'object_2' },
		issues: [],
	};
}

/** The books are closed over the day of the records. */
const CLOSED: Partial<UpsertOptions> = { booksClosedUntil: '2026-11-10' };
const CORRECTING: Partial<UpsertOptions> = { issuedDocuments: 'creditNote' };

describe('a document that was issued is corrected by a credit note', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	/** Previews and runs: both list the same operations, and end in the same. */
	async function run(record: Draft, options: Partial<UpsertOptions> = {}) {
		const definition = definitionOf(record.type);
		const { settings, clock } = world;
		const all = { ...DEFAULT_OPTIONS, ...CORRECTING, ...options };
		// Runs do not begin at the very moment at which another ended.
		world.sandbox.clock.advance(1_000);
		const previewing = world.anotherClient();
		const context = { client: previewing, settings, clock, turns: world.turns };
		const preview = await previewDocuments(context, definition, [record], all);
		expect(previewing.calls().writes).toBe(0);
		const client = world.anotherClient();
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns: world.turns },
			definition,
			[record],
			all,
		);
		const [outcome] = outcomes;
		const [foreseen] = preview.outcomes;
		if (!outcome || !foreseen) throw new Error('There is no outcome.');
		expect(
			foreseen.outcome.replace('wouldUpdate', 'updated').replace('wouldCreate', 'created'),
		).toBe(outcome.outcome);
		expect(foreseen.operations).toEqual(outcome.operations);
		expect(preview.expectedCalls).toBe(client.calls().writes);
		return {
			kind: outcome.outcome,
			codes: outcome.issues.map(({ code }) => code),
			messages: outcome.issues.map(({ message }) => message),
			candidates: outcome.issues.map(({ candidates }) => candidates),
			fixes: outcome.issues.map(({ fix }) => fix),
			operations: outcome.operations,
			document: outcome.document,
			fingerprint: outcome.sync.fingerprint,
			writes: client.calls().writes,
		};
	}

	async function inXero(path: string, element: object): Promise<void> {
		const answer = await world.anotherClient().write({
			method: 'POST',
			path: `/${path}`,
			body: { [path]: [element] },
			idempotencyKey: `by hand ${Math.random()}`,
		});
		expect(answer.kind).toBe('accepted');
	}

	const ledger = () => world.sandbox.xero.organisation();
	const invoices = () => ledger().invoices.all();
	const creditNotes = () => ledger().creditNotes.all();
	const last = () => {
		const invoice = invoices().at(-1);
		if (!invoice) throw new Error('There is no invoice.');
		return invoice;
	};

	/** Posts the record and sends it to the customer. */
	async function issued(record: Record = {}): Promise<string> {
		const made = await run(draft(record));
		expect(made.kind).toBe('created');
		const { id } = last();
		await inXero('Invoices', { InvoiceID: id, SentToContact: true });
		return id;
	}

	const repriced: Record = { lines: [{ unitAmount: '50' }] };

	describe('the accountant’s way', () => {
		it('credits a sales invoice in full, makes a new one, and leaves later runs nothing', async () => {
			const old = await issued();
			const corrected = await run(draft(repriced));
			expect(corrected).toMatchObject({
				kind: 'updated',
				codes: ['XERO_CORRECTED'],
				operations: [
					'Credit note for INV-7 of 120.01 GBP, dated today',
					'Allocate it to INV-7',
					'New sales invoice in its place: 180.00 GBP',
				],
				writes: 3,
			});
			expect(corrected.messages[0]).toMatch(
				/^INV-7 was credited in full by CN-\d+, and INV-\d+ takes its place. INV-7 keeps its number/,
			);
			const [credited, made] = invoices();
			expect(credited).toMatchObject({ id: old, status: 'PAID', number: 'INV-7' });
			expect(credited?.amountCredited.toFixed(2)).toBe('120.01');
			expect(made).toMatchObject({
				status: 'AUTHORISED',
				date: '2026-11-22',
				dueDate: '2026-12-02',
				sentToContact: false,
				reference: 'Replaces INV-7',
			});
			expect(made?.amountDue.toFixed(2)).toBe('180.00');
			expect(creditNotes()).toMatchObject([{ status: 'PAID', date: '2026-11-22' }]);
			expect(creditNotes()[0]?.reference).toMatch(/^Correction of INV-7 \(.{8}\)$/);
			expect(creditNotes()[0]?.lines.at(-1)?.description).toBe(
				'Corrects INV-7 of 2026-11-02: Unit Price of line 1 is 50, not 33.335.',
			);
			expect(netByAccount(ledger())).toEqual({ '200 OUTPUT2': '150.00 + 30.00' });
			expect(corrected.document.id).toBe(made?.id);
			for (const id of [undefined, old, made?.id]) {
				const again = await run(draft({ ...repriced, id }));
				expect(again).toMatchObject({ kind: 'unchanged', codes: [], writes: 0 });
				expect(again.document.id).toBe(made?.id);
			}
		});

		it('credits a bill under the supplier’s number, which the new one keeps', async () => {
			const bill: Record = { type: 'bill', fields: { invoiceNumber: 'SUP-9' } };
			const old = await issued(bill);
			const corrected = await run(draft({ ...bill, ...repriced }), CLOSED);
			expect(corrected).toMatchObject({ kind: 'updated', writes: 3 });
			expect(creditNotes()).toMatchObject([{ type: 'ACCPAYCREDIT', status: 'PAID' }]);
			expect(creditNotes()[0]?.number).toMatch(/^SUP-9 \(credit .{8}\)$/);
			expect(invoices()).toMatchObject([
				{ id: old, number: 'SUP-9', status: 'PAID' },
				{ number: 'SUP-9', status: 'AUTHORISED' },
			]);
			expect(netByAccount(ledger())).toEqual({ '429 INPUT2': '150.00 + 30.00' });
			for (const id of [undefined, old]) {
				const again = await run(draft({ ...bill, ...repriced, id }), CLOSED);
				expect(again).toMatchObject({ kind: 'unchanged', codes: [], writes: 0 });
				expect(again.document.id).toBe(last().id);
			}
		});

		it('finds old and new one by a reference that both have', async () => {
			const fields = { invoiceNumber: '', reference: 'ORD-9' };
			const old = await issued({ fields });
			const again: Record = { ...repriced, fields };
			expect(await run(draft(again))).toMatchObject({ kind: 'updated', writes: 3 });
			expect(invoices()).toMatchObject([
				{ id: old, status: 'PAID', reference: 'ORD-9' },
				{ status: 'AUTHORISED', reference: 'ORD-9' },
			]);
			world.sandbox.journal.clear();
			for (const id of [undefined, old]) {
				const later = await run(draft({ ...again, id }));
				expect(later).toMatchObject({ kind: 'unchanged', codes: [], writes: 0 });
				expect(later.document.id).toBe(last().id);
			}
			// A number is one document's alone, so none is asked for.
			const asked = world.sandbox.journal.filter({ method: 'GET', path: 'Invoices' });
			expect(asked.length).toBeGreaterThan(0);
			expect(asked.filter(({ query }) => query && 'InvoiceNumbers' in query)).toEqual([]);
		});

		it('corrects what lies in closed books on the first day that is open', async () => {
			await issued();
			const booksClosedUntil = '2026-11-30';
			const corrected = await run(draft(repriced), { booksClosedUntil });
			expect(corrected).toMatchObject({ kind: 'updated', writes: 3 });
			expect(corrected.operations?.[0]).toBe(
				'Credit note for INV-7 of 120.01 GBP, dated 2026-12-01',
			);
			expect(creditNotes()).toMatchObject([{ date: '2026-12-01' }]);
			expect(last()).toMatchObject({ date: '2026-12-01' });
			expect(ledger().allocations.all()).toMatchObject([{ date: '2026-12-01' }]);
		});

		it('corrects what lies before Xero’s own lock date, today locked as well', async () => {
			await issued();
			const periodLockDate = '2026-11-25';
			world.sandbox.xero.person.setOrganisation({ periodLockDate });
			const { settings, clock } = world;
			const organisation = {
				...settings.organisation,
				periodLockDate,
			} as typeof settings.organisation;
			const context = { settings: { ...settings, organisation }, clock, turns: world.turns };
			const post = async () =>
				await upsertDocuments(
					{ ...context, client: world.anotherClient() },
					DOCUMENTS.salesInvoice,
					[draft(repriced)],
					{ ...DEFAULT_OPTIONS, ...CORRECTING },
				);
			expect((await post()).outcomes[0]?.outcome).toBe('updated');
			expect(creditNotes()).toMatchObject([{ date: '2026-11-26', status: 'PAID' }]);
			expect(last()).toMatchObject({ date: '2026-11-26', status: 'AUTHORISED' });
			expect(ledger().allocations.all()).toMatchObject([{ date: '2026-11-26' }]);
			expect((await post()).outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
		});

		it('credits discounts, amounts with tax included and taxes set by hand to the cent', async () => {
			await issued({
				fields: { lineAmountTypes: 'Inclusive' },
				lines: [
					{ discountRate: '12.5', unitAmount: '19.99' },
					{ description: 'Parts', quantity: '7', unitAmount: '0.3333', taxAmount: '0.41' },
				],
			});
			const total = last().totals.total.toFixed(2);
			const corrected = await run(
				draft({
					fields: { lineAmountTypes: 'Inclusive' },
					lines: [
						{ discountRate: '12.5', unitAmount: '29.99' },
						{ description: 'Parts', quantity: '7', unitAmount: '0.3333', taxAmount: '0.41' },
					],
				}),
			);
			expect(corrected).toMatchObject({ kind: 'updated', codes: ['XERO_CORRECTED'] });
			expect(creditNotes()[0]?.totals.total.toFixed(2)).toBe(total);
			expect(invoices()[0]?.amountDue.toFixed(2)).toBe('0.00');
		});

		it('takes over what a person set in Xero', async () => {
			const lines: FieldValues[] = [
				{ unitAmount: '30' },
				{ description: 'Parts', quantity: '1', unitAmount: '10' },
			];
			await issued({ lines });
			const [work, parts] = last().lines;
			await inXero('Invoices', {
				InvoiceID: last().id,
				LineItems: [
					{
						LineItemID: work?.lineItemId,
						Description: 'Work',
						Quantity: 3,
						UnitAmount: 30,
						AccountCode: '200',
					},
					{
						LineItemID: parts?.lineItemId,
						Description: 'Parts',
						Quantity: 1,
						UnitAmount: 10,
						AccountCode: '260',
					},
				],
			});
			const wanted = draft({ lines: [{ unitAmount: '50' }, ...lines.slice(1)] });
			expect((await run(wanted)).kind).toBe('updated');
			expect(netByAccount(ledger())).toEqual({
				'200 OUTPUT2': '150.00 + 30.00',
				'260 OUTPUT2': '10.00 + 2.00',
			});
			expect(await run(wanted)).toMatchObject({ kind: 'unchanged', writes: 0 });
		});

		it('credits the old contact and invoices the right one', async () => {
			world.sandbox.xero.seedContacts([{ name: 'Bolt Ltd' }]);
			const old = await issued();
			const moved: Record = { fields: { 'contact.name': 'Bolt Ltd' } };
			expect((await run(draft({ ...moved, id: old }))).kind).toBe('updated');
			const contacts = new Map(
				ledger()
					.contacts.all()
					.map((each) => [each.name, each.contactId]),
			);
			expect(creditNotes()).toMatchObject([{ contactId: contacts.get('Acme Ltd') }]);
			expect(last()).toMatchObject({ contactId: contacts.get('Bolt Ltd') });
			for (const id of [undefined, old]) {
				const again = await run(draft({ ...moved, id }));
				expect(again).toMatchObject({ kind: 'unchanged', writes: 0 });
				expect(again.document.id).toBe(last().id);
			}
		});

		it.each(['salesInvoice', 'bill'] as const)(
			'corrects a %s twice, and finds the last one by whatever is left in Knack',
			async (type) => {
				const old = await issued({ type });
				expect((await run(draft({ type, ...repriced }), CLOSED)).kind).toBe('updated');
				const second = last().id;
				// By then the new one is of a closed period as well.
				const options = { booksClosedUntil: '2026-11-22' };
				const again: Record = { type, lines: [{ unitAmount: '60' }] };
				const corrected = await run(draft({ ...again, id: old }), options);
				expect(corrected).toMatchObject({ kind: 'updated', writes: 3 });
				expect(creditNotes()).toHaveLength(2);
				expect(invoices().map(({ amountDue }) => amountDue.toFixed(2))).toEqual([
					'0.00',
					'0.00',
					'216.00',
				]);
				for (const id of [undefined, old, second]) {
					const later = await run(draft({ ...again, id }), options);
					expect(later).toMatchObject({ kind: 'unchanged', codes: [], writes: 0 });
					expect(later.document.id).toBe(last().id);
				}
			},
		);

		it('uses the record’s number where it is free, and changes the new one as usual', async () => {
			const old = await issued();
			const renumbered = { fields: { invoiceNumber: 'INV-7b' } };
			expect((await run(draft({ ...repriced, ...renumbered, id: old }))).kind).toBe('updated');
			expect(last()).toMatchObject({ number: 'INV-7b' });
			const later = { ...renumbered, lines: [{ unitAmount: '55' }] };
			expect(await run(draft({ ...later, id: old }))).toMatchObject({ kind: 'updated', writes: 1 });
			expect(last().totals.total.toFixed(2)).toBe('198.00');
			expect(invoices()).toHaveLength(2);
			expect(await run(draft({ ...later, id: old }))).toMatchObject({ kind: 'unchanged' });
		});
	});

	describe('where a person has to', () => {
		async function expectHeld(record: Draft, why: RegExp, options?: Partial<UpsertOptions>) {
			const held = await run(record, options);
			expect(held).toMatchObject({ kind: 'held', codes: ['XERO_ISSUED_EDIT'], writes: 0 });
			expect(held.operations).toBeUndefined();
			expect(held.messages[0]).toMatch(why);
			expect(creditNotes()).toEqual([]);
		}

		it('holds what is paid in part, until the payment is taken off', async () => {
			const old = await issued();
			const answer = await world.anotherClient().write({
				method: 'PUT',
				path: '/Payments',
				body: {
					Invoice: { InvoiceID: old },
					Account: { Code: '090' },
					Date: '2026-11-20',
					Amount: 20,
				},
				idempotencyKey: 'a payment by hand',
			});
			expect(answer.kind).toBe('accepted');
			await expectHeld(draft(repriced), /it has payments or credits in Xero/);
			const [payment] = ledger().payments.all();
			const removed = await world.anotherClient().write({
				method: 'POST',
				path: `/Payments/${payment?.paymentId ?? ''}`,
				body: { Status: 'DELETED' },
				idempotencyKey: 'a payment taken off by hand',
			});
			expect(removed.kind).toBe('accepted');
			expect((await run(draft(repriced))).kind).toBe('updated');
		});

		it('holds what is in another currency', async () => {
			const fields = { currencyCode: 'EUR' };
			await issued({ fields });
			await expectHeld(draft({ ...repriced, fields }), /in EUR.*another rate/);
		});

		it('holds what could not be told from the old one later', async () => {
			await issued();
			await expectHeld(draft(repriced), /without a link back/, { sourceLink: false });
		});

		it('holds the correction of a contact that was archived, when the record names another', async () => {
			world.sandbox.xero.seedContacts([{ name: 'Bolt Ltd' }]);
			const id = await issued();
			await inXero('Contacts', { ContactID: last().contactId, ContactStatus: 'ARCHIVED' });
			const fields = { 'contact.name': 'Bolt Ltd' };
			await expectHeld(draft({ id, fields }), /Acme Ltd is archived or was merged away/);
		});

		it('holds what both have changed', async () => {
			await issued();
			await inXero('Invoices', {
				InvoiceID: last().id,
				LineItems: [{ Description: 'Work', Quantity: 2, UnitAmount: 40, AccountCode: '200' }],
			});
			const held = await run(draft(repriced));
			expect(held).toMatchObject({ kind: 'held', writes: 0 });
			expect(creditNotes()).toEqual([]);
		});

		it('holds what is no invoice', async () => {
			const quote: Draft = {
				...draft(),
				type: 'quote',
				fields: {
					'contact.name': 'Acme Ltd',
					quoteNumber: 'QU-1',
					date: '2026-11-02',
					status: 'DRAFT',
				},
			};
			expect((await run(quote)).kind).toBe('created');
			const order: Draft = {
				...draft({ type: 'bill' }),
				type: 'purchaseOrder',
				fields: {
					'contact.name': 'Acme Ltd',
					purchaseOrderNumber: 'PO-1',
					date: '2026-11-02',
					status: 'AUTHORISED',
				},
			};
			const fingerprint = (await run(order)).fingerprint;
			const [row] = ledger().purchaseOrders.all();
			await inXero('PurchaseOrders', { PurchaseOrderID: row?.id, SentToContact: true });
			const changed: Draft = {
				...order,
				lines: draft({ type: 'bill', ...repriced }).lines,
				source: { ...order.source, ...(fingerprint === undefined ? {} : { fingerprint }) },
			};
			await expectHeld(changed, /only sales invoices and bills/);
		});

		it('leaves alone what a person credited in full', async () => {
			const old = await issued();
			const { contactId } = last();
			await inXero('CreditNotes', {
				Type: 'ACCRECCREDIT',
				Status: 'AUTHORISED',
				Contact: { ContactID: contactId },
				Reference: 'Order cancelled',
				LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100.01, AccountCode: '200' }],
			});
			const [note] = creditNotes();
			const allocated = await world.anotherClient().write({
				method: 'PUT',
				path: `/CreditNotes/${note?.id ?? ''}/Allocations`,
				body: { Allocations: [{ Amount: 120.01, Invoice: { InvoiceID: old } }] },
				idempotencyKey: 'allocated by hand',
			});
			expect(allocated.kind).toBe('accepted');
			expect(await run(draft({ id: old }))).toMatchObject({ kind: 'unchanged', writes: 0 });
			const held = await run(draft({ ...repriced, id: old }));
			expect(held).toMatchObject({ kind: 'held', codes: ['XERO_ISSUED_EDIT'], writes: 0 });
			expect(invoices()).toHaveLength(1);
		});

		it('stops before the new one when the old one is paid after the plan was made', async () => {
			await issued();
			const pay: (inner: HttpPort) => HttpPort = (inner) => async (request) => {
				if (request.method === 'PUT' && request.url.endsWith('/CreditNotes')) {
					const answer = await world.anotherClient().write({
						method: 'PUT',
						path: '/Payments',
						body: {
							Invoice: { InvoiceID: last().id },
							Account: { Code: '090' },
							Date: '2026-11-20',
							Amount: 20,
						},
						idempotencyKey: 'a payment at the same moment',
					});
					expect(answer.kind).toBe('accepted');
				}
				return await inner(request);
			};
			const { settings, clock } = world;
			const { outcomes } = await upsertDocuments(
				{ client: world.anotherClient(pay), settings, clock, turns: world.turns },
				DOCUMENTS.salesInvoice,
				[draft(repriced)],
				{ ...DEFAULT_OPTIONS, ...CORRECTING },
			);
			expect(outcomes[0]?.outcome).toBe('blocked');
			const messages = outcomes[0]?.issues.map(({ message }) => message).join(' ');
			expect(messages).toMatch(/The credit note CN-\d+ is in Xero and not put against INV-7/);
			expect(invoices()).toHaveLength(1);
		});

		it('posts nothing again that a person voided', async () => {
			const old = await issued();
			await run(draft(repriced));
			const made = last().id;
			await inXero('Invoices', { InvoiceID: made, Status: 'VOIDED' });
			for (const id of [undefined, old]) {
				const held = await run(draft({ ...repriced, id }));
				expect(held).toMatchObject({ kind: 'held', codes: ['XERO_DOCUMENT_GONE'], writes: 0 });
				expect(held.messages[0]).toMatch(/^INV-7 was corrected by a credit note, and INV-\d+/);
			}
			// What the message advises.
			const advised = await run(draft({ ...repriced, fields: { invoiceNumber: 'INV-8' } }));
			expect(advised.kind).toBe('created');
		});
	});

	describe('finds the new one again', () => {
		const PRESENT = { Contact: { Name: 'Acme Ltd' } };

		it.each<[string, FieldValues, FieldValues, object]>([
			['that a person has dated earlier', {}, {}, { Date: '2026-10-05' }],
			['by the reference of the record', { reference: 'ORD-9' }, {}, { Date: '2026-10-05' }],
			[
				'by the reference that the record had',
				{ reference: 'ORD-9' },
				{ reference: 'ORD-10' },
				{ Date: '2026-10-05' },
			],
			[
				'that a person has dated later, and given another reference',
				{},
				{},
				{ Date: '2026-12-20', DueDate: '2026-12-30', Reference: 'By hand' },
			],
			[
				'that a person has given to another contact',
				{},
				{},
				{ Contact: { Name: 'Bolt Ltd' }, Reference: 'By hand' },
			],
		])('%s', async (_what, before, after, change) => {
			world.sandbox.xero.seedContacts([{ name: 'Bolt Ltd' }]);
			const old = await issued({ fields: before });
			expect((await run(draft({ ...repriced, fields: before }))).kind).toBe('updated');
			const made = last().id;
			await inXero('Invoices', { ...PRESENT, InvoiceID: made, ...change });
			for (const id of [undefined, old]) {
				const again = await run(draft({ ...repriced, fields: after, id }));
				expect(again.document.id).toBe(made);
				expect(invoices()).toHaveLength(2);
			}
		});

		it('and asks a person where there are two, until one of them is voided', async () => {
			const old = await issued();
			await run(draft(repriced));
			const made = last();
			await inXero('Invoices', {
				Type: 'ACCREC',
				...PRESENT,
				Date: made.date,
				DueDate: '2026-12-02',
				Status: 'AUTHORISED',
				Url: made.url,
				LineItems: [{ Description: 'Other', Quantity: 1, UnitAmount: 9, AccountCode: '200' }],
			});
			const second = last();
			// Both are read by their id.
			const both = [
				{ ...made, said: `${made.number}, Acme Ltd, GBP 180.00, authorised` },
				{ ...second, said: `${second.number}, Acme Ltd, GBP 10.80, authorised` },
			].sort((a, b) => (a.id < b.id ? -1 : 1));
			for (const id of [undefined, old]) {
				const held = await run(draft({ ...repriced, id }));
				expect(held).toMatchObject({
					kind: 'held',
					codes: ['XERO_DOCUMENT_AMBIGUOUS'],
					writes: 0,
				});
				expect(held.messages[0]).toBe(
					`2 sales invoices in Xero took the place of INV-7: ${both.map(({ said }) => said).join('; ')}.`,
				);
				expect(held.candidates[0]?.map((each) => each.id)).toEqual(both.map(({ id }) => id));
			}
			// What the message advises.
			await inXero('Invoices', { InvoiceID: second.id, Status: 'VOIDED' });
			for (const id of [undefined, old]) {
				const again = await run(draft({ ...repriced, id }));
				expect(again).toMatchObject({ kind: 'unchanged', codes: [], writes: 0 });
				expect(again.document.id).toBe(made.id);
			}
		});

		it('of each of two records, and takes what a person credited beside them for credited', async () => {
			const records = ['INV-7', 'INV-8', 'INV-9'].map(
				(invoiceNumber, index): Draft => ({
					...draft({ fields: { invoiceNumber } }),
					itemIndexes: [index],
					source: { knackRecordId: `a${index}`, table: 'object_2' },
				}),
			);
			const post = async (drafts: readonly Draft[]) => {
				world.sandbox.clock.advance(1_000);
				const { settings, clock, turns } = world;
				const client = world.anotherClient();
				const { outcomes } = await upsertDocuments(
					{ client, settings, clock, turns },
					DOCUMENTS.salesInvoice,
					drafts,
					{ ...DEFAULT_OPTIONS, ...CORRECTING },
				);
				return {
					kinds: outcomes.map(({ outcome }) => outcome),
					ids: outcomes.map(({ document }) => document.id),
					writes: client.calls().writes,
				};
			};
			const old = (await post(records)).ids;
			for (const id of old) await inXero('Invoices', { InvoiceID: id, SentToContact: true });
			const changed = records.map((record, index) => ({
				...record,
				id: old[index],
				lines: draft(repriced).lines,
			}));
			const corrected = await post(changed.slice(0, 2));
			expect(corrected.kinds).toEqual(['updated', 'updated']);
			await inXero('CreditNotes', {
				Type: 'ACCRECCREDIT',
				Status: 'AUTHORISED',
				...PRESENT,
				Reference: 'Order cancelled',
				LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100.01, AccountCode: '200' }],
			});
			const allocated = await world.anotherClient().write({
				method: 'PUT',
				path: `/CreditNotes/${creditNotes().at(-1)?.id ?? ''}/Allocations`,
				body: { Allocations: [{ Amount: 120.01, Invoice: { InvoiceID: old[2] } }] },
				idempotencyKey: 'allocated by hand',
			});
			expect(allocated.kind).toBe('accepted');
			const again = await post(changed);
			expect(again).toMatchObject({ kinds: ['unchanged', 'unchanged', 'held'], writes: 0 });
			expect(again.ids.slice(0, 2)).toEqual(corrected.ids);
		});
	});

	describe('never twice', () => {
		it('holds another record that keeps the old one’s ID, whose link a person has replaced', async () => {
			const old = await issued();
			expect((await run(draft({ ...repriced, id: old }))).kind).toBe('updated');
			await inXero('Invoices', { InvoiceID: old, Url: 'https://shop.example/orders/7' });
			const own = draft({ id: old });
			const held = await run({ ...own, source: { ...own.source, knackRecordId: 'b2' } });
			expect(held).toMatchObject({ kind: 'held', codes: ['XERO_KEY_OF_ANOTHER'], writes: 0 });
			expect(held.messages[0]).toContain('its link to the source names another Knack record');
			expect(invoices()).toHaveLength(2);
		});

		/** The process ends after the credit, before the new document leaves it. */
		async function endedBetween(record: Draft) {
			await expect(
				upsertDocuments(
					{
						client: world.anotherClient((inner) => async (request) => {
							if (request.method === 'PUT' && request.url.endsWith('/Invoices')) {
								throw new Error('The process was killed.');
							}
							return await inner(request);
						}),
						settings: world.settings,
						clock: world.clock,
						turns: world.turns,
					},
					definitionOf(record.type),
					[record],
					{ ...DEFAULT_OPTIONS, ...CORRECTING, ...CLOSED },
				),
			).rejects.toThrow('killed');
			expect(invoices()).toHaveLength(1);
			expect(creditNotes()).toMatchObject([{ status: 'PAID' }]);
		}

		it.each<[string, Record]>([
			['of a number', {}],
			['of a reference', { fields: { invoiceNumber: '', reference: 'ORD-9' } }],
			['of a supplier’s number', { type: 'bill', fields: { invoiceNumber: 'SUP-9' } }],
		])(
			'makes the new one in the next run where a run ended after the credit, %s',
			async (_what, record) => {
				const old = await issued(record);
				await endedBetween(draft({ ...record, ...repriced }));
				expect(await run(draft({ ...record, ...repriced }), CLOSED)).toMatchObject({
					kind: 'updated',
					writes: 1,
				});
				expect(invoices()).toMatchObject([{ id: old, status: 'PAID' }, { status: 'AUTHORISED' }]);
				expect(creditNotes()).toHaveLength(1);
				for (const id of [undefined, old]) {
					const again = await run(draft({ ...record, ...repriced, id }), CLOSED);
					expect(again).toMatchObject({ kind: 'unchanged', codes: [], writes: 0 });
					expect(again.document.id).toBe(last().id);
				}
			},
		);

		it.each<[string, Record]>([
			['of a number', {}],
			['of a supplier’s number', { type: 'bill', fields: { invoiceNumber: 'SUP-9' } }],
		])('takes the new one whose answer never came for its own, %s', async (_what, record) => {
			const old = await issued(record);
			world.sandbox.faults.add({
				kind: 'dropAfterCommit',
				service: 'xero',
				method: 'PUT',
				path: 'Invoices',
				times: 9,
			});
			const { settings, clock, turns } = world;
			const { outcomes } = await upsertDocuments(
				{ client: world.anotherClient(), settings, clock, turns },
				DOCUMENTS[record.type ?? 'salesInvoice'],
				[draft({ ...record, ...repriced })],
				{ ...DEFAULT_OPTIONS, ...CORRECTING, ...CLOSED },
			);
			world.sandbox.faults.clear();
			expect(invoices()).toMatchObject([{ id: old, status: 'PAID' }, { status: 'AUTHORISED' }]);
			expect(outcomes[0]).toMatchObject({ outcome: 'updated', document: { id: last().id } });
		});

		it('leaves the credited one to an item that does not tell its record', async () => {
			const old = await issued();
			expect((await run(draft(repriced))).kind).toBe('updated');
			const untold = await run({ ...draft(), source: {} });
			expect(untold).toMatchObject({ kind: 'unchanged', writes: 0, document: { id: old } });
			expect((await run({ ...draft(repriced), source: {} })).kind).toBe('held');
			expect(invoices()).toHaveLength(2);
		});

		it('makes the new one when the change was undone after the credit', async () => {
			const old = await issued();
			await endedBetween(draft(repriced));
			const healed = await run(draft({ id: old }));
			expect(healed).toMatchObject({
				kind: 'updated',
				operations: ['New sales invoice in its place: 120.01 GBP'],
				writes: 1,
			});
			expect(await run(draft({ id: old }))).toMatchObject({ kind: 'unchanged', writes: 0 });
			expect(netByAccount(ledger())).toEqual({ '200 OUTPUT2': '100.01 + 20.00' });
		});
	});
});
