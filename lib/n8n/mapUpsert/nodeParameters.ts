import type { INodeProperties } from 'n8n-workflow';
import { namedTable } from '../tableParameter';
import { organisationLocator } from '../organisationParameter';
import { choice, text, textList, toggle } from '../parameters/kinds';
import type { ParameterReader } from '../parameters/reader';
import {
	COMPARED,
	DEFINITIONS,
	NOT_FOR_STATUS_CHANGE,
	TYPES_WITH_STATUSES,
	WITH_LINES,
} from './documents';

/** Parameters of Map & Upsert to Xero that decide what a run does, by their place in the panel. */

export const ORGANISATION = organisationLocator(
	'The Xero organisation to write to. Leave empty when the credential is connected to one only. An expression may choose it for each record.',
);

export const DOCUMENT = choice({
	displayName: 'Document',
	name: 'document',
	noDataExpression: true,
	options: DEFINITIONS.map(({ label, type, plural }) => ({
		name: label,
		value: type,
		description: `Send ${plural} to Xero`,
	})),
	default: DEFINITIONS[0]?.type ?? '',
	description: 'What each record becomes in Xero',
});

/** What a person should know of a document before sending any. */
export const documentNotes: INodeProperties[] = DEFINITIONS.flatMap(({ type, note }) =>
	note === undefined
		? []
		: [
				{
					displayName: note,
					name: `${type}Note`,
					type: 'notice',
					default: '',
					displayOptions: { show: { document: [type] } },
				},
			],
);

const ADOPT = {
	name: 'Adopt',
	value: 'adopt',
	description:
		'Link records to what people, Zapier or Make have put into Xero already, without writing to Xero',
	action: 'Adopt documents',
} as const;

const CHANGE_STATUS = {
	name: 'Change Status',
	value: 'changeStatus',
	description: 'Approve, send, void, delete or archive what is in Xero, and nothing else',
	action: 'Change the status of documents',
	displayOptions: { show: { document: TYPES_WITH_STATUSES } },
} as const;

const WRITING = [
	{
		name: 'Create or Update',
		value: 'upsert',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		action: 'Create or update documents',
	},
	{
		name: 'Preview',
		value: 'preview',
		description: 'Show what would be written, to the cent, without writing anything',
		action: 'Preview documents',
	},
] as const;

const COMPARE = {
	name: 'Compare',
	value: 'compare',
	description:
		'Find what differs between records and Xero, both ways, and carry out what people decide',
	action: 'Compare records with Xero',
	displayOptions: { show: { document: COMPARED } },
} as const;

const SHADOW = {
	name: 'Shadow',
	value: 'shadow',
	description:
		'Say document by document what Zapier, Make or people did in Xero and this node would have done, without writing anything',
	action: 'Shadow another tool',
	displayOptions: { show: { document: COMPARED } },
} as const;

/** Else an agent could approve what it writes. */
const NOT_FOR_AGENTS = { hide: { '@tool': [true] } };

const APPROVE = {
	name: 'Approve',
	value: 'approve',
	description:
		'Make the token by which a record is written that was previewed, in the name of a person',
	action: 'Approve previewed documents',
	displayOptions: NOT_FOR_AGENTS,
} as const;

const UNDO = {
	name: 'Undo',
	value: 'undo',
	description:
		'Take back what an earlier run did, as far as the books allow, and say why not where they do not',
	action: 'Undo a run',
} as const;

const API_CALL = {
	name: 'API Call',
	value: 'apiCall',
	description:
		'Make a call of the Xero API that no other operation makes, and look after it yourself',
	action: 'Make an API call',
} as const;

/** The order is that of the actions in the panel that adds a step, which n8n takes as it comes. */
export const OPERATION = choice({
	displayName: 'Operation',
	name: 'operation',
	noDataExpression: true,
	options: [...WRITING, APPROVE, CHANGE_STATUS, ADOPT, COMPARE, SHADOW, UNDO, API_CALL],
	default: 'upsert',
});

export const PREVIEW_OF_ADOPTING = toggle({
	displayName: 'Preview Only',
	name: 'previewOnly',
	default: false,
	description: 'Whether to show what would be linked, and why, without writing to Knack either',
	displayOptions: { show: { operation: ['adopt'] } },
});

