import type { CalendarDate } from '../dates';
import type { DocumentDefinition, FieldValues, XeroDocument } from '../xero/documents/definition';
import type { ServiceFault } from '../serviceFault';
import type { CreditPlan } from './credit/creditUse';
import type { Draft } from './draft';
import type { WantedContact } from './find/contactIndex';
import { contactFound, type Match } from './find/matching';
import type { Settled } from './outcomes';
import type { Plan } from './plan/plan';
import type { Replaced } from './plan/replaced';

/**
 * One record on its way from a draft to an outcome. The steps fill it from the top down; nothing
 * that belongs to a record is kept beside it.
 */
export interface Row {
	draft: Draft;
	/** The row of this run that it repeats to the letter, and whose fate it shares. */
	repeats?: Row;
	/** The contact that the record names beside its document. */
	contact?: ContactRow;
	match?: Match;
	plan?: Plan;
	/** The rows that a plan to correct is carried out by. */
	correction?: Correction;
	/** The open credit that its document is paid from. */
	credit?: CreditPlan;
	/** Of a document that takes the place of a credited one. */
	replaces?: Replaced;
	sent?: Sent;
	settled?: Settled;
}

/** The accountant's way to change what was issued: credit it, and make it anew. */
export interface Correction {
	/** Registry entry of the credit note. */
	readonly definition: DocumentDefinition;
	readonly creditNote: Row;
	/** The new document, in the place of the old one. */
	readonly successor: Row;
	/** Of the credit note, its allocation and the new document. */
	readonly date: CalendarDate;
	readonly isToday: boolean;
	/** Whether the old document is credited already, by a run that ended before the new one. */
	readonly isCredited: boolean;
}

/** A contact that documents of the run share, on its own way. */
export interface ContactRow extends Row {
	readonly wanted: WantedContact;
	/** Its values without the prefix, taken together from all its documents. */
	fields: FieldValues;
	/** The rows whose documents name it. */
	readonly namedBy: Row[];
}

/** What became of a plan that was to be carried out. */
export type Sent =
	| {
			readonly kind: 'done';
			readonly did: 'created' | 'updated' | 'unchanged';
			readonly document: XeroDocument;
			readonly warnings: readonly string[];
			/** The plan that was carried out in the end. */
			readonly plan: Plan;
			readonly by?: string;
			/** The Idempotency-Key of the request that wrote it. */
			readonly requestKey?: string;
			/** Found there when Xero was asked again: it may be another worker's. */
			readonly isReadBack?: boolean;
	  }
	/** A person must look: the plan says why. */
	| { readonly kind: 'stop'; readonly plan: Plan }
	| {
			readonly kind: 'rejected';
			readonly messages: readonly string[];
			/** Created as a draft, of which Xero refuses to take more. */
			readonly draft?: XeroDocument;
	  }
	/** Created, and not looked for again: another run may have created it too. */
	| { readonly kind: 'unchecked'; readonly fault: ServiceFault }
	| { readonly kind: 'unknown'; readonly reason: string; readonly draft?: XeroDocument }
	| {
			readonly kind: 'stopped';
			readonly fault: ServiceFault;
			/** Created as a draft before, and to be taken further. */
			readonly draft?: XeroDocument;
	  };

/** What the run itself has created, as opposed to what it has found there or changed. */
export type Created = Extract<Sent, { kind: 'done' }>;

/** Of a document that is there and that nobody can tell whose it is: who has created it says so. */
export function foundThere(document: XeroDocument, plan: Plan): Created {
	return {
		kind: 'done',
		did: 'unchanged',
		document,
		warnings: [],
		plan,
		by: 'readBack',
		isReadBack: true,
	};
}

/** What this very run has created for a row, if anything. */
export function createdFor({ sent }: Row): Created | undefined {
	return sent?.kind === 'done' && sent.did === 'created' ? sent : undefined;
}

/** The rows for which one of the actions is planned, each with its plan. */
export function planned<Action extends Plan['action']>(
	rows: readonly Row[],
	...actions: readonly Action[]
): Array<{ readonly row: Row; readonly plan: Extract<Plan, { action: Action }> }> {
	const isMeant = (plan: Plan | undefined): plan is Extract<Plan, { action: Action }> =>
		actions.some((action) => action === plan?.action);
	// A plain loop: over all records of a large run, a list for each of them holds others up.
	const found = [];
	for (const row of rows) if (isMeant(row.plan)) found.push({ row, plan: row.plan });
	return found;
}

/** Whether a record is still on its way to Xero. */
export function isOpen({ draft, repeats }: Row): boolean {
	return (
		repeats === undefined &&
		draft.skipReason === undefined &&
		draft.issues.every(({ severity }) => severity === 'warn')
	);
}

/** The id of the row's contact in Xero, as far as it is there by now. */
export function contactIdOf({ contact }: Row): string | undefined {
	if (contact?.sent?.kind === 'done') return contact.sent.document.id;
	return contactFound(contact?.match)?.id;
}
