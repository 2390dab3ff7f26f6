import type { HttpPort } from '../../lib/http';
import type { Issue } from '../../lib/issue';
import { createChain } from '../../lib/sync/log/chain';
import { readLatestRuns } from '../../lib/sync/log/readLog';
import { createRunLog } from '../../lib/sync/log/runLog';
import type { LoggedOutcome } from '../../lib/sync/log/recordContent';
import { readLoggedRun } from '../../lib/sync/undo/loggedRun';
import { ranDocuments } from '../../lib/sync/undo/ranDocument';
import { readRanOutcome } from '../../lib/sync/undo/ranOutcome';
import { upsertDocuments } from '../../lib/sync/upsert';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { knackInMemory } from '../support/knackInMemory';
import { orderDraft } from '../support/orders';
import { addLogTable, logTarget } from '../support/syncLog';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

describe('a run as the Sync Log tells of it, for Undo', () => {
	let world: XeroInMemory;
	let table: string;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		world.sandbox.knack.setLimits({ perSecond: null });
		table = addLogTable(world.sandbox);
	});

	const target = async (around?: (inner: HttpPort) => HttpPort) =>
		await logTarget(world.sandbox, knackInMemory(world.sandbox, around), table);

	async function write(
		outcomes: readonly LoggedOutcome[],
		{
			/** None where it is empty. */
			operation = 'upsert',
			workflowId = 'w1',
			around = undefined as ((inner: HttpPort) => HttpPort) | undefined,
		} = {},
	): Promise<void> {
		const opened = await target(around);
		const to = { ...opened, place: { ...opened.place, workflowId } };
		const chain = createChain(to, 'Payment Status to Knack', operation || undefined);
		const log = createRunLog(async () => await Promise.resolve(chain), {
			logged: 'changes',
			identityOf: ({ itemIndexes: [first = -1] }) => String(first),
			handsOf: () => ({}),
		});
		log.tell(outcomes);
		await log.close();
	}

	const post = async (count: number) => {
		const { client, settings, clock, turns } = world;
		const drafts = Array.from({ length: count }, (_, at) => orderDraft(at + 1, 'Acme Ltd'));
		const run = await upsertDocuments({ client, settings, clock, turns }, SALES_INVOICE, drafts);
		return run.outcomes;
	};
	const read = async (sought = '1') => await readLoggedRun(await target(), sought);
	const refused = async (sought?: string) =>
		(await read(sought)).flatMap((told) => ('issue' in told ? [told.issue] : []));
	const didOf = async () =>
		(await read()).flatMap((told, index) => {
			const ran = 'json' in told ? readRanOutcome(told.json, index) : undefined;
			return ran?.ok ? ranDocuments([ran.value]).map(({ did }) => did) : ['refused'];
		});

	it('tells which document has no row, where Knack did not take one', async () => {
		let rows = 0;
		const refusing =
			(inner: HttpPort): HttpPort =>
			async (request) => {
				if (request.method === 'POST') rows += 1;
				return request.method === 'POST' && rows === 2
					? { kind: 'answer', status: 400, headers: {}, body: { errors: ['no'] } }
					: await inner(request);
			};
		const [one, two] = await post(2);
		if (!one || !two) throw new Error('There are no outcomes.');
		await write([one, two], { around: refusing });
		expect(await didOf()).toEqual(['refused', 'created']);
		const [issue] = await refused();
		expect(issue?.code).toBe('UNDO_LOG_INCOMPLETE');
		expect(issue?.message).toContain(`Its document in Xero is ${one.document.id}.`);
	});

	it('takes an attempt that Xero was not reached with for nothing, and no other that failed', async () => {
		const [one] = await post(1);
		if (!one) throw new Error('There is no outcome.');
		const failing = (code: Issue['code'], at: number, document: LoggedOutcome['document']) => ({
			...one,
			document,
			outcome: 'failed' as const,
			itemIndexes: [at],
			issues: [{ code, severity: 'block' as const, message: 'no', fix: 'again' }],
		});
		const { type } = one.document;
		await write([
			failing('XERO_NOT_REACHED', 1, { type }),
			failing('XERO_NO_ANSWER', 2, { type }),
			failing('XERO_NOT_REACHED', 3, one.document),
		]);
		expect(await didOf()).toEqual(['nothing', 'unclear', 'unclear']);
	});

	it('gives no document back of which it has a part of the changes', async () => {
		const [one] = await post(1);
		if (!one) throw new Error('There is no outcome.');
		const changes = Array.from({ length: 61 }, (_, line) => ({
			field: `lineItems[${line}].unitAmount`,
			before: '1',
			after: '2',
		}));
		const updated = { ...one, outcome: 'updated' as const, changes };
		await write([updated, { ...one, itemIndexes: [7], changes: [...one.changes, ...changes] }]);
		expect(await didOf()).toEqual(['refused', 'created']);
		expect((await refused())[0]?.message).toBe('The log holds its first 60 changes alone.');
	});

	it('knows who was e-mailed, and what may be of another run', async () => {
		const [one] = await post(1);
		if (!one) throw new Error('There is no outcome.');
		const after = { attached: [], noteAdded: false, emailed: true };
		await write([
			{ ...one, after },
			{ ...one, outcome: 'unchanged', match: { by: 'readBack' }, itemIndexes: [7] },
		]);
		const [told] = await read();
		expect(told).toMatchObject({ json: { after: { emailed: true } } });
		expect(await didOf()).toEqual(['created', 'unclear']);
	});

	it('takes back nothing of Payment Status to Knack, and says what it is', async () => {
		await write(await post(1), { operation: '' });
		expect(await didOf()).toEqual(['refused']);
		expect((await refused())[0]?.message).toContain('It is a run of Payment Status to Knack');
	});

	it('refuses an execution that is one of several workflows', async () => {
		const outcomes = await post(1);
		await write(outcomes);
		await write(outcomes, { workflowId: 'w2' });
		await expect(read()).rejects.toThrow('1 is an execution of several workflows in Sync Log.');
		const { knack, log, key } = await target();
		const [{ run } = { run: '' }] = await readLatestRuns(knack, log, key);
		expect(await refused(run)).toEqual([]);
		expect(await read(run)).toHaveLength(1);
	});

	it('reads a table that has no columns to ask by', async () => {
		table = addLogTable(world.sandbox, 'Short Log', false);
		await write(await post(1));
		expect(await didOf()).toEqual(['created']);
		const { knack, log, key } = await target();
		expect(await readLatestRuns(knack, log, key)).toMatchObject([{ written: 1 }]);
	});
});
