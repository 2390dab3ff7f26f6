import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Severity } from '../../issue';
import type { MappedValues } from '../../sync/map/draftFromValues';
import type { MappingExpressions } from '../../sync/map/goneNames';
import type { UpsertOptions } from '../../sync/upsert';
import type { WriteBackFields } from '../../sync/outcomeWriteBack';
import { z } from '../../vendor/zod';
import { requireNewStatus } from './requireNewStatus';
import { DOCUMENTS } from '../../xero/documents';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { readAdoptParameters, type AdoptParameters } from './adoptParameters';
import { countStatusRules } from './statusRules';
import { readNumbering, withoutNumber, type Numbering } from './numbering';

type Operation = 'upsert' | 'preview' | 'changeStatus' | 'adopt';
type LineSource = 'list' | 'itemPerLine' | 'knackTable' | 'none';

/** What the node is set to for all items alike. */
export interface RunParameters {
	readonly definition: DocumentDefinition;
	readonly operation: Operation;
	readonly isPreview: boolean;
	/** Set when an AI agent asked to write and may not. */
	readonly isPreviewForTool: boolean;
	readonly isTool: boolean;
	readonly lineSource: LineSource;
	/** Where lines are kept in Knack, for the source `knackTable`. */
	readonly lineTable: { readonly table: string; readonly connection: string };
	readonly isAutoMapped: boolean;
	readonly areLinesAutoMapped: boolean;
	/** What the form holds for the document's fields, before it is worked out for each item. */
	readonly expressions: MappingExpressions;
	readonly hasCondition: boolean;
	readonly writeBackFields?: WriteBackFields;
	/** Set for the operation `adopt`. */
	readonly adopt?: AdoptParameters;
	readonly numbering: Numbering;
	/** Rules that choose the status before the node's own setting does. */
	readonly statusRules: number;
	readonly upsert: UpsertOptions;
	readonly blankPolicy: 'leave' | 'clear';
	readonly defaults: MappedValues;
	readonly lineDefaults: MappedValues;
	readonly includeInput: boolean;
}

/** Prefix of a line's field where both headers' and lines' fields are offered. */
export const LINE_FIELD = 'lines.';

/** The parameters that hold the form: of the whole document, or of what tells which one is meant. */
export const DOCUMENT_FORM = 'fields';
export const IDENTITY_FORM = 'identityFields';

const blankText = z.string().optional().catch(undefined);

const optionsSchema = z
	.object({
		allowWritingAsTool: z.boolean().catch(false),
		blankPolicy: z.enum(['leave', 'clear']).catch('leave'),
		contactPolicy: z
			.enum(['matchOrCreate', 'matchCreateOrUpdate', 'matchOnly'])
			.catch('matchOrCreate'),
		writePolicy: z.enum(['createOrUpdate', 'createOnly', 'updateOnly']).catch('createOrUpdate'),
		removeOmittedLines: z.boolean().catch(false),
		includeInput: z.boolean().catch(false),
		defaults: z
			.object({ entries: z.array(z.object({ field: z.string(), value: z.unknown() })) })
			.catch({ entries: [] }),
		rules: z
			.object({
				entries: z.array(
					z.object({ code: z.string(), severity: z.enum(['block', 'hold', 'warn', 'off']) }),
				),
			})
			.catch({ entries: [] }),
	})
	.catch({
		allowWritingAsTool: false,
		blankPolicy: 'leave',
		contactPolicy: 'matchOrCreate',
		writePolicy: 'createOrUpdate',
		removeOmittedLines: false,
		includeInput: false,
		defaults: { entries: [] },
		rules: { entries: [] },
	});

const writeBackSchema = z.object({
	xeroId: blankText,
	number: blankText,
	status: blankText,
	link: blankText,
	onlineLink: blankText,
	message: blankText,
});

const mapperSchema = z.object({ mappingMode: z.string() }).catch({ mappingMode: 'defineBelow' });
const operationSchema = z.enum(['upsert', 'preview', 'changeStatus', 'adopt']).catch('upsert');
const lineSourceSchema = z.enum(['list', 'itemPerLine', 'knackTable', 'none']).catch('none');

