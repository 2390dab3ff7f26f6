import type { XeroClient } from '../../xero/client';
import type {
	DocumentDefinition,
	DocumentKey,
	XeroDocument,
} from '../../xero/documents/definition';
import { NEVER_GIVES_WAY, type GiveWay } from '../../giveWay';
import { grouped } from '../../grouped';
import type { Issue } from '../../issue';
import { findContacts, findDocuments } from '../../xero/lookups';
import { issueOf, type RuleSeverities } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Plan } from '../plan/plan';
import { contactIdOf, planned, type Row } from '../row';
import { contactLabel } from './contactIndex';
import { keyName } from './decidingKey';
import { documentLabel } from './documentIndex';
import { foldText } from './names';
import { isSameRecord } from './sharedDocuments';

/**
 * Holds records whose update would give their document a number, code or name that another one has
 * in Xero, or gets in this very run: Xero would refuse it (or, for purchase orders, change the other
 * one). One call for many such changes, else none. Throws ServiceFaultError.
 */
export async function holdTakenKeys(
	client: XeroClient,
	definition: DocumentDefinition,
	rows: readonly Row[],
	{ severities, isNumberedByTemplate, giveWay = NEVER_GIVES_WAY }: TakenOptions,
): Promise<void> {
	const changed: Changed[] = [];
	for (const { row, plan } of planned(rows, 'update')) {
		const changes = changedKeys(definition, plan);
		if (changes.length > 0) changed.push({ row, plan, changes });
		await giveWay();
	}
	if (changed.length === 0) return;
	const present = await holdersOf(
		client,
		definition,
		changed.flatMap(({ changes }) => changes),
	);
	const getting = rowsGetting(definition, rows);
	for (const { row, plan, changes } of changed) {
		await giveWay();
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
		const rival = rivalOf(row, changes, getting);
		if (rival && row.plan === plan) row.plan = heldForRival(definition, plan, rival, severities);
	}
}

type Update = Extract<Plan, { action: 'update' }>;

/** A row whose plan changes keys of its document. */
interface Changed {
	readonly row: Row;
	readonly plan: Update;
	readonly changes: readonly KeyChange[];
}

interface Rival {
	readonly key: DocumentKey;
	/** The record of the run that gets the same. */
	readonly row: Row;
}

const slotOf = (path: string, value: string) => `${path} ${foldText(value)}`;

/** The rows whose plan gives their document a number, code or name, by that value. */
function rowsGetting(
	definition: DocumentDefinition,
	rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
	const entries = planned(rows, 'create', 'update').flatMap(({ row, plan }) =>
		ownKeys(definition).flatMap(({ path }): [string, Row][] => {
			const value = headerText(plan.draft, path);
			return value === undefined ? [] : [[slotOf(path, value), row]];
		}),
	);
	return grouped(entries);
}

/** Another record of the run that gets what an update changes a key to. */
function rivalOf(
	row: Row,
	changes: readonly KeyChange[],
	getting: ReadonlyMap<string, readonly Row[]>,
): Rival | undefined {
	for (const { key, value } of changes) {
		const rival = getting
			.get(slotOf(key.path, value))
			?.find(
				(other) =>
					!isSameRecord(other, row) &&
					(!key.withinContact || contactIdOf(other) === contactIdOf(row)),
			);
		if (rival) return { key, row: rival };
	}
	return undefined;
}

interface TakenOptions {
	readonly severities: RuleSeverities;
	/** Numbers are made by a template, so that what is to be mended is the template. */
	readonly isNumberedByTemplate?: boolean;
	readonly giveWay?: GiveWay;
}

interface KeyChange {
	readonly key: DocumentKey;
	readonly value: string;
	readonly parentId?: string;
}

/** The keys of its own that an update would change on a document. */
function changedKeys(
	definition: DocumentDefinition,
	{ changes, draft, document }: Update,
): KeyChange[] {
	const { parentPath } = definition.wire;
	const parentId = parentPath && textOf(document.fields[parentPath]);
	return ownKeys(definition).flatMap((key) => {
		const value = headerText(draft, key.path);
		return value !== undefined && changes.some(({ field }) => field === key.path)
			? [{ key, value, parentId }]
			: [];
	});
}

/** Keys that one document alone should have. */
function ownKeys({ keys, numberPath }: DocumentDefinition): DocumentKey[] {
	return keys.filter(
		({ enforced, isShared, path }) => enforced || (path === numberPath && !isShared),
	);
}

async function holdersOf(
	client: XeroClient,
	definition: DocumentDefinition,
	changes: readonly KeyChange[],
): Promise<readonly XeroDocument[]> {
	const valuesOf = (path: string) => [
		...new Set(changes.filter(({ key }) => key.path === path).map(({ value }) => value)),
	];
	if (definition.isContact) {
		const numbers = valuesOf('contactNumber');
		return await findContacts(client, { numbers, names: valuesOf('name') });
	}
	const paths = [...new Set(changes.map(({ key }) => key.path))];
	return await findDocuments(client, definition, {
		values: Object.fromEntries(paths.map((path) => [path, valuesOf(path)])),
		parentIds: changes.flatMap(({ parentId }) => parentId ?? []),
	});
}

interface Taken {
	readonly definition: DocumentDefinition;
	readonly plan: Plan;
	readonly key: DocumentKey;
	/** The document that has it. */
	readonly taken: XeroDocument;
}

/** Stops a record whose number, code or name another document has. */
export function heldFor(
	{ definition, plan, key, taken }: Taken,
	severities: RuleSeverities,
	isByTemplate = false,
): Plan {
	const { draft } = plan;
	const name = keyName(definition, key.path);
	const label = definition.isContact ? contactLabel(taken) : documentLabel(definition, taken);
	const found = issueOf(
		isByTemplate ? LATE_RULES.numberOfOtherRecord : LATE_RULES.keyOfAnother,
		{
			field: key.path,
			message: isByTemplate
				? `The number "${headerText(draft, key.path) ?? ''}" belongs to ${label} in Xero, which looks like the document of another record.`
				: `The record’s ${name} is now "${headerText(draft, key.path) ?? ''}", which ${label} has in Xero.`,
			fix: isByTemplate
				? 'Add a field to the number template that is different for each record. If it is the record’s own document, keep its Xero ID in Knack.'
				: `Give the record its own ${name} in Knack, or change that of the other in Xero first.`,
		},
		severities,
		{ candidates: [{ id: taken.id, label }] },
	);
	return stopOf(plan, found);
}

function heldForRival(
	definition: DocumentDefinition,
	plan: Plan,
	{ key, row }: Rival,
	severities: RuleSeverities,
): Plan {
	const name = keyName(definition, key.path);
	const found = issueOf(
		LATE_RULES.keyOfAnother,
		{
			field: key.path,
			message: `The record’s ${name} is now "${headerText(plan.draft, key.path) ?? ''}", which another record of this run gets too (${wordsForRecord(row)}).`,
			fix: `Give each record its own ${name} in Knack.`,
		},
		severities,
	);
	return stopOf(plan, found);
}

/** A record as a person knows it. */
function wordsForRecord({ draft }: Row): string {
	const { name, emailAddress, contactNumber } = draft.fields;
	const words = [name, contactNumber, emailAddress].map(textOf).filter(Boolean);
	return words.length > 0 ? words.join(', ') : `record ${draft.source.knackRecordId ?? ''}`.trim();
}

function stopOf({ draft, key, contentHash }: Plan, found: readonly Issue[]): Plan {
	return { action: 'stop', draft, key, contentHash, issues: [...draft.issues, ...found] };
}
