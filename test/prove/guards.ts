import { createGuardMemory, type GuardMemory } from '../../lib/sync/guard/guardMemory';
import type { GuardSettings } from '../../lib/sync/guard/guardSettings';
import { decimal, parseDecimal, sum } from '../../lib/money';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import type { HttpPort } from '../../lib/http';
import { ransOf, undoUnder } from '../support/guardedUndo';
import { ledger, openWorld, run, sale, sent, type World } from '../support/guardedRuns';
import { addLogTable } from '../support/syncLog';
import { Random } from './random';

export interface GuardProof {
	readonly scenes: number;
	readonly records: number;
	readonly held: number;
	readonly letGo: number;
	/** Scenes in which two workers ran at the same moment. */
	readonly races: number;
	/** Documents that were undone while Stop was set in the middle of it. */
	readonly undone: number;
	/** One line for each scene that ended wrong; none is the proof. */
	readonly failures: readonly string[];
}

type Counts = { -readonly [Name in keyof Omit<GuardProof, 'failures'>]: number };

interface Options {
	readonly scenes: number;
	readonly firstSeed: number;
	/** Drops what is set, to show that the proof notices. */
	readonly plantedFault?: (guards: Partial<GuardSettings>) => Partial<GuardSettings>;
}

/**
 * Runaway workflows: too many records, amounts a hundredfold, e-mails to everybody, loops of runs,
 * two workers with and without a log. No run goes over its limits, no day over its limit and one
 * portion a worker, a preview shows what the run then does, and all that is held is posted and
 * e-mailed once after its tick. An undo of it sends nothing once Stop is set.
 */
export async function proveGuards({
	scenes,
	firstSeed,
	plantedFault = (guards) => guards,
}: Options): Promise<GuardProof> {
	const world = await openWorld();
	world.sandbox.knack.setLimits({ perSecond: null });
	const logTable = addLogTable(world.sandbox);
	const start = world.sandbox.snapshot();
	const counts: Counts = { scenes: 0, records: 0, held: 0, letGo: 0, races: 0, undone: 0 };
	const failures: string[] = [];
	for (let seed = firstSeed; seed < firstSeed + scenes; seed += 1) {
		world.sandbox.restore(start);
		world.sandbox.journal.clear();
		const scene = new GuardScene(world, new Random(seed), logTable, plantedFault);
		failures.push(...(await scene.play(counts)).map((each) => `seed ${seed}: ${each}`));
		counts.scenes += 1;
	}
	return { ...counts, failures };
}

class GuardScene {
	private readonly drafts: Draft[];
	private readonly limits: { documents: number; money: number; emails: number; day: number };
	private readonly hasLog: boolean;
	private readonly isAtOnce: boolean;
	private readonly workers: GuardMemory[];
	private readonly wrong: string[] = [];
	private readonly created: Outcome[] = [];
	/** Requests after which a person stops the undo; undefined where nothing is undone. */
	private readonly stopsAfter: number | undefined;

	constructor(
		private readonly world: World,
		random: Random,
		private readonly logTable: string,
		private readonly plantedFault: NonNullable<Options['plantedFault']>,
	) {
		const count = random.int(6, 24);
		this.drafts = Array.from({ length: count }, (_, index) =>
			sale(index, {
				price: String(random.percent(10) ? random.int(5_000, 50_000) : random.int(10, 500)),
				isEmailed: random.percent(60),
			}),
		);
		this.limits = {
			documents: random.int(1, count),
			money: random.int(200, 4_000),
			emails: random.int(1, 10),
			day: random.int(2, 20),
		};
		this.hasLog = random.percent(60);
		this.isAtOnce = random.percent(50);
		this.workers = Array.from({ length: random.int(1, 2) }, () => createGuardMemory());
		this.stopsAfter = random.percent(30) ? random.int(0, 6) : undefined;
	}

	async play(counts: Counts): Promise<readonly string[]> {
		counts.records += this.drafts.length;
		if (this.isAtOnce && this.workers.length > 1) counts.races += 1;
		await this.previewIsTrue();
		for (let turn = 0; turn < 3; turn += 1) {
			for (const each of await this.turn()) counts.held += this.check(each);
		}
		this.checkDay();
		const before = ledger(this.world).invoices;
		const ticked = this.drafts.map((draft) => ({
			...draft,
			source: { ...draft.source, guard: { ...draft.source.guard, isLetGo: true } },
		}));
		for (const memory of this.workers) await this.run(ticked, memory);
		counts.letGo += ledger(this.world).invoices - before;
		this.checkWhole();
		if (this.stopsAfter !== undefined) counts.undone += await this.undoStopped(this.stopsAfter);
		return this.wrong;
	}

	/** Where one worker is alone, its first run does what the preview lists. */
	private async previewIsTrue(): Promise<void> {
		if (this.hasLog) return;
		const [memory] = this.workers;
		const { outcomes, operations } = await run(this.world, this.guards(), this.drafts, {
			memory,
			isPreview: true,
		});
		if (sent(this.world) !== '') this.wrong.push('a preview wrote');
		const done = await run(this.world, this.guards(), this.drafts, { memory });
		this.created.push(...done.outcomes.filter(isCreated));
		this.check(done.outcomes);
		if (JSON.stringify(operations) !== JSON.stringify(done.operations)) {
			this.wrong.push('a run did something else than its preview');
		}
		const goes = ({ outcome }: Outcome) => outcome === 'wouldCreate';
		if (outcomes.filter(goes).length !== done.outcomes.filter(isCreated).length) {
			this.wrong.push('a run created another number than its preview');
		}
	}

