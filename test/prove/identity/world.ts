import { decimal, roundHalfUp, type Decimal } from '../../../lib/money';
import type { Family } from './family';

/**
 * A world is data: who there is at first and what happens then, step by step. It is made from a
 * seed before anything runs, so that a world that fails can be told in words, played again, and
 * made smaller by leaving steps and records out. A step that cannot be taken (the document is not
 * there yet) is passed over.
 */
export interface World {
	readonly family: Family;
	readonly customers: readonly Customer[];
	readonly records: readonly KnackRecord[];
	readonly settings: WorldSettings;
	/** The last one is a run, which is done again and must then find nothing to do. */
	readonly steps: readonly Step[];
}

interface WorldSettings {
	/** Whether contacts that exist are brought up to date, or left as they are. */
	readonly updatesContacts: boolean;
	/** Whether lines that the record does not have any more are removed. */
	readonly removesLines: boolean;
}

/** A customer or supplier, as Knack has it. */
export interface Customer {
	readonly name: string;
	/** Contact Code in Xero. */
	readonly code?: string;
	readonly email?: string;
	/** Of contacts that are records themselves: what is edited in them. */
	readonly firstName?: string;
	/** What Xero has of it from the beginning, put there by a person; undefined for nothing. */
	readonly inXero?: { readonly hasCode: boolean; readonly hasEmail: boolean };
}

/** A record as it stands in Knack. For contacts, record and customer of one position are one. */
export interface KnackRecord {
	readonly knackId: string;
	readonly customer: number;
	readonly number?: string;
	readonly reference?: string;
	/** Day of November 2026. */
	readonly day: number;
	readonly dueDay: number;
	readonly isApproved: boolean;
	readonly lines: readonly Line[];
}

export interface Line {
	readonly text: string;
	readonly quantity: number;
	readonly price: string;
}

export const EDITS = [
	'price',
	'quantity',
	'date',
	'dueDate',
	'text',
	'lineAdded',
	'lineRemoved',
	'key',
	'everything',
] as const;
/** `key` is a new number or reference, `everything` day, total and every line at once. */
export type Edit = (typeof EDITS)[number];

export type Step =
	| { readonly do: 'edit'; readonly record: number; readonly edit: Edit; readonly chance: number }
	| { readonly do: 'giveToCustomer'; readonly record: number; readonly customer: number }
	| { readonly do: 'loseId'; readonly record: number }
	| { readonly do: 'swapKeys'; readonly one: number; readonly other: number }
	| { readonly do: 'renameInKnack'; readonly customer: number; readonly name: string }
	| { readonly do: 'swapCodes'; readonly one: number; readonly other: number }
	| { readonly do: 'newEmail'; readonly customer: number; readonly email: string }
	| { readonly do: 'renameInXero'; readonly customer: number; readonly name: string }
	| { readonly do: 'archive'; readonly customer: number }
	| { readonly do: 'merge'; readonly customer: number; readonly into: number }
	| { readonly do: 'void'; readonly record: number }
	| { readonly do: 'pay'; readonly record: number }
	| { readonly do: 'send'; readonly record: number }
	| StrangerDocument
	| { readonly do: 'postedByHand'; readonly record: number; readonly keeps: readonly Trait[] }
	| StrangerContact
	| { readonly do: 'wait'; readonly days: number }
	| Run;

/** What a document can have in common with a record beside its number and reference. */
export const TRAITS = ['day', 'total', 'line'] as const;
export type Trait = (typeof TRAITS)[number];

/** A document of somebody else's that looks a little like a record's. */
export interface StrangerDocument {
	readonly do: 'strangerDocument';
	readonly record: number;
	/** On the record's own contact, or on somebody's who is in no record. */
	readonly contact: 'own' | 'stranger';
	readonly sharesKeys: boolean;
	readonly shares: readonly Trait[];
	readonly isGone: boolean;
}

/** A contact of somebody else's that bears a customer's name or e-mail address. */
export interface StrangerContact {
	readonly do: 'strangerContact';
	readonly customer: number;
	readonly shares: 'name' | 'email';
	readonly code?: string;
}

export interface Run {
	readonly do: 'run';
	/** Records in the order in which they are delivered; one may come more than once. */
	readonly records: readonly number[];
	/** Of these the ids are not written back, since the process dies in time. */
	readonly lostIds: readonly number[];
}

export function dayText(day: number): string {
	return `2026-11-${String(day).padStart(2, '0')}`;
}

export function lineText({ text, quantity, price }: Line): string {
	return `${text} ${quantity} x ${decimal(price).toFixed()}`;
}

const TAX_RATE = '0.2';

/** What the lines come to with tax, rounded line by line as Xero does. */
export function totalOf(lines: readonly Line[]): Decimal {
	return lines.reduce((all, { quantity, price }) => {
		const net = roundHalfUp(decimal(price).times(quantity), 2);
		return all.plus(net).plus(roundHalfUp(net.times(TAX_RATE), 2));
	}, decimal(0));
}
