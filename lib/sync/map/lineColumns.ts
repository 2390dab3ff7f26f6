import type { MappedLine, MappedValues } from './draftFromValues';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { nameKey, namesOf } from './fieldNames';
import { lineFields } from './mappableFields';
import { isRecord, type ItemRecord } from './sampleShape';

/** Takes a line's values by column name; values of a nested record as "Product Record.Name". */
function eachColumn(line: ItemRecord, take: (name: string, value: unknown) => void): void {
	for (const name of Object.keys(line)) {
		const value = line[name];
		if (!isRecord(value)) take(name, value);
		else if (name !== 'knack' && name !== 'raw') {
			for (const inner of Object.keys(value)) take(`${name}.${inner}`, value[inner]);
		}
	}
}

/**
 * The columns of all lines of a run. A name that one line has is a column for every line, so that a
 * value missing from one record is a blank there and never the column's name itself.
 */
export class LineColumns {
	private readonly known = new Map<string, string>();

	private readonly ownNames: ReadonlyMap<string, readonly string[]>;

	constructor(definition: DocumentDefinition, lines: readonly ItemRecord[]) {
		for (const line of lines) {
			eachColumn(line, (name) => {
				const key = nameKey(name);
				if (key !== '' && !this.known.has(key)) this.known.set(key, name);
			});
		}
		this.ownNames = new Map(lineFields(definition).map((field) => [field.path, namesOf(field)]));
	}

	get names(): string[] {
		return [...this.known.values()];
	}

	/**
	 * Whether what the form holds for a field names a column; letter case and punctuation do not
	 * matter. A name of the field itself ("Tax Rate" for the tax rate) is a column that no line of this
	 * run has, since it makes no sense as a value.
	 */
	isColumn(path: string, told: unknown): told is string {
		if (typeof told !== 'string') return false;
		const key = nameKey(told);
		return this.known.has(key) || this.ownNames.get(path)?.includes(key) === true;
	}

	/**
	 * A line's values by field path. What the form holds for a field is the name of a column where
	 * there is one of that name, else a value that all lines share.
	 */
	valuesOf(line: ItemRecord, mapping: MappedValues): MappedValues {
		const byKey = new Map<string, unknown>();
		eachColumn(line, (name, value) => byKey.set(nameKey(name), value));
		const values: Record<string, unknown> = {};
		for (const path of Object.keys(mapping)) {
			const told = mapping[path];
			const value = this.isColumn(path, told) ? byKey.get(nameKey(told)) : told;
			if (value !== undefined) values[path] = value;
		}
		return values;
	}

	mappedLine(line: ItemRecord, mapping: MappedValues): MappedLine {
		return { values: this.valuesOf(line, mapping), ...lineKey(line) };
	}
}

function lineKey(line: ItemRecord): { key?: string } {
	const id = isRecord(line.knack) ? line.knack.recordId : undefined;
	return typeof id === 'string' ? { key: id } : {};
}
