import { contentHash } from '../../hash';
import { canonicalDecimal, type Decimal } from '../../money';
import { faultOr } from '../../serviceFault';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { readCreditsAgain, type OpenCredit } from '../../xero/openCredits';
import { isOpenForMoney } from '../check/approval';
import type { RuleSeverities } from '../check/check';
import type { Settled } from '../outcomes';
import { todayOf, type UpsertContext } from '../upsertContext';
import { isTurnTaken } from '../write/turns';
import { dueOf, type CreditPlan, type PlannedUse, type UseResult } from './creditUse';
import { putAgainst } from './putAgainst';
import { settledWith } from './settledWith';

/** A record whose document may be paid from open credit, as far as it is settled. */
export interface CreditTaker {
	readonly settled: Settled;
	readonly credit: CreditPlan;
}

interface Task {
	readonly taker: CreditTaker;
	readonly use: PlannedUse;
	readonly document: XeroDocument;
	result?: UseResult;
}

/**
 * How long what was read of a credit is acted upon: within that time a second request on the same
 * knowledge bears the same Idempotency-Key, which Xero keeps for six minutes.
 */
const KNOWN_MS = 300_000;

/** Sent in less time than that at Xero's pace of 60 a minute. */
const AT_ONCE = 100;

const IS_THERE: ReadonlySet<string> = new Set(['created', 'updated', 'unchanged']);

/**
 * Pays approved documents from the credit that was planned, one part after the other. What Xero
 * refuses or leaves unanswered is looked up on the credit and tried once more, with what is left by
 * then. Returns the takers' outcomes with what was used, and why something was not. Never throws for
 * what Xero answers.
 */
export async function useCredit<Key>(
	context: UpsertContext,
	definition: DocumentDefinition,
	takers: ReadonlyMap<Key, CreditTaker>,
	severities: RuleSeverities,
): Promise<ReadonlyMap<Key, Settled>> {
	const tasks = [...takers.values()].flatMap((taker) => tasksOf(definition, taker));
	const known = new KnownCredit(context, definition, tasks);
	for (const some of inSlices(tasks)) {
		let open = await known.renew(some);
		for (let attempt = 0; attempt < 2 && open.length > 0; attempt += 1) {
			for (const task of open) task.result = await known.use(task);
			const isUnsettled = ({ result }: Task) =>
				result?.kind !== 'done' && result?.kind !== 'stopped';
			open = await known.lookAgain(open.filter(isUnsettled));
		}
	}
	const documents = await documentsNow(context, definition, tasks);
	return new Map(
		[...takers].flatMap(([key, taker]): Array<[Key, Settled]> => {
			const own = tasks.filter((task) => task.taker === taker);
			const results = own.flatMap(({ use, result }) => (result ? [{ use, result }] : []));
			const document = documents.get(own[0]?.document.id ?? '');
			return results.length === 0
				? []
				: [[key, settledWith(taker.settled, results, document, severities)]];
		}),
	);
}

function tasksOf(definition: DocumentDefinition, taker: CreditTaker): Task[] {
	const { outcome, document } = taker.settled;
	if (!document || !IS_THERE.has(outcome) || !isOpenForMoney(definition, document)) return [];
	return taker.credit.uses.map((use) => ({ taker, use, document }));
}

/** What a run knows of credits and of what is due, and when it came to know that. */
class KnownCredit {
	private readonly credits = new Map<string, OpenCredit>();
	private readonly left = new Map<string, Decimal>();
	private readonly due = new Map<string, { readonly amount?: Decimal; readonly basis: string }>();
	private readonly knownAtMs = new Map<string, number>();

	constructor(
		private readonly context: UpsertContext,
		private readonly definition: DocumentDefinition,
		tasks: readonly Task[],
	) {
		for (const { taker, use, document } of tasks) {
			this.knowCredit(use.credit, taker.credit.readAtMs);
			this.knowDocument(document);
		}
	}

