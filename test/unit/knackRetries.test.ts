import type { KnackClient } from '../../lib/knack/client';
import { readingOnce } from '../../lib/knack/readingOnce';
import type { ChangeSettings } from '../../lib/sync/knackChanges/changeSettings';
import { pollChanges } from '../../lib/sync/knackChanges/pollChanges';
import { MOST_CHARACTERS } from '../../lib/sync/knackChanges/recordMarks';
import {
	KnackTableModel,
	LINE_OF,
	LINE_TEXT,
	LINES,
	NOTE,
	PROBLEM,
	STATUS,
	TITLE,
} from '../support/knackTableModel';

/** A trigger on jobs that become Done, and n8n's memory in between. */
function watch(model: KnackTableModel, more: Partial<ChangeSettings> = {}) {
	const settings: ChangeSettings = {
		table: 'object_1',
		triggerOn: 'startsToMatch',
		filters: { match: 'and', rules: [{ field: STATUS, operator: 'is', value: 'Done' }] },
		startFrom: { kind: 'now' },
		mostChanges: 1_000,
		retryField: PROBLEM,
		lines: [{ table: LINES, field: LINE_OF }],
		...more,
	};
	const trigger = {
		stored: undefined as unknown,
		async changes() {
			const polled = await pollChanges({
				client: model.client(),
				settings,
				stored: JSON.parse(JSON.stringify(trigger.stored ?? null)) as unknown,
				nowMs: model.nowMs,
			});
			trigger.stored = polled.state;
			return polled.changes;
		},
		async poll(): Promise<string[]> {
			return (await trigger.changes()).map(({ record, event }) => `${event} ${record.id}`);
		},
	};
	return trigger;
}

