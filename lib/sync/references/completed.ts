import type { Issue } from '../../issue';
import { parseDecimal, type Decimal } from '../../money';
import type { XeroDocument } from '../../xero/documents/definition';
import type { Draft, DraftLine } from '../draft';
import type { FieldChange } from '../outcome';
import type { Plan } from '../plan/plan';

/** Drafts with the ids of what they belong to, and what is left to do with it. */
export interface Completed {
	readonly drafts: readonly Draft[];
	/** Reads what is known only once documents are found. Throws ServiceFaultError. */
	learn?(plans: readonly Plan[]): Promise<void>;
	/** Looks at the plans of a run with what completing has read. Returns them in their order. */
	review?(planned: readonly Planned[]): readonly Plan[];
	/**
	 * In what a payment is, or that of one of its lines where each pays for itself; undefined where nobody
	 * knows before it is there.
	 */
	paidIn?(draft: Draft, line?: DraftLine): PaidIn | undefined;
	/** Hears the plans as they are carried out: what was held after the review gives nothing up. */
	decided?(plans: readonly Plan[]): void;
	/**
	 * Takes what a document uses up of another, such as a bill of its order, before the document is more
	 * than a draft: of two workers no more is taken than is there. `present` is what Xero has of it.
	 * Never throws for what Xero answers.
	 */
	reserve?(plan: Plan, present: XeroDocument): Promise<Reserved>;
	/**
	 * What a record asks for beside its document, such as putting a credit note against an invoice;
	 * undefined when nothing of it is left to do. `document` is what Xero has, absent when new.
	 */
	follow?(plan: Plan, document: XeroDocument | undefined): FollowUp | undefined;
}

/** The currency of what a payment is for, and the rate that it was posted at. */
export interface PaidIn {
	readonly currency: string;
	/** Of the base currency in it; undefined where Xero does not say. */
	readonly rate: Decimal | undefined;
}

export function paidInOf(document: XeroDocument | undefined): PaidIn | undefined {
	const { amounts, fields } = document ?? {};
	return amounts && { currency: amounts.currency, rate: parseDecimal(fields?.currencyRate) };
}

export interface Planned {
	readonly plan: Plan;
	/** Absent of a new contact. */
	readonly contactId: string | undefined;
}

/** A step of its own after the document is there. It never undoes or repeats the document. */
export type FollowUp =
	| {
			/** Absent where it only looks. */
			readonly change?: FieldChange;
			/** What it does in Xero, in the order of doing; each is one write call. */
			readonly inWords: readonly string[];
			/** Never throws for what a service answers, and never does twice what is done. */
			carryOut(document: XeroDocument): Promise<Followed>;
	  }
	/** It cannot be done yet; the record says so. */
	| { readonly issues: readonly Issue[] };

export type Followed =
	| { readonly kind: 'done'; readonly document: XeroDocument }
	| { readonly kind: 'noted'; readonly issues: readonly Issue[] }
	| {
			readonly kind: 'failed';
			readonly outcome: 'blocked' | 'held' | 'failed';
			readonly issues: readonly Issue[];
	  };

export type Reserved =
	/** There is enough, or as much as a rule lets go over; the issues say so. */
	| {
			readonly kind: 'done';
			readonly issues: readonly Issue[];
			/** Whether the order could not be opened again first; what follows the document says so. */
			readonly staysClosed?: boolean;
	  }
	/** The document stays as it is. */
	| { readonly kind: 'held'; readonly issues: readonly Issue[] }
	| { readonly kind: 'unknown'; readonly reason: string };

/** Whether a draft is still on its way to Xero. */
export function isOnItsWay(draft: Draft): boolean {
	return (
		draft.skipReason === undefined && draft.issues.every(({ severity }) => severity === 'warn')
	);
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isId(text: string): boolean {
	return ID.test(text.trim());
}
