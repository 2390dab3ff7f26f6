import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { decodeField, decodeWritten } from '../../knack/fields/codecs';
import { comparableValue } from '../../knack/fields/shownValue';
import { canonicalJson } from '../../hash';
import type { ChangeSettings, RecordChange } from './changeSettings';
import type { ChangeState } from './changeState';
import { ownWritesSince } from './ownWriteMoments';

/** What the ways of looking for changes have in common during one poll. */
export interface PollContext {
	readonly client: KnackClient;
	readonly app: KnackApp;
	readonly table: KnackTable;
	readonly settings: ChangeSettings;
	readonly watched: readonly KnackField[];
	/** Undefined on the first poll. */
	readonly previous: ChangeState | undefined;
	readonly nowMs: number;
	/** Set when only the records of a hint are polled; all that match when undefined. */
	readonly hinted?: HintedReading;
}

/** Records that a hint from outside names, read anew. What else is remembered stays as it is. */
export interface HintedReading {
	/** Those that are there. */
	readonly records: readonly KnackRecord[];
	/** Of these, those that the filter lets through. */
	readonly matching: readonly KnackRecord[];
	/** Ids of those that are gone, or that the filter does not let through. */
	readonly others: ReadonlySet<string>;
}

/** What one way of looking found, and what to remember of it. */
export interface Finding {
	readonly changes: readonly RecordChange[];
	readonly state: Partial<ChangeState>;
	/** Whether changes were left for the next poll. */
	readonly leftOver: boolean;
	/** All that the filter lets through, where all were read, without what was left. */
	readonly matching?: readonly KnackRecord[];
	/** Records that were handed on often enough, and still do not say what became of them. */
	readonly givenUp?: readonly KnackRecord[];
}

/** Keys of fields that hold what this process wrote into them since the poll before the last. */
export function ownFields(context: PollContext, record: KnackRecord): ReadonlySet<string> {
	const { client, table, previous } = context;
	const since = ownWritesSince(previous, record.id);
	return stillHeld(table, record, client.ownWrites.valuesOf(table.key, record.id, since));
}

/** Keys of the fields that still hold what was written into them. */
function stillHeld(
	table: KnackTable,
	record: KnackRecord,
	written: Readonly<Record<string, unknown>>,
): ReadonlySet<string> {
	const held = Object.entries(written).filter(([key, value]) => {
		const field = table.fields.find((candidate) => candidate.key === key);
		if (!field) return false;
		const wrote = canonicalJson(comparableValue(decodeWritten(value, field)));
		return wrote === canonicalJson(comparableValue(decodeField(record, field)));
	});
	return new Set(held.map(([key]) => key));
}

function isSameIn(field: KnackField, one: KnackRecord, other: KnackRecord): boolean {
	const [before, after] = [one, other].map((record) =>
		canonicalJson(comparableValue(decodeField(record, field))),
	);
	return before === after;
}

/**
 * Whether this process made the record so that it matches the filter. One that it made otherwise,
 * such as a draft, and that a person let match since, is that person's doing.
 */
export function isMadeToMatch(
	{ client, table, settings }: PollContext,
	record: KnackRecord,
): boolean {
	if (!client.ownWrites.isOwnCreate(table.key, record.id)) return false;
	const written = client.ownWrites.valuesOf(table.key, record.id);
	const held = stillHeld(table, record, written);
	const filledIn = { id: record.id, ...client.ownWrites.filledInOf(table.key, record.id) };
	const asked = new Set((settings.filters?.rules ?? []).map(({ field }) => field));
	return table.fields
		.filter(({ key }) => asked.has(key))
		.every((field) =>
			field.key in written ? held.has(field.key) : isSameIn(field, filledIn, record),
		);
}

/**
 * Whether this process made the record and it is as it was made. One that a person has edited before
 * the first look at it is an edit like any other.
 */
export function isOwnCreate(context: PollContext, record: KnackRecord): boolean {
	const { client, table, previous, watched } = context;
	if (!client.ownWrites.isOwnCreate(table.key, record.id)) return false;
	const since = ownWritesSince(previous, record.id);
	const written = client.ownWrites.valuesOf(table.key, record.id, since);
	const own = ownFields(context, record);
	return watched.every(({ key }) => !(key in written) || own.has(key));
}

/** Oldest first, so that a limit hands on what has waited longest. */
export function byCreation<Item extends { readonly record: KnackRecord }>(
	items: readonly Item[],
): Item[] {
	return [...items].sort((a, b) =>
		a.record.id < b.record.id ? -1 : a.record.id > b.record.id ? 1 : 0,
	);
}
