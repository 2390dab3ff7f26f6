import { isSameText } from '../../foldText';
import type { Issue } from '../../issue';
import type { KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import { findField, findTable } from '../../knack/tables';
import { faultOr } from '../../serviceFault';
import type { Outcome } from '../outcome';
import { WRITE_BACK_LABELS, type WriteBackFields } from '../outcomeWriteBack';
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
	const issues: Issue[] = [];
	const seen = new Set<string>();
	for (const of of ran.outcomes) {
		const { knackRecordId, table = unlinking.table } = of.source ?? {};
		if (knackRecordId === undefined || table === undefined) continue;
		if (NO_RECORD.test(knackRecordId) || seen.has(knackRecordId)) continue;
		seen.add(knackRecordId);
		const done = await unlinkOne(
			client,
			{ ran, of, table, recordId: knackRecordId },
			unlinking,
			outcome,
		);
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

interface Linked {
	readonly ran: RanDocument;
	readonly of: RanOutcome;
	readonly table: string;
	readonly recordId: string;
}

/** What tells to which document a record belongs: the first of them that is written back. */
const NAMING = ['xeroId', 'link', 'onlineLink', 'number'] as const satisfies readonly Part[];

async function unlinkOne(
	client: KnackClient,
	{ ran, of, table: named, recordId }: Linked,
	{ fields, isPreview }: Unlinking,
	outcome: Outcome,
): Promise<{ readonly operations: readonly string[]; readonly issues: readonly Issue[] }> {
	const app = await client.app();
	const table = findTable(app, named);
	if (!table) {
		return {
			operations: [],
			issues: [
				{
					code: 'KNACK_TABLE_MISSING',
					severity: 'warn',
					message: `Not taken off the Knack record: the Knack app has no table "${named}".`,
					fix: 'Choose the table again under Write Back to Knack.',
				},
			],
		};
	}
	const record = await client.record(table.key, recordId);
	if (!record) return { operations: [], issues: [] };
	const shown = shownParts(table, record, fields);
	const wrote = wrotePart(ran, of);
	const naming = NAMING.find((part) => shown.has(part));
	const own = naming === undefined ? '' : (shown.get(naming) ?? '');
	const theirs = naming === 'number' ? of.document.number : wrote[naming ?? 'xeroId'];
	if (own !== '' && !isSame(own, theirs)) {
		const issue = undoIssue(UNDO_RULES.knackChanged, {
			field: naming ?? 'xeroId',
			message: 'The Knack record belongs to another document of Xero by now, and stays as it is.',
			fix: 'Nothing is to be done, unless it should not.',
		});
		return { operations: [], issues: [issue] };
	}
	const emptied = [...shown].flatMap(([part, present]) =>
		present !== '' && isSame(present, wrote[part]) ? [part] : [],
	);
	if (emptied.length === 0) return { operations: [], issues: [] };
	const values: Record<string, string> = {};
	const keyOf = (part: Part) => findField(table, fields[part] ?? '')?.key ?? '';
	for (const part of emptied) values[keyOf(part)] = '';
	const isTold = keyOf('message') !== '';
	if (isTold) values[keyOf('message')] = messageOf(outcome);
	const mayClear = new Set(emptied.map(keyOf));
	const request: WriteBackRequest = { recordId, record, values, mayClear };
	const [result] = isPreview
		? [foreseenResult(planWriteBack(app, table, record, values, request))]
		: await writeBack(client, table, [request]);
	if (result?.outcome === 'blocked' || result?.outcome === 'failed') {
		return { operations: [], issues: result.issues.map(asWarning) };
	}
	const labels = Object.entries(WRITE_BACK_LABELS)
		.filter(([part]) => emptied.some((each) => each === part))
		.map(([, label]) => label);
	return {
		operations: [
			`Empty ${labels.join(', ')} on the Knack record`,
			...(isTold ? [`Write ${WRITE_BACK_LABELS.message} to the Knack record`] : []),
		],
		issues: [],
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

/** What the fields of a record hold, apart from the message. */
function shownParts(
	table: KnackTable,
	record: KnackRecord,
	fields: WriteBackFields,
): ReadonlyMap<Part, string> {
	const shown = new Map<Part, string>();
	for (const part of Object.keys(WRITE_BACK_LABELS) as Part[]) {
		const name = fields[part];
		const field = name && part !== 'message' ? findField(table, name) : undefined;
		if (!field) continue;
		shown.set(part, String(shownText(decodeField(record, field)) ?? ''));
	}
	return shown;
}

/** "Write Xero ID, Number to the Knack record", as a run tells of it. */
const WROTE = /^Write (.+) to (?:the Knack record|\d+ Knack records)$/;

/**
 * What the run wrote into each field. The number may be the record's own, which it had before: it is
 * taken off only where the run says that it wrote it.
 */
function wrotePart(
	{ definition }: RanDocument,
	{ document, after, sync, operations = [] }: RanOutcome,
): Readonly<Partial<Record<Part, string>>> {
	const written = operations.flatMap((each) => WROTE.exec(each)?.[1]?.split(', ') ?? []);
	const { id, number, status, url } = document;
	const parts: Readonly<Partial<Record<Part, string | undefined>>> = {
		xeroId: id,
		number: written.includes(WRITE_BACK_LABELS.number) ? number : undefined,
		status: status === undefined ? undefined : statusName(definition, status),
		link: url,
		onlineLink: after?.onlineInvoiceUrl,
		fingerprint: sync?.fingerprint,
	};
	return Object(
		Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)),
	);
}

function isSame(present: string, wrote: string | undefined): boolean {
	return wrote !== undefined && isSameText(present, wrote);
}
