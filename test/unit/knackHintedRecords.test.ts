import fc from 'fast-check';
import type { ChangeSettings, RecordChange } from '../../lib/sync/knackChanges/changeSettings';
import { pollChanges } from '../../lib/sync/knackChanges/pollChanges';
import type { HintedChanges } from '../../lib/sync/knackChanges/hintedRecords';
import { pollHinted } from '../../lib/sync/knackChanges/hintedRecords';
import { KnackTableModel, NOTE, STATUS, TITLE } from '../support/knackTableModel';

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 120) };

const DONE = { match: 'and' as const, rules: [{ field: STATUS, operator: 'is', value: 'Done' }] };

const settingsFor = (more: Partial<ChangeSettings>): ChangeSettings => ({
	table: 'object_1',
	triggerOn: 'startsToMatch',
	filters: DONE,
	startFrom: { kind: 'now' },
	mostChanges: 1_000,
	...more,
});

/** A trigger that is polled and called, with n8n's memory in between. */
class Trigger {
	private stored: unknown;

	constructor(
		readonly model: KnackTableModel,
		private readonly settings: ChangeSettings,
	) {}

	private request() {
		const stored: unknown = JSON.parse(JSON.stringify(this.stored ?? null));
		const { model, settings } = this;
		return { client: model.client(), settings, stored, nowMs: model.nowMs };
	}

	async poll(): Promise<readonly RecordChange[]> {
		const polled = await pollChanges(this.request());
		this.stored = polled.state;
		return polled.changes;
	}

	async hinted(...ids: string[]): Promise<HintedChanges> {
		const polled = await pollHinted(this.request(), ids);
		if (!polled) throw new Error('Nothing was polled yet');
		this.stored = polled.state;
		return polled;
	}
}

const idsOf = (changes: readonly RecordChange[], event?: RecordChange['event']): string[] =>
	changes
		.filter((change) => event === undefined || change.event === event)
		.map(({ record }) => record.id)
		.sort();

/** Pages of two records: a table of some dozen takes many calls, and a named record few. */
function largeTable(rows: number, status = 'Done') {
	const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), { hasNumbers: true, pageSize: 2 });
	const ids = Array.from({ length: rows }, (_, index) =>
		model.create({ [TITLE]: `old ${index}`, [STATUS]: status }),
	);
	model.nowMs += 120_000;
	return { model, ids };
}

