import fc from 'fast-check';
import type { ChangeSettings, RecordChange } from '../../lib/sync/knackChanges/changeSettings';
import { pollChanges } from '../../lib/sync/knackChanges/pollChanges';
import {
	KnackTableModel,
	LINE_OF,
	LINES,
	MODIFIED,
	NOTE,
	PROBLEM,
	STATUS,
	TITLE,
	XERO_NUMBER,
} from '../support/knackTableModel';

/**
 * People edit, the sync writes, n8n polls, stops and starts again, in any order. An oracle keeps
 * what the last poll (or, after a restart, the last persisted one) saw of every record.
 */
type Step =
	| { readonly do: 'create'; readonly title: number; readonly done: boolean }
	| {
			readonly do: 'edit';
			readonly which: number;
			readonly title: number;
			readonly by: 'form' | 'batch';
	  }
	| { readonly do: 'note'; readonly which: number; readonly note: number }
	| {
			readonly do: 'status';
			readonly which: number;
			readonly done: boolean;
			readonly by: 'form' | 'batch';
	  }
	| { readonly do: 'syncWrite'; readonly which: number; readonly number: number }
	/** The workflow says what is wrong with the record, or that nothing is. */
	| { readonly do: 'problem'; readonly which: number; readonly problem: number }
	| { readonly do: 'line'; readonly which: number; readonly text: number; readonly add: boolean }
	| { readonly do: 'delete'; readonly which: number }
	| { readonly do: 'wait'; readonly minutes: number }
	/** The clock of the computer that polls is so much ahead from now on; Knack's is right. */
	| { readonly do: 'clock'; readonly ahead: number }
	| { readonly do: 'poll' }
	| { readonly do: 'restart' }
	| { readonly do: 'rename' }
	| { readonly do: 'addField' };

const which = fc.nat(30);
const by = fc.constantFrom<'form' | 'batch'>('form', 'form', 'batch');
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('create' as const),
			title: fc.nat(9),
			done: fc.boolean(),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({ do: fc.constant('edit' as const), which, title: fc.nat(9), by }),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('note' as const), which, note: fc.nat(3) }) },
	{
		weight: 3,
		arbitrary: fc.record({ do: fc.constant('status' as const), which, done: fc.boolean(), by }),
	},
	{
		weight: 2,
		arbitrary: fc.record({ do: fc.constant('syncWrite' as const), which, number: fc.nat(9) }),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), which }) },
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('wait' as const),
			minutes: fc.constantFrom(0, 1, 5, 30, 61, 600, 3000),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('clock' as const),
			ahead: fc.constantFrom(0, 2, 14, 60, 1_500, -14, -1_500),
		}),
	},
	{ weight: 6, arbitrary: fc.record({ do: fc.constant('poll' as const) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('addField' as const) }) },
);

/** What happens to records that the workflow could not post. */
const troubledStep: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: step },
	{
		weight: 3,
		arbitrary: fc.record({ do: fc.constant('problem' as const), which, problem: fc.nat(2) }),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('line' as const),
			which,
			text: fc.nat(3),
			add: fc.boolean(),
		}),
	},
);

const setup = fc.record({
	hasNumbers: fc.boolean(),
	pageSize: fc.constantFrom(2, 3, 1_000),
	// Clocks go back on 1 November and forward on 8 March in Chicago.
	startMs: fc.constantFrom(
		Date.UTC(2026, 10, 1, 5, 30),
		Date.UTC(2026, 2, 8, 6, 30),
		Date.UTC(2026, 5, 3, 4, 30),
	),
	before: fc.nat(5),
	steps: fc.array(step, { minLength: 5, maxLength: 45 }),
});

const troubledSetup = fc.tuple(setup, fc.array(troubledStep, { minLength: 5, maxLength: 60 }));

type Setup = typeof setup extends fc.Arbitrary<infer Value> ? Value : never;

interface Seen {
	/** Content of each record as the oracle last saw it. */
	readonly content: Map<string, string>;
	readonly matching: Set<string>;
	/** Records edited in a form since. */
	readonly stamped: Set<string>;
	/** Records that may be retried, as they were when handed on, or first seen with a problem. */
	readonly handedOn: Map<string, string>;
}

