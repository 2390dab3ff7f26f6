import type { IssueCode } from '../../lib/issueCodes';
import type { Draft } from '../../lib/sync/draft';
import { ATTENTION, type Outcome } from '../../lib/sync/outcome';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { ledgerInvoices, type LedgerInvoice } from '../support/ledger';
import { orderDraft, orderNumber, withLine } from '../support/orders';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

/**
 * What the upsert promises, at the size at which it is promised, against the twin of Xero in
 * memory. The ledger's own state and the journal of requests are what is judged.
 */

type Line = LedgerInvoice['LineItems'][number];

async function openWorld(): Promise<XeroInMemory> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	return world;
}

const invoicesOf = ({ sandbox }: XeroInMemory) =>
	new Map(ledgerInvoices(sandbox).map((each) => [each.InvoiceNumber, each]));

async function run(
	world: XeroInMemory,
	drafts: readonly Draft[],
	options: Partial<UpsertOptions> = {},
	send: typeof upsertDocuments = upsertDocuments,
) {
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const report = await send({ client, settings, clock, turns }, SALES_INVOICE, drafts, {
		...DEFAULT_OPTIONS,
		...options,
	});
	return { ...report, calls: client.calls() };
}

const customerOf = (index: number) => `Customer ${index % 90} Ltd`;
const codesOf = (outcome: Outcome | undefined) => outcome?.issues.map((issue) => issue.code) ?? [];
const refusals = ({ sandbox }: XeroInMemory) =>
	sandbox.journal
		.filter({ service: 'xero' })
		.filter(({ status }) => status >= 400 && status < 500)
		.map(({ method, path, status }) => `${method} ${path} ${status}`);

/** Elements that Xero refused inside an answer that took others. */
const refusedElements = ({ sandbox }: XeroInMemory) =>
	sandbox.journal
		.filter({ service: 'xero', kind: 'write' })
		.flatMap(
			({ responseBody }) =>
				JSON.stringify(responseBody ?? '').match(/"StatusAttributeString":"ERROR"/g) ?? [],
		);

describe('preview', () => {
	it('of 500 mixed records is what the write then does, record by record and to the cent', async () => {
		const world = await openWorld();
		const kept = Array.from({ length: 150 }, (_, index) => orderDraft(index, customerOf(index)));
		await run(world, kept);
		world.sandbox.xero.voidInvoice({ invoiceNumber: orderNumber(149) });
		const mixed = Array.from({ length: 500 }, (_, index): Draft => {
			const draft = orderDraft(index, customerOf(index));
			if (index < 150) return index % 3 === 0 ? withLine(draft, 1, { quantity: '9' }) : draft;
			switch (index % 10) {
				case 0:
					return withLine(draft, 0, { accountCode: '999' });
				case 1:
					return { ...draft, skipReason: 'not completed' };
				case 2:
					return orderDraft(index, customerOf(index), { lineAmountTypes: 'Inclusive' });
				case 3:
					return orderDraft(index, customerOf(index), { currencyCode: 'EUR' });
				case 4:
					return withLine(draft, 2, { discountRate: '12.5', unitAmount: '0.0375' });
				case 5:
					return orderDraft(index, `New customer ${index}`, { status: 'DRAFT' });
				case 6:
					return orderDraft(index, customerOf(index), { expectedTotal: '1' });
				default:
					return draft;
			}
		});
		const before = world.sandbox.journal.counts().byService.xero?.write ?? 0;
		const preview = await run(world, mixed, {}, previewDocuments);
		expect(world.sandbox.journal.counts().byService.xero?.write ?? 0).toBe(before);
		expect(invoicesOf(world).size).toBe(150);

		const written = await run(world, mixed);
		expect(written.calls.writes).toBe(preview.expectedCalls);
		const asWritten: Partial<Record<string, string>> = {
			wouldCreate: 'created',
			wouldUpdate: 'updated',
		};
		const planOf = ({ outcome, document, changes, issues, sync }: Outcome) => ({
			outcome: asWritten[outcome] ?? outcome,
			number: document.number,
			subTotal: document.subTotal,
			totalTax: document.totalTax,
			total: document.total,
			changes,
			issues,
			key: sync.key,
			hash: sync.contentHash,
		});
		expect(written.outcomes.map(planOf)).toEqual(preview.outcomes.map(planOf));
		const kinds = new Set(written.outcomes.map((each) => each.outcome));
		expect([...kinds].sort()).toEqual([
			'blocked',
			'created',
			'held',
			'skipped',
			'unchanged',
			'updated',
		]);
		const ledger = invoicesOf(world);
		for (const { outcome, document } of preview.outcomes) {
			if (outcome !== 'wouldCreate' && outcome !== 'wouldUpdate') continue;
			const posted = ledger.get(document.number ?? '');
			expect(posted?.Total.toFixed(2)).toBe(document.total);
			expect(posted?.TotalTax.toFixed(2)).toBe(document.totalTax);
		}
	}, 60_000);
});

