import type { INodeProperties } from 'n8n-workflow';
import type { Issue } from '../../issue';
import { autoMapLines } from '../../sync/map/autoMap';
import { LineColumns } from '../../sync/map/lineColumns';
import { isRecord, parseJson } from '../../sync/map/sampleShape';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { linesShownFor } from './nodeParameters';

/** What concerns the node where it is the tool of an AI agent. */

const ALLOWED = 'options.allowWritingAsTool';
const ONLY_WITH_APPROVAL = 'options.onlyApproved';
const WRITING = ['adopt', 'changeStatus', 'compare', 'upsert'];

/** Says before anything else whether the agent may write. */
export const agentNotices: INodeProperties[] = [
	{
		displayName:
			'The AI agent gets previews: nothing is written. To let it write, add the option Allow Writing as AI Tool at the end of this panel.',
		name: 'agentPreviewsNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: { '@tool': [true], operation: WRITING },
			hide: { [ALLOWED]: [true] },
		},
	},
	{
		displayName:
			'The AI agent may write, without asking anybody. Take the option Allow Writing as AI Tool away, and it gets previews.',
		name: 'agentWritesNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: { '@tool': [true], operation: WRITING, [ALLOWED]: [true] },
			hide: { [ONLY_WITH_APPROVAL]: [true] },
		},
	},
	{
		displayName:
			'The AI agent may write what a person has approved, and nothing else: the token is read from the Knack record, under Approval: From the Record.',
		name: 'agentWritesApprovedNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				'@tool': [true],
				operation: ['upsert'],
				[ALLOWED]: [true],
				[ONLY_WITH_APPROVAL]: [true],
			},
		},
	},
];

/** The names that a model is told, of fields that lines of every kind have. */
const TOLD = 'description, quantity, unitAmount, accountCode, taxType, itemCode or discountRate';

/**
 * The lines that the agent gives. n8n makes the tool's schema of the texts in `$fromAI`, whose type
 * `json` has no parts, so that what a line holds stands in the description.
 */
export const AGENT_LINES: INodeProperties = {
	displayName: 'Lines From the Agent',
	name: 'agentLines',
	type: 'string',
	default: `={{ $fromAI('lines', 'The lines of the document: a list of objects such as [{"description": "Labour", "quantity": 2, "unitAmount": 45.5, "accountCode": "200", "taxType": "20% VAT on Income"}]. unitAmount is the price of one, without a currency sign; accountCode is the code or name of an account in Xero, taxType the name of a tax rate. A line may have ${TOLD}, and nothing else. Leave out what is not known.', 'json') }}`,
	description:
		'What the agent is told to give. Values that all lines share, such as the account, can stand under Options, Default Values.',
	displayOptions: linesShownFor('agent'),
};

/**
 * The list that the agent gives, also as JSON text; what no field of a line is, is an issue, since
 * the agent is to learn that, and not to lose it.
 */
export function linesOfAgent(
	definition: DocumentDefinition,
	given: unknown,
): { readonly lineList: unknown; readonly issues?: readonly Issue[] } {
	const read = typeof given === 'string' ? (parseJson(given) ?? given) : given;
	const lines = Array.isArray(read) ? read : [read];
	if (!lines.every(isRecord)) {
		const unreadable = issue(
			'The lines are not a list of objects.',
			`Give a list of objects, each with ${TOLD}.`,
		);
		return { lineList: [], issues: [unreadable] };
	}
	const { names } = new LineColumns(lines);
	const used = new Set(Object.values(autoMapLines(definition, names, [])));
	const unknown = names.filter((name) => !used.has(name));
	if (unknown.length === 0) return { lineList: lines };
	const odd = issue(
		`The lines hold ${unknown.map((name) => `"${name}"`).join(', ')}, which is no value of a line, or one that stands there twice.`,
		`Give each line ${TOLD}, by these names.`,
	);
	return { lineList: lines, issues: [odd] };
}

function issue(message: string, fix: string): Issue {
	return { code: 'MAPPING_LINES_UNREADABLE', severity: 'block', field: 'lineItems', message, fix };
}
