import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { ledgerInvoices } from '../support/ledger';
import { frozenSandbox, xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const invoicesOf = ({ sandbox }: XeroInMemory) => ledgerInvoices(sandbox);
const namesOf = ({ sandbox }: XeroInMemory) =>
	sandbox.xero.contacts().map((contact) => String(contact.Name));

function order(number: number, customer: string, fields: FieldValues = {}, lines = 3): Draft {
	return {
		type: 'salesInvoice',
		itemIndexes: [number],
		fields: {
			'contact.name': customer,
			'contact.emailAddress': `${customer.toLowerCase().replace(/[^a-z]/g, '')}@example.com`,
			invoiceNumber: `INV-${String(number).padStart(4, '0')}`,
			reference: `ORD-${number}`,
			date: '2026-11-20',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
			...fields,
		},
		lines: Array.from({ length: lines }, (_, line) => ({
			fields: {
				description: `Part ${line + 1}`,
				quantity: String(line + 1),
				unitAmount: '12.345',
				accountCode: '200',
				taxType: 'OUTPUT2',
			},
		})),
		source: { knackRecordId: `record-${number}`, table: 'object_2' },
		issues: [],
	};
}

async function run(world: XeroInMemory, drafts: readonly Draft[], options = DEFAULT_OPTIONS) {
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const report = await upsertDocuments(
		{ client, settings, clock, turns },
		SALES_INVOICE,
		drafts,
		options,
	);
	return { ...report, calls: client.calls(), kinds: report.outcomes.map((each) => each.outcome) };
}

const codes = (outcome: Outcome | undefined) => outcome?.issues.map((issue) => issue.code);

describe('sales invoices from records, against the Xero twin', () => {
	it('posts 200 invoices for 120 customers in 6 writes and at most 8 reads, and none the second time', async () => {
		const world = await xeroInMemory();
		const customers = Array.from({ length: 120 }, (_, index) => `Customer ${index + 1} Ltd`);
		world.sandbox.xero.seedContacts([
			...customers.slice(0, 35).map((name) => ({ name })),
			...customers.slice(35, 40).map((name) => ({ name: name.toUpperCase() })),
		]);
		const drafts = Array.from({ length: 200 }, (_, index) =>
			order(index + 1, customers[index % 120] ?? ''),
		);
		const first = await run(world, drafts);
		expect(new Set(first.kinds)).toEqual(new Set(['created']));
		expect(first.calls.writes).toBe(6);
		expect(first.calls.reads).toBeLessThanOrEqual(8);
		expect(invoicesOf(world)).toHaveLength(200);
		expect(new Set(namesOf(world).map((name) => name.toLowerCase())).size).toBe(
			namesOf(world).length,
		);
		// 12.35 + 24.69 + 37.04 (12.345, 24.69, 37.035 half up) and 20 % of each line.
		expect(first.outcomes[0]?.document).toMatchObject({
			subTotal: '74.08',
			totalTax: '14.82',
			total: '88.90',
			status: 'AUTHORISED',
			currency: 'GBP',
		});
		expect(invoicesOf(world).every((invoice) => invoice.Total === 88.9)).toBe(true);

		const second = await run(world, drafts);
		expect(new Set(second.kinds)).toEqual(new Set(['unchanged']));
		expect(second.calls.writes).toBe(0);
	});

	it('shows in a preview what the write then does, to the cent, and writes nothing', async () => {
		const world = await xeroInMemory();
		const drafts = [order(1, 'Acme'), order(2, 'Acme'), order(3, 'Bolt', { currencyCode: 'XXX' })];
		const client = world.anotherClient();
		const { settings, clock, turns } = world;
		const preview = await previewDocuments(
			{ client, settings, clock, turns },
			SALES_INVOICE,
			drafts,
		);
		expect(client.calls().writes).toBe(0);
		expect(invoicesOf(world)).toHaveLength(0);
		expect(preview.outcomes.map((each) => each.outcome)).toEqual([
			'wouldCreate',
			'wouldCreate',
			'blocked',
		]);
		expect(preview.expectedCalls).toBe(2);
		expect(preview.outcomes[0]?.summary).toBe(
			'Would create sales invoice INV-0001 for Acme: 3 lines, GBP 74.08 + GBP 14.82 tax = GBP 88.90',
		);
		const written = await run(world, drafts);
		expect(written.calls.writes).toBe(2);
		written.outcomes.slice(0, 2).forEach((outcome, index) => {
			expect(outcome.document.total).toBe(preview.outcomes[index]?.document.total);
			expect(outcome.sync.contentHash).toBe(preview.outcomes[index]?.sync.contentHash);
		});
	});

	it('gives the same document once when an event comes five times', async () => {
		const world = await xeroInMemory();
		const five = Array.from({ length: 5 }, (_, index) => ({
			...order(1, 'Acme'),
			itemIndexes: [index],
		}));
		const { kinds, outcomes } = await run(world, five);
		expect(invoicesOf(world)).toHaveLength(1);
		expect(kinds).toEqual(['created', 'unchanged', 'unchanged', 'unchanged', 'unchanged']);
		expect(outcomes.map((each) => each.itemIndexes)).toEqual([[0], [1], [2], [3], [4]]);
	});

	it('stops two records that claim one number with different content', async () => {
		const world = await xeroInMemory();
		const { outcomes } = await run(world, [
			order(1, 'Acme'),
			order(1, 'Acme', { dueDate: '2027-01-01' }),
			order(2, 'Acme'),
		]);
		expect(outcomes.map(codes)).toEqual([
			['XERO_DUPLICATE_IN_BATCH'],
			['XERO_DUPLICATE_IN_BATCH'],
			[],
		]);
		expect(invoicesOf(world)).toHaveLength(1);
	});

	it('changes one line, keeps every LineItemID, and leaves the rest of the invoice alone', async () => {
		const world = await xeroInMemory();
		await run(world, [order(1, 'Acme', { status: 'DRAFT' })]);
		const before = invoicesOf(world)[0];
		const changed = order(1, 'Acme', { status: 'DRAFT' });
		const lines = changed.lines?.map((line, index) =>
			index === 1 ? { ...line, fields: { ...line.fields, quantity: '7' } } : line,
		);
		const { outcomes } = await run(world, [{ ...changed, lines }]);
		expect(outcomes[0]?.outcome).toBe('updated');
		expect(outcomes[0]?.changes).toEqual([
			{ field: 'lineItems[1].quantity', before: '2', after: '7' },
			{
				field: 'sourceLink',
				before: expect.stringContaining('object_2.record-1'),
				after: expect.stringContaining('object_2.record-1'),
			},
		]);
		const after = invoicesOf(world)[0];
		expect(after?.LineItems.map((line) => line.LineItemID)).toEqual(
			before?.LineItems.map((line) => line.LineItemID),
		);
		expect(after?.LineItems.map((line) => line.Quantity)).toEqual([1, 7, 3]);
		expect((await run(world, [{ ...changed, lines }])).calls.writes).toBe(0);
	});

	it('holds a record whose invoice was voided in Xero, and one whose number is another contact’s', async () => {
		const world = await xeroInMemory();
		await run(world, [order(1, 'Acme'), order(2, 'Acme')]);
		world.sandbox.xero.voidInvoice({ invoiceNumber: 'INV-0001' });
		const other = { ...order(2, 'Bolt'), source: { knackRecordId: 'another', table: 'object_2' } };
		const { outcomes, calls } = await run(world, [order(1, 'Acme'), other]);
		expect(outcomes.map((each) => each.outcome)).toEqual(['held', 'held']);
		expect(outcomes.map(codes)).toEqual([['XERO_DOCUMENT_GONE'], ['XERO_NUMBER_OF_OTHER_CONTACT']]);
		expect(calls.writes).toBe(0);
	});

	it('blocks an edit of a paid invoice before Xero is asked, and allows what Xero allows', async () => {
		const world = await xeroInMemory();
		await run(world, [order(1, 'Acme')]);
		world.sandbox.xero.recordPayment({ invoiceNumber: 'INV-0001', amount: 10, date: '2026-11-21' });
		const blocked = await run(world, [order(1, 'Acme', {}, 2)], {
			...DEFAULT_OPTIONS,
			removeOmittedLines: true,
		});
		expect(codes(blocked.outcomes[0])).toEqual(['XERO_PAID_DOCUMENT_EDIT']);
		expect(blocked.calls.writes).toBe(0);
		const allowed = await run(world, [order(1, 'Acme', { dueDate: '2027-01-15' })]);
		expect(allowed.kinds).toEqual(['updated']);
	});

	it('finds its invoice by reference when Xero numbers it', async () => {
		const world = await xeroInMemory();
		const unnumbered = () => {
			const draft = order(1, 'Acme');
			const { invoiceNumber: _number, ...fields } = draft.fields;
			return { ...draft, fields };
		};
		const first = await run(world, [unnumbered()]);
		expect(first.outcomes[0]?.document.number).toMatch(/\d/);
		const again = await run(world, [unnumbered()]);
		expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', match: { by: 'sourceLink' } });
		expect(invoicesOf(world)).toHaveLength(1);
	});

	it('does not send invoices to a contact that is archived, double or not certain', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.seedContacts([
			{ name: 'Old Mill', archived: true },
			{ name: 'Harbour & Sons' },
			{ name: 'Harbour and Sons' },
		]);
		const { outcomes } = await run(world, [
			order(1, 'Old Mill'),
			order(2, 'Harbour + Sons'),
			order(3, 'Acme'),
		]);
		expect(outcomes.map((each) => each.outcome)).toEqual(['blocked', 'held', 'created']);
		expect(outcomes[1]?.issues[0]?.candidates).toHaveLength(2);
	});

	it('leaves a contact that exists as it is, unless it is to be kept up to date', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.seedContacts([
			{ name: 'Acme', fields: { EmailAddress: 'old@example.com', FirstName: 'Ann' } },
		]);
		await run(world, [order(1, 'Acme')]);
		const contact = () => world.sandbox.xero.contacts().find((each) => each.Name === 'Acme');
		expect(contact()?.EmailAddress).toBe('old@example.com');
		const upToDate = { ...DEFAULT_OPTIONS, contactPolicy: 'matchCreateOrUpdate' } as const;
		const byName = await run(world, [order(2, 'Acme')], upToDate);
		expect(byName.outcomes[0]).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_CONTACT_CONTRADICTED' }],
		});
		expect(byName.calls.writes).toBe(0);
		// Known by its id, a new e-mail address is an edit like any other.
		const id = contact()?.ContactID;
		await run(world, [order(2, 'Acme', { 'contact.id': String(id ?? '') })], upToDate);
		expect(contact()).toMatchObject({ EmailAddress: 'acme@example.com', FirstName: 'Ann' });
	});

	it('reads back what was posted although the answer was lost, and posts it once', async () => {
		const sandbox = frozenSandbox();
		const world = await xeroInMemory(sandbox);
		sandbox.faults.add({
			kind: 'dropAfterCommit',
			service: 'xero',
			method: 'PUT',
			path: 'Invoices',
			times: 9,
		});
		const { kinds } = await run(world, [order(1, 'Acme'), order(2, 'Bolt')]);
		// Nobody can tell that it was not another worker who created them.
		expect(kinds).toEqual(['unchanged', 'unchanged']);
		expect(invoicesOf(world)).toHaveLength(2);
	});

	it('ends two workers at once with one document each, by number as by reference', async () => {
		for (const isNumbered of [true, false]) {
			const world = await xeroInMemory();
			const drafts = [1, 2, 3].map((number) => {
				const draft = order(number, 'Acme');
				const { invoiceNumber, ...fields } = draft.fields;
				return { ...draft, fields: isNumbered ? { ...fields, invoiceNumber } : fields } as Draft;
			});
			const [left, right] = await Promise.all([
				run(world, drafts),
				run(world, [...drafts].reverse()),
			]);
			const live = invoicesOf(world).filter(
				({ Status }) => !['VOIDED', 'DELETED'].includes(Status),
			);
			expect(live.map((invoice) => invoice.Reference).sort()).toEqual(['ORD-1', 'ORD-2', 'ORD-3']);
			const told = [...left.kinds, ...right.kinds];
			const times = (kind: string) => told.filter((each) => each === kind).length;
			expect([times('created'), times('unchanged')]).toEqual([3, 3]);
			expect(namesOf(world)).toEqual(['Acme']);
		}
	});

	it('goes on past a record that only Xero can find bad', async () => {
		const world = await xeroInMemory();
		const drafts = Array.from({ length: 50 }, (_, index) => order(index + 1, 'Acme', {}));
		// The account is archived after the run has read its settings.
		const { settings, clock, turns } = world;
		const client = world.anotherClient();
		const stale = drafts.map((draft, index) =>
			index === 17
				? {
						...draft,
						lines: draft.lines?.map((line) => ({
							...line,
							fields: { ...line.fields, accountCode: '260' },
						})),
					}
				: draft,
		) as Draft[];
		world.sandbox.xero.person.archiveAccount('260', true);
		const report = await upsertDocuments({ client, settings, clock, turns }, SALES_INVOICE, stale);
		const bad = report.outcomes.filter((each) => each.outcome !== 'created');
		expect(bad).toHaveLength(1);
		expect(bad[0]?.itemIndexes).toEqual([18]);
		expect(bad[0]?.outcome).toBe('blocked');
		expect(bad[0]?.issues[0]?.vendorMessage).toBeDefined();
		expect(invoicesOf(world)).toHaveLength(49);
	});
});
