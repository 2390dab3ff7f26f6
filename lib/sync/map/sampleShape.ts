import { z } from '../../vendor/zod';

/** The names in an item, as far as a mapping can use them. */
export interface SampleShape {
	/** Names of single values. */
	readonly fields: readonly string[];
	/** Names of the values in a nested record, such as "Customer Record". */
	readonly groups: Readonly<Record<string, readonly string[]>>;
	/** Names of the columns in a list of records, such as "Order Lines". */
	readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** Parts that our own trigger adds to an item and nobody maps. */
const OWN_PARTS: ReadonlySet<string> = new Set(['knack', 'raw']);

export type ItemRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is ItemRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesIn(record: ItemRecord): string[] {
	return Object.keys(record).filter((name) => !OWN_PARTS.has(name));
}

/** The shape of an item, or of several: names of any of them count. */
export function shapeOf(items: readonly ItemRecord[]): SampleShape {
	const fields = new Set<string>();
	const groups = new Map<string, Set<string>>();
	const lists = new Map<string, Set<string>>();
	const merge = (into: Map<string, Set<string>>, name: string, names: readonly string[]) => {
		const known = into.get(name) ?? new Set<string>();
		for (const each of names) known.add(each);
		into.set(name, known);
	};
	for (const item of items) {
		for (const name of namesIn(item)) {
			const value = item[name];
			if (isRecord(value)) merge(groups, name, namesIn(value));
			else if (Array.isArray(value) && value.some(isRecord)) {
				value.filter(isRecord).forEach((entry) => merge(lists, name, namesIn(entry)));
			} else fields.add(name);
		}
	}
	return { fields: [...fields], groups: namesByPart(groups), lists: namesByPart(lists) };
}

function namesByPart(parts: ReadonlyMap<string, ReadonlySet<string>>): Record<string, string[]> {
	return Object.fromEntries([...parts].map(([name, names]) => [name, [...names]]));
}

/**
 * An n8n expression that gives the shape of the item before the node. The editor works it out with
 * the last run's data before it asks for a form, so that the form can come pre-filled.
 */
export const SHAPE_EXPRESSION = `={{ JSON.stringify(Object.entries($json ?? {}).filter(([name]) => name !== "knack" && name !== "raw").map(([name, value]) => [name, Array.isArray(value) ? "list" : value && typeof value === "object" ? "group" : "field", Array.isArray(value) ? (value[0] && typeof value[0] === "object" ? Object.keys(value[0]) : []) : value && typeof value === "object" ? Object.keys(value) : []])) }}`;

const ENTRIES = z.array(
	z.tuple([z.string(), z.enum(['list', 'group', 'field']), z.array(z.string())]),
);

/** Reads what `SHAPE_EXPRESSION` gave; undefined when there was no item to look at. */
export function readShape(text: unknown): SampleShape | undefined {
	// What is nested more deeply is no shape, and takes the engine long to read.
	if (typeof text !== 'string' || !text.startsWith('[["')) return undefined;
	const parsed = ENTRIES.safeParse(parseJson(text));
	if (!parsed.success || parsed.data.length === 0) return undefined;
	const of = (kind: 'list' | 'group') =>
		Object.fromEntries(
			parsed.data
				.filter(([, found, names]) => found === kind && names.length > 0)
				.map(([name, , names]) => [name, names.filter((each) => !OWN_PARTS.has(each))]),
		);
	return {
		fields: parsed.data
			.filter(([, kind, names]) => kind === 'field' || (kind === 'list' && names.length === 0))
			.map(([name]) => name),
		groups: of('group'),
		lists: of('list'),
	};
}

/** The JSON in a text, or undefined when it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
