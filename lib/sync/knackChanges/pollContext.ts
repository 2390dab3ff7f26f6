import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { decodeField, decodeWritten } from '../../knack/fields/codecs';
import { comparableValue } from '../../knack/fields/shownValue';
import { canonicalJson } from '../../hash';
import type { OwnWriteMoment } from '../ownWrites';
import { ownWrites } from '../ownWrites';
import type { ChangeSettings, RecordChange } from './changeSettings';
import type { ChangeState } from './changeState';

/** What the ways of looking for changes have in common during one poll. */
export interface PollContext {
	readonly client: KnackClient;
	readonly app: KnackApp;
	readonly table: KnackTable;
	readonly settings: ChangeSettings;
	readonly watched: readonly KnackField[];
	/** Undefined on the first poll. */
	readonly previous: ChangeState | undefined;
	/** Own writes made after it may show up now. */
	readonly ownWritesSince: OwnWriteMoment | undefined;
	readonly nowMs: number;
}

/** What one way of looking found, and what to remember of it. */
export interface Finding {
	readonly changes: readonly RecordChange[];
	readonly state: Partial<ChangeState>;
	/** Whether changes were left for the next poll. */
	readonly leftOver: boolean;
}

/** Keys of fields that hold what this process wrote into them since the poll before the last. */
export function ownFields(context: PollContext, record: KnackRecord): ReadonlySet<string> {
	const { client, table, ownWritesSince } = context;
	const written = ownWrites(client.applicationId, table.key, record.id, ownWritesSince);
	const own = Object.entries(written).filter(([key, value]) => {
		const field = table.fields.find((candidate) => candidate.key === key);
		if (!field) return false;
		const wrote = canonicalJson(comparableValue(decodeWritten(value, field)));
		return wrote === canonicalJson(comparableValue(decodeField(record, field)));
	});
	return new Set(own.map(([key]) => key));
}

/** Oldest first, so that a limit hands on what has waited longest. */
export function byCreation<Item extends { readonly record: KnackRecord }>(
	items: readonly Item[],
): Item[] {
	return [...items].sort((a, b) =>
		a.record.id < b.record.id ? -1 : a.record.id > b.record.id ? 1 : 0,
	);
}
