import type { KnackField, KnackRecord } from '../../knack/app';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import { parseEntry, type LogEntry } from './logEntry';
import type { LogKey } from './logKey';
import type { LogTable } from './logTable';
import { parsePersonal, type KeptPersonal } from './personalValues';

/** A record of the log's table, as far as it can be read. */
export interface LogRow {
	/** As Knack has it. */
	readonly record: KnackRecord;
	readonly text: string;
	readonly digest: string;
	/** Undefined where the text is none that a run has written. */
	readonly entry?: LogEntry;
	/** Undefined where what stands there is not what a run has written. */
	readonly personal?: KeptPersonal;
}

/** A row that is as a run has signed it. */
export type SignedRow = LogRow & { readonly entry: LogEntry };

export function isSigned(row: LogRow, key: LogKey): row is SignedRow {
	return row.entry !== undefined && key.digestOf(row.text) === row.digest;
}

/** A record of the table, read as a row. */
export function rowOf(record: KnackRecord, { core }: LogTable): LogRow {
	const text = textIn(record, core.entry);
	const entry = parseEntry(text);
	const personal = parsePersonal(textIn(record, core.personal));
	return {
		record,
		text,
		digest: textIn(record, core.digest).trim(),
		...(entry ? { entry } : {}),
		...(personal ? { personal } : {}),
	};
}

/** What a person sees in a field. */
export function textIn(record: KnackRecord, field: KnackField): string {
	return String(shownText(decodeField(record, field)) ?? '');
}
