import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { isRecord } from '../../sync/map/sampleShape';
import type { Described } from './kinds';
import { isUnset, parameter, refuse, type Parameter, type Place, type ValuesOf } from './parameter';

/** The properties of a list of parameters, in its order. */
export function propertiesOf(parameters: readonly Parameter[]): INodeProperties[] {
	return parameters.map(({ property }) => property);
}

/** Reads the parameters of a list from an object that holds their values by name. */
function readAll<const Entries extends readonly Parameter[]>(
	entries: Entries,
	given: Readonly<Record<string, unknown>>,
	place: Place,
): ValuesOf<Entries> {
	const values = entries.map((entry): [string, unknown] => [
		entry.name,
		entry.read(given[entry.name], place),
	]);
	return Object(Object.fromEntries(values));
}

/**
 * A collection: its entries may be added or left out. An entry that is not in the list is refused
 * by its name, unless an earlier version of the node had it.
 */
export function collection<const Name extends string, const Entries extends readonly Parameter[]>(
	declared: Described<Name> & {
		readonly default?: INodeParameters;
		readonly formerEntries?: readonly string[];
	},
	entries: Entries,
): Parameter<ValuesOf<Entries>, Name> {
	const { formerEntries = [], default: preset = {}, ...property } = declared;
	const unset = readAll(entries, {}, { parameters: {} });
	return parameter(
		{ ...property, type: 'collection', default: preset, options: propertiesOf(entries) },
		unset,
		(given, place) => {
			const { displayName } = property;
			const labels = entries.map((entry) => entry.property.displayName).join(', ');
			const fix = `Its entries are: ${labels}.`;
			if (!isRecord(given)) refuse(displayName, given, 'not a group of entries', fix, place);
			const known = new Set([...entries.map(({ name }) => name), ...formerEntries]);
			for (const [name, value] of Object.entries(given)) {
				if (known.has(name) || isUnset(value)) continue;
				refuse(name, value, `no entry of ${displayName}`, fix, place);
			}
			return readAll(entries, given, { ...place, within: place.within ?? displayName });
		},
	);
}

/** A list of rows, each with the same entries. Rows that hold nothing are left out. */
export function rows<const Name extends string, const Entries extends readonly Parameter[]>(
	declared: Described<Name> & {
		/** What one row is called, and under which name n8n keeps them. */
		readonly row: { readonly displayName: string; readonly name: string };
	},
	entries: Entries,
): Parameter<ReadonlyArray<ValuesOf<Entries>>, Name> {
	const { row, ...property } = declared;
	const { displayName } = property;
	const options = [{ ...row, values: propertiesOf(entries) }];
	const typeOptions = { ...property.typeOptions, multipleValues: true };
	return parameter(
		{ ...property, type: 'fixedCollection', typeOptions, default: {}, options },
		[],
		(given, place) => {
			const fix = `Add each ${row.displayName.toLowerCase()} under ${displayName}.`;
			const list: unknown = isRecord(given) ? (given[row.name] ?? []) : undefined;
			if (!Array.isArray(list)) refuse(displayName, given, 'not a list of rows', fix, place);
			return list.flatMap((each: unknown, index) => {
				if (isUnset(each)) return [];
				const within = `${row.displayName.toLowerCase()} ${index + 1} under ${displayName}`;
				if (!isRecord(each)) refuse(displayName, each, 'not a row', fix, { within });
				return [readAll(entries, each, { ...place, within })];
			});
		},
	);
}

/** Entries that belong together; undefined where none of them is set. */
export function group<const Name extends string, const Entries extends readonly Parameter[]>(
	declared: Described<Name> & {
		/** What the group is called, and under which name n8n keeps it. */
		readonly group: { readonly displayName: string; readonly name: string };
	},
	entries: Entries,
): Parameter<ValuesOf<Entries> | undefined, Name> {
	const { group: named, ...property } = declared;
	const { displayName } = property;
	const options = [{ ...named, values: propertiesOf(entries) }];
	return parameter(
		{ ...property, type: 'fixedCollection', default: {}, options },
		undefined,
		(given, place) => {
			const fix = `Its entries are: ${entries.map((entry) => entry.property.displayName).join(', ')}.`;
			const values: unknown = isRecord(given) ? (given[named.name] ?? {}) : undefined;
			if (!isRecord(values)) refuse(displayName, given, 'not a group of entries', fix, place);
			if (Object.values(values).every(isUnset)) return undefined;
			return readAll(entries, values, { ...place, within: displayName });
		},
	);
}
