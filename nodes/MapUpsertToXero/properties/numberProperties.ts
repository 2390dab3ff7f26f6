import type { INodeProperties } from 'n8n-workflow';
import { isNumbered } from '../../../lib/n8n/mapUpsert/numbering';
import { DEFINITIONS } from './documentProperties';

const NUMBERED = DEFINITIONS.filter(isNumbered);
const OPERATIONS = ['adopt', 'preview', 'upsert'];

/** Where Xero gives the numbers, something else must tell one document from another. */
const hasOtherKey = ({ keys, numberPath }: (typeof NUMBERED)[number]) =>
	keys.some(({ path }) => path !== numberPath);

function numberSource(documents: typeof NUMBERED, canXeroNumber: boolean): INodeProperties {
	return {
		displayName: 'Number',
		name: 'numberSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'As Mapped',
				value: 'asMapped',
				description: 'The number under Fields, or the one that Xero gives where it is left empty',
			},
			{
				name: 'By Template',
				value: 'byTemplate',
				description: 'A text with fields of the record in it, the same at every retry',
			},
			...(canXeroNumber
				? [
						{
							name: 'By Xero',
							value: 'byXero',
							description:
								'Send no number. The one that Xero gives comes out, and goes to the Knack field chosen for Number under Write Back to Knack.',
						},
					]
				: []),
		],
		default: 'asMapped',
		description: 'Where the number of a new document comes from',
		displayOptions: {
			show: { document: documents.map(({ type }) => type), operation: OPERATIONS },
		},
	};
}

export const numberProperties: INodeProperties[] = [
	numberSource(NUMBERED.filter(hasOtherKey), true),
	numberSource(
		NUMBERED.filter((definition) => !hasOtherKey(definition)),
		false,
	),
	{
		displayName: 'Number Template',
		name: 'numberTemplate',
		type: 'string',
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
	},
];
