import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { LATE_RULES } from '../../lib/sync/check/rules/lateRules';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { planDraft } from '../../lib/sync/plan/plan';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import type { FieldValues } from '../../lib/xero/documents/definition';
import type { JournalEntry } from '../../sandbox/core/journal';
import { isJsonObject } from '../../sandbox/xero/json';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { invoiceDraft } from '../unit/syncFixtures';

/** What a person or another tool has done in Xero, and what then comes out for the last record. */
interface Scene {
	readonly code: string;
	readonly outcome: Outcome['outcome'];
	before?(stage: Stage): Promise<void> | void;
	drafts(stage: Stage): readonly Draft[];
	readonly options?: Partial<UpsertOptions>;
}

interface Stage {
	readonly world: XeroInMemory;
	run(drafts: readonly Draft[], options?: Partial<UpsertOptions>): Promise<readonly Outcome[]>;
}

const invoice = (fields: FieldValues = {}, lines?: readonly FieldValues[]) =>
	invoiceDraft({ date: '2026-11-20', dueDate: '2026-12-20', ...fields }, lines);

/** As recognised by its reference alone. */
function unnumbered(fields: FieldValues = {}): Draft {
	const draft = invoice({ reference: 'ORD-1', ...fields });
	const others = Object.entries(draft.fields).filter(([path]) => path !== 'invoiceNumber');
	return { ...draft, fields: Object.fromEntries(others) };
}

const person = ({ world }: Stage) => world.sandbox.xero;
const twoLines: readonly FieldValues[] = [
	{},
	{ description: 'Parts', quantity: '1', unitAmount: '4' },
];

/** An invoice as another tool posts it. */
async function postedByAnother(
	{ world }: Stage,
	number: string,
	lines?: readonly FieldValues[],
	fields: FieldValues = {},
): Promise<void> {
	await upsertDocuments(
		{
			client: world.anotherClient(),
			settings: world.settings,
			clock: world.clock,
			turns: world.turns,
		},
		SALES_INVOICE,
		[invoice({ invoiceNumber: number, ...fields }, lines)],
		{ ...DEFAULT_OPTIONS, ruleSeverities: { XERO_LOOKS_POSTED_ALREADY: 'off' } },
	);
	const { invoices } = world.sandbox.xero.organisation();
	for (const row of invoices.all()) {
		invoices.put(row.id, { ...row, createdByClientId: 'another tool' });
	}
}