describe('Records that are named by a call', () => {
	it('are nothing before the first poll, which says from where on records count', async () => {
		const { model, ids } = largeTable(1);
		const client = model.client();
		const request = { client, settings: settingsFor({}), stored: undefined, nowMs: model.nowMs };
		expect(await pollHinted(request, ids)).toBeUndefined();
	});

	it('take two calls where the whole takes many, and are handed on once', async () => {
		const { model } = largeTable(30);
		const fresh = model.create({ [TITLE]: 'new', [STATUS]: 'New' });
		const trigger = new Trigger(model, settingsFor({}));
		await trigger.poll();
		model.edit(fresh, { [STATUS]: 'Done' }, 'form');
		const before = model.calls;
		const polled = await trigger.hinted(fresh);
		expect(model.calls - before).toBe(2);
		expect([polled.whole, idsOf(polled.changes, 'startedToMatch')]).toEqual([false, [fresh]]);
		expect((await trigger.hinted(fresh)).changes).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('are polled for in the whole where that takes no more calls', async () => {
		const { model, ids } = largeTable(4, 'New');
		const trigger = new Trigger(model, settingsFor({}));
		await trigger.poll();
		for (const id of ids) model.edit(id, { [STATUS]: 'Done' }, 'form');
		const polled = await trigger.hinted(...ids);
		expect([polled.whole, idsOf(polled.changes)]).toEqual([true, [...ids].sort()]);
	});

	it('that are gone are said to be, and start nothing', async () => {
		const { model, ids } = largeTable(10);
		const [gone = ''] = ids;
		const trigger = new Trigger(model, settingsFor({ filters: undefined, triggerOn: 'updated' }));
		await trigger.poll();
		model.stored.delete(gone);
		expect(await trigger.hinted(gone)).toMatchObject({ gone: [gone], changes: [] });
		expect(await trigger.poll()).toEqual([]);
	});

	it('leave the others to the poll: what a call does not name is not passed over', async () => {
		const { model, ids } = largeTable(20);
		const [first = '', second = ''] = ids;
		for (const settings of [
			settingsFor({ triggerOn: 'updated', filters: undefined }),
			settingsFor({ triggerOn: 'createdOrUpdated', filters: undefined }),
		]) {
			const trigger = new Trigger(model, settings);
			await trigger.poll();
			model.edit(first, { [NOTE]: `a ${settings.triggerOn}` }, 'form');
			model.edit(second, { [NOTE]: `b ${settings.triggerOn}` }, 'form');
			expect(idsOf((await trigger.hinted(second)).changes)).toEqual([second]);
			expect(idsOf(await trigger.poll())).toEqual([first]);
		}
	});

	describe("written by the sync itself, on a field that is anybody's", () => {
		function world() {
			const { model, ids } = largeTable(20);
			const [id = ''] = ids;
			const trigger = new Trigger(model, settingsFor({ triggerOn: 'updated', filters: undefined }));
			const write = (note: string): void => {
				model.ownWrites.remember('object_1', id, { [NOTE]: note });
				model.edit(id, { [NOTE]: note }, 'batch');
			};
			return { model, ids, id, trigger, write };
		}

		it('start nothing, while the edit of a person beside it does', async () => {
			const { model, id, trigger, write } = world();
			await trigger.poll();
			write('INV-1');
			expect((await trigger.hinted(id)).changes).toEqual([]);
			write('INV-2');
			model.edit(id, { [TITLE]: 'by hand' }, 'form');
			expect((await trigger.hinted(id)).changes).toMatchObject([{ changedFields: [TITLE] }]);
			expect(await trigger.poll()).toEqual([]);
		});

		it('are told once a person brings the value back, however long no poll came', async () => {
			const { model, id, trigger, write } = world();
			await trigger.poll();
			write('INV-1');
			expect((await trigger.hinted(id)).changes).toEqual([]);
			model.edit(id, { [NOTE]: 'mistyped' }, 'form');
			expect((await trigger.hinted(id)).changes).toHaveLength(1);
			model.edit(id, { [NOTE]: 'INV-1' }, 'form');
			expect((await trigger.hinted(id)).changes).toHaveLength(1);
			expect(await trigger.poll()).toEqual([]);
		});

		it('start nothing at the poll after calls about other records', async () => {
			const { ids, trigger, write } = world();
			await trigger.poll();
			write('INV-1');
			for (const other of ids.slice(1, 6))
				expect((await trigger.hinted(other)).changes).toEqual([]);
			expect(await trigger.poll()).toEqual([]);
		});
	});
});

type Step =
	| { readonly do: 'create'; readonly title: number; readonly done: boolean }
	| { readonly do: 'edit'; readonly which: number; readonly title: number }
	| { readonly do: 'status'; readonly which: number; readonly done: boolean }
	| { readonly do: 'delete'; readonly which: number }
	/** Some of the calls that wait come, in any order, some of them twice. */
	| { readonly do: 'calls'; readonly take: number; readonly order: number; readonly keep: boolean }
	/** They never come. */
	| { readonly do: 'loseCalls' }
	| { readonly do: 'wait'; readonly minutes: number }
	| { readonly do: 'poll' };

const which = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constant('create' as const),
			title: fc.nat(9),
			done: fc.boolean(),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({ do: fc.constant('edit' as const), which, title: fc.nat(9) }),
	},
	{
		weight: 4,
		arbitrary: fc.record({ do: fc.constant('status' as const), which, done: fc.boolean() }),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), which }) },
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('calls' as const),
			take: fc.integer({ min: 1, max: 6 }),
			order: fc.nat(1_000),
			keep: fc.boolean(),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('loseCalls' as const) }) },
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('wait' as const),
			minutes: fc.constantFrom(0, 1, 61, 600),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('poll' as const) }) },
);

const setup = fc.record({
	hasNumbers: fc.boolean(),
	pageSize: fc.constantFrom(1, 2, 1_000),
	before: fc.nat(12),
	steps: fc.array(step, { minLength: 5, maxLength: 50 }),
});

/** What the trigger saw last of each record that it polled at. */
interface Seen {
	readonly content: Map<string, string>;
	readonly matching: Set<string>;
}

