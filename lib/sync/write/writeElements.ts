import type { Clock } from '../../clock';
import { contentHash } from '../../hash';
import { faultOr, type ServiceFault } from '../../serviceFault';
import type { XeroClient, XeroWriteAnswer } from '../../xero/client';
import type {
	DocumentDefinition,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import {
	isRefusedElement,
	validationMessages,
	warningMessages,
} from '../../xero/validationMessages';
import { isElement } from '../../xero/documents/wireSlots';
import { MOST_BYTES, MOST_ELEMENTS } from '../../xero/requestSize';
import { foldText } from '../find/names';
import { batchesOf } from './batches';
import { isTurnTaken, type Turns } from './turns';
import { sendSingly, type SingleRequests } from './writeSingly';

/** One element to write. The caller knows it again by the object itself. */
export interface WriteItem {
	readonly element: WireElement;
	/**
	 * State of the document that the change was planned on. It is part of the request's key, since
	 * the same change may be due again after somebody has undone it in Xero.
	 */
	readonly basis?: string;
	/** Its own requests, where the endpoint takes one element at a time. */
	readonly singly?: SingleRequests;
}

export type WriteResult =
	| {
			readonly kind: 'written';
			readonly element: WireElement;
			readonly warnings: readonly string[];
	  }
	/** Found in Xero when it was read back after an answer that never came. */
	| { readonly kind: 'readBack'; readonly document: XeroDocument }
	| { readonly kind: 'rejected'; readonly messages: readonly string[] }
	| { readonly kind: 'unknown'; readonly reason: string }
	| { readonly kind: 'stopped'; readonly fault: ServiceFault };

export interface WriteContext<Item extends WriteItem = WriteItem> {
	readonly client: XeroClient;
	readonly definition: DocumentDefinition;
	/** PUT only creates, so that a race is refused; POST updates by id. */
	readonly method: 'PUT' | 'POST';
	/**
	 * Reads from Xero which of the items are there as they were meant to be. Called when an answer
	 * never came. Throws ServiceFaultError when Xero cannot be read either.
	 */
	readBack(items: readonly Item[]): Promise<ReadonlyMap<Item, XeroDocument>>;
	/** For creates that Xero would take twice: they wait for their turn among all workers. */
	readonly turn?: TurnTaking;
}

interface TurnTaking {
	readonly turns: Turns;
	readonly clock: Clock;
	/** When the look-up on which the creates rest began, epoch milliseconds. */
	lookedUpAtMs: number;
}

type Answer = XeroWriteAnswer | { readonly kind: 'turnTaken' };

/** How often an item that was read back and not found is sent again, under a new key. */
const ATTEMPTS = 3;

/** Xero may still be at the other worker's request when it refuses ours: it is given this long. */
const YIELD_MS = 2_000;

/** More turns than workers can sensibly take within the six minutes that one lasts. */
const MOST_TURNS = 60;

/**
 * Writes elements in batches. Every item gets exactly one result; an item that Xero refuses never
 * takes another with it, and nothing is sent again before Xero was asked whether it is there.
 */
export async function writeElements<Item extends WriteItem>(
	context: WriteContext<Item>,
	items: readonly Item[],
): Promise<ReadonlyMap<Item, WriteResult>> {
	const results = new Map<Item, WriteResult>();
	const isSingle = items.some((item) => item.singly);
	const limits = { elements: isSingle ? 1 : MOST_ELEMENTS, bytes: MOST_BYTES };
	for (const batch of batchesOf(items, bytesOf, limits)) {
		const stop = [...results.values()].find((result) => result.kind === 'stopped');
		if (stop) batch.forEach((item) => results.set(item, stop));
		else await writeBatch(context, batch, results);
	}
	return results;
}

function bytesOf(item: WriteItem): number {
	return Buffer.byteLength(JSON.stringify(item.element)) + 1;
}

async function writeBatch<Item extends WriteItem>(
	context: WriteContext<Item>,
	batch: readonly Item[],
	results: Map<Item, WriteResult>,
): Promise<void> {
	let rest = batch;
	let turnsLost = 0;
	if (context.turn && isStale(context.turn)) rest = await lookAgain(context, rest, results);
	for (let attempt = 0; rest.length > 0 && attempt < ATTEMPTS; attempt++) {
		const answer = await send(context, rest, attempt);
		if (answer.kind === 'turnTaken') {
			turnsLost += 1;
			if (turnsLost < MOST_TURNS) attempt -= 1;
		}
		if (answer.kind === 'stopped') {
			rest.forEach((item) => results.set(item, { kind: 'stopped', fault: answer.fault }));
			return;
		}
		if (answer.kind === 'refused') {
			await isolate(context, rest, answer, results);
			return;
		}
		if (answer.kind === 'accepted' && takeElements(context, rest, answer.body, results)) return;
		const reason = answer.kind === 'unknown' ? answer.reason : 'Xero’s answer was not complete.';
		rest.forEach((item) => results.set(item, { kind: 'unknown', reason }));
		if (answer.kind === 'turnTaken') await context.turn?.clock.sleep(YIELD_MS);
		rest = await lookAgain(context, rest, results);
	}
}

/** What is not in Xero by now. When Xero cannot be asked, nothing: it is not known of any. */
async function lookAgain<Item extends WriteItem>(
	context: WriteContext<Item>,
	items: readonly Item[],
	results: Map<Item, WriteResult>,
): Promise<readonly Item[]> {
	const lookedUpAtMs = context.turn?.clock.now() ?? 0;
	const found = await faultOr(context.readBack(items));
	if (!found.ok) {
		const reason = found.failure.message;
		items.forEach((item) => results.set(item, { kind: 'unknown', reason }));
		return [];
	}
	if (context.turn) context.turn.lookedUpAtMs = lookedUpAtMs;
	for (const [item, document] of found.value) results.set(item, { kind: 'readBack', document });
	return items.filter((item) => !found.value.has(item));
}

/** A look-up that is older than this may rest on turns that Xero no longer remembers. */
const FRESH_MS = 240_000;

function isStale({ clock, lookedUpAtMs }: TurnTaking): boolean {
	return clock.now() - lookedUpAtMs > FRESH_MS;
}

async function send<Item extends WriteItem>(
	context: WriteContext<Item>,
	items: readonly Item[],
	attempt: number,
): Promise<Answer> {
	const { client, definition, method, turn } = context;
	const body = { [definition.resource]: items.map((item) => item.element) };
	const [first] = items;
	const singly = first?.singly;
	const request = {
		method,
		path: `/${definition.resource}`,
		query: {
			summarizeErrors: 'false',
			...(definition.takesUnitPlaces ? { unitdp: '4' } : {}),
		},
		body,
	};
	const write = (idempotencyKey: string) =>
		singly
			? sendSingly(client, definition, singly, idempotencyKey)
			: client.write({ ...request, idempotencyKey });
	const organisation = client.organisationId ?? '';
	if (!turn) {
		const key = contentHash({
			organisation,
			method,
			body: singly ? singly.writes : body,
			basis: items.map((item) => item.basis ?? ''),
			attempt,
		});
		return await write(`knack-xero-${key}`);
	}
	const name = `${organisation} ${definition.type}`;
	const startedAtMs = turn.clock.now();
	const mine = turn.turns.next(name, turn.lookedUpAtMs, startedAtMs, turn);
	const key = contentHash({ name, turn: mine });
	const answer = await write(`knack-xero-turn-${key}`);
	const isTaken = answer.kind === 'refused' && isTurnTaken(answer.messages);
	const isKnown = answer.kind === 'accepted' || (answer.kind === 'refused' && !isTaken);
	turn.turns.note(name, {
		turn: mine,
		startedAtMs,
		finishedAtMs: turn.clock.now(),
		...(isKnown ? { by: turn } : {}),
	});
	return isTaken ? { kind: 'turnTaken' } : answer;
}

/**
 * Takes the answer's elements. They come in the order in which they were sent, which is not relied
 * upon: an element that bears another record's keys is not taken for this one's.
 */
function takeElements<Item extends WriteItem>(
	{ definition }: WriteContext<Item>,
	items: readonly Item[],
	body: unknown,
	results: Map<Item, WriteResult>,
): boolean {
	const envelope: Record<string, unknown> =
		typeof body === 'object' && body !== null ? { ...body } : {};
	const elements = envelope[definition.resource];
	if (!Array.isArray(elements) || elements.length !== items.length) return false;
	const answers = elements.filter(isElement);
	if (answers.length !== items.length) return false;
	const ordered = inOrderOf(definition, items, answers);
	if (!ordered) return false;
	for (const [item, element] of ordered) {
		results.set(
			item,
			isRefusedElement(element, definition.idName)
				? { kind: 'rejected', messages: validationMessages(element) }
				: { kind: 'written', element, warnings: warningMessages(element) },
		);
	}
	return true;
}

/** Each item with its own element of the answer; undefined where that cannot be told. */
function inOrderOf<Item extends WriteItem>(
	definition: DocumentDefinition,
	items: readonly Item[],
	answers: readonly WireElement[],
): ReadonlyMap<Item, WireElement> | undefined {
	const ordered = new Map<Item, WireElement>();
	const rest = new Set(answers);
	for (const [position, item] of items.entries()) {
		const there = answers[position];
		const fits = (element: WireElement) => bearsKeysOf(definition, item.element, element);
		const own = there && rest.has(there) && fits(there) ? there : [...rest].find(fits);
		if (!own) return undefined;
		rest.delete(own);
		ordered.set(item, own);
	}
	return ordered;
}

/** Members by which an answer is known to be that of an element, where both give them. */
function bearsKeysOf(
	{ idName }: DocumentDefinition,
	sent: WireElement,
	answer: WireElement,
): boolean {
	const names = [
		idName,
		'InvoiceNumber',
		'CreditNoteNumber',
		'QuoteNumber',
		'PurchaseOrderNumber',
		'Reference',
		'ContactNumber',
		'Code',
	];
	const isSame = (ours: unknown, theirs: unknown) =>
		typeof ours !== 'string' ||
		typeof theirs !== 'string' ||
		ours === '' ||
		theirs === '' ||
		foldText(ours) === foldText(theirs);
	const contactOf = ({ Contact }: WireElement) =>
		isElement(Contact) ? Contact.ContactID : undefined;
	return (
		names.every((name) => isSame(sent[name], answer[name])) &&
		isSame(contactOf(sent), contactOf(answer))
	);
}

/**
 * Finds the items that make Xero refuse a whole request. Halves are tried in turn; a half that is
 * taken clears itself, and what has not been suspected yet waits and goes out in one request at
 * the end. One culprit among 50 costs seven requests.
 */
async function isolate<Item extends WriteItem>(
	context: WriteContext<Item>,
	items: readonly Item[],
	refusal: Extract<XeroWriteAnswer, { kind: 'refused' }>,
	results: Map<Item, WriteResult>,
): Promise<void> {
	const waiting: Item[] = [];
	let suspects = items;
	let words = refusal.messages;
	while (suspects.length > 1) {
		const half = suspects.slice(0, Math.ceil(suspects.length / 2));
		const others = suspects.slice(half.length);
		const answer = await send(context, half, 0);
		if (answer.kind === 'accepted' && takeElements(context, half, answer.body, results)) {
			suspects = others;
		} else if (answer.kind === 'refused') {
			waiting.push(...others);
			suspects = half;
			words = answer.messages;
		} else if (answer.kind === 'stopped') {
			const stopped: WriteResult = { kind: 'stopped', fault: answer.fault };
			[...suspects, ...waiting].forEach((item) => results.set(item, stopped));
			return;
		} else {
			await writeBatch(context, half, results);
			suspects = others;
		}
	}
	const [culprit] = suspects;
	if (culprit) results.set(culprit, { kind: 'rejected', messages: words });
	if (waiting.length > 0) await writeBatch(context, waiting, results);
}
