import { foldText } from '../../foldText';
import type { Issue } from '../../issue';
import type { KnackApp, KnackRecord } from '../../knack/app';
import { isBlank } from '../../knack/fields/fieldValue';
import { recordTitle } from '../../knack/recordView';
import { echoDifferences, encodeRecord } from '../../knack/recordWriting';
import { fieldLabel } from '../../knack/tables';
import { linkedIds } from '../connectedRecords';
import type { HistorySettings } from './historyFields';
import { keyOf } from './historyOnFile';
import type { HistoryOnFile, HistoryRequest } from './historyOnFile';
import {
	HISTORY_FIELDS,
	historyRows,
	historyValue,
	ownerOfKey,
	standingValue,
} from './historyRows';
import type { HistoryRow } from './historyRows';

type Fields = Readonly<Record<string, unknown>>;

/** One thing to do in the history's table. Fields are by key, as Knack takes them. */
export type HistoryStep =
	| { readonly kind: 'create'; readonly key: string; readonly fields: Fields }
	| { readonly kind: 'update'; readonly record: KnackRecord; readonly fields: Fields }
	| { readonly kind: 'mark'; readonly record: KnackRecord; readonly fields: Fields }
	| { readonly kind: 'delete'; readonly record: KnackRecord };

export interface HistoryPlan {
	readonly steps: readonly HistoryStep[];
	readonly unchanged: number;
	readonly issues: readonly Issue[];
}

export interface HistoryQuestion {
	readonly app: KnackApp;
	readonly settings: HistorySettings;
	readonly onFile: HistoryOnFile;
	/** Ids of payments that Xero says were removed, of those that were asked about. */
	readonly removedPayments: ReadonlySet<string>;
	/** The row's page in Xero. */
	linkOf(row: HistoryRow): string;
}

/**
 * Rows of the record that are of no payment that stands, and whose key does not tell whether they
 * were this invoice's: another invoice of the record may own them, so Xero has to be asked.
 */
export function doubtfulPayments(
	app: KnackApp,
	settings: HistorySettings,
	onFile: HistoryOnFile,
	requests: readonly HistoryRequest[],
): string[] {
	const ids = requests.flatMap((request) =>
		orphans(settings, onFile, request)
			.filter((record) => !isMarked(app, settings, record))
			.map((record) => keyOf(settings, record))
			.filter((key) => ownerOfKey(key, request.snapshot.id) === 'somePayment'),
	);
	return [...new Set(ids.map(foldText))];
}

/** What is to be done so that the history says of one invoice what Xero says. */
export function planHistory(question: HistoryQuestion, request: HistoryRequest): HistoryPlan {
	const { settings, onFile } = question;
	const steps: HistoryStep[] = [];
	const issues: Issue[] = [];
	let unchanged = 0;
	for (const row of historyRows(request.snapshot)) {
		const [record, ...others] = onFile.byKey.get(foldText(row.key)) ?? [];
		if (record && others.length > 0) {
			issues.push(repeated(settings, row, [record, ...others]));
			continue;
		}
		const encoded = encodedRow(question, request, row, record);
		issues.push(...encoded.issues);
		if (!record) {
			const filled = Object.entries(encoded.fields).filter(([, value]) => !isBlank(value));
			steps.push({ kind: 'create', key: row.key, fields: Object.fromEntries(filled) });
		} else if (Object.keys(encoded.fields).length > 0) {
			steps.push({ kind: 'update', record, fields: encoded.fields });
		} else unchanged += 1;
	}
	for (const record of orphans(settings, onFile, request)) {
		const key = keyOf(settings, record);
		const isRemoved =
			ownerOfKey(key, request.snapshot.id) === 'invoice' ||
			question.removedPayments.has(foldText(key));
		if (!isRemoved || isMarked(question.app, settings, record)) continue;
		const removal = removalOf(question, record);
		if ('kind' in removal) steps.push(removal);
		else issues.push(...removal.issues);
	}
	return { steps, unchanged, issues };
}

