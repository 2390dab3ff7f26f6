import { shownOutcome } from '../../../lib/n8n/shownOutcome';
import type { HttpPort } from '../../../lib/http';
import { ATTENTION, type Outcome } from '../../../lib/sync/outcome';
import { readRanOutcome, type RanOutcome } from '../../../lib/sync/undo/ranOutcome';
import { previewUndo, undo } from '../../../lib/sync/undo/undo';
import { upsertDocuments } from '../../../lib/sync/upsert';
import { Turns } from '../../../lib/sync/write/turns';
import { DOCUMENTS } from '../../../lib/xero/documents';
import { readOrganisationSettings } from '../../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../../support/xeroInMemory';
import { Random } from '../random';
import { Killed, troubledPort, UNTROUBLED } from '../troubledPort';
import { balancesOn, inLedger, owedByContact } from './books';
import { throughLog } from './throughLog';
import { lockLastMonth, randomDeeds, type Deed } from './people';
import { LOCKED_UNTIL, randomRun, type Run } from './undoWorld';

const TODAY = '2026-11-30';
const OPTIONS = { archivesContacts: false, reason: 'it was sent to Xero in error.' };

export interface UndoProof {
	readonly documents: number;
	/** Runs that were read from the Sync Log, and not from their items. */
	readonly fromLog: number;
	readonly undone: number;
	/** How many stay, by the code that says why. */
	readonly staying: Readonly<Record<string, number>>;
	readonly kills: number;
	/** One line for each thing that is wrong; none is the proof. */
	readonly failures: readonly string[];
}

interface ProofOptions {
	readonly runs: number;
	readonly firstSeed: number;
	/** Of one run. */
	readonly documents: number;
	/** Moments of one run at which the process dies. */
	readonly kills: number;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
	readonly onProgress?: (runs: number) => void;
}

/**
 * Undoes runs of all types of documents, a fifth of which people have paid, reconciled, sent, edited or
 * voided, over a month that was closed meanwhile. At rest accounts and contacts are as in a world where
 * only what stays was ever made, the closed month is as it was, and a second undo does nothing; a
 * process that dies at any moment, and one after it, end at the same. Every second run is taken from the
 * Sync Log.
 */
export async function proveUndo(options: ProofOptions): Promise<UndoProof> {
	const { runs, firstSeed, documents, kills, plantedFault = (inner: HttpPort) => inner } = options;
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	world.sandbox.xero.person.hire({ firstName: 'Ida', lastName: 'Berg', employeeNumber: 'E-7' });
	const empty = world.sandbox.snapshot();
	const proof = {
		documents: 0,
		fromLog: 0,
		undone: 0,
		staying: {},
		kills: 0,
		failures: new Array<string>(),
	};
	const staying = new Map<string, number>();
	for (let index = 0; index < runs; index += 1) {
		const seed = firstSeed + index;
		const isOfLog = seed % 2 === 0;
		const scene = new Scene(world, new Random(seed), plantedFault, isOfLog);
		world.sandbox.restore(empty);
		const run = randomRun(new Random(seed), documents);
		const { outcomes, wrong } = await scene.play(run, empty, kills);
		proof.documents += outcomes.length;
		proof.fromLog += isOfLog ? 1 : 0;
		proof.undone += outcomes.filter(({ outcome }) => outcome === 'undone').length;
		proof.kills += scene.kills;
		for (const { issues } of outcomes.filter(({ outcome }) => ATTENTION.has(outcome))) {
			const code = issues.find(({ severity }) => severity !== 'warn')?.code ?? 'no code';
			staying.set(code, (staying.get(code) ?? 0) + 1);
		}
		proof.failures.push(...wrong.map((each) => `seed ${seed}: ${each}`));
		options.onProgress?.(index + 1);
	}
	return { ...proof, staying: Object.fromEntries([...staying].sort()) };
}

class Scene {
	kills = 0;

	constructor(
		private readonly world: XeroInMemory,
		private readonly random: Random,
		private readonly plantedFault: (inner: HttpPort) => HttpPort,
		private readonly isOfLog: boolean,
	) {}

