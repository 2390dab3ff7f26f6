import type { HttpPort } from '../../../lib/http';
import { isServiceFaultError } from '../../../lib/serviceFault';
import { ATTENTION } from '../../../lib/sync/outcome';
import { upsertDocuments } from '../../../lib/sync/upsert';
import { Turns } from '../../../lib/sync/write/turns';
import type { XeroInMemory } from '../../support/xeroInMemory';
import { MOST_ORDERS, OF_OTHERS, type Kind, type KnackOrder } from '../kind';
import { Random } from '../random';
import { isShownTwice } from '../shownTwice';
import { Killed, randomTrouble, UNTROUBLED } from '../troubledPort';
import type { ChaosCounts } from './counts';
import { KnackOrders } from './knackOrders';
import { Worker, type Delivered, type Fortune, type Stage } from './worker';

const DAY_MS = 86_400_000;
/** Requests that a worker may make over some records, whatever it is answered. */
const MOST_REQUESTS = 400;
/** Minutes that it may take when nothing but its answers is wrong. */
const MOST_MINUTES = 60;

interface SceneOptions {
	readonly world: XeroInMemory;
	readonly kind: Kind;
	readonly seed: number;
	readonly counts: ChaosCounts;
	/** Share of all answers, in percent. */
	readonly faultyPercent: number;
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
	readonly log?: (line: string) => void;
}

/** Some records in Knack, and everything that happens to them on both sides until all is at rest. */
export class ChaosScene {
	private readonly random: Random;
	private readonly stage: Stage;
	private readonly shared = new Turns();
	private readonly others: readonly KnackOrder[];
	/** How often a record was said to be created, and as which documents it was told. */
	private readonly created = new Map<string, number>();
	private readonly told = new Map<string, Set<string>>();
	private readonly failures = new Set<string>();
	private workers = 0;

	constructor(private readonly options: SceneOptions) {
		const random = new Random(options.seed);
		this.random = random;
		const knack = new KnackOrders(options.world.sandbox, random.percent(50));
		const { world, kind, plantedFault = (inner) => inner, log = () => undefined, counts } = options;
		this.stage = {
			world,
			kind,
			knack,
			isLinked: random.percent(50) || kind.needsLink === true,
			plantedFault,
			log,
			onFault: (service, { name }) => counts.fault(`${service}: ${name}`),
			wrong: (what) => this.failures.add(what),
		};
		const customers = random.int(1, 2);
		knack.add(
			Array.from({ length: random.int(1, MOST_ORDERS) }, (_, index) => ({
				number: index + 1,
				customer: `Customer ${random.int(1, customers)}`,
				quantities: Array.from({ length: random.int(1, 3) }, () => random.int(1, 9)),
			})),
		);
		this.others = OF_OTHERS.map((number) => ({
			number,
			customer: 'Customer 1',
			quantities: [number - 880, 13],
		}));
	}

	/** @returns what went wrong */
	async play(): Promise<readonly string[]> {
		const { random } = this;
		const { kind, world, knack, log } = this.stage;
		this.options.counts.records += knack.all().length;
		await this.seedOthers();
		const mayEdit = kind.isFinal !== true && (kind.isPosted !== true || this.stage.isLinked);
		const mayRename = mayEdit && kind.isNumberedByOthers !== true && random.percent(30);
		for (let round = random.int(1, 3); round > 0; round -= 1) {
			await this.round();
			if (random.percent(25)) {
				log('thirty days pass');
				world.sandbox.clock.advance(30 * DAY_MS);
			}
			if (mayEdit && random.percent(30)) log(knack.editQuantity(random));
			// A twin that a killed worker left bears the old number, by which nobody looks after this.
			if (mayRename) {
				await this.undisturbed();
				log(knack.renameOrder(random));
			} else if (random.percent(20)) log(knack.loseId(random));
		}
		await this.rest();
		return [...this.failures];
	}

	private async seedOthers(): Promise<void> {
		const { kind, world } = this.stage;
		const { client, settings, clock, turns } = world;
		const drafts = this.others.map((order, index) => kind.draft(order, index));
		const context = { client, settings, clock, turns };
		const { outcomes } = await upsertDocuments(context, kind.definition, drafts);
		const wrong = outcomes.find(({ outcome }) => outcome !== 'created');
		if (wrong) throw new Error(`Not seeded: ${wrong.summary}`);
	}

	private async round(): Promise<void> {
		const { random } = this;
		const workers = random.percent(50) ? 1 : random.int(2, 3);
		if (workers > 1) this.options.counts.races += 1;
		const isOneProcess = random.percent(40);
		const fortunes = Array.from({ length: workers }, (): Fortune => {
			this.workers += 1;
			const { kill, ...trouble } = randomTrouble(random, workers === 1);
			return {
				name: `worker ${this.workers}`,
				trouble: {
					...trouble,
					// Requests to Knack count as well.
					...(kill ? { kill: { ...kill, atRequest: kill.atRequest + random.int(0, 16) } } : {}),
					lostAnswers: 0,
					lostRequests: 0,
					falseAnswers: 0,
				},
				faultyPercent: this.options.faultyPercent,
				chance: new Random(random.int(0, 1_000_000)),
				turns: isOneProcess ? this.shared : new Turns(),
				...(random.percent(20) ? { schemaChangesAt: random.int(1, 20) } : {}),
			};
		});
		await Promise.all(fortunes.map(async (fortune) => await this.survive(fortune, workers === 1)));
	}

