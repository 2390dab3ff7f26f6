import { isINodePropertyCollectionList, isINodePropertyOptionsList } from 'n8n-workflow';
import type {
	INodeParameters,
	INodeProperties,
	INodeType,
	NodeParameterValueType,
} from 'n8n-workflow';

/** The parameters of a node with every switch on and every option added, for each of its operations. */
export function fullPanels({ description: { properties } }: INodeType): INodeParameters[] {
	const operation = properties.find(({ name }) => name === 'operation' || name === 'triggerOn');
	const full = Object.fromEntries(
		properties.flatMap((each) => {
			const value = fullValue(each);
			return value === undefined ? [] : [[each.name, value] as const];
		}),
	);
	const choices = operation?.options ?? [];
	if (!operation || !isINodePropertyOptionsList(choices)) return [full];
	return choices.map(({ value }) => ({ ...full, [operation.name]: value }));
}

function fullValue(property: INodeProperties): NodeParameterValueType | undefined {
	const { type, options = [], typeOptions } = property;
	if (type === 'boolean') return true;
	if (type === 'collection') {
		return Object.fromEntries(
			options.flatMap((each) =>
				'type' in each ? [[each.name, fullValue(each) ?? defaultOf(each)] as const] : [],
			),
		);
	}
	if (type !== 'fixedCollection' || !isINodePropertyCollectionList(options)) return undefined;
	return Object.fromEntries(
		options.map(({ name, values }) => {
			const row = Object.fromEntries(
				values.map((each) => [each.name, fullValue(each) ?? defaultOf(each)]),
			);
			return [name, typeOptions?.multipleValues ? [row] : row] as const;
		}),
	);
}

function defaultOf({ default: value }: INodeProperties): NodeParameterValueType {
	return value;
}
