import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { settleRow } from '../../lib/sync/settle';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues, WireElement } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { draft, previewAndRun, writtenByHand, type KnackRecord } from './rightOrHeldTestbed';

describe('right, or held', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	const run = (drafts: readonly Draft[], options: Partial<UpsertOptions> = {}) =>
		previewAndRun(world, drafts, options);
	const inXero = (path: string, element: object) => writtenByHand(world, path, element);

	const invoices = () => world.sandbox.xero.invoices();
	const contacts = () => world.sandbox.xero.contacts();
	const first = () => {
		const [invoice] = invoices();
		if (!invoice) throw new Error('There is no invoice.');
		return invoice;
	};
	const lines = () => {
		const { LineItems } = first();
		return Array.isArray(LineItems) ? LineItems.map((line) => Object(line) as WireElement) : [];
	};
	const lineIds = () => lines().map(({ LineItemID }) => String(LineItemID));

	describe('whose document it is', () => {
		it.each(['by its id', 'by its link'])(
			'keeps the contact of an invoice that was renamed in Xero, found %s, and makes none',
			async (how) => {
				await run([draft()]);
				await inXero('Contacts', {
					ContactID: contacts()[0]?.ContactID,
					Name: 'Acme Holdings plc',
				});
				const id = how === 'by its id' ? String(first().InvoiceID) : undefined;
				const again = await run([draft(id === undefined ? {} : { id })]);
				expect(again).toMatchObject({
					kinds: ['held'],
					codes: [['XERO_CONTACT_RENAMED']],
					writes: 0,
				});
				expect(again.issues[0]?.[0]?.message).toContain('Acme Holdings plc');
				// What the message advises.
				const mended = await run([draft({ fields: { 'contact.name': 'Acme Holdings plc' } })]);
				expect(mended.kinds).toEqual(['unchanged']);
				expect(contacts()).toHaveLength(1);
			},
		);

		it('holds a number that another job used, and leaves that job’s invoice', async () => {
			world.sandbox.xero.seedContacts([{ name: 'Acme Ltd' }]);
			await inXero('Invoices', {
				Type: 'ACCREC',
				InvoiceNumber: '1001',
				Status: 'AUTHORISED',
				Contact: { Name: 'Acme Ltd' },
				Date: '2024-02-01',
				DueDate: '2024-03-01',
				Reference: 'Shop test',
				LineItems: [
					{ Description: 'Shop fitting', Quantity: 1, UnitAmount: 900, AccountCode: '200' },
				],
			});
			const before = JSON.stringify(first());
			const fields = { invoiceNumber: '1001', reference: 'Knack order 1001' };
			const held = await run([
				draft({ fields, lines: [{ description: 'Boots', unitAmount: '80' }] }),
			]);
			expect(held).toMatchObject({ kinds: ['held'], codes: [['XERO_KEY_OF_ANOTHER']], writes: 0 });
			expect(JSON.stringify(first())).toBe(before);
			const advised = { fields: { ...fields, invoiceNumber: '1002' } };
			expect((await run([draft(advised)])).kinds).toEqual(['created']);
		});

		it('holds a second order of one customer under one reference, and posts it when told', async () => {
			await run([draft({ lines: [{ description: 'October retainer', unitAmount: '500' }] })]);
			const second: KnackRecord = {
				recordId: 'a2',
				fields: { date: '2026-11-30' },
				lines: [{ description: 'November extra work', quantity: '10', unitAmount: '60' }],
			};
			const held = await run([draft(second)]);
			expect(held).toMatchObject({
				kinds: ['held'],
				codes: [['XERO_DOCUMENT_CONTRADICTED']],
				writes: 0,
			});
			const ruleSeverities = { XERO_DOCUMENT_CONTRADICTED: 'warn' } as const;
			expect((await run([draft(second)], { ruleSeverities })).kinds).toEqual(['created']);
			expect(invoices()).toHaveLength(2);
			// Each is known by its link from then on.
			expect((await run([draft(second)], { ruleSeverities })).kinds).toEqual(['unchanged']);
		});

		it('finds an order’s invoice from one of its lines, whose record is of another table', async () => {
			const fields = { invoiceNumber: '1001' };
			await run([draft({ fields })]);
			const fromItem = (knackRecordId: string, table: string, more: FieldValues = {}): Draft => ({
				...draft({ fields: { ...fields, ...more } }),
				source: { knackRecordId, table, isOfLine: true },
			});
			expect((await run([fromItem('line 1', 'object_3')])).kinds).toEqual(['unchanged']);
			expect((await run([fromItem('line 2', 'object_3')])).kinds).toEqual(['unchanged']);
			// An order that was split into its lines is still another order.
			const another = await run([fromItem('a2', 'object_2')]);
			expect(another).toMatchObject({ kinds: ['held'], codes: [['XERO_KEY_OF_ANOTHER']] });
		});

		describe('that got its number after its Xero ID was lost', () => {
			const numbered = { invoiceNumber: 'J-9' };

			it('is found by its link where day, total and a line agree, and gets the number', async () => {
				await run([draft({ fields: { status: 'DRAFT' } })]);
				const fields = { ...numbered, status: 'DRAFT' };
				expect((await run([draft({ fields })])).kinds).toEqual(['updated']);
				expect(invoices()).toMatchObject([{ InvoiceNumber: 'J-9', Reference: 'ORD-1' }]);
			});

			it('is found by its link although its reference is another as well', async () => {
				await run([draft({ fields: { status: 'DRAFT' } })]);
				const fields = { ...numbered, reference: 'ORD-2', status: 'DRAFT' };
				expect((await run([draft({ fields })])).kinds).toEqual(['updated']);
				expect(invoices()).toHaveLength(1);
			});

			it('is held where more than the number differs, and posted when told', async () => {
				await run([draft()]);
				const changed = draft({ fields: numbered, lines: [{ unitAmount: '250' }] });
				const held = await run([changed]);
				expect(held).toMatchObject({
					kinds: ['held'],
					codes: [['XERO_DOCUMENT_CONTRADICTED']],
					writes: 0,
				});
				expect(held.issues[0]?.[0]?.message).toMatch(
					/INV-0001.* is linked to this record, which is now "J-9" of 2026-11-20: /,
				);
				const ruleSeverities = { XERO_DOCUMENT_CONTRADICTED: 'warn' } as const;
				expect(held.issues[0]?.[0]).toMatchObject({
					field: 'invoiceNumber',
					candidates: [{ id: invoices()[0]?.InvoiceID }],
				});
				expect(await run([changed], { ruleSeverities })).toMatchObject({
					kinds: ['created'],
					codes: [['XERO_DOCUMENT_CONTRADICTED']],
				});
			});

			it('is held where nothing but the link agrees', async () => {
				await run([draft()]);
				const other = draft({
					fields: { ...numbered, reference: 'ORD-2', date: '2026-11-21' },
					lines: [{ description: 'Boots', unitAmount: '80' }],
				});
				// The days of all new records are looked through.
				const another = draft({
					recordId: 'a2',
					fields: { invoiceNumber: 'J-8', reference: 'ORD-3' },
					lines: [{ description: 'Paint', unitAmount: '30' }],
				});
				const held = await run([other, another]);
				expect(held).toMatchObject({
					kinds: ['held', 'created'],
					codes: [['XERO_DOCUMENT_CONTRADICTED'], []],
				});
				expect(held.issues[0]?.[0]?.message).toContain('now "J-9" of 2026-11-21: ');
			});

			it('is not asked for again where its reference was looked up, and it is in another currency', async () => {
				await run([draft({ fields: { currencyCode: 'EUR', date: '2026-11-19' } })], {
					sourceLink: false,
				});
				world.sandbox.journal.clear();
				const other = draft({ fields: { currencyCode: 'GBP' }, lines: [{ unitAmount: '80' }] });
				const client = world.anotherClient();
				const { outcomes } = await previewDocuments({ ...world, client }, DOCUMENTS.salesInvoice, [
					other,
				]);
				expect(outcomes[0]?.outcome).toBe('wouldCreate');
				expect(world.sandbox.journal.filter({ method: 'GET', path: 'Invoices' })).toHaveLength(1);
			});

			it('is posted anew where the user does not want to be asked', async () => {
				await run([draft()]);
				const changed = draft({ fields: numbered, lines: [{ unitAmount: '250' }] });
				const ruleSeverities = { XERO_DOCUMENT_CONTRADICTED: 'off' } as const;
				expect(await run([changed], { ruleSeverities })).toMatchObject({
					kinds: ['created'],
					codes: [[]],
				});
			});

			it('is held by its reference where it bears no link', async () => {
				await run([draft()], { sourceLink: false });
				const held = await run([draft({ fields: numbered })], { sourceLink: false });
				expect(held).toMatchObject({ kinds: ['held'], writes: 0 });
				expect(held.issues[0]?.[0]?.message).toMatch(/ORD-1.*INV-0001/);
				// Another order of the customer under the reference of the first is none of it.
				const other = draft({
					recordId: 'a2',
					fields: { ...numbered, date: '2026-11-21' },
					lines: [{ description: 'Boots', unitAmount: '80' }],
				});
				expect((await run([other], { sourceLink: false })).kinds).toEqual(['created']);
			});

			it('costs one call more where something may be its own, and none otherwise', async () => {
				await run([draft()]);
				const reads = async (record: KnackRecord) => {
					world.sandbox.journal.clear();
					await run([draft(record)]);
					return world.sandbox.journal.filter({ method: 'GET', path: 'Invoices' }).length / 2;
				};
				const other = {
					recordId: 'a3',
					fields: { invoiceNumber: 'J-8', reference: 'ORD-3' },
					lines: [{ unitAmount: '80' }],
				};
				const ordinary = await reads(other);
				expect(await reads({ fields: numbered })).toBe(ordinary + 1);
			});
		});

		it('lets "Deposit" on five customers’ invoices stop nobody', async () => {
			const customers = ['Acme Ltd', 'Bolt Ltd', 'Cobb Ltd', 'Dale Ltd', 'Eden Ltd'];
			for (const [at, name] of customers.entries()) {
				const fields = { 'contact.name': name, reference: 'Deposit', date: `2026-11-1${at}` };
				const made = await run([draft({ recordId: `d${at}`, fields })]);
				expect(made).toMatchObject({ kinds: ['created'], codes: [[]] });
			}
		});

		it.each(['by its id', 'by its link', 'by its reference'])(
			'leaves an invoice alone whose contact was archived since, found %s',
			async (how) => {
				await run([draft()], how === 'by its reference' ? { sourceLink: false } : {});
				const id = how === 'by its id' ? String(first().InvoiceID) : undefined;
				await inXero('Contacts', {
					ContactID: contacts()[0]?.ContactID,
					ContactStatus: 'ARCHIVED',
				});
				const own = { ...(id === undefined ? {} : { id }) };
				expect(await run([draft(own)])).toMatchObject({
					kinds: ['unchanged'],
					codes: [[]],
					writes: 0,
				});
				const blocked = { kinds: ['blocked'], codes: [['XERO_CONTACT_ARCHIVED']], writes: 0 };
				const changed = { ...own, fields: { dueDate: '2026-12-31' } };
				const ruleSeverities = { XERO_BASE_UNKNOWN: 'warn' } as const;
				expect(await run([draft(changed)], { ruleSeverities })).toMatchObject({
					kinds: blocked.kinds,
					writes: 0,
				});
				const another = { recordId: 'a2', fields: { reference: 'ORD-2' } };
				expect(await run([draft(another)])).toMatchObject(blocked);
				expect(first()).toMatchObject({ DueDateString: '2026-12-20T00:00:00' });
			},
		);

		it('does not move an invoice to a contact that was archived', async () => {
			await run([draft()]);
			world.sandbox.xero.seedContacts([{ name: 'Bolt Ltd', archived: true }]);
			const moved = draft({
				id: String(first().InvoiceID),
				fields: { 'contact.name': 'Bolt Ltd' },
			});
			expect(await run([moved])).toMatchObject({
				kinds: ['blocked'],
				codes: [['XERO_CONTACT_ARCHIVED']],
				writes: 0,
			});
		});

		it('holds two people of one name in one run, the second alone', async () => {
			const person = (recordId: string, number: string, email: string) =>
				draft({
					recordId,
					fields: {
						'contact.name': 'David Smith',
						'contact.contactNumber': number,
						'contact.emailAddress': email,
						reference: `Order ${recordId}`,
					},
				});
			const both = await run([
				person('a1', 'K-101', 'leeds@example.com'),
				person('a2', 'K-202', 'kent@example.com'),
			]);
			expect(both).toMatchObject({
				kinds: ['created', 'held'],
				codes: [[], ['XERO_CONTACT_CONTRADICTED']],
			});
			expect(contacts()).toMatchObject([
				{ ContactNumber: 'K-101', EmailAddress: 'leeds@example.com' },
			]);
			expect(invoices()).toHaveLength(1);
		});

		it('replaces nobody’s e-mail address where the name alone agrees', async () => {
			world.sandbox.xero.seedContacts([
				{ name: 'David Smith', fields: { EmailAddress: 'leeds@example.com' } },
			]);
			const fields = {
				'contact.name': 'David Smith',
				'contact.emailAddress': 'kent@example.com',
			};
			const updating = await run([draft({ fields })], { contactPolicy: 'matchCreateOrUpdate' });
			expect(updating).toMatchObject({
				kinds: ['held'],
				codes: [['XERO_CONTACT_CONTRADICTED']],
				writes: 0,
			});
			const leaving = await run([draft({ fields })]);
			expect(leaving).toMatchObject({ kinds: ['created'], codes: [['XERO_CONTACT_OTHER_EMAIL']] });
			expect(contacts()).toMatchObject([{ EmailAddress: 'leeds@example.com' }]);
		});

		it('takes a look-alike with a number that nobody has for a contact of its own', async () => {
			world.sandbox.xero.seedContacts([
				{ name: 'Acme Limited', fields: { EmailAddress: 'old@example.com' } },
			]);
			const fields = { 'contact.emailAddress': 'new@example.com' };
			const held = await run([draft({ fields })]);
			expect(held).toMatchObject({ kinds: ['held'], codes: [['XERO_CONTACT_LOOKS_ALIKE']] });
			const advised = { ...fields, 'contact.contactNumber': 'K-7' };
			expect((await run([draft({ fields: advised })])).kinds).toEqual(['created']);
			expect(contacts()).toHaveLength(2);
		});

		it('never writes over an address that is not its own, and says why none is sent', async () => {
			const recordPage = 'https://acme-xero.example.com/orders';
			const made = await run([draft({ recordPage })]);
			expect(made).toMatchObject({
				kinds: ['created'],
				codes: [['XERO_SOURCE_LINK_NOT_SENT']],
			});
			await inXero('Invoices', { InvoiceID: first().InvoiceID, Url: 'https://crm.example.com/7' });
			await run([draft({ fields: { dueDate: '2026-12-31' } })], {
				ruleSeverities: { XERO_BASE_UNKNOWN: 'warn' },
			});
			expect(first()).toMatchObject({ Url: 'https://crm.example.com/7' });
		});
	});

	describe('posted is the ledger’s', () => {
		const recode = () => ({
			InvoiceID: first().InvoiceID,
			LineItems: [
				{
					LineItemID: lineIds()[0],
					Description: 'Work',
					Quantity: 1,
					UnitAmount: 200,
					AccountCode: '260',
					TaxType: 'OUTPUT2',
				},
			],
		});

		it('leaves what a person recoded, re-dated or split while the record is as it was sent', async () => {
			await run([draft()]);
			await inXero('Invoices', recode());
			const recoded = await run([draft()]);
			expect(recoded).toMatchObject({
				kinds: ['unchanged'],
				codes: [['XERO_CHANGED_IN_XERO']],
				writes: 0,
			});
			await inXero('Invoices', {
				InvoiceID: first().InvoiceID,
				DueDate: '2027-01-31',
				LineItems: [
					{
						LineItemID: lineIds()[0],
						Description: 'Work, first half',
						Quantity: 1,
						UnitAmount: 120,
						AccountCode: '200',
					},
					{ Description: 'Work, second half', Quantity: 1, UnitAmount: 80, AccountCode: '260' },
				],
			});
			const again = await run([draft()]);
			expect(again).toMatchObject({ kinds: ['unchanged'], writes: 0 });
			expect(lines()).toHaveLength(2);
		});

		it('sends what the record has changed, and leaves what a person has', async () => {
			await run([draft()]);
			await inXero('Invoices', recode());
			const changed = await run([draft({ fields: { dueDate: '2026-12-31' } })]);
			expect(changed).toMatchObject({ kinds: ['updated'], changes: [['dueDate']] });
			expect(lines()[0]).toMatchObject({ AccountCode: '260' });
			expect((await run([draft({ fields: { dueDate: '2026-12-31' } })])).kinds).toEqual([
				'unchanged',
			]);
		});

		it('holds what both have changed, with both values, and sends the rest', async () => {
			await run([draft()]);
			await inXero('Invoices', { InvoiceID: first().InvoiceID, DueDate: '2027-01-31' });
			const fields = { dueDate: '2026-12-31', reference: 'ORD-1b' };
			const id = String(first().InvoiceID);
			const both = await run([draft({ id, fields })]);
			expect(both).toMatchObject({
				kinds: ['held'],
				codes: [['XERO_BOTH_CHANGED']],
				changes: [['reference']],
			});
			expect(both.issues[0]?.[0]?.message).toMatch(/2027-01-31.*2026-12-31/);
			expect(first()).toMatchObject({ Reference: 'ORD-1b', DueDateString: '2027-01-31T00:00:00' });
			const still = await run([draft({ id, fields })]);
			expect(still).toMatchObject({ kinds: ['held'], writes: 0 });
			const knackWins = await run([draft({ id, fields })], { accountantEdits: 'knackWins' });
			expect(knackWins).toMatchObject({ kinds: ['updated'], changes: [['dueDate']] });
		});

		it('leaves, sends and holds the lines of a document that has too many for a digest each', async () => {
			const many = Array.from({ length: 60 }, (_, index) => ({ description: `Part ${index}` }));
			const dearer = many.map((line, index) =>
				index === 7 ? { ...line, unitAmount: '210' } : line,
			);
			await run([draft({ lines: many })]);
			expect(lines()).toHaveLength(60);
			const again = await run([draft({ lines: many })]);
			expect(again).toMatchObject({ kinds: ['unchanged'], codes: [[]], writes: 0 });

			const ids = lineIds();
			const changed = await run([draft({ lines: dearer })]);
			expect(changed.changes).toEqual([['lineItems[7].unitAmount']]);
			const recoded = lines().map((line, index) =>
				index === 3 ? { ...line, AccountCode: '260' } : line,
			);
			await inXero('Invoices', { InvoiceID: first().InvoiceID, LineItems: recoded });
			const left = await run([draft({ lines: dearer })]);
			expect(left).toMatchObject({ codes: [['XERO_CHANGED_IN_XERO']], writes: 0 });
			const other = await run([draft({ lines: dearer, fields: { dueDate: '2026-12-31' } })]);
			expect(other.changes).toEqual([['dueDate']]);
			const both = await run([draft({ lines: many, fields: { dueDate: '2026-12-31' } })]);
			expect(both).toMatchObject({ codes: [['XERO_BOTH_CHANGED']], writes: 0 });
			expect(lineIds()).toEqual(ids);
			expect(lines()[3]).toMatchObject({ AccountCode: '260' });
		});

		it('holds an approved document of which it is not known what was sent', async () => {
			await run([draft()], { sourceLink: false });
			const held = await run([draft({ fields: { dueDate: '2026-12-31' } })]);
			expect(held).toMatchObject({ kinds: ['held'], codes: [['XERO_BASE_UNKNOWN']], writes: 0 });
			const ruleSeverities = { XERO_BASE_UNKNOWN: 'warn' } as const;
			const won = await run([draft({ fields: { dueDate: '2026-12-31' } })], { ruleSeverities });
			expect(won.kinds).toEqual(['updated']);
		});

		it('knows what was sent of a document without a link by its fingerprint in Knack', async () => {
			const order: KnackRecord = {
				type: 'purchaseOrder',
				fields: { purchaseOrderNumber: 'PO-1', reference: 'R', status: 'AUTHORISED' },
				lines: [{ accountCode: '429', taxType: 'INPUT2' }],
			};
			const made = await run([draft(order)]);
			const fingerprint = made.outcomes[0]?.sync.fingerprint;
			expect(fingerprint).toMatch(/^1/);
			const changed = { ...order, fields: { ...order.fields, reference: 'S' } };
			expect((await run([draft(changed)])).codes).toEqual([['XERO_BASE_UNKNOWN']]);
			expect((await run([draft({ ...changed, fingerprint })])).kinds).toEqual(['updated']);
		});

		/** Runs a record again and again; a Knack field keeps its fingerprint from run to run. */
		function keptRuns() {
			let fingerprint: string | undefined;
			return async (fields: FieldValues = {}, lines?: readonly FieldValues[]) => {
				const given = { id: invoices()[0] ? String(first().InvoiceID) : undefined, fields };
				const done = await run([draft({ ...given, fingerprint, ...(lines ? { lines } : {}) })]);
				fingerprint = done.outcomes[0]?.sync.fingerprint ?? fingerprint;
				return done;
			};
		}

		it('takes what both sides agree on for what was sent, without a call to Xero', async () => {
			const next = keptRuns();
			await next();
			await inXero('Invoices', { InvoiceID: first().InvoiceID, DueDate: '2027-01-31' });
			await inXero('Invoices', {
				InvoiceID: first().InvoiceID,
				LineItems: [{ ...lines()[0], UnitAmount: 300, LineAmount: 300 }],
			});
			const agreed = await next({ dueDate: '2027-01-31' }, [{ unitAmount: '300' }]);
			expect(agreed).toMatchObject({ kinds: ['unchanged'], codes: [[]], writes: 0 });
			const changed = await next({ dueDate: '2027-02-28' }, [{ unitAmount: '400' }]);
			expect(changed).toMatchObject({ kinds: ['updated'], codes: [[]] });
			expect(first()).toMatchObject({ DueDateString: '2027-02-28T00:00:00', SubTotal: 400 });
			// What a person changes after that is theirs as ever.
			await inXero('Invoices', { InvoiceID: first().InvoiceID, DueDate: '2027-03-31' });
			expect(await next({ dueDate: '2027-04-30' }, [{ unitAmount: '400' }])).toMatchObject({
				kinds: ['held'],
				codes: [['XERO_BOTH_CHANGED']],
				writes: 0,
			});
		});

		it('learns what both sides agree on with the next change of something else', async () => {
			const id = async () => String((await run([draft()]), first().InvoiceID));
			const kept = { id: await id() };
			await inXero('Invoices', { InvoiceID: kept.id, DueDate: '2027-01-31' });
			const agreed = { dueDate: '2027-01-31' };
			expect((await run([draft({ ...kept, fields: agreed })])).kinds).toEqual(['unchanged']);
			const other = { ...agreed, reference: 'ORD-1b' };
			expect((await run([draft({ ...kept, fields: other })])).changes).toEqual([['reference']]);
			const changed = { ...other, dueDate: '2027-02-28' };
			expect(await run([draft({ ...kept, fields: changed })])).toMatchObject({
				kinds: ['updated'],
				changes: [['dueDate']],
			});
		});

		it.each(['ignored', 'refused'] as const)(
			'sends a field’s second edit too, where Xero has %s the link of the first',
			async (urlOnUpdate) => {
				world.sandbox.xero.configure({ urlOnUpdate });
				const next = keptRuns();
				await next();
				for (const dueDate of ['2026-12-31', '2027-01-31', '2027-02-28']) {
					expect(await next({ dueDate })).toMatchObject({
						kinds: ['updated'],
						codes: [['XERO_SOURCE_LINK_NOT_SENT']],
					});
					expect(await next({ dueDate })).toMatchObject({ kinds: ['unchanged'], writes: 0 });
				}
				await inXero('Invoices', { InvoiceID: first().InvoiceID, DueDate: '2027-03-31' });
				expect((await next({ dueDate: '2027-04-30' })).codes).toEqual([['XERO_BOTH_CHANGED']]);
			},
		);

		it('goes by the link where the Knack field was left behind', async () => {
			const made = await run([draft()]);
			const old = made.outcomes[0]?.sync.fingerprint;
			const id = String(first().InvoiceID);
			await run([draft({ id, fields: { dueDate: '2026-12-31' } })]);
			// A person puts back what was sent at first: that is a change of theirs.
			await inXero('Invoices', { InvoiceID: id, DueDate: '2026-12-20' });
			const fields = { dueDate: '2027-01-31' };
			expect(await run([draft({ id, fields, fingerprint: old })])).toMatchObject({
				codes: [['XERO_BOTH_CHANGED']],
				writes: 0,
			});
		});

		it('does not rewrite what the customer has, unless told', async () => {
			await run([draft()]);
			await inXero('Invoices', { InvoiceID: first().InvoiceID, SentToContact: true });
			const repriced: KnackRecord = { lines: [{ unitAmount: '900' }] };
			const held = await run([draft(repriced)]);
			expect(held).toMatchObject({ kinds: ['held'], codes: [['XERO_ISSUED_EDIT']], writes: 0 });
			// Words are no amounts.
			const reworded = await run([draft({ lines: [{ description: 'Work done' }] })]);
			expect(reworded.kinds).toEqual(['updated']);
			const told = await run([draft(repriced)], { issuedDocuments: 'overwrite' });
			expect(told.kinds).toEqual(['updated']);
		});

		it('does not rewrite what lies in books that are closed', async () => {
			await run([draft()]);
			const held = await run([draft({ lines: [{ unitAmount: '900' }] })], {
				booksClosedUntil: '2026-11-30',
			});
			expect(held).toMatchObject({
				kinds: ['held'],
				codes: [['XERO_CLOSED_PERIOD_EDIT']],
				writes: 0,
			});
		});

		it('leaves bank details to a person', async () => {
			world.sandbox.xero.seedContacts([
				{ name: 'Acme Ltd', fields: { ContactNumber: 'K-1', BankAccountDetails: '11111111' } },
			]);
			const contact: Draft = {
				...draft(),
				type: 'contact',
				fields: { name: 'Acme Ltd', contactNumber: 'K-1', bankAccountDetails: '99999999' },
				lines: undefined,
			};
			const held = await run([contact]);
			expect(held).toMatchObject({ kinds: ['held'], codes: [['XERO_BANK_DETAILS']], writes: 0 });
			expect(JSON.stringify(held.issues)).not.toContain('99999999');
		});
	});

	describe('the plan is the whole truth', () => {
		it('names the contact that would be made or changed', async () => {
			const made = await run([draft(), draft({ recordId: 'a2', fields: { reference: 'ORD-2' } })]);
			const approval = 'Change its status from Draft to Approved';
			expect(made.outcomes.map(({ operations }) => operations)).toEqual([
				['New contact "Acme Ltd"', 'New sales invoice', approval],
				['Finds the new contact "Acme Ltd"', 'New sales invoice', approval],
			]);
			const fields = {
				'contact.id': String(contacts()[0]?.ContactID),
				'contact.emailAddress': 'new@example.com',
			};
			const changed = await run([draft({ fields })], { contactPolicy: 'matchCreateOrUpdate' });
			expect(changed).toMatchObject({
				kinds: ['updated'],
				changes: [['contact.emailAddress']],
			});
			expect(changed.outcomes[0]?.operations).toEqual(['Change contact "Acme Ltd": Email Address']);
		});

		it('makes no contact for a document that is held', async () => {
			const held = await run([draft({ fields: { expectedTotal: '1' } })]);
			expect(held.kinds).toEqual(['blocked']);
			expect(contacts()).toEqual([]);
		});

		it.each([
			['total', /"Total":240(\.0+)?/g, '"Total":241', /GBP 241\.00.*GBP 240\.00/],
			[
				'contact',
				/("ContactID":)"[^"]+"/g,
				`$1"${'9'.repeat(8)}-1111-4111-8111-111111111111"`,
				/Acme/,
			],
			['number of lines', /"LineItems":\[.*?\}\]/g, '"LineItems":[]', /lines 0 .*was 1\./],
		] as const)('says so where Xero answers with another %s', async (...given) => {
			const [field, said, instead, told] = given;
			await run([draft()]);
			const client = world.anotherClient((inner) => async (request) => {
				const outcome = await inner(request);
				const isOfInvoices = request.method === 'POST' && request.url.endsWith('/Invoices');
				if (!isOfInvoices || outcome.kind !== 'answer') return outcome;
				const text = JSON.stringify(outcome.body).replace(said, instead);
				return { ...outcome, body: JSON.parse(text) as unknown };
			});
			const { settings, clock, turns } = world;
			const { outcomes } = await upsertDocuments(
				{ client, settings, clock, turns },
				DOCUMENTS.salesInvoice,
				[draft({ lines: [{ description: 'Work done' }] })],
			);
			expect(outcomes[0]?.issues).toMatchObject([
				{ code: 'XERO_ANSWER_DIFFERS', severity: 'warn', field },
			]);
			expect(outcomes[0]?.issues[0]?.message).toMatch(told);
		});

		it('gives a record that came to no plan an outcome of its own', () => {
			const settled = settleRow(
				{ definition: DOCUMENTS.salesInvoice, severities: {} },
				{
					draft: draft(),
				},
			);
			expect(settled).toMatchObject({ outcome: 'failed', issues: [{ code: 'SYNC_INTERNAL' }] });
		});
	});

	describe('whether Xero takes a link on an update is not known', () => {
		const LATER = { fields: { dueDate: '2026-12-31' } };
		const link = () => first().Url;

		it.each(['taken', 'ignored', 'refused'] as const)(
			'%s: the update goes over, and the next run writes nothing',
			async (urlOnUpdate) => {
				world.sandbox.xero.configure({ urlOnUpdate });
				await run([draft()]);
				const before = link();
				const changed = await run([draft(LATER)]);
				const isTaken = urlOnUpdate === 'taken';
				expect(changed).toMatchObject({
					kinds: ['updated'],
					changes: [['dueDate']],
					codes: [isTaken ? [] : ['XERO_SOURCE_LINK_NOT_SENT']],
					writes: urlOnUpdate === 'refused' ? 2 : 1,
				});
				expect(first()).toMatchObject({ DueDateString: '2026-12-31T00:00:00' });
				expect(link() === before).toBe(!isTaken);
				const again = await run([draft(LATER)]);
				expect(again).toMatchObject({ kinds: ['unchanged'], codes: [[]], writes: 0 });
				expect(invoices()).toHaveLength(1);
			},
		);

		it('never sends a link for its own sake', async () => {
			await run([draft()], { sourceLink: false });
			for (const urlOnUpdate of ['ignored', 'refused', 'taken'] as const) {
				world.sandbox.xero.configure({ urlOnUpdate });
				expect(await run([draft()])).toMatchObject({ kinds: ['unchanged'], writes: 0 });
			}
			expect(link()).toBeUndefined();
		});

		it('sends what Xero refused for its link once more, and nothing else of the run', async () => {
			world.sandbox.xero.configure({ urlOnUpdate: 'refused' });
			const others = ['b2', 'c3'].map((recordId) =>
				draft({ recordId, fields: { reference: `ORD-${recordId}`, date: '2026-11-19' } }),
			);
			await run([draft(), ...others]);
			const fresh = draft({ recordId: 'd4', fields: { reference: 'ORD-d4', date: '2026-11-18' } });
			world.sandbox.journal.clear();
			const changed = await run([draft(LATER), ...others, fresh]);
			expect(changed).toMatchObject({
				kinds: ['updated', 'unchanged', 'unchanged', 'created'],
				codes: [['XERO_SOURCE_LINK_NOT_SENT'], [], [], []],
			});
			const updates = world.sandbox.journal
				.filter({ service: 'xero' })
				.filter(({ method, path }) => method === 'POST' && path.endsWith('/Invoices'));
			// The third one approves the new invoice, which was a draft until it was alone.
			expect(updates).toHaveLength(3);
			expect(invoices()).toHaveLength(4);
		});

		it('does not post what Xero refuses for another reason as well', async () => {
			await run([draft()]);
			world.sandbox.xero.configure({ urlOnUpdate: 'refused' });
			const { settings } = world;
			// Locked after the settings were read, so that only Xero knows.
			world.sandbox.xero.organisation().info.update({ periodLockDate: '2026-11-30' });
			const client = world.anotherClient();
			const { outcomes } = await upsertDocuments(
				{ client, settings, clock: world.clock, turns: world.turns },
				DOCUMENTS.salesInvoice,
				[draft(LATER)],
			);
			expect(outcomes[0]).toMatchObject({
				outcome: 'blocked',
				issues: [{ message: expect.not.stringMatching(/Url/) }],
			});
			expect(client.calls().writes).toBe(2);
			expect(first()).toMatchObject({ DueDateString: '2026-12-20T00:00:00' });
		});

		it('leaves a refused document to a person who lets none go without its link', async () => {
			await run([draft()]);
			world.sandbox.xero.configure({ urlOnUpdate: 'refused' });
			const { settings, clock, turns } = world;
			const client = world.anotherClient();
			const { outcomes } = await upsertDocuments(
				{ client, settings, clock, turns },
				DOCUMENTS.salesInvoice,
				[draft(LATER)],
				{ ...DEFAULT_OPTIONS, ruleSeverities: { XERO_SOURCE_LINK_NOT_SENT: 'hold' } },
			);
			expect(outcomes[0]).toMatchObject({ outcome: 'blocked' });
			expect(client.calls().writes).toBe(1);
			expect(first()).toMatchObject({ DueDateString: '2026-12-20T00:00:00' });
		});
	});
});
