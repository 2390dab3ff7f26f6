import type { Issue } from '../issue';
import type { KnackField, KnackTable } from '../knack/app';
import type { KnackClient } from '../knack/client';
import { fieldLabel, findField, findTable } from '../knack/tables';
import type { DocumentDefinition } from '../xero/documents/definition';
import { isForCustomer } from './afterWrite/emailInvoice';
import { isNumbered } from './map/numbering';
import { isAsPlanned } from './outcomes';
import { ATTENTION, type Outcome, type OutcomeKind, type WrittenBack } from './outcome';
import { statusAfter } from './status/statusAfter';
import { statusName } from './status/statusName';
import { waitsForLimits } from './words/notSent';
import { planWriteBack, writeBack, type WriteBackRequest, type WriteBackResult } from './writeBack';

/** Knack fields, by key or label, that take what became of a record; those left out stay alone. */
export interface WriteBackFields {
	readonly xeroId?: string;
	readonly number?: string;
	readonly status?: string;
	readonly link?: string;
	/** Where the customer sees and pays the invoice, when that was read. */
	readonly onlineLink?: string;
	/** Keeps what was last sent; read with the next run. */
	readonly fingerprint?: string;
	/** Takes the trouble of a record in words, and is emptied when the trouble is gone. */
	readonly message?: string;
	/** Takes the plan number of a record that waits for approval. */
	readonly planNumber?: string;
}

/** A Knack record that an outcome belongs to. */
export interface WriteBackTarget {
	readonly outcome: Outcome;
	/** Key or name. */
	readonly table: string;
	readonly recordId: string;
	/** What the workflow's item shows of the record, by field label. */
	readonly shown: Readonly<Record<string, unknown>>;
}

/** What the settings call the parts, in the order in which they are told. */
export const WRITE_BACK_LABELS = {
	xeroId: 'Xero ID',
	number: 'Number',
	status: 'Status',
	link: 'Link',
	onlineLink: 'Online Invoice Link',
	fingerprint: 'Sync Fingerprint',
	message: 'Message',
	planNumber: 'Plan Number',
} as const satisfies Record<keyof WriteBackFields, string>;

type Part = keyof WriteBackFields;

const IN_XERO: ReadonlySet<OutcomeKind> = new Set(['created', 'updated', 'unchanged', 'linked']);
const WILL_BE_IN_XERO: ReadonlySet<OutcomeKind> = new Set([
	'wouldCreate',
	'wouldUpdate',
	'wouldLink',
]);

/** What Xero gives with the document, so that a preview knows only that it comes. */
const TO_COME = Symbol('to come');

type Told = string | typeof TO_COME;

/** The values for each of the fields: what is known of the document, or the trouble in words. */
function valuesFor(
	outcome: Outcome,
	definition: DocumentDefinition,
): Partial<Record<Part, Told | undefined>> {
	if (IN_XERO.has(outcome.outcome) || WILL_BE_IN_XERO.has(outcome.outcome)) {
		const { id, url } = outcome.document;
		const isNew = id === undefined;
		const status = statusAfter(definition, outcome);
		return {
			xeroId: isNew ? TO_COME : id,
			number: numberAfter(definition, outcome),
			status:
				status === undefined
					? isNew && definition.statusPath !== undefined
						? TO_COME
						: undefined
					: statusName(definition, status),
			link: isNew ? TO_COME : url,
			onlineLink:
				outcome.after?.onlineInvoiceUrl ??
				(WRITES.has(outcome.outcome) && isForCustomer(definition, status) ? TO_COME : undefined),
			fingerprint: outcome.sync.fingerprint,
			message: '',
		};
	}
	if (waitsForLimits(outcome)) return { message: '' };
	if (!ATTENTION.has(outcome.outcome)) return {};
	const told = { message: troubleInWords(outcome.issues), planNumber: planToApprove(outcome) };
	return isAsPlanned(outcome.outcome, outcome.issues)
		? { ...told, fingerprint: outcome.sync.fingerprint }
		: told;
}

/** That of a plan which waits for approval, or has lost it. */
function planToApprove({ outcome, approval }: Outcome): string | undefined {
	const isApproved = approval?.approvedBy !== undefined;
	return outcome === 'held' && !isApproved ? approval?.planNumber : undefined;
}

/**
 * Why a record that is not in Xero was left out. One that has an ID, or may have one that the item
 * does not show, is told nothing; nor is one that Adopt did not find, since it is still to be posted.
 */
function leftOutInWords(
	{ outcome, reason, summary }: Outcome,
	shown: WriteBackTarget['shown'],
	table: KnackTable,
	{ xeroId }: WriteBackFields,
): string | undefined {
	if (outcome !== 'skipped' || reason === 'notInXero' || !xeroId) return undefined;
	const field = findField(table, xeroId);
	const present = shown[field ? fieldLabel(table, field) : xeroId];
	if (present === undefined || !isSame(present, '')) return undefined;
	return `${summary.replace(/\.?$/, '.')} Change that and empty this field, or run the record again.`;
}

