import type { ChangeSettings } from '../../lib/sync/knackChanges/changeSettings';
import { pollHinted } from '../../lib/sync/knackChanges/hintedRecords';
import type { PolledChanges } from '../../lib/sync/knackChanges/pollChanges';
import { pollChanges } from '../../lib/sync/knackChanges/pollChanges';
import { KnackTableModel, MODIFIED, PROBLEM, STATUS, TITLE } from '../support/knackTableModel';
import { XERO_NUMBER as XERO_ID } from '../support/knackTableModel';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A trigger that looks until its records are in Xero, polled every five minutes. */
function watch(model: KnackTableModel, more: Partial<ChangeSettings> = {}) {
	const settings: ChangeSettings = {
		table: 'object_1',
		triggerOn: 'startsToMatch',
		filters: { match: 'and', rules: [{ field: STATUS, operator: 'is', value: 'Done' }] },
		startFrom: { kind: 'now' },
		mostChanges: 1_000,
		untilSynced: { xeroIdField: XERO_ID, messageField: PROBLEM },
		...more,
	};
	const trigger = {
		stored: undefined as unknown,
		request: (seconds?: number) => ({
			client: model.client(),
			settings,
			stored: JSON.parse(JSON.stringify(trigger.stored ?? null)) as unknown,
			nowMs: model.nowMs,
			...(seconds !== undefined && { resumeFromSeconds: seconds }),
		}),
		async polled(seconds?: number): Promise<PolledChanges> {
			model.nowMs += 5 * MINUTE_MS;
			const polled = await pollChanges(trigger.request(seconds));
			trigger.stored = polled.state;
			return polled;
		},
		async poll(seconds?: number): Promise<string[]> {
			const { changes } = await trigger.polled(seconds);
			return changes.map(({ record, event }) => `${event} ${record.id}`);
		},
		/** Times in minutes at which the record came within the time. */
		async timesWithin(forMs: number): Promise<Array<[number, string]>> {
			const start = model.nowMs;
			const times: Array<[number, string]> = [];
			while (model.nowMs < start + forMs) {
				const found = await trigger.poll();
				const minute = (model.nowMs - start) / MINUTE_MS;
				times.push(...found.map((each): [number, string] => [minute, each]));
			}
			return times;
		},
	};
	return trigger;
}

