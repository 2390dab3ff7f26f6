import type { IDisplayOptions, INodePropertyMode } from 'n8n-workflow';
import { locator, text, type Described } from './parameters/kinds';

export const CHOOSE =
	'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

/** A list of fields of the node's Knack table, or of another one. */
export function fieldList<const Name extends string>(
	displayName: string,
	name: Name,
	loadOptionsMethod: string,
	what: string,
	loadOptionsDependsOn: string[] = ['table.value'],
) {
	return text({
		displayName: `${displayName} Name or ID`,
		name,
		type: 'options',
		typeOptions: { loadOptionsMethod, loadOptionsDependsOn },
		default: '',
		description: `${what}. ${CHOOSE}.`,
	});
}

const FROM_LIST: INodePropertyMode = {
	displayName: 'From List',
	name: 'list',
	type: 'list',
	typeOptions: { searchListMethod: 'searchTables', searchable: true },
};

/** The Knack table of a node of Knack, by the list or by an id that is checked. */
export function mainTable(description: string, displayOptions?: IDisplayOptions) {
	return locator({
		displayName: 'Table',
		name: 'table',
		required: true,
		default: { mode: 'list', value: '' },
		description,
		...(displayOptions && { displayOptions }),
		modes: [
			{ ...FROM_LIST, placeholder: 'Choose a table' },
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. object_4',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^object_\\d+$',
							errorMessage: 'A table ID looks like object_4',
						},
					},
				],
			},
		],
	});
}

interface NamedTable<Name extends string> extends Described<Name> {
	/** `object_4`, as an example. */
	readonly example: string;
	/** Taken from the item unless the user chooses another. */
	readonly fromItem?: string;
	/** Whether the node does without one. */
	readonly isOptional?: boolean;
}

/** A Knack table that a node of Xero reads or writes, by the list or by its key or name. */
export function namedTable<const Name extends string>({
	example,
	fromItem,
	isOptional = false,
	...declared
}: NamedTable<Name>) {
	return locator<Name>({
		...(declared as Described<Name>),
		required: !isOptional,
		default: fromItem === undefined ? { mode: 'list', value: '' } : { mode: 'id', value: fromItem },
		modes: [
			FROM_LIST,
			{ displayName: 'By Key', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
		],
	});
}
