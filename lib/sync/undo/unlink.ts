import { grouped } from '../../grouped';
import type { Issue } from '../../issue';
import type { KnackClient } from '../../knack/client';
import { findField, findTable } from '../../knack/tables';
import { faultOr } from '../../serviceFault';
import type { Outcome } from '../outcome';
import { labelsOf, WRITE_BACK_LABELS, type WriteBackFields } from '../outcomeWriteBack';
import { faultIssue } from '../words/faultIssue';
import { foreseenResult, planWriteBack, writeBack, type WriteBackRequest } from '../writeBack';
import {
	duePartsOf,
	isAmong,
	isOf,
	partsOf,
	type Linked,
	type Part,
	type ShownPart,
} from './knackParts';
import type { RanDocument } from './ranDocument';
import type { UndoReport } from './undo';
import { UNDO_RULES, undoIssue } from './undoRules';

type Told = UndoReport['told'][number];

/** What unlinking needs of its run. */
interface Unlinking {
	readonly fields: WriteBackFields;
	/** Says what would be written, and writes nothing. */
	readonly isPreview: boolean;
	/** Table of records whose item names none; key or name. */
	readonly table?: string;
	/** Why nothing is written: Knack is told of what was undone just now alone. */
	readonly heldBy?: Issue;
}

/** Documents that are as before the run, or of which nothing counts in Xero any more. */
function isTakenBack({ ran: { did }, outcome }: Told): boolean {
	const isOff = ['undone', 'wouldUndo', 'unchanged'].includes(outcome.outcome);
	return isOff && (did === 'created' || did === 'linked' || did === 'updated');
}

/**
 * Takes what the run wrote off the Knack records of documents that are taken back: each field only
 * while it still holds that; which of them, says `duePartsOf`. Whatever goes wrong becomes a warning
 * of the outcome.
 */
export async function unlinkRecords(
	knack: () => Promise<KnackClient>,
	told: readonly Told[],
	unlinking: Unlinking,
): Promise<Outcome[]> {
	if (Object.values(unlinking.fields).every((field) => !field)) {
		return told.map(({ outcome }) => outcome);
	}
	const outcomes: Outcome[] = [];
	for (const each of told) {
		if (!isTakenBack(each)) {
			outcomes.push(each.outcome);
			continue;
		}
		const { outcome } = each;
		if (unlinking.heldBy && outcome.outcome !== 'undone') {
			outcomes.push({ ...outcome, issues: [...outcome.issues, asWarning(unlinking.heldBy)] });
			continue;
		}
		const done = await faultOr(unlinkAll(await knack(), each, unlinking));
		outcomes.push(
			done.ok
				? done.value
				: {
						...each.outcome,
						issues: [...each.outcome.issues, { ...faultIssue(done.failure), severity: 'warn' }],
					},
		);
	}
	return outcomes;
}

/** Stands in samples where a record's id would; Knack gives it to none. */
const NO_RECORD = /^0+$/;

async function unlinkAll(
	client: KnackClient,
	{ ran, outcome }: Told,
	unlinking: Unlinking,
): Promise<Outcome> {
	const operations: string[] = [];
	const issues: Issue[] = linesKept(ran);
	for (const linked of linkedRecords(ran, unlinking.table)) {
		const done = await unlinkOne(client, linked, unlinking, outcome);
		operations.push(...done.operations);
		issues.push(...done.issues);
	}
	if (operations.length === 0) return { ...outcome, issues: [...outcome.issues, ...issues] };
	const isUndone = outcome.outcome === 'unchanged';
	const kind = unlinking.isPreview ? 'wouldUndo' : 'undone';
	const verb = unlinking.isPreview ? 'Would undo' : 'Undid';
	return {
		...outcome,
		...(isUndone
			? { outcome: kind, summary: `${verb} ${outcome.subject}: ${operations.join('; ')}` }
			: {}),
		operations: [...(outcome.operations ?? []), ...operations],
		issues: [...outcome.issues, ...issues],
	};
}

/** The record of each outcome, and all that it has written, as where items are lines. */
function linkedRecords(ran: RanDocument, otherwise: string | undefined): Linked[] {
	const named = ran.outcomes.flatMap((of) => {
		const { knackRecordId, table = otherwise } = of.source ?? {};
		return [{ knackRecordId, table }, ...(of.writtenBack ?? [])].map(
			(place) => [place.knackRecordId ?? '', { of, table: place.table }] as const,
		);
	});
	return [...grouped(named)].flatMap(([recordId, own]) => {
		const table = own.find((each) => each.table !== undefined)?.table;
		if (table === undefined || recordId === '' || NO_RECORD.test(recordId)) return [];
		return [{ ran, of: [...new Set(own.map(({ of }) => of))], table, recordId }];
	});
}

/** What is done to a record. */
interface Unlinked {
	readonly operations: readonly string[];
	readonly issues: readonly Issue[];
}

/** What tells to which document a record belongs: the first of them that is written back. */
const NAMING = ['xeroId', 'link', 'onlineLink', 'number'] as const satisfies readonly Part[];