/** Outcomes of a preview whose documents are written. */
const WRITES: ReadonlySet<OutcomeKind> = new Set(['wouldCreate', 'wouldUpdate']);

function numberAfter(definition: DocumentDefinition, outcome: Outcome): Told | undefined {
	const { id, number } = outcome.document;
	const change = outcome.changes.find(({ field }) => field === definition.numberPath);
	if (WRITES.has(outcome.outcome) && typeof change?.after === 'string') return change.after;
	const isGiven = id === undefined && isNumbered(definition) && !definition.isNumberedByThem;
	return number ?? (isGiven ? TO_COME : undefined);
}

/** What keeps a record from Xero, with the way out, for a field of the record itself. */
function troubleInWords(issues: readonly Issue[]): string {
	const stopping = issues.filter(({ severity }) => severity !== 'warn');
	return (stopping.length > 0 ? stopping : issues)
		.map(({ message, fix }) => `${message} ${fix}`)
		.join('\n');
}

/** What was written into one Knack record, or would be. */
export interface ToldRecord {
	readonly written: readonly Part[];
	/** The same field by field, but for what only Xero's answer tells. */
	readonly fields: readonly WrittenBack[];
	/** Whether the trouble that a record tells of is gone. */
	readonly isMessageEmptied: boolean;
	/** What went wrong, as warnings. */
	readonly issues: readonly Issue[];
}

/**
 * Writes what became of records into their Knack fields and gives what was done, by target.
 * A value that the item already shows is not written; for an unchanged document nothing is written
 * that the item does not show to be missing, so that a second run costs no call. Throws
 * ServiceFaultError when the app's structure cannot be read.
 */
export async function writeOutcomesBack(
	client: KnackClient,
	definition: DocumentDefinition,
	targets: readonly WriteBackTarget[],
	fields: WriteBackFields,
): Promise<Map<WriteBackTarget, ToldRecord>> {
	return await forEachTable(client, targets, async (table, own) => {
		const due = requestsFor(own, definition, table, fields);
		if (due.length === 0) return [];
		const results = await writeBack(
			client,
			table,
			due.map(({ request }) => request),
		);
		return due.map((each, index) => toldBy(each, results[index]));
	});
}

/** What `writeOutcomesBack` would do. Reads the app's structure alone. */
export async function foreseeWriteBack(
	client: KnackClient,
	definition: DocumentDefinition,
	targets: readonly WriteBackTarget[],
	fields: WriteBackFields,
): Promise<Map<WriteBackTarget, ToldRecord>> {
	const app = await client.app();
	return await forEachTable(client, targets, (table, own) =>
		requestsFor(own, definition, table, fields).map((each) => {
			const { record, values } = each.request;
			const { issues } = planWriteBack(app, table, record, values, each.request);
			return toldBy(each, issues.length > 0 ? { outcome: 'blocked', issues } : undefined);
		}),
	);
}

/** A record of which nothing was written. */
export const UNTOLD = { written: [], fields: [], isMessageEmptied: false };

type ByTarget = ReadonlyArray<readonly [WriteBackTarget, ToldRecord]>;

async function forEachTable(
	client: KnackClient,
	targets: readonly WriteBackTarget[],
	work: (table: KnackTable, own: readonly WriteBackTarget[]) => ByTarget | Promise<ByTarget>,
): Promise<Map<WriteBackTarget, ToldRecord>> {
	const told = new Map<WriteBackTarget, ToldRecord>();
	if (targets.length === 0) return told;
	const app = await client.app();
	for (const tableName of new Set(targets.map(({ table }) => table))) {
		const own = targets.filter(({ table }) => table === tableName);
		const table = findTable(app, tableName);
		const missing = { ...UNTOLD, issues: [tableMissing(tableName)] };
		const done = table ? await work(table, own) : own.map((target) => [target, missing] as const);
		for (const [target, each] of done) told.set(target, each);
	}
	return told;
}

function toldBy(
	{ target, parts }: DueTarget,
	result: WriteBackResult | undefined,
): readonly [WriteBackTarget, ToldRecord] {
	if (result?.outcome === 'blocked' || result?.outcome === 'failed') {
		return [target, { ...UNTOLD, issues: result.issues.map(asWarning) }];
	}
	return [target, { ...parts, issues: [] }];
}

