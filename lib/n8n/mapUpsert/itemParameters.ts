import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Issue } from '../../issue';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { DraftSource } from '../../sync/draft';
import type { MappedValues } from '../../sync/map/draftFromValues';
import { withAddressParts } from '../../sync/map/postalAddress';
import { isRecord, type ItemRecord } from '../../sync/map/sampleShape';
import { AGENT_LINES, linesOfAgent } from './agentParameters';
import { readAfterWriting, type AfterWritingSettings } from './afterWritingParameters';
import { APPROVAL_ANSWERS, type ApprovalFields } from './approvalOptions';
import { mappedValues } from '../parameters/mapper';
import { itemParameter, parameterReader } from '../parameters/reader';
import { expressionIssue, unlessExpressionFails } from '../parameters/settingError';
import { RECORD_EDITED_ON } from './bothWaysOption';
import { ORGANISATION } from './nodeParameters';
import { OPTIONS, RECORD_PAGE } from './options';
import { GUARDS, guardAnswers, LET_GO } from './guardOptions';
import { UNUSUAL_ANSWERS, unusualAnswers } from './unusualOptions';
import {
	DOCUMENT_FORM,
	FORM_LABELS,
	IDENTITY_FORM,
	LINE_FORM,
	type RunParameters,
} from './runParameters';
import { documentByRule } from './documentRules';
import { runFor, valuesFor } from './runFor';
import { statusByRule } from './statusRules';
import { WRITE_BACK_TABLE } from './writeBackParameters';

/** What the node is set to for one item, its expressions worked out. */
export interface ItemParameters {
	readonly index: number;
	readonly json: ItemRecord;
	readonly source: DraftSource;
	/** Undefined when the credential's only organisation is meant. */
	readonly organisation?: string;
	/** By field path; undefined when items are mapped automatically. */
	readonly values?: MappedValues;
	/** What the form holds for the lines, by the ids of its fields. */
	readonly lineMapping?: MappedValues;
	/** The list of the lines or its name. */
	readonly lineList: unknown;
	readonly groupBy: unknown;
	readonly status: unknown;
	/** Where only the status is changed: the one that the record shall have. */
	readonly newStatus?: unknown;
	/** What goes with the document once it is written. */
	readonly afterWriting?: AfterWritingSettings;
	/** What is said of its approval. */
	readonly approvalFields?: ApprovalFields;
	/** Knack table to write back to. */
	readonly knackTable?: string;
	readonly skipReason?: string;
	/** What the record becomes, by the rules or as the node is set to. */
	readonly definition: DocumentDefinition;
	/** When its record was last edited, as the record has it; read where the newest side wins. */
	readonly editedOn?: unknown;
	/** Why the item's settings cannot be worked out. */
	readonly issues: readonly Issue[];
}

/**
 * Reads one item's parameters. An expression that fails blocks its own record and no other; a
 * setting that cannot be read stops the node: throws SettingError.
 */