export const PREVIEW_OF_STATUSES = toggle({
	displayName: 'Preview Only',
	name: 'previewOnly',
	noDataExpression: true,
	default: false,
	description:
		'Whether to only show which documents would change, from which status, without changing any',
	displayOptions: { show: { operation: ['changeStatus'], document: TYPES_WITH_STATUSES } },
});

/**
 * Settings that most workflows do without: each is in the panel once it is chosen here. 0.1.0 had them
 * there always; what a workflow of it has set so shows by itself, since a parameter may be hidden by
 * its own usual value.
 */
export const MORE_SETTINGS = textList({
	displayName: 'More Settings',
	name: 'moreSettings',
	noDataExpression: true,
	options: [
		{
			name: 'Document by Rule',
			value: 'documentRules',
			description: 'The first rule that fits a record says what it becomes',
		},
		{
			name: 'Lines List',
			value: 'lineList',
			description: 'Which list of the item holds the lines, where that is not plain',
		},
		{
			name: 'Number of New Documents',
			value: 'number',
			description: 'By a template, or by Xero, instead of as mapped',
		},
		{
			name: 'Only Some Records',
			value: 'condition',
			description: 'Send those that meet a condition; the others are skipped',
		},
		{
			name: 'Status by Rule',
			value: 'statusRules',
			description: 'The first rule that fits a record gives its status',
		},
	],
	default: [],
	description: 'What else is to be set; it then stands below',
});

/** Shows a setting while it is chosen under More Settings. */
export const chosenMore = (setting: string) => ({ moreSettings: [setting] });

/**
 * Shows a switch unless it is off: text, too, so that what cannot be read is refused rather than hidden.
 * Not by a pattern: n8n gives those some milliseconds, and a busy machine fails to load the workflow.
 */
export const NOT_OFF = [true, { _cnd: { includes: '' } }];

export function isChosen(read: ParameterReader, setting: string): boolean {
	return read(MORE_SETTINGS)?.includes(setting) === true;
}

export const USE_CONDITION = toggle({
	displayName: 'Only Some Records',
	name: 'useCondition',
	noDataExpression: true,
	default: false,
	description: 'Whether to send only the records that meet a condition; the others are skipped',
	displayOptions: { show: { useCondition: NOT_OFF } },
});

/** Shows what concerns lines, for some of their sources. */
export const linesShownFor = (...lineSource: string[]) => ({
	show: { document: WITH_LINES, ...(lineSource.length > 0 ? { lineSource } : {}) },
	hide: NOT_FOR_STATUS_CHANGE,
});

export const LINE_SOURCE = choice({
	displayName: 'Line Items',
	name: 'lineSource',
	noDataExpression: true,
	options: [
		{
			name: 'From a Connected Knack Table',
			value: 'knackTable',
			description: 'Read the lines from the Knack table that is connected to the record, in bulk',
		},
		{
			name: 'From a List in Each Item',
			value: 'list',
			description: 'Such as the Order Lines that the Knack Trigger includes',
		},
		{
			name: 'Given by the AI Agent',
			value: 'agent',
			description: 'The agent that uses this node as a tool gives the lines with each call',
			displayOptions: { show: { '@tool': [true] } },
		},
		{
			name: 'Leave as They Are',
			value: 'none',
			description: 'Send no lines, and leave those in Xero alone',
		},
		{
			name: 'One Item per Line',
			value: 'itemPerLine',
			description: 'Items with the same number or reference become one document',
		},
	],
	default: 'list',
	displayOptions: linesShownFor(),
});

export const LINE_TABLE = namedTable({
	displayName: 'Lines Table',
	name: 'lineTable',
	description: 'The Knack table whose records are the lines',
	example: 'object_5',
	displayOptions: linesShownFor('knackTable'),
});

export const LINE_CONNECTION = text({
	displayName: 'Connection Field Name or ID',
	name: 'lineConnection',
	type: 'options',
	typeOptions: {
		loadOptionsMethod: 'getLineConnections',
		loadOptionsDependsOn: ['lineTable.value'],
	},
	default: '',
	required: true,
	description:
		'The field of a line that is connected to the record. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	displayOptions: linesShownFor('knackTable'),
});
