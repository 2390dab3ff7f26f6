import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Issue } from '../../issue';
import type { DraftSource } from '../../sync/draft';
import type { MappedValues } from '../../sync/map/draftFromValues';
import { isRecord, type ItemRecord } from '../../sync/map/sampleShape';
import { readAfterWriting, type AfterWritingSettings } from './afterWriting';
import { DOCUMENT_FORM, IDENTITY_FORM, type RunParameters } from './runParameters';
import { statusByRule } from './statusRules';

/** What the node is set to for one item, its expressions worked out. */
export interface ItemParameters {
	readonly index: number;
	readonly json: ItemRecord;
	readonly source: DraftSource;
	/** Undefined when the credential's only organisation is meant. */
	readonly organisation?: string;
	/** By field path; undefined when items are mapped automatically. */
	readonly values?: MappedValues;
	/** By field path: the name of a column of the lines, or a value for all of them. */
	readonly lineMapping?: MappedValues;
	/** The list of the lines or its name. */
	readonly lineList: unknown;
	readonly groupBy: unknown;
	readonly status: unknown;
	/** Where only the status is changed: the one that the record shall have. */
	readonly newStatus?: unknown;
	/** What goes with the document once it is written. */
	readonly afterWriting?: AfterWritingSettings;
	/** Knack table to write back to. */
	readonly knackTable?: string;
	readonly skipReason?: string;
	/** Why the item's settings cannot be worked out. */
	readonly issues: readonly Issue[];
}

/** Reads one item's parameters. An expression that fails blocks its own record and no other. */
export function readItemParameters(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	index: number,
	run: RunParameters,
): ItemParameters {
	const json: ItemRecord = item.json;
	const blank = {
		index,
		json,
		source: sourceOf(json),
		lineList: undefined,
		groupBy: undefined,
		status: undefined,
		issues: [],
	};
	try {
		const organisation = located(context, 'organisation', index);
		const skipReason = run.hasCondition ? unmetCondition(context, index) : undefined;
		const read = (name: string) => context.getNodeParameter(name, index, '');
		const isStatusChange = run.operation === 'changeStatus';
		const afterWriting = readAfterWriting(context, index, run);
		return {
			...blank,
			...(organisation === undefined ? {} : { organisation }),
			...(run.isAutoMapped
				? {}
				: { values: mapped(context, isStatusChange ? IDENTITY_FORM : DOCUMENT_FORM, index) }),
			...(run.lineSource === 'none' || run.areLinesAutoMapped
				? {}
				: { lineMapping: mapped(context, 'lineFields', index) }),
			...(run.lineSource === 'list' ? { lineList: read('lineList') } : {}),
			...(run.lineSource === 'itemPerLine' ? { groupBy: read('groupBy') } : {}),
			...(run.definition.defaultStatus === undefined || isStatusChange
				? {}
				: { status: statusByRule(context, index, run.statusRules) ?? read('status') }),
			...(isStatusChange ? { newStatus: read('newStatus') } : {}),
			...(afterWriting ? { afterWriting } : {}),
			...((run.writeBackFields ?? run.adopt?.linkField)
				? { knackTable: located(context, 'table', index) ?? sourceOf(json).table }
				: {}),
			...(skipReason === undefined ? {} : { skipReason }),
		};
	} catch (error) {
		return { ...blank, issues: [expressionIssue(error)] };
	}
}

function sourceOf(json: ItemRecord): DraftSource {
	if (!isRecord(json.knack)) return {};
	const { recordId, table } = json.knack;
	return {
		...(typeof recordId === 'string' ? { knackRecordId: recordId } : {}),
		...(typeof table === 'string' ? { table } : {}),
	};
}

/** The value of a resource locator; undefined when it is left empty. */
function located(context: IExecuteFunctions, name: string, index: number): string | undefined {
	const value = context.getNodeParameter(name, index, '', { extractValue: true });
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/**
 * The values of a resourceMapper. Spelt with brackets because n8n checks values of `fields.value`
 * against the form and fails the whole node at the first that does not fit; here each value is read
 * by its field's kind, and one that cannot be read is an issue of its own record.
 */
function mapped(context: IExecuteFunctions, name: string, index: number): MappedValues {
	const values = context.getNodeParameter(`${name}["value"]`, index, {});
	return isRecord(values) ? values : {};
}

interface Condition {
	readonly leftValue?: unknown;
	readonly rightValue?: unknown;
	readonly operator?: unknown;
}

/** Why the record is not meant to be synced, when the user's condition says so. */
function unmetCondition(context: IExecuteFunctions, index: number): string | undefined {
	if (context.getNodeParameter('condition', index, false, { extractValue: true }) === true) {
		return undefined;
	}
	const filter: unknown = context.getNodeParameter('condition', index, {});
	const conditions = isRecord(filter) && Array.isArray(filter.conditions) ? filter.conditions : [];
	const words = conditions.filter(isRecord).map(conditionInWords);
	return words.length === 0
		? 'The condition under Only When is not met.'
		: `Only When is not met: ${words.join('; ')}.`;
}

function conditionInWords({ leftValue, rightValue, operator }: Condition): string {
	const operation = isRecord(operator) ? String(operator.operation ?? '') : '';
	const verb = operation.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
	const shown = (value: unknown) =>
		value === undefined || value === null || value === ''
			? 'nothing'
			: `"${typeof value === 'object' ? JSON.stringify(value) : String(value)}"`;
	const right = rightValue === undefined || rightValue === '' ? '' : ` ${shown(rightValue)}`;
	return `${shown(leftValue)} against "${verb}"${right}`;
}

function expressionIssue(error: unknown): Issue {
	const message = error instanceof Error ? error.message : String(error);
	return {
		code: 'MAPPING_EXPRESSION_FAILED',
		severity: 'block',
		message: `An expression of the node cannot be worked out for this item: ${message}`,
		fix: 'Open the node with this item as input and look for the field marked red.',
	};
}