/** Rows that are connected to the record and are of no payment that the invoice has now. */
function orphans(
	settings: HistorySettings,
	onFile: HistoryOnFile,
	{ snapshot, recordId }: HistoryRequest,
): KnackRecord[] {
	const standing = new Set(historyRows(snapshot).map(({ key }) => foldText(key)));
	return (onFile.byRecord.get(recordId) ?? []).filter(
		(record) => !standing.has(foldText(keyOf(settings, record))),
	);
}

/** The row's values that differ from what the record holds; all of them for a new one. */
function encodedRow(
	{ app, settings, linkOf }: HistoryQuestion,
	{ recordId }: HistoryRequest,
	row: HistoryRow,
	record: KnackRecord | undefined,
): { fields: Fields; issues: Issue[] } {
	const { table, targets } = settings;
	const values: Record<string, unknown> = {};
	if (!record) values[settings.key.key] = row.key;
	// A row that is connected to more than this record stays connected to the others.
	if (!record || !linkedIds(record, settings.record).includes(recordId)) {
		values[settings.record.key] = [recordId];
	}
	for (const target of HISTORY_FIELDS) {
		const field = targets[target];
		if (field) values[field.key] = historyValue(target, field, row, linkOf(row));
	}
	const { fields, issues } = encodeRecord(app, table, values);
	const differing = record && new Set(echoDifferences(table, fields, record));
	return {
		fields: differing
			? Object.fromEntries(Object.entries(fields).filter(([key]) => differing.has(key)))
			: fields,
		issues: issues.map(asWarning),
	};
}

/** A row that says already that its payment was removed. */
function isMarked(app: KnackApp, settings: HistorySettings, record: KnackRecord): boolean {
	const { status } = settings.targets;
	if (!status || settings.whenRemoved === 'delete') return false;
	const values = { [status.key]: standingValue('removed', status) };
	const { fields, issues } = encodeRecord(app, settings.table, values);
	return issues.length === 0 && echoDifferences(settings.table, fields, record).length === 0;
}

function removalOf(
	{ app, settings }: HistoryQuestion,
	record: KnackRecord,
): HistoryStep | { readonly issues: readonly Issue[] } {
	if (settings.whenRemoved === 'delete') return { kind: 'delete', record };
	const { status } = settings.targets;
	if (!status) return { issues: [notMarkable(settings, record)] };
	const values = { [status.key]: standingValue('removed', status) };
	const { fields, issues } = encodeRecord(app, settings.table, values);
	if (issues.length > 0) return { issues: issues.map(asWarning) };
	return { kind: 'mark', record, fields };
}

function notMarkable({ table }: HistorySettings, record: KnackRecord): Issue {
	return {
		code: 'PAYMENT_HISTORY_NOT_MARKED',
		severity: 'warn',
		message: `A payment was removed in Xero, but its row in ${table.name} still stands.`,
		fix: 'Choose a Status field under Payment History Fields, so that such rows are marked as removed, or choose to delete them.',
		candidates: [{ id: record.id, label: recordTitle(record, table) }],
	};
}

function repeated(
	{ table, key }: HistorySettings,
	row: HistoryRow,
	records: readonly KnackRecord[],
): Issue {
	const label = fieldLabel(table, key);
	return {
		code: 'PAYMENT_HISTORY_REPEATED',
		severity: 'warn',
		field: label,
		message: `${records.length} rows of ${table.name} have the ${label} ${row.key}; none of them was changed.`,
		fix: `Keep one of them. Set ${label} in Knack to take unique values only, so that it cannot happen again.`,
		candidates: records
			.slice(0, 10)
			.map((record) => ({ id: record.id, label: recordTitle(record, table) })),
	};
}

/** Trouble with the history does not keep the payment status from its record. */
export function asWarning(issue: Issue): Issue {
	return { ...issue, severity: 'warn' };
}
