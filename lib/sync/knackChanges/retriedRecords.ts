import { contentHash } from '../../hash';
import type { KnackField, KnackRecord } from '../../knack/app';
import { decodeField } from '../../knack/fields/codecs';
import { comparableValue, shownText } from '../../knack/fields/shownValue';
import type { RecordChange } from './changeSettings';
import type { ChangeState } from './changeState';
import type { ConnectedTable } from './connectedTables';
import { columnFor, connectedTablesOf } from './connectedTables';
import type { PollContext } from './pollContext';
import { ownFields } from './pollContext';
import { layoutFor, RecordMarks } from './recordMarks';

/**
 * Records that were handed on, came into trouble, and were mended since, or what comes along with
 * them was: their lines, their customer. The trouble stands in a field of the record, where the
 * workflow wrote it. What all of it looked like is marked when it is handed on, not when the trouble
 * shows, so that an edit while the workflow still runs counts too.
 */
export class RetriedRecords {
	private readonly marks: RecordMarks;

	/** The table's own fields that count, and one stand-in for each field of what is connected. */
	private readonly compared: readonly KnackField[];

	private constructor(
		private readonly context: PollContext,
		private readonly message: KnackField,
		private readonly connected: readonly ConnectedTable[],
	) {
		const { table, watched, previous } = context;
		const columns = connected.flatMap((one) => one.fields.map((field) => columnFor(one, field)));
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
		return message && new RetriedRecords(context, message, connectedTablesOf(context));
	}

	/**
	 * Of records that matched before and still do, those with a message that a person has edited
	 * since they were handed on. Reads what is connected only with records that have a message; no call
	 * without one.
	 */
	async edited(records: readonly KnackRecord[]): Promise<RecordChange[]> {
		const inTrouble = records.filter((record) => this.hasMessage(record));
		const complete = await this.withConnected(inTrouble);
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
		for (const { record } of await this.withConnected(handedOn)) this.marks.mark(record, layout);
		const { hinted } = this.context;
		if (hinted) this.marks.forget(hinted.others);
		else this.marks.keepOnly(new Set(matching.map(({ id }) => id)));
		return { retryMarks: this.marks.pack() };
	}

	private judge({ record, ownColumns }: WithConnected): RecordChange | undefined {
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
	private async withConnected(records: readonly KnackRecord[]): Promise<WithConnected[]> {
		if (records.length === 0) return [];
		const read = await Promise.all(
			this.connected.map(async (one) => ({ one, found: await one.recordsOf(records) })),
		);
		return records.map((record) => {
			const digests: Record<string, string> = {};
			const ownColumns: string[] = [];
			for (const { one, found } of read) {
				const theirs = found.get(record.id) ?? [];
				const here = { ...this.context, table: one.table };
				const own = new Set(theirs.flatMap((their) => [...ownFields(here, their)]));
				for (const field of one.fields) {
					const { key } = columnFor(one, field);
					digests[key] = contentHash(
						theirs.map((their) => [their.id, comparableValue(decodeField(their, field))]),
					);
					if (own.has(field.key)) ownColumns.push(key);
				}
			}
			return { record: { ...record, ...digests }, ownColumns };
		});
	}
}

/** A record with digests of what is connected in it, as if those were fields. */
interface WithConnected {
	readonly record: KnackRecord;
	/** Stand-ins for fields of connected records into which this process wrote. */
	readonly ownColumns: readonly string[];
}
