import type { CalendarDate } from '../../dates';
import type { Issue } from '../../issue';
import type { WireElement, XeroDocument } from '../../xero/documents/definition';
import type { Draft } from '../draft';
import type { CreditBack } from './creditBack';
import type { RanDocument } from './ranDocument';
import { undoIssue } from './undoRules';

/** How what a run did to a document is taken back. */
export type Way =
	/** Voided, deleted or archived: whatever status takes it out. */
	| { readonly kind: 'status'; readonly to: string; readonly besides: readonly XeroDocument[] }
	/** By a request that deletes it. */
	| { readonly kind: 'delete'; readonly path: string }
	/** Credited in full, today. */
	| { readonly kind: 'credit'; readonly back: CreditBack }
	/** The opposite is posted. */
	| { readonly kind: 'reverse'; readonly day: CalendarDate }
	/** Its fields are given back, and its status where that was moved too. */
	| { readonly kind: 'restore'; readonly draft?: Draft; readonly to?: string }
	/** Only Knack is told: nothing was written to Xero. */
	| { readonly kind: 'unlink' }
	/** It is taken back already, whoever did it. */
	| { readonly kind: 'done'; readonly why: string }
	/** It is meant to stay. */
	| { readonly kind: 'stays'; readonly why: string }
	| { readonly kind: 'stop'; readonly issues: readonly Issue[] };

/** What is to be done about one document. */
export interface Undoing {
	readonly ran: RanDocument;
	/** As Xero has it. */
	readonly document?: XeroDocument;
	readonly way: Way;
	/** Allocations of it that are taken off first. */
	readonly allocations: readonly string[];
	/** What a person should look at, though it is taken back. */
	readonly issues: readonly Issue[];
}

/** A document as Xero has it, with what its entry in the registry does not read. */
export interface Standing {
	readonly document: XeroDocument;
	readonly element: WireElement;
}

export function stop(...given: Parameters<typeof undoIssue>): Way {
	return { kind: 'stop', issues: [undoIssue(...given)] };
}

/** "INV-7", or "The project". */
export function labelOf({ definition }: RanDocument, { number, fields }: XeroDocument): string {
	const { name } = fields;
	const known = number ?? (typeof name === 'string' ? name : undefined);
	return known ?? `The ${definition.label.toLowerCase()}`;
}
