import { calendarDate } from '../../lib/dates';
import type { Draft } from '../../lib/sync/draft';
import type { Reversal } from '../../lib/sync/reversal/reversingRun';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { readRanOutcome } from '../../lib/sync/undo/ranOutcome';
import { previewUndo, undo } from '../../lib/sync/undo/undo';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { shownOutcome } from '../../lib/n8n/shownOutcome';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { MANUAL_JOURNAL } from '../../lib/xero/documents/manualJournal';
import type { ManualJournalRow } from '../../sandbox/xero/model';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

function journal(fields: FieldValues = {}): Draft {
	return {
		type: 'manualJournal',
		itemIndexes: [0],
		fields: {
			narration: 'Labour to jobs, W-47',
			date: '2026-11-20',
			status: 'POSTED',
			...fields,
		},
		lines: [
			{ fields: { lineAmount: '120.10', accountCode: '429', 'tracking.Region': 'North' } },
			{ fields: { lineAmount: '-120.10', accountCode: '260' } },
		],
		source: { table: 'object_1', knackRecordId: 'record-1' },
		issues: [],
	};
}

function day(text: string) {
	const read = calendarDate(text);
	if (!read) throw new Error(`${text} is no day.`);
	return read;
}

describe('a journal that is to be reversed', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	async function run(draft: Draft, reversal?: Reversal, more: object = {}) {
		const client = world.anotherClient();
		const { settings, clock, turns } = world;
		const context = { client, settings, clock, turns };
		const options = { ...DEFAULT_OPTIONS, ...(reversal ? { reversal } : {}), ...more };
		const preview = await previewDocuments(context, MANUAL_JOURNAL, [draft], options);
		expect(client.calls().writes).toBe(0);
		const { outcomes } = await upsertDocuments(context, MANUAL_JOURNAL, [draft], options);
		const [outcome] = outcomes;
		if (!outcome) throw new Error('There is no outcome.');
		const { writes } = client.calls();
		expect(writes).toBe(preview.expectedCalls);
		return { preview: preview.outcomes[0], outcome, writes };
	}

	/** As a person does in Xero. */
	async function byHand(members: object, isMeant: (row: ManualJournalRow) => boolean) {
		const own = world.sandbox.xero.organisation().manualJournals.find(isMeant);
		if (!own) throw new Error('There is no such journal.');
		const { id, narration } = own;
		const answer = await world.anotherClient().write({
			method: 'POST',
			path: `/ManualJournals/${id}`,
			body: { ManualJournals: [{ ManualJournalID: id, Narration: narration, ...members }] },
			idempotencyKey: `by hand ${id} ${JSON.stringify(members)}`,
		});
		expect(answer.kind).toBe('accepted');
	}

	const inXero = () =>
		world.sandbox.xero
			.organisation()
			.manualJournals.all()
			.map(({ narration, date, status, lines }) => ({
				narration,
				date,
				status,
				amounts: lines.map(({ lineAmount }) => lineAmount.toFixed(2)),
				tracked: lines.map(({ tracking }) => tracking.length),
			}));

	it('gets a second one on the first of the next month, as the preview says, and never a third', async () => {
		const { preview, outcome } = await run(journal(), 'nextMonth');
		const operation = 'New manual journal that reverses it, dated 2026-12-01';
		expect(preview).toMatchObject({ outcome: 'wouldCreate' });
		expect(preview?.operations?.at(-1)).toBe(operation);
		expect(outcome).toMatchObject({ outcome: 'created', issues: [] });
		expect(outcome.operations?.at(-1)).toBe(operation);
		const books = [
			{
				narration: 'Labour to jobs, W-47',
				date: '2026-11-20',
				status: 'POSTED',
				amounts: ['120.10', '-120.10'],
				tracked: [1, 0],
			},
			{
				narration: `Reversal of ${outcome.document.id ?? ''}: Labour to jobs, W-47`,
				date: '2026-12-01',
				status: 'POSTED',
				amounts: ['-120.10', '120.10'],
				tracked: [1, 0],
			},
		];
		expect(inXero()).toEqual(books);

		const again = await run(journal(), 'nextMonth');
		expect(again.outcome).toMatchObject({ outcome: 'unchanged', issues: [] });
		expect(again.writes).toBe(0);
		// Another day, once it is there, does not make it again.
		await run(journal(), { on: day('2027-01-01') });
		expect(inXero()).toEqual(books);
	});

	it('that is voided says that its reversal stays, and gets none where it has none', async () => {
		const voided = { ...journal(), fields: { ...journal().fields, status: 'VOIDED' } };
		const { outcome: first } = await run(journal(), 'nextMonth');
		const { preview, outcome } = await run(voided, 'nextMonth');
		for (const told of [preview, outcome]) {
			expect(told?.issues).toMatchObject([
				{ code: 'XERO_NOT_REVERSED', severity: 'warn', field: 'status' },
			]);
			expect(told?.issues[0]?.fix).toContain(`Reversal of ${first.document.id ?? ''}`);
		}
		expect(inXero().map(({ status }) => status)).toEqual(['VOIDED', 'POSTED']);

		const other = { ...journal().source, knackRecordId: 'record-2' };
		const fields = { ...journal().fields, narration: 'Labour to jobs, week 48' };
		await run({ ...journal(), source: other, fields });
		const taken = await run(
			{ ...journal(), source: other, fields: { ...fields, status: 'VOIDED' } },
			'nextMonth',
		);
		expect(taken.outcome).toMatchObject({ outcome: 'updated', issues: [] });
		expect(inXero().map(({ status }) => status)).toEqual(['VOIDED', 'POSTED', 'VOIDED']);
	});

	it('that a person has voided in Xero says that its reversal stays, as long as it does', async () => {
		const { outcome: first } = await run(journal(), 'nextMonth');
		await byHand({ Status: 'VOIDED' }, ({ id }) => id === first.document.id);
		for (const draft of [journal(), { ...journal(), id: first.document.id }]) {
			const { preview, outcome, writes } = await run(draft, 'nextMonth');
			for (const told of [preview, outcome]) {
				expect(told).toMatchObject({
					outcome: 'held',
					issues: [{ code: 'XERO_DOCUMENT_GONE' }, { code: 'XERO_NOT_REVERSED', severity: 'warn' }],
				});
				expect(told?.issues[1]?.fix).toContain(`Reversal of ${first.document.id ?? ''}`);
			}
			expect(writes).toBe(0);
		}
		await byHand({ Status: 'VOIDED' }, ({ narration }) => narration.startsWith('Reversal of'));
		expect((await run(journal(), 'nextMonth')).outcome.issues).toMatchObject([
			{ code: 'XERO_DOCUMENT_GONE' },
		]);
	});

	it('that a person has voided leaves its reversal to be told where the run is undone', async () => {
		const { outcome: first } = await run(journal(), 'nextMonth');
		await byHand({ Status: 'VOIDED' }, ({ id }) => id === first.document.id);
		const read = readRanOutcome(JSON.parse(JSON.stringify(shownOutcome(first))), 0);
		if (!read.ok) throw new Error(read.failure.message);
		const what = [[read.value], { archivesContacts: false, reason: 'In error.' }] as const;
		const { settings, clock, turns } = world;
		const context = { client: world.anotherClient(), settings, clock, turns };
		for (const { outcomes } of [
			await previewUndo(context, ...what),
			await undo(context, ...what),
		]) {
			expect(outcomes).toMatchObject([
				{ outcome: 'unchanged', issues: [{ code: 'XERO_NOT_REVERSED', severity: 'warn' }] },
			]);
		}
		expect(context.client.calls().writes).toBe(0);
		await byHand({ Status: 'VOIDED' }, ({ narration }) => narration.startsWith('Reversal of'));
		const { outcomes } = await undo(context, ...what);
		expect(outcomes).toMatchObject([{ outcome: 'unchanged', issues: [] }]);
	});

	it('is left alone unless that is asked for, and made up for by a later run', async () => {
		await run(journal());
		expect(inXero()).toHaveLength(1);
		const { outcome, preview } = await run(journal(), { on: day('2027-01-04') });
		expect(preview?.outcome).toBe('wouldUpdate');
		expect(outcome).toMatchObject({
			outcome: 'updated',
			changes: [{ field: 'reversal', after: '2027-01-04' }],
		});
		expect(inXero()[1]).toMatchObject({ date: '2027-01-04', status: 'POSTED' });
	});

	it('that is changed once it is reversed says that the reversal stays as it was', async () => {
		const { outcome: first } = await run(journal(), 'nextMonth');
		const changed: Draft = {
			...journal(),
			lines: [
				{ fields: { lineAmount: '150.00', accountCode: '429', 'tracking.Region': 'North' } },
				{ fields: { lineAmount: '-150.00', accountCode: '260' } },
			],
		};
		const { preview, outcome } = await run(changed, 'nextMonth');
		for (const told of [preview, outcome]) {
			expect(told?.issues).toMatchObject([
				{ code: 'XERO_NOT_REVERSED', severity: 'warn', field: 'lineItems' },
			]);
			expect(told?.issues[0]?.fix).toContain(`Reversal of ${first.document.id ?? ''}`);
		}
		expect(outcome.outcome).toBe('updated');
		expect(inXero().map(({ amounts }) => amounts)).toEqual([
			['150.00', '-150.00'],
			['-120.10', '120.10'],
		]);
		for (const told of [preview, outcome, (await run(changed, 'nextMonth')).outcome]) {
			expect(told?.issues[0]?.message).toContain(
				'it has -120.10 on 429 (North), 120.10 on 260, and the journal has 150.00 on 429 (North), -150.00 on 260',
			);
		}
		const words: Draft = {
			...changed,
			fields: { ...changed.fields, narration: 'Labour to jobs, week 47' },
		};
		expect((await run(words, 'nextMonth')).outcome).toMatchObject({
			outcome: 'updated',
			issues: [{ code: 'XERO_NOT_REVERSED' }],
		});
		// What the fix says works.
		const { manualJournals } = world.sandbox.xero.organisation();
		const reversal = manualJournals.find(({ narration }) => narration.startsWith('Reversal of'));
		if (!reversal) throw new Error('There is no reversal');
		manualJournals.put(reversal.id, { ...reversal, status: 'VOIDED' });
		// For six minutes Xero answers the same request as it did.
		world.sandbox.clock.advance(7 * 60_000);
		expect((await run(words, 'nextMonth')).outcome.issues).toEqual([]);
		expect((await run(words, 'nextMonth')).outcome).toMatchObject({
			outcome: 'unchanged',
			issues: [],
		});
		expect(inXero().filter(({ status }) => status === 'POSTED')).toMatchObject([
			{ amounts: ['150.00', '-150.00'] },
			{ amounts: ['-150.00', '150.00'] },
		]);
	});

	/** As a person does on Xero's screen. */
	function editInXero(
		id: string,
		change: (journal: ManualJournalRow) => Partial<ManualJournalRow>,
	) {
		const { manualJournals } = world.sandbox.xero.organisation();
		const journal = manualJournals.get(id);
		if (!journal) throw new Error(`There is no journal ${id}`);
		manualJournals.put(id, { ...journal, ...change(journal) });
	}

	it.each<[string, (journal: ManualJournalRow) => Partial<ManualJournalRow>, string]>([
		[
			'amounts',
			({ lines }) => ({
				lines: lines.map((line) => ({ ...line, lineAmount: line.lineAmount.times(2) })),
			}),
			'it has -120.10 on 429 (North), 120.10 on 260, and the journal has 240.20 on 429 (North), -240.20 on 260',
		],
		[
			'tracking',
			({ lines }) => ({ lines: lines.map((line) => ({ ...line, tracking: [] })) }),
			'it has -120.10 on 429 (North), and the journal has 120.10 on 429',
		],
		[
			'tax',
			({ lines }) => ({ lines: lines.map((line) => ({ ...line, taxType: 'INPUT2' })) }),
			'and the journal has 120.10 on 429 (North, INPUT2)',
		],
		[
			'accounts',
			({ lines: [first, second] }) => ({
				lines: first && second ? [{ ...first, accountId: second.accountId }, second] : [],
			}),
			'it has -120.10 on 429 (North), and the journal has 120.10 on 260 (North)',
		],
		['day', () => ({ date: '2026-12-04' }), 'it is dated 2026-12-01, which is not after'],
	])(
		'that a person changed in Xero afterwards is said, in each run: its %s',
		async (_, change, said) => {
			const { outcome: first } = await run(journal(), 'nextMonth');
			editInXero(first.document.id ?? '', change);
			for (let times = 0; times < 2; times += 1) {
				const { preview, outcome, writes } = await run(
					{ ...journal(), id: first.document.id },
					'nextMonth',
				);
				for (const told of [preview, outcome]) {
					const issue = told?.issues.find(({ code }) => code === 'XERO_NOT_REVERSED');
					expect(issue).toMatchObject({
						severity: 'warn',
						fix: expect.stringContaining(`Reversal of ${first.document.id ?? ''}`),
					});
					expect(issue?.message).toContain(said);
				}
				expect(writes).toBe(0);
			}
		},
	);

	it('whose reversal a person changed in Xero is said', async () => {
		const { outcome: first } = await run(journal(), 'nextMonth');
		const reversal = world.sandbox.xero
			.organisation()
			.manualJournals.find(({ narration }) => narration.startsWith('Reversal of'));
		editInXero(reversal?.id ?? '', ({ lines }) => ({
			lines: lines.map((line) => ({ ...line, lineAmount: line.lineAmount.times(2) })),
		}));
		const { outcome } = await run(journal(), 'nextMonth');
		expect(outcome.issues).toMatchObject([{ code: 'XERO_NOT_REVERSED' }]);
		expect(outcome.issues[0]?.message).toContain('it has -240.20 on 429 (North)');
		expect(first.issues).toEqual([]);
	});

	it('is reversed anew at once where what is said of a reversal that does not undo it is done', async () => {
		await run(journal(), 'nextMonth');
		const changed: Draft = {
			...journal(),
			lines: [
				{ fields: { lineAmount: '150', accountCode: '429', 'tracking.Region': 'North' } },
				{ fields: { lineAmount: '-150', accountCode: '260' } },
			],
		};
		const { outcome } = await run(changed, 'nextMonth');
		expect(outcome.issues[0]?.fix).toContain('void the manual journal');
		await byHand({ Status: 'VOIDED' }, ({ narration }) => narration.startsWith('Reversal of'));
		const anew = await run(changed, 'nextMonth');
		expect(anew.outcome).toMatchObject({ outcome: 'updated', issues: [] });
		expect(inXero().filter(({ status }) => status === 'POSTED')).toMatchObject([
			{ amounts: ['150.00', '-150.00'] },
			{ amounts: ['-150.00', '150.00'] },
		]);
	});

	it('is reversed after the day that a person gave it in Xero', async () => {
		await run(journal());
		await byHand({ Date: '2026-12-03' }, () => true);
		expect((await run(journal(), 'nextMonth')).outcome.outcome).toBe('updated');
		expect(inXero().map(({ date }) => date)).toEqual(['2026-12-03', '2027-01-01']);
		expect((await run(journal(), 'nextMonth')).writes).toBe(0);
	});

	it('that is voided by a change of its status says that its reversal stays, as long as it does', async () => {
		const { outcome: first } = await run(journal(), 'nextMonth');
		const { settings, clock, turns } = world;
		const context = { client: world.anotherClient(), settings, clock, turns };
		const named: Draft = { ...journal(), id: first.document.id, fields: {}, lines: undefined };
		const change = [context, MANUAL_JOURNAL, [named], 'VOIDED'] as const;
		const preview = await previewStatusChange(...change);
		const changed = await changeStatus(...change);
		const again = await changeStatus(...change);
		for (const { outcomes } of [preview, changed, again]) {
			expect(outcomes[0]?.issues).toMatchObject([
				{
					code: 'XERO_NOT_REVERSED',
					field: 'status',
					fix: expect.stringContaining(`Reversal of ${first.document.id ?? ''}`),
				},
			]);
		}
		expect(inXero().map(({ status }) => status)).toEqual(['VOIDED', 'POSTED']);
	});

	it('on an account without a code is reversed on the same account', async () => {
		const { accounts } = world.sandbox.xero.organisation();
		const [account] = accounts.all().filter(({ code }) => code === '260');
		if (!account) throw new Error('There is no account 260.');
		const { outcome: first } = await run(journal());
		accounts.put(account.accountId, { ...account, code: '' });
		const { outcome } = await run(
			{ ...journal(), id: first.document.id, lines: undefined },
			'nextMonth',
		);
		expect(outcome).toMatchObject({ outcome: 'updated', issues: [] });
		const lines = world.sandbox.xero.organisation().manualJournals.all()[1]?.lines;
		expect(lines?.[1]?.accountId).toBe(account.accountId);
	});

	it('of December is reversed in January', async () => {
		await run(journal({ date: '2026-12-31' }), 'nextMonth');
		expect(inXero()[1]).toMatchObject({ date: '2027-01-01' });
	});

	it('waits until it is posted', async () => {
		const draft = journal({ status: 'DRAFT' });
		const { outcome } = await run(draft, 'nextMonth');
		expect(outcome).toMatchObject({
			outcome: 'created',
			issues: [{ code: 'XERO_NOT_REVERSED', severity: 'warn' }],
		});
		expect(inXero()).toHaveLength(1);
		await run(journal(), 'nextMonth');
		expect(inXero()).toMatchObject([{ status: 'POSTED' }, { status: 'POSTED' }]);
	});

	it.each([
		['not after its own', { on: '2026-11-20' }, {}],
		['closed', { on: '2026-12-01' }, { booksClosedUntil: '2026-12-31' }],
	])('is not reversed on a day that is %s', async (_words, { on }, more) => {
		await run(journal());
		const { outcome, writes } = await run(journal(), { on: day(on) }, more);
		expect(writes).toBe(0);
		expect(outcome.issues).toMatchObject([{ code: 'XERO_NOT_REVERSED' }]);
		expect(outcome.issues[0]?.message).toContain(on);
		expect(inXero()).toHaveLength(1);
	});

	it('is reversed once by two workers at once', async () => {
		await run(journal());
		const { settings, clock, turns } = world;
		const options = { ...DEFAULT_OPTIONS, reversal: 'nextMonth' } as const;
		await Promise.all(
			[1, 2].map(
				async () =>
					await upsertDocuments(
						{ client: world.anotherClient(), settings, clock, turns },
						MANUAL_JOURNAL,
						[journal()],
						options,
					),
			),
		);
		expect(inXero()).toHaveLength(2);
	});
});