/** "Write Xero ID, Number to the Knack record": what is done to the Knack records of an outcome. */
export function writeBackInWords(records: readonly ToldRecord[]): string[] {
	const sentences = records.flatMap(({ written, isMessageEmptied }) => [
		...(written.length > 0 ? [`Write ${labelsOf(written)} to`] : []),
		...(isMessageEmptied ? [`Empty ${WRITE_BACK_LABELS.message} on`] : []),
	]);
	return [...new Set(sentences)].map((sentence) => {
		const count = sentences.filter((other) => other === sentence).length;
		return `${sentence} ${count === 1 ? 'the Knack record' : `${count} Knack records`}`;
	});
}

/** "Xero ID, Number", in the order in which they are told. */
export function labelsOf(parts: readonly Part[]): string {
	return Object.entries(WRITE_BACK_LABELS)
		.filter(([part]) => parts.some((each) => each === part))
		.map(([, label]) => label)
		.join(', ');
}

interface DueTarget {
	readonly target: WriteBackTarget;
	readonly request: WriteBackRequest;
	readonly parts: Omit<ToldRecord, 'issues'>;
}

function requestsFor(
	targets: readonly WriteBackTarget[],
	definition: DocumentDefinition,
	table: KnackTable,
	fields: WriteBackFields,
): DueTarget[] {
	return targets.flatMap((target) => requestFor(target, definition, table, fields) ?? []);
}

function requestFor(
	target: WriteBackTarget,
	definition: DocumentDefinition,
	table: KnackTable,
	fields: WriteBackFields,
): DueTarget | undefined {
	const { outcome, recordId, shown } = target;
	const meant: ReturnType<typeof valuesFor> = {
		message: leftOutInWords(outcome, shown, table, fields),
		...valuesFor(outcome, definition),
	};
	const values: Record<string, string | { url: string; label: string }> = {};
	const written: Part[] = [];
	const told: WrittenBack[] = [];
	for (const [part, name] of Object.entries(fields) as Array<[Part, string]>) {
		const value = meant[part];
		if (!name || value === undefined || (value === '' && part !== 'message')) continue;
		const field = findField(table, name);
		const present = shown[field ? fieldLabel(table, field) : name];
		const isShown = present !== undefined;
		if (isShown ? isSame(present, value) : outcome.outcome === 'unchanged') continue;
		if (value !== '') written.push(part);
		if (value === TO_COME) continue;
		// As Payment Status to Knack writes it, so that neither undoes the other's.
		values[field?.key ?? name] =
			field?.type === 'link' && value !== ''
				? { url: value, label: outcome.document.number ?? 'Open in Xero' }
				: value;
		if (field) told.push(...fieldTold(present, value, { table, field, recordId }));
	}
	const messageKey = fields.message ? findField(table, fields.message)?.key : undefined;
	const mayEmpty = messageKey !== undefined && values[messageKey] === '';
	// Emptying a message that the item does not show is worth no request of its own, nor a word.
	const isMessageEmptied = mayEmpty && showsMessage(shown, table, fields);
	if (written.length === 0 && !isMessageEmptied) return undefined;
	const parts = { written, fields: told, isMessageEmptied };
	if (!mayEmpty) return { target, request: { recordId, values }, parts };
	// What the record holds is known for the message alone: something, which is to be emptied.
	const record = { id: recordId, [messageKey]: 'some trouble' };
	const request = { recordId, record, values, mayClear: new Set([messageKey]) };
	return { target, request, parts };
}

/** None where nothing is known to stand in a field that is emptied. */
function fieldTold(
	present: unknown,
	after: string,
	{ table, field, recordId }: { table: KnackTable; field: KnackField; recordId: string },
): WrittenBack[] {
	const isText = present !== undefined && typeof present !== 'object';
	const before = isText ? String(present) : present === null ? '' : undefined;
	if (after === '' && !before) return [];
	return [
		{
			where: fieldLabel(table, field),
			...(before === undefined ? {} : { before }),
			after,
			field: field.key,
			knackRecordId: recordId,
			table: table.key,
		},
	];
}

function showsMessage(
	shown: WriteBackTarget['shown'],
	table: KnackTable,
	{ message }: WriteBackFields,
): boolean {
	const field = message ? findField(table, message) : undefined;
	const present = field && shown[fieldLabel(table, field)];
	return present !== undefined && !isSame(present, '');
}

function isSame(present: unknown, value: Told): boolean {
	if (value === TO_COME) return false;
	if (present === null) return value === '';
	if (typeof present === 'object') return false;
	return String(present).trim() === value.trim();
}

/** The document itself is as it should be; only Knack does not say so yet. */
function asWarning(issue: Issue): Issue {
	return { ...issue, severity: 'warn', message: `Not written back to Knack: ${issue.message}` };
}

function tableMissing(name: string): Issue {
	return asWarning({
		code: 'KNACK_TABLE_MISSING',
		severity: 'warn',
		message: `the Knack app has no table "${name}".`,
		fix: 'Choose the table again under Write Back to Knack.',
	});
}