class World {
	readonly model: KnackTableModel;

	private seen: Seen = {
		content: new Map(),
		matching: new Set(),
		stamped: new Set(),
		handedOn: new Map(),
	};

	private persistedSeen: Seen = this.seen;

	private stored: unknown;

	private persisted: unknown;

	private aheadMs = 0;

	constructor(
		config: { hasNumbers: boolean; pageSize: number; startMs: number; before: number },
		private readonly settings: ChangeSettings,
	) {
		this.model = new KnackTableModel(config.startMs, config);
		for (let index = 0; index < config.before; index += 1) {
			this.model.create({ [TITLE]: `old ${index}`, [STATUS]: index % 2 ? 'Done' : 'New' });
			this.model.nowMs += 7_000;
		}
		this.model.nowMs += 120_000;
	}

	/** Compares with what was seen before, then polls; the same after each poll. */
	async poll(): Promise<{ changes: readonly RecordChange[]; before: Seen }> {
		const before = this.seen;
		const polled = await pollChanges({
			client: this.model.client(),
			settings: this.settings,
			stored: JSON.parse(JSON.stringify(this.stored ?? null)),
			nowMs: this.model.nowMs + this.aheadMs,
		});
		this.stored = polled.state;
		const isFirst = this.persisted === undefined;
		this.seen = this.look(polled.changes);
		if (polled.changes.length > 0 || isFirst) {
			this.persisted = this.stored;
			this.persistedSeen = { ...this.seen, stamped: new Set() };
		}
		return { changes: polled.changes, before };
	}

	restart(): void {
		this.stored = this.persisted;
		// Edits since the persisted state are still to be told.
		const stamped = new Set([
			...this.persistedSeen.stamped,
			...this.seen.stamped,
			...this.everStamped,
		]);
		this.seen = { ...this.persistedSeen, stamped };
	}

	private readonly everStamped = new Set<string>();

	apply(entry: Step): void {
		const ids = [...this.model.stored.keys()];
		const target = 'which' in entry ? ids[entry.which % Math.max(1, ids.length)] : undefined;
		switch (entry.do) {
			case 'create':
				this.model.create({
					[TITLE]: `title ${entry.title}`,
					[STATUS]: entry.done ? 'Done' : 'New',
				});
				break;
			case 'edit':
				if (target) this.edit(target, { [TITLE]: `title ${entry.title}` }, entry.by);
				break;
			case 'note':
				if (target)
					this.edit(target, { [NOTE]: entry.note === 0 ? '' : `note ${entry.note}` }, 'form');
				break;
			case 'status':
				if (target) this.edit(target, { [STATUS]: entry.done ? 'Done' : 'New' }, entry.by);
				break;
			case 'syncWrite':
				if (target) this.edit(target, { [XERO_NUMBER]: `INV-${entry.number}` }, 'form');
				break;
			case 'problem':
				if (target) {
					const problem = entry.problem === 0 ? '' : `no account ${entry.problem}`;
					this.model.edit(target, { [PROBLEM]: problem }, 'batch');
				}
				break;
			case 'line': {
				const [first] = target ? this.model.linesOf(target) : [];
				if (first && !entry.add) this.model.editLine(first[0], `line ${entry.text}`);
				else if (target) this.model.addLine(target, `line ${entry.text}`);
				break;
			}
			case 'delete':
				if (target) this.model.stored.delete(target);
				break;
			case 'wait':
				this.model.nowMs += entry.minutes * 60_000 + 1_000;
				break;
			case 'rename':
				this.model.fields = this.model.fields.map((one) =>
					one.key === TITLE ? { ...one, name: `${one.name} x` } : one,
				);
				break;
			case 'addField':
				this.model.fields = [
					{
						key: `field_${100 + this.model.fields.length}`,
						name: `Extra ${this.model.fields.length}`,
						type: 'short_text',
						required: false,
						unique: false,
						format: {},
					},
					...this.model.fields,
				];
				break;
			case 'clock':
				this.aheadMs = entry.ahead * 60_000;
				break;
			case 'poll':
			case 'restart':
				break;
		}
	}

