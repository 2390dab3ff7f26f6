import { grouped } from '../../grouped';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { planned, type Row } from '../row';
import { foldText } from './names';
import { heldFor } from './takenNumbers';

/**
 * Holds records whose number, made by a template, found a document that looks like another
 * record's: with another reference, or with nothing in common.
 */
export function holdTemplateNumbers(
	definition: DocumentDefinition,
	rows: readonly Row[],
	severities: RuleSeverities,
): void {
	const { numberPath } = definition;
	const key = definition.keys.find(({ path }) => path === numberPath);
	if (!key) return;
	for (const { row, plan } of planned(rows, 'update', 'correct', 'keep')) {
		const { document: taken } = plan;
		if (plan.by !== numberPath || !isOfAnotherRecord(plan.draft, taken)) continue;
		row.plan = heldFor({ definition, plan, key, taken }, severities, true);
	}
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

/** Holds records of a run that get one number although they are different records. */
export function holdSharedNumbers(
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	severities: RuleSeverities,
): Draft[] {
	const { numberPath } = definition;
	const numberOf = (draft: Draft) =>
		draft.skipReason === undefined ? headerText(draft, numberPath) : undefined;
	const byNumber = grouped(
		drafts.map((draft) => [foldText(numberOf(draft) ?? ''), draft] as const),
	);
	return drafts.map((draft) => {
		const number = numberOf(draft);
		if (number === undefined) return draft;
		const sharers = byNumber.get(foldText(number)) ?? [];
		const others = sharers.filter((other) => other !== draft && !isSameRecord(other, draft));
		if (others.length === 0) return draft;
		const found = issueOf(
			LATE_RULES.numberShared,
			{
				field: numberPath,
				message: `${others.length + 1} records of this run get the number "${number}": ${[draft, ...others].map(nameOf).join('; ')}.`,
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