describe('A record in trouble', () => {
	let model: KnackTableModel;
	let job: string;
	let line: string;

	beforeEach(() => {
		model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), { hasNumbers: true, pageSize: 1_000 });
		job = model.create({ [TITLE]: 'job', [STATUS]: 'New' });
		line = model.addLine(job, 'sundries');
		model.nowMs += 600_000;
	});

	/** The job is completed, told, and comes back with a problem. */
	async function inTrouble(more: Partial<ChangeSettings> = {}) {
		const trigger = watch(model, more);
		await trigger.poll();
		model.edit(job, { [STATUS]: 'Done' }, 'form');
		expect(await trigger.poll()).toEqual([`startedToMatch ${job}`]);
		model.edit(job, { [PROBLEM]: 'No such account' }, 'batch');
		return trigger;
	}

	it.each<[string, () => void]>([
		['a field', () => model.edit(job, { [NOTE]: 'mended' }, 'form')],
		['a field, in a batch', () => model.edit(job, { [TITLE]: 'mended' }, 'batch')],
		['a line', () => model.editLine(line, 'mended')],
		['a line more', () => void model.addLine(job, 'postage')],
		['a line fewer', () => void model.lines.delete(line)],
	])('is told once after an edit of %s', async (_, mend) => {
		const trigger = await inTrouble();
		expect(await trigger.poll()).toEqual([]);
		mend();
		expect(await trigger.poll()).toEqual([`retried ${job}`]);
		expect(await trigger.poll()).toEqual([]);
		// The next edit, once more.
		model.edit(job, { [NOTE]: 'mended again' }, 'form');
		expect(await trigger.poll()).toEqual([`retried ${job}`]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('is told with the names of what was edited, and with none where it was a line', async () => {
		const trigger = await inTrouble();
		model.edit(job, { [NOTE]: 'mended' }, 'form');
		expect((await trigger.changes()).map(({ changedFields }) => changedFields)).toEqual([[NOTE]]);
		model.editLine(line, 'mended');
		expect((await trigger.changes()).map(({ changedFields }) => changedFields)).toEqual([
			undefined,
		]);
	});

	it('is told when it was edited before the workflow had said what is wrong', async () => {
		const trigger = watch(model);
		await trigger.poll();
		model.edit(job, { [STATUS]: 'Done' }, 'form');
		await trigger.poll();
		model.editLine(line, 'mended at once');
		expect(await trigger.poll()).toEqual([]);
		model.edit(job, { [PROBLEM]: 'No such account' }, 'batch');
		expect(await trigger.poll()).toEqual([`retried ${job}`]);
	});

	it('is not told for what is written about it, nor once the problem is gone', async () => {
		const trigger = await inTrouble();
		for (const problem of ['No such account', 'No such tax rate', '', 'No such account']) {
			model.edit(job, { [PROBLEM]: problem }, 'batch');
			expect(await trigger.poll()).toEqual([]);
		}
		model.edit(job, { [PROBLEM]: '' }, 'batch');
		model.edit(job, { [NOTE]: 'nothing is wrong' }, 'form');
		expect(await trigger.poll()).toEqual([]);
	});

	it('is not told for what this process wrote into a field or a line, whatever its name', async () => {
		const trigger = await inTrouble();
		const write = (note: string): void => {
			model.ownWrites.remember('object_1', job, { [NOTE]: note });
			model.edit(job, { [NOTE]: note }, 'batch');
			model.ownWrites.remember(LINES, line, { [LINE_TEXT]: note });
			model.editLine(line, note);
		};
		for (const note of ['one', 'two']) {
			write(note);
			// Not now, nor when the memory of it has faded.
			for (let round = 0; round < 4; round += 1) expect(await trigger.poll()).toEqual([]);
		}
		write('three');
		model.edit(job, { [TITLE]: 'by hand, beside it' }, 'form');
		expect(await trigger.poll()).toEqual([`retried ${job}`]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('is not told for what this process wrote while nothing was wrong', async () => {
		const trigger = watch(model);
		await trigger.poll();
		model.edit(job, { [STATUS]: 'Done' }, 'form');
		await trigger.poll();
		model.ownWrites.remember('object_1', job, { [NOTE]: 'INV-1' });
		model.edit(job, { [NOTE]: 'INV-1' }, 'batch');
		for (let round = 0; round < 4; round += 1) expect(await trigger.poll()).toEqual([]);
		model.edit(job, { [PROBLEM]: 'Some trouble of a later run' }, 'batch');
		for (let round = 0; round < 4; round += 1) expect(await trigger.poll()).toEqual([]);
	});

	it('is told for nothing where no field is chosen, and then remembers nothing', async () => {
		const trigger = await inTrouble({ retryField: undefined });
		model.edit(job, { [NOTE]: 'mended' }, 'form');
		model.editLine(line, 'mended');
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.stored).not.toHaveProperty('retryMarks');
		expect(model.lineCalls).toBe(0);
	});

	it('that was so before the workflow was activated is told after its next edit', async () => {
		model.edit(job, { [STATUS]: 'Done', [PROBLEM]: 'No such account' }, 'form');
		const trigger = watch(model);
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		model.editLine(line, 'mended');
		expect(await trigger.poll()).toEqual([`retried ${job}`]);
	});

	it('is told again after a crash that lost what was remembered, and then no more', async () => {
		const trigger = await inTrouble();
		const persisted = trigger.stored;
		model.editLine(line, 'mended');
		expect(await trigger.poll()).toEqual([`retried ${job}`]);
		trigger.stored = persisted;
		expect(await trigger.poll()).toEqual([`retried ${job}`]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('is told as starting to match when it left and came back, not twice', async () => {
		const trigger = await inTrouble();
		model.edit(job, { [STATUS]: 'New' }, 'form');
		expect(await trigger.poll()).toEqual([]);
		model.edit(job, { [STATUS]: 'Done', [NOTE]: 'mended' }, 'form');
		expect(await trigger.poll()).toEqual([`startedToMatch ${job}`]);
		expect(await trigger.poll()).toEqual([]);
	});
});

describe('What retries cost', () => {
	const withJobs = (count: number): { model: KnackTableModel; ids: string[] } => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), {
			hasNumbers: true,
			pageSize: 1_000,
		});
		const ids = Array.from({ length: count }, (_, index) => {
			const id = model.create({ [TITLE]: `job ${index}`, [STATUS]: 'Done' });
			model.addLine(id, 'work');
			return id;
		});
		return { model, ids };
	};

	it('is no call while no record has a problem, and one for the lines of those that have', async () => {
		const { model, ids } = withJobs(30);
		const trigger = watch(model);
		await trigger.poll();
		model.calls = 0;
		await trigger.poll();
		expect([model.calls, model.lineCalls]).toEqual([1, 0]);
		for (const id of ids.slice(0, 20)) model.edit(id, { [PROBLEM]: 'Trouble' }, 'batch');
		await trigger.poll();
		expect([model.calls, model.lineCalls]).toEqual([3, 1]);
	});

	it('hands on many that were mended at once in portions, each once', async () => {
		const { model, ids } = withJobs(7);
		const trigger = watch(model, { mostChanges: 3 });
		for (const id of ids) model.edit(id, { [PROBLEM]: 'Trouble' }, 'batch');
		await trigger.poll();
		for (const id of ids) model.edit(id, { [NOTE]: 'mended' }, 'batch');
		const told = [await trigger.poll(), await trigger.poll(), await trigger.poll()];
		expect(told.map(({ length }) => length)).toEqual([3, 3, 1]);
		expect(told.flat()).toEqual(ids.map((id) => `retried ${id}`));
		expect(await trigger.poll()).toEqual([]);
	});

	it('keeps nothing of records that do not match any more', async () => {
		const { model, ids } = withJobs(5);
		const trigger = watch(model, { startFrom: { kind: 'all' } });
		expect(await trigger.poll()).toHaveLength(5);
		const kept = (): number => JSON.stringify(Object(trigger.stored)['retryMarks']).length;
		const before = kept();
		for (const id of ids) model.edit(id, { [STATUS]: 'New' }, 'batch');
		await trigger.poll();
		expect(kept()).toBeLessThan(before);
		expect(Object(trigger.stored)['retryMarks']).toEqual([]);
	});

	it('stays within its bounds for thousands, and still tells each that was mended', async () => {
		const { model, ids } = withJobs(0);
		for (let index = 0; index < 9_000; index += 1) {
			ids.push(
				model.create({ [TITLE]: `job ${index}`, [STATUS]: 'Done', [PROBLEM]: 'Bad mapping' }),
			);
		}
		const trigger = watch(model, { lines: [], watchedFields: [TITLE, NOTE, STATUS] });
		await trigger.poll();
		const { retryMarks } = Object(trigger.stored);
		const size = JSON.stringify(retryMarks).length;
		expect(size).toBeLessThan(MOST_CHARACTERS + 1_000);
		const mended = [ids[0] ?? '', ids[4_500] ?? '', ids.at(-1) ?? ''];
		for (const id of mended) model.edit(id, { [NOTE]: 'mended' }, 'batch');
		expect(await trigger.poll()).toEqual(mended.map((id) => `retried ${id}`));
		expect(await trigger.poll()).toEqual([]);
	});
});

describe('A client that reads once', () => {
	it('answers the same question with the same reading, and another with another', async () => {
		const model = new KnackTableModel(0, { hasNumbers: true, pageSize: 10 });
		const id = model.create({ [TITLE]: 'before' });
		const client: KnackClient = readingOnce(model.client());
		const title = async () => (await client.records('object_1')).map((record) => record[TITLE]);
		expect(await title()).toEqual(['before']);
		model.edit(id, { [TITLE]: 'after' }, 'form');
		expect(await title()).toEqual(['before']);
		expect(model.calls).toBe(1);
		expect((await client.record('object_1', id))?.[TITLE]).toBe('after');
		expect(await client.records('object_1', { limit: 0 })).toEqual([]);
	});
});
