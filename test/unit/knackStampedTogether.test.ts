import type { ChangeSettings } from '../../lib/sync/knackChanges/changeSettings';
import { pollChanges } from '../../lib/sync/knackChanges/pollChanges';
import { KnackTableModel, MODIFIED, NOTE, TITLE } from '../support/knackTableModel';

const MINUTE_MS = 60_000;

/** A trigger on edits by the date that stamps them. */
function watch(model: KnackTableModel, aheadMs = 0) {
	const settings: ChangeSettings = {
		table: 'object_1',
		triggerOn: 'updated',
		modifiedField: MODIFIED,
		startFrom: { kind: 'now' },
		mostChanges: 1_000,
	};
	let stored: unknown;
	return {
		size: () => JSON.stringify(stored).length,
		async poll(afterMs = 5 * MINUTE_MS): Promise<{ told: string[]; calls: number }> {
			model.nowMs += afterMs;
			const before = model.calls;
			const polled = await pollChanges({
				client: model.client(),
				settings,
				stored: JSON.parse(JSON.stringify(stored ?? null)) as unknown,
				nowMs: model.nowMs + aheadMs,
			});
			stored = polled.state;
			const told = polled.changes.map(({ record, event }) => `${event} ${record.id}`);
			return { told, calls: model.calls - before };
		},
	};
}

/** Made long ago, and stamped by an import since, all of them within so many minutes. */
function importedTable(records: number, withinMinutes: number) {
	const model = new KnackTableModel(Date.UTC(2026, 5, 1, 12), {
		hasNumbers: true,
		pageSize: 1_000,
	});
	const ids = Array.from({ length: records }, (_, index) =>
		model.create({ [TITLE]: `job ${index}` }),
	);
	model.nowMs = Date.UTC(2026, 5, 3, 12);
	const start = model.nowMs;
	ids.forEach((id, index) => {
		model.nowMs = start + Math.floor((index / records) * withinMinutes) * MINUTE_MS;
		model.edit(id, { [NOTE]: 'imported' }, 'form');
	});
	return { model, ids };
}

describe('A table that was stamped as a whole', () => {
	it('misses no edit of the minute that a clock which is ahead takes for over', async () => {
		// More than can be read at first, so that what one was like before its edit is not known.
		const { model, ids } = importedTable(11_200, 170);
		const trigger = watch(model, 60 * MINUTE_MS);
		await trigger.poll();
		model.nowMs += MINUTE_MS - (model.nowMs % MINUTE_MS);
		const [early = '', late = ''] = [ids.at(-1), ids.at(0)];
		const isSeen = (id: string) => [`updated ${id}`];
		model.nowMs += 5 * MINUTE_MS;
		model.edit(early, { [NOTE]: 'by hand' }, 'form');
		expect((await trigger.poll(20_000)).told).toEqual(isSeen(early));
		model.edit(late, { [NOTE]: 'by hand in the same minute' }, 'form');
		expect((await trigger.poll(60_000)).told).toEqual(isSeen(late));
		expect((await trigger.poll()).told).toEqual([]);
	});

	it.each([
		[11_200, 1],
		[11_200, 170],
	])(
		'starts nothing, at few calls, though it has %d records stamped within %d minutes',
		async (records, minutes) => {
			const { model, ids } = importedTable(records, minutes);
			const trigger = watch(model);
			const first = await trigger.poll();
			expect(first.told).toEqual([]);
			expect(first.calls).toBeLessThanOrEqual(25);
			const calls: number[] = [];
			for (let poll = 0; poll < 3; poll += 1) {
				const polled = await trigger.poll();
				expect(polled.told).toEqual([]);
				calls.push(polled.calls);
			}
			// An edit may yet bear the minute of the import; after a while none can.
			expect(Math.max(...calls)).toBeLessThanOrEqual(12);
			expect(calls.at(-1)).toBe(3);
			// The first and the last of the import: one was read, the other perhaps not.
			for (const id of [ids.at(0) ?? '', ids.at(-1) ?? '']) {
				model.edit(id, { [NOTE]: `by hand ${id}` }, 'form');
				expect((await trigger.poll()).told).toEqual([`updated ${id}`]);
			}
			expect((await trigger.poll()).told).toEqual([]);
			expect(trigger.size()).toBeLessThan(700_000);
		},
		120_000,
	);

	it('hands each of them on once, where it is stamped while the trigger looks', async () => {
		const { model, ids } = importedTable(2_500, 1);
		const trigger = watch(model);
		await trigger.poll();
		for (const id of ids) model.edit(id, { [NOTE]: 'by hand' }, 'form');
		const told: string[] = [];
		for (let poll = 0; poll < 4; poll += 1) told.push(...(await trigger.poll()).told);
		expect(told).toHaveLength(2_500);
		expect(new Set(told).size).toBe(2_500);
	}, 60_000);
});