	private guards(): Partial<GuardSettings> {
		const { documents, money, emails, day } = this.limits;
		return this.plantedFault({
			limits: {
				run: { documents: decimal(documents), money: decimal(money), emails: decimal(emails) },
				day: { documents: decimal(day) },
			},
			hasLetGo: true,
		});
	}

	private async run(drafts: readonly Draft[], memory: GuardMemory): Promise<readonly Outcome[]> {
		const log = this.hasLog ? { logTable: this.logTable } : {};
		const { outcomes } = await run(this.world, this.guards(), drafts, { memory, ...log });
		this.created.push(...outcomes.filter(isCreated));
		return outcomes;
	}

	/**
	 * All of it is undone, and Stop is set after so many requests: nothing is sent from there on, what
	 * is left is held, and the next undo takes each back once. @returns how many were undone
	 */
	private async undoStopped(after: number): Promise<number> {
		const { world } = this;
		const guards = { stop: world.stop.place };
		const rans = ransOf(this.created);
		let requests = 0;
		const around =
			(inner: HttpPort): HttpPort =>
			async (request) => {
				if (request.method !== 'GET' && ++requests > after) this.wrong.push('sent under Stop');
				const answer = await inner(request);
				world.stop.set(requests >= after);
				return answer;
			};
		world.stop.set(after === 0);
		const first = await undoUnder(world, this.plantedFault(guards), rans, { around });
		const odd = first.find(({ outcome }) => !['undone', 'held'].includes(outcome));
		if (odd) this.wrong.push(odd.summary);
		world.stop.set(false);
		await undoUnder(world, guards, rans);
		const { creditNotes, invoices } = world.sandbox.xero.organisation();
		const ids = new Set(this.created.map(({ document }) => document.id));
		const own = invoices.all().filter(({ id }) => ids.has(id));
		if (!own.every(({ status }) => GONE.has(status))) this.wrong.push('an undo left something');
		const credited = own.filter(({ status }) => status === 'PAID').length;
		const notes = creditNotes.all().length;
		if (notes !== credited) this.wrong.push(`${notes} credit notes for ${credited} invoices`);
		return own.length;
	}

	private async turn(): Promise<Array<readonly Outcome[]>> {
		this.world.sandbox.clock.advance(60_000);
		const each = async (memory: GuardMemory) => await this.run(this.drafts, memory);
		if (this.isAtOnce) return await Promise.all(this.workers.map(each));
		const all: Array<readonly Outcome[]> = [];
		for (const memory of this.workers) all.push(await each(memory));
		return all;
	}

	/** @returns how many were held */
	private check(outcomes: readonly Outcome[]): number {
		const created = outcomes.filter(isCreated);
		const money = sum(created.map(({ document }) => parseDecimal(document.total) ?? decimal(0)));
		const emails = outcomes.filter(({ after }) => after?.emailed).length;
		const { limits } = this;
		if (created.length > limits.documents) this.wrong.push('a run made too many documents');
		if (money.gt(limits.money)) this.wrong.push(`a run posted ${money.toString()}`);
		if (emails > limits.emails) this.wrong.push('a run sent too many e-mails');
		const odd = outcomes.find(
			({ outcome }) => !['created', 'unchanged', 'updated', 'held'].includes(outcome),
		);
		if (odd) this.wrong.push(odd.summary);
		return outcomes.filter(({ outcome }) => outcome === 'held').length;
	}

	/** Beyond the limit of a day is one portion for each worker but one; without a log each has its own. */
	private checkDay(): void {
		const { day } = this.limits;
		const workers = this.workers.length;
		const most = this.hasLog ? day + (workers - 1) * Math.ceil(day / 10) : day * workers;
		const { invoices } = ledger(this.world);
		if (invoices > most) this.wrong.push(`${invoices} documents in a day of ${day}`);
	}

	private checkWhole(): void {
		const { numbers, emails, contacts } = ledger(this.world);
		const wanted = this.drafts.map(({ fields }) => String(fields.invoiceNumber)).sort();
		if (JSON.stringify(numbers) !== JSON.stringify(wanted)) {
			this.wrong.push(`${numbers.length} documents of ${wanted.length} in the end`);
		}
		if (contacts !== wanted.length) this.wrong.push(`${contacts} contacts in the end`);
		const emailed = this.drafts.filter(({ source }) => source.guard?.email).length;
		const requests = (sent(this.world).match(/POST \S+\/Email /g) ?? []).length;
		if (emails !== emailed) this.wrong.push(`${emails} e-mails of ${emailed} in the end`);
		if (requests > emailed && !this.isAtOnce) this.wrong.push(`${requests} e-mails were sent`);
	}
}

/** What stands of a run that was undone: credited in full, or voided. */
const GONE: ReadonlySet<string> = new Set(['VOIDED', 'PAID']);

function isCreated({ outcome }: Outcome): boolean {
	return outcome === 'created';
}

export function guardTable(proof: GuardProof): string[] {
	const { scenes, records, held, letGo, races, undone, failures } = proof;
	return [
		`scenes                ${scenes}, ${races} of them with two workers at once`,
		`records               ${records}`,
		`held, run by run      ${held}`,
		`posted after a tick   ${letGo}`,
		`undone, with a Stop   ${undone}`,
		`wrong                 ${failures.length}`,
		...failures,
	];
}