	private edit(id: string, values: Record<string, string>, how: 'form' | 'batch'): void {
		this.model.edit(id, values, how);
		if (how === 'form') {
			this.seen.stamped.add(id);
			this.everStamped.add(id);
		}
	}

	/** The record and its lines, without what the workflow writes. */
	withLines(id: string): string {
		return JSON.stringify([this.model.content(id), this.model.linesOf(id)]);
	}

	hasProblem(id: string): boolean {
		return (this.model.stored.get(id)?.values[PROBLEM] ?? '') !== '';
	}

	private look(told: readonly RecordChange[]): Seen {
		const ids = [...this.model.stored.keys()];
		const matching = ids.filter((id) => this.model.stored.get(id)?.values[STATUS] === 'Done');
		const isTold = new Set(told.map(({ record }) => record.id));
		const handedOn = matching.flatMap((id): Array<[string, string]> => {
			const before = this.seen.matching.has(id) ? this.seen.handedOn.get(id) : undefined;
			if (isTold.has(id)) return [[id, this.withLines(id)]];
			if (before !== undefined) return [[id, before]];
			return this.hasProblem(id) ? [[id, this.withLines(id)]] : [];
		});
		return {
			content: new Map(ids.map((id) => [id, this.model.content(id)])),
			matching: new Set(matching),
			stamped: new Set(),
			handedOn: new Map(handedOn),
		};
	}
}

async function live(
	config: Setup,
	settings: ChangeSettings,
	check: (world: World, changes: readonly RecordChange[], before: Seen) => void,
): Promise<void> {
	const world = new World(config, settings);
	expect((await world.poll()).changes).toEqual([]);
	for (const entry of [...config.steps, { do: 'poll' } as const]) {
		if (entry.do === 'poll') {
			const { changes, before } = await world.poll();
			const ids = changes.map(({ record }) => record.id);
			expect(new Set(ids).size).toBe(ids.length);
			check(world, changes, before);
		} else if (entry.do === 'restart') world.restart();
		else world.apply(entry);
	}
	// Nothing happened since: nothing is told again.
	expect((await world.poll()).changes).toEqual([]);
}

const idsOf = (changes: readonly RecordChange[], event?: RecordChange['event']): string[] =>
	changes
		.filter((change) => event === undefined || change.event === event)
		.map(({ record }) => record.id)
		.sort();

const settingsFor = (more: Partial<ChangeSettings>): ChangeSettings => ({
	table: 'object_1',
	triggerOn: 'createdOrUpdated',
	startFrom: { kind: 'now' },
	mostChanges: 1_000,
	...more,
});

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 120) };

