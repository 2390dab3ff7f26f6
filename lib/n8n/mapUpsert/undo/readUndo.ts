import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import { grouped } from '../../../grouped';
import type { Issue } from '../../../issue';
import { isRecord } from '../../../sync/map/sampleShape';
import type { WriteBackFields } from '../../../sync/outcomeWriteBack';
import { readRanOutcome, type RanOutcome } from '../../../sync/undo/ranOutcome';
import type { UndoOptions } from '../../../sync/undo/plan';
import type { GuardSettings } from '../../../sync/guard/guardSettings';
import { runsAsTool } from '../../agentWriting';
import { itemParameter, parameterReader, type ParameterReader } from '../../parameters/reader';
import { expressionIssue, unlessExpressionFails } from '../../parameters/settingError';
import { knackAccess, KNACK_CREDENTIAL } from '../../knackConnection';
import { readChosenLog, type ChosenLog } from '../../syncLog/logParameters';
import { GUARDS, guardSettings } from '../guardOptions';
import { requireKnackForStop } from '../requireKnackForStop';
import { LOG } from '../logParameters';
import { ORGANISATION } from '../nodeParameters';
import {
	PREVIEW_OF_UNDO,
	UNDO_LOG_TABLE,
	UNDO_OPTIONS,
	UNDO_RUN,
	UNDO_SOURCE,
} from '../undoParameters';
import { readWriteBack, WRITE_BACK_FORM, WRITE_BACK_TABLE } from '../writeBackParameters';

/** What the node is set to for undoing, for all items alike. */
export interface UndoParameters {
	readonly source: 'items' | 'syncLog';
	readonly isPreview: boolean;
	/** Set when an AI agent asked to write: it gets previews alone. */
	readonly isPreviewForTool: boolean;
	readonly isTool: boolean;
	readonly options: UndoOptions;
	readonly writeBackFields?: WriteBackFields;
	readonly log?: ChosenLog;
	readonly guards: GuardSettings;
}

/** Where something is to be undone. */
interface UndoPlace {
	/** The input item that it comes of. */
	readonly input: number;
	/** Undefined when the credential's only organisation is meant. */
	readonly organisation: string | undefined;
	/** Of a record whose item names none. */
	readonly table: string | undefined;
}

/** What a run did for one record, or why that cannot be read; `index` tells it from others. */
export type UndoItem =
	| ({ readonly index: number; readonly ran: RanOutcome } & UndoPlace)
	| {
			readonly index: number;
			readonly input: number;
			readonly subject: string;
			readonly record?: string;
			readonly issues: readonly Issue[];
	  };

/** A run that is to be looked up in the Sync Log. */
export interface SoughtRun extends UndoPlace {
	/** Key or name. */
	readonly logTable: string;
	readonly run: string;
}

const PARAMETERS = { operation: 'undo' };
const REASON = 'it was sent to Xero in error.';

/** Throws SettingError and NodeOperationError where the node itself is not set up. */
export async function readUndoParameters(context: IExecuteFunctions): Promise<UndoParameters> {
	const get = itemParameter(context, 0);
	const read = parameterReader(get, { parameters: PARAMETERS, timeZone: context.getTimezone() });
	const { archiveContacts, booksClosedUntil, reason } = read(UNDO_OPTIONS);
	const source = read(UNDO_SOURCE);
	const isTool = runsAsTool(context);
	const isAskedFor = read(PREVIEW_OF_UNDO);
	// What takes documents out of the books is a person's to start, whatever an agent may write.
	const isPreview = isAskedFor || isTool;
	const guards = guardSettings(read(GUARDS), context.getNode().parameters[GUARDS.name]);
	await requireKnackForStop(context, guards);
	const writeBackFields = readWriteBack(read, get, context.getNode().parameters[WRITE_BACK_FORM]);
	const log = isPreview ? undefined : readChosenLog(LOG, read);
	if ((writeBackFields && !isPreview) || log || source === 'syncLog') await requireKnack(context);
	return {
		source,
		isPreview,
		isPreviewForTool: isTool && !isAskedFor,
		isTool,
		guards,
		options: {
			archivesContacts: archiveContacts,
			reason: reason?.trim() || REASON,
			...(booksClosedUntil ? { booksClosedUntil } : {}),
		},
		...(writeBackFields ? { writeBackFields } : {}),
		...(log ? { log } : {}),
	};
}

async function requireKnack(context: IExecuteFunctions): Promise<void> {
	if (context.getNode().credentials?.[KNACK_CREDENTIAL]) {
		knackAccess(await context.getCredentials(KNACK_CREDENTIAL));
		return;
	}
	throw new NodeOperationError(context.getNode(), 'No Knack API credential is chosen', {
		description:
			'Choose one under Credential for Knack, or switch off Write Back to Knack and Write to Log Table and take the run from Input Items.',
	});
}

/** Reads each item. What one of them does not say is its own issue. */
export function readUndoItems(
	context: IExecuteFunctions,
	{ writeBackFields }: UndoParameters,
): UndoItem[] {
	return context.getInputData().map(({ json }, index): UndoItem => {
		const read = readRanOutcome(json, index);
		const record = isRecord(json) && typeof json.record === 'string' ? { record: json.record } : {};
		const unread = (issue: Issue): UndoItem => ({
			...{ index, input: index, subject: `item ${index + 1}`, issues: [issue] },
			...record,
		});
		if (!read.ok) return unread(read.failure);
		return unlessExpressionFails<UndoItem>(
			() => ({
				index,
				ran: read.value,
				...placeOf(ownReader(context, index), index, writeBackFields),
			}),
			(error) => unread(expressionIssue(error)),
		);
	});
}

function ownReader(context: IExecuteFunctions, index: number): ParameterReader {
	return parameterReader(itemParameter(context, index), { parameters: PARAMETERS });
}

function placeOf(
	own: ParameterReader,
	input: number,
	writeBackFields: WriteBackFields | undefined,
): UndoPlace {
	const table = writeBackFields ? own(WRITE_BACK_TABLE) : undefined;
	return { input, organisation: own(ORGANISATION), table };
}

/**
 * The runs that the items choose, each once: it comes of the first item that names it. Throws
 * NodeOperationError where none is chosen.
 */
export function readSoughtRuns(
	context: IExecuteFunctions,
	{ writeBackFields }: UndoParameters,
): SoughtRun[] {
	const sought = context.getInputData().map((_, input): readonly [string, SoughtRun] => {
		const own = ownReader(context, input);
		const [logTable = '', run] = [own(UNDO_LOG_TABLE), own(UNDO_RUN)];
		if (run === undefined) {
			throw new NodeOperationError(context.getNode(), 'No run is chosen', {
				description: 'Choose the run that is to be undone under Run.',
				itemIndex: input,
			});
		}
		const place = placeOf(own, input, writeBackFields);
		return [[logTable, run, place.organisation].join('\n'), { ...place, logTable, run }];
	});
	return [...grouped(sought).values()].map(([first]) => first);
}
