import type { KnackClient } from '../../lib/knack/client';
import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import { afterWrite } from '../../lib/sync/afterWrite/afterWrite';
import { createChain, type LogTarget } from '../../lib/sync/log/chain';
import { dailyHead, headsInText } from '../../lib/sync/log/dailyHead';
import { erasePerson } from '../../lib/sync/log/erasePerson';
import { exportPerson } from '../../lib/sync/log/exportPerson';
import { createLogKey } from '../../lib/sync/log/logKey';
import { findLogTable, missingInWords } from '../../lib/sync/log/logTable';
import { personRows } from '../../lib/sync/log/personRows';
import { readLog } from '../../lib/sync/log/readLog';
import type { Hands, Logged } from '../../lib/sync/log/recordContent';
import { historyInLog, historyInXero, rowsOfRecord } from '../../lib/sync/log/recordHistory';
import { oldRuns, removeOldRows } from '../../lib/sync/log/removeOldRows';
import { createRunLog, type RunLog } from '../../lib/sync/log/runLog';
import { verifyLog } from '../../lib/sync/log/verifyLog';
import { upsertDocuments } from '../../lib/sync/upsert';
import { calendarDate } from '../../lib/dates';
import { without } from '../../lib/without';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { knackInMemory } from '../support/knackInMemory';
import { orderDraft, orderNumber } from '../support/orders';
import { addLogTable, logTarget } from '../support/syncLog';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const YEAR_MS = 366 * 86_400_000;