const SCENES: readonly Scene[] = [
	{
		code: 'XERO_DUPLICATE_IN_BATCH',
		outcome: 'blocked',
		drafts: () => [invoice(), invoice({ dueDate: '2027-01-01' })],
	},
	{
		code: 'XERO_CONTACT_AMBIGUOUS',
		outcome: 'held',
		before: (stage) =>
			void person(stage).seedContacts([{ name: 'Mill & Sons' }, { name: 'Mill and Sons' }]),
		drafts: () => [invoice({ 'contact.name': 'Mill + Sons' })],
	},
	{
		code: 'XERO_CONTACT_ARCHIVED',
		outcome: 'blocked',
		before: (stage) => void person(stage).seedContacts([{ name: 'Acme Limited', archived: true }]),
		drafts: () => [invoice()],
	},
	{
		code: 'XERO_CONTACT_UNKNOWN',
		outcome: 'held',
		drafts: () => [invoice()],
		options: { contactPolicy: 'matchOnly' },
	},
	{
		code: 'XERO_CONTACT_SHARES_EMAIL',
		outcome: 'created',
		before: (stage) =>
			void person(stage).seedContacts([
				{ name: 'Zeta', fields: { EmailAddress: 'office@example.com' } },
			]),
		drafts: () => [invoice({ 'contact.emailAddress': 'office@example.com' })],
	},
	{
		code: 'XERO_CONTACT_LOOKS_ALIKE',
		outcome: 'held',
		before: (stage) =>
			void person(stage).seedContacts([
				{ name: 'Acme Trading', fields: { EmailAddress: 'office@example.com' } },
			]),
		drafts: () => [invoice({ 'contact.emailAddress': 'office@example.com' })],
	},
	{
		code: 'XERO_DOCUMENT_AMBIGUOUS',
		outcome: 'held',
		before: async ({ run }) => {
			await Promise.all([
				run([invoice({ reference: 'ORD-1' })]),
				run([invoice({ reference: 'ORD-1', invoiceNumber: 'INV-2', dueDate: '2026-12-24' })]),
			]);
		},
		drafts: () => [unnumbered()],
	},
	{
		code: 'XERO_POSTED_TWICE',
		outcome: 'unchanged',
		before: async ({ run }) => {
			await Promise.all([
				run([invoice({ reference: 'ORD-1', status: 'DRAFT' })]),
				run([invoice({ reference: 'ORD-1', invoiceNumber: 'INV-2', status: 'DRAFT' })]),
			]);
		},
		drafts: () => [unnumbered({ status: 'DRAFT' })],
	},
	{
		code: 'XERO_DOCUMENT_GONE',
		outcome: 'held',
		before: async (stage) => {
			await stage.run([invoice()]);
			person(stage).voidInvoice({ invoiceNumber: 'INV-1' });
		},
		drafts: () => [invoice()],
	},
	{
		code: 'XERO_ID_UNKNOWN',
		outcome: 'held',
		drafts: () => [{ ...invoice(), id: '00000000-0000-4000-8000-000000000001' }],
	},
	{
		code: 'XERO_NUMBER_OF_OTHER_CONTACT',
		outcome: 'held',
		before: async ({ run }) => void (await run([invoice()])),
		drafts: () => [invoice({ 'contact.name': 'Bolt' })],
	},
	{
		code: 'XERO_LOOKS_POSTED_ALREADY',
		outcome: 'held',
		before: async (stage) => await postedByAnother(stage, 'ZAP-1'),
		drafts: () => [invoice()],
	},
	{
		code: 'XERO_NOT_FOUND_TO_UPDATE',
		outcome: 'held',
		drafts: () => [invoice()],
		options: { writePolicy: 'updateOnly' },
	},
	{
		code: 'XERO_EXISTS_ALREADY',
		outcome: 'held',
		before: async ({ run }) => void (await run([invoice()])),
		drafts: () => [invoice({ dueDate: '2026-12-24' })],
		options: { writePolicy: 'createOnly' },
	},
	{
		code: 'XERO_PAID_DOCUMENT_EDIT',
		outcome: 'blocked',
		before: async (stage) => {
			await stage.run([invoice()]);
			person(stage).recordPayment({ invoiceNumber: 'INV-1', amount: 5, date: '2026-11-21' });
		},
		drafts: () => [invoice({}, [{ quantity: '3' }])],
	},
	{
		code: 'XERO_STATUS_NOT_FOR_NEW',
		outcome: 'blocked',
		drafts: () => [invoice({ status: 'VOIDED' })],
	},
	{
		code: 'XERO_PLAN_LIMIT',
		outcome: 'blocked',
		before: (stage) =>
			void person(stage)
				.organisation()
				.info.update({ organisationClass: 'STARTER', approvableSalesInvoices: 0 }),
		drafts: () => [invoice()],
	},
	{
		code: 'XERO_STATUS_MOVE',
		outcome: 'blocked',
		before: async ({ run }) => void (await run([invoice({ status: 'DRAFT' })])),
		drafts: () => [invoice({ status: 'VOIDED' })],
	},
	{
		code: 'XERO_CURRENCY_CHANGE',
		outcome: 'blocked',
		before: async ({ run }) => void (await run([invoice()])),
		drafts: ({ world }) => [
			{
				...invoice({ currencyCode: 'EUR' }),
				id: String(world.sandbox.xero.invoices()[0]?.InvoiceID),
			},
		],
	},
	{
		code: 'XERO_LINES_LEFT',
		outcome: 'unchanged',
		before: async ({ run }) => void (await run([invoice({}, twoLines)])),
		drafts: () => [invoice()],
	},
	{
		code: 'XERO_TOTAL_DIFFERS',
		outcome: 'blocked',
		drafts: () => [invoice({ expectedTotal: '26' })],
	},
	{
		code: 'XERO_TOTAL_NEGATIVE',
		outcome: 'blocked',
		drafts: () => [invoice({}, [{ unitAmount: '-5' }])],
	},
	{
		code: 'XERO_TOTAL_IN_FRACTIONS',
		outcome: 'created',
		before: (stage) => void person(stage).addCurrency('JPY', '190'),
		drafts: () => [invoice({ currencyCode: 'JPY' }, [{ quantity: '3', unitAmount: '0.55' }])],
	},
	{
		code: 'XERO_TOTAL_ZERO',
		outcome: 'created',
		drafts: () => [invoice({}, [{ unitAmount: '0' }])],
	},
	{
		code: 'XERO_PAYLOAD_TOO_LARGE',
		outcome: 'blocked',
		drafts: () => [
			invoice(
				{},
				Array.from({ length: 499 }, () => ({ description: 'é'.repeat(3_900) })),
			),
		],
	},
	{
		code: 'XERO_REFUSED',
		outcome: 'blocked',
		before: (stage) =>
			void stage.world.sandbox.faults.add({
				kind: 'status',
				service: 'xero',
				method: 'PUT',
				path: 'Invoices',
				times: 9,
				status: 400,
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({
					ErrorNumber: 10,
					Type: 'ValidationException',
					Message: 'A validation exception occurred',
					Elements: [{ ValidationErrors: [{ Message: 'The moon is full.' }] }],
				}),
			}),
		drafts: () => [invoice()],
	},
	{
		code: 'XERO_NO_ANSWER',
		outcome: 'failed',
		before: (stage) =>
			void stage.world.sandbox.faults.add({
				kind: 'dropBefore',
				service: 'xero',
				method: 'PUT',
				path: 'Invoices',
				times: 99,
			}),
		drafts: () => [invoice()],
	},
	{
		code: 'XERO_NOT_REACHED',
		outcome: 'failed',
		before: (stage) =>
			void stage.world.sandbox.faults.add({
				kind: 'status',
				status: 403,
				service: 'xero',
				method: 'PUT',
				path: 'Invoices',
				times: 99,
			}),
		drafts: () => [invoice()],
	},
];