describe('a record that only Xero can find bad', () => {
	/** Xero answers the whole request with 400 as soon as one of its elements is the bad one. */
	async function worldThatRefuses(bad: ReadonlySet<string>) {
		const world = await openWorld();
		const client = world.anotherClient((inner) => async (request) => {
			const body = JSON.parse(String(request.body ?? 'null')) as {
				Invoices?: Array<{ InvoiceNumber?: string }>;
			} | null;
			const isBad = body?.Invoices?.some((element) => bad.has(element.InvoiceNumber ?? ''));
			if (!isBad || request.method === 'GET') return await inner(request);
			return {
				kind: 'answer',
				status: 400,
				headers: {},
				body: {
					ErrorNumber: 10,
					Type: 'ValidationException',
					Message: 'A validation exception occurred',
					Elements: [{ ValidationErrors: [{ Message: 'The moon is full.' }] }],
				},
			};
		});
		return { world, client };
	}

	it.each([1, 10])(
		'takes no other with it, and at most 7 calls, in each of %d batches',
		async (batches) => {
			const bad = new Set(
				Array.from({ length: batches }, (_, batch) =>
					orderNumber(batch * 50 + ((batch * 17 + 23) % 50)),
				),
			);
			const { world, client } = await worldThatRefuses(bad);
			world.sandbox.xero.seedContacts([{ name: 'Acme Ltd' }]);
			const { settings, clock, turns } = world;
			const drafts = Array.from({ length: batches * 50 }, (_, index) =>
				orderDraft(index, 'Acme Ltd', {}, 1),
			);
			const report = await upsertDocuments(
				{ client, settings, clock, turns },
				SALES_INVOICE,
				drafts,
			);
			const refused = report.outcomes.filter(({ outcome }) => outcome !== 'created');
			expect(refused.map(({ document }) => document.number).sort()).toEqual([...bad].sort());
			expect(refused.every((each) => codesOf(each).join() === 'XERO_REFUSED')).toBe(true);
			expect(invoicesOf(world).size).toBe(batches * 49);
			expect(client.calls().writes).toBeLessThanOrEqual(batches * 8);
		},
	);
});

