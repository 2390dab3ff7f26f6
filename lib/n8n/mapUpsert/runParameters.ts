import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Severity } from '../../issue';
import type { MappedValues } from '../../sync/map/draftFromValues';
import type { SavedLineForm } from '../../sync/map/columnChoice';
import type { MappingExpressions } from '../../sync/map/goneNames';
import type { GuardSettings } from '../../sync/guard/guardSettings';
import type { WriteBackFields } from '../../sync/outcomeWriteBack';
import type { UpsertOptions } from '../../sync/upsert';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { isMappedAutomatically } from '../parameters/mapper';
import { itemParameter, parameterReader, type ParameterReader } from '../parameters/reader';
import { readChosenLog, type ChosenLog } from '../syncLog/logParameters';
import { mayAgentWrite, runsAsTool } from '../agentWriting';
import { approvalSettings, type ApprovalSettings } from './approvalOptions';
import { readAdoptParameters, type AdoptParameters } from './adoptParameters';
import { DEFINITIONS } from './documents';
import {
	DOCUMENT,
	isChosen,
	LINE_CONNECTION,
	LINE_SOURCE,
	LINE_TABLE,
	OPERATION,
	PREVIEW_OF_STATUSES,
	USE_CONDITION,
} from './nodeParameters';
import { LOG } from './logParameters';
import { GUARDS, guardSettings } from './guardOptions';
import { readNumbering, withoutNumber, type Numbering } from './numbering';
import { OPTIONS } from './options';
import { orderTolerance } from './orderToleranceOptions';
import { reversalOf } from './reversalOptions';
import { requireNewStatus } from './requireNewStatus';
import { requireReadableStatus } from './requireReadableStatus';
import { RULE_CODES } from './rules';
import { expressionsOf, requireOneSource, savedLineForm } from './savedForms';
import { readDocumentRules } from './documentRules';
import { countStatusRules } from './statusRules';
import { readWriteBack, WRITE_BACK_FORM } from './writeBackParameters';

type Operation = Exclude<(typeof OPERATION)['unset'], 'apiCall' | 'approve' | 'undo'>;
type LineSource = Exclude<(typeof LINE_SOURCE)['unset'], 'agent'>;
type Options = (typeof OPTIONS)['unset'];

/** What the node is set to for all items alike. */
export interface RunParameters {
	readonly definition: DocumentDefinition;
	readonly operation: Operation;
	readonly isPreview: boolean;
	/** Set when an AI agent asked to write and may not. */
	readonly isPreviewForTool: boolean;
	readonly isTool: boolean;
	readonly lineSource: LineSource;
	/** Whether the list of the lines is what an AI agent gives. */
	readonly isListOfAgent: boolean;
	/** Where lines are kept in Knack, for the source `knackTable`. */
	readonly lineTable: { readonly table: string; readonly connection: string };
	readonly isAutoMapped: boolean;
	readonly areLinesAutoMapped: boolean;
	/** What the form holds for the document's fields, before it is worked out for each item. */
	readonly expressions: MappingExpressions;
	/** The form of the lines, as it was saved. */
	readonly lineForm: SavedLineForm;
	readonly hasCondition: boolean;
	readonly writeBackFields?: WriteBackFields;
	/** Knack field, by key or label, that keeps what was last sent. */
	readonly fingerprintField?: string;
	/** Set for the operation `adopt`. */
	readonly adopt?: AdoptParameters;
	readonly numbering: Numbering;
	/** Where attempts are logged, if they are. */
	readonly log?: ChosenLog;
	/** Rules that choose what a record becomes, and all that it may become. */
	readonly documentRules: ReturnType<typeof readDocumentRules>;
	/** Rules that choose the status before the node's own setting does. */
	readonly statusRules: number;
	/** How records are approved, where they are written or would be. */
	readonly approval?: ApprovalSettings;
	readonly upsert: UpsertOptions;
	readonly guards: GuardSettings;
	readonly blankPolicy: 'leave' | 'clear';
	readonly defaults: MappedValues;
	readonly lineDefaults: MappedValues;
	readonly includeInput: boolean;
	/** Whether the run is given as a page as well; an agent sees no output but the first. */
	readonly hasReport: boolean;
	/** What is odd about the settings, in sentences, though it keeps nothing from being done. */
	readonly warnings: readonly string[];
}

