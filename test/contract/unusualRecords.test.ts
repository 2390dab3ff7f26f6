import type { Draft } from '../../lib/sync/draft';
import type { UnusualAnswers } from '../../lib/sync/unusual/answers';
import type { PostedHistory } from '../../lib/sync/unusual/postedHistory';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { decimal } from '../../lib/money';
import { calendarDate } from '../../lib/dates';
import { DOCUMENTS } from '../../lib/xero/documents';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

type Kind = 'salesInvoice' | 'bill';

interface Given {
	readonly fields?: FieldValues;
	readonly line?: FieldValues;
	readonly unusual?: UnusualAnswers;
}

/** A record like those that are posted already. */
function record(
	kind: Kind,
	number: string,
	{ fields = {}, line = {}, unusual }: Given = {},
): Draft {
	const isSale = kind === 'salesInvoice';
	return {
		type: kind,
		itemIndexes: [0],
		fields: {
			'contact.name': isSale ? 'Acme' : 'Timber Ltd',
			invoiceNumber: number,
			date: '2026-11-20',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
			...(isSale ? { reference: `Order of ${number}` } : {}),
			...fields,
		},
		lines: [
			{
				fields: {
					description: isSale ? 'Labour by the hour' : 'Oak boards',
					quantity: '10',
					unitAmount: '42',
					accountCode: isSale ? '200' : '310',
					taxType: isSale ? 'OUTPUT2' : 'INPUT2',
					...(isSale ? {} : { 'tracking.Job': 'J1003 Rewire' }),
					...line,
				},
			},
		],
		source: {
			knackRecordId: `record of ${number}`,
			table: 'object_1',
			...(unusual ? { unusual } : {}),
		},
		issues: [],
	};
}

const numberOf = (kind: Kind, index: number) =>
	`${kind === 'salesInvoice' ? 'INV-' : 'T-'}${String(index).padStart(4, '0')}`;

/** Xero with two dozen documents of each side, and a client that counts. */
async function withBooks() {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	const { settings, clock, turns } = world;
	for (const kind of ['salesInvoice', 'bill'] as const) {
		const posted = Array.from({ length: 24 }, (_, index) =>
			record(kind, numberOf(kind, index), {
				fields: { date: `2026-10-${String(index + 1).padStart(2, '0')}` },
				line: { quantity: String(6 + (index % 5)) },
			}),
		).map((draft, index) => ({ ...draft, itemIndexes: [index] }));
		const context = { client: world.anotherClient(), settings, clock, turns };
		const { outcomes } = await upsertDocuments(context, DOCUMENTS[kind], posted);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(posted.map(() => 'created'));
	}
	return world;
}

const said: string[] = [];

async function send(
	world: XeroInMemory,
	drafts: readonly Draft[],
	policy: 'off' | 'warn' | 'hold' = 'hold',
	more: { readonly options?: Partial<UpsertOptions>; readonly shelf?: Shelf } = {},
) {
	world.sandbox.clock.advance(1_000);
	const [first] = drafts;
	if (!first) throw new Error('There is no record.');
	const definition = DOCUMENTS[first.type as Kind];
	const client = world.anotherClient();
	const { clock, turns } = world;
	const settings = await readOrganisationSettings(world.anotherClient());
	said.length = 0;
	const context = {
		client,
		settings,
		clock,
		turns,
		tell: (sentence: string) => said.push(sentence),
		...(more.shelf ? { history: more.shelf } : {}),
	};
	const given = drafts.map((draft, index) => ({ ...draft, itemIndexes: [index] }));
	const options: UpsertOptions = {
		...DEFAULT_OPTIONS,
		...more.options,
		...(policy === 'off' ? {} : { unusual: policy }),
	};
	const preview = await previewDocuments(context, definition, given, options);
	expect(client.calls().writes).toBe(0);
	const { outcomes } = await upsertDocuments(context, definition, given, options);
	const { writes, reads } = client.calls();
	return { preview: preview.outcomes, outcomes, writes, reads };
}

type Shelf = NonNullable<Parameters<typeof upsertDocuments>[0]['history']>;

/** As a process keeps what was read. */
function shelf(): Shelf {
	const kept = new Map<string, Promise<PostedHistory>>();
	return {
		get: async (key, read) => {
			const known = kept.get(key) ?? read();
			kept.set(key, known);
			return await known;
		},
	};
}

const TENFOLD = record('salesInvoice', 'INV-0024', { line: { unitAmount: '420' } });

