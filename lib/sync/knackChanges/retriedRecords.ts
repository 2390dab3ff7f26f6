import { contentHash } from '../../hash';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import { decodeField } from '../../knack/fields/codecs';
import { comparableValue, shownText } from '../../knack/fields/shownValue';
import { recordsPointingTo } from '../connectedRecords';
import type { RecordChange } from './changeSettings';
import type { ChangeState } from './changeState';
import type { PollContext } from './pollContext';
import { ownFields } from './pollContext';
import { layoutFor, RecordMarks } from './recordMarks';
import { watchedFieldsOf } from './watchedFields';

/**
 * Records that were handed on, came into trouble, and were mended since. The trouble stands in a
 * field of the record, where the workflow wrote it. What the record and its lines looked like is
 * marked when they are handed on, not when the trouble shows, so that an edit while the workflow
 * still runs counts too.
 */
export class RetriedRecords {
	private readonly marks: RecordMarks;

	/** The table's own fields that count, and one stand-in for each field of the lines. */
	private readonly compared: readonly KnackField[];

	private constructor(
		private readonly context: PollContext,
		private readonly message: KnackField,
		private readonly lineTables: readonly LineTable[],
	) {
		const { table, watched, previous } = context;
		const columns = lineTables.flatMap((lines) =>
			lines.fields.map((field) => column(lines, field)),
		);
		this.compared = [...watched.filter(({ key }) => key !== message.key), ...columns];
		this.marks = new RecordMarks(
			{ ...table, fields: [...table.fields, ...columns] },
			previous?.retryMarks,
		);
	}

	/** Undefined where no field is chosen that holds the trouble. */
	static open(context: PollContext): RetriedRecords | undefined {
		const { table, settings } = context;
		const message = table.fields.find(({ key }) => key === settings.retryField);
		return message && new RetriedRecords(context, message, lineTablesOf(context));
	}

	/**
	 * Of records that matched before and still do, those with a message that a person has edited
	 * since they were handed on. Reads lines only of records with a message; no call without one.
	 */
	async edited(records: readonly KnackRecord[]): Promise<RecordChange[]> {
		const inTrouble = records.filter((record) => this.hasMessage(record));
		const complete = await this.withLines(inTrouble);
		for (const record of records) if (!this.hasMessage(record)) this.overlookOwnWrites(record);
		return inTrouble.flatMap((record, index) => {
			const change = this.judge(complete[index] ?? { record, ownColumns: [] });
			return change ? [{ ...change, record }] : [];
		});
	}

	/** Marks what is handed on now as it is, and forgets what does not match any more. */
	async remember(
		handedOn: readonly KnackRecord[],
		matching: readonly KnackRecord[],
	): Promise<Pick<ChangeState, 'retryMarks'>> {
		const layout = this.layout(handedOn.length);
		for (const { record } of await this.withLines(handedOn)) this.marks.mark(record, layout);
		const { hinted } = this.context;
		if (hinted) this.marks.forget(hinted.others);
		else this.marks.keepOnly(new Set(matching.map(({ id }) => id)));
		return { retryMarks: this.marks.pack() };
	}

	private judge({ record, ownColumns }: WithLines): RecordChange | undefined {
		if (!this.marks.has(record.id)) {
			// Its message is older than what is remembered: edits count from now on.
			this.marks.mark(record, this.layout(1));
			return undefined;
		}
		this.marks.touch(record.id);
		const changed = this.marks.changesOf(record);
		// A coarse mark does not tell which field it was; better an event too many than one too few.
		if (changed === 'something') return { record, event: 'retried' };
		const own = this.overlookOwnWrites(record, ownColumns);
		const compared = new Set(this.compared.map(({ key }) => key));
		const byPeople = changed.filter((key) => compared.has(key) && !own.has(key));
		if (byPeople.length === 0) return undefined;
		const { fields } = this.context.table;
		const changedFields = byPeople.filter((key) => fields.some((field) => field.key === key));
		return { record, event: 'retried', ...(changedFields.length > 0 && { changedFields }) };
	}

	/** What this process wrote back becomes part of the mark; a person's edits stay to be told. */
	private overlookOwnWrites(
		record: KnackRecord,
		ownColumns: readonly string[] = [],
	): ReadonlySet<string> {
		const own = new Set([...ownFields(this.context, record), ...ownColumns]);
		if (own.size > 0) this.marks.markFields(record, own);
		return own;
	}

	private hasMessage(record: KnackRecord): boolean {
		const shown = shownText(decodeField(record, this.message));
		return typeof shown === 'string' && shown.trim() !== '';
	}

	private layout(more: number): ReturnType<typeof layoutFor> {
		return layoutFor(this.compared, this.marks.size + more);
	}

	/** In the same order. */
	private async withLines(records: readonly KnackRecord[]): Promise<WithLines[]> {
		if (records.length === 0) return [];
		const ids = records.map(({ id }) => id);
		const read = await Promise.all(
			this.lineTables.map(async (lineTable) => ({
				...lineTable,
				found: await recordsPointingTo(
					this.context.client,
					lineTable.table,
					lineTable.connection,
					ids,
				),
			})),
		);
		return records.map((record) => {
			const digests: Record<string, string> = {};
			const ownColumns: string[] = [];
			for (const { found, ...lineTable } of read) {
				const lines = found.get(record.id) ?? [];
				const here = { ...this.context, table: lineTable.table };
				const own = new Set(lines.flatMap((line) => [...ownFields(here, line)]));
				for (const field of lineTable.fields) {
					const { key } = column(lineTable, field);
					digests[key] = contentHash(
						lines.map((line) => [line.id, comparableValue(decodeField(line, field))]),
					);
					if (own.has(field.key)) ownColumns.push(key);
				}
			}
			return { record: { ...record, ...digests }, ownColumns };
		});
	}
}

/** A record with digests of its lines in it, as if those were fields. */
interface WithLines {
	readonly record: KnackRecord;
	/** Stand-ins for fields of the lines into which this process wrote. */
	readonly ownColumns: readonly string[];
}

/** A table whose records point to the watched ones, such as Order Lines. */
interface LineTable {
	readonly table: KnackTable;
	readonly connection: KnackField;
	/** Those whose change counts. */
	readonly fields: readonly KnackField[];
}

function lineTablesOf({ app, table, settings }: PollContext): LineTable[] {
	return (settings.lines ?? []).flatMap((lines) => {
		const found = app.tables.find(({ key }) => key === lines.table);
		const connection = found?.fields.find(({ key }) => key === lines.field);
		if (!found || connection?.connection?.table !== table.key) return [];
		// The sync writes to no line by itself; a column named "Xero Account" is one that people mend.
		const watched = watchedFieldsOf(found, { syncFields: settings.syncFields ?? [] });
		const fields = watched.filter(({ key }) => key !== connection.key);
		return [{ table: found, connection, fields }];
	});
}

function column({ connection }: LineTable, field: KnackField): KnackField {
	return {
		key: `${connection.key}.${field.key}`,
		name: field.name,
		// A field that changed its type is another field.
		type: `lines of ${field.type}`,
		required: false,
		unique: false,
		format: {},
	};
}
