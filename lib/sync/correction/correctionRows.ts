import type { CalendarDate } from '../../dates';
import { CONTACT } from '../../xero/documents';
import type {
	DocumentDefinition,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';
import { fieldsByPath, headerText, textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import { correctingKey, replacingReference } from '../find/correctingNote';
import { foldText } from '../find/names';
import type { Plan } from '../plan/plan';
import type { ContactRow, Correction, Row } from '../row';
import { creditLines } from './creditLines';
import { reasonText } from './reasonText';

type CorrectingPlan = Extract<Plan, { action: 'correct' }>;

/** A row whose plan corrects. */
export type CorrectingRow = Row & { plan: CorrectingPlan };

export function isCorrecting(row: Row): row is CorrectingRow {
	return row.plan?.action === 'correct';
}

export interface CorrectionFacts {
	/** Registry entry of the document that is corrected. */
	readonly definition: DocumentDefinition;
	readonly noteDefinition: DocumentDefinition;
	readonly date: CalendarDate;
	readonly isToday: boolean;
	/** Numbers that documents in Xero bear, folded. */
	readonly takenNumbers: ReadonlySet<string>;
}

/** The rows by which a document is credited and made anew. */
export function correctionOf(row: CorrectingRow, facts: CorrectionFacts): Correction {
	const { noteDefinition, date, isToday } = facts;
	const { match, plan } = row;
	const credited = match?.kind === 'matched' ? match.credited : undefined;
	const creditNote: Row = {
		draft: creditDraft(row, facts),
		contact: ownContact(plan.document),
		...(credited
			? { match: { kind: 'matched', document: credited, by: 'id', issues: [] } as const }
			: {}),
	};
	const { movesContact, sent } = plan.wanted;
	const successor: Row = {
		draft: successorDraft(row, facts),
		contact: movesContact && row.contact ? row.contact : ownContact(plan.document),
		replaces: { document: plan.document, sent, from: date },
	};
	return {
		definition: noteDefinition,
		creditNote,
		successor,
		date,
		isToday,
		isCredited: credited !== undefined,
	};
}

/** The document's own contact, whatever the record says by now. */
export function ownContact({ contactId, contactName }: XeroDocument): ContactRow {
	const id = contactId ?? '';
	const fields: FieldValues = contactName === undefined ? {} : { name: contactName };
	return {
		draft: { type: CONTACT.type, itemIndexes: [], id, fields, source: {}, issues: [] },
		wanted: { id, ...(contactName === undefined ? {} : { name: contactName }) },
		fields,
		namedBy: [],
		match: { kind: 'matched', document: { type: CONTACT.type, id, fields }, by: 'id', issues: [] },
	};
}

function creditDraft(
	{ plan, contact }: CorrectingRow,
	{ definition, noteDefinition, date }: CorrectionFacts,
): Draft {
	const { document, changes, draft } = plan;
	return creditNoteDraft(document, {
		noteDefinition,
		date,
		key: correctingKey(document),
		reason: reasonText(definition, document, changes, contact?.wanted.name),
		itemIndexes: draft.itemIndexes,
	});
}

interface CreditNoteFacts extends Pick<CorrectionFacts, 'noteDefinition' | 'date'> {
	/** By which it is found again. */
	readonly key: { readonly path: string; readonly value: string };
	/** Stands in a line of its own. */
	readonly reason: string;
	readonly itemIndexes: readonly number[];
}

/** An approved credit note that credits a document in full, to the cent. */
export function creditNoteDraft(
	document: XeroDocument,
	{ noteDefinition, date, key, reason, itemIndexes }: CreditNoteFacts,
): Draft {
	const fields: Record<string, string> = {};
	for (const path of noteDefinition.corrects?.takesOver ?? []) {
		const value = textOf(document.fields[path]);
		if (value !== undefined) fields[path] = value;
	}
	const { contactId = '', contactName } = document;
	const lines = [...creditLines(document.lines ?? []), { description: reason }];
	return {
		type: noteDefinition.type,
		itemIndexes,
		fields: {
			...fields,
			'contact.id': contactId,
			...(contactName === undefined ? {} : { 'contact.name': contactName }),
			[key.path]: key.value,
			date,
			...approved(noteDefinition),
		},
		lines: lines.map((each) => ({ fields: each })),
		source: {},
		issues: [],
	};
}

/**
 * The draft by which a credit note is found again. It has the key alone: the words and the day of
 * the credit note may differ between runs, and another worker's is as good.
 */
export function keyOfCreditNote(draft: Draft, document: XeroDocument): Draft {
	const { path, value } = correctingKey(document);
	return { ...draft, fields: { [path]: value }, lines: undefined, issues: [] };
}

function successorDraft(
	{ plan }: CorrectingRow,
	{ definition, date, takenNumbers }: CorrectionFacts,
): Draft {
	const { document, draft, wanted } = plan;
	const fields: Record<string, FieldValues[string]> = {
		...wanted.fields,
		...(draft.fields.expectedTotal === undefined
			? {}
			: { expectedTotal: draft.fields.expectedTotal }),
		date,
		...approved(definition),
	};
	const { numberPath } = definition;
	// A supplier's number stays the supplier's; of all others each document has one of its own.
	const own = definition.isNumberedByThem ? document.number : undefined;
	const number = headerText(draft, numberPath) ?? own;
	delete fields[numberPath];
	if (number !== undefined && !takenNumbers.has(foldText(number))) fields[numberPath] = number;
	// Something that a person reads says which document it is in the place of.
	const hasReference = fieldsByPath(definition.fields).has('reference');
	if (hasReference && textOf(fields.reference) === undefined) {
		fields.reference = replacingReference(document);
	}
	return {
		...draft,
		id: undefined,
		fields,
		lines: wanted.lines.map((each) => ({ fields: each })),
		issues: [],
	};
}

/** The status of approval, as a draft has it. */
function approved({
	lifecycle: {
		approved: [status],
	},
}: DocumentDefinition): FieldValues {
	return status === undefined ? {} : { status };
}