/** Reads what holds for all items; throws where the node itself is not set up. */
export function readRunParameters(context: IExecuteFunctions): RunParameters {
	const definition = chosenDefinition(context);
	const options = optionsSchema.parse(context.getNodeParameter('options', 0, {}));
	const operation = operationSchema.parse(context.getNodeParameter('operation', 0, 'upsert'));
	const isTool = context.isToolExecution?.() === true;
	const isStatusChange = operation === 'changeStatus';
	if (isStatusChange) requireNewStatus(context, definition);
	const adopt = operation === 'adopt' ? readAdoptParameters(context) : undefined;
	const isAskedFor =
		operation === 'preview' ||
		adopt?.isPreviewOnly === true ||
		(isStatusChange && context.getNodeParameter('previewOnly', 0, false) === true);
	const isPreviewForTool = isTool && !isAskedFor && !options.allowWritingAsTool;
	const isPreview = isAskedFor || isPreviewForTool;
	const numbering: Numbering = isStatusChange
		? { by: 'mapping' }
		: readNumbering(context, definition);
	const hasLines = definition.lineFields !== undefined && !isStatusChange;
	const lineSource = hasLines
		? lineSourceSchema.parse(context.getNodeParameter('lineSource', 0, 'list'))
		: 'none';
	const writesBack = !isPreview && context.getNodeParameter('writeBack', 0, false) === true;
	const form = isStatusChange ? IDENTITY_FORM : DOCUMENT_FORM;
	const defaults = isStatusChange
		? []
		: options.defaults.entries.filter(({ field }) => field !== '');
	return {
		definition,
		operation,
		isPreview,
		isPreviewForTool,
		isTool,
		lineSource,
		lineTable:
			lineSource === 'knackTable' ? chosenLineTable(context) : { table: '', connection: '' },
		isAutoMapped: isAutomatic(context, form),
		areLinesAutoMapped: lineSource !== 'none' && isAutomatic(context, 'lineFields'),
		expressions: withoutNumber(definition, numbering, expressionsOf(context, form)),
		hasCondition: context.getNodeParameter('useCondition', 0, false) === true,
		...(writesBack
			? {
					writeBackFields: writeBackSchema.parse(
						context.getNodeParameter('writeBackFields', 0, {}),
					),
				}
			: {}),
		...(adopt ? { adopt } : {}),
		numbering,
		statusRules: operation === 'upsert' || operation === 'preview' ? countStatusRules(context) : 0,
		upsert: {
			contactPolicy: options.contactPolicy,
			removeOmittedLines: options.removeOmittedLines,
			writePolicy: options.writePolicy,
			ruleSeverities: Object.fromEntries(
				options.rules.entries.map(({ code, severity }): [string, Severity | 'off'] => [
					code,
					severity,
				]),
			),
			isNumberedByTemplate: numbering.by === 'template',
		},
		blankPolicy: isStatusChange ? 'leave' : options.blankPolicy,
		defaults: withoutNumber(
			definition,
			numbering,
			Object.fromEntries(
				defaults
					.filter(({ field }) => !field.startsWith(LINE_FIELD))
					.map(({ field, value }) => [field, value]),
			),
		),
		lineDefaults: Object.fromEntries(
			defaults
				.filter(({ field }) => field.startsWith(LINE_FIELD))
				.map(({ field, value }) => [field.slice(LINE_FIELD.length), value]),
		),
		includeInput: options.includeInput,
	};
}

function chosenDefinition(context: IExecuteFunctions): DocumentDefinition {
	const type = context.getNodeParameter('document', 0, 'salesInvoice');
	const definition = Object.values(DOCUMENTS).find((each) => each?.type === type);
	if (definition) return definition;
	throw new NodeOperationError(context.getNode(), 'The chosen document is not one of the list', {
		description: 'Choose a document under Document, such as Sales Invoice.',
	});
}

function chosenLineTable(context: IExecuteFunctions): RunParameters['lineTable'] {
	const table = context.getNodeParameter('lineTable', 0, '', { extractValue: true });
	const connection = context.getNodeParameter('lineConnection', 0, '');
	if (typeof table === 'string' && typeof connection === 'string' && table && connection) {
		return { table, connection };
	}
	throw new NodeOperationError(context.getNode(), 'The Knack table with the lines is not chosen', {
		description: 'Choose Lines Table and Connection Field, or another source of line items.',
	});
}

function isAutomatic(context: IExecuteFunctions, name: string): boolean {
	const mapper = mapperSchema.parse(context.getNodeParameter(name, 0, {}));
	return mapper.mappingMode === 'autoMapInputData';
}

const storedMapper = z
	.object({ mappingMode: z.literal('defineBelow'), value: z.record(z.unknown()) })
	.catch({ mappingMode: 'defineBelow', value: {} });

function expressionsOf(context: IExecuteFunctions, form: string): MappingExpressions {
	const { value } = storedMapper.parse(context.getNode().parameters[form]);
	return Object.fromEntries(
		Object.entries(value).flatMap(([path, text]) =>
			typeof text === 'string' && text.startsWith('=') ? [[path, text] as const] : [],
		),
	);
}