/** Prefix of a line's field where both headers' and lines' fields are offered. */
export const LINE_FIELD = 'lines.';

/** The parameters that hold the form: of the whole document, or of what tells which one is meant. */
export const DOCUMENT_FORM = 'fields';
export const IDENTITY_FORM = 'identityFields';
export const LINE_FORM = 'lineFields';

/** What the panel calls the forms. */
export const FORM_LABELS = {
	[DOCUMENT_FORM]: 'Fields',
	[IDENTITY_FORM]: 'Which Document',
	[LINE_FORM]: 'Line Fields',
} as const;
type Form = keyof typeof FORM_LABELS;

/** What the node is set to do. Throws SettingError. */
export function readOperation(context: IExecuteFunctions): (typeof OPERATION)['unset'] {
	return parameterReader(itemParameter(context, 0), { parameters: {} })(OPERATION);
}

/** Reads what holds for all items; throws where the node itself is not set up, or not readable. */
export function readRunParameters(context: IExecuteFunctions, operation: Operation): RunParameters {
	const get = itemParameter(context, 0);
	const readAnywhere = parameterReader(get, { parameters: {} });
	const document = readAnywhere(DOCUMENT);
	const definition = definitionOf(document);
	const isStatusChange = operation === 'changeStatus';
	if (isStatusChange) requireNewStatus(context, definition);
	else requireReadableStatus(context, definition);
	const parameters = { document, operation };
	const read = parameterReader(get, { parameters, timeZone: context.getTimezone() });
	const options = read(OPTIONS);
	const stored = context.getNode().parameters;
	const writeBackFields = readWriteBack(read, get, stored[WRITE_BACK_FORM]);
	const adopt =
		operation === 'adopt' ? readAdoptParameters(get, writeBackFields?.xeroId) : undefined;
	const isAskedFor =
		operation === 'preview' ||
		operation === 'shadow' ||
		adopt?.isPreviewOnly === true ||
		read(PREVIEW_OF_STATUSES);
	const isTool = runsAsTool(context);
	const mayWrite = !isTool || mayAgentWrite(context.getNode(), options.allowWritingAsTool);
	const isPreviewForTool = !isAskedFor && !mayWrite;
	const isPreview = isAskedFor || isPreviewForTool;
	const numbering: Numbering = isStatusChange
		? { by: 'mapping' }
		: readNumbering(context, definition, read);
	const hasLines = definition.lineFields !== undefined && !isStatusChange;
	const chosenSource = hasLines ? read(LINE_SOURCE) : 'none';
	const isListOfAgent = chosenSource === 'agent';
	const lineSource = isListOfAgent ? 'list' : chosenSource;
	const form = isStatusChange ? IDENTITY_FORM : DOCUMENT_FORM;
	const isAutomatic = (name: Form) =>
		isMappedAutomatically(FORM_LABELS[name], name, stored[name], get);
	const defaults = defaultsOf(options);
	const lineForm = savedLineForm(lineSource === 'none' ? undefined : stored[LINE_FORM]);
	requireOneSource(context.getNode(), definition, lineForm);
	const reversal = definition.reverses && reversalOf(options);
	return {
		definition,
		operation,
		isPreview,
		isPreviewForTool,
		isTool,
		lineSource,
		isListOfAgent,
		lineTable:
			lineSource === 'knackTable' ? chosenLineTable(context, read) : { table: '', connection: '' },
		isAutoMapped: isAutomatic(form),
		areLinesAutoMapped: isListOfAgent || (lineSource !== 'none' && isAutomatic(LINE_FORM)),
		expressions: withoutNumber(definition, numbering, expressionsOf(stored[form])),
		lineForm,
		hasCondition: read(USE_CONDITION) || isChosen(read, 'condition'),
		...(writeBackFields ? { writeBackFields } : {}),
		...(writeBackFields?.fingerprint === undefined
			? {}
			: { fingerprintField: writeBackFields.fingerprint }),
		...(adopt ? { adopt } : {}),
		...logOf(read, isPreview),
		numbering,
		documentRules: readDocumentRules(context, definition, operation, read),
		statusRules: countStatusRules(context, definition, read),
		...(operation === 'upsert' || operation === 'preview'
			? { approval: approvalSettings(options, stored.options, isTool) }
			: {}),
		upsert: {
			contactPolicy: options.contactPolicy,
			removeOmittedLines: options.removeOmittedLines,
			writePolicy: options.writePolicy,
			ruleSeverities: severitiesOf(options),
			isNumberedByTemplate: numbering.by === 'template',
			sourceLink: options.sourceLink,
			issuedDocuments: options.issuedDocuments,
			accountantEdits: options.accountantEdits,
			lateDocuments: options.lateDocuments,
			...(options.bothWays.length === 0
				? {}
				: {
						bothWays: new Map(options.bothWays.map((row) => [row.field, row.winner])),
						keepsFingerprint: writeBackFields?.fingerprint !== undefined,
					}),
			...(options.booksClosedUntil ? { booksClosedUntil: options.booksClosedUntil } : {}),
			blankQuantity: options.blankQuantity,
			cisLines: options.cisLines,
			orderTolerance: orderTolerance(options),
			...(reversal ? { reversal } : {}),
			...(options.unusual === 'off' ? {} : { unusual: options.unusual }),
			...(options.openCredit === 'none' ? {} : { openCredit: options.openCredit }),
		},
		guards: guardSettings(read(GUARDS), stored[GUARDS.name]),
		blankPolicy: options.blankPolicy,
		defaults: withoutNumber(definition, numbering, defaults.header),
		lineDefaults: defaults.lines,
		includeInput: options.includeInput,
		hasReport: options.report && !isTool,
		warnings: [...unknownRules(options), ...withoutFingerprint(options, writeBackFields)],
	};
}