	async play(
		run: Run,
		empty: unknown,
		kills: number,
	): Promise<{ readonly outcomes: readonly Outcome[]; readonly wrong: readonly string[] }> {
		const { world, random } = this;
		const wrong: string[] = [];
		const items = await this.send(run);
		const names = new Set(
			run.flatMap(([, drafts]) =>
				drafts.flatMap(({ fields }) => Object.values(fields).map(String)),
			),
		);
		const deeds = randomDeeds(world, random, (name) => names.has(name));
		deeds.forEach((deed) => deed(world));
		lockLastMonth(world);
		const before = world.sandbox.snapshot();
		const closed = await balancesOn(world, LOCKED_UNTIL);

		const foreseen = await this.preview(items);
		const client = world.anotherClient(this.plantedFault);
		const outcomes = await this.takeBack(items, client);
		const { reads, writes } = client.calls();
		compare(wrong, 'the preview', kindsOf(foreseen).map(asDone), kindsOf(outcomes));
		const toDo = (of: readonly Outcome[]) => of.map(({ operations = [] }) => operations.join('; '));
		compare(wrong, 'what the preview lists', toDo(foreseen), toDo(outcomes));
		compare(wrong, 'the closed month', closed, await balancesOn(world, LOCKED_UNTIL));
		const atRest = await this.state();
		wrong.push(...(await this.second(items, atRest)));

		// The same with only what stays ever made.
		const stays = new Set(
			outcomes.flatMap(({ outcome, itemIndexes }) =>
				ATTENTION.has(outcome) || outcome === 'skipped' ? itemIndexes : [],
			),
		);
		const end = world.sandbox.snapshot();
		world.sandbox.restore(empty);
		await this.only(run, stays, deeds);
		const [account, contact] = [await balancesOn(world, TODAY), owedByContact(world)];
		world.sandbox.restore(end);
		compare(wrong, 'the accounts today', account, await balancesOn(world, TODAY));
		compare(wrong, 'the contacts today', contact, owedByContact(world));

		for (let kill = 0; kill < kills; kill += 1) {
			world.sandbox.restore(before);
			const at = 1 + Math.floor(((reads + writes) * kill) / kills);
			const when = random.pick(['before', 'after'] as const);
			await this.die(items, at, when);
			await this.takeBack(items, world.anotherClient(this.plantedFault));
			compare(wrong, `killed ${when} request ${at}: what is there`, atRest, await this.state());
			const month = await balancesOn(world, LOCKED_UNTIL);
			compare(wrong, `killed ${when} request ${at}: the closed month`, closed, month);
		}
		return { outcomes, wrong };
	}

	/** Everything that the ledger has by now. */
	private async state(): Promise<string[]> {
		const { world } = this;
		return [...inLedger(world), ...owedByContact(world), ...(await balancesOn(world, TODAY))];
	}

	private async context(client = this.world.anotherClient()) {
		this.world.sandbox.clock.advance(1_000);
		const settings = await readOrganisationSettings(this.world.anotherClient());
		const { clock } = this.world;
		return { client, settings, clock, turns: new Turns(), lookedUpAtMs: clock.now() };
	}

	/** @returns the items that the run gives, or the same from its log */
	private async send(run: Run): Promise<readonly RanOutcome[]> {
		const items: RanOutcome[] = [];
		const sent: Array<readonly Outcome[]> = [];
		for (const [type, drafts] of run) {
			const { outcomes } = await upsertDocuments(await this.context(), DOCUMENTS[type], drafts);
			for (const outcome of outcomes) {
				if (outcome.outcome !== 'created') throw new Error(outcome.summary);
				const json: unknown = JSON.parse(JSON.stringify(shownOutcome(outcome)));
				const read = readRanOutcome(json, items.length);
				if (!read.ok) throw new Error(read.failure.message);
				items.push(read.value);
			}
			sent.push(outcomes);
		}
		return this.isOfLog ? await throughLog(this.world, sent, items) : items;
	}

