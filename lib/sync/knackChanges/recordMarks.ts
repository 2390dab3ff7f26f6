import { hash } from 'crypto';

import { canonicalJson } from '../../hash';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import { decodeField } from '../../knack/fields/codecs';
import { comparableValue } from '../../knack/fields/shownValue';
import type { CompactId } from './compactIds';
import { COMPACT_LENGTH, compactId } from './compactIds';

/**
 * Short digests of records, by which the next poll sees what changed. Fine marks have four
 * characters for each field and tell which one changed; coarse ones have eight for the whole
 * record, for tables whose fine marks would not fit.
 */
export interface MarkLayout {
	/** `key|type` of each field: a field that changed its type is another field. */
	readonly fields: readonly string[];
	readonly coarse: boolean;
}

/** Records that were marked alike, packed: id and mark of one after the other. */
export interface MarkGroup {
	readonly layout: MarkLayout;
	readonly packed: string;
}

const FINE_BYTES = 3;
const COARSE_BYTES = 6;
/** Four characters of base64 hold three bytes. */
const charactersOf = (bytes: number): number => (bytes / 3) * 4;

/**
 * What the marks of one trigger may take of the workflow's static data.
 * @internal
 */
export const MOST_CHARACTERS = 600_000;

/** Layouts of older polls that are kept for records that were not read since. */
const MOST_GROUPS = 4;

/** The most records that can be told apart at all. */
export const MOST_RECORDS = Math.floor(
	MOST_CHARACTERS / (COMPACT_LENGTH + charactersOf(COARSE_BYTES)),
);

function digest(content: unknown, bytes: number): string {
	return hash('sha256', canonicalJson(content), 'buffer').subarray(0, bytes).toString('base64url');
}

const entryOf = (field: KnackField): string => `${field.key}|${field.type}`;

function markLength(layout: MarkLayout): number {
	return layout.coarse
		? charactersOf(COARSE_BYTES)
		: layout.fields.length * charactersOf(FINE_BYTES);
}

/** Fine marks where they fit for so many records, else coarse ones. */
export function layoutFor(fields: readonly KnackField[], records: number): MarkLayout {
	const fine: MarkLayout = { fields: fields.map(entryOf), coarse: false };
	const size = records * (COMPACT_LENGTH + markLength(fine));
	return size <= MOST_CHARACTERS ? fine : { ...fine, coarse: true };
}

/** Readings of records, compared with what they were when they were marked. */
export class RecordMarks {
	private readonly layouts: MarkLayout[] = [];

	private readonly marks = new Map<CompactId, { readonly layout: number; readonly mark: string }>();

	constructor(
		private readonly table: KnackTable,
		groups: readonly MarkGroup[] = [],
	) {
		for (const { layout, packed } of groups) {
			const length = COMPACT_LENGTH + markLength(layout);
			const index = this.layouts.push(layout) - 1;
			for (let start = 0; start + length <= packed.length; start += length) {
				const id = packed.slice(start, start + COMPACT_LENGTH);
				this.marks.set(id, {
					layout: index,
					mark: packed.slice(start + COMPACT_LENGTH, start + length),
				});
			}
		}
	}

	get size(): number {
		return this.marks.size;
	}

	has(recordId: string): boolean {
		return this.marks.has(compactId(recordId));
	}

	/**
	 * What changed since the record was marked: the keys of fields, "something" for a coarse mark,
	 * or an empty list. Only fields that are there now as they were then are compared, so that a
	 * new, deleted or converted field is no change of every record.
	 */
	changesOf(record: KnackRecord): readonly string[] | 'something' {
		const known = this.marks.get(compactId(record.id));
		const layout = known && this.layouts[known.layout];
		if (!known || !layout) return [];
		if (layout.coarse) {
			const complete = layout.fields.every((entry) => this.fieldOf(entry) !== undefined);
			return complete && this.markOf(record, layout) !== known.mark ? 'something' : [];
		}
		const width = charactersOf(FINE_BYTES);
		return layout.fields.flatMap((entry, index) => {
			const field = this.fieldOf(entry);
			const before = known.mark.slice(index * width, (index + 1) * width);
			return field && this.fieldMark(record, field) !== before ? [field.key] : [];
		});
	}

	/** Remembers the record as it is now, in place of what was known of it. */
	mark(record: KnackRecord, layout: MarkLayout): void {
		const id = compactId(record.id);
		this.marks.delete(id);
		this.marks.set(id, { layout: this.indexOf(layout), mark: this.markOf(record, layout) });
	}

	/** Takes these fields into what is known of the record; coarse marks stay as they are. */
	markFields(record: KnackRecord, keys: ReadonlySet<string>): void {
		const id = compactId(record.id);
		const known = this.marks.get(id);
		const layout = known && this.layouts[known.layout];
		if (!known || !layout || layout.coarse) return;
		const width = charactersOf(FINE_BYTES);
		const mark = layout.fields.map((entry, index) => {
			const field = this.fieldOf(entry);
			return field && keys.has(field.key)
				? this.fieldMark(record, field)
				: known.mark.slice(index * width, (index + 1) * width);
		});
		this.marks.set(id, { ...known, mark: mark.join('') });
	}

	/** Keeps what is known of the record longer than what was marked or touched before. */
	touch(recordId: string): void {
		const id = compactId(recordId);
		const known = this.marks.get(id);
		if (!known) return;
		this.marks.delete(id);
		this.marks.set(id, known);
	}

	/** Forgets all but these. */
	keepOnly(recordIds: ReadonlySet<string>): void {
		const kept = new Set([...recordIds].map(compactId));
		for (const id of this.marks.keys()) if (!kept.has(id)) this.marks.delete(id);
	}

	forget(recordIds: Iterable<string>): void {
		for (const id of recordIds) this.marks.delete(compactId(id));
	}

	/** Packs what is known within the bounds; what was marked longest ago is left out first. */
	pack(): MarkGroup[] {
		const packed = new Map<number, string[]>();
		let left = MOST_CHARACTERS;
		for (const [id, { layout, mark }] of [...this.marks].reverse()) {
			left -= id.length + mark.length;
			if (left < 0) break;
			const group = packed.get(layout);
			if (group) group.push(id + mark);
			else if (packed.size < MOST_GROUPS) packed.set(layout, [id + mark]);
		}
		return [...packed].flatMap(([index, entries]) => {
			const layout = this.layouts[index];
			return layout ? [{ layout, packed: entries.reverse().join('') }] : [];
		});
	}

	private indexOf(layout: MarkLayout): number {
		const same = (other: MarkLayout): boolean =>
			other.coarse === layout.coarse && other.fields.join() === layout.fields.join();
		const found = this.layouts.findIndex(same);
		return found >= 0 ? found : this.layouts.push(layout) - 1;
	}

	private fieldOf(entry: string): KnackField | undefined {
		return this.table.fields.find((field) => entryOf(field) === entry);
	}

	private fieldMark(record: KnackRecord, field: KnackField): string {
		return digest(comparableValue(decodeField(record, field)), FINE_BYTES);
	}

	private markOf(record: KnackRecord, layout: MarkLayout): string {
		const fields = layout.fields.map((entry) => this.fieldOf(entry));
		if (!layout.coarse) {
			return fields.map((field) => (field ? this.fieldMark(record, field) : 'AAAA')).join('');
		}
		return digest(
			fields.map((field) => field && comparableValue(decodeField(record, field))),
			COARSE_BYTES,
		);
	}
}
