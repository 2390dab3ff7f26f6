import type { IDisplayOptions } from 'n8n-workflow';
import { organisationLocator } from '../organisationParameter';
import { choice, date } from '../parameters/kinds';
import type { Parameter } from '../parameters/parameter';
import { ONE_PAGE } from './onePageParameters';
import { NOT_FOR_PAGE, optionOf, shownFor, type InsightOperation } from './operation';
import { INSIGHT_OPERATIONS } from './operations';

/** The parameters of Xero Insights, by their place in the panel. Those of operations are theirs. */

export const ORGANISATION = organisationLocator(
	'The Xero organisation to look at. Leave empty when the credential is connected to one only. An expression may choose it for each item.',
	NOT_FOR_PAGE,
);

const RESOURCES = [
	{ name: 'Money', value: 'money' },
	{ name: 'Job', value: 'jobs' },
	{ name: 'Sync', value: 'sync' },
] as const satisfies ReadonlyArray<{ name: string; value: InsightOperation['resource'] }>;

const ofResource = (resource: string) =>
	INSIGHT_OPERATIONS.filter((operation) => operation.resource === resource);

const OFFERED = RESOURCES.filter(({ value }) => ofResource(value).length > 0);

/** Not of an organisation's books, but of what earlier steps gave. */
export const REPORT = { name: 'Report', value: 'report' } as const;

export const RESOURCE = choice<'resource', InsightOperation['resource'] | 'report'>({
	displayName: 'Resource',
	name: 'resource',
	noDataExpression: true,
	options: [...OFFERED, REPORT],
	default: 'money',
});

/** n8n has a list of operations for each resource; which of them is shown, the resource says. */
export const OPERATIONS: readonly Parameter<string>[] = [...OFFERED, REPORT].map(
	({ value: resource }) => {
		const offered = resource === 'report' ? [ONE_PAGE] : ofResource(resource).map(optionOf);
		return choice({
			displayName: 'Operation',
			name: 'operation',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: offered,
			default: offered[0]?.value ?? '',
		});
	},
);

function asOf(displayOptions: IDisplayOptions) {
	return date({
		displayName: 'As Of',
		name: 'asOf',
		displayOptions,
		description:
			"The day at whose end things are looked at. Empty is today, as the organisation's time zone has it.",
	});
}

export const AS_OF = asOf(
	shownFor(...INSIGHT_OPERATIONS.filter(({ hasDay }) => hasDay === true).map(({ value }) => value)),
);

/** The same for operations that have it in one of their ways alone. */
export const AS_OF_IN_ONE_WAY = INSIGHT_OPERATIONS.flatMap(({ value, hasDay }) =>
	typeof hasDay === 'object' ? [asOf({ show: { operation: [value], ...hasDay } })] : [],
);

export const OUTPUT = choice({
	displayName: 'Output',
	name: 'output',
	displayOptions: NOT_FOR_PAGE,
	options: [
		{
			name: 'Rows',
			value: 'rows',
			description: 'An item for each row, such as for a table or a loop',
		},
		{
			name: 'One Item',
			value: 'one',
			description: 'One item with the summary, all rows, and what they were checked against',
		},
		{
			name: 'Report',
			value: 'report',
			description: 'One HTML page for all input items, for an e-mail or a file',
		},
		{ name: 'Chart', value: 'chart', description: 'A drawing as SVG, shown in the output' },
		{
			name: 'Slack Text',
			value: 'slackText',
			description: 'A text with bars for a message, with or without amounts',
		},
	],
	default: 'rows',
	description: 'What the items of the output are. An AI agent always gets one item.',
});

/** Those of the operations, each once. */
export const OWN_PARAMETERS: readonly Parameter[] = [
	...new Set(INSIGHT_OPERATIONS.flatMap(({ parameters }) => parameters)),
];
