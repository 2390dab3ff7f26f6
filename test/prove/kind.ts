import { decimal, roundHalfUp, type Decimal } from '../../lib/money';
import type { HttpPort } from '../../lib/http';
import type { IssueCode } from '../../lib/issueCodes';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import type { UpsertContext, UpsertOptions } from '../../lib/sync/upsertContext';
import type { DocumentDefinition, FieldValues } from '../../lib/xero/documents/definition';
import type { Sandbox } from '../../sandbox/sandbox';
import type { XeroInMemory } from '../support/xeroInMemory';
import type { Random } from './random';

/** A record as it stands in Knack, and the id that was written back to it, if that happened. */
export interface KnackOrder {
	readonly number: number;
	readonly customer: string;
	/** Quantity of each line. */
	quantities: number[];
	xeroId?: string;
}

/** One document as the ledger has it, reduced to what a record wants to see there. */
interface LedgerEntry {
	readonly key: string;
	readonly content: string;
}

/** A document type, or a way of identifying one, that the proof goes through. */
export interface Kind {
	readonly name: string;
	readonly definition: DocumentDefinition;
	/** Whether records are not edited, since what is approved is not rewritten unasked. */
	readonly isFinal?: boolean;
	/** Whether it is in the books at once: then edits go over where its link says what was sent. */
	readonly isPosted?: boolean;
	/** Whether its number is that of what it is for, so that another number is another document. */
	readonly isNumberedByOthers?: boolean;
	/** Whether its documents cannot be sent without a link to their records. */
	readonly needsLink?: boolean;
	/** The organisation that its documents go to, where that is not the usual one. */
	readonly organisationId?: string;
	readonly options?: Partial<UpsertOptions>;
	/** By what a record may be held at rest, so that it is not looked for in the ledger. */
	readonly mayBeHeldBy?: readonly IssueCode[];
	/** Puts into Xero what the documents belong to. */
	seed?(world: XeroInMemory): Promise<void>;
	/** Brings records into Xero, where that is not one upsert of them all. */
	send?(context: UpsertContext, orders: readonly KnackOrder[]): Promise<readonly Outcome[]>;
	draft(order: KnackOrder, index: number): Draft;
	/** What a person changes in Knack, where not any quantity is changed. */
	edit?(order: KnackOrder, random: Random): void;
	/** What the ledger shall hold for the record. */
	expected(order: KnackOrder): LedgerEntry;
	/** What it does hold, of documents that count. */
	ledger(sandbox: Sandbox): LedgerEntry[];
	/** What is wrong with the ledger as a whole, at rest. */
	wrong?(sandbox: Sandbox): string[];
}

/** A way to the books, with scenes of its own. */
export interface Way {
	readonly name: string;
	seed?(world: XeroInMemory): Promise<void>;
	/** @returns what went wrong */
	play(stage: WayStage): Promise<readonly string[]>;
}

export interface WayStage {
	readonly world: XeroInMemory;
	readonly random: Random;
	/** Breaks the way to a service, to show that the proof notices. */
	readonly plantedFault: (inner: HttpPort) => HttpPort;
	readonly counts: { kills: number; races: number };
}

/** Numbers of orders that stand in Xero already, as somebody else's. */
export const OF_OTHERS = [901, 902];

/** Records of a scene are numbered from 1, to this at most. */
export const MOST_ORDERS = 8;

export const UNIT_PRICE = '19.995';

/** What a document of these quantities comes to, at 20 % tax. */
function total(quantities: readonly number[]): Decimal {
	return quantities.reduce((sum, quantity) => {
		const line = roundHalfUp(decimal(UNIT_PRICE).times(quantity), 2);
		return sum.plus(line).plus(roundHalfUp(line.times('0.2'), 2));
	}, decimal(0));
}

export function content(quantities: readonly number[]): string {
	return `${total(quantities).toFixed(2)} ${[...quantities].sort().join(',')}`;
}

export function sum(quantities: readonly number[]): number {
	return quantities.reduce((all, quantity) => all + quantity, 0);
}

export function draftOf(
	definition: DocumentDefinition,
	order: KnackOrder,
	index: number,
	fields: FieldValues,
	lines?: readonly FieldValues[],
): Draft {
	return {
		type: definition.type,
		itemIndexes: [index],
		...(order.xeroId === undefined ? {} : { id: order.xeroId }),
		fields,
		...(lines ? { lines: lines.map((each) => ({ fields: each })) } : {}),
		source: {},
		issues: [],
	};
}