describe('Until Synced', () => {
	let model: KnackTableModel;
	let job: string;

	beforeEach(() => {
		model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), { hasNumbers: true, pageSize: 1_000 });
		job = model.create({ [TITLE]: 'job', [STATUS]: 'New' });
		model.nowMs += 10 * MINUTE_MS;
	});

	/** The job is handed on, and its worker dies. */
	async function lost(more: Partial<ChangeSettings> = {}) {
		const trigger = watch(model, more);
		await trigger.poll();
		model.edit(job, { [STATUS]: 'Done' }, 'form');
		expect(await trigger.poll()).toEqual([`startedToMatch ${job}`]);
		return trigger;
	}

	it('hands a record on again, after waits that grow, while Knack does not say what became of it', async () => {
		const trigger = await lost();
		const times = await trigger.timesWithin(8 * 60 * MINUTE_MS);
		expect(times.map(([minute]) => minute)).toEqual([30, 90, 210, 450]);
		expect(new Set(times.map(([, told]) => told))).toEqual(new Set([`notSynced ${job}`]));
	});

	it('does not wait for a clock that was a year ahead when the record was handed on', async () => {
		const year = 365 * DAY_MS;
		model.nowMs += year;
		const trigger = await lost();
		model.nowMs -= year;
		const times = await trigger.timesWithin(2 * 60 * MINUTE_MS);
		expect(times.map(([minute]) => minute)).toEqual([5, 65]);
	});

	it.each<[string, Record<string, string>]>([
		['it is in Xero', { [XERO_ID]: 'f0c3' }],
		['it says what is wrong', { [PROBLEM]: 'No such account' }],
		['it does not match any more', { [STATUS]: 'New' }],
	])('leaves a record alone when %s', async (_, values) => {
		const trigger = await lost();
		model.edit(job, values, 'batch');
		expect(await trigger.timesWithin(DAY_MS)).toEqual([]);
	});

	it('lets a record go again when a person empties its message', async () => {
		const trigger = await lost();
		model.edit(job, { [PROBLEM]: 'No such account' }, 'batch');
		expect(await trigger.timesWithin(60 * MINUTE_MS)).toEqual([]);
		model.edit(job, { [PROBLEM]: '' }, 'form');
		expect(await trigger.poll()).toEqual([`notSynced ${job}`]);
	});

	it('costs no call where the poll has read them all', async () => {
		const trigger = await lost();
		const calls = model.calls;
		await trigger.timesWithin(60 * MINUTE_MS);
		expect(model.calls - calls).toBe(12);
	});

	it('starts nothing for what was there at activation', async () => {
		model.edit(job, { [STATUS]: 'Done' }, 'form');
		expect(await watch(model).timesWithin(2 * DAY_MS)).toEqual([]);
	});

	it('looks back to the day that is chosen', async () => {
		model.edit(job, { [STATUS]: 'Done' }, 'form');
		const older = { sinceSeconds: model.nowMs / 1_000 + 60 };
		const fields = { xeroIdField: XERO_ID, messageField: PROBLEM };
		expect(await watch(model, { untilSynced: { ...fields, ...older } }).poll()).toEqual([]);
		const since = { sinceSeconds: Date.UTC(2026, 5, 3) / 1_000 };
		const trigger = watch(model, { untilSynced: { ...fields, ...since } });
		expect(await trigger.poll()).toEqual([`notSynced ${job}`]);
	});

	it('gives a record once too often, and never too seldom, when it forgets when it gave it', async () => {
		const trigger = await lost();
		const state = JSON.parse(JSON.stringify(trigger.stored)) as { unsynced: { handedOn: unknown } };
		state.unsynced.handedOn = {};
		trigger.stored = state;
		expect(await trigger.poll()).toEqual([`notSynced ${job}`]);
	});

	it('gives it up after nine times, and says so until that is written', async () => {
		const trigger = await lost();
		const times = await trigger.timesWithin(12 * DAY_MS);
		expect(times).toHaveLength(8);
		const { changes, givenUp } = await trigger.polled();
		expect([changes, givenUp.map(({ id }) => id)]).toEqual([[], [job]]);
		model.edit(job, { [PROBLEM]: 'Look at the executions' }, 'batch');
		expect((await trigger.polled()).givenUp).toEqual([]);
	});

	it('gives at most a hundred a poll, those that waited longest first', async () => {
		const others = Array.from({ length: 250 }, () =>
			model.create({ [TITLE]: 'job', [STATUS]: 'New' }),
		);
		const trigger = watch(model);
		await trigger.poll();
		for (const id of others) model.edit(id, { [STATUS]: 'Done' }, 'form');
		expect(await trigger.poll()).toHaveLength(250);
		model.nowMs += 60 * MINUTE_MS;
		const told = [await trigger.poll(), await trigger.poll(), await trigger.poll()];
		expect(told.map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(new Set(told.flat()).size).toBe(250);
	});

	it('sifts what a filter with "or" lets through', async () => {
		const either = {
			match: 'or' as const,
			rules: [
				{ field: STATUS, operator: 'is', value: 'Done' },
				{ field: TITLE, operator: 'is', value: 'rush' },
			],
		};
		const trigger = await lost({ filters: either });
		const rush = model.create({ [TITLE]: 'rush', [STATUS]: 'New', [XERO_ID]: 'f0c3' });
		expect(await trigger.poll()).toEqual([`startedToMatch ${rush}`]);
		const told = await trigger.timesWithin(60 * MINUTE_MS);
		expect(told.map(([, each]) => each)).toEqual([`notSynced ${job}`]);
	});

	it('starts nothing of what was there when a call is the first after it was switched on', async () => {
		const settings = { untilSynced: undefined };
		model.edit(job, { [STATUS]: 'Done' }, 'form');
		const before = watch(model, settings);
		await before.poll();
		const trigger = watch(model);
		trigger.stored = before.stored;
		const called = await pollHinted(trigger.request(), [job]);
		trigger.stored = called?.state;
		expect(called?.changes).toEqual([]);
		expect(await trigger.timesWithin(DAY_MS)).toEqual([]);
	});

	describe.each<[string, Partial<ChangeSettings>, number]>([
		['Record Created', { triggerOn: 'created' }, 1],
		['Record Created or Updated', { triggerOn: 'createdOrUpdated' }, 1],
		[
			'Record Created or Updated by a date',
			{ triggerOn: 'createdOrUpdated', modifiedField: MODIFIED },
			2,
		],
	])('with %s', (_, settings, callsAPoll) => {
		const none = { match: 'and' as const, rules: [] };

		it('hands a new record on again, and no older one', async () => {
			const trigger = watch(model, { filters: none, ...settings });
			await trigger.poll();
			const fresh = model.create({ [TITLE]: 'fresh', [STATUS]: 'New' });
			expect(await trigger.poll()).toEqual([`created ${fresh}`]);
			const told = await trigger.timesWithin(60 * MINUTE_MS);
			expect(told.map(([, each]) => each)).toEqual([`notSynced ${fresh}`]);
			model.edit(fresh, { [XERO_ID]: 'f0c3' }, 'batch');
			expect(await trigger.timesWithin(DAY_MS)).toEqual([]);
		});

		it('takes at most one call more in six polls', async () => {
			const trigger = watch(model, { filters: none, ...settings });
			await trigger.poll();
			const calls = model.calls;
			await trigger.timesWithin(60 * MINUTE_MS);
			expect(model.calls - calls).toBeLessThanOrEqual(12 * callsAPoll + 2);
		});
	});
});

describe('A trigger whose memory is gone', () => {
	it.each<[string, Partial<ChangeSettings>, string]>([
		['Record Created', { triggerOn: 'created', filters: undefined }, 'created'],
		['Record Starts to Match', {}, 'startedToMatch'],
		['Record Updated', { triggerOn: 'updated', modifiedField: MODIFIED }, 'updated'],
	])('looks back for %s, instead of starting at now', async (_, settings, event) => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), {
			hasNumbers: true,
			pageSize: 1_000,
		});
		model.create({ [TITLE]: 'old', [STATUS]: 'Done' });
		model.nowMs += 3 * DAY_MS;
		const trigger = watch(model, { untilSynced: undefined, ...settings });
		await trigger.poll();
		const missed = model.create({ [TITLE]: 'missed', [STATUS]: 'New' });
		model.nowMs += 2 * MINUTE_MS;
		model.edit(missed, { [STATUS]: 'Done' }, 'form');
		trigger.stored = undefined;
		const seconds = model.nowMs / 1_000 - 24 * 3_600;
		expect(await trigger.poll(seconds)).toEqual([`${event} ${missed}`]);
		expect(await trigger.poll(seconds)).toEqual([]);
	});
});