export function readItemParameters(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	index: number,
	run: RunParameters,
	applicationId?: string,
): ItemParameters {
	const json: ItemRecord = item.json;
	const source = sourceOf(json, applicationId);
	const blank = {
		definition: run.definition,
		index,
		json,
		source,
		lineList: undefined,
		groupBy: undefined,
		status: undefined,
		issues: [],
	};
	const get = itemParameter(context, index);
	const { operation } = run;
	const parameters = { document: run.definition.type, operation };
	const read = parameterReader(get, { parameters });
	const mapped = (form: keyof typeof FORM_LABELS) => mappedValues(FORM_LABELS[form], form, get);
	return unlessExpressionFails<ItemParameters>(
		() => {
			const chosen = documentByRule(context, index, run.documentRules.count, run.definition);
			if (!chosen.ok) return { ...blank, issues: [chosen.failure] };
			const definition = chosen.value;
			const organisation = read(ORGANISATION);
			const skipReason = run.hasCondition ? unmetCondition(context, index) : undefined;
			const any = (name: string) => context.getNodeParameter(name, index, '');
			const isStatusChange = operation === 'changeStatus';
			const letGo = run.guards.hasLetGo ? get(`${GUARDS.name}.${LET_GO.name}`) : undefined;
			const given = readAfterWriting(context, index, runFor(run, definition));
			const guard = guardAnswers(letGo, given?.wish);
			const afterWriting = guard.answers.isLetGo ? alsoWhenUnchanged(given) : given;
			const recordPage =
				run.upsert.sourceLink !== false
					? RECORD_PAGE.read(get(`${OPTIONS.name}.${RECORD_PAGE.name}`), { parameters })
					: undefined;
			const unusual =
				run.upsert.unusual === undefined
					? undefined
					: unusualAnswers(
							UNUSUAL_ANSWERS.read(get(`${OPTIONS.name}.${UNUSUAL_ANSWERS.name}`), { parameters }),
							context.getTimezone(),
						);
			const { bothWays } = run.upsert;
			const isNewestAsked = bothWays !== undefined && [...bothWays.values()].includes('newest');
			const approvalFields =
				run.approval &&
				APPROVAL_ANSWERS.read(get(`${OPTIONS.name}.${APPROVAL_ANSWERS.name}`), { parameters });
			const { recordId } = approvalFields ?? {};
			const place =
				recordId === undefined ? source : sourceOf(ofRecord(json, recordId), applicationId);
			return {
				...blank,
				...(isNewestAsked
					? {
							editedOn: RECORD_EDITED_ON.read(get(`${OPTIONS.name}.${RECORD_EDITED_ON.name}`), {
								parameters,
							}),
						}
					: {}),
				issues: [...(unusual?.issues ?? []), ...guard.issues],
				definition,
				source: {
					...place,
					...(recordPage === undefined ? {} : { recordPage }),
					...(unusual?.answers ? { unusual: unusual.answers } : {}),
					...(Object.keys(guard.answers).length > 0 ? { guard: guard.answers } : {}),
				},
				...(organisation === undefined ? {} : { organisation }),
				...(run.isAutoMapped
					? {}
					: {
							values: valuesFor(
								withAddressParts(
									run.definition,
									mapped(isStatusChange ? IDENTITY_FORM : DOCUMENT_FORM),
								),
								run.definition,
								definition,
							),
						}),
				...(run.lineSource === 'none' || run.areLinesAutoMapped
					? {}
					: { lineMapping: mapped(LINE_FORM) }),
				...(run.lineSource === 'list' ? linesOf(run, any) : {}),
				...(run.lineSource === 'itemPerLine' ? { groupBy: any('groupBy') } : {}),
				...(run.definition.lifecycle.initial === undefined || isStatusChange
					? {}
					: { status: statusByRule(context, index, run.statusRules) ?? any('status') }),
				...(isStatusChange ? { newStatus: any('newStatus') } : {}),
				...(afterWriting ? { afterWriting } : {}),
				...(approvalFields ? { approvalFields } : {}),
				...((run.writeBackFields ??
				run.adopt?.linkField ??
				run.fingerprintField ??
				run.approval?.tokenField)
					? { knackTable: read(WRITE_BACK_TABLE) ?? source.table }
					: {}),
				...(skipReason === undefined ? {} : { skipReason }),
			};
		},
		(error) => ({ ...blank, issues: [expressionIssue(error)] }),
	);
}

/** What was held back is made up for once a person has let the record go. */
function alsoWhenUnchanged(
	given: AfterWritingSettings | undefined,
): AfterWritingSettings | undefined {
	return given && { ...given, wish: { ...given.wish, alsoWhenUnchanged: true } };
}

/** The list of the lines or its name, and what is the matter with a list that an agent gives. */
function linesOf(
	{ definition, isListOfAgent }: RunParameters,
	any: (name: string) => unknown,
): Pick<ItemParameters, 'lineList'> & Partial<Pick<ItemParameters, 'issues'>> {
	if (!isListOfAgent) return { lineList: any('lineList') || any('linesList') };
	return linesOfAgent(definition, any(AGENT_LINES.name));
}

/** Items of our own nodes say which app they come from; for others it is the credential's. */
function sourceOf(json: ItemRecord, ofCredential: string | undefined): DraftSource {
	const { recordId, table, applicationId = ofCredential } = isRecord(json.knack) ? json.knack : {};
	return {
		...(typeof recordId === 'string' ? { knackRecordId: recordId } : {}),
		...(typeof table === 'string' ? { table } : {}),
		...(typeof recordId === 'string' && typeof applicationId === 'string' ? { applicationId } : {}),
	};
}

/** An item with the record that the node is told besides, as that of its own. */
function ofRecord(json: ItemRecord, recordId: string): ItemRecord {
	return { ...json, knack: { ...(isRecord(json.knack) ? json.knack : {}), recordId } };
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
