import type {
	IDataObject,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodeTypeDescription,
} from 'n8n-workflow';

/** A setting of a node as its panel offers it, wherever it stands. */
export interface NodeSetting {
	/** Such as `options.rules.entries.severity`. */
	readonly path: string;
	readonly property: INodeProperties;
	/** Parameters that make the panel show it, and hold a value for it. */
	with(value: unknown): INodeParameters;
}

/**
 * Every setting of a node out of its description, those inside collections included. `companions`
 * are what else a row needs to count, by the path of the rows.
 */
export function nodeSettings(
	{ properties }: INodeTypeDescription,
	companions: Readonly<Record<string, IDataObject>> = {},
): NodeSetting[] {
	return properties.flatMap((property) =>
		settingsIn(property, property.name, (value) => ({ [property.name]: value }), {
			reveal: (own) => shownBy(own, properties),
			companions,
		}),
	);
}

interface Surroundings {
	reveal(property: INodeProperties): IDataObject;
	readonly companions: Readonly<Record<string, IDataObject>>;
}

type Place = (value: unknown) => Record<string, unknown>;

function settingsIn(
	property: INodeProperties,
	path: string,
	place: Place,
	around: Surroundings,
): NodeSetting[] {
	const revealed = around.reveal(property);
	const within =
		(outer: Place): Place =>
		(value) => ({ ...outer(value), ...revealed });
	if (property.type === 'collection') {
		return (property.options ?? []).flatMap((entry) =>
			'type' in entry
				? settingsIn(
						entry,
						`${path}.${entry.name}`,
						within((value) => place({ [entry.name]: value })),
						around,
					)
				: [],
		);
	}
	if (property.type === 'fixedCollection') {
		return (property.options ?? []).filter(isGroup).flatMap((group) =>
			group.values.flatMap((entry) =>
				settingsIn(
					entry,
					`${path}.${group.name}.${entry.name}`,
					within((value) => {
						const others = around.companions[`${path}.${group.name}`];
						const row = { ...others, ...rowWith(entry, group.values), [entry.name]: value };
						const isList = property.typeOptions?.multipleValues === true;
						return place({ [group.name]: isList ? [row] : row });
					}),
					around,
				),
			),
		);
	}
	return [
		{
			path,
			property,
			with: (value) => JSON.parse(JSON.stringify({ ...place(value), ...revealed })),
		},
	];
}

function isGroup(entry: object): entry is INodePropertyCollection {
	return 'values' in entry;
}

/** Entries of the same row that show this one. */
function rowWith({ displayOptions }: INodeProperties, siblings: INodeProperties[]): IDataObject {
	const row: IDataObject = {};
	for (const [name, values] of Object.entries(displayOptions?.show ?? {})) {
		if (siblings.some((sibling) => sibling.name === name)) row[name] = firstOf(values);
	}
	return row;
}

/** Values of other parameters under which a parameter is shown. */
function shownBy(property: INodeProperties, all: readonly INodeProperties[]): IDataObject {
	const needed: IDataObject = {};
	for (const [key, values] of Object.entries(property.displayOptions?.show ?? {})) {
		const name = key.replace(/^\//, '');
		const other = all.find((each) => each.name === name);
		// A setting may be shown by its own value alone.
		if (!other || name === property.name) continue;
		needed[name] = isList(other) ? [firstOf(values)] : firstOf(values);
	}
	for (const [key, values] of Object.entries(property.displayOptions?.hide ?? {})) {
		const name = key.replace(/^\//, '');
		const other = all.find((each) => each.name === name);
		// Nothing is chosen of a list, unless somebody does; and a setting may hide its own usual value.
		if (name === property.name || (other && isList(other))) continue;
		const choices = other?.options ?? [];
		const hidden: unknown[] = Array.isArray(values) ? values : [];
		const free = choices.find((choice) => 'value' in choice && !hidden.includes(choice.value));
		if (!(name in needed) && free && 'value' in free) needed[name] = free.value;
	}
	// What shows the parameter is itself shown by others.
	return Object.keys(needed).reduce<IDataObject>((whole, name) => {
		const other = all.find((each) => each.name === name && offers(each, needed[name]));
		return other ? { ...shownBy(other, all), ...whole } : whole;
	}, needed);
}

function isList({ type }: INodeProperties): boolean {
	return type === 'multiOptions';
}

/** Whether it has no choices, or this one among them. */
function offers({ options = [] }: INodeProperties, value: unknown): boolean {
	const choices = options.filter((option) => 'value' in option);
	return (
		choices.length === 0 ||
		choices.some((choice) => 'value' in choice && [value].flat().includes(choice.value))
	);
}

function firstOf(values: unknown): IDataObject[string] {
	return Array.isArray(values) ? values[0] : undefined;
}