	private async survive(fortune: Fortune, isAlone: boolean): Promise<void> {
		const { counts } = this.options;
		const { world, knack, log, wrong } = this.stage;
		const worker = new Worker(this.stage, fortune);
		const startedMs = world.clock.now();
		try {
			await worker.deliver(knack.writeBackFields, (run) => this.hear(run));
		} catch (error) {
			// Before anything is written, a service out of reach ends a run with an exception.
			if (error instanceof Killed) counts.kills += 1;
			else if (isServiceFaultError(error)) counts.impossible += 1;
			else wrong(`a run threw ${String(error)}`);
			log(`${fortune.name} ended: ${String(error)}`);
		}
		await worker.ended();
		const minutes = (world.clock.now() - startedMs) / 60_000;
		const isClockItsOwn = isAlone && fortune.trouble.sleeps === 0;
		counts.worker(worker, isClockItsOwn ? minutes : 0);
		if (worker.requests > MOST_REQUESTS) wrong(`${worker.requests} requests by one worker`);
		if (isClockItsOwn && minutes > MOST_MINUTES) {
			wrong(`one worker took ${Math.round(minutes)} minutes`);
		}
	}

	/** Takes a run's outcomes as the next step of a workflow does. */
	private hear(run: readonly Delivered[]): void {
		for (const { recordId, outcome } of run) {
			this.options.counts.deliveries += 1;
			if (outcome.outcome === 'created') {
				this.created.set(recordId, (this.created.get(recordId) ?? 0) + 1);
			}
			const { id } = outcome.document;
			if (id !== undefined) this.told.set(recordId, (this.told.get(recordId) ?? new Set()).add(id));
		}
	}

	/** One undisturbed run, after which all is as it should be, and one that finds nothing to do. */
	private async rest(): Promise<void> {
		const { knack, wrong } = this.stage;
		const first = await this.undisturbed();
		const shown = first.filter(({ outcome }) => isShownTwice(this.stage.kind, outcome));
		this.options.counts.shownTwice += shown.length;
		this.compareLedger(new Set(shown.map(({ recordId }) => recordId)));
		const before = this.writes();
		const last = await this.undisturbed();
		const after = this.writes();
		for (const { outcome } of last) {
			if (ATTENTION.has(outcome.outcome) && !isShownTwice(this.stage.kind, outcome))
				wrong(`needs attention at rest: ${outcome.summary}`);
		}
		if (after.xero !== before.xero) wrong(`${after.xero - before.xero} write(s) to Xero at rest`);
		if (after.knack !== before.knack) {
			wrong(`${after.knack - before.knack} write(s) to Knack at rest`);
		}
		const orders = new Map(knack.all().map(({ recordId, order }) => [recordId, order]));
		if (last.length !== orders.size) wrong(`${last.length} of ${orders.size} records at rest`);
		for (const { recordId, outcome } of last) {
			const order = orders.get(recordId);
			if (order?.xeroId !== outcome.document.id) {
				wrong(`Knack keeps ${order?.xeroId} of ${outcome.document.id} for record ${order?.number}`);
			}
			const times = this.created.get(recordId) ?? 0;
			if (times > 1) wrong(`record ${order?.number} was said to be created ${times} times`);
			const ids = this.told.get(recordId)?.size ?? 0;
			if (ids > 1) wrong(`record ${order?.number} was told as ${ids} documents`);
		}
	}

	private async undisturbed(): Promise<readonly Delivered[]> {
		const { stage } = this;
		stage.log('undisturbed');
		const delivered: Delivered[] = [];
		const worker = new Worker(stage, {
			name: 'at rest',
			trouble: UNTROUBLED,
			faultyPercent: 0,
			chance: new Random(1),
			turns: new Turns(),
		});
		await worker.deliver(stage.knack.mendedFields, (run) => {
			this.hear(run);
			delivered.push(...run);
		});
		return delivered;
	}

	/** Each record is one document with its content, and what others have is as it was. */
	private compareLedger(shown: ReadonlySet<string>): void {
		const { kind, knack, world, wrong } = this.stage;
		const isShown = new Set(
			knack
				.all()
				.filter(({ recordId }) => shown.has(recordId))
				.map(({ order }) => kind.expected(order).key),
		);
		const text = (entries: ReadonlyArray<{ key: string; content: string }>) =>
			entries
				.filter(({ key }) => !isShown.has(key))
				.map((entry) => `${entry.key}=${entry.content}`)
				.sort()
				.join('; ');
		const orders = [...knack.all().map(({ order }) => order), ...this.others];
		const wanted = text(orders.map((order) => kind.expected(order)));
		const present = text(kind.ledger(world.sandbox));
		if (wanted !== present) wrong(`the ledger holds [${present}] instead of [${wanted}]`);
		const names = world.sandbox.xero.contacts().map(({ Name }) => String(Name).toLowerCase());
		if (new Set(names).size !== names.length) wrong(`a contact twice: ${names.join(', ')}`);
	}

	private writes(): { readonly xero: number; readonly knack: number } {
		const { byService } = this.stage.world.sandbox.journal.counts();
		return { xero: byService.xero?.write ?? 0, knack: byService.knack?.write ?? 0 };
	}
}
