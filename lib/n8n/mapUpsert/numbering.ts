import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isNumbered, type Numbering } from '../../sync/map/numbering';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { choice, text } from '../parameters/kinds';
import type { ParameterReader } from '../parameters/reader';
import { DEFINITIONS } from './documents';
import { chosenMore } from './nodeParameters';

export { withoutNumber, type Numbering } from '../../sync/map/numbering';

const OPERATIONS = ['adopt', 'preview', 'upsert'];
const NUMBERED = DEFINITIONS.filter(isNumbered);

/** Where Xero gives the numbers, something else must tell one document from another. */
function hasOtherKey({ keys, numberPath }: DocumentDefinition): boolean {
	return keys.some(({ path }) => path !== numberPath);
}

const AS_MAPPED = {
	name: 'As Mapped',
	value: 'asMapped',
	description: 'The number under Fields, or the one that Xero gives where it is left empty',
} as const;

const BY_TEMPLATE = {
	name: 'By Template',
	value: 'byTemplate',
	description: 'A text with fields of the record in it, the same at every retry',
} as const;

const BY_XERO = {
	name: 'By Xero',
	value: 'byXero',
	description:
		'Send no number. The one that Xero gives comes out, and goes to the Knack field chosen for Number under Write Back to Knack.',
} as const;

/** Shown while it is chosen under More Settings, or where a workflow has set it already. */
const shownFor = (documents: readonly DocumentDefinition[]) => {
	const show = { document: documents.map(({ type }) => type), operation: OPERATIONS };
	return {
		chosen: { show: { ...show, ...chosenMore('number') } },
		set: { show, hide: { numberSource: ['asMapped'], ...chosenMore('number') } },
	};
};

export const NUMBER_SOURCE = choice({
	displayName: 'Number',
	name: 'numberSource',
	noDataExpression: true,
	options: [AS_MAPPED, BY_TEMPLATE, BY_XERO],
	default: 'asMapped',
	description: 'Where the number of a new document comes from',
	displayOptions: shownFor(NUMBERED.filter(hasOtherKey)).chosen,
});

export const NUMBER_SOURCE_OF_OTHERS = choice({
	displayName: 'Number',
	name: 'numberSource',
	noDataExpression: true,
	options: [AS_MAPPED, BY_TEMPLATE],
	default: 'asMapped',
	description: 'Where the number of a new document comes from',
	displayOptions: shownFor(NUMBERED.filter((definition) => !hasOtherKey(definition))).chosen,
});

/** The same where a workflow of 0.1.0 has set it. */
export const NUMBER_SOURCES_SET: INodeProperties[] = [
	{
		...NUMBER_SOURCE.property,
		displayOptions: shownFor(NUMBERED.filter(hasOtherKey)).set,
	},
	{
		...NUMBER_SOURCE_OF_OTHERS.property,
		displayOptions: shownFor(NUMBERED.filter((definition) => !hasOtherKey(definition))).set,
	},
];

export const NUMBER_TEMPLATE = text({
	displayName: 'Number Template',
	name: 'numberTemplate',
	noDataExpression: true,
	default: '',
	required: true,
	placeholder: 'e.g. INV-{Order Date:yyyy}-{Order ID:5}',
	description:
		'Names of fields of the record stand between braces. After a colon: digits to pad a number to, or how to write a date, such as yyyy or ddMMyy.',
	hint: 'Take a field that is different for each record, such as its number in Knack',
	displayOptions: {
		show: {
			document: NUMBERED.map(({ type }) => type),
			operation: OPERATIONS,
			numberSource: ['byTemplate'],
		},
	},
	keepsSpaces: true,
});

/** Reads what the node is set to; throws where a template is wanted and none is given. */
export function readNumbering(
	context: IExecuteFunctions,
	definition: DocumentDefinition,
	read: ParameterReader,
): Numbering {
	if (!isNumbered(definition)) return { by: 'mapping' };
	const source = read(hasOtherKey(definition) ? NUMBER_SOURCE : NUMBER_SOURCE_OF_OTHERS);
	if (source === 'asMapped') return { by: 'mapping' };
	if (source === 'byXero') return { by: 'xero' };
	const template = read(NUMBER_TEMPLATE);
	if (template !== undefined) return { by: 'template', template };
	throw new NodeOperationError(context.getNode(), 'The number template is empty', {
		description: 'Write one under Number Template, such as JOB-{Job Number}.',
	});
}