	/** Puts a part of a credit against its document, as much as is known to be left of both. */
	async use({ use, document }: Task): Promise<UseResult> {
		const { client } = this.context;
		const credit = this.credits.get(use.credit.id) ?? use.credit;
		const { amount: due, basis } = this.due.get(document.id) ?? { basis: '' };
		const remaining = this.left.get(credit.id) ?? credit.remaining;
		const amount = smallest(use.amount, remaining, due ?? use.amount);
		if (amount.lte(0)) return { kind: 'gone', remaining };
		const answer = await putAgainst(client, {
			resource: credit.source.resource,
			creditId: credit.id,
			invoiceId: document.id,
			amount,
			date: use.on ?? todayOf(this.context),
			basis: contentHash([
				String(credit.updatedAtMs ?? ''),
				canonicalDecimal(remaining),
				basis,
				due ? canonicalDecimal(due) : '',
			]),
			notAfterMs: this.knownAt(credit) + KNOWN_MS,
		});
		switch (answer.kind) {
			case 'done':
				this.left.set(credit.id, remaining.minus(amount));
				this.due.set(document.id, { basis, ...(due ? { amount: due.minus(amount) } : {}) });
				return { kind: 'done', amount };
			case 'refused':
				return isTurnTaken(answer.messages)
					? { kind: 'unknown', reason: 'Another run was at it at the same moment.' }
					: { kind: 'refused', messages: answer.messages };
			case 'late':
				return TOO_OLD;
			case 'stopped':
				return { kind: 'stopped', fault: answer.fault };
			case 'unknown':
				return { kind: 'unknown', reason: answer.reason };
		}
	}

	/** Looks again at those of which it was read long ago, and returns what is to be tried. */
	async renew(tasks: readonly Task[]): Promise<readonly Task[]> {
		const nowMs = this.context.clock.now();
		const isOld = ({ use }: Task) => nowMs > this.knownAt(use.credit) + KNOWN_MS / 2;
		const old = tasks.filter(isOld);
		const still = new Set(await this.lookAgain(old));
		return tasks.filter((task) => still.has(task) || !isOld(task));
	}

	private knownAt({ id }: OpenCredit): number {
		return this.knownAtMs.get(id) ?? 0;
	}

	/** Settles what took effect after all, and returns what is still to be tried. */
	async lookAgain(tasks: readonly Task[]): Promise<Task[]> {
		if (tasks.length === 0) return [];
		const { client, clock } = this.context;
		const readAtMs = clock.now();
		const read = await faultOr(
			Promise.all([
				readCreditsAgain(
					client,
					tasks.map(({ use }) => use.credit),
				),
				findDocuments(client, this.definition, {
					ids: tasks.map(({ document }) => document.id),
					values: {},
				}),
			]),
		);
		if (!read.ok) {
			for (const task of tasks) task.result = { kind: 'unknown', reason: read.failure.message };
			return [];
		}
		const [credits, documents] = read.value;
		credits.forEach((credit) => this.knowCredit(credit, readAtMs));
		documents.forEach((document) => this.knowDocument(document));
		return tasks.filter((task) => {
			const put = this.putSincePlanned(task);
			if (put) task.result = { kind: 'done', amount: put };
			return !put;
		});
	}

	/** What of a credit went to the document since it was planned, by this run or by another. */
	private putSincePlanned({ use, document }: Task): Decimal | undefined {
		const before = new Set(use.credit.allocations.map(({ id }) => id));
		const parts = this.credits
			.get(use.credit.id)
			?.allocations.filter(({ id, invoiceId }) => invoiceId === document.id && !before.has(id));
		return parts
			?.map(({ amount }) => amount)
			.reduce<Decimal | undefined>((total, amount) => total?.plus(amount) ?? amount, undefined);
	}

	private knowCredit(credit: OpenCredit, atMs: number): void {
		this.knownAtMs.set(credit.id, atMs);
		this.credits.set(credit.id, credit);
		this.left.set(credit.id, credit.remaining);
	}

	private knowDocument(document: XeroDocument): void {
		const isOpen = isOpenForMoney(this.definition, document);
		const { amounts } = document;
		const amount =
			amounts && (isOpen ? dueOf(amounts, amounts) : amounts.total.minus(amounts.total));
		const basis = String(document.updatedAtMs ?? '');
		this.due.set(document.id, { basis, ...(amount ? { amount } : {}) });
	}
}

/** Not sent: what is known of the credit is too old to act upon, and is read anew. */
const TOO_OLD: UseResult = { kind: 'unknown', reason: 'It took too long.' };

function inSlices(tasks: readonly Task[]): Task[][] {
	const slices: Task[][] = [];
	for (let at = 0; at < tasks.length; at += AT_ONCE) slices.push(tasks.slice(at, at + AT_ONCE));
	return slices;
}

function smallest(first: Decimal, ...others: readonly Decimal[]): Decimal {
	return others.reduce((least, each) => (each.lt(least) ? each : least), first);
}

/** The documents that something was put against, as Xero has them by now; none where it cannot be read. */
async function documentsNow(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	tasks: readonly Task[],
): Promise<ReadonlyMap<string, XeroDocument>> {
	const ids = tasks.filter(({ result }) => result?.kind === 'done').map((each) => each.document.id);
	if (ids.length === 0) return new Map();
	const read = await faultOr(findDocuments(client, definition, { ids, values: {} }));
	return new Map(read.ok ? read.value.map((document) => [document.id, document]) : []);
}