/** What is found in Xero's answer to a write, and so not without one. */
const TOLD_BY_ANSWER: ReadonlySet<string> = new Set([
	'XERO_REFUSED',
	'XERO_NO_ANSWER',
	'XERO_NOT_REACHED',
]);

/** What Xero was asked to write so far. */
function writesTo({ sandbox }: XeroInMemory): readonly JournalEntry[] {
	return sandbox.journal.filter({ service: 'xero', kind: 'write' });
}

/** A record that is kept back is kept back here: Xero would refuse many of them, in its own words. */
function expectNothingSentOf(outcomes: readonly Outcome[], writes: readonly JournalEntry[]): void {
	const written = outcomes.filter(({ outcome }) => ['created', 'updated'].includes(outcome));
	if (written.length === 0) expect(writes.map(({ method, path }) => [method, path])).toEqual([]);
	const invoices = writes.flatMap(({ requestBody }) =>
		isJsonObject(requestBody) && Array.isArray(requestBody.Invoices) ? requestBody.Invoices : [],
	);
	expect(invoices).toHaveLength(written.length);
}

describe('what is found after the checks', () => {
	let world: XeroInMemory;
	let start: unknown;
	beforeAll(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		start = world.sandbox.snapshot();
	});
	beforeEach(() => {
		world.sandbox.restore(start as Parameters<typeof world.sandbox.restore>[0]);
		world.sandbox.faults.clear();
	});

	const run = async (drafts: readonly Draft[], options: Partial<UpsertOptions> = {}) => {
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		const report = await upsertDocuments(
			{ client, settings, clock: world.clock, turns: world.turns },
			SALES_INVOICE,
			drafts,
			{ ...DEFAULT_OPTIONS, ...options },
		);
		return report.outcomes;
	};

	it.each(SCENES.map((scene) => [scene.code, scene] as const))('%s', async (code, scene) => {
		const stage = { world, run };
		await scene.before?.(stage);
		const drafts = scene.drafts(stage);
		const writesBefore = writesTo(world).length;
		const outcomes = await run(drafts, scene.options);
		if (['blocked', 'held'].includes(scene.outcome) && !TOLD_BY_ANSWER.has(code)) {
			expectNothingSentOf(outcomes, writesTo(world).slice(writesBefore));
		}
		const issue = outcomes.at(-1)?.issues.find((each) => each.code === code);
		expect(outcomes.at(-1)?.issues.map((each) => each.code)).toContain(code);
		expect(outcomes.at(-1)?.outcome).toBe(scene.outcome);
		expect(issue?.message).toMatch(/^.{15,}[.)]$/s);
		expect(issue?.fix).toMatch(/^[A-Z].{10,}[.]$/s);
	});

	it('XERO_CLOSED_DOCUMENT_EDIT', () => {
		const draft = { ...invoice({ reference: 'new' }), id: 'id-1' };
		const plan = planDraft({
			definition: SALES_INVOICE,
			draft,
			match: {
				kind: 'matched',
				by: 'id',
				issues: [],
				document: {
					type: 'salesInvoice',
					id: 'id-1',
					number: 'INV-1',
					status: 'VOIDED',
					fields: { reference: 'old' },
				},
			},
			settings: world.settings,
			options: DEFAULT_OPTIONS,
		});
		expect(plan.action).toBe('stop');
		expect(plan.issues.map((each) => each.code)).toEqual(['XERO_CLOSED_DOCUMENT_EDIT']);
	});

	it('has a case for every rule, here or with the documents that have rules of their own', () => {
		const others = readdirSync(__dirname)
			.filter((file) => file.endsWith('.test.ts') && file !== path.basename(__filename))
			.map((file) => readFileSync(path.join(__dirname, file), 'utf8'))
			.join('\n');
		const tested = new Set([...SCENES.map(({ code }) => code), 'XERO_CLOSED_DOCUMENT_EDIT']);
		const codes = Object.values(LATE_RULES).map((rule) => rule.code);
		expect(codes.filter((code) => !tested.has(code) && !others.includes(code))).toEqual([]);
	});

	it('names what a paid document would not let be changed, before and after', async () => {
		await run([invoice({}, twoLines)]);
		world.sandbox.xero.recordPayment({ invoiceNumber: 'INV-1', amount: 5, date: '2026-11-21' });
		const invoiceId = () => String(world.sandbox.xero.invoices()[0]?.InvoiceID);
		const edited: readonly FieldValues[] = [
			{ quantity: '3', description: 'Labour, and more' },
			{ description: 'Parts', quantity: '1', unitAmount: '6' },
		];
		const options = { accountantEdits: 'knackWins' } as const;
		const [outcome] = await run(
			[{ ...invoice({ date: '2026-11-19', dueDate: '2026-12-24' }, edited), id: invoiceId() }],
			options,
		);
		expect(outcome?.issues).toEqual([
			expect.objectContaining({
				code: 'XERO_PAID_DOCUMENT_EDIT',
				field: 'date',
				message:
					'INV-1 has payments or credits in Xero, so this can no longer be changed: Issue Date from 2026-11-20 to 2026-11-19; Quantity (line 1) from 2 to 3; Unit Price (line 2) from 4 to 6.',
			}),
		]);
		const [allowed] = await run([invoice({ dueDate: '2026-12-24' }, twoLines)], options);
		expect(allowed?.outcome).toBe('updated');
	});

	it('lets two alike orders of a customer pass that this connection posts itself', async () => {
		const first = await run([invoice()]);
		const second = await run([invoice({ invoiceNumber: 'INV-2' })]);
		expect([...first, ...second].map((each) => each.outcome)).toEqual(['created', 'created']);
	});

	it('takes no two for alike that come to nothing', async () => {
		const free = [{ unitAmount: '0' }];
		await postedByAnother({ world, run }, 'ZAP-1', free);
		const [mine] = await run([invoice({}, free)]);
		expect(mine?.outcome).toBe('created');
	});

	it('warns of a look-alike, or does not look, when the user says so', async () => {
		await postedByAnother({ world, run }, 'ZAP-1');
		const ruleSeverities = { XERO_LOOKS_POSTED_ALREADY: 'warn' } as const;
		const [warned] = await run([invoice()], { ruleSeverities });
		expect(warned?.outcome).toBe('created');
		expect(warned?.issues.map((each) => each.code)).toEqual(['XERO_LOOKS_POSTED_ALREADY']);
		expect(warned?.issues[0]?.message).toMatch(
			/^Xero has ZAP-1, Acme Limited, GBP 25\.20, .* of the same contact, day and total/,
		);
		world.sandbox.journal.clear();
		await run([invoice({ invoiceNumber: 'INV-3' })], {
			ruleSeverities: { XERO_LOOKS_POSTED_ALREADY: 'off' },
		});
		expect(world.sandbox.journal.filter({ path: 'Invoices', method: 'GET' })).toHaveLength(1);
	});

	it('looks for what somebody else has posted in the call that looks for the reference', async () => {
		await postedByAnother({ world, run }, 'ZAP-1');
		world.sandbox.journal.clear();
		const [held] = await run([unnumbered()]);
		expect([held?.outcome, held?.issues.map(({ code }) => code)]).toEqual([
			'held',
			['XERO_LOOKS_POSTED_ALREADY'],
		]);
		// One more asks whether this app has made it.
		expect(world.sandbox.journal.filter({ path: 'Invoices', method: 'GET' })).toHaveLength(2);
		world.sandbox.journal.clear();
		const [other] = await run([unnumbered({ date: '2026-11-21' })]);
		expect(other?.outcome).toBe('created');
		// The second is the look for twins.
		expect(world.sandbox.journal.filter({ path: 'Invoices', method: 'GET' })).toHaveLength(2);
	});

	it.each([
		[20, 1],
		[21, 2],
	])('looks for it and for %i references in %i call(s)', async (count, calls) => {
		await postedByAnother({ world, run }, 'ZAP-1');
		const drafts = Array.from({ length: count }, (_, index) =>
			unnumbered({ reference: `O-${index}` }),
		).map((draft, index) => ({ ...draft, source: { knackRecordId: `record ${index}` } }));
		world.sandbox.journal.clear();
		const client = world.anotherClient();
		const { outcomes } = await previewDocuments({ ...world, client }, SALES_INVOICE, drafts);
		expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['held']));
		// One more asks whether this app has made it.
		const asked = world.sandbox.journal.filter({ path: 'Invoices', method: 'GET' });
		expect(asked).toHaveLength(calls + 1);
	});

	it('looks for it by a call of its own where a reference cannot be asked for beside it', async () => {
		await postedByAnother({ world, run }, 'ZAP-1');
		world.sandbox.journal.clear();
		const [held] = await run([unnumbered({ reference: '5" pipe' })]);
		expect(held?.issues.map(({ code }) => code)).toEqual(['XERO_LOOKS_POSTED_ALREADY']);
		expect(world.sandbox.journal.filter({ path: 'Invoices', method: 'GET' })).toHaveLength(3);
	});

	it('asks for both apart where Xero refuses to look for them at once', async () => {
		await postedByAnother({ world, run }, 'ZAP-1');
		const client = world.anotherClient((inner) => async (request) => {
			const { where = '' } = request.query ?? {};
			if (!where.includes('Reference') || !where.includes('Contact')) return await inner(request);
			const Message = 'The query is too expensive.';
			return { kind: 'answer', status: 400, headers: {}, body: { ErrorNumber: 16, Message } };
		});
		const report = await upsertDocuments({ ...world, client }, SALES_INVOICE, [unnumbered()]);
		expect(report.outcomes.flatMap(({ issues }) => issues.map(({ code }) => code))).toEqual([
			'XERO_LOOKS_POSTED_ALREADY',
		]);
	});

	it('looks for it on the day that a record of a closed period goes to', async () => {
		await postedByAnother({ world, run }, 'ZAP-1');
		const options = { lateDocuments: 'firstOpenDay', booksClosedUntil: '2026-11-19' } as const;
		const [held] = await run([unnumbered({ date: '2026-11-10', status: 'AUTHORISED' })], options);
		expect(held?.issues.map(({ code }) => code)).toContain('XERO_LOOKS_POSTED_ALREADY');
		expect(held?.outcome).toBe('held');
	});

	it('looks for it today where the record tells no day', async () => {
		await postedByAnother({ world, run }, 'ZAP-1', undefined, { date: '2026-11-22' });
		const [held] = await run([unnumbered({ date: '' })]);
		expect(held).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_LOOKS_POSTED_ALREADY' }],
		});
	});

	it('looks for it on the days of all records, in whatever order they come', async () => {
		await postedByAnother({ world, run }, 'ZAP-1');
		const of = (reference: string, date: string, unitAmount: string) => ({
			...invoiceDraft({ invoiceNumber: '', reference, date }, [{ unitAmount }]),
			source: { knackRecordId: reference, table: 'object_2' },
		});
		const dates = ['2026-11-21', '2026-11-20', '2026-11-22'];
		const outcomes = await run(
			dates.map((date, index) => of(`ORD-${index}`, date, index === 1 ? '10.5' : `${index + 20}`)),
		);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'held', 'created']);
	});

	it('shows each document that a record may be, and not those that this connection has posted', async () => {
		await postedByAnother({ world, run }, 'ZAP-1');
		await postedByAnother({ world, run }, 'ZAP-2');
		await run([invoice({ invoiceNumber: 'INV-7' })], {
			ruleSeverities: { XERO_LOOKS_POSTED_ALREADY: 'off' },
		});
		const ids = world.sandbox.xero.organisation().invoices.all().slice(0, 2);
		const [held] = await run([invoice()]);
		expect(held?.issues).toMatchObject([
			{
				field: 'invoiceNumber',
				candidates: ids.map(({ id, number }) => ({
					id,
					label: `${number ?? ''}, Acme Limited, GBP 25.20, authorised`,
				})),
			},
		]);
		expect(held?.issues[0]?.candidates).toHaveLength(2);
	});

	it('asks nothing of a customer whom Xero does not have, nor where nobody wants to know', async () => {
		const asked = () =>
			world.sandbox.journal
				.filter({ path: 'Invoices', method: 'GET' })
				.filter(({ query }) => JSON.stringify(query ?? '').includes('Contact'));
		world.sandbox.journal.clear();
		await run([unnumbered({ 'contact.name': 'Newcomer Ltd' })]);
		expect(asked()).toEqual([]);
		await run([unnumbered({ 'contact.name': 'Newcomer Ltd', reference: 'ORD-2' })], {
			ruleSeverities: { XERO_LOOKS_POSTED_ALREADY: 'off' },
		});
		expect(asked()).toEqual([]);
	});

	it('asks for the limits of the plan only where they can matter', async () => {
		await run([invoice()]);
		expect(world.sandbox.journal.filter({ path: 'Actions' })).toEqual([]);
		world.sandbox.xero.organisation().info.update({ organisationClass: 'STARTER' });
		await run([invoice({ status: 'AUTHORISED' })]);
		expect(world.sandbox.journal.filter({ path: 'Actions' })).toEqual([]);
		await run([invoice({ invoiceNumber: 'INV-2', status: 'DRAFT' })]);
		expect(world.sandbox.journal.filter({ path: 'Actions' })).toEqual([]);
		await run([invoice({ invoiceNumber: 'INV-3' }), invoice({ invoiceNumber: 'INV-4' })]);
		expect(world.sandbox.journal.filter({ path: 'Actions' })).toHaveLength(1);
	});

	it('predicts totals with the price and the tax of an item', async () => {
		const client = world.anotherClient();
		await client.write({
			method: 'PUT',
			path: '/Items',
			body: {
				Items: [
					{
						Code: 'LABOUR',
						Name: 'Labour',
						SalesDetails: { UnitPrice: 42.5, AccountCode: '200', TaxType: 'OUTPUT2' },
					},
				],
			},
			idempotencyKey: 'item',
		});
		const draft = invoice({ expectedTotal: '102.00' }, []);
		const lines = [{ fields: { itemCode: 'labour', quantity: '2' } }];
		const [outcome] = await run([{ ...draft, lines }]);
		expect(outcome?.issues).toEqual([]);
		expect(outcome?.document.total).toBe('102.00');
		const [wrong] = await run([
			{ ...invoice({ invoiceNumber: 'INV-2', expectedTotal: '100' }), lines },
		]);
		expect(wrong?.issues.map((each) => each.code)).toEqual(['XERO_TOTAL_DIFFERS']);
		const [unknown] = await run([
			{ ...invoice({ invoiceNumber: 'INV-3' }), lines: [{ fields: { itemCode: 'CHAIR' } }] },
		]);
		expect(unknown?.issues.map((each) => each.code)).toEqual(['XERO_ITEM_UNKNOWN']);
	});
});
