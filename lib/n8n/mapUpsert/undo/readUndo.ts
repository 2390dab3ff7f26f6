import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Issue } from '../../../issue';
import type { WriteBackFields } from '../../../sync/outcomeWriteBack';
import { readRanOutcome, type RanOutcome } from '../../../sync/undo/ranOutcome';
import type { UndoOptions } from '../../../sync/undo/plan';
import type { GuardSettings } from '../../../sync/guard/guardSettings';
import { runsAsTool } from '../../agentWriting';
import { itemParameter, parameterReader } from '../../parameters/reader';
import { unlessExpressionFails } from '../../parameters/settingError';
import { knackAccess, KNACK_CREDENTIAL } from '../../knackConnection';
import { readChosenLog, type ChosenLog } from '../../syncLog/logParameters';
import { expressionIssue } from '../itemParameters';
import { GUARDS, guardSettings } from '../guardOptions';
import { requireKnackForStop } from '../requireKnackForStop';
import { LOG } from '../logParameters';
import { ORGANISATION } from '../nodeParameters';
import { PREVIEW_OF_UNDO, UNDO_OPTIONS } from '../undoParameters';
import { readWriteBack, WRITE_BACK_FORM, WRITE_BACK_TABLE } from '../writeBackParameters';

/** What the node is set to for undoing, for all items alike. */
export interface UndoParameters {
	readonly isPreview: boolean;
	/** Set when an AI agent asked to write: it gets previews alone. */
	readonly isPreviewForTool: boolean;
	readonly isTool: boolean;
	readonly options: UndoOptions;
	readonly writeBackFields?: WriteBackFields;
	readonly log?: ChosenLog;
	readonly guards: GuardSettings;
}

/** What is to be undone of one item, or why it cannot be read. */
export type UndoItem =
	| {
			readonly index: number;
			readonly ran: RanOutcome;
			/** Undefined when the credential's only organisation is meant. */
			readonly organisation: string | undefined;
			/** Of a record whose item names none. */
			readonly table: string | undefined;
	  }
	| { readonly index: number; readonly json: unknown; readonly issues: readonly Issue[] };

const PARAMETERS = { operation: 'undo' };
const REASON = 'it was sent to Xero in error.';

/** Throws SettingError and NodeOperationError where the node itself is not set up. */
export async function readUndoParameters(context: IExecuteFunctions): Promise<UndoParameters> {
	const get = itemParameter(context, 0);
	const read = parameterReader(get, { parameters: PARAMETERS, timeZone: context.getTimezone() });
	const { archiveContacts, booksClosedUntil, reason } = read(UNDO_OPTIONS);
	const isTool = runsAsTool(context);
	const isAskedFor = read(PREVIEW_OF_UNDO);
	// What takes documents out of the books is a person's to start, whatever an agent may write.
	const isPreview = isAskedFor || isTool;
	const guards = guardSettings(read(GUARDS), context.getNode().parameters[GUARDS.name]);
	await requireKnackForStop(context, guards);
	const writeBackFields = readWriteBack(read, get, context.getNode().parameters[WRITE_BACK_FORM]);
	const log = isPreview ? undefined : readChosenLog(LOG, read);
	if ((writeBackFields && !isPreview) || log) await requireKnack(context);
	return {
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
			'Choose one under Credential for Knack, or switch off Write Back to Knack and Write to Log Table.',
	});
}

/** Reads each item. What one of them does not say is its own issue. */
export function readUndoItems(
	context: IExecuteFunctions,
	{ writeBackFields }: UndoParameters,
): UndoItem[] {
	return context.getInputData().map(({ json }, index): UndoItem => {
		const read = readRanOutcome(json, index);
		if (!read.ok) return { index, json, issues: [read.failure] };
		const own = parameterReader(itemParameter(context, index), { parameters: PARAMETERS });
		return unlessExpressionFails<UndoItem>(
			() => ({
				index,
				ran: read.value,
				organisation: own(ORGANISATION),
				table: writeBackFields ? own(WRITE_BACK_TABLE) : undefined,
			}),
			(error) => ({ index, json, issues: [expressionIssue(error)] }),
		);
	});
}