describe('Knack changes under any interleaving of edits, polls and restarts', () => {
	const created = (world: World, before: Seen): string[] =>
		[...world.model.stored.keys()].filter((id) => !before.content.has(id)).sort();
	const edited = (world: World, before: Seen): string[] =>
		[...before.content]
			.filter(([id, content]) => world.model.stored.has(id) && world.model.content(id) !== content)
			.map(([id]) => id)
			.sort();

	it('created: every new record once, and nothing else', async () => {
		await fc.assert(
			fc.asyncProperty(setup, async (config) => {
				await live(config, settingsFor({ triggerOn: 'created' }), (world, changes, before) => {
					expect(idsOf(changes)).toEqual(created(world, before));
				});
			}),
			RUNS,
		);
	});

	it('snapshots: every new and every changed record once, whatever changed it', async () => {
		await fc.assert(
			fc.asyncProperty(setup, async (config) => {
				await live(config, settingsFor({}), (world, changes, before) => {
					expect(idsOf(changes, 'created')).toEqual(created(world, before));
					expect(idsOf(changes, 'updated')).toEqual(edited(world, before));
				});
			}),
			RUNS,
		);
	});

	it('modified date: every record edited in a form, and nothing that did not change', async () => {
		await fc.assert(
			fc.asyncProperty(setup, async (config) => {
				const settings = settingsFor({ triggerOn: 'updated', modifiedField: MODIFIED });
				await live(config, settings, (world, changes, before) => {
					const told = idsOf(changes);
					const changed = edited(world, before);
					for (const id of changed.filter((one) => before.stamped.has(one))) {
						expect(told).toContain(id);
					}
					const known = told.filter((id) => before.content.has(id));
					expect(changed).toEqual(expect.arrayContaining(known));
					// A record first seen now may have been edited since it was made, or not.
					const unknown = told.filter((id) => !before.content.has(id));
					expect([...before.stamped]).toEqual(expect.arrayContaining(unknown));
				});
			}),
			RUNS,
		);
	});

	it('created or modified: every new record, and every one edited in a form', async () => {
		await fc.assert(
			fc.asyncProperty(setup, async (config) => {
				const settings = settingsFor({ modifiedField: MODIFIED });
				await live(config, settings, (world, changes, before) => {
					expect(idsOf(changes, 'created')).toEqual(created(world, before));
					const told = idsOf(changes, 'updated');
					const changed = edited(world, before);
					for (const id of changed.filter((one) => before.stamped.has(one))) {
						expect(told).toContain(id);
					}
					expect(changed).toEqual(expect.arrayContaining(told));
				});
			}),
			RUNS,
		);
	});

	it('starts to match: every record that matches and did not', async () => {
		await fc.assert(
			fc.asyncProperty(setup, async (config) => {
				const settings = settingsFor({
					triggerOn: 'startsToMatch',
					filters: { match: 'and', rules: [{ field: STATUS, operator: 'is', value: 'Done' }] },
				});
				await live(config, settings, (world, changes, before) => {
					const now = [...world.model.stored]
						.filter(([, record]) => record.values[STATUS] === 'Done')
						.map(([id]) => id);
					expect(idsOf(changes)).toEqual(now.filter((id) => !before.matching.has(id)).sort());
				});
			}),
			RUNS,
		);
	});

	it('starts to match, with a problem: again after every edit of it or of its lines, once', async () => {
		await fc.assert(
			fc.asyncProperty(troubledSetup, async ([config, steps]) => {
				const settings = settingsFor({
					triggerOn: 'startsToMatch',
					filters: { match: 'and', rules: [{ field: STATUS, operator: 'is', value: 'Done' }] },
					retryField: PROBLEM,
					lines: [{ table: LINES, field: LINE_OF }],
				});
				await live({ ...config, steps }, settings, (world, changes, before) => {
					const now = [...world.model.stored]
						.filter(([, record]) => record.values[STATUS] === 'Done')
						.map(([id]) => id);
					const stayed = now.filter((id) => before.matching.has(id));
					expect(idsOf(changes, 'startedToMatch')).toEqual(
						now.filter((id) => !before.matching.has(id)).sort(),
					);
					expect(idsOf(changes, 'retried')).toEqual(
						stayed
							.filter((id) => world.hasProblem(id) && before.handedOn.has(id))
							.filter((id) => before.handedOn.get(id) !== world.withLines(id))
							.sort(),
					);
				});
			}),
			RUNS,
		);
	});

	it('hands on many changes in portions, each once', async () => {
		const filters = {
			match: 'and' as const,
			rules: [{ field: STATUS, operator: 'is', value: 'Done' }],
		};
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom<Partial<ChangeSettings>>(
					{ triggerOn: 'created' },
					{ triggerOn: 'createdOrUpdated' },
					{ triggerOn: 'createdOrUpdated', modifiedField: MODIFIED },
					{ triggerOn: 'startsToMatch', filters },
				),
				fc.nat(6),
				fc.integer({ min: 1, max: 25 }),
				fc.integer({ min: 1, max: 7 }),
				async (kind, before, added, mostChanges) => {
					const config = { hasNumbers: true, pageSize: 3, startMs: Date.UTC(2026, 5, 3), before };
					const world = new World(config, settingsFor({ ...kind, mostChanges }));
					await world.poll();
					const made = Array.from({ length: added }, (_, index) => {
						world.model.nowMs += 61_000;
						return world.model.create({ [TITLE]: `new ${index}`, [STATUS]: 'Done' });
					});
					const told: string[] = [];
					for (let round = 0; round < added + 2; round += 1) {
						const { changes } = await world.poll();
						expect(changes.length).toBeLessThanOrEqual(mostChanges * 2);
						told.push(...idsOf(changes));
					}
					expect(told.sort()).toEqual(made.sort());
				},
			),
			{ numRuns: 40 },
		);
	});
});
