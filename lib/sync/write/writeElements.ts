import { faultOr, type ServiceFault } from '../../serviceFault';
import type { XeroWriteAnswer } from '../../xero/client';
import type { XeroDocument } from '../../xero/documents/definition';
import { MOST_BYTES, MOST_ELEMENTS } from '../../xero/requestSize';
import { batchesOf } from './batches';
import { isStale, sendElements, type Answer, type Sending, type WriteItem } from './sendElements';
import { takeAnswer, type ItemAnswer } from './takeAnswer';

export type { WriteItem } from './sendElements';

export type WriteResult =
	| ItemAnswer
	/** Found in Xero when it was read back: this execution's, or another worker's. */
	| { readonly kind: 'readBack'; readonly document: XeroDocument }
	| { readonly kind: 'unknown'; readonly reason: string }
	| { readonly kind: 'stopped'; readonly fault: ServiceFault };

export interface WriteContext<Item extends WriteItem = WriteItem> extends Sending {
	/**
	 * Reads from Xero which of the items are there as they were meant to be. Called when an answer
	 * never came. Throws ServiceFaultError when Xero cannot be read either.
	 */
	readBack(items: readonly Item[]): Promise<ReadonlyMap<Item, XeroDocument>>;
	/** Elements in one request; as many as Xero advises unless told. */
	readonly mostElements?: number;
	/** Told of each batch as soon as it is known what became of it. */
	onBatch?(results: ReadonlyArray<readonly [Item, WriteResult]>): void;
}

/** What is said of an item that no answer speaks of. */
export const NO_RESULT: WriteResult = {
	kind: 'unknown',
	reason: 'The record was not part of any answer.',
};

/** What writing one list of items has come to. */
interface State<Item extends WriteItem> {
	readonly context: WriteContext<Item>;
	readonly results: Map<Item, WriteResult>;
}

/** Items that go out together, and when they were last looked for. */
interface Batch<Item extends WriteItem> {
	readonly items: readonly Item[];
	readonly lookedUpAtMs: number;
}

/** How often an item that was read back and not found is sent again, under a new key. */
const ATTEMPTS = 3;

/** More turns than workers can sensibly take within the six minutes that one lasts. */
const MOST_TURNS = 30;

/**
 * Xero refuses a turn that another worker has, also while it is still at that worker's request. What
 * is not there yet is looked for again after these waits, and only then taken for not created.
 */
const WAITS_MS = [2_000, 5_000];

/**
 * Writes elements in batches. Every item gets exactly one result; an item that Xero refuses never
 * takes another with it, and nothing is sent again before Xero was asked whether it is there. A fault
 * of the service is a result like any other, and never thrown.
 */
export async function writeElements<Item extends WriteItem>(
	context: WriteContext<Item>,
	items: readonly Item[],
): Promise<ReadonlyMap<Item, WriteResult>> {
	const results = new Map<Item, WriteResult>();
	const elements = items[0]?.singly ? 1 : (context.mostElements ?? MOST_ELEMENTS);
	const lookedUpAtMs = context.turn?.lookedUpAtMs ?? 0;
	for (const batch of batchesOf(items, bytesOf, { elements, bytes: MOST_BYTES })) {
		const stop = [...results.values()].find((result) => result.kind === 'stopped');
		if (stop) setAll(results, batch, stop);
		else await writeBatch({ context, results }, { items: batch, lookedUpAtMs });
		context.onBatch?.(batch.map((item) => [item, results.get(item) ?? NO_RESULT]));
	}
	return results;
}

function bytesOf(item: WriteItem): number {
	return Buffer.byteLength(JSON.stringify(item.element)) + 1;
}