describe('Unusual Records', () => {
	let world: XeroInMemory;
	beforeAll(async () => {
		world = await withBooks();
	});

	it('finds nothing where it is off, and nothing in a record like the others', async () => {
		const usual = record('salesInvoice', 'INV-0024');
		const off = await send(await withBooks(), [TENFOLD], 'off');
		expect(off.outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
		expect(said).toEqual([]);
		const { outcomes } = await send(await withBooks(), [usual]);
		expect(outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
	});

	it('warns with the numbers behind it, and lets the record through', async () => {
		const own = await withBooks();
		const { preview, outcomes } = await send(own, [TENFOLD], 'warn');
		for (const [outcome] of [preview, outcomes]) {
			const found = outcome?.issues.find(({ field }) => field === 'lineItems[0].unitAmount');
			expect(found).toMatchObject({
				code: 'XERO_UNUSUAL_TENFOLD',
				severity: 'warn',
				numbers: { value: '420', median: '42', times: '10', count: '24' },
			});
			expect(found?.message).toContain('GBP 420.00');
			expect(found?.message).toContain('GBP 42.00');
			expect(found?.releaseCode).toBeUndefined();
		}
		expect(outcomes[0]?.outcome).toBe('created');
	});

	it('holds it, and sends nothing', async () => {
		const { preview, outcomes, writes } = await send(world, [TENFOLD]);
		for (const [outcome] of [preview, outcomes]) {
			expect(outcome?.outcome).toBe('held');
			expect(outcome?.issues[0]).toMatchObject({ severity: 'hold' });
			expect(outcome?.issues[0]?.fix).toContain(outcome?.issues[0]?.releaseCode ?? 'no code');
		}
		expect(writes).toBe(0);
		expect(said[0]).toMatch(/compared with 24 sales invoices posted from 2026-10-01 to 2026-10-24/);
	});

	describe('released by a person', () => {
		let own: XeroInMemory;
		let code: string;
		const whole = { by: 'Ida Berg', on: '2026-11-22', reason: 'Asked the customer' };
		const releasing = (release: UnusualAnswers['release'], price = '420') =>
			record('salesInvoice', 'INV-0024', {
				line: { unitAmount: price },
				...(release ? { unusual: { release } } : {}),
			});

		beforeAll(async () => {
			own = await withBooks();
			const { outcomes } = await send(own, [TENFOLD]);
			code = outcomes[0]?.issues[0]?.releaseCode ?? '';
			expect(code).toMatch(/^[0-9a-z]{7}(-[0-9a-z]{7})*$/);
		});

		it.each([
			['who', { ...whole, by: undefined }, 'who released it'],
			['when', { ...whole, on: undefined }, 'when'],
			['why', { ...whole, reason: undefined }, 'why'],
		])('is not without %s', async (_word, release, missing) => {
			const given = Object.fromEntries(Object.entries(release).filter(([, value]) => value));
			const { outcomes, writes } = await send(own, [releasing({ code, ...given })]);
			expect(outcomes[0]?.outcome).toBe('held');
			expect(outcomes[0]?.issues[0]?.fix).toContain(`does not say ${missing}`);
			expect(writes).toBe(0);
		});

		it('asks again for other numbers, and of another record', async () => {
			const other = await send(own, [releasing({ code, ...whole }, '4200')]);
			expect(other.outcomes[0]?.outcome).toBe('held');
			expect(other.outcomes[0]?.issues[0]?.releaseCode).not.toBe(code);
			const another = record('salesInvoice', 'INV-0025', {
				line: { unitAmount: '420' },
				unusual: { release: { code, ...whole } },
			});
			expect((await send(own, [another])).outcomes[0]?.outcome).toBe('held');
			expect(other.writes).toBe(0);
		});

		it('goes over once, with who, when and why, and is unchanged then', async () => {
			const released = releasing({ code, ...whole });
			const { outcomes } = await send(own, [released]);
			expect(outcomes[0]?.outcome).toBe('created');
			expect(outcomes[0]?.issues[0]).toMatchObject({ severity: 'warn' });
			expect(outcomes[0]?.issues[0]?.message).toContain(
				'Released by Ida Berg on 2026-11-22: Asked the customer.',
			);
			const again = await send(own, [released]);
			expect(again.outcomes[0]).toMatchObject({ outcome: 'unchanged', issues: [] });
			expect(again.writes).toBe(0);
		});
	});

	it.each<[string, Draft]>([
		['XERO_UNUSUAL_TENFOLD', TENFOLD],
		['XERO_UNUSUAL_PRICE', record('salesInvoice', 'INV-0024', { line: { unitAmount: '150' } })],
		['XERO_UNUSUAL_AMOUNT', record('bill', 'T-90', { line: { quantity: '85' } })],
		[
			'XERO_UNUSUAL_EXCHANGED',
			record('bill', 'T-91', { line: { quantity: '42', unitAmount: '8' } }),
		],
		['XERO_UNUSUAL_ACCOUNT', record('bill', 'T-92', { line: { accountCode: '400' } })],
		['XERO_UNUSUAL_TAX_RATE', record('bill', 'T-93', { line: { taxType: 'RRINPUT' } })],
		['XERO_UNUSUAL_CURRENCY', record('bill', 'T-94', { fields: { currencyCode: 'EUR' } })],
		['XERO_UNUSUAL_YEAR', record('bill', 'T-95', { fields: { date: '2025-11-20' } })],
		[
			'XERO_UNUSUAL_YEAR',
			record('bill', 'T-96', { unusual: { workDay: calendarDate('2026-03-30') } }),
		],
		['XERO_UNUSUAL_NO_JOB', record('bill', 'T-97', { line: { 'tracking.Job': '' } })],
		[
			'XERO_UNUSUAL_TWICE',
			record('bill', 'T-98', { fields: { date: '2026-10-26' }, line: { quantity: '9' } }),
		],
		['XERO_UNUSUAL_SUPPLIER_NUMBER', record('bill', 'T/7')],
		[
			'XERO_UNUSUAL_TAX_NUMBER',
			record('bill', 'N-1', { fields: { 'contact.name': 'A New Supplier' } }),
		],
		[
			'XERO_UNUSUAL_CREDIT_LIMIT',
			record('salesInvoice', 'INV-0024', { unusual: { creditLimit: decimal(5_000) } }),
		],
	])('finds %s', async (code, draft) => {
		const { outcomes, writes } = await send(world, [draft]);
		expect(outcomes[0]?.outcome).toBe('held');
		expect(outcomes[0]?.issues.map((issue) => issue.code)).toContain(code);
		expect(writes).toBe(0);
	});

	describe('a credit limit', () => {
		const unusual = (limit: number) => ({ unusual: { creditLimit: decimal(limit) } });
		const hours = (quantity: string) => ({ line: { quantity } });
		const limited = (number: string, quantity: string, limit: number, status = 'AUTHORISED') =>
			record('salesInvoice', number, {
				fields: { status },
				...hours(quantity),
				...unusual(limit),
			});
		const codes = (found: { readonly issues: ReadonlyArray<{ readonly code: string }> }) =>
			found.issues.map(({ code }) => code);
		/** With 10 hours of 42.00, and tax: 24 documents of 6 to 10 hours come to 9,576.00. */
		const OWED = 9_576;

		it('does not take the draft that is approved for something that is owed already', async () => {
			const own = await withBooks();
			const draft = limited('INV-0024', '10', 99_999, 'DRAFT');
			expect((await send(own, [draft])).outcomes[0]?.outcome).toBe('created');
			const { outcomes } = await send(own, [limited('INV-0024', '10', OWED + 100)]);
			expect(outcomes[0]?.outcome).toBe('held');
			expect(outcomes.map(codes)).toEqual([['XERO_UNUSUAL_CREDIT_LIMIT']]);
		});

		it('counts once what two records of a run change', async () => {
			const own = await withBooks();
			const options = { accountantEdits: 'knackWins' } as const;
			const both = ['INV-0000', 'INV-0005'].map((number) => limited(number, '7', OWED + 110));
			const { outcomes } = await send(own, both, 'hold', { options });
			expect(outcomes.flatMap(codes)).not.toContain('XERO_UNUSUAL_CREDIT_LIMIT');
		});
	});

	it('says that a number is left out, and holds nothing for it', async () => {
		const own = await withBooks();
		const { outcomes } = await send(own, [record('salesInvoice', 'INV-0027')]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'created',
			issues: [
				{
					code: 'XERO_UNUSUAL_NUMBER_GAP',
					severity: 'warn',
					numbers: { last: 'INV-0023', missing: '3' },
				},
			],
		});
	});

	it('takes a rule that is switched off for off', async () => {
		const own = await withBooks();
		const off = { XERO_UNUSUAL_TENFOLD: 'off' } as const;
		const { outcomes } = await send(own, [TENFOLD], 'hold', { options: { ruleSeverities: off } });
		expect(outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
	});

	it('finds what comes twice in one run', async () => {
		const own = await withBooks();
		const first = record('bill', 'T-100', { line: { quantity: '3' } });
		const { outcomes } = await send(own, [
			first,
			{ ...first, ...record('bill', 'T-101', { line: { quantity: '3' } }) },
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'held']);
		expect(outcomes[1]?.issues[0]).toMatchObject({
			code: 'XERO_UNUSUAL_TWICE',
			numbers: { otherNumber: 'T-100' },
		});
	});

	it('takes what was voided for nothing that is there twice', async () => {
		const own = await withBooks();
		const [sent] = (await send(own, [record('bill', 'T-100')])).outcomes;
		own.sandbox.xero.person.voidInvoice(sent?.document.id ?? '');
		const again = ['T-101', 'T 0100'].map((number) => record('bill', number));
		for (const each of again) {
			const { outcomes } = await send(own, [each], 'warn');
			expect(outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
			own.sandbox.xero.person.voidInvoice(outcomes[0]?.document.id ?? '');
		}
	});

	it('counts lines of text alone where it says which line it is', async () => {
		const own = await withBooks();
		const { lines = [], ...rest } = TENFOLD;
		const heading = { fields: { description: 'First floor' } };
		const { outcomes } = await send(own, [{ ...rest, lines: [heading, ...lines] }]);
		const found = outcomes[0]?.issues.find(({ field }) => field?.startsWith('lineItems'));
		expect(found).toMatchObject({ field: 'lineItems[1].unitAmount' });
		expect(found?.message).toContain('line 2 (Labour by the hour)');
	});

	it('finds what a discount takes below its cost', async () => {
		const own = await withBooks();
		const answer = await own.anotherClient().write({
			method: 'PUT',
			path: '/Items',
			body: { Code: 'STAIN', Name: 'Stain', PurchaseDetails: { UnitPrice: 30 } },
			idempotencyKey: 'the item of the test',
		});
		expect(answer.kind).toBe('accepted');
		const sold = async (number: string, discount: FieldValues) => {
			const line = { itemCode: 'STAIN', description: 'Stain', ...discount };
			const { outcomes } = await send(own, [record('salesInvoice', number, { line })], 'warn');
			return outcomes[0]?.issues.filter(({ code }) => code === 'XERO_UNUSUAL_BELOW_COST');
		};
		expect(await sold('INV-0024', {})).toEqual([]);
		expect(await sold('INV-0025', { discountRate: '28' })).toEqual([]);
		expect(await sold('INV-0026', { discountRate: '29' })).toMatchObject([
			{ numbers: { price: '29.82', cost: '30' } },
		]);
		// Of ten pieces together.
		expect(await sold('INV-0027', { discountAmount: '130' })).toMatchObject([
			{ numbers: { price: '29' } },
		]);
	});

	it('holds prices with tax against the cost without', async () => {
		const own = await withBooks();
		const answer = await own.anotherClient().write({
			method: 'PUT',
			path: '/Items',
			body: { Code: 'STAIN', Name: 'Stain', PurchaseDetails: { UnitPrice: 38 } },
			idempotencyKey: 'the item of the test',
		});
		expect(answer.kind).toBe('accepted');
		const line = { itemCode: 'STAIN', description: 'Stain' };
		const inclusive = { lineAmountTypes: 'Inclusive' };
		const sold = async (number: string, fields: FieldValues) => {
			const { outcomes } = await send(
				own,
				[record('salesInvoice', number, { fields, line })],
				'warn',
			);
			return outcomes[0]?.issues.filter(({ code }) => code === 'XERO_UNUSUAL_BELOW_COST');
		};
		const below = [{ numbers: { price: '35', cost: '38' } }];
		const posted = record('salesInvoice', 'INV-0030', {
			fields: { ...inclusive, status: 'DRAFT' },
			line,
		});
		await send(own, [posted], 'off');
		// The record does not say what the draft in Xero has.
		expect(await sold('INV-0030', {})).toMatchObject(below);
		for (const number of ['INV-0031', 'INV-0032']) {
			expect(await sold(number, inclusive)).toMatchObject(below);
		}
		expect(await sold('INV-0033', inclusive)).toEqual([]);
	});

	it('reads what was posted once an hour, and knows what it has posted itself since', async () => {
		const own = await withBooks();
		const kept = shelf();
		const limit = { creditLimit: decimal(50_000) };
		const calls = () => Number(/\((\d+) Xero calls?\)/.exec(said.at(-1) ?? '')?.[1]);
		await send(own, [record('bill', 'T-110', { line: { quantity: '3' } })], 'hold', {
			shelf: kept,
		});
		expect(said.map((sentence) => /\((\d+) Xero/.exec(sentence)?.[1])).toEqual(['1', '0']);
		const again = record('bill', 'T-111', { line: { quantity: '3' } });
		const { outcomes } = await send(own, [again], 'hold', { shelf: kept });
		expect(calls()).toBe(0);
		expect(outcomes[0]?.issues[0]?.code).toBe('XERO_UNUSUAL_TWICE');
		// What is owed is asked for each time: an hour is long for that.
		await send(own, [record('salesInvoice', 'INV-0024', { unusual: limit })], 'hold', {
			shelf: kept,
		});
		expect(calls()).toBe(1);
	});
});
