import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { issueOf, type RuleSeverities } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { Plan } from '../plan/plan';
import type { Row } from '../row';
import { documentLabel } from './documentIndex';
import { foldText } from './names';

/**
 * Holds records whose number, made by a template, is in Xero on the document of another record: of
 * the same contact with another reference or with nothing in common, or of anybody where a document
 * that is there already would get a new number. One call for many changed numbers, else none.
 * Throws ServiceFaultError.
 */
export async function holdTakenNumbers(
	client: XeroClient,
	definition: DocumentDefinition,
	rows: readonly Row[],
	severities: RuleSeverities,
): Promise<void> {
	const { numberPath } = definition;
	if (numberPath === undefined) return;
	const renumbered = new Map<Row, string>();
	for (const row of rows) {
		const number = row.plan && newNumberOf(row.plan, numberPath);
		if (number !== undefined) renumbered.set(row, number);
	}
	const wanted = [...new Set(renumbered.values())];
	const present =
		wanted.length === 0
			? []
			: await findDocuments(client, definition, { ids: [], values: { [numberPath]: wanted } });
	// Where suppliers number as they like, a number is only taken within its contact.
	const isWithinContact = definition.keys.find(({ path }) => path === numberPath)?.withinContact;
	for (const row of rows) {
		const { plan } = row;
		if (plan?.action !== 'keep' && plan?.action !== 'update') continue;
		const number = renumbered.get(row);
		const { document } = plan;
		const taken =
			number === undefined
				? plan.by === numberPath && isOfAnotherRecord(plan.draft, document)
					? document
					: undefined
				: present.find(
						(other) =>
							other.id !== document.id &&
							foldText(other.number ?? '') === foldText(number) &&
							(!isWithinContact || other.contactId === document.contactId),
					);
		if (taken) row.plan = held(definition, plan, numberPath, taken, severities);
	}
}

/** The number that an update would give to a document which has another one. */
function newNumberOf(plan: Plan, numberPath: string): string | undefined {
	if (plan.action !== 'update' || plan.by === numberPath) return undefined;
	const isChanged = plan.changes.some(({ field }) => field === numberPath);
	return isChanged ? headerText(plan.draft, numberPath) : undefined;
}

/**
 * Whether what stands in Xero speaks of another record: its reference does, or, where one side has
 * none, neither its day nor any word of its lines is the record's.
 */
function isOfAnotherRecord(draft: Draft, document: XeroDocument): boolean {
	const ours = headerText(draft, 'reference');
	const theirs = textOf(document.fields.reference);
	if (ours !== undefined && theirs !== undefined) return foldText(ours) !== foldText(theirs);
	const day = headerText(draft, 'date');
	const own = wordsOf(draft.lines);
	const present = wordsOf(document.lines);
	if (day === undefined || own.size === 0 || present.size === 0) return false;
	return day !== document.fields.date && ![...own].some((words) => present.has(words));
}

function wordsOf(lines: Draft['lines'] | XeroDocument['lines']): ReadonlySet<string> {
	const words = (lines ?? []).map(({ fields }) => foldText(textOf(fields.description) ?? ''));
	return new Set(words.filter((each) => each !== ''));
}

function held(
	definition: DocumentDefinition,
	{ draft, key, contentHash }: Plan,
	numberPath: string,
	taken: XeroDocument,
	severities: RuleSeverities,
): Plan {
	const found = issueOf(
		LATE_RULES.numberOfOtherRecord,
		{
			field: numberPath,
			message: `The number "${headerText(draft, numberPath) ?? ''}" belongs to ${documentLabel(definition, taken)} in Xero, which looks like the document of another record.`,
			fix: 'Add a field to the number template that is different for each record. If it is the record’s own document, keep its Xero ID in Knack.',
		},
		severities,
		{ candidates: [{ id: taken.id, label: documentLabel(definition, taken) }] },
	);
	return { action: 'stop', draft, key, contentHash, issues: [...draft.issues, ...found] };
}

/** Holds records of a run that get one number although they are different records. */
export function holdSharedNumbers(
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	severities: RuleSeverities,
): Draft[] {
	const { numberPath } = definition;
	const byNumber = new Map<string, Draft[]>();
	for (const draft of drafts) {
		const number = numberPath && headerText(draft, numberPath);
		if (number === undefined || draft.skipReason !== undefined) continue;
		byNumber.set(foldText(number), [...(byNumber.get(foldText(number)) ?? []), draft]);
	}
	return drafts.map((draft) => {
		const number = numberPath && headerText(draft, numberPath);
		const sharers = number === undefined ? [] : (byNumber.get(foldText(number)) ?? []);
		const others = sharers.filter((other) => other !== draft && !isSameRecord(other, draft));
		if (others.length === 0 || draft.skipReason !== undefined) return draft;
		const found = issueOf(
			LATE_RULES.numberShared,
			{
				field: numberPath,
				message: `${others.length + 1} records of this run get the number "${number ?? ''}": ${[draft, ...others].map(nameOf).join('; ')}.`,
				fix: 'Add a field to the number template that is different for each record.',
			},
			severities,
		);
		return { ...draft, issues: [...draft.issues, ...found] };
	});
}

function isSameRecord(a: Draft, b: Draft): boolean {
	const { knackRecordId } = a.source;
	return knackRecordId !== undefined && knackRecordId === b.source.knackRecordId;
}

function nameOf(draft: Draft): string {
	const { source, itemIndexes } = draft;
	return source.knackRecordId === undefined
		? `item ${(itemIndexes[0] ?? 0) + 1}`
		: `record ${source.knackRecordId}`;
}
