import { isSameText } from '../../foldText';
import { grouped } from '../../grouped';
import type { Issue } from '../../issue';
import type { KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import { findField, findTable } from '../../knack/tables';
import { faultOr } from '../../serviceFault';
import type { Outcome } from '../outcome';
import { labelsOf, WRITE_BACK_LABELS, type WriteBackFields } from '../outcomeWriteBack';
import { statusName } from '../status/statusName';
import { faultIssue } from '../words/faultIssue';
import { foreseenResult, planWriteBack, writeBack, type WriteBackRequest } from '../writeBack';
import type { RanDocument } from './ranDocument';
import type { RanOutcome } from './ranOutcome';
import type { UndoReport } from './undo';
import { UNDO_RULES, undoIssue } from './undoRules';

type Part = keyof WriteBackFields;
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

/** Documents of which nothing counts in Xero any more, so that their records are free again. */
function isGone({ ran, outcome }: Told): boolean {
	const isOff = ['undone', 'wouldUndo', 'unchanged'].includes(outcome.outcome);
	return isOff && (ran.did === 'created' || ran.did === 'linked');
}

/**
 * Takes what the run wrote off the Knack records of documents that are taken back: each field only
 * while it still holds that. Whatever goes wrong becomes a warning of the outcome.
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
		if (!isGone(each)) {
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

/** A Knack record of a document, with the outcomes that are of it. */
interface Linked {
	readonly ran: RanDocument;
	readonly of: readonly RanOutcome[];
	/** Key or name. */
	readonly table: string;
	readonly recordId: string;
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
	const due = parts.filter(({ present, after }) => present !== '' && isAmong(present, after));
	const issues = numberKept(parts, due, linked);
	if (due.length === 0) return { operations: [], issues };
	const values = Object.fromEntries(due.map(({ key, before }) => [key, before]));
	const message = findField(table, fields.message ?? '')?.key;
	if (message !== undefined) values[message] = messageOf(outcome);
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
	{ ran: { left }, of, recordId }: Linked,
): Issue[] {
	const number = parts.find(({ part }) => part === 'number');
	if (!number || due.includes(number)) return [];
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
function messageOf({ summary }: Outcome): string {
	const what = summary.replace(/^(Would undo|Undid|Nothing to undo of) /, '');
	return `Undone: ${what}. Empty this field to have the record sent again.`;
}

/** A field of a record that is written back: what it holds, what runs wrote, and what it had before. */
interface ShownPart {
	readonly part: Part;
	readonly key: string;
	readonly present: string;
	readonly before: string;
	readonly after: readonly string[];
}

/** The fields of a record, apart from the message. */
function partsOf(
	table: KnackTable,
	record: KnackRecord,
	fields: WriteBackFields,
	{ ran, of, recordId }: Linked,
): ShownPart[] {
	return (Object.keys(WRITE_BACK_LABELS) as Part[]).flatMap((part): ShownPart[] => {
		const name = fields[part];
		const field = name && part !== 'message' ? findField(table, name) : undefined;
		if (!field) return [];
		const { key } = field;
		const written = of.flatMap((each) => {
			const all = (each.writtenBack ?? []).filter(isOf(key, recordId));
			const mayBeOwn = part === 'number' && hasOwnNumber(ran, each);
			return mayBeOwn ? all.filter(({ before }) => before !== undefined) : all;
		});
		return [
			{
				part,
				key,
				present: String(shownText(decodeField(record, field)) ?? ''),
				before: beforeAll(written),
				after: [
					...written.flatMap(({ after }) => after ?? []),
					...of.flatMap((each) => partOf(ran, each)[part] ?? []),
				],
			},
		];
	});
}

/** What the field had before the first run, or what somebody has entered between two of them. */
function beforeAll(written: readonly WrittenField[]): string {
	const own = written.filter(({ before }, at) => {
		const earlier = written.slice(0, at);
		return !earlier.some(({ after = '' }) => isSameText(before ?? after, after));
	});
	return own.at(-1)?.before ?? '';
}

/**
 * What a run writes of its document. The number may be the record's own, which it had before, unless
 * Xero gave it.
 */
function partOf(
	ran: RanDocument,
	each: RanOutcome,
): Readonly<Partial<Record<Part, string | undefined>>> {
	const { outcome, document, after, sync } = each;
	const { id, number, status, url } = document;
	return {
		xeroId: id,
		number: outcome === 'created' && !hasOwnNumber(ran, each) ? number : undefined,
		status: status === undefined ? undefined : statusName(ran.definition, status),
		link: url,
		onlineLink: after?.onlineInvoiceUrl,
		fingerprint: sync?.fingerprint,
	};
}

function hasOwnNumber({ definition }: RanDocument, { changes = [] }: RanOutcome): boolean {
	return changes.some(({ field }) => field === definition.numberPath);
}

type WrittenField = NonNullable<RanOutcome['writtenBack']>[number];

function isOf(key: string, record: string): (each: WrittenField) => boolean {
	return ({ field, knackRecordId }) => field === key && knackRecordId === record;
}

function isAmong(present: string, texts: readonly string[]): boolean {
	return texts.some((text) => isSameText(present, text));
}