	/** Sends only some of the records, and does with them what people did. */
	private async only(run: Run, stays: ReadonlySet<number>, deeds: readonly Deed[]): Promise<void> {
		let at = 0;
		for (const [type, drafts] of run) {
			const own = drafts.filter((_, index) => stays.has(at + index));
			at += drafts.length;
			if (own.length === 0) continue;
			const { outcomes } = await upsertDocuments(await this.context(), DOCUMENTS[type], own);
			const failed = outcomes.find(({ outcome }) => outcome !== 'created');
			if (failed) throw new Error(failed.summary);
		}
		for (const deed of deeds) {
			try {
				deed(this.world);
			} catch {
				// It was done to something that does not stay.
			}
		}
	}

	private async preview(items: readonly RanOutcome[]): Promise<readonly Outcome[]> {
		const client = this.world.anotherClient();
		const { outcomes } = await previewUndo(await this.context(client), items, OPTIONS);
		if (client.calls().writes > 0) throw new Error('The preview has written.');
		return inOrder(outcomes);
	}

	private async takeBack(
		items: readonly RanOutcome[],
		client: XeroInMemory['client'],
	): Promise<readonly Outcome[]> {
		const { outcomes } = await undo(await this.context(client), items, OPTIONS);
		return inOrder(outcomes);
	}

	private async second(items: readonly RanOutcome[], atRest: readonly string[]): Promise<string[]> {
		const wrong: string[] = [];
		const client = this.world.anotherClient();
		const outcomes = await this.takeBack(items, client);
		const { writes } = client.calls();
		if (writes > 0) wrong.push(`a second undo wrote ${writes} times`);
		const again = outcomes.find(({ outcome }) => outcome === 'undone');
		if (again) wrong.push(`a second undo says: ${again.summary}`);
		compare(wrong, 'after a second undo', atRest, await this.state());
		return wrong;
	}

	private async die(
		items: readonly RanOutcome[],
		atRequest: number,
		when: 'before' | 'after',
	): Promise<void> {
		const trouble = { ...UNTROUBLED, kill: { atRequest, when } };
		const client = this.world.anotherClient((inner) =>
			troubledPort(this.plantedFault(inner), trouble, new Random(1), this.world.sandbox.clock),
		);
		try {
			await this.takeBack(items, client);
		} catch (error) {
			if (!(error instanceof Killed)) throw error;
			this.kills += 1;
		}
	}
}

function inOrder(outcomes: readonly Outcome[]): Outcome[] {
	const first = ({ itemIndexes }: Outcome) => Math.min(...itemIndexes);
	return [...outcomes].sort((a, b) => first(a) - first(b));
}

function kindsOf(outcomes: readonly Outcome[]): string[] {
	return outcomes.map(({ outcome, subject, issues }) =>
		[outcome, subject, ...issues.map(({ code }) => code)].join(' '),
	);
}

function asDone(kind: string): string {
	return kind.replace('wouldUndo', 'undone');
}

const MOST_SHOWN = 3;

function compare(
	wrong: string[],
	what: string,
	expected: readonly string[],
	is: readonly string[],
): void {
	const left = (some: readonly string[], others: readonly string[]) => {
		const rest = [...others];
		return some.filter((each) => {
			const at = rest.indexOf(each);
			if (at !== -1) rest.splice(at, 1);
			return at === -1;
		});
	};
	const [missing, more] = [left(expected, is), left(is, expected)];
	if (missing.length + more.length === 0) return;
	const shown = (some: readonly string[]) => some.slice(0, MOST_SHOWN).join(' | ') || 'nothing';
	wrong.push(`${what}: ${shown(more)}, not ${shown(missing)}`);
}

export function undoTable(proof: UndoProof): string[] {
	const { documents, fromLog, undone, staying, kills, failures } = proof;
	return [
		`${documents} documents, ${undone} undone, ${kills} killed processes; ${fromLog} runs from the Sync Log`,
		...Object.entries(staying).map(([code, count]) => `  ${count} stay: ${code}`),
		...failures.slice(0, 20).map((failure) => `WRONG ${failure}`),
		`${failures.length} wrong: balances, closed months, previews, second undos or ends after kills`,
	];
}