async function live(
	config: typeof setup extends fc.Arbitrary<infer Value> ? Value : never,
	settings: ChangeSettings,
	expected: (model: KnackTableModel, seen: Seen, lookedAt: readonly string[]) => string[],
): Promise<void> {
	const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), config);
	for (let index = 0; index < config.before; index += 1) {
		model.create({ [TITLE]: `old ${index}`, [STATUS]: index % 2 ? 'Done' : 'New' });
	}
	model.nowMs += 120_000;
	const trigger = new Trigger(model, settings);
	const seen: Seen = { content: new Map(), matching: new Set() };
	let waiting: string[] = [];

	const isDone = (id: string): boolean => model.stored.get(id)?.values[STATUS] === 'Done';
	const look = (changes: readonly RecordChange[], lookedAt: readonly string[], first = false) => {
		if (!first) expect(idsOf(changes)).toEqual(expected(model, seen, lookedAt).sort());
		for (const id of lookedAt) {
			if (model.stored.has(id)) seen.content.set(id, model.content(id));
			if (isDone(id)) seen.matching.add(id);
			else seen.matching.delete(id);
		}
	};
	const everything = (): string[] => [...new Set([...model.stored.keys(), ...seen.matching])];
	look(await trigger.poll(), everything(), true);

	for (const entry of [...config.steps, { do: 'poll' as const }]) {
		const ids = [...model.stored.keys()];
		const target = 'which' in entry ? ids[entry.which % Math.max(1, ids.length)] : undefined;
		if (entry.do === 'create') {
			const values = { [TITLE]: `title ${entry.title}`, [STATUS]: entry.done ? 'Done' : 'New' };
			waiting.push(model.create(values));
		} else if (entry.do === 'edit' && target) {
			model.edit(target, { [TITLE]: `title ${entry.title}` }, 'form');
			waiting.push(target);
		} else if (entry.do === 'status' && target) {
			model.edit(target, { [STATUS]: entry.done ? 'Done' : 'New' }, 'form');
			waiting.push(target);
		} else if (entry.do === 'delete' && target) {
			model.stored.delete(target);
			waiting.push(target);
		} else if (entry.do === 'calls' && waiting.length > 0) {
			const start = entry.order % waiting.length;
			const turned = [...waiting.slice(start), ...waiting.slice(0, start)];
			const come = turned.slice(0, entry.take);
			waiting = entry.keep ? turned : turned.slice(entry.take);
			const { changes, whole } = await trigger.hinted(...come);
			look(changes, whole ? everything() : come);
		} else if (entry.do === 'loseCalls') waiting = [];
		else if (entry.do === 'wait') model.nowMs += entry.minutes * 60_000 + 1_000;
		else if (entry.do === 'poll') look(await trigger.poll(), everything());
	}
	// Calls that come late, and once more each, tell nothing that was told.
	const late = [...waiting, ...waiting, ...model.stored.keys()];
	for (const id of late) expect((await trigger.hinted(id)).changes).toEqual([]);
	expect(await trigger.poll()).toEqual([]);
}

describe('Calls in any order, repeated or lost, between edits and polls', () => {
	const isDone = (model: KnackTableModel, id: string): boolean =>
		model.stored.get(id)?.values[STATUS] === 'Done';

	it('starts to match: each record that matches and did not when it was last polled at', async () => {
		await fc.assert(
			fc.asyncProperty(setup, async (config) => {
				await live(config, settingsFor({}), (model, seen, lookedAt) =>
					[...new Set(lookedAt)].filter((id) => isDone(model, id) && !seen.matching.has(id)),
				);
			}),
			RUNS,
		);
	});

	it('created or updated: each record that is new or differs from when it was last polled at', async () => {
		await fc.assert(
			fc.asyncProperty(setup, async (config) => {
				const settings = settingsFor({ triggerOn: 'createdOrUpdated', filters: undefined });
				await live(config, settings, (model, seen, lookedAt) =>
					[...new Set(lookedAt)].filter(
						(id) => model.stored.has(id) && model.content(id) !== seen.content.get(id),
					),
				);
			}),
			RUNS,
		);
	});

	it('created: each new record once', async () => {
		await fc.assert(
			fc.asyncProperty(setup, async (config) => {
				const settings = settingsFor({ triggerOn: 'created', filters: undefined });
				await live(config, settings, (model, seen, lookedAt) =>
					[...new Set(lookedAt)].filter((id) => model.stored.has(id) && !seen.content.has(id)),
				);
			}),
			RUNS,
		);
	});
});