function definitionOf(document: (typeof DOCUMENT)['unset']): DocumentDefinition {
	const definition = DEFINITIONS.find(({ type }) => type === document);
	if (definition) return definition;
	throw new Error(`The registry has no document ${document}`);
}

function logOf(read: ParameterReader, isPreview: boolean): Pick<RunParameters, 'log'> {
	const log = isPreview ? undefined : readChosenLog(LOG, read);
	return log ? { log } : {};
}

/** Default Values of the document and of its lines, by field path. */
function defaultsOf({ defaults }: Options): { header: MappedValues; lines: MappedValues } {
	const header: Record<string, unknown> = {};
	const lines: Record<string, unknown> = {};
	for (const { field, value } of defaults) {
		if (field?.startsWith(LINE_FIELD)) lines[field.slice(LINE_FIELD.length)] = value;
		else if (field !== undefined) header[field] = value;
	}
	return { header, lines };
}

/** How strictly rules are taken; a rule that is not told how keeps its own severity. */
function severitiesOf({ rules }: Options): Readonly<Record<string, Severity | 'off'>> {
	return Object.fromEntries(
		rules.flatMap(({ code, severity }) =>
			code === undefined || severity === undefined ? [] : [[code, severity] as const],
		),
	);
}

/** Without what both last agreed on, everything that differs is held. */
function withoutFingerprint({ bothWays }: Options, fields: WriteBackFields | undefined): string[] {
	return bothWays.length === 0 || fields?.fingerprint !== undefined
		? []
		: [
				'Fields That Go Both Ways needs a Sync Fingerprint field under Write Back to Knack: without it nobody knows who has changed something, and all that differs is held.',
			];
}

/** Rules that this version does not have: they may have another name now, or come from a newer one. */
function unknownRules({ rules }: Options): string[] {
	const codes = new Set(rules.flatMap(({ code }) => code ?? []));
	return [...codes]
		.filter((code) => !RULE_CODES.has(code))
		.map(
			(code) =>
				`There is no rule ${code}, so what Options → Rules say of it has no effect. Choose the rule that is meant from the list again, or remove the entry.`,
		);
}

function chosenLineTable(
	context: IExecuteFunctions,
	read: ParameterReader,
): RunParameters['lineTable'] {
	const table = read(LINE_TABLE);
	const connection = read(LINE_CONNECTION);
	if (table !== undefined && connection !== undefined) return { table, connection };
	throw new NodeOperationError(context.getNode(), 'The Knack table with the lines is not chosen', {
		description: 'Choose Lines Table and Connection Field, or another source of line items.',
	});
}
