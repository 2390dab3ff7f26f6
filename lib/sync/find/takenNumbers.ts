import type { XeroClient } from '../../xero/client';
import type {
	DocumentDefinition,
	DocumentKey,
	XeroDocument,
} from '../../xero/documents/definition';
import { findContacts, findDocuments } from '../../xero/lookups';
import { issueOf, type RuleSeverities } from '../check/check';
import { fieldsByPath, headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { Plan } from '../plan/plan';
import type { Row } from '../row';
import { contactLabel } from './contactIndex';
import { documentLabel } from './documentIndex';
import { foldText } from './names';

/**
 * Holds records whose update would give their document a number, code or name that another one has
 * in Xero, which would refuse it (or, for purchase orders, change the other one). One call for many
 * such changes, else none. Throws ServiceFaultError.
 */
export async function holdTakenKeys(
	client: XeroClient,
	definition: DocumentDefinition,
	rows: readonly Row[],
	{ severities, isNumberedByTemplate }: TakenOptions,
): Promise<void> {
	const changed = new Map<Row, readonly KeyChange[]>();
	for (const row of rows) {
		const changes = row.plan ? changedKeys(definition, row.plan) : [];
		if (changes.length > 0) changed.set(row, changes);
	}
	if (changed.size === 0) return;
	const present = await holdersOf(client, definition, [...changed.values()].flat());
	for (const [row, changes] of changed) {
		const { plan } = row;
		if (plan?.action !== 'update') continue;
		for (const { key, value } of changes) {
			const taken = present.find(
				(other) =>
					other.id !== plan.document.id &&
					foldText(textOf(other.fields[key.path]) ?? '') === foldText(value) &&
					(!key.withinContact || other.contactId === plan.document.contactId),
			);
			const isByTemplate = isNumberedByTemplate === true && key.path === definition.numberPath;
			if (taken) row.plan = heldFor({ definition, plan, key, taken }, severities, isByTemplate);
		}
	}
}

interface TakenOptions {
	readonly severities: RuleSeverities;
	/** Numbers are made by a template, so that what is to be mended is the template. */
	readonly isNumberedByTemplate?: boolean;
}

interface KeyChange {
	readonly key: DocumentKey;
	readonly value: string;
	readonly parentId?: string;
}

/** The keys of its own that an update would change on a document. */
function changedKeys(definition: DocumentDefinition, plan: Plan): KeyChange[] {
	if (plan.action !== 'update') return [];
	const { changes, draft, document } = plan;
	const parent = definition.parentPath && textOf(document.fields[definition.parentPath]);
	return definition.keys
		.filter(({ enforced, path }) => enforced || path === definition.numberPath)
		.flatMap((key) => {
			const value = headerText(draft, key.path);
			return value !== undefined && changes.some(({ field }) => field === key.path)
				? [{ key, value, ...(parent ? { parentId: parent } : {}) }]
				: [];
		});
}

async function holdersOf(
	client: XeroClient,
	definition: DocumentDefinition,
	changes: readonly KeyChange[],
): Promise<readonly XeroDocument[]> {
	const valuesOf = (path: string) => [
		...new Set(changes.filter(({ key }) => key.path === path).map(({ value }) => value)),
	];
	if (definition.type === 'contact') {
		const numbers = valuesOf('contactNumber');
		return await findContacts(client, { ids: [], numbers, names: valuesOf('name'), emails: [] });
	}
	const paths = [...new Set(changes.map(({ key }) => key.path))];
	return await findDocuments(client, definition, {
		ids: [],
		values: Object.fromEntries(paths.map((path) => [path, valuesOf(path)])),
		parentIds: changes.flatMap(({ parentId }) => parentId ?? []),
	});
}

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
	for (const row of rows) {
		const { plan } = row;
		if (!plan || !('document' in plan)) continue;
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

interface Taken {
	readonly definition: DocumentDefinition;
	readonly plan: Plan;
	readonly key: DocumentKey;
	/** The document that has it. */
	readonly taken: XeroDocument;
}

function heldFor(
	{ definition, plan, key, taken }: Taken,
	severities: RuleSeverities,
	isByTemplate = false,
): Plan {
	const { draft, key: id, contentHash } = plan;
	const name = (fieldsByPath(definition.fields).get(key.path)?.label ?? key.path).toLowerCase();
	const label =
		definition.type === 'contact' ? contactLabel(taken) : documentLabel(definition, taken);
	const found = issueOf(
		isByTemplate ? LATE_RULES.numberOfOtherRecord : LATE_RULES.keyOfAnother,
		{
			field: key.path,
			message: isByTemplate
				? `The number "${headerText(draft, key.path) ?? ''}" belongs to ${label} in Xero, which looks like the document of another record.`
				: `The record’s ${name} is now "${headerText(draft, key.path) ?? ''}", which ${label} has in Xero.`,
			fix: isByTemplate
				? 'Add a field to the number template that is different for each record. If it is the record’s own document, keep its Xero ID in Knack.'
				: `Give the record a ${name} of its own in Knack, or change that of the other in Xero first.`,
		},
		severities,
		{ candidates: [{ id: taken.id, label }] },
	);
	return { action: 'stop', draft, key: id, contentHash, issues: [...draft.issues, ...found] };
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
