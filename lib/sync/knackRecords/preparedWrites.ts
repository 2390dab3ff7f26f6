import { foldText } from '../../foldText';
import type { Issue } from '../../issue';
import type { KnackApp, KnackField, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { isBlank } from '../../knack/fields/fieldValue';
import { encodeRecord } from '../../knack/recordWriting';
import { fieldLabel } from '../../knack/tables';
import type { RecordValues } from './linkNames';
import { resolveNames } from './linkNames';
import { matchText } from './matchRecords';

/** What is to become of the records of one table. */
export type WriteAim =
	| { readonly kind: 'create' }
	| { readonly kind: 'update' }
	/** The record that holds the same value in the field is updated, else one is created. */
	| { readonly kind: 'createOrUpdate'; readonly matchField: KnackField };

export interface RecordWrite {
	/** For an update. */
	readonly recordId?: string;
	/** By field key, clean: text, numbers, `YYYY-MM-DD`, names of connected records, parts as objects. */
	readonly values: RecordValues;
}

export interface PreparedWrite {
	readonly recordId?: string;
	/** By field key, as Knack takes them. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** Writes of one group concern the same record and keep their order. */
	readonly group: string;
	/** What the record is looked for by. */
	readonly match?: { readonly text: string; readonly written: unknown };
	/** Why the record cannot be written; then nothing of it is. */
	readonly issues: readonly Issue[];
}

/**
 * Brings records to the form in which Knack takes them, with names looked up and options checked,
 * and writes nothing. A blank leaves its field alone unless `clearsBlanks`. Throws ServiceFaultError.
 */
export async function prepareWrites(
	client: KnackClient,
	app: KnackApp,
	table: KnackTable,
	writes: readonly RecordWrite[],
	{ aim, clearsBlanks }: { aim: WriteAim; clearsBlanks: boolean },
): Promise<PreparedWrite[]> {
	const given = writes.map(({ values }) => meantValues(values, clearsBlanks));
	const resolved = await resolveNames(client, app, table, given);
	return writes.map((write, index) => {
		const { values = {}, issues = [] } = resolved[index] ?? {};
		const encoded = encodeRecord(app, table, values);
		const prepared = { fields: encoded.fields, issues: [...issues, ...encoded.issues] };
		if (aim.kind === 'create') return { ...prepared, group: 'create' };
		if (aim.kind === 'update') return preparedUpdate(write, table, prepared);
		return preparedMatch(aim.matchField, table, index, prepared);
	});
}

function meantValues(values: RecordValues, clearsBlanks: boolean): RecordValues {
	return Object.fromEntries(
		Object.entries(values).filter(
			([, value]) => value !== undefined && (clearsBlanks || !isBlank(value)),
		),
	);
}

type Prepared = Pick<PreparedWrite, 'fields' | 'issues'>;

function preparedUpdate(
	{ recordId = '' }: RecordWrite,
	table: KnackTable,
	prepared: Prepared,
): PreparedWrite {
	if (/^[0-9a-f]{24}$/i.test(recordId)) {
		return { ...prepared, recordId, group: recordId.toLowerCase() };
	}
	return {
		...prepared,
		group: '',
		issues: [recordIdIssue(recordId, table), ...prepared.issues],
	};
}

/** A record that is named by something else than its id, or not at all. */
export function recordIdIssue(recordId: string, table: KnackTable): Issue {
	return {
		code: 'KNACK_RECORD_ID_MISSING',
		severity: 'block',
		message:
			recordId === ''
				? `It is not said which record of ${table.name} is meant.`
				: `"${recordId.slice(0, 60)}" is not the ID of a Knack record.`,
		fix: 'Map the ID of the record (24 letters and digits); items of Knack nodes carry it as knack.recordId.',
	};
}

function preparedMatch(
	field: KnackField,
	table: KnackTable,
	index: number,
	prepared: Prepared,
): PreparedWrite {
	const written = prepared.fields[field.key];
	if (!isBlank(written)) {
		const text = matchText(written, field);
		return { ...prepared, group: foldText(text), match: { text, written } };
	}
	const label = fieldLabel(table, field);
	const explained = prepared.issues.some((issue) => issue.field === label);
	return {
		...prepared,
		group: `blank ${index}`,
		issues: explained
			? prepared.issues
			: [
					{
						code: 'KNACK_MATCH_BLANK',
						severity: 'block',
						field: label,
						message: `${label} is empty, and records are matched by it.`,
						fix: `Give each record a value for ${label}, or match by another field.`,
					},
					...prepared.issues,
				],
	};
}
