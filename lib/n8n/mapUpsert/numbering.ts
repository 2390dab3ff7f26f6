import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isNumbered, type Numbering } from '../../sync/map/numbering';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { choice, text } from '../parameters/kinds';
import type { ParameterReader } from '../parameters/reader';
import { DEFINITIONS } from './documents';
import { chosenMore } from './nodeParameters';

export { withoutNumber, type Numbering } from '../../sync/map/numbering';

const OPERATIONS = ['adopt', 'compare', 'preview', 'shadow', 'upsert'];
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

const shownFor = (documents: readonly DocumentDefinition[]) => ({
	document: documents.map(({ type }) => type),
	operation: OPERATIONS,
});

const WITHOUT_OTHER_KEY = NUMBERED.filter((definition) => !hasOtherKey(definition));

const LABELS = {
	displayName: 'Number',
	noDataExpression: true,
	description: 'Where the number of a new document comes from',
} as const;

const OF_KEYED = { options: [AS_MAPPED, BY_TEMPLATE, BY_XERO], default: 'asMapped' } as const;
const OF_OTHERS = { options: [AS_MAPPED, BY_TEMPLATE], default: 'asMapped' } as const;

/** Where the number comes from, while that is chosen under More Settings. */
export const NUMBER_BY = choice({
	...LABELS,
	...OF_KEYED,
	name: 'numberBy',
	displayOptions: {
		show: { ...shownFor(NUMBERED.filter(hasOtherKey)), ...chosenMore('number') },
	},
});

export const NUMBER_BY_OF_OTHERS = choice({
	...LABELS,
	...OF_OTHERS,
	name: 'numberBy',
	displayOptions: { show: { ...shownFor(WITHOUT_OTHER_KEY), ...chosenMore('number') } },
});

/**
 * The same as 0.1.0 had it, shown where a workflow has set it. It is there once for all documents: n8n
 * forgets a parameter that is shown by its own value and is there twice (2.41, getNodeParameters).
 */
export const NUMBER_SOURCE = choice({
	...LABELS,
	...OF_KEYED,
	name: 'numberSource',
	displayOptions: {
		// The editor has no value at all for one that is hidden.
		show: { ...shownFor(NUMBERED), numberSource: [{ _cnd: { exists: true } }] },
		hide: { numberSource: ['asMapped'] },
	},
});

const NUMBER_SOURCE_OF_OTHERS = choice({ ...LABELS, ...OF_OTHERS, name: 'numberSource' });

const NUMBER_TEMPLATE = text({
	displayName: 'Number Template',
	name: 'numberTemplate',
	noDataExpression: true,
	default: '',
	required: true,
	placeholder: 'e.g. INV-{Order Date:yyyy}-{Order ID:5}',
	description:
		'Names of fields of the record stand between braces. After a colon: digits to pad a number to, or how to write a date, such as yyyy or ddMMyy.',
	hint: 'Take a field that is different for each record, such as its number in Knack',
	keepsSpaces: true,
});

export const NUMBER_TEMPLATES: INodeProperties[] = [
	{
		...NUMBER_TEMPLATE.property,
		displayOptions: { show: { ...shownFor(NUMBERED), numberSource: ['byTemplate'] } },
	},
	{
		...NUMBER_TEMPLATE.property,
		displayOptions: {
			show: { ...shownFor(NUMBERED), ...chosenMore('number'), numberBy: ['byTemplate'] },
			hide: { numberSource: ['byTemplate'] },
		},
	},
];

/** Reads what the node is set to; throws where a template is wanted and none is given. */
export function readNumbering(
	context: IExecuteFunctions,
	definition: DocumentDefinition,
	read: ParameterReader,
): Numbering {
	if (!isNumbered(definition)) return { by: 'mapping' };
	const set = read(hasOtherKey(definition) ? NUMBER_SOURCE : NUMBER_SOURCE_OF_OTHERS);
	const source =
		set === 'asMapped' ? read(hasOtherKey(definition) ? NUMBER_BY : NUMBER_BY_OF_OTHERS) : set;
	if (source === 'asMapped') return { by: 'mapping' };
	if (source === 'byXero') return { by: 'xero' };
	const template = read(NUMBER_TEMPLATE);
	if (template !== undefined) return { by: 'template', template };
	throw new NodeOperationError(context.getNode(), 'The number template is empty', {
		description: 'Write one under Number Template, such as JOB-{Job Number}.',
	});
}