/** Writes a batch, of which a first answer may have come already. */
async function writeBatch<Item extends WriteItem>(
	state: State<Item>,
	given: Batch<Item>,
	first?: Answer,
): Promise<void> {
	const { context, results } = state;
	let batch = given;
	let answer = first;
	let turnsLost = 0;
	for (let attempt = 0; batch.items.length > 0 && attempt < ATTEMPTS; answer = undefined) {
		const isLarge = batch.items.length > MOST_ELEMENTS;
		if (!answer && isStale(context, batch.lookedUpAtMs)) {
			batch = await lookAgain(state, batch, NOT_SENT);
			if (batch.items.length === 0) return;
		}
		answer ??= await sendElements(context, batch.items, { attempt, ...batch });
		if (answer.kind === 'stopped') {
			const stopped: WriteResult = { kind: 'stopped', fault: answer.fault };
			setAll(results, batch.items, stopped);
			return;
		}
		if (answer.kind === 'refused' && isLarge) return await divide(state, batch, MOST_ELEMENTS);
		if (answer.kind === 'refused') return await isolate(state, batch, answer);
		if (answer.kind === 'accepted') {
			const taken = takeAnswer(context.definition, batch.items, answer.body);
			const { requestKey } = answer;
			taken?.forEach((result, item) =>
				results.set(item, result.kind === 'written' ? { ...result, requestKey } : result),
			);
			if (taken) return;
		}
		if (answer.kind === 'turnTaken' || answer.kind === 'late') {
			turnsLost += 1;
			setAll(results, batch.items, BUSY);
			if (turnsLost > MOST_TURNS) return;
			batch = await lookAgain(state, batch, NOT_SENT);
			for (const wait of answer.kind === 'turnTaken' ? WAITS_MS : []) {
				if (batch.items.length === 0) return;
				await context.turn?.clock.sleep(wait);
				batch = await lookAgain(state, batch, NOT_SENT);
			}
			continue;
		}
		const reason = answer.kind === 'unknown' ? answer.reason : 'Xero’s answer was not complete.';
		setAll(results, batch.items, { kind: 'unknown', reason });
		const { length } = batch.items;
		batch = await lookAgain(state, batch, reason);
		if (isLarge) return await divide(state, batch, MOST_ELEMENTS);
		attempt += 1;
		const isDenied = answer.kind === 'unknown' && answer.status !== undefined;
		if (!isDenied || batch.items.length === 0) continue;
		// What is denied on the way, and not there, may be denied for one of its items.
		if (batch.items.length > 1 && batch.items.length === length) {
			return await divide(state, batch, Math.ceil(length / 2));
		}
		if (attempt > 1) {
			setAll(results, batch.items, { kind: 'rejected', messages: [reason] });
			return;
		}
	}
}

const NOT_SENT = Symbol('nothing was sent');
const BUSY: WriteResult = {
	kind: 'unknown',
	reason: 'Other runs are at the same records all the time.',
};

function setAll<Item>(
	results: Map<Item, WriteResult>,
	items: readonly Item[],
	result: WriteResult,
): void {
	items.forEach((item) => results.set(item, result));
}

/**
 * What is not in Xero by now. When Xero cannot be asked, nothing: it is not known of any, unless
 * nothing was sent.
 */
async function lookAgain<Item extends WriteItem>(
	{ context, results }: State<Item>,
	{ items }: Batch<Item>,
	reason: string | typeof NOT_SENT,
): Promise<Batch<Item>> {
	const lookedUpAtMs = context.turn?.clock.now() ?? 0;
	const found = await faultOr(context.readBack(items));
	if (!found.ok) {
		const fault = found.failure;
		const told: WriteResult =
			reason === NOT_SENT
				? { kind: 'stopped', fault }
				: { kind: 'unknown', reason: `${reason} ${fault.message}` };
		setAll(results, items, told);
		return { items: [], lookedUpAtMs };
	}
	for (const [item, document] of found.value) results.set(item, { kind: 'readBack', document });
	return { items: items.filter((item) => !found.value.has(item)), lookedUpAtMs };
}

/** Sends a batch in smaller ones. */
async function divide<Item extends WriteItem>(
	state: State<Item>,
	{ items, lookedUpAtMs }: Batch<Item>,
	elements: number,
): Promise<void> {
	for (const part of batchesOf(items, bytesOf, { elements, bytes: MOST_BYTES })) {
		await writeBatch(state, { items: part, lookedUpAtMs });
	}
}

/**
 * Finds the items that make Xero refuse a whole request, of which nothing was written. Halves are
 * tried in turn; a half that is taken clears itself, and what has not been suspected yet waits and
 * goes out in one request at the end. One culprit among 50 costs seven requests. A half whose answer
 * is no refusal of Xero's is looked up like any other.
 */
async function isolate<Item extends WriteItem>(
	state: State<Item>,
	{ items, lookedUpAtMs }: Batch<Item>,
	refusal: Extract<XeroWriteAnswer, { kind: 'refused' }>,
): Promise<void> {
	const { context, results } = state;
	const waiting: Item[] = [];
	let suspects = items;
	let words = refusal.messages;
	while (suspects.length > 1) {
		const half = suspects.slice(0, Math.ceil(suspects.length / 2));
		const others = suspects.slice(half.length);
		const answer = await sendElements(context, half, { attempt: 0, lookedUpAtMs });
		if (answer.kind === 'refused') {
			waiting.push(...others);
			suspects = half;
			words = answer.messages;
			continue;
		}
		await writeBatch(state, { items: half, lookedUpAtMs }, answer);
		suspects = others;
		if (answer.kind !== 'stopped') continue;
		setAll(results, [...suspects, ...waiting], { kind: 'stopped', fault: answer.fault });
		return;
	}
	// The culprit is the one that is left.
	setAll(results, suspects, { kind: 'rejected', messages: words });
	await writeBatch(state, { items: waiting, lookedUpAtMs });
}