describe('the Sync Log', () => {
	let world: XeroInMemory;
	let table: string;
	let knack: KnackClient;
	let target: LogTarget;
	let executions = 0;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		world.sandbox.knack.setLimits({ perSecond: null });
		table = addLogTable(world.sandbox);
		knack = knackInMemory(world.sandbox);
		target = await logTarget(world.sandbox, knack, table);
	});

	const held = (index: number): Draft => ({
		...orderDraft(index, 'Held Ltd'),
		issues: [
			{ code: 'XERO_TOTAL_DIFFERS', severity: 'hold', message: 'Look at it.', fix: 'Then go on.' },
		],
	});

	function openRun(
		options: { logged?: Logged; hands?: Hands; around?: (inner: HttpPort) => HttpPort } = {},
	): RunLog {
		const { logged = 'changes', hands = {}, around } = options;
		executions += 1;
		const execution = String(executions);
		const openChain = async () => {
			const own = knackInMemory(world.sandbox, around);
			const opened = await logTarget(world.sandbox, own, table, execution);
			return createChain(opened, 'Orders to Xero');
		};
		return createRunLog(openChain, {
			logged,
			identityOf: ({ itemIndexes: [first = -1] }) => String(first),
			handsOf: () => hands,
		});
	}

	/** As the node runs it. */
	async function run(drafts: readonly Draft[], log: RunLog, mostElements = 50) {
		const { settings, clock, turns } = world;
		const { outcomes } = await upsertDocuments(
			{
				client: world.anotherClient(),
				settings,
				clock,
				turns,
				mostElements,
				beforeWriting: async () => await log.begin(),
				onSettled: (settled) => log.tell(settled),
			},
			SALES_INVOICE,
			drafts,
		);
		log.tell(outcomes);
		return { outcomes, report: await log.close() };
	}

	const rows = async () => await readLog(knack, target.log);
	const shown = () =>
		world.sandbox.knack
			.recordIds('Sync Log')
			.map((id) => world.sandbox.knack.shown('Sync Log', id));
	const verdict = async (keptHeads: readonly string[] = []) => {
		const { log, key, clock } = target;
		return await verifyLog(await rows(), log, key, { clock, keptHeads });
	};
	const kinds = async (keptHeads: readonly string[] = []) =>
		(await verdict(keptHeads)).findings.map(({ kind }) => kind);
	const idOf = (summary: string) => {
		const { knack: twin } = world.sandbox;
		const found = twin
			.recordIds('Sync Log')
			.find((id) => (twin.shown('Sync Log', id).Summary ?? '').includes(summary));
		if (found === undefined) throw new Error(`No row says "${summary}".`);
		return found;
	};

	it('has a row for what was written or held, between an opening and a closing one', async () => {
		const log = openRun({ hands: { knackUser: 'Pat Lee', reason: 'Job done' } });
		const { report } = await run([orderDraft(1, 'Acme Ltd'), held(2)], log);
		expect(report).toMatchObject({ rows: 2, lost: new Map() });
		expect(shown()).toMatchObject([
			{ Kind: 'Opening', Execution: String(executions), Workflow: 'Orders to Xero' },
			{ Kind: 'Record', Outcome: 'held' },
			{
				Kind: 'Record',
				Outcome: 'created',
				Record: 'ORD-1',
				Who: 'Knack user: Pat Lee',
				Why: 'Job done',
				'Knack Record ID': 'record-1',
			},
			{ Kind: 'Closing', Summary: 'Run ends after 3 rows' },
		]);
		const created = shown()[2];
		expect(created?.Summary).toContain('for Acme Ltd');
		expect(created?.['Request Key']).toMatch(/^knack-xero-/);
		expect(created?.['Before and After']).toContain('dueDate: (nothing) → 2026-12-20');
		expect(await verdict()).toMatchObject({ rows: 4, runs: 1, findings: [] });
	});

	it('costs nothing where nothing was done, unless all records are to be logged', async () => {
		await run([orderDraft(1, 'Acme Ltd')], openRun());
		world.sandbox.journal.clear();
		await run([orderDraft(1, 'Acme Ltd')], openRun());
		expect(world.sandbox.journal.filter({ service: 'knack' })).toHaveLength(0);
		await run([orderDraft(1, 'Acme Ltd')], openRun({ logged: 'all' }));
		expect(shown().map(({ Outcome }) => Outcome)).toContain('unchanged');
	});

	it('begins before Xero is written to, and writes rows between its batches', async () => {
		world.sandbox.journal.clear();
		const drafts = Array.from({ length: 6 }, (_, index) => orderDraft(index + 1, 'Acme Ltd'));
		await run(drafts, openRun(), 2);
		const writes = world.sandbox.journal
			.filter({ kind: 'write' })
			.map(({ service, path }) =>
				service === 'knack' ? 'row' : String(path).replace(/^.*\//, ''),
			);
		expect(writes[0]).toBe('row');
		expect(writes.slice(1).indexOf('row')).toBeLessThan(writes.slice(1).lastIndexOf('Invoices'));
	});

	it('is never the reason for a record to fail, and says which has no row', async () => {
		let creates = 0;
		const refusing =
			(inner: HttpPort): HttpPort =>
			async (request) => {
				if (request.method !== 'POST') return await inner(request);
				creates += 1;
				return creates === 2
					? { kind: 'answer', status: 400, headers: {}, body: { errors: ['no'] } }
					: await inner(request);
			};
		const log = openRun({ around: refusing });
		const { outcomes, report } = await run(
			[orderDraft(1, 'Acme Ltd'), orderDraft(2, 'Acme Ltd')],
			log,
		);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
		expect(report.rows).toBe(1);
		expect([...report.lost.keys()]).toEqual(['1']);
		expect(shown().at(-1)?.Summary).toMatch(/^Run ends after 2 rows, and 1 that could not/);
		const { findings } = await verdict();
		expect(findings).toMatchObject([{ kind: 'notWritten', number: 2, isAlarming: false }]);
	});

	it('goes on without Knack, and says so', async () => {
		const away = (): HttpPort => async () =>
			await Promise.resolve({ kind: 'noAnswer', code: 'ECONNREFUSED', reason: 'away' });
		const inner = knackInMemory(world.sandbox, away);
		const chain = createChain({ ...target, knack: { ...inner, app: knack.app } }, 'x');
		const log = createRunLog(async () => await Promise.resolve(chain), {
			logged: 'changes',
			identityOf: ({ itemIndexes: [first = -1] }) => String(first),
			handsOf: () => ({}),
		});
		const { outcomes, report } = await run([orderDraft(1, 'Acme Ltd')], log);
		expect(outcomes[0]?.outcome).toBe('created');
		expect(report.lost.size).toBe(1);
		expect(report.notClosed).toBeDefined();
	});

	it('waits once for a Knack that hangs, however many rows there are', async () => {
		let tries = 0;
		let hangs = false;
		const hanging =
			(inner: HttpPort): HttpPort =>
			async (request) => {
				if (!hangs) return await inner(request);
				if (request.method === 'POST') tries += 1;
				return { kind: 'noAnswer', code: 'ETIMEDOUT', reason: 'No answer within 30 s.' };
			};
		const log = openRun({ around: hanging });
		await log.begin();
		hangs = true;
		const drafts = Array.from({ length: 5 }, (_, index) => orderDraft(index + 1, 'Acme Ltd'));
		const { outcomes, report } = await run(drafts, log);
		expect(outcomes.every(({ outcome }) => outcome === 'created')).toBe(true);
		expect(report.lost.size).toBe(5);
		expect(report.notClosed).toBeDefined();
		expect(tries).toBe(1);
	});

	it('begins before anything is done for a document that needed no change itself', async () => {
		const { outcomes } = await run([orderDraft(1, 'Acme Ltd')], openRun());
		world.sandbox.journal.clear();
		const again = outcomes.map((outcome) => ({ ...outcome, outcome: 'unchanged' as const }));
		const { client, settings, clock, turns } = world;
		const log = openRun();
		const beforeWriting = async () => await log.begin();
		const context = { client, settings, clock, turns, beforeWriting };
		const wish = { email: 'once', alsoWhenUnchanged: true } as const;
		log.tell(await afterWrite(context, SALES_INVOICE, again, () => wish));
		await log.close();
		const writes = world.sandbox.journal.filter({ kind: 'write' });
		expect(writes.map(({ service }) => service).slice(0, 2)).toEqual(['knack', 'xero']);
		expect(writes[1]?.path).toMatch(/\/Email$/);
	});

	it('is not closed where the process died, and cites the heads before', async () => {
		await run([orderDraft(1, 'Acme Ltd')], openRun());
		const log = openRun();
		await log.begin();
		expect(await verdict()).toMatchObject({
			findings: [{ kind: 'notClosed', isAlarming: false }],
		});
		world.sandbox.clock.advance(7 * 3_600_000);
		expect(await verdict()).toMatchObject({ findings: [{ kind: 'notClosed', isAlarming: true }] });
		// The closing row of the run before is cited.
		world.sandbox.knack.deleteRecord('Sync Log', idOf('Run ends'));
		expect(await kinds()).toEqual(expect.arrayContaining(['headGone', 'notClosed']));
	});

	it('forks with two workers, each with a chain of its own', async () => {
		await run([orderDraft(1, 'Acme Ltd')], openRun());
		const [one, other] = [openRun(), openRun()] as const;
		await Promise.all([one.begin(), other.begin()]);
		await Promise.all([
			run([orderDraft(2, 'Acme Ltd')], one),
			run([orderDraft(3, 'Bolt Ltd')], other),
		]);
		const { findings } = await verdict();
		expect(findings).toMatchObject([{ kind: 'forked', isAlarming: false }]);
	});

	describe('that somebody has been at', () => {
		beforeEach(async () => {
			await run([orderDraft(1, 'Acme Ltd'), orderDraft(2, 'Bolt Ltd')], openRun());
			await run([orderDraft(3, 'Acme Ltd')], openRun());
		});

		const edit = (id: string, name: string, value: string) =>
			world.sandbox.knack.updateRecord('Sync Log', id, { [name]: value });
		const whole = (id: string) => world.sandbox.knack.shown('Sync Log', id);
		const texts = (id: string) => without(whole(id), 'id', 'When', 'Link');

		it('shows a changed entry, column or personal value', async () => {
			const id = idOf(orderNumber(2));
			const { 'Log Entry': entry = '', Summary: summary = '' } = whole(id);
			edit(id, 'Log Entry', entry.replace('2026-12-20', '2026-12-21'));
			expect(await kinds()).toContain('changed');
			edit(id, 'Log Entry', entry);
			expect(await kinds()).toEqual([]);
			edit(id, 'Summary', summary.replace('Bolt', 'Bull'));
			expect(await kinds()).toEqual(['changed']);
			edit(id, 'Summary', summary);
			edit(id, 'Why', 'The owner said so');
			expect((await verdict()).findings[0]?.message).toContain('Why shows something of which');
			edit(id, 'Why', '');
			edit(id, 'Personal Values', '');
			expect((await verdict()).findings[0]?.message).toContain('no Erase Personal Values');
		});

		it('shows a row that is gone', async () => {
			world.sandbox.knack.deleteRecord('Sync Log', idOf(orderNumber(1)));
			expect(await kinds()).toEqual(['gap']);
		});

		it('shows two rows in each other’s places', async () => {
			const [one, other] = [idOf(orderNumber(1)), idOf(orderNumber(2))];
			const [first, second] = [texts(one), texts(other)];
			world.sandbox.knack.updateRecord('Sync Log', one, second);
			world.sandbox.knack.updateRecord('Sync Log', other, first);
			expect(await kinds()).toContain('exchanged');
		});

		it('shows the loss of the latest run whole by a head that was kept elsewhere', async () => {
			const { log, key, clock } = target;
			const { text, heads } = dailyHead(await rows(), log, key, clock.now());
			expect(heads).toHaveLength(1);
			expect(text).toMatch(/^Sync Log of .* on 2026-11-22: 7 rows of 2 runs, last [0-9a-f]{32}$/);
			const kept = headsInText(`Note of Monday: ${text}.`);
			expect(await kinds(kept)).toEqual([]);
			for (const row of (await rows()).slice(4)) {
				world.sandbox.knack.deleteRecord('Sync Log', row.record.id);
			}
			expect(await kinds()).toEqual([]);
			expect(await kinds(kept)).toEqual(['headGone']);
		});

		it('cannot be checked with another key, and says so', async () => {
			const { log, clock } = target;
			const other = createLogKey('another secret', knack.applicationId);
			const { findings } = await verifyLog(await rows(), log, other, { clock });
			expect(findings).toMatchObject([{ kind: 'otherKey', isAlarming: true }]);
			expect(findings[0]?.message).toContain('and 6 others');
		});
	});

	it('tells all that was ever done for a record, by any of its names', async () => {
		await run([orderDraft(1, 'Acme Ltd'), orderDraft(2, 'Bolt Ltd')], openRun());
		world.sandbox.clock.advance(60_000);
		await run([orderDraft(1, 'Acme Ltd', { dueDate: '2026-12-24' })], openRun());
		const xeroId = shown().find(({ Record }) => Record === 'ORD-1')?.['Xero ID'] ?? '';
		for (const name of ['record-1', xeroId, 'INV-0001', 'ORD-1']) {
			const events = historyInLog(rowsOfRecord(await rows(), name), target.key);
			expect(events).toHaveLength(2);
			expect(events[0]).toMatchObject({ from: 'syncLog', details: { outcome: 'created' } });
		}
	});

	it('tells of a document whose history Xero does not give, and of the others all the same', async () => {
		await run([orderDraft(1, 'Acme Ltd'), orderDraft(2, 'Bolt Ltd')], openRun());
		const { invoices, history } = world.sandbox.xero.organisation();
		const [first, second] = invoices.all();
		if (!first || !second) throw new Error('There are no invoices.');
		const atMs = world.sandbox.clock.now();
		const note = { parentId: second.id, changes: 'Note', details: 'Rang.', user: 'Sam', atMs };
		history.put(second.id, [note]);
		const path = `/Invoices/${first.id}/History`;
		world.sandbox.faults.add({ kind: 'status', service: 'xero', path, status: 404 });
		const events = await historyInXero(world.client, await rows());
		expect(events.map(({ summary }) => summary)).toEqual([
			expect.stringMatching(
				new RegExp(`^The history of sales invoice ${first.id} in Xero could not be read. `),
			),
			'Sales Invoice in Xero. Note: Rang.',
		]);
	});

	it('gives a person what it has of them, and forgets it without losing the chain', async () => {
		const hands = { knackUser: 'Pat Lee' };
		const named = orderDraft(1, 'Acme Ltd', { invoiceNumber: 'ACME LTD 7' });
		await run([named, orderDraft(2, 'Bolt Ltd')], openRun({ hands }));
		const found = personRows(await rows(), 'acme@example.com', target.key);
		expect(found).toEqual([]);
		const byName = personRows(await rows(), 'acme ltd', target.key);
		expect(exportPerson(byName)).toMatchObject([
			{ outcome: 'created', personalValues: { record: { contactName: 'Acme Ltd' } } },
		]);
		const erased = await erasePerson(target, byName, { reason: { reason: 'Request 12' } });
		expect(erased).toEqual({ done: 1, troubles: [] });
		expect(JSON.stringify(shown())).not.toMatch(/acme/i);
		const row = shown().find(({ Record }) => Record === 'ORD-1');
		expect(row).toMatchObject({ Summary: '(erased)', Who: 'Knack user: Pat Lee', Why: '' });
		expect(shown().at(-2)).toMatchObject({ Kind: 'Erasure', Why: 'Request 12' });
		expect(await kinds()).toEqual([]);
		expect(personRows(await rows(), 'Acme Ltd', target.key)).toEqual([]);
		// Who had a hand in it is another person.
		expect(personRows(await rows(), 'Pat Lee', target.key)).toHaveLength(2);
	});

	it('lets go of old rows run by run, and stays right', async () => {
		await run([orderDraft(1, 'Acme Ltd')], openRun());
		world.sandbox.clock.advance(YEAR_MS);
		await run([orderDraft(2, 'Acme Ltd')], openRun());
		const olderThan = calendarDate('2027-06-01');
		if (!olderThan) throw new Error('There is no such day.');
		const old = oldRuns(target, await rows(), olderThan, 100);
		expect(old).toHaveLength(1);
		expect(await removeOldRows(target, old, olderThan)).toEqual({ done: 3, troubles: [] });
		expect(shown().map(({ Kind }) => Kind)).toEqual([
			'Opening',
			'Record',
			'Closing',
			'Opening',
			'Removal',
			'Closing',
		]);
		expect(await kinds()).toEqual([]);
		expect(oldRuns(target, await rows(), olderThan, 100)).toEqual([]);
	});

	it('goes by when Knack took a row, where the clock of a run was wrong', async () => {
		const at = async (day: string) => {
			const clock = { ...target.clock, now: () => Date.parse(day) };
			await createChain({ ...target, clock }, 'Orders to Xero').open();
		};
		await at('1970-01-02T00:00:00Z');
		await at('2040-01-02T00:00:00Z');
		const yesterday = calendarDate('2026-11-21');
		if (!yesterday) throw new Error('There is no such day.');
		expect(oldRuns(target, await rows(), yesterday, 100)).toEqual([]);
		const alarming = async () => (await verdict()).findings.map(({ isAlarming }) => isAlarming);
		expect(await alarming()).toEqual([false, false]);
		world.sandbox.clock.advance(7 * 3_600_000);
		expect(await alarming()).toEqual([true, true]);
	});

	it('is right where a removal died in the middle', async () => {
		await run([orderDraft(1, 'Acme Ltd')], openRun());
		world.sandbox.clock.advance(YEAR_MS);
		await run([orderDraft(2, 'Acme Ltd')], openRun());
		const olderThan = calendarDate('2027-06-01');
		if (!olderThan) throw new Error('There is no such day.');
		const all = await rows();
		const kept = {
			...knack,
			remove: async () => await Promise.resolve({ kind: 'unknown' as const, reason: 'away' }),
		};
		await removeOldRows({ ...target, knack: kept }, oldRuns(target, all, olderThan, 9), olderThan);
		world.sandbox.knack.deleteRecord('Sync Log', all[1]?.record.id ?? '');
		expect(await kinds()).toEqual(['unfinished']);
		const rest = oldRuns(target, await rows(), olderThan, 9);
		await removeOldRows(target, rest, olderThan);
		expect(await kinds()).toEqual([]);
	});

	it('needs three fields, and names what a table lacks', async () => {
		addLogTable(world.sandbox, 'Bare Log', false);
		world.sandbox.knack.addTable({
			name: 'Half a Log',
			identifier: 'Digest',
			fields: [{ name: 'Digest', type: 'short_text' }],
		});
		const app = await knack.app({ fresh: true });
		expect(() => findLogTable(app, 'Half a Log')).toThrow(
			'Half a Log lacks Log Entry (Paragraph Text) and Personal Values (Paragraph Text), so it cannot hold the Sync Log.',
		);
		expect(missingInWords(findLogTable(app, 'Bare Log'))).toContain('Bare Log has no fields named');
		expect(missingInWords(target.log)).toBeUndefined();
	});
});
