import { instantText } from '../../dates';
import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { missingTableWords } from '../../knack/fieldSuccessors';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import { encodeRecord } from '../../knack/recordWriting';
import { findTable } from '../../knack/tables';
import { createOne, updateOne } from '../knackRecords/writeRecord';
import { parseChangesState } from './changesState';
import type { ChangesState } from './changesState';
import { nameRank, refusal } from './fieldFit';

/** What is written of the settlements that are known: more would make the text long for a field. */
const KEPT_KNOWN = 300;

/** How every place begins, as JSON. */
const BEGIN = '{"version":';

/** The table in Knack where runs keep their place, and the field that holds it. */
export interface SyncStateSettings {
	readonly table: KnackTable;
	/** Paragraph Text. */
	readonly field: KnackField;
}

/**
 * The field of a table that can hold a place: Paragraph Text with the word "state" in its name, so
 * that a table of something else is not taken for one.
 */
export function syncStateField(table: KnackTable): KnackField | undefined {
	return table.fields.find(
		(field) => field.type === 'paragraph_text' && nameRank(field, ['sync state', 'state']) >= 0,
	);
}

/** Throws ServiceFaultError when the table is gone, has no field for it, or is one of the others. */
export function findSyncState(
	app: KnackApp,
	chosen: string,
	others: readonly KnackTable[],
): SyncStateSettings {
	const table = findTable(app, chosen);
	if (!table) throw refusal(missingTableWords(app, { key: chosen, name: chosen }));
	const field = syncStateField(table);
	if (!field) {
		throw refusal({
			message: `${table.name} has no Paragraph Text field named State.`,
			fix: `Add one to ${table.name} in Knack, or choose another table under Sync State Table.`,
		});
	}
	if (others.includes(table)) {
		throw refusal({
			message: `${table.name} holds other records, so the place is not kept there.`,
			fix: 'Make a table of its own for it in Knack, named Sync State, and choose it under Sync State Table.',
		});
	}
	return { table, field };
}

export interface KeptState {
	/** Undefined when the table has no record for the scope yet. */
	readonly state?: ChangesState;
	readonly record?: KnackRecord;
	/** Records of the table that hold something else, such as a place that somebody edited. */
	readonly unreadable: number;
}

/**
 * Reads the place of a scope: the first record that names it. Two processes that begin at once may
 * make one each; each holds a place that is right by itself, so either serves.
 * Throws ServiceFaultError.
 */
export async function readSyncState(
	knack: KnackClient,
	{ table, field }: SyncStateSettings,
	scope: string,
): Promise<KeptState> {
	const records = await knack.records(table.key);
	const places = records.map((record) => {
		const text = String(shownText(decodeField(record, field)) ?? '');
		return { record, text, state: stateIn(text) };
	});
	const own = places
		.filter(({ state }) => state?.scope === scope)
		.sort((a, b) => (a.record.id < b.record.id ? -1 : 1))[0];
	const unreadable = places.filter(({ text, state }) => text.trim() !== '' && !state).length;
	return own ? { state: own.state, record: own.record, unreadable } : { unreadable };
}

/** What stands before the place is for people. */
function stateIn(text: string): ChangesState | undefined {
	const start = text.indexOf(BEGIN);
	try {
		return start < 0 ? undefined : parseChangesState(JSON.parse(text.slice(start)));
	} catch {
		return undefined;
	}
}

/**
 * Writes the place where it differs from what was read; gives why it could not be written, else
 * undefined. Never throws: the next run then starts from the place before, and writes nothing twice.
 */
export async function writeSyncState(
	knack: KnackClient,
	{ table, field }: SyncStateSettings,
	{ record }: KeptState,
	state: ChangesState,
	about: string,
): Promise<string | undefined> {
	const kept = { ...state, known: state.known.slice(-KEPT_KNOWN) };
	const text = `${about}\n${wordsOf(state)}\n${JSON.stringify(kept)}`;
	const { fields } = encodeRecord(await knack.app(), table, { [field.key]: text });
	const written = record
		? await updateOne(knack, table, record.id, fields, record)
		: await createOne(knack, table, fields);
	const [issue] = written.kind === 'failed' ? written.issues : written.warnings;
	return issue
		? `The place could not be kept in ${table.name}, so the next run starts where this one did. ${issue.message} ${issue.fix}`
		: undefined;
}

function wordsOf({ updatedThroughMs, waiting }: ChangesState): string {
	const count = (reason: 'failed' | 'attention'): number =>
		waiting.filter((entry) => entry.reason === reason).length;
	return [
		`What changed in Xero up to ${instantText(updatedThroughMs)} has been looked at.`,
		`Tried again in the next run: ${count('failed')}. Waiting for a person: ${count('attention')}.`,
		'Written by Payment Status to Knack. Do not edit the line below. Delete this record to start afresh.',
	].join('\n');
}