async function unlinkOne(
	client: KnackClient,
	linked: Linked,
	{ fields, isPreview }: Unlinking,
	outcome: Outcome,
): Promise<Unlinked> {
	const app = await client.app();
	const table = findTable(app, linked.table);
	if (!table) return { operations: [], issues: [tableMissing(linked.table)] };
	const record = await client.record(table.key, linked.recordId);
	if (!record) return { operations: [], issues: [] };
	const parts = partsOf(table, record, fields, linked);
	const other = ofAnother(parts, linked.ran);
	if (other) return { operations: [], issues: [other] };
	const due = duePartsOf(parts, linked.ran, outcome);
	const issues = numberKept(parts, due, linked);
	const message = findField(table, fields.message ?? '')?.key;
	const isChangedBack = linked.ran.did === 'updated' && outcome.outcome !== 'unchanged';
	const isTold = due.length > 0 || (isChangedBack && message !== undefined);
	if (!isTold) return { operations: [], issues };
	const values = Object.fromEntries(due.map(({ key, before }) => [key, before]));
	if (message !== undefined) values[message] = messageOf(linked.ran, outcome);
	const mayClear = new Set(due.map(({ key }) => key));
	const request: WriteBackRequest = { recordId: linked.recordId, record, values, mayClear };
	const [result] = isPreview
		? [foreseenResult(planWriteBack(app, table, record, values, request))]
		: await writeBack(client, table, [request]);
	if (result?.outcome === 'blocked' || result?.outcome === 'failed') {
		return { operations: [], issues: result.issues.map(asWarning) };
	}
	return {
		operations: [
			...told('Empty', due, ({ before }) => before === ''),
			...told('Give back', due, ({ before }) => before !== ''),
			...(message === undefined ? [] : [`Write ${WRITE_BACK_LABELS.message} to the Knack record`]),
		],
		issues,
	};
}

function told(verb: string, due: readonly ShownPart[], fits: (part: ShownPart) => boolean) {
	const own = due.filter(fits).map(({ part }) => part);
	return own.length === 0 ? [] : [`${verb} ${labelsOf(own)} on the Knack record`];
}

/** Of a record that belongs to another document by now. */
function ofAnother(parts: readonly ShownPart[], { left }: RanDocument): Issue | undefined {
	const [naming] = NAMING.flatMap((name) => parts.find(({ part }) => part === name) ?? []);
	if (!naming || naming.present === '') return undefined;
	const { part, present, before, after } = naming;
	const own = part === 'number' && left.number !== undefined ? [left.number] : [];
	if (isAmong(present, [...after, ...own, before])) return undefined;
	return undoIssue(UNDO_RULES.knackChanged, {
		field: part,
		message: 'The Knack record belongs to another document of Xero by now, and stays as it is.',
		fix: 'Nothing is to be done, unless it should not.',
	});
}

/**
 * A number that the record may have had before: the Sync Log has no row of what is written to Knack, and
 * an item may not have shown it.
 */
function numberKept(
	parts: readonly ShownPart[],
	due: readonly ShownPart[],
	{ ran: { left, did }, of, recordId }: Linked,
): Issue[] {
	const number = parts.find(({ part }) => part === 'number');
	if (!number || due.includes(number) || did === 'updated') return [];
	const isDoubtful = of.some(
		({ isOfLog, writtenBack = [] }) => isOfLog || writtenBack.some(isOf(number.key, recordId)),
	);
	if (!isDoubtful) return [];
	if (left.number === undefined || !isAmong(left.number, [number.present])) return [];
	return [
		undoIssue(UNDO_RULES.knackChanged, {
			field: 'number',
			message: `${left.number} stays on the Knack record: it is not told whether it had that number before.`,
			fix: 'Empty the field by hand, unless it had.',
		}),
	];
}

/** Records of lines: the Sync Log names that of the document alone. */
function linesKept({ outcomes }: RanDocument): Issue[] {
	const isOfLines = outcomes.some(
		({ isOfLog, source }) => isOfLog && source?.table && source.knackRecordId === undefined,
	);
	if (!isOfLines) return [];
	return [
		undoIssue(UNDO_RULES.knackChanged, {
			message:
				'The Knack records of its lines keep what the run wrote: the Sync Log does not tell which they are.',
			fix: 'Run Undo with the items of that run, which tell it; or empty the fields by hand.',
		}),
	];
}

function tableMissing(name: string): Issue {
	return {
		code: 'KNACK_TABLE_MISSING',
		severity: 'warn',
		message: `Not taken off the Knack record: the Knack app has no table "${name}".`,
		fix: 'Choose the table again under Write Back to Knack.',
	};
}

function asWarning(issue: Issue): Issue {
	return {
		...issue,
		severity: 'warn',
		message: `Not taken off the Knack record: ${issue.message}`,
	};
}

/** Keeps the record from being sent again until a person has looked at it. */
function messageOf({ did }: RanDocument, { summary }: Outcome): string {
	const what = summary.replace(/^(Would undo|Undid|Nothing to undo of) /, '');
	const next =
		did === 'updated'
			? 'Put the record right, and empty this field'
			: 'Empty this field to have the record sent again';
	return `Undone: ${what}. ${next}.`;
}
