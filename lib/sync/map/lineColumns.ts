import type { GiveWay } from '../../giveWay';
import type { MappedLine, MappedValues } from './draftFromValues';
import { nameKey, nameWords } from './fieldNames';
import { isRecord, type ItemRecord } from './sampleShape';

/** Where a field of a line comes from. */
export type LineSource =
	| { readonly kind: 'column'; readonly name: string }
	/** One value that all lines share. */
	| { readonly kind: 'value'; readonly value: unknown };

/** By field path. */
export type LineSources = Readonly<Record<string, LineSource>>;

/** Takes a line's values by column name; values of a nested record as "Product Record.Name". */
function eachColumn(line: ItemRecord, take: (name: string, value: unknown) => void): void {
	for (const name of Object.keys(line)) {
		const value = line[name];
		if (!isRecord(value)) take(name, value);
		else if (name !== 'knack' && name !== 'raw') {
			for (const inner of Object.keys(value)) {
				if (inner !== 'knack') take(`${name}.${inner}`, value[inner]);
			}
		}
	}
}

/**
 * The columns of all lines of a run. A name that one line has is a column for every line, so that a
 * value missing from one record is a blank there and never the column's name itself.
 */
export class LineColumns {
	private readonly known = new Map<string, Set<string>>();

	/** Lines have the same columns as a rule. */
	private readonly seen = new Set<string>();

	/** Nested records, by whether they are of Knack. */
	private readonly groups = new Map<string, boolean>();

	private tableName: string | undefined;

	private hasRecords = false;

	private hasLines = false;

	constructor(lines: readonly ItemRecord[] = []) {
		for (const line of lines) this.add(line);
	}

	/** The columns of the lines of all records of a run. */
	static async of(
		lists: ReadonlyArray<{ readonly lines: readonly ItemRecord[] }>,
		giveWay: GiveWay,
	): Promise<LineColumns> {
		const columns = new LineColumns();
		for (const { lines } of lists) {
			for (const line of lines) columns.add(line);
			await giveWay();
		}
		return columns;
	}

	private add(line: ItemRecord): void {
		this.hasLines = true;
		eachColumn(line, (name) => {
			if (this.seen.has(name)) return;
			this.seen.add(name);
			const key = nameKey(name);
			if (key === '') return;
			const written = this.known.get(key) ?? new Set();
			this.known.set(key, written.add(name));
		});
		for (const name of Object.keys(line)) {
			const value = line[name];
			if (isRecord(value)) this.groups.set(nameKey(name), isRecord(value.knack));
		}
		if (keyOfLine(line) !== undefined) this.hasRecords = true;
		const { tableName } = isRecord(line.knack) ? line.knack : {};
		if (typeof tableName === 'string') this.tableName ??= tableName;
	}

	/** Whether lines are records of Knack, which carry every field, blank or not. */
	get areOfKnack(): boolean {
		return this.hasRecords;
	}

	/** What the lines are called: their table in Knack, where they come from one. */
	get table(): string {
		return this.tableName ?? 'the lines';
	}

	/** Whether there is any line to tell columns by. */
	get areKnown(): boolean {
		return this.hasLines;
	}

	get names(): string[] {
		return [...this.known.values()].flatMap((written) => [...written]);
	}

	/**
	 * How the lines write a column: as it is named here, else with the same words and signs, else with
	 * the same words alone ("Price ($)" for "Price"). Undefined where no line has it.
	 */
	writtenAs(name: string): string | undefined {
		const written = this.known.get(nameKey(name));
		if (!written || written.has(name)) return written && name;
		const [first] = written;
		return [...written].find((each) => nameWords(each) === nameWords(name)) ?? first;
	}

	/**
	 * Whether a column that no line has was renamed or deleted, and is not only left out because it is
	 * blank: of records of Knack that is sure, and of the connected records in them where any is there.
	 */
	isGone(name: string): boolean {
		if (!this.areOfKnack || this.has(name)) return false;
		const [group = '', ...inner] = name.split('.');
		if (inner.length === 0) return true;
		return this.groups.get(nameKey(group)) ?? !this.has(group);
	}

	/** Letter case and punctuation do not matter. */
	has(name: string): boolean {
		return this.known.has(nameKey(name));
	}
}

function keyOfLine(line: ItemRecord): string | undefined {
	const id = isRecord(line.knack) ? line.knack.recordId : undefined;
	return typeof id === 'string' ? id : undefined;
}

/** A line with its values by field path. */
export function mappedLine(line: ItemRecord, sources: LineSources): MappedLine {
	const key = keyOfLine(line);
	return { values: valuesOf(line, sources), ...(key === undefined ? {} : { key }) };
}

function valuesOf(line: ItemRecord, sources: LineSources): MappedValues {
	const byName = new Map<string, unknown>();
	eachColumn(line, (name, value) => byName.set(name, value));
	const values: Record<string, unknown> = {};
	for (const path of Object.keys(sources)) {
		const source = sources[path];
		const value = source?.kind === 'column' ? valueIn(byName, source.name) : source?.value;
		if (value !== undefined) values[path] = value;
	}
	return values;
}

/** A value by the name of its column, else by the first name with the same words. */
function valueIn(columns: ReadonlyMap<string, unknown>, name: string): unknown {
	if (columns.has(name)) return columns.get(name);
	const words = nameWords(name);
	for (const [each, value] of columns) {
		if (nameWords(each) === words) return value;
	}
	return undefined;
}