describe('planted trouble', () => {
	/** Twelve kinds, each with the code that must come out and what a person did in Xero before. */
	const KINDS: ReadonlyArray<{
		readonly code: IssueCode;
		readonly make: (draft: Draft, index: number) => Draft;
		readonly outcome: Outcome['outcome'];
	}> = [
		{
			code: 'XERO_ACCOUNT_UNKNOWN',
			outcome: 'blocked',
			make: (draft) => withLine(draft, 0, { accountCode: '999' }),
		},
		{
			code: 'XERO_ACCOUNT_ARCHIVED',
			outcome: 'blocked',
			make: (draft) => withLine(draft, 0, { accountCode: '260' }),
		},
		{
			code: 'XERO_TAX_NOT_FOR_ACCOUNT',
			outcome: 'blocked',
			make: (draft) => withLine(draft, 0, { taxType: 'INPUT2' }),
		},
		{
			code: 'XERO_PERIOD_LOCKED',
			outcome: 'blocked',
			make: (draft) => ({ ...draft, fields: { ...draft.fields, date: '2026-02-01' } }),
		},
		{
			code: 'XERO_CURRENCY_NOT_ENABLED',
			outcome: 'blocked',
			make: (draft) => ({ ...draft, fields: { ...draft.fields, currencyCode: 'CHF' } }),
		},
		{
			code: 'XERO_CONTACT_ARCHIVED',
			outcome: 'blocked',
			make: (draft) => ({ ...draft, fields: { ...draft.fields, 'contact.name': 'Old Mill' } }),
		},
		{
			code: 'XERO_CONTACT_AMBIGUOUS',
			outcome: 'held',
			make: (draft) => ({
				...draft,
				fields: { ...draft.fields, 'contact.name': 'Harbour + Sons', 'contact.emailAddress': '' },
			}),
		},
		{
			code: 'XERO_NUMBER_OF_OTHER_CONTACT',
			outcome: 'held',
			make: (draft, index) => ({
				...draft,
				fields: { ...draft.fields, invoiceNumber: `OLD-${index}` },
				source: { ...draft.source, knackRecordId: `newer-${index}` },
			}),
		},
		{
			code: 'XERO_EMAIL_MALFORMED',
			outcome: 'blocked',
			make: (draft, index) => ({
				...draft,
				fields: {
					...draft.fields,
					'contact.name': `Mailless ${index}`,
					'contact.emailAddress': 'office at example',
				},
			}),
		},
		{
			code: 'XERO_TOTAL_NEGATIVE',
			outcome: 'blocked',
			make: (draft) => withLine(draft, 0, { unitAmount: '-900' }),
		},
		{
			code: 'XERO_FIELD_REQUIRED_TO_APPROVE',
			outcome: 'blocked',
			make: (draft) => ({ ...draft, fields: { ...draft.fields, dueDate: '' } }),
		},
		{
			code: 'XERO_DISCOUNT_OUT_OF_RANGE',
			outcome: 'blocked',
			make: (draft) => withLine(draft, 0, { discountRate: '130' }),
		},
	];

	it('of 12 kinds among 1,000 records costs no refusal of Xero’s, and each comes out with its code', async () => {
		const world = await openWorld();
		const { sandbox } = world;
		sandbox.xero.organisation().info.update({ periodLockDate: '2026-03-31' });
		sandbox.xero.person.archiveAccount('260', true);
		sandbox.xero.seedContacts([
			{ name: 'Old Mill', archived: true },
			{ name: 'Harbour & Sons' },
			{ name: 'Harbour and Sons' },
		]);
		const planted = (index: number) =>
			index % 5 === 0 ? KINDS[(index / 5) % KINDS.length] : undefined;
		const old = Array.from({ length: 1_000 }, (_, index) => index)
			.filter((index) => planted(index)?.code === 'XERO_NUMBER_OF_OTHER_CONTACT')
			.map((index) => orderDraft(index, 'Somebody else', { invoiceNumber: `OLD-${index}` }, 1));
		await run(world, old);
		const fresh = await xeroInMemory(sandbox);
		sandbox.journal.clear();

		const drafts = Array.from({ length: 1_000 }, (_, index) => {
			const draft = orderDraft(index, customerOf(index), {}, 2);
			return planted(index)?.make(draft, index) ?? draft;
		});
		const { outcomes } = await run(fresh, drafts);
		expect(refusals(world)).toEqual([]);
		expect(refusedElements(world)).toEqual([]);
		const wrong = outcomes.flatMap((outcome, index) => {
			const kind = planted(index);
			const isRight = kind
				? outcome.outcome === kind.outcome && codesOf(outcome).includes(kind.code)
				: outcome.outcome === 'created' && codesOf(outcome).length === 0;
			return isRight
				? []
				: [`${index} ${kind?.code}: ${outcome.outcome} ${codesOf(outcome).join()}`];
		});
		expect(wrong).toEqual([]);
		expect(outcomes.map(({ itemIndexes }) => itemIndexes)).toEqual(
			drafts.map((_, index) => [index]),
		);
		expect(outcomes.filter(({ outcome }) => ATTENTION.has(outcome))).toHaveLength(200);
		expect(invoicesOf(world).size).toBe(800 + old.length);
	}, 60_000);
});

describe('one changed line in each of 200 invoices', () => {
	it('changes that line alone, keeps every LineItemID, and the re-run writes nothing', async () => {
		const world = await openWorld();
		const drafts = Array.from({ length: 200 }, (_, index) =>
			orderDraft(index, customerOf(index), {}, 4),
		);
		await run(world, drafts);
		const before = invoicesOf(world);
		const changed = drafts.map((draft, index) =>
			withLine(draft, index % 4, index % 2 === 0 ? { quantity: '17' } : { description: 'Changed' }),
		);
		world.sandbox.journal.clear();
		const first = await run(world, changed);
		expect(first.outcomes.every(({ outcome }) => outcome === 'updated')).toBe(true);
		expect(first.calls.writes).toBe(4);
		expect(refusals(world)).toEqual([]);
		const after = invoicesOf(world);
		changed.forEach((_, index) => {
			const was = before.get(orderNumber(index));
			const is = after.get(orderNumber(index));
			expect(is?.LineItems.map((line) => line.LineItemID)).toEqual(
				was?.LineItems.map((line) => line.LineItemID),
			);
			const wanted = was?.LineItems.map((line, at) => {
				if (at !== index % 4) return line;
				if (index % 2 === 1) return { ...line, Description: 'Changed' };
				return { ...line, Quantity: 17 };
			});
			const shown = (lines: Line[] | undefined) =>
				lines?.map(({ Description, Quantity, UnitAmount, AccountCode, TaxType }) => ({
					Description,
					Quantity,
					UnitAmount,
					AccountCode,
					TaxType,
				}));
			expect(shown(is?.LineItems)).toEqual(shown(wanted));
		});
		expect((await run(world, changed)).calls.writes).toBe(0);
	}, 60_000);
});
