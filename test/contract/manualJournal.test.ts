import type { Draft } from '../../lib/sync/draft';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { MANUAL_JOURNAL } from '../../lib/xero/documents/manualJournal';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const NARRATION = 'Labour to jobs, W-47';
const DEBIT: FieldValues = {
	description: 'J-1 roof',
	lineAmount: '120.10',
	accountCode: '429',
	'tracking.Region': 'North',
};
const CREDIT: FieldValues = {
	description: 'Wages recovered',
	lineAmount: '-120.10',
	accountCode: '260',
};

function journal(
	fields: FieldValues = {},
	lines: readonly FieldValues[] = [DEBIT, CREDIT],
	more: Partial<Draft> = {},
): Draft {
	return {
		type: 'manualJournal',
		itemIndexes: [0],
		fields: { narration: NARRATION, date: '2026-11-20', ...fields },
		lines: lines.map((each) => ({ fields: each })),
		source: { table: 'object_1', knackRecordId: 'record-1' },
		issues: [],
		...more,
	};
}

describe('a manual journal', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	async function context() {
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		return { client, settings, clock: world.clock, turns: world.turns };
	}

	async function run(draft: Draft, options: Partial<UpsertOptions> = {}) {
		const all = { ...DEFAULT_OPTIONS, ...options };
		const previewing = await context();
		const preview = await previewDocuments(previewing, MANUAL_JOURNAL, [draft], all);
		expect(previewing.client.calls().writes).toBe(0);
		const writing = await context();
		const { outcomes } = await upsertDocuments(writing, MANUAL_JOURNAL, [draft], all);
		const [outcome] = outcomes;
		if (!outcome) throw new Error('There is no outcome.');
		const { writes } = writing.client.calls();
		expect(writes).toBe(preview.expectedCalls);
		return {
			outcome: outcome.outcome,
			previewed: preview.outcomes[0]?.outcome,
			codes: outcome.issues.map(({ code }) => code),
			messages: outcome.issues.map(({ message }) => message),
			summary: outcome.summary,
			document: outcome.document,
			writes,
		};
	}

	const inXero = () => world.sandbox.xero.organisation().manualJournals.all();

	/** As a person does in Xero. */
	async function byHand(element: object) {
		const answer = await world.anotherClient().write({
			method: 'POST',
			path: '/ManualJournals',
			body: { ManualJournals: [element] },
			idempotencyKey: `by hand ${Math.random()}`,
		});
		expect(answer.kind).toBe('accepted');
	}

	const madeByHand = (amount: number, more: object = {}) => ({
		Narration: NARRATION,
		Date: '2026-11-20',
		JournalLines: [
			{ LineAmount: amount, AccountCode: '429' },
			{ LineAmount: -amount, AccountCode: '260' },
		],
		...more,
	});

	it('is previewed and made with its tracking, and told by the sum of its debits', async () => {
		const made = await run(journal());
		expect(made).toMatchObject({
			previewed: 'wouldCreate',
			outcome: 'created',
			codes: [],
			document: { number: NARRATION, status: 'DRAFT', total: '120.10', currency: 'GBP' },
			summary: `Created manual journal ${NARRATION}: 2 lines, GBP 120.10`,
		});
		expect(inXero()).toMatchObject([
			{ lineAmountTypes: 'NoTax', status: 'DRAFT', lines: [{ description: 'J-1 roof' }, {}] },
		]);
		expect(inXero()[0]?.lines[0]?.tracking).toHaveLength(1);
		expect(await run(journal())).toMatchObject({ outcome: 'unchanged', writes: 0 });
	});

	it.each<[string, Draft, string]>([
		[
			'does not balance, by a cent',
			journal({}, [DEBIT, { ...CREDIT, lineAmount: '-120.09' }]),
			'XERO_NOT_BALANCED',
		],
		['has one side alone', journal({}, [DEBIT]), 'XERO_LINES_MISSING'],
		['has no lines', journal({}, []), 'XERO_LINES_MISSING'],
		[
			'has a line without an amount',
			journal({}, [DEBIT, CREDIT, { description: 'Rounding', accountCode: '429' }]),
			'XERO_LINE_AMOUNT_INCOMPLETE',
		],
		[
			'has a line without an account, be it a draft',
			journal({}, [DEBIT, { description: 'Rounding', lineAmount: '-120.10' }]),
			'XERO_LINE_ACCOUNT_MISSING',
		],
		[
			'names a bank account',
			journal({}, [DEBIT, { ...CREDIT, accountCode: '090' }]),
			'XERO_ACCOUNT_NOT_FOR_LINES',
		],
		['has no day', journal({ date: '' }), 'XERO_FIELD_REQUIRED'],
		[
			'could not be found again',
			journal({}, [DEBIT, CREDIT], { source: {} }),
			'XERO_IDENTITY_MISSING',
		],
	])('is not sent where it %s', async (_, draft, code) => {
		const blocked = await run(draft);
		expect(blocked).toMatchObject({ outcome: 'blocked', writes: 0 });
		expect(blocked.codes).toContain(code);
		expect(inXero()).toEqual([]);
	});

	it('needs no link where its words name the record', async () => {
		const named = journal({ narration: 'Labour of record-1' });
		expect(await run(named, { sourceLink: false })).toMatchObject({ outcome: 'created' });
		expect(await run(named, { sourceLink: false })).toMatchObject({ outcome: 'unchanged' });
		expect(await run(journal(), { sourceLink: false })).toMatchObject({ outcome: 'blocked' });
		expect(inXero()).toHaveLength(1);
	});

	it('is the same one when its words, its amounts or its day change, though nobody kept its id', async () => {
		await run(journal());
		const [{ id } = { id: '' }] = inXero();
		const dearer = [
			{ ...DEBIT, lineAmount: '130' },
			{ ...CREDIT, lineAmount: '-130' },
		];
		for (const changed of [
			journal({ narration: 'Labour to jobs, week 47' }),
			journal({ narration: 'Labour to jobs, week 47' }, dearer),
			journal({ narration: 'Labour to jobs, week 47', date: '2026-11-21' }, dearer),
		]) {
			expect(await run(changed)).toMatchObject({ outcome: 'updated', codes: [], document: { id } });
			expect(await run(changed)).toMatchObject({ outcome: 'unchanged', writes: 0 });
		}
		expect(inXero()).toMatchObject([{ id, date: '2026-11-21' }]);
	});

	it('has the lines of the record and no others, since all are written anew', async () => {
		const parted = [
			{ ...DEBIT, lineAmount: '70' },
			{ ...DEBIT, description: 'J-2 loft', lineAmount: '50.10' },
			CREDIT,
		];
		await run(journal({}, parted));
		const [{ id } = { id: '' }] = inXero();
		expect(await run(journal({}, [DEBIT, CREDIT]))).toMatchObject({
			outcome: 'updated',
			codes: [],
			document: { id, total: '120.10' },
		});
		expect(inXero()[0]?.lines.map(({ lineAmount }) => lineAmount.toFixed(2))).toEqual([
			'120.10',
			'-120.10',
		]);
		expect(await run(journal({}, [DEBIT, CREDIT]))).toMatchObject({ outcome: 'unchanged' });
	});

	it('is found by its words, its day and its sum where somebody has entered it', async () => {
		await byHand(madeByHand(120.1));
		expect(await run(journal())).toMatchObject({ outcome: 'updated', codes: [] });
		expect(inXero()).toHaveLength(1);
	});

	it.each([
		['of another sum', madeByHand(90), 'held'],
		['of another day', madeByHand(120.1, { Date: '2026-11-19' }), 'created'],
		['of other words', madeByHand(120.1, { Narration: 'Depreciation' }), 'created'],
	])('leaves one alone that somebody has entered: %s', async (_, element, outcome) => {
		await byHand(element);
		const [before] = inXero();
		expect(await run(journal())).toMatchObject({ outcome });
		expect(inXero()[0]).toEqual(before);
	});

	it('is posted at once or later, is voided, and is not posted again by itself', async () => {
		const posted = journal({ status: 'POSTED' });
		expect(await run(posted)).toMatchObject({
			outcome: 'created',
			document: { status: 'POSTED' },
		});
		const preview = await previewStatusChange(
			await context(),
			MANUAL_JOURNAL,
			[journal()],
			'VOIDED',
		);
		expect(preview.outcomes).toMatchObject([{ outcome: 'wouldUpdate' }]);
		expect(inXero()).toMatchObject([{ status: 'POSTED' }]);
		const { outcomes } = await changeStatus(await context(), MANUAL_JOURNAL, [journal()], 'VOIDED');
		expect(outcomes).toMatchObject([{ outcome: 'updated', document: { status: 'VOIDED' } }]);
		expect(await run(posted)).toMatchObject({ outcome: 'held', writes: 0 });
		expect(inXero()).toHaveLength(1);
	});

	it('goes from draft to posted by the record', async () => {
		await run(journal());
		const posted = await run(journal({ status: 'POSTED' }));
		expect(posted).toMatchObject({ outcome: 'updated', document: { status: 'POSTED' } });
		expect(inXero()).toMatchObject([{ status: 'POSTED', lines: [{}, {}] }]);
	});

	it('is held where the books are locked, and may be a draft there', async () => {
		world.sandbox.xero.person.setOrganisation({ periodLockDate: '2026-11-30' });
		const locked = await run(journal({ status: 'POSTED' }));
		expect(locked).toMatchObject({ outcome: 'blocked', codes: ['XERO_PERIOD_LOCKED'], writes: 0 });
		expect(inXero()).toEqual([]);
		expect(await run(journal())).toMatchObject({ outcome: 'created' });
	});

	it('is one where two records give it the same words and day, of which neither goes', async () => {
		const both = [
			journal(),
			journal({}, [DEBIT, CREDIT], {
				itemIndexes: [1],
				source: { table: 'object_1', knackRecordId: 'record-2' },
			}),
		];
		const { outcomes } = await upsertDocuments(await context(), MANUAL_JOURNAL, both);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['blocked', 'blocked']);
		expect(outcomes[0]?.issues[0]?.fix).toBe('Give each record its own narration in Knack.');
		expect(inXero()).toEqual([]);
	});
});
